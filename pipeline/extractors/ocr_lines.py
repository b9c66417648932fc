"""Words that were read in a picture -> printed lines with type sizes, as layout wants them.

The reader gives words in boxes that fit their letters, loses bullets or takes them for letters,
and runs columns together; all of that is mended here by looking at places and ink.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, islice, pairwise
from statistics import median
from typing import Any

from pipeline.extractors.ocr_bullets import bulleted, mended
from pipeline.extractors.ocr_words import ReadLine, letters
from pipeline.extractors.tesseract import Word

_COLUMN_GAP = 1.6
_LABEL_GAP = 8.0
_SAME_SIZE = 0.12

# How far letters reach over and under the line, in type sizes (an average of common typefaces).
_TALL, _SMALL, _CROWNED, _TAIL, _COMMA = 0.71, 0.52, 0.92, 0.21, 0.12
_RULE = re.compile(r"[|¦_=~\-–—.,:;'‘’\"“”`´!\\/\[\](){}]+")
_LABEL = re.compile(
    r"(?:[^\w\s]|\(?\w{1,2}[.)]|(?:kl\.? ?)?\d{1,2}[.:]\d\d(?: ?[-–—] ?\d{1,2}[.:]\d\d)?[-–—]?)"
)
_ENOUGH = 3
_BOLD = 1.2
_LEANING = 0.02


def lines_of(words: Sequence[Word], ink: Any = None) -> list[ReadLine]:
    """Lines from top to bottom. `ink` is the picture's array of inked dots, to find bullets in.

    Lines without any letter or digit are left out: they are rules, frames and stains.
    """
    rows = [list(row) for _, row in groupby(words, key=lambda w: w.line)]
    whole = [line for row in rows if (line := _line(_without_rules(row)))]
    parts = _with_labels([part for line in whole for part in _parts(line, ink)])
    found = [line for line in _evened(parts) if any(letters(w.text) for w in line.words)]
    if ink is not None and found:
        found = _emboldened([bulleted(line, ink) for line in found], ink)
    return sorted(_squared(mended(found)), key=lambda x: (x.baseline, x.left))


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


def _parts(line: ReadLine, ink: Any) -> Iterator[ReadLine]:
    """The line, parted where a gap is wider than any space: it ran over two columns."""
    start = 0
    for n, (a, b) in enumerate(pairwise(line.words), 1):
        wide = _gap(a, b, line, ink) > _COLUMN_GAP * line.size
        if wide and not _label(line.words[start:n]):
            yield replace(line, words=line.words[start:n])
            start = n
    yield replace(line, words=line.words[start:])


def _gap(a: Word, b: Word, line: ReadLine, ink: Any) -> float:
    """How much white there is between two words: their boxes may be misplaced by some letters."""
    gap = b.box[0] - a.box[2]
    if ink is None or gap <= _COLUMN_GAP * line.size:
        return gap
    top, bottom = max(0, round(line.baseline - 0.5 * line.size)), max(0, round(line.baseline))
    between = ink[top:bottom, a.box[2] : b.box[0]]
    return float((~between.any(axis=0)).sum()) if between.size else gap


def _label(words: Sequence[Word]) -> bool:
    """A bullet, number or clock time keeps the text after it however wide the gap."""
    return bool(_LABEL.fullmatch(" ".join(w.text for w in words)))


def _with_labels(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """Labels that the reader took for a column of their own, put before their lines."""
    out = [line for line in lines if not _label(line.words)]
    for label in (line for line in lines if _label(line.words)):
        beside = [n for n, line in enumerate(out) if _stands_before(label, line)]
        if beside:
            home = min(beside, key=lambda n: out[n].left)
            out[home] = replace(out[home], words=[*label.words, *out[home].words])
        else:
            out.append(label)
    return out


def _stands_before(label: ReadLine, line: ReadLine) -> bool:
    right, down = line.left - label.right, abs(line.baseline - label.baseline)
    return 0 <= right < _LABEL_GAP * line.size and down < 0.5 * line.size


def _evened(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """The lines with sizes that differ by no more than a reading error made equal."""
    left = sorted(lines, key=lambda x: x.size)
    out: dict[int, float] = {}
    while left:
        sizes = [x.size for x in left]
        told = [0, *accumulate(len(x.text) for x in left)]
        runs = [
            (bisect_left(sizes, x * (1 - _SAME_SIZE)), bisect_right(sizes, x * (1 + _SAME_SIZE)))
            for x in sizes
        ]
        start, end = max(runs, key=lambda run: told[run[1]] - told[run[0]])
        size = median(x.size for x in left[start:end] for _ in range(len(x.text)))
        out.update({id(x): size for x in left[start:end]})
        del left[start:end]
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


def _squared(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """The lines moved sideways so that edges which lean, as in a photo, stand upright.

    The lean may differ from left to right. It is fitted to lines that nearly share an edge.
    """
    import numpy as np

    pairs = list(_pairs(lines))
    if len(pairs) < _ENOUGH:
        return list(lines)
    x, right, down = (np.asarray(part) for part in zip(*pairs, strict=True))
    near = np.abs(right / down - np.median(right / down)) < 0.1
    x, right, down = x[near], right[near], down[near]
    middle = float(np.median(x))
    wide = np.ptp(x) > 10 * lines[0].size
    parts = np.stack([down, (x - middle) * down] if wide else [down], axis=1)
    lean, *more = np.linalg.lstsq(parts, right, rcond=None)[0]
    leans = [float(lean + sum(more) * (line.left - middle)) for line in lines]
    if max(map(abs, leans)) < _LEANING:
        return list(lines)
    top = min(line.baseline for line in lines)
    return [
        line.moved(-lean * (line.baseline - top)) for line, lean in zip(lines, leans, strict=True)
    ]


def _pairs(lines: Sequence[ReadLine]) -> Iterator[tuple[float, float, float]]:
    """Lines with nearly one left edge: where it is, how far right and down one is of the other."""
    ordered = sorted(lines, key=lambda x: x.baseline)
    for n, a in enumerate(ordered):
        for b in islice(ordered, n + 1, n + 20):
            down, right = b.baseline - a.baseline, b.left - a.left
            if 0.8 * a.size < down < 4 * a.size and abs(right) < 0.35 * a.size:
                yield (a.left + b.left) / 2, right, down
