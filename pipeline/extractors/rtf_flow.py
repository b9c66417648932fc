r"""Where the text of an RTF file goes: paragraphs, the cells and rows of tables, side texts.

RTF has no groups for tables: each paragraph says how deep in tables it stands, and `\cell` and
`\row` end what came before them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.extractors.docx_numbering import Look
from pipeline.extractors.docx_text import Piece
from pipeline.extractors.rtf_characters import whole
from pipeline.extractors.rtf_grid import MAX_COLUMNS, Row, RowShape, table
from pipeline.model.document import BlockRole
from pipeline.model.raw import RawItem, RawPicture

_DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What is declared of a paragraph; `depth` counts the tables around it."""

    style: int = 0
    outline: int | None = None
    list: int | None = None
    level: int = 0
    depth: int = 0


class Capture:
    """Text that is no paragraph: a printed marker, the code of a field."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._parts: list[str] = []
        self._look = Look()
        self.added = 0
        """How many characters have been put in, ever."""

    def add(self, text: str, look: Look) -> None:
        """Put in text after what is there."""
        self.added += len(text)
        if look is not self._look:
            self._end_piece()
            self._look = look
        self._parts.append(text)

    def _end_piece(self) -> None:
        if self._parts:
            self.pieces.append(Piece(whole("".join(self._parts)), self._look))
            self._parts = []

    def check(self, sign: str, look: Look) -> None:
        """Put in the sign of a check box."""
        self._end_piece()
        self.pieces.append(Piece(sign, look, check=True))

    def take(self) -> list[Piece]:
        """The pieces so far; begins anew."""
        self._end_piece()
        pieces, self.pieces = self.pieces, []
        return pieces

    def text(self) -> str:
        """The text so far."""
        self._end_piece()
        return "".join(piece.text for piece in self.pieces)

    @property
    def empty(self) -> bool:
        """Whether no text has been put in."""
        return not self.pieces and not self._parts


@dataclass(slots=True)
class _Table:
    """A table that is not yet closed: its rows, the cells of the next, the items of the next."""

    rows: list[Row] = field(default_factory=list)
    cells: list[list[RawItem]] = field(default_factory=list)
    items: list[RawItem] = field(default_factory=list)


Printer = Callable[["Flow", Paragraph], Sequence[RawItem]]
"""Gives the items of the paragraph that a flow holds."""


class Flow(Capture):
    """A body of paragraphs: the document's, a note's, a text box's, a header's.

    `marker` is the printed bullet or number of the paragraph at hand; `pictures`, `boxes` and
    `notes` are what is anchored in it.
    """

    def __init__(self, printer: Printer, role: BlockRole, shape: int | None = None) -> None:
        super().__init__()
        self.role = role
        self.shape = shape
        self.marker: str | None = None
        self.pictures: list[RawPicture] = []
        self.boxes: list[RawItem] = []
        self.notes: list[RawItem] = []
        self.numbered = False
        """Whether an automatic number stands in it, as in most footnotes."""
        self.at_end = False
        """Whether it is an endnote."""
        self.in_row = False
        """Whether a row has been described and has not ended; its paragraphs need not say so."""
        self._printer = printer
        self._items: list[RawItem] = []
        self._tables: list[_Table] = []

    def end_paragraph(self, declared: Paragraph, least: int = 0) -> None:
        """The paragraph at hand ends; it stands `least` tables deep or deeper."""
        depth = max(declared.depth, least, int(self.in_row))
        items = self._printer(self, declared)
        self.marker = None
        self.pictures, self.boxes, self.notes = [], [], []
        self._go_to(min(depth, _DEEPEST)).extend(items)

    def end_cell(self, declared: Paragraph, depth: int) -> None:
        """A cell ends in the table of that depth, and with it its last paragraph."""
        self.end_paragraph(declared, depth)
        depth = min(depth, _DEEPEST)
        self._go_to(depth)
        open_table = self._tables[depth - 1]
        if len(open_table.cells) < MAX_COLUMNS:
            open_table.cells.append(open_table.items)
        else:
            open_table.cells[-1].extend(open_table.items)
        open_table.items = []

    def end_row(self, declared: Paragraph, depth: int, shape: RowShape) -> None:
        """A row ends in the table of that depth."""
        depth = min(depth, _DEEPEST)
        if not self.empty:
            self.end_paragraph(declared, depth)
        self._go_to(depth)
        self._end_row(self._tables[depth - 1], shape)
        self.in_row = self.in_row and depth > 1

    def _end_row(self, open_table: _Table, shape: RowShape) -> None:
        if open_table.items:
            open_table.cells.append(open_table.items)
        if open_table.cells:
            open_table.rows.append(Row(open_table.cells, shape))
        open_table.cells, open_table.items = [], []

    def _go_to(self, depth: int) -> list[RawItem]:
        """Close deeper tables, open missing ones; gives the place for items of that depth."""
        while len(self._tables) > depth:
            self._close_table()
        while len(self._tables) < depth:
            self._tables.append(_Table())
        return self._tables[-1].items if self._tables else self._items

    def _close_table(self) -> None:
        closing = self._tables.pop()
        outer = self._tables[-1].items if self._tables else self._items
        loose: list[RawItem] = []
        if closing.cells:
            self._end_row(closing, closing.rows[-1].shape if closing.rows else RowShape())
        else:  # Paragraphs that no cell ever ended are no table.
            loose = closing.items
        outer.extend(table(closing.rows, self.role, self.shape) if closing.rows else ())
        outer.extend(loose)

    def close(self, declared: Paragraph) -> list[RawItem]:
        """The items of the whole, with what has not been ended."""
        if not self.empty or self.pictures or self.boxes or self.notes:
            self.end_paragraph(declared)
        self._go_to(0)
        items, self._items = self._items, []
        return items
