"""Times of day: «9.30», «09:00–09:30», «kl 9-10», «14h00», «9am», «noon»."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONE = r"(?:[01]?\d|2[0-4])"
_CLOCK = rf"(?:{_ONE}[.:h][0-5]\d(?!\d)(?:\s?[ap]\.?m\b\.?)?|{_ONE}\s?[ap]\.?m\b\.?|noon\b)"
_SHORT = rf"(?:{_ONE}(?![\d.,:/%]))"
_TO = r"\s*(?:[-–—]|till|to|until)\s*"
_RANGE = re.compile(
    rf"""^\s*(?P<about>ca\.?\s+|c:a\s+|circa\s+|about\s+)?(?P<kl>kl\.?\s*|klockan\s+)?
    (?P<start>{_CLOCK}|{_SHORT}(?:(?={_TO}(?:{_CLOCK}|{_ONE}(?![\d.,:/%])))|(?=\s+(?-i:[A-ZÅÄÖÆØ"”])))
      |\d{{4}}(?={_TO}\d{{4}}\b))
    (?:{_TO}(?P<end>{_CLOCK}|{_SHORT}|\d{{4}}\b))?
    \s*(?P<open>[-–—](?=\s)|\?)?\s*[:.,;|\t]?\s*(?=\S|$)""",
    re.VERBOSE | re.IGNORECASE,
)


_WRITTEN = re.compile(
    r"\W*\D{0,9}\d{1,2}\s*(?:[.:h]\d\d|[ap]\.?m|[-–])|\d{4}\s*[-–]|noon\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A span of time at the head of a line: HH:MM, and where the rest of the line begins."""

    start: str
    end: str | None
    rest: int


def read_clock(text: str) -> Clock | None:
    """The time that a line begins with, null where it begins with none.

    «09.00–09.30 Fika» -> 09:00, 09:30; «16 Hemfärd» -> 16:00; «3 nya medlemmar» -> null.
    """
    match = _RANGE.match(text)
    if not match:
        return None
    start = _normal(match.group("start"))
    end = _normal(match.group("end")) if match.group("end") else None
    if start is None:
        return None
    if end and end <= start and "m" not in (match.group("end") or "").lower():
        end = None if end < start else end
    return Clock(start, end, match.end())


def starts_with_clock(text: str) -> bool:
    """Whether a line begins with a time written as such (a bare hour does not count)."""
    return read_clock(text) is not None and bool(_WRITTEN.match(text))


def _normal(text: str) -> str | None:
    text = text.strip().lower()
    if text.startswith("noon"):
        return "12:00"
    half = re.search(r"([ap])\.?m", text)
    digits = re.match(r"(\d{1,4})(?:[.:h](\d\d))?", text)
    if not digits:
        return None
    hour, minute = int(digits.group(1)), int(digits.group(2) or 0)
    if len(digits.group(1)) == 4 and not digits.group(2):
        hour, minute = divmod(hour, 100)
    if half:
        hour = hour % 12 + (12 if half.group(1) == "p" else 0)
    if hour > 24 or minute > 59:
        return None
    return f"{hour:02d}:{minute:02d}"
