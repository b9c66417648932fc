"""Ruled tables of a PDF: the grid from pdfplumber, the text from the lines already read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.extractors.pdf_lines import Glyph, lines_of
from pipeline.model.document import BBox
from pipeline.model.raw import RawLine, RawTable

Grid = list[list[BBox | None]]
"""Cells by row; null where a merged cell covers the place."""


def find(path: Path, pages: Sequence[int]) -> dict[int, list[Grid]]:
    """Grids by page index (from 0), for the pages whose line work calls for a look."""
    if not pages:
        return {}
    import pdfplumber

    found: dict[int, list[Grid]] = {}
    with pdfplumber.open(path, pages=[n + 1 for n in pages]) as pdf:
        for index, page in zip(pages, pdf.pages, strict=True):
            try:
                tables = page.find_tables()
            except (ValueError, TypeError, KeyError, RecursionError):
                continue
            grids = [[list(row.cells) for row in table.rows] for table in tables]
            found[index] = [g for g in grids if _is_grid(g)]
            page.close()
    return found


def _is_grid(grid: Grid) -> bool:
    return len(grid) >= 2 and max(len([c for c in row if c]) for row in grid) >= 2


def fill(grid: Grid, glyphs: Sequence[Glyph]) -> tuple[RawTable | None, list[Glyph]]:
    """The table with its text, and the characters outside it.

    A grid that frames little (boxes side by side, an empty form) is no table: at least two rows
    and two columns must hold text.
    """
    width = max(len(row) for row in grid)
    left = list(glyphs)
    rows: list[tuple[tuple[RawLine, ...], ...]] = []
    for row in grid:
        cells: list[tuple[RawLine, ...]] = []
        for box in row:
            inside = [g for g in left if box and _within(g, box)]
            taken = {g.index for g in inside}
            left = [g for g in left if g.index not in taken]
            cells.append(tuple(lines_of(inside)))
        cells.extend([()] * (width - len(cells)))
        rows.append(tuple(cells))
    rows, columns = _without_empty(rows)
    if len(rows) < 2 or columns < 2:
        return None, list(glyphs)
    return RawTable(rows=tuple(rows), bbox=_hull([b for row in grid for b in row if b])), left


def _hull(boxes: list[BBox]) -> BBox:
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def _without_empty(
    rows: list[tuple[tuple[RawLine, ...], ...]],
) -> tuple[list[tuple[tuple[RawLine, ...], ...]], int]:
    """Rows and columns that hold text, and the number of columns."""
    rows = [row for row in rows if any(row)]
    keep = [n for n in range(len(rows[0])) if any(row[n] for row in rows)] if rows else []
    return [tuple(row[n] for n in keep) for row in rows], len(keep)


def _within(glyph: Glyph, box: BBox) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, glyph.baseline - 0.3 * glyph.size
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
