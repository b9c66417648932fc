"""Agenda items: their days, their dates, and ends inferred from the next start."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from pipeline.model.claims import AgendaClaim, DateExpression, FileClaims
from pipeline.model.dataset import AgendaItem, Date, Diagnostic, Speaker
from pipeline.model.dates import day_of
from pipeline.model.ids import IdMaker
from pipeline.model.text import squash

_LONGEST = 14
_JUMP_BACK = "04:00"


def link_agenda(
    files: Sequence[FileClaims], session_id: str, dates: Date | None
) -> tuple[list[AgendaItem], list[Diagnostic]]:
    """The agenda of a session from all its files; a line that two files have counts once."""
    ids = IdMaker()
    items: list[AgendaItem] = []
    problems: list[Diagnostic] = []
    seen: dict[tuple[int, str | None, str], int] = {}
    for file in files:
        days = _days(file.agenda, dates)
        ends = _ends(file.agenda, days)
        for n, claim in enumerate(file.agenda):
            key = (days[n], claim.start, squash(claim.title))
            if key in seen and len(files) > 1:
                at = seen[key]
                items[at] = items[at].model_copy(
                    update={"evidence": (*items[at].evidence, *claim.evidence)}
                )
                continue
            seen[key] = len(items)
            items.append(_item(claim, days[n], ends[n], dates, session_id, ids))
        problems.extend(_problems(file, days))
    return items, problems


def _item(
    claim: AgendaClaim,
    day: int,
    end: tuple[str | None, bool],
    dates: Date | None,
    session_id: str,
    ids: IdMaker,
) -> AgendaItem:
    first = day_of(dates.start) if dates else None
    quote = claim.evidence[0].quote
    return AgendaItem(
        id=ids("agenda", session_id, quote, claim.start or "", str(day)),
        evidence=claim.evidence,
        day=day,
        date=(first + datetime.timedelta(days=day - 1)).isoformat() if first else None,
        start=claim.start,
        end=end[0],
        end_inferred=end[1],
        title=claim.title,
        kind=claim.kind,
        speakers=tuple(
            Speaker(person_id=None, name=s.name, organisation=s.organisation, role=s.role)
            for s in claim.speakers
        ),
    )


def _days(claims: Sequence[AgendaClaim], dates: Date | None) -> list[int]:
    """The day of each item, from 1: by the date over it, else by times that start again."""
    out: list[int] = []
    day = 1
    for n, claim in enumerate(claims):
        before = claims[n - 1] if n else None
        if before is None or claim.part != before.part:
            stated = _stated_day(claim.date, dates)
            if stated is not None:
                day = stated
            elif before is not None and _restarts(before, claim):
                day += 1
        elif _restarts(before, claim, jump=True):
            day += 1
        out.append(day)
    return out


def _restarts(before: AgendaClaim, now: AgendaClaim, *, jump: bool = False) -> bool:
    if before.start is None or now.start is None or now.start >= before.start:
        return False
    # Inside one list a small step back is a slip of the pen, not another day.
    return not jump or _minutes(before.start) - _minutes(now.start) >= _minutes(_JUMP_BACK)


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return 60 * int(hours) + int(minutes)


def _stated_day(expression: DateExpression | None, dates: Date | None) -> int | None:
    if expression is None or dates is None or expression.kind == "range" or not dates.edtf:
        return None
    first = dates.edtf.split("/")[0].replace("?", "")
    parts = first.split("-")
    if len(parts) != 3:
        return None
    start = _day(2000 if "X" in parts[0] else int(parts[0]), int(parts[1]), int(parts[2]))
    if start is None or not expression.day:
        return None
    month = expression.month or start.month
    for year in (start.year, start.year + 1):
        day = _day(year, month, expression.day)
        if day is not None and 0 <= (day - start).days < _LONGEST:
            return (day - start).days + 1
    return None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _ends(claims: Sequence[AgendaClaim], days: Sequence[int]) -> list[tuple[str | None, bool]]:
    """End times: as written, else the next start of the same day where it is later."""
    out: list[tuple[str | None, bool]] = []
    for n, claim in enumerate(claims):
        following = claims[n + 1] if n + 1 < len(claims) and days[n + 1] == days[n] else None
        later = following is not None and following.start and claim.start
        if claim.end is not None or not later or following is None or following.start is None:
            out.append((claim.end, False))
        elif claim.start is not None and following.start > claim.start:
            out.append((following.start, True))
        else:
            out.append((None, False))
    return out


def _problems(file: FileClaims, days: Sequence[int]) -> list[Diagnostic]:
    """Times that go backwards, or items that overlap."""
    out: list[Diagnostic] = []
    claims = file.agenda
    for n in range(1, len(claims)):
        a, b = claims[n - 1], claims[n]
        if days[n] != days[n - 1] or not a.start or not b.start:
            continue
        if b.start < a.start or (a.end and b.start < a.end):
            how = "goes back in time" if b.start < a.start else "overlaps the item before"
            out.append(
                Diagnostic(
                    code="agenda-times", severity="info",
                    message=f"«{b.start} {b.title}» {how}",
                    hint="both items are kept as written; check the agenda's times",
                    source_id=file.document.source.id, page=b.evidence[0].page,
                )
            )  # fmt: skip
    return out
