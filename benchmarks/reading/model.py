"""The neutral form that truths and readings share: pages of lines, and how texts are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Rows = tuple[tuple[str, ...], ...]
_NOT_WORD = re.compile(r"[\W_]+")
_COUNT = r"^\s*(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,4})[.)]"
_TYPED_NUMBER = re.compile(_COUNT + r")\s+")
_ANY_NUMBER = re.compile(_COUNT + r"|\d{1,3}(?:\.\d{1,3})*)\s+")


def squash(text: str) -> str:
    """Letters and digits only, case folded, so that spacing and bullets do not matter."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


def keys(text: str) -> tuple[str, ...]:
    """A line as compared: as it stands, and without a number in front («1. », «b) »)."""
    bare = squash(_ANY_NUMBER.sub("", text))
    whole = squash(text)
    return (whole, bare) if bare and bare != whole else (whole,)


def is_numbered(text: str) -> bool:
    """Whether a line begins with a number typed by hand: «2. Budget»."""
    return bool(_TYPED_NUMBER.match(text))


def squashed_number(text: str) -> str:
    """A line as compared without its number."""
    return keys(text)[-1]


@dataclass(frozen=True, slots=True)
class Line:
    """One block of a reader.

    `kind`: title, heading, look (a heading by look), item, text, table, figure, furniture.
    `level` counts from 0 for items; for headings from 1 (0 is the title of a document).
    """

    kind: str
    text: str
    level: int = 0
    rows: Rows = ()


Reading = dict[int, list[Line]]
"""The lines of a file by page; a file without pages has page 1 only."""


@dataclass(frozen=True, slots=True)
class TrueLine:
    """One line of the truth. `levels` are those that count as right; `frame` is its text box.

    `heading` is the depth of a heading in a running document, None for all else.
    """

    text: str
    listed: bool = False
    levels: frozenset[int] = frozenset()
    frame: int = 0
    heading: int | None = None
    styled: bool = True
    """Whether a heading is one by its style; false where a person sees it by its look only."""


@dataclass(slots=True)
class TruePage:
    """What a page holds. Without `sure`, a page without `title` may have one all the same."""

    title: str | None = None
    sure: bool = False
    lines: list[TrueLine] = field(default_factory=list)
    tables: list[Rows] = field(default_factory=list)


Truth = dict[int, TruePage]


def as_json(reading: Reading) -> dict[str, Any]:
    """A reading as plain data."""
    return {
        str(page): [[line.kind, line.level, line.text, line.rows] for line in lines]
        for page, lines in reading.items()
    }


def from_json(data: dict[str, Any]) -> Reading:
    """A reading from plain data."""
    return {
        int(page): [
            Line(kind, text, level, tuple(tuple(cells) for cells in rows))
            for kind, level, text, rows in lines
        ]
        for page, lines in data.items()
    }


def spread(lines: list[Line]) -> Iterator[Line]:
    """All lines of text: the cells of tables as lines of their own."""
    for line in lines:
        if line.kind == "table":
            yield from (Line("cell", cell) for row in line.rows for cell in row if squash(cell))
        elif squash(line.text):
            yield line
