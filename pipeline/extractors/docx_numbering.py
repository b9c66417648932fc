"""What the styles and list definitions of a DOCX say: headings, looks, printed numbers, symbols.

Rules after ECMA-376 part 1, §17.9 (numbering) and §17.7 (styles), with Word as the judge where
the text leaves room: lists that share an abstract definition go on counting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from pipeline.extractors.encoding import drawn_text, symbol

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_UNSEEN = {W + n for n in ("pPr", "rPr", "sdtPr", "sdtEndPr", "del", "moveFrom", "rt", "instrText")}
_HOLDING = {
    *(W + n for n in ("t", "tab", "br", "sym", "txbxContent", "drawing", "pict", "object")),
    *(A + n for n in ("t", "blip")),
}
_DEEPEST = 8
_MAX_CHAIN = 20
_MAX_LETTERED = 26 * 30
_HEADING = re.compile(r"heading ?([1-9])")
_LIST_STYLE = re.compile(r"list (?:bullet|number|continue)(?: ([2-5]))?")
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute of the main namespace, null where there is no element or attribute."""
    found: str | None = element.get(W + name) if element is not None else None
    return found


def child(element: Element | None, *path: str) -> Element | None:
    """The element at a path of names of the main namespace, null where there is none."""
    for name in path:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def number(text: str | None, default: int = 0) -> int:
    """A whole number; the default for anything else and for what no document counts to."""
    text = (text or "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else default


def switched(element: Element | None) -> bool | None:
    """A property that is on, off or (null) not spoken of, such as `w:b`."""
    if element is None:
        return None
    return value(element) not in {"0", "false", "off", "none"}


def chosen(parent: Element) -> Iterator[Element]:
    """The children that Word shows; of alternatives the first that holds anything."""
    for node in parent:
        if node.tag == _MC + "AlternateContent":
            branches = [e for e in node if e.tag in {_MC + "Choice", _MC + "Fallback"}]
            full = [e for e in branches if next(e.iter(*_HOLDING), None) is not None]
            yield from chosen(full[0]) if full else ()
        elif node.tag == W + "sdt" and child(node, "sdtPr", "showingPlcHdr") is not None:
            continue
        elif node.tag not in _UNSEEN:
            yield node


def outermost(parent: Element, tags: set[str]) -> Iterator[Element]:
    """Nearest shown descendants with one of the tags; not those inside of them."""
    for node in chosen(parent):
        if node.tag in tags:
            yield node
        else:
            yield from outermost(node, tags)


@dataclass(frozen=True, slots=True)
class Look:
    """How characters look; null where nothing is said."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    size: float | None = None
    font: str | None = None

    def over(self, base: Look) -> Look:
        """The same look, with `base` where it says nothing."""
        return Look(
            self.bold if self.bold is not None else base.bold,
            self.italic if self.italic is not None else base.italic,
            self.hidden if self.hidden is not None else base.hidden,
            self.size or base.size,
            self.font or base.font,
        )


def look_of(properties: Element | None) -> Look:
    """The look that a `w:rPr` declares."""
    if properties is None:
        return Look()
    fonts = child(properties, "rFonts")
    halves = number(value(child(properties, "sz")))
    return Look(
        bold=switched(child(properties, "b")),
        italic=switched(child(properties, "i")),
        hidden=switched(child(properties, "vanish")),
        size=halves / 2 if halves > 0 else None,
        font=value(fonts, "ascii") or value(fonts, "hAnsi"),
    )


class Styles:
    """The style sheet; unknown style ids are taken for names, as hand-made files have them."""

    def __init__(self, root: Element | None) -> None:
        found = root.findall(W + "style") if root is not None else []
        self._styles = {value(style, "styleId") or "": style for style in reversed(found)}
        self._default = next(
            (
                value(style, "styleId")
                for style in found
                if value(style, "type") == "paragraph" and value(style, "default") in {"1", "true"}
            ),
            None,
        )
        self._base = look_of(child(root, "docDefaults", "rPrDefault", "rPr"))
        self.look = cache(self._look)
        self.paragraph_look = cache(self._paragraph_look)
        self._style_heading = cache(self._heading)

    def chain(self, style_id: str | None) -> Iterator[tuple[str, Element]]:
        """The style and those that it is based on, nearest first, with their ids."""
        for _ in range(_MAX_CHAIN):
            style = self._styles.get(style_id or "")
            if style is None or style_id is None:
                return
            yield style_id, style
            style_id = value(child(style, "basedOn"))

    def name(self, style_id: str | None) -> str | None:
        """The name of a paragraph's style as the user sees it."""
        style_id = style_id or self._default
        return value(child(self._styles.get(style_id or ""), "name")) or style_id

    def _look(self, style_id: str | None) -> Look:
        look = Look()
        for _, style in self.chain(style_id):
            look = look.over(look_of(child(style, "rPr")))
        return look

    def _paragraph_look(self, style_id: str | None) -> Look:
        """What a paragraph style gives its characters, the document's defaults below it."""
        return self.look(style_id or self._default).over(self._base)

    def heading(self, properties: Element | None) -> int | None:
        """Declared depth of a paragraph, by its style, else by its own outline level."""
        depth = self._style_heading(value(child(properties, "pStyle")))
        return _outline(properties) if depth is None else depth

    def _heading(self, style_id: str | None) -> int | None:
        """Declared depth: Title 0, Heading 1 to 9, own styles by their outline level or base."""
        rows: list[tuple[str, Element | None]] = [*self.chain(style_id)]
        for own_id, style in rows or [(style_id or "", None)]:
            name = (value(child(style, "name")) or own_id).lower()
            if name == "subtitle":
                return None
            if name == "title":
                return 0
            if match := _HEADING.fullmatch(name):
                return int(match.group(1))
            if (depth := _outline(child(style, "pPr"))) is not None:
                return depth
        return None

    def list_depth(self, style_id: str | None) -> int:
        """Nesting that the name of a built-in style tells: List Bullet 2 -> 1."""
        for own_id, style in self.chain(style_id):
            name = (value(child(style, "name")) or own_id).lower()
            if match := _LIST_STYLE.fullmatch(name):
                return int(match.group(1) or 1) - 1
        return 0

    def numbering(self, style_id: str | None) -> tuple[str | None, int | None, str]:
        """Number id and level that a style brings, and the id of the style that says so."""
        level: int | None = None
        for own_id, style in self.chain(style_id or self._default):
            properties = child(style, "pPr", "numPr")
            if level is None and child(properties, "ilvl") is not None:
                level = number(value(child(properties, "ilvl")))
            if num_id := value(child(properties, "numId")):
                return num_id, level, own_id
        return None, None, ""


def _outline(properties: Element | None) -> int | None:
    """Outline levels count from 0; 9 is running text."""
    outline = number(value(child(properties, "outlineLvl")), 9)
    return outline + 1 if 0 <= outline < 9 else None


@dataclass(frozen=True, slots=True)
class _Level:
    kind: str
    text: str
    start: int
    restart: int | None
    legal: bool
    font: str | None
    style: str | None
    picture: bool

    @classmethod
    def of(cls, element: Element) -> _Level:
        # A number format of Word 2010 stands in an AlternateContent, its plain form comes last.
        kinds = [value(e) or "" for e in element.iter(W + "numFmt")]
        restart = value(child(element, "lvlRestart"))
        return cls(
            kind=kinds[-1] if kinds else "decimal",
            text=value(child(element, "lvlText")) or "",
            start=number(value(child(element, "start")), 1 if restart is None else 0),
            restart=None if restart is None else number(restart),
            legal=bool(switched(child(element, "isLgl"))),
            font=look_of(child(element, "rPr")).font,
            style=value(child(element, "pStyle")),
            picture=child(element, "lvlPicBulletId") is not None,
        )


@dataclass(slots=True)
class _List:
    """A `w:num`: the abstract list it belongs to, its levels, its own starts."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts list paragraphs in the order of the document and tells what Word prints."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._nums: dict[str, Element] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._list = cache(self._read_list)
        if root is not None:
            self._abstract = {
                value(e, "abstractNumId") or "": e for e in root.iter(W + "abstractNum")
            }
            self._nums = {value(e, "numId") or "": e for e in root.findall(W + "num")}

    def place(self, properties: Element | None) -> tuple[str, int] | None:
        """Number id and level of a paragraph, by its own `w:pPr` or its style; null if none."""
        style_id = value(child(properties, "pStyle"))
        own = child(properties, "numPr")
        num_id = value(child(own, "numId"))
        level = value(child(own, "ilvl"))
        if num_id is not None:
            return self._checked(num_id, number(level))
        num_id, style_level, said_by = self._styles.numbering(style_id)
        if num_id is None:
            return None
        if level is None and style_level is None:
            level = str(self._linked_level(num_id, said_by))
        return self._checked(num_id, number(level) if level else style_level or 0)

    def _checked(self, num_id: str, level: int) -> tuple[str, int] | None:
        return (num_id, min(max(level, 0), _DEEPEST)) if self._list(num_id).levels else None

    def _linked_level(self, num_id: str, style_id: str) -> int:
        levels = self._list(num_id).levels
        return next((n for n, level in levels.items() if level.style == style_id), 0)

    def mark(self, num_id: str, level: int) -> str | None:
        """Count one more paragraph of a list and give its bullet or number; null if it has none."""
        rows = self._list(num_id)
        definition = rows.levels.get(level)
        if definition is None:
            return None
        self._count(num_id, level, rows)
        if definition.kind == "bullet":
            return _bullet(definition)
        counts = self._counts[rows.abstract]

        def shown(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = rows.levels.get(at, definition)
            kind = "decimal" if definition.legal else other.kind
            return numeral(counts.get(at, rows.starts.get(at, other.start)), kind)

        return _PLACE.sub(shown, definition.text).strip() or None

    def _count(self, num_id: str, level: int, rows: _List) -> None:
        counts = self._counts.setdefault(rows.abstract, {})
        start = rows.starts.get(level, rows.levels[level].start)
        fresh = level in rows.starts and (num_id, level) not in self._begun
        counts[level] = start if fresh else counts.get(level, start - 1) + 1
        self._begun.add((num_id, level))
        for deeper in [n for n in counts if n > level]:
            definition = rows.levels.get(deeper)
            restart = definition.restart if definition else None
            if restart is None or level < restart:
                del counts[deeper]

    def _read_list(self, num_id: str) -> _List:
        num = self._nums.get(num_id)
        if num is None or num_id == "0":
            return _List("", {})
        abstract_id = self._resolved(value(child(num, "abstractNumId")) or "")
        found = _List(abstract_id, _levels(self._abstract.get(abstract_id)))
        for override in num.findall(W + "lvlOverride"):
            at = number(value(override, "ilvl"))
            found.levels.update(_levels(override))
            start = value(child(override, "startOverride"))
            if start is not None:
                found.starts[at] = number(start, 1)
        return found

    def _resolved(self, abstract_id: str) -> str:
        """A definition may only point to a list style, whose own definition has the levels."""
        style_id = value(child(self._abstract.get(abstract_id), "numStyleLink"))
        if style_id is None:
            return abstract_id
        num_id, _, _ = self._styles.numbering(style_id)
        return value(child(self._nums.get(num_id or ""), "abstractNumId")) or abstract_id


def _levels(parent: Element | None) -> dict[int, _Level]:
    found = parent.findall(W + "lvl") if parent is not None else []
    return {number(value(e, "ilvl")): _Level.of(e) for e in found}


def _bullet(level: _Level) -> str | None:
    if level.picture:
        return "•"
    font = level.font or ""
    if font.lower().startswith(("wingdings", "symbol")):
        text = "".join(symbol(ord(char), font) for char in level.text)
    else:
        text = drawn_text(level.text, level.font)
    return re.sub("[\uf020-\uf0ff]", "•", text).strip() or None


def numeral(count: int, kind: str) -> str:
    """A count as a list or a note prints it: 4 -> «4», «d» or «IV»."""
    if kind == "none":
        return ""
    if kind == "decimalZero":
        return f"{count:02d}"
    if kind.endswith("Letter") and 0 < count <= _MAX_LETTERED:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if kind.startswith("upper") else letter
    if kind.endswith("Roman") and 0 < count < 4000:
        return _roman(count).upper() if kind.startswith("upper") else _roman(count)
    return str(count)


def _roman(count: int) -> str:
    digits = ""
    for worth, letters in _ROMAN:
        times, count = divmod(count, worth)
        digits += letters * times
    return digits
