"""Reads the groups of a matched date pattern to the parts of a date.

The named groups: `d` day, `m` month (number or name), `y` year, `s` year of two digits, `w`
weekday, each with 1 or 2 for the first and last day of a range. A reader gives null for what no
calendar has, such as «31.2» or «9–7 May».
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.model.dates import full_year, is_day
from pipeline.rules.date_words import DateWords, Phrase, fold_word

Fields = dict[str, int | str | None]
Groups = Mapping[str, str | None]
Reader = Callable[[DateWords, Groups], Fields | None]


def read_days(words: DateWords, groups: Groups) -> Fields | None:
    """A day, or a range of days whose last one is after the first."""
    first, last = _parts(words, groups, "1"), _parts(words, groups, "2")
    if last["day"] is None:
        fields = first
        valid = _valid(first)
    else:
        first["month"] = first["month"] or last["month"]
        last["month"] = last["month"] or first["month"]
        _share_year(first, last)
        valid = _valid(first) and _valid(last) and _ordered(first, last)
        if groups.get("n1"):  # «3 and 17 May» is not a stretch
            valid = valid and _int(last["day"]) == _int(first["day"]) + 1
        first["weekday"] = first["weekday"] or None
        fields = first | {f"end_{k}": last[k] for k in ("day", "month", "year")}
    return {"kind": "day" if last["day"] is None else "range", **fields} if valid else None


def _parts(words: DateWords, groups: Groups, number: str) -> Fields:
    day, month, weekday = (groups.get(k + number) for k in "dmw")
    return {
        "day": words.day(day) if day else None,
        "month": words.month(month) if month else None,
        "year": _year_of(groups, number),
        "weekday": words.weekdays.get(fold_word(weekday)) if weekday and number == "1" else None,
    }


def _year_of(groups: Groups, number: str) -> int | None:
    digits = groups.get("y" + number) or groups.get("s" + number)
    return full_year(digits) if digits else None


def _share_year(first: Fields, last: Fields) -> None:
    """A year stated once holds for both days; «30 December – 2 January 2024» begins in 2023."""
    crosses = _int(last["month"]) < _int(first["month"])
    if first["year"] is None and last["year"] is not None:
        first["year"] = _int(last["year"]) - crosses
    elif last["year"] is None and first["year"] is not None:
        last["year"] = _int(first["year"]) + crosses


def _ordered(first: Fields, last: Fields) -> bool:
    keys = [(_int(p["year"]), _int(p["month"]), _int(p["day"])) for p in (first, last)]
    if first["year"] is None and keys[0][1] > keys[1][1]:
        return True  # over the turn of a year
    return keys[0] < keys[1]


def _valid(part: Fields) -> bool:
    if part["day"] is None or part["month"] is None:
        return False
    year = part["year"]
    return is_day(_int(part["day"]), _int(part["month"]), None if year is None else _int(year))


def _int(value: int | str | None) -> int:
    return value if isinstance(value, int) else 0


def read_month(words: DateWords, groups: Groups) -> Fields | None:
    """A month, or a range of months without days."""
    month, end = (groups.get(k) for k in ("m1", "m2"))
    first = words.month(month) if month else None
    last = words.month(end) if end else None
    year = _year_of(groups, "1")
    if first is None or (end and last is None) or first == last:
        return None
    if last is None:
        return {"kind": "month", "month": first, "year": year}
    start = year - (last < first) if year else None
    return {"kind": "range", "month": first, "year": start, "end_month": last, "end_year": year}


def read_week(_: DateWords, groups: Groups) -> Fields | None:
    """Weeks 1 to 53; of several weeks the first, with their number as `amount`."""
    first = int(groups.get("k1") or groups.get("g1") or groups.get("i1") or 0)
    last = int(groups.get("k2") or first)
    if not 1 <= first <= last <= 53:
        return None
    year = next((int(y) for k in ("y0", "y1", "y2") if (y := groups.get(k))), None)
    several: Fields = {"unit": "weeks", "amount": last - first + 1} if last > first else {}
    return {"kind": "week", "week": first, "year": year, **several}


def read_quarter(words: DateWords, groups: Groups) -> Fields | None:
    """Quarters 1 to 4, numbered («Q3») or counted («third quarter»)."""
    number = int(groups.get("q1") or words.day(groups.get("o1") or "") or 0)
    year = groups.get("y0")
    if not 1 <= number <= 4:
        return None
    return {
        "kind": "quarter",
        "quarter": number,
        "year": int(year) if year else _year_of(groups, "1"),
    }


def read_season(words: DateWords, groups: Groups) -> Fields | None:
    """A season or half year as its EDTF code."""
    season = words.seasons.get(fold_word(groups.get("season") or ""))
    if season is None:
        return None
    return {"kind": "season", "season": season, "year": _year_of(groups, "1")}


def read_year(_: DateWords, groups: Groups) -> Fields | None:
    """A year alone."""
    return {"kind": "year", "year": _year_of(groups, "1")}


def read_weekday(words: DateWords, groups: Groups) -> Fields | None:
    """A weekday without a date, as the one to come."""
    weekday = words.weekdays.get(fold_word(groups.get("w1") or ""))
    if weekday is None:
        return None
    return {"kind": "relative", "unit": "weekday", "amount": 0, "weekday": weekday}


def read_weekday_day(words: DateWords, groups: Groups) -> Fields | None:
    """A day without a month, with or without a weekday."""
    parts = _parts(words, groups, "1")
    if parts["day"] is None:
        return None
    return {"kind": "day", "day": parts["day"], "weekday": parts["weekday"]}


def read_counted(within: bool) -> Reader:
    """Reads a number of days, weeks … from now; `within` them is a last day."""

    def read(words: DateWords, groups: Groups) -> Fields | None:
        count = words.count(groups.get("n") or "")
        unit = words.units.get(fold_word(groups.get("u") or ""))
        if count is None or unit is None:
            return None
        qualifier = "by" if within else None
        return {"kind": "relative", "unit": unit, "amount": count, "qualifier": qualifier}

    return read


def read_phrase(phrase: Phrase) -> Reader:
    """Gives the one meaning of fixed words."""
    fields: Fields = {"kind": phrase.kind, "unit": phrase.unit, "amount": phrase.amount}
    return lambda _words, _groups: fields
