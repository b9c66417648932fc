"""Paragraphs and tables of the summary, made of styled pieces of text.

How the styles look is in `styles`; what stands in the paragraphs is left to the sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from pipeline.writers.docx.styles import (
    ASIDE,
    EMPHASIS,
    MARK,
    QUIET,
    TABLE_HEADING,
    TABLE_STYLE,
    TABLE_TEXT,
    TEXT_WIDTH_CM,
)

_NOT_PRINTABLE = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_KEPT_WHOLE_ROWS = 7
"""Tables up to this many rows stay on one page with their heading."""


@dataclass(frozen=True)
class Piece:
    """A run of text in one character style."""

    text: str
    style: str | None = None


@dataclass(frozen=True)
class Line:
    """One paragraph."""

    pieces: tuple[Piece, ...]
    style: str = TABLE_TEXT

    @property
    def empty(self) -> bool:
        """Whether there is nothing to see."""
        return not any(p.text.strip() for p in self.pieces)


Cell = tuple[Line, ...]


@dataclass(frozen=True)
class Row:
    """The cells of one table row; a `banner` is one cell over the whole width."""

    cells: tuple[Cell, ...]
    banner: bool = False


@dataclass(frozen=True)
class Column:
    """A column title and its share of the width; one with no share is not shown."""

    title: str
    share: float


def quiet(text: str) -> Piece:
    """Grey text for what matters less."""
    return Piece(text, QUIET)


def emphasis(text: str) -> Piece:
    """Italic text."""
    return Piece(text, EMPHASIS)


def mark(text: str) -> Piece:
    """A reference mark in the accent colour."""
    return Piece(text, MARK)


def line(*parts: Piece | str, style: str = TABLE_TEXT) -> Line:
    """A paragraph of the parts, empty ones left out."""
    pieces = (Piece(p) if isinstance(p, str) else p for p in parts)
    return Line(tuple(p for p in pieces if p.text), style)


def cell(*parts: Piece | str) -> Cell:
    """A table cell with one paragraph."""
    return (line(*parts),)


def banner(text: Piece | str) -> Row:
    """A table row with one cell over the whole width."""
    return Row((cell(text),), banner=True)


def printable(text: str) -> str:
    """Text without the control characters that a Word file cannot hold."""
    return _NOT_PRINTABLE.sub("", _LINE_BREAKS.sub("\n", text))


def add_heading(document: Any, text: str, level: int, aside: str = "") -> None:
    """A heading of Word's own styles, so that it stands in the navigation pane."""
    heading = document.add_heading(printable(text).replace("\n", " "), level)
    if aside:
        heading.add_run(f"  {aside}", style=ASIDE)


def add_line(container: Any, content: Line, *, keep_with_next: bool = False) -> Any:
    """A new paragraph at the end of a document, header or cell."""
    paragraph = container.add_paragraph(style=content.style)
    _fill(paragraph, content, keep_with_next=keep_with_next)
    return paragraph


def add_lines(container: Any, lines: Iterable[Line]) -> None:
    """New paragraphs at the end of a document."""
    for content in lines:
        add_line(container, content)


def without_empty(columns: Sequence[Column], rows: Sequence[Row]) -> list[Column]:
    """The columns, those that no row fills without a share of the width."""

    def filled(index: int) -> bool:
        return any(not c.empty for r in rows if not r.banner for c in r.cells[index])

    return [c if filled(i) else replace(c, share=0) for i, c in enumerate(columns)]


def add_table(document: Any, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """A table whose header row is repeated on each page and whose rows are not broken."""
    shown = [i for i, column in enumerate(columns) if column.share]
    widths = _widths([columns[i] for i in shown])
    table = document.add_table(rows=0, cols=len(shown), style=TABLE_STYLE)
    _set_layout(table, widths)
    titles = Row(tuple((line(columns[i].title, style=TABLE_HEADING),) for i in shown))
    _add_row(table, titles, widths, keep_with_next=True)
    _flag(table.rows[0], "w:tblHeader")
    for number, row in enumerate(rows, start=1):
        picked = row if row.banner else Row(tuple(row.cells[i] for i in shown))
        whole = len(rows) <= _KEPT_WHOLE_ROWS and number < len(rows)
        _add_row(table, picked, widths, keep_with_next=row.banner or whole)


def add_plain_table(document: Any, rows: Sequence[Sequence[str]], style: str) -> None:
    """A table of the material as it was, without a header row of its own."""
    width = max(len(row) for row in rows)
    widths = [TEXT_WIDTH_CM / width] * width
    table = document.add_table(rows=0, cols=width, style=TABLE_STYLE)
    _set_layout(table, widths, first_row=False)
    for row in rows:
        padded = [*row, *[""] * (width - len(row))]
        _add_row(table, Row(tuple((line(text, style=style),) for text in padded)), widths)


def add_field(paragraph: Any, instruction: str, shown: str) -> None:
    """A field such as PAGE; `shown` stands there until Word counts."""
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = shown
    run.append(text)
    element.append(run)
    paragraph._p.append(element)


def _fill(paragraph: Any, content: Line, *, keep_with_next: bool) -> None:
    for piece in content.pieces:
        paragraph.add_run(printable(piece.text), style=piece.style)
    if keep_with_next:
        paragraph.paragraph_format.keep_with_next = True


def _widths(columns: Sequence[Column]) -> list[float]:
    total = sum(c.share for c in columns)
    return [TEXT_WIDTH_CM * c.share / total for c in columns]


def _add_row(
    table: Any, row: Row, widths: Sequence[float], *, keep_with_next: bool = False
) -> None:
    added = table.add_row()
    _flag(added, "w:cantSplit")
    places = list(added.cells)
    if row.banner:
        places = [places[0].merge(places[-1])]
    for place, content in zip(places, row.cells, strict=True):
        _fill_cell(place, content, keep_with_next=keep_with_next)
    if not row.banner:
        for place, width in zip(places, widths, strict=True):
            place.width = Cm(width)


def _fill_cell(place: Any, content: Cell, *, keep_with_next: bool) -> None:
    lines = content or (line(""),)
    first = place.paragraphs[0]
    for extra in place.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    first.style = lines[0].style
    _fill(first, lines[0], keep_with_next=keep_with_next)
    for further in lines[1:]:
        add_line(place, further, keep_with_next=keep_with_next)


def _set_layout(table: Any, widths: Sequence[float], *, first_row: bool = True) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    properties = table._tbl.tblPr
    total = properties.find(qn("w:tblW"))
    total.set(qn("w:type"), "dxa")
    total.set(qn("w:w"), str(round(sum(widths) * 567)))
    look = properties.find(qn("w:tblLook"))
    for name in list(look.attrib):
        del look.attrib[name]
    look.set(qn("w:val"), "0620" if first_row else "0600")
    flags = {"firstRow": first_row, "noHBand": True, "noVBand": True}
    for name in ("firstRow", "lastRow", "firstColumn", "lastColumn", "noHBand", "noVBand"):
        look.set(qn(f"w:{name}"), "1" if flags.get(name) else "0")


def _flag(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
