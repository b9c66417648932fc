"""What a file shows, neutral of format and of meaning: `Document`, `Page`, `Block`.

Light frozen dataclasses: an archive has hundreds of thousands of blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

BBox = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the top left corner of the page."""


UNSURE = "ocr"
"""Name of the style of notes that text recognition was not sure of."""


class BlockKind(StrEnum):
    """What a block looks like on the page."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    FIGURE = "figure"


class BlockRole(StrEnum):
    """Whether a block is part of the reading order."""

    BODY = "body"
    NOTE = "note"
    FURNITURE = "furniture"


CITED = "quote"
"""Name of the style of notes that are an earlier mail, quoted."""

OFF_PAGE, HIDDEN, INVISIBLE = "off-page", "hidden", "invisible"
"""Names of styles that say why furniture is not seen: such blocks are kept, and nothing more."""

LOOSE = 0
"""The group of blocks that belong to no group of their page."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a block is drawn, as far as the format says: `size` in points."""

    size: float | None = None
    bold: bool = False
    italic: bool = False
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, bullet, cell grid or picture.

    `level` counts from 0; for headings it is the depth below the page title. `rows` is set for
    tables only; `text` of a table is its cells joined by tabs and its rows by line ends.
    """

    id: str
    kind: BlockKind
    text: str
    role: BlockRole = BlockRole.BODY
    level: int = 0
    marker: str | None = None
    rows: tuple[tuple[str, ...], ...] | None = None
    bbox: BBox | None = None
    style: Style | None = None
    language: str | None = None
    group: int | None = None
    """Blocks drawn in one box or column share a group number; null where nothing is drawn.

    `LOOSE` are those that lie under none of the headings of a page that has such.
    """

    @property
    def unsure(self) -> bool:
        """Whether text recognition may have invented it, so that no record may rest on it."""
        return self.role is BlockRole.NOTE and self.style is not None and self.style.name == UNSURE

    @property
    def cited(self) -> bool:
        """Whether it stands in a mail as a quote of an earlier one, said on another occasion."""
        return self.role is BlockRole.NOTE and self.style is not None and self.style.name == CITED

    @property
    def unseen(self) -> bool:
        """Whether the file holds the block and does not show it."""
        return self.style is not None and self.style.name in {OFF_PAGE, HIDDEN, INVISIBLE}


@dataclass(frozen=True, slots=True)
class Page:
    """A slide, a page, or the whole of a document without pages; `number` counts from 1."""

    number: int
    blocks: tuple[Block, ...]
    width: float | None = None
    height: float | None = None
    label: str | None = None
    hidden: bool = False
    confidence: float | None = None
    """How sure text recognition was of the page (0..1), null where it was not needed."""

    @property
    def title(self) -> Block | None:
        """The block that names the page, if any."""
        return next((b for b in self.blocks if b.kind is BlockKind.TITLE), None)

    @property
    def body(self) -> tuple[Block, ...]:
        """The blocks of the reading order."""
        return tuple(b for b in self.blocks if b.role is BlockRole.BODY)


@dataclass(frozen=True, slots=True)
class Problem:
    """A soft failure while reading: data, not an exception."""

    code: str
    message: str
    hint: str = ""
    page: int | None = None
    severity: Literal["info", "warning", "error"] = "warning"


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """Where a document was read from; `path` is relative to what the user named."""

    id: str
    path: str
    sha256: str
    media_type: str
    extractor: str
    title: str | None = None
    ocr_pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """All that one file shows, in reading order."""

    source: SourceInfo
    pages: tuple[Page, ...]
    language: str | None = None
    paged: bool = True
    """False for formats without pages of their own (DOCX, Markdown, running text)."""
    problems: tuple[Problem, ...] = field(default=())

    def blocks(self) -> Iterator[tuple[Page, Block]]:
        """Every block with its page, furniture and notes included."""
        for page in self.pages:
            for block in page.blocks:
                yield page, block
