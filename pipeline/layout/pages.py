"""Documents printed as PDF: pages of one running text, not slides with a title each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.layout.regions import Content, Region
from pipeline.model.raw import RawPage, RawParagraph

_TALLER = 1.15
_LARGER = 1.12
_LONGEST_HEADING = 110


def runs_on(pages: Sequence[RawPage]) -> bool:
    """Whether the pages are those of a letter or report: most of them taller than wide."""
    sized = [p for p in pages if p.width and p.height]
    tall = [p for p in sized if (p.height or 0) > _TALLER * (p.width or 1)]
    return bool(sized) and len(tall) > 0.5 * len(sized)


def body_size(pages: Sequence[Sequence[Region]]) -> float:
    """The type size of most of the text, 0 where none is known."""
    counts: Counter[float] = Counter()
    for page in pages:
        for region in page:
            for p in region.paragraphs:
                counts[round(p.size or 0, 1)] += len(p.text)
    return counts.most_common(1)[0][0] if counts else 0.0


def heading_sizes(pages: Sequence[Sequence[Region]], body: float) -> list[float]:
    """The sizes that headings have, the largest first."""
    found = {
        round(p.size, 1)
        for page in pages
        for region in page
        for p in region.paragraphs
        if p.size and p.size >= _LARGER * body and len(p.text) <= _LONGEST_HEADING
    }
    return sorted(found, reverse=True)


def with_headings(
    contents: Sequence[Content], sizes: Sequence[float], body: float, *, first: bool
) -> list[Content]:
    """Contents of a page with its headings declared by their size; the first largest is the title.

    A numbered heading keeps its number in its text.
    """
    out: list[Content] = []
    titled = not first
    for item in contents:
        if isinstance(item, RawParagraph) and item.heading is not None:
            titled = True
        elif isinstance(item, RawParagraph) and _is_heading(item, body):
            depth = _depth(item, sizes, titled)
            titled = titled or depth == 0
            text = f"{item.marker} {item.text}" if item.marker else item.text
            item = replace(item, text=text, heading=depth, listed=False, marker=None)
        out.append(item)
    return out


def _is_heading(p: RawParagraph, body: float) -> bool:
    larger = bool(p.size and body) and (p.size or 0) >= _LARGER * body
    return larger and len(p.text) <= _LONGEST_HEADING and not p.text.rstrip().endswith((",", ";"))


def _depth(p: RawParagraph, sizes: Sequence[float], titled: bool) -> int:
    """0 for the document's title, then 1, 2, … by size; one more where the title has a size."""
    rank = next((n for n, size in enumerate(sizes) if abs(size - (p.size or 0)) < 0.2), len(sizes))
    if rank == 0 and not titled:
        return 0
    return max(1, rank) if len(sizes) > 1 else 1
