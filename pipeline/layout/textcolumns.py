"""Columns and tables in plain text: what wide gaps inside lines set side by side.

Dumps that keep the page's layout, and notes typed with tabs, show tables as lines with gaps and
two columns of bullets as lines with two bullets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.languages.pack import common_words
from pipeline.layout.markers import split_marker, starts_with_clock
from pipeline.model.raw import RawCell, RawLine, RawParagraph, RawTable
from pipeline.model.text import clean

_GAP = re.compile(r"\s{3,}")
_NEAR = 3
_OPEN = re.compile(r"[,;(–—/&+-]$")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a line between wide gaps: the column of characters where it starts."""

    start: int
    text: str


Chunk = list[RawLine] | RawTable
"""A run of lines (blank where others were taken out), or a table in its place."""


def chunks(lines: Sequence[RawLine]) -> Iterator[Chunk]:
    """The page's lines in order, with tables as tables and side-by-side lists one after another."""
    pieces = [_pieces(x) for x in lines]
    kept: list[RawLine] = []
    at = 0
    for first, last in _runs(pieces):
        kept.extend(lines[at:first])
        block = _read(pieces[first:last])
        if block is None:
            kept.extend(lines[first:last])
        elif isinstance(block, RawTable):
            yield kept
            yield block
            # Blank lines keep the places of what follows.
            kept = [RawLine(text="")] * last
        else:
            kept.extend(block)
        at = last
    kept.extend(lines[at:])
    yield kept


def _pieces(line: RawLine) -> list[_Piece]:
    """A line parted at its wide gaps; a bullet or a time keeps its text."""
    out: list[_Piece] = []
    place = line.indent
    for part in re.split(r"(\s{3,})", line.text.rstrip()):
        if part and not part.isspace():
            lone = (
                out
                and (len(out[-1].text) == 1 or out[-1].text.endswith((".", ")")))
                and (len(out[-1].text) <= 3)
            )
            if lone:
                out[-1] = _Piece(out[-1].start, f"{out[-1].text} {part}")
            else:
                out.append(_Piece(place, part))
        place += len(part)
    return out


def _runs(pieces: Sequence[Sequence[_Piece]]) -> Iterator[tuple[int, int]]:
    """Runs of lines, blanks between them allowed, that begin and end with a parted line."""
    n = 0
    while n < len(pieces):
        if len(pieces[n]) < 2:
            n += 1
            continue
        last, blanks, parted = n, 0, 0
        k = n
        while k < len(pieces) and blanks < 3:
            blanks = 0 if pieces[k] else blanks + 1
            if len(pieces[k]) >= 2 or (pieces[k] and _inside(pieces[k], pieces[n:k])):
                last = k
                parted += len(pieces[k]) >= 2
            elif pieces[k]:
                break
            k += 1
        if parted >= 2:
            yield n, last + 1
        n = last + 1


def _inside(line: Sequence[_Piece], before: Sequence[Sequence[_Piece]]) -> bool:
    """Whether a line of one piece goes on in a column of the run, right of the first or open."""
    starts = [p.start for row in before for p in row]
    piece = line[0]
    near = any(abs(piece.start - s) < _NEAR for s in starts)
    first = min(starts, default=0)
    above = [row for row in before if row][-1] if any(before) else []
    goes_on = piece.text[:1].islower() or (above and _is_open(above[0].text))
    return near and (
        piece.start > first + _NEAR or bool(goes_on) or split_marker(piece.text)[0] is not None
    )


def _is_open(text: str) -> bool:
    words = text.split()
    return bool(_OPEN.search(text)) or (
        bool(words) and words[-1].casefold() in common_words("open_words")
    )


def _read(rows: Sequence[Sequence[_Piece]]) -> RawTable | list[RawLine] | None:
    columns = _columns(rows)
    if columns is None:
        return None
    placed = [_by_column(row, columns) for row in rows]
    listed = [sum(bool(r[c]) and split_marker(r[c])[0] is not None for r in placed)
              for c in range(len(columns))]  # fmt: skip
    if sum(n >= 2 for n in listed) >= 2:
        return _one_after_another(placed)
    return _table(placed)


def _columns(rows: Sequence[Sequence[_Piece]]) -> list[int] | None:
    """Where the columns start, null where the lines share no columns.

    Lines with tabs do not line up; where all have equally many parts, their order tells.
    """
    full = [row for row in rows if len(row) >= 2]
    most = max(len(r) for r in full)
    starts: list[int] = []
    for start in sorted(p.start for row in full for p in row):
        if not starts or start - starts[-1] >= _NEAR:
            starts.append(start)
    shared = [
        s for s in starts if sum(any(abs(p.start - s) < _NEAR for p in row) for row in full) >= 2
    ]
    if len(shared) >= most >= 2:
        return shared
    if (
        len(full) >= 3
        and len({len(r) for r in full}) == 1
        and all(starts_with_clock(r[0].text + " x") for r in full)
    ):
        return list(range(0, -most, -1))
    return None


def _by_column(row: Sequence[_Piece], columns: Sequence[int]) -> list[str]:
    cells = [""] * len(columns)
    for n, piece in enumerate(row):
        if len(columns) > 1 and columns[1] < 0:
            c = n
        else:
            c = max((i for i, s in enumerate(columns) if s <= piece.start + _NEAR - 1), default=0)
        cells[c] = f"{cells[c]} {piece.text}".strip()
    return cells


def _one_after_another(rows: Sequence[Sequence[str]]) -> list[RawLine]:
    """Columns of bullets as one list after the other, a blank line between them."""
    out: list[RawLine] = []
    for c in range(len(rows[0])):
        for row in rows:
            cell = row[c]
            if cell:
                inset = 0 if split_marker(cell)[0] or not out or not out[-1].text else 2
                out.append(RawLine(text=cell, indent=inset if cell[:1].islower() else 0))
        out.append(RawLine(text=""))
    return out


def _table(rows: Sequence[Sequence[str]]) -> RawTable | None:
    """Rows with their wrapped lines joined; a row begins where the first cell does not go on."""
    out: list[list[str]] = []
    blank = True
    for row in rows:
        if not any(row):
            blank = True
            continue
        if out and _continues(out[-1], row, blank):
            out[-1] = [clean(f"{a} {b}") for a, b in zip(out[-1], row, strict=True)]
        else:
            out.append(list(row))
        blank = False
    if len(out) < 2 or max(len(c) for r in out for c in r) > 300:
        return None
    cells: list[tuple[RawCell, ...]] = [
        tuple((RawParagraph(text=c),) if c else () for c in row) for row in out
    ]
    return RawTable(rows=tuple(cells))


def _continues(above: Sequence[str], row: Sequence[str], blank: bool) -> bool:
    if not row[0]:
        return True
    others = any(row[1:])
    lower = row[0][:1].islower()
    if blank:
        return not others and lower
    return (not others and (lower or _is_open(above[0]))) or (lower and _is_open(above[0]))


def without_gaps(line: RawLine) -> RawLine:
    """The line with its gaps as single spaces."""
    return replace(line, text=_GAP.sub("  ", line.text))
