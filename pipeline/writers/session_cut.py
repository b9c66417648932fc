"""Cut a dataset down to one session, so that what is left is a dataset whose references hold.

The JSON and the Word summary of a session are both made from this cut.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pipeline.errors import UsageError
from pipeline.model.dataset import (
    Challenge,
    Cluster,
    Commitment,
    Dataset,
    Decision,
    DocumentRecord,
    Evidence,
    Item,
    Person,
    Record,
    Section,
    Session,
    Source,
    Theme,
)

R = TypeVar("R", bound=Record)
Named = TypeVar("Named", Cluster, Person)


@dataclass(frozen=True)
class _Records:
    """The records of one session, before they are trimmed to each other."""

    session: Session
    commitments: tuple[Commitment, ...]
    challenges: tuple[Challenge, ...]
    themes: tuple[Theme, ...]
    decisions: tuple[Decision, ...]
    clusters: tuple[Cluster, ...]
    people: tuple[Person, ...]
    others: tuple[Session, ...]

    def all(self) -> tuple[Record, ...]:
        """Every record, the session and its agenda first."""
        return (
            self.session, *self.session.agenda, *self.others, *self.clusters, *self.people,
            *self.commitments, *self.challenges, *self.themes, *self.decisions,
        )  # fmt: skip


def find_session(dataset: Dataset, session_id: str) -> Session:
    """The session with this id; raises `UsageError` where there is none."""
    for session in dataset.sessions:
        if session.id == session_id:
            return session
    known = ", ".join(s.id for s in dataset.sessions) or "none"
    raise UsageError(f"there is no session «{session_id}»", f"sessions in this dataset: {known}")


def cut_to_session(dataset: Dataset, session_id: str) -> Dataset:
    """The part of `dataset` that belongs to one session, with no reference that leads out of it.

    The session comes first in `sessions`; another session stands after it, without its contents,
    only where a follow-up refers to it. Commitments of other sessions are kept where this session
    tells how they went. Raises `UsageError` where there is no such session.
    """
    found = _records(dataset, find_session(dataset, session_id))
    source_ids = set(found.session.source_ids)
    kept = {r.id for r in found.all()}
    return Dataset(
        schema_version=dataset.schema_version,
        generator=dataset.generator,
        sources=_sources(dataset, source_ids, found.all()),
        documents=_documents(dataset, found.session, kept),
        sessions=(found.session, *found.others),
        clusters=found.clusters,
        people=found.people,
        commitments=tuple(_trim_same(r, kept) for r in found.commitments),
        challenges=tuple(_trim_same(r, kept) for r in found.challenges),
        themes=tuple(_trim_theme(t, kept) for t in found.themes),
        decisions=found.decisions,
        diagnostics=tuple(d for d in dataset.diagnostics if d.source_id in source_ids),
    )


def _records(dataset: Dataset, session: Session) -> _Records:
    commitments = tuple(
        c
        for c in dataset.commitments
        if _is_of(c, c.session_id, session) or any(f.session_id == session.id for f in c.follow_ups)
    )
    challenges = tuple(c for c in dataset.challenges if _is_of(c, c.session_id, session))
    decisions = tuple(d for d in dataset.decisions if _is_of(d, d.session_id, session))
    theme_ids = {i for c in challenges for i in (c.theme_id, c.suggested_theme_id)}
    themes = tuple(
        t for t in dataset.themes if t.id in theme_ids or _is_of(t, t.session_id, session)
    )
    elsewhere = _sessions_meant(commitments, themes) - {session.id}
    return _Records(
        session=session,
        commitments=commitments,
        challenges=challenges,
        themes=themes,
        decisions=decisions,
        clusters=_clusters(dataset, session, commitments, challenges, decisions),
        people=_people(dataset, session, commitments),
        others=tuple(_outline(s) for s in dataset.sessions if s.id in elsewhere),
    )


def _is_of(record: Record, session_id: str | None, session: Session) -> bool:
    """Records that name no session belong to that of the file they were read from."""
    if session_id is not None:
        return session_id == session.id
    return any(e.source_id in session.source_ids for e in record.evidence)


def _sessions_meant(commitments: Iterable[Commitment], themes: Iterable[Theme]) -> set[str]:
    followed = {f.session_id for c in commitments for f in c.follow_ups}
    own = {c.session_id for c in commitments} | {t.session_id for t in themes}
    return {i for i in followed | own if i}


def _outline(session: Session) -> Session:
    """Another session by name and date only."""
    return session.model_copy(
        update={"purpose": (), "agenda": (), "participants": (), "source_ids": ()}
    )


def _clusters(
    dataset: Dataset,
    session: Session,
    commitments: Iterable[Commitment],
    challenges: Iterable[Challenge],
    decisions: Iterable[Decision],
) -> tuple[Cluster, ...]:
    meant = {i for c in commitments for i in (c.cluster_id, *c.also)}
    meant |= {c.cluster_id for c in challenges} | {i for d in decisions for i in d.cluster_ids}
    meant |= {p.cluster_id for p in session.participants}
    return tuple(
        _trim_named(c, session).model_copy(
            update={"session_ids": tuple(i for i in c.session_ids if i == session.id)}
        )
        for c in dataset.clusters
        if c.id in meant or session.id in c.session_ids
    )


def _people(
    dataset: Dataset, session: Session, commitments: Iterable[Commitment]
) -> tuple[Person, ...]:
    meant = {p.person_id for p in session.participants} | {c.person_id for c in commitments}
    meant |= {s.person_id for item in session.agenda for s in item.speakers}
    return tuple(_trim_named(p, session) for p in dataset.people if p.id in meant)


def _trim_named(record: Named, session: Session) -> Named:
    """Keep the evidence from this session's files; where there is none, keep all."""
    here = tuple(e for e in record.evidence if e.source_id in session.source_ids)
    return record.model_copy(update={"evidence": here}) if here else record


def _trim_same(record: R, kept: Container[str]) -> R:
    same = _only(getattr(record, "same_as", ()), kept)
    return record.model_copy(update={"same_as": same})


def _trim_theme(theme: Theme, kept: Container[str]) -> Theme:
    return theme.model_copy(update={"challenge_ids": _only(theme.challenge_ids, kept)})


def _only(ids: Sequence[str], kept: Container[str]) -> tuple[str, ...]:
    return tuple(i for i in ids if i in kept)


def _sources(
    dataset: Dataset, source_ids: set[str], records: Iterable[Record]
) -> tuple[Source, ...]:
    """The session's sources, those its evidence lies in, and those they are renditions of."""
    wanted = source_ids | {e.source_id for r in records for e in _all_evidence(r)}
    by_id = {s.id: s for s in dataset.sources}
    queue = [i for i in wanted if i in by_id]
    while queue:
        source = by_id[queue.pop()]
        linked = {source.rendition_of, source.superseded_by} - wanted
        new = [i for i in linked if i in by_id]
        wanted.update(new)
        queue.extend(new)
    return tuple(s for s in dataset.sources if s.id in wanted)


def _all_evidence(record: Record) -> tuple[Evidence, ...]:
    evidence = list(record.evidence)
    if isinstance(record, Commitment):
        evidence += [e for f in record.follow_ups for e in f.evidence]
    if isinstance(record, Theme):
        evidence += [e for n in record.notes for e in n.evidence]
    return tuple(evidence)


def _documents(
    dataset: Dataset, session: Session, kept: Container[str]
) -> tuple[DocumentRecord, ...]:
    return tuple(
        document.model_copy(update={"sections": _sections(document, session, kept)})
        for document in dataset.documents
        if document.source_id in session.source_ids
    )


def _sections(
    document: DocumentRecord, session: Session, kept: Container[str]
) -> tuple[Section, ...]:
    sections = [s for s in document.sections if s.session_id in (None, session.id)]
    ids = {s.id for s in sections}
    return tuple(
        s.model_copy(
            update={
                "parent_id": s.parent_id if s.parent_id in ids else None,
                "items": tuple(_trim_item(i, kept) for i in s.items),
            }
        )
        for s in sections
    )


def _trim_item(item: Item, kept: Container[str]) -> Item:
    record_ids = _only(item.record_ids, kept)
    if len(record_ids) == len(item.record_ids):
        return item
    return item.model_copy(update={"record_ids": record_ids})
