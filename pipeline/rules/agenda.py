"""Agendas: lines and table rows that begin with a time of day.

Reads «9.30 Fika», «10.00–10.30 Om vatten – Rut Ek, Norra», a row Tid | Innehåll | Ansvarig; leaves
alone «14.6» and «9.5 % fler».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.model.claims import AgendaClaim, DateExpression, SectionClaim, SpeakerClaim
from pipeline.model.dataset import AgendaKind, Evidence
from pipeline.model.document import Block, BlockKind
from pipeline.rules.clock import Clock, read_clock, starts_with_clock
from pipeline.rules.columns import find_columns
from pipeline.rules.context import Context
from pipeline.rules.dates import find_dates
from pipeline.rules.groups import body_of
from pipeline.rules.names import is_first_name, is_person, read_people

_KINDS: tuple[AgendaKind, ...] = (
    "meal", "break", "closing", "opening", "social", "work", "discussion", "talk",
)  # fmt: skip
_WITHOUT_SPEAKERS = ("meal", "break", "social")
_DASH = re.compile(r"\s[–—-]\s")
_ACTING = re.compile(r",\s+([A-ZÅÄÖÆØ][\w-]+\s[A-ZÅÄÖÆØ][\w-]+)\s+([a-zåäöæø]+)")
_BRACKET = re.compile(r"^(?P<title>.+?)\s*\((?P<inside>[^()]+)\)\s*\.?$")
_SPEAKER_CONFIDENCE = 0.9


def read_agenda(sections: Sequence[SectionClaim], ctx: Context) -> list[AgendaClaim]:
    """The agenda items of all sections of that kind, in order."""
    claims: list[AgendaClaim] = []
    parts: dict[tuple[int, int, str], int] = {}
    for n, section in enumerate(sections):
        if section.kind != "agenda":
            continue
        for page, block, key, item in _items(section, ctx):
            part = parts.setdefault((n, page, key), len(parts))
            date = _date_of(section, sections, ctx)
            claims.append(_claim(n, page, block, item, date, part, ctx))
    return claims


class _Item:
    """What a line or row says: its time, title and speakers, and the quote they stand in."""

    __slots__ = ("clock", "quote", "speakers", "title")

    def __init__(
        self,
        clock: Clock | None,
        title: str,
        speakers: Sequence[SpeakerClaim],
        quote: str | None = None,
    ) -> None:
        self.clock, self.title, self.speakers, self.quote = clock, title, speakers, quote


def _items(section: SectionClaim, ctx: Context) -> Iterator[tuple[int, Block, str, _Item]]:
    body = body_of(section)
    timed = any(starts_with_clock(b.text) for _, b in body if b.kind is not BlockKind.TABLE)
    n = 0
    while n < len(body):
        page, block = body[n]
        n += 1
        if block.kind is BlockKind.TABLE:
            for item in _rows(block, ctx):
                yield page, block, block.id, item
            continue
        found = _line(block.text, ctx)
        if found is None:
            numbered = block.marker is not None and any(ch.isdigit() for ch in block.marker)
            if numbered and not timed and section.cue:
                title, speakers = split_speakers(block.text, ctx)
                yield page, block, "", _Item(None, title, speakers)
            continue
        item = found
        if not item.title and n < len(body) and not starts_with_clock(body[n][1].text):
            title, speakers = split_speakers(body[n][1].text, ctx)
            item = _Item(item.clock, title, speakers)
            n += 1
        if item.title:
            yield page, block, "", item


def _line(text: str, ctx: Context) -> _Item | None:
    clock = read_clock(text)
    if clock is None:
        return None
    title, speakers = split_speakers(text[clock.rest :].strip(), ctx)
    return _Item(clock, title, speakers)


def _rows(block: Block, ctx: Context) -> Iterator[_Item]:
    rows = block.rows or ()
    columns = find_columns(rows, ctx, ("time", "title", "speaker", "place"))
    at = columns.at.get("time")
    if at is None:
        at = _time_column(rows)
    if at is None:
        return
    for row in rows[columns.first_row :]:
        clock = read_clock(row[at] + " ") if at < len(row) else None
        if clock is None:
            continue
        item = _row(row, at, clock, columns.at, ctx)
        if item.title:
            yield item


def _row(row: Sequence[str], at: int, clock: Clock, columns: dict[str, int], ctx: Context) -> _Item:
    cells = {n: " ".join(c.split()) for n, c in enumerate(row) if n != at and c.strip()}
    title_at = columns.get("title")
    if title_at is None or title_at not in cells:
        title_at = min((n for n in cells if n != columns.get("speaker")), default=None)
    title = cells.pop(title_at) if title_at is not None else row[at][clock.rest :].strip()
    speaker_at = columns.get("speaker")
    cell = cells.get(speaker_at) if speaker_at is not None else None
    if cell is not None:
        return _Item(clock, title, speakers_in(cell, ctx), quote=title)
    for other in cells.values():
        people = read_people(other, ctx)
        if people:
            return _Item(clock, title, people, quote=title)
    quote, (title, people) = title, split_speakers(title, ctx)
    return _Item(clock, title, people, quote=quote)


def _time_column(rows: Sequence[Sequence[str]]) -> int | None:
    for n in range(max((len(r) for r in rows), default=0)):
        cells = [r[n] for r in rows if n < len(r) and r[n].strip()]
        if len(cells) >= 2 and sum(starts_with_clock(c + " x") for c in cells) >= 0.6 * len(cells):
            return n
    return None


def speakers_in(cell: str, ctx: Context) -> list[SpeakerClaim]:
    """The persons of a cell: «Rut Ek, Norra skolan»; «Alla» gives none."""
    people = read_people(cell, ctx)
    if people or ctx.is_(cell, "agenda", "nobody"):
        return people
    return [SpeakerClaim(cell)] if is_first_name(cell) else []


def split_speakers(text: str, ctx: Context) -> tuple[str, list[SpeakerClaim]]:
    """Title and speakers of an agenda line.

    «Om vatten – Rut Ek, Norra» -> «Om vatten», Rut Ek of Norra; «Lunch (soppa)» has none.
    """
    text = text.strip(" \t–—-|:;")
    if agenda_kind(text, (), ctx) in _WITHOUT_SPEAKERS:
        return text, []
    bracket = _BRACKET.match(text)
    if bracket:
        people = speakers_in(bracket.group("inside"), ctx)
        if people:
            return bracket.group("title").strip(" –-,"), people
    for cut in reversed(list(_DASH.finditer(text))):
        people = read_people(text[cut.end() :], ctx)
        if people:
            return text[: cut.start()].strip(), people
    for cut in re.finditer(r",\s+|:\s+|\.\s+|\t", text):
        people = read_people(text[cut.end() :], ctx)
        if people:
            return text[: cut.start()].strip(), people
    acting = _ACTING.search(text)
    if (
        acting
        and is_person(acting.group(1), ctx)
        and ctx.is_(acting.group(2), "commitments", "person_acts")
    ):
        return text[: acting.start()].strip(), [SpeakerClaim(acting.group(1))]
    head, colon, tail = text.partition(":")
    if colon and tail.strip() and is_person(head, ctx):
        return tail.strip(), [SpeakerClaim(head.strip())]
    return text, []


def _date_of(
    section: SectionClaim, sections: Sequence[SectionClaim], ctx: Context
) -> DateExpression | None:
    """The date in the section's title, or in that of the sections that it stands in."""
    at: SectionClaim | None = section
    while at is not None:
        dates = find_dates(at.title.text, ctx.packs) if at.title else ()
        dated = [
            d for d in dates if d.kind in ("day", "range", "relative") and (d.day or d.weekday)
        ]
        if dated:
            return dated[0]
        at = sections[at.parent] if at.parent is not None else None
    return None


def agenda_kind(title: str, speakers: Sequence[SpeakerClaim], ctx: Context) -> AgendaKind:
    """The kind whose cue stands first in the title; with speakers and no cue, a talk."""
    best: tuple[int, int] | None = None
    kind: AgendaKind = "other"
    for order, candidate in enumerate(_KINDS):
        match = ctx.pattern("agenda", candidate).search(title)
        if match and (best is None or (match.start(), order) < best):
            best, kind = (match.start(), order), candidate
    if speakers and (kind == "other" or (best and best[0] > 0 and kind in ("work", "discussion"))):
        return "talk"
    return kind


def _claim(
    section: int, page: int, block: Block, item: _Item, date: DateExpression | None, part: int,
    ctx: Context,
) -> AgendaClaim:  # fmt: skip
    confidence = 0.97 if item.clock else 0.7
    evidence: list[Evidence] = [
        ctx.evidence(page, block, "agenda.line" if item.quote is None else "agenda.row",
                     confidence, quote=item.quote)
    ]  # fmt: skip
    evidence += [
        ctx.evidence(page, block, "agenda.speaker", _SPEAKER_CONFIDENCE, s.name, "speakers")
        for s in item.speakers
    ]
    return AgendaClaim(
        section=section,
        start=item.clock.start if item.clock else None,
        end=item.clock.end if item.clock else None,
        title=item.title,
        kind=agenda_kind(item.title, item.speakers, ctx),
        speakers=tuple(item.speakers),
        date=date,
        part=part,
        evidence=tuple(evidence),
    )
