"""Which column of a table holds what, by the words of its header row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.rules.context import Context


@dataclass(frozen=True, slots=True)
class Columns:
    """Column numbers by meaning, and the first row below the header (0 without header)."""

    at: dict[str, int] = field(default_factory=dict)
    first_row: int = 0


def find_columns(rows: Sequence[Sequence[str]], ctx: Context, wanted: Sequence[str]) -> Columns:
    """The columns whose header is a cue at `[columns]`, each meaning and column once.

    Earlier meanings in `wanted` choose first; a header that is nothing but the cue goes before one
    that only holds it.
    """
    if not rows:
        return Columns()
    header = [" ".join(c.split()) for c in rows[0]]
    if any(len(c) > 40 for c in header):
        return Columns()
    found: dict[str, int] = {}
    for exact in (True, False):
        for meaning in wanted:
            for n, cell in enumerate(header):
                if meaning in found or n in found.values() or not cell:
                    continue
                test = ctx.is_ if exact else ctx.has
                if test(cell, "columns", meaning):
                    found[meaning] = n
    return Columns(found, 1) if len(found) >= 2 or (found and len(header) == 1) else Columns()
