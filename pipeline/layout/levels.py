"""How deep list items lie, told by how far their markers are set in from the left.

Sub-items are often smaller or set apart, so that they come as a patch of their own; depth is
therefore told over all patches that stand under each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.layout.regions import Region
from pipeline.model.raw import RawParagraph

_NEAR = 2.5
_STEP = 0.4
_NARROWEST = 5.0


def with_levels(regions: Sequence[Region]) -> list[Region]:
    """The regions of one page, their list items with levels over each column."""
    found: dict[int, int] = {}
    for column in _columns(regions):
        found.update(_levels([p for r in column for p in r.paragraphs]))
    return [
        replace(r, contents=tuple(
            replace(c, level=found[id(c)]) if id(c) in found and isinstance(c, RawParagraph) else c
            for c in r.contents
        ))
        for r in regions
    ]  # fmt: skip


def _columns(regions: Sequence[Region]) -> list[list[Region]]:
    """Regions that follow each other downwards as one text would; a drawn box stands alone."""
    columns: list[list[Region]] = []
    for region in sorted(regions, key=lambda r: (r.bbox[1], r.bbox[0])):
        if not region.paragraphs:
            continue
        home = next((c for c in reversed(columns) if _goes_on(c, region)), None)
        (home.append(region) if home is not None else columns.append([region]))
    return columns


def _goes_on(column: Sequence[Region], region: Region) -> bool:
    last = column[-1]
    if last.boxed or region.boxed:
        return False
    gap = region.bbox[1] - last.bbox[3]
    over = min(last.bbox[2], region.bbox[2]) - max(last.bbox[0], region.bbox[0])
    return -0.5 * last.size <= gap <= _NEAR * max(last.size, region.size) and over > 0


def _levels(paragraphs: Sequence[RawParagraph]) -> dict[int, int]:
    """Level by identity of a paragraph; text without a marker counts where items hang under it."""
    items = [p for p in paragraphs if p.listed and p.bbox]
    if not items:
        return {}
    step = max(_NARROWEST, _STEP * min(p.size or 12.0 for p in items))
    leads = [
        a for a, b in pairwise(paragraphs)
        if not a.listed and b.listed and a.bbox and b.bbox and a.bbox[0] < b.bbox[0] - step
        and (b.size or 12) <= 1.1 * (a.size or 12) <= 2 * (b.size or 12)
    ]  # fmt: skip
    edges: list[float] = []
    for x in sorted(p.bbox[0] for p in (*items, *leads) if p.bbox):
        if not edges or x - edges[-1] > step:
            edges.append(x)
    return {
        id(p): max(n for n, edge in enumerate(edges) if edge <= (p.bbox or (0,))[0] + 0.01)
        for p in items
    }
