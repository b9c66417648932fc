r"""RTF as tokens and, for its tables of fonts, styles and lists, as trees of groups.

By the syntax of the Rich Text Format Specification 1.9.1: braces, control words (`\par`, `\fs24`),
control symbols (`\~`), bytes as `\'e5`, text. What the words mean is left to the other modules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Kind = Literal["open", "close", "word", "symbol", "text"]

_TOKEN = re.compile(
    rb"""\\(?P<word>[a-zA-Z]+)(?P<number>-?[0-9]{1,10})?[ ]?
       | (?P<bytes>(?:\\'[0-9a-fA-F]{2})+)
       | (?P<brace>[{}])
       | (?P<text>[^\\{}]+)
       | \\(?P<symbol>.?)""",
    re.VERBOSE | re.DOTALL,
)
_SKIPPED = re.compile(rb"([{}])|\\bin([0-9]{1,10})[ ]?|\\.?", re.DOTALL)
_NEXT_GROUP = re.compile(rb"\s*\{")
_CONTROLS = bytes(n for n in range(0x20) if n != 0x09)
"""Line ends and other control characters in the text mean nothing."""
_DEEPEST = 40


class Token(NamedTuple):
    r"""A brace, a control word with its number, a control symbol, or bytes of text.

    `value` is the word without its backslash, the symbol's character, or the bytes.
    """

    kind: Kind
    value: bytes
    number: int | None = None


_OPEN, _CLOSE = Token("open", b"{"), Token("close", b"}")


@dataclass(slots=True)
class Group:
    r"""What stands between two braces; `word` is the first control word, `{\*\…}` is starred."""

    word: bytes = b""
    starred: bool = False
    items: list[Token | Group] = field(default_factory=list)

    def groups(self, word: bytes) -> Iterator[Group]:
        """The groups directly inside that begin with a control word."""
        for item in self.items:
            if isinstance(item, Group) and item.word == word:
                yield item

    def number(self, word: bytes, default: int | None = None) -> int | None:
        """The number of a control word that stands directly inside; its last one counts."""
        for item in reversed(self.items):
            if isinstance(item, Token) and (item.kind, item.value) == ("word", word):
                return item.number if item.number is not None else default
        return default

    def flat(self) -> Iterator[Token]:
        """All tokens inside, without those of starred groups."""
        for item in self.items:
            if isinstance(item, Token):
                yield item
            elif not item.starred:
                yield from item.flat()


class Tokens:
    """The tokens of a file in order; whoever reads them may skip or take a whole group."""

    def __init__(self, data: bytes, begin: int = 0) -> None:
        self._data = data
        self._at = begin

    def __iter__(self) -> Iterator[Token]:
        data, size = self._data, len(self._data)
        while self._at < size:
            match = _TOKEN.match(data, self._at)
            assert match is not None, "every byte begins a token"
            self._at = match.end()
            kind = match.lastgroup
            if kind == "word":
                yield Token("word", match["word"])
            elif kind == "number":
                yield self._numbered(match["word"], int(match["number"]))
            elif kind == "text":
                yield Token("text", match["text"].translate(None, _CONTROLS))
            elif kind == "bytes":
                coded = match["bytes"].replace(b"\\'", b"").decode("ascii")
                yield Token("text", bytes.fromhex(coded))
            elif kind == "brace":
                yield _OPEN if match["brace"] == b"{" else _CLOSE
            else:
                yield Token("symbol", match["symbol"])

    def _numbered(self, word: bytes, number: int) -> Token:
        if word == b"bin":
            self._at += max(number, 0)
        return Token("word", word, number)

    def rest(self) -> bytes:
        """What has not been read."""
        return self._data[self._at :]

    def skip_group(self) -> None:
        """Go behind the brace that closes the group in which we are."""
        depth = 1
        while depth:
            match = _SKIPPED.search(self._data, self._at)
            if match is None:
                self._at = len(self._data)
                return
            self._at = match.end() + int(match[2] or 0)
            if match[1]:
                depth += 1 if match[1] == b"{" else -1

    def skip_next_group(self) -> None:
        """Leave out the group that begins here, if one does."""
        if match := _NEXT_GROUP.match(self._data, self._at):
            self._at = match.end()
            self.skip_group()

    def group(self, word: bytes = b"", starred: bool = False) -> Group:
        """The rest of the group in which we are, as a tree; what is nested too deep is left out."""
        top = Group(word, starred)
        open_groups = [top]
        for token in self:
            here = open_groups[-1]
            if token.kind == "close":
                open_groups.pop()
                if not open_groups:
                    break
            elif token.kind == "open" and len(open_groups) >= _DEEPEST:
                self.skip_group()
            elif token.kind == "open":
                open_groups.append(Group())
                here.items.append(open_groups[-1])
            elif not here.items and token.kind == "text" and not token.value.strip():
                continue
            elif token == ("symbol", b"*", None) and not here.items:
                here.starred = True
            else:
                if token.kind == "word" and not (here.items or here.word):
                    here.word = token.value
                here.items.append(token)
        return top
