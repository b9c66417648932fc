"""Decisions and participants: the short lists of the summary."""

from __future__ import annotations

from typing import Any

from pipeline.model.dataset import Cluster, Person
from pipeline.writers.docx.elements import (
    Column,
    Line,
    Row,
    add_heading,
    add_line,
    add_table,
    cell,
    line,
    quiet,
    without_empty,
)
from pipeline.writers.docx.styles import BULLET
from pipeline.writers.docx.view import SessionView


def add_decisions(document: Any, view: SessionView) -> None:
    """What was decided, as bullets, with the clusters that it is about."""
    decisions = view.dataset.decisions
    if decisions:
        add_heading(document, view.labels("headings", "decisions"), 1)
    for decision in decisions:
        about = view.cluster_names(decision.cluster_ids)
        aside = quiet(f"  ({about})" if about else "")
        add_line(document, line(decision.text, aside, style=BULLET))


def add_participants(document: Any, view: SessionView) -> None:
    """One table of clusters and one of people."""
    clusters, people = view.dataset.clusters, view.dataset.people
    if not clusters and not people:
        return
    add_heading(document, view.labels("headings", "participants"), 1)
    if clusters:
        add_heading(document, _clusters_heading(clusters, view), 2)
        rows = [_cluster_row(c, view) for c in clusters]
        add_table(document, _shown_columns(_CLUSTER_COLUMNS, rows, view), rows)
    if people:
        add_heading(document, view.labels("headings", "people"), 2)
        rows = [_person_row(p, view) for p in people]
        add_table(document, _shown_columns(_PERSON_COLUMNS, rows, view), rows)


_CLUSTER_COLUMNS = (("name", 7.2), ("kind", 2.8), ("regions", 4.2), ("members", 2.4))
_PERSON_COLUMNS = (("name", 5.2), ("role", 4.6), ("organisation", 6.8))


def _shown_columns(
    columns: tuple[tuple[str, float], ...], rows: list[Row], view: SessionView
) -> list[Column]:
    titled = [Column(view.labels("participants", key), share) for key, share in columns]
    return without_empty(titled, rows)


def _clusters_heading(clusters: tuple[Cluster, ...], view: SessionView) -> str:
    kinds = {c.kind for c in clusters}
    known = view.labels.table("clusters")
    alone = next(iter(kinds)) if len(kinds) == 1 else "mixed"
    return known.get(alone, known["mixed"])


def _cluster_row(cluster: Cluster, view: SessionView) -> Row:
    aliases = line(quiet(", ".join(cluster.aliases)))
    name: tuple[Line, ...] = (line(cluster.name), *(() if aliases.empty else (aliases,)))
    mixed = len({c.kind for c in view.dataset.clusters}) > 1
    kind = view.labels("participants", "kinds", cluster.kind) if mixed else ""
    members = "" if cluster.members is None else str(cluster.members)
    return Row((name, cell(kind), cell(", ".join(cluster.regions)), cell(members)))


def _person_row(person: Person, view: SessionView) -> Row:
    part = next((p for p in view.session.participants if p.person_id == person.id), None)
    role = (part.role if part else None) or person.role or ""
    cluster = view.cluster_name(part.cluster_id) if part else ""
    organisation = person.organisation or cluster
    return Row((cell(person.name), cell(role), cell(organisation)))
