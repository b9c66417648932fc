r"""Rows of an RTF table as a grid: cells find their columns by the right edges of all rows.

RTF knows no columns: each row says where its own cells end (`\cellx`), and a cell over two
columns only ends later.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.errors import LimitError
from pipeline.model.document import BlockRole
from pipeline.model.raw import RawCell, RawItem, RawLine, RawParagraph, RawTable

MAX_COLUMNS = 63
"""The most that Word knows."""

_MAX_CELLS = 2_000_000
_NEAR = 60
"""Edges no farther apart than this are the same, in twips: three points."""


@dataclass(slots=True)
class RowShape:
    """Where the cells of a row end, in twips, and which only continue a merged one."""

    left: int = 0
    rights: list[int] = field(default_factory=list)
    continued: list[bool] = field(default_factory=list)
    merged: bool = False
    """Whether the cell that is being described continues another."""

    def cell(self, right: int) -> None:
        """The description of a cell ends."""
        self.rights.append(right)
        self.continued.append(self.merged)
        self.merged = False


@dataclass(slots=True)
class Row:
    """What stands in the cells of a row, and their shape."""

    cells: list[list[RawItem]]
    shape: RowShape


def table(rows: Sequence[Row], role: BlockRole, shape: int | None) -> list[RawItem]:
    """The grid, where it holds anything; then what cells cannot hold: pictures, notes.

    Raises `LimitError` where rows times columns are more than any document has.
    """
    aside: list[RawItem] = []
    texts = [
        [() if continued else _text(cell, role, aside) for cell, continued in _described(row)]
        for row in rows
    ]
    columns = _columns(rows, [len(row) for row in texts])
    width = max((places[-1] + 1 for places in columns if places), default=0)
    if width * len(rows) > _MAX_CELLS:
        raise LimitError(
            f"a table has {len(rows)} rows and {width} columns",
            "save it as a spreadsheet or as CSV",
        )
    grid = tuple(
        _placed(cells, places, width) for cells, places in zip(texts, columns, strict=True)
    )
    if not any(cell for row in grid for cell in row):
        return aside
    return [RawTable(rows=grid, role=role, shape=shape), *aside]


def _described(row: Row) -> Iterator[tuple[list[RawItem], bool]]:
    """The cells and whether each continues another; empty ones beyond the description are out."""
    shape = row.shape
    for n, cell in enumerate(row.cells):
        if n < len(shape.rights):
            yield cell, shape.continued[n]
        elif cell or not shape.rights:
            yield cell, False


def _text(cell: Sequence[RawItem], role: BlockRole, aside: list[RawItem]) -> RawCell:
    """The paragraphs of a cell, those of tables in it among them; all else is put aside."""
    held: list[RawParagraph | RawLine] = []
    for item in cell:
        if isinstance(item, RawParagraph) and item.role is role:
            held.append(item)
        elif isinstance(item, RawTable) and item.role is role:
            held.extend(x for row in item.rows for inner in row for x in inner)
        else:
            aside.append(item)
    return tuple(held)


def _placed(cells: Sequence[RawCell], places: Sequence[int], width: int) -> tuple[RawCell, ...]:
    row: list[RawCell] = [()] * width
    for cell, place in zip(cells, places, strict=True):
        row[place] = cell
    return tuple(row)


def _columns(rows: Sequence[Row], counts: Sequence[int]) -> list[list[int]]:
    """The column in which each cell of each row begins, a row having so many cells.

    Rows whose edges are no use, as they do not grow, have their cells side by side.
    """
    edges, near = _edges([row.shape for row in rows])
    if len(edges) > MAX_COLUMNS:
        return [list(range(count)) for count in counts]
    found: list[list[int]] = []
    for row, count in zip(rows, counts, strict=True):
        ends = [bisect_right(edges, right) - 1 for right in row.shape.rights[:count]]
        if any(after <= before for before, after in pairwise(ends)):
            ends = []
        first = min(bisect_right(edges, row.shape.left + near), ends[0]) if ends else 0
        places = [first, *(end + 1 for end in ends)]
        last = places[-1]
        places.extend(range(last + 1, last + count - len(ends)))
        found.append(places[:count])
    return found


def _edges(shapes: Sequence[RowShape]) -> tuple[list[int], int]:
    """The right edges of the columns, and how far apart edges may be that are one.

    Never are two edges of one row the same.
    """
    widths = (b - a for shape in shapes for a, b in pairwise(shape.rights) if b > a)
    near = min(_NEAR, min(widths, default=_NEAR) // 2)
    edges: list[int] = []
    for right in sorted({right for shape in shapes for right in shape.rights}):
        if not edges or right - edges[-1] > near:
            edges.append(right)
    return edges, near
