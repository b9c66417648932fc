"""Printed lines -> paragraphs: wrapped lines joined, hyphenated line ends mended.

The strongest sign that a line goes on is that the next line's first word would not have fitted
after it; where it would have fitted, somebody pressed Enter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.languages.pack import common_words
from pipeline.layout.markers import split_marker, starts_with_clock
from pipeline.model.document import BBox
from pipeline.model.raw import RawLine, RawParagraph
from pipeline.model.text import clean

CHARACTER_WIDTH = 6.0
LINE_PITCH = 14.4
_PLAIN_SIZE = 12.0
_NARROW = 25
_PROSE = 40
_OPEN_END = re.compile(r"[,;(–—/&+]$|\b\w-$")
_LABEL = re.compile(r"^[A-ZÅÄÖÆØ][^:.!?]{1,40}:\s")
_LABEL_END = re.compile(r"[:.!?…]$")


def placed(lines: Sequence[RawLine]) -> list[RawLine]:
    """Lines of plain text with places as on a typewriter; empty ones are left out."""
    out = []
    for n, line in enumerate(lines):
        if line.text.strip():
            x0, top = line.indent * CHARACTER_WIDTH, n * LINE_PITCH
            x1 = x0 + len(line.text.rstrip()) * CHARACTER_WIDTH
            out.append(RawLine(line.text, (x0, top, x1, top + LINE_PITCH), indent=line.indent))
    return out


@dataclass(slots=True)
class _Open:
    """A paragraph that may still get lines."""

    lines: list[RawLine]
    marker: str | None
    texts: list[str] = field(default_factory=list)

    @property
    def last(self) -> RawLine:
        return self.lines[-1]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the lines of a column have in common, in points (pitch: in type sizes).

    `edge` is where its longest line ends, `right` where text may end.
    """

    right: float
    edge: float
    widest: float
    pitch: float
    spaced: bool
    slack: float


def join_lines(lines: Sequence[RawLine], *, right: float | None = None) -> list[RawParagraph]:
    """Paragraphs of one column of lines, in order. `right` is the column's right edge if known."""
    if not lines:
        return []
    frame = _frame(lines, right)
    done: list[_Open] = []
    for n, line in enumerate(lines):
        marker, text = split_marker(line.text)
        following = lines[n + 1] if n + 1 < len(lines) else None
        inside = marker is not None and _dash_inside(done, marker, line, frame)
        if inside or (done and marker is None and _goes_on(done[-1], line, following, frame)):
            done[-1].lines.append(line)
            done[-1].texts.append(line.text if inside else text)
        else:
            done.append(_Open([line], marker, [text]))
    return _with_levels([_close(p) for p in done])


def _box(line: RawLine) -> BBox:
    assert line.bbox is not None
    return line.bbox


def _size(line: RawLine) -> float:
    return line.size or _PLAIN_SIZE


def _frame(lines: Sequence[RawLine], right: float | None) -> _Frame:
    edge = max(_box(x)[2] for x in lines)
    pairs = list(pairwise(lines))
    pitches = [(_box(b)[3] - _box(a)[3]) / _size(a) for a, b in pairs if _same_size(a, b)]
    near = [p for p in pitches if 0.9 < p < 2.0]
    pitch = min(near, default=1.2)
    spaced = any(p > 1.08 * pitch for p in near)
    plain = lines[0].size is None
    # Characters of plain text were of different widths on the page that was dumped.
    widest = max(_box(x)[2] - _box(x)[0] for x in lines)
    return _Frame(max(edge, right or 0), edge, widest, pitch, spaced, 0.08 * edge if plain else 2.0)


def _same_size(a: RawLine, b: RawLine) -> bool:
    return abs(_size(a) - _size(b)) < 0.1 * _size(a)


def _goes_on(para: _Open, line: RawLine, following: RawLine | None, frame: _Frame) -> bool:
    """Whether a line without marker continues the open paragraph."""
    last = para.last
    if _starts_anew(para, line) or not _same_size(last, line) or last.bold != line.bold:
        return False
    pitch = (_box(line)[3] - _box(last)[3]) / _size(last)
    if pitch <= 0.3:
        return False
    if _inside_agenda(para, following) and pitch <= 2.6 * frame.pitch:
        return True
    fits = _would_fit(last, line, frame)
    lower = line.text[:1].islower() or line.text[:1] in ")»"
    open_end = _is_open(" ".join(para.texts))
    if pitch > 1.7 * frame.pitch:
        # A blank line inside a bullet happens in dumps: «… förmågan hos / (blank) / ledaren».
        near = line.size is None and pitch <= 2.6 * frame.pitch and len(para.lines) < 3
        item = para.marker is not None or starts_with_clock(para.texts[0])
        capitals = last.text.isupper() and line.text.isupper()
        full = not fits or _box(last)[2] >= 0.75 * frame.edge
        return near and ((item and lower and full) or (open_end and (item or capitals)))
    if line.size is None and para.marker is not None and _capitalised(line) and not open_end:
        # A bullet that goes on with a capital in the middle of a sentence is rare; a line
        # under a list, or the next owner, is not.
        return False
    shorter = _box(last)[2] - _box(last)[0] < 0.98 * frame.widest
    if _centred(last, line) and line.text[:1].isupper() and not open_end and shorter:
        # Lines set about the middle of a title page are names, places and dates, one a line.
        return False
    if fits:
        plain = line.size is None and _goes_on_plain(para, line, frame)
        return plain or _hangs(para, line) or (lower and open_end)
    if frame.spaced and pitch > 1.08 * frame.pitch and not (lower and open_end):
        return False
    return lower or open_end or not _leads(line, following, last, frame)


def _starts_anew(para: _Open, line: RawLine) -> bool:
    """Lines that no sentence runs into: clock times, and labels where the last had one too."""
    labels = bool(_LABEL.match(line.text)) and bool(_LABEL.match(para.lines[0].text))
    return starts_with_clock(line.text) or labels


def _inside_agenda(para: _Open, following: RawLine | None) -> bool:
    """Between two lines that begin with a time there is only the rest of the first."""
    timed = following is not None and starts_with_clock(following.text)
    return timed and starts_with_clock(para.texts[0]) and len(para.lines) < 3


def _capitalised(line: RawLine) -> bool:
    return line.text[:1].isupper() and line.text[1:2].islower()


def _is_open(text: str) -> bool:
    """Whether a line cannot be the end of a statement: «… utvecklingen av», «… och/»."""
    text = text.rstrip()
    if _OPEN_END.search(text):
        return True
    words = text.split()
    return len(words) > 1 and words[-1].casefold() in common_words("open_words")


def _centred(a: RawLine, b: RawLine) -> bool:
    """Whether two lines are set about one middle rather than from one left edge."""
    middle = abs(_box(a)[0] + _box(a)[2] - _box(b)[0] - _box(b)[2]) / 2
    return a.size is not None and middle < 2 and abs(_box(a)[0] - _box(b)[0]) > 4


def _dash_inside(done: list[_Open], marker: str, line: RawLine, frame: _Frame) -> bool:
    """A dash that only happens to start a printed line: «… (sort of) / - so that …».

    Told by the pitch: lines of one paragraph stand closer than paragraphs do.
    """
    if not done or marker not in "-–—" or not frame.spaced or not line.text[2:3].islower():
        return False
    last = done[-1].last
    pitch = (_box(line)[3] - _box(last)[3]) / _size(last)
    return 0.3 < pitch <= 1.04 * frame.pitch and not _would_fit(last, line, frame)


def _would_fit(last: RawLine, line: RawLine, frame: _Frame) -> bool:
    words = line.text.split()
    width = _box(line)[2] - _box(line)[0]
    first = width * len(words[0]) / max(1, len(line.text))
    if _centred(last, line):
        return (
            _box(last)[2] - _box(last)[0] + 0.3 * _size(last) + first <= frame.widest - frame.slack
        )
    return _box(last)[2] + 0.3 * _size(last) + first <= frame.right - frame.slack


def _hangs(para: _Open, line: RawLine) -> bool:
    """Set under the text of a bullet, right of its marker: a line break inside the item."""
    if para.marker is None:
        return False
    head = para.lines[0]
    inset = _box(line)[0] - _box(head)[0]
    if not 0.4 * _size(head) < inset < 3 * _size(head):
        return False
    if len(para.lines) > 1:
        return abs(_box(line)[0] - _box(para.lines[1])[0]) < 2
    return line.text[:1].islower()


def _goes_on_plain(para: _Open, line: RawLine, frame: _Frame) -> bool:
    """The same question for dumped text, whose lines were measured on another page.

    Labels of drawings come as short lines («Strengthen and / develop»); a bullet's line that
    is nearly full and ends without a stop goes on.
    """
    last = para.last
    before, now = last.text.strip(), line.text.strip()
    full = _box(last)[2] >= 0.75 * frame.edge
    if para.marker is None and full and before.endswith(".") and len(now) >= _PROSE:
        # Running text: a sentence ends near the edge and the next one begins on the next line.
        return True
    if _LABEL_END.search(before):
        return False
    if _is_open(before) and not before.endswith(","):
        return True
    if para.marker is None and max(len(before), len(now)) <= _NARROW:
        return now[:1].islower() or (before.isupper() and now.isupper())
    if para.marker is None:
        return False
    return now[:1].islower() and full


def _leads(line: RawLine, following: RawLine | None, last: RawLine, frame: _Frame) -> bool:
    """A short line with a capital before a bullet: «Team Nord / - boka sal»."""
    if following is None or not line.text[:1].isupper():
        return False
    short = _box(line)[2] - _box(line)[0] < 0.5 * frame.right
    begins = split_marker(following.text)[0] is not None or starts_with_clock(following.text)
    return short and begins and not _is_open(last.text)


def _close(para: _Open) -> RawParagraph:
    first = para.lines[0]
    boxes = [_box(x) for x in para.lines]
    plain = first.size is None
    return RawParagraph(
        text=mend(para.texts),
        bbox=(
            min(b[0] for b in boxes),
            boxes[0][1],
            max(b[2] for b in boxes),
            boxes[-1][3],
        ),
        size=None if plain else first.size,
        bold=first.bold,
        italic=first.italic,
        color=first.color,
        marker=para.marker,
        listed=para.marker is not None,
    )


def mend(texts: Sequence[str]) -> str:
    """Lines as one text; «fram-» + «gångar» is one word, «kunskaps-» + «och» keeps its hyphen."""
    out = texts[0].strip() if texts else ""
    for text in texts[1:]:
        text = text.strip()
        word = text.split()[0] if text.split() else ""
        if re.search(r"[^\W\d_][^\W\d_]-$", out) and _mends(out, word):
            out = out[:-1] + text
        elif out.endswith("/") or (re.search(r"\w-$", out) and _glues(word)):
            out += text
        else:
            out += " " + text
    return clean(out)


def _glues(word: str) -> bool:
    """«Technology-» + «Driven» is one word; «2-» + «3» and «kunskaps-» + «och» are not."""
    return word not in common_words("suspended_words") and not word[:1].isdigit()


def _mends(out: str, word: str) -> bool:
    """Whether a hyphen at a line end only broke a word: not after «SWOT-», not before «och»."""
    last = out.split()[-1]
    stem = last.rstrip("-").rsplit("-", 1)[-1]
    return word[:1].islower() and word not in common_words("suspended_words") and not stem.isupper()


def _with_levels(paragraphs: list[RawParagraph]) -> list[RawParagraph]:
    """List items with their depth, told by how far their markers are set in."""
    edges: list[float] = []
    for x in sorted(p.bbox[0] for p in paragraphs if p.listed and p.bbox):
        if not edges or x - edges[-1] > 7:
            edges.append(x)
    out = []
    for p in paragraphs:
        if p.listed and p.bbox:
            x0 = p.bbox[0]
            level = max((n for n, edge in enumerate(edges) if edge <= x0 + 1), default=0)
            p = replace(p, level=level)
        out.append(p)
    return out
