"""The program tesseract: where it is, which languages it has, and what it reads on one picture.

It is optional and stays outside: it is started once for each picture, on one core, with a time
limit. What its words mean for a page is left to `ocr`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

SWEDISH = "swe"
SECONDS = 20.0
_USUAL_PLACES = (
    "%ProgramFiles%/Tesseract-OCR/tesseract.exe",
    "%ProgramFiles(x86)%/Tesseract-OCR/tesseract.exe",
    "%LOCALAPPDATA%/Programs/Tesseract-OCR/tesseract.exe",
    "/opt/homebrew/bin/tesseract",
    "/usr/local/bin/tesseract",
    "/opt/local/bin/tesseract",
)
_ORIENTATION = "osd"
_COLUMNS = (
    "level", "page_num", "block_num", "par_num", "line_num", "word_num",
    "left", "top", "width", "height", "conf", "text",
)  # fmt: skip
_WORD_LEVEL = 5

Box = tuple[int, int, int, int]
"""x0, top, x1, bottom in pixels from the top left of the picture."""


class TesseractError(Exception):
    """The program gave no answer for one picture; the message says why."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as read: how sure (0..1), where, and the block, paragraph and line it stands in."""

    text: str
    confidence: float
    box: Box
    line: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program and the languages that are installed for it, without «osd»."""

    program: str
    languages: tuple[str, ...]
    turns: bool = False
    """Whether it can tell how a page is turned."""

    def read(self, picture: Image, language: str, *, dpi: int = 300) -> list[Word]:
        """The words of an upright picture, in the program's reading order.

        `language` is one of `languages`, or several joined by «+». Raises `TesseractError`.
        """
        options = ["-l", language, "--psm", "3", "-c", "tessedit_create_tsv=1"]
        return list(parse_tsv(self._run(picture, [*options, "--dpi", str(dpi)])))

    def turn(self, picture: Image) -> int:
        """By how many degrees clockwise (0, 90, 180, 270) the picture must be turned to be read.

        0 where the program cannot tell.
        """
        if not self.turns:
            return 0
        options = ["-l", _ORIENTATION, "--psm", "0", "-c", "min_characters_to_try=20"]
        try:
            answer = self._run(picture, options)
        except TesseractError:
            return 0
        told = dict(line.partition(":")[::2] for line in answer.splitlines())
        rotate = told.get("Rotate", "").strip()
        return int(rotate) if rotate in ("90", "180", "270") else 0

    def _run(self, picture: Image, options: Sequence[str]) -> str:
        file = BytesIO()
        picture.save(file, "PPM")
        try:
            done = _started([self.program, "-", "-", *options], file.getvalue(), SECONDS)
        except subprocess.TimeoutExpired as error:
            raise TesseractError(f"took longer than {SECONDS:.0f} seconds") from error
        except OSError as error:
            raise TesseractError(f"could not be started ({error.strerror})") from error
        if done.returncode != 0:
            told = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise TesseractError(f"failed ({told[-1] if told else done.returncode})")
        return done.stdout.decode("utf-8", "replace")


def find() -> Tesseract | None:
    """The program with its languages; null where it, or any language for it, is missing."""
    program = shutil.which("tesseract")
    places = (os.path.expandvars(place) for place in _USUAL_PLACES)
    program = program or next((p for p in places if Path(p).is_file()), None)
    if program is None:
        return None
    installed = _languages(program)
    languages = tuple(name for name in installed if name != _ORIENTATION)
    return Tesseract(program, languages, _ORIENTATION in installed) if languages else None


@cache
def _languages(program: str) -> tuple[str, ...]:
    try:
        done = _started([program, "--list-langs"], b"", SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    lines = (done.stdout or done.stderr).decode("utf-8", "replace").splitlines()
    # The first line says where they lie: «List of available languages in "/usr/…" (3):».
    names = (line.strip() for line in lines if ":" not in line and "/" not in line)
    return tuple(name for name in names if name.replace("_", "").isalnum())


def _started(
    command: Sequence[str], given: bytes, seconds: float
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        list(command), input=given, capture_output=True, timeout=seconds, check=False,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )  # fmt: skip


def parse_tsv(table: str) -> Iterator[Word]:
    """The words of tesseract's table; rows that are broken or hold no text are passed over."""
    for row in table.splitlines():
        cells = row.split("\t", len(_COLUMNS) - 1)
        if len(cells) < len(_COLUMNS) or cells[0] != str(_WORD_LEVEL) or not cells[-1].strip():
            continue
        try:
            block, paragraph, line = (int(cell) for cell in cells[2:5])
            left, top, width, height = (int(cell) for cell in cells[6:10])
            confidence = min(max(float(cells[10]), 0.0), 100.0) / 100
        except ValueError:
            continue
        box = (left, top, left + width, top + height)
        yield Word(cells[-1].strip(), confidence, box, (block, paragraph, line))
