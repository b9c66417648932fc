"""PDF: pages through pypdfium2, one read whole before the next; `pdf_page` puts each together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from pipeline.errors import DamagedInputError, EncryptedInputError
from pipeline.extractors.pdf_page import PageTimeoutError, put_together, walk
from pipeline.model.document import Problem
from pipeline.model.raw import RawDocument, RawPage

_PAGE_SECONDS = 20.0


def extract(path: Path) -> RawDocument:
    """Read a PDF file.

    Raises `EncryptedInputError` where a password is asked for and `DamagedInputError` where the
    file cannot be opened. Pages that are damaged, take too long or hold no text are reported as
    problems, and the others go on.
    """
    with _opened(path) as pdf:
        title = (pdf.get_metadata_value("Title") or "").strip() or None
        tagged = pdf.is_tagged()
        read = [_read_page(pdf, i, tagged) for i in range(len(pdf))]
    problems = [problem for _, found in read for problem in found]
    return RawDocument(pages=[page for page, _ in read], title=title, problems=problems)


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


def _read_page(pdf: Any, index: int, tagged: bool) -> tuple[RawPage, list[Problem]]:
    """A page and what is wrong with it; one that cannot be read is empty."""
    number = index + 1
    try:
        page = pdf[index]
    except pdfium.PdfiumError:
        return RawPage(number, []), [_damaged_page(number)]
    try:
        drawn = walk(page, number, tagged=tagged, seconds=_PAGE_SECONDS)
    except PageTimeoutError:
        return RawPage(number, []), [_slow_page(number)]
    finally:
        page.close()
    read = put_together(drawn)
    problems = [_hidden_text(number)] if drawn.unseen else []
    return read, problems if read.items else [*problems, _picture_page(number)]


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


def _picture_page(number: int) -> Problem:
    return Problem(
        code="page-without-text",
        message="the page holds no text, only a picture or nothing",
        hint="type its text into a file beside it, or export the deck again with text",
        page=number,
        severity="info",
    )


def _hidden_text(number: int) -> Problem:
    return Problem(
        code="hidden-text",
        message="some text lies off the page or in the colour of its ground; it is kept aside",
        hint="look whether it belongs to the material",
        page=number,
        severity="info",
    )
