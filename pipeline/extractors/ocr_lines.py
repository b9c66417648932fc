"""Words that were read in a picture -> printed lines with type sizes, as layout wants them.

The reader gives words in boxes that fit their letters, loses bullets or takes them for letters,
and runs columns together; all of that is mended here by looking at places and ink.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median
from typing import Any

from pipeline.extractors.tesseract import Box, Word
from pipeline.model.raw import RawLine
from pipeline.model.text import clean

BULLET = "•"
_ASCENT, _DESCENT = 0.95, 0.25
_COLUMN_GAP = 1.6
_LABEL_GAP = 8.0
_SAME_SIZE = 0.12

# How far letters reach over and under the line, in type sizes (an average of common typefaces).
_TALL, _SMALL, _CROWNED, _TAIL, _COMMA = 0.71, 0.52, 0.92, 0.21, 0.12
_RULE = re.compile(r"[|¦_=~\-–—.,:;'‘’\"“”`´!\\/\[\](){}]+")
_LABEL = re.compile(
    r"(?:[^\w\s]|\(?\w{1,2}[.)]|(?:kl\.? ?)?\d{1,2}[.:]\d\d(?: ?[-–—] ?\d{1,2}[.:]\d\d)?[-–—]?)"
)
_ODD = re.compile(r"[^\w\s\-–—(\[\"'“”‘’]{1,2}|[a-zA-Z0]")
"""What a bullet may be taken for: «¢», «°», «e», «o», «0»."""

_ENOUGH = 3
_BOLD = 1.2


@dataclass(slots=True)
class ReadLine:
    """A line of words, in pixels of the picture; `size` is its type size."""

    words: list[Word]
    baseline: float
    size: float
    bullet: bool = False
    bullet_left: float = 0.0
    bold: bool = False

    @property
    def text(self) -> str:
        """The line as read, its bullet first."""
        return clean(" ".join([BULLET] * self.bullet + [w.text for w in self.words]))

    @property
    def left(self) -> float:
        """Where its first letter or its bullet begins."""
        return self.bullet_left if self.bullet else self.words[0].box[0]

    @property
    def right(self) -> float:
        """Where its last letter ends."""
        return max(w.box[2] for w in self.words)

    @property
    def confidence(self) -> float:
        """How sure the reader was, 0..1."""
        return sure(self.words)

    def raw(self, unit: float) -> RawLine:
        """The line for layout; `unit` is how many points a pixel has."""
        return RawLine(
            text=self.text,
            bbox=(
                round(self.left * unit, 1),
                round((self.baseline - _ASCENT * self.size) * unit, 1),
                round(self.right * unit, 1),
                round((self.baseline + _DESCENT * self.size) * unit, 1),
            ),
            size=round(self.size * unit, 1),
            bold=self.bold,
        )


def sure(words: Iterable[Word]) -> float:
    """The mean confidence of words with letters or digits, long ones counting more."""
    told = [(w.confidence, letters(w.text)) for w in words]
    total = sum(weight for _, weight in told)
    return sum(c * weight for c, weight in told) / total if total else 0.0


def letters(text: str) -> int:
    """How many letters and digits a text has."""
    return sum(ch.isalnum() for ch in text)


def lines_of(words: Sequence[Word], ink: Any = None) -> list[ReadLine]:
    """Lines from top to bottom. `ink` is the picture's array of inked dots, to find bullets in.

    Lines without any letter or digit are left out: they are rules, frames and stains.
    """
    rows = [list(row) for _, row in groupby(words, key=lambda w: w.line)]
    whole = [line for row in rows if (line := _line(_without_rules(row)))]
    parts = _with_labels([part for line in whole for part in _parts(line)])
    found = [line for line in _evened(parts) if any(letters(w.text) for w in line.words)]
    if ink is not None and found:
        found = _emboldened([_bulleted(line, ink) for line in found], ink)
    return sorted(_mended(found), key=lambda x: (x.baseline, x.left))


def _without_rules(row: Sequence[Word]) -> list[Word]:
    """A line without what was read out of a table's rules and a box's edges."""
    high = median(w.box[3] - w.box[1] for w in row)
    return [w for w in row if not (_RULE.fullmatch(w.text) and _is_rule(w, high))]


def _is_rule(word: Word, high: float) -> bool:
    x0, top, x1, bottom = word.box
    return bottom - top > 1.6 * high or x1 - x0 > 4 * high or word.confidence < 0.5


def _line(words: Sequence[Word]) -> ReadLine | None:
    row = sorted(words, key=lambda w: w.box[0])
    if not row:
        return None
    sizes = [(_size(w), len(w.text)) for w in row if letters(w.text)] or [(_size(row[0]), 1)]
    size = median(s for s, weight in sizes for _ in range(weight))
    return ReadLine(row, median(_baseline(w, size) for w in row), size)


def _size(word: Word) -> float:
    """The type size that a word's letters and the height of its box tell."""
    above = max(_height(ch) for ch in word.text)
    below = max(_depth(ch) for ch in word.text)
    return (word.box[3] - word.box[1]) / (above + below)


def _height(ch: str) -> float:
    if ch.isupper():
        return _CROWNED if ord(ch) > 0x7F and ch not in "ÆØ" else _TALL
    return _SMALL if ch in "acegmnopqrsuvwxyzæø.,:;-–—" else _TALL


def _depth(ch: str) -> float:
    return _TAIL if ch in "gjpqyQ()[]{}|" else _COMMA if ch in ",;" else 0.0


def _baseline(word: Word, size: float) -> float:
    return word.box[3] - max(_depth(ch) for ch in word.text) * size


def _parts(line: ReadLine) -> Iterator[ReadLine]:
    """The line, parted where a gap is wider than any space: it ran over two columns."""
    start = 0
    for n, (a, b) in enumerate(pairwise(line.words), 1):
        gap = b.box[0] - a.box[2]
        if gap > _COLUMN_GAP * line.size and not _label(line.words[start:n]):
            yield replace(line, words=line.words[start:n])
            start = n
    yield replace(line, words=line.words[start:])


def _label(words: Sequence[Word]) -> bool:
    """A bullet, number or clock time keeps the text after it however wide the gap."""
    return bool(_LABEL.fullmatch(" ".join(w.text for w in words)))


def _with_labels(lines: list[ReadLine]) -> list[ReadLine]:
    """Labels that the reader took for a column of their own, put before their lines."""
    out = [line for line in lines if not _label(line.words)]
    for label in (line for line in lines if _label(line.words)):
        beside = [
            x for x in out
            if 0 <= x.left - label.right < _LABEL_GAP * x.size
            and abs(x.baseline - label.baseline) < 0.5 * x.size
        ]  # fmt: skip
        home = min(beside, key=lambda x: x.left, default=None)
        if home is None:
            out.append(label)
        else:
            home.words = [*label.words, *home.words]
    return out


def _evened(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """The lines with sizes that differ by no more than a reading error made equal."""
    left = sorted(lines, key=lambda x: x.size)
    out: dict[int, float] = {}
    while left:
        near = [[y for y in left if abs(y.size - x.size) <= _SAME_SIZE * x.size] for x in left]
        most = max(near, key=lambda group: sum(len(x.text) for x in group))
        size = median(x.size for x in most for _ in range(len(x.text)))
        out.update({id(x): size for x in most})
        left = [x for x in left if id(x) not in out]
    return [replace(x, size=out[id(x)]) for x in lines]


def _emboldened(lines: Sequence[ReadLine], ink: Any) -> list[ReadLine]:
    """The lines, bold where their strokes are wider than those of most text."""
    strokes = [_stroke(line, ink) for line in lines]
    told = [
        (stroke / line.size, line.size)
        for line, stroke in zip(lines, strokes, strict=True)
        for _ in range(letters(line.text))
    ]
    usual = median(part for part, _ in told)
    body = median(size for _, size in told)
    # A line little larger than the text was perhaps measured wrongly, so its size is left out.
    sizes = [body if abs(x.size - body) < 0.25 * body else x.size for x in lines]
    return [
        replace(line, bold=stroke > _BOLD * usual * size)
        for line, stroke, size in zip(lines, strokes, sizes, strict=True)
    ]


def _stroke(line: ReadLine, ink: Any) -> float:
    """How wide the strokes of a line's letters are: dots to each run of them in a row."""
    dots = runs = 0
    for x0, top, x1, bottom in (word.box for word in line.words):
        inside = ink[top:bottom, x0:x1]
        dots += int(inside.sum())
        runs += int(inside[:, :1].sum() + (inside[:, 1:] & ~inside[:, :-1]).sum())
    return dots / max(1, runs)


def _bulleted(line: ReadLine, ink: Any) -> ReadLine:
    """The line with the bullet that stands before it as ink, read or not."""
    first = line.words[0]
    if len(line.words) > 1 and _ODD.fullmatch(first.text) and _is_dot(first.box, line, ink):
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


def _mended(lines: Sequence[ReadLine]) -> list[ReadLine]:
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
