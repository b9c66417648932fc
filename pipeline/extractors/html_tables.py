"""Tables of a page: their grid, and whether they are tables or only arrange the page.

Newsletters and old pages arrange everything by tables; what such a table holds is running text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.model.document import BlockRole
from pipeline.model.raw import RawCell, RawItem, RawLine, RawParagraph, RawTable

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MAX_SPAN = 1000
"""Columns and rows that a cell may cover, as the standard has it (for rows: enough)."""
_MAX_GRID = 500_000
_CROWDED = 4
"""A cell with more paragraphs than this holds a part of the page rather than a value."""


@dataclass(slots=True)
class _Cell:
    column: int
    items: list[RawItem]


@dataclass(slots=True)
class OpenTable:
    """A table that is being read. `arranges` is null as long as nothing is said about it."""

    arranges: bool | None = None
    rows: list[list[_Cell]] = field(default_factory=list)
    in_cell: bool = False
    _covered: dict[int, int] = field(default_factory=dict)
    """Column -> rows below the current one that a cell above still covers."""
    _span: tuple[int, int] = (1, 1)
    _column: int = 0

    @classmethod
    def of(cls, node: Element) -> OpenTable:
        """The table that an element begins."""
        if node.get("role") in {"presentation", "none"}:
            return cls(arranges=True)
        return cls()

    def row(self) -> None:
        """Begin a row."""
        self.rows.append([])
        self._column = 0
        self._covered = {c: n - 1 for c, n in self._covered.items() if n > 1}

    def cell(self, node: Element) -> None:
        """Begin a cell of the current row; a heading cell shows that the table is one."""
        if not self.rows:
            self.row()
        if node.tag == "th" and self.arranges is None:
            self.arranges = False
        self.in_cell = True
        while self._column in self._covered:
            self._column += 1
        self._span = (_span(node.get("colspan"), 1), _span(node.get("rowspan"), _MAX_SPAN))

    def put(self, items: list[RawItem]) -> None:
        """End the cell that holds `items`; what it covers stays empty."""
        wide, high = self._span
        self.in_cell = False
        self.rows[-1].append(_Cell(self._column, items))
        if high > 1:
            # One more than the rows below, for `row` counts down before the first of them.
            covered = range(self._column, min(self._column + wide, _MAX_SPAN))
            self._covered.update(dict.fromkeys(covered, high))
        self._column += wide

    def items(self, role: BlockRole) -> list[RawItem]:
        """The table, then what cells cannot hold; or all that it arranges, cell by cell."""
        cells = [cell for row in self.rows for cell in row if cell.items]
        columns = {c: n for n, c in enumerate(sorted({x.column for x in cells}))}
        large = len(columns) * len(self.rows) > _MAX_GRID
        if large or self._is_layout(cells, len(columns)):
            return [item for cell in cells for item in cell.items]
        if columns and all(_is_bulleted(row) for row in self.rows):
            return [item for row in self.rows for item in _bulleted(row)]
        aside: list[RawItem] = []
        grid = []
        for row in self.rows:
            full: list[RawCell] = [()] * len(columns)
            for cell in row:
                if cell.items:
                    full[columns[cell.column]] = _held(cell.items, aside)
            grid.append(tuple(full))
        return [RawTable(rows=tuple(row for row in grid if any(row)), role=role), *aside]

    def _is_layout(self, cells: list[_Cell], columns: int) -> bool:
        if self.arranges or columns <= 1:
            return True
        if self.arranges is False:
            return False
        rows = sum(any(cell.items for cell in row) for row in self.rows)
        parts = [c for c in cells if _is_part(c.items)]
        crowded = [c for c in cells if len(c.items) > _CROWDED]
        return bool(parts) or 2 * len(crowded) >= len(cells) or (
            rows == 1 and any(len(c.items) > 1 for c in cells)
        )  # fmt: skip


def _is_bulleted(row: list[_Cell]) -> bool:
    """Two cells, in the first a bullet and nothing else: newsletters set their lists so."""
    full = [cell for cell in row if cell.items]
    first = full[0].items[0] if len(full) == 2 and len(full[0].items) == 1 else None
    if not isinstance(first, RawParagraph) or not isinstance(full[1].items[0], RawParagraph):
        return False
    return len(first.text) == 1 and not first.text.isalnum()


def _bulleted(row: list[_Cell]) -> list[RawItem]:
    (bullet, *_), (text, *more) = (cell.items for cell in row if cell.items)
    assert isinstance(bullet, RawParagraph)
    assert isinstance(text, RawParagraph)
    return [replace(text, marker=bullet.text, listed=True), *more]


def _is_part(items: list[RawItem]) -> bool:
    """Whether a cell holds a heading or a table: then it is a part of the page."""
    return any(
        isinstance(x, RawTable) or (isinstance(x, RawParagraph) and x.heading is not None)
        for x in items
    )


def _held(items: list[RawItem], aside: list[RawItem]) -> RawCell:
    held: list[RawParagraph | RawLine] = []
    for item in items:
        if isinstance(item, RawParagraph | RawLine):
            held.append(item)
        elif isinstance(item, RawTable):
            held.extend(x for row in item.rows for cell in row for x in cell)
        else:
            aside.append(item)
    return tuple(held)


def _span(value: str | None, rest: int) -> int:
    """Rows or columns that a cell covers; 0 stands for all that follow."""
    found = re.match(r"\s*(\d{1,6})", value or "1")
    number = int(found.group(1)) if found else 1
    return min(number, _MAX_SPAN) if number else rest
