"""One document -> its claims: the rules in their order.

A first reading finds the names that stand where only names stand (owner lines, attendance lists,
speakers); the second uses them to tell owners from statements and themes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline.languages.pack import LanguagePack
from pipeline.model.claims import (
    AgendaClaim,
    CommitmentClaim,
    DateExpression,
    FileClaims,
    SectionClaim,
)
from pipeline.model.document import BlockKind, BlockRole, Document
from pipeline.model.text import squash
from pipeline.rules.agenda import read_agenda
from pipeline.rules.challenges import read_challenges
from pipeline.rules.commitments import read_commitments
from pipeline.rules.context import Context, known
from pipeline.rules.dates import find_dates
from pipeline.rules.decisions import read_decisions
from pipeline.rules.joins import any_of
from pipeline.rules.people import organisations_named, people_named, read_names
from pipeline.rules.sections import read_sections, renamed, with_unsure
from pipeline.rules.session import read_session

_CITED_YEAR = re.compile(r"\((?:[^()]*\D)?((?:19|20)\d\d)[a-z]?\)")
_PLAIN_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")


def read_document(document: Document, packs: Sequence[LanguagePack]) -> FileClaims:
    """All claims of a document, read with `packs` (the document's own language first).

    What text recognition was not sure of is kept in the sections, but no claim rests on it.
    """
    whole, document = document, _believed(document)
    ctx = Context(tuple(packs), document.source.id)
    sections = read_sections(document, ctx)
    agenda = read_agenda(sections, ctx)
    ctx = _with_names(ctx, (), agenda, ())
    ctx = _with_names(ctx, sections, agenda, ())
    ctx = _with_names(ctx, sections, agenda, read_commitments(sections, ctx))
    commitments = read_commitments(sections, ctx)
    found = read_challenges(sections, ctx)
    sections = _with_theme_pages(sections, [t.title for t in found.themes])
    names = read_names(sections, agenda, commitments, found.challenges, ctx)
    return FileClaims(
        document=whole,
        language=packs[0].code,
        sections=with_unsure(sections, whole),
        sessions=read_session(document, sections, ctx),
        agenda=tuple(agenda),
        clusters=tuple(names.clusters),
        people=tuple(names.people),
        commitments=tuple(commitments),
        challenges=tuple(found.challenges),
        themes=tuple(found.themes),
        decisions=tuple(read_decisions(sections, ctx)),
        cited_years=tuple(sorted(set(_cited_years(document, ctx)))),
        dates=tuple(_weekday_dates(document, ctx)),
    )


def _believed(document: Document) -> Document:
    """The document without the notes that text recognition may have invented."""
    if not any(block.unsure for _, block in document.blocks()):
        return document
    pages = (
        replace(page, blocks=tuple(b for b in page.blocks if not b.unsure))
        for page in document.pages
    )
    return replace(document, pages=tuple(pages))


def _with_names(
    ctx: Context, sections: Sequence[SectionClaim], agenda: Sequence[AgendaClaim],
    commitments: Sequence[CommitmentClaim],
) -> Context:  # fmt: skip
    """The context with the names that stand where only names stand; what was known stays so."""
    found = read_names(sections, agenda, commitments, (), ctx)
    people = (known(list(people_named(found))) - ctx.known_names) | ctx.known_people
    bodies = (known(list(organisations_named(found))) - people) | ctx.known_names
    return Context(ctx.packs, ctx.source_id, bodies, people)


def _with_theme_pages(
    sections: Sequence[SectionClaim], titles: Sequence[str]
) -> tuple[SectionClaim, ...]:
    """Pages that bear a theme's name hold its notes."""
    keys = {squash(t) for t in titles}
    return tuple(
        renamed(s, "theme_notes", 0.9)
        if s.title and s.kind == "other" and squash(s.title.text) in keys
        else s
        for s in sections
    )


def _cited_years(document: Document, ctx: Context) -> Iterator[int]:
    """Years that lie behind the session: «Ek (2001)», «Källa: Ek, 2008», «under 2019 kostade»."""
    for _, block in document.blocks():
        if block.role is BlockRole.FURNITURE or block.kind is BlockKind.TABLE:
            continue
        for match in (*_CITED_YEAR.finditer(block.text), *_past_year().finditer(block.text)):
            yield int(match.group(1))
        if ctx.starts(block.text, "references", "source"):
            for match in _PLAIN_YEAR.finditer(block.text):
                yield int(match.group(1))


@cache
def _past_year() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of('past_year_words')}\s+((?:19|20)\d\d)\b(?!\s*\?)", re.IGNORECASE)


def _weekday_dates(document: Document, ctx: Context) -> Iterator[DateExpression]:
    """Dates that state their weekday: they tell the year."""
    for _, block in document.blocks():
        for date in () if block.unseen else find_dates(block.text, ctx.packs):
            if date.weekday and date.day and date.month:
                yield date
