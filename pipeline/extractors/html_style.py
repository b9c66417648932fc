"""What a page's own style says: bold, italic, size, hidden. Outside style sheets are not fetched.

Of a style sheet only rules for an element, a class or an id are followed, as the exports of
Google Docs, Word and Notion write them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.extractors.html_source import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Declarations = dict[str, str]
"""Property -> value, both in lower case: `{"font-weight": "bold"}`."""

USUAL = 12.0
"""Points: what a browser prints text in that says no size."""

_SIMPLE = re.compile(r"([a-z][\w:\\-]*)?(?:([.#])([\w-]+))?", re.IGNORECASE)
_DEEPEST = 3
"""Of blocks in blocks, such as `@media` in `@supports`."""

_NAMED = re.compile(r"[.#]?[\w-]+")
_COUNTER = re.compile(r"^\.?([\w-]*lst-kix[\w-]+)\s*>\s*li:+before$", re.IGNORECASE)
_LENGTH = re.compile(r"(\d*\.?\d+)(pt|px|em|rem|%|in|cm|mm|ex|pc)?")
_POINTS = {"pt": 1.0, "px": 0.75, "in": 72.0, "cm": 28.35, "mm": 2.835, "pc": 12.0}
_WORDED = {
    "xx-small": 6.75, "x-small": 7.5, "small": 9.75, "medium": 12.0, "large": 13.5,
    "x-large": 18.0, "xx-large": 24.0,
}  # fmt: skip
_FONT_SIZES = (7.5, 7.5, 9.75, 12.0, 13.5, 18.0, 24.0, 36.0)
"""What `<font size=1>` … `<font size=7>` print."""

_BOLD = {"b", "strong"}
_ITALIC = {"i", "em", "cite", "dfn", "var", "address"}
_VERBATIM = {"pre", "listing", "xmp", "plaintext", "textarea"}


@dataclass(frozen=True, slots=True)
class Look:
    """How characters are drawn; `size` in points, `verbatim` where white space counts."""

    bold: bool = False
    italic: bool = False
    size: float | None = None
    verbatim: bool = False
    font: str = ""

    def inside(self, node: Element, said: Declarations) -> Look:
        """The look of what an element holds."""
        tag = node.tag
        look = self
        if tag in _BOLD or tag in _ITALIC or tag in _VERBATIM:
            look = replace(
                look,
                bold=look.bold or tag in _BOLD,
                italic=look.italic or tag in _ITALIC,
                verbatim=look.verbatim or tag in _VERBATIM,
            )
        if tag in {"font", "big", "small"}:
            look = _of_font(node, look)
        return _styled(look, said) if said else look


def _of_font(node: Element, look: Look) -> Look:
    if node.tag != "font":
        return replace(look, size=(look.size or USUAL) * (1.2 if node.tag == "big" else 0.83))
    stated = re.fullmatch(r"([+-]?)(\d)", (node.get("size") or "").strip())
    size = look.size
    if stated:
        step = int(stated.group(2))
        step = step if not stated.group(1) else 3 + (step if stated.group(1) == "+" else -step)
        size = _FONT_SIZES[min(max(step, 1), 7)]
    return replace(look, size=size, font=(node.get("face") or look.font).lower())


def _styled(look: Look, said: Declarations) -> Look:
    weight, slant, space = (said.get(k) for k in ("font-weight", "font-style", "white-space"))
    if weight:
        bold = weight in {"bold", "bolder"} or (weight.isdigit() and int(weight) >= 600)
        look = replace(look, bold=bold if weight != "inherit" else look.bold)
    if slant:
        look = replace(look, italic=slant.startswith(("italic", "oblique")))
    if space:
        look = replace(look, verbatim=space.startswith("pre") or space == "break-spaces")
    if "font-family" in said:
        look = replace(look, font=said["font-family"].strip("\"' "))
    size = said.get("font-size")
    return replace(look, size=_points(size, look.size)) if size else look


def _points(value: str, around: float | None) -> float | None:
    """A font size in points; `around` is that of the text that the element stands in."""
    if value in _WORDED:
        return _WORDED[value]
    found = _LENGTH.match(value)
    if not found:
        return around
    number, unit = float(found.group(1)), found.group(2)
    if unit in {"em", "%", "ex"}:
        return round((around or USUAL) * (number / 100 if unit == "%" else number), 2)
    return round(number * (USUAL if unit == "rem" else _POINTS.get(unit or "px", 1.0)), 2)


def is_hidden(said: Declarations) -> bool:
    """Whether nothing of an element is drawn."""
    if said.get("display") == "none" or said.get("visibility") in {"hidden", "collapse"}:
        return True
    flat = any(_is_zero(said.get(key)) for key in ("height", "max-height", "width", "max-width"))
    clipped = re.match(r"rect\((?:0|1px)", said.get("clip", "")) or "inset(" in said.get(
        "clip-path", ""
    )
    return bool(clipped) or (flat and said.get("overflow") == "hidden")


def _is_zero(value: str | None) -> bool:
    return value is not None and re.fullmatch(r"0+(?:\.0+)?(?:[a-z]+|%)?", value) is not None


def declared(style: str | None) -> Declarations:
    """The declarations of a `style` attribute, or of the inside of a rule."""
    if not style:
        return {}
    pairs = (part.partition(":") for part in style.split(";"))
    return {
        name.strip().lower(): value.replace("!important", "").strip().lower()
        for name, colon, value in pairs
        if colon
    }


class Sheet:
    """The style sheets inside a page."""

    def __init__(self, root: Element) -> None:
        self._rules: dict[str, Declarations] = {}
        self._shown: set[str] = set()
        self.counters: dict[str, str] = {}
        """Class of a Google Docs list -> what its items are numbered with (`content`)."""
        for node in root.iter("style"):
            if "print" not in (node.get("media") or ""):
                for selectors, body, sometimes in _rules(text_of(node)):
                    self._add(selectors, body, sometimes)

    def _add(self, selectors: str, body: str, sometimes: bool) -> None:
        said: Declarations | None = None
        for selector in selectors.split(","):
            selector = selector.strip()
            simple = _SIMPLE.fullmatch(selector)
            counter = _COUNTER.match(selector)
            if counter:
                self.counters[counter.group(1)] = body
                continue
            said = declared(body) if said is None else said
            if simple and not sometimes:
                self._rules.setdefault(selector.lower(), {}).update(said)
            elif said.get("display", "none") != "none":
                # «.tab {display: none} .tab.active {display: block}», «@media (min-width: 60em)
                # {.tab {display: block}}»: not to be told apart here.
                self._shown.update(name.lower() for name in _NAMED.findall(selector))

    def of(self, node: Element) -> Declarations:
        """All that is said of an element: by its name, its classes, its id, its own style."""
        tag = node.tag
        said = dict(self._rules.get(tag, ())) if self._rules else {}
        if self._rules:
            for key in _keys(node):
                rule = self._rules.get(key) or {}
                if rule.get("display") == "none" and key in self._shown:
                    rule = {k: v for k, v in rule.items() if k != "display"}
                said |= rule
                said |= self._rules.get(f"{tag}{key}", {})
        return said | declared(node.get("style"))


def _keys(node: Element) -> Iterator[str]:
    for name in (node.get("class") or "").lower().split():
        yield f".{name}"
    if node.get("id"):
        yield f"#{(node.get('id') or '').lower()}"


def _rules(css: str, depth: int = 0) -> Iterator[tuple[str, str, bool]]:
    """Selectors and bodies of the rules, and whether they hold only for some screens."""
    if depth == 0:
        css = re.sub(r"/\*.*?\*/|<!--|-->", " ", css, flags=re.DOTALL)
    nested = start = 0
    selectors = ""
    for brace in re.finditer(r"[{}]", css):
        nested = max(nested + (1 if brace.group() == "{" else -1), 0)
        if brace.group() == "{" and nested == 1:
            # «@import url(a.css); p» is a rule for p.
            selectors = css[start : brace.start()].rpartition(";")[2].strip()
            start = brace.end()
        elif brace.group() == "}" and nested == 0:
            body = css[start : brace.start()]
            start = brace.end()
            if not selectors.startswith("@"):
                yield selectors, body, depth > 0
            elif depth < _DEEPEST and "{" in body:
                yield from _rules(body, depth + 1)
