"""Sheets of cells -> pages: what workbooks and CSV files have in common.

A page is titled by the name of its sheet, or by the heading that repeats it. Which cells belong
together is left to `sheet_regions`, what they are (table, list, heading) to `sheet_items`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.errors import DamagedInputError, EmptyInputError
from pipeline.extractors.sheet_cells import Area, Cell, Cells, Line, Look, Piece, letters
from pipeline.extractors.sheet_items import pieces_of
from pipeline.extractors.sheet_regions import regions
from pipeline.model.document import BlockRole, Problem
from pipeline.model.raw import RawItem, RawPage, RawParagraph
from pipeline.model.text import squash

MAX_ROWS = 50_000
MAX_CELLS = 600_000
MAX_CHARACTERS = 20_000_000
_DEFAULT_NAME = re.compile(r"[^\W\d_]+(\d+)")
_TOP = 1.1
_MANY_RANGES = 8
_MOST_MERGED = 10_000_000
_LONGEST_REMARK = 60


@dataclass(frozen=True, slots=True)
class Drawn:
    """What floats over the cells (a text box, a chart), and the row that it begins at."""

    row: int
    items: tuple[RawItem, ...]


@dataclass(slots=True)
class Budget:
    """What may still be read of a file: one long text may stand in a million cells."""

    cells: int = MAX_CELLS
    characters: int = MAX_CHARACTERS
    visits: int = 5_000_000
    """Cells that may be looked at, blank ones too."""

    def visit(self) -> bool:
        """Look at one more cell; false where no more may be."""
        self.visits -= 1
        return self.visits >= 0

    def spend(self, text: str) -> bool:
        """Take a cell from what is left; false where nothing is."""
        self.cells -= 1
        self.characters -= len(text)
        return self.cells >= 0 and self.characters >= 0


@dataclass(slots=True)
class Sheet:
    """One sheet as its file has it; rows and columns count from 0.

    `number` is the one that the program gave to the sheet when it was made, where known;
    `tables` are areas that the file declares to be tables, blank rows in them included; `notes`
    are comments with the row and column of their cell, `running` what prints on every page.
    """

    name: str | None = None
    number: int | None = None
    hidden: bool = False
    cells: Cells = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    tables: list[Area] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    notes: list[tuple[int, int, str]] = field(default_factory=list)
    running: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    budget: Budget = field(default_factory=Budget)
    cut: bool = False
    """Whether there was more than what is read of one sheet or file."""
    _rows: int = 0
    _last: int = -1

    def put(self, row: int, column: int, cell: Cell) -> bool:
        """Add a cell that shows something; false where the sheet is full, and nothing added."""
        if row != self._last:
            self._rows, self._last = self._rows + 1, row
        if self._rows > MAX_ROWS or not self.budget.spend(cell.text):
            self.cut = True
            return False
        self.cells[row, column] = cell
        return True

    def merge(self, areas: Iterable[Area]) -> None:
        """Join the cells of each area: the first one's text stands for all of them."""
        work = 0
        for area in areas:
            # Areas that lie over each other by the thousand are made to take time.
            work += min(area.size, len(self.cells))
            if work > _MOST_MERGED:
                break
            first = self.cells.get((area.top, area.left))
            for place in list(_inside(area, self.cells)):
                del self.cells[place]
            if first is not None:
                rows, columns = area.bottom - area.top + 1, area.right - area.left + 1
                self.cells[area.top, area.left] = replace(first, rows=rows, columns=columns)


def _inside(area: Area, cells: Cells) -> Iterator[tuple[int, int]]:
    """The places of an area that hold a cell; areas may be far larger than what is filled."""
    if area.size < len(cells):
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                if (row, column) in cells:
                    yield row, column
    else:
        yield from (place for place in cells if area.holds(place))


def page_of(sheet: Sheet, number: int, *, first: bool = False) -> tuple[RawPage, list[Problem]]:
    """The page that a sheet is, and what of it could not be read or is hidden.

    `first` for the first sheet that is shown: it may go without a title.
    """
    shown = _Shown(sheet)
    problems = [replace(p, page=number) for p in (*sheet.problems, *shown.problems(number))]
    pieces = list(_pieces(shown))
    items = _items(_titled(pieces, sheet, first), _placed(sheet, shown))
    items += [RawParagraph(text=t, role=BlockRole.NOTE) for t in shown.notes() if t.strip()]
    items += [RawParagraph(text=t, role=BlockRole.FURNITURE, furniture=True) for t in sheet.running]
    return RawPage(number=number, items=items, label=sheet.name, hidden=sheet.hidden), problems


def refuse_empty(name: str, pages: Sequence[RawPage], problems: Sequence[Problem]) -> None:
    """Where nothing came out of a file and there is a reason, raise the error that tells it.

    `DamagedInputError` for broken sheets, `EmptyInputError` for formulas only or hidden cells.
    """
    if any(page.items for page in pages):
        return
    codes = {problem.code for problem in problems}
    if "part-unreadable" in codes:
        raise DamagedInputError(
            f"no sheet of {name} can be read",
            "open it in Excel or LibreOffice, repair it and save it again",
        )
    if "formula-without-value" in codes:
        raise EmptyInputError(
            f"{name} holds formulas only, and no values of them",
            "open it in Excel or LibreOffice, save it and run again",
        )
    if "hidden-cells" in codes:
        raise EmptyInputError(
            f"all cells of {name} are hidden",
            "show the rows and columns that are to be read, and save it again",
        )


class _Shown:
    """The cells of a sheet without its hidden rows and columns, which leave no gap."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._right = max((c for _, c in sheet.cells), default=-1)
        self._bottom = max((r for r, _ in sheet.cells), default=-1)
        self._rows = sorted(r for r in sheet.hidden_rows if r <= self._bottom)
        self._columns: list[int] = []
        for start, end in sorted(sheet.hidden_columns):
            after = self._columns[-1] + 1 if self._columns else 0
            self._columns.extend(range(max(start, after), min(end, self._right) + 1))
        self._left_out: tuple[set[int], set[int]] = (set(), set())
        self.cells = self._kept()
        self.tables = [self._moved(t) for t in sheet.tables]

    def row(self, row: int) -> int:
        """The row's number among those shown."""
        return row - bisect_left(self._rows, row)

    def notes(self) -> list[str]:
        """The comments on cells that are shown, in the order of the cells."""
        rows, columns = self._sheet.hidden_rows, self._sheet.hidden_columns
        return [
            text
            for row, column, text in sorted(self._sheet.notes, key=lambda note: note[:2])
            if row not in rows and not any(a <= column <= b for a, b in columns)
        ]

    def _column(self, column: int) -> int:
        return column - bisect_left(self._columns, column)

    def _moved(self, area: Area) -> Area:
        return Area(
            self.row(area.top), self._column(area.left),
            self.row(area.bottom + 1) - 1, self._column(area.right + 1) - 1,
        )  # fmt: skip

    def _kept(self) -> Cells:
        rows, columns = set(self._rows), set(self._columns)
        out: Cells = {}
        for (row, column), cell in sorted(self._sheet.cells.items()):
            if not rows and not columns and cell.rows == cell.columns == 1:
                out[row, column] = cell
                continue
            bottom = min(row + cell.rows - 1, self._bottom)
            right = min(column + cell.columns - 1, self._right)
            area = self._moved(Area(row, column, bottom, right))
            if area.bottom < area.top or area.right < area.left:
                self._left_out[0].update({row} & rows)
                self._left_out[1].update({column} & columns if row not in rows else ())
            else:
                height, width = area.bottom - area.top + 1, area.right - area.left + 1
                out[area.top, area.left] = replace(cell, rows=height, columns=width)
        return out

    def problems(self, page: int) -> Iterator[Problem]:
        """What is hidden, and what was too much."""
        name = f"the sheet «{self._sheet.name}»" if self._sheet.name else "the sheet"
        if self._sheet.cut:
            yield Problem(
                code="sheet-too-large",
                message=f"{name} holds more than what is read ({MAX_ROWS} rows of text, "
                f"{MAX_CELLS} cells in a file); the rest was left out",
                hint="part it into several files, or delete what is no text of yours",
                page=page,
            )
        rows, columns = self._left_out
        told = [*_told("row", rows, lambda n: str(n + 1)), *_told("column", columns, letters)]
        if told:
            yield Problem(
                code="hidden-cells",
                message=f"hidden in {name} and left out: {' and '.join(told)}",
                hint="show them in the sheet and save it again, if they are to be read",
                page=page,
                severity="info",
            )


def _told(noun: str, numbers: set[int], named: object) -> Iterator[str]:
    """«rows 3–5, 9»; past a number of ranges only how many there are."""
    assert callable(named)
    ranges: list[list[int]] = []
    for n in sorted(numbers):
        if ranges and n == ranges[-1][1] + 1:
            ranges[-1][1] = n
        else:
            ranges.append([n, n])
    if not ranges:
        return
    plural = noun if len(numbers) == 1 else f"{noun}s"
    texts = [named(a) if a == b else f"{named(a)}–{named(b)}" for a, b in ranges[:_MANY_RANGES]]
    more = " …" if len(ranges) > _MANY_RANGES else ""
    yield f"{plural} {', '.join(texts)}{more}"


def _pieces(shown: _Shown) -> Iterator[tuple[int, Piece]]:
    """The lines and tables of a sheet in reading order, each with its row."""
    look = _usual(shown.cells.values())
    found = regions(shown.cells, shown.tables)
    for n, cells in enumerate(found):
        follows = n + 1 < len(found)
        row = min(r for r, _ in cells)
        for piece in pieces_of(cells, look, first=n == 0, follows=follows):
            yield row, piece


def _usual(cells: Iterable[Cell]) -> Look:
    counts = Counter((c.bold, c.size) for c in cells)
    bold, size = counts.most_common(1)[0][0] if counts else (False, None)
    return Look(bold, size)


def _titled(
    pieces: Sequence[tuple[int, Piece]], sheet: Sheet, first: bool
) -> list[tuple[int, Piece]]:
    """The pieces with the depths of their headings, the title of the page among them."""
    heads = [n for n, (_, p) in enumerate(pieces) if isinstance(p, Line) and p.heading]
    top = heads[0] if heads and heads[0] == 0 and _is_over_all(pieces, heads) else None
    name = sheet.name or ""
    default = _is_default(sheet)
    lead = pieces[top][1] if top is not None else None
    named = isinstance(lead, Line) and (default or not name or squash(name) in squash(lead.text))
    depth = 0 if named else 1
    below = depth + 1 if top is not None else 1
    sizes = sorted({_size(pieces[n][1]) for n in heads if n != top}, reverse=True)
    out: list[tuple[int, Piece]] = []
    for n, (row, piece) in enumerate(pieces):
        if isinstance(piece, Line) and piece.heading:
            rank = 0 if n == top else min(sizes.index(_size(piece)), 2)
            piece = replace(piece, depth=depth if n == top else below + rank)
        out.append((row, piece))
    untitled = not named and name and (pieces or sheet.drawn) and not (default and first)
    title = Line(Cell(name), heading=True, depth=0)
    return [(-1, title), *out] if untitled else out


def _size(piece: Piece) -> float:
    return (piece.cell.size or 0.0) if isinstance(piece, Line) else 0.0


def _is_over_all(pieces: Sequence[tuple[int, Piece]], heads: Sequence[int]) -> bool:
    """Whether the first heading is one for the whole sheet and not only for what is under it.

    It is where it is larger than the others, or has nothing under it but short lines («3 May»).
    """
    largest = max((_size(pieces[n][1]) for n in heads[1:]), default=0.0)
    if len(heads) == 1 or _size(pieces[0][1]) >= _TOP * largest > 0:
        return True
    own = [piece for row, piece in pieces[1:] if row == pieces[0][0]]
    return _size(pieces[0][1]) >= largest and all(_is_remark(piece) for piece in own)


def _is_remark(piece: Piece) -> bool:
    if not isinstance(piece, Line) or piece.heading or piece.listed:
        return False
    return len(piece.text) <= _LONGEST_REMARK and not piece.text.rstrip().endswith(".")


def _is_default(sheet: Sheet) -> bool:
    """Whether a sheet still has the name that the program gave it: a word and its number."""
    match = _DEFAULT_NAME.fullmatch(sheet.name or "")
    return bool(match) and sheet.number in (None, int(match.group(1)[:9]) if match else None)


def _placed(sheet: Sheet, shown: _Shown) -> list[tuple[int, RawItem]]:
    drawn = sorted(sheet.drawn, key=lambda d: d.row)
    return [(shown.row(d.row), item) for d in drawn for item in d.items]


def _items(
    pieces: Sequence[tuple[int, Piece]], drawn: Sequence[tuple[int, RawItem]]
) -> list[RawItem]:
    """Paragraphs and tables, with what floats over the cells where it begins."""
    out: list[RawItem] = []
    rest = list(drawn)
    for row, piece in pieces:
        while rest and rest[0][0] < row:
            out.append(rest.pop(0)[1])
        out.extend(piece.items())
    return [*out, *(item for _, item in rest)]
