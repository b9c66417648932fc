"""One page of a PDF: characters, shapes and tags put together as lines, paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any

from pipeline.extractors import pdf_hidden, pdf_tables, pdf_tagged, pdf_tags
from pipeline.extractors.pdf_glyphs import glyphs
from pipeline.extractors.pdf_lines import Glyph, lines_of
from pipeline.extractors.pdf_shapes import Shapes, shapes_of
from pipeline.extractors.pdf_tags import TaggedTable
from pipeline.model.document import BlockRole
from pipeline.model.raw import RawBox, RawItem, RawLine, RawPage, RawParagraph

_OFTEN = 4096


class PageTimeoutError(Exception):
    """A page takes longer to read than one page may."""


@dataclass(slots=True)
class DrawnPage:
    """A page as walked: its characters, what is drawn around them, and its tag tree if trusted."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    shapes: Shapes = field(default_factory=Shapes)
    tree: list[pdf_tags.TaggedItem] = field(default_factory=list)
    unseen: set[int] = field(default_factory=set)
    covered: float | None = None
    """How much of the page pictures cover (0..1), null on a turned page."""

    def __post_init__(self) -> None:
        if self.tree and not pdf_tagged.covers(self.tree, self.glyphs):
            self.tree = []

    @property
    def may_hold_tables(self) -> bool:
        """Whether drawn lines may tell more than the tags do."""
        unclear = not self.tree or any(isinstance(t, TaggedTable) and t.ragged for t in self.tree)
        return bool(self.glyphs) and unclear


def walk(page: Any, number: int, *, tagged: bool, seconds: float) -> DrawnPage:
    """Everything that a page draws; raises `PageTimeoutError` after so many seconds."""
    end = monotonic() + seconds
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        found = list(_until(end, glyphs(page, textpage, tagged=tagged)))
        tree = pdf_tags.tree_of(page) if tagged else []
        level = not page.get_rotation()
        shapes = shapes_of(page) if level else Shapes()
        unseen = pdf_hidden.hidden(page, found, shapes)
    finally:
        textpage.close()
    if monotonic() > end:
        raise PageTimeoutError
    covered = shapes.covered(width, height) if level else None
    return DrawnPage(number, width, height, found, shapes, tree, unseen, covered)


def _until(end: float, found: Iterator[Glyph]) -> Iterator[Glyph]:
    for n, glyph in enumerate(found):
        if n % _OFTEN == 0 and monotonic() > end:
            raise PageTimeoutError
        yield glyph


def _in_box(line: RawLine, boxes: list[RawBox]) -> RawLine:
    """The line with the number of the smallest box that it lies in."""
    assert line.bbox is not None
    x0, top, x1, bottom = line.bbox
    middle = (top + bottom) / 2
    best, area = None, float("inf")
    for n, box in enumerate(boxes):
        bx0, btop, bx1, bbottom = box.bbox
        size = (bx1 - bx0) * (bbottom - btop)
        if bx0 - 2 <= x0 and x1 <= bx1 + 2 and btop - 1 <= middle <= bbottom + 1 and size < area:
            best, area = n, size
    return line if best is None else replace(line, box=best)


def _unseen(page: DrawnPage) -> list[RawParagraph]:
    """Text that nobody sees is kept, but takes no part in the page."""
    lines = lines_of(g for g in page.glyphs if g.index in page.unseen)
    return [
        RawParagraph(
            text=x.text, bbox=x.bbox, size=x.size, style="hidden", role=BlockRole.FURNITURE,
            furniture=True,
        )
        for x in lines
    ]  # fmt: skip


def put_together(page: DrawnPage) -> RawPage:
    """The page with its paragraphs by tags, or its tables taken out of the running lines."""
    items: list[RawItem] = []
    rest = [g for g in page.glyphs if g.index not in page.unseen]
    boxes = page.shapes.boxes
    grids = pdf_tables.find(page.shapes.edges, rest) if page.may_hold_tables else []
    if page.tree:
        items, rest = pdf_tagged.items_of(page.tree, rest, grids)
        grids = []
        items.extend(pdf_tagged.artifacts(rest))
        rest = [g for g in rest if not g.artifact]
    for grid in grids:
        table, left = pdf_tables.fill(grid, rest)
        if table is not None:
            items.append(table)
            rest = left
    items.extend(_in_box(line, boxes) for line in lines_of(rest))
    items.extend(_unseen(page))
    return RawPage(
        number=page.number, items=items, width=page.width, height=page.height, boxes=boxes,
        tagged=bool(page.tree),
    )  # fmt: skip
