"""What stands around a date: the words that lead in, and whether digits are a date at all.

«14.6» may be a date, a time, an amount or a section. Where the surroundings do not say, the text
is left alone: a missed date is seen by the reader, an invented one is believed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.languages.pack import LanguagePack
from pipeline.rules.date_patterns import Core
from pipeline.rules.date_words import DateWords, alternation, cues, date_words, fold_word

Qualifier = Literal["by", "from"]

# Lead-ins are a few short words; the window keeps long lines cheap.
_WINDOW = 60
_DAY_FORMS = frozenset({"iso", "dot", "slash", "named", "month_first"})
_LEAD_PARTS = ("by", "from", "in", "points", "this", "next")
_CLAUSE_END = re.compile(r"\s*(?:$|[.,;:!?)\]])")
_ENDS = re.compile(r"\s*(?:$|[.,;:!?)\]–-])")
_WORD = re.compile(r"[^\W\d_]+")
_WORD_BEFORE = re.compile(r"(?<!\w)([^\W\d_]\w+),?\s+\Z")
_CLOCK_BEFORE = re.compile(r"[0-9]\s*[-–—]\s*\Z")
_AFTER_LABEL = re.compile(r"\s*[:.)]")
_COUNTER = re.compile(r"\S\s*\(\Z")


@dataclass(frozen=True, slots=True)
class Lead:
    """The words before a date that belong to it, such as «by the end of»."""

    start: int
    qualifier: Qualifier | None = None
    weekday: int | None = None
    strong: bool = False
    """Says that a date follows, even digits that could be something else."""
    held: bool = False
    """More than an article: «in May», not «the May»."""
    next: bool = False


class Surroundings:
    """The lead-in, tail and look-around patterns of some packs, compiled."""

    def __init__(self, words: DateWords) -> None:
        self.words = words
        pieces = alternation(
            [w for part in _LEAD_PARTS for w in words.words("lead", part)]
            + list(words.words("day", "articles"))
        )
        lead = rf"(?:{pieces}(?:\s*[:–-]\s*|\s+))*"
        article = rf"(?:{words.regex('day', 'articles')}\s+)?"
        weekday = alternation(words.weekdays)
        days = rf"(?:(?P<w>{weekday})(?:\s*[-–]\s*{weekday})?\.?,?\s+)?{article}"
        self._plain = re.compile(rf"(?<!\w){lead}\Z", re.IGNORECASE)
        self._before_day = re.compile(rf"(?<!\w){lead}{days}\Z", re.IGNORECASE)
        by = words.regex("tail", "by")
        self._tail = re.compile(
            rf"(?P<w>\s*\((?P<day>{weekday})\))?(?P<by>\s+{by}(?!\w)(?!\s+[0-9]))?", re.IGNORECASE
        )
        self._not_after = _ends_with(words.words("apart", "before"))
        self._clock = _ends_with(words.words("apart", "clock"))
        self._recurring = _ends_with(words.words("apart", "recurring") + tuple(words.ordinals))
        self._before_clock = _ends_with(words.words("apart", "oclock"))
        self._ends = re.compile(
            rf"{_ENDS.pattern}|\s+{words.regex('apart', 'oclock')}\.?\s*[0-9]", re.IGNORECASE
        )
        after = words.regex("apart", "after")
        self._counted = re.compile(rf"\s*-?{after}(?!\w)", re.IGNORECASE)
        self._checks: dict[str, Callable[[str, Core, Lead], bool]] = {
            "dot": self._is_numeric_date,
            "slash": self._is_numeric_date,
            "named": self._is_named_day,
            "month_first": self._is_named_day,
            "month": self._is_named_part,
            "season": self._is_named_part,
            "year": self._is_year,
            "quarter": self._is_quarter,
            "weekday": self._is_to_come,
            "weekday_day": self._is_day_alone,
        }

    def lead(self, text: str, core: Core, floor: int) -> Lead:
        """The lead-in of a core; nothing left of `floor` is taken."""
        pattern = self._before_day if core.form in _DAY_FORMS else self._plain
        match = pattern.search(text, max(floor, core.start - _WINDOW), core.start)
        if match is None or match.start() == core.start:
            return Lead(core.start)
        said = match[0]
        weekday = match["w"] if core.form in _DAY_FORMS else None
        return Lead(
            start=match.start(),
            qualifier=self._qualifier(said),
            weekday=self.words.weekdays.get(fold_word(weekday)) if weekday else None,
            strong=bool(weekday) or self._says_date(said),
            held=any(self._finds(said, part) for part in _LEAD_PARTS),
            next=self._finds(said, "next"),
        )

    def tail(self, text: str, core: Core) -> tuple[int, int | None, bool]:
        """Where the words after a core end, the weekday and whether «at the latest» is in them."""
        match = self._tail.match(text, core.end)
        if match is None:
            return core.end, None, False
        day_form = core.form in _DAY_FORMS
        if match["w"] and not day_form:
            return core.end, None, False
        weekday = self.words.weekdays.get(fold_word(match["day"])) if match["w"] else None
        return match.end(), weekday, match["by"] is not None

    def _qualifier(self, said: str) -> Qualifier | None:
        """The one that stands last: «from 3 May» in «due from 3 May»."""
        by, start = (self._last(said, part) for part in ("by", "from"))
        if by == start:
            return None
        return "by" if by > start else "from"

    def _last(self, said: str, part: str) -> int:
        return max(
            (m.end() for m in cues(self.words.words("lead", part)).finditer(said)), default=0
        )

    def _finds(self, said: str, part: str) -> bool:
        return cues(self.words.words("lead", part)).search(said) is not None

    def _says_date(self, said: str) -> bool:
        weak = self.words.words("lead", "weak")
        for path in (("lead", "by"), ("lead", "from"), ("day", "articles")):
            for match in cues(self.words.words(*path)).finditer(said):
                if fold_word(match[0]) not in weak:
                    return True
        return False

    def is_date(self, text: str, core: Core, lead: Lead) -> bool:
        """Whether a core is a date where it stands."""
        check = self._checks.get(core.form)
        return check is None or check(text, core, lead)

    def _is_year(self, text: str, core: Core, lead: Lead) -> bool:
        return lead.held and not lead.next and self._counted.match(text, core.end) is None

    def _is_quarter(self, text: str, core: Core, lead: Lead) -> bool:
        """«Q1: How do we …» numbers a question."""
        numbers = not text[: core.start].strip() and _AFTER_LABEL.match(text, core.end)
        return lead.held or not numbers

    def _is_day_alone(self, text: str, core: Core, lead: Lead) -> bool:
        """«Friday the 12th», «by the 12th», but not «the 12th cup»."""
        if core.fields["weekday"] is not None:
            return True
        return lead.qualifier == "by" and _ENDS.match(text, core.end) is not None

    def _is_to_come(self, text: str, core: Core, lead: Lead) -> bool:
        """Not «every Friday», «last spring»."""
        return self._recurring.search(text, max(0, lead.start - _WINDOW), lead.start) is None

    def _is_named_day(self, text: str, core: Core, lead: Lead) -> bool:
        """Leave «3 may attend» and «in may 12 people» alone."""
        if core.form == "month_first" and not text[core.start].isupper():
            return False
        said = _WORD.findall(text, core.start, core.end)
        plain = any(w in self.words.words("careful", "months_capital") for w in said)
        return not plain or lead.strong or core.fields.get("year") is not None

    def _is_named_part(self, text: str, core: Core, lead: Lead) -> bool:
        """Whether a month or season alone is one: «in May», not «we may», «i vår förening»."""
        if core.fields.get("year") is not None:
            return True
        said, words = _WORD.findall(text, core.start, core.end), self.words
        if self._is_other_word(text, core, lead, said):
            return False
        if core.fields["kind"] == "range" or _is_alone(text, core):
            return True
        if words.has(said[0], "careful", "seasons_at_end"):
            return lead.held and _CLAUSE_END.match(text, core.end) is not None
        careful = words.words("careful", "months") + words.words("careful", "seasons")
        return lead.held or any(fold_word(w) not in careful for w in said)

    def _is_other_word(self, text: str, core: Core, lead: Lead, said: list[str]) -> bool:
        """«Anna-Maj» (but «mid-May»), «the February newsletter», «last spring», «till jul»."""
        led = lead.start < core.start or text[: core.start].endswith("-")
        return (
            (led and not lead.held)
            or not self._is_to_come(text, core, lead)
            or any(self.words.has(w, "careful", "not_alone") for w in said)
            or said[0] in self.words.words("careful", "months_capital")
            or self._is_name(text, core, lead)
        )

    def _is_name(self, text: str, core: Core, lead: Lead) -> bool:
        """«Jan» and «till Jan» are a person, «i Jan» is a month."""
        name = _WORD.search(text, core.start)
        before = text[lead.start : core.start].split()[-1:]
        return (
            name is not None
            and name[0][0].isupper()
            and self.words.has(name[0], "careful", "names")
            and (not before or self.words.has(before[0], "careful", "before_names"))
        )

    def _is_numeric_date(self, text: str, core: Core, lead: Lead) -> bool:
        written = text[core.start : core.end]
        low = max(0, lead.start - _WINDOW)
        if _CLOCK_BEFORE.search(text, low, core.start) or written in self._wholes():
            return False
        if self._not_after.search(text, low, lead.start):
            return False
        if core.fields.get("year") is not None:
            return True
        if core.form == "slash":
            return self._is_slash_date(text, core, lead)
        if self._counted.match(text, core.end):
            return False
        return self._is_dot_date(text, core, lead)

    def _wholes(self) -> tuple[str, ...]:
        return self.words.words("apart", "whole")

    def _is_slash_date(self, text: str, core: Core, lead: Lead) -> bool:
        """«30/4» is no fraction; «1/4» may be one, or count pages («Next steps (1/3)»)."""
        day, month = _number(core, "day"), _number(core, "month")
        if day > 12 or lead.strong or core.fields["kind"] == "range":
            return True
        if self._counted.match(text, core.end):
            return False
        bracketed = _COUNTER.search(text, 0, core.start) and text[core.end :].strip() == ")"
        return not (bracketed and day <= month and not lead.held)

    def _is_dot_date(self, text: str, core: Core, lead: Lead) -> bool:
        if lead.strong:
            return True
        low = max(0, core.start - _WINDOW)
        if self._before_clock.search(text, low, core.start):
            return False
        day = _number(core, "end_day") or _number(core, "day")
        if day < 10:  # «(3.2)» is a section, «till 2.5» an amount
            return False
        before = _WORD_BEFORE.search(text, low, core.start)
        place = before is not None and before[1][0].isupper()
        bracketed = (
            text[: core.start].endswith(("(", "[")) and text[core.end : core.end + 1] in ")],"
        )
        if re.search(r"\.[0-9]{2}$", text[core.start : core.end]):  # «10.10» is a time as well
            return place and self._clock.search(text, low, core.start) is None
        if place or bracketed or (lead.held and day > 12):
            return True
        starts = not text[: core.start].strip() and text[core.end :].lstrip()[:1].isupper()
        return (day > 12 or "end_day" in core.fields) and (
            starts or self._ends.match(text, core.end) is not None
        )


def _is_alone(text: str, core: Core) -> bool:
    """A cell or bracket with nothing else: «Sept.», «(May)»."""
    before, after = text[: core.start].rstrip(), text[core.end :].lstrip(" .")
    return (not before and not after) or (before.endswith("(") and after.startswith(")"))


@lru_cache(maxsize=64)
def surroundings(packs: tuple[LanguagePack, ...]) -> Surroundings:
    """The compiled surroundings of some packs."""
    return Surroundings(date_words(packs))


def _ends_with(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternation(words)}\.?:?\s+\Z", re.IGNORECASE)


def _number(core: Core, name: str) -> int:
    value = core.fields.get(name)
    return value if isinstance(value, int) else 0
