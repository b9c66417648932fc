"""Lists of OpenDocument files: what a list style defines, and the numbers that are printed.

After ODF 1.3 part 3, §5.3 and §16.30, with LibreOffice as the judge where the text leaves room.
Running text and slides count differently: `TextNumbering` is for one, `SlideNumbering` for the
other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extractors.docx_numbering import numeral
from pipeline.extractors.encoding import drawn_text, symbol
from pipeline.extractors.odf_package import LOEXT, STYLE, TEXT, XML, number

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DEEPEST = 9
_KINDS = dict(
    zip(
        ("1", "a", "A", "i", "I", "01", ""),
        (
            "decimal",
            "lowerLetter",
            "upperLetter",
            "lowerRoman",
            "upperRoman",
            "decimalZero",
            "none",
        ),
        strict=True,
    )
)
"""Number formats by the names that Word has for them."""

_PLACE = re.compile(r"%(10|[1-9])%")
_MAX_AFFIX = 100
_PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list style. `form` is «1», «a», «i» …; a bullet has its `bullet` instead."""

    form: str = ""
    prefix: str = ""
    suffix: str = ""
    pattern: str | None = None
    shown: int = 1
    start: int = 1
    synced: bool = False
    bullet: str | None = None

    def numeral(self, count: int) -> str:
        """A count in this level's format, without what stands around it."""
        if self.bullet is not None:
            return ""
        if self.form in {"a", "A"} and count > 26 and not self.synced:
            return _letters(count, self.form)
        return numeral(count, _KINDS.get(self.form, "decimal"))


ROUND = ListLevel(bullet="•")
"""The bullet of lists without a style."""

Levels = Mapping[int, ListLevel]


def list_levels(
    style: Element, font: Callable[[Element], str | None]
) -> dict[int, ListLevel]:  # fmt: skip
    """The levels that a list style or outline style defines, by their depth from 0."""
    found: dict[int, ListLevel] = {}
    for node in style:
        depth = number(node.get(TEXT + "level")) - 1
        if isinstance(node.tag, str) and 0 <= depth <= DEEPEST:
            found[depth] = _level(node, font)
    return found


def _level(node: Element, font: Callable[[Element], str | None]) -> ListLevel:
    if node.tag == TEXT + "list-level-style-image":
        return ROUND
    if node.tag == TEXT + "list-level-style-bullet":
        return ListLevel(
            bullet=_bullet((node.get(TEXT + "bullet-char") or "")[:_MAX_AFFIX], font(node))
        )
    pattern = node.get(LOEXT + "num-list-format", node.get(STYLE + "num-list-format"))
    return ListLevel(
        form=node.get(STYLE + "num-format") or "",
        prefix=(node.get(STYLE + "num-prefix") or "")[:_MAX_AFFIX],
        suffix=(node.get(STYLE + "num-suffix") or "")[:_MAX_AFFIX],
        pattern=None if pattern is None else pattern[:_MAX_AFFIX],
        shown=number(node.get(TEXT + "display-levels"), 1),
        start=number(node.get(TEXT + "start-value"), 1),
        synced=node.get(STYLE + "num-letter-sync") == "true",
    )


def _bullet(char: str, font: str | None) -> str:
    """What is drawn; symbol fonts draw other things than their codes say, unknown ones a dot."""
    if (font or "").lower().startswith(("wingdings", "symbol")):
        char = "".join(symbol(ord(c), font) for c in char)
    return _PRIVATE.sub("•", drawn_text(char, font)).strip()


def _letters(count: int, form: str) -> str:
    """Counting on after z without doubling: aa, ab, ac."""
    text = ""
    while count > 0:
        count, rest = divmod(count - 1, 26)
        text = chr(ord(form) + rest) + text
    return text


def label(levels: Levels, depth: int, counts: Mapping[int, int], shown: int = 0) -> str | None:
    """The bullet or number of an item; `shown` levels of it, or as many as the style says."""
    own = levels.get(depth)
    if own is None:
        return None
    if own.bullet is not None:
        return own.bullet or None

    def at(level: int) -> str:
        other = levels.get(level)
        return other.numeral(counts.get(level, other.start)) if other else ""

    if own.pattern is not None and not shown:
        text = _PLACE.sub(lambda m: at(int(m.group(1)) - 1), own.pattern)
    else:
        first = max(depth + 1 - (shown or own.shown), 0)
        parts = [at(n) for n in range(first, depth + 1)] if own.form else []
        text = own.prefix + ".".join(filter(None, parts)) + own.suffix
    return text.strip() or None


@dataclass(slots=True)
class OpenList:
    """A list of running text while it is read; lists that continue each other share `counts`."""

    style: str | None
    levels: Levels
    counts: dict[int, int] = field(default_factory=dict)

    def mark(self, depth: int, start: int | None = None) -> str | None:
        """Count one more item and give its bullet or number; `start` begins anew."""
        own = self.levels.get(depth)
        for above in range(depth):
            # Items of a level that has none of its own yet count as under a first one.
            level = self.levels.get(above)
            self.counts.setdefault(above, level.start if level else 1)
        first = own.start if own else 1
        self.counts[depth] = self.counts.get(depth, first - 1) + 1 if start is None else start
        self.forget(depth + 1)
        return label(self.levels, depth, self.counts)

    def forget(self, depth: int) -> None:
        """Deeper levels begin anew."""
        for deeper in [n for n in self.counts if n >= depth]:
            del self.counts[deeper]


class TextNumbering:
    """Which list goes on with which in running text, in the order of the document."""

    def __init__(self, levels: Callable[[str | None], Levels | None], outline: Levels) -> None:
        self._levels = levels
        self._named: dict[str, dict[int, int]] = {}
        self._last: OpenList | None = None
        self.headings = OpenList(None, outline)

    def open(self, node: Element) -> OpenList:
        """A list that stands in no other: new, or one that goes on with an earlier one."""
        style = node.get(TEXT + "style-name")
        earlier = self._named.get(node.get(TEXT + "continue-list") or "")
        last = self._last
        if earlier is None and last is not None and last.style == style and _continues(node):
            earlier = last.counts
        return self._opened(node, style, {} if earlier is None else earlier)

    def numbered(self, node: Element) -> OpenList:
        """The list of a `text:numbered-paragraph`, which has a name instead of a place."""
        style = node.get(TEXT + "style-name")
        name = node.get(TEXT + "list-id") or ""
        return OpenList(style, self._of(style), self._named.setdefault(name, {}))

    def inside(self, node: Element, outer: OpenList, depth: int) -> OpenList:
        """A list in an item of another; the second one of an item begins anew."""
        style = node.get(TEXT + "style-name")
        second = next(node.itersiblings(node.tag, preceding=True), None) is not None
        if second and not _continues(node):
            outer.forget(depth)
        return outer if style is None else OpenList(style, self._of(style), outer.counts)

    def item(self, node: Element, outer: OpenList) -> OpenList:
        """The list as an item sees it, which may have a style of its own."""
        style = node.get(TEXT + "style-override")
        return outer if style is None else OpenList(style, self._of(style), outer.counts)

    def _opened(self, node: Element, style: str | None, counts: dict[int, int]) -> OpenList:
        found = OpenList(style, self._of(style), counts)
        for name in (node.get(XML + "id"), node.get(TEXT + "id")):
            if name:
                self._named[name] = counts
        self._last = found
        return found

    def _of(self, style: str | None) -> Levels:
        known = self._levels(style)
        return dict.fromkeys(range(DEEPEST + 1), ROUND) if known is None else known


def _continues(node: Element) -> bool:
    return node.get(TEXT + "continue-numbering") == "true"


class SlideNumbering:
    """Counts the items of one text box as slides do: by their depth, whatever lists they are in.

    Text between items does not interrupt them; an item of another format does.
    """

    def __init__(self) -> None:
        self._open: dict[int, tuple[ListLevel, int]] = {}

    def mark(self, levels: Levels, depth: int, start: int | None = None) -> str | None:
        """Count one more item and give its bullet or number."""
        self.passed(depth)
        own = levels.get(depth)
        if own is None:
            return None
        before, count = self._open.get(depth, (own, own.start - 1))
        same = (before.form, before.prefix, before.suffix, before.start, before.bullet) == (
            (own.form, own.prefix, own.suffix, own.start, own.bullet)
        )
        count = count + 1 if same else own.start
        count = count if start is None else start
        self._open[depth] = (own, count)
        return label(levels, depth, {depth: count}, shown=1)

    def passed(self, depth: int) -> None:
        """A paragraph of a list without number ends what is deeper."""
        for deeper in [n for n in self._open if n > depth]:
            del self._open[deeper]
