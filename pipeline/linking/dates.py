"""Places date expressions in time: an occasion by the evidence for its year, a due date by its day.

What is not stated is marked `inferred` or stays unknown; no day is made up. The rule for years is
«Years» in DATA_MODEL; nothing here knows a file's metadata.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from pipeline.model.claims import DateExpression
from pipeline.model.dataset import Basis, Date
from pipeline.model.dates import (
    MAX_YEAR,
    MIN_YEAR,
    UNKNOWN,
    Period,
    add_months,
    add_units,
    day_period,
    interval,
    is_day,
    month_period,
    quarter_period,
    range_period,
    season_period,
    week_period,
    year_period,
    years_where,
)

# Evidence this near may lie in the year before or after: a session in October names a day in
# February. Nine months, so that June is not taken for the June after a session in September.
_NEAR = datetime.timedelta(days=274)
_CANDIDATES = 3
_UNCITED_YEARS = range(2000, 2036)
# A due date may lie a little before a session where the day it was stated on is not known.
_BEFORE_SESSION_MONTHS = 2
_YEARS_AHEAD = 9  # enough for 29 February and for week 53


def resolve_session(
    expr: DateExpression,
    *,
    cited_years: Sequence[int],
    given_year: int | None,
    file_years: Sequence[int],
    weekday_evidence: Sequence[DateExpression],
    neighbours: Sequence[int] = (),
) -> Date:
    """When an occasion was.

    `cited_years` are all years that the material cites, `file_years` those of full dates in the
    same file, `weekday_evidence` all expressions of the material with a weekday, `neighbours` the
    years of the occasions before and after it in a series. A year that is not stated is the given
    one; else the first that fits all weekdays and is not before the latest cited year; else the
    one year that the file's other dates or the neighbours agree on; else unknown.
    """
    if expr.year is not None:
        return _dated(expr, period_of(expr, expr.year), "stated")
    if given_year is not None:
        return _dated(expr, period_of(expr, given_year), "given")
    fitting = fitting_years(expr, weekday_evidence)
    if fitting and cited_years:
        later = [year for year in fitting if year >= max(cited_years)]
        if later:
            candidates = tuple(later[:_CANDIDATES])
            return _dated(expr, period_of(expr, later[0], True), "inferred", candidates)
    agreed = _agreed(file_years, fitting) or _agreed(neighbours, fitting, apart=1)
    if agreed is not None:
        return _dated(expr, period_of(expr, agreed, True), "inferred", (agreed,))
    candidates = tuple(year for year in fitting if year in _UNCITED_YEARS)
    return _dated(expr, period_of(expr, None), "unknown", candidates)


def _agreed(years: Sequence[int], fitting: Sequence[int], apart: int = 0) -> int | None:
    """The one year of `years` that fits, or the one fitting year that is `apart` from them.

    Without weekdays any one year fits.
    """
    left = {year for year in years if not fitting or year in fitting}
    if not left and apart:
        left = {year for year in fitting if any(abs(year - y) <= apart for y in years)}
    return left.pop() if len(left) == 1 else None


def fitting_years(expr: DateExpression, evidence: Sequence[DateExpression]) -> tuple[int, ...]:
    """The years in which an expression's day and all weekdays beside other days fit, in order.

    Empty where there is no weekday or none fits. Where the expression has a weekday and the others
    contradict it, its own is believed: plans are mistyped more often than titles.
    """
    place = _place_in_year(expr)
    if place is None:
        return ()
    others = [e for e in evidence if e.weekday and e.day and e.month and e.year is None]
    own = _own_years(expr)
    if own is None and not others:
        return ()
    years = range(MIN_YEAR, MAX_YEAR + 1) if own is None else own
    fitting = tuple(y for y in years if all(_fits(e, y, place) for e in others))
    return fitting or (own or ())


def _own_years(expr: DateExpression) -> tuple[int, ...] | None:
    if expr.weekday and expr.day and expr.month:
        return years_where(expr.day, expr.month, expr.weekday)
    return None


def _place_in_year(expr: DateExpression) -> tuple[int, int] | None:
    """Month and day about which the occasion is; the middle of a month without a day."""
    if expr.kind not in ("day", "range", "month") or expr.month is None:
        return None
    return expr.month, expr.day or 15


def _fits(evidence: DateExpression, year: int, place: tuple[int, int]) -> bool:
    """Whether a weekday is right in the occasion's year, or in the one next to it if near."""
    month, day = evidence.month, evidence.day
    if month is None or day is None or not is_day(place[1], place[0], year):
        return False
    occasion = datetime.date(year, *place)
    for other in (year, year - 1, year + 1):
        if not is_day(day, month, other):
            continue
        date = datetime.date(other, month, day)
        near = other == year or abs(date - occasion) <= _NEAR
        if near and date.isoweekday() == evidence.weekday:
            return True
    return False


def resolve_due(
    expr: DateExpression | None,
    *,
    anchor: datetime.date | None,
    session: Date | None,
    next_session: Date | None,
) -> Date | None:
    """When something is due; null where nothing says so.

    `anchor` is the day it was stated on: a day without a year is the first one from there. Where
    it is not known, the first one from two months before `session`. A year that hangs on an
    inferred one is marked `?` as well.
    """
    if expr is None:
        return None
    if expr.kind in ("next_session", "this_session"):
        return _as(expr, next_session if expr.kind == "next_session" else session)
    return _due_date(expr, anchor, session)


def _due_date(expr: DateExpression, anchor: datetime.date | None, session: Date | None) -> Date:
    uncertain = session is not None and session.basis == "inferred"
    if expr.kind == "relative":
        return _dated(expr, _relative(expr, anchor, uncertain) if anchor else UNKNOWN, "inferred")
    if expr.kind == "day" and expr.month is None:
        return _day_of_month(expr, anchor, uncertain)
    if expr.year is not None:
        return _dated(expr, period_of(expr, expr.year), "stated")
    lowest = anchor or _earliest(session)
    if lowest is None:
        return _dated(expr, period_of(expr, None), "unknown")
    return _from(expr, lowest, uncertain)


def _earliest(session: Date | None) -> datetime.date | None:
    if session is None or session.start is None:
        return None
    return add_months(datetime.date.fromisoformat(session.start), -_BEFORE_SESSION_MONTHS)


def _from(expr: DateExpression, lowest: datetime.date, uncertain: bool) -> Date:
    """The first such day or stretch that is not over on `lowest`, on its weekday if it has one."""
    # The year before as well: a stretch may run over the turn of the year.
    years = range(max(1, lowest.year - 1), min(lowest.year + _YEARS_AHEAD, datetime.MAXYEAR))
    placed = (period_of(expr, year, uncertain) for year in years)
    periods = [p for p in placed if p.end is not None and p.end >= lowest]
    if not periods:
        return _dated(expr, period_of(expr, None), "unknown")
    # A weekday may move a day to the year after, not to some far year: then it was mistyped.
    fitting = (p for p in periods[:2] if p.start and p.start.isoweekday() == expr.weekday)
    return _dated(expr, next(fitting, periods[0]), "inferred")


def _relative(expr: DateExpression, anchor: datetime.date, uncertain: bool) -> Period:
    """«In two weeks» and «within two weeks» are the day they end with; «next week» is its days."""
    amount = expr.amount or 0
    if expr.unit == "weekday":
        day = _next_weekday(anchor, expr.weekday or 1, amount)
        return interval(day, uncertain=uncertain) if day else UNKNOWN
    if expr.unit in ("week", "month", "year"):
        day = add_units(anchor, f"{expr.unit}s", amount)
        return _calendar_unit(expr.unit, day, uncertain) if day else UNKNOWN
    day = add_units(anchor, expr.unit or "", amount)
    return interval(day, uncertain=uncertain) if day else UNKNOWN


def _next_weekday(anchor: datetime.date, weekday: int, weeks: int) -> datetime.date | None:
    """«On Friday» is the first one after the anchor, «next Friday» the one of the next week."""
    if weeks:
        return add_units(anchor, "days", 7 * weeks + weekday - anchor.isoweekday())
    return add_units(anchor, "days", (weekday - anchor.isoweekday() - 1) % 7 + 1)


def _calendar_unit(unit: str, day: datetime.date, uncertain: bool) -> Period:
    if unit == "week":
        iso = day.isocalendar()
        return week_period(iso.week, iso.year, uncertain=uncertain)
    if unit == "month":
        return month_period(day.month, day.year, uncertain=uncertain)
    return year_period(day.year, uncertain)


def _day_of_month(expr: DateExpression, anchor: datetime.date | None, uncertain: bool) -> Date:
    """«Friday the 12th»: the first 12th that is a Friday, within a year from the anchor."""
    days = _days_ahead(expr.day, anchor) if expr.day and anchor else iter(())
    fitting = (day for day in days if expr.weekday in (None, day.isoweekday()))
    found = next(fitting, None)
    period = interval(found, uncertain=uncertain) if found else UNKNOWN
    return _dated(expr, period, "inferred")


def _days_ahead(day: int, anchor: datetime.date) -> Iterator[datetime.date]:
    first = anchor.replace(day=1)
    for months in range(13):
        month = add_units(first, "months", months)
        if month and is_day(day, month.month, month.year) and month.replace(day=day) >= anchor:
            yield month.replace(day=day)


def period_of(expr: DateExpression, year: int | None, uncertain: bool = False) -> Period:
    """The days of an expression in a year; with `XXXX` where the year is null."""
    if expr.kind == "range":
        return _range(expr, year, uncertain)
    if expr.kind == "week":
        return week_period(expr.week or 0, year, expr.amount or 1, uncertain)
    if expr.kind == "day":
        return day_period(expr.day or 0, expr.month or 0, year, uncertain)
    return _longer_period(expr, year, uncertain)


def _longer_period(expr: DateExpression, year: int | None, uncertain: bool) -> Period:
    if expr.kind == "month":
        return month_period(expr.month or 0, year, uncertain=uncertain)
    if expr.kind == "quarter":
        return quarter_period(expr.quarter or 0, year, uncertain)
    if expr.kind == "season":
        return season_period(expr.season or 0, year, uncertain)
    if expr.kind == "year" and year is not None:
        return year_period(year, uncertain)
    return UNKNOWN


def _range(expr: DateExpression, year: int | None, uncertain: bool) -> Period:
    end_year = expr.end_year if expr.year is not None else None
    if expr.day is None or expr.end_day is None:
        months = expr.month or 0, year, expr.end_month or 0, end_year
        return month_period(*months, uncertain=uncertain)
    first, last = (expr.day, expr.month or 0), (expr.end_day, expr.end_month or 0)
    return range_period(first, last, year, end_year, uncertain)


def _as(expr: DateExpression, occasion: Date | None) -> Date:
    """The day of an occasion under the words that name it; the words alone if it is not known."""
    if occasion is None or occasion.edtf is None:
        return Date(text=expr.text, edtf=None, start=None, end=None)
    return occasion.model_copy(
        update={"text": expr.text, "basis": "inferred" if occasion.start else "unknown"}
    )


def _dated(
    expr: DateExpression, period: Period, basis: Basis, candidates: tuple[int, ...] = ()
) -> Date:
    """The published date; what has no EDTF has no basis either."""
    return Date(
        text=expr.text,
        edtf=period.edtf,
        start=period.start.isoformat() if period.start else None,
        end=period.end.isoformat() if period.end else None,
        basis=basis if period.edtf else "unknown",
        year_candidates=candidates,
    )
