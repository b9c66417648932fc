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
from pipeline.model.raw import RawItem, RawLine, RawPage, RawParagraph
from pipeline.model.text import clean

_CLOSE = 1.3


def part_lines(paragraph: RawParagraph, right: float | None = None) -> list[RawParagraph]:
    """A paragraph parted where its soft line breaks start a new item, else joined.

    People break lines inside one paragraph to make lists: «- boka / - bjuda in». Where only the
    printed lines are known, `right` is how far lines of its column reach.
    """
    if paragraph.lines:
        return _part_printed(paragraph, right)
    groups: list[list[str]] = []
    for line in (x for x in paragraph.text.split("\n") if x.strip()):
        if groups and split_marker(line)[0] is None and not starts_with_clock(line):
            groups[-1].append(line)
        else:
            groups.append([line])
    out = []
    for group in groups:
        text = " ".join(group) if starts_with_clock(group[0]) else clean(" ".join(group))
        marker, rest = (paragraph.marker, text) if paragraph.listed else split_marker(text)
        listed = paragraph.listed or marker is not None
        same = rest == paragraph.text and marker == paragraph.marker
        changed = replace(paragraph, text=rest, marker=marker, listed=listed)
        out.append(paragraph if same else changed)
    return out


def _part_printed(paragraph: RawParagraph, right: float | None) -> list[RawParagraph]:
    """The same where a line may have ended because it was full.

    A line that begins with a dash or a time by chance is no item: it must look like the first
    line, and must have had room after the line before it.
    """
    edge = max(right or 0.0, *(x.bbox[2] for x in paragraph.lines if x.bbox))
    texts = paragraph.text.split("\n")  # a heading's number stands before its first line
    groups: list[list[str]] = []
    for n, text in enumerate(texts):
        room = n > 0 and _had_room(paragraph.lines[n - 1], paragraph.lines[n], edge)
        if groups and not (room and _alike(text, texts[0])):
            groups[-1].append(text)
        else:
            groups.append([text])
    out: list[RawParagraph] = []
    for group in groups:
        marker, rest = paragraph.marker, mend(group)
        if marker is None or len(out) > 0:
            marker, rest = split_marker(rest)
        listed = paragraph.listed or marker is not None
        out.append(replace(paragraph, text=rest, marker=marker, listed=listed, lines=()))
    return out


def _had_room(last: RawLine, line: RawLine, edge: float) -> bool:
    """Whether the first word of a line would have fitted on the line before it."""
    if last.bbox is None or line.bbox is None:
        return False
    first = line.text.split()[0]
    wide = (line.bbox[2] - line.bbox[0]) * len(first) / max(1, len(line.text))
    return last.bbox[2] + 0.3 * (last.size or 12.0) + wide <= edge - 2


def _alike(line: str, first: str) -> bool:
    """Whether two lines begin with the same bullet, or both with a time of day."""
    marker = split_marker(line)[0]
    if marker is not None:
        return marker == split_marker(first)[0]
    return starts_with_clock(line) and starts_with_clock(first)


def right_edges(items: Sequence[RawItem]) -> dict[int | None, float]:
    """How far the printed lines of each frame reach, by its number."""
    edges: dict[int | None, float] = {}
    for item in items:
        if isinstance(item, RawParagraph):
            reach = max((x.bbox[2] for x in item.lines if x.bbox), default=0.0)
            edges[item.shape] = max(edges.get(item.shape, 0.0), reach)
    return edges


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
