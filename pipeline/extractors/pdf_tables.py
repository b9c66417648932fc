"""Ruled tables of a PDF: the grid by pdfplumber's geometry, the text from characters read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.extractors.pdf_lines import Glyph, lines_of
from pipeline.extractors.pdf_shapes import Edge
from pipeline.model.document import BBox
from pipeline.model.raw import RawLine, RawTable

_SNAP = 3.0
_SHORTEST = 3.0
_MOST_STROKES = 6000
_MOST_EDGES = 1000

Grid = list[list[BBox | None]]
"""Cells by row; null where a merged cell covers the place."""


def find(edges: Sequence[Edge]) -> list[Grid]:
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
