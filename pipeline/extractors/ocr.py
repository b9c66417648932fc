"""Pictures of pages -> their text: prepared, turned upright, read in the right language, judged.

Common to pictures, scanned pages of a PDF and slides that are one picture. Text that the reader
was not sure of is kept as a note that no rule believes; what somebody is told of it stands in
`ocr_problems`.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING

from pipeline.extractors import tesseract
from pipeline.extractors.ocr_lines import lines_of
from pipeline.extractors.ocr_picture import Prepared, prepare
from pipeline.extractors.ocr_words import ReadLine, letters, sure
from pipeline.extractors.picture_files import pictures_in
from pipeline.extractors.tesseract import Tesseract, TesseractError, Word
from pipeline.languages.detect import detect
from pipeline.model.document import UNSURE, BBox, BlockRole
from pipeline.model.raw import RawLine, RawPage, RawParagraph

if TYPE_CHECKING:
    from PIL.Image import Image

UNREADABLE = 0.85
"""Pages read less surely than this are handwriting, a photo, or full of errors.

Measured by `benchmarks/scans.py`: print 0.89 and more, however bad the scan; handwriting 0.57 and
less; handwriting fonts, and print of a language that is not installed, between 0.3 and 0.83.
"""

_UNREADABLE_LINE = 0.4
_WELL = 0.88
_SURELY = 0.92
_TURNED = 0.6
_BETTER = 0.05
_ENGLISH = "eng"
_LANGUAGES = (tesseract.SWEDISH, "nor", "dan", "fin", _ENGLISH)
"""Tried in this order for each page, for files mix them. One at a time: with English beside it,
Swedish loses its å, ä and ö."""

Line = RawLine | RawParagraph


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one picture; places in points of the page as it is turned to be read."""

    lines: tuple[Line, ...]
    width: float
    height: float
    confidence: float
    letters: int

    @property
    def believed(self) -> bool:
        """Whether the page was read well enough."""
        return self.confidence >= UNREADABLE

    def page(self, number: int) -> RawPage:
        """The page as layout wants it."""
        return RawPage(
            number=number,
            items=self.lines,
            width=self.width,
            height=self.height,
            confidence=round(self.confidence, 3) if self.letters else None,
        )


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A picture as it was prepared, and what was read of it in one language."""

    prepared: Prepared
    words: Sequence[Word]
    language: str

    @property
    def confidence(self) -> float:
        return sure(self.words)

    @property
    def sideways(self) -> bool:
        """Whether most words stand on end."""
        long = [w.box for w in self.words if letters(w.text) >= 4]
        return 2 * sum(b[3] - b[1] > b[2] - b[0] for b in long) > len(long)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads pictures with a program, each in the language that it seems to be in."""

    program: Tesseract

    def read(self, picture: Image, longest: float) -> Reading:
        """The text of a picture whose longer side is `longest` points. Raises `TesseractError`."""
        known = self.program.languages
        language = next((code for code in _LANGUAGES if code in known), known[0])
        enough = time.monotonic() + tesseract.SECONDS
        prepared = prepare(picture)
        attempt = _Attempt(prepared, self.program.read(prepared.picture, language), language)
        attempt = self._upright(attempt, enough)
        return _reading(self._in_its_language(attempt, enough), longest)

    def _again(self, prepared: Prepared, language: str, enough: float) -> _Attempt | None:
        """A further attempt; null where the page has taken its time, or the program fails."""
        if time.monotonic() > enough:
            return None
        try:
            return _Attempt(prepared, self.program.read(prepared.picture, language), language)
        except TesseractError:
            return None

    def _upright(self, attempt: _Attempt, enough: float) -> _Attempt:
        """The same, or what was read after turning the picture, if that is better."""
        if attempt.confidence >= _TURNED and not attempt.sideways:
            return attempt
        turn = self.program.turn(attempt.prepared.cleaned)
        if not turn:
            return attempt
        other = self._again(attempt.prepared.turned(turn), attempt.language, enough)
        allowed = _BETTER if attempt.sideways else 0
        better = other is not None and other.confidence > attempt.confidence - allowed
        return other if other is not None and better else attempt

    def _in_its_language(self, attempt: _Attempt, enough: float) -> _Attempt:
        """The same, or what was read in the language that the page seems to be in."""
        well, english = attempt.confidence >= _WELL, self._is_english(attempt)
        if attempt.confidence < _TURNED or (well and not english):
            return attempt  # where letters are not recognised, no language helps
        best, least = attempt, attempt.confidence + (0 if well else _BETTER)
        # English is sure of itself where it leaves out the rings and dots of others.
        for code in (_ENGLISH,) if english else _LANGUAGES[:-1]:
            if code == attempt.language or code not in self.program.languages:
                continue
            other = self._again(attempt.prepared, code, enough)
            if other and other.confidence > max(best.confidence, least):
                best = other
            if best.confidence >= _SURELY:
                break
        return best

    def _is_english(self, attempt: _Attempt) -> bool:
        if attempt.language == _ENGLISH or _ENGLISH not in self.program.languages:
            return False
        return detect(" ".join(w.text for w in attempt.words)) == "en"


def _reading(attempt: _Attempt, longest: float) -> Reading:
    picture = attempt.prepared.picture
    unit = longest / max(picture.size)
    lines = lines_of(attempt.words, attempt.prepared.ink)
    believed = attempt.confidence >= UNREADABLE
    return Reading(
        lines=tuple(_item(line, unit, believed) for line in lines),
        width=picture.width * unit,
        height=picture.height * unit,
        confidence=attempt.confidence,
        letters=sum(letters(line.text) for line in lines),
    )


def _item(line: ReadLine, unit: float, believed: bool) -> Line:
    """A line; where the reader was not sure of it, a note."""
    raw = line.raw(unit)
    return raw if believed and line.confidence >= _UNREADABLE_LINE else unsure(raw)


def unsure(line: RawLine) -> RawParagraph:
    """A line as a note that no rule believes."""
    return RawParagraph(text=line.text, bbox=line.bbox, role=BlockRole.NOTE, style=UNSURE)


def read_all(
    program: Tesseract, pictures: Iterable[tuple[int, Image, float]]
) -> Iterator[tuple[int, Reading | str]]:
    """Each page's number with its reading, or with why there is none; in order.

    `pictures` gives page numbers, pictures and how many points their longer sides have; it is
    asked for a few at a time, and the pages are read on all cores.
    """
    workers = os.cpu_count() or 1
    reader = Reader(program)
    waiting: deque[tuple[int, Future[Reading | str]]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for number, picture, longest in pictures:
            waiting.append((number, pool.submit(_reading_or_reason, reader, picture, longest)))
            if len(waiting) > workers:
                done, future = waiting.popleft()
                yield done, future.result()
        for done, future in waiting:
            yield done, future.result()


def _reading_or_reason(reader: Reader, picture: Image, longest: float) -> Reading | str:
    try:
        return reader.read(picture, longest)
    except TesseractError as error:
        return str(error)


def read_image(data: bytes, box: BBox) -> Reading | None:
    """The text of a picture that stands at `box` on a page or slide, its places those of the page.

    Null where there is no program to read it with, or the program fails. Raises what
    `pictures_in` raises.
    """
    program = tesseract.find()
    if program is None:
        return None
    picture = next(pictures_in(BytesIO(data), "a picture"))
    longest = max(box[2] - box[0], box[3] - box[1])
    result = _reading_or_reason(Reader(program), picture, longest)
    if isinstance(result, str):
        return None
    return replace(result, lines=tuple(_moved(line, box[0], box[1]) for line in result.lines))


def _moved(line: Line, right: float, down: float) -> Line:
    if line.bbox is None:
        return line
    x0, top, x1, bottom = line.bbox
    return replace(line, bbox=(x0 + right, top + down, x1 + right, bottom + down))
