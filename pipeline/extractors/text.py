"""Plain text and dumps of PDFs: lines with their indents, pages by form feeds or blank runs.

Mails that were pasted into a text file are told from the notes around them by `mail_pasted`.
"""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.errors import EmptyInputError
from pipeline.extractors.encoding import decode
from pipeline.extractors.mail_items import items_of, raw_line, title
from pipeline.extractors.mail_pasted import Pasted, pasted
from pipeline.model.raw import RawDocument, RawPage

_BLANK_RUN = 3
_PAGE_BREAK = re.compile(rf"\n(?:\n){{{_BLANK_RUN},}}")


def extract(path: Path) -> RawDocument:
    """Read a text file; blank lines are kept as empty `RawLine`s, for they part paragraphs.

    Pages are parted by form feeds; where there are none, by runs of three or more empty lines,
    as PDF dumps have them (lines holding only a space do not count). A text with mails in it has
    no pages.
    """
    return read_text(decode(path.read_bytes()))


def read_text(text: str) -> RawDocument:
    """The same for text that was read from elsewhere."""
    if not text.strip():
        raise EmptyInputError("the file holds no text", "check that the right file was saved")
    mails = pasted(text.split("\n")) if "\f" not in text else None
    if mails is not None:
        return _mails(mails)
    chunks = _pages(text)
    pages = [
        RawPage(number=n, items=[raw_line(x) for x in chunk.split("\n")])
        for n, chunk in enumerate(chunks, 1)
    ]
    return RawDocument(pages=pages, paged=len(pages) > 1)


def _mails(mails: Pasted) -> RawDocument:
    items = [*title(mails.subject or ""), *items_of(mails.lines)]
    return RawDocument(pages=[RawPage(number=1, items=items)], title=mails.subject, paged=False)


def _pages(text: str) -> list[str]:
    if "\f" in text.strip("\f\n "):
        return [chunk for chunk in text.split("\f") if chunk.strip()]
    chunks = [chunk for chunk in _PAGE_BREAK.split(text) if chunk.strip()]
    # A typed note with one or two wide gaps is no deck.
    return chunks if len(chunks) >= 4 else [text]
