"""Text of a PDF page that nobody sees: off the page, or in the colour of what lies under it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.extractors.pdf_lines import Glyph, lines_with_glyphs
from pipeline.extractors.pdf_shapes import Shapes
from pipeline.model.document import BBox
from pipeline.model.raw import RawLine

_LIGHT = 0xE8
_CONTRAST = 10
_SCALE = 1.0
_LARGEST = 4000.0
_MOST = 0.8


def hidden(page: Any, glyphs: Sequence[Glyph], shapes: Shapes) -> set[int]:
    """The indexes of characters in lines off the page, or drawn white on white.

    Light text is only suspected; the page is rendered to see whether anything shows there, for a
    dark ground may be a picture or a gradient of a thousand strips.
    """
    width, height = page.get_size()
    level = [g for g in glyphs if not g.angle and not g.char.isspace()]
    off = {g.index for g in level if _is_off(g, width, height)}
    suspected = [g for g in level if g.index not in off and _is_light(g)]
    suspected = [g for g in suspected if not _on_dark(g, shapes)]
    unseen: set[int] = set()
    if suspected and max(width, height) * _SCALE <= _LARGEST:
        unseen = _unseen(page, suspected)
    if not off and not unseen:
        return set()
    lines = lines_with_glyphs(level)
    found = _beside(lines, off)
    for _, members in lines:
        if sum(g.index in unseen for g in members) >= _MOST * len(members):
            found |= {g.index for g in members}
    return found


def _beside(lines: Sequence[tuple[RawLine, list[Glyph]]], off: set[int]) -> set[int]:
    """The characters of lines wholly off the page, but for text that runs over its edge."""
    outside = [(x, m) for x, m in lines if all(g.index in off for g in m)]
    inside = [x for x, m in lines if not all(g.index in off for g in m)]
    while grown := [(x, m) for x, m in outside if any(_adjoin(x, y) for y in inside)]:
        inside.extend(x for x, _ in grown)
        outside = [pair for pair in outside if not any(pair[0] is x for x, _ in grown)]
    return {g.index for _, members in outside for g in members}


def _adjoin(a: RawLine, b: RawLine) -> bool:
    """Whether two lines follow each other as in one text box."""
    if a.bbox is None or b.bbox is None:
        return False
    size = max(a.size or 12.0, b.size or 12.0)
    gap = max(a.bbox[1], b.bbox[1]) - min(a.bbox[3], b.bbox[3])
    over = min(a.bbox[2], b.bbox[2]) - max(a.bbox[0], b.bbox[0])
    beside = abs(a.bbox[3] - b.bbox[3]) < 0.3 * size and -over < 1.5 * size
    return (gap < 0.8 * size and over > 0) or beside


def _is_off(g: Glyph, width: float, height: float) -> bool:
    return g.x1 <= 0 or g.x0 >= width or g.baseline <= 0 or g.baseline - g.size >= height


def _is_light(g: Glyph) -> bool:
    return all(int(g.color[n : n + 2], 16) >= _LIGHT for n in (0, 2, 4))


def _on_dark(g: Glyph, shapes: Shapes) -> bool:
    """Whether something that is not light, or a picture, is drawn around the character."""
    x, y = (g.x0 + g.x1) / 2, g.baseline - 0.3 * g.size
    if _is_dark(shapes.ground) or any(_holds(box, x, y) for box in shapes.pictures):
        return True
    return any(_is_dark(box.fill) and _holds(box.bbox, x, y) for box in shapes.boxes)


def _is_dark(color: str | None) -> bool:
    return bool(color) and any(int((color or "")[n : n + 2], 16) < _LIGHT - 0x20 for n in (0, 2, 4))


def _holds(box: BBox, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _unseen(page: Any, glyphs: Sequence[Glyph]) -> set[int]:
    """Characters whose place shows one even colour on the rendered page."""
    picture = page.render(scale=_SCALE, grayscale=True).to_pil()
    found: set[int] = set()
    for g in glyphs:
        area = _area(g, picture.size)
        if area is not None:
            darkest, lightest = picture.crop(area).getextrema()
            if lightest - darkest < _CONTRAST:
                found.add(g.index)
    return found


def _area(g: Glyph, size: tuple[int, int]) -> tuple[int, int, int, int] | None:
    box: BBox = (g.x0, g.baseline - 0.8 * g.size, g.x1, g.baseline + 0.1 * g.size)
    x0, top, x1, bottom = (int(v * _SCALE) for v in box)
    x0, top, x1, bottom = max(0, x0), max(0, top), min(size[0], x1 + 1), min(size[1], bottom + 1)
    return (x0, top, x1, bottom) if x1 > x0 and bottom > top else None
