"""Text of ODP shapes: paragraphs with the looks, bullets and levels that their styles give them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.extractors.docx_numbering import Look
from pipeline.extractors.docx_text import leading_checkbox, shown_text, usual_size
from pipeline.extractors.odf_lists import DEEPEST, ROUND, Levels, SlideNumbering
from pipeline.extractors.odf_package import DRAW, PRESENTATION, TEXT, number
from pipeline.extractors.odf_styles import Styles
from pipeline.extractors.odf_text import InlineReader, ParagraphContent
from pipeline.model.raw import RawParagraph

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ROUND = dict.fromkeys(range(DEEPEST + 1), ROUND)
_PARAGRAPHS = {TEXT + "p", TEXT + "h"}


@dataclass(frozen=True, slots=True)
class ShapeStyle:
    """The styles of a shape: one of `family` «presentation» or «graphic», one for its text."""

    family: str
    name: str | None
    text: str | None

    @classmethod
    def of(cls, shape: Element) -> ShapeStyle:
        """The styles that a shape names."""
        text = shape.get(DRAW + "text-style-name")
        if (name := shape.get(PRESENTATION + "style-name")) is not None:
            return cls("presentation", name, text)
        return cls("graphic", shape.get(DRAW + "style-name"), text)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in its box a paragraph stands: its list and depth, whether it begins an item."""

    levels: Levels | None = None
    depth: int = 0
    starts: bool = False
    start: int | None = None


class BoxReader:
    """Reads the paragraphs of shapes and cells; `inline` reads what stands inside of them."""

    def __init__(self, styles: Styles, inline: InlineReader) -> None:
        self._styles = styles
        self.inline = inline

    def paragraphs(self, box: Element, style: ShapeStyle) -> list[RawParagraph]:
        """The paragraphs of one box in order, empty ones left out, without their place."""
        return list(self._blocks(box, style, SlideNumbering(), _Place()))

    def line(self, control: Element) -> list[RawParagraph]:
        """What a control of a form shows."""
        content = ParagraphContent()
        self.inline.control(control, content, Look())
        return list(_printed(content, None, 0))

    def _blocks(
        self, parent: Element, style: ShapeStyle, numbering: SlideNumbering, place: _Place
    ) -> Iterator[RawParagraph]:
        for node in parent:
            if node.tag in _PARAGRAPHS:
                yield from self._paragraph(node, style, numbering, place)
                place = replace(place, starts=False)
            elif node.tag == TEXT + "list":
                yield from self._list(node, style, numbering, place)
                place = replace(place, starts=False)

    def _list(
        self, node: Element, style: ShapeStyle, numbering: SlideNumbering, place: _Place
    ) -> Iterator[RawParagraph]:
        """The items of a list, whose style it names, takes from around it or from its shape."""
        depth = 0 if place.levels is None else min(place.depth + 1, DEEPEST)
        levels = self._styles.levels(node.get(TEXT + "style-name")) or place.levels
        levels = levels or self._styles.frame_levels(style.family, style.name) or _ROUND
        for item in node:
            start = number(item.get(TEXT + "start-value"), -1)
            starts = item.tag == TEXT + "list-item"
            inner = _Place(levels, depth, starts, None if start < 0 else start)
            yield from self._blocks(item, style, numbering, inner)

    def _paragraph(
        self, node: Element, style: ShapeStyle, numbering: SlideNumbering, place: _Place
    ) -> Iterator[RawParagraph]:
        content = ParagraphContent()
        look = self._look(node, style, place.depth)
        self.inline.read(node, content, look)
        marker = None
        if place.levels is not None and place.starts:
            marker = numbering.mark(place.levels, place.depth, place.start)
        elif place.levels is not None:
            numbering.passed(place.depth)
        yield from _printed(content, marker, place.depth)

    def _look(self, node: Element, style: ShapeStyle, depth: int) -> Look:
        """From the general to the special: drawings, the shape, its text, the paragraph."""
        look = self._styles.default_look("graphic")
        look = self._styles.level_look(style.family, style.name, depth, look)
        for name in (style.text, node.get(TEXT + "style-name")):
            look = self._styles.look("paragraph", name, look)
        return look


def _printed(content: ParagraphContent, marker: str | None, depth: int) -> Iterator[RawParagraph]:
    box, pieces = leading_checkbox(content.pieces, marker)
    text = shown_text(pieces)
    if not text.strip() or content.hidden:
        return
    seen = [piece for piece in pieces if piece.text.strip()]
    yield RawParagraph(
        text=text,
        size=usual_size(seen),
        bold=all(piece.look.bold for piece in seen),
        italic=all(piece.look.italic for piece in seen),
        level=depth,
        marker=box or marker,
        listed=bool(box or marker),
    )
