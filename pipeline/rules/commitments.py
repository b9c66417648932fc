"""Commitments: what somebody says they will do, with owner, person, due date and status.

Under «Att göra till nästa träff»: «Team Nord / - boka sal senast 3 maj» is one of Team Nord.
Instructions to the group, questions and examples («T.ex.: …») are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.model.claims import CommitmentClaim, DateExpression, SectionClaim
from pipeline.model.dataset import Evidence
from pipeline.model.document import Block, BlockKind, BlockRole
from pipeline.model.text import squash
from pipeline.rules.columns import Columns, find_columns
from pipeline.rules.context import Context
from pipeline.rules.dates import find_dates, first_due
from pipeline.rules.groups import Entry, body_of, entries
from pipeline.rules.names import (
    is_person,
    is_surely_person,
    name_score,
    split_regions,
)
from pipeline.rules.owners import Owner, owners_of, section_owner
from pipeline.rules.sections import is_example_lead, is_instruction
from pipeline.rules.statements import Who, names_in, read_status, read_who, status_in_words

_KINDS = ("commitments", "action_plan")
_NO_TABLE = ("exercise", "teaching", "follow_up", "agenda", "attendance")
_MEANINGS = ("action", "due", "status", "owner", "person")


def read_commitments(sections: Sequence[SectionClaim], ctx: Context) -> list[CommitmentClaim]:
    """The commitments of a document, in order."""
    claims: list[CommitmentClaim] = []
    for n, section in enumerate(sections):
        if section.kind not in _NO_TABLE:
            claims.extend(_tables(n, section, sections, ctx))
        if section.kind in _KINDS:
            claims.extend(_statements(n, section, sections, ctx))
            claims.extend(_notes(n, section, ctx))
        elif section.kind == "other":
            claims.extend(_boxes(n, section, ctx))
    return claims


def _stated_on(
    section: SectionClaim, sections: Sequence[SectionClaim], ctx: Context
) -> DateExpression | None:
    """A date in the section's own title: «Att göra till nästa gång (14.6)»."""
    at: SectionClaim | None = section
    while at is not None:
        dates = find_dates(at.title.text, ctx.packs) if at.title else ()
        dated = next((d for d in dates if d.kind in ("day", "range")), None)
        if dated:
            return dated
        at = sections[at.parent] if at.parent is not None else None
    return None


def _statements(
    n: int, section: SectionClaim, sections: Sequence[SectionClaim], ctx: Context
) -> Iterator[CommitmentClaim]:
    owner = section_owner(section, sections, ctx)
    stated = _stated_on(section, sections, ctx)
    made: list[tuple[Entry, CommitmentClaim]] = []
    for entry in entries(section, ctx):
        if _is_statement(entry, owner, section, ctx):
            made.append((entry, _claim(n, section, entry, owner, stated, ctx)))
    yield from _with_closing_due(made, ctx)


def _is_statement(entry: Entry, owner: Owner | None, section: SectionClaim, ctx: Context) -> bool:
    text = entry.text
    if entry.example or len(squash(text)) < 3 or _about_next(text, ctx):
        return False
    owned = owner is not None or entry.name is not None or read_who(text, ctx).found
    listed = entry.block.kind is BlockKind.LIST_ITEM
    if text.rstrip().endswith("?") and (not owned or not listed):
        return False
    if not owned and is_instruction(text, ctx) and entry.block.marker not in ("☐", "☑"):
        return False
    if entry.has_children and entry.leads == () and _is_owner_line(text, ctx):
        return False
    if section.kind == "action_plan" and not owned and first_due(text, ctx.packs) is None:
        return False
    if listed:
        return True
    return owned and not _is_preamble(entry, owner, ctx)


def _boxes(n: int, section: SectionClaim, ctx: Context) -> Iterator[CommitmentClaim]:
    """Check boxes with somebody or a date, under whatever heading: «☐ Rut bokar sal»."""
    for entry in entries(section, ctx):
        if entry.block.marker in ("☐", "☑") and not entry.example:
            told = read_who(entry.text, ctx).found or first_due(entry.text, ctx.packs)
            if told:
                yield _claim(n, section, entry, None, None, ctx)


def _about_next(text: str, ctx: Context) -> bool:
    """«Nästa träff blir lördag 3 februari» announces, it promises nothing."""
    match = ctx.pattern("session", "next").match(text)
    return match is not None and bool(find_dates(text, ctx.packs))


def _is_owner_line(text: str, ctx: Context) -> bool:
    return name_score(text, ctx) >= 0.7


def _is_preamble(entry: Entry, owner: Owner | None, ctx: Context) -> bool:
    """A paragraph without anybody's name of its own, above the lists."""
    if entry.name is not None or owner is not None:
        return False
    return not (who := read_who(entry.text, ctx)).found or (
        who.text == entry.text and not re.search(r"^\W*[A-ZÅÄÖ]", entry.text)
    )


def _claim(
    n: int, section: SectionClaim, entry: Entry, owner: Owner | None,
    stated: DateExpression | None, ctx: Context,
) -> CommitmentClaim:  # fmt: skip
    who = read_who(entry.text, ctx)
    lead = entry.name.block if entry.name else owner.block if owner else None
    name = entry.name.block.text if entry.name else owner.name if owner else None
    lead_page = entry.name.page if entry.name else (section.pages or (entry.page,))[0]
    if lead is None and who.persons and not who.owners and is_person(who.text, ctx):
        who = Who(entry.text)
    owners = owners_of(name, ctx)
    persons = who.persons
    if len(owners) == 1 and is_surely_person(owners[0], ctx):
        persons, owners = (owners[0], *persons), ()
    owners = tuple(dict.fromkeys((*owners, *who.owners)))
    listed = entry.block.kind is BlockKind.LIST_ITEM
    confidence = round(
        section.confidence * (1.0 if listed else 0.85) * (1 if owners or persons else 0.85), 2
    )
    due = first_due(entry.text, ctx.packs)
    evidence = [
        ctx.evidence(entry.page, entry.block, "commitments.statement", confidence, who.text)
    ]
    if lead is not None:
        evidence.append(
            ctx.evidence(
                lead_page,
                lead,
                "commitments.owner_line",
                0.9,
                owners[0] if owners else None,
                "owner",
            )
        )
    evidence += _parts(entry.page, entry.block, who, due, ctx)
    lead_in = entry.lead_in
    return CommitmentClaim(
        section=n,
        text=who.text.strip(),
        owners=owners,
        person=persons[0] if persons else None,
        context=lead_in.block.text if lead_in else None,
        due=due,
        stated_on=stated,
        status=read_status(entry.block, ctx),
        evidence=tuple(evidence),
        has_start=any(d.qualifier == "from" for d in find_dates(entry.text, ctx.packs)),
    )


def _parts(
    page: int, block: Block, who: Who, due: DateExpression | None, ctx: Context
) -> list[Evidence]:
    found = [
        ctx.evidence(page, block, "commitments.named", 0.85, p, "person") for p in who.persons[:1]
    ]
    if due is not None:
        found.append(ctx.evidence(page, block, "dates", 0.9, due.text, "due"))
    return found


def _with_closing_due(
    made: Sequence[tuple[Entry, CommitmentClaim]], ctx: Context
) -> Iterator[CommitmentClaim]:
    """A closing line such as «Klart med detta till maj» dates the undated ones of its owner."""
    closing: dict[int, tuple[DateExpression, Evidence | None]] = {}
    for n, (entry, claim) in enumerate(made):
        refers = ctx.has(entry.text, "commitments", "refers_back")
        if claim.due is None or entry.block.kind is BlockKind.LIST_ITEM or not refers:
            continue
        proof = next((e for e in claim.evidence if e.field == "due"), None)
        for before in range(n - 1, -1, -1):
            if made[before][1].owners != claim.owners or made[before][1].due is not None:
                break
            closing[before] = (claim.due, proof)
    for n, (_, claim) in enumerate(made):
        if n in closing:
            due, proof = closing[n]
            evidence = (*claim.evidence, proof) if proof else claim.evidence
            claim = replace(claim, due=due, evidence=evidence)
        yield claim


def _notes(n: int, section: SectionClaim, ctx: Context) -> Iterator[CommitmentClaim]:
    """Speaker notes of such a page: «Tillkom muntligt: / Norra skolan: ring banken».

    What a mail quotes of an earlier one was promised on another occasion.
    """
    notes = [(p, b) for p, b in section.blocks if b.role is BlockRole.NOTE and not b.cited]
    added = any(ctx.has(b.text, "commitments", "added_orally") for _, b in notes)
    for page, block in notes:
        who = read_who(block.text, ctx)
        if who.text == block.text or not (
            added or any(squash(o) in ctx.known_names for o in who.owners)
        ):
            continue
        due = first_due(block.text, ctx.packs)
        yield CommitmentClaim(
            section=n,
            text=who.text.strip(),
            owners=who.owners,
            person=who.persons[0] if who.persons else None,
            context=None,
            due=due,
            stated_on=None,
            status=None,
            evidence=(
                ctx.evidence(page, block, "commitments.note", 0.75, who.text),
                *_parts(page, block, who, due, ctx),
            ),
        )


@dataclass(slots=True)
class _Row:
    """The owner cell that goes on below, over blank cells."""

    owner: str = ""


def _titled_owner(
    section: SectionClaim, sections: Sequence[SectionClaim], block: Block, columns: Columns,
    ctx: Context,
) -> str:  # fmt: skip
    """The owner of a table without owner column: a title without cue, if it is a name.

    Where several pages have the same table head, each page's title names its owner.
    """
    if "owner" in columns.at or section.title is None or section.cue is not None:
        return ""
    title = section.title.text
    head = block.rows[0] if block.rows else ()
    alike = sum(
        1
        for s in sections
        for _, b in s.blocks
        if b.rows and b.rows[0] == head and s is not section
    )
    return title if name_score(title, ctx) >= (0.3 if alike else 0.7) else ""


def _tables(
    n: int, section: SectionClaim, sections: Sequence[SectionClaim], ctx: Context
) -> Iterator[CommitmentClaim]:
    body = body_of(section)
    for k, (page, block) in enumerate(body):
        if block.kind is not BlockKind.TABLE or not block.rows:
            continue
        columns = find_columns(block.rows, ctx, _MEANINGS)
        if not _is_action_table(columns, section) or (
            k and is_example_lead(body[k - 1][1].text, ctx)
        ):
            continue
        if k and body[k - 1][1].text.rstrip().endswith(":") and section.kind == "exercise":
            continue
        state = _Row(_titled_owner(section, sections, block, columns, ctx))
        for row in block.rows[columns.first_row :]:
            claim = _row_claim(n, section, page, block, row, columns, state, ctx)
            if claim is not None:
                yield claim


def _is_action_table(columns: Columns, section: SectionClaim) -> bool:
    at = columns.at
    if "action" not in at:
        return False
    return len(at) >= 2 and ("due" in at or "status" in at or section.kind in _KINDS)


def _row_claim(
    n: int, section: SectionClaim, page: int, block: Block, row: Sequence[str], columns: Columns,
    state: _Row, ctx: Context,
) -> CommitmentClaim | None:  # fmt: skip
    cells = {name: " ".join(row[at].split()) for name, at in columns.at.items() if at < len(row)}
    action = cells.get("action", "")
    if "owner" not in columns.at and _heads_rows(action, row, ctx):
        state.owner = action
        return None
    if cells.get("owner"):
        state.owner = cells["owner"]
    elif "owner" in columns.at and "person" not in columns.at and not action:
        state.owner = ""
    if not re.search(r"\w{2}", action):
        return None
    inner = read_who(action, ctx)
    owners, persons = _cell_names(state.owner, cells.get("person", ""), ctx)
    due_text = cells.get("due", "") if re.search(r"\w", cells.get("due", "")) else ""
    due = first_due(due_text, ctx.packs) if due_text else first_due(action, ctx.packs)
    if due is None and due_text:
        # What stands in the column for dates is when, though it be a beginning.
        due = next((d for d in find_dates(due_text, ctx.packs) if d.month or d.week), None)
    if due is None and due_text:
        due = DateExpression(text=due_text, span=(0, len(due_text)), kind="vague")
    confidence = round(min(0.95, section.confidence + 0.2), 2)
    evidence = [ctx.evidence(page, block, "commitments.row", confidence, action)]
    for about, quote in (
        ("owner", state.owner),
        ("person", cells.get("person")),
        ("due", due_text),
    ):
        if quote and quote in block.text:
            evidence.append(ctx.evidence(page, block, "commitments.cell", 0.95, quote, about))
    status = cells.get("status", "")
    person = persons[0] if persons else (inner.persons[0] if inner.persons else None)
    return CommitmentClaim(
        section=n,
        text=action,
        owners=owners or inner.owners,
        person=person,
        context=None,
        due=due,
        stated_on=None,
        status=status_in_words(status, ctx),
        evidence=tuple(evidence),
    )


def _heads_rows(action: str, row: Sequence[str], ctx: Context) -> bool:
    """«Norra gruppen», alone in a row of a wide table, is the owner of the rows under it."""
    alone = len(row) > 2 and sum(bool(cell.strip()) for cell in row) == 1
    return bool(action) and alone and name_score(action, ctx) >= 0.8


def _cell_names(owner: str, person: str, ctx: Context) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Owners and persons of a row; a person's name in the owner column is a person."""
    owners: list[str] = []
    persons: list[str] = []
    for cell, people_first in ((owner, False), (person, True)):
        if not cell or ctx.is_(cell, "commitments", "no_owner") or not re.search(r"\w", cell):
            continue
        bracket = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", cell)
        if bracket:
            cell = bracket.group(1)
            inner = names_in(bracket.group(2), ctx, person=True)
            persons += inner[1] if inner else []
        found = names_in(cell, ctx, person=people_first)
        parts = re.split(r"\s*/\s*|\s\+\s", cell)
        if found and (found[1] or people_first):
            owners += found[0] if not (people_first and owner) else []
            persons += found[1]
            if people_first and not found[1] and owner:
                persons.append(cell)
        elif people_first and (owner or cell[:1].islower()):
            persons.append(cell)
        else:
            owners += [split_regions(p)[0] for p in parts if p.strip()]
    return tuple(dict.fromkeys(owners)), tuple(dict.fromkeys(persons))
