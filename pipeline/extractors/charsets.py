"""Bytes with a declared character set to text: pages and mails say one, and are often wrong.

What files without a declaration hold is left to `encoding`.
"""

from __future__ import annotations

import codecs
import re

from pipeline.extractors.encoding import decode

_KNOWN = re.compile(r"(?:iso|windows|cp|ibm|koi8|mac|shift|s?jis|euc|ks|gb|big5)", re.I)
_LATIN = {"iso8859-1", "ascii", "latin-1"}
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = dict.fromkeys((n for n in range(32) if chr(n) not in "\t\n\f"), None) | {0x7F: None}


def decode_labelled(data: bytes, label: str | None) -> str:
    """Text of `data`, declared as `label`; line ends as `decode` gives them.

    A byte order mark and text that is UTF-8 without a fault go before the declaration: «å» saved
    as UTF-8 under an old `<meta charset=iso-8859-1>` is an «å». A character set that is unknown,
    or in which the bytes mean nothing, is no declaration.
    """
    name = _codec(label)
    if name is None or data.startswith(_MARKS) or _is_utf8(data):
        return _printable(decode(data))
    try:
        return _printable(decode(data.decode(name).encode("utf-8")))
    except UnicodeError:
        return _printable(decode(data))


def _codec(label: str | None) -> str | None:
    """A legacy character set by its name; UTF-8 and Latin-1 are what `decode` expects anyway."""
    if not label or not _KNOWN.match(label.strip()):
        return None
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    return None if name in _LATIN else name


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 for certain; those that are all ASCII prove nothing."""
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _printable(text: str) -> str:
    return text.translate(_CONTROL)
