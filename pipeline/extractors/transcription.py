"""Text typed beside a picture: `deck.pdf.p3.txt` stands for page 3 of `deck.pdf`.

What no program can read (handwriting, a photo of a wall) somebody types; from then on the file is
read as that page. An empty file says that the page holds nothing worth reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.extractors.encoding import decode
from pipeline.extractors.mail_items import raw_line
from pipeline.model.document import Problem
from pipeline.model.raw import RawLine

PICTURES = frozenset(
    (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp", ".gif", ".heic", ".heif")
)
"""How names of pictures end."""

_OF_PAGE = re.compile(r"(?P<file>.+)\.p(?P<page>[1-9]\d{0,3})\.txt", re.IGNORECASE | re.DOTALL)
_MOST_BYTES = 1024**2


def file_name(name: str, page: int) -> str:
    """What the file for a page of `name` must be called."""
    return f"{name}.p{page}.txt"


def is_transcription(path: Path) -> bool:
    """Whether a file is the typed text of a page of a PDF or picture that lies beside it."""
    match = _OF_PAGE.fullmatch(path.name)
    if match:
        beside = path.with_name(match["file"])
        return beside.suffix.lower() in {*PICTURES, ".pdf"} and beside.is_file()
    if path.suffix.lower() != ".txt":
        return False
    beside = path.with_suffix("")
    return beside.suffix.lower() in PICTURES and beside.is_file()


@dataclass(frozen=True, slots=True)
class Typed:
    """The typed pages of a file by their numbers."""

    pages: Mapping[int, list[RawLine]]

    def unused(self, name: str, count: int) -> list[Problem]:
        """Problems that name the files typed for pages that a file of `count` pages lacks."""
        return [
            Problem(
                code="transcription-without-page",
                message=f"{file_name(name, n)} stands for a page that {name} does not have",
                hint=f"give it the number of a page from 1 to {count}",
            )
            for n in sorted(self.pages)
            if n > count
        ]


def typed_pages(path: Path) -> Typed:
    """All text typed beside a PDF or picture; `photo.jpg.txt` is page 1 of `photo.jpg`."""
    found: dict[int, list[RawLine]] = {}
    if path.suffix.lower() in PICTURES:
        whole = path.with_name(f"{path.name}.txt")
        if whole.is_file():
            found[1] = _lines(whole)
    for beside in sorted(path.parent.iterdir()) if path.parent.is_dir() else ():
        match = _OF_PAGE.fullmatch(beside.name)
        if match and match["file"] == path.name and beside.is_file():
            found[int(match["page"])] = _lines(beside)
    return Typed(found)


def _lines(path: Path) -> list[RawLine]:
    with path.open("rb") as file:
        text = decode(file.read(_MOST_BYTES))
    return [raw_line(line) for line in text.replace("\f", "\n").split("\n")]
