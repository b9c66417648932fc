"""ODP: the slides of an OpenDocument presentation, with what they take from their master page.

What stands inside a text box is left to `odp_text`, places and tables to `odf_drawing`, what
master pages draw to `odf_furniture`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.extractors.matrix import Matrix
from pipeline.extractors.odf_drawing import (
    Grids,
    Objects,
    alternative_text,
    place,
    transform,
)
from pipeline.extractors.odf_furniture import Masters
from pipeline.extractors.odf_package import (
    DRAW,
    PRESENTATION,
    SVG,
    TABLE,
    TEXT,
    Package,
    opened,
)
from pipeline.extractors.odf_styles import Styles
from pipeline.extractors.odf_text import SHAPES, InlineReader, controls_of
from pipeline.extractors.odp_text import BoxReader, ShapeStyle
from pipeline.model.document import BBox, BlockRole
from pipeline.model.raw import RawDocument, RawItem, RawPage, RawParagraph, RawPicture, RawTable

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CLASS = PRESENTATION + "class"
_RUNNING = {"header", "footer", "date-time", "page-number"}
_UNREAD = {"page", "handout", "notes"}
_LINES = {DRAW + "line", DRAW + "connector", DRAW + "measure"}
_CAPTIONS = {SVG + "title", SVG + "desc"}


def extract(path: Path) -> RawDocument:
    """Read an ODP, OTP or FODP file; comments and notes come after the shapes of their slide.

    Raises `DamagedInputError` where the file cannot be read as an OpenDocument presentation,
    `EncryptedInputError` where it asks for a password, `LimitError` where it is not safe to open.
    """
    with opened(path, "presentation") as package:
        return _Reader(package).document()


@dataclass(frozen=True, slots=True)
class _Shape:
    """A shape that is no group, its place on the slide and its number there."""

    node: Element
    bbox: BBox | None
    number: int

    @property
    def kind(self) -> str:
        """What it is for: «title», «outline», «footer» …; «» for what is only drawn."""
        return self.node.get(_CLASS) or ""


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._masters = Masters(package)
        self._styles = Styles(package, package.content)
        self._objects = Objects(package)
        self._grids = Grids()
        controls = controls_of(package.content)

        def reader(styles: Styles) -> BoxReader:
            return BoxReader(styles, InlineReader(styles, controls, self._objects.formula))

        self._boxes = reader(self._styles)
        self._master_boxes = reader(Styles(package, package.styles))
        self._running: dict[Element, dict[str, list[_Shape]]] = {}

    def document(self) -> RawDocument:
        """All slides."""
        slides = [e for e in self._package.body if e.tag == DRAW + "page"]
        pages = [self._page(n, slide) for n, slide in enumerate(slides, 1)]
        return RawDocument(pages=pages, title=self._package.title, problems=self._package.problems)

    def _page(self, number: int, slide: Element) -> RawPage:
        width, height = self._masters.size(slide)
        items: list[RawItem] = []
        titled = False
        for shape in self._shapes(slide):
            found = list(self._items(shape, number))
            if shape.kind == "title" and found and not titled:
                found, titled = _title(found), True
            items.extend(found)
        items.extend(self._furniture(number, slide, items))
        for node in slide:
            if isinstance(node.tag, str) and node.tag.endswith("}annotation"):
                items.extend(self._notes(node))
            elif node.tag == PRESENTATION + "notes":
                items.extend(self._note_page(node))
        hidden = self._styles.hidden_page(slide.get(DRAW + "style-name"))
        return RawPage(number=number, items=items, width=width, height=height, hidden=hidden)

    def _shapes(self, page: Element) -> Iterator[_Shape]:
        """All shapes of a page that are shown and hold more than a prompt, in drawing order."""
        for n, (node, frame) in enumerate(_drawn(page, Matrix(), self._masters.hidden_layers)):
            if node.get(PRESENTATION + "placeholder") != "true" and node.get(_CLASS) not in _UNREAD:
                yield _Shape(node, place(node, frame), n)

    def _items(self, shape: _Shape, page: int) -> Iterator[RawItem]:
        node = shape.node
        if node.tag == DRAW + "frame":
            table, box = node.find(TABLE + "table"), node.find(DRAW + "text-box")
            if table is not None:
                yield self._table(table, shape)
            elif box is not None:
                yield from self._paragraphs(shape, box, page)
            elif any(inside.tag not in _CAPTIONS for inside in node):
                yield self._picture(shape)
            return
        found = list(self._paragraphs(shape, node, page))
        yield from found
        if not found and node.tag in _LINES:
            yield RawPicture(text=alternative_text(node), bbox=shape.bbox)

    def _picture(self, shape: _Shape) -> RawItem:
        """A picture by its description, a chart by its title, a formula by its signs."""
        text = self._objects.formula(shape.node)
        if text:
            return RawParagraph(text=text, bbox=shape.bbox, shape=shape.number)
        text = self._objects.chart_title(shape.node) or alternative_text(shape.node)
        return RawPicture(text=text, bbox=shape.bbox)

    def _paragraphs(self, shape: _Shape, box: Element, page: int) -> Iterator[RawParagraph]:
        style = ShapeStyle.of(shape.node)
        self._boxes.inline.fields = {TEXT + "page-number": str(page)}
        if shape.node.tag == DRAW + "control":
            found = self._boxes.line(shape.node)
        else:
            found = self._boxes.paragraphs(box, style)
        fill = self._styles.fill(style.family, style.name)
        placed = [replace(p, bbox=shape.bbox, shape=shape.number, fill=fill) for p in found]
        numbered = next(box.iter(TEXT + "page-number"), None) is not None
        if shape.kind in _RUNNING or numbered:
            yield from (_as_furniture(p) for p in placed)
        else:
            yield from placed

    def _table(self, table: Element, shape: _Shape) -> RawTable:
        def cell(node: Element) -> tuple[RawParagraph, ...]:
            row = node.getparent()
            usual = row.get(TABLE + "default-cell-style-name") if row is not None else None
            style = ShapeStyle("table-cell", node.get(TABLE + "style-name") or usual, None)
            return tuple(self._boxes.paragraphs(node, style))

        return RawTable(rows=self._grids.read(table, cell), bbox=shape.bbox, shape=shape.number)

    def _furniture(
        self, number: int, slide: Element, present: list[RawItem]
    ) -> Iterator[RawParagraph]:
        """What the master page draws on the slide: running texts each time, the rest once."""
        master = self._masters.of(slide)
        if master is None:
            return
        inline = self._master_boxes.inline
        inline.fields = {TEXT + "page-number": str(number), **self._masters.fields(slide)}
        seen = {p.text for p in present if isinstance(p, RawParagraph) and p.furniture}
        for shape in self._from_master(slide, master):
            box = shape.node.find(DRAW + "text-box")
            box = shape.node if box is None else box
            for p in self._master_boxes.paragraphs(box, ShapeStyle.of(shape.node)):
                if p.text not in seen:
                    yield _as_furniture(replace(p, bbox=shape.bbox))

    def _from_master(self, slide: Element, master: Element) -> Iterator[_Shape]:
        """One frame of each kind of running text; once, all that is only drawn on the master."""
        if master not in self._running:
            found: dict[str, list[_Shape]] = {}
            for shape in self._shapes(master):
                found.setdefault(shape.kind, []).append(shape)
            self._running[master] = found
        shapes = self._running[master]
        for kind in [kind for kind in shapes if self._masters.shows(slide, kind)]:
            yield from shapes[kind][:1] if kind else shapes.pop(kind)

    def _note_page(self, page: Element) -> Iterator[RawParagraph]:
        """What is written below the picture of the slide."""
        for node, _ in _drawn(page, Matrix(), self._masters.hidden_layers):
            kind = node.get(_CLASS)
            if kind not in {*_RUNNING, "page"} and node.get(PRESENTATION + "placeholder") != "true":
                box = node.find(DRAW + "text-box")
                yield from self._notes(node if box is None else box)

    def _notes(self, box: Element) -> Iterator[RawParagraph]:
        for p in self._boxes.paragraphs(box, ShapeStyle.of(box)):
            # A line break in the notes pane is a new line of notes.
            for line in p.text.split("\n"):
                if line.strip():
                    yield RawParagraph(text=line.strip(), level=p.level, role=BlockRole.NOTE)


def _drawn(
    parent: Element, frame: Matrix, hidden_layers: set[str]
) -> Iterator[tuple[Element, Matrix]]:
    """The shapes inside a page or group that are shown, with the frame that they lie in."""
    for node in parent:
        if node.tag not in SHAPES or node.get(DRAW + "display") == "none":
            continue
        if node.get(DRAW + "layer") in hidden_layers:
            continue
        if node.tag in {DRAW + "g", DRAW + "a"}:
            inside = frame.over(transform(node.get(DRAW + "transform")))
            yield from _drawn(node, inside, hidden_layers)
        else:
            yield node, frame


def _title(found: list[RawItem]) -> list[RawItem]:
    """A title is one line of meaning, however its lines are broken."""
    lines = [p for p in found if isinstance(p, RawParagraph)]
    if not lines:
        return found
    text = " ".join(p.text.replace("\n", " ") for p in lines)
    return [replace(lines[0], text=text, heading=0, listed=False, marker=None, level=0)]


def _as_furniture(paragraph: RawParagraph) -> RawParagraph:
    return replace(paragraph, furniture=True, role=BlockRole.FURNITURE)
