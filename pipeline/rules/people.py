"""Names that a document holds: organisations and persons of lists, agendas and promises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.model.claims import (
    AgendaClaim,
    ChallengeClaim,
    ClusterClaim,
    CommitmentClaim,
    PersonClaim,
    SectionClaim,
    SpeakerClaim,
)
from pipeline.model.dataset import Evidence
from pipeline.model.document import Block, BlockKind
from pipeline.rules.columns import find_columns
from pipeline.rules.context import Context
from pipeline.rules.groups import body_of
from pipeline.rules.joins import any_of, split_names
from pipeline.rules.names import (
    is_first_name,
    is_person,
    is_role,
    is_surely_person,
    looks_like_organisation,
    name_score,
    read_speaker,
    split_regions,
)

_GIVEN = re.compile(r"^[A-ZÅÄÖÆØÉÓÚ][^\W\d_]+(?:-[A-ZÅÄÖ][^\W\d_]+)?(?:\s[A-ZÅÄÖ])?\.?$")
_MEMBERS = re.compile(r"(?<![\d.,])(\d{1,4})\s+(?P<word>[^\W\d_]+)")
_OUTSIDE_BRACKETS = re.compile(r",\s*(?![^()]*\))|;\s*|\n")


def read_members(text: str, ctx: Context) -> int | None:
    """«120 medlemmar inom …» -> 120."""
    for match in _MEMBERS.finditer(text):
        if ctx.starts(text[match.start("word") :], "names", "members"):
            return int(match.group(1))
    return None


class Names:
    """Collects claims of clusters and persons."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.clusters: list[ClusterClaim] = []
        self.people: list[PersonClaim] = []

    def cluster(
        self, name: str, evidence: Sequence[Evidence], *, participates: bool = True,
        members: int | None = None,
    ) -> None:  # fmt: skip
        """Add an organisation by the line that names it; regions after it are told apart."""
        head, regions = split_regions(name)
        head, aliases = _short_form(head, self._ctx)
        if head and len(head) <= 80:
            self.clusters.append(
                ClusterClaim(head, regions, members, aliases, participates, tuple(evidence))
            )

    def person(
        self, who: SpeakerClaim, evidence: Sequence[Evidence], *, participates: bool = True
    ) -> None:
        """Add a person, and the organisation named beside it."""
        self.people.append(
            PersonClaim(who.name, who.organisation, who.role, participates, tuple(evidence))
        )
        if who.organisation and name_score(who.organisation, self._ctx) >= 0.5:
            self.cluster(who.organisation, evidence)


def _short_form(name: str, ctx: Context) -> tuple[str, tuple[str, ...]]:
    """«Centrala Stödet (CS)» -> («Centrala Stödet», («CS»,)); other brackets are left out."""
    match = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", name)
    if not match:
        return name, ()
    inside = match.group(2)
    short = len(inside) <= 8 and sum(ch.isupper() for ch in inside) >= 2
    return match.group(1), (inside,) if short else ()


def read_names(
    sections: Sequence[SectionClaim], agenda: Sequence[AgendaClaim],
    commitments: Sequence[CommitmentClaim], challenges: Sequence[ChallengeClaim], ctx: Context,
) -> Names:  # fmt: skip
    """All names of a document, in its order of trust."""
    names = Names(ctx)
    for section in sections:
        if section.kind == "attendance":
            _attendance(section, names, ctx)
        for page, block in body_of(section):
            _attendance_line(page, block, names, ctx)
            if section.kind == "front":
                _keepers(page, block, names, ctx)
    _owners(sections, commitments, challenges, names, ctx)
    for item in agenda:
        for speaker in item.speakers:
            if is_person(speaker.name, ctx) or is_first_name(speaker.name):
                proof = [
                    e for e in item.evidence if e.field == "speakers" and e.quote == speaker.name
                ]
                names.person(speaker, proof or item.evidence[:1])
    for section in sections:
        _presenters(section, names, ctx)
    return names


def _owners(
    sections: Sequence[SectionClaim], commitments: Sequence[CommitmentClaim],
    challenges: Sequence[ChallengeClaim], names: Names, ctx: Context,
) -> None:  # fmt: skip
    lines = {b.id: b for s in sections for _, b in s.blocks}
    members = _member_counts(sections, ctx)
    for c in commitments:
        proof = [e for e in c.evidence if e.field == "owner"] or list(c.evidence[:1])
        for owner in c.owners:
            line = lines.get(proof[0].block_id)
            told = proof[0].rule == "commitments.owner_line" and len(c.owners) == 1
            whole = line.text if line and told and line.text.startswith(owner) else owner
            names.cluster(
                whole if len(whole) <= 90 else owner, proof,
                members=members.get(proof[0].block_id),
            )  # fmt: skip
        if c.person and (is_person(c.person, ctx) or _GIVEN.match(c.person)):
            seen = [e for e in c.evidence if e.field == "person"] or list(c.evidence[:1])
            names.person(SpeakerClaim(c.person), seen)
    for q in challenges:
        if q.owner:
            names.cluster(q.owner, [e for e in q.evidence if e.field == "owner"] or q.evidence[:1])


def _member_counts(sections: Sequence[SectionClaim], ctx: Context) -> dict[str, int]:
    """Member counts by the id of the owner line that they stand right under."""
    out: dict[str, int] = {}
    for section in sections:
        blocks = [b for _, b in section.blocks]
        for above, below in pairwise(blocks):
            count = read_members(below.text, ctx) if below.kind is not BlockKind.TABLE else None
            if count is not None and name_score(above.text, ctx) >= 0.3:
                out[above.id] = count
    return out


def _attendance(section: SectionClaim, names: Names, ctx: Context) -> None:
    for page, block in body_of(section):
        if block.kind is BlockKind.TABLE:
            _attendance_table(page, block, names, ctx)
        else:
            if ctx.has(block.text, "attendance", "absent") or _delegation(page, block, names, ctx):
                continue
            for part in _OUTSIDE_BRACKETS.split(block.text):
                _attendant(part.strip(), page, block, names, ctx)
            if block.kind is BlockKind.LIST_ITEM or "," in block.text:
                _attendant_whole(page, block, names, ctx)


def _delegation(page: int, block: Block, names: Names, ctx: Context) -> bool:
    """«Norra skolan: Rut Ek, Per Al (rektor)», «Norra skolan – Rut Ek»: who came for whom."""
    match = re.match(r"^(?P<body>[^:–—]{2,60}?)\s*(?::|\s[–—-])\s+(?P<people>\S.*)$", block.text)
    if not match or is_surely_person(match.group("body"), ctx):
        return False
    parts = [p.strip().rstrip(".") for p in _OUTSIDE_BRACKETS.split(match.group("people"))]
    people = [s for p in parts if (s := read_speaker(p, ctx) or _given(p))]
    if not people or (
        len(people) < len(parts) and not looks_like_organisation(body_name(match), ctx)
    ):
        return False
    body = match.group("body").strip()
    names.cluster(body, [ctx.evidence(page, block, "attendance.line", 0.92, body)])
    for who in people:
        proof = [ctx.evidence(page, block, "attendance.line", 0.92, who.name)]
        names.person(SpeakerClaim(who.name, body, who.role or who.organisation), proof)
    return True


def body_name(match: re.Match[str]) -> str:
    """The organisation of a delegation line."""
    return match.group("body").strip()


def _given(text: str) -> SpeakerClaim | None:
    return SpeakerClaim(text) if is_first_name(text) or _GIVEN.match(text) else None


def _attendant(part: str, page: int, block: Block, names: Names, ctx: Context) -> None:
    """One of several, parted by commas: an organisation, or a person with brackets."""
    whole = read_speaker(block.text, ctx)
    if not part or (whole and (is_surely_person(whole.name, ctx) or "," in block.text)):
        return
    proof = [ctx.evidence(page, block, "attendance.line", 0.9, part)]
    who = read_speaker(part, ctx)
    if who and is_surely_person(who.name, ctx):
        names.person(who, proof)
        return
    head = re.sub(r"\s*\([^()]*\)\s*$", "", part)
    if is_role(head, ctx) or is_first_name(head) or not head[:1].isupper():
        return
    if looks_like_organisation(head, ctx) and len(head.split()) <= 6:
        names.cluster(_without_place(head), proof)
    elif name_score(head, ctx) >= 0.7:
        names.cluster(head, proof)


def _without_place(text: str) -> str:
    """«Kontoret på kommunen» is the office; where it sits, in small letters, is no name."""
    return re.split(rf"\s{any_of('place_words')}\s(?=[^\W\dA-ZÅÄÖÆØ])", text)[0]


def _attendant_whole(page: int, block: Block, names: Names, ctx: Context) -> None:
    """A line for one person with role or organisation: «Rut Ek, rektor, Norra skolan»."""
    who = read_speaker(block.text, ctx)
    if who and (is_surely_person(who.name, ctx) or "," in block.text):
        names.person(who, [ctx.evidence(page, block, "attendance.line", 0.92, who.name)])


def _attendance_line(page: int, block: Block, names: Names, ctx: Context) -> None:
    """«Närvarande: Rut Ek (Norra), Per Al (Södra)» wherever it stands."""
    head, colon, tail = block.text.partition(":")
    if not colon or block.kind is BlockKind.TABLE or ctx.is_(head, "attendance", "absent"):
        return
    if not ctx.is_(head, "sections", "attendance"):
        return
    for part in _OUTSIDE_BRACKETS.split(tail):
        who = read_speaker(part.strip().rstrip("."), ctx)
        proof = [ctx.evidence(page, block, "attendance.inline", 0.9, part.strip())]
        if who:
            names.person(who, proof)
        elif looks_like_organisation(part, ctx) and name_score(part, ctx) >= 0.8:
            names.cluster(part.strip().rstrip("."), proof)


def _keepers(page: int, block: Block, names: Names, ctx: Context) -> None:
    """«Antecknat av Rut Ek. Ordförande: Per Al» at the head of notes."""
    for match in ctx.pattern("people", "keeper").finditer(block.text):
        rest = re.match(r"\s*:?\s*([^.,;:()\n]{3,40})", block.text[match.end() :])
        for name in split_names(rest.group(1)) if rest else ():
            if is_person(name, ctx):
                proof = ctx.evidence(page, block, "front.keeper", 0.85, name)
                names.person(SpeakerClaim(name), [proof])


def _attendance_table(page: int, block: Block, names: Names, ctx: Context) -> None:
    rows = block.rows or ()
    columns = find_columns(rows, ctx, ("name", "owner", "role"))
    at = columns.at
    if "name" not in at and "owner" not in at:
        return
    for row in rows[columns.first_row :]:
        cell = {k: " ".join(row[c].split()) for k, c in at.items() if c < len(row)}
        name, organisation = cell.get("name", ""), cell.get("owner") or None
        proof = [ctx.evidence(page, block, "attendance.row", 0.93, name or organisation)]
        if name and (is_person(name, ctx) or is_first_name(name) or organisation):
            names.person(SpeakerClaim(name, organisation, cell.get("role") or None), proof)
        elif organisation:
            names.cluster(organisation, proof)
        elif name and looks_like_organisation(name, ctx):
            names.cluster(name, proof)


def _presenters(section: SectionClaim, names: Names, ctx: Context) -> None:
    """The line under a talk's title: «Rut Ek, projektledare, Norra skolan», «– Rut Ek»."""
    if section.kind in ("commitments", "challenges", "agenda", "attendance", "swot"):
        return
    for page, block in list(body_of(section))[:2]:
        if block.kind is BlockKind.TABLE or len(block.text) > 100:
            continue
        who = read_speaker(re.sub(r",(?=\S)", ", ", block.text), ctx)
        if who and (who.role or _known_place(who, ctx) or block.marker in ("-", "–")):
            names.person(who, [ctx.evidence(page, block, "talk.presenter", 0.88, who.name)])


def _known_place(who: SpeakerClaim, ctx: Context) -> bool:
    return who.organisation is not None and looks_like_organisation(who.organisation, ctx)


def organisations_named(names: Names) -> Iterator[str]:
    """The names of organisations that a second reading may take for certain."""
    for claim in names.clusters:
        yield claim.name
        yield from claim.aliases


def people_named(names: Names) -> Iterator[str]:
    """The names of persons that a second reading may take for certain, given names too."""
    for claim in names.people:
        yield claim.name
        yield claim.name.split()[0]
