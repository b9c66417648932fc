"""The top of the summary: title, programme, place, dates, sources and purpose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.model.dataset import Date, Source
from pipeline.writers.docx.elements import Line, Piece, add_heading, add_line, line, quiet
from pipeline.writers.docx.long_dates import long_date
from pipeline.writers.docx.styles import BULLET, FACTS
from pipeline.writers.docx.view import SessionView


def add_title_block(document: Any, view: SessionView) -> None:
    """Title, subtitle and the facts of the session, one line each."""
    add_line(document, line(view.title, style="Title"))
    subtitle = [view.labels("document", "summary")]
    if view.programme and view.programme != view.title:
        subtitle.append(view.programme)
    add_line(document, line(" · ".join(subtitle), style="Subtitle"))
    for fact in _facts(view):
        add_line(document, fact)


def add_purpose(document: Any, view: SessionView) -> None:
    """What the session is for, as bullets."""
    if view.session.purpose:
        add_heading(document, view.labels("headings", "purpose"), 1)
    for text in view.session.purpose:
        add_line(document, line(text, style=BULLET))


def _facts(view: SessionView) -> Iterator[Line]:
    session = view.session
    if session.dates:
        yield _fact(
            view, "dates", long_date(session.dates, view.labels), *_doubt(session.dates, view)
        )
    if session.place:
        yield _fact(view, "place", session.place)
    for number, source in enumerate(_files(view)):
        yield _fact(
            view,
            "sources" if number == 0 else "",
            view.file_name(source.id),
            *_relation(source, view),
        )


def _fact(view: SessionView, key: str, *parts: Piece | str) -> Line:
    label = view.labels("front", key) if key else ""
    return line(quiet(f"{label}\t"), *parts, style=FACTS)


def _doubt(dates: Date, view: SessionView) -> Iterator[Piece]:
    """Say so where the material gives no year."""
    if dates.basis != "inferred":
        return
    chosen = (dates.start or "")[:4]
    others = [str(y) for y in dates.year_candidates if str(y) != chosen]
    key = "year_inferred_among" if others else "year_inferred"
    yield quiet(f" ({view.labels('front', key, years=', '.join(others))})")


def _files(view: SessionView) -> list[Source]:
    return [view.sources[i] for i in view.session.source_ids if i in view.sources]


def _relation(source: Source, view: SessionView) -> Iterator[Piece]:
    """Say which files are the same document or an older version of it."""
    if source.superseded_by:
        yield quiet(f" ({view.labels('front', 'older_version')})")
    elif source.rendition_of:
        same = view.labels("front", "same_content", file=view.file_name(source.rendition_of))
        yield quiet(f" ({same})")
