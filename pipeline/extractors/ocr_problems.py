"""What an organiser is told of pages that are pictures: read how surely, not read and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import mean

from pipeline.extractors.ocr import Reading
from pipeline.extractors.tesseract import SWEDISH, Tesseract
from pipeline.extractors.transcription import file_name
from pipeline.model.document import Problem

_PROGRAM_PACKAGE, _SWEDISH_PACKAGE = "tesseract-ocr", "tesseract-ocr-swe"
"""What Debian and Ubuntu call them."""

_NORDIC = ("swe", "nor", "dan", "fin")
_PERHAPS_PRINT = 0.6
_FEW = 15
"""Letters that a photo without any text may seem to have."""


def problems_of(
    name: str, found: Iterable[tuple[int, Reading | str]], program: Tesseract
) -> list[Problem]:
    """What to say of the pages of the file `name` that were read, or not (then with the reason)."""
    problems: list[Problem] = []
    good: dict[int, float] = {}
    for number, result in found:
        if isinstance(result, str):
            problems.append(failed(name, number, result))
        elif result.letters < (1 if result.believed else _FEW):
            problems.append(without_text(name, number))
        elif not result.believed:
            problems.append(_transcribe(name, number, result, program))
        else:
            good[number] = result.confidence
    return [*problems, *([_read(good, program)] if good else [])]


def missing(name: str, pages: Sequence[int]) -> Problem:
    """That nothing on this machine reads these pages of the file `name`."""
    return Problem(
        code="ocr-missing",
        message=f"{pages_named(pages)} not read: only a picture, and tesseract is not installed",
        hint=f"install it (Debian, Ubuntu: {_PROGRAM_PACKAGE} {_SWEDISH_PACKAGE}), or type the "
        f"text into {file_name(name, min(pages))} beside it",
        page=_only(pages),
    )


def read_before(pages: Sequence[int]) -> Problem:
    """That the text of these pages was put into the file by an earlier text recognition."""
    return Problem(
        code="read-by-ocr",
        message=f"{pages_named(pages)} read by text recognition before the file came here",
        hint="compare what matters with the picture",
        page=_only(pages),
        severity="info",
    )


def without_text(name: str, number: int) -> Problem:
    """That a page shows no text."""
    return Problem(
        code="page-without-text",
        message="the page holds no text, only a picture or nothing",
        hint=f"if it should, type its text into {file_name(name, number)} beside it",
        page=number,
        severity="info",
    )


def _read(good: dict[int, float], program: Tesseract) -> Problem:
    lacking = SWEDISH not in program.languages
    told = f"{pages_named(list(good))} read by text recognition, {mean(good.values()):.0%} sure"
    return Problem(
        code="read-by-ocr",
        message=f"{told}, without Swedish: å, ä and ö are lost" if lacking else told,
        hint=f"install its Swedish (Debian, Ubuntu: {_SWEDISH_PACKAGE})"
        if lacking
        else "compare what matters with the picture",
        page=_only(list(good)),
        severity="warning" if lacking else "info",
    )


def failed(name: str, number: int, reason: str) -> Problem:
    """That a page was not read, and why."""
    return Problem(
        code="ocr-failed",
        message=f"the page could not be read: tesseract {reason}",
        hint=f"type its text into {file_name(name, number)} beside it",
        page=number,
    )


def _transcribe(name: str, number: int, result: Reading, program: Tesseract) -> Problem:
    hint = f"type its text into {file_name(name, number)} beside it"
    lacking = [code for code in _NORDIC if code not in program.languages]
    if lacking and result.confidence >= _PERHAPS_PRINT:
        packages = " ".join(f"{_PROGRAM_PACKAGE}-{code}" for code in lacking)
        hint += f", or, if it is print in a language of theirs, install {packages}"
    return Problem(
        code="transcribe",
        message=f"the page was read only {result.confidence:.0%} sure, as handwriting and photos "
        "are, so nothing on it was believed",
        hint=hint,
        page=number,
    )


def pages_named(pages: Sequence[int]) -> str:
    """«pages 1-4, 7 were»; of a single one its number is told elsewhere."""
    runs: list[tuple[int, int]] = []
    for n in sorted(pages):
        if runs and n == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], n)
        else:
            runs.append((n, n))
    named = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
    return "the page was" if len(pages) == 1 else f"pages {named} were"


def _only(pages: Sequence[int]) -> int | None:
    return pages[0] if len(pages) == 1 else None
