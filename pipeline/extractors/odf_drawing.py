"""What OpenDocument files draw: places of shapes, alternative texts, charts, grids of tables."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from pipeline.extractors.matrix import Matrix
from pipeline.extractors.odf_package import (
    DRAW,
    MATH,
    OFFICE,
    SVG,
    TABLE,
    TEXT,
    Package,
    inner_text,
    number,
)
from pipeline.extractors.odf_styles import length
from pipeline.extractors.odf_text import formula_text
from pipeline.model.document import BBox
from pipeline.model.raw import RawCell

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CHART = "{urn:oasis:names:tc:opendocument:xmlns:chart:1.0}"
_STEP = re.compile(r"([A-Za-z]+)\s*\(([^()]{0,200})\)")
_FARTHEST = 1e6
_MAX_SPAN = 63
_MAX_REPEATED = 500_000
_MAX_FORMULA = 10_000
_MAX_TRANSFORM = 2_000
_FILES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".svg", ".wmf")
_OBJECTS = (DRAW + "object", DRAW + "object-ole")
_ROW_GROUPS = {TABLE + n for n in ("table-header-rows", "table-rows", "table-row-group")}


def transform(text: str | None) -> Matrix:
    """A `draw:transform`, whose steps apply from left to right; angles are in radians."""
    found = Matrix()
    for name, inside in _STEP.findall((text or "")[:_MAX_TRANSFORM]):
        found = _step(name, inside.replace(",", " ").split()).over(found)
    return found


def _step(name: str, values: list[str]) -> Matrix:
    try:
        plain = [length(v) if v[-1:].isalpha() else float(v) for v in values]
    except ValueError:
        return Matrix()
    n = [v if v is not None and math.isfinite(v) else 0.0 for v in plain] + [0.0] * 6
    match name:
        case "translate":
            return Matrix(e=n[0], f=n[1])
        case "rotate":
            sine, cosine = math.sin(n[0]), math.cos(n[0])
            return Matrix(cosine, -sine, sine, cosine)
        case "scale":
            return Matrix(a=n[0], d=n[1] if len(values) > 1 else n[0])
        case "skewX":
            return Matrix(c=-math.tan(n[0]))
        case "skewY":
            return Matrix(b=-math.tan(n[0]))
        case "matrix":
            return Matrix(*n[:6])
    return Matrix()


def place(node: Element, frame: Matrix) -> BBox | None:
    """The upright box of a shape in points; null where the file gives none.

    A turned shape has the box it would have upright about the same middle, set on its side where
    it is turned by more than half a right angle: that is where its text is seen.
    """
    ends = [length(node.get(SVG + name)) for name in ("x1", "y1", "x2", "y2")]
    own = frame.over(transform(node.get(DRAW + "transform")))
    if None not in ends:
        x1, y1, x2, y2 = (value or 0.0 for value in ends)
        corners = own.at(x1, y1), own.at(x2, y2)
        xs, ys = zip(*corners, strict=True)
        return _box(min(xs), min(ys), max(xs), max(ys))
    width, height = length(node.get(SVG + "width")), length(node.get(SVG + "height"))
    if width is None or height is None:
        return None
    x, y = (length(node.get(SVG + name)) or 0.0 for name in "xy")
    middle = own.at(x + width / 2, y + height / 2)
    width, height = width * math.hypot(own.a, own.b), height * math.hypot(own.c, own.d)
    if abs(own.b) > abs(own.a):
        width, height = height, width
    return _box(
        middle[0] - width / 2,
        middle[1] - height / 2,
        middle[0] + width / 2,
        middle[1] + height / 2,
    )


def _box(x0: float, top: float, x1: float, bottom: float) -> BBox | None:
    """The box, unless it lies where no page is."""
    if not all(abs(side) < _FARTHEST for side in (x0, top, x1, bottom)):
        return None
    return (round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1))


def alternative_text(node: Element) -> str:
    """The description or title of a picture; the name of its file says nothing."""
    for name in ("desc", "title"):
        found = node.find(SVG + name)
        text = inner_text(found).strip() if found is not None else ""
        if text:
            return "" if text.lower().endswith(_FILES) else text
    return ""


class Objects:
    """What the frames of a file embed, as far as it is text: formulas and titles of charts."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._read: dict[Element, tuple[str, str]] = {}

    def formula(self, frame: Element) -> str:
        """The signs of the formula in a frame, else «»."""
        return self._texts(frame)[0]

    def chart_title(self, frame: Element) -> str:
        """The title of the chart in a frame, else «»."""
        return self._texts(frame)[1]

    def _texts(self, frame: Element) -> tuple[str, str]:
        held = next((e for e in frame if e.tag in _OBJECTS), None)
        root = None if held is None else self._package.embedded(held)
        if root is None:
            return "", ""
        if root not in self._read:
            found = next(root.iter(MATH + "math"), None)
            formula = "" if found is None else formula_text(found)
            self._read[root] = formula[:_MAX_FORMULA], _chart_title(root)[:_MAX_FORMULA]
        return self._read[root]


def _chart_title(root: Element) -> str:
    chart = root.find(f"{OFFICE}body/{OFFICE}chart/{_CHART}chart")
    title = None if chart is None else chart.find(_CHART + "title")
    lines = [] if title is None else [inner_text(p) for p in title.iter(TEXT + "p")]
    return " ".join(" ".join(lines).split())


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table that are shown, header rows first as they stand."""
    for node in table:
        if node.tag in _ROW_GROUPS:
            yield from _rows(node)
        elif node.tag == TABLE + "table-row" and node.get(TABLE + "visibility") in {
            None,
            "visible",
        }:
            yield node


class Grids:
    """Reads the grids of a file's tables; what repetition adds is bounded over all of them."""

    def __init__(self) -> None:
        self._left = _MAX_REPEATED

    def read(
        self, table: Element, read: Callable[[Element], RawCell]
    ) -> tuple[tuple[RawCell, ...], ...]:
        """The cells; covered ones are empty, repeated ones stand as often as they show."""
        rows: list[list[RawCell]] = []
        for node in _rows(table):
            row: list[RawCell] = []
            for cell in node:
                if cell.tag in {TABLE + "table-cell", TABLE + "covered-table-cell"}:
                    content = read(cell) if cell.tag == TABLE + "table-cell" else ()
                    row.extend([content] * self._times(cell, "columns", [content]))
            rows.extend([row] * (self._times(node, "rows", row) if any(row) else 1))
        width = max((_width(row) for row in rows), default=0)
        return tuple(tuple((row + [()] * width)[:width]) for row in rows if row)

    def _times(self, node: Element, what: str, cells: list[RawCell]) -> int:
        """How often a cell or row shows; some files repeat to the last column there could be."""
        weight = sum(1 + sum(len(x.text) for x in cell) for cell in cells)
        wanted = number(node.get(f"{TABLE}number-{what}-repeated"), 1)
        times = max(min(wanted, _MAX_SPAN, 1 + self._left // weight), 1)
        self._left -= (times - 1) * weight
        return times


def _width(row: list[RawCell]) -> int:
    """The columns of a row; empty ones beyond the most that a page holds do not count."""
    width = len(row)
    while width > _MAX_SPAN and not row[width - 1]:
        width -= 1
    return width
