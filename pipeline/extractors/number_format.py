"""Values of spreadsheet cells as their number format prints them (ECMA-376 part 1, 18.8.30–31).

What the country settings of the reader's machine decide stays neutral: dates with a year are
ISO dates, a clock has 24 hours, a decimal is a point and thousands are parted by a space.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from math import isfinite
from typing import Literal

Kind = Literal["text", "number", "date", "time", "moment", "flag"]
"""What a value is; a moment is a date with a time of day."""

BUILT_IN: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "#,##0", 6: "#,##0",
    7: "#,##0.00", 8: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy-mm-dd", 15: "yyyy-mm-dd", 16: "d-mmm", 17: "yyyy-mm", 18: "hh:mm", 19: "hh:mm:ss",
    20: "hh:mm", 21: "hh:mm:ss", 22: "yyyy-mm-dd hh:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0", 49: "@",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58), "yyyy-mm-dd"),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), "hh:mm:ss"),
}  # fmt: skip
"""Formats that files name by a number only; 27–36 and 50–58 are those of East Asian Excels."""

_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"?) | (?P<escaped>\\.?) | (?P<space>[_*].?) | (?P<bracket>\[[^\]]*\]?)
      | (?P<general>General) | (?P<half>AM/PM|A/P)
      | (?P<date>y+|m+|d+|h+|s+(?:\.0+)?|b+|e+(?![+-])|g+)
      | (?P<exponent>E[+-]) | (?P<digit>[0\#?]) | (?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_CURRENCY = re.compile(r"\[\$([^-\]]*)")
_LARGEST_DAY = 2958465
_LONGEST = 255
_MOST_DIGITS = 30


@dataclass(frozen=True, slots=True)
class _Section:
    """One part of a format: its tokens as (kind, text), and the values that it is for."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, float] | None = None

    def holds(self, *kinds: str) -> bool:
        return any(kind in kinds for kind, _ in self.tokens)


def printed(value: float, code: str, *, from_1904: bool = False) -> tuple[str, Kind]:
    """A number as `code` prints it, and what it is: 0.375 as `h:mm` -> «09:00», a time."""
    if not isfinite(value):
        return str(value), "number"
    value = float(value)
    try:
        sections = _sections(code[:_LONGEST])
        section, signed = _chosen(sections, value)
        if section.holds("date", "elapsed"):
            return _moment(value, section, from_1904)
        return _number(value if signed else abs(value), section), "number"
    except (ArithmeticError, ValueError, LookupError):
        return general(value), "number"


def printed_text(text: str, code: str) -> str:
    """A text as `code` prints it: `"Group "@` puts a word before it, `;;;` hides it."""
    if code == "General" or ("@" not in code and code.count(";") < 3):
        return text
    sections = _sections(code[:_LONGEST])
    section = sections[3] if len(sections) > 3 else sections[-1]
    if len(sections) < 4 and not any(t == ("other", "@") for t in section.tokens):
        return text
    return "".join(
        text if t == "@" or kind == "general" else t
        for kind, t in section.tokens
        if kind in _SHOWN or kind == "general"
    )


_SHOWN = ("literal", "other")


def general(value: float) -> str:
    """A number without a format: 3.0 -> «3», 0.1 + 0.2 -> «0.3»."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}".replace("e", "E")


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    found: list[list[tuple[str, str]]] = [[]]
    conditions: list[tuple[str, float] | None] = [None]
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup or "", match.group()
        if (kind, text) == ("other", ";"):
            found.append([])
            conditions.append(None)
        elif kind == "bracket" and (told := _CONDITION.match(text)):
            conditions[-1] = told.group(1), float(told.group(2))
        elif (token := _token(kind, text)) is not None:
            found[-1].append(token)
    return tuple(
        _Section(tuple(_minutes(tokens)), condition)
        for tokens, condition in zip(found, conditions, strict=True)
    )


def _token(kind: str, text: str) -> tuple[str, str] | None:
    if kind == "quoted":
        return "literal", text.strip('"')
    if kind == "escaped":
        return "literal", text[1:]
    if kind == "space":
        return ("literal", " ") if text[0] == "_" else None
    if kind == "bracket":
        if elapsed := _ELAPSED.match(text):
            return "elapsed", elapsed.group(1).lower()
        currency = _CURRENCY.match(text)
        return ("literal", currency.group(1)) if currency and currency.group(1) else None
    return kind, text.lower() if kind == "date" else text


def _minutes(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Tokens where `m` after hours or before seconds is `n`, minutes."""
    timed = [n for n, (kind, _) in enumerate(tokens) if kind in ("date", "elapsed")]
    out = list(tokens)
    for k, n in enumerate(timed):
        kind, text = tokens[n]
        before = tokens[timed[k - 1]][1][0] if k else ""
        after = tokens[timed[k + 1]][1][0] if k + 1 < len(timed) else ""
        if kind == "date" and text in ("m", "mm") and (before == "h" or after == "s"):
            out[n] = kind, "n" * len(text)
    return out


def _chosen(sections: tuple[_Section, ...], value: float) -> tuple[_Section, bool]:
    """The section for a value, and whether the sign is still to be printed."""
    tests = {
        "<": value.__lt__, ">": value.__gt__, "<=": value.__le__, ">=": value.__ge__,
        "=": value.__eq__, "<>": value.__ne__,
    }  # fmt: skip
    numeric = sections[:3]
    if any(s.condition for s in numeric):
        for section in numeric:
            if section.condition is None or tests[section.condition[0]](section.condition[1]):
                return section, True
        return sections[-1], True
    if value < 0 and len(numeric) > 1:
        return numeric[1], False
    return (numeric[2], True) if value == 0 and len(numeric) > 2 else (numeric[0], True)


def _moment(value: float, section: _Section, from_1904: bool) -> tuple[str, Kind]:
    seconds = round(value * 86400)
    days, rest = divmod(seconds, 86400)
    if not (seconds >= 0 and days <= _LARGEST_DAY):
        return general(value), "number"
    parts = [text for kind, text in section.tokens if kind in ("date", "elapsed")]
    told = {part[0] for part in parts}
    day = _day(days, section, told, from_1904) if told & set("ymdeg") else ""
    clock = _clock(seconds, rest, section, told) if told & set("hns") else ""
    text = " ".join(filter(None, (day, clock)))
    kind: Kind = "moment" if day and clock else "date" if day else "time"
    return _framed(text, section), kind


def _framed(text: str, section: _Section) -> str:
    """With the words that a format puts before and after: `"kl. "h:mm`."""
    timed = [n for n, (kind, _) in enumerate(section.tokens) if kind in ("date", "elapsed")]
    before = "".join(t for k, t in section.tokens[: timed[0]] if k == "literal")
    after = "".join(t for k, t in section.tokens[timed[-1] + 1 :] if k == "literal")
    before, after = (x if any(ch.isalpha() for ch in x) else "" for x in (before, after))
    return f"{before}{text}{after}".strip()


def _day(days: int, section: _Section, told: set[str], from_1904: bool) -> str:
    if from_1904:
        day = date(1904, 1, 1) + timedelta(days)
    else:
        # Day 60 is 29 February 1900, which never was.
        day = date(1899, 12, 31) + timedelta(days - (days > 59))
    named = any(len(t) > 2 for k, t in section.tokens if k == "date" and t[0] in "md")
    if told & set("yeg") or named or not {"m", "d"} <= told:
        if told & set("yeg") and "d" not in told:
            return f"{day:%Y-%m}" if "m" in told else f"{day:%Y}"
        return day.isoformat()
    first, last = (
        pick(n for n, (k, t) in enumerate(section.tokens) if k == "date" and t[0] in "md")
        for pick in (min, max)
    )
    return "".join(
        str({"m": day.month, "d": day.day}[t[0]]).zfill(len(t)) if k == "date" else t
        for k, t in section.tokens[first : last + 1]
    )


def _clock(seconds: int, rest: int, section: _Section, told: set[str]) -> str:
    elapsed = next((t[0] for k, t in section.tokens if k == "elapsed"), "")
    since = seconds if elapsed else rest
    minutes, second = divmod(since, 60)
    if elapsed == "s":
        return str(since)
    if "h" not in told:
        minutes = minutes if elapsed else minutes % 60
        return f"{minutes:02}:{second:02}" if "s" in told else f"{minutes:02}"
    hours, minute = divmod(minutes, 60)
    clock = f"{hours:02}:{minute:02}"
    return f"{clock}:{second:02}" if "s" in told and second else clock


def _number(value: float, section: _Section) -> str:
    tokens = section.tokens
    plain = [t for k, t in tokens if k in ("digit", "general", "exponent", "other")]
    if ("other", "@") in tokens or "general" in {k for k, _ in tokens} or not tokens:
        return _around(general(value) if tokens else "", tokens)
    percents = plain.count("%")
    if section.holds("exponent"):
        places = sum(1 for _ in _after_point(tokens, stop="exponent"))
        return _around(f"{value * 100**percents:.{places}E}", tokens)
    if "/" in plain and section.holds("digit"):
        return _around(_fraction(value, tokens), _as_digits(tokens))
    if not section.holds("digit"):
        sign = "-" if value < 0 else ""
        return (sign + "".join(t for k, t in tokens if k in _SHOWN)).strip()
    return _decimal(Decimal(repr(value)) * 100**percents, tokens)


def _after_point(tokens: tuple[tuple[str, str], ...], stop: str = "") -> list[str]:
    """The digits of a format after its decimal point."""
    out: list[str] = []
    seen = False
    for kind, text in tokens:
        if kind == stop:
            break
        if seen and kind == "digit":
            out.append(text)
        seen = seen or (kind, text) == ("other", ".")
    return out


def _around(number: str, tokens: tuple[tuple[str, str], ...]) -> str:
    """A number with the literals before and after its digits."""
    at = [n for n, (k, t) in enumerate(tokens) if k in ("digit", "general", "exponent") or t == "@"]
    if not at:
        return number
    before = "".join(t for k, t in tokens[: at[0]] if k in _SHOWN)
    after = "".join(t for k, t in tokens[at[-1] + 1 :] if k in _SHOWN)
    return f"{before}{number}{after}".strip()


def _as_digits(tokens: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Tokens where a denominator given as a number (`# ?/4`) counts as the format's digits."""
    at = tokens.index(("other", "/"))
    until = at + 1
    while until < len(tokens) and (tokens[until][0] == "digit" or tokens[until][1].isdigit()):
        until += 1
    return (*tokens[:at], *[("digit", "?")] * (until - at), *tokens[until:])


def _fraction(value: float, tokens: tuple[tuple[str, str], ...]) -> str:
    at = tokens.index(("other", "/"))
    below = "".join(t for _, t in tokens[at + 1 :] if t.isdigit() or t == "?")
    exact = Fraction(abs(value))
    if below.isdigit() and int(below):
        parts = round(exact * int(below))
        whole, above = divmod(parts, int(below))
        under = int(below)
    else:
        near = exact.limit_denominator(10 ** max(1, min(len(below), 4)) - 1)
        whole, above = divmod(near.numerator, near.denominator)
        under = near.denominator
    sign = "-" if value < 0 else ""
    shown = f"{above}/{under}" if above else ""
    return sign + (f"{whole} {shown}".strip() if whole or not shown else shown)


def _decimal(value: Decimal, tokens: tuple[tuple[str, str], ...]) -> str:
    point = next((n for n, t in enumerate(tokens) if t == ("other", ".")), len(tokens))
    digits = [n for n, (k, _) in enumerate(tokens) if k == "digit"]
    last = max((n for n in digits if n < point), default=-1)
    commas = [n for n, t in enumerate(tokens) if t == ("other", ",")]
    first = min(digits)
    scale = sum(1 for n in commas if n > last and (n < point or n > max(digits)))
    exact = abs(value) / Decimal(1000) ** scale
    places = min(len(_after_point(tokens)), _MOST_DIGITS)
    rounded = f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    whole, _, part = rounded.partition(".")
    thousands = any(first < n < last for n in commas)
    shown = _whole(whole.lstrip("0"), tokens[:point], thousands) + _part(part, tokens[point:])
    negative = value < 0 and any(ch in "123456789" for ch in rounded)
    return ("-" if negative else "") + shown.strip()


def _whole(digits: str, tokens: tuple[tuple[str, str], ...], thousands: bool) -> str:
    """The digits before the point put into their places, from the right."""
    left = list(digits)
    out: list[str] = []
    places = [n for n, (k, _) in enumerate(tokens) if k == "digit"]
    count = 0
    for n in range(len(tokens) - 1, -1, -1):
        kind, text = tokens[n]
        if kind in _SHOWN and text != ",":
            out.append(text)
        if kind != "digit":
            continue
        while left or text == "0":
            out.append(" " if thousands and count and count % 3 == 0 else "")
            out.append(left.pop() if left else "0")
            count += 1
            if n != places[0] or not left:
                break
    return "".join(reversed(out))


def _part(digits: str, tokens: tuple[tuple[str, str], ...]) -> str:
    """The decimals, those that a `#` leaves out when zero left out, and what follows them."""
    out: list[str] = []
    left = list(digits)
    for kind, text in tokens[1:] if tokens else ():
        if kind == "digit" and left:
            digit = left.pop(0)
            if text == "0" or digit != "0" or any(d != "0" for d in left):
                out.append(digit)
        elif kind in _SHOWN and text != ",":
            out.append(text)
    body = "".join(out)
    return f".{body}" if body[:1].isdigit() else body
