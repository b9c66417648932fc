"""The commitments of the summary, by owner, and what was told of earlier ones."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from pipeline.model.dataset import Cluster, Commitment, FollowUp
from pipeline.writers.docx.elements import (
    Cell,
    Column,
    Line,
    Piece,
    Row,
    add_heading,
    add_line,
    add_table,
    banner,
    cell,
    emphasis,
    line,
    mark,
    quiet,
    without_empty,
)
from pipeline.writers.docx.long_dates import long_date
from pipeline.writers.docx.styles import LEAD, TABLE_ITEM, TABLE_NOTE, TABLE_TEXT
from pipeline.writers.docx.view import SessionView

_MARK = "*"


def add_commitments(document: Any, view: SessionView) -> None:
    """A heading and a table per owner: clusters, then people, then those without an owner."""
    own = [c for c in view.dataset.commitments if _is_own(c, view)]
    if not own:
        return
    add_heading(document, view.labels("headings", "commitments"), 1)
    columns = _columns(own, view)
    for heading, lead, commitments in _groups(own, view):
        add_heading(document, heading, 2)
        if lead is not None and not lead.empty:
            add_line(document, lead)
        add_table(document, columns, _rows(commitments, view))
    if any(c.due and c.due.basis == "inferred" for c in own):
        note = view.labels("commitments", "inferred_due")
        add_line(document, line(mark(_MARK), quiet(f" {note}"), style=TABLE_NOTE))


def add_follow_up(document: Any, view: SessionView) -> None:
    """What this session told of commitments that were made earlier."""
    told = [(c, f) for c in view.dataset.commitments for f in _told_here(c, view)]
    if not told:
        return
    labels = view.labels
    add_heading(document, labels("headings", "follow_up"), 1)
    columns = [
        Column(labels("commitments", "what"), 6.5),
        Column(labels("commitments", "who"), 3.5),
        Column(labels("commitments", "told"), 6.6),
    ]
    rows = [_told_row(c, f, view) for c, f in told]
    add_table(document, without_empty(columns, rows), rows)


def cluster_lead(cluster: Cluster, view: SessionView) -> Line:
    """The grey line under a cluster's heading: where it works and how many are in it."""
    facts = [", ".join(cluster.regions)]
    if cluster.members is not None:
        facts.append(view.labels.count("participants", "member_count", count=cluster.members))
    return line(" · ".join(filter(None, facts)), style=LEAD)


def _is_own(commitment: Commitment, view: SessionView) -> bool:
    """Whether it was made here; others are in the cut because they were followed up here."""
    return commitment.session_id in (None, view.session.id)


def _told_here(commitment: Commitment, view: SessionView) -> list[FollowUp]:
    if _is_own(commitment, view):
        return []
    return [f for f in commitment.follow_ups if f.session_id == view.session.id]


def _groups(
    commitments: Iterable[Commitment], view: SessionView
) -> Iterable[tuple[str, Line | None, list[Commitment]]]:
    by_cluster: dict[str, list[Commitment]] = {}
    personal, unowned = [], []
    for commitment in commitments:
        if commitment.cluster_id in view.clusters:
            by_cluster.setdefault(commitment.cluster_id or "", []).append(commitment)
        elif commitment.person_id in view.people:
            personal.append(commitment)
        else:
            unowned.append(commitment)
    for cluster_id, owned in by_cluster.items():
        cluster = view.clusters[cluster_id]
        yield cluster.name, cluster_lead(cluster, view), owned
    for key, rest in (("commitments_personal", personal), ("commitments_unowned", unowned)):
        if rest:
            yield view.labels("headings", key), None, rest


def _columns(commitments: Iterable[Commitment], view: SessionView) -> list[Column]:
    """The same columns in all tables; without who and status where no commitment has any."""
    listed = list(commitments)
    who = any(c.person_id or c.also for c in listed)
    status = any(_status(c, view) for c in listed)
    return [
        Column(view.labels("commitments", "what"), 7.5),
        Column(view.labels("commitments", "who"), 3.3 if who else 0),
        Column(view.labels("commitments", "due"), 3.8),
        Column(view.labels("commitments", "status"), 2.0 if status else 0),
    ]


def _rows(commitments: Iterable[Commitment], view: SessionView) -> list[Row]:
    """One row each; those that share a lead-in stand under it."""
    rows = []
    for context, group in groupby(commitments, key=lambda c: c.context):
        if context:
            rows.append(banner(emphasis(context)))
        rows += [_row(c, view) for c in group]
    return rows


def _row(commitment: Commitment, view: SessionView) -> Row:
    told = (_follow_up(f, view) for f in commitment.follow_ups)
    style = TABLE_ITEM if commitment.context else TABLE_TEXT
    what = (line(commitment.text, style=style), *told)
    status = _status(commitment, view)
    return Row((what, _who(commitment, view), cell(*_due(commitment, view)), cell(status)))


def _status(commitment: Commitment, view: SessionView) -> str:
    """The last that was told of it."""
    told = [f.status for f in commitment.follow_ups if f.status]
    last = told[-1] if told else commitment.status
    return view.labels("commitments", "statuses", last) if last else ""


def _follow_up(follow_up: FollowUp, view: SessionView) -> Line:
    where = view.session_name(follow_up.session_id)
    label = view.labels("commitments", "follow_up") + (f" ({where})" if where else "")
    return line(quiet(f"{label}: {follow_up.text}"))


def _who(commitment: Commitment, view: SessionView) -> Cell:
    person = view.person_name(commitment.person_id)
    first: Piece | str = person or quiet(view.cluster_name(commitment.cluster_id))
    also = view.cluster_names(commitment.also)
    together = view.labels("commitments", "together_with", names=also) if also else ""
    return tuple(c for c in (line(first), line(quiet(together))) if not c.empty)


def _due(commitment: Commitment, view: SessionView) -> tuple[Piece | str, ...]:
    if commitment.due is None:
        return (quiet(view.labels("commitments", "no_due")),)
    written = long_date(commitment.due, view.labels)
    return (written, mark(_MARK)) if commitment.due.basis == "inferred" else (written,)


def _told_row(commitment: Commitment, told: FollowUp, view: SessionView) -> Row:
    owners = [commitment.cluster_id or "", *commitment.also]
    who = view.person_name(commitment.person_id) or view.cluster_names(owners)
    where = view.session_name(commitment.session_id)
    what = (line(commitment.text), line(quiet(where)))
    status = view.labels("commitments", "statuses", told.status) if told.status else ""
    return Row((what[: 2 if where else 1], cell(who), (line(told.text), line(quiet(status)))))
