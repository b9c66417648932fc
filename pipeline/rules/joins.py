"""Small words between names and places, of all packs: «Rut och Per», «rektor på Norra skolan»."""

from __future__ import annotations

import re
from functools import cache

from pipeline.languages.pack import common_words


@cache
def any_of(key: str) -> str:
    """The words at `key` of all packs as one regular expression group; `*` ends a stem."""
    words = sorted(common_words(key), key=lambda w: (-len(w), w))
    return f"(?:{'|'.join(re.escape(w).replace(chr(92) + '*', chr(92) + 'w*') for w in words)})"


@cache
def _between(signs: str) -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{any_of('and_words')}|[&+])\s+|\s*[{re.escape(signs)}]\s*")


def split_names(text: str, signs: str = ";/") -> list[str]:
    """The parts of a list of names; `signs` part them too: «Rut och Per / Al»."""
    return [p.strip() for p in _between(signs).split(text) if p.strip()]


def names_several(text: str) -> bool:
    """Whether a word such as «och» stands between two parts."""
    return bool(re.search(rf"\s(?:{any_of('and_words')}|&)\s", text))
