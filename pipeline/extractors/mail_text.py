"""What of a mail's text is its own, what is cited from earlier mails, what a signature.

Mail programs of all languages set answers and forwards in the same few shapes; only these are
looked at, never words. What is taken for cited is kept, so that an error loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from pipeline.extractors.mail_heads import (
    ADDRESS,
    ANGLED,
    CLOCK,
    DATE,
    find_head,
    holds,
    is_between,
    is_quoted,
    is_worded_rule,
    unquoted,
)
from pipeline.model.document import CITED


class Part(StrEnum):
    """What a line of a mail is."""

    BODY = "body"
    HEAD = "mail-head"
    QUOTE = CITED
    SIGNATURE = "signature"


Parted = list[tuple[Part, str]]
"""Lines with what they are; quote marks are taken off."""

_SIGNATURE = re.compile(r"--\s?$")
_REPLY = re.compile(r"\s*re(?:\[\d+\]|\(\d+\))?\s*:", re.IGNORECASE)
_MOST_ATTRIBUTION = 4
_LONGEST_SIGNATURE = 30
_LEAST, _LITTLE = 15, 40
"""Words: who forwards a mail writes no more over it, whatever its length or if it is longer."""

_LONGEST_CHAIN = 50


def part_mail(lines: Sequence[str], subject: str = "", parties: str = "") -> Parted:
    """The text of one mail, line by line.

    An answer under which the head of an earlier mail stands («From: … Sent: … To: …», in any
    language) has all from there on cited. It is a forward, whose body is what is forwarded, where
    little or nothing stands over that head, the subject does not begin with «Re:», and the mail
    does not go to who wrote the earlier one; `parties` are its own sender and receivers.
    """
    parted: Parted = []
    rest = _unwrapped(lines)
    for _ in range(_LONGEST_CHAIN):
        head = find_head(rest, subject)
        alone = _lone_attribution(rest[: head.start] if head else rest)
        if alone:
            before, after = rest[: alone.start], rest[alone.stop :]
            parted += own_lines(before) + [(Part.HEAD, rest[n]) for n in alone]
            return parted + [(Part.QUOTE, unquoted(line)) for line in after]
        if head is None:
            return parted + own_lines(rest)
        before, inside, after = rest[: head.start], rest[head.start : head.stop], rest[head.stop :]
        parted += own_lines(before) + [(Part.HEAD, line) for line in inside]
        answers = _REPLY.match(subject) or is_between(parties, head)
        if answers or not _is_forward(before, after):
            return parted + [(Part.QUOTE, unquoted(line)) for line in after]
        rest, parties = _unwrapped(after), " ".join(value for _, value in head.fields)
    return parted + [(Part.QUOTE, unquoted(line)) for line in rest]


def _is_forward(before: Sequence[str], after: Sequence[str]) -> bool:
    own = sum(len(text.split()) for part, text in own_lines(before) if part is Part.BODY)
    forwarded = sum(len(line.split()) for line in after)
    return own <= _LEAST or (own <= _LITTLE and 2 * own <= forwarded)


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """Lines without the quote marks of a forward that is set as a quote, as Apple Mail does.

    Then a head stands first among the quoted lines, and little over them.
    """
    first = next((n for n, line in enumerate(lines) if is_quoted(line)), None)
    if first is None:
        return list(lines)
    last = max(n for n, line in enumerate(lines) if is_quoted(line))
    inside = [_less_quoted(line) for line in lines[first : last + 1]]
    head = find_head(inside[:30])
    blank = head is not None and not any(x.strip() for x in inside[: head.start])
    if not blank or sum(len(line.split()) for line in lines[:first]) > _LITTLE:
        return list(lines)
    return [*lines[:first], *inside, *lines[last + 1 :]]


def _less_quoted(line: str) -> str:
    return re.sub(r"^\s{0,3}>\s?", "", line)


def own_lines(lines: Sequence[str]) -> Parted:
    """Lines without heads of other mails: quotes, what introduces them, signatures, the rest."""
    parts = [Part.QUOTE if is_quoted(line) else Part.BODY for line in lines]
    _fill_blanks(lines, parts)
    for n, part in enumerate(parts):
        if part is Part.QUOTE and (n == 0 or parts[n - 1] is not Part.QUOTE):
            for k in _attribution(lines, parts, n):
                parts[k] = Part.HEAD
    _mark_signatures(lines, parts)
    return [
        (part, unquoted(line) if part is Part.QUOTE else line)
        for part, line in zip(parts, lines, strict=True)
    ]


def _fill_blanks(lines: Sequence[str], parts: list[Part]) -> None:
    """Empty lines between quoted ones belong to the quote."""
    last: int | None = None
    for n, part in enumerate(parts):
        if part is not Part.QUOTE:
            continue
        if last is not None and not any(line.strip() for line in lines[last + 1 : n]):
            parts[last + 1 : n] = [Part.QUOTE] * (n - last - 1)
        last = n


def _attribution(lines: Sequence[str], parts: Sequence[Part], quote: int) -> range:
    """The lines over a quote that say whose it is: «Den 3 mars 2025 kl 10 skrev Rut <rut@…>:».

    They end in a colon and hold an address, a date or a time.
    """
    stop = quote
    while stop > 0 and quote - stop < 2 and not lines[stop - 1].strip():
        stop -= 1
    text = ""
    for start in range(stop - 1, max(stop - 1 - _MOST_ATTRIBUTION, -1), -1):
        if not lines[start].strip() or parts[start] is not Part.BODY:
            break
        text = f"{lines[start].strip()} {text}".strip()
        if not text.endswith((":", "：")):
            break
        if holds(ADDRESS, text) or holds(DATE, text) or holds(CLOCK, text):
            return range(_whole(lines, start), stop)
    return range(0)


def _lone_attribution(lines: Sequence[str]) -> range:
    """Lines that say who wrote all that follows, where it has no quote marks.

    They hold an address in brackets and a date or time besides the colon at the end, or an
    address and a date between dashes.
    """
    for n, line in enumerate(lines):
        ruled = is_worded_rule(line)
        if is_quoted(line) or not (ruled or line.rstrip().endswith((":", "："))):
            continue
        start = n if ruled else _whole(lines, n)
        text = " ".join(lines[start : n + 1])
        told = holds(ADDRESS if ruled else ANGLED, text) and (
            holds(DATE, text) or holds(CLOCK, text)
        )
        following = next((x for x in lines[n + 1 :] if x.strip()), "")
        if told and following and not is_quoted(following):
            return range(start, n + 1)
    return range(0)


def _whole(lines: Sequence[str], start: int) -> int:
    """The first line of a wrapped attribution: «Den 3 mars 2025 skrev Rut / <rut@ek.example>:»."""
    text = lines[start]
    for above in range(start - 1, max(start - _MOST_ATTRIBUTION, -1), -1):
        line = lines[above].strip()
        if holds(DATE, text) or not line or line.endswith((".", "!", "?", ":")):
            break
        text = f"{line} {text}"
        if holds(DATE, line):
            return above
    return start


def _mark_signatures(lines: Sequence[str], parts: list[Part]) -> None:
    """What stands under a line «-- », up to the next quote."""
    stop, held = len(lines), 0
    begin: int | None = None
    for n in range(len(lines) - 1, -2, -1):
        if n < 0 or parts[n] is not Part.BODY:
            if begin is not None:
                parts[begin:stop] = [Part.SIGNATURE] * (stop - begin)
            stop, held, begin = n, 0, None
        elif _SIGNATURE.fullmatch(lines[n]) and held <= _LONGEST_SIGNATURE:
            begin = n
        held += n >= 0 and bool(lines[n].strip())
