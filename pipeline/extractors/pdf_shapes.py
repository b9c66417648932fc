"""What a PDF page draws besides text: boxes that frame or carry text, edges of ruled tables."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as c

from pipeline.model.document import BBox
from pipeline.model.raw import RawBox

_MIN_BOX = 12.0
_LARGE = 0.7
_WHOLE = 0.98
_THIN = 3.0
_SLIM = 12.0
_SHORTEST = 4.0
_LEVEL = 0.6
_MOST_OBJECTS = 3000
_MOST_PICTURES = 200
_DRAWN = {c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_IMAGE}
_MOST_SEGMENTS = 400
_DEEPEST_FORM = 3


@dataclass(frozen=True, slots=True)
class Edge:
    """A level or upright stroke, or the side of a box; `bbox` has no width or no height."""

    bbox: BBox
    level: bool


@dataclass(slots=True)
class Shapes:
    """The boxes, edges and pictures of a page; `ground` is the colour that fills all of it."""

    boxes: list[RawBox] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    pictures: list[BBox] = field(default_factory=list)
    ground: str | None = None

    def covered(self, width: float, height: float) -> float:
        """How much of a page of this size its pictures cover, 1 at most; strips add up."""
        area = 0.0
        for x0, top, x1, bottom in self.pictures:
            wide, high = min(x1, width) - max(x0, 0.0), min(bottom, height) - max(top, 0.0)
            area += max(0.0, wide) * max(0.0, high)
        return min(1.0, area / max(1.0, width * height))


@dataclass(frozen=True, slots=True)
class _Matrix:
    """Maps a point of an object to the page: x' = ax + cy + e, y' = bx + dy + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def inside(self, outer: _Matrix) -> _Matrix:
        """First this matrix, then that of the form around it."""
        e, f = outer.point(self.e, self.f)
        return _Matrix(
            outer.a * self.a + outer.c * self.b, outer.b * self.a + outer.d * self.b,
            outer.a * self.c + outer.c * self.d, outer.b * self.c + outer.d * self.d, e, f,
        )  # fmt: skip


def shapes_of(page: Any) -> Shapes:
    """The shapes of a page that is not turned, in points from its top left corner."""
    width, height = page.get_size()
    found = Shapes()
    for obj, kind, outer in _objects(page.raw):
        if kind == c.FPDF_PAGEOBJ_PATH:
            _add_path(obj, outer, width, height, found)
        elif kind == c.FPDF_PAGEOBJ_IMAGE and len(found.pictures) < _MOST_PICTURES:
            x0, y0, x1, y1 = _bounds(obj, outer)
            found.pictures.append((x0, height - y1, x1, height - y0))
    return found


def _objects(page: Any) -> Iterator[tuple[Any, int, _Matrix]]:
    """Page objects and those inside forms.

    Some backgrounds are drawn as a hundred thousand slivers; content is drawn after them, so
    that the last objects are those that count.
    """
    count = c.FPDFPage_CountObjects(page)
    for n in range(max(0, count - _MOST_OBJECTS), count):
        yield from _walk(c.FPDFPage_GetObject(page, n), _Matrix(), 0)


def _walk(obj: Any, outer: _Matrix, depth: int) -> Iterator[tuple[Any, int, _Matrix]]:
    kind = c.FPDFPageObj_GetType(obj)
    if kind in _DRAWN:
        yield obj, kind, outer
    elif kind == c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
        inner = _matrix(obj).inside(outer)
        for n in range(min(max(0, c.FPDFFormObj_CountObjects(obj)), _MOST_OBJECTS)):
            yield from _walk(c.FPDFFormObj_GetObject(obj, n), inner, depth + 1)


def _matrix(obj: Any) -> _Matrix:
    matrix = c.FS_MATRIX()
    if not c.FPDFPageObj_GetMatrix(obj, matrix):
        return _Matrix()
    return _Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _bounds(obj: Any, outer: _Matrix) -> BBox:
    """Left, bottom, right, top on the page."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    c.FPDFPageObj_GetBounds(obj, left, bottom, right, top)
    corners = [
        outer.point(x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _add_path(obj: Any, outer: _Matrix, width: float, height: float, found: Shapes) -> None:
    x0, y0, x1, y1 = _bounds(obj, outer)
    wide, high = x1 - x0, y1 - y0
    if wide > _WHOLE * width and high > _WHOLE * height:
        found.ground = _fill(obj) or found.ground
        return
    box: BBox = (x0, height - y1, x1, height - y0)
    thin = _THIN if max(wide, high) < _SLIM * min(wide, high) else _MIN_BOX
    if min(wide, high) < thin:
        if max(wide, high) >= _SHORTEST:
            found.edges.append(_stroke(box))
        return
    if min(wide, high) < _MIN_BOX:
        return
    if wide * high < _LARGE * width * height:
        found.boxes.append(RawBox(bbox=box, fill=_fill(obj)))
    found.edges.extend(_edges(obj, outer, height))


def _stroke(box: BBox) -> Edge:
    """A thin box as the line that it looks like."""
    x0, top, x1, bottom = box
    if x1 - x0 >= bottom - top:
        middle = (top + bottom) / 2
        return Edge((x0, middle, x1, middle), True)
    middle = (x0 + x1) / 2
    return Edge((middle, top, middle, bottom), False)


def _edges(obj: Any, outer: _Matrix, height: float) -> Iterator[Edge]:
    """The level and upright sides of a path; curves and slants are none."""
    count = c.FPDFPath_CountSegments(obj)
    if not 2 <= count <= _MOST_SEGMENTS:
        return
    to_page = _matrix(obj).inside(outer)
    x, y = ctypes.c_float(), ctypes.c_float()
    start: tuple[float, float] | None = None
    last: tuple[float, float] | None = None
    for n in range(count):
        segment = c.FPDFPath_GetPathSegment(obj, n)
        c.FPDFPathSegment_GetPoint(segment, x, y)
        px, py = to_page.point(x.value, y.value)
        point = (px, height - py)
        kind = c.FPDFPathSegment_GetType(segment)
        if kind == c.FPDF_SEGMENT_LINETO and last is not None:
            yield from _side(last, point)
        if kind == c.FPDF_SEGMENT_MOVETO:
            start = point
        last = point
        if c.FPDFPathSegment_GetClose(segment) and start is not None:
            yield from _side(last, start)


def _side(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Edge]:
    wide, high = abs(a[0] - b[0]), abs(a[1] - b[1])
    if high <= _LEVEL and wide >= _SHORTEST:
        yield Edge((min(a[0], b[0]), a[1], max(a[0], b[0]), a[1]), True)
    elif wide <= _LEVEL and high >= _SHORTEST:
        yield Edge((a[0], min(a[1], b[1]), a[0], max(a[1], b[1])), False)


def _fill(obj: Any) -> str | None:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(obj, mode, stroke)
    if mode.value == c.FPDF_FILLMODE_NONE:
        return None
    rgba = [ctypes.c_uint() for _ in range(4)]
    if not c.FPDFPageObj_GetFillColor(obj, *rgba):
        return None
    return "".join(f"{v.value:02x}" for v in rgba[:3])
