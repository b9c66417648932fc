"""Dates as EDTF (ISO 8601-2) with their first and last day, and arithmetic with them. Pure.

A part that is not known is `XXXX`; an inferred year carries `?` (`2012?-09-11`: EDTF level 2, the
mark qualifies what stands to its left). Which year it is, is for `pipeline.linking.dates` to say.
"""

from __future__ import annotations

import calendar
import datetime
import re
from typing import NamedTuple

MIN_YEAR, MAX_YEAR = 1990, 2050
SPRING, SUMMER, AUTUMN, WINTER, FIRST_HALF, SECOND_HALF = 21, 22, 23, 24, 40, 41

# First month and number of months. A Swedish autumn term (HT) is August to December and a spring
# term (VT) January to June; winter begins in the December of its year.
_SEASON_MONTHS = {
    SPRING: (3, 3),
    SUMMER: (6, 3),
    AUTUMN: (9, 3),
    WINTER: (12, 3),
    FIRST_HALF: (1, 6),
    SECOND_HALF: (8, 5),
}
_UNIT_MONTHS = {"months": 1, "years": 12}
_UNIT_DAYS = {"days": 1, "weeks": 7}
_EDTF_PART = re.compile(r"([0-9]{4}|XXXX)\??(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_LEAP_YEAR = 2000


class Period(NamedTuple):
    """A stretch of days: EDTF, first and last day; null what cannot be told."""

    edtf: str | None
    start: datetime.date | None
    end: datetime.date | None


UNKNOWN = Period(None, None, None)


def is_day(day: int, month: int, year: int | None = None) -> bool:
    """Whether the calendar has this day; without a year 29 February counts."""
    if not 1 <= month <= 12 or (year is not None and not 1 <= year <= 9999):
        return False
    return 1 <= day <= calendar.monthrange(_LEAP_YEAR if year is None else year, month)[1]


def edtf_year(year: int | None, uncertain: bool = False) -> str:
    """`2012`, `2012?` where the year is inferred, `XXXX` where it is not known."""
    if year is None:
        return "XXXX"
    return f"{year:04d}{'?' if uncertain else ''}"


def edtf_day(day: datetime.date, uncertain: bool = False) -> str:
    """A full day: `2012-09-11`, `2012?-09-11`."""
    return f"{edtf_year(day.year, uncertain)}-{day.month:02d}-{day.day:02d}"


def day_period(day: int, month: int, year: int | None = None, uncertain: bool = False) -> Period:
    """One day; `XXXX-09-29` without a year; unknown where the calendar has no such day."""
    if not is_day(day, month, year):
        return UNKNOWN
    if year is None:
        return Period(f"XXXX-{month:02d}-{day:02d}", None, None)
    return interval(datetime.date(year, month, day), uncertain=uncertain)


def interval(
    start: datetime.date, end: datetime.date | None = None, uncertain: bool = False
) -> Period:
    """The days from `start` to `end` (both inside), one day where they are equal."""
    if end is None or end == start:
        return Period(edtf_day(start, uncertain), start, start)
    return Period(f"{edtf_day(start, uncertain)}/{edtf_day(end, uncertain)}", start, end)


def range_period(
    first: tuple[int, int],
    last: tuple[int, int],
    year: int | None = None,
    end_year: int | None = None,
    uncertain: bool = False,
) -> Period:
    """Two days as (day, month); a last day that comes earlier in the year is in the next one."""
    if year is None:
        if not (is_day(*first) and is_day(*last)):
            return UNKNOWN
        return Period(f"{day_period(*first).edtf}/{day_period(*last).edtf}", None, None)
    if end_year is None:
        end_year = year + ((last[1], last[0]) < (first[1], first[0]))
    if not (is_day(*first, year) and is_day(*last, end_year)):
        return UNKNOWN
    start = datetime.date(year, first[1], first[0])
    end = datetime.date(end_year, last[1], last[0])
    return interval(start, end, uncertain) if start <= end else UNKNOWN


def month_period(
    month: int,
    year: int | None = None,
    end_month: int | None = None,
    end_year: int | None = None,
    uncertain: bool = False,
) -> Period:
    """A month (`2012-09`) or the months from one to another (`2012-09/2012-11`)."""
    last = month if end_month is None else end_month
    if not (1 <= month <= 12 and 1 <= last <= 12):
        return UNKNOWN
    if end_year is None and year is not None:
        end_year = year + (last < month)
    edtf = f"{edtf_year(year, uncertain)}-{month:02d}"
    if end_month is not None:
        edtf += f"/{edtf_year(end_year, uncertain)}-{last:02d}"
    if year is None or end_year is None:
        return Period(edtf, None, None)
    return Period(edtf, datetime.date(year, month, 1), month_end(last, end_year))


def year_period(year: int, uncertain: bool = False) -> Period:
    """A whole year."""
    edtf = edtf_year(year, uncertain)
    return Period(edtf, datetime.date(year, 1, 1), datetime.date(year, 12, 31))


def week_period(week: int, year: int | None, weeks: int = 1, uncertain: bool = False) -> Period:
    """ISO weeks, Monday to Sunday; EDTF has no weeks, so they are nothing without a year."""
    if year is None:
        return UNKNOWN
    try:
        monday = datetime.date.fromisocalendar(year, week, 1)
        return interval(monday, monday + datetime.timedelta(days=7 * weeks - 1), uncertain)
    except (ValueError, OverflowError):  # week 53 in a year of 52
        return UNKNOWN


def quarter_period(quarter: int, year: int | None = None, uncertain: bool = False) -> Period:
    """A quarter as the interval of its months: `2024-01/2024-03`."""
    if not 1 <= quarter <= 4:
        return UNKNOWN
    return month_period(3 * quarter - 2, year, 3 * quarter, uncertain=uncertain)


def season_period(season: int, year: int | None = None, uncertain: bool = False) -> Period:
    """A season or half year: `2023-41` is HT 2023, August to December."""
    if season not in _SEASON_MONTHS:
        return UNKNOWN
    edtf = f"{edtf_year(year, uncertain)}-{season}"
    if year is None:
        return Period(edtf, None, None)
    month, months = _SEASON_MONTHS[season]
    start = datetime.date(year, month, 1)
    last = add_months(start, months - 1)
    return Period(edtf, start, month_end(last.month, last.year))


def month_end(month: int, year: int) -> datetime.date:
    """The last day of a month."""
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day some months on, the last of the month where that one is shorter."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def add_units(day: datetime.date, unit: str, amount: int) -> datetime.date | None:
    """The day some `days`, `weeks`, `months` or `years` on; null for other units and far ones."""
    try:
        if unit in _UNIT_DAYS:
            return day + datetime.timedelta(days=_UNIT_DAYS[unit] * amount)
        if unit in _UNIT_MONTHS:
            return add_months(day, _UNIT_MONTHS[unit] * amount)
    except (OverflowError, ValueError):
        return None
    return None


def years_where(day: int, month: int, weekday: int) -> tuple[int, ...]:
    """The years 1990 to 2050 in which the day falls on an ISO weekday (Monday 1)."""
    return tuple(
        year
        for year in range(MIN_YEAR, MAX_YEAR + 1)
        if is_day(day, month, year) and datetime.date(year, month, day).isoweekday() == weekday
    )


def full_year(digits: str) -> int:
    """A year of four digits, or of two: `24` is 2024, `97` is 1997."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year <= MAX_YEAR % 100 else 1900)


def read_edtf(edtf: str) -> Period:
    """The days that one of our own EDTF strings stands for.

    Takes what the functions above give. Raises `ValueError` for anything else.
    """
    first, _, last = edtf.partition("/")
    start = _read_part(first)
    end = _read_part(last) if last else start
    if start.start is None or end.end is None:
        return Period(edtf, None, None)
    return Period(edtf, start.start, end.end)


def _read_part(text: str) -> Period:
    match = _EDTF_PART.fullmatch(text)
    if match is None:
        raise ValueError(f"«{text}» is not an EDTF date that Samsyn writes")
    year = None if match[1] == "XXXX" else int(match[1])
    if match[2] is None:
        return UNKNOWN if year is None else year_period(year)
    part = int(match[2])
    if match[3] is not None:
        period = day_period(int(match[3]), part, year)
    else:
        period = season_period(part, year) if part > 12 else month_period(part, year)
    if period.edtf is None:
        raise ValueError(f"the calendar has no «{text}»")
    return period


def day_of(iso: str | None) -> datetime.date | None:
    """The day of a full ISO date such as `2024-05-31`; null for null."""
    return datetime.date.fromisoformat(iso) if iso else None
