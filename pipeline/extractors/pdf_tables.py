"""Ruled tables of a PDF: the grid by pdfplumber's geometry, the text from characters read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Any

from pipeline.extractors.pdf_lines import Glyph, lines_of
from pipeline.extractors.pdf_shapes import Edge
from pipeline.model.document import BBox
from pipeline.model.raw import RawLine, RawTable

_SNAP = 3.0
_SHORTEST = 3.0
_MOST_STROKES = 6000
_MOST_EDGES = 1000
_WIDE_RULE = 100.0
_STRIP = 1.0
_FULL = 0.45

Grid = list[list[BBox | None]]
"""Cells by row; null where a merged cell covers the place."""


def find(edges: Sequence[Edge], glyphs: Sequence[Glyph]) -> list[Grid]:
    """The grids of a page: fully ruled ones first, then those with ruled rows only."""
    grids = ruled(edges)
    if any(_cells(row) > 2 for grid in grids for row in grid):
        return grids
    # Cells that go right across are rows without columns; white space may tell these.
    parted = [g for g in ruled_rows(edges, glyphs) if len(g[0]) * len(g) > _most(grids)]
    return parted or grids


def _most(grids: Sequence[Grid]) -> int:
    return max((sum(_cells(row) for row in grid) for grid in grids), default=0)


def _cells(row: Sequence[BBox | None]) -> int:
    return sum(cell is not None for cell in row)


def ruled(edges: Sequence[Edge]) -> list[Grid]:
    """Grids of cells that the edges of a page form, most pages none."""
    if not _may_cross(edges):
        return []
    from pdfplumber.table import (
        cells_to_tables,
        edges_to_intersections,
        intersections_to_cells,
        merge_edges,
    )

    merged = merge_edges([_as_dict(e) for e in edges], _SNAP, _SNAP, _SNAP, _SNAP)
    merged = [e for e in merged if max(e["x1"] - e["x0"], e["bottom"] - e["top"]) >= _SHORTEST]
    if not 0 < len(merged) <= _MOST_EDGES:
        return []
    cells = intersections_to_cells(edges_to_intersections(merged, _SNAP, _SNAP))
    grids = [_rows(table) for table in cells_to_tables(cells)]
    return [grid for grid in grids if _is_grid(grid)]


def _may_cross(edges: Sequence[Edge]) -> bool:
    """Whether there are edges enough for two rows of two cells."""
    levels = {round(e.bbox[1] / _SNAP) for e in edges if e.level}
    uprights = {round(e.bbox[0] / _SNAP) for e in edges if not e.level}
    return len(levels) >= 3 and len(uprights) >= 3 and len(edges) <= _MOST_STROKES


def _as_dict(edge: Edge) -> dict[str, Any]:
    x0, top, x1, bottom = edge.bbox
    return {
        "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0,
        "height": bottom - top, "orientation": "h" if edge.level else "v",
        "object_type": "line", "doctop": top,
    }  # fmt: skip


def _rows(cells: Sequence[BBox]) -> Grid:
    """Cells by row and column; null where a merged cell covers the place."""
    lefts = sorted({cell[0] for cell in cells})
    rows: dict[float, dict[float, BBox]] = {}
    for cell in cells:
        rows.setdefault(cell[1], {})[cell[0]] = cell
    return [[rows[top].get(left) for left in lefts] for top in sorted(rows)]


def ruled_rows(edges: Sequence[Edge], glyphs: Sequence[Glyph]) -> list[Grid]:
    """Grids whose rows are ruled and whose columns are told by white space alone.

    Told by three or more level lines of one length above each other, with text between them that
    keeps clear of the same upright strips in all rows.
    """
    stacks: dict[tuple[int, int], set[float]] = {}
    for e in edges:
        if e.level and e.bbox[2] - e.bbox[0] > _WIDE_RULE:
            key = round(e.bbox[0] / (2 * _SNAP)), round(e.bbox[2] / (2 * _SNAP))
            stacks.setdefault(key, set()).add(e.bbox[1])
    grids: list[Grid] = []
    for (left, right), tops in stacks.items():
        bands = [(a, b) for a, b in pairwise(sorted(tops)) if b - a > 2 * _SNAP]
        x0, x1 = left * 2 * _SNAP - _SNAP, right * 2 * _SNAP + _SNAP
        columns = _columns([_inside(glyphs, x0, x1, band) for band in bands], x0, x1)
        if len(bands) >= 2 and len(columns) >= 2:
            grid: Grid = [[(a, top, b, low) for a, b in columns] for top, low in bands]
            grids.append(grid)
    return grids


def _inside(
    glyphs: Sequence[Glyph], x0: float, x1: float, band: tuple[float, float]
) -> list[Glyph]:
    return [
        g for g in glyphs
        if x0 <= g.x0 and g.x1 <= x1 and band[0] <= g.baseline - 0.3 * g.size <= band[1]
        and not g.char.isspace() and not g.angle
    ]  # fmt: skip


def _columns(rows: Sequence[Sequence[Glyph]], x0: float, x1: float) -> list[tuple[float, float]]:
    """Strips with text in more than one row, parted by white space as wide as a letter or two."""
    spans = sorted((g.x0, g.x1) for row in rows for g in row)
    if not spans:
        return []
    size = median(g.size for row in rows for g in row)
    parts = [list(spans[0])]
    for a, b in spans[1:]:
        if a - parts[-1][1] > _STRIP * size:
            parts.append([a, b])
        else:
            parts[-1][1] = max(parts[-1][1], b)
    filled = [
        sum(any(a <= g.x0 and g.x1 <= b for g in row) for row in rows) for a, b in parts
    ]  # fmt: skip
    if min(filled) < max(2, 0.4 * sum(1 for row in rows if row)):
        return []
    borders = [x0, *((a[1] + b[0]) / 2 for a, b in pairwise(parts)), x1]
    return list(pairwise(borders))


def _is_grid(grid: Grid) -> bool:
    return len(grid) >= 2 and max(_cells(row) for row in grid) >= 2


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
    if len(rows) < 2 or columns < 2 or _is_chart(rows, grid):
        return None, list(glyphs)
    return RawTable(rows=tuple(rows), bbox=_hull([b for row in grid for b in row if b])), left


def _is_chart(rows: Sequence[Sequence[Any]], grid: Grid) -> bool:
    """Bars and grid lines of a chart: few cells hold anything, and the first row is not full."""
    drawn = sum(_cells(row) for row in grid)
    filled = sum(bool(cell) for row in rows for cell in row)
    return filled < _FULL * drawn and not all(rows[0])


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
