"""Pictures (JPEG, PNG, TIFF, WebP, BMP, GIF, HEIC) of pages, slides and flip charts.

Each page of a TIFF is a page. Opening is left to `picture_files`, reading to `ocr`; text typed
beside the picture goes before what a program reads in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.extractors import ocr_problems, tesseract
from pipeline.extractors.ocr import Reading, read_all
from pipeline.extractors.picture_files import pictures_in, size_in_points
from pipeline.extractors.transcription import Typed, typed_pages
from pipeline.model.document import Problem
from pipeline.model.raw import RawDocument, RawPage

if TYPE_CHECKING:
    from PIL.Image import Image


def extract(path: Path) -> RawDocument:
    """Read a picture file.

    Raises `DamagedInputError` where it is broken, `LimitError` where it has too many dots or
    pages, and `InputError` where it is HEIC and no program opens it. A missing tesseract, pages
    that it cannot read and pages that nobody should believe are problems.
    """
    return _Pages(path, typed_pages(path)).document()


class _Pages:
    """The pages of one picture file, filled while its pictures are walked."""

    def __init__(self, path: Path, typed: Typed) -> None:
        self._path = path
        self._typed = typed
        self._pages: dict[int, RawPage] = {}
        self._program = tesseract.find()

    def document(self) -> RawDocument:
        found: list[tuple[int, Reading | str]] = []
        try:
            if self._program is None:
                unread = [number for number, _, _ in self._pictures()]
            else:
                unread = []
                found = list(read_all(self._program, self._pictures()))
        except InputError:
            if not self._typed.pages:
                raise
            unread = []
            self._pages = {n: RawPage(n, lines) for n, lines in self._typed.pages.items()}
        for number, result in found:
            if isinstance(result, Reading):
                self._pages[number] = result.page(number)
        return RawDocument(
            pages=[self._pages[n] for n in sorted(self._pages)],
            problems=[*self._problems(found, unread)],
            ocr_pages=[n for n, result in found if isinstance(result, Reading) and result.letters],
        )

    def _pictures(self) -> Iterator[tuple[int, Image, float]]:
        """The pictures to read, with how many points their longer sides have."""
        for number, picture in enumerate(pictures_in(self._path, self._path.name), 1):
            width, height = size_in_points(picture)
            lines = self._typed.pages.get(number)
            self._pages[number] = RawPage(number, lines or [], width, height)
            if lines is None:
                yield number, picture, max(width, height)

    def _problems(
        self, found: list[tuple[int, Reading | str]], unread: list[int]
    ) -> Iterator[Problem]:
        name = self._path.name
        if unread:
            yield ocr_problems.missing(name, unread)
        if self._program is not None:
            yield from ocr_problems.problems_of(name, found, self._program)
        yield from self._typed.unused(name, len(self._pages))
