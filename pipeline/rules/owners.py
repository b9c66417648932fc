"""Whose the commitments of a section are: «Norra skolan», «Åtaganden: Norra skolan»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.claims import SectionClaim
from pipeline.model.document import Block, BlockKind
from pipeline.rules.context import Context
from pipeline.rules.dates import find_dates
from pipeline.rules.names import name_score, split_regions
from pipeline.rules.statements import names_in

_AFTER_CUE = re.compile(r"^[^:]*?(?::|\s[–—-])\s+(?P<name>\S.*)$")
_NAME = 0.3
_SURE_NAME = 0.8
"""A single word in capitals («Hösten») is not enough where it follows a cue."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A line that names an owner, and the part of it that does."""

    block: Block
    name: str


def section_owner(
    section: SectionClaim, sections: Sequence[SectionClaim], ctx: Context
) -> Owner | None:
    """The title that names the owner: one without a cue, or what follows the cue, if a name."""
    at: SectionClaim | None = section
    while at is not None and at.title is not None:
        text = at.title.text
        if ctx.has(text, "commitments", "no_owner"):
            return None
        if at.cue is not None:
            return _after_cue(at.title, at.cue, ctx)
        if at.title.kind is BlockKind.HEADING and name_score(text, ctx) >= _NAME:
            return Owner(at.title, text)
        at = sections[at.parent] if at.parent is not None else None
    return None


def _after_cue(title: Block, cue: str, ctx: Context) -> Owner | None:
    match = _AFTER_CUE.match(title.text)
    if match is None or cue not in title.text[: match.start("name")]:
        return None
    name = match["name"]
    named = name_score(name, ctx) >= _SURE_NAME and not find_dates(name, ctx.packs)
    return Owner(title, name) if named else None


def owners_of(lead: str | None, ctx: Context) -> tuple[str, ...]:
    """The names on an owner line; regions after it are no names."""
    if lead is None:
        return ()
    head, _ = split_regions(lead)
    if ctx.is_(head, "commitments", "no_owner"):
        return ()
    parts = names_in(head, ctx, sure=True) if re.search(r"\s/\s|\s\+\s", head) else None
    if parts and len(parts[0]) > 1:
        return tuple(parts[0])
    return (head.strip(),)
