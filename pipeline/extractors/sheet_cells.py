"""What a sheet is made of: cells, areas, and the lines and tables that they turn out to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extractors.number_format import Kind
from pipeline.model.raw import RawCell, RawItem, RawParagraph, RawTable

_MARKED = re.compile(r"\s*(?:[^\w\s\"'“”«(¿¡]|\(?\w{1,2}[.)]\s)")
_LABELLED = re.compile(r"[^:]{1,30}:\s+\S")
_CLOCK = re.compile(r"\d{1,2}[.:]\d\d\b")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_LARGER = 1.1
_WRAPPED = 50
_LONGEST_HEADING = 90


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows; `rows` and `columns` are more than 1 for merged cells."""

    text: str
    kind: Kind = "text"
    bold: bool = False
    italic: bool = False
    size: float | None = None
    filled: bool = False
    rows: int = 1
    columns: int = 1

    def paragraphs(self) -> RawCell:
        """The lines of the cell: a line break in a cell is made on purpose."""
        return tuple(
            RawParagraph(text=line, bold=self.bold, italic=self.italic, size=self.size)
            for line in self.text.split("\n")
            if line.strip()
        )


Cells = dict[tuple[int, int], Cell]
"""Cells that show something, by row and column from 0, in reading order."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, its edges included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def size(self) -> int:
        """How many cells it covers."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def holds(self, place: tuple[int, int]) -> bool:
        """Whether a cell lies in it."""
        return self.top <= place[0] <= self.bottom and self.left <= place[1] <= self.right


def place(reference: str | None) -> tuple[int, int] | None:
    """Row and column from 0 of «B7»; null where it is no cell of a sheet."""
    match = _REFERENCE.fullmatch(reference or "")
    if not match:
        return None
    column = 0
    for letter in match.group(1).upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    row = int(match.group(2))
    inside = 0 < row <= LAST_ROW and 0 < column <= LAST_COLUMN
    return (row - 1, column - 1) if inside else None


def area(reference: str | None) -> Area | None:
    """The area «A1:D9»; null where it is none."""
    first, _, last = (reference or "").partition(":")
    start, end = place(first), place(last or first)
    if start is None or end is None:
        return None
    return Area(
        min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])
    )


def letters(column: int) -> str:
    """The name of a column: 0 -> «A», 27 -> «AB»."""
    out = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(ord("A") + rest) + out
    return out


@dataclass(frozen=True, slots=True)
class Look:
    """How most cells of a sheet are drawn."""

    bold: bool
    size: float | None

    def stands_out(self, cell: Cell) -> bool:
        """Whether a cell is bold or large where most are not."""
        larger = bool(self.size and cell.size) and (cell.size or 0) >= _LARGER * (self.size or 0)
        return larger or (cell.bold and not self.bold)

    def may_head(self, cell: Cell) -> bool:
        """Whether a cell reads like a heading: short, no sentence, no «Label: value»."""
        text = cell.text.strip()
        return (
            cell.kind == "text"
            and len(text) <= _LONGEST_HEADING
            and "\n" not in text
            and any(ch.isalpha() for ch in text)
            and not text[:1].islower()
            and not text.endswith((".", ",", ";"))
            and not _CLOCK.match(text)
            and not _MARKED.match(text)
            and (self.stands_out(cell) or not is_labelled(text))
        )


def goes_on(above: Cell, below: Cell) -> bool:
    """Whether a sentence was broken by hand and goes on in the cell under it."""
    text = above.text.rstrip()
    return (
        above.kind == below.kind == "text"
        and len(text) >= _WRAPPED
        and not text.endswith((".", "!", "?", ":", ";"))
        and below.text[:1].islower()
        and above.bold == below.bold
    )


def is_labelled(text: str) -> bool:
    """«Date: 3 May» is a label and its value."""
    return bool(_LABELLED.match(text))


@dataclass(frozen=True, slots=True)
class Line:
    """A cell that stands by itself: a heading, a line of text or an item of a list."""

    cell: Cell
    heading: bool = False
    listed: bool = False
    level: int = 0
    depth: int = 1
    """How deep the heading is; 0 for the title of the sheet."""

    @property
    def text(self) -> str:
        """What the line says."""
        return self.cell.text

    def items(self) -> Iterator[RawItem]:
        """The paragraphs of the line. Typed bullets and numbers are left for layout to tell."""
        c = self.cell
        if self.heading:
            yield RawParagraph(
                text=c.text, bold=c.bold, italic=c.italic, size=c.size, heading=self.depth
            )
            return
        for text in c.text.split("\n"):
            if text.strip():
                yield RawParagraph(
                    text=text, bold=c.bold, italic=c.italic, size=c.size, level=self.level,
                    listed=self.listed and not _MARKED.match(text),
                )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, its first row the header."""

    rows: tuple[tuple[RawCell, ...], ...]

    def items(self) -> Iterator[RawItem]:
        """The table, without rows in which nothing stands."""
        rows = tuple(row for row in self.rows if any(row))
        if rows:
            yield RawTable(rows=rows)


Piece = Line | Grid
