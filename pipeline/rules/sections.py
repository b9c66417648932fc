"""Documents -> sections: runs of blocks under one title, with what each is about.

A section's kind comes from the cue words of its title, else from what it holds (clock times, a
citation), else from the section that it stands in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from pipeline.model.claims import SectionClaim
from pipeline.model.dataset import SectionKind
from pipeline.model.document import LOOSE, Block, BlockKind, BlockRole, Document
from pipeline.model.ids import IdMaker
from pipeline.model.text import fold, squash
from pipeline.rules.clock import starts_with_clock
from pipeline.rules.context import Context
from pipeline.rules.dates import first_due
from pipeline.rules.names import name_score
from pipeline.rules.statements import read_who

_FOUND = 9
_QUALIFIER = re.compile(
    r"\s*(?:[([][^()\[\]]*[)\]]|[-–:,]?\s*(?:forts|cont)[^\s]*\.?|\d+\s*/\s*\d+)\s*$", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# In this order: the first kind whose cue stands in a title wins.
_ORDER: tuple[str, ...] = (
    "theme_talk", "follow_up", "teaching", "exercise", "decisions", "themes", "challenges", "swot",
    "commitments", "action_plan", "agenda", "attendance", "purpose", "introductions", "references",
    "theme_notes", "other",
)  # fmt: skip
_NOT_INHERITED = {"front", "agenda", "other", "purpose", "attendance"}


@dataclass(slots=True)
class _Open:
    title: Block | None
    depth: int
    parent: int | None
    path: tuple[str, ...]
    blocks: list[tuple[int, Block]] = field(default_factory=list)


def base_title(text: str) -> str:
    """A title without page counts, dates in brackets and «forts.»: «Steg (2)» -> «steg»."""
    previous = None
    while previous != text:
        previous, text = text, _QUALIFIER.sub("", text)
    return fold(text)


def title_kind(text: str, ctx: Context) -> tuple[SectionKind | None, str | None]:
    """The kind that a title's cue words tell, with the cue; the earlier kind of `_ORDER` wins.

    Cues inside longer cues of another kind do not count: «vi enades om tre teman» is about
    themes, «grupparbete om hinder» about hinder.
    """
    found = [(kind, m) for kind in _ORDER if (m := ctx.pattern("sections", kind).search(text))]
    if not found:
        return None, None
    kinds = {kind for kind, _ in found}
    kind, match = found[0]
    if kind == "theme_talk":
        return "theme_notes", match.group()
    # «Vi enades om tre teman» and «Nästa steg: vi enades om» are not decisions.
    if kind == "decisions" and kinds & {"themes", "commitments", "challenges"}:
        kind, match = found[1]
    if kind == "follow_up" and "commitments" in kinds and ctx.has(text, "session", "until_next"):
        kind, match = next(f for f in found if f[0] == "commitments")
    return cast(SectionKind, kind), match.group()


def read_sections(document: Document, ctx: Context) -> tuple[SectionClaim, ...]:
    """The sections of a document, each block in exactly one, in reading order."""
    flat = not any(
        b.kind is BlockKind.HEADING and 0 < b.level < _FOUND for _, b in document.blocks()
    )
    lines = Counter(squash(b.text) for _, b in document.blocks() if len(b.text) < 60)
    recurring = frozenset(text for text, count in lines.items() if count > 1)
    opened: list[_Open] = []
    stack: list[int] = []
    for page in document.pages:
        for n, block in enumerate(page.blocks):
            starts = block.kind in (BlockKind.TITLE, BlockKind.HEADING)
            if starts and block.role is BlockRole.BODY:
                depth = _depth(block, document.paged, flat, recurring, ctx)
                _start(opened, stack, page.number, block, depth, document.paged)
            else:
                if not stack or (n == 0 and document.paged):
                    _continue_page(opened, stack)
                elif block.group == LOOSE and block.role is BlockRole.BODY:
                    _leave_groups(opened, stack)
                opened[stack[-1]].blocks.append((page.number, block))
    return _claims(opened, document, ctx)


def _depth(block: Block, paged: bool, flat: bool, recurring: frozenset[str], ctx: Context) -> int:
    """0 for titles; declared headings by level; found ones by what they say.

    `recurring` are the texts that stand more than once as a short line: names of groups.
    """
    if block.kind is BlockKind.TITLE:
        return 0
    if block.level < _FOUND:
        return block.level
    text = block.text
    if ctx.is_(text, "swot", "weaknesses") or any(
        ctx.is_(text, "swot", q) for q in ("strengths", "opportunities", "threats")
    ):
        return 11
    if ctx.is_(text, "themes", "inner_challenges") or ctx.has(text, "sections", "theme_notes"):
        return 10
    kind, _ = title_kind(text, ctx)
    if kind is None and (text.rstrip().endswith(":") or squash(text) in recurring):
        return _FOUND
    if paged or kind == "exercise" or (kind is None and name_score(text, ctx) >= 0.5):
        return _FOUND
    return _FOUND - 1 if kind or flat else _FOUND


def _start(
    opened: list[_Open], stack: list[int], page: int, block: Block, depth: int, paged: bool
) -> None:
    while stack and opened[stack[-1]].depth >= depth:
        last = opened[stack.pop()]
        if depth == 0 and paged and last.depth == 0 and _continues(last, block):
            last.blocks.append((page, block))
            stack.append(opened.index(last))
            return
    if len(opened) == 1 and _is_chrome(opened[0]):
        # The menu over a web page's first title, a running head over a slide's, is no part of
        # its own.
        opened[0] = _Open(block, depth, None, (block.text,), [*opened[0].blocks, (page, block)])
        stack[:] = [0]
        return
    parent = stack[-1] if stack else None
    path = (*opened[parent].path, block.text) if parent is not None else (block.text,)
    opened.append(_Open(block, depth, parent, path, [(page, block)]))
    stack.append(len(opened) - 1)


def _is_chrome(section: _Open) -> bool:
    return section.title is None and all(b.role is BlockRole.FURNITURE for _, b in section.blocks)


def _continues(last: _Open, block: Block) -> bool:
    """A page with the same title goes on with the section, unless it brings a new date."""
    if last.title is None or base_title(last.title.text) != base_title(block.text):
        return False
    qualifier = _QUALIFIER.search(block.text)
    return qualifier is None or bool(
        re.fullmatch(
            r"\W*(?:\d+\W*)(?:/\W*\d+)?\W*|.*(?:forts|cont).*", qualifier.group(), re.IGNORECASE
        )
    )


def _continue_page(opened: list[_Open], stack: list[int]) -> None:
    """A page without title goes on with the section before; the first opens one of its own."""
    if not opened:
        opened.append(_Open(None, 0, None, ()))
        stack.append(0)
        return
    top = len(opened) - 1
    while opened[top].parent is not None:
        top = opened[top].parent or 0
    stack[:] = [top]


def _leave_groups(opened: Sequence[_Open], stack: list[int]) -> None:
    """What lies loose on a page stands under the page's title, not under a heading before it."""
    while len(stack) > 1 and opened[stack[-1]].depth >= _FOUND - 1:
        stack.pop()


def _claims(opened: Sequence[_Open], document: Document, ctx: Context) -> tuple[SectionClaim, ...]:
    ids = IdMaker()
    out: list[SectionClaim] = []
    for n, section in enumerate(opened):
        title = section.title
        kind, cue = title_kind(title.text, ctx) if title else (None, None)
        confidence = 0.95 if kind else 0.6
        by_content = _content_kind(section, kind, ctx)
        if by_content:
            kind, confidence = by_content, 0.85
        if kind is None and section.parent is not None:
            parent = out[section.parent]
            if parent.kind not in _NOT_INHERITED and not _is_whole(parent, document):
                kind, confidence = parent.kind, parent.confidence
        if n == 0 and kind is None and _is_front(section, document):
            kind = "front"
        if _is_whole_title(section, document):
            kind, cue = "front", None
        first = section.blocks[0][1].text if section.blocks else ""
        out.append(
            SectionClaim(
                id=ids("section", *section.path, "" if title else first),
                parent=section.parent,
                title=title,
                kind=kind or "other",
                confidence=confidence,
                blocks=tuple(section.blocks),
                path=section.path,
                cue=cue,
            )
        )
    return tuple(out)


def _is_whole_title(section: _Open, document: Document) -> bool:
    """The title over a document that runs on names the occasion, not one part of it.

    Unless a list or table stands right under it: «# Actions / - book the hall».
    """
    if document.paged or section.depth != 0 or section.title is None:
        return False
    listed = [b for _, b in section.blocks if b.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE)]
    return not listed


def _is_whole(parent: SectionClaim, document: Document) -> bool:
    return not document.paged and parent.title is not None and parent.title.kind is BlockKind.TITLE


def _is_front(section: _Open, document: Document) -> bool:
    body = [b for _, b in section.blocks if b.role is BlockRole.BODY]
    if not document.paged:
        return section.depth == 0
    return len(body) <= 6 and not any(b.kind is BlockKind.TABLE for b in body)


def _content_kind(section: _Open, kind: SectionKind | None, ctx: Context) -> SectionKind | None:
    """What the blocks themselves tell against, or without, the title."""
    body = [
        b
        for _, b in section.blocks
        if b.role is BlockRole.BODY and b.kind not in (BlockKind.TITLE, BlockKind.HEADING)
    ]
    if is_timed(body) and kind not in ("commitments", "follow_up"):
        return "agenda"
    if kind is None and _has_quadrants(body, ctx):
        return "swot"
    if kind in (None, "challenges", "swot", "themes") and any(_cites(b, ctx) for b in body):
        return "teaching"
    if kind in ("challenges", "commitments", "themes") and is_instructive(body, ctx):
        return "exercise"
    if kind == "commitments" and is_told_back(body, ctx):
        return "follow_up"
    return None


def _has_quadrants(body: Sequence[Block], ctx: Context) -> bool:
    """Whether lines name three of the four fields of a SWOT."""
    fields = ("strengths", "weaknesses", "opportunities", "threats")
    return sum(any(ctx.is_(b.text, "swot", f) for b in body) for f in fields) >= 3


def is_timed(body: Sequence[Block]) -> bool:
    """Whether blocks are an agenda: three lines or rows that begin with a time of day."""
    lines = [b for b in body if starts_with_clock(b.text) and b.kind is not BlockKind.TABLE]
    rows = [
        row
        for b in body
        for row in b.rows or ()
        if starts_with_clock(next((c for c in row if c), "") + " x")
    ]
    # A short day of an agenda is a table of two rows under its header.
    whole = any(b.rows and 2 <= len(rows) == len(b.rows) - 1 for b in body)
    return len(lines) >= 3 or len(rows) >= 3 or whole or 2 <= len(lines) + len(rows) == len(body)


def _cites(block: Block, ctx: Context) -> bool:
    text = block.text
    if ctx.starts(text, "references", "source") and (":" in text[:30] or _YEAR.search(text)):
        return True
    if ctx.starts(text, "references", "source") and re.search('[”“"«]', text):
        return True
    return bool(ctx.has(text, "references", "cited") and _YEAR.search(text))


def is_instructive(body: Sequence[Block], ctx: Context) -> bool:
    """Whether blocks tell a group what to do: mostly instructions, questions and examples."""
    items = [b.text for b in body if b.kind is not BlockKind.TABLE]
    if len(items) < 2:
        return False
    return sum(is_told(t, ctx) for t in items) >= 0.5 * len(items)


def is_told(text: str, ctx: Context) -> bool:
    """An instruction, an example, or a question put to the group («Vad vill ni?»)."""
    if read_who(text, ctx).found or first_due(text, ctx.packs) is not None:
        return False
    asked = text.rstrip().endswith("?") and ctx.has(text, "commitments", "second_person")
    return asked or is_instruction(text, ctx) or is_example_lead(text, ctx)


_REMARK = re.compile(r"(?:\s[–—-]\s|:\s|[.;]\s)(?P<said>[^–—:]{2,60})$")


def is_told_back(body: Sequence[Block], ctx: Context) -> bool:
    """Whether a list tells what became of promises: «Norra: ring banken – gjort»."""
    items = [b.text for b in body if b.kind is BlockKind.LIST_ITEM]
    told = 0
    for text in items:
        match = _REMARK.search(text)
        said = match.group("said") if match else ""
        told += any(
            ctx.has(said, "status", s) for s in ("done", "in_progress", "not_started", "dropped")
        )
    return len(items) >= 2 and told >= 0.5 * len(items)


def is_instruction(text: str, ctx: Context) -> bool:
    """An instruction to the group: «Diskutera i grupper …», «Write one per card»."""
    if ctx.starts(text, "commitments", "instruction"):
        return True
    return ctx.has(text, "commitments", "second_person") and not text[:1].islower()


def is_example_lead(text: str, ctx: Context) -> bool:
    """A line that introduces examples, or is one: «Exempelvis:», «E.g. …», «Typ: …»."""
    last = re.split(r"[.!?]\s+", text.rstrip())[-1]
    return ctx.starts(text, "commitments", "example") or bool(
        last.endswith(":") and ctx.has(last, "commitments", "example")
    )


def renamed(section: SectionClaim, kind: SectionKind, confidence: float) -> SectionClaim:
    """The section with another kind."""
    return replace(section, kind=kind, confidence=confidence)


def with_unsure(sections: Sequence[SectionClaim], document: Document) -> tuple[SectionClaim, ...]:
    """The sections with what text recognition was not sure of, each page's with those before it."""
    out = list(sections)
    for page in document.pages:
        blocks = tuple((page.number, b) for b in page.blocks if b.unsure)
        if not blocks:
            continue
        if not out:
            first = IdMaker()("section", "", blocks[0][1].text)
            out.append(SectionClaim(first, None, None, "other", 0.0, ()))
        home = max(
            (n for n, s in enumerate(out) if min(s.pages, default=0) <= page.number), default=0
        )
        joined = sorted((*out[home].blocks, *blocks), key=lambda placed: placed[0])
        out[home] = replace(out[home], blocks=tuple(joined))
    return tuple(out)
