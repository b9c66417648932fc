"""The tables and the misses as printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from fnmatch import fnmatch

from reading.runs import Run
from reading.score import Score

Columns = dict[str, tuple[str, str]]
"""Name of a column -> the counts that are divided; no counts: F1 of cells; one: a number."""

_LISTS: Columns = {
    "level": ("level", "level.all"),
    "items": ("item.whole", "item.whole.all"),
    "list P": ("listed", "listed.all"),
    "cells F1": ("", ""),
    "order": ("order", "order.all"),
}
_TITLES: Columns = {
    "title R": ("title.found", "title.found.all"),
    "title P": ("title.said", "title.said.all"),
}
_LINES: Columns = {"kept": ("kept", "kept.all"), "whole": ("whole", "whole.all")}
SLIDES: Columns = {**_TITLES, "more": ("title.more", ""), **_LISTS, **_LINES}
WORD: Columns = {
    "style R": ("head.found", "head.found.all"),
    "style P": ("head.said", "head.said.all"),
    "depth": ("depth", "depth.all"),
    **_LISTS,
    **_LINES,
}
LABELLED_SLIDES: Columns = {
    **_TITLES,
    "head R": ("look.found", "look.found.all"),
    "head P": ("look.said", "look.said.all"),
    **_LISTS,
}
LABELLED_WORD: Columns = {
    "style R": ("style.found", "style.found.all"),
    "look R": ("look.found", "look.found.all"),
    "look P": ("look.said", "look.said.all"),
    "depth": ("depth", "depth.all"),
    **_LISTS,
}


def heading(name: str, columns: Columns, cost: bool) -> str:
    """The head of a table."""
    more = f"{'ms/page':>9}{'MiB':>7}" if cost else ""
    return f"\n{name}\n{'':<20}{''.join(f'{c:>9}' for c in columns)}{more}"


def row(name: str, columns: Columns, score: Score, run: Run, cost: bool) -> str:
    """One reader's figures."""
    figures = "".join(f"{_figure(score, *counts):>9}" for counts in columns.values())
    more = f"{run.cost:>9.1f}{run.peak:>7.0f}" if cost else ""
    return f"{f'{name} {run.version}':<20}{figures}{more}"


def _figure(score: Score, part: str, whole: str) -> str:
    if part and not whole:
        return str(score.counts[part])
    share = score.rate(part, whole) if part else score.cells()
    return "-" if share is None else f"{share:.3f}"


def misses(name: str, score: Score, pattern: str, opened: Callable[[str, str], str]) -> str:
    """The misses of a kind; `opened` gives the text of a hashed line of a file."""
    found = [m for m in score.misses if fnmatch(m.kind, pattern)]
    tally = ", ".join(f"{n} {k}" for k, n in Counter(m.kind for m in found).most_common())
    lines = [
        f"  {m.kind} {m.file} p{m.page}: «{opened(m.file, m.expected)[:110]}» "
        f"came as «{m.got[:110]}»"
        for m in sorted(found, key=lambda m: m.kind)
    ]
    return "\n".join([f"\n{name}: {tally or 'no misses'}", *lines])
