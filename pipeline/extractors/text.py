"""Plain text and dumps of PDFs: lines with their indents, pages by form feeds or blank runs."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.errors import EmptyInputError
from pipeline.extractors.encoding import decode
from pipeline.model.raw import RawDocument, RawLine, RawPage

_BLANK_RUN = 3
_TAB = 4
_PAGE_BREAK = re.compile(rf"\n(?:\n){{{_BLANK_RUN},}}")


def extract(path: Path) -> RawDocument:
    """Read a text file; blank lines are kept as empty `RawLine`s, for they part paragraphs.

    Pages are parted by form feeds; where there are none, by runs of three or more empty lines,
    as PDF dumps have them (lines holding only a space do not count).
    """
    text = decode(path.read_bytes())
    if not text.strip():
        raise EmptyInputError("the file holds no text", "check that the right file was saved")
    chunks = _pages(text)
    pages = [
        RawPage(number=n, items=[typed_line(x) for x in chunk.split("\n")])
        for n, chunk in enumerate(chunks, 1)
    ]
    return RawDocument(pages=pages, paged=len(pages) > 1)


def _pages(text: str) -> list[str]:
    if "\f" in text.strip("\f\n "):
        return [chunk for chunk in text.split("\f") if chunk.strip()]
    chunks = [chunk for chunk in _PAGE_BREAK.split(text) if chunk.strip()]
    # A typed note with one or two wide gaps is no deck.
    return chunks if len(chunks) >= 4 else [text]


def typed_line(line: str) -> RawLine:
    """A line as somebody typed it, without its indent, which is counted."""
    spaced = line.replace("\xa0", " ").replace("\u202f", " ").rstrip()
    body = spaced.lstrip(" \t")
    indent = len(spaced[: len(spaced) - len(body)].expandtabs(_TAB))
    # A tab inside a line parts columns, however near the next stop happens to be.
    return RawLine(text=body.replace("\t", " " * _TAB), indent=indent if body else 0)
