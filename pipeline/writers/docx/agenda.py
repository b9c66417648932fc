"""The agenda of the summary: one table per day."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from pipeline.model.dataset import AgendaItem, Speaker
from pipeline.writers.docx.elements import (
    Cell,
    Column,
    Line,
    Piece,
    Row,
    add_heading,
    add_table,
    cell,
    line,
    quiet,
    without_empty,
)
from pipeline.writers.docx.long_dates import long_day
from pipeline.writers.docx.view import SessionView

_PAUSES = frozenset({"break", "meal"})


def add_agenda(document: Any, view: SessionView) -> None:
    """A heading and a table for each day, in the order of the material."""
    items = sorted(view.session.agenda, key=lambda i: i.day)
    if not items:
        return
    add_heading(document, view.labels("headings", "agenda"), 1)
    columns = without_empty(_columns(view), [_row(item, view) for item in items])
    days = [list(group) for _, group in groupby(items, key=lambda i: i.day)]
    for day in days:
        if heading := _day_heading(day[0], view, alone=len(days) == 1):
            add_heading(document, heading, 2)
        add_table(document, columns, [_row(item, view) for item in day])


def _columns(view: SessionView) -> list[Column]:
    return [
        Column(view.labels("agenda", "time"), 2.4),
        Column(view.labels("agenda", "item"), 8.6),
        Column(view.labels("agenda", "who"), 5.6),
    ]


def _day_heading(item: AgendaItem, view: SessionView, *, alone: bool) -> str:
    date = long_day(item.date, view.labels) if item.date else ""
    if alone:
        return date[:1].upper() + date[1:]
    if date:
        return view.labels("agenda", "day_date", day=item.day, date=date)
    return view.labels("agenda", "day", day=item.day)


def _row(item: AgendaItem, view: SessionView) -> Row:
    title = item.title or view.labels("agenda", "kinds", item.kind)
    shown: Piece | str = quiet(title) if item.kind in _PAUSES else title
    return Row((cell(quiet(_time(item))), cell(shown), _speakers(item.speakers)))


def _time(item: AgendaItem) -> str:
    """An inferred end is the start of the next row and need not be said."""
    if item.start and item.end and not item.end_inferred:
        return f"{item.start}–{item.end}"
    return item.start or ""


def _speakers(speakers: tuple[Speaker, ...]) -> Cell:
    return tuple(_speaker(s) for s in speakers)


def _speaker(speaker: Speaker) -> Line:
    rest = ", ".join(filter(None, (speaker.role, speaker.organisation)))
    return line(speaker.name, quiet(f", {rest}" if rest else ""))
