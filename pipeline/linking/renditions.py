"""Which files are the same material again: exports of a deck, and earlier versions of a file.

Compared by runs of four words, so that other line breaks and page orders make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.languages.pack import shared
from pipeline.model.claims import FileClaims
from pipeline.model.document import BlockRole
from pipeline.model.text import fold

_RUN = 4
_SAME = 0.72
_CONTAINED = 0.9
_VERSION = 0.4
_FEWEST_RUNS = 12
_RANK = ("presentation", "wordprocessing", "markdown", "pdf", "plain")
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Relation:
    """Indexes of the file that a file renders, or that replaces it; null for neither."""

    rendition_of: int | None = None
    superseded_by: int | None = None

    @property
    def counts(self) -> bool:
        """Whether the file's own records count."""
        return self.rendition_of is None and self.superseded_by is None


def find_relations(files: Sequence[FileClaims]) -> list[Relation]:
    """The relation of each file to the others.

    Of several renditions the one in the richest format counts (slides, Word, Markdown, PDF, text);
    of several versions the latest by the words and numbers of their names.
    """
    runs = [_runs(f) for f in files]
    out = [Relation() for _ in files]
    order = sorted(
        range(len(files)), key=lambda n: (_rank(files[n]), files[n].document.source.path)
    )
    for place, n in enumerate(order):
        for m in order[:place]:
            if out[m].counts and out[n].counts:
                _relate(files, runs, out, m, n)
    return out


def _relate(
    files: Sequence[FileClaims], runs: Sequence[frozenset[str]], out: list[Relation], m: int, n: int
) -> None:
    """Set the relation of file `n` to the richer or earlier file `m`, if there is one."""
    if min(len(runs[m]), len(runs[n])) < _FEWEST_RUNS:
        return
    common = len(runs[m] & runs[n])
    alike = common / len(runs[m] | runs[n])
    contained = common / min(len(runs[m]), len(runs[n]))
    a, b = files[m].document.source, files[n].document.source
    if a.media_type == b.media_type:
        stem_a, stem_b = _stem(a.path), _stem(b.path)
        if a.sha256 == b.sha256:
            out[n] = Relation(rendition_of=m)
        elif stem_a == stem_b and alike >= _VERSION:
            older, newer = (m, n) if _version(a.path) < _version(b.path) else (n, m)
            out[older] = Relation(superseded_by=newer)
    elif alike >= _SAME or (contained >= _CONTAINED and alike >= 0.5):
        out[n] = Relation(rendition_of=m)


def _runs(file: FileClaims) -> frozenset[str]:
    words = [
        w
        for _, block in file.document.blocks()
        if block.role is BlockRole.BODY
        for w in fold(block.text).split()
    ]
    return frozenset(" ".join(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1))


def _rank(file: FileClaims) -> int:
    media_type = file.document.source.media_type
    return next((n for n, word in enumerate(_RANK) if word in media_type), len(_RANK))


def _words(path: str) -> list[str]:
    return re.findall(r"[^\W\d_]+|\d+", PurePosixPath(path).stem.casefold())


def _stem(path: str) -> str:
    """A file's name without what tells its version: «Deck_v3_slutlig» -> «deck»."""
    noise = {w for words in shared("versions").values() for w in words}
    return " ".join(
        w for w in _words(path) if w not in noise and w not in ("v", "version") and not w.isdigit()
    )


def _version(path: str) -> tuple[int, list[int], int, str]:
    """Sorts versions: drafts, then numbers and dates in order, then final ones."""
    words, table = set(_words(path)), shared("versions")
    final = bool(words & set(table.get("final", ())))
    draft = bool(words & set(table.get("draft", ())))
    copied = bool(words & set(table.get("copy", ())))
    numbers = [int(x) for x in _NUMBERS.findall(PurePosixPath(path).stem)]
    return (final - draft, numbers, -copied, path)
