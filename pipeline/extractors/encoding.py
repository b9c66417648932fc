"""Bytes and codes to text: encodings of files, line ends, what symbol fonts draw.

Notes come from every editor and decade: UTF-8 with and without a byte order mark, UTF-16 from
Notepad, Windows-1252 from old exports. Nothing here raises.
"""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 stands before UTF-16, whose little-endian mark is the beginning of its own."""

_LINE_END = re.compile("\r\n|[\r\x0b\x85\u2028\u2029]")
_SAMPLE = 4096
_ESCAPED = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
"""Bytes that were no UTF-8 (as `surrogateescape` marks them) -> what Windows-1252 says."""

_PRIVATE = re.compile("[\uf020-\uf0ff]")


def _drawings(*rows: str) -> dict[int, str]:
    """«A7▪ A8☐» -> what the font draws for the codes 0xA7 and 0xA8."""
    return {int(word[:2], 16): word[2:] for row in rows for word in row.split()}


_WINGDINGS = {
    **_drawings("21✏ 22✂ 28☎ 2A✉ 4A☺ 4B😐 4C☹ 6C● 6E■ 6F☐ 71❑ 72❒ 74◆ 75◆ 76❖ 77◆ 78☒ 9E· 9F•"),
    **_drawings("A1○ A4◉ A7▪ A8☐ AB★ D8➢ DC➲ DF← E0→ E1↑ E2↓ E8➔ EF⇦ F0⇨ FB✗ FC✓ FD☒ FE☑"),
    **{0x81 + n: chr(0x2460 + n) for n in range(10)},
    **{0x8C + n: chr(0x2776 + n) for n in range(10)},
}
_SYMBOL = {
    **dict(zip(b"abgdezhqiklmnxoprstufcyw", "αβγδεζηθικλμνξοπρστυφχψω", strict=True)),
    **_drawings("22∀ 24∃ 27∋ 2D− 40≅ 5E⊥ A2′ A3≤ A5∞ AB↔ AC← AD↑ AE→ AF↓ B0° B1± B2″ B3≥ B4×"),
    **_drawings("B6∂ B7• B8÷ B9≠ BA≡ BB≈ BC… C4⊗ C5⊕ C6∅ C7∩ C8∪ C9⊃ CA⊇ CB⊄ CC⊂ CD⊆ CE∈ CF∉"),
    **_drawings("D0∠ D1∇ D5∏ D6√ D7⋅ D8¬ D9∧ DA∨ DB⇔ DC⇐ DD⇑ DE⇒ DF⇓ E5∑ EB⌊ FB⌋ F2∫"),
    **dict(zip(b"ABGDEZHQIKLMNXOPRSTUFCYW", "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ", strict=True)),
}


def decode(data: bytes) -> str:
    r"""Text of `data`, with every line end as "\n"; form feeds stay.

    A byte order mark decides; else zero bytes in every second place (UTF-16); else UTF-8, where
    single bytes that are none are read as Windows-1252; else Windows-1252. Bytes that mean
    nothing become U+FFFD.
    """
    return _LINE_END.sub("\n", _text(data))


def _text(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return _eight_bit(data[len(codecs.BOM_UTF8) :], marked=True)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    wide = _wide(data[:_SAMPLE])
    return data.decode(wide, "replace") if wide else _eight_bit(data)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: Western text has a zero as every second byte, and few others."""
    even, odd = sample[0::2], sample[1::2]
    if len(odd) < 2:
        return None
    if odd.count(0) > 0.6 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.6 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def _eight_bit(data: bytes, *, marked: bool = False) -> str:
    """UTF-8, or Windows-1252 where more bytes speak against UTF-8 than for it.

    A file cut off inside a letter, or one pasted line in the old encoding, must not spoil the
    rest: «Gör så h» + half an «ä» stays UTF-8.
    """
    text = data.decode("utf-8", "surrogateescape")
    if text.isascii():
        return text
    foreign = sum(1 for char in text if 0xDC80 <= ord(char) <= 0xDCFF)
    known = sum(1 for char in text if ord(char) > 0x7F) - foreign
    if marked or known >= foreign:
        return text.translate(_ESCAPED) if foreign else text
    return data.decode("cp1252", "replace")


def symbol(code: int, font: str | None) -> str:
    """What a symbol font draws for a character code, as Unicode; the code itself if unknown."""
    private = code & 0xFF00 == 0xF000
    code = code & 0xFF if private else code
    drawn = next((table[code] for table in _tables(private, code, font) if code in table), None)
    if drawn is None:
        drawn = chr(code | 0xF000 if private else code) if 0x20 <= code < 0xD800 else ""
    return drawn


def _tables(private: bool, code: int, font: str | None) -> tuple[dict[int, str], ...]:
    name = (font or "").lower()
    if "wingdings" in name:
        return (_WINGDINGS,)
    if name.startswith("symbol") or (private and code == 0xB7):
        return (_SYMBOL, _WINGDINGS)
    return (_WINGDINGS, _SYMBOL) if private else ()


def drawn_text(text: str, font: str | None) -> str:
    """Text with the private characters of symbol fonts as Unicode: U+F0E0 -> «→»."""
    return _PRIVATE.sub(lambda m: symbol(ord(m.group()), font), text)
