"""Rows of an OpenDocument sheet: cells with what they repeat, cover, hide and hold besides text."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from pipeline.extractors.ods_text import (
    DRAW,
    TABLE,
    TEXT,
    Drawing,
    OpenPart,
    comment_in,
    drawn_in,
    is_unknown,
    shown,
)
from pipeline.extractors.sheet_cells import LAST_COLUMN, LAST_ROW, Cell, place
from pipeline.extractors.sheets import MAX_ROWS, Drawn, Sheet
from pipeline.model.document import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CELLS = (TABLE + "table-cell", TABLE + "covered-table-cell")
_PARAGRAPH = TEXT + "p"
_FORMULA = TABLE + "formula"
_GROUPS = (TABLE + "table-row-group", TABLE + "table-column-group")
_HOLDERS = {TABLE + name for name in ("table-rows", "table-header-rows", "table-row-group")}
_DEEPEST_STYLE = 10


def forget(node: Element) -> None:
    """Empty a node that has been read, and drop what stands before it."""
    node.clear()
    parent = node.getparent()
    while parent is not None and node.getprevious() is not None:
        del parent[0]


class SheetReader:
    """Reads the parts of one `table:table`, as they come, into a `Sheet`."""

    def __init__(
        self, table: Element, sheet: Sheet, drawings: dict[str, Drawing], open_part: OpenPart
    ) -> None:
        self._table = table
        self._sheet = sheet
        self._drawings = drawings
        self._open_part = open_part
        self._known: dict[str, Drawing] = {}
        self._row = self._column = 0
        self._unknown = 0
        self._hidden: list[bool] = []
        self._starts: list[int] = []
        self._styles: list[str | None] = []

    def take(self, node: Element, *, ended: bool) -> None:
        """Take a node that begins or has ended."""
        if node.tag in _GROUPS:
            if ended:
                self._hidden.pop()
            else:
                self._hidden.append(node.get(TABLE + "display") == "false")
        elif not ended:
            return
        elif node.tag == TABLE + "table-column":
            self._take_column(node)
        elif node.tag == TABLE + "shapes":
            self._take_shapes(node)
        elif node.tag == TABLE + "table-row" and self._is_own(node):
            self._take_row(node)
            forget(node)

    def report(self) -> None:
        """Tell what could not be read, when all has been."""
        if self._unknown:
            self._sheet.problems.append(
                Problem(
                    code="formula-without-value",
                    message=f"{self._unknown} formulas of the sheet «{self._sheet.name}» "
                    "have no value in the file; these cells are empty",
                    hint="open the file in LibreOffice or Excel, save it and run again",
                )
            )

    def _is_own(self, row: Element) -> bool:
        """Whether a row is of this sheet and not of a table in one of its cells."""
        holder = next((e for e in row.iterancestors() if e.tag not in _HOLDERS), None)
        return holder is self._table

    def _take_column(self, node: Element) -> None:
        count = _count(node, "number-columns-repeated", LAST_COLUMN - self._column)
        if any(self._hidden) or _is_hidden(node):
            self._sheet.hidden_columns.append((self._column, self._column + count - 1))
        self._starts.append(self._column)
        self._styles.append(node.get(TABLE + "default-cell-style-name"))
        self._column += count

    def _take_shapes(self, node: Element) -> None:
        """What is anchored to the sheet itself; where it ends tells its row."""
        for shape in node:
            address = (shape.get(TABLE + "end-cell-address") or "").rpartition(".")[2]
            row, _ = place(address) or (LAST_ROW, 0)
            # Only the end is told; a shape is some rows high.
            items = tuple(drawn_in([shape], self._open_part))
            if items:
                self._sheet.drawn.append(Drawn(row, items))

    def _take_row(self, node: Element) -> None:
        row, count = self._row, _count(node, "number-rows-repeated", LAST_ROW - self._row)
        self._row += count
        if self._sheet.cut:
            return
        found = self._cells_of(node, row)
        if not found:
            return
        last = row + min(count, MAX_ROWS + 1)
        if any(self._hidden) or _is_hidden(node):
            self._sheet.hidden_rows.update(range(row, last))
        for at in range(row, last):
            for column, cell in found:
                if not self._sheet.put(at, column, cell):
                    return

    def _cells_of(self, node: Element, row: int) -> list[tuple[int, Cell]]:
        found: list[tuple[int, Cell]] = []
        column = 0
        for cell in node:
            if cell.tag not in _CELLS:
                continue
            count = _count(cell, "number-columns-repeated", LAST_COLUMN - column)
            if not self._sheet.budget.visit():
                self._sheet.cut = True
                break
            # Most cells are blank, or hold one paragraph and nothing beside it.
            if len(cell) or len(cell.attrib) > 1 or cell.get(_FORMULA):
                if len(cell) > 1 or (len(cell) and cell[0].tag != _PARAGRAPH):
                    self._beside(cell, row, column)
                if cell.tag == _CELLS[0] and (read := self._cell(cell, node, column)):
                    found.extend((n, read) for n in range(column, column + count))
            column += count
        return found

    def _cell(self, node: Element, row: Element, column: int) -> Cell | None:
        self._unknown += is_unknown(node)
        text, kind = shown(node)
        if not text.strip():
            return None
        name = node.get(TABLE + "style-name") or row.get(TABLE + "default-cell-style-name")
        drawing = self._drawing(name or self._default(column))
        return Cell(
            text.strip("\n"), kind, bool(drawing.bold), bool(drawing.italic), drawing.size,
            bool(drawing.filled),
            rows=_count(node, "number-rows-spanned", LAST_ROW),
            columns=_count(node, "number-columns-spanned", LAST_COLUMN),
        )  # fmt: skip

    def _beside(self, node: Element, row: int, column: int) -> None:
        """A comment on a cell, and shapes anchored to it."""
        if note := comment_in(node):
            self._sheet.notes.append((row, column, note))
        if any(str(e.tag).startswith(DRAW) for e in node):
            items = tuple(drawn_in(node, self._open_part))
            self._sheet.drawn.extend([Drawn(row, items)] if items else [])

    def _default(self, column: int) -> str | None:
        at = bisect_right(self._starts, column) - 1
        return self._styles[at] if at >= 0 else None

    def _drawing(self, name: str | None) -> Drawing:
        """How a cell style draws, with what its parents say."""
        name = name or "Default"
        if name not in self._known:
            told = Drawing()
            at: str | None = name
            for _ in range(_DEEPEST_STYLE):
                found = self._drawings.get(f"table-cell {at}")
                if found is None:
                    break
                told = told.over(found)
                at = found.parent
            self._known[name] = told
        return self._known[name]


def _is_hidden(node: Element) -> bool:
    return node.get(TABLE + "visibility") in ("collapse", "filter")


def _count(node: Element, name: str, most: int) -> int:
    """How often a row or column stands, or how far a cell reaches; never past the sheet."""
    text = node.get(TABLE + name) or "1"
    count = int(text) if text.isdigit() and len(text) < 9 else 1
    return max(1, min(count, most))
