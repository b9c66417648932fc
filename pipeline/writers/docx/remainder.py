"""The end of the summary: text that no record quotes, and what should be checked.

Nothing of the material is lost: what the rules could not read is shown as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from docx.shared import Cm, Pt

from pipeline.model.dataset import Diagnostic, DocumentRecord, Item, Section
from pipeline.model.text import squash
from pipeline.writers.docx.elements import (
    Piece,
    add_heading,
    add_line,
    add_plain_table,
    line,
    quiet,
)
from pipeline.writers.docx.styles import BULLET, SMALL, SMALL_BULLET
from pipeline.writers.docx.view import SessionView

_SKIPPED_KINDS = frozenset({"title", "figure"})
_COUNTED = re.compile(r"\w+[.)]?|[☐☑☒✓✔]")
"""Markers that say something («2.», «b)», «☑»); a dash or a dot is drawn as a bullet."""
_LEVEL_CM = 0.6
_DEEPEST_LEVEL = 4


def add_remainder(document: Any, view: SessionView) -> None:
    """Unplaced blocks by file and section; copies and older versions of a file are left out."""
    left = [(d, s, items) for d in _documents(view) for s, items in _unplaced(d)]
    if not left:
        return
    add_heading(document, view.labels("headings", "remainder"), 1)
    add_line(document, line(quiet(view.labels("remainder", "about")), style=SMALL))
    several = len({d.source_id for d, _, _ in left}) > 1
    level = 3 if several else 2
    current = None
    for record, section, items in left:
        if several and record.source_id != current:
            current = record.source_id
            add_heading(document, view.file_name(current), 2)
        _add_section(document, section, items, view, level)


def add_warnings(document: Any, view: SessionView) -> None:
    """What was unclear in the session's files, and what to do about it."""
    found = [d for d in view.dataset.diagnostics if d.severity != "info"]
    if found:
        add_heading(document, view.labels("headings", "warnings"), 1)
    for diagnostic in found:
        add_line(document, line(*_warning(diagnostic, view), style=BULLET))


def _documents(view: SessionView) -> Iterator[DocumentRecord]:
    for record in view.dataset.documents:
        source = view.sources.get(record.source_id)
        if source is None or not (source.rendition_of or source.superseded_by):
            yield record


def _unplaced(record: DocumentRecord) -> Iterator[tuple[Section, list[Item]]]:
    for section in record.sections:
        items = [i for i in section.items if _is_unplaced(i, section)]
        if items:
            yield section, items


def _is_unplaced(item: Item, section: Section) -> bool:
    if item.record_ids or item.role == "furniture" or item.kind in _SKIPPED_KINDS:
        return False
    words = squash(item.text) or any(squash(c) for row in item.rows or () for c in row)
    repeats_title = item.kind == "heading" and squash(item.text) == squash(section.title or "")
    return bool(words) and not repeats_title


def _add_section(
    document: Any, section: Section, items: list[Item], view: SessionView, level: int
) -> None:
    title = section.title or view.labels("remainder", "untitled")
    add_heading(document, title, level, _pages(items, view))
    for item in items:
        _add_item(document, item, view)


def _pages(items: Iterable[Item], view: SessionView) -> str:
    numbers = sorted({i.page for i in items if i.page is not None})
    if not numbers:
        return ""
    shown = f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])
    return view.labels.count("document", "page_reference", count=len(numbers), pages=shown)


def _add_item(document: Any, item: Item, view: SessionView) -> None:
    if item.rows:
        add_plain_table(document, item.rows, SMALL)
        return
    listed = item.kind == "list_item"
    counted = bool(item.marker and _COUNTED.fullmatch(item.marker))
    style = SMALL_BULLET if listed and not counted else SMALL
    paragraph = add_line(document, line(*_pieces(item, view, counted=counted), style=style))
    if listed:
        level = min(item.level, _DEEPEST_LEVEL)
        paragraph.paragraph_format.left_indent = Cm(_LEVEL_CM * (level + 1))
        paragraph.paragraph_format.first_line_indent = Cm(-_LEVEL_CM)
        paragraph.paragraph_format.space_after = Pt(1)


def _pieces(item: Item, view: SessionView, *, counted: bool) -> Iterator[Piece]:
    if item.role == "note":
        yield quiet(f"{view.labels('remainder', 'note')}: ")
    if counted:
        yield Piece(f"{item.marker}\t" if item.kind == "list_item" else f"{item.marker} ")
    yield Piece(item.text, "Strong" if item.kind == "heading" else None)


def _warning(diagnostic: Diagnostic, view: SessionView) -> Iterator[Piece]:
    label = view.labels("severities", diagnostic.severity)
    yield Piece(f"{label}: ", "Strong")
    yield Piece(diagnostic.message)
    if diagnostic.hint:
        yield Piece(f" – {diagnostic.hint}")
    where = [view.file_name(diagnostic.source_id)]
    if diagnostic.page is not None:
        page = view.labels.count("document", "page_reference", count=1, pages=diagnostic.page)
        where.append(page)
    source = ", ".join(filter(None, where))
    if source:
        yield quiet(f"  ({view.labels('document', 'source')}: {source})")
