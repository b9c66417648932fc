"""Places -> reading order: text boxes and columns, and what stands under which heading.

A region is what a person sees as one patch of text: a shape, a filled box, or lines close
together with a common left edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from pipeline.layout.lines import join_lines
from pipeline.layout.markers import is_clock
from pipeline.layout.marks import is_mark
from pipeline.model.document import BBox
from pipeline.model.raw import RawBox, RawLine, RawParagraph, RawPicture, RawTable

_LEVEL = 15.0
_ROW_GAP = 2.0
_BESIDE = 60.0
"""Points between two notes of one row that may still belong together."""

Content = RawParagraph | RawTable | RawPicture


@dataclass(frozen=True, slots=True)
class Region:
    """A patch of a page: its contents in order, and whether it is a drawn box (a note, a card)."""

    contents: tuple[Content, ...]
    bbox: BBox
    fill: str | None = None
    boxed: bool = False

    @property
    def paragraphs(self) -> tuple[RawParagraph, ...]:
        """The paragraphs of the region."""
        return tuple(c for c in self.contents if isinstance(c, RawParagraph))

    @property
    def text(self) -> str:
        """All text of the paragraphs, parted by spaces."""
        return " ".join(p.text for p in self.paragraphs)

    @property
    def size(self) -> float:
        """The largest type size in points, 0 where unknown."""
        return max((p.size or 0.0 for p in self.paragraphs), default=0.0)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return bool(self.paragraphs) and all(p.bold for p in self.paragraphs)


def hull(boxes: Iterable[BBox]) -> BBox:
    """The smallest box around all."""
    found = list(boxes)
    return (
        min(b[0] for b in found),
        min(b[1] for b in found),
        max(b[2] for b in found),
        max(b[3] for b in found),
    )


def regions_of_lines(lines: Sequence[RawLine], boxes: Sequence[RawBox]) -> list[Region]:
    """Regions of printed lines: those in one drawn box, then those close together."""
    loose = [x for x in lines if x.box is None or _is_backdrop(x.box, lines)]
    regions = []
    for n in dict.fromkeys(x.box for x in lines if x.box is not None):
        if n is None or _is_backdrop(n, lines):
            continue
        inside = [x for x in lines if x.box == n]
        regions.append(_region(inside, boxes[n]))
    level = [x for x in loose if not x.angle]
    regions += [_region(group, None) for group in _clusters(level)]
    for angle in sorted({x.angle for x in loose if x.angle}):
        regions.extend(_turned([x for x in loose if x.angle == angle]))
    return regions


def _turned(lines: Sequence[RawLine]) -> list[Region]:
    """Regions of text that stands on end or aslant: joined as if level, placed where it is."""
    level = [replace(x, bbox=x.turned) for x in lines]
    seen = {id(b): a for a, b in zip(lines, level, strict=True)}
    out = []
    for group in _clusters(level):
        place = hull(seen[id(x)].bbox or (0, 0, 0, 0) for x in group)
        contents = _region(group, None).contents
        out.append(Region(tuple(replace(x, bbox=place) for x in contents), place))
    return out


def _is_backdrop(box: int, lines: Sequence[RawLine]) -> bool:
    """A panel behind several text sizes or many lines is scenery, not a note.

    So is a band that text runs into: a title of two lines over a coloured stripe.
    """
    inside = [x for x in lines if x.box == box]
    sizes = {round(x.size or 0) for x in inside if not is_mark(x.text)}
    if len(inside) > 12 or len(sizes) > 2:
        return True
    return any(_runs_on(x, y) for x in lines if x.box != box for y in inside)


def _runs_on(a: RawLine, b: RawLine) -> bool:
    """Whether two lines look like neighbours in one paragraph: size, weight, left edge, pitch."""
    if a.bbox is None or b.bbox is None or (a.size, a.bold, a.color) != (b.size, b.bold, b.color):
        return False
    pitch = abs(b.bbox[3] - a.bbox[3]) / (a.size or 12.0)
    return abs(a.bbox[0] - b.bbox[0]) < 1 and 0.9 < pitch < 1.35


def _region(lines: Sequence[RawLine], box: RawBox | None) -> Region:
    ordered = sorted(lines, key=lambda x: (x.bbox or (0, 0, 0, 0))[3])
    bbox = hull(x.bbox for x in lines if x.bbox)
    right = box.bbox[2] - 7.2 if box else None
    return Region(
        contents=tuple(join_lines(ordered, right=right)),
        bbox=box.bbox if box else bbox,
        fill=box.fill if box else None,
        boxed=box is not None,
    )


def _clusters(lines: Sequence[RawLine]) -> list[list[RawLine]]:
    """Lines that follow each other closely with nearly the same left edge or centre."""
    groups: list[list[RawLine]] = []
    for line in sorted(lines, key=lambda x: (x.bbox or (0, 0, 0, 0))[1]):
        home = next((g for g in reversed(groups) if _belongs(line, g)), None)
        (home.append(line) if home is not None else groups.append([line]))
    return groups


def _belongs(line: RawLine, group: Sequence[RawLine]) -> bool:
    assert line.bbox is not None
    last = group[-1]
    assert last.bbox is not None
    size = max(line.size or 12, last.size or 12)
    gap = line.bbox[1] - last.bbox[3]
    if not -0.3 * size <= gap <= 1.1 * size:
        return False
    if abs((line.size or 12) - (last.size or 12)) > 0.22 * size:
        return False
    left = min((x.bbox or (0, 0, 0, 0))[0] for x in group)
    indent = abs(line.bbox[0] - left) <= 4.5 * size
    centre = abs(line.bbox[0] + line.bbox[2] - last.bbox[0] - last.bbox[2]) / 2 <= size
    overlap = min(line.bbox[2], last.bbox[2]) - max(line.bbox[0], last.bbox[0])
    return (indent or centre) and (overlap > 0 or abs(line.bbox[0] - last.bbox[0]) < 2 * size)


def regions_of_shapes(contents: Sequence[Content]) -> list[Region]:
    """Regions of a slide whose shapes are known; contents without place keep their order."""
    by_shape: dict[object, list[Content]] = {}
    for n, item in enumerate(contents):
        shape = None if isinstance(item, RawPicture) else item.shape
        by_shape.setdefault(("item", n) if shape is None else shape, []).append(item)
    out, bottom = [], 0.0
    for group in by_shape.values():
        places = [c.bbox for c in group if c.bbox]
        bbox = hull(places) if places else (0.0, bottom, 1.0, bottom + 1)
        bottom = max(bottom, bbox[3])
        fill = next((c.fill for c in group if isinstance(c, RawParagraph)), None)
        out.append(Region(tuple(group), bbox, fill, boxed=fill is not None))
    return out


def in_order(regions: Sequence[Region]) -> list[Region]:
    """Regions in reading order: columns where white space parts them, else from top to bottom.

    Rows go first where they stand far apart and the columns in them close together.
    """
    if len(regions) < 2:
        return list(regions)
    columns, rows = (_cut(regions, axis) for axis in (0, 1))
    parts = rows if len(columns) == 1 or _are_rows(rows, columns) else columns
    if len(parts) > 1:
        return [r for part in parts for r in in_order(part)]
    return sorted(regions, key=lambda r: (round(r.bbox[1] / 4), r.bbox[0]))


def _are_rows(rows: Sequence[Sequence[Region]], columns: Sequence[Sequence[Region]]) -> bool:
    if len(rows) < 2 or any(len(row) < 2 for row in rows):
        return False
    return min(_gaps(rows, 1)) >= _ROW_GAP * max(*_gaps(columns, 0), 1.0)


def _gaps(parts: Sequence[Sequence[Region]], axis: int) -> list[float]:
    """The white space between parts that follow each other along an axis."""
    ends = [max(r.bbox[axis + 2] for r in part) for part in parts]
    starts = [min(r.bbox[axis] for r in part) for part in parts]
    return [start - end for end, start in zip(ends, starts[1:], strict=False)]


def _cut(regions: Sequence[Region], axis: int) -> list[list[Region]]:
    """Parts of the regions with nothing across the gaps between them."""
    ordered = sorted(regions, key=lambda r: r.bbox[axis])
    extent = max(r.bbox[axis + 2] for r in regions) - ordered[0].bbox[axis]
    allowed = 0.02 * extent
    parts, edge = [[ordered[0]]], ordered[0].bbox[axis + 2]
    for region in ordered[1:]:
        if region.bbox[axis] >= edge - allowed:
            parts.append([])
        parts[-1].append(region)
        edge = max(edge, region.bbox[axis + 2])
    return parts


def grouped(regions: Sequence[Region]) -> list[tuple[Region | None, list[Region]]]:
    """Regions by the heading that they lie under or beside; null is for those without one.

    Made for walls of notes: headings over columns of cards. Where no heading stands over at
    least one other region, all come back in reading order under null.
    """
    ordered = in_order(with_times_paired(regions))
    heads = [r for r in ordered if _is_heading(r, ordered)]
    if not heads:
        return [(None, ordered)]
    home: dict[int, Region | None] = {}
    for region in ordered:
        if region not in heads:
            home[id(region)] = _heading_over(region, heads, ordered)
    _move_beside(ordered, heads, home)
    if not any(home.values()):
        return [(None, ordered)]
    return list(_in_rows(ordered, heads, home))


def _in_rows(
    ordered: Sequence[Region], heads: Sequence[Region], home: dict[int, Region | None]
) -> Iterator[tuple[Region | None, list[Region]]]:
    """Headings of one row from left to right, then those of the next row, each with its own.

    What stands under none comes where it is seen: over, between or below the rows of headings.
    """
    loose: list[Region] = []
    for region in sorted(ordered, key=lambda r: (round(r.bbox[1] / 25), r.bbox[0])):
        if region in heads:
            if loose:
                yield None, [r for r in ordered if r in loose]
            loose = []
            yield region, [r for r in ordered if r not in heads and home[id(r)] is region]
        elif home[id(region)] is None:
            loose.append(region)
    if loose:
        yield None, [r for r in ordered if r in loose]


def with_times_paired(regions: Sequence[Region]) -> list[Region]:
    """A box of clock times and the box of as many lines beside it, as one list of both."""
    out = list(regions)
    for times in regions:
        if len(times.paragraphs) < 3 or not all(is_clock(p.text) for p in times.paragraphs):
            continue
        beside = [
            r for r in out
            if r is not times and len(r.paragraphs) == len(times.paragraphs)
            and r.bbox[0] >= times.bbox[0] and abs(r.bbox[1] - times.bbox[1]) < 30
        ]  # fmt: skip
        if not beside:
            continue
        lines = min(beside, key=lambda r: r.bbox[0])
        pairs = tuple(
            replace(b, text=f"{a.text}\t{b.text}", listed=False, marker=None)
            for a, b in zip(times.paragraphs, lines.paragraphs, strict=True)
        )
        paired = replace(lines, contents=pairs, bbox=hull((times.bbox, lines.bbox)))
        out = [paired if r is lines else r for r in out if r is not times]
    return out


def _is_heading(region: Region, among: Sequence[Region]) -> bool:
    """One short paragraph, larger or bolder than most of the page, with others on the page."""
    if len(region.contents) != 1 or not region.paragraphs or len(among) < 3:
        return False
    para = region.paragraphs[0]
    if para.listed or len(para.text) > 60 or para.text.rstrip().endswith((".", ",")):
        return False
    if not any(ch.isalpha() for ch in para.text):
        return False
    others = [p for r in among if r is not region for p in r.paragraphs]
    sizes = [p.size for p in others if p.size]
    larger = bool(sizes and para.size) and (para.size or 0) >= 1.15 * median(sizes)
    if region.boxed and larger:
        # Notes of few words are often set in larger type; a heading differs from all of them.
        alike = [r.size for r in among if r is not region and r.boxed and r.fill == region.fill]
        larger = len(alike) < 2 or region.size >= 1.15 * max(alike)
    mostly_light = sum(p.bold for p in others) < 0.5 * max(1, len(others))
    return larger or (para.bold and mostly_light)


def _overlap(a: Region, b: Region) -> float:
    """How much of the narrower one lies over or under the other, 0..1."""
    shared = min(a.bbox[2], b.bbox[2]) - max(a.bbox[0], b.bbox[0])
    return shared / max(1.0, min(a.bbox[2] - a.bbox[0], b.bbox[2] - b.bbox[0]))


def _anything_under(head: Region, among: Sequence[Region]) -> bool:
    return any(
        r.bbox[1] >= head.bbox[3] - 4 and _overlap(head, r) > 0.3 for r in among if r is not head
    )


def _heading_over(
    region: Region, heads: Sequence[Region], among: Sequence[Region]
) -> Region | None:
    beside = [
        h for h in heads
        if h.bbox[2] <= region.bbox[0] + 8 and not _anything_under(h, among)
        and min(h.bbox[3], region.bbox[3]) - max(h.bbox[1], region.bbox[1])
        > 0.5 * (h.bbox[3] - h.bbox[1])
    ]  # fmt: skip
    if beside:
        return max(beside, key=lambda h: h.bbox[0])
    above = [h for h in heads if h.bbox[1] <= region.bbox[1] and _overlap(h, region) > 0.3]
    best = max(above, key=lambda h: (round(h.bbox[1]), _overlap(h, region)), default=None)
    if best is None:
        return None
    # A wide hole between the column's last note and this one: it is not of the column.
    between = [
        r.bbox[3]
        for r in (best, *among)
        if r is not region and r.bbox[3] <= region.bbox[1] + 4 and _overlap(r, region) > 0.3
    ]
    hole = region.bbox[1] - max(between, default=best.bbox[3])
    heights = [r.bbox[3] - r.bbox[1] for r in among if r.boxed]
    limit = max(1.2 * median(heights), 40.0) if heights else 150.0
    return best if hole <= limit else None


def _move_beside(
    ordered: Sequence[Region], heads: Sequence[Region], home: dict[int, Region | None]
) -> None:
    """A note without heading belongs with the note close beside it in one row."""
    rest = [r for r in ordered if r not in heads and r.boxed]
    waiting = sorted((r for r in rest if home[id(r)] is None), key=lambda r: r.bbox[0])
    # From left to right and back, for each note that is placed may hold the next.
    for region in (*waiting, *reversed(waiting)):
        row = [r for r in rest if home[id(r)] and abs(r.bbox[1] - region.bbox[1]) < _LEVEL]
        near = min(row, key=lambda r: _apart(r, region), default=None)
        width = region.bbox[2] - region.bbox[0]
        if near is not None and _apart(near, region) <= max(_BESIDE, 0.5 * width):
            home[id(region)] = home[id(region)] or home[id(near)]


def _apart(a: Region, b: Region) -> float:
    """The gap between two regions that stand side by side."""
    return max(a.bbox[0], b.bbox[0]) - min(a.bbox[2], b.bbox[2])


def as_heading(region: Region) -> Region:
    """The region with its paragraph declared a heading found by its look."""
    return replace(
        region, contents=tuple(replace(p, style="found-heading") for p in region.paragraphs)
    )
