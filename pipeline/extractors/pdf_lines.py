"""Characters with places -> printed lines, split where a wide gap parts two columns."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from pipeline.model.raw import RawLine
from pipeline.model.text import clean

_WORD_GAP = 0.18
_WORD_GAP_ALONE = 0.14
"""In a line that holds no space characters, the gaps alone part its words."""
_ASCENT, _DESCENT = 0.95, 0.25
_COLUMN_GAP = 1.6
_FEWEST_GAPS = 5
_SMALL = 0.78
_TRACKED = 0.06
# A bullet, number or clock time keeps its text however wide the tab after it is.
_LABEL = re.compile(
    r"^(?:[^\w\s]|o|\(?\w{1,3}[.)]|(?:kl\.? ?)?\d{1,2}(?:[.:]\d\d)?"
    r"(?: ?[-–—] ?\d{1,2}(?:[.:]\d\d)?)?)$"
)
_BULLET = re.compile(r"^(?:[^\w\s\"”“'’(\[]|o|\(?(?:\d{1,2}|[a-zA-Z])[.)])$")
_COMBINING = {"¨": "\u0308", "´": "\u0301", "`": "\u0300", "˚": "\u030a", "ˆ": "\u0302",
              "°": "\u030a", "¸": "\u0327", "˜": "\u0303"}  # fmt: skip


@dataclass(slots=True)
class Glyph:
    """One character; places in points from the top left of the page, `index` in file order."""

    index: int
    char: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool
    italic: bool
    color: str
    angle: float = 0.0
    """Degrees downwards; places of a turned character are in the frame where it is level."""
    tag: int | None = None
    """Number of the marked content that the character belongs to, in a tagged file."""
    artifact: bool = False


def lines_of(glyphs: Iterable[Glyph]) -> list[RawLine]:
    """Printed lines from top to bottom, each from left to right; turned ones last."""
    turns: dict[float, list[Glyph]] = {}
    for g in glyphs:
        turns.setdefault(g.angle, []).append(g)
    level = _level_lines(turns.pop(0.0, []))
    return level + [
        _as_seen(line, angle) for angle in sorted(turns) for line in _level_lines(turns[angle])
    ]


def _as_seen(line: RawLine, angle: float) -> RawLine:
    """A line of turned text with the upright box around it on the page."""
    assert line.bbox is not None
    x0, y0, x1, y1 = line.bbox
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    corners = [(x * cos - y * sin, x * sin + y * cos) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    seen = (round(min(xs), 1), round(min(ys), 1), round(max(xs), 1), round(max(ys), 1))
    return replace(line, bbox=seen, turned=line.bbox, angle=angle)


def _level_lines(glyphs: Iterable[Glyph]) -> list[RawLine]:
    return [line for line, _ in lines_with_glyphs(glyphs)]


def lines_with_glyphs(glyphs: Iterable[Glyph]) -> list[tuple[RawLine, list[Glyph]]]:
    """Printed lines of level text, each with its characters, from top to bottom."""
    labels, text = _part_labels(_settled(glyphs))
    segments = [part for row in _rows(text) for part in _segments(row) if _visible(part)]
    for label in labels:
        _attach(label, segments)
    segments.sort(key=lambda part: (_baseline(part), part[0].x0))
    return [(_line(part), part) for part in segments]


def _settled(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Raised and lowered characters («21st», «CO2») put on the line of the text before them."""
    out: list[Glyph] = []
    base: Glyph | None = None
    for g in sorted(glyphs, key=lambda g: g.index):
        if base is not None and not g.char.isspace():
            shift, gap = abs(g.baseline - base.baseline), g.x0 - out[-1].x1
            small = g.size <= _SMALL * base.size
            if small and 0 < shift <= 0.5 * base.size and -0.3 * g.size < gap < 0.3 * base.size:
                out.append(replace(g, baseline=base.baseline))
                continue
        out.append(g)
        base = base if g.char.isspace() else g
    return out


def _visible(glyphs: list[Glyph]) -> bool:
    return any(not g.char.isspace() for g in glyphs)


def _baseline(glyphs: list[Glyph]) -> float:
    return median(g.baseline for g in glyphs)


def _part_labels(glyphs: Iterable[Glyph]) -> tuple[list[list[Glyph]], list[Glyph]]:
    """Bullets and list numbers that stand alone, and all other characters.

    Some programs draw a bullet a little above or below the line that it belongs to; beside
    another column's line it would end up there.
    """
    labels: list[list[Glyph]] = []
    text: list[Glyph] = []
    for run in _runs(glyphs):
        lone = _BULLET.match("".join(g.char for g in run).strip())
        (labels.append(run) if lone else text.extend(run))
    return labels, text


def _runs(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters that were drawn one after the other on one line without a wide gap."""
    runs: list[list[Glyph]] = []
    last: Glyph | None = None
    for g in sorted(glyphs, key=lambda g: g.index):
        if g.char.isspace():
            if runs:
                runs[-1].append(g)
            continue
        near = last and abs(g.baseline - last.baseline) < 0.2 * g.size
        # A tab after a bullet is narrower than one between columns.
        widest = 0.15 if runs and _BULLET.match("".join(x.char for x in runs[-1][:3])) else 0.5
        if last and near and -0.5 * g.size < g.x0 - last.x1 < widest * g.size:
            runs[-1].append(g)
        else:
            runs.append([g])
        last = g
    return runs


def _attach(label: list[Glyph], segments: list[list[Glyph]]) -> None:
    """Put a bullet before the text that begins right of it; alone, it is a line of its own."""
    head = label[0]
    best: list[Glyph] | None = None
    distance = float("inf")
    for part in segments:
        first = next(g for g in part if not g.char.isspace())
        right, down = first.x0 - head.x1, abs(first.baseline - head.baseline)
        # The box of a symbol may reach into the text after it.
        if (
            -0.5 * head.size <= right < 5 * first.size
            and head.x0 < first.x0
            and down < 0.5 * first.size
            and right + down < distance
        ):
            best, distance = part, right + down
    if best is None:
        segments.append(label)
        return
    first = next(g for g in best if not g.char.isspace())
    for g in label:
        g.baseline = first.baseline
    best[:0] = label


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters that share a line, by their baselines; raised and lowered ones included."""
    rows: list[tuple[float, float, list[Glyph]]] = []
    for g in sorted(glyphs, key=lambda g: (g.baseline, g.x0)):
        for n in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            baseline, size, members = rows[n]
            if abs(g.baseline - baseline) <= 0.3 * max(size, g.size):
                members.append(g)
                if g.size > size:
                    rows[n] = (g.baseline, g.size, members)
                break
        else:
            rows.append((g.baseline, g.size, [g]))
    return [sorted(members, key=lambda g: (g.x0, g.index)) for _, _, members in rows]


def _segments(row: list[Glyph]) -> list[list[Glyph]]:
    """The row, parted where a gap is wider than any space."""
    parts: list[list[Glyph]] = [[]]
    last: Glyph | None = None
    for g in row:
        if g.char.isspace():
            parts[-1].append(g)
            continue
        if last and g.x0 - last.x1 > _COLUMN_GAP * max(g.size, last.size):
            text = "".join(x.char for x in parts[-1]).strip()
            if not _LABEL.match(text):
                parts.append([])
        parts[-1].append(g)
        last = g
    return parts


def _line(glyphs: list[Glyph]) -> RawLine:
    inked = [g for g in glyphs if not g.char.isspace()]
    size = median(g.size for g in inked)
    baseline = median(g.baseline for g in inked)
    return RawLine(
        text=clean(_text(glyphs)),
        bbox=(
            round(inked[0].x0, 1),
            round(baseline - _ASCENT * size, 1),
            round(max(g.x1 for g in inked), 1),
            round(baseline + _DESCENT * size, 1),
        ),
        size=round(size, 1),
        bold=sum(g.bold for g in inked) > 0.6 * len(inked),
        italic=sum(g.italic for g in inked) > 0.6 * len(inked),
        color=inked[len(inked) // 2].color,
    )


def _text(glyphs: list[Glyph]) -> str:
    out: list[str] = []
    last: Glyph | None = None
    tracking = _tracking(glyphs)
    spaced = any(g.char.isspace() for g in glyphs)
    widest = _WORD_GAP if spaced else _WORD_GAP_ALONE
    for g in glyphs:
        if g.char.isspace():
            out.append(" ")
            continue
        if last is not None:
            over = min(g.x1, last.x1) - max(g.x0, last.x0)
            accent = _accent(last, g, over)
            if accent:
                out[-1] = accent
                last = g
                continue
            # Old exports draw bold by drawing twice. Two letters of one ligature share a box
            # too, but follow each other in the file.
            again = g.char == last.char and abs(g.index - last.index) > 1
            if again and over > 0.8 * (g.x1 - g.x0):
                continue
            if g.x0 - last.x1 > widest * g.size + tracking:
                out.append(" ")
        out.append(g.char)
        last = g
    return "".join(out)


def _accent(last: Glyph, g: Glyph, over: float) -> str | None:
    """Old exports draw «ä» as «a» with an accent over it, before or after the letter."""
    if g.char in _COMBINING and over > 0.5 * (g.x1 - g.x0) and last.char.isalpha():
        return last.char + _COMBINING[g.char]
    if last.char in _COMBINING and over > 0.5 * (last.x1 - last.x0) and g.char.isalpha():
        return g.char + _COMBINING[last.char]
    return None


def _tracking(glyphs: list[Glyph]) -> float:
    """The space set between all letters of a line, in points; 0 where they stand as usual."""
    gaps = [
        b.x0 - a.x1
        for a, b in pairwise(glyphs)
        if a.char.isalpha() and b.char.isalpha() and b.x0 - a.x1 > -0.5 * b.size
    ]
    if len(gaps) < _FEWEST_GAPS:
        return 0.0
    usual = median(gaps)
    return usual if usual > _TRACKED * glyphs[0].size else 0.0
