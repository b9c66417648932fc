"""Styles of a workbook: the number format, the type and the fill of each cell format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.extractors.number_format import BUILT_IN

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell is drawn; `checkbox` where a truth value is drawn as a box to tick."""

    code: str = "General"
    bold: bool = False
    italic: bool = False
    size: float | None = None
    filled: bool = False
    checkbox: bool = False


PLAIN = CellStyle()


def local(node: Element) -> str:
    """The name of an element without its namespace."""
    return _plain(node.tag) if isinstance(node.tag, str) else ""


@lru_cache(maxsize=1024)
def _plain(tag: str) -> str:
    return tag.rpartition("}")[2]


def named(node: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of local names, null where there is none."""
    for name in path:
        if node is None:
            return None
        node = next((e for e in node if local(e) == name), None)
    return node


def number(text: str | None, default: int = 0) -> int:
    """A whole number of an attribute; what is none gives the default."""
    try:
        return int(text or "")
    except ValueError:
        return default


def relation(node: Element) -> str:
    """The id of the relationship that an element names, empty where it names none."""
    return next((str(v) for k, v in node.attrib.items() if str(k).endswith("}id")), "")


def is_set(text: str | None) -> bool:
    """Whether an attribute says yes."""
    return text in ("1", "true", "on")


def read_styles(root: Element | None) -> list[CellStyle]:
    """The cell formats by their number; broken ones are plain."""
    codes = dict(BUILT_IN)
    for row in _each(named(root, "numFmts")):
        # A file may give a number of its own to a code that Excel knows by another.
        codes[number(row.get("numFmtId"), -1)] = row.get("formatCode") or "General"
    fonts = [_font(node) for node in _each(named(root, "fonts"))]
    fills = [_is_filled(node) for node in _each(named(root, "fills"))]
    return [_style(node, codes, fonts, fills) for node in _each(named(root, "cellXfs"))]


def _each(node: Element | None) -> Iterable[Element]:
    return () if node is None else [e for e in node if local(e)]


def _font(node: Element) -> tuple[bool, bool, float | None]:
    bold, italic = (
        (e := named(node, name)) is not None and e.get("val") not in ("0", "false")
        for name in ("b", "i")
    )
    size = named(node, "sz")
    try:
        return bold, italic, float(size.get("val") or "") if size is not None else None
    except ValueError:
        return bold, italic, None


def _is_filled(node: Element) -> bool:
    pattern = named(node, "patternFill")
    if pattern is None:
        return named(node, "gradientFill") is not None
    return pattern.get("patternType", "none") not in ("none", "gray125")


def _style(
    node: Element, codes: dict[int, str], fonts: list[tuple[bool, bool, float | None]],
    fills: list[bool],
) -> CellStyle:  # fmt: skip
    font, fill = number(node.get("fontId")), number(node.get("fillId"))
    bold, italic, size = fonts[font] if 0 <= font < len(fonts) else (False, False, None)
    return CellStyle(
        code=codes.get(number(node.get("numFmtId")), "General"),
        bold=bold,
        italic=italic,
        size=size,
        filled=0 <= fill < len(fills) and fills[fill],
        checkbox=any(local(e) == "xfComplement" for e in node.iter()),
    )
