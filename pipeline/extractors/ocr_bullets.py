"""Bullets that text recognition lost or took for letters, found again by ink and column.

Readers are trained on running text: of a «•» they make «e», «¢», «°», «*», or nothing at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Any

from pipeline.extractors.ocr_words import BULLET, ReadLine
from pipeline.extractors.tesseract import Box
from pipeline.model.document import BBox
from pipeline.model.raw import RawLine

_ODD = re.compile(r"[ecoOQ0]?[^\w\s\-–—(\[\"'“”‘’.,:;)\]]{1,2}|[ecoOQ0]")
"""What a bullet may be taken for: «¢», «°», «e», «o«», «0»."""

_BULLETS = frozenset("•●○◦▪▫■□▢☐☑☒✓✔✗✘➢➤►▶‣⁃∙·➔→*")
_ENOUGH = 3


def bulleted(line: ReadLine, ink: Any) -> ReadLine:
    """The line with the bullet that stands before it as ink, read or not."""
    first = line.words[0]
    if len(line.words) > 1 and len(first.text) <= 2 and _is_dot(first.box, line, ink):
        return replace(line, words=line.words[1:], bullet=True, bullet_left=first.box[0])
    left = _dot_before(line, ink)
    return line if left is None else replace(line, bullet=True, bullet_left=left)


def _dot_before(line: ReadLine, ink: Any) -> float | None:
    """Where a dot begins that stands a little left of the line, null where there is none."""
    size, end = line.size, line.words[0].box[0]
    top, bottom = round(line.baseline - 0.8 * size), round(line.baseline + 0.1 * size)
    start = max(0, round(end - 3.5 * size))
    strip = ink[max(0, top) : max(0, bottom), start : max(0, round(end - 0.1 * size))]
    if not strip.size:
        return None
    columns = strip.any(axis=0).nonzero()[0]
    if not len(columns):
        return None
    last = columns[-1]
    first = last
    while first > 0 and strip[:, first - 1].any():
        first -= 1
    rows = strip[:, first : last + 1].any(axis=1).nonzero()[0]
    box = (start + int(first), max(0, top) + int(rows[0]),
           start + int(last) + 1, max(0, top) + int(rows[-1]) + 1)  # fmt: skip
    return box[0] if first > 0 and _is_dot(box, line, ink) else None


def _is_dot(box: Box, line: ReadLine, ink: Any) -> bool:
    """Whether what stands in the box is a disc, ring or square of a bullet's size and height."""
    x0, top, x1, bottom = _shrunk(box, ink)
    wide, high, size = x1 - x0, bottom - top, line.size
    if not (0.12 * size <= min(wide, high) and max(wide, high) <= 0.62 * size):
        return False
    if not 0.7 <= wide / high <= 1.45:
        return False
    middle = (line.baseline - (top + bottom) / 2) / size
    inside = ink[top:bottom, x0:x1]
    return 0.1 <= middle <= 0.5 and bool(inside.mean() > 0.7)


def _shrunk(box: Box, ink: Any) -> Box:
    """The box drawn in to its ink."""
    x0, top, x1, bottom = box
    inside = ink[top:bottom, x0:x1]
    rows, columns = inside.any(axis=1).nonzero()[0], inside.any(axis=0).nonzero()[0]
    if not len(rows):
        return (x0, top, x0 + 1, top + 1)
    return (
        x0 + int(columns[0]), top + int(rows[0]), x0 + int(columns[-1]) + 1, top + int(rows[-1]) + 1
    )  # fmt: skip


def mended(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """The lines of a column that begin with the same odd mark, with a bullet in its place."""
    out = list(lines)
    for n, line in enumerate(lines):
        if line.bullet or not _odd_mark(line):
            continue
        column = [
            x for x in lines
            if (x.bullet or _odd_mark(x))
            and abs(x.left - line.left) < 0.5 * line.size and abs(x.size - line.size) < 0.1 * x.size
        ]  # fmt: skip
        if len(column) >= _ENOUGH:
            out[n] = replace(
                line, words=line.words[1:], bullet=True, bullet_left=line.words[0].box[0]
            )
    return out


def _odd_mark(line: ReadLine) -> bool:
    """A mark that is no word before a wider gap than words have: «e  Boka lokalen»."""
    if len(line.words) < 2 or not _ODD.fullmatch(line.words[0].text):
        return False
    gaps = [b.box[0] - a.box[2] for a, b in pairwise(line.words[1:])]
    usual = median(gaps) if gaps else 0.3 * line.size
    return line.words[1].box[0] - line.words[0].box[2] > max(1.4 * usual, 0.35 * line.size)


def with_bullets(lines: Sequence[RawLine]) -> list[RawLine]:
    """Lines of an earlier recognition, the odd marks that a column begins with as bullets."""
    out = [x for x in lines if not _ODD.fullmatch(x.text.strip())]
    for mark in (x for x in lines if _ODD.fullmatch(x.text.strip())):
        n = next((n for n, x in enumerate(out) if _beside(mark, x)), None)
        if n is None:
            out.append(mark)
        else:
            out[n] = replace(out[n], text=f"{mark.text} {out[n].text}", bbox=_joined(mark, out[n]))
    marked = [x for x in out if _ODD.fullmatch(x.text.partition(" ")[0]) and " " in x.text]
    return [_with_bullet(x) if sum(_aligned(x, y) for y in marked) > 1 else x for x in out]


def _with_bullet(line: RawLine) -> RawLine:
    mark, _, text = line.text.partition(" ")
    odd = bool(_ODD.fullmatch(mark)) and mark not in _BULLETS
    return replace(line, text=f"{BULLET} {text}") if odd and text else line


def _beside(mark: RawLine, line: RawLine) -> bool:
    if mark.bbox is None or line.bbox is None:
        return False
    size = line.size or 12.0
    right, down = line.bbox[0] - mark.bbox[2], abs(line.bbox[3] - mark.bbox[3])
    return -0.2 * size <= right < 5 * size and down < 0.5 * size


def _joined(a: RawLine, b: RawLine) -> BBox | None:
    if a.bbox is None or b.bbox is None:
        return b.bbox
    return (a.bbox[0], b.bbox[1], b.bbox[2], b.bbox[3])


def _aligned(a: RawLine, b: RawLine) -> bool:
    if a.bbox is None or b.bbox is None:
        return False
    return abs(a.bbox[0] - b.bbox[0]) < 0.5 * (a.size or 12.0)
