"""What a deck says of looks once for many: list styles level by level, themes and their colours.

After ECMA-376 part 1, §21.1.2.4 (list styles) and §20.1.2.3 (colours).
"""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extractors.drawingml import A, switched, whole_number

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
DEEPEST = 8
USUAL_SIZE = 18.0
"""Points of text of which nothing says how large it is."""

_BULLETS = tuple(A + name for name in ("buNone", "buChar", "buAutoNum", "buBlip"))
_COLOURS = tuple(A + name for name in ("srgbClr", "schemeClr", "sysClr", "prstClr", "scrgbClr"))
_NAMED = {"black": "000000", "white": "FFFFFF", "red": "FF0000", "yellow": "FFFF00"}
_MAP = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
_WHOLE = 100_000


@dataclass(frozen=True, slots=True)
class Level:
    """How paragraphs of a level look; null where nothing is said. `color` holds a colour choice."""

    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    color: Element | None = None
    bullet: Element | None = None
    font: str | None = None

    @classmethod
    def of(cls, properties: Element | None) -> Level:
        """What an `a:pPr` or `a:lvl1pPr` says of its paragraphs."""
        if properties is None:
            return cls()
        bullet = next((e for e in properties if e.tag in _BULLETS), None)
        font = properties.find(A + "buFont")
        usual = properties.find(A + "defRPr")
        return cls.of_run(usual, bullet, font.get("typeface") if font is not None else None)

    @classmethod
    def of_run(
        cls, run: Element | None, bullet: Element | None = None, font: str | None = None
    ) -> Level:
        """What an `a:rPr` or `a:defRPr` says of characters."""
        if run is None:
            return cls(bullet=bullet, font=font)
        size = whole_number(run.get("sz"))
        return cls(
            size=size / 100 if size > 0 else None,
            bold=switched(run.get("b")),
            italic=switched(run.get("i")),
            color=run.find(A + "solidFill"),
            bullet=bullet,
            font=font,
        )

    def over(self, base: Level) -> Level:
        """The same look, with `base` where it says nothing."""
        return Level(
            self.size or base.size,
            base.bold if self.bold is None else self.bold,
            base.italic if self.italic is None else self.italic,
            base.color if self.color is None else self.color,
            base.bullet if self.bullet is None else self.bullet,
            self.font or base.font,
        )


class ListStyle:
    """List styles one over the other, the nearest first: the looks of nine levels.

    `color` is what the style of a shape says, which goes before that of the whole deck (`base`).
    """

    def __init__(
        self, nodes: Sequence[Element | None], base: ListStyle | None = None,
        color: Element | None = None,
    ) -> None:  # fmt: skip
        self._nodes = [node for node in nodes if node is not None and len(node)]
        self._base = base
        self._color = Level(color=color)
        self._levels: dict[int, Level] = {}

    def level(self, depth: int) -> Level:
        """How paragraphs look that lie `depth` levels below the outermost."""
        if depth not in self._levels:
            look = Level()
            for node in self._nodes:
                look = look.over(Level.of(node.find(f"{A}lvl{depth + 1}pPr")))
            look = look.over(self._color)
            self._levels[depth] = look if self._base is None else look.over(self._base.level(depth))
        return self._levels[depth]


class Theme:
    """The colours of a theme under the names that slides call them by."""

    def __init__(self, root: Element | None, mapping: Element | None) -> None:
        scheme = root.find(f"{A}themeElements/{A}clrScheme") if root is not None else None
        self._root = root
        self._colors = {
            e.tag.removeprefix(A): self._plain(e[0])
            for e in (scheme if scheme is not None else ())
            if len(e)
        }
        self._map: dict[str, str] = _MAP | _names(mapping)

    def under(self, mapping: Element | None) -> Theme:
        """The same theme for a slide that calls its colours by other names."""
        return self if mapping is None else Theme(self._root, mapping)

    def color(self, choice: Element | None) -> str | None:
        """The colour in an element such as `a:solidFill` as RRGGBB; null where it is not known."""
        node = next((e for e in choice if e.tag in _COLOURS), None) if choice is not None else None
        if node is None:
            return None
        plain = self._plain(node)
        return _changed(plain, node) if plain and len(node) else plain

    def _plain(self, node: Element) -> str | None:
        said = node.get("val") or ""
        match node.tag.removeprefix(A):
            case "srgbClr":
                return said.upper() if len(said) == 6 else None
            case "schemeClr":
                return self._colors.get(self._map.get(said, said))
            case "sysClr":
                return (node.get("lastClr") or {"window": "FFFFFF"}.get(said, "000000")).upper()
            case "prstClr":
                return _NAMED.get(said)
        return None

    def background(self, node: Element | None) -> str | None:
        """The colour of a `p:bg` if it is one plain colour."""
        if node is None:
            return None
        own = node.find(P + "bgPr")
        if own is not None:
            return self.color(own.find(A + "solidFill"))
        reference = node.find(P + "bgRef")
        styles = self._root.find(f".//{A}bgFillStyleLst") if self._root is not None else None
        index = whole_number(reference.get("idx")) - 1001 if reference is not None else -1
        if styles is None or not 0 <= index < len(styles):
            return None
        return self.color(reference) if styles[index].tag == A + "solidFill" else None


def _names(mapping: Element | None) -> dict[str, str]:
    return {str(k): str(v) for k, v in mapping.attrib.items()} if mapping is not None else {}


def _changed(color: str, node: Element) -> str | None:
    """A colour made lighter or darker; null where something behind it shines through."""
    try:
        red, green, blue = (int(color[n : n + 2], 16) / 255 for n in (0, 2, 4))
    except ValueError:
        return None
    for change in node:
        share = whole_number(change.get("val"), _WHOLE) / _WHOLE
        match change.tag.removeprefix(A):
            case "lumMod" | "lumOff" as name:
                hue, light, full = colorsys.rgb_to_hls(red, green, blue)
                light = light * share if name == "lumMod" else light + share
                red, green, blue = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), full)
            case "shade":
                red, green, blue = red * share, green * share, blue * share
            case "tint":
                red, green, blue = (1 - (1 - c) * share for c in (red, green, blue))
            case "alpha" if share < 1:
                return None
    return "".join(f"{round(255 * min(max(c, 0.0), 1.0)):02X}" for c in (red, green, blue))
