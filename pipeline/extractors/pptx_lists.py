"""Bullets and automatic numbers of PPTX paragraphs as PowerPoint draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extractors.docx_numbering import numeral
from pipeline.extractors.drawingml import A, whole_number
from pipeline.extractors.encoding import drawn_text, symbol
from pipeline.extractors.pptx_styles import Level

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_KINDS = {
    "alphaLc": "lowerLetter", "alphaUc": "upperLetter",
    "romanLc": "lowerRoman", "romanUc": "upperRoman",
}  # fmt: skip
_SYMBOL_FONTS = ("wingdings", "symbol", "webdings")
_ROUND = "•"
_LAST_CIRCLED = 20


class Numbering:
    """Counts the numbered paragraphs of one text box."""

    def __init__(self) -> None:
        self._counts: dict[int, tuple[tuple[str, int], int]] = {}

    def marker(self, depth: int, look: Level) -> str | None:
        """The bullet or number before the next paragraph, null where it is in no list.

        A number of another form, a bullet or a plain paragraph begins the count anew; deeper
        paragraphs do not.
        """
        self._end(depth + 1)
        node = look.bullet
        if node is None or node.tag != A + "buAutoNum":
            self._end(depth)
            return None if node is None else bullet(node, look.font)
        kind = node.get("type", "arabicPeriod")
        start = max(whole_number(node.get("startAt"), 1), 1)
        form, count = self._counts.get(depth, ((kind, start), start - 1))
        count = count + 1 if form == (kind, start) else start
        self._counts[depth] = (kind, start), count
        return _number(count, kind)

    def skip(self, depth: int, look: Level) -> None:
        """Pass over an empty paragraph: it has no number, and may end the list."""
        if look.bullet is None or look.bullet.tag != A + "buAutoNum":
            self._end(depth)

    def _end(self, depth: int) -> None:
        for deeper in [n for n in self._counts if n >= depth]:
            del self._counts[deeper]


def bullet(node: Element, font: str | None) -> str | None:
    """The sign that a bullet element draws in a font; «» where it is white space."""
    if node.tag == A + "buNone":
        return None
    sign = (node.get("char") or _ROUND) if node.tag == A + "buChar" else _ROUND
    if (font or "").lower().startswith(_SYMBOL_FONTS):
        drawn = "".join(symbol(ord(char), font) for char in sign)
        # What no table knows is a bullet of some shape, not the letter behind it.
        drawn = _ROUND if drawn.isalnum() else drawn
    else:
        drawn = drawn_text(sign, font)
    return _ROUND if any("\uf000" <= c <= "\uf0ff" for c in drawn) else drawn.strip()


def _number(count: int, kind: str) -> str:
    if kind.startswith("circleNum") and count <= _LAST_CIRCLED:
        return chr(0x2460 + count - 1)
    form = next((form for name, form in _KINDS.items() if kind.startswith(name)), "decimal")
    text = numeral(count, form)
    if kind.endswith("ParenBoth"):
        return f"({text})"
    return f"{text})" if kind.endswith("ParenR") else f"{text}." if "Period" in kind else text
