"""Tagged pages of a PDF: what the tag tree names, put together with the characters drawn for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from pipeline.extractors.pdf_lines import Glyph, lines_of
from pipeline.extractors.pdf_tables import Grid, fill
from pipeline.extractors.pdf_tags import (
    Tagged,
    TaggedFigure,
    TaggedItem,
    TaggedTable,
    contents_of,
)
from pipeline.model.document import BBox, BlockRole
from pipeline.model.raw import RawItem, RawLine, RawParagraph, RawPicture, RawTable

_ENOUGH = 0.9


def covers(tree: Sequence[TaggedItem], glyphs: Sequence[Glyph]) -> bool:
    """Whether the tags name nearly all text; a tree that leaves much out is not to be trusted."""
    named = {number for item in tree for number in contents_of(item)}
    text = [g for g in glyphs if not g.char.isspace() and not g.artifact]
    return bool(text) and sum(g.tag in named for g in text) >= _ENOUGH * len(text)


def items_of(
    tree: Sequence[TaggedItem], glyphs: Sequence[Glyph], grids: Sequence[Grid] = ()
) -> tuple[list[RawItem], list[Glyph]]:
    """The paragraphs, tables and pictures of a tagged page, and the characters outside them.

    `grids` are those that the page draws: they tell the columns of a table whose tags do not.
    """
    drawn: dict[int, list[Glyph]] = {}
    for g in glyphs:
        if g.tag is not None:
            drawn.setdefault(g.tag, []).append(g)
    used = {number for item in tree for number in contents_of(item)}
    items: list[RawItem] = []
    for item in tree:
        if isinstance(item, TaggedTable):
            table = (_ruled(item, drawn, grids) if item.ragged else None) or _table(item, drawn)
            if table is not None:
                items.append(table)
        elif isinstance(item, TaggedFigure):
            items.append(RawPicture(item.text))
        elif (paragraph := _paragraph(item, drawn)) is not None:
            items.append(paragraph)
    return items, [g for g in glyphs if g.tag not in used]


def artifacts(glyphs: Sequence[Glyph]) -> list[RawParagraph]:
    """Lines that the file itself sets apart from its content, such as page numbers."""
    return [
        RawParagraph(
            text=line.text, bbox=line.bbox, size=line.size, role=BlockRole.FURNITURE, furniture=True
        )
        for line in lines_of(g for g in glyphs if g.artifact)
    ]


def _paragraph(item: Tagged, drawn: dict[int, list[Glyph]]) -> RawParagraph | None:
    lines = _rows(lines_of(g for number in item.contents for g in drawn.get(number, ())))
    if not lines:
        return None
    label = " ".join(x.text for x in lines_of(g for n in item.label for g in drawn.get(n, ())))
    listed = item.heading is None and item.level is not None
    # A number before a heading is part of its text; before a list item it is the marker.
    text = "\n".join(line.text for line in lines)
    return RawParagraph(
        text=text if listed or not label else f"{label} {text}",
        bbox=_hull(x.bbox for x in lines if x.bbox),
        size=median(x.size for x in lines if x.size),
        bold=all(x.bold for x in lines),
        italic=all(x.italic for x in lines),
        color=lines[0].color,
        level=(item.level or 0) if listed else 0,
        marker=(label or None) if listed else None,
        listed=listed,
        heading=item.heading,
        shape=item.shape,
        role=BlockRole.NOTE if item.note else BlockRole.BODY,
        lines=tuple(lines),
    )


def _rows(lines: Sequence[RawLine]) -> list[RawLine]:
    """Parts of one printed line that a tab keeps apart, as one line."""
    out: list[RawLine] = []
    for line in lines:
        last = out[-1].bbox if out else None
        if last and line.bbox and abs(last[3] - line.bbox[3]) < 1 and line.bbox[0] >= last[2]:
            merged = f"{out[-1].text}\t{line.text}"
            out[-1] = _joined(out[-1], line, merged)
        else:
            out.append(line)
    return out


def _joined(a: RawLine, b: RawLine, text: str) -> RawLine:
    bbox = _hull(x.bbox for x in (a, b) if x.bbox)
    return RawLine(text, bbox, a.size, a.bold and b.bold, a.italic and b.italic, a.color)


def _table(item: TaggedTable, drawn: dict[int, list[Glyph]]) -> RawTable | None:
    rows = tuple(
        tuple(
            tuple(p for tagged in cell if (p := _paragraph(tagged, drawn)) is not None)
            for cell in row
        )
        for row in item.rows
    )
    places = [p.bbox for row in rows for cell in row for p in cell if p.bbox]
    return RawTable(rows=rows, bbox=_hull(places), shape=item.shape) if places else None


def _ruled(
    item: TaggedTable, drawn: dict[int, list[Glyph]], grids: Sequence[Grid]
) -> RawTable | None:
    """A table by its drawn lines, where they hold all of its text."""
    glyphs = [g for number in contents_of(item) for g in drawn.get(number, ())]
    for grid in grids:
        table, rest = fill(grid, glyphs)
        if table is not None and not any(not g.char.isspace() for g in rest):
            return table
    return None


def _hull(boxes: Iterable[BBox]) -> BBox:
    found = list(boxes)
    return (
        min(b[0] for b in found),
        min(b[1] for b in found),
        max(b[2] for b in found),
        max(b[3] for b in found),
    )
