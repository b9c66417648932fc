"""Challenges and the themes that participants grouped them into, with the notes under a theme.

Lists under «Gemensamma utmaningar», fields of a SWOT, walls of notes; not prompts («Vad hindrar
er?»), not what literature says, not examples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.model.claims import ChallengeClaim, NoteClaim, SectionClaim, ThemeClaim
from pipeline.model.dataset import ChallengeKind, ChallengeScope
from pipeline.model.document import Block, BlockKind
from pipeline.model.text import fold, squash
from pipeline.rules.columns import find_columns
from pipeline.rules.context import Context
from pipeline.rules.groups import Entry, body_of, entries
from pipeline.rules.names import looks_like_organisation, name_score
from pipeline.rules.sections import base_title, is_instruction

_VOTES = re.compile(
    r"""\s*(?:\((?P<a>\d{1,3})\s*(?:[^\W\d_]{1,8}\.?)?\)
      | (?:\+|[x×])(?P<b>\d{1,2})
      | [–—,-]\s*(?P<d>\d{1,3})\s+(?:rös\w+|prick\w*|votes?|dots?|poäng|points?|stemmer)
      | (?P<c>[●•✱*]{2,12}))\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBERING = re.compile(r"^\s*(?:\d{1,2}|[A-ZÅÄÖ])[.):]\s+")
_LABEL = re.compile(
    r"^\s*(?P<label>[^\W\d_]{3,20}(?:\s[^\W\d_]{2,12}){0,2})\s*(?P<mark>[\dA-ZÅÄÖ]{0,3})\s*[:–-]\s*(?P<title>\S.*)$"
)
_NUMBERS = re.compile(
    r"^(?P<title>[^:\d]{3,60}?)\s*[:–-]\s*(?P<numbers>\d{1,2}(?:\s*(?:,|och|and|&|\+)\s*\d{1,2})*)\s*$"
)
_LONGEST_LINE = 220


@dataclass(slots=True)
class Found:
    """What this stage found in a document."""

    challenges: list[ChallengeClaim] = field(default_factory=list)
    themes: list[ThemeClaim] = field(default_factory=list)
    markers: dict[str, str] = field(default_factory=dict)
    """The printed number of numbered blocks, by block id."""


def theme_key(title: str) -> str:
    """A theme's title made comparable: «1. God vård» and «Tema A: God vård» are the same."""
    text = _NUMBERING.sub("", title)
    match = _LABEL.match(text)
    return squash(match.group("title") if match and match.group("mark") else text)


def theme_title(title: str) -> str:
    """A theme's title as written, bare numbering left out: «1. Vård» -> «Vård»."""
    return _NUMBERING.sub("", title).strip().rstrip(":").strip()


def split_votes(text: str) -> tuple[str, int | None]:
    """A card's text and its votes: «Ont om tid (8)», «Ont om tid +4», «Ont om tid ●●●»."""
    match = _VOTES.search(text)
    if not match or match.start() < 3:
        return text, None
    digits = match.group("a") or match.group("b") or match.group("d")
    return text[: match.start()].rstrip(), int(digits) if digits else len(match.group("c"))


def read_challenges(sections: Sequence[SectionClaim], ctx: Context) -> Found:
    """Challenges and declared themes, with notes from pages that bear a theme's name."""
    found = Found()
    found.markers = {
        b.id: b.marker for s in sections for _, b in s.blocks if b.marker and b.marker[0].isdigit()
    }
    single = _single_themes(sections, ctx)
    for n, section in enumerate(sections):
        if section.kind in ("challenges", "themes", "swot") or n in single:
            _read_section(n, section, sections, single, found, ctx)
        elif section.kind == "teaching":
            found.challenges.extend(_failure_factors(n, section, ctx))
    _add_notes(sections, found, ctx)
    return _without_repeats(found)


def _series_label(section: SectionClaim) -> re.Match[str] | None:
    return _LABEL.match(section.title.text) if section.title else None


def _single_themes(sections: Sequence[SectionClaim], ctx: Context) -> dict[int, str]:
    """Sections that are one theme each: «Tema A: Vård», or a series «Knut: A», «Knut: B»."""
    out: dict[int, str] = {}
    labels: dict[str, list[int]] = {}
    for n, section in enumerate(sections):
        match = _series_label(section)
        named = match is not None and ctx.has(f"{match.group('label')} x", "themes", "label")
        if match and (section.kind in ("themes", "challenges") or (named and section.cue is None)):
            labels.setdefault(fold(match.group("label")), []).append(n)
    for label, members in labels.items():
        themed = ctx.is_(label, "themes", "label") or ctx.has(f"{label} x", "themes", "label")
        for n in members:
            match = _series_label(sections[n])
            if match and (themed or len(members) >= 2) and len(match.group("title")) <= 80:
                title = sections[n].title
                out[n] = title.text if title and match.group("mark") else match.group("title")
    return out


def _read_section(
    n: int, section: SectionClaim, sections: Sequence[SectionClaim], single: dict[int, str],
    found: Found, ctx: Context,
) -> None:  # fmt: skip
    theme = _theme_over(n, sections, single)
    heading = _own_heading(n, section, sections, ctx)
    if n in single:
        _declare(n, section, theme or "", found, ctx)
    if heading == "notes":
        return
    if heading == "theme" and section.title is not None:
        theme = theme_title(section.title.text)
        _declare(n, section, theme, found, ctx)
    table = list(_table_rows(n, section, ctx))
    found.challenges.extend(c for c, _, _ in table)
    for claim, title, notes in table:
        if title and not any(theme_key(t.title) == theme_key(title) for t in found.themes):
            found.themes.append(ThemeClaim(n, title, notes, claim.evidence))
    if n in single and _are_notes(section, single, found, ctx):
        return
    owner = _owner_of(n, section, sections, ctx)
    quadrant = _quadrant(section, ctx)
    _by_numbers(n, section, found, ctx)
    for entry in _chosen(entries(section, ctx), section, ctx):
        if _NUMBERS.match(entry.text):
            continue
        _read_entry(n, section, entry, theme, owner, quadrant, found, ctx)


def _theme_over(n: int, sections: Sequence[SectionClaim], single: dict[int, str]) -> str | None:
    at: int | None = n
    while at is not None:
        if at in single:
            return single[at]
        at = sections[at].parent
    return None


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
        _declare_lead(n, entry, lead, found, ctx)
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
        _declare_lead(n, entry, entry.block, found, ctx)


def _declare_lead(n: int, entry: Entry, lead: Block, found: Found, ctx: Context) -> None:
    title = theme_title(lead.text)
    if not any(theme_key(t.title) == theme_key(title) for t in found.themes):
        page = next((x.page for x in entry.leads if x.block is lead), entry.page)
        proof = ctx.evidence(page, lead, "themes.numbered", 0.92, title)
        found.themes.append(ThemeClaim(n, title, (), (proof,)))


def _declare(n: int, section: SectionClaim, title: str, found: Found, ctx: Context) -> None:
    if section.title is None or any(theme_key(t.title) == theme_key(title) for t in found.themes):
        return
    page = section.pages[0] if section.pages else 1
    proof = ctx.evidence(page, section.title, "themes.titled", 0.9, title)
    found.themes.append(ThemeClaim(n, title, (), (proof,)))


def _are_notes(section: SectionClaim, single: dict[int, str], found: Found, ctx: Context) -> bool:
    """Whether the list on a theme's own page holds notes: the challenges were listed before."""
    known = {squash(c.text) for c in found.challenges if c.section not in single}
    if not known:
        return False
    items = [e for e in entries(section, ctx) if e.block.kind is BlockKind.LIST_ITEM]
    again = sum(squash(split_votes(e.text)[0]) in known for e in items)
    return again < 0.4 * max(1, len(items))


def _by_numbers(n: int, section: SectionClaim, found: Found, ctx: Context) -> None:
    """«Plats: 1, 4, 7»: groups that name the members of a numbered list by their numbers."""
    numbered = {
        c.evidence[0].block_id: k for k, c in enumerate(found.challenges) if c.theme is None
    }
    by_number = {
        re.sub(r"\D", "", marker): k
        for block_id, k in numbered.items()
        if (marker := found.markers.get(block_id))
    }
    for page, block in body_of(section):
        match = _NUMBERS.match(block.text)
        members = re.findall(r"\d+", match.group("numbers")) if match else []
        if not match or not members or not all(m in by_number for m in members):
            continue
        title = match.group("title").strip()
        if ctx.has(title, "themes", "leftover"):
            continue
        proof = ctx.evidence(page, block, "themes.by_numbers", 0.9, title)
        found.themes.append(ThemeClaim(n, title, (), (proof,)))
        for m in members:
            k = by_number[m]
            found.challenges[k] = replace(found.challenges[k], theme=title)


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


def _add_notes(sections: Sequence[SectionClaim], found: Found, ctx: Context) -> None:
    """Notes from pages and headings that bear a theme's name, and from a theme's own page."""
    used = {e.block_id for c in found.challenges for e in c.evidence}
    used |= {e.block_id for t in found.themes for e in t.evidence}
    for k, theme in enumerate(found.themes):
        notes: list[NoteClaim] = list(theme.notes)
        for n, section in enumerate(sections):
            if _is_about(n, theme, sections, ctx):
                notes.extend(_notes_of(section, used, ctx))
            else:
                notes.extend(_labelled_notes(section, theme, used, ctx))
        found.themes[k] = ThemeClaim(theme.section, theme.title, tuple(notes), theme.evidence)


def _is_about(n: int, theme: ThemeClaim, sections: Sequence[SectionClaim], ctx: Context) -> bool:
    """Whether a section stands under the theme's name and is not of another kind."""
    key = theme_key(theme.title)
    at: int | None = n
    while at is not None:
        section = sections[at]
        if section.title is not None and key in (
            theme_key(section.title.text), squash(base_title(theme_title(section.title.text))),
            squash(_label_title(section.title.text)),
        ):  # fmt: skip
            return sections[n].kind not in ("agenda", "commitments", "swot", "attendance")
        at = section.parent
    return False


def _label_title(text: str) -> str:
    match = _LABEL.match(text)
    return match.group("title") if match else text


def _labelled_notes(
    section: SectionClaim, theme: ThemeClaim, used: set[str], ctx: Context
) -> Iterator[NoteClaim]:
    """In a section of notes: «Vård: ring först», and lists under a line with the theme's name."""
    if section.kind not in ("theme_notes", "themes", "challenges"):
        return
    key = theme_key(theme.title)
    for entry in entries(section, ctx):
        block = entry.block
        head, colon, tail = block.text.partition(":")
        labelled = bool(colon and tail.strip()) and squash(head) == key
        under = any(theme_key(x.block.text) == key for x in entry.leads)
        if block.id not in used and (labelled or (under and section.kind == "theme_notes")):
            used.add(block.id)
            text = tail.strip() if labelled else block.text
            yield NoteClaim(text, (ctx.evidence(entry.page, block, "themes.note", 0.85, text),))


def _notes_of(section: SectionClaim, used: set[str], ctx: Context) -> Iterator[NoteClaim]:
    for page, block in body_of(section):
        if block.id in used or block.kind in (BlockKind.TABLE, BlockKind.FIGURE):
            continue
        if len(squash(block.text)) < 3:
            continue
        used.add(block.id)
        yield NoteClaim(block.text, (ctx.evidence(page, block, "themes.note", 0.9),))


def _without_repeats(found: Found) -> Found:
    """Themes without anything under them were only headings."""
    themed = {theme_key(c.theme) for c in found.challenges if c.theme}
    found.themes = [t for t in found.themes if t.notes or theme_key(t.title) in themed]
    return found
