"""The date words of some language packs, merged: what a word means and how it is matched.

Takes the `dates` tables of the packs (`languages/<code>/dates.toml`) and gives `DateWords`, made
once per tuple of packs. What a text must have around the words is left to `date_context`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from pipeline.languages.pack import LanguagePack, cue_pattern

_WORD = re.compile(r"[^\W\d_]+")
_NEVER = "(?!)"


@dataclass(frozen=True)
class Phrase:
    """Fixed words with one meaning: «next week» is one calendar `week` on."""

    kind: str
    words: tuple[str, ...]
    unit: str | None = None
    amount: int | None = None
    at_end: bool = False


@dataclass(frozen=True)
class DateWords:
    """Tables over all packs; where two packs have one word, the first pack's meaning holds.

    `months`, `weekdays`, `seasons`, `numbers`, `ordinals` and `units` give a folded word's value.
    """

    tables: tuple[Mapping[str, Any], ...]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, int]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    units: Mapping[str, str]
    phrases: tuple[Phrase, ...]
    month_first: bool

    def words(self, *path: str) -> tuple[str, ...]:
        """The lists at `path` of all packs, one after the other, without doubles."""
        return tuple(dict.fromkeys(w for table in self.tables for w in _list(table, path)))

    def has(self, word: str, *path: str) -> bool:
        """Whether a word as written is in the lists at `path`."""
        return fold_word(word) in self.words(*path)

    def regex(self, *path: str) -> str:
        """An alternation of the words at `path`, without word boundaries."""
        return alternation(self.words(*path))

    def day(self, text: str) -> int | None:
        """The day of a month that a number or an ordinal word says."""
        return _number(text, self.ordinals)

    def month(self, text: str) -> int | None:
        """The month that a number or a name says."""
        return _number(text, self.months)

    def count(self, text: str) -> int | None:
        """How many a number or a number word says."""
        return _number(text, self.numbers)

    @cached_property
    def triggers(self) -> frozenset[str]:
        """Folded words one of which stands in every expression that has no digits."""
        found = {
            first_word(w) for table in (self.weekdays, self.seasons, self.units) for w in table
        }
        found.update(self.months)
        for phrase in self.phrases:
            found.update(map(_rarest_word, phrase.words))
        found.update(_rarest_word(w) for w in self.words("quarter", "after_ordinal"))
        return frozenset(found)

    def may_have_dates(self, text: str) -> bool:
        """A cheap look: a digit, or a word without which there is no date."""
        if any(c.isdigit() for c in text):
            return True
        return not self.triggers.isdisjoint(words_of(text))


@lru_cache(maxsize=64)
def date_words(packs: tuple[LanguagePack, ...]) -> DateWords:
    """The merged tables of some packs, the first one's meanings first."""
    tables = tuple(pack.dates for pack in packs)
    return DateWords(
        tables=tables,
        months=_values(tables, "months"),
        weekdays=_values(tables, "weekdays"),
        seasons=_values(tables, "seasons"),
        numbers=_values(tables, "numbers"),
        ordinals=_values(tables, "ordinals"),
        units=_units(tables),
        phrases=_phrases(tables),
        month_first=any(table.get("day", {}).get("month_first", False) for table in tables),
    )


def alternation(words: Iterable[str]) -> str:
    """A regex group of words, longest first; a space is white space, `*` any word characters."""
    parts = sorted(set(words), key=lambda w: (-len(w), w))
    if not parts:
        return _NEVER
    escaped = (re.escape(w).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for w in parts)
    return f"(?:{'|'.join(escaped)})"


@lru_cache(maxsize=512)
def cues(words: tuple[str, ...]) -> re.Pattern[str]:
    """The pattern of whole words, compiled once."""
    return cue_pattern(words)


def fold_word(word: str) -> str:
    """Lower case, single spaces, no dot at the end: as the tables write their words."""
    return " ".join(word.casefold().split()).rstrip(".")


def words_of(text: str) -> set[str]:
    """The runs of letters in a text, folded: «v38» has «v»."""
    return set(_WORD.findall(text.casefold()))


def first_word(phrase: str) -> str:
    """The first run of letters of a phrase."""
    match = _WORD.search(phrase)
    return match[0] if match else phrase


def _rarest_word(phrase: str) -> str:
    """The longest whole word of a phrase: in «by the next meeting*» it is «next», not a stem."""
    whole = [w for part in phrase.split() if "*" not in part for w in _WORD.findall(part)]
    return max(whole, key=len, default=first_word(phrase))


def _number(text: str, names: Mapping[str, int]) -> int | None:
    digits = text.strip()
    if digits.isdecimal():
        return int(digits)
    return names.get(fold_word(text))


def _list(table: Mapping[str, Any], path: Sequence[str]) -> tuple[str, ...]:
    node: Any = table
    for key in path:
        node = node.get(key, {})
    return tuple(node) if isinstance(node, list) else ()


def _values(tables: Iterable[Mapping[str, Any]], name: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for table in tables:
        for value, words in table.get(name, {}).items():
            for word in words:
                found.setdefault(word, int(value))
    return found


def _units(tables: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for table in tables:
        for unit in ("days", "weeks", "months", "years"):
            for word in _list(table, ("counted", unit)):
                found.setdefault(word, unit)
    return found


def _phrases(tables: Iterable[Mapping[str, Any]]) -> tuple[Phrase, ...]:
    found: list[Phrase] = []
    for table in tables:
        for row in table.get("phrase", ()):
            found.append(Phrase("relative", tuple(row["words"]), row["unit"], row["amount"]))
        found.append(Phrase("next_session", _list(table, ("sessions", "next"))))
        found.append(Phrase("this_session", _list(table, ("sessions", "this"))))
        found.append(Phrase("vague", _list(table, ("vague", "words"))))
        found.append(Phrase("vague", _list(table, ("vague", "at_end")), at_end=True))
    return tuple(phrase for phrase in found if phrase.words)
