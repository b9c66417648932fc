"""What a Word file says of itself: headings by style, list levels, cells, in the file's order.

Opened with python-docx and walked without our reader. Headings that are only drawn as such are
not in it; those are labelled by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from reading.model import Rows, TrueLine, TruePage, Truth, squash

_HEADING = re.compile(r"heading (\d)$", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list (?:bullet|number)(?: (\d))?$", re.IGNORECASE)
_TYPED = re.compile(r"^\s*(?:[•●○◦▪▫■□►➢➤✓✔∙·]\s*|[–—*-]\s+)[^\W_]")
_WRAPPERS = {qn(f"w:{n}") for n in ("sdt", "sdtContent", "customXml", "smartTag", "ins")}
_UNSEEN = {qn(f"w:{n}") for n in ("del", "moveFrom", "txbxContent", "instrText", "delText")}
_UNSEEN.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
_SPACE = {qn(f"w:{n}") for n in ("tab", "br", "cr")}
EITHER = -1
"""The depth of a line that may be read as a heading or not: subtitles, headings in cells."""


def read(path: Path) -> Truth:
    """The whole file as page 1."""
    document = Document(str(path))
    page = TruePage()
    styles = {s.get(qn("w:styleId")): s for s in document.styles.element.iter(qn("w:style"))}
    formats = _formats(document)
    for block in _blocks(document.element.body):
        if block.tag == qn("w:tbl"):
            page.tables.append(_rows(block))
            for p in block.iter(qn("w:p")):
                if _heading(p, styles) is not None and squash(text_of(p)):
                    page.lines.append(TrueLine(text_of(p), heading=EITHER, frame=-1))
        elif squash(text := text_of(block)):
            page.lines.append(_line(block, text, styles, formats))
    return {1: page}


def _blocks(parent: Any) -> Iterator[Any]:
    for child in parent:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)


def text_of(element: Any) -> str:
    """The text as a reader of the page sees it: nothing deleted, no field codes, no boxes."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _UNSEEN or _is_hidden(child):
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _SPACE or child.tag == qn("w:p"):
            yield " "
            yield from _texts(child)
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag != qn("w:pPr"):
            yield from _texts(child)


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return vanish is not None and vanish.get(qn("w:val"), "1") not in ("0", "false")


def _rows(table: Any) -> Rows:
    return tuple(tuple(_cells(row)) for row in table.findall(qn("w:tr")))


def _cells(row: Any) -> Iterator[str]:
    before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    yield from [""] * (int(before.get(qn("w:val"))) if before is not None else 0)
    for cell in row.iter(qn("w:tc")):
        if next(cell.iterancestors(qn("w:tr"))) is not row:
            continue
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        below = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
        yield "" if below else text_of(cell)
        yield from [""] * (int(span.get(qn("w:val"))) - 1 if span is not None else 0)


def _line(
    p: Any, text: str, styles: dict[str, Any], formats: dict[tuple[str, str], str]
) -> TrueLine:
    depth = _heading(p, styles)
    if depth is not None:
        return TrueLine(text, heading=depth)
    number, levels = _numbering(p, styles)
    drawn = number is not None and formats.get((number, str(min(levels)))) != "none"
    if drawn or _TYPED.match(text):
        return TrueLine(text, True, levels)
    return TrueLine(text)


def _chain(p: Any, styles: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The properties of a paragraph and of its styles, nearest first, with the styles' names."""
    properties = p.find(qn("w:pPr"))
    yield "", properties
    link = properties.find(qn("w:pStyle")) if properties is not None else None
    for _ in range(12):
        style = styles.get(link.get(qn("w:val"))) if link is not None else None
        if style is None:
            return
        yield style.find(qn("w:name")).get(qn("w:val")).casefold(), style.find(qn("w:pPr"))
        link = style.find(qn("w:basedOn"))


def _heading(p: Any, styles: dict[str, Any]) -> int | None:
    for name, properties in _chain(p, styles):
        outline = properties.find(qn("w:outlineLvl")) if properties is not None else None
        if outline is not None:
            depth = int(outline.get(qn("w:val")))
            return depth + 1 if depth < 9 else EITHER if name else None
        if match := _HEADING.match(name):
            return int(match.group(1))
        if name == "title":
            return 0
        if name == "subtitle":
            return EITHER
    return None


def _numbering(p: Any, styles: dict[str, Any]) -> tuple[str | None, frozenset[int]]:
    """The list that a paragraph belongs to and the levels that count as right."""
    named = 0
    level: str | None = None
    for name, properties in _chain(p, styles):
        if match := _LIST_STYLE.match(name):
            named = int(match.group(1) or 1) - 1
        numbering = properties.find(qn("w:numPr")) if properties is not None else None
        if numbering is None:
            continue
        found = numbering.find(qn("w:ilvl"))
        level = level or (found.get(qn("w:val")) if found is not None else None)
        number = numbering.find(qn("w:numId"))
        if number is not None:
            identity = number.get(qn("w:val"))
            return (None if identity == "0" else identity), frozenset(
                {int(level or 0), named or int(level or 0)}
            )
    return None, frozenset({0})


def _formats(document: Any) -> dict[tuple[str, str], str]:
    """How each level of each list counts: «bullet», «decimal», «none»."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    kinds = {a.get(qn("w:abstractNumId")): a for a in root.findall(qn("w:abstractNum"))}
    out = {}
    for number in root.findall(qn("w:num")):
        abstract = kinds.get(number.find(qn("w:abstractNumId")).get(qn("w:val")))
        for level in abstract.findall(qn("w:lvl")) if abstract is not None else ():
            kind = level.find(qn("w:numFmt"))
            if kind is not None:
                out[number.get(qn("w:numId")), level.get(qn("w:ilvl"))] = kind.get(qn("w:val"))
    return out
