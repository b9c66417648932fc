"""Contents in reading order -> blocks, with ids that hold when pages come or go before them."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.layout.markers import starts_with_clock
from pipeline.layout.regions import Content
from pipeline.layout.tables import rows_of, table_text
from pipeline.model.document import LOOSE, Block, BlockKind, BlockRole, Style
from pipeline.model.ids import IdMaker
from pipeline.model.raw import RawParagraph, RawPicture, RawTable
from pipeline.model.text import clean

FOUND = "found-heading"
"""The style of headings that no file declares and their look tells."""

_DEEPEST = 9

Placed = tuple[Content, int | None]
"""A content and the number of the group (column, box) that it stands in."""


class BlockMaker:
    """Makes blocks with ids of their text and heading path, over all pages of a document."""

    def __init__(self, paged: bool) -> None:
        self._ids = IdMaker()
        self._paged = paged
        self._path: dict[int, str] = {}

    def page(self, contents: Iterable[Placed]) -> list[Block]:
        """The blocks of a page."""
        if self._paged:
            self._path = {}
        return [b for content, group in contents if (b := self._block(content, group))]

    def _block(self, content: Content, group: int | None) -> Block | None:
        if isinstance(content, RawTable):
            rows = rows_of(content)
            if not rows:
                return None
            text = table_text(rows)
            return Block(
                id=self._id(text), kind=BlockKind.TABLE, text=text, role=content.role,
                rows=rows, bbox=content.bbox, group=group,
            )  # fmt: skip
        if isinstance(content, RawPicture):
            text = clean(content.text)
            return Block(
                id=self._id(text or "figure"), kind=BlockKind.FIGURE, text=text,
                bbox=content.bbox, group=group,
            )  # fmt: skip
        return self._paragraph(content, group)

    def _paragraph(self, p: RawParagraph, group: int | None) -> Block | None:
        # Tabs of an agenda line part time, title and speaker.
        tabbed = "\t" in p.text and starts_with_clock(p.text)
        text = "\t".join(filter(None, map(clean, p.text.split("\t")))) if tabbed else clean(p.text)
        if not text:
            return None
        kind, level = self._kind(p)
        if group == LOOSE:
            self._path = {k: v for k, v in self._path.items() if k == 0}
        if kind in (BlockKind.TITLE, BlockKind.HEADING):
            self._path = {k: v for k, v in self._path.items() if k < level}
        block = Block(
            id=self._id(text),
            kind=kind,
            text=text,
            role=p.role,
            level=level,
            marker=p.marker,
            bbox=p.bbox,
            style=Style(p.size, p.bold, p.italic, p.style),
            group=group,
        )
        if kind in (BlockKind.TITLE, BlockKind.HEADING):
            self._path[level] = text
        return block

    def _kind(self, p: RawParagraph) -> tuple[BlockKind, int]:
        if p.furniture or p.role is not BlockRole.BODY:
            return BlockKind.LIST_ITEM if p.listed else BlockKind.PARAGRAPH, p.level
        if p.heading == 0:
            return BlockKind.TITLE, 0
        if p.heading is not None:
            return BlockKind.HEADING, p.heading
        if p.style == FOUND:
            return BlockKind.HEADING, _DEEPEST
        return BlockKind.LIST_ITEM if p.listed else BlockKind.PARAGRAPH, p.level

    def _id(self, text: str) -> str:
        return self._ids("block", *self._path.values(), text)
