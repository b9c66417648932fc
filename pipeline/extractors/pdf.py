"""PDF: characters through pypdfium2, joined to printed lines; ruled tables through pdfplumber.

Each character is walked once. Rectangles drawn on the page are kept, since a note or a quadrant
is often a filled box with text on it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from pipeline.errors import DamagedInputError, EncryptedInputError
from pipeline.extractors import pdf_scans, pdf_tables
from pipeline.extractors.encoding import symbol
from pipeline.extractors.pdf_lines import Glyph, lines_of
from pipeline.model.document import BBox
from pipeline.model.raw import RawBox, RawDocument, RawItem, RawLine, RawPage

_BOLD_FLAG = 1 << 18
_ITALIC_FLAG = 1 << 6
_HYPHEN_AT_LINE_END = 2
_MIN_BOX = 12.0
_LARGE = 0.7


def extract(path: Path) -> RawDocument:
    """Read a PDF file.

    Raises `EncryptedInputError` where a password is asked for and `DamagedInputError` where the
    file cannot be opened. Scanned pages are left to `pdf_scans`, and what to tell of them too.
    """
    with _opened(path) as pdf:
        title = (pdf.get_metadata_value("Title") or "").strip() or None
        drawn = [_read_page(pdf, i) for i in range(len(pdf))]
        scans = pdf_scans.read(path, pdf, [page.glyphs for page in drawn])
    grids = pdf_tables.find(path, [n for n, page in enumerate(drawn) if page.may_hold_tables])
    pages = [_finish(page, grids.get(n, [])) for n, page in enumerate(drawn)]
    return scans.put_into(RawDocument(pages=pages, title=title))


@dataclass(slots=True)
class _Drawn:
    """A page as walked: its characters, its boxes, and how many edges might form a grid."""

    number: int
    width: float | None = None
    height: float | None = None
    glyphs: list[Glyph] = field(default_factory=list)
    boxes: list[RawBox] = field(default_factory=list)
    edges: int = 0

    @property
    def may_hold_tables(self) -> bool:
        return bool(self.glyphs) and self.edges >= 4


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        pdf = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedInputError(
                "the PDF is protected by a password", "save a copy without password and try again"
            ) from error
        raise DamagedInputError(
            "the PDF cannot be opened", "export it again from its program, or repair it"
        ) from error
    try:
        yield pdf
    finally:
        pdf.close()


def _read_page(pdf: Any, index: int) -> _Drawn:
    try:
        page = pdf[index]
    except pdfium.PdfiumError:
        return _Drawn(number=index + 1)
    width, height = page.get_size()
    textpage = page.get_textpage()
    turn = page.get_rotation()
    glyphs = [_turned(g, turn, width, height) for g in _glyphs(textpage.raw, height, turn, width)]
    boxes, edges = _boxes(page, width, height) if not turn else ([], 0)
    textpage.close()
    page.close()
    return _Drawn(index + 1, width, height, glyphs, boxes, edges)


def _turned(glyph: Glyph, turn: int, width: float, height: float) -> Glyph:
    """A character of a page that is shown turned, at the place where it is seen.

    pdfium gives places on the page as it lies in the file; `width` and `height` are as shown.
    """
    x0, x1, y = glyph.x0, glyph.x1, glyph.baseline
    if turn == 180:
        return replace(glyph, x0=width - x1, x1=width - x0, baseline=height - y)
    if turn in (90, 270):
        along = glyph.x1 - glyph.x0
        # On such a page `x0`, `x1` run along the file's upward axis (see `_glyphs`).
        start = x0 if turn == 90 else width - x1
        return replace(glyph, x0=start, x1=start + along, baseline=y if turn == 90 else height - y)
    return glyph


def _glyphs(textpage: Any, height: float, turn: int = 0, width: float = 0.0) -> Iterator[Glyph]:
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    loose = c.FS_RECTF()
    fonts: dict[tuple[bytes, int], tuple[bool, bool]] = {}
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    rgba = [ctypes.c_uint() for _ in range(4)]
    for i in range(c.FPDFText_CountChars(textpage)):
        code = c.FPDFText_GetUnicode(textpage, i)
        if code == _HYPHEN_AT_LINE_END:
            code = ord("-")
        if code < 32 or c.FPDFText_IsGenerated(textpage, i) == 1:
            continue
        c.FPDFText_GetCharBox(textpage, i, left, right, bottom, top)
        c.FPDFText_GetLooseCharBox(textpage, i, loose)
        c.FPDFText_GetCharOrigin(textpage, i, x, y)
        length = c.FPDFText_GetFontInfo(textpage, i, name, 128, flags)
        key = (name.raw[: max(length, 1) - 1], flags.value)
        if key not in fonts:
            fonts[key] = _look(*key)
        bold, italic = fonts[key]
        if c.FPDFText_GetFontWeight(textpage, i) >= 600:
            bold = True
        c.FPDFText_GetFillColor(textpage, i, *rgba)
        # pdfium gives the size as written, before any scaling; the box shows what was drawn.
        size = round(c.FPDFText_GetFontSize(textpage, i), 1)
        high = loose.top - loose.bottom
        if size < 3 or high > 2.5 * size:
            size = round(high / 1.2, 1)
        lying = turn in (90, 270)
        if lying:
            size = min(size, 72.0)
        yield Glyph(
            index=i,
            char=_char(code, key[0]),
            x0=loose.bottom if lying else loose.left,
            x1=loose.top if lying else max(loose.right, right.value),
            baseline=x.value if lying else height - y.value,
            size=size,
            bold=bold,
            italic=italic,
            color=f"{rgba[0].value:02x}{rgba[1].value:02x}{rgba[2].value:02x}",
        )


def _char(code: int, font: bytes) -> str:
    """The character; codes of symbol fonts as what they draw."""
    if 0xF000 <= code <= 0xF0FF:
        return symbol(code, font.decode("utf-8", "replace")) or "•"
    return chr(code) if code < 0x110000 else "\ufffd"


def _look(font: bytes, flags: int) -> tuple[bool, bool]:
    lower = font.decode("utf-8", "replace").lower()
    bold = bool(flags & _BOLD_FLAG) or any(w in lower for w in ("bold", "black", "heavy"))
    return bold, bool(flags & _ITALIC_FLAG) or "italic" in lower or "oblique" in lower


def _boxes(page: Any, width: float, height: float) -> tuple[list[RawBox], int]:
    """The filled or framed boxes of a page, and how many strokes and boxes might form a grid."""
    boxes: list[RawBox] = []
    edges = 0
    for obj in page.get_objects(filter=[c.FPDF_PAGEOBJ_PATH], max_depth=3):
        x0, y0, x1, y1 = obj.get_bounds()
        box: BBox = (x0, height - y1, x1, height - y0)
        wide, high = x1 - x0, y1 - y0
        if wide > 0.98 * width and high > 0.98 * height:
            continue
        if min(wide, high) < 3:
            edges += max(wide, high) > 15
            continue
        if min(wide, high) >= _MIN_BOX and wide * high < _LARGE * width * height:
            edges += 1
            boxes.append(RawBox(bbox=box, fill=_fill(obj)))
    return boxes, edges


def _fill(obj: Any) -> str | None:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(obj.raw, mode, stroke)
    if mode.value == c.FPDF_FILLMODE_NONE:
        return None
    rgba = [ctypes.c_uint() for _ in range(4)]
    if not c.FPDFPageObj_GetFillColor(obj.raw, *rgba):
        return None
    return "".join(f"{v.value:02x}" for v in rgba[:3])


def _in_box(line: RawLine, boxes: list[RawBox]) -> RawLine:
    """The line with the number of the smallest box that it lies in."""
    assert line.bbox is not None
    x0, top, x1, bottom = line.bbox
    middle = (top + bottom) / 2
    best, area = None, float("inf")
    for n, box in enumerate(boxes):
        bx0, btop, bx1, bbottom = box.bbox
        size = (bx1 - bx0) * (bbottom - btop)
        if bx0 - 2 <= x0 and x1 <= bx1 + 2 and btop - 1 <= middle <= bbottom + 1 and size < area:
            best, area = n, size
    return line if best is None else replace(line, box=best)


def _finish(page: _Drawn, grids: list[pdf_tables.Grid]) -> RawPage:
    """The page with its tables taken out of the running lines."""
    items: list[RawItem] = []
    glyphs = page.glyphs
    for grid in grids:
        table, rest = pdf_tables.fill(grid, glyphs)
        if table is not None:
            items.append(table)
            glyphs = rest
    items.extend(_in_box(line, page.boxes) for line in lines_of(glyphs))
    return RawPage(
        number=page.number, items=items, width=page.width, height=page.height, boxes=page.boxes
    )
