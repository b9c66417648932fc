"""HTML: the paragraphs, lists, tables and pictures of a page in reading order.

Pages saved from the web, exports of wikis and note programs, «save as web page» of Word, the
HTML of mails. The walk through the page is left to `html_reader`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.errors import DamagedInputError, LimitError
from pipeline.extractors.html_reader import Reader
from pipeline.extractors.html_source import text_of, tree
from pipeline.extractors.html_style import USUAL
from pipeline.extractors.text import read_text
from pipeline.model.document import BlockRole
from pipeline.model.raw import (
    RawDocument,
    RawItem,
    RawPage,
    RawParagraph,
    RawPicture,
    RawTable,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MOST_BEFORE_TITLE = 6
_SHORT = 80
_FEWEST = 3
"""Paragraphs under a line that must be there to call it the largest of all."""

_PRINTED = {1: 24.0, 2: 18.0, 3: 14.0}
"""Sizes of headings that state none."""


def extract(path: Path) -> RawDocument:
    """Read a saved page: one page, not paged.

    A single `h1` at the head is the title (`heading` 0). Raises `LimitError` for a page that is
    too large, `DamagedInputError` for one that cannot be read.
    """
    try:
        return read_page(path.read_bytes())
    except LimitError as error:
        raise LimitError(f"{path.name}: {error.message}", error.hint) from error
    except (etree.LxmlError, ValueError) as error:
        raise DamagedInputError(
            f"{path.name} cannot be read as a web page",
            "open it in a browser and save it again, or print it to a PDF",
        ) from error


def read_page(data: bytes, label: str | None = None) -> RawDocument:
    """What a page shows. `label` is a charset said elsewhere, as in a web archive."""
    root = tree(data, label)
    if root is None:
        return RawDocument(pages=[RawPage(number=1, items=[])], paged=False)
    named = _head_title(root)
    plain = _only_text(root)
    if plain is not None:
        return replace(read_text(plain), title=named)
    items = Reader(root).items()
    if not any(_is_body(item) for item in items):
        items = Reader(root, framed=False).items()
    items = _titled(_sized(items))
    first = next((p.text for p in _paragraphs(items) if p.heading == 0), None)
    page = RawPage(number=1, items=items)
    return RawDocument(pages=[page], title=named or first, paged=False)


def read_mail_body(data: bytes, label: str | None = None) -> list[RawItem]:
    """What the HTML of a mail shows; what it cites has the style «cite», nothing is furniture."""
    root = tree(data, label)
    return [] if root is None else _sized(Reader(root, framed=False).items())


def _head_title(root: Element) -> str | None:
    """The `title`; the titles inside drawings are others."""
    for node in root.iter("title"):
        above = node.getparent()
        if above is not None and above.tag in {"head", "body"}:
            return " ".join(text_of(node).split()) or None
    return None


def _only_text(root: Element) -> str | None:
    """The text of a page that is one `pre`, as browsers save text files."""
    body = next(root.iter("body"), None)
    if body is None or len(body) != 1 or body[0].tag != "pre" or len(body[0]):
        return None
    around = (body.text or "") + (body[0].tail or "")
    return body[0].text if not around.strip() and (body[0].text or "").strip() else None


def _paragraphs(items: list[RawItem]) -> Iterator[RawParagraph]:
    return (x for x in items if isinstance(x, RawParagraph))


def _is_body(item: RawItem) -> bool:
    return not isinstance(item, RawParagraph | RawTable) or item.role is BlockRole.BODY


def _sized(items: list[RawItem]) -> list[RawItem]:
    """Where a page states sizes, text without one is as large as browsers print it."""
    if not any(p.size for p in _paragraphs(items)):
        return items
    return [
        replace(x, size=_PRINTED.get(x.heading or 0, USUAL))
        if isinstance(x, RawParagraph) and x.size is None
        else x
        for x in items
    ]


def _titled(items: list[RawItem]) -> list[RawItem]:
    """The title: the only heading of depth 1, with only a few short lines before it.

    Else the first line, where it is larger than all others: LibreOffice and OneNote write no more
    of a title than its size.
    """
    if any(p.heading == 0 for p in _paragraphs(items)):
        return items
    tops = [n for n, x in enumerate(items) if isinstance(x, RawParagraph) and x.heading == 1]
    body = [n for n, x in enumerate(items) if isinstance(x, RawParagraph) and _is_body(x)]
    if len(tops) == 1 and _stands_first(items, tops[0]):
        return _with_title(items, tops[0])
    if body and _is_largest(items, body):
        return _with_title(items, body[0])
    return items


def _with_title(items: list[RawItem], at: int) -> list[RawItem]:
    title = items[at]
    assert isinstance(title, RawParagraph)
    return [*items[:at], replace(title, heading=0), *items[at + 1 :]]


def _stands_first(items: list[RawItem], at: int) -> bool:
    before = [x for x in items[:at] if _is_body(x) and not isinstance(x, RawPicture)]
    return len(before) <= _MOST_BEFORE_TITLE and all(
        isinstance(x, RawParagraph) and x.heading is None and len(x.text) < _SHORT for x in before
    )


def _is_largest(items: list[RawItem], body: list[int]) -> bool:
    first, *rest = [x for n in body if isinstance(x := items[n], RawParagraph)]
    sizes = [p.size or USUAL for p in rest]
    if first.size is None or first.listed or first.heading is not None or len(rest) < _FEWEST:
        return False
    return (
        len(first.text) <= _SHORT and first.size > max(sizes) and first.size >= 1.4 * median(sizes)
    )
