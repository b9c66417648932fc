"""Date expressions in a text: every one of them, and the one that says when something is due.

Gives words and their parts, not yet placed in time; `pipeline.linking.dates` does that.

    find_dates("Vi ses i Falun 11-12.9", packs)        -> a range, 11 to 12 September
    find_dates("13.00 Lunch, 2.5 milj, punkt 3.2", …)  -> nothing
"""

from __future__ import annotations

from bisect import bisect, insort
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from pipeline.languages.pack import LanguagePack
from pipeline.model.claims import DateExpression
from pipeline.rules.date_context import Surroundings, surroundings
from pipeline.rules.date_patterns import Core, patterns
from pipeline.rules.date_words import date_words

# How exactly a kind says when, for `first_due`.
_EXACTNESS = {
    "day": 0,
    "range": 0,
    "week": 1,
    "month": 1,
    "quarter": 1,
    "season": 1,
    "relative": 1,
    "year": 2,
    "next_session": 2,
    "vague": 3,
}


def find_dates(text: str, packs: Sequence[LanguagePack]) -> tuple[DateExpression, ...]:
    """All date expressions of a text, in text order, not overlapping (the longest wins).

    `text[slice(*e.span)] == e.text` holds for each. Where two packs read one word differently, the
    first pack's reading holds.
    """
    return _found_dates(text, tuple(packs))


@lru_cache(maxsize=8192)
def _found_dates(text: str, key: tuple[LanguagePack, ...]) -> tuple[DateExpression, ...]:
    """Kept for a while, since several rules ask about one text."""
    if not date_words(key).may_have_dates(text):
        return ()
    around = surroundings(key)
    found: list[tuple[DateExpression, Core]] = []
    for core in patterns(key).cores(text):
        expression = _expression(text, core, around, floor=0)
        if expression is not None:
            found.append((expression, core))
    return tuple(sorted(_longest(text, found, around), key=lambda e: e.span))


def first_due(text: str, packs: Sequence[LanguagePack]) -> DateExpression | None:
    """The expression that says when a statement is to be done, or null.

    A last day («by 3 May») goes before a plain date, an exact one before a vague one, and of equals
    the last one in the text. A beginning («from 3 May») or the session itself is no due date.
    """
    best: DateExpression | None = None
    for expression in find_dates(text, packs):
        if expression.qualifier == "from" or expression.kind == "this_session":
            continue
        if best is None or _due_rank(expression) <= _due_rank(best):
            best = expression
    return best


def _due_rank(expression: DateExpression) -> tuple[bool, bool, int]:
    exactness = _EXACTNESS.get(expression.kind, 3)
    if expression.unit == "weekday":
        exactness = 0
    elif expression.unit == "days" and expression.amount == 0:
        exactness = 2  # «how we do it today» is hardly when it is due
    return expression.kind == "vague", expression.qualifier != "by", exactness


def _expression(text: str, core: Core, around: Surroundings, floor: int) -> DateExpression | None:
    """A core with the words that lead in and follow; null where it is no date there."""
    lead = around.lead(text, core, floor)
    if not around.is_date(text, core, lead):
        return None
    end, weekday, latest = around.tail(text, core)
    fields: dict[str, Any] = dict(core.fields)
    qualifier = "by" if latest else lead.qualifier or fields.get("qualifier")
    if fields["kind"] == "range" and qualifier == "from":
        qualifier = None  # «from 3 to 5 May» has its end
    if fields.get("unit") == "weekday" and lead.next:
        fields["amount"] = 1
    if core.form in ("iso", "dot", "slash", "named", "month_first"):
        fields["weekday"] = lead.weekday or weekday
    fields["qualifier"] = qualifier
    return DateExpression(text=text[lead.start : end], span=(lead.start, end), **fields)


def _longest(
    text: str, found: list[tuple[DateExpression, Core]], around: Surroundings
) -> Iterator[DateExpression]:
    """The longest of overlapping ones; one that loses only its lead-in stays without it."""
    taken: list[tuple[int, int]] = []  # in text order
    for expression, core in sorted(found, key=_length_first):
        kept: DateExpression | None = expression
        if _overlaps(expression.span, taken):
            if _overlaps((core.start, core.end), taken):
                continue
            before = bisect(taken, (core.start, core.start))
            kept = _expression(text, core, around, taken[before - 1][1] if before else 0)
        if kept is not None and not _overlaps(kept.span, taken):
            insort(taken, kept.span)
            yield kept


def _length_first(pair: tuple[DateExpression, Core]) -> tuple[int, int, int]:
    (start, end), core = pair[0].span, pair[1]
    return start - end, core.start - core.end, start


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    place = bisect(taken, span)
    return any(
        span[0] < end and start < span[1] for start, end in taken[max(0, place - 1) : place + 1]
    )
