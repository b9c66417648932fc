"""What of a mail's text is its own, what is cited from earlier mails, what a signature.

Mail programs of all languages set answers and forwards in the same few shapes; only these are
looked at, never words. What is taken for cited is kept, so that an error loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.text import squash


class Part(StrEnum):
    """What a line of a mail is."""

    BODY = "body"
    HEAD = "mail-head"
    QUOTE = "quote"
    SIGNATURE = "signature"


Parted = list[tuple[Part, str]]
"""Lines with what they are; quote marks are taken off."""

_MARKS = re.compile(r"\s{0,3}((?:>\s?)+)")
_LABEL = re.compile(r"\s*\W{0,4}([^\W\d_][^\d:<>@\[\]()]{0,24}?)\s?[:：][*_]{0,2}\s*(.*)$")
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_ANGLED = re.compile(r"(?:[<\[(]|mailto:)\s*[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b.*\d|\d.*\b(?:19|20)\d\d\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|年.*日"
)
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b")
_RULE = re.compile(r"\s*(?:[-_=*—–]\s?){4,}")
_WORDED_RULE = re.compile(r"\s*[-_]{3,}.*\w.*[-_]{3,}\s*$")
_SIGNATURE = re.compile(r"--\s?$")
_REPLY = re.compile(r"\s*re(?:\[\d+\]|\(\d+\))?\s*:", re.IGNORECASE)
_PREFIX = re.compile(r"\s*([^\W\d_]{1,4})(?:\[\d+\]|\(\d+\)|\^\d)?\s*[:：]\s*(?=\S)")
_PLAIN_PREFIXES = {"re", "fw", "fwd"}

_FEWEST_LABELS = 3
_LONGEST_VALUE = 1000
_MOST_ATTRIBUTION = 4
_LONGEST_SIGNATURE = 30
_LEAST, _LITTLE = 15, 40
"""Words: who forwards a mail writes no more over it, whatever its length or if it is longer."""

_LONGEST_INTRODUCTION = 60
_LONGEST_CHAIN = 50


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


def part_mail(lines: Sequence[str], subject: str = "") -> Parted:
    """The text of one mail, line by line.

    An answer under which the head of an earlier mail stands («From: … Sent: … To: …», in any
    language) has all from there on cited. Where little or nothing stands over that head, and the
    subject does not begin with «Re:», the mail is a forward: then what is forwarded is its body.
    """
    parted: Parted = []
    rest = _unwrapped(lines)
    for _ in range(_LONGEST_CHAIN):
        head = find_head(rest, subject)
        alone = _lone_attribution(rest[: head.start] if head else rest)
        if alone:
            before, after = rest[: alone.start], rest[alone.stop :]
            parted += _own(before) + [(Part.HEAD, rest[n]) for n in alone]
            return parted + [(Part.QUOTE, unquoted(line)) for line in after]
        if head is None:
            return parted + _own(rest)
        before, inside, after = rest[: head.start], rest[head.start : head.stop], rest[head.stop :]
        parted += _own(before) + [(Part.HEAD, line) for line in inside]
        if _REPLY.match(subject) or not _is_forward(before, after):
            return parted + [(Part.QUOTE, unquoted(line)) for line in after]
        rest = _unwrapped(after)
    return parted + [(Part.QUOTE, unquoted(line)) for line in rest]


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text that was pasted from a mail program: the subject, if it begins with a mail's head."""

    subject: str | None
    lines: Parted


def pasted(lines: Sequence[str]) -> Pasted | None:
    """Mails in a text file, null where it holds none that is one for certain.

    A file that begins with the head of a mail is a mail. In notes with a mail pasted into them only
    heads are set apart, and quotes under a line that says whose they are.
    """
    first = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    fields, stop = _fields(lines, first)
    if _begins_mail(lines, first, fields):
        at = _subject_field(fields)
        subject = "" if at is None else fields[at][1]
        head = [(Part.HEAD, f"{k} {v}".strip()) for n, (k, v) in enumerate(fields) if n != at]
        rest = part_mail(lines[stop:], subject)
        base = subject_base(subject, answers=any(part is not Part.BODY for part, _ in rest))
        return Pasted(base or None, head + rest)
    found = _inserted(lines)
    return Pasted(None, found) if any(part is not Part.BODY for part, _ in found) else None


def _begins_mail(lines: Sequence[str], at: int, fields: Sequence[tuple[str, str]]) -> bool:
    names = {name.rstrip(": ").casefold() for name, _ in fields}
    if "from" in names and names & {"subject", "date", "sent"} and len(fields) >= _FEWEST_LABELS:
        return True
    return len(fields) >= _FEWEST_LABELS and _is_head(lines, at, fields, "", sure=True)


def _subject_field(fields: Sequence[tuple[str, str]]) -> int | None:
    """The field that is neither sender, receiver nor date; of several the last."""
    named = [n for n, (name, _) in enumerate(fields) if name.casefold().startswith("subject")]
    open_ones = [
        n
        for n, (_, value) in enumerate(fields)
        if n and value and not _ADDRESS.search(value) and not _DATE.search(value)
    ]
    return next(iter(named), open_ones[-1] if open_ones else None)


def _inserted(lines: Sequence[str]) -> Parted:
    """Notes with mails in them; quotes without a line that says whose stay as they are."""
    out: Parted = []
    rest = list(lines)
    while (head := find_head(rest, sure=True)) is not None:
        out += _attributed(rest[: head.start])
        out += [(Part.HEAD, line) for line in rest[head.start : head.stop]]
        rest = rest[head.stop :]
    return out + _attributed(rest)


def _attributed(lines: Sequence[str]) -> Parted:
    out: Parted = []
    told = False
    for line, (part, text) in zip(lines, _own(lines), strict=True):
        told = part is Part.HEAD or (told and (part is Part.QUOTE or not line.strip()))
        kept = part is Part.HEAD or (part is Part.QUOTE and told)
        out.append((part, text) if kept else (Part.BODY, line))
    return out


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

    One must hold a date and one an address, unless a line with words between dashes stands over
    them or one repeats the mail's own subject. With `sure` only addresses in brackets count:
    «Datum: 3 maj 2025, Plats: Logen, Kontakt: rut@logen.example» is no head of a mail.
    """
    at = 0
    while at < len(lines):
        fields, stop = _fields(lines, at)
        if len(fields) >= _FEWEST_LABELS and _is_head(lines, at, fields, subject, sure):
            return Head(_with_rule(lines, at), stop, tuple(fields))
        at = stop if len(fields) >= _FEWEST_LABELS else at + 1
    return None


def _fields(lines: Sequence[str], at: int) -> tuple[list[tuple[str, str]], int]:
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


def _is_head(
    lines: Sequence[str], at: int, fields: Sequence[tuple[str, str]], subject: str, sure: bool
) -> bool:
    values = [value for _, value in fields]
    dated = {n for n, value in enumerate(values) if _DATE.search(value)}
    angled = {n for n, value in enumerate(values) if _ANGLED.search(value)}
    addressed = {n for n, value in enumerate(values) if _ADDRESS.search(value)}
    timed = {n for n, value in enumerate(values) if _CLOCK.search(value)}
    if angled and (dated - angled or (0 in angled and timed - angled)):
        return True
    if sure:
        return False
    sent = dated & timed
    if sent and (0 in addressed or len(addressed) > 1):
        return True
    base = squash(subject_base(subject, answers=True))
    repeated = bool(base) and any(
        squash(subject_base(value, answers=True)) == base for value in values
    )
    above = next((lines[n] for n in range(at - 1, max(at - 3, -1), -1) if lines[n].strip()), "")
    return (repeated or bool(_WORDED_RULE.match(above))) and bool(dated or addressed)


def _with_rule(lines: Sequence[str], at: int) -> int:
    """Where a head begins with the rule over it: «-----Ursprungligt meddelande-----», «____»."""
    above = at - 1
    while above >= 0 and not lines[above].strip() and at - above <= 2:
        above -= 1
    if above >= 0 and (_RULE.match(lines[above]) or _WORDED_RULE.match(lines[above])):
        return above
    return above if above >= 0 and _introduces(lines[above]) else at


def _introduces(line: str) -> bool:
    """A short line that ends in a colon and says nothing else: «Vidarebefordrat mejl:»."""
    text = line.strip()
    return text.endswith((":", "：")) and len(text) <= _LONGEST_INTRODUCTION


def _is_forward(before: Sequence[str], after: Sequence[str]) -> bool:
    own = sum(len(text.split()) for part, text in _own(before) if part is Part.BODY)
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


def _own(lines: Sequence[str]) -> Parted:
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
        if _ADDRESS.search(text) or _DATE.search(text) or _CLOCK.search(text):
            return range(_whole(lines, start), stop)
    return range(0)


def _lone_attribution(lines: Sequence[str]) -> range:
    """Lines that say who wrote all that follows, where it has no quote marks.

    They hold an address in brackets and a date or time besides the colon at the end, or an
    address and a date between dashes.
    """
    for n, line in enumerate(lines):
        ruled = _WORDED_RULE.match(line)
        if is_quoted(line) or not (ruled or line.rstrip().endswith((":", "："))):
            continue
        start = n if ruled else _whole(lines, n)
        text = " ".join(lines[start : n + 1])
        told = (_ADDRESS if ruled else _ANGLED).search(text) and (
            _DATE.search(text) or _CLOCK.search(text)
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
        if _DATE.search(text) or not line or line.endswith((".", "!", "?", ":")):
            break
        text = f"{line} {text}"
        if _DATE.search(line):
            return above
    return start


def _mark_signatures(lines: Sequence[str], parts: list[Part]) -> None:
    """What stands under a line «-- », up to the next quote."""
    for n, line in enumerate(lines):
        if parts[n] is not Part.BODY or not _SIGNATURE.fullmatch(line):
            continue
        stop = next((k for k in range(n, len(parts)) if parts[k] is not Part.BODY), len(parts))
        held = sum(bool(x.strip()) for x in lines[n + 1 : stop])
        if held <= _LONGEST_SIGNATURE:
            parts[n:stop] = [Part.SIGNATURE] * (stop - n)
