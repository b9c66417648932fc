"""Notes on a wall: the small marks that people put on them belong to the note that they lie on.

Votes («+3», «●●●», a number in a ring), ticks and tags with a date come as shapes or lines of
their own. They are put where rules look for them: behind the words of their note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from pipeline.layout.markers import is_clock
from pipeline.layout.marks import (
    as_vote,
    count_of,
    is_mark,
    is_short,
    is_sign,
    may_be_tag,
)
from pipeline.layout.regions import Region, hull
from pipeline.model.document import BBox
from pipeline.model.raw import RawBox, RawPage, RawParagraph

_LONGEST_NOTE = 300
_MOST_PARAGRAPHS = 8
_SMALL = 0.4
_SMALLER_TYPE = 0.95
_REACH = 4.0
_WITHIN = 0.8
_WIDEST = 0.6
_UNLIKE = 4.0
_MARGIN = 0.85


def with_marks(regions: Sequence[Region], page: RawPage) -> list[Region]:
    """The regions of a page, marks joined to the notes that they lie on."""
    notes = _wall(regions, page.width)
    lying: dict[int, list[Region]] = {}
    for region in regions if notes else ():
        if not _is_small(region) or _numbers_page(region, page):
            continue
        if (note := _note_under(region, notes)) is not None:
            lying.setdefault(id(note), []).append(region)
    # A mark that others lie on is a note.
    taken = {id(mark) for found in lying.values() for mark in found} - set(lying)
    aside = {id(n): [*_own_marks(n), *_words_of(lying.get(id(n), ()), taken)] for n in notes}
    numbers = _numbers([p for found in aside.values() for p in found])
    return [
        _marked(region, aside[id(region)], numbers) if aside.get(id(region)) else region
        for region in regions
        if id(region) not in taken
    ]


def on_cards(regions: Sequence[Region], boxes: Sequence[RawBox]) -> list[Region]:
    """Text that lies on a drawn, empty box as the note that they make together.

    A box under several texts is a panel; marks do not count.
    """
    held: dict[int, list[Region]] = {}
    for region in regions if boxes else ():
        under = [n for n, box in enumerate(boxes) if _share(region.bbox, box.bbox) >= _WITHIN]
        if region.paragraphs and under:
            held.setdefault(min(under, key=lambda n: _area(boxes[n].bbox)), []).append(region)
    cards: dict[int, RawBox] = {}
    for n, inside in held.items():
        words = [r for r in inside if not _is_aside(r, inside)]
        if len(words) == 1 and not words[0].boxed:
            cards[id(words[0])] = boxes[n]
    return [_carded(r, cards[id(r)]) if id(r) in cards else r for r in regions]


def _carded(region: Region, box: RawBox) -> Region:
    return replace(region, bbox=box.bbox, fill=box.fill, boxed=True)


def _printed(p: RawParagraph) -> str:
    return f"{p.marker} {p.text}" if p.marker else p.text


def _area(box: BBox) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _share(inner: BBox, outer: BBox) -> float:
    """How much of one box lies in another, 0..1."""
    common = (
        max(inner[0], outer[0]), max(inner[1], outer[1]),
        min(inner[2], outer[2]), min(inner[3], outer[3]),
    )  # fmt: skip
    if common[2] <= common[0] or common[3] <= common[1]:
        return 0.0
    return _area(common) / max(1.0, _area(inner))


def _wall(regions: Sequence[Region], width: float | None) -> list[Region]:
    """The notes of a page: two or more drawn boxes about as large, each with a few words."""
    if not regions:
        return []
    page = hull(r.bbox for r in regions)
    widest = _WIDEST * (width or page[2] - page[0])
    notes = [r for r in regions if _is_note(r) and r.bbox[2] - r.bbox[0] <= widest]
    usual = median([_area(r.bbox) for r in notes]) if notes else 0.0
    alike = [r for r in notes if usual / _UNLIKE <= _area(r.bbox) <= usual * _UNLIKE]
    return alike if len(alike) > 1 else []


def _is_note(region: Region) -> bool:
    paragraphs = region.paragraphs
    return (
        region.boxed
        and 0 < len(paragraphs) == len(region.contents) <= _MOST_PARAGRAPHS
        and len(region.text) <= _LONGEST_NOTE
        and any(not is_mark(_printed(p)) for p in paragraphs)
        and all(p.heading is None for p in paragraphs)
    )


def _is_small(region: Region) -> bool:
    """A region that may be a mark: few characters, and no heading."""
    return (
        len(region.contents) == len(region.paragraphs) == 1
        and is_short(_printed(region.paragraphs[0]))
        and region.paragraphs[0].heading is None
    )


def _numbers_page(region: Region, page: RawPage) -> bool:
    """A page number may be printed over a box that reaches down to it."""
    count = count_of(region.text)
    low = region.bbox[1] >= _MARGIN * (page.height or 540.0)
    return low and count is not None and str(count) in (str(page.number), page.label)


def _is_aside(region: Region, inside: Sequence[Region]) -> bool:
    """Whether a text on a card is a mark beside its words."""
    if not _is_small(region):
        return False
    smaller = region.size < _SMALLER_TYPE * max(r.size for r in inside)
    return is_mark(_printed(region.paragraphs[0])) or (smaller and may_be_tag(region.text))


def _note_under(mark: Region, notes: Sequence[Region]) -> Region | None:
    """The note that a small region lies on most, if its words are no smaller."""
    sure = is_mark(_printed(mark.paragraphs[0]))
    if not sure and is_clock(mark.text):
        return None
    found = []
    for n, note in enumerate(notes):
        share = _share(mark.bbox, _wider(note.bbox, mark.bbox) if sure else note.bbox)
        fits = not note.size or mark.size <= note.size * (1.0 if sure else _SMALLER_TYPE)
        small = _area(mark.bbox) <= _SMALL * _area(note.bbox)
        if note is not mark and fits and small and share > 0.5:
            found.append((share, n))
    return notes[max(found)[1]] if found else None


def _wider(note: BBox, mark: BBox) -> BBox:
    """The box of a note with a rim: rings are often put across a corner."""
    rim = _REACH + 0.25 * max(mark[2] - mark[0], mark[3] - mark[1])
    return (note[0] - rim, note[1] - rim, note[2] + rim, note[3] + rim)


def _words_of(marks: Sequence[Region], taken: set[int]) -> Iterator[RawParagraph]:
    for mark in sorted(marks, key=lambda m: (m.bbox[1], m.bbox[0])):
        if id(mark) in taken:
            yield mark.paragraphs[0]


def _own_marks(note: Region) -> list[RawParagraph]:
    """The marks among the lines of a note itself, as a printed page has them."""
    largest = max((p.size or 0.0 for p in note.paragraphs), default=0.0)
    out = []
    for n, p in enumerate(note.paragraphs):
        text, size = _printed(p), p.size or largest
        mark = is_mark(text) and size <= largest and (n > 0 or is_sign(text))
        if mark or (n > 0 and size < _SMALLER_TYPE * largest and may_be_tag(text)):
            out.append(p)
    return out


def _numbers(marks: Sequence[RawParagraph]) -> set[int]:
    """Marks that number the notes of a page, 1, 2, 3 …, rather than counting votes."""
    counts = {id(p): n for p in marks if (n := count_of(_printed(p))) is not None}
    runs = sorted(counts.values()) == list(range(1, len(counts) + 1))
    return set(counts) if len(counts) >= 3 and runs else set()


def _marked(note: Region, aside: Sequence[RawParagraph], numbers: set[int]) -> Region:
    out = {id(p) for p in aside}
    own = [p for p in note.paragraphs if id(p) not in out]
    for p in aside:
        if id(p) in numbers:
            own[0] = replace(own[0], marker=f"{count_of(_printed(p))}.", listed=True)
    rest = [p for p in aside if id(p) not in numbers]
    return replace(note, contents=tuple(_joined(own, rest)))


def _joined(own: Sequence[RawParagraph], aside: Sequence[RawParagraph]) -> Iterator[RawParagraph]:
    """Votes behind the first words of a note; tags behind its only ones, else as they are."""
    first, *rest = own
    votes = [as_vote(_printed(p)) for p in aside if is_mark(_printed(p))]
    tags = [p for p in aside if not is_mark(_printed(p))]
    dated = [] if rest else [_printed(p) for p in tags if may_be_tag(_printed(p))]
    text = ", ".join([first.text, *dated])
    yield replace(first, text=" ".join([text, *votes]))
    yield from rest
    yield from (p for p in tags if _printed(p) not in dated)
