"""Bullets and numbers of HTML lists, as a browser draws them; Word's and Google Docs' own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extractors.docx_numbering import numeral
from pipeline.extractors.encoding import symbol
from pipeline.extractors.html_source import text_of
from pipeline.extractors.html_style import Declarations

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BULLETS = ("•", "◦", "▪")
"""By depth; deeper lists keep the last."""

_DRAWN = {"disc": "•", "circle": "◦", "square": "▪"}
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman",
          "I": "upper-roman"}  # fmt: skip
_NUMBERED = {
    "decimal": "decimal", "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "lower-roman": "lowerRoman",
    "upper-alpha": "upperLetter", "upper-latin": "upperLetter", "upper-roman": "upperRoman",
}  # fmt: skip
_KIX = re.compile(r"(lst-kix_\w+-(\d))")
_CONTENT = re.compile(r'"((?:[^"\\]|\\.)*)"|counter\([\w-]+(?:,\s*([\w-]+))?\)')
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6}) ?|\\(.)")
_WORD_LEVEL = re.compile(r"\blevel(\d)")
_CHECKED = {"checkbox-on": "☑", "checkbox-off": "☐"}
_LARGEST = 10**9
_DEEPEST = 8


@dataclass(slots=True)
class OpenList:
    """A list that is being read: its depth from 0, and the number of its next item."""

    depth: int
    ordered: bool
    kind: str | None
    number: int = 1
    step: int = 1
    content: str | None = None
    """How Google Docs draws the items."""
    tasks: bool = False

    def marker(self, item: Element, said: Declarations) -> str | None:
        """What is drawn before an item, null for nothing; the item is counted."""
        if self.tasks and _tells_task(item):
            return "☑" if "checked" in _classes(item) else "☐"
        self.number = _integer(item.get("value"), self.number)
        number, self.number = self.number, self.number + self.step
        if self.content:
            return _content(self.content, number) or None
        kind = _list_style(said) or _TYPES.get(item.get("type") or "") or self.kind
        if kind == "none":
            return None
        if kind and kind[0] in "\"'":
            return _unescaped(kind.strip("\"'")).strip() or None
        if kind in _DRAWN or not (self.ordered or kind in _NUMBERED):
            return _DRAWN.get(kind or "") or _BULLETS[min(self.depth, 2)]
        return f"{numeral(number, _NUMBERED.get(kind or '', 'decimal'))}."


def opened(node: Element, said: Declarations, depth: int, counters: dict[str, str]) -> OpenList:
    """The list that an `ul`, `ol`, `menu` or `dir` begins, inside `depth` other ones.

    Google Docs writes every level as a list of its own and its depth in the class.
    """
    kix = _KIX.search(node.get("class") or "")
    ordered = node.tag == "ol"
    items = len(node) if node.get("reversed") is not None else 1
    return OpenList(
        depth=min(int(kix.group(2)) if kix else depth, _DEEPEST),
        ordered=ordered,
        kind=None if kix else _list_style(said) or _TYPES.get(node.get("type") or "")
        or (node.get("type") or "").lower() or None,
        number=_integer(node.get("start"), items),
        step=-1 if node.get("reversed") is not None else 1,
        content=counters.get(kix.group(1)) if kix else None,
        tasks="task-list" in (node.get("class") or ""),
    )  # fmt: skip


def word_level(said: Declarations) -> int | None:
    """The depth from 0 of a list paragraph that Word saved, null for another paragraph.

    Word writes `mso-list:l0 level2 lfo1` and types the bullet as text of its own, which stands
    in an element with `mso-list:Ignore`.
    """
    found = _WORD_LEVEL.search(said.get("mso-list", ""))
    return min(max(int(found.group(1)) - 1, 0), _DEEPEST) if found else None


def typed_marker(node: Element, font: str) -> str | None:
    """The bullet that Word typed for those who know no lists, as its symbol font draws it."""
    text = text_of(node).strip(" \t\r\n\xa0")
    if font.startswith(("symbol", "wingdings")):
        text = "".join(symbol(ord(char), font) for char in text)
    return text.strip() or None


def drawn_check(node: Element) -> str | None:
    """The sign of a check box: an `input`, or an empty element that Notion draws as one."""
    kind = (node.get("type") or "").lower()
    on = node.get("checked") is not None
    if (
        node.tag == "input"
        and node.get("role") in {None, "checkbox", "radio"}
        and (kind in {"checkbox", "radio"})
    ):
        return ("☑" if on else "☐") if kind == "checkbox" else ("◉" if on else "○")
    if node.get("role") == "checkbox":
        return "☑" if node.get("aria-checked") == "true" else "☐"
    return next((_CHECKED[name] for name in _classes(node) if name in _CHECKED), None)


def _tells_task(item: Element) -> bool:
    """Confluence draws a box at each item that has a task's number."""
    return item.get("data-inline-task-id") is not None


def _classes(node: Element) -> list[str]:
    return (node.get("class") or "").split()


def _list_style(said: Declarations) -> str | None:
    stated = said.get("list-style-type")
    if stated is None and "list-style" in said:
        known = {*_DRAWN, *_NUMBERED, "none"}
        words = said["list-style"].split()
        stated = next((word for word in words if word in known), None)
    return None if stated in {"inherit", "initial", "unset", ""} else stated


def _integer(value: str | None, default: int) -> int:
    found = re.match(r"\s*([+-]?\d{1,10})", value or "")
    return min(max(int(found.group(1)), -_LARGEST), _LARGEST) if found else default


def _content(rule: str, number: int) -> str:
    """What `content: "" counter(x, lower-latin) ". "` prints."""
    out = ""
    for found in _CONTENT.finditer(rule):
        if found.group(1) is not None:
            out += _unescaped(found.group(1))
        else:
            out += numeral(number, _NUMBERED.get(found.group(2) or "", "decimal"))
    return out.strip()


def _unescaped(text: str) -> str:
    def char(found: re.Match[str]) -> str:
        code = int(found.group(1), 16) if found.group(1) else 0
        return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else (
            found.group(2) or ""
        )  # fmt: skip

    return _ESCAPE.sub(char, text)
