"""What is written beside the slides of a PPTX: speaker notes and comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.extractors.opc import Package
from pipeline.extractors.pptx_lists import Numbering
from pipeline.extractors.pptx_sheets import RUNNING, Sheet
from pipeline.extractors.pptx_styles import Level, P
from pipeline.extractors.pptx_text import numbers_pages, plain_text
from pipeline.model.document import BlockRole
from pipeline.model.raw import RawParagraph

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_THREADED = "{http://schemas.microsoft.com/office/powerpoint/2018/8/main}"
_ANSWERS = "{http://schemas.microsoft.com/office/powerpoint/2012/main}parentCm"
_UNREAD = RUNNING | {"sldImg"}
_DEEPEST = 8


def speaker_notes(page: Sheet) -> Iterator[RawParagraph]:
    """The text of a notes page, what repeats on each of them left out."""
    for shape in page.shapes():
        body = shape.node.find(P + "txBody")
        if body is None or shape.kind in _UNREAD or numbers_pages(body):
            continue
        numbering = Numbering()
        for text, properties in plain_text(body):
            depth = _depth(properties)
            marker = numbering.marker(depth, Level.of(properties)) if text.strip() else None
            # A line break in the notes pane is a new line of notes.
            for line in filter(str.strip, text.split("\n")):
                yield _note(line, depth, marker)
                marker = None


def _depth(properties: Element | None) -> int:
    level = (properties.get("lvl") or "0") if properties is not None else "0"
    return min(int(level), _DEEPEST) if level.isdecimal() else 0


def _note(text: str, level: int = 0, marker: str | None = None) -> RawParagraph:
    return RawParagraph(
        text=text.strip(), level=level, marker=marker, listed=bool(marker),
        role=BlockRole.NOTE,
    )  # fmt: skip


class Comments:
    """The comments of a deck as «who: what», both those of old and the threaded ones."""

    def __init__(self, package: Package, targets: dict[str, tuple[str, str]]) -> None:
        self._package = package
        self._names: dict[str, str] = {}
        for kind, name in targets.values():
            if kind in {"commentAuthors", "authors"} and name in package:
                for author in package.xml(name):
                    self._names[author.get("id", "")] = (author.get("name") or "").strip()

    def of(self, slide: Sheet) -> Iterator[RawParagraph]:
        """The comments on a slide, answers one level below what they answer."""
        for kind, name in slide.targets.values():
            if kind == "comments" and name in self._package:
                for comment in self._package.xml(name):
                    answers = next(comment.iter(_ANSWERS), None) is not None
                    yield from self._said(comment, int(answers))

    def _said(self, comment: Element, level: int) -> Iterator[RawParagraph]:
        author = self._names.get(comment.get("authorId", ""), "")
        for text in filter(str.strip, _lines(comment)):
            yield _note(f"{author}: {text.strip()}" if author else text, level)
            author = ""
        for reply in comment.iterfind(f"{_THREADED}replyLst/{_THREADED}reply"):
            yield from self._said(reply, level + 1)


def _lines(comment: Element) -> Iterator[str]:
    plain = comment.find(P + "text")
    if plain is not None:
        yield from (plain.text or "").split("\n")
    body = comment.find(_THREADED + "txBody")
    if body is not None:
        for text, _ in plain_text(body):
            yield from text.split("\n")
