"""What a deck says of itself, through python-pptx alone: titles, paragraphs with levels, cells.

Reading order across shapes is left out, since a file only knows in which order shapes are drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pptx.oxml.ns import qn
from pptx.package import Package

from reading.model import Rows, TrueLine, TruePage, Truth, squash

_TITLES = (1, 3, 5)
_FURNITURE = (13, 14, 15, 16)
_TYPED = re.compile(r"^\s*(?:[•●○◦▪▫■□►➢➤✓✔∙·]\s*|[–—*-]\s+)[^\W_]")
_BULLETS = ("buChar", "buAutoNum", "buBlip")


def read(path: Path, limit: int) -> tuple[Truth, list[int]]:
    """The slides of a deck by number, at most `limit`, and the numbers that a PDF shows."""
    deck = opened(path)
    truth: Truth = {}
    shown: list[int] = []
    for number, slide in enumerate(deck.slides, 1):
        if number > limit:
            break
        truth[number] = _page(deck, slide)
        if slide._element.get("show") != "0":
            shown.append(number)
    return truth, shown


def opened(path: Path) -> Any:
    """A presentation, also where its package says that it is a slide show."""
    return Package.open(str(path)).presentation_part.presentation


def _page(deck: Any, slide: Any) -> TruePage:
    page = TruePage()
    for number, shape in enumerate(_shapes(slide.shapes)):
        kind = shape.placeholder_format.type if shape.is_placeholder else None
        if getattr(shape, "has_table", False):
            page.tables.append(_rows(shape.table))
        elif not getattr(shape, "has_text_frame", False) or kind in _FURNITURE:
            continue
        elif kind in _TITLES:
            text = " ".join(shape.text_frame.text.split())
            if squash(text) and page.title is None:
                page.title = text
        elif not _counts_pages(shape):
            page.lines.extend(_lines(deck, slide, shape, number))
    return page


def _shapes(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        if shape.element.tag == qn("p:grpSp"):
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _counts_pages(shape: Any) -> bool:
    return any(f.get("type", "") == "slidenum" for f in shape.element.iter(qn("a:fld")))


def _rows(table: Any) -> Rows:
    return tuple(
        tuple("" if cell.is_spanned else " ".join(cell.text.split()) for cell in row.cells)
        for row in table.rows
    )


def _lines(deck: Any, slide: Any, shape: Any, number: int) -> Iterator[TrueLine]:
    found = [p for p in shape.text_frame.paragraphs if squash(p.text)]
    levels = sorted({p.level for p in found})
    for p in found:
        text = " ".join(p.text.split())
        listed = bool(_TYPED.match(text)) or _bulleted(deck, slide, shape, p)
        # As the file counts, from the outermost of its box, and without the levels jumped over.
        right = frozenset({p.level, p.level - levels[0], levels.index(p.level)})
        yield TrueLine(text, listed, right, number)


def _bulleted(deck: Any, slide: Any, shape: Any, paragraph: Any) -> bool:
    """Whether a bullet or number is drawn: the paragraph's word, else what it inherits."""
    own = paragraph._p.find(qn("a:pPr"))
    for properties in (own, *_inherited(deck, slide, shape, paragraph.level + 1)):
        if properties is None:
            continue
        if properties.find(qn("a:buNone")) is not None:
            return False
        if any(properties.find(qn(f"a:{b}")) is not None for b in _BULLETS):
            return True
    return False


def _inherited(deck: Any, slide: Any, shape: Any, level: int) -> Iterator[Any]:
    """What a level inherits from its box, layout, master and the deck, nearest first."""
    name = qn(f"a:lvl{level}pPr")
    box, kind = shape, None
    if shape.is_placeholder:
        kind = shape.placeholder_format.type
    while box is not None:
        styles = box.element.find(f".//{qn('a:lstStyle')}")
        if styles is not None:
            yield styles.find(name)
        box = getattr(box, "_base_placeholder", None) if kind is not None else None
    part = "bodyStyle" if kind is not None else "otherStyle"
    styles = slide.slide_layout.slide_master.element.find(f"{qn('p:txStyles')}/{qn(f'p:{part}')}")
    if styles is not None and kind is not None:
        yield styles.find(name)
    if kind is None:
        styles = deck.element.find(qn("p:defaultTextStyle"))
        if styles is not None:
            yield styles.find(name)
