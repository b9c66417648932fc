"""Commitments, challenges, themes and decisions of one occasion, each thing once."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from rapidfuzz import fuzz

from pipeline.languages.pack import LanguagePack, cue_pattern
from pipeline.linking.dates import period_of, resolve_due
from pipeline.linking.names import ClusterIndex, PersonIndex
from pipeline.linking.occasions import Occasion
from pipeline.model.claims import (
    ChallengeClaim,
    CommitmentClaim,
    DateExpression,
    DecisionClaim,
    FileClaims,
    ThemeClaim,
)
from pipeline.model.dataset import (
    Challenge,
    Commitment,
    Date,
    Decision,
    Evidence,
    Note,
    Theme,
)
from pipeline.model.dates import day_of
from pipeline.model.ids import IdMaker
from pipeline.model.text import fold, squash

_REPEATED = 93.0
_SPELLING = 75.0
_LONG_ENOUGH, _FEW = 12, 6
_Listed = TypeVar("_Listed", Commitment, Decision)


class RecordMaker:
    """Makes the records of all occasions with ids that are unique over the run."""

    def __init__(
        self, clusters: ClusterIndex, people: PersonIndex, packs: Sequence[LanguagePack]
    ) -> None:
        self._clusters, self._people, self._packs = clusters, people, packs
        self._ids = IdMaker()

    def commitments(self, files: Sequence[FileClaims], occasion: Occasion) -> list[Commitment]:
        """The commitments of an occasion; equal ones of one owner are one, with all evidence."""
        found: dict[tuple[str, tuple[str, ...], str | None], Commitment] = {}
        for n in occasion.files:
            for claim in files[n].commitments:
                key = (squash(claim.text), tuple(map(squash, claim.owners)), claim.person)
                if key in found:
                    found[key] = _with_evidence(found[key], claim.evidence)
                else:
                    found[key] = self._commitment(claim, files[n], occasion)
        return list(found.values())

    def _commitment(
        self, claim: CommitmentClaim, file: FileClaims, occasion: Occasion
    ) -> Commitment:
        session = occasion.session
        dates = session.dates if session else None
        stated, later = _placed(claim.stated_on, dates)
        anchor = day_of(stated.start) if stated else day_of(dates.start) if dates else None
        due = resolve_due(claim.due, anchor=anchor, session=dates, next_session=occasion.next_dates)
        if claim.due is None and not claim.has_start:
            due = self._due_by_title(claim, file, occasion, later)
        owners = [c for name in claim.owners if (c := self._clusters.find(name))]
        person = self._people.find(claim.person)
        home = self._clusters.find(person.organisation) if person and not owners else None
        if home is not None:
            owners = [home]
        path = file.sections[claim.section].path
        return Commitment(
            id=self._ids(
                "commitment", _of(occasion), claim.evidence[0].quote, *path, *claim.owners
            ),
            evidence=claim.evidence,
            session_id=session.id if session else None,
            cluster_id=owners[0].id if owners else None,
            also=tuple(dict.fromkeys(c.id for c in owners[1:] if c.id != owners[0].id)),
            person_id=person.id if person else None,
            text=claim.text,
            context=claim.context,
            due=due,
            stated_on=stated,
            status=claim.status,
            follow_ups=(),
            same_as=(),
        )

    def _due_by_title(
        self, claim: CommitmentClaim, file: FileClaims, occasion: Occasion, later: Date | None
    ) -> Date | None:
        """«Att göra till nästa träff»: by the date in the title, or that of the next session."""
        if later is not None:
            return later.model_copy(update={"basis": "inferred"})
        following = occasion.next_dates
        if following is None or following.edtf is None:
            return None
        words = [w for pack in self._packs for w in pack.words("session", "until_next")]
        for title in reversed(file.sections[claim.section].path):
            match = cue_pattern(words).search(title)
            if match:
                return following.model_copy(update={"text": title, "basis": "inferred"})
        return None

    def themes(self, files: Sequence[FileClaims], occasion: Occasion) -> list[Theme]:
        """The declared themes of an occasion, without their challenges yet."""
        found: dict[str, Theme] = {}
        for n in occasion.files:
            for claim in files[n].themes:
                key = _theme_key(claim.title)
                if key in found:
                    found[key] = _joined_theme(found[key], claim)
                else:
                    found[key] = Theme(
                        id=self._ids("theme", _of(occasion), claim.title),
                        evidence=claim.evidence,
                        session_id=occasion.session.id if occasion.session else None,
                        title=claim.title,
                        origin="declared",
                        keywords=(),
                        challenge_ids=(),
                        notes=tuple(Note(text=x.text, evidence=x.evidence) for x in claim.notes),
                        broader=None,
                    )
        return list(found.values())

    def challenges(
        self, files: Sequence[FileClaims], occasion: Occasion, themes: Sequence[Theme]
    ) -> list[Challenge]:
        """The challenges of an occasion; one that is listed and then grouped is one record."""
        by_key = {_theme_key(t.title): t.id for t in themes}
        found: list[Challenge] = []
        said = _Said()
        for n in occasion.files:
            for claim in files[n].challenges:
                owner = self._clusters.find(claim.owner)
                theme = by_key.get(_theme_key(claim.theme)) if claim.theme else None
                at = _repeated(claim, owner.id if owner else None, found, said)
                if at is not None:
                    found[at] = _again(found[at], claim, theme)
                    continue
                path = files[n].sections[claim.section].path
                said.add(claim.text)
                found.append(
                    Challenge(
                        id=self._ids(
                            "challenge",
                            _of(occasion),
                            claim.evidence[0].quote,
                            *path,
                            claim.owner or "",
                        ),
                        evidence=claim.evidence,
                        session_id=occasion.session.id if occasion.session else None,
                        cluster_id=owner.id if owner else None,
                        text=claim.text,
                        kind=claim.kind,
                        scope=claim.scope,
                        theme_id=theme,
                        suggested_theme_id=None,
                        votes=claim.votes,
                        same_as=(),
                    )
                )
        return found

    def decisions(self, files: Sequence[FileClaims], occasion: Occasion) -> list[Decision]:
        """The decisions of an occasion with the clusters that they name."""
        found: dict[str, Decision] = {}
        for n in occasion.files:
            for claim in files[n].decisions:
                key = squash(claim.text)
                if key in found:
                    found[key] = _with_evidence(found[key], claim.evidence)
                else:
                    found[key] = self._decision(claim, files[n], occasion)
        return list(found.values())

    def _decision(self, claim: DecisionClaim, file: FileClaims, occasion: Occasion) -> Decision:
        text = f" {fold(claim.text)} "
        named = [
            c.id for c in self._clusters.records
            if any(f" {fold(n)} " in text for n in (c.name, *c.aliases))
        ]  # fmt: skip
        return Decision(
            id=self._ids("decision", _of(occasion), claim.text, *file.sections[claim.section].path),
            evidence=claim.evidence,
            session_id=occasion.session.id if occasion.session else None,
            text=claim.text,
            cluster_ids=tuple(named),
        )


def _of(occasion: Occasion) -> str:
    """What keeps equal statements of two sessions apart, whichever file is read first."""
    return occasion.session.id if occasion.session else ""


def _with_evidence(record: _Listed, evidence: Iterable[Evidence]) -> _Listed:
    return record.model_copy(update={"evidence": (*record.evidence, *evidence)})


def _theme_key(title: str | None) -> str:
    return squash(title or "")


def _joined_theme(theme: Theme, claim: ThemeClaim) -> Theme:
    known = {squash(n.text) for n in theme.notes}
    more = tuple(
        Note(text=n.text, evidence=n.evidence) for n in claim.notes if squash(n.text) not in known
    )
    return theme.model_copy(
        update={"evidence": (*theme.evidence, *claim.evidence), "notes": (*theme.notes, *more)}
    )


class _Said:
    """The challenges of an occasion, found again by their words."""

    def __init__(self) -> None:
        self._texts: list[tuple[str, tuple[str, ...]]] = []
        # Slips of the pen seldom change the number of words or the first letter.
        self._by_words: dict[tuple[int, str], list[int]] = defaultdict(list)

    def add(self, text: str) -> None:
        """Add the next challenge."""
        words = tuple(fold(text).split())
        self._by_words[(len(words), words[0][:1] if words else "")].append(len(self._texts))
        self._texts.append((squash(text), words))

    def alike(self, text: str) -> Iterator[int]:
        """The places of those that say the same, but for spelling, in order."""
        key, words = squash(text), tuple(fold(text).split())
        for n in self._by_words[(len(words), words[0][:1] if words else "")]:
            known, other = self._texts[n]
            if key == known or (
                max(len(key), len(known)) >= _LONG_ENOUGH
                and abs(len(key) - len(known)) <= _FEW
                and _same_words(words, other)
                and fuzz.ratio(key, known) >= _REPEATED
            ):
                yield n


def _repeated(
    claim: ChallengeClaim, owner: str | None, found: Sequence[Challenge], said: _Said
) -> int | None:
    """The place of the record that says the same: equal but for spelling, owners not at odds."""
    for n in said.alike(claim.text):
        other = found[n]
        if other.cluster_id and owner and other.cluster_id != owner:
            continue
        if claim.kind != other.kind and "failure_factor" in (claim.kind, other.kind):
            continue
        return n
    return None


def _same_words(a: Sequence[str], b: Sequence[str]) -> bool:
    """Word by word the same but for spelling: «… takes time for water» is not «… for wood»."""
    return all(x == y or fuzz.ratio(x, y) >= _SPELLING for x, y in zip(a, b, strict=True))


def _again(record: Challenge, claim: ChallengeClaim, theme: str | None) -> Challenge:
    votes = [v for v in (record.votes, claim.votes) if v is not None]
    return record.model_copy(
        update={
            "evidence": (*record.evidence, *claim.evidence),
            "theme_id": record.theme_id or theme,
            "votes": max(votes, default=None),
        }
    )


def _placed(
    expression: DateExpression | None, dates: Date | None
) -> tuple[Date | None, Date | None]:
    """A date in a title of promises: when they were made, or, if it lies ahead, when they are due.

    «Till nästa gång (14.6)» in the deck of a session in September: June lies nearer behind it.
    """
    if expression is None or not expression.month:
        return None, None
    start = day_of(dates.start) if dates else None
    if start is None:
        period = period_of(expression, None)
        return Date(text=expression.text, edtf=period.edtf, basis="unknown"), None
    years = [expression.year] if expression.year else [start.year - 1, start.year, start.year + 1]
    periods = [(period_of(expression, y, uncertain=_uncertain(dates)), y) for y in years]
    dated = [(p, abs((p.start - start).days)) for p, _ in periods if p.start]
    if not dated:
        return None, None
    period = min(dated, key=lambda d: d[1])[0]
    basis = "stated" if expression.year else "inferred"
    date = Date(
        text=expression.text,
        edtf=period.edtf,
        start=_iso(period.start),
        end=_iso(period.end),
        basis=basis,
    )
    ahead = period.start is not None and period.start > start
    return (None, date) if ahead else (date, None)


def _uncertain(dates: Date | None) -> bool:
    return bool(dates and dates.edtf and "?" in dates.edtf)


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
