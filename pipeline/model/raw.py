"""What extractors hand to layout: lines, paragraphs, tables and pictures as the file has them.

Formats that draw (PDF, text) give `RawLine`s, which layout joins; formats that know their
paragraphs (PPTX, DOCX, Markdown) give `RawParagraph`s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.document import BBox, BlockRole, Problem


@dataclass(frozen=True, slots=True)
class RawLine:
    """One printed line. Without `bbox` (plain text), `indent` counts columns from the left."""

    text: str
    bbox: BBox | None = None
    size: float | None = None
    bold: bool = False
    italic: bool = False
    color: str | None = None
    indent: int = 0
    box: int | None = None
    """Index into `RawPage.boxes` of the smallest drawn box around the line."""
    angle: float = 0.0
    """How far the text runs downwards, in degrees; `turned` is its box as if it were level."""
    turned: BBox | None = None


@dataclass(frozen=True, slots=True)
class RawParagraph:
    """One paragraph that the file itself knows as whole; `text` may hold soft line breaks.

    `heading` is the declared heading depth (0 = document or slide title, 1 = Heading 1, …);
    `marker` is a bullet or number that the file draws but does not hold as text.
    """

    text: str
    bbox: BBox | None = None
    size: float | None = None
    bold: bool = False
    italic: bool = False
    color: str | None = None
    level: int = 0
    marker: str | None = None
    listed: bool = False
    heading: int | None = None
    style: str | None = None
    role: BlockRole = BlockRole.BODY
    shape: int | None = None
    """Number of the text box or shape that holds the paragraph."""
    fill: str | None = None
    furniture: bool = False
    lines: tuple[RawLine, ...] = ()
    """The printed lines, where the file tells both them and the paragraph (a tagged PDF)."""


RawCell = tuple[RawParagraph | RawLine, ...]
"""What a cell holds: whole paragraphs, or printed lines that layout joins."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A grid of cells. Merged cells repeat nothing: their text stands once, the rest is empty."""

    rows: tuple[tuple[RawCell, ...], ...]
    bbox: BBox | None = None
    role: BlockRole = BlockRole.BODY
    shape: int | None = None


@dataclass(frozen=True, slots=True)
class RawPicture:
    """A picture or chart; `text` is its alternative text or title, if any."""

    text: str = ""
    bbox: BBox | None = None


RawItem = RawLine | RawParagraph | RawTable | RawPicture


@dataclass(frozen=True, slots=True)
class RawBox:
    """A filled or framed rectangle drawn on a page."""

    bbox: BBox
    fill: str | None = None


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page as drawn; `items` in the file's own order."""

    number: int
    items: Sequence[RawItem]
    width: float | None = None
    height: float | None = None
    label: str | None = None
    hidden: bool = False
    boxes: Sequence[RawBox] = ()
    tagged: bool = False
    """Whether the items stand in the reading order, with headings and lists as declared."""
    confidence: float | None = None
    """How sure text recognition was of the page (0..1), null where it was not needed."""


@dataclass(frozen=True, slots=True)
class RawDocument:
    """All that an extractor found in one file."""

    pages: Sequence[RawPage]
    title: str | None = None
    paged: bool = True
    problems: Sequence[Problem] = ()
    ocr_pages: Sequence[int] = ()
    """Numbers of the pages whose text comes from text recognition, ours or an earlier one."""
