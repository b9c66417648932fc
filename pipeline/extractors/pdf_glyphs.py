"""The characters of a PDF page through pypdfium2, each walked once, at the place where it is seen.

What a text object says for all its characters (type, colour, tag, angle) is asked once for it.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as c

from pipeline.extractors.encoding import symbol
from pipeline.extractors.pdf_lines import Glyph

_BOLD_FLAG = 1 << 18
_ITALIC_FLAG = 1 << 6
_HEAVY = 600
_HYPHEN_AT_LINE_END = 2
_UPRIGHT = 0.5
_DIAGONAL = (40.0, 50.0)


@dataclass(frozen=True, slots=True)
class _Look:
    """What holds for all characters of one text object."""

    font: str
    size: float
    bold: bool
    italic: bool
    color: str
    angle: float
    tag: int | None
    artifact: bool


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The page as shown: its size in points, how it is turned, and where its corner lies."""

    width: float
    height: float
    turn: int
    left: float = 0.0
    bottom: float = 0.0

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the file (from the bottom left, before turning) is seen."""
        x, y = x - self.left, y - self.bottom
        if self.turn == 90:
            return y, x
        if self.turn == 180:
            return self.width - x, y
        if self.turn == 270:
            return self.width - y, self.height - x
        return x, self.height - y


# The same function with its result as a plain number: an address to know text objects by.
_object_address = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(c.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)


def glyphs(page: Any, textpage: Any, *, tagged: bool = False) -> Iterator[Glyph]:
    """The characters of a page in the file's order; `tagged` asks for their marked content."""
    width, height = page.get_size()
    left, bottom, _, _ = page.get_cropbox()
    sheet = _Sheet(width, height, page.get_rotation(), left, bottom)
    text = textpage.raw
    handle = ctypes.cast(text, ctypes.c_void_p)
    x, y = ctypes.c_double(), ctypes.c_double()
    loose = c.FS_RECTF()
    looks: dict[int | None, _Look] = {}
    for i in range(c.FPDFText_CountChars(text)):
        code = c.FPDFText_GetUnicode(text, i)
        if code <= 32:
            # Line ends, and spaces that pdfium adds by its own lights.
            if code == _HYPHEN_AT_LINE_END:
                code = ord("-")
            elif code < 32 or c.FPDFText_IsGenerated(text, i) == 1:
                continue
        c.FPDFText_GetLooseCharBox(text, i, loose)
        c.FPDFText_GetCharOrigin(text, i, x, y)
        key = _object_address(handle, i)
        look = looks.get(key)
        if look is None:
            look = looks[key] = _look(text, i, sheet, tagged)
        x0, y0 = sheet.shown(loose.left, loose.bottom)
        x1, y1 = sheet.shown(loose.right, loose.top)
        x0, x1 = min(x0, x1), max(x0, x1)
        at, baseline = sheet.shown(x.value, y.value)
        size = _size(look.size, abs(y1 - y0), look.angle)
        if look.angle:
            at, baseline = _upright(at, baseline, look.angle)
            x0, x1 = at, at + _advance(x1 - x0, abs(y1 - y0), size, look.angle)
        yield Glyph(
            i, _char(code, look.font), x0, x1, baseline, size, look.bold,
            look.italic, look.color, look.angle, look.tag, look.artifact,
        )  # fmt: skip


def _size(size: float, high: float, angle: float) -> float:
    """The size told, unless the box of a character shows that it was scaled some other way."""
    if not angle and (size < 3 or high > 2.5 * size):
        return round(high / 1.2, 1)
    return size


def _upright(x: float, y: float, angle: float) -> tuple[float, float]:
    """A point of the page in a frame in which text of this angle runs from left to right."""
    turn = math.radians(angle)
    cos, sin = math.cos(turn), math.sin(turn)
    return x * cos + y * sin, y * cos - x * sin


def _advance(wide: float, high: float, size: float, angle: float) -> float:
    """The width of a character from the upright box around it as it stands aslant."""
    turned = abs(angle) % 180
    turned = min(turned, 180 - turned)
    if _DIAGONAL[0] < turned < _DIAGONAL[1]:
        return 0.5 * size
    cos, sin = math.cos(math.radians(turned)), math.sin(math.radians(turned))
    return max(0.1 * size, (wide * cos - high * sin) / (cos * cos - sin * sin))


def _look(text: Any, i: int, sheet: _Sheet, tagged: bool) -> _Look:
    drawn = c.FPDFText_GetTextObject(text, i)
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    rgba = [ctypes.c_uint() for _ in range(4)]
    length = c.FPDFText_GetFontInfo(text, i, name, 128, flags)
    font = name.raw[: max(length, 1) - 1].decode("utf-8", "replace")
    c.FPDFText_GetFillColor(text, i, *rgba)
    lower = font.lower()
    bold = bool(flags.value & _BOLD_FLAG) or c.FPDFText_GetFontWeight(text, i) >= _HEAVY
    tag = c.FPDFPageObj_GetMarkedContentID(drawn) if tagged and drawn else -1
    return _Look(
        font=font,
        size=_written_size(text, i),
        bold=bold or any(word in lower for word in ("bold", "black", "heavy")),
        italic=bool(flags.value & _ITALIC_FLAG) or "italic" in lower or "oblique" in lower,
        color="".join(f"{v.value:02x}" for v in rgba[:3]),
        angle=_angle(text, i, sheet),
        tag=tag if tag >= 0 else None,
        artifact=bool(tagged and drawn) and _is_artifact(drawn),
    )


def _angle(text: Any, i: int, sheet: _Sheet) -> float:
    """How far text runs downwards as seen, in degrees; 0 for all that is nearly level."""
    written = c.FPDFText_GetCharAngle(text, i)
    if written < 0:  # pdfium cannot tell
        return 0.0
    angle = (math.degrees(written) + sheet.turn + 180) % 360 - 180
    return 0.0 if abs(angle) < _UPRIGHT else float(round(angle))


def _written_size(text: Any, i: int) -> float:
    """The type size in points as drawn: as written, times the scale of the text's matrix."""
    matrix = c.FS_MATRIX()
    size = float(c.FPDFText_GetFontSize(text, i))
    if c.FPDFText_GetMatrix(text, i, matrix):
        size *= math.hypot(matrix.c, matrix.d) or 1.0
    return round(size, 1)


def _is_artifact(drawn: Any) -> bool:
    """Whether the file itself says that this is no content: a page number, an ornament."""
    for n in range(c.FPDFPageObj_CountMarks(drawn)):
        mark = c.FPDFPageObj_GetMark(drawn, n)
        name = (ctypes.c_ushort * 16)()
        length = ctypes.c_ulong()
        found = c.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length)
        text = bytes(name)[: max(0, length.value - 2)].decode("utf-16-le", "replace")
        if found and text == "Artifact":
            return True
    return False


def _char(code: int, font: str) -> str:
    """The character; codes of symbol fonts as what they draw."""
    if 0xF000 <= code <= 0xF0FF:
        return symbol(code, font) or "•"
    return chr(code) if code < 0x110000 else "\ufffd"
