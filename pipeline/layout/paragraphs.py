"""Paragraphs that a file knows as whole: soft line breaks, headings by depth, frames.

A tagged PDF tells paragraphs and the lines they were printed in; other formats tell where
somebody broke a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.layout.lines import mend
from pipeline.layout.markers import split_marker, starts_with_clock
from pipeline.model.document import BlockRole
from pipeline.model.raw import RawItem, RawPage, RawParagraph
from pipeline.model.text import clean

_CLOSE = 1.3


def part_lines(paragraph: RawParagraph) -> list[RawParagraph]:
    """A paragraph parted where its soft line breaks start a new item, else joined.

    People break lines inside one paragraph to make lists: «- boka / - bjuda in».
    """
    printed = bool(paragraph.lines)
    lines = [x for x in paragraph.text.split("\n") if x.strip()]
    groups: list[list[str]] = []
    for line in lines:
        if groups and not _begins(line, groups[0][0], printed):
            groups[-1].append(line)
        else:
            groups.append([line])
    out = []
    for group in groups:
        joined = mend(group) if printed else " ".join(group)
        text = joined if starts_with_clock(group[0]) else clean(joined)
        marker, rest = (paragraph.marker, text) if paragraph.marker else split_marker(text)
        if paragraph.listed and not printed:
            marker, rest = paragraph.marker, text
        listed = paragraph.listed or marker is not None
        out.append(replace(paragraph, text=rest, marker=marker, listed=listed, lines=()))
    return out


def _begins(line: str, first: str, printed: bool) -> bool:
    """Whether a line starts a new item.

    A printed line may begin with a dash or a time by chance, so that it must look like the
    paragraph's first line to be an item.
    """
    marker, clock = split_marker(line)[0], starts_with_clock(line)
    if not printed:
        return marker is not None or clock
    return (marker is not None and marker == split_marker(first)[0]) or (
        clock and starts_with_clock(first)
    )


def slide(page: RawPage) -> RawPage:
    """A tagged slide: its first heading is its title, paragraphs close together share a frame."""
    items: list[RawItem] = []
    titled: int | None = None
    for item in _framed(page.items):
        if isinstance(item, RawParagraph) and item.heading is not None:
            first = titled in (None, item.shape)
            titled = item.shape if first else titled
            item = replace(item, heading=0 if first else max(1, item.heading - 1))
        items.append(item)
    return replace(page, items=items)


def running(page: RawPage) -> RawPage:
    """A tagged page of running text: a heading without a depth is one of the first."""
    return replace(page, items=[
        replace(x, heading=1) if isinstance(x, RawParagraph) and x.heading == 0 else x
        for x in page.items
    ])  # fmt: skip


def _framed(items: Sequence[RawItem]) -> list[RawItem]:
    """Paragraphs that follow each other closely as if from one frame.

    Some programs tag each paragraph by itself and leave out the frame around them.
    """
    out: list[RawItem] = []
    last: RawParagraph | None = None
    for item in items:
        if not isinstance(item, RawParagraph) or item.role is not BlockRole.BODY:
            out.append(item)
            continue
        if last is not None and last.shape != item.shape and _follows(last, item):
            item = replace(item, shape=last.shape)
        out.append(item)
        last = item
    return out


def _follows(last: RawParagraph, item: RawParagraph) -> bool:
    if last.bbox is None or item.bbox is None or (last.heading is None) != (item.heading is None):
        return False
    size = max(last.size or 12.0, item.size or 12.0)
    gap = item.bbox[1] - last.bbox[3]
    over = min(last.bbox[2], item.bbox[2]) - max(last.bbox[0], item.bbox[0])
    level = item.listed or last.listed or abs((last.size or 0) - (item.size or 0)) < 0.2 * size
    return -0.5 * size <= gap <= _CLOSE * size and over > 0 and level
