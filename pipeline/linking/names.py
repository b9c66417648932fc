"""Clusters and people: names in variants become one record where the evidence is good."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from pipeline.languages.gazetteer import as_region
from pipeline.languages.pack import LanguagePack, cue_pattern, shared
from pipeline.model.claims import ClusterClaim, PersonClaim
from pipeline.model.dataset import Cluster, ClusterKind, Diagnostic, Evidence, Person
from pipeline.model.ids import IdMaker
from pipeline.model.text import fold, slugify, squash

_TYPO = 93.0
_DOUBTFUL = 88.0
_TITLES = re.compile(r"^(?:dr|prof|professor|docent|fil\.?\s?dr)\.?\s+", re.IGNORECASE)


@dataclass(slots=True)
class _Group:
    """All claims of one name."""

    name: str
    names: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    members: int | None = None
    evidence: list[Evidence] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)
    participates: bool = False

    def add(self, claim: ClusterClaim, session: str | None) -> None:
        """Take in one more claim."""
        self.names += [claim.name, *claim.aliases]
        self.regions += claim.regions
        self.members = self.members or claim.members
        self.participates |= claim.participates
        known = {(e.source_id, e.block_id, e.quote) for e in self.evidence}
        self.evidence += [
            e for e in claim.evidence if (e.source_id, e.block_id, e.quote) not in known
        ]
        if session and session not in self.sessions:
            self.sessions.append(session)

    def absorb(self, other: _Group) -> None:
        """Take in a whole group that turned out to be the same."""
        self.names += other.names
        self.regions += other.regions
        self.members = self.members or other.members
        self.evidence += other.evidence
        self.sessions += [s for s in other.sessions if s not in self.sessions]
        self.participates |= other.participates


class ClusterIndex:
    """The clusters of a run, found again by any of their names."""

    def __init__(self, packs: Sequence[LanguagePack]) -> None:
        self._packs = packs
        self._groups: dict[str, _Group] = {}
        self._records: list[Cluster] = []
        self._by_name: dict[str, Cluster] = {}
        self._taking_part: set[str] = set()
        self.diagnostics: list[Diagnostic] = []

    def add(self, claim: ClusterClaim, session: str | None) -> None:
        """Add a claim; `session` is the id of the session that its file is about."""
        key = squash(claim.name)
        if not key:
            return
        group = self._groups.setdefault(key, _Group(claim.name))
        group.add(claim, session)

    def build(self) -> None:
        """Join the variants and make the records."""
        groups = self._joined()
        ids = IdMaker()
        for group in groups:
            self._record(group, ids)

    @property
    def records(self) -> tuple[Cluster, ...]:
        """All clusters, in the order in which they were first named."""
        return tuple(self._records)

    def find(self, name: str | None) -> Cluster | None:
        """The cluster of a name as written, null where there is none."""
        return self._by_name.get(squash(name)) if name else None

    def takes_part(self, cluster: Cluster) -> bool:
        """Whether the material shows the cluster as taking part."""
        return cluster.id in self._taking_part

    def _record(self, group: _Group, ids: IdMaker) -> None:
        aliases = dict.fromkeys(
            n for n in group.names if n != group.name and squash(n) != squash(group.name)
        )
        spelled = dict.fromkeys(n for n in group.names if n != group.name)
        cluster = Cluster(
            id=ids("cluster", group.name),
            evidence=tuple(group.evidence),
            slug=slugify(group.name),
            name=group.name,
            aliases=tuple(a for a in spelled if a in aliases or fold(a) != fold(group.name)),
            kind=self._kind(group.name),
            regions=tuple(dict.fromkeys(group.regions)),
            members=group.members,
            session_ids=tuple(group.sessions),
        )
        self._records.append(cluster)
        if group.participates:
            self._taking_part.add(cluster.id)
        for name in (group.name, *group.names):
            self._by_name.setdefault(squash(name), cluster)

    def _kind(self, name: str) -> ClusterKind:
        for kind, path in (("cluster", "kinds_cluster"), ("group", "kinds_group"),
                           ("organisation", "organisation")):  # fmt: skip
            words = [w for pack in self._packs for w in pack.words("names", path)]
            if cue_pattern(words).search(name):
                return kind  # type: ignore[return-value]
        return "unknown"

    def _joined(self) -> list[_Group]:
        groups = list(self._groups.values())
        for short in sorted(groups, key=lambda g: (len(squash(g.name)), squash(g.name))):
            homes = [g for g in groups if g is not short and self._same(short, g)]
            if len(homes) == 1:
                self._merge(short, homes[0], groups)
            else:
                self._report(short, groups)
        return groups

    def _merge(self, short: _Group, home: _Group, groups: list[_Group]) -> None:
        home.absorb(short)
        groups.remove(short)

    def _same(self, short: _Group, long: _Group) -> bool:
        """Whether the shorter name surely means the longer one."""
        a, b = squash(short.name), squash(long.name)
        if a in {squash(n) for n in long.names}:
            return True
        if b.startswith(a) and len(a) >= 5 and self._is_region(b[len(a) :], long):
            return True
        if _is_acronym(short.name, long.name) or self._begins(short, long):
            return True
        digits = re.sub(r"\D", "", a) == re.sub(r"\D", "", b)
        return len(a) >= 8 and len(a) <= len(b) and digits and fuzz.ratio(a, b) >= _TYPO

    def _begins(self, short: _Group, long: _Group) -> bool:
        """«Norrtull» for «Norrtulls Åkeri», which is on the list of those present.

        Without a list, the two may be an association and its branch: that is only reported.
        """
        a, b = fold(short.name), fold(long.name)
        inside = b.startswith(f"{a}s ") or f" {a} " in f" {b} "
        listed = _is_listed(long) and not _is_listed(short)
        return inside and len(a) >= 5 and listed and as_region(short.name) is None

    def _is_region(self, rest: str, group: _Group) -> bool:
        regions = {squash(r) for r in group.regions}
        regions |= {squash(n) for table in shared("regions").values() for n in table["names"]}
        return rest in regions

    def _report(self, short: _Group, groups: Sequence[_Group]) -> None:
        for other in groups:
            a, b = fold(short.name), fold(other.name)
            if other is short or len(a) > len(b) or len(a) < 5:
                continue
            inside = b.startswith((f"{a} ", f"{a}s "))
            if inside or fuzz.ratio(a, b) >= _DOUBTFUL:
                first = short.evidence[0] if short.evidence else None
                self.diagnostics.append(
                    Diagnostic(
                        code="maybe-same-cluster", severity="info",
                        message=f"«{short.name}» and «{other.name}» may be the same",
                        hint="they are kept apart; write the name in full once to join them",
                        source_id=first.source_id if first else None,
                        page=first.page if first else None,
                    )
                )  # fmt: skip
                return


def _is_listed(group: _Group) -> bool:
    """Whether a list of those present, or the agenda, has the name."""
    return any(e.rule.startswith(("attendance", "agenda")) for e in group.evidence)


def _is_acronym(short: str, long: str) -> bool:
    """«CEH» of «Centrala elevhälsan»: its letters in order, each word begun by one of them."""
    first, words = short.split(), fold(long).split()
    # «Kettle PC» of «Kettle Parish Council»: what stands before the letters is the same.
    same = len(first) - 1
    if not first or not re.fullmatch(r"[A-ZÅÄÖÆØ]{2,6}", first[-1]) or len(words) - same < 2:
        return False
    return [fold(w) for w in first[:-1]] == words[:same] and _spells(fold(first[-1]), words[same:])


def _spells(letters: str, words: Sequence[str]) -> bool:
    """Whether the letters are the words' first letters with, between them, inner letters."""
    if not words:
        return not letters
    if not letters or letters[0] != words[0][0] or len(letters) < len(words):
        return False
    inside = words[0][1:]
    for taken in range(1, len(letters) - len(words) + 2):
        if not re.search(".*".join(map(re.escape, letters[1:taken])), inside):
            break
        if _spells(letters[taken:], words[1:]):
            return True
    return False


@dataclass(slots=True)
class _Known:
    """All claims of one person."""

    name: str
    names: list[str] = field(default_factory=list)
    organisation: str | None = None
    role: str | None = None
    evidence: list[Evidence] = field(default_factory=list)
    participates: bool = False

    def take(self, other: PersonClaim | _Known) -> None:
        """Take in what another claim or group says."""
        self.names += other.names if isinstance(other, _Known) else [other.name]
        self.organisation = self.organisation or other.organisation
        self.role = self.role or other.role
        self.participates |= other.participates
        known = {(e.source_id, e.block_id, e.quote) for e in self.evidence}
        self.evidence += [
            e for e in other.evidence if (e.source_id, e.block_id, e.quote) not in known
        ]


class PersonIndex:
    """The people of a run, found again by full name, or by given name where only one bears it."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._records: list[Person] = []
        self._by_name: dict[str, Person] = {}
        self._taking_part: set[str] = set()

    def add(self, claim: PersonClaim) -> None:
        """Add a claim."""
        key = _person_key(claim.name)
        if key:
            self._known.setdefault(key, _Known(_TITLES.sub("", claim.name).strip())).take(claim)

    def build(self, clusters: ClusterIndex) -> None:
        """Join given names with the one full name that bears them and make the records."""
        full = [k for k in self._known.values() if _is_full(k.name)]
        for key, person in list(self._known.items()):
            if _is_full(person.name):
                continue
            bearers = [f for f in full if _may_be(person.name, f.name)]
            if len(bearers) == 1:
                bearers[0].take(person)
                del self._known[key]
        ids = IdMaker()
        for person in self._known.values():
            self._record(person, clusters, ids)

    def _record(self, known: _Known, clusters: ClusterIndex, ids: IdMaker) -> None:
        home = clusters.find(known.organisation)
        person = Person(
            id=ids("person", known.name),
            evidence=tuple(known.evidence),
            name=known.name,
            aliases=tuple(dict.fromkeys(n for n in known.names if n != known.name)),
            organisation=home.name if home else known.organisation,
            role=known.role,
        )
        self._records.append(person)
        if known.participates:
            self._taking_part.add(person.id)
        for name in (known.name, *known.names):
            self._by_name.setdefault(_person_key(name), person)

    @property
    def records(self) -> tuple[Person, ...]:
        """All people, in the order in which they were first named."""
        return tuple(self._records)

    def find(self, name: str | None) -> Person | None:
        """The person of a name as written, null where there is none."""
        return self._by_name.get(_person_key(name)) if name else None

    def takes_part(self, person: Person) -> bool:
        """Whether the material shows the person as taking part."""
        return person.id in self._taking_part


def _person_key(name: str) -> str:
    return squash(_TITLES.sub("", name.strip()))


def _is_full(name: str) -> bool:
    words = [w for w in re.split(r"\s+", name) if len(w.strip(".")) > 1]
    return len(words) >= 2


def _may_be(short: str, full: str) -> bool:
    """«Rut» and «Rut E» may be «Rut Ek»."""
    given, *initial = short.casefold().split()
    words = full.casefold().split()
    if given != words[0]:
        return False
    return not initial or words[-1].startswith(initial[0])


def participants(
    found: Iterable[tuple[str | None, str | None, str | None]],
) -> list[tuple[str | None, str | None, str | None]]:
    """Participants (person, cluster, role), each once, in order."""
    return list(dict.fromkeys(found))
