"""Tables as tables, and tables that only arrange a page as what they arrange."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from pipeline.layout.lines import join_lines
from pipeline.layout.paragraphs import part_lines
from pipeline.model.raw import RawCell, RawLine, RawParagraph, RawTable

_MOST_FIELDS = 12


def cell_paragraphs(cell: RawCell) -> list[RawParagraph]:
    """The paragraphs of a cell, markers told from text; printed lines are joined."""
    lines = [x for x in cell if isinstance(x, RawLine)]
    found = join_lines(lines) if lines else []
    for paragraph in (x for x in cell if isinstance(x, RawParagraph)):
        found.extend(part_lines(paragraph))
    return [p for p in found if p.text]


def rows_of(table: RawTable) -> tuple[tuple[str, ...], ...]:
    """The grid as text; paragraphs of one cell are parted by line ends."""
    rows = [
        tuple("\n".join(_printed(p) for p in cell_paragraphs(cell)) for cell in row)
        for row in table.rows
    ]
    width = max((len(r) for r in rows), default=0)
    return tuple(r + ("",) * (width - len(r)) for r in rows if any(r))


def _printed(paragraph: RawParagraph) -> str:
    return f"{paragraph.marker} {paragraph.text}" if paragraph.marker else paragraph.text


def is_layout_table(table: RawTable) -> bool:
    """A table that arranges lists, such as the four fields of a SWOT: each cell heads its own.

    True where nearly all cells that hold anything hold a short first line and more under it, or
    where there is one cell only.
    """
    filled = (cell for row in table.rows for cell in row if any(x.text.strip() for x in cell))
    # A sheet may have a hundred thousand cells: more than a few are no arrangement.
    few = list(islice(filled, _MOST_FIELDS + 1))
    full = [paragraphs for cell in few if (paragraphs := cell_paragraphs(cell))]
    if len(full) <= 1:
        return True
    if len(full) > _MOST_FIELDS or max(len(row) for row in table.rows) > 4:
        return False
    heads = [c for c in full if len(c) > 1 and len(c[0].text) < 50 and not c[0].listed]
    return len(heads) >= max(2, 0.75 * len(full))


def arranged(table: RawTable) -> list[RawParagraph]:
    """The contents of a layout table in order: each cell's first line a heading, the rest under."""
    out: list[RawParagraph] = []
    for row in table.rows:
        for cell in row:
            paragraphs = cell_paragraphs(cell)
            if len(paragraphs) > 1 and not paragraphs[0].listed:
                paragraphs[0] = replace(paragraphs[0], style="found-heading")
            out.extend(replace(p, bbox=p.bbox or table.bbox, role=table.role) for p in paragraphs)
    return out


def table_text(rows: Sequence[Sequence[str]]) -> str:
    """The text of a table block: cells joined by tabs, rows by line ends."""
    return "\n".join("\t".join(cell.replace("\n", " ") for cell in row) for row in rows)
