"""Scanned pages of a PDF: told apart from those with text, drawn as pictures and read.

A page whose picture lies over (or under invisible) text was read by a scanner's own program
before: that text is used, and said to be such. Text typed beside the PDF goes before all else.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from pipeline.extractors import ocr_problems, tesseract
from pipeline.extractors.ocr import Reading, read_all, unsure
from pipeline.extractors.ocr_bullets import with_bullets
from pipeline.extractors.ocr_words import letters
from pipeline.extractors.transcription import Typed, typed_pages
from pipeline.model.document import Problem
from pipeline.model.raw import RawDocument, RawLine, RawPage

if TYPE_CHECKING:
    from PIL.Image import Image

_DPI = 300
_SHORTEST, _LONGEST = 1700, 3600
"""Pixels along the longer side of a page as drawn, where its pictures are coarser or finer."""

_MOST_DOTS = 180_000_000
_FEW, _STAMP = 12, 80
"""Letters that a page number, and the stamp of an office, may have."""

_COVERS, _WHOLLY = 0.6, 0.9
_MOSTLY = 0.8
_SINGLE = 0.5
_DEEP = 4


@dataclass(slots=True)
class Scans:
    """The pages of a PDF that are not read by their characters, and what to say of them."""

    pages: dict[int, RawPage] = field(default_factory=dict)
    doubted: list[int] = field(default_factory=list)
    """Pages whose text of an earlier recognition is junk, where nothing better can be had."""
    layers: list[int] = field(default_factory=list)
    """Pages whose text an earlier recognition put there."""
    ocr_pages: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def put_into(self, document: RawDocument) -> RawDocument:
        """The document with these pages in the place of what their characters told."""
        return replace(
            document,
            pages=[self._page(page) for page in document.pages],
            problems=[*document.problems, *self.problems],
            ocr_pages=sorted([*self.ocr_pages, *self.layers]),
        )

    def _page(self, page: RawPage) -> RawPage:
        lines = [item for item in page.items if isinstance(item, RawLine)]
        if page.number in self.doubted:
            return replace(page, items=[unsure(line) for line in lines], boxes=())
        if page.number in self.layers:
            others = [item for item in page.items if not isinstance(item, RawLine)]
            return replace(page, items=[*others, *with_bullets(lines)])
        return self.pages.get(page.number, page)


@dataclass(frozen=True, slots=True)
class PageText:
    """The characters of a page, and how much of it pictures cover, null where that is unknown."""

    text: str
    covered: float | None = None

    @property
    def may_be_scan(self) -> bool:
        """Whether a closer look pays: most pages hold text and no large picture."""
        return not letters(self.text) or self.covered is None or self.covered >= 0.9 * _COVERS


@dataclass(frozen=True, slots=True)
class _Look:
    """What is drawn on a page: how much of it pictures cover, and how its text is hidden."""

    number: int
    width: float
    height: float
    text: str
    covered: float = 0.0
    hidden: float = 0.0
    """The share of text objects that are invisible or lie under a picture of the whole page."""
    drawn: bool = False
    density: float = 0.0
    """Dots to the point of its largest picture, 0 where it has none."""
    safe: bool = True
    """Whether its pictures are small enough to be opened."""

    @property
    def is_layer(self) -> bool:
        return self.covered >= _COVERS and self.hidden >= _MOSTLY and not self.is_empty

    @property
    def is_empty(self) -> bool:
        return letters(self.text) <= _FEW

    @property
    def is_scan(self) -> bool:
        """Whether there is something to read that no character tells."""
        if not letters(self.text):
            return self.drawn
        if self.is_layer:
            return self.is_junk
        few = _STAMP if self.covered >= _WHOLLY else _FEW
        return self.covered >= _COVERS and letters(self.text) <= few

    @property
    def scale(self) -> float:
        """Pixels to the point that the page is best drawn with: no more than its picture has."""
        longest = max(self.width, self.height, 1.0)
        wanted = min(_DPI / 72, self.density or _DPI / 72)
        return min(max(wanted, _SHORTEST / longest), _LONGEST / longest)

    @property
    def is_junk(self) -> bool:
        """Whether the text is no text: signs, or letters one by one."""
        words = self.text.split()
        told = sum(letters(word) for word in words)
        single = sum(len(word) == 1 for word in words)
        return told < _MOSTLY * sum(map(len, words)) - 2 or single > _SINGLE * len(words)


def read(path: Path, pdf: Any, pages: Mapping[int, PageText]) -> Scans:
    """Read the scanned pages of an opened PDF; `pages` are those that could be read, by number."""
    typed = typed_pages(path)
    looks = [
        _look(pdf, number, page.text)
        for number, page in pages.items()
        if number not in typed.pages and page.may_be_scan
    ]
    scans = Scans(problems=typed.unused(path.name, len(pdf)))
    for number in sorted(n for n in typed.pages if 1 <= n <= len(pdf)):
        scans.pages[number] = _typed_page(pdf, number, typed)
    scans.layers = [look.number for look in looks if look.is_layer and not look.is_scan]
    if scans.layers:
        scans.problems.append(ocr_problems.read_before(scans.layers))
    for look in looks:
        if not letters(look.text) and not look.drawn:
            scans.problems.append(ocr_problems.without_text(path.name, look.number))
    _read_pictures(path.name, pdf, [look for look in looks if look.is_scan], scans)
    return scans


def _typed_page(pdf: Any, number: int, typed: Typed) -> RawPage:
    try:
        width, height = pdf.get_page_size(number - 1)
    except pdfium.PdfiumError:
        width, height = 595.0, 842.0
    return RawPage(number, typed.pages[number], width, height)


def _read_pictures(name: str, pdf: Any, looks: Sequence[_Look], scans: Scans) -> None:
    program = tesseract.find()
    # How much text each page has that would be lost by reading its picture instead.
    lost = {look.number: 0 if look.is_layer else letters(look.text) for look in looks}
    if program is None:
        silent = [number for number, count in lost.items() if not count]
        if silent:
            scans.problems.append(ocr_problems.missing(name, silent))
        scans.doubted = [look.number for look in looks if look.is_layer]
        return
    found: list[tuple[int, Reading | str]] = []
    pictures = _pictures(name, pdf, looks, scans)
    for number, result in read_all(program, pictures):
        if lost[number] and not _is_richer(result, lost[number]):
            continue  # a photo with a word or two of real text stays what it is
        found.append((number, result))
        if isinstance(result, Reading):
            scans.pages[number] = result.page(number)
            scans.ocr_pages += [number] if result.letters else []
    scans.doubted = [
        look.number for look in looks if look.number not in scans.pages and look.is_layer
    ]
    scans.problems += ocr_problems.problems_of(name, found, program)


def _is_richer(result: Reading | str, than: int) -> bool:
    if isinstance(result, str) or not result.believed:
        return False
    return result.letters > 3 * max(than, _FEW)


def _pictures(
    name: str, pdf: Any, looks: Sequence[_Look], scans: Scans
) -> Iterator[tuple[int, Image, float]]:
    for look in looks:
        picture = _drawn(pdf, look) if look.safe else None
        if picture is None:
            reason = "was not asked, for the page cannot be drawn safely"
            scans.problems.append(ocr_problems.failed(name, look.number, reason))
        else:
            yield look.number, picture, max(look.width, look.height, 1.0)


def _drawn(pdf: Any, look: _Look) -> Image | None:
    try:
        page = pdf[look.number - 1]
        picture: Image = page.render(scale=look.scale, grayscale=True).to_pil()
        page.close()
    except (pdfium.PdfiumError, MemoryError, ValueError):
        return None
    return picture


def _look(pdf: Any, number: int, text: str) -> _Look:
    try:
        page = pdf[number - 1]
    except pdfium.PdfiumError:
        return _Look(number, 0.0, 0.0, text)
    width, height = page.get_size()
    seen = _Seen(max(1.0, width * height))
    for obj in page.get_objects(max_depth=_DEEP):
        seen.add(obj)
    page.close()
    return _Look(
        number, width, height, text,
        seen.covered, seen.hidden, seen.drawn, seen.density, seen.safe,
    )  # fmt: skip


class _Seen:
    """Counts the objects of a page, in the order they are drawn in."""

    def __init__(self, area: float) -> None:
        self._area = area
        self._texts = 0
        self._hidden = 0
        self._largest = 0.0
        self.covered = 0.0
        self.density = 0.0
        self.drawn = False
        self.safe = True

    @property
    def hidden(self) -> float:
        return self._hidden / self._texts if self._texts else 0.0

    def add(self, obj: Any) -> None:
        if obj.type == c.FPDF_PAGEOBJ_TEXT:
            self._texts += 1
            mode = c.FPDFTextObj_GetTextRenderMode(obj.raw)
            self._hidden += mode == c.FPDF_TEXTRENDERMODE_INVISIBLE
            return
        self.drawn = True
        if obj.type == c.FPDF_PAGEOBJ_IMAGE:
            self._add_picture(obj)

    def _add_picture(self, obj: Any) -> None:
        try:
            x0, y0, x1, y1 = obj.get_bounds()
        except pdfium.PdfiumError:
            return
        share = min(1.0, abs((x1 - x0) * (y1 - y0)) / self._area)
        # Scanners cut a page into strips.
        self.covered = min(1.0, self.covered + share)
        if share >= _MOSTLY and not c.FPDFPageObj_HasTransparency(obj.raw):
            self._hidden = self._texts
        wide, high = ctypes.c_uint(), ctypes.c_uint()
        if c.FPDFImageObj_GetImagePixelSize(obj.raw, wide, high):
            if share > self._largest:
                sides = max(x1 - x0, y1 - y0, 1.0), max(wide.value, high.value)
                self._largest, self.density = share, sides[1] / sides[0]
            self.safe = self.safe and wide.value * high.value <= _MOST_DOTS
