"""What every rule gets besides the document: the packs, and how to point at what was read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from pipeline.languages.pack import LanguagePack, cue_pattern
from pipeline.model.dataset import Evidence
from pipeline.model.document import Block
from pipeline.model.text import fold


@cache
def _pattern(packs: tuple[LanguagePack, ...], path: tuple[str, ...]) -> re.Pattern[str]:
    return cue_pattern(word for pack in packs for word in pack.words(*path))


@cache
def _whole(packs: tuple[LanguagePack, ...], path: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{_pattern(packs, path).pattern})\s*[:.!?]*\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Context:
    """The packs to read with (the document's own language first) and the source's id."""

    packs: tuple[LanguagePack, ...]
    source_id: str
    known_names: frozenset[str] = field(default=frozenset())
    """Squashed names of organisations and teams that the document names for certain."""
    known_people: frozenset[str] = field(default=frozenset())
    """The same of persons, full names and given names."""

    def pattern(self, *path: str) -> re.Pattern[str]:
        """The cues at `path` of all packs as one pattern."""
        return _pattern(self.packs, path)

    def has(self, text: str, *path: str) -> bool:
        """Whether a cue at `path` stands in the text."""
        return bool(self.pattern(*path).search(text))

    def is_(self, text: str, *path: str) -> bool:
        """Whether the text is nothing but a cue at `path`."""
        return bool(_whole(self.packs, path).fullmatch(text))

    def starts(self, text: str, *path: str) -> bool:
        """Whether the text begins with a cue at `path`."""
        return bool(self.pattern(*path).match(text))

    def evidence(
        self,
        page: int,
        block: Block,
        rule: str,
        confidence: float,
        quote: str | None = None,
        about: str | None = None,
    ) -> Evidence:
        """Evidence in a block: the quote with its span if the block's text holds it, else all."""
        start = block.text.find(quote) if quote else 0
        if quote is None or start < 0:
            quote, start = block.text, 0
        return Evidence(
            source_id=self.source_id,
            page=page,
            block_id=block.id,
            span=(start, start + len(quote)),
            bbox=block.bbox,
            quote=quote,
            field=about,
            rule=rule,
            confidence=confidence,
        )


def known(names: Sequence[str]) -> frozenset[str]:
    """Names made comparable for `Context.known_names`."""
    return frozenset(fold(n).replace(" ", "") for n in names if n)
