"""Running heads, footers and page numbers: what stands on many pages at the same place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.layout.regions import Region
from pipeline.model.text import fold

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^(?:sid(?:a|an)?|page|s\.|p\.)?\s*\d{1,3}(?:\s*(?:/|\(|av|of)\s*\d{1,3}\)?)?$", re.I
)
_FEWEST = 3


def masked(text: str) -> str:
    """Text with its numbers left out, so that «Sida 3» and «Sida 4» are alike."""
    return _DIGITS.sub("0", fold(text))


def is_page_number(text: str) -> bool:
    """«7», «Sida 7», «7 (12)», «page 7 of 12»."""
    return bool(_PAGE_NUMBER.match(text.strip()))


def find_furniture(
    pages: Sequence[Sequence[Region]], heights: Sequence[float | None]
) -> list[set[int]]:
    """For each page the indexes of the regions that are furniture."""
    counts: Counter[str] = Counter()
    for page, height in zip(pages, heights, strict=True):
        counts.update({masked(r.text) for r in page if _in_margin(r, height or 540.0)})
    used = sum(1 for p in pages if p)
    needed = max(_FEWEST, round(0.3 * used))
    return [
        {n for n, r in enumerate(page) if _is_furniture(r, height or 540.0, counts, needed)}
        for page, height in zip(pages, heights, strict=True)
    ]


def _in_margin(region: Region, height: float) -> bool:
    return bool(region.paragraphs) and (
        region.bbox[1] >= 0.88 * height or region.bbox[3] <= 0.09 * height
    )


def _is_furniture(region: Region, height: float, counts: Counter[str], needed: int) -> bool:
    if not _in_margin(region, height):
        return False
    return is_page_number(region.text) or counts[masked(region.text)] >= needed
