"""Heads of mails inside a text: «From: … Sent: … To: … Subject: …» in any language.

Told by their shape alone: labels, addresses, dates, and what stands over them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.text import squash

ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
ANGLED = re.compile(r"(?:[<\[(]|mailto:)\s*[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
"""An address as only programs write it: in brackets."""

DATE = re.compile(
    r"\b(?:19|20)\d\d\b.{0,60}\d|\d.{0,60}\b(?:19|20)\d\d\b"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|年.{1,6}日"
)
CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b")
FEWEST = 3
"""Fields that make a head."""

_MARKS = re.compile(r"\s{0,3}((?:>\s?)+)")
_LABEL = re.compile(r"\s*\W{0,4}([^\W\d_][^\d:<>@\[\]()]{0,24}?)\s?[:：][*_]{0,2}\s*(.*)$")
_RULE = re.compile(r"\s*(?:[-_=*—–]\s?){4,}")
_WORDED_RULE = re.compile(r"\s{0,9}[-_]{3,}(?=.*[^\W_]).*[-_]{3,}\s*$")
_PREFIX = re.compile(r"\s*([^\W\d_]{1,4})(?:\[\d+\]|\(\d+\)|\^\d)?\s*[:：]\s*(?=\S)")
_PLAIN_PREFIXES = {"re", "fw", "fwd"}
_FAR = 300
"""Characters of a line that are looked at."""

_LONGEST_VALUE = 1000
_LONGEST_INTRODUCTION = 60


def subject_base(subject: str, *, answers: bool = False) -> str:
    """A subject without «Re:», «Fwd:»; where the mail `answers` another, without «SV:», «AW:».

    A prefix is a token of one or two letters, or one without a vowel: «Mål: nya banor» is whole.
    """
    while found := _PREFIX.match(subject):
        token = found.group(1).casefold()
        short = len(token) <= 2 or not re.search(r"[aeiouyåäöæø]", token)
        if token not in _PLAIN_PREFIXES and not (answers and short):
            break
        subject = subject[found.end() :]
    return subject.strip()


def unquoted(line: str) -> str:
    """A line without its quote marks."""
    found = _MARKS.match(line)
    return line[found.end() :] if found else line


def is_quoted(line: str) -> bool:
    """Whether a line has quote marks; «> 50 deltagare» has, too."""
    return _MARKS.match(line) is not None


@dataclass(frozen=True, slots=True)
class Head:
    """Where the head of a mail stands in a text, with the rule and the label over it.

    `fields` are its lines, each label with its value.
    """

    start: int
    stop: int
    fields: tuple[tuple[str, str], ...]


def find_head(lines: Sequence[str], subject: str = "", *, sure: bool = False) -> Head | None:
    """The first head of a mail in a text: three or more lines «Word: value» that follow another.

    The first must hold the sender's address and another a date, or a line with words between
    dashes stand over them, or one repeat the mail's own `subject`. With `sure` the address must
    stand in brackets. «Tid: 3 maj 2025, Plats: Logen, Anmälan: rut@ek.example» is no head.
    """
    at = 0
    while at < len(lines):
        fields, stop = read_fields(lines, at)
        if len(fields) >= FEWEST and is_head(lines, at, fields, subject, sure):
            return Head(_with_rule(lines, at), stop, tuple(fields))
        at = stop if len(fields) >= FEWEST else at + 1
    return None


def read_fields(lines: Sequence[str], at: int) -> tuple[list[tuple[str, str]], int]:
    """The labelled lines from `at` on, long values joined, and where they end."""
    fields: list[tuple[str, str]] = []
    while at < len(lines):
        line = lines[at]
        plain = len(line) <= _LONGEST_VALUE and not is_quoted(line)
        found = _LABEL.match(line) if plain else None
        if found and not found.group(2).startswith("//") and len(found.group(1).split()) <= 3:
            fields.append((line[: found.start(2)].strip(" *_\t"), found.group(2).strip(" *_\t")))
        elif fields and line.strip() and _continues(fields[-1][1], line):
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}")
        else:
            break
        at += 1
    return fields, at


def _continues(value: str, line: str) -> bool:
    """A long list of receivers goes on after a comma, other values indented or with an address."""
    hangs = line[:1] in " \t" or line.startswith("<")
    return value.rstrip().endswith((",", ";")) or (bool(value) and hangs)


def is_head(
    lines: Sequence[str], at: int, fields: Sequence[tuple[str, str]], subject: str, sure: bool
) -> bool:
    """Whether labelled lines from `at` on are the head of a mail; see `find_head`."""
    first, *others = [value for _, value in fields]
    dated = any(holds(DATE, value) for value in others)
    timed = any(holds(CLOCK, value) for value in others)
    if holds(ANGLED, first) and (dated or timed):
        return True
    above = next((lines[n] for n in range(at - 1, max(at - 3, -1), -1) if lines[n].strip()), "")
    told = dated or holds(DATE, first) or any(holds(ADDRESS, value) for _, value in fields)
    if is_worded_rule(above) and told:
        return True
    if sure:
        return False
    base = squash(subject_base(subject, answers=True))
    values = (squash(subject_base(value, answers=True)) for _, value in fields)
    return (told and bool(base) and base in values) or (holds(ADDRESS, first) and dated and timed)


def _with_rule(lines: Sequence[str], at: int) -> int:
    """Where a head begins with the rule over it: «-----Ursprungligt meddelande-----», «____»."""
    above = at - 1
    while above >= 0 and not lines[above].strip() and at - above <= 2:
        above -= 1
    if above >= 0 and (_RULE.match(lines[above][:_FAR]) or is_worded_rule(lines[above])):
        return above
    return above if above >= 0 and _introduces(lines[above]) else at


def _introduces(line: str) -> bool:
    """A short line that ends in a colon and says nothing else: «Vidarebefordrat mejl:»."""
    text = line.strip()
    return text.endswith((":", "：")) and len(text) <= _LONGEST_INTRODUCTION


def is_between(parties: str, head: Head) -> bool:
    """Whether a mail goes to, or comes from, who wrote the one whose head this is."""
    values = [value for _, value in head.fields]
    sender = next((value for value in values if holds(ADDRESS, value)), values[0])
    address = ADDRESS.search(sender[:_FAR])
    name = squash(re.sub(r"[<\[(].*", "", sender[:_FAR]))
    if address and address.group().casefold() in parties.casefold():
        return True
    return len(name) > 3 and "@" not in sender and name in squash(parties)


def holds(sign: re.Pattern[str], text: str) -> bool:
    """Whether a sign stands in a text; heads and attributions are short."""
    return sign.search(text[:_FAR]) is not None


def is_worded_rule(line: str) -> bool:
    """Whether a line is words between dashes: «-----Ursprungligt meddelande-----»."""
    return len(line) <= _FAR and _WORDED_RULE.match(line) is not None
