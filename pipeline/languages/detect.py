"""Which language a text is in: by the stop words of the packs, counted."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.languages.pack import LanguagePack, available, load
from pipeline.model.text import fold

DEFAULT = "en"
_ENOUGH = 3


def detect(text: str) -> str | None:
    """The code of the pack whose stop words are most frequent, null for too little text.

    Words of several packs («i», «en», «for») count for each by how rare they are among them.
    """
    words = fold(text).split()
    scores: dict[str, float] = {}
    lists = {code: frozenset(load(code).pack["stop_words"]) for code in available()}
    for word in words:
        homes = [code for code, stop in lists.items() if word in stop]
        for code in homes:
            scores[code] = scores.get(code, 0.0) + 1 / len(homes) ** 2
    best = max(scores, key=lambda code: (scores[code], code), default=None)
    return best if best is not None and scores[best] >= _ENOUGH else None


def packs_for(text: str, wanted: str | None = None) -> Sequence[LanguagePack]:
    """All packs, the one of the text's language (or the wanted one) first."""
    first = wanted or detect(text) or DEFAULT
    rest = [code for code in available() if code != first]
    return tuple(load(code) for code in (first, *rest))
