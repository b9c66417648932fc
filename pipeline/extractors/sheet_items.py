"""Regions of cells -> headings, lines, lists and tables, as a reader of the sheet sees them.

A lone cell over a table heads it; cells in one column are a list; rows of labels and values
(«Place: | Town hall») are lines; the answers of a form stand under their questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from pipeline.extractors.sheet_cells import (
    Cell,
    Cells,
    Grid,
    Line,
    Look,
    Piece,
    goes_on,
    is_labelled,
)
from pipeline.extractors.sheet_regions import Rows, leading_lines, rows_in
from pipeline.model.raw import RawCell

_FEW = 4
_LONGEST_ITEM = 300
_MOST_LEVELS = 5
_MOSTLY = 0.6
_LONG_HEADER = 40
_LONG_ANSWER = 20
_FEWEST_ANSWERS = 2
_SPARSE = 20
_MOST_CELLS = 1_000_000

Columns = dict[int, list[tuple[int, Cell]]]
"""The columns of a table from the left, each with its cells and the numbers of their rows."""


def pieces_of(cells: Cells, look: Look, *, first: bool, follows: bool) -> Iterator[Piece]:
    """What a region shows, in order.

    `first` for the first region of its sheet, `follows` where another one comes after it.
    """
    rows = rows_in(cells)
    count = leading_lines(cells)
    lines, body = rows[:count], rows[count:]
    if not body:
        yield from _lines(lines, look, first=first, over=False, follows=follows)
        return
    yield from _lines(lines, look, first=first, over=True, follows=True)
    width = max(c + cell.columns for row in body for c, cell in row) - min(
        c for row in body for c, _ in row
    )
    below = len(body)
    while below > 1 and len(body[below - 1]) == 1 and body[below - 1][0][1].columns >= width > 1:
        below -= 1
    yield from _body(body[:below])
    for row in body[below:]:
        yield Line(row[0][1])


def _lines(rows: Rows, look: Look, *, first: bool, over: bool, follows: bool) -> Iterator[Line]:
    """Lone cells under each other: headings, and what stands under them.

    Without a look of its own the first is a heading only over a table, or at the head of a sheet.
    """
    rows = _unbroken(rows)
    cells = [row[0][1] for row in rows]
    levels = _levels([row[0][0] for row in rows]) if not over else [0] * len(rows)
    set_in = any(levels)
    short = len(cells) <= _FEW or (over and len(cells) <= _FEW + 2)
    leads = short and (over or (follows and (first or len(cells) == 1)))
    headed = [
        look.may_head(cell) and (look.stands_out(cell) or (n == 0 and leads))
        for n, cell in enumerate(cells)
    ]
    for heading, group in groupby(range(len(cells)), key=headed.__getitem__):
        numbers = list(group)
        members = [cells[n] for n in numbers]
        under = numbers[0] > 0
        listed = not heading and _is_list(members, under=under, first=first, over=over)
        for n in numbers:
            item = not heading and (levels[n] > 0 if set_in else listed)
            yield Line(cells[n], heading=heading, listed=item, level=max(0, levels[n] - 1))


def _unbroken(rows: Rows) -> Rows:
    """Lines whose sentences were broken into several rows by hand, put together again."""
    groups: list[Rows] = []
    for row in rows:
        last = groups[-1][-1][0] if groups else None
        if last is not None and last[0] == row[0][0] and goes_on(last[1], row[0][1]):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [
        [(g[0][0][0], replace(g[0][0][1], text=" ".join(row[0][1].text for row in g)))]
        if len(g) > 1
        else g[0]
        for g in groups
    ]


def _levels(columns: Sequence[int]) -> list[int]:
    """Depths of lines that are set in by columns: «Norra», and one column on what it does."""
    order = sorted(set(columns))
    if len(order) > _MOST_LEVELS or len(columns) <= len(order):
        return [0] * len(columns)
    return [order.index(c) for c in columns]


def _is_list(cells: Sequence[Cell], *, under: bool, first: bool, over: bool) -> bool:
    """Whether lines are items. Those under a sheet's title tell when and where."""
    fewest = 2 if under and not first else 3
    if len(cells) < fewest or over or any(len(c.text) > _LONGEST_ITEM for c in cells):
        return False
    return not any(is_labelled(c.text) for c in cells)


def _body(rows: Rows) -> Iterator[Piece]:
    """Rows of several cells: labels with their values, columns of lists, answers, or a table."""
    if (pairs := _labelled(rows)) is not None:
        yield from pairs
        return
    rows = _one_header(rows)
    columns = _by_column(rows)
    if len(rows) * len(columns) > _SPARSE * sum(map(len, rows)) + _MOST_CELLS:
        # Cells strewn over a sheet: a grid of them would be blank nearly everywhere.
        yield from (_joined(row) for row in rows)
        return
    if _are_lists(rows, columns):
        asked, kept = list(columns), []
    else:
        asked = _questions(len(rows), columns)
        kept = [c for c in columns if c not in asked]
    if kept:
        yield _grid(rows, kept)
    for column in asked:
        (_, header), *answers = columns[column]
        yield Line(header, heading=True)
        yield from (Line(answer, listed=True) for _, answer in answers)


def _by_column(rows: Rows) -> Columns:
    columns: Columns = {}
    for n, row in enumerate(rows):
        for column, cell in row:
            columns.setdefault(column, []).append((n, cell))
    return dict(sorted(columns.items()))


def _grid(rows: Rows, columns: Sequence[int]) -> Grid:
    empty: RawCell = ()
    grid = []
    for row in rows:
        told = {c: cell.paragraphs() for c, cell in row}
        grid.append(tuple(told.get(c, empty) for c in columns))
    return Grid(tuple(grid))


def _labelled(rows: Rows) -> list[Line] | None:
    """«Place: | Town hall | Day: | 3 May»: each label and its value as a line; else null."""
    labels = [cell for row in rows for _, cell in row[::2]]
    told = sum(c.text.rstrip().endswith(":") for c in labels)
    if told >= _MOSTLY * len(labels):
        pairs = [row[n : n + 2] for row in rows for n in range(0, len(row), 2)]
        return [_joined(pair) for pair in pairs]
    if len(rows) == 1 and len(rows[0]) == 2:
        return [_joined(rows[0])]
    return None


def _joined(pair: Sequence[tuple[int, Cell]]) -> Line:
    """Cells as one line; the tab tells a time of day from what happens then."""
    return Line(Cell("\t".join(" ".join(cell.text.split()) for _, cell in pair)))


def _one_header(rows: Rows) -> Rows:
    """Headers in two rows as one: «Who» over «Name» and «Team» gives «Who Name» and «Team»."""
    if len(rows) < 3 or not any(cell.columns > 1 for _, cell in rows[0]):
        return rows
    over = {n for c, cell in rows[0] if cell.columns > 1 for n in range(c, c + cell.columns)}
    alone = {c for c, cell in rows[0] if cell.columns == 1}
    below = [c for c, _ in rows[1]]
    if (
        alone & set(below)
        or not set(below) & over
        or any(cell.kind != "text" for _, cell in rows[1])
    ):
        return rows
    header = dict(rows[0])
    for column, cell in rows[1]:
        above = header.get(column)
        header[column] = _both(above, cell) if above else cell
    return [sorted(header.items()), *rows[2:]]


def _both(above: Cell, below: Cell) -> Cell:
    return Cell(f"{above.text}\n{below.text}", bold=above.bold, size=above.size)


def _are_lists(rows: Rows, columns: Columns) -> bool:
    """Whether columns are lists beside each other, such as «Strengths | Weaknesses» with cards.

    Rows of a table begin with what they are about; where the first column ends before another
    one, and each column is filled without a gap to a length of its own, there are no such rows.
    """
    first, *others = (cells for cells in columns.values())
    lengths = [len(cells) for cells in others]
    longest = max(lengths, default=0)
    if lengths.count(longest) != 1 or len(first) >= longest:
        return False
    for cells in columns.values():
        gapless = [n for n, _ in cells] == list(range(len(cells)))
        if len(cells) <= _FEWEST_ANSWERS or not gapless:
            return False
    return all(
        cell.kind == "text" and cell.columns == cell.rows == 1 for row in rows for _, cell in row
    )


def _questions(count: int, columns: Columns) -> list[int]:
    """The columns of a form's export that hold what people wrote in answer to a question.

    Such exports stamp each row with a day and time. Choices, grades and names stay in the table.
    """
    stamped = any(
        len(cells) == count and all(cell.kind == "moment" for _, cell in cells[1:])
        for cells in columns.values()
    )
    if count <= _FEWEST_ANSWERS or not stamped:
        return []
    return [c for c, cells in columns.items() if cells[0][0] == 0 and _is_open(cells)]


def _is_open(cells: Sequence[tuple[int, Cell]]) -> bool:
    (_, header), *rest = cells
    asks = header.text.rstrip().endswith(("?", ":")) or len(header.text) > _LONG_HEADER
    answers = [cell for _, cell in rest]
    written = [a for a in answers if a.kind == "text" and re.search(r"\w\s+\w", a.text)]
    length = sum(len(a.text) for a in answers)
    return (
        asks
        and len(answers) >= _FEWEST_ANSWERS
        and len(written) >= _MOSTLY * len(answers)
        and length >= _LONG_ANSWER * len(answers)
    )
