"""What one file says, before it is joined with others: immutable, dates unresolved.

Claims hold names as written and `DateExpression`s; linking makes the `Dataset` of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipeline.model.dataset import (
    AgendaKind,
    ChallengeKind,
    ChallengeScope,
    Evidence,
    SectionKind,
    Status,
)
from pipeline.model.document import Block, Document

DateKind = Literal[
    "day", "range", "month", "year", "week", "quarter", "season", "relative", "next_session",
    "this_session", "vague",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date as written in a text, not yet placed in time.

    `span` is [start, end) of the text it was read from, qualifier included («by 3 May» whole).
    What is not stated is null. `weekday` is ISO: Monday 1 … Sunday 7. A `range` has the `end_…`
    parts too. `unit` and `amount` belong to `relative`: («weeks», 2) is «in two weeks»;
    («weekday», 0) with `weekday` is «on Monday» without a date. `season` is an EDTF season code:
    21 spring, 22 summer, 23 autumn, 24 winter, 40/41 first and second half year (HT is 41, VT 40).
    `qualifier` says how it is used: `by` (a last day: «by», «before», «till», «senast»),
    `from` («from week 45») or null.
    """

    text: str
    span: tuple[int, int]
    kind: DateKind
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    end_day: int | None = None
    end_month: int | None = None
    end_year: int | None = None
    week: int | None = None
    quarter: int | None = None
    season: int | None = None
    unit: str | None = None
    amount: int | None = None
    qualifier: Literal["by", "from"] | None = None


@dataclass(frozen=True, slots=True)
class SectionClaim:
    """A section as one file has it; `parent` is the index of its parent section."""

    id: str
    parent: int | None
    title: Block | None
    kind: SectionKind
    confidence: float
    blocks: tuple[tuple[int, Block], ...]
    path: tuple[str, ...] = ()
    """Titles from the outermost section down to this one."""
    cue: str | None = None
    """The words that told the kind, null where it was inherited."""

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages it stands on, in order, each once."""
        return tuple(dict.fromkeys(page for page, _ in self.blocks))


@dataclass(frozen=True, slots=True)
class SpeakerClaim:
    """A name beside an agenda item."""

    name: str
    organisation: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class AgendaClaim:
    """One agenda line; `date` is the date of its page or table, if written there."""

    section: int
    start: str | None
    end: str | None
    title: str
    kind: AgendaKind
    speakers: tuple[SpeakerClaim, ...]
    date: DateExpression | None
    part: int
    """Counts the agenda's own parts (pages, tables, columns) in order; a day is found later."""
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class SessionClaim:
    """An occasion as a title page, heading or agenda names it."""

    title: str | None
    programme: str | None
    number: int | None
    place: str | None
    dates: DateExpression | None
    purpose: tuple[str, ...]
    next_session: DateExpression | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ClusterClaim:
    """A name of an initiative, organisation or team, as written."""

    name: str
    regions: tuple[str, ...]
    members: int | None
    aliases: tuple[str, ...]
    participates: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class PersonClaim:
    """A name of a person, as written."""

    name: str
    organisation: str | None
    role: str | None
    participates: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class CommitmentClaim:
    """Something promised; owners and person as written."""

    section: int
    text: str
    owners: tuple[str, ...]
    person: str | None
    context: str | None
    due: DateExpression | None
    stated_on: DateExpression | None
    status: Status | None
    evidence: tuple[Evidence, ...]
    has_start: bool = False
    """It says when it begins («från 1 september»), so no other day is its last."""


@dataclass(frozen=True, slots=True)
class ChallengeClaim:
    """Something difficult; `theme` is the title of the group it stands under."""

    section: int
    text: str
    kind: ChallengeKind
    scope: ChallengeScope
    owner: str | None
    theme: str | None
    votes: int | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class NoteClaim:
    """A line noted under a theme."""

    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ThemeClaim:
    """A group that the participants named; its challenges name it by `title`."""

    section: int
    title: str
    notes: tuple[NoteClaim, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class DecisionClaim:
    """Something decided."""

    section: int
    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class FileClaims:
    """All claims of one file, with the document they were read from."""

    document: Document
    language: str
    sections: tuple[SectionClaim, ...]
    sessions: tuple[SessionClaim, ...] = ()
    agenda: tuple[AgendaClaim, ...] = ()
    clusters: tuple[ClusterClaim, ...] = ()
    people: tuple[PersonClaim, ...] = ()
    commitments: tuple[CommitmentClaim, ...] = ()
    challenges: tuple[ChallengeClaim, ...] = ()
    themes: tuple[ThemeClaim, ...] = ()
    decisions: tuple[DecisionClaim, ...] = ()
    cited_years: tuple[int, ...] = ()
    dates: tuple[DateExpression, ...] = field(default=())
    """Every date with a weekday, for finding the year."""
