"""What the styles of an OpenDocument file say: looks, headings, list definitions, fills.

A style inherits from its parents and those from the default of its family (ODF 1.3 part 3, §16).
Automatic styles belong to one part: `content.xml` and `styles.xml` may both have a «P1».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from pipeline.extractors.docx_numbering import Look
from pipeline.extractors.odf_lists import ListLevel, list_levels
from pipeline.extractors.odf_package import (
    DRAW,
    FO,
    PRESENTATION,
    STYLE,
    SVG,
    TEXT,
    Package,
    number,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MAX_CHAIN = 20
_DEEPEST_HEADING = 9
_LISTED = re.compile(
    r"(?:List|Numbering)(?: Bullet| Number| Continue)? ([2-5])(?: Start| End| Cont\.)?"
)
_ENCODED = re.compile("_([0-9a-f]{2,4})_")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "px": 0.75}
_LENGTH = re.compile(r"\s*(-?(?:[0-9]{1,9}(?:\.[0-9]{0,18})?|\.[0-9]{1,18}))\s*([a-z]{2}|%)?\s*")


def length(text: str | None) -> float | None:
    """A length in points: «2.54cm» -> 72.0; null for anything else."""
    match = _LENGTH.fullmatch(text or "")
    scale = _POINTS.get(match.group(2) or "") if match else None
    return float(match.group(1)) * scale if match and scale else None


class Styles:
    """The styles as one part of a file sees them: its own automatic ones and the common ones."""

    def __init__(self, package: Package, root: Element | None) -> None:
        common = package.styles_at(package.styles, "styles")
        own = package.styles_at(root, "automatic-styles")
        self._styles = {_key(e): e for e in own + common if e.tag == STYLE + "style"}
        self._styles.update({_key(e): e for e in own if e.tag == STYLE + "style"})
        self._common = {_key(e) for e in common} - {_key(e) for e in own}
        self._defaults = {
            e.get(STYLE + "family", ""): e for e in common if e.tag == STYLE + "default-style"
        }
        self._lists = {
            e.get(STYLE + "name", ""): e for e in common + own if e.tag == TEXT + "list-style"
        }
        self._fonts = _fonts(package)
        self.look = cache(self._look)
        self.attribute = cache(self._attribute)
        self.levels = cache(self._levels)
        self.frame_levels = cache(self._frame_levels)
        self.title_or_heading = cache(self._title_or_heading)
        self.outline = self._outline(common)

    def chain(self, family: str, name: str | None) -> Iterator[Element]:
        """The style and those that it inherits from, nearest first."""
        for _ in range(_MAX_CHAIN):
            style = self._styles.get((family, name or ""))
            if style is None:
                return
            yield style
            name = style.get(STYLE + "parent-style-name")

    def said(self, family: str, name: str | None, kind: str, attribute: str) -> str | None:
        """The nearest value of an attribute in properties such as `graphic-properties`."""
        default = self._defaults.get(family)
        for style in [*self.chain(family, name), *([] if default is None else [default])]:
            properties = style.find(STYLE + kind)
            if properties is not None and properties.get(attribute) is not None:
                return properties.get(attribute)
        return None

    def _attribute(self, family: str, name: str | None, attribute: str) -> str | None:
        """The nearest value of an attribute of the styles themselves; «» is an answer too."""
        found = (style.get(attribute) for style in self.chain(family, name))
        return next((value for value in found if value is not None), None)

    def name(self, family: str, name: str | None) -> str | None:
        """The name of a style as the user sees it; that of its parent for a nameless one."""
        for style in self.chain(family, name):
            if _key(style) in self._common:
                return _plain_name(style)
        return None

    def default_look(self, family: str) -> Look:
        """What characters look like where no style says otherwise."""
        default = self._defaults.get(family)
        return Look() if default is None else self._own_look(default, Look())

    def _look(self, family: str, name: str | None, base: Look) -> Look:
        """The look of a style over that of what surrounds it; sizes in per cent are of that."""
        for style in reversed(list(self.chain(family, name))):
            base = self._own_look(style, base)
        return base

    def level_look(self, family: str, name: str | None, depth: int, base: Look) -> Look:
        """The look of a frame's text; outlines have a style of their own for each level.

        A master page calls them «… outline1» to «… outline9»; frames inherit from the first.
        """
        chain = list(self.chain(family, name))
        for n, style in enumerate(chain):
            plain = style.get(STYLE + "name", "")
            deeper = f"{plain[:-1]}{depth + 1}"
            if plain.endswith("outline1") and (family, deeper) in self._styles:
                look = self.look(family, deeper, base)
                for own in reversed(chain[:n]):
                    look = self._own_look(own, look)
                return look
        return self.look(family, name, base)

    def fill(self, family: str, name: str | None) -> str | None:
        """The colour that a shape is filled with, such as «FFF1A6»; null for any other filling."""
        if self.said(family, name, "graphic-properties", DRAW + "fill") != "solid":
            return None
        color = self.said(family, name, "graphic-properties", DRAW + "fill-color") or ""
        return color.removeprefix("#").upper() or None

    def _own_look(self, style: Element, base: Look) -> Look:
        properties = style.find(STYLE + "text-properties")
        if properties is None:
            return base
        shown = properties.get(TEXT + "display")
        look = Look(
            bold=_bold(properties.get(FO + "font-weight")),
            italic=_italic(properties.get(FO + "font-style")),
            hidden=None if shown is None else shown == "none",
            size=_size(properties.get(FO + "font-size"), base.size),
            font=self.font(properties),
        )
        return look.over(base)

    def font(self, properties: Element) -> str | None:
        """The font family that text properties name, directly or by a declared font."""
        family = properties.get(FO + "font-family")
        declared = properties.get(STYLE + "font-name")
        name = family or self._fonts.get(declared or "") or declared
        return name.strip("'\" ") if name else None

    def _title_or_heading(self, name: str | None) -> int | None:
        """The declared depth of a paragraph style: Title 0, else its outline level."""
        for style in self.chain("paragraph", name):
            plain = style.get(STYLE + "name") or ""
            if plain == "Subtitle":
                return None
            if plain == "Title":
                return 0
            level = style.get(STYLE + "default-outline-level")
            if level is not None:
                return min(number(level), _DEEPEST_HEADING) or None
        return None

    def list_depth(self, name: str | None) -> int:
        """Nesting that the name of a built-in style tells: «List Bullet 2» -> 1."""
        for style in self.chain("paragraph", name):
            if match := _LISTED.fullmatch(_plain_name(style)):
                return int(match.group(1)) - 1
        return 0

    def _levels(self, name: str | None) -> dict[int, ListLevel] | None:
        """The levels of a list style by their depth from 0; null for an unknown one."""
        found = self._lists.get(name or "")
        return None if found is None else list_levels(found, self._font_of_label)

    def _font_of_label(self, level: Element) -> str | None:
        properties = level.find(STYLE + "text-properties")
        own = self.font(properties) if properties is not None else None
        return own or self.look("text", level.get(TEXT + "style-name"), Look()).font

    def _frame_levels(self, family: str, name: str | None) -> dict[int, ListLevel] | None:
        """The list style that a frame's style names or holds, for lists that name none."""
        for style in self.chain(family, name):
            named = self.levels(style.get(STYLE + "list-style-name"))
            if named is not None:
                return named
            inside = next(style.iter(TEXT + "list-style"), None)
            if inside is not None:
                return list_levels(inside, self._font_of_label)
        return None

    def _outline(self, common: Iterable[Element]) -> dict[int, ListLevel]:
        """The numbering of headings."""
        found = next((e for e in common if e.tag == TEXT + "outline-style"), None)
        return {} if found is None else list_levels(found, self._font_of_label)

    def hidden_page(self, name: str | None) -> bool:
        """Whether a slide is left out of the show."""
        said = self.said("drawing-page", name, "drawing-page-properties", _VISIBILITY)
        return said == "hidden"


_VISIBILITY = PRESENTATION + "visibility"


def _key(style: Element) -> tuple[str, str]:
    return style.get(STYLE + "family", ""), style.get(STYLE + "name", "")


def _plain_name(style: Element) -> str:
    """The name that is shown; without one the internal name, where «_20_» is a space."""
    plain = _ENCODED.sub(lambda m: chr(int(m.group(1), 16)), style.get(STYLE + "name", ""))
    return style.get(STYLE + "display-name") or plain


def _fonts(package: Package) -> dict[str, str]:
    parts = [e for e in (package.styles, package.content) if e is not None]
    faces = [face for part in parts for face in part.iter(STYLE + "font-face")]
    return {
        face.get(STYLE + "name", ""): face.get(SVG + "font-family", "").strip("'\" ")
        for face in faces
    }


def _bold(weight: str | None) -> bool | None:
    if weight is None:
        return None
    return weight == "bold" or number(weight) >= 600


def _italic(style: str | None) -> bool | None:
    return None if style is None else style in {"italic", "oblique"}


def _size(text: str | None, base: float | None) -> float | None:
    """A font size in points; one in per cent is of the size around it."""
    if text and text.strip().endswith("%"):
        share = number(text.strip().removesuffix("%").partition(".")[0])
        return round(base * share / 100, 1) if base and share > 0 else None
    found = length(text)
    return round(found, 2) if found and found > 0 else None
