r"""The characters of RTF: bytes by code page, `\u` codes, words and symbols that stand for one."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from functools import cache

from pipeline.extractors.rtf_tokens import Group, Token

CODECS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
"""What the first words of a file say about its bytes."""

_PAGES = {
    10000: "mac_roman", 10001: "shift_jis", 10002: "big5", 10003: "euc_kr", 10006: "mac_greek",
    10007: "mac_cyrillic", 10008: "gb2312", 10029: "mac_latin2", 10079: "mac_iceland",
    10081: "mac_turkish", 708: "iso8859_6", 936: "gbk", 1361: "johab", 54936: "gb18030",
    65001: "utf-8",
}  # fmt: skip
_CHARSETS = {
    0: 1252, 77: 10000, 78: 10001, 79: 10003, 80: 10008, 81: 10002, 85: 10006, 86: 10081,
    88: 10029, 89: 10007, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254,
    163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}  # fmt: skip
_SIGNS = {
    b"tab": "\t", b"line": "\n", b"lbr": "\n", b"column": "\n", b"emdash": "—", b"endash": "–",
    b"emspace": "\u2003", b"enspace": "\u2002", b"qmspace": "\u2005", b"bullet": "•",
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"zwj": "\u200d",
    b"zwnj": "\u200c",
}  # fmt: skip
_SYMBOLS = {b"\\": "\\", b"{": "{", b"}": "}", b"~": "\xa0", b"_": "-", b":": ":", b"\t": "\t"}
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_SEPARATORS = re.compile("[\u2028\u2029]")


def sign(token: Token) -> str | None:
    r"""What a word such as `\emdash` or a symbol such as `\~` stands for; null for all others."""
    return (_SIGNS if token.kind == "word" else _SYMBOLS).get(token.value)


@cache
def codec(page: int | None) -> str | None:
    """Python's name for a Windows code page; null where there is none."""
    name = _PAGES.get(page or 0, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def charset_codec(charset: int | None) -> str | None:
    """The encoding of a font's character set; null for «the default» and unknown ones."""
    page = _CHARSETS.get(-1 if charset is None else charset)
    return codec(page) if page else None


def coded(number: int | None) -> str:
    r"""The character of a `\u`, whose codes above 32767 are written as negative numbers."""
    code = (number or 0) + (0x10000 if (number or 0) < 0 else 0)
    if not 0 <= code <= 0x10FFFF:
        return "\ufffd"
    return chr(code) if code >= 0x20 else ""


def whole(text: str) -> str:
    """The text with surrogate pairs put together and line separators as line ends."""
    text = _PAIR.sub(lambda m: m.group().encode("utf-16", "surrogatepass").decode("utf-16"), text)
    return _SEPARATORS.sub("\n", text)


def decoded(tokens: Iterable[Token], name: str) -> str:
    r"""The text of tokens that need no fonts, such as a style's name; `name` is the encoding.

    Control characters stay, for a list level tells its places by them.
    """
    parts: list[str] = []
    raw = bytearray()
    width, skipped = 1, 0
    for token in tokens:
        if token.kind == "text":
            raw += token.value[skipped:]
            skipped = max(skipped - len(token.value), 0)
            continue
        parts.append(raw.decode(name, "replace"))
        raw.clear()
        if token.kind == "word" and token.value == b"u":
            parts.append(coded(token.number))
            skipped = width
        elif token.kind == "word" and token.value == b"uc":
            width = token.number or 0
        elif skipped:
            skipped -= 1
        else:
            parts.append(sign(token) or "")
    return whole("".join(parts) + raw.decode(name, "replace"))


def group_text(group: Group, name: str) -> str:
    r"""The text of a group; of `{\upr{…}{\*\ud{…}}}` the second, which is in Unicode."""
    both = next(group.groups(b"upr"), None)
    unicode = next(both.groups(b"ud"), None) if both else None
    return decoded((unicode or group).flat(), name)
