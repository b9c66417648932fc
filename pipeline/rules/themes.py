"""Themes that participants named: group titles, pages that bear them, and the notes under them.

«1. Vård nära hemmet» over challenges, «Tema A: Vård», a later page titled «Vård nära hemmet».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.model.claims import ChallengeClaim, NoteClaim, SectionClaim, ThemeClaim
from pipeline.model.document import Block, BlockKind
from pipeline.model.text import fold, squash
from pipeline.rules.context import Context
from pipeline.rules.groups import Entry, body_of, entries
from pipeline.rules.sections import base_title

_NUMBERING = re.compile(r"^\s*(?:\d{1,2}|[A-ZÅÄÖ])[.):]\s+")
_LABEL = re.compile(
    r"^\s*(?P<label>[^\W\d_]{3,20}(?:\s[^\W\d_]{2,12}){0,2})\s*(?P<mark>[\dA-ZÅÄÖ]{0,3})\s*[:–-]\s*(?P<title>\S.*)$"
)
GROUP_NUMBERS = re.compile(
    r"^(?P<title>[^:\d]{3,60}?)\s*[:–-]\s*(?P<numbers>\d{1,2}(?:\s*(?:,|&|\+|[^\W\d_]{2,4})\s*\d{1,2})*)\s*$"
)


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


def _series_label(section: SectionClaim) -> re.Match[str] | None:
    return _LABEL.match(section.title.text) if section.title else None


def single_themes(sections: Sequence[SectionClaim], ctx: Context) -> dict[int, str]:
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


def theme_over(n: int, sections: Sequence[SectionClaim], single: dict[int, str]) -> str | None:
    """The theme that a section, or one that it stands in, is about."""
    at: int | None = n
    while at is not None:
        if at in single:
            return single[at]
        at = sections[at].parent
    return None


def declare_lead(n: int, entry: Entry, lead: Block, found: Found, ctx: Context) -> None:
    """Add the theme that a line over challenges names."""
    title = theme_title(lead.text)
    if not any(theme_key(t.title) == theme_key(title) for t in found.themes):
        page = next((x.page for x in entry.leads if x.block is lead), entry.page)
        proof = ctx.evidence(page, lead, "themes.numbered", 0.92, title)
        found.themes.append(ThemeClaim(n, title, (), (proof,)))


def declare(n: int, section: SectionClaim, title: str, found: Found, ctx: Context) -> None:
    """Add the theme that a section's title names."""
    if section.title is None or any(theme_key(t.title) == theme_key(title) for t in found.themes):
        return
    page = section.pages[0] if section.pages else 1
    proof = ctx.evidence(page, section.title, "themes.titled", 0.9, title)
    found.themes.append(ThemeClaim(n, title, (), (proof,)))


def group_by_numbers(n: int, section: SectionClaim, found: Found, ctx: Context) -> None:
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
        match = GROUP_NUMBERS.match(block.text)
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


def add_notes(sections: Sequence[SectionClaim], found: Found, ctx: Context) -> None:
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


def without_empty(found: Found) -> Found:
    """Themes without anything under them were only headings."""
    themed = {theme_key(c.theme) for c in found.challenges if c.theme}
    found.themes = [t for t in found.themes if t.notes or theme_key(t.title) in themed]
    return found
