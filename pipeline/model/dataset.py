"""What the material says: the published `Dataset` (JSON Schema 2020-12 in `schemas/`).

Field names are a contract. Lists are never null; what is unknown is null; readers ignore unknown
fields and kinds.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = "1.0"

SectionKind = Literal[
    "front", "purpose", "agenda", "introductions", "follow_up", "commitments", "talk", "teaching",
    "exercise", "swot", "challenges", "themes", "theme_notes", "decisions", "action_plan",
    "attendance", "references", "other",
]  # fmt: skip
AgendaKind = Literal[
    "opening", "talk", "work", "discussion", "break", "meal", "closing", "social", "other"
]
ChallengeKind = Literal["challenge", "weakness", "threat", "failure_factor"]
ChallengeScope = Literal["common", "cluster", "general"]
ClusterKind = Literal["cluster", "organisation", "group", "unknown"]
Status = Literal["open", "in_progress", "done", "not_started", "dropped"]
Basis = Literal["stated", "inferred", "given", "unknown"]
SetBy = Literal["rule", "inferred", "human"]
Severity = Literal["info", "warning", "error"]


class Model(BaseModel):
    """Published types: frozen, no unknown fields when Samsyn itself makes them."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Model):
    """Where a record, or one `field` of it, stands in the material."""

    source_id: str
    page: int | None = Field(None, description="Page or slide, counted from 1")
    block_id: str
    span: tuple[int, int] | None = Field(
        None, description="Characters [start, end) of the block's text"
    )
    bbox: tuple[float, float, float, float] | None = Field(
        None, description="x0, top, x1, bottom in points from the top left of the page"
    )
    quote: str
    field: str | None = None
    rule: str
    confidence: float = Field(ge=0, le=1)


class Date(Model):
    """A date as written, with what is known of it."""

    text: str
    edtf: str | None = Field(None, description="EDTF (ISO 8601-2), e.g. 2012-09, XXXX-09-29")
    start: str | None = Field(None, description="First day, full ISO date")
    end: str | None = Field(None, description="Last day, full ISO date")
    basis: Basis = "unknown"
    year_candidates: tuple[int, ...] = ()


class Source(Model):
    """One file that was read."""

    id: str
    path: str
    sha256: str
    media_type: str
    language: str | None
    title: str | None
    pages: int
    extractor: str
    ocr_pages: tuple[int, ...] = ()
    rendition_of: str | None = None
    superseded_by: str | None = None


class Item(Model):
    """One block of a document and the records that quote it."""

    block_id: str
    page: int | None
    role: str
    kind: str
    text: str
    level: int
    marker: str | None
    rows: tuple[tuple[str, ...], ...] | None
    record_ids: tuple[str, ...]


class Section(Model):
    """A run of blocks under one title."""

    id: str
    parent_id: str | None
    session_id: str | None
    title: str | None
    kind: SectionKind
    pages: tuple[int, ...]
    language: str | None
    items: tuple[Item, ...]


class DocumentRecord(Model):
    """All blocks of one source, by section: nothing is lost."""

    source_id: str
    sections: tuple[Section, ...]


class Record(Model):
    """The envelope that all records share."""

    id: str
    set_by: SetBy = "rule"
    evidence: tuple[Evidence, ...]


class Speaker(Model):
    """Somebody who leads an agenda item."""

    person_id: str | None
    name: str
    organisation: str | None
    role: str | None


class AgendaItem(Record):
    """One line of an agenda; times are HH:MM."""

    day: int
    date: str | None
    start: str | None
    end: str | None
    end_inferred: bool
    title: str
    kind: AgendaKind
    speakers: tuple[Speaker, ...]


class Participant(Model):
    """A person or cluster that took part."""

    person_id: str | None
    cluster_id: str | None
    role: str | None


class Session(Record):
    """One occasion."""

    slug: str
    title: str | None
    programme: str | None
    number: int | None
    place: str | None
    dates: Date | None
    purpose: tuple[str, ...]
    agenda: tuple[AgendaItem, ...]
    participants: tuple[Participant, ...]
    source_ids: tuple[str, ...]


class Cluster(Record):
    """An initiative, organisation or team that takes part."""

    slug: str
    name: str
    aliases: tuple[str, ...]
    kind: ClusterKind
    regions: tuple[str, ...]
    members: int | None
    session_ids: tuple[str, ...]


class Person(Record):
    """Somebody whom the material names."""

    name: str
    aliases: tuple[str, ...]
    organisation: str | None
    role: str | None


class FollowUp(Model):
    """What a later occasion told of a commitment."""

    session_id: str | None
    status: Status | None
    text: str
    evidence: tuple[Evidence, ...]


class Commitment(Record):
    """What somebody says they will do."""

    session_id: str | None
    cluster_id: str | None
    also: tuple[str, ...] = Field(description="Ids of further owners")
    person_id: str | None
    text: str
    context: str | None = Field(description="The lead-in it hangs under")
    due: Date | None
    stated_on: Date | None
    status: Status | None
    follow_ups: tuple[FollowUp, ...]
    same_as: tuple[str, ...]


class Challenge(Record):
    """Something that is difficult, as the material puts it."""

    session_id: str | None
    cluster_id: str | None
    text: str
    kind: ChallengeKind
    scope: ChallengeScope
    theme_id: str | None
    suggested_theme_id: str | None
    votes: int | None
    same_as: tuple[str, ...]


class Note(Model):
    """Something said under a theme."""

    text: str
    evidence: tuple[Evidence, ...]


class Theme(Record):
    """A group of challenges with a name."""

    session_id: str | None
    title: str
    origin: Literal["declared", "inferred"]
    keywords: tuple[str, ...]
    challenge_ids: tuple[str, ...]
    notes: tuple[Note, ...]
    broader: str | None


class Decision(Record):
    """Something that was decided."""

    session_id: str | None
    text: str
    cluster_ids: tuple[str, ...]


class Diagnostic(Model):
    """What went wrong or was unclear, and what to do about it."""

    code: str
    severity: Severity
    message: str
    hint: str
    source_id: str | None
    page: int | None


class Generator(Model):
    """The program that made the dataset."""

    name: str
    version: str


class Dataset(Model):
    """Everything that one run found."""

    schema_version: str = SCHEMA_VERSION
    generator: Generator
    sources: tuple[Source, ...]
    documents: tuple[DocumentRecord, ...]
    sessions: tuple[Session, ...]
    clusters: tuple[Cluster, ...]
    people: tuple[Person, ...]
    commitments: tuple[Commitment, ...]
    challenges: tuple[Challenge, ...]
    themes: tuple[Theme, ...]
    decisions: tuple[Decision, ...]
    diagnostics: tuple[Diagnostic, ...]
