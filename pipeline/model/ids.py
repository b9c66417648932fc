"""Ids that hold: short hashes of kind, quote, heading path and owner as written.

No page number, no inferred date and no merged name goes in, so an id survives new pages, new
files and another reading order. Equal statements get an ordinal.
"""

from __future__ import annotations

import hashlib
from collections import Counter

from pipeline.model.text import fold


def short_hash(*parts: str) -> str:
    """Ten hexadecimal digits of the SHA-256 of the parts, folded as compared text."""
    digest = hashlib.sha256("\x1f".join(fold(p) for p in parts).encode())
    return digest.hexdigest()[:10]


def make_id(prefix: str, *parts: str) -> str:
    """An id such as `commitment-0a1b2c3d4e`."""
    return f"{prefix}-{short_hash(prefix, *parts)}"


class IdMaker:
    """Makes ids unique: the second equal one is hashed with its ordinal."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def __call__(self, prefix: str, *parts: str) -> str:
        """The id of the next record with these parts."""
        base = make_id(prefix, *parts)
        self._seen[base] += 1
        ordinal = self._seen[base]
        return base if ordinal == 1 else make_id(prefix, *parts, f"#{ordinal}")
