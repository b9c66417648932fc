"""The tables that open an RTF file: fonts with their character sets, styles, the title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.extractors.encoding import symbol
from pipeline.extractors.rtf_characters import charset_codec, codec, decoded, group_text
from pipeline.extractors.rtf_tokens import Group, Token

_SYMBOL_CHARSET = 2
_MAX_CHAIN = 20
_MAX_FOREIGN = 100
_RUNNING_TEXT = 9
_HEADING = re.compile(r"heading ?([1-9])")
_LIST_STYLE = re.compile(r"list (?:bullet|number|continue)(?: ([2-5]))?")


@dataclass(frozen=True, slots=True)
class Font:
    """A font's name, the encoding of its bytes (null: the file's), whether it draws symbols."""

    name: str = ""
    codec: str | None = None
    symbols: bool = False

    def text(self, raw: bytes, default: str) -> str:
        """What the font shows for some bytes; `default` is the encoding of the file."""
        if not self.symbols:
            return _decoded(raw, self.codec or default, default)
        # «Symbol» is known letter by letter, others draw pictures also for letters.
        base = 0 if self.name.lower().startswith("symbol") else 0xF000
        return "".join(chr(b) if b <= 0x20 else symbol(base + b, self.name) for b in raw)


def _decoded(raw: bytes, name: str, default: str) -> str:
    """Bytes that the font's encoding does not know are taken for the file's own: a dash, an «ü»."""
    parts: list[str] = []
    for _ in range(_MAX_FOREIGN):
        try:
            return "".join(parts) + raw.decode(name)
        except UnicodeDecodeError as error:
            parts.append(raw[: error.start].decode(name))
            parts.append(raw[error.start : error.end].decode(default, "replace"))
            raw = raw[error.end :]
    return "".join(parts) + raw.decode(name, "replace")


def fonts(table: Group, default: str) -> dict[int, Font]:
    r"""Fonts by number, of `{\fonttbl{\f0 …;}{\f1 …;}}` or, without inner braces, TextEdit's."""
    found: dict[int, Font] = {}
    for number, tokens in _entries(table, b"f"):
        words = {t.value: t.number for t in tokens if t.kind == "word"}
        charset = words.get(b"fcharset")
        name = charset_codec(charset) or codec(words.get(b"cpg"))
        text = decoded(tokens, name or default).partition(";")[0].strip()
        found[number] = Font(text, name, charset == _SYMBOL_CHARSET)
    return found


def _entries(table: Group, word: bytes) -> Iterator[tuple[int, list[Token]]]:
    """The tokens of a table parted where a control word begins the next entry."""
    number: int | None = None
    tokens: list[Token] = []
    for token in table.flat():
        if token.kind == "word" and token.value == word:
            if number is not None:
                yield number, tokens
            number, tokens = token.number or 0, []
        else:
            tokens.append(token)
    if number is not None:
        yield number, tokens


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: its name, its outline level (from 0), what it is based on."""

    name: str
    outline: int | None = None
    base: int | None = None


@dataclass(slots=True)
class Styles:
    """The style sheet of a file by number."""

    styles: dict[int, Style] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: Group, default: str) -> Styles:
        r"""The paragraph styles of a `{\stylesheet …}`; those of characters and tables are left."""
        found: dict[int, Style] = {}
        for item in sheet.items:
            if isinstance(item, Group) and not item.starred:
                own = (t for t in item.items if isinstance(t, Token))
                name = decoded(own, default).partition(";")[0].strip()
                number = item.number(b"s", 0) or 0
                found[number] = Style(name, item.number(b"outlinelevel"), item.number(b"sbasedon"))
        return cls(found)

    def _chain(self, number: int) -> Iterator[Style]:
        for _ in range(_MAX_CHAIN):
            style = self.styles.get(number)
            if style is None:
                return
            yield style
            if style.base is None:
                return
            number = style.base

    def name(self, number: int) -> str | None:
        """The style's name as the user sees it."""
        return self.styles[number].name or None if number in self.styles else None

    def heading(self, number: int, outline: int | None) -> int | None:
        """Declared depth: Title 0, Heading 1 to 9, else by outline level, the style's first."""
        for style in self._chain(number):
            name = style.name.lower()
            if name == "subtitle":
                break
            if name == "title":
                return 0
            if match := _HEADING.fullmatch(name):
                return int(match[1])
            if style.outline is not None and 0 <= style.outline < _RUNNING_TEXT:
                return style.outline + 1
        return outline + 1 if outline is not None and 0 <= outline < _RUNNING_TEXT else None

    def list_depth(self, number: int) -> int:
        """Nesting that the name of a built-in style tells: List Bullet 2 -> 1."""
        for style in self._chain(number):
            if match := _LIST_STYLE.fullmatch(style.name.lower()):
                return int(match[1] or 1) - 1
        return 0


def title(info: Group, default: str) -> str | None:
    r"""The title in a file's `{\info …}`."""
    group = next(info.groups(b"title"), None)
    return (group_text(group, default).strip() or None) if group else None
