r"""What an RTF group inherits and may change: looks, fonts, what is declared of the paragraph.

Each word here changes the state of the group at hand and nothing else (`\b`, `\fs24`, `\pard`,
`\cellx2880`); a closing brace brings back the state from before its group.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from pipeline.extractors.docx_numbering import Look
from pipeline.extractors.rtf_flow import Capture, Flow, Paragraph
from pipeline.extractors.rtf_grid import RowShape

_PLAIN = Look(bold=False, italic=False, hidden=False, size=12.0)


@dataclass(slots=True)
class Drawing:
    """A shape or picture: what its properties say."""

    properties: dict[bytes, str] = field(default_factory=dict)
    picture: bool = False


@dataclass(slots=True)
class Field:
    """A field: where its result goes, its code, the look of its result."""

    sink: Capture
    code: Capture = field(default_factory=Capture)
    shown: bool = False
    look: Look = _PLAIN


@dataclass(slots=True)
class State:
    """The state of a group. `font` is null where the file's default holds."""

    sink: Capture
    look: Look = _PLAIN
    deleted: bool = False
    font: int | None = None
    wide_font: int | None = None
    """The font of East Asian characters."""
    run: bytes = b""
    r"""Which characters the words that follow speak of: `loch`, `hich`, `dbch`, `rtlch`."""
    width: int = 1
    r"""How many characters after a `\u` stand for it where Unicode is not understood."""
    declared: Paragraph = field(default_factory=Paragraph)
    row: RowShape = field(default_factory=RowShape)
    drawing: Drawing | None = None
    field: Field | None = None
    end: Callable[[State], None] | None = None
    """What is to be done where the group ends; not inherited."""

    def inner(self) -> State:
        """The state with which a group begins."""
        return State(
            self.sink, self.look, self.deleted, self.font, self.wide_font, self.run, self.width,
            self.declared, self.row, self.drawing, self.field,
        )  # fmt: skip

    @property
    def flow(self) -> Flow | None:
        """The flow into which the text goes; null where it goes elsewhere."""
        return self.sink if isinstance(self.sink, Flow) else None

    @property
    def hidden(self) -> bool:
        """Whether text is not shown: hidden, or taken out in a revision."""
        return self.deleted or bool(self.look.hidden)


_Change = Callable[[State, int | None], None]


def _bold(state: State, number: int | None) -> None:
    state.look = replace(state.look, bold=number != 0)


def _italic(state: State, number: int | None) -> None:
    state.look = replace(state.look, italic=number != 0)


def _hide(state: State, number: int | None) -> None:
    state.look = replace(state.look, hidden=number != 0)


def _size(state: State, number: int | None) -> None:
    size = number / 2 if number and 0 < number < 4000 else _PLAIN.size
    if size != state.look.size:
        state.look = replace(state.look, size=size)


def _plain(state: State, _: int | None) -> None:
    state.look, state.deleted, state.font = _PLAIN, False, None


def _delete(state: State, number: int | None) -> None:
    state.deleted = number != 0


def _font(state: State, number: int | None) -> None:
    state.font = number or 0


def _other_font(state: State, number: int | None) -> None:
    if state.run == b"dbch":
        state.wide_font = number or 0


def _run(word: bytes) -> _Change:
    def change(state: State, _: int | None) -> None:
        state.run = word

    return change


def _width(state: State, number: int | None) -> None:
    state.width = min(max(number or 0, 0), 16)


def _paragraph_default(state: State, _: int | None) -> None:
    state.declared = Paragraph()


def _declare(name: str, default: int = 0, bias: int = 0) -> _Change:
    def change(state: State, number: int | None) -> None:
        found = (default if number is None else number) + bias
        state.declared = replace(state.declared, **{name: max(found, 0)})

    return change


def _in_table(state: State, _: int | None) -> None:
    state.declared = replace(state.declared, depth=max(state.declared.depth, 1))


def _begin_row(state: State, _: int | None) -> None:
    state.row = RowShape()
    if state.flow:
        state.flow.in_row = True


def _row_left(state: State, number: int | None) -> None:
    state.row.left = number or 0


def _continued_cell(state: State, _: int | None) -> None:
    state.row.merged = True


def _end_of_cell(state: State, number: int | None) -> None:
    state.row.cell(number or 0)


def _at_end(state: State, _: int | None) -> None:
    if state.flow:
        state.flow.at_end = True


def _numbered(state: State, _: int | None) -> None:
    if state.flow:
        state.flow.numbered = True


CHANGES: dict[bytes, _Change] = {
    b"plain": _plain, b"b": _bold, b"i": _italic, b"v": _hide, b"fs": _size,
    b"deleted": _delete, b"mvf": _delete, b"f": _font, b"af": _other_font, b"uc": _width,
    **{word: _run(word) for word in (b"loch", b"hich", b"dbch", b"rtlch", b"ltrch")},
    b"pard": _paragraph_default, b"s": _declare("style"), b"outlinelevel": _declare("outline"),
    b"ls": _declare("list"), b"ilvl": _declare("level"), b"itap": _declare("depth"),
    b"intbl": _in_table, b"trowd": _begin_row, b"trleft": _row_left, b"cellx": _end_of_cell,
    b"clmrg": _continued_cell, b"clvmrg": _continued_cell,
    b"ftnalt": _at_end, b"chftn": _numbered,
}  # fmt: skip
"""What a word changes in the state of its group."""
