"""Who and when inside one statement: «Rut: boka sal», «boka sal (Rut, senast 3 maj)», «@rut».

Names are kept as written; what is left of a statement without its owner prefix is its text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from pipeline.model.dataset import Status
from pipeline.model.document import Block
from pipeline.model.text import squash
from pipeline.rules.context import Context
from pipeline.rules.dates import find_dates
from pipeline.rules.joins import any_of, split_names
from pipeline.rules.names import (
    is_person,
    is_surely_person,
    looks_like_organisation,
    name_score,
    split_regions,
)

_STATUSES: tuple[Status, ...] = ("not_started", "in_progress", "done", "dropped", "open")
_LABEL = re.compile(r"^(?P<head>[^:\n]{2,60}?)\s*:\s+(?P<tail>\S.*)$", re.DOTALL)
_DASHED = re.compile(r"^(?P<head>[^–—\n]{2,45}?)\s+[–—-]\s+(?P<tail>\S.*)$", re.DOTALL)
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]]\s*[.!]?\s*$")
_AT = re.compile(r"(?<!\w)@([\w.-]{2,30})")
_GIVEN = re.compile(r"[A-ZÅÄÖÉÓÚ][^\W\d_]+(?:\s[A-ZÅÄÖ])?\.?")
_CAPITAL = r"[A-ZÅÄÖÆØ][\w-]+(?:\s[A-ZÅÄÖÆØ][\w-]+)?"
_TASK = re.compile(r"^(?P<label>[A-ZÅÄÖ]{2,}\s?\d{0,3})\b\s*[-–:]?\s*(?=\(|[A-ZÅÄÖ])")


@dataclass(frozen=True, slots=True)
class Who:
    """Owners (organisations, teams) and persons, as written; `text` without the owner prefix."""

    text: str
    owners: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """Whether anybody is named."""
        return bool(self.owners or self.persons)


def read_who(text: str, ctx: Context) -> Who:
    """Owners and persons named in a statement, the surest notation first."""
    who = _prefixed(text, ctx)
    for read in (_labelled, _bracketed, _handled, _trailing, _acting, _with_others):
        more = read(who.text, ctx)
        if more.found:
            who = replace(
                who,
                text=more.text,
                owners=tuple(dict.fromkeys((*who.owners, *more.owners))),
                persons=tuple(dict.fromkeys((*who.persons, *more.persons))),
            )
    return who


def names_in(
    text: str, ctx: Context, *, sure: bool = False, person: bool = False
) -> tuple[list[str], list[str]] | None:
    """Owners and persons of a list of names, null where a part is no name.

    With `sure`, a capitalised word alone is not enough: it must be known, a given name or hold a
    word for an organisation. With `person`, names that may be either are persons.
    """
    whole = text.strip().rstrip(".").strip()
    if squash(whole) in ctx.known_names:
        return [whole], []
    parts = split_names(whole, "/+;,")
    if len(parts) > 1 and _is_one_name(whole, parts, ctx):
        return [split_regions(whole)[0]], []
    owners: list[str] = []
    persons: list[str] = []
    for part in parts:
        part = part.strip()
        if is_surely_person(part, ctx) or (person and _may_be_person(part, ctx)):
            persons.append(part)
        elif squash(part) in ctx.known_names or name_score(part, ctx) >= (0.9 if sure else 0.7):
            owners.append(split_regions(part)[0])
        elif looks_like_organisation(part, ctx) and part[:1].isupper() and len(part.split()) <= 5:
            owners.append(part)
        elif not re.match(r"^\d+\s|^(?:m\.?\s?fl|et al|etc)", part):
            return None
    return (owners, persons) if owners or persons else None


def _is_one_name(whole: str, parts: list[str], ctx: Context) -> bool:
    """«Hamn & Gräns Enheten» is one name: it ends as one, and its parts are none."""
    if not looks_like_organisation(whole, ctx) or name_score(whole, ctx) < 0.8:
        return bool(split_regions(whole)[1]) and not any(
            squash(p) in ctx.known_names for p in parts
        )
    return not all(
        squash(p) in ctx.known_names or looks_like_organisation(p, ctx) or is_surely_person(p, ctx)
        for p in parts
    )


def _may_be_person(text: str, ctx: Context) -> bool:
    """A name where persons stand («Ansvarig: …»), unless it is known to be something else."""
    if squash(text) in ctx.known_names or looks_like_organisation(text, ctx):
        return False
    return is_person(text, ctx) or bool(
        re.fullmatch(r"[A-ZÅÄÖÉÓÚ][^\W\d_]+(?:\s[A-ZÅÄÖ])?\.?", text)
    )


def _prefixed(text: str, ctx: Context) -> Who:
    """«Rut: boka sal», «ACTION (Rut): book», «AP1 – Rut (Norra): boka», «Norra AB – boka sal»."""
    match = _LABEL.match(text)
    if match:
        head = match.group("head")
        who = _who_of_head(head, match.group("tail"), ctx)
        if who:
            return who
    match = _DASHED.match(text)
    if match:
        head = match.group("head").strip()
        named = squash(head) in ctx.known_names or is_person(head, ctx)
        sure = named or (looks_like_organisation(head, ctx) and name_score(head, ctx) >= 0.8)
        with_bracket = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", head)
        if with_bracket and all(_may_be_person(n, ctx) for n in split_names(with_bracket.group(1))):
            sure = True
        who = _who_of_head(head, match.group("tail"), ctx) if sure else None
        if who:
            return who
    return Who(text)


def _who_of_head(head: str, tail: str, ctx: Context) -> Who | None:
    if head.startswith("@"):
        return Who(tail, persons=(head[1:].capitalize(),))
    others = ctx.pattern("commitments", "with_others").match(head)
    if others:
        found = names_in(head[others.end() :], ctx)
        return Who(tail, tuple(found[0]), tuple(found[1])) if found else None
    task = _TASK.match(head)
    inner = re.fullmatch(r"(?:\S+\s*)?\(([^()]+)\)", head)
    if inner and (task or ctx.has(head.split("(")[0], "commitments", "named_person")):
        found = names_in(inner.group(1), ctx, person=True)
        return Who(tail, tuple(found[0]), tuple(found[1])) if found else None
    if task and task.end() < len(head):
        head = head[task.end() :].strip(" –-")
    if ctx.is_(head, "commitments", "no_owner"):
        return Who(tail)
    outer = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", head)
    if outer:
        first = names_in(outer.group(1), ctx, person=True)
        second = names_in(outer.group(2), ctx)
        if first:
            more = second or ([], [])
            return Who(tail, (*first[0], *more[0]), (*first[1], *more[1]))
    found = names_in(head, ctx)
    return Who(tail, tuple(found[0]), tuple(found[1])) if found else None


def _labelled(text: str, ctx: Context) -> Who:
    """«… Ansvarig: Rut Ek», «… Owner: Rut. Due 3 May»."""
    cue = ctx.pattern("commitments", "named_person").pattern
    for match in re.finditer(rf"(?:{cue})\s*[:=]\s*([^.;:\n]+)", text, re.IGNORECASE):
        words = re.split(r",\s*(?=[a-zåäö]+\s*:)|\s[–-]\s", match.group(1))[0]
        found = names_in(words, ctx, person=True)
        if found:
            return Who(text, tuple(found[0]), tuple(found[1]))
        first = words.split(",")[0].strip()
        found = names_in(first, ctx, person=True) if first else None
        if found:
            return Who(text, tuple(found[0]), tuple(found[1]))
    bare = re.search(rf"(?:{cue})\s+((?-i:{_CAPITAL}))", text, re.IGNORECASE)
    if bare and is_surely_person(bare.group(1), ctx):
        return Who(text, persons=(bare.group(1),))
    return Who(text)


def _bracketed(text: str, ctx: Context) -> Who:
    """«boka sal (Rut + två till, senast 3 maj)»: names in the last brackets."""
    match = _BRACKETED.search(text)
    if not match:
        return Who(text)
    found = _names_and_dates(match.group(1), text, ctx)
    named = None if found.found else names_in(match.group(1), ctx, sure=text[match.start()] == "(")
    if named and text[match.start()] == "[":
        found = Who(text, tuple(named[0]), tuple(named[1]))
    # Square brackets are for who; they are no part of what is to be done.
    keep = text[: match.start()].rstrip() if found.found and text[match.start()] == "[" else text
    return replace(found, text=keep)


def _names_and_dates(inside: str, text: str, ctx: Context) -> Who:
    owners: list[str] = []
    persons: list[str] = []
    # A date beside it, or «+ two more», says that the brackets tell who and when.
    told = bool(find_dates(inside, ctx.packs)) or "+" in inside
    for part in re.split(r"[,;]", inside):
        words = part
        for date in reversed(find_dates(part, ctx.packs)):
            words = f"{words[: date.span[0]]} {words[date.span[1] :]}"
        words = words.strip()
        if not words or words == part.strip() == "":
            continue
        for piece in split_names(words, "/+"):
            if is_surely_person(piece, ctx) or (told and _may_be_person(piece, ctx)):
                persons.append(piece)
            elif squash(piece) in ctx.known_names:
                owners.append(piece)
            else:
                act = re.match(r"([A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ][\w-]+)?)\s+(\S+)", piece)
                if act and _acts(act.group(1), act.group(2), ctx):
                    persons.append(act.group(1))
    return Who(text, tuple(owners), tuple(persons))


def _handled(text: str, ctx: Context) -> Who:
    return Who(text, persons=tuple(m.group(1).capitalize() for m in _AT.finditer(text)))


def _trailing(text: str, ctx: Context) -> Who:
    """«flytta nyckeln - Rut, den här veckan»: names after the last dash."""
    parts = re.split(r"\s[–—-]\s", text)[1:]
    short = [p for p in parts if len(p.split()) <= 7]
    if not short or short != parts:
        return Who(text)
    found = _names_and_dates(", ".join(short), text, ctx)
    named = names_in(short[-1], ctx, sure=True) if not found.found else None
    if named and all(looks_like_organisation(n, ctx) for n in named[0]):
        return Who(text, tuple(named[0]), tuple(named[1]))
    return found


def _acts(name: str, verb: str, ctx: Context) -> bool:
    return is_surely_person(name, ctx) and ctx.is_(verb.strip(".,"), "commitments", "person_acts")


@cache
def _acting_pattern() -> re.Pattern[str]:
    joined = rf"(?:,\s|\s(?:{any_of('and_words')}|&)\s)"
    return re.compile(rf"(?:^|[,.;(–-]\s*)({_CAPITAL}(?:{joined}{_CAPITAL})?)\s+([\w-]+)")


def _acting(text: str, ctx: Context) -> Who:
    """«Rut ringer banken», «boka sal, Rut och Per ringer»: given names with what they do."""
    persons: list[str] = []
    for match in _acting_pattern().finditer(text):
        names = split_names(match.group(1), ",")
        if all(_acts(name, match.group(2), ctx) for name in names):
            persons += names
    return Who(text, persons=tuple(persons))


def _with_others(text: str, ctx: Context) -> Who:
    """«jämföra priser ihop med Norra skolan»: a known name after «together with»."""
    for match in ctx.pattern("commitments", "with_others").finditer(text):
        tail = text[match.end() :].strip()
        for length in range(6, 0, -1):
            name = " ".join(tail.split()[:length]).rstrip(".,:;")
            if squash(name) in ctx.known_names:
                return Who(text, owners=(name,))
    return Who(text)


def read_status(block: Block, ctx: Context) -> Status | None:
    """The status that a check box or a closing word states, null where none does."""
    if block.marker in ("☐", "☑", "✓", "✔", "✘", "✗", "☒"):
        return _status_of(block.marker or "", ctx)
    return None


def _status_of(text: str, ctx: Context) -> Status | None:
    return next((s for s in _STATUSES if text and text in ctx_words(ctx, s)), None)


def ctx_words(ctx: Context, status: Status) -> set[str]:
    """The status words of all packs."""
    return {w for pack in ctx.packs for w in pack.words("status", status)}


def status_in_words(text: str, ctx: Context) -> Status | None:
    """The status that a cell or a closing remark states in words."""
    text = text.strip()
    if not text:
        return None
    return next((s for s in _STATUSES if ctx.has(text, "status", s)), None)
