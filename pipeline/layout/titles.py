"""Which region names its page: told by the whole deck, not page by page.

Titles of one deck share type size and weight, wherever on the page and whenever they were drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from pipeline.layout.markers import is_number
from pipeline.layout.regions import Region
from pipeline.model.raw import RawParagraph

_LONGEST = 140
_FEWEST_FOR_ZONE = 3
_Key = tuple[int, bool]


def find_titles(
    pages: Sequence[Sequence[Region]], heights: Sequence[float | None]
) -> list[int | None]:
    """For each page the index of the region that is its title, null where it has none."""
    guesses = [_guess(page, height or 540.0) for page, height in zip(pages, heights, strict=True)]
    keys = Counter(_key(page[g]) for page, g in zip(pages, guesses, strict=True) if g is not None)
    needed = max(2, round(0.2 * sum(1 for p in pages if p)))
    shared = {k for k, count in keys.items() if count >= needed}
    chosen = [_choose(page, guess, shared) for page, guess in zip(pages, guesses, strict=True)]
    zone = _zone(pages, chosen)
    return [
        _in_zone(page, zone) if choice is None and zone else choice
        for page, choice in zip(pages, chosen, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Zone:
    """Where the titles of a deck stand: the usual top and foot of their first lines, in points."""

    top: float
    foot: float
    size: float


def _zone(pages: Sequence[Sequence[Region]], chosen: Sequence[int | None]) -> _Zone | None:
    """The place that most titles share; null where they stand now here, now there."""
    found = [page[n] for page, n in zip(pages, chosen, strict=True) if n is not None]
    if len(found) < max(_FEWEST_FOR_ZONE, 0.4 * sum(1 for p in pages if p)):
        return None
    top = median(r.bbox[1] for r in found)
    near = [r for r in found if abs(r.bbox[1] - top) <= r.size]
    if len(near) < 0.6 * len(found):
        return None
    return _Zone(top, median(r.bbox[3] for r in near), median(r.size for r in near))


def _in_zone(page: Sequence[Region], zone: _Zone) -> int | None:
    """The first region where titles stand, though it is no larger than the text below it.

    A title that was too long for its box is often shrunk to the size of the text.
    """
    first = min(range(len(page)), key=lambda n: page[n].bbox[1], default=None)
    if first is None or len(page) < 2 or not _may_be_title(page[first]):
        return None
    region = page[first]
    others = [r for n, r in enumerate(page) if n != first]
    alone = all(r.bbox[1] >= region.bbox[3] - 0.3 * region.size for r in others)
    inside = abs(region.bbox[1] - zone.top) <= zone.size and region.size >= 0.5 * zone.size
    return first if alone and inside and region.size >= 0.8 * _body_size(page, region) else None


def _key(region: Region) -> _Key:
    return round(region.size), region.bold


def _may_be_title(region: Region) -> bool:
    paragraphs = region.paragraphs
    return (
        bool(paragraphs)
        and len(paragraphs) == len(region.contents)
        and len(paragraphs) <= 2
        and (not paragraphs[0].listed or is_number(paragraphs[0].marker))
        and len(region.text) <= _LONGEST
        and any(ch.isalpha() for ch in region.text)
        and region.size > 0
    )


def _body_size(page: Sequence[Region], title: Region | None = None) -> float:
    """The usual size of a page's text, a title left out where another region holds text."""
    rest = [r for r in page if r is not title] or page
    sizes = [(p.size, len(p.text)) for r in rest for p in r.paragraphs if p.size]
    weighted = [size for size, length in sizes for _ in range(max(1, length // 10))]
    return median(weighted) if weighted else 0.0


def _guess(page: Sequence[Region], height: float) -> int | None:
    """The page's own best title: clearly larger than its text, or bold at the top."""
    candidates = [n for n, r in enumerate(page) if _may_be_title(r)]
    if not candidates:
        return None
    largest = max(candidates, key=lambda n: (round(page[n].size), -page[n].bbox[1]))
    region = page[largest]
    body = _body_size(page, region)
    if len(page) == 1 and len(region.paragraphs) == 1 and len(region.text) < 80:
        return largest
    top = min(r.bbox[1] for r in page)
    high = region.bbox[1] <= max(0.3 * height, top + 5)
    if region.size >= 1.2 * body and (high or region.size >= 1.5 * body):
        return largest
    first = min(candidates, key=lambda n: page[n].bbox[1])
    bold_first = page[first].bold and page[first].bbox[1] <= 0.3 * height
    return first if bold_first and page[first].size >= body and len(page) > 1 else None


def _choose(page: Sequence[Region], guess: int | None, shared: set[_Key]) -> int | None:
    """The region in the deck's title look, else the page's own guess."""
    alike = [n for n, r in enumerate(page) if _may_be_title(r) and _key(r) in shared]
    if guess in alike:
        return guess
    alike = [n for n in alike if page[n].size >= 1.1 * _body_size(page, page[n]) or len(page) == 1]
    if len(alike) == 1:
        return alike[0]
    if alike:
        return min(alike, key=lambda n: page[n].bbox[1])
    return guess


def part_title(region: Region) -> tuple[RawParagraph, Region | None]:
    """The title as one paragraph, and what else stands in its box (a subtitle), if anything."""
    declared = [p for p in region.paragraphs if p.heading == 0]
    size = region.paragraphs[0].size or 0.0
    named = declared or [p for p in region.paragraphs if abs((p.size or 0.0) - size) < 1]
    rest = tuple(c for c in region.contents if not any(c is p for p in named))
    text = " ".join(f"{p.marker} {p.text}" if p.marker else p.text for p in named)
    title = replace(named[0], text=text, heading=0, listed=False, marker=None, level=0)
    return title, replace(region, contents=rest) if rest else None
