"""The ways in which a date is written, and how each is read to its parts.

Gives `Core`s: the words of a date without what leads in («by», «on»); whether a core is a date in
its surroundings («13.10» may be a time) is left to `date_context`. The named groups are those of
`date_readers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.languages.pack import LanguagePack
from pipeline.rules.date_readers import (
    Fields,
    Reader,
    read_counted,
    read_days,
    read_month,
    read_phrase,
    read_quarter,
    read_season,
    read_week,
    read_weekday,
    read_weekday_day,
    read_year,
)
from pipeline.rules.date_words import DateWords, Phrase, alternation, date_words

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
        yield form("iso", regex, read_days)
    for name, mark in (("dot", r"\."), ("slash", "/")):
        for regex in _numeric_forms(words, mark, mark[-1] in words.words("day", "separators")):
            yield form(name, regex, read_days)
    for regex in _named_forms(words):
        yield form("named", regex, read_days, needs_digit=False)
    if words.month_first:
        for regex in _month_first_forms(words):
            yield form("month_first", regex, read_days, needs_digit=False)
    yield form("month", _month_form(words), read_month, needs_digit=False)
    yield form("month", rf"{_LEFT}(?P<y1>{_FULL_YEAR})-(?P<m1>0[1-9]|1[0-2])(?![\w-])", read_month)
    yield form("week", _week_form(words), read_week)
    yield form("quarter", _quarter_form(words), read_quarter, needs_digit=False)
    yield form("season", _season_form(words), read_season, needs_digit=False)
    yield form("term", _term_form(words), read_season)
    yield form(
        "year", rf"{_LEFT}(?P<y1>200[1-9]|20[1-4][0-9]|2050|199[0-9]){_NUMBER_END}", read_year
    )
    yield form("weekday", _weekday_form(words), read_weekday, needs_digit=False)
    yield form("weekday_day", _weekday_day_form(words), read_weekday_day, needs_digit=False)
    for within in (False, True):
        for regex in _counted_forms(words, within):
            yield form("counted", regex, read_counted(within), needs_digit=False)
    for phrase in words.phrases:
        yield form("phrase", _phrase_form(phrase), read_phrase(phrase), needs_digit=False)


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
    glued = rf"{alternation(words.months)}(?!\w)"  # «3maj»
    after = rf"(?:{words.regex('day', 'endings')})?(?!\w)(?!:[0-9])"
    digits = rf"{_DAY_DIGITS}(?={after}|{glued})"
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
        return (
            rf"(?P<y{number}>{year}){mark}(?P<m{number}>{month})(?P=k{number})(?P<d{number}>{day})"
        )

    for year in (_FULL_YEAR, "[0-9]{2}"):  # a short year only with hyphens: «24-09-30»
        full = year == _FULL_YEAR
        left = _LEFT if full else r"(?<![\w.,:/–-])"
        first = iso(1, year) if full else iso(1, year).replace("[-/]", "-")
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
    days = rf"{day1}(?:(?:{separator}|(?P<n1>{_neighbour(words)})){day2})?"
    for years in (rf"(?:{year})", ""):
        yield rf"{_LEFT}{days}{mark}{month1}{years}{end}"
        yield rf"{_LEFT}{day1}{mark}{month1}{years}{end}"  # «3 och 17/5» is no stretch
        last = rf"{_weekday(words, 2)}{day2}{mark}{month2}{years}"
        yield rf"{_LEFT}{day1}{mark}{month1}{separator}{last}{end}"


def _named_forms(words: DateWords) -> Iterator[str]:
    day1, day2 = _day(words, 1), rf"{_weekday(words, 2)}{_day(words, 2)}"
    joiner = rf"(?:\s+{words.regex('day', 'joiners')}\s+|\s*|-)"
    article = rf"(?:{words.regex('day', 'articles')}\s+)?"
    # «i29 september»: a day that a typist glued to a one-letter word before it.
    left = r"(?:(?<![\w€$£#§])|(?<=\b[^\W\d_]))(?<![0-9][.,:/–-])"
    days = rf"{day1}(?:(?:{_separator(words)}|(?P<n1>{_neighbour(words)})){article}{day2})?"
    yield rf"{left}{days}{joiner}{_month(words, 1)}{_year(words)}{_RIGHT}"
    yield rf"{left}{day1}{joiner}{_month(words, 1)}{_year(words)}{_RIGHT}"
    first = rf"{day1}{joiner}{_month(words, 1)}{_year(words, 1)}"
    last = rf"{article}{day2}{joiner}{_month(words, 2)}{_year(words, 2)}"
    yield rf"{left}{first}{_separator(words)}{last}{_RIGHT}"
    between = rf"(?<!\w){words.regex('range', 'between')}\s+{article}"
    both = rf"\s+{words.regex('range', 'neighbours')}\s+"
    ends = rf"{article}{day2}{joiner}{_month(words, 2)}{_year(words, 2)}{_RIGHT}"
    yield rf"{between}{day1}{both}{ends}"
    yield rf"{between}{first}{both}{ends}"


def _month_first_forms(words: DateWords) -> Iterator[str]:
    article = rf"(?:{words.regex('day', 'articles')}\s+)?"
    first = rf"{_month(words, 1)}\s+{article}{_day(words, 1)}"
    neighbour = rf"(?P<n1>{_neighbour(words)})"
    days = rf"{first}(?:(?:{_separator(words)}|{neighbour}){article}{_day(words, 2)})?"
    left, end = r"(?<![\w])", rf"(?![.:][0-9]){_RIGHT}"
    yield rf"{left}{days}{_year(words)}{end}"
    last = rf"{_weekday(words, 2)}{_month(words, 2)}\s+{article}{_day(words, 2)}{_year(words, 2)}"
    yield rf"{left}{first}{_year(words, 1)}{_separator(words)}{last}{end}"


# --- months, weeks, quarters, seasons, years --------------------------------------------------


def _month_form(words: DateWords) -> str:
    """A month or two; «first Monday in June» is read as its month, for EDTF has no such day."""
    nth = rf"(?:{alternation(words.ordinals)}|{words.regex('day', 'last')})"
    within = rf"(?:{words.regex('lead', 'in')}|{words.regex('day', 'joiners')})"
    weekday = rf"(?:(?<!\w){nth}\s+{alternation(words.weekdays)}\s+{within}\s+)?"
    last = rf"(?:(?:{_separator(words)}|\s*/\s*|{_neighbour(words)}){_month(words, 2)})?"
    return rf"(?<![\w.]){weekday}{_month(words, 1)}{last}{_year(words)}{_RIGHT}"


def _week_form(words: DateWords) -> str:
    """A mark and a number, glued only with two digits: «v38», while «v2» is a version."""
    marks = words.regex("week", "marks")
    last = (
        rf"(?:(?:{_separator(words)}|{_neighbour(words)})(?:{marks}\.?\s*)?(?P<k2>[0-9]{{1,2}}))?"
    )
    number = r"(?:\.?\s+(?P<k1>[0-9]{1,2})|\.?(?P<g1>[0-9]{2}))"
    year = rf"(?:,?\s+(?P<y1>{_FULL_YEAR}))?"
    before = rf"(?:(?P<y0>{_FULL_YEAR}),?\s*)?"
    end = r"(?![0-9\w%])(?![.,:][0-9])"
    plain = rf"(?<![\w-])(?<![0-9]\s)(?<![0-9][.,]){before}{marks}{number}{last}{year}{end}"
    iso = rf"(?<![\w-])(?P<y2>{_FULL_YEAR})-?W(?P<i1>[0-5][0-9])(?!\w)"
    return f"(?:{plain}|{iso})"


def _quarter_form(words: DateWords) -> str:
    marked = rf"{words.regex('quarter', 'marks')}\.?\s*(?P<q1>[1-4])"
    number = rf"(?:(?P<o1>{alternation(words.ordinals)}|[1-4])(?:{words.regex('day', 'endings')})?)"
    ordinal = rf"{number}\s+{words.regex('quarter', 'after_ordinal')}"
    before = rf"(?:(?P<y0>{_FULL_YEAR})[\s-]*)?"
    return rf"(?<![\w-]){before}(?:{marked}|{ordinal})(?!\w)(?![.,][0-9]){_year(words)}(?!\w)"


def _season_form(words: DateWords) -> str:
    return rf"(?<![\w-])(?P<season>{alternation(words.seasons)})(?!\w){_year(words)}{_RIGHT}"


def _term_form(words: DateWords) -> str:
    """«HT23», «vt 24»: a half year takes two digits without a mark."""
    terms = alternation(w for w, code in words.seasons.items() if code >= 40)
    year = rf"[\s-]?(?:(?P<y1>{_FULL_YEAR})|(?P<s1>[0-9]{{2}}))"
    return rf"(?<![\w-])(?P<season>{terms}){year}(?![\w.,:/-])"


# --- relative to another day ------------------------------------------------------------------


def _weekday_form(words: DateWords) -> str:
    careful = set(words.words("careful", "weekdays"))
    full = alternation(w for w in words.weekdays if w not in careful)
    return rf"(?<![\w-])(?P<w1>{full})(?!\w)"


def _weekday_day_form(words: DateWords) -> str:
    """«fredag den 12:e», «the 12th»: only with an article, as «Friday 12» may count."""
    weekday = rf"(?<!\w)(?:(?P<w1>{alternation(words.weekdays)})\.?,?\s+)?"
    return rf"{weekday}{words.regex('day', 'articles')}\s+{_day(words, 1)}{_NUMBER_END}"


def _counted_forms(words: DateWords, within: bool) -> Iterator[str]:
    count = rf"(?P<n>[0-9]{{1,3}}|{alternation(words.numbers)})"
    amount = rf"{count}\s+(?P<u>{alternation(words.units)})(?!\w)"
    yield rf"(?<!\w){words.regex('counted', 'within' if within else 'in')}\s+{amount}"
    if not within:
        yield rf"(?<!\w){amount}\s+{words.regex('counted', 'after')}(?!\w)"


def _phrase_form(phrase: Phrase) -> str:
    end = r"(?=\s*(?:$|[.,;:!?)\]]))" if phrase.at_end else ""
    return rf"(?<![\w-]){alternation(phrase.words)}(?!\w){end}"
