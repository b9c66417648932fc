r"""Lists of an RTF file that prints no markers: its list table, and the counting of paragraphs.

Most programs write each bullet or number beside its definition (`{\listtext …}`), and then what
is written there counts. This is for the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from pipeline.extractors.docx_numbering import numeral
from pipeline.extractors.encoding import drawn_text
from pipeline.extractors.rtf_characters import decoded
from pipeline.extractors.rtf_header import Font
from pipeline.extractors.rtf_tokens import Group

_BULLET = 23
_KINDS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter",
    22: "decimalZero", _BULLET: "bullet", 255: "none",
}  # fmt: skip
_DEEPEST = 8
_PLACE = re.compile("[\x00-\x08]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class _Level:
    r"""`text` holds the number of a level as a control character: «\x00.\x01» is 1.1."""

    kind: str
    text: str
    start: int
    restarts: bool
    legal: bool

    @classmethod
    def of(cls, group: Group, fonts: dict[int, Font], default: str) -> _Level:
        kind = group.number(b"levelnfcn", group.number(b"levelnfc"))
        text = next(group.groups(b"leveltext"), None)
        font = fonts.get(group.number(b"f", -1) or 0, Font())
        shown = decoded(text.flat(), font.codec or default) if text else ""
        shown = shown[1 : 1 + ord(shown[0])] if shown else ""
        if font.symbols:
            shown = font.text(shown.encode("cp1252", "ignore"), default) or shown
        return cls(
            kind=_KINDS.get(kind or 0, "decimal"),
            text=_PRIVATE.sub("•", drawn_text(shown, font.name)),
            start=group.number(b"levelstartat", 1) or 0,
            restarts=not group.number(b"levelnorestart", 0),
            legal=bool(group.number(b"levellegal", 0)),
        )


@dataclass(slots=True)
class _List:
    """A list override: the list that it counts in, its levels, its own starts."""

    counted: int
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Lists:
    """Counts the paragraphs of lists in the order of the document."""

    def __init__(
        self, table: Group | None, overrides: Group | None, fonts: dict[int, Font], default: str
    ) -> None:
        self._fonts, self._default = fonts, default
        defined = {
            group.number(b"listid", 0): dict(enumerate(self._levels(group)))
            for group in (table.groups(b"list") if table else ())
        }
        self._lists: dict[int, _List] = {}
        for group in overrides.groups(b"listoverride") if overrides else ():
            list_id = group.number(b"listid", 0) or 0
            found = _List(list_id, dict(defined.get(list_id, {})))
            self._override(found, group)
            self._lists[group.number(b"ls", 0) or 0] = found
        self._counts: dict[int, dict[int, int]] = {}
        self._begun: set[tuple[int, int]] = set()

    def _levels(self, group: Group) -> Iterator[_Level]:
        for level in islice(group.groups(b"listlevel"), _DEEPEST + 1):
            yield _Level.of(level, self._fonts, self._default)

    def _override(self, found: _List, group: Group) -> None:
        for at, own in enumerate(islice(group.groups(b"lfolevel"), _DEEPEST + 1)):
            found.levels.update((at, level) for level in self._levels(own))
            start = own.number(b"levelstartat")
            if start is not None and at in found.levels:
                found.starts[at] = start
                found.levels[at] = replace(found.levels[at], start=start)

    def mark(self, number: int, level: int) -> str | None:
        """Count one more paragraph and give its bullet or number; null if it has none."""
        rows = self._lists.get(number)
        level = min(max(level, 0), _DEEPEST)
        definition = rows.levels.get(level) if rows else None
        if rows is None or definition is None:
            return None
        counts = self._count(number, level, rows)

        def shown(match: re.Match[str]) -> str:
            at = ord(match.group())
            other = rows.levels.get(at, definition)
            return numeral(
                counts.get(at, other.start), "decimal" if definition.legal else other.kind
            )

        text = definition.text
        return (text if definition.kind == "bullet" else _PLACE.sub(shown, text)).strip() or None

    def _count(self, number: int, level: int, rows: _List) -> dict[int, int]:
        counts = self._counts.setdefault(rows.counted, {})
        start = rows.levels[level].start
        fresh = level in rows.starts and (number, level) not in self._begun
        counts[level] = start if fresh else counts.get(level, start - 1) + 1
        self._begun.add((number, level))
        for deeper in [n for n in counts if n > level]:
            if deeper not in rows.levels or rows.levels[deeper].restarts:
                del counts[deeper]
        return counts
