"""The tag tree of a PDF page: what the file itself says is a heading, a list item, a table.

ISO 32000-1, 14.8 (tagged PDF). Only the structure is read here; characters come with the number
of the marked content that they belong to, and whatever the tree does not name stays a line.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2.raw as c

_INLINE = {
    "Span", "Link", "Quote", "Em", "Strong", "Reference", "BibEntry", "Code", "Annot", "Ruby",
    "RB", "RT", "RP", "Warichu", "WT", "WP", "Sub", "NonStruct", "Private", "Lbl",
}  # fmt: skip
_HEADING = re.compile(r"H([1-6])?$")
_CONTAINERS = {"Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "Figure", "Slide"}
_DEEPEST = 60
_MOST_SPAN = 60


@dataclass(frozen=True, slots=True)
class Tagged:
    """One paragraph: the numbers of its marked content, and what the file says about it.

    `heading` is 0 for a heading without depth, else 1 to 6; `level` is null outside lists;
    `shape` numbers the frame or the run of content that it stands in.
    """

    contents: tuple[int, ...]
    shape: int
    heading: int | None = None
    level: int | None = None
    label: tuple[int, ...] = ()
    note: bool = False


@dataclass(frozen=True, slots=True)
class TaggedTable:
    """Rows of cells; what a merged cell covers is empty."""

    rows: tuple[tuple[tuple[Tagged, ...], ...], ...]
    shape: int
    ragged: bool = False
    """Whether rows have fewer cells than others, so that the columns of some are unknown."""


@dataclass(frozen=True, slots=True)
class TaggedFigure:
    """A picture with its alternative text, and the text drawn in it."""

    text: str
    contents: tuple[int, ...]


TaggedItem = Tagged | TaggedTable | TaggedFigure


def tree_of(page: Any) -> list[TaggedItem]:
    """What the tag tree says about a page, in its order; empty where it says nothing."""
    tree = c.FPDF_StructTree_GetForPage(page)
    if not tree:
        return []
    try:
        walk = _Walk()
        for n in range(max(0, c.FPDF_StructTree_CountChildren(tree))):
            element = c.FPDF_StructTree_GetChildAtIndex(tree, n)
            if element:
                walk.element(element, _Place())
        return walk.items
    finally:
        c.FPDF_StructTree_Close(tree)


def contents_of(item: TaggedItem) -> Iterator[int]:
    """The numbers of all marked content of an item."""
    if isinstance(item, TaggedTable):
        for cell in (cell for row in item.rows for cell in row):
            for paragraph in cell:
                yield from contents_of(paragraph)
        return
    yield from item.contents
    if isinstance(item, Tagged):
        yield from item.label


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the tree an element stands."""

    depth: int = 0
    shape: int | None = None
    heading: int | None = None
    level: int | None = None
    note: bool = False


@dataclass(slots=True)
class _Walk:
    items: list[TaggedItem] = field(default_factory=list)
    shapes: int = 0
    label: tuple[int, ...] = ()

    def element(self, element: Any, place: _Place) -> None:
        """Adds what stands under an element."""
        if place.depth > _DEEPEST:
            return
        kind = _string(c.FPDF_StructElement_GetType, element)
        if kind == "Table":
            self._table(element, place)
            return
        if kind == "Figure":
            self._figure(element)
        self._children(element, self._inside(kind, place))

    def _inside(self, kind: str, place: _Place) -> _Place:
        place = replace(place, depth=place.depth + 1)
        heading = _HEADING.match(kind)
        if place.shape is None and kind not in {"Document", "DocumentFragment", "Part", "Slide"}:
            self.shapes += 1
            place = replace(place, shape=self.shapes)
        if heading or kind == "Title":
            place = replace(place, heading=int(heading[1] or 0) if heading else 0)
        elif kind in {"L", "TOC"}:
            place = replace(place, level=0 if place.level is None else place.level + 1)
        elif kind == "LI" and place.level is None:
            place = replace(place, level=0)
        elif kind in {"Note", "FENote"}:
            place = replace(place, note=True)
        return place

    def _children(self, element: Any, place: _Place) -> None:
        """Runs of text and inline elements are paragraphs, block elements stand for themselves."""
        run: list[int] = []
        for child, content in _children(element):
            if child is None:
                run.append(content)
                continue
            kind = _string(c.FPDF_StructElement_GetType, child)
            if kind == "Lbl":
                self.label = tuple(_all_contents(child))
            elif kind in _INLINE and not _holds_blocks(child):
                run.extend(_all_contents(child))
            else:
                self._paragraph(run, place)
                run = []
                self.element(child, place)
        self._paragraph(run, place)

    def _paragraph(self, run: Sequence[int], place: _Place) -> None:
        if not run:
            return
        self.items.append(
            Tagged(tuple(run), place.shape or 0, place.heading, place.level, self.label, place.note)
        )
        self.label = ()

    def _figure(self, element: Any) -> None:
        text = _string(c.FPDF_StructElement_GetAltText, element)
        if text:
            self.items.append(TaggedFigure(text, ()))

    def _table(self, element: Any, place: _Place) -> None:
        self.shapes += 1
        inside = _Place(place.depth + 1, self.shapes, note=place.note)
        rows: list[list[tuple[Tagged, ...]]] = []
        covered: set[tuple[int, int]] = set()
        for n, row in enumerate(_within(element, {"TR"}, place.depth)):
            cells: list[tuple[Tagged, ...]] = []
            for cell in _within(row, {"TD", "TH"}, place.depth):
                while (n, len(cells)) in covered:
                    cells.append(())
                wide, high = _span(cell, "ColSpan"), _span(cell, "RowSpan")
                at = len(cells)
                covered |= {(n + y, at + x) for y in range(high) for x in range(wide) if x or y}
                cells.append(self._cell(cell, inside))
            rows.append(cells)
            while (n, len(cells)) in covered:
                cells.append(())
        width = max((len(row) for row in rows), default=0)
        ragged = any(len(row) < width for row in rows)
        grid = tuple(tuple(row + [()] * (width - len(row))) for row in rows)
        self.items.append(TaggedTable(grid, self.shapes, ragged))
        for caption in _within(element, {"Caption"}, place.depth):
            self.element(caption, place)

    def _cell(self, cell: Any, place: _Place) -> tuple[Tagged, ...]:
        walk = _Walk(shapes=self.shapes)
        walk._children(cell, place)
        return tuple(
            p
            for item in walk.items
            for p in (_flat(item) if isinstance(item, TaggedTable) else [item])
            if isinstance(p, Tagged)
        )


def _flat(table: TaggedTable) -> Iterator[Tagged]:
    """A table within a cell as its paragraphs."""
    return (p for row in table.rows for cell in row for p in cell)


def _children(element: Any) -> Iterator[tuple[Any, int]]:
    """Child elements (with 0), and numbers of marked content (with null)."""
    for n in range(max(0, c.FPDF_StructElement_CountChildren(element))):
        child = c.FPDF_StructElement_GetChildAtIndex(element, n)
        if child:
            yield child, 0
            continue
        content = c.FPDF_StructElement_GetChildMarkedContentID(element, n)
        if content >= 0:
            yield None, content


def _all_contents(element: Any, depth: int = 0) -> Iterator[int]:
    for child, content in _children(element) if depth < _DEEPEST else ():
        if child is None:
            yield content
        else:
            yield from _all_contents(child, depth + 1)


def _holds_blocks(element: Any, depth: int = 0) -> bool:
    """Whether a paragraph or list hides in an inline element, as some programs tag them."""
    if depth > _DEEPEST:
        return False
    kinds = [
        (child, _string(c.FPDF_StructElement_GetType, child))
        for child, _ in _children(element)
        if child is not None
    ]
    return any(k not in _INLINE or _holds_blocks(child, depth + 1) for child, k in kinds)


def _within(element: Any, kinds: set[str], depth: int) -> Iterator[Any]:
    """The nearest descendants of some kinds; tables inside cells are not entered."""
    if depth > _DEEPEST:
        return
    for child, _ in _children(element):
        if child is None:
            continue
        kind = _string(c.FPDF_StructElement_GetType, child)
        if kind in kinds:
            yield child
        elif kind not in {"TD", "TH", "Table", "Caption"}:
            yield from _within(child, kinds, depth + 1)


def _span(cell: Any, name: str) -> int:
    """How many columns or rows a cell covers, by its attributes."""
    value = ctypes.c_float()
    for n in range(max(0, c.FPDF_StructElement_GetAttributeCount(cell))):
        attribute = c.FPDF_StructElement_GetAttributeAtIndex(cell, n)
        found = c.FPDF_StructElement_Attr_GetValue(attribute, name.encode())
        if found and c.FPDF_StructElement_Attr_GetNumberValue(found, value):
            return min(max(1, int(value.value)), _MOST_SPAN)
    return 1


def _string(function: Any, element: Any) -> str:
    length = function(element, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    function(element, buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")
