"""What cells and shapes of an OpenDocument spreadsheet say, and how their styles draw it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pipeline.extractors.number_format import Kind, general
from pipeline.model.raw import RawItem, RawParagraph, RawPicture

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{_OASIS}office:1.0}}"
TABLE = f"{{{_OASIS}table:1.0}}"
TEXT = f"{{{_OASIS}text:1.0}}"
STYLE = f"{{{_OASIS}style:1.0}}"
DRAW = f"{{{_OASIS}drawing:1.0}}"
_SVG = f"{{{_OASIS}svg-compatible:1.0}}"
_FO = f"{{{_OASIS}xsl-fo-compatible:1.0}}"
_CHART = f"{{{_OASIS}chart:1.0}}"
_XLINK = "{http://www.w3.org/1999/xlink}"
ANNOTATION = OFFICE + "annotation"

_PARAGRAPHS = (TEXT + "p", TEXT + "h")
_LEFT_OUT = {ANNOTATION, TEXT + "ruby-text", TEXT + "note", TEXT + "tracked-changes"}
_FIELDS = {TEXT + name for name in ("page-number", "page-count", "sheet-name", "date", "time")}
_FIELDS |= {TEXT + "file-name", TEXT + "title"}
_WHOLE_CLOCK = re.compile(r"(\d{1,2}:\d\d):00$")
_NUMERIC_DATE = re.compile(r"\d{1,4}([/.-])\d{1,2}\1\d{1,4}\b")
_DURATION = re.compile(r"P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
_MAX_SPACES = 1000
_KINDS: dict[str, Kind] = {
    "float": "number", "percentage": "number", "currency": "number", "date": "date",
    "time": "time", "boolean": "flag",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a style draws cells; what it leaves open, its parent says."""

    bold: bool | None = None
    italic: bool | None = None
    size: float | None = None
    filled: bool | None = None
    shown: bool = True
    """False for the style of a sheet that is hidden."""
    parent: str | None = None

    def over(self, base: Drawing) -> Drawing:
        """The drawing, with what it leaves open taken from another."""
        return Drawing(
            bold=base.bold if self.bold is None else self.bold,
            italic=base.italic if self.italic is None else self.italic,
            size=base.size if self.size is None else self.size,
            filled=base.filled if self.filled is None else self.filled,
        )


def drawing_of(node: Element) -> Drawing:
    """What a `style:style` says by itself."""
    text = node.find(STYLE + "text-properties")
    cell = node.find(STYLE + "table-cell-properties")
    table = node.find(STYLE + "table-properties")
    told = Drawing(parent=node.get(STYLE + "parent-style-name"))
    if text is not None:
        weight, slant = text.get(_FO + "font-weight"), text.get(_FO + "font-style")
        told = replace(
            told,
            bold=None if weight is None else weight in ("bold", "600", "700", "800", "900"),
            italic=None if slant is None else slant in ("italic", "oblique"),
            size=_points(text.get(_FO + "font-size")),
        )
    colour = cell.get(_FO + "background-color") if cell is not None else None
    if colour is not None:
        told = replace(told, filled=colour != "transparent")
    return replace(told, shown=table is None or table.get(TABLE + "display") != "false")


def _points(length: str | None) -> float | None:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)pt", length or "")
    return float(match.group(1)) if match else None


def inline(node: Element) -> str:
    """The text of a paragraph; spaces, tabs and line breaks as typed, notes left out."""
    if not len(node):
        return node.text or ""
    parts = [node.text or ""]
    for child in node:
        if child.tag == TEXT + "s":
            parts.append(" " * min(_number(child.get(TEXT + "c"), 1), _MAX_SPACES))
        elif child.tag == TEXT + "tab":
            parts.append("\t")
        elif child.tag == TEXT + "line-break":
            parts.append("\n")
        elif isinstance(child.tag, str) and child.tag.startswith((TEXT, DRAW + "a")):
            parts.append("" if child.tag in _LEFT_OUT else inline(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 9 else default


def shown(cell: Element) -> tuple[str, Kind]:
    """What a cell shows, and what it is.

    Dates told in numbers become ISO dates and whole minutes lose their seconds, as in other
    formats; a file without the text of a value shows the value.
    """
    told = cell.get(OFFICE + "value-type") or ""
    text = "\n".join(inline(p) for p in cell if p.tag in _PARAGRAPHS)
    kind: Kind = _KINDS.get(told, "text")
    if kind == "date":
        value = cell.get(OFFICE + "date-value") or ""
        moment = "T" in value and not value.endswith("T00:00:00")
        return _date(text, value.removesuffix("T00:00:00")), "moment" if moment else "date"
    if kind == "time":
        text = text or _time(cell.get(OFFICE + "time-value") or "")
        return _WHOLE_CLOCK.sub(r"\1", text.strip()), kind
    if not text and kind == "number":
        text = _plain_number(cell.get(OFFICE + "value") or "")
    if not text and kind == "flag":
        text = (cell.get(OFFICE + "boolean-value") or "").upper()
    return text or (cell.get(OFFICE + "string-value") or ""), kind


def _date(text: str, value: str) -> str:
    match = _NUMERIC_DATE.search(text)
    if text and match is None:
        return _WHOLE_CLOCK.sub(r"\1", text.strip())
    try:
        day = datetime.fromisoformat(value)
    except ValueError:
        return text or value
    clock = f" {day:%H:%M:%S}".removesuffix(":00") if "T" in value else ""
    if match is None:
        return f"{day:%Y-%m-%d}{clock}"
    # A time of day is told where one is shown.
    clock = clock if re.search(r"\d", text[match.end() :]) else ""
    return f"{text[: match.start()]}{day:%Y-%m-%d}{clock}".strip()


def _time(value: str) -> str:
    match = _DURATION.match(value)
    if not match:
        return value
    days, hours, minutes, seconds = (int(g or 0) for g in match.groups())
    total = timedelta(days=min(days, 10**6), hours=min(hours, 10**7), minutes=minutes)
    clock = f"{total // timedelta(hours=1):02}:{minutes % 60:02}"
    return f"{clock}:{seconds:02}"


def _plain_number(value: str) -> str:
    try:
        return general(float(value))
    except (ValueError, OverflowError):
        return value


def is_unknown(cell: Element) -> bool:
    """Whether a cell has a formula and no value of it."""
    if cell.get(TABLE + "formula") is None or cell.get(OFFICE + "value-type") is not None:
        return False
    return not any(p.tag in _PARAGRAPHS for p in cell)


def comment_in(cell: Element) -> str | None:
    """The comment on a cell, without its author and date."""
    note = cell.find(ANNOTATION)
    if note is None:
        return None
    return "\n".join(inline(p) for p in note.iter(*_PARAGRAPHS)).strip()


OpenPart = Callable[[str], "Element | None"]
"""Gives the root of another part of the file, null where there is none."""


def drawn_in(node: Iterable[Element], open_part: OpenPart) -> Iterator[RawItem]:
    """The texts of shapes, the titles of charts and the descriptions of pictures in a node."""
    for child in node:
        if not isinstance(child.tag, str) or not child.tag.startswith(DRAW):
            continue
        if child.tag in (DRAW + "g", DRAW + "a"):
            yield from drawn_in(child, open_part)
            continue
        texts = [p for p in child.iter(*_PARAGRAPHS) if not _is_embedded(p, child)]
        for p in texts:
            listed = any(e.tag == TEXT + "list-item" for e in p.iterancestors())
            if text := inline(p).strip():
                yield RawParagraph(text=text, listed=listed)
        if child.tag == DRAW + "frame" and child.find(DRAW + "text-box") is None:
            yield RawPicture(text=_chart_title(child, open_part) or _described(child))


def _is_embedded(node: Element, top: Element) -> bool:
    """Whether a paragraph is of an object in the shape, such as a chart in a flat file."""
    for e in node.iterancestors():
        if e is top:
            return False
        if e.tag in (OFFICE + "document", ANNOTATION, DRAW + "object"):
            return True
    return False


def _described(frame: Element) -> str:
    said = (frame.findtext(_SVG + name) for name in ("desc", "title"))
    return next((text.strip() for text in said if text and text.strip()), "")


def _chart_title(frame: Element, open_part: OpenPart) -> str:
    """The title of the chart that a frame holds, empty where there is none."""
    held = frame.find(DRAW + "object")
    if held is None:
        return ""
    name = (held.get(_XLINK + "href") or "").removeprefix("./").rstrip("/")
    root = open_part(f"{name}/content.xml") if name else held
    title = next(root.iter(_CHART + "title"), None) if root is not None else None
    return " ".join(inline(p) for p in title.iter(*_PARAGRAPHS)) if title is not None else ""


def running_in(root: Element) -> Iterator[str]:
    """What prints at the head and foot of each page; lines with page numbers are left out."""
    seen: set[str] = set()
    for name in ("header", "footer", "header-left", "footer-left", "header-first", "footer-first"):
        for node in root.iter(STYLE + name):
            if node.get(STYLE + "display") == "false":
                continue
            for p in node.iter(*_PARAGRAPHS):
                text = inline(p).strip()
                fields = any(e.tag in _FIELDS for e in p.iter())
                if text and not fields and text not in seen:
                    seen.add(text)
                    yield text
