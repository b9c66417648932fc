"""ODT: the headings, paragraphs, lists, tables and frames of an OpenDocument text, in order.

What stands inside a paragraph is left to `odf_text`, what styles and list definitions say to
`odf_styles` and `odf_lists`, headers and footers to `odf_furniture`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.extractors.docx_text import leading_checkbox, shown_text, usual_size
from pipeline.extractors.odf_drawing import Grids, Objects, alternative_text
from pipeline.extractors.odf_furniture import running_parts
from pipeline.extractors.odf_lists import DEEPEST, OpenList, TextNumbering
from pipeline.extractors.odf_package import (
    DRAW,
    OFFICE,
    STYLE,
    TABLE,
    TEXT,
    Package,
    inner_text,
    number,
    opened,
)
from pipeline.extractors.odf_styles import Styles
from pipeline.extractors.odf_text import SHAPES, InlineReader, ParagraphContent, controls_of
from pipeline.model.document import BlockRole
from pipeline.model.raw import (
    RawCell,
    RawDocument,
    RawItem,
    RawLine,
    RawPage,
    RawParagraph,
    RawPicture,
    RawTable,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DEEPEST_HEADING = 9
_PARAGRAPHS = {TEXT + "p", TEXT + "h"}
_UNSEEN = {
    *(TEXT + n for n in ("tracked-changes", "sequence-decls", "variable-decls", "number")),
    *(TEXT + n for n in ("user-field-decls", "dde-connection-decls", "section-source")),
    *(OFFICE + n for n in ("forms", "event-listeners")),
    *(
        TEXT + f"{kind}-source"
        for kind in ("table-of-content", "illustration-index", "table-index", "object-index")
    ),
    *(TEXT + f"{kind}-source" for kind in ("user-index", "alphabetical-index", "bibliography")),
}


def extract(path: Path) -> RawDocument:
    """Read an ODT, OTT or FODT file; notes and comments follow the paragraph they belong to.

    Headers and footers come last. Raises `DamagedInputError` where the file cannot be read as an
    OpenDocument text, `EncryptedInputError` where it asks for a password, `LimitError` where it
    is not safe to open.
    """
    with opened(path, "text") as package:
        return _Reader(package).document()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a paragraph stands: its role, its box, its list and its depth in it, from 0.

    `starts` says that it is the first of its item, `start` that the item begins anew there.
    """

    role: BlockRole = BlockRole.BODY
    shape: int | None = None
    within: OpenList | None = None
    depth: int = 0
    starts: bool = False
    start: int | None = None


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._body_styles = Styles(package, package.content)
        self._controls = controls_of(package.content)
        self._objects = Objects(package)
        self._grids = Grids()
        self._shapes = 0
        self._use(self._body_styles)

    def _use(self, styles: Styles) -> None:
        """Read with the styles of the body, or with those of headers and footers."""
        self._styles = styles
        self._base = styles.default_look("paragraph")
        self._numbering = TextNumbering(styles.levels, styles.outline)
        self._inline = InlineReader(styles, self._controls, self._objects.formula)

    def document(self) -> RawDocument:
        """The whole document as one page."""
        items = list(self._blocks(self._package.body, _Place()))
        titles = (x.text for x in items if isinstance(x, RawParagraph) and x.heading == 0)
        title = next(titles, None)
        items.extend(self._furniture())
        page = RawPage(number=1, items=items)
        problems = self._package.problems
        return RawDocument(pages=[page], title=title, paged=False, problems=problems)

    def _blocks(self, parent: Element, place: _Place) -> Iterator[RawItem]:
        """The items of a body, a section, a cell, a box or a note; containers are walked."""
        for node in parent:
            if not isinstance(node.tag, str) or node.tag in _UNSEEN or _is_hidden(node):
                continue
            if node.tag in _PARAGRAPHS:
                yield from self._paragraph(node, place)
                place = replace(place, starts=False)
            elif node.tag == TEXT + "list":
                yield from self._list(node, place)
                place = replace(place, starts=False)
            elif node.tag == TEXT + "numbered-paragraph":
                depth = min(max(number(node.get(TEXT + "level"), 1) - 1, 0), DEEPEST)
                start = number(node.get(TEXT + "start-value"), -1)
                numbered = replace(place, within=self._numbering.numbered(node), depth=depth)
                began = None if start < 0 else start
                yield from self._blocks(node, replace(numbered, starts=True, start=began))
            elif node.tag == TABLE + "table":
                yield from self._table(node, place)
            elif node.tag == OFFICE + "annotation":
                yield from self._note(node)
            elif node.tag in SHAPES:
                yield from self._drawn(node, place)
            else:
                yield from self._blocks(node, place)

    def _list(self, node: Element, place: _Place) -> Iterator[RawItem]:
        """The items of a list; only the first paragraph of an item has the bullet or number."""
        if place.within is None:
            depth, opened_list = 0, self._numbering.open(node)
        else:
            depth = min(place.depth + 1, DEEPEST)
            opened_list = self._numbering.inside(node, place.within, depth)
        for item in node:
            if item.tag not in {TEXT + "list-item", TEXT + "list-header"}:
                continue
            start = number(item.get(TEXT + "start-value"), -1)
            inner = replace(
                place,
                within=self._numbering.item(item, opened_list),
                depth=depth,
                starts=item.tag == TEXT + "list-item",
                start=None if start < 0 else start,
            )
            yield from self._blocks(item, inner)

    def _paragraph(self, node: Element, place: _Place) -> Iterator[RawItem]:
        content = ParagraphContent()
        style = node.get(TEXT + "style-name")
        self._inline.read(node, content, self._styles.look("paragraph", style, self._base))
        if not content.hidden:
            yield from self._printed(node, content, place)
        unlisted = _Place(place.role, place.shape)
        for drawn in content.drawn:
            yield from self._drawn(drawn, unlisted)
        for note in content.notes:
            yield from self._note(note)

    def _printed(
        self, node: Element, content: ParagraphContent, place: _Place
    ) -> Iterator[RawParagraph]:
        """The paragraph itself; an empty one counts in its list but is not given."""
        style = node.get(TEXT + "style-name")
        heading = self._heading(node, style)
        marker = self._marker(node, style, place, heading)
        box, pieces = leading_checkbox(content.pieces, marker)
        text = shown_text(pieces)
        if not text.strip():
            return
        seen = [piece for piece in pieces if piece.text.strip()]
        level = place.depth or self._styles.list_depth(style)
        yield RawParagraph(
            text=text,
            size=usual_size(seen),
            bold=all(piece.look.bold for piece in seen),
            italic=all(piece.look.italic for piece in seen),
            level=0 if heading is not None else level,
            marker=box or marker,
            listed=bool(box or marker) and heading is None,
            heading=heading,
            style=self._styles.name("paragraph", style),
            role=place.role,
            shape=place.shape,
            furniture=place.role is BlockRole.FURNITURE,
        )

    def _heading(self, node: Element, style: str | None) -> int | None:
        """Title 0, else the outline level of the heading itself, else of its style."""
        depth = self._styles.title_or_heading(style)
        if node.tag == TEXT + "h" and depth != 0:
            return min(max(number(node.get(TEXT + "outline-level"), 1), 1), _DEEPEST_HEADING)
        return depth

    def _marker(
        self, node: Element, style: str | None, place: _Place, heading: int | None
    ) -> str | None:
        """The bullet or number: that of its list item, else that of the headings' outline."""
        if place.within is not None:
            return place.within.mark(place.depth, place.start) if place.starts else None
        if not heading or node.get(TEXT + "is-list-header") == "true":
            return None
        if self._styles.attribute("paragraph", style, STYLE + "list-style-name") is not None:
            return None
        start = number(node.get(TEXT + "start-value"), 1)
        anew = node.get(TEXT + "restart-numbering") == "true"
        return self._numbering.headings.mark(heading - 1, start if anew else None)

    def _drawn(self, node: Element, place: _Place) -> Iterator[RawItem]:
        """A frame or shape: its text as that of a box, else its picture; groups are walked."""
        if node.get(DRAW + "display") == "none":
            return
        if node.tag in {DRAW + "g", DRAW + "a"}:
            for inside in node:
                if inside.tag in SHAPES:
                    yield from self._drawn(inside, place)
            return
        if node.tag == DRAW + "control":
            yield from self._control(node, place)
            return
        box = node.find(DRAW + "text-box") if node.tag == DRAW + "frame" else node
        if box is not None:
            self._shapes += 1
            yield from self._blocks(box, _Place(place.role, self._shapes))
        elif place.role is not BlockRole.FURNITURE:
            text = alternative_text(node) or self._objects.chart_title(node)
            yield RawPicture(text=text)

    def _control(self, node: Element, place: _Place) -> Iterator[RawItem]:
        """A control that is anchored to a page rather than in a line."""
        content = ParagraphContent()
        self._inline.control(node, content, self._base)
        box, pieces = leading_checkbox(content.pieces, None)
        text = shown_text(pieces).strip()
        if text:
            yield RawParagraph(text=text, marker=box, listed=box is not None, role=place.role)

    def _note(self, node: Element) -> Iterator[RawItem]:
        """A footnote, endnote or comment with the number that is printed."""
        place = _Place(BlockRole.NOTE)
        if node.tag == OFFICE + "annotation":
            yield from self._blocks(node, place)
            return
        citation, body = node.find(TEXT + "note-citation"), node.find(TEXT + "note-body")
        marker = inner_text(citation).strip() if citation is not None else ""
        for item in self._blocks(body, place) if body is not None else ():
            if isinstance(item, RawParagraph) and marker:
                yield replace(item, marker=marker)
                marker = ""
            else:
                yield item

    def _table(self, node: Element, place: _Place) -> Iterator[RawItem]:
        """The grid, then what cells cannot hold: pictures, notes."""
        aside: list[RawItem] = []
        place = _Place(place.role, place.shape)
        rows = self._grids.read(node, lambda cell: self._cell(cell, place, aside))
        if any(cell for row in rows for cell in row):
            yield RawTable(rows=rows, role=place.role, shape=place.shape)
        yield from aside

    def _cell(self, node: Element, place: _Place, aside: list[RawItem]) -> RawCell:
        held: list[RawParagraph | RawLine] = []
        for item in self._blocks(node, place):
            if isinstance(item, RawParagraph) and item.role is place.role:
                held.append(item)
            elif isinstance(item, RawTable) and item.role is place.role:
                held.extend(x for row in item.rows for cell in row for x in cell)
            else:
                aside.append(item)
        return tuple(held)

    def _furniture(self) -> Iterator[RawItem]:
        """Headers, then footers, each distinct one once."""
        self._use(Styles(self._package, self._package.styles))
        seen: set[tuple[str, ...]] = set()
        for part in running_parts(self._package, self._body_styles):
            items = list(self._blocks(part, _Place(BlockRole.FURNITURE)))
            texts = tuple(text for item in items for text in _texts(item))
            if texts not in seen:
                yield from items
            seen.add(texts)


def _is_hidden(node: Element) -> bool:
    """Whether a section is hidden, always or by its condition when the file was saved."""
    if node.tag != TEXT + "section":
        return False
    display = node.get(TEXT + "display")
    return display == "none" or (display == "condition" and node.get(TEXT + "is-hidden") == "true")


def _texts(item: RawItem) -> Iterator[str]:
    if isinstance(item, RawTable):
        yield from (x.text for row in item.rows for cell in row for x in cell)
    elif isinstance(item, RawParagraph):
        yield item.text
