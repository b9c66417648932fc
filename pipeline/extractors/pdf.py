"""PDF: pages through pypdfium2, one read whole before the next; `pdf_page` puts each together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from pipeline.errors import DamagedInputError, EncryptedInputError
from pipeline.extractors import pdf_scans
from pipeline.extractors.pdf_page import PageTimeoutError, put_together, walk
from pipeline.extractors.pdf_scans import PageText
from pipeline.model.document import Problem
from pipeline.model.raw import RawDocument, RawPage

_PAGE_SECONDS = 20.0


def extract(path: Path) -> RawDocument:
    """Read a PDF file.

    Raises `EncryptedInputError` where a password is asked for and `DamagedInputError` where the
    file cannot be opened. Pages that are damaged or take too long are reported as problems, and
    the others go on. Scanned pages are left to `pdf_scans`, and what to tell of them too.
    """
    with _opened(path) as pdf:
        title = (pdf.get_metadata_value("Title") or "").strip() or None
        tagged = pdf.is_tagged()
        read = [_read_page(pdf, i, tagged) for i in range(len(pdf))]
        texts = {r.page.number: r.text for r in read if r.text is not None}
        scans = pdf_scans.read(path, pdf, texts)
    problems = [problem for r in read for problem in r.problems]
    return scans.put_into(RawDocument([r.page for r in read], title=title, problems=problems))


@dataclass(frozen=True, slots=True)
class _Read:
    """A page, its characters (null where they could not be had) and what is wrong with it."""

    page: RawPage
    text: PageText | None = None
    problems: tuple[Problem, ...] = ()


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


def _read_page(pdf: Any, index: int, tagged: bool) -> _Read:
    number = index + 1
    try:
        page = pdf[index]
    except pdfium.PdfiumError:
        return _Read(RawPage(number, []), problems=(_damaged_page(number),))
    try:
        drawn = walk(page, number, tagged=tagged, seconds=_PAGE_SECONDS)
    except PageTimeoutError:
        return _Read(RawPage(number, []), problems=(_slow_page(number),))
    finally:
        page.close()
    problems = (_hidden_text(number),) if drawn.unseen else ()
    text = PageText("".join(g.char for g in drawn.glyphs), drawn.covered)
    return _Read(put_together(drawn), text, problems)


def _damaged_page(number: int) -> Problem:
    return Problem(
        code="page-damaged",
        message="the page is damaged and could not be read",
        hint="export the document again from its program",
        page=number,
    )


def _slow_page(number: int) -> Problem:
    return Problem(
        code="page-too-slow",
        message=f"the page took over {_PAGE_SECONDS:.0f} seconds and was given up",
        hint="print it to a new PDF, or type its text into a file beside it",
        page=number,
    )


def _hidden_text(number: int) -> Problem:
    return Problem(
        code="hidden-text",
        message="some text lies off the page or in the colour of its ground; it is kept aside",
        hint="look whether it belongs to the material",
        page=number,
        severity="info",
    )
