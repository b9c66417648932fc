"""Mails that were pasted into a text file, told from notes by what only mail programs write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extractors.mail_heads import (
    ADDRESS,
    DATE,
    FEWEST,
    find_head,
    holds,
    is_head,
    read_fields,
    subject_base,
)
from pipeline.extractors.mail_text import Part, Parted, own_lines, part_mail


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
    fields, stop = read_fields(lines, first)
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
    if "from" in names and names & {"subject", "date", "sent"} and len(fields) >= FEWEST:
        return True
    return len(fields) >= FEWEST and is_head(lines, at, fields, "", sure=True)


def _subject_field(fields: Sequence[tuple[str, str]]) -> int | None:
    """The field that is neither sender, receiver nor date; of several the last."""
    named = [n for n, (name, _) in enumerate(fields) if name.casefold().startswith("subject")]
    open_ones = [
        n
        for n, (_, value) in enumerate(fields)
        if n and value and not holds(ADDRESS, value) and not holds(DATE, value)
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
    for line, (part, text) in zip(lines, own_lines(lines), strict=True):
        told = part is Part.HEAD or (told and (part is Part.QUOTE or not line.strip()))
        kept = part is Part.HEAD or (part is Part.QUOTE and told)
        out.append((part, text) if kept else (Part.BODY, line))
    return out
