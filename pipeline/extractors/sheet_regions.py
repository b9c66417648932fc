"""Cells -> regions: what blank rows and columns part.

A table goes on over a blank row where what follows is of the same kind: dates under dates,
plain rows under a bold header.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.extractors.sheet_cells import Area, Cell, Cells

_DEEPEST = 20
_ROW, _COLUMN = 0, 1

Rows = list[list[tuple[int, Cell]]]
"""The filled rows of a region: the columns and cells of each, from the left."""


def regions(cells: Cells, tables: Sequence[Area] = ()) -> list[Cells]:
    """The cells parted into regions, in reading order: from the top, then from the left."""
    return list(_parted(cells, tables, 0))


def rows_in(cells: Cells) -> Rows:
    """The rows of a region that hold anything."""
    ordered = sorted(cells.items())
    return [
        [(column, cell) for (_, column), cell in row]
        for _, row in groupby(ordered, key=lambda item: item[0][0])
    ]


def leading_lines(cells: Cells) -> int:
    """How many rows at the top of a region hold one cell only, which reaches into no other row."""
    ordered = sorted(cells.items())
    count = 0
    for _, group in groupby(ordered, key=lambda item: item[0][0]):
        row = list(group)
        if len(row) > 1:
            break
        (top, _), cell = row[0]
        later = ordered[count + 1][0][0] if count + 1 < len(ordered) else None
        if later is not None and top + cell.rows > later:
            break
        count += 1
    return count


def _parted(cells: Cells, tables: Sequence[Area], depth: int) -> Iterator[Cells]:
    for band in _joined(_split(cells, _ROW, tables)):
        parts = _beside(_split(band, _COLUMN, tables))
        if len(parts) > 1 and depth < _DEEPEST:
            for part in parts:
                yield from _parted(part, tables, depth + 1)
            continue
        head, rest = _peeled(band)
        if head and len(_beside(_split(rest, _COLUMN, tables))) > 1 and depth < _DEEPEST:
            yield head
            yield from _parted(rest, tables, depth + 1)
        else:
            yield band


def _peeled(band: Cells) -> tuple[Cells, Cells]:
    """The lone lines over a region, such as a title merged across all of it, and the rest."""
    count = leading_lines(band)
    ordered = sorted(band)
    return (
        {place: band[place] for place in ordered[:count]},
        {place: band[place] for place in ordered[count:]},
    )


def _split(cells: Cells, axis: int, tables: Sequence[Area]) -> list[Cells]:
    """The cells parted where a whole row (or column) is blank; declared tables are not parted."""
    spans = sorted(
        (place[axis], place[axis] + (cell.columns if axis else cell.rows), place)
        for place, cell in cells.items()
    )
    bridges = list(_bridges(cells, axis, tables))
    parts: list[Cells] = []
    edge = -1
    for start, end, place in spans:
        blank = start > edge and not any(a < edge and start <= b for a, b in bridges)
        if blank or not parts:
            parts.append({})
        parts[-1][place] = cells[place]
        edge = max(edge, end)
    return [dict(sorted(part.items())) for part in parts]


def _bridges(cells: Cells, axis: int, tables: Sequence[Area]) -> Iterator[tuple[int, int]]:
    """The extents of declared tables of which more than one row (or column) is filled."""
    for table in tables:
        inside = [place[axis] for place in cells if table.holds(place)]
        if inside and min(inside) < max(inside):
            yield min(inside), max(inside)


def _extent(cells: Cells) -> tuple[int, int]:
    return min(r for r, _ in cells), max(r + c.rows - 1 for (r, _), c in cells.items())


def _width(cells: Cells) -> int:
    return len({column for _, column in cells})


def _beside(parts: Sequence[Cells]) -> list[Cells]:
    """Parts side by side; a single column that fills the same rows belongs to its neighbour.

    So do labels and the values one column further on.
    """
    groups: list[list[Cells]] = []
    single = False
    for part in parts:
        narrow = _width(part) == 1
        if groups and (single or narrow) and _extent(groups[-1][0]) == _extent(part):
            groups[-1].append(part)
            single = False
        else:
            groups.append([part])
            single = narrow
    return [dict(sorted(c for part in group for c in part.items())) for group in groups]


def _joined(bands: Sequence[Cells]) -> list[Cells]:
    tables: list[_Table] = []
    for band in bands:
        if tables and tables[-1].goes_on_in(band):
            tables[-1].add(band)
        else:
            tables.append(_Table(band))
    return [table.cells() for table in tables]


class _Table:
    """A band of rows and what its columns hold, to tell whether the next band is more of it."""

    def __init__(self, band: Cells) -> None:
        rows = rows_in(band)[leading_lines(band) :]
        self._parts = [band]
        self._bottom = _extent(band)[1]
        self._header = dict(rows[0]) if rows else {}
        self._drawn_header = bool(rows) and _is_drawn(rows[0])
        self._drawn_body = False
        self._valued: dict[int, bool] = {}
        self._take(rows[1:])

    def cells(self) -> Cells:
        """All of the table, and the lines over it."""
        return {place: cell for part in self._parts for place, cell in part.items()}

    def add(self, band: Cells) -> None:
        """Take a band as more rows."""
        self._parts.append(band)
        self._bottom = _extent(band)[1]
        self._take(rows_in(band))

    def goes_on_in(self, band: Cells) -> bool:
        """Whether the rows under a blank one are more of the table above it."""
        if not self._valued or _extent(band)[0] - self._bottom != 2:
            return False
        below = rows_in(band)
        first = dict(below[0])
        if len(first) < 2 or not first.keys() <= self._header.keys() | self._valued.keys():
            return False
        if any(c in self._header and self._header[c].text == x.text for c, x in first.items()):
            return False
        if any(valued and c in self._header for c, valued in self._valued.items()):
            alike = [x.kind != "text" for c, x in first.items() if self._valued.get(c)]
            return bool(alike) and all(alike)
        return self._drawn_header and not self._drawn_body and not any(map(_is_drawn, below))

    def _take(self, rows: Rows) -> None:
        """Note which columns hold numbers, dates or times only."""
        for row in rows:
            self._drawn_body = self._drawn_body or _is_drawn(row)
            for column, cell in row:
                self._valued[column] = self._valued.get(column, True) and cell.kind != "text"


def _is_drawn(row: Sequence[tuple[int, Cell]]) -> bool:
    """Whether a row is drawn as a header: all of it bold, or filled with colour."""
    return all(c.bold for _, c in row) or all(c.filled for _, c in row)
