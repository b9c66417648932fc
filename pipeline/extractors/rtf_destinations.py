r"""The groups of an RTF file that are more than looks: notes, boxes, fields, pictures, headers.

Each takes its text elsewhere than into the paragraph at hand, or is taken whole as a tree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from pipeline.extractors.docx_numbering import numeral
from pipeline.extractors.encoding import symbol
from pipeline.extractors.rtf_characters import group_text
from pipeline.extractors.rtf_flow import Capture, Flow, Paragraph, Printer
from pipeline.extractors.rtf_reader import Handler, Reader
from pipeline.extractors.rtf_state import Drawing, Field, State
from pipeline.extractors.rtf_tables import DECLARING, Tables
from pipeline.model.document import BlockRole
from pipeline.model.raw import RawItem, RawParagraph, RawPicture, RawTable

_MAX_FLOWS = 12
_SYMBOL_FIELD = re.compile(
    r'\s*SYMBOL\s+([0-9]{1,6}|0x[0-9a-fA-F]{1,5})(?:.*?\\f\s*"([^"]*)")?', re.DOTALL
)
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_KEPT = {b"wzDescription", b"gtextUNICODE"}
"""Properties of drawings that are shown or said."""
_EMPTY, _TICKED = "☐", "☑"
_CHECK_BOX, _UNSAID = 1, 25
_NUMERALS = {
    b"nar": "decimal", b"nalc": "lowerLetter", b"nauc": "upperLetter", b"nrlc": "lowerRoman",
    b"nruc": "upperRoman",
}  # fmt: skip
SAID = frozenset({b"titlepg", b"facingp"}) | {
    where + kind for where in (b"ftn", b"aftn", b"sftn", b"saftn") for kind in _NUMERALS
}
"""Words that say which headers are printed and how notes are numbered."""


class Destinations:
    """Puts its handlers into a reader, and keeps the headers and footers that it meets."""

    def __init__(self, reader: Reader, tables: Tables, printer: Printer) -> None:
        self._running: list[tuple[bytes, list[RawItem]]] = []
        self._reader = reader
        self._tables = tables
        self._printer = printer
        self._notes: Counter[bool] = Counter()
        self._shapes = 0
        self._flows = 0
        reader.handlers.update(self._handlers())

    def _handlers(self) -> dict[bytes, Handler]:
        """What to do where a word opens a group; words for «read on» have no effect."""
        seen = b"shppict nesttableprops ud picprop result do mmath moMath moMathPara fldtype"
        running = b"header headerl headerr headerf footer footerl footerr footerf"
        return {
            **dict.fromkeys(seen.split(), lambda _: None),
            **dict.fromkeys(running.split(), self._begin_running),
            **dict.fromkeys(DECLARING, self._declare),
            **dict.fromkeys((b"footnote", b"annotation"), self._begin_note),
            **dict.fromkeys((b"shptxt", b"dptxbxtext"), self._begin_box),
            **dict.fromkeys((b"listtext", b"pntext"), self._begin_marker),
            b"pn": self._read_old_list, b"upr": self._skip_ansi,
            b"field": self._begin_field, b"fldinst": self._begin_code,
            b"fldrslt": self._begin_result, b"formfield": self._read_form_field,
            b"shpinst": self._begin_shape, b"sp": self._read_property, b"pict": self._begin_picture,
        }  # fmt: skip

    def _declare(self, word: bytes) -> None:
        self._tables.take(self._reader.tree(word))

    def _read_old_list(self, word: bytes) -> None:
        """How Word 95 numbered: levels count from 1, the marker itself is printed beside it."""
        level = self._reader.tree(word).number(b"pnlvl")
        if level:
            declared = self._reader.state.declared
            self._reader.state.declared = replace(declared, level=min(max(level - 1, 0), 8))

    def _skip_ansi(self, _: bytes) -> None:
        """Of a text given twice the first is for those who do not know Unicode."""
        self._reader.skip_next_group()

    def _begin_flow(self, flow: Flow, end: Callable[[Flow, list[RawItem]], None]) -> None:
        """The text of the group at hand goes to a flow of its own; `end` gets what it held."""
        if (
            self._flows >= _MAX_FLOWS
            or self._reader.state.flow is None
            or self._reader.state.hidden
        ):
            return
        self._flows += 1
        self._reader.state.sink, self._reader.state.declared = flow, Paragraph()

        def ended(state: State) -> None:
            self._flows -= 1
            end(flow, flow.close(state.declared))

        self._reader.state.end = ended

    def _begin_running(self, word: bytes) -> None:
        flow = Flow(self._printer, BlockRole.FURNITURE)
        self._begin_flow(flow, lambda _, items: self._running.append((word, items)))

    def _begin_note(self, word: bytes) -> None:
        outer = self._reader.state.flow
        comment = word == b"annotation"

        def end(flow: Flow, items: list[RawItem]) -> None:
            if outer is not None:
                outer.notes.extend(items if comment else self._with_number(flow, items))

        self._begin_flow(Flow(self._printer, BlockRole.NOTE), end)

    def _with_number(self, flow: Flow, items: list[RawItem]) -> Iterator[RawItem]:
        """A foot- or endnote with the number that is printed, at its first paragraph."""
        marker = ""
        if flow.numbered:
            self._notes[flow.at_end] += 1
            marker = numeral(self._notes[flow.at_end], self._note_numerals(flow.at_end))
        for item in items:
            if isinstance(item, RawParagraph) and marker:
                yield replace(item, marker=marker)
                marker = ""
            else:
                yield item

    def _note_numerals(self, at_end: bool) -> str:
        wheres = (b"saftn", b"aftn") if at_end else (b"sftn", b"ftn")
        said = (
            kind for w in wheres for end, kind in _NUMERALS.items() if w + end in self._reader.facts
        )
        return next(said, "decimal")

    def _begin_box(self, _: bytes) -> None:
        outer = self._reader.state.flow
        if outer is None:
            return
        self._shapes += 1
        flow = Flow(self._printer, outer.role, self._shapes)
        self._begin_flow(flow, lambda _, items: outer.boxes.extend(items))

    def _begin_marker(self, _: bytes) -> None:
        flow, capture = self._reader.state.flow, Capture()
        self._reader.state.sink = capture

        def end(_: State) -> None:
            if flow is not None:
                flow.marker = _PRIVATE.sub("•", capture.text()).strip()

        self._reader.state.end = end

    def furniture(self) -> Iterator[RawItem]:
        """Headers, then footers, each distinct one once; only those that are printed."""
        seen: set[tuple[str, ...]] = set()
        for kind in (b"header", b"footer"):
            for word, items in self._running:
                texts = tuple(text for item in items for text in _texts(item))
                if word.startswith(kind) and self._is_printed(word) and texts not in seen:
                    yield from items
                    seen.add(texts)

    def _is_printed(self, word: bytes) -> bool:
        r"""Those of a first page only with `\titlepg`, those of left pages with `\facingp`."""
        if word.endswith(b"f"):
            return b"titlepg" in self._reader.facts
        return not word.endswith(b"l") or b"facingp" in self._reader.facts

    # Fields

    def _begin_field(self, _: bytes) -> None:
        self._reader.state.field = Field(self._reader.state.sink)
        self._reader.state.end = self._end_field

    def _begin_code(self, _: bytes) -> None:
        self._reader.state.sink = (
            self._reader.state.field.code if self._reader.state.field else Capture()
        )

    def _begin_result(self, _: bytes) -> None:
        found = self._reader.state.field
        if found is None:
            return
        self._reader.state.sink, before = found.sink, found.sink.added

        def end(state: State) -> None:
            found.shown = found.shown or found.sink.added > before

        self._reader.state.end = end

    def _end_field(self, state: State) -> None:
        r"""A field for a single sign may have no result: «SYMBOL 168 \f "Wingdings"»."""
        found = state.field
        if found is None or found.shown or state.hidden:
            return
        code = found.code.text()
        if match := _SYMBOL_FIELD.match(code):
            base = 16 if match[1].startswith("0x") else 10
            found.sink.add(symbol(int(match[1], base), match[2]), state.look)
        elif code.split() == ["FORMCHECKBOX"]:
            found.sink.check(_EMPTY, state.look)

    def _read_form_field(self, word: bytes) -> None:
        """A check box of a form; other form fields have a result."""
        found = self._reader.state.field
        words = {t.value: t.number for t in self._reader.tree(word).flat() if t.kind == "word"}
        if found and words.get(b"fftype") == _CHECK_BOX and not self._reader.state.hidden:
            state = words.get(b"ffres", _UNSAID)
            state = words.get(b"ffdefres") if state == _UNSAID else state
            found.sink.check(_TICKED if state else _EMPTY, self._reader.state.look)
            found.shown = True

    # Drawings

    def _begin_shape(self, _: bytes) -> None:
        drawing = self._reader.state.drawing = Drawing()

        def end(state: State) -> None:
            if drawing.picture and not state.hidden:
                self._picture(state, drawing)
            flow, text = state.flow, drawing.properties.get(b"gtextUNICODE", "").strip()
            if text and flow and not state.hidden:
                self._shapes += 1
                flow.boxes.append(self._label(text, flow))

        self._reader.state.end = end

    def _label(self, text: str, flow: Flow) -> RawParagraph:
        """The text of word art."""
        furniture = flow.role is BlockRole.FURNITURE
        return RawParagraph(text=text, role=flow.role, shape=self._shapes, furniture=furniture)

    def _read_property(self, word: bytes) -> None:
        group = self._reader.tree(word)
        name, said = next(group.groups(b"sn"), None), next(group.groups(b"sv"), None)
        drawing = self._reader.state.drawing
        if name and said and drawing:
            key = group_text(name, self._tables.codec).strip().encode("ascii", "ignore")
            drawing.picture |= key == b"pib" and any(said.groups(b"pict"))
            if key in _KEPT:
                drawing.properties[key] = group_text(said, self._tables.codec)

    def _begin_picture(self, _: bytes) -> None:
        state, drawing = self._reader.state, Drawing()
        hidden, state.drawing = state.hidden, drawing
        state.deleted = True  # What is inside are the bytes of the picture.

        def end(state: State) -> None:
            if not hidden:
                self._picture(state, drawing)

        state.end = end

    def _picture(self, state: State, drawing: Drawing) -> None:
        flow = state.flow
        if flow and flow.role is not BlockRole.FURNITURE:
            flow.pictures.append(RawPicture(drawing.properties.get(b"wzDescription", "").strip()))


def _texts(item: RawItem) -> Iterator[str]:
    if isinstance(item, RawTable):
        yield from (x.text for row in item.rows for cell in row for x in cell)
    elif isinstance(item, RawParagraph):
        yield item.text
