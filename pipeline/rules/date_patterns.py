"""The ways in which a date is written, and how each is read to its parts.

Gives `Core`s: the words of a date without what leads in («by», «on»); whether a core is a date in
its surroundings («13.10» may be a time) is left to `date_context`. Named groups of all patterns:
`d` day, `m` month (number or name), `y` year, `s` year of two digits, `w` weekday, each with 1
or 2 for the first and last day of a range.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.languages.pack import LanguagePack
from pipeline.model.dates import full_year, is_day
from pipeline.rules.date_words import DateWords, Phrase, alternation, date_words, fold_word

Fields = dict[str, int | str | None]
Groups = Mapping[str, str | None]
Reader = Callable[[DateWords, Groups], Fields | None]

# A number is no part of a longer one, of a word or of an amount of money.
_LEFT = r"(?<![0-9][.,:/–-])(?<![\w€$£#§.])"
_RIGHT = r"(?!\w)(?!-[^\W\d_])"
_NUMBER_END = r"(?!\w)(?![.,:/][0-9])(?!-[^\W\d_])(?!\s?[%‰°])(?!\s*[-–—]\s*[0-9])"
_DASH = r"\s*[-–—−]\s*"
_FULL_YEAR = r"(?:19|20)[0-9]{2}"
_DAY_DIGITS = r"(?:3[01]|[12][0-9]|0?[1-9])"
_MONTH_DIGITS = r"(?:1[0-2]|0?[1-9])"


@dataclass(frozen=True, slots=True)
class Core:
    """A date without its lead-in; `form` is the pattern's name, `fields` its date parts."""

    start: int
    end: int
    form: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class _Form:
    name: str
    pattern: re.Pattern[str]
    read: Reader
    needs_digit: bool


class Patterns:
    """All forms of some packs, compiled."""

    def __init__(self, words: DateWords) -> None:
        self.words = words
        self._forms = tuple(_forms(words))

    def cores(self, text: str) -> Iterator[Core]:
        """Everything in a text that could be a date; cores may overlap."""
        digits = any(c.isdigit() for c in text)
        for form in self._forms:
            if form.needs_digit and not digits:
                continue
            for match in form.pattern.finditer(text):
                fields = form.read(self.words, match.groupdict())
                if fields is not None:
                    end = match.start() + len(match[0].rstrip(" .,\t\n\r\xa0"))
                    yield Core(match.start(), end, form.name, fields)


@lru_cache(maxsize=64)
def patterns(packs: tuple[LanguagePack, ...]) -> Patterns:
    """The compiled forms of some packs."""
    return Patterns(date_words(packs))


def _forms(words: DateWords) -> Iterator[_Form]:
    def form(name: str, regex: str, read: Reader, needs_digit: bool = True) -> _Form:
        return _Form(name, re.compile(regex, re.IGNORECASE), read, needs_digit)

    for regex in _iso_forms(words):
        yield form("iso", regex, _read_days)
    for name, mark in (("dot", r"\."), ("slash", "/")):
        for regex in _numeric_forms(words, mark, words.has(mark[-1], "day", "separators")):
            yield form(name, regex, _read_days)
    for regex in _named_forms(words):
        yield form("named", regex, _read_days, needs_digit=False)
    if words.month_first:
        for regex in _month_first_forms(words):
            yield form("month_first", regex, _read_days)
    yield form("month", _month_form(words), _read_month, needs_digit=False)
    yield form("month", rf"{_LEFT}(?P<y1>{_FULL_YEAR})-(?P<m1>0[1-9]|1[0-2])(?![\w-])", _read_month)
    yield form("week", _week_form(words), _read_week)
    yield form("quarter", _quarter_form(words), _read_quarter, needs_digit=False)
    yield form("season", _season_form(words), _read_season, needs_digit=False)
    yield form("term", _term_form(words), _read_season)
    yield form("year", rf"{_LEFT}(?P<y1>20[0-4][0-9]|2050|199[0-9]){_NUMBER_END}", _read_year)
    yield form("weekday", _weekday_form(words), _read_weekday, needs_digit=False)
    yield form("weekday_day", _weekday_day_form(words), _read_weekday_day, needs_digit=False)
    for within in (False, True):
        for regex in _counted_forms(words, within):
            yield form("counted", regex, _read_counted(within), needs_digit=False)
    for phrase in words.phrases:
        yield form("phrase", _phrase_form(phrase), _read_phrase(phrase), needs_digit=False)


# --- fragments -------------------------------------------------------------------------------


def _separator(words: DateWords) -> str:
    return rf"(?:{_DASH}|\s+{words.regex('range', 'words')}\s+)"


def _neighbour(words: DateWords) -> str:
    return rf"(?:\s+{words.regex('range', 'neighbours')}\s+|\s*[&/]\s*)"


def _weekday(words: DateWords, number: int) -> str:
    """A weekday that may stand before a day: «fre. », «Friday the »."""
    article = words.regex("day", "articles")
    return rf"(?:(?P<w{number}>{alternation(words.weekdays)})\.?,?\s+(?:{article}\s+)?)?"


def _day(words: DateWords, number: int) -> str:
    """Digits with or without an ending («3», «3:e», «3rd») or an ordinal word."""
    digits = rf"{_DAY_DIGITS}(?=(?:{words.regex('day', 'endings')})?(?!\w)(?!:[0-9]))"
    ending = rf"(?:{words.regex('day', 'endings')}(?!\w))?"
    return rf"(?:(?P<d{number}>{digits}|{alternation(words.ordinals)}(?!\w)){ending})"


def _month(words: DateWords, number: int) -> str:
    return rf"(?P<m{number}>{alternation(words.months)})(?!\w)\.?"


def _year(words: DateWords, number: int = 1) -> str:
    """A year after a date: « 2024», «, 2024», « -24», «'24»; no count («2000 kr»)."""
    counted = rf"(?!\s*{words.regex('apart', 'after')}(?!\w))"
    full = rf",?\s+(?P<y{number}>{_FULL_YEAR})(?![\w])(?![.:][0-9]){counted}"
    short = rf"\s?['’-](?P<s{number}>[0-9]{{2}})(?![\w.:/])(?!-?[0-9])"
    return rf"(?:{full}|{short})?"


# --- days ------------------------------------------------------------------------------------


def _iso_forms(words: DateWords) -> Iterator[str]:
    def iso(number: int, year: str) -> str:
        month, day = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
        mark = f"(?P<k{number}>[-/])"
        return rf"(?P<y{number}>{year}){mark}(?P<m{number}>{month})(?P=k{number})(?P<d{number}>{day})"

    for year in (_FULL_YEAR, "[0-9]{2}"):
        left = r"(?<![\w.,:/–-])" if len(year) < 10 else _LEFT
        first = iso(1, year) if year == _FULL_YEAR else iso(1, year).replace("[-/]", "-")
        end = r"(?!\w)(?![.:/–-][0-9])"
        yield rf"{left}{first}(?:{_separator(words)}|/|\s*--\s*){iso(2, year)}{end}"
        yield rf"{left}{first}(?:{_DASH}|/)(?P<d2>[0-3][0-9])(?![\w.:/–-])"
        yield rf"{left}{first}{end}"


def _numeric_forms(words: DateWords, mark: str, plain: bool) -> Iterator[str]:
    """Day and month as numbers; where the language has no such form, only with a full year."""
    separator, end = _separator(words), _NUMBER_END
    day1, day2 = (rf"(?P<d{n}>{_DAY_DIGITS})" for n in (1, 2))
    month1, month2 = (rf"(?P<m{n}>{_MONTH_DIGITS})" for n in (1, 2))
    glued = rf"{mark}(?P<y1>{_FULL_YEAR})(?!\w)(?![.:/-][0-9])"
    yield rf"{_LEFT}{day1}{mark}{month1}{glued}"
    yield rf"{_LEFT}{day1}{separator}{day2}{mark}{month1}{glued}"
    glued2 = glued.replace("<y1>", "<y2>")
    year1 = rf"(?:{mark}(?P<y1>{_FULL_YEAR}))?"
    yield rf"{_LEFT}{day1}{mark}{month1}{year1}{separator}{day2}{mark}{month2}{glued2}"
    yield rf"{_LEFT}(?P<d1>[0-3][0-9]){mark}(?P<m1>[01][0-9]){mark}(?P<s1>[0-9]{{2}}){end}"
    if not plain:
        return
    year = rf",?\s+(?P<y1>{_FULL_YEAR})(?!\s*{words.regex('apart', 'after')}(?!\w))"
    if mark == "/":  # «14/6-12» has a year, «14.6-12» has not
        year += rf"|-(?P<s1>[0-9]{{2}})(?!\s*{mark})"
    days = rf"{day1}(?:(?:{separator}|{_neighbour(words)}){day2})?"
    for years in (rf"(?:{year})", ""):
        yield rf"{_LEFT}{days}{mark}{month1}{years}{end}"
        last = rf"{_weekday(words, 2)}{day2}{mark}{month2}{years}"
        yield rf"{_LEFT}{day1}{mark}{month1}{separator}{last}{end}"


def _named_forms(words: DateWords) -> Iterator[str]:
    day1, day2 = _day(words, 1), rf"{_weekday(words, 2)}{_day(words, 2)}"
    joiner = rf"(?:\s+{words.regex('day', 'joiners')}\s+|\s*)"
    article = rf"(?:{words.regex('day', 'articles')}\s+)?"
    # «i29 september»: a day that a typist glued to a one-letter word before it.
    left = r"(?:(?<![\w€$£#§])|(?<=\b[^\W\d_]))(?<![0-9][.,:/–-])"
    days = rf"{day1}(?:(?:{_separator(words)}|(?P<n1>{_neighbour(words)})){article}{day2})?"
    yield rf"{left}{days}{joiner}{_month(words, 1)}{_year(words)}{_RIGHT}"
    yield rf"{left}{day1}{joiner}{_month(words, 1)}{_year(words)}{_RIGHT}"
    first = rf"{day1}{joiner}{_month(words, 1)}{_year(words, 1)}"
    last = rf"{article}{day2}{joiner}{_month(words, 2)}{_year(words, 2)}"
    yield rf"{left}{first}{_separator(words)}{last}{_RIGHT}"


def _month_first_forms(words: DateWords) -> Iterator[str]:
    article = rf"(?:{words.regex('day', 'articles')}\s+)?"
    first = rf"{_month(words, 1)}\s+{article}{_day(words, 1)}"
    neighbour = rf"(?P<n1>{_neighbour(words)})"
    days = rf"{first}(?:(?:{_separator(words)}|{neighbour}){article}{_day(words, 2)})?"
    left, end = r"(?<![\w])", rf"(?![.:][0-9]){_RIGHT}"
    yield rf"{left}{days}{_year(words)}{end}"
    last = rf"{_weekday(words, 2)}{_month(words, 2)}\s+{article}{_day(words, 2)}{_year(words, 2)}"
    yield rf"{left}{first}{_year(words, 1)}{_separator(words)}{last}{end}"


def _read_days(words: DateWords, groups: Groups) -> Fields | None:
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
        "year": _read_year_group(groups, number),
        "weekday": words.weekdays.get(fold_word(weekday)) if weekday and number == "1" else None,
    }


def _read_year_group(groups: Groups, number: str) -> int | None:
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


# --- months, weeks, quarters, seasons, years --------------------------------------------------


def _month_form(words: DateWords) -> str:
    last = rf"(?:(?:{_separator(words)}|\s*/\s*|{_neighbour(words)}){_month(words, 2)})?"
    return rf"(?<![\w.-]){_month(words, 1)}{last}{_year(words)}{_RIGHT}"


def _read_month(words: DateWords, groups: Groups) -> Fields | None:
    month, end = (groups.get(k) for k in ("m1", "m2"))
    first = words.month(month) if month else None
    last = words.month(end) if end else None
    year = _read_year_group(groups, "1")
    if first is None or (end and last is None) or first == last:
        return None
    if last is None:
        return {"kind": "month", "month": first, "year": year}
    start = year - (last < first) if year else None
    return {"kind": "range", "month": first, "year": start, "end_month": last, "end_year": year}


def _week_form(words: DateWords) -> str:
    """A mark and a number; glued to the mark only with two digits: «v38», while «v2» is a version."""
    marks = words.regex("week", "marks")
    last = rf"(?:(?:{_separator(words)}|{_neighbour(words)})(?:{marks}\.?\s*)?(?P<k2>[0-9]{{1,2}}))?"
    number = r"(?:\.?\s+(?P<k1>[0-9]{1,2})|\.?(?P<g1>[0-9]{2}))"
    year = rf"(?:,?\s+(?P<y1>{_FULL_YEAR}))?"
    before = rf"(?:(?P<y0>{_FULL_YEAR}),?\s*)?"
    end = r"(?![0-9\w%])(?![.,:][0-9])"
    plain = rf"(?<![\w-])(?<![0-9]\s)(?<![0-9][.,]){before}{marks}{number}{last}{year}{end}"
    iso = rf"(?<![\w-])(?P<y2>{_FULL_YEAR})-?W(?P<i1>[0-5][0-9])(?!\w)"
    return f"(?:{plain}|{iso})"


def _read_week(_: DateWords, groups: Groups) -> Fields | None:
    """Weeks 1 to 53; of several weeks the first, with their number as `amount`."""
    first = int(groups.get("k1") or groups.get("g1") or groups.get("i1") or 0)
    last = int(groups.get("k2") or first)
    if not 1 <= first <= last <= 53:
        return None
    year = next((int(y) for k in ("y0", "y1", "y2") if (y := groups.get(k))), None)
    several: Fields = {"unit": "weeks", "amount": last - first + 1} if last > first else {}
    return {"kind": "week", "week": first, "year": year, **several}


def _quarter_form(words: DateWords) -> str:
    marked = rf"{words.regex('quarter', 'marks')}\.?\s*(?P<q1>[1-4])"
    ordinal = rf"(?P<o1>{alternation(words.ordinals)})\s+{words.regex('quarter', 'after_ordinal')}"
    before = rf"(?:(?P<y0>{_FULL_YEAR})[\s-]*)?"
    return rf"(?<![\w-]){before}(?:{marked}|{ordinal})(?!\w)(?![.,][0-9]){_year(words)}(?!\w)"


def _read_quarter(words: DateWords, groups: Groups) -> Fields | None:
    number = int(groups.get("q1") or words.ordinals.get(fold_word(groups.get("o1") or ""), 0))
    year = groups.get("y0")
    if not 1 <= number <= 4:
        return None
    return {
        "kind": "quarter",
        "quarter": number,
        "year": int(year) if year else _read_year_group(groups, "1"),
    }


def _season_form(words: DateWords) -> str:
    return rf"(?<![\w-])(?P<season>{alternation(words.seasons)})(?!\w){_year(words)}{_RIGHT}"


def _term_form(words: DateWords) -> str:
    """«HT23», «vt 24»: a half year takes two digits without a mark."""
    terms = alternation(w for w, code in words.seasons.items() if code >= 40)
    year = rf"[\s-]?(?:(?P<y1>{_FULL_YEAR})|(?P<s1>[0-9]{{2}}))"
    return rf"(?<![\w-])(?P<season>{terms}){year}(?![\w.,:/-])"


def _read_season(words: DateWords, groups: Groups) -> Fields | None:
    season = words.seasons.get(fold_word(groups.get("season") or ""))
    if season is None:
        return None
    return {"kind": "season", "season": season, "year": _read_year_group(groups, "1")}


def _read_year(_: DateWords, groups: Groups) -> Fields | None:
    return {"kind": "year", "year": _read_year_group(groups, "1")}


# --- relative to another day ------------------------------------------------------------------


def _weekday_form(words: DateWords) -> str:
    careful = set(words.words("careful", "weekdays"))
    full = alternation(w for w in words.weekdays if w not in careful)
    return rf"(?<![\w-])(?P<w1>{full})(?!\w)"


def _read_weekday(words: DateWords, groups: Groups) -> Fields | None:
    weekday = words.weekdays.get(fold_word(groups.get("w1") or ""))
    if weekday is None:
        return None
    return {"kind": "relative", "unit": "weekday", "amount": 0, "weekday": weekday}


def _weekday_day_form(words: DateWords) -> str:
    """«fredag den 12:e», «Friday the 12th»: only with article or ending, as «Friday 12» is vague."""
    weekday = rf"(?<!\w)(?P<w1>{alternation(words.weekdays)})\.?,?\s+"
    return rf"{weekday}{words.regex('day', 'articles')}\s+{_day(words, 1)}{_NUMBER_END}"


def _read_weekday_day(words: DateWords, groups: Groups) -> Fields | None:
    parts = _parts(words, groups, "1")
    if parts["weekday"] is None or parts["day"] is None:
        return None
    return {"kind": "day", "day": parts["day"], "weekday": parts["weekday"]}


def _counted_forms(words: DateWords, within: bool) -> Iterator[str]:
    count = rf"(?P<n>[0-9]{{1,3}}|{alternation(words.numbers)})"
    amount = rf"{count}\s+(?P<u>{alternation(words.units)})(?!\w)"
    yield rf"(?<!\w){words.regex('counted', 'within' if within else 'in')}\s+{amount}"
    if within:
        yield rf"(?<!\w){amount}\s+{words.regex('counted', 'after')}(?!\w)"


def _read_counted(within: bool) -> Reader:
    def read(words: DateWords, groups: Groups) -> Fields | None:
        count = words.count(groups.get("n") or "")
        unit = words.units.get(fold_word(groups.get("u") or ""))
        if count is None or unit is None:
            return None
        qualifier = "by" if within else None
        return {"kind": "relative", "unit": unit, "amount": count, "qualifier": qualifier}

    return read


def _phrase_form(phrase: Phrase) -> str:
    end = r"(?=\s*(?:$|[.,;:!?)\]]))" if phrase.at_end else ""
    return rf"(?<![\w-]){alternation(phrase.words)}(?!\w){end}"


def _read_phrase(phrase: Phrase) -> Reader:
    fields: Fields = {"kind": phrase.kind, "unit": phrase.unit, "amount": phrase.amount}
    return lambda _words, _groups: fields
