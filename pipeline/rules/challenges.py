"""Challenges and the themes that participants grouped them into, with the notes under a theme.

Lists under «Gemensamma utmaningar», fields of a SWOT, walls of notes; not prompts («Vad hindrar
er?»), not what literature says, not examples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.model.claims import ChallengeClaim, NoteClaim, SectionClaim, ThemeClaim
from pipeline.model.dataset import ChallengeKind, ChallengeScope
from pipeline.model.document import Block, BlockKind
from pipeline.model.text import squash
from pipeline.rules.columns import find_columns
from pipeline.rules.context import Context
from pipeline.rules.groups import Entry, body_of, entries
from pipeline.rules.joins import any_of
from pipeline.rules.names import looks_like_organisation, name_score
from pipeline.rules.sections import is_instruction
from pipeline.rules.themes import (
    GROUP_NUMBERS,
    Found,
    add_notes,
    declare,
    declare_lead,
    group_by_numbers,
    single_themes,
    theme_key,
    theme_over,
    theme_title,
    without_empty,
)

_VOTES = re.compile(
    r"""\s*(?:\((?P<a>\d{1,3})\s*(?:[^\W\d_]{1,8}\.?)?\)
      | (?:\+|[x×])(?P<b>\d{1,2})
      | [–—,-]\s*(?P<d>\d{1,3})\s+(?P<word>[^\W\d_]+)
      | (?P<c>[●•✱*★⚫⬤👍❤♥]{2,12}|(?<=\s)[●★⚫⬤👍❤♥]))\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_LINE = 220


def split_votes(text: str) -> tuple[str, int | None]:
    """A card's text and its votes: «Ont om tid (8)», «Ont om tid +4», «Ont om tid ●●●»."""
    match = _VOTES.search(text)
    if not match or match.start() < 3:
        return text, None
    if match.group("word") and not re.fullmatch(any_of("vote_words"), match.group("word")):
        return text, None
    digits = match.group("a") or match.group("b") or match.group("d")
    return text[: match.start()].rstrip(), int(digits) if digits else len(match.group("c"))


def read_challenges(sections: Sequence[SectionClaim], ctx: Context) -> Found:
    """Challenges and declared themes, with notes from pages that bear a theme's name."""
    found = Found()
    found.markers = {
        b.id: b.marker for s in sections for _, b in s.blocks if b.marker and b.marker[0].isdigit()
    }
    single = single_themes(sections, ctx)
    for n, section in enumerate(sections):
        if section.kind in ("challenges", "themes", "swot") or n in single:
            _read_section(n, section, sections, single, found, ctx)
        elif section.kind == "teaching":
            found.challenges.extend(_failure_factors(n, section, ctx))
    add_notes(sections, found, ctx)
    return without_empty(found)


def _read_section(
    n: int, section: SectionClaim, sections: Sequence[SectionClaim], single: dict[int, str],
    found: Found, ctx: Context,
) -> None:  # fmt: skip
    theme = theme_over(n, sections, single)
    heading = _own_heading(n, section, sections, ctx)
    if n in single:
        declare(n, section, theme or "", found, ctx)
    if heading == "notes":
        return
    if heading == "theme" and section.title is not None:
        theme = theme_title(section.title.text)
        declare(n, section, theme, found, ctx)
    table = list(_table_rows(n, section, ctx))
    found.challenges.extend(c for c, _, _ in table)
    for claim, title, notes in table:
        if title and not any(theme_key(t.title) == theme_key(title) for t in found.themes):
            found.themes.append(ThemeClaim(n, title, notes, claim.evidence))
    if n in single and _are_notes(section, single, found, ctx):
        return
    owner = _owner_of(n, section, sections, ctx)
    quadrant = _quadrant(section, ctx)
    group_by_numbers(n, section, found, ctx)
    for entry in _chosen(entries(section, ctx), section, ctx):
        if GROUP_NUMBERS.match(entry.text):
            continue
        _read_entry(n, section, entry, theme, owner, quadrant, found, ctx)


def _own_heading(
    n: int, section: SectionClaim, sections: Sequence[SectionClaim], ctx: Context
) -> str | None:
    """What a section's own title is: a theme, an owner, a field of a SWOT, or none of these."""
    title = section.title
    if title is None or section.parent is None or title.kind is not BlockKind.HEADING:
        return None
    if ctx.has(title.text, "sections", "theme_notes") and section.kind != "challenges":
        return "notes"
    if section.cue or _quadrant(section, ctx) or ctx.has(title.text, "themes", "leftover"):
        return None
    if section.kind == "swot":
        return "owner"
    siblings = [s for s in sections if s.parent == section.parent and s.title and not s.cue]
    names = [s for s in siblings if s.title and _is_owner(s.title.text, ctx)]
    known = squash(title.text) in ctx.known_names
    if known or len(names) > 0.5 * len(siblings):
        return "owner"
    # A document that runs on may have an unrelated heading under a broad one.
    return "theme" if _has_items(section) else None


def _has_items(section: SectionClaim) -> bool:
    return any(b.kind is not BlockKind.TABLE for _, b in body_of(section))


def _is_owner(text: str, ctx: Context) -> bool:
    if squash(text) in ctx.known_names:
        return True
    return looks_like_organisation(text, ctx) and name_score(text, ctx) >= 0.8


def _quadrant(section: SectionClaim, ctx: Context) -> ChallengeKind | str | None:
    return _field_of(section.title.text, ctx) if section.title else None


def _field_of(text: str, ctx: Context) -> ChallengeKind | str | None:
    """The field of a SWOT that a heading names; `strength` stands for the fields left alone."""
    if ctx.is_(text, "swot", "weaknesses"):
        return "weakness"
    if ctx.is_(text, "swot", "threats"):
        return "threat"
    if ctx.is_(text, "swot", "strengths") or ctx.is_(text, "swot", "opportunities"):
        return "strength"
    return None


def _owner_of(
    n: int, section: SectionClaim, sections: Sequence[SectionClaim], ctx: Context
) -> Block | None:
    at: int | None = n
    while at is not None:
        here = sections[at]
        if here.title and _own_heading(at, here, sections, ctx) == "owner":
            return here.title
        at = here.parent
    top: SectionClaim | None = section
    while top is not None and top.title is not None:
        if top.kind == "swot" and top.cue and _name_beside(top.title.text, top.cue):
            return top.title
        top = sections[top.parent] if top.parent is not None else None
    return None


def _name_beside(title: str, cue: str) -> str | None:
    """«SWOT Norra ringen» names its owner beside the cue."""
    rest = re.sub(re.escape(cue), " ", title, flags=re.IGNORECASE).strip(" –-:,()")
    return rest if rest and len(rest.split()) <= 5 and rest[:1].isupper() else None


def _owner_name(block: Block | None, section: SectionClaim, ctx: Context) -> str | None:
    if block is None:
        return None
    for path in ctx.pattern("sections", "swot").finditer(block.text):
        return _name_beside(block.text, path.group())
    return block.text.rstrip(":").strip()


def _chosen(found: Sequence[Entry], section: SectionClaim, ctx: Context) -> Iterator[Entry]:
    """The entries that are statements: list items where there are any, else paragraphs."""
    listed = any(e.block.kind is BlockKind.LIST_ITEM for e in found)
    for e in found:
        text = e.text
        if e.example or len(text) > _LONGEST_LINE or len(squash(text)) < 3:
            continue
        if listed and e.block.kind is not BlockKind.LIST_ITEM:
            continue
        if not listed and (text.rstrip().endswith((":",)) or is_instruction(text, ctx)):
            continue
        if not listed and re.search(r"[.!?]\s+\S", text):
            continue
        if text.rstrip().endswith("?") and ctx.has(text, "commitments", "second_person"):
            continue
        yield e


def _read_entry(
    n: int, section: SectionClaim, entry: Entry, theme: str | None, owner: Block | None,
    quadrant: str | None, found: Found, ctx: Context,
) -> None:  # fmt: skip
    lead = entry.leads[-1].block if entry.leads else None
    lead_field = next(
        (f for x in reversed(entry.leads) if (f := _field_of(x.block.text, ctx))), None
    )
    where = lead_field or quadrant
    if any(_are_comments(x.block.text, ctx) for x in entry.leads):
        return
    if where == "strength" or (section.kind == "swot" and where is None):
        return
    if entry.has_children and section.kind != "swot" and where is None:
        _lead_theme(n, entry, found, ctx)
        return
    named = entry.name.block if entry.name and where is None else None
    if named is not None and _is_owner(named.text, ctx):
        owner = named
    elif lead is not None and where is None and _declares(lead, section, ctx):
        theme = theme_title(lead.text)
        declare_lead(n, entry, lead, found, ctx)
    elif lead is not None and ctx.has(lead.text, "themes", "leftover"):
        theme = None
    if section.title is not None and ctx.has(section.title.text, "themes", "leftover"):
        theme = None
    kind: ChallengeKind = (
        "weakness" if where == "weakness" else "threat" if where == "threat" else "challenge"
    )
    name = _owner_name(owner, section, ctx)
    scope: ChallengeScope = "cluster" if name else "common"
    text, votes = split_votes(entry.text)
    confidence = round(
        section.confidence * (0.98 if entry.block.kind is BlockKind.LIST_ITEM else 0.9), 2
    )
    evidence = [ctx.evidence(entry.page, entry.block, "challenges.listed", confidence, text)]
    if owner is not None:
        evidence.append(
            ctx.evidence(entry.page, owner, "challenges.owner_line", 0.9, name, "owner")
        )
    found.challenges.append(
        ChallengeClaim(n, text, kind, scope, name, theme, votes, tuple(evidence))
    )


def _are_comments(text: str, ctx: Context) -> bool:
    """«Sagt i diskussionen:» over a list: what follows are notes, not challenges."""
    return ctx.has(text, "sections", "theme_notes") and not ctx.has(text, "sections", "challenges")


def _declares(lead: Block, section: SectionClaim, ctx: Context) -> bool:
    """Whether a line over challenges names a theme: numbered, or over a list in such a section."""
    text = lead.text
    if ctx.has(text, "themes", "leftover") or text.rstrip().endswith("?"):
        return False
    numbered = lead.kind is BlockKind.LIST_ITEM
    return len(text) <= 80 and (numbered or not text.rstrip().endswith(":") or len(text) <= 45)


def _lead_theme(n: int, entry: Entry, found: Found, ctx: Context) -> None:
    if not ctx.has(entry.text, "themes", "leftover"):
        declare_lead(n, entry, entry.block, found, ctx)


def _are_notes(section: SectionClaim, single: dict[int, str], found: Found, ctx: Context) -> bool:
    """Whether the list on a theme's own page holds notes: the challenges were listed before."""
    known = {squash(c.text) for c in found.challenges if c.section not in single}
    if not known:
        return False
    items = [e for e in entries(section, ctx) if e.block.kind is BlockKind.LIST_ITEM]
    again = sum(squash(split_votes(e.text)[0]) in known for e in items)
    return again < 0.4 * max(1, len(items))


def _table_rows(
    n: int, section: SectionClaim, ctx: Context
) -> Iterator[tuple[ChallengeClaim, str | None, tuple[NoteClaim, ...]]]:
    """Rows of a table with a column for challenges, maybe with theme, owner, votes and notes."""
    for page, block in body_of(section):
        if block.kind is not BlockKind.TABLE or not block.rows:
            continue
        columns = find_columns(block.rows, ctx, ("challenge", "theme", "votes", "owner", "comment"))
        at = columns.at.get("challenge")
        if at is None:
            continue
        theme = owner = None
        for row in block.rows[columns.first_row :]:
            cell = {k: " ".join(row[c].split()) for k, c in columns.at.items() if c < len(row)}
            theme, owner = cell.get("theme") or theme, cell.get("owner") or owner
            for line in _cell_lines(row, at):
                text, votes = split_votes(line)
                if cell.get("votes", "").isdigit():
                    votes = int(cell["votes"])
                proof = ctx.evidence(page, block, "challenges.row", 0.9, text)
                scope: ChallengeScope = "cluster" if owner else "common"
                claim = ChallengeClaim(n, text, "challenge", scope, owner, theme, votes, (proof,))
                notes = tuple(
                    NoteClaim(x, (ctx.evidence(page, block, "themes.note", 0.9, x),))
                    for x in _cell_lines(row, columns.at.get("comment"))
                )
                yield claim, theme, notes


def _cell_lines(row: Sequence[str], at: int | None) -> list[str]:
    """The lines of a cell, bullets left out; one challenge or note each."""
    lines = row[at].split("\n") if at is not None and at < len(row) else []
    return [t for x in lines if (t := re.sub(r"^\s*[•▪–*-]\s+", "", x).strip())]


def _failure_factors(n: int, section: SectionClaim, ctx: Context) -> Iterator[ChallengeClaim]:
    """«Varför misslyckas …?» with a list: what others found, told apart by its kind."""
    if section.title is None or not ctx.has(section.title.text, "failure", "title"):
        return
    for entry in entries(section, ctx):
        if entry.block.kind is BlockKind.LIST_ITEM and not entry.example:
            proof = ctx.evidence(entry.page, entry.block, "challenges.failure_factor", 0.5)
            yield ChallengeClaim(
                n, entry.text, "failure_factor", "general", None, None, None, (proof,)
            )
