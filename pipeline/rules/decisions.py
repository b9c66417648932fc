"""Decisions: lines under «Beslut», and lines that begin with the word wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model.claims import DecisionClaim, SectionClaim
from pipeline.model.document import BlockKind
from pipeline.rules.context import Context
from pipeline.rules.groups import body_of, entries

_SKIPPED = ("exercise", "teaching", "follow_up", "agenda", "purpose")


def read_decisions(sections: Sequence[SectionClaim], ctx: Context) -> list[DecisionClaim]:
    """«Beslut: avgiften höjs» gives «avgiften höjs»; «vem tar beslut?» gives nothing."""
    claims: list[DecisionClaim] = []
    for n, section in enumerate(sections):
        if section.kind == "decisions":
            found = entries(section, ctx)
            listed = any(e.block.kind is BlockKind.LIST_ITEM for e in found)
            for e in found:
                if e.example or (listed and e.block.kind is not BlockKind.LIST_ITEM):
                    continue
                proof = ctx.evidence(e.page, e.block, "decisions.listed", 0.9)
                claims.append(DecisionClaim(n, e.text, (proof,)))
        elif section.kind not in _SKIPPED:
            for page, block in body_of(section):
                match = ctx.pattern("decisions", "line").match(block.text)
                told = match and re.match(r"\s*[:–-]\s*\S", block.text[match.end() :])
                if match and told and block.kind is not BlockKind.TABLE:
                    text = block.text[match.end() :].lstrip(" :–-")
                    proof = ctx.evidence(page, block, "decisions.line", 0.85, text)
                    claims.append(DecisionClaim(n, text, (proof,)))
    return claims
