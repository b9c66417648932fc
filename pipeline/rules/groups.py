"""Blocks of a section -> entries: each statement with the lines that it hangs under.

«Team Nord / Måste jobba med: / - boka sal» gives the entry «boka sal» under two leads, a name
and a lead-in. Examples and what hangs under them are marked as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.claims import SectionClaim
from pipeline.model.document import Block, BlockKind, BlockRole
from pipeline.rules.context import Context
from pipeline.rules.names import (
    is_surely_person,
    looks_like_organisation,
    name_score,
    words_of,
)
from pipeline.rules.sections import is_example_lead, is_instruction

_NAME_OVER_LIST = 0.3
_NAME_OVER_TEXT = 0.7
_LEAD_IN = 1
_LIST = 2


@dataclass(frozen=True, slots=True)
class Lead:
    """A line over others: the name of somebody, or a lead-in."""

    block: Block
    page: int
    named: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement; `leads` from the outermost to the nearest; `example` is no statement."""

    page: int
    block: Block
    leads: tuple[Lead, ...] = ()
    example: bool = False
    has_children: bool = False

    @property
    def text(self) -> str:
        """The statement's words."""
        return self.block.text

    @property
    def name(self) -> Lead | None:
        """The nearest lead that is a name."""
        return next((x for x in reversed(self.leads) if x.named), None)

    @property
    def lead_in(self) -> Lead | None:
        """The nearest lead that is no name."""
        last = self.leads[-1] if self.leads else None
        return last if last and not last.named else None


def body_of(section: SectionClaim) -> list[tuple[int, Block]]:
    """The blocks of a section's reading order, its own titles left out."""
    return [
        (page, b)
        for page, b in section.blocks
        if b.role is BlockRole.BODY and b.kind not in (BlockKind.TITLE, BlockKind.HEADING)
    ]


def entries(section: SectionClaim, ctx: Context) -> list[Entry]:
    """The statements of a section; tables and figures are left to others."""
    body = [(p, b) for p, b in body_of(section) if b.kind is not BlockKind.FIGURE]
    reader = _Reader(ctx, body)
    for n in range(len(body)):
        reader.take(n)
    return reader.found


class _Reader:
    """Walks the blocks of a section and keeps the leads that are open."""

    def __init__(self, ctx: Context, body: Sequence[tuple[int, Block]]) -> None:
        self._ctx = ctx
        self._body = body
        self._depths = _depths([b for _, b in body])
        self._stack: list[tuple[int, Lead]] = []
        self._example = False
        self.found: list[Entry] = []

    def take(self, n: int) -> None:
        """Read block `n`."""
        page, block = self._body[n]
        if block.kind is BlockKind.TABLE:
            return
        if block.kind is BlockKind.LIST_ITEM:
            self._item(n, page, block)
        else:
            self._paragraph(n, page, block)

    def _following(self, n: int) -> Block | None:
        return self._body[n + 1][1] if n + 1 < len(self._body) else None

    def _close(self, rank: int) -> None:
        while self._stack and self._stack[-1][0] >= rank:
            self._stack.pop()

    def _paragraph(self, n: int, page: int, block: Block) -> None:
        following = self._following(n)
        text = block.text
        listed = following is not None and following.kind is BlockKind.LIST_ITEM
        if is_example_lead(text, self._ctx):
            self._close(_LEAD_IN)
            # «T.ex.: (list)» opens examples; «Exempel: ”ring tre”» is one itself.
            self._example = listed and _opens(text)
            self._add(page, block, example=True)
        elif following is not None and self._is_name(text, following):
            self._close(0)
            self._example = False
            self._stack.append((0, Lead(block, page, named=True)))
        elif listed and text.rstrip().endswith(":"):
            self._close(_LEAD_IN)
            self._example = is_instruction(text, self._ctx) or is_example_lead(text, self._ctx)
            if self._example:
                self._add(page, block)
            self._stack.append((_LEAD_IN, Lead(block, page, named=False)))
        else:
            self._close(_LEAD_IN)
            # After an example's own list the real statements may go on.
            self._example = self._example and bool(self._stack)
            self._add(page, block)

    def _is_name(self, text: str, following: Block) -> bool:
        if following.kind is BlockKind.TABLE:
            return False
        if self._ctx.is_(text, "commitments", "no_owner"):
            return True
        score = name_score(text, self._ctx)
        if following.kind is BlockKind.LIST_ITEM:
            # «Måste göra:» under a name leads in; a name may have a colon too.
            leads_in = text.rstrip().endswith(":") and bool(self._stack)
            return score >= (_NAME_OVER_TEXT if leads_in else _NAME_OVER_LIST)
        apart = name_score(following.text, self._ctx) < 0.5 or len(words_of(following.text)) > 4
        return score >= _NAME_OVER_TEXT and apart and following.kind is BlockKind.PARAGRAPH

    def _item(self, n: int, page: int, block: Block) -> None:
        depth = self._depths[n]
        self._close(_LIST + depth)
        deeper = n + 1 < len(self._body) and self._depths[n + 1] > depth
        if is_example_lead(block.text, self._ctx):
            self._add(page, block, example=True, has_children=deeper)
            return
        self._add(page, block, has_children=deeper)
        if deeper:
            named = self._names(block.text)
            self._stack.append((_LIST + depth, Lead(block, page, named)))

    def _names(self, text: str) -> bool:
        """Whether a list item over others names somebody: «Taket:» only leads in."""
        if text.rstrip().endswith(":") and not looks_like_organisation(text, self._ctx):
            return is_surely_person(text.rstrip(": "), self._ctx)
        return name_score(text, self._ctx) >= _NAME_OVER_TEXT

    def _add(
        self, page: int, block: Block, *, example: bool = False, has_children: bool = False
    ) -> None:
        leads = tuple(lead for _, lead in self._stack)
        self.found.append(Entry(page, block, leads, example or self._example, has_children))


def _opens(text: str) -> bool:
    return text.rstrip().endswith(":") or len(text.split()) <= 2


def _depths(blocks: Sequence[Block]) -> list[int]:
    """Depth of each list item; bullets under a number of the same level are deeper."""
    out: list[int] = []
    number_at: int | None = None
    for b in blocks:
        if b.kind is not BlockKind.LIST_ITEM:
            number_at = None
            out.append(-1)
            continue
        numbered = b.marker is not None and any(ch.isalnum() for ch in b.marker) and b.marker != "o"
        if numbered:
            number_at = b.level
        under = number_at is not None and not numbered and b.level == number_at
        out.append(2 * b.level + (1 if under else 0))
    return out
