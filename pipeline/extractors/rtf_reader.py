r"""The walk through an RTF file: groups, characters and words, one token after the other.

What opens a group of its own kind (a note, a field, a picture) is handed to whoever has put a
handler in; nothing here calls itself, so groups may be nested as deep as they like.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from pipeline.extractors.encoding import drawn_text
from pipeline.extractors.rtf_characters import CODECS, codec, coded, sign
from pipeline.extractors.rtf_flow import Flow
from pipeline.extractors.rtf_header import Font
from pipeline.extractors.rtf_state import CHANGES, State
from pipeline.extractors.rtf_tables import Tables
from pipeline.extractors.rtf_tokens import Group, Token, Tokens
from pipeline.model.document import Problem

_AFTER = b" \t\r\n\0\x1a}"
_CONTROLS = bytes(n for n in range(0x20) if n != 0x09)
_LEFT_OUT = frozenset(
    b"""
    aftncn aftnsep aftnsepc colortbl comment datastore filetbl fontemb ftncn ftnsep ftnsepc
    generator keycode latentstyles list listoverride mmathPict nonesttables nonshppict objclass
    objdata objname pnseclvl private1 revtbl rsidtbl rxe shprslt tc tcn template themedata txe xe
    """.split()
)
"""Groups that are not shown although no star says so."""
_PROPERTIES = re.compile(rb"m[a-zA-Z]+Pr")
"""How a formula is set, not what it says."""
_PRIVATE = "\ue000"
"""Where the characters of symbol fonts begin."""
_HINT = "open the document in the program that made it and compare what came out"

Handler = Callable[[bytes], None]
"""What to do where a word opens a group."""


class Reader:
    """Reads tokens into the flow of the body; `handlers` are the groups that are more than looks.

    `facts` are the words met that `said` asks for, `problems` what was found broken.
    """

    def __init__(self, tokens: Tokens, body: Flow, tables: Tables, said: frozenset[bytes]) -> None:
        self.state = State(body)
        self.handlers: dict[bytes, Handler] = {}
        self.facts: set[bytes] = set()
        self.problems: list[Problem] = []
        self._tokens = tokens
        self._tables = tables
        self._said = said
        self._stack: list[State] = []
        self._raw = bytearray()
        self._skipped = 0
        self._actions = self._words()

    def read(self) -> None:
        """Read to the end of the text; the state is then that of its last paragraph."""
        opening, starred = False, False
        for token in self._tokens:
            if token.kind == "text":
                self._take(token.value)
                if not token.value.strip():  # What opens a group may stand after a space.
                    continue
            elif token.kind == "open":
                self._open()
            elif token.kind == "close":
                if len(self._stack) <= 1:
                    break
                self._close()
            elif token.kind == "word":
                self._word(token, opening, starred)
            elif opening and token.value == b"*":
                starred = True
                continue
            else:
                self._symbol(token)
            opening, starred = token.kind == "open", False
        else:
            self._report("cut-off", "the file ends before its text does; what is there was read")
        self._flush()
        if self._tokens.rest().strip(_AFTER):
            self._report("text-after-end", "something stands after the end of the text")
        while len(self._stack) > 1:
            self._close()

    def _report(self, code: str, message: str) -> None:
        self.problems.append(Problem(code=code, message=message, hint=_HINT))

    # Groups

    def _open(self) -> None:
        self._flush()
        self._skipped = 0
        self._stack.append(self.state)
        self.state = self.state.inner()

    def _close(self) -> None:
        self._flush()
        self._skipped = 0
        if self.state.end:
            self.state.end(self.state)
        self.state = self._stack.pop()

    def tree(self, word: bytes) -> Group:
        """The rest of the group at hand, which ends with it."""
        group = self._tokens.group(word)
        self.state = self._stack.pop()
        return group

    def skip_next_group(self) -> None:
        """Leave out the group that begins here, if one does."""
        self._tokens.skip_next_group()

    def _leave_out(self) -> None:
        self._tokens.skip_group()
        self.state = self._stack.pop()

    # Characters

    def _take(self, raw: bytes) -> None:
        if self._skipped:
            self._skipped, raw = max(self._skipped - len(raw), 0), raw[self._skipped :]
        if not self.state.hidden:
            self._raw += raw

    def _flush(self) -> None:
        """Bytes become text only where something else begins: a letter may have two of them."""
        if self._raw:
            raw = bytes(self._raw).translate(None, _CONTROLS)
            font = self._font(wide=not raw.isascii())
            self._raw.clear()
            self.state.sink.add(font.text(raw, self._tables.codec), self.state.look)

    def _font(self, wide: bool = False) -> Font:
        state = self.state
        number = self._tables.default_font if state.font is None else state.font
        if wide and state.run == b"dbch" and state.wide_font is not None:
            number = state.wide_font
        return self._tables.fonts.get(number, Font())

    def _add(self, text: str) -> None:
        if not self.state.hidden:
            self.state.sink.add(text, self.state.look)

    def _unicode(self, number: int | None) -> None:
        text = coded(number)
        self._add(drawn_text(text, self._font().name) if text >= _PRIVATE else text)
        self._skipped = self.state.width

    # Words and symbols

    def _symbol(self, token: Token) -> None:
        self._flush()
        text = sign(token)
        if token.value in (b"\r", b"\n"):
            self._paragraph()
        elif text and not self._counts_as_skipped():
            self._add(text)

    def _counts_as_skipped(self) -> bool:
        self._skipped = max(self._skipped - 1, 0) if (was := self._skipped) else 0
        return was > 0

    def _word(self, token: Token, opening: bool, starred: bool) -> None:
        self._flush()
        word, number = token.value, token.number
        if opening or (word == b"pict" and len(self._stack) > 1):
            if handler := self.handlers.get(word):
                handler(word)
                return
            if starred or word in _LEFT_OUT or _PROPERTIES.fullmatch(word):
                self._leave_out()
                return
        text = sign(token)
        if text and text not in "\t\n" and self._counts_as_skipped():
            return
        self._skipped = 0
        if text:
            self._add(text)
        elif change := CHANGES.get(word):
            change(self.state, number)
        elif action := self._actions.get(word):
            action(number)
        elif word in self._said:
            self.facts.add(word)

    def _words(self) -> dict[bytes, Callable[[int | None], None]]:
        """What ends something, and what is said of the whole file."""
        return {
            b"u": self._unicode,
            b"par": self._paragraph,
            b"sect": self._paragraph,
            b"page": self._page,
            b"cell": lambda _: self._cell(1),
            b"nestcell": lambda _: self._cell(max(self.state.declared.depth, 2)),
            b"row": lambda _: self._row(1),
            b"nestrow": lambda _: self._row(max(self.state.declared.depth, 2)),
            b"ansicpg": self._code_page,
            b"deff": self._set_default_font,
            **{word.encode(): partial(self._character_set, word) for word in CODECS},
        }

    def _character_set(self, name: str, _: int | None) -> None:
        self._tables.codec = CODECS[name]

    def _code_page(self, page: int | None) -> None:
        self._tables.codec = codec(page) or self._tables.codec

    def _set_default_font(self, number: int | None) -> None:
        self._tables.default_font = number or 0

    def _paragraph(self, _: int | None = None) -> None:
        """A paragraph ends; one whose end is deleted goes on in the next."""
        if (flow := self.state.flow) and not self.state.deleted:
            flow.end_paragraph(self.state.declared)

    def _page(self, _: int | None) -> None:
        """A new page parts the paragraph in which it begins; in a table it only breaks the line."""
        flow = self.state.flow
        if flow and not flow.empty:
            if flow.in_row or self.state.declared.depth:
                self._add("\n")
            else:
                self._paragraph()

    def _cell(self, depth: int) -> None:
        if flow := self.state.flow:
            flow.end_cell(self.state.declared, depth)

    def _row(self, depth: int) -> None:
        if flow := self.state.flow:
            flow.end_row(self.state.declared, depth, self.state.row)
