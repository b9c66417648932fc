"""Which block of a reader is which line of the truth, and which cells stand where they should."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from reading.model import Rows, squash

Names = Sequence[str]
"""The texts by which a line may be found again."""

_SHORTEST_PART = 6


def matched(
    wanted: Sequence[Names], offered: Sequence[Names], begins: Callable[[Names, Names], bool]
) -> dict[int, tuple[int, bool]]:
    """For lines of the truth: the number of the reader's block, and whether all of it is that.

    Equal texts first, in order; then blocks that begin with the line, or lines that begin with
    the block (a line broken or two lines joined). A block stands for one line only.
    """
    open_ = defaultdict(list)
    for n, names in enumerate(offered):
        for name in names:
            open_[name].append(n)
    found: dict[int, tuple[int, bool]] = {}
    used: set[int] = set()
    for t, names in enumerate(wanted):
        same = next((n for name in names for n in open_[name] if n not in used), None)
        if same is not None:
            found[t] = (same, True)
            used.add(same)
    for t, names in enumerate(wanted):
        if t in found:
            continue
        part = next(
            (n for n, other in enumerate(offered) if n not in used and begins(names, other)), None
        )
        if part is not None:
            found[t] = (part, False)
            used.add(part)
    return found


def begin_alike(one: Names, other: Names) -> bool:
    """Whether one text is the beginning of the other."""
    return any(
        (a.startswith(b) or b.startswith(a)) and min(len(a), len(b)) >= _SHORTEST_PART
        for a in one
        for b in other
    )


def right_cells(truth: Sequence[Rows], found: Sequence[Rows]) -> int:
    """How many filled cells stand in the row and column where the truth has them.

    Tables are paired by what they share, best first; rows and columns are aligned in order, so
    that one row too many costs that row and not all after it.
    """
    pairs = sorted(
        ((_aligned(a, b), i, j) for i, a in enumerate(truth) for j, b in enumerate(found)),
        reverse=True,
    )
    right, left, taken = 0, set(range(len(truth))), set(range(len(found)))
    for count, i, j in pairs:
        if count and i in left and j in taken:
            left.discard(i)
            taken.discard(j)
            right += count
    return right


def filled(tables: Sequence[Rows]) -> int:
    """How many cells hold text."""
    return sum(bool(squash(cell)) for rows in tables for row in rows for cell in row)


def _aligned(truth: Rows, found: Rows) -> int:
    a = [[squash(c) for c in row] for row in truth]
    b = [[squash(c) for c in row] for row in found]
    rows = _in_order([[_shared(x, y) for y in b] for x in a])
    votes: dict[tuple[int, int], int] = Counter()
    for i, j in rows:
        for k, cell in enumerate(a[i]):
            for m, other in enumerate(b[j]):
                if cell and cell == other:
                    votes[k, m] += 1
    wide, broad = max(map(len, a), default=0), max(map(len, b), default=0)
    columns = _in_order([[votes[k, m] for m in range(broad)] for k in range(wide)])
    return sum(votes[k, m] for k, m in columns)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    return sum((Counter(filter(None, one)) & Counter(filter(None, other))).values())


def _in_order(scores: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """The pairs, rising in both, whose scores add up to most (an alignment of two sequences)."""
    high, wide = len(scores), len(scores[0]) if scores else 0
    best = [[0] * (wide + 1) for _ in range(high + 1)]
    for i in range(high - 1, -1, -1):
        for j in range(wide - 1, -1, -1):
            take = scores[i][j] + best[i + 1][j + 1] if scores[i][j] else 0
            best[i][j] = max(take, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < high and j < wide:
        if scores[i][j] and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def in_order(places: Sequence[int]) -> tuple[int, int]:
    """How many pairs of a sequence rise, and how many pairs there are."""
    rising = sum(
        places[i] < places[j] for i in range(len(places)) for j in range(i + 1, len(places))
    )
    return rising, len(places) * (len(places) - 1) // 2
