"""EDTF and its days: forms, edges of the calendar, round trips."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.dates import (
    Period,
    add_months,
    add_units,
    day_period,
    full_year,
    interval,
    is_day,
    month_period,
    quarter_period,
    range_period,
    read_edtf,
    season_period,
    week_period,
    year_period,
    years_where,
)

YEARS = st.integers(1990, 2050)
DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2050, 12, 31))


def iso(period: Period) -> tuple[str | None, str | None, str | None]:
    edtf, start, end = period
    return edtf, start.isoformat() if start else None, end.isoformat() if end else None


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (day_period(29, 9), ("XXXX-09-29", None, None)),
        (day_period(29, 9, 2012), ("2012-09-29", "2012-09-29", "2012-09-29")),
        (day_period(29, 9, 2012, uncertain=True), ("2012?-09-29", "2012-09-29", "2012-09-29")),
        (day_period(29, 2), ("XXXX-02-29", None, None)),
        (day_period(29, 2, 2023), (None, None, None)),
        (
            range_period((11, 9), (12, 9), 2012, uncertain=True),
            ("2012?-09-11/2012?-09-12", "2012-09-11", "2012-09-12"),
        ),
        (range_period((11, 9), (12, 9)), ("XXXX-09-11/XXXX-09-12", None, None)),
        (
            range_period((30, 12), (2, 1), 2023),
            ("2023-12-30/2024-01-02", "2023-12-30", "2024-01-02"),
        ),
        (range_period((3, 5), (1, 5), 2023, 2023), (None, None, None)),
        (month_period(9, 2012), ("2012-09", "2012-09-01", "2012-09-30")),
        (month_period(2, 2024), ("2024-02", "2024-02-01", "2024-02-29")),
        (month_period(9), ("XXXX-09", None, None)),
        (month_period(13), (None, None, None)),
        (month_period(11, 2012, 1), ("2012-11/2013-01", "2012-11-01", "2013-01-31")),
        (year_period(2025), ("2025", "2025-01-01", "2025-12-31")),
        (week_period(23, 2012), ("2012-06-04/2012-06-10", "2012-06-04", "2012-06-10")),
        (week_period(1, 2026), ("2025-12-29/2026-01-04", "2025-12-29", "2026-01-04")),
        (week_period(38, 2012, 2), ("2012-09-17/2012-09-30", "2012-09-17", "2012-09-30")),
        (week_period(53, 2023), (None, None, None)),
        (week_period(23, None), (None, None, None)),
        (quarter_period(1, 2024), ("2024-01/2024-03", "2024-01-01", "2024-03-31")),
        (quarter_period(4), ("XXXX-10/XXXX-12", None, None)),
        (quarter_period(5, 2024), (None, None, None)),
        (season_period(41, 2023), ("2023-41", "2023-08-01", "2023-12-31")),
        (season_period(40, 2023), ("2023-40", "2023-01-01", "2023-06-30")),
        (season_period(24, 2023), ("2023-24", "2023-12-01", "2024-02-29")),
        (season_period(22), ("XXXX-22", None, None)),
        (season_period(99, 2023), (None, None, None)),
    ],
)  # fmt: skip
def test_period(period: Period, expected: tuple[str | None, str | None, str | None]) -> None:
    assert iso(period) == expected


def test_years_where() -> None:
    assert years_where(20, 6, 3)[1:5] == (2001, 2007, 2012, 2018)
    assert years_where(29, 2, 1) == (2016, 2044)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-11-30", 3, "2025-02-28"),
        ("2024-03-31", -1, "2024-02-29"),
    ],
)
def test_add_months(day: str, months: int, expected: str) -> None:
    assert add_months(datetime.date.fromisoformat(day), months).isoformat() == expected


def test_add_units_beyond_the_calendar_or_of_no_unit() -> None:
    assert add_units(datetime.date(9999, 12, 1), "months", 3) is None
    assert add_units(datetime.date(9999, 12, 31), "days", 1) is None
    assert add_units(datetime.date(2024, 1, 1), "fortnights", 1) is None


def test_full_year() -> None:
    assert [full_year(y) for y in ("24", "97", "2012", "50", "51")] == [
        2024,
        1997,
        2012,
        2050,
        1951,
    ]


@pytest.mark.parametrize(
    "text", ["", "2012-13", "2012-02-30", "12-09", "2012-09-11/soon", "XXXX-45"]
)
def test_not_edtf(text: str) -> None:
    with pytest.raises(ValueError, match=r"EDTF|calendar"):
        read_edtf(text)


@given(DAYS, DAYS, st.booleans())
def test_days_and_intervals_round_trip(
    first: datetime.date, last: datetime.date, unsure: bool
) -> None:
    start, end = sorted((first, last))
    for period in (interval(start, uncertain=unsure), interval(start, end, unsure)):
        assert period.edtf is not None
        assert read_edtf(period.edtf) == period


@given(YEARS, st.integers(1, 12), st.integers(1, 4), st.integers(1, 53), st.booleans())
def test_longer_ones_round_trip(
    year: int, month: int, quarter: int, week: int, unsure: bool
) -> None:
    periods = [
        month_period(month, year, uncertain=unsure),
        quarter_period(quarter, year, unsure),
        week_period(week, year, uncertain=unsure),
        year_period(year, unsure),
        *(season_period(code, year, unsure) for code in (21, 22, 23, 24, 40, 41)),
        month_period(month),
        quarter_period(quarter),
    ]
    for period in periods:
        if period.edtf is not None:
            assert read_edtf(period.edtf) == period


@given(st.integers(1, 31), st.integers(1, 12), st.integers(1, 7))
def test_years_where_are_all_the_years_there_are(day: int, month: int, weekday: int) -> None:
    for year in range(1990, 2051):
        fits = is_day(day, month, year) and datetime.date(year, month, day).isoweekday() == weekday
        assert (year in years_where(day, month, weekday)) == fits


@given(DAYS, st.integers(-600, 600))
def test_months_go_there_and_back(day: datetime.date, months: int) -> None:
    there = add_months(day, months)
    assert (there.year - day.year) * 12 + there.month - day.month == months
    assert add_months(there.replace(day=1), -months) == day.replace(day=1)
