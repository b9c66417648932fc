"""Dates as a person writes them: «29 september 2012», «september 2012», «v. 23 (5–11 juni 2023)».

Reads the EDTF (ISO 8601-2) of a date; what has none keeps the words of the material.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from pipeline.model.dataset import Date
from pipeline.writers.docx.labels import Labels

_PART = re.compile(r"(\d{4}|XXXX)(?:-(0[1-9]|[1-9]\d)(?:-(\d{2}))?)?")
_QUALIFIERS = re.compile(r"[?~%]")
_WEEK = datetime.timedelta(days=6)


@dataclass(frozen=True)
class _Part:
    """One end of a date; `month` above 12 is a season, quarter or half (EDTF level 2)."""

    year: int | None
    month: int | None
    day: int | None

    @property
    def date(self) -> datetime.date | None:
        if self.year and self.month and self.day:
            return datetime.date(self.year, self.month, self.day)
        return None


def long_date(date: Date, labels: Labels) -> str:
    """The date written out, or the words of the material where it cannot be."""
    edtf = date.edtf or "/".join(dict.fromkeys(filter(None, (date.start, date.end))))
    try:
        first, last = _parts(edtf)
        written = _single(first, labels) if first == last else _interval(first, last, labels)
    except (ValueError, LookupError):
        return date.text
    return written or date.text


def long_day(iso: str, labels: Labels) -> str:
    """A full ISO date with its weekday: «tisdag 11 september 2012»; other text as it is."""
    try:
        day = datetime.date.fromisoformat(iso)
    except ValueError:
        return iso
    weekday = labels.row("dates", "weekdays")[day.weekday()]
    written = _single(_Part(day.year, day.month, day.day), labels)
    return labels("dates", "weekday", weekday=weekday, date=written)


def _parts(edtf: str) -> tuple[_Part, _Part]:
    first, _, last = _QUALIFIERS.sub("", edtf).partition("/")
    return _part(first), _part(last or first)


def _part(text: str) -> _Part:
    match = _PART.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = match.groups()
    return _Part(
        year=None if year == "XXXX" else int(year),
        month=int(month) if month else None,
        day=int(day) if day else None,
    )


def _single(part: _Part, labels: Labels) -> str:
    if part.month is None:
        return str(part.year) if part.year else ""
    if part.month > 12:
        period = labels.table("dates", "periods")[str(part.month)]
        return labels("dates", "period_year", period=period, year=part.year) if part.year else ""
    month = _month(part.month, labels)
    if part.day is None:
        return labels("dates", "month_year", month=month, year=part.year) if part.year else month
    return _with_year("day_month", part.year, labels, day=part.day, month=month)


def _interval(first: _Part, last: _Part, labels: Labels) -> str:
    if first.date and last.date and first.date.weekday() == 0 and last.date - first.date == _WEEK:
        week = first.date.isocalendar().week
        return labels("dates", "week", week=week, days=_span(first, last, labels))
    return _span(first, last, labels)


def _span(first: _Part, last: _Part, labels: Labels) -> str:
    """Two ends with what they share said once: «5–11 juni 2023», «maj–juni 2023»."""
    if first.month is None or last.month is None:
        return labels("dates", "years", first=first.year, last=last.year)
    if first.year != last.year:
        return _wide(_single(first, labels), _single(last, labels), labels)
    if not (first.day and last.day):
        months = {"first": _month(first.month, labels), "last": _month(last.month, labels)}
        if first.year is None:
            return labels("dates", "years", **months)
        return labels("dates", "months_year", year=first.year, **months)
    if first.month != last.month:
        start = _single(_Part(None, first.month, first.day), labels)
        return _wide(start, _single(last, labels), labels)
    month = _month(last.month, labels)
    days = {"first": first.day, "last": last.day}
    return _with_year("days_month", last.year, labels, month=month, **days)


def _wide(first: str, last: str, labels: Labels) -> str:
    return labels("dates", "range", first=first, last=last)


def _with_year(key: str, year: int | None, labels: Labels, **values: object) -> str:
    """The label `key`, or `key_year` where the year is known."""
    if year is None:
        return labels("dates", key, **values)
    return labels("dates", f"{key}_year", year=year, **values)


def _month(month: int, labels: Labels) -> str:
    """The name of a month; raises `IndexError` for what is no month."""
    return labels.row("dates", "months")[month - 1]
