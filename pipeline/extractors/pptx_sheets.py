"""Slides, layouts and masters of a PPTX: their shapes with places, and what they inherit.

A slide is based on a layout, a layout on a master; placeholders take place, fill and list styles
from those of the sheets below (ECMA-376 part 1, §19.3.1.36).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.extractors.drawingml import A, shown, switched, whole_number
from pipeline.extractors.matrix import Matrix
from pipeline.extractors.opc import Package
from pipeline.extractors.pptx_styles import ListStyle, P, Theme
from pipeline.model.document import BBox

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TITLES = {"title", "ctrTitle"}
RUNNING = {"dt", "ftr", "hdr", "sldNum"}
_EMU_PER_POINT = 12700
_DEGREE = 60_000
_FARTHEST = 1e6
_SHAPES = {P + name for name in ("sp", "pic", "graphicFrame", "cxnSp", "contentPart")}
_FILLS = {A + n + "Fill" for n in ("solid", "grad", "no", "blip", "patt", "grp")}
PATTERN = "pattern"
"""The fill of a shape that is drawn with more than one plain colour."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What a placeholder is for: its type (`title`, `body`, `sldNum` …) and its index."""

    kind: str
    index: str

    @classmethod
    def of(cls, node: Element) -> Slot | None:
        """The slot of a shape, null where it is no placeholder."""
        ph = node.find(f"./*/{P}nvPr/{P}ph")
        return None if ph is None else cls(ph.get("type", "obj"), ph.get("idx", "0"))

    @property
    def family(self) -> str:
        """The kind of the master's placeholder that this one takes after."""
        if self.kind in TITLES:
            return "title"
        return self.kind if self.kind in RUNNING else "body"


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape that is no group, with its place on its sheet; `number` counts from the back."""

    node: Element
    slot: Slot | None
    bbox: BBox | None
    fill: str | None
    framed: bool
    hidden: bool
    number: int

    @property
    def kind(self) -> str:
        """What the placeholder is for; «» for shapes that are none."""
        return self.slot.kind if self.slot else ""

    @property
    def properties(self) -> Element | None:
        """Its `cNvPr`: name, description, whether it is hidden."""
        return self.node.find(f"./*/{P}cNvPr")


class Sheet:
    """A slide, layout or master: its root, what it refers to, and the sheet below it."""

    def __init__(
        self, root: Element, targets: dict[str, tuple[str, str]], base: Sheet | None, theme: Theme
    ) -> None:
        self.root = root
        self.targets = targets
        self.base = base
        self.theme = theme
        self._styles: dict[Slot | None, ListStyle] = {}

    @cached_property
    def _slots(self) -> list[tuple[Slot, Element]]:
        tree = self.root.find(f"{P}cSld/{P}spTree")
        nodes = shown(tree) if tree is not None else ()
        return [(slot, node) for node in nodes if (slot := Slot.of(node))]

    def placeholder(self, slot: Slot) -> Element | None:
        """The placeholder of a layout by index, else by type; that of a master by its family."""
        wanted = slot.family if self.base is None else slot.kind
        by_index = [n for s, n in self._slots if s.index == slot.index and self.base is not None]
        by_kind = [n for s, n in self._slots if s.kind == wanted]
        if slot.kind in TITLES:
            by_kind = by_kind or [n for s, n in self._slots if s.kind in TITLES]
            by_index = []
        found = by_index or by_kind
        return found[0] if found else None

    def _inherited(self, slot: Slot | None) -> Iterator[Element]:
        """The placeholders that one of a slide takes after, the nearest first."""
        sheet = self.base
        while sheet is not None and slot is not None:
            if (node := sheet.placeholder(slot)) is not None:
                yield node
            sheet = sheet.base

    def list_style(self, slot: Slot | None, usual: Element | None) -> ListStyle:
        """The list styles that a placeholder inherits; `usual` are those of the whole deck."""
        # Slides of one layout inherit the same.
        known = self._styles if self.base is None else self.base._styles
        if slot not in known:
            nodes = [_list_style(node) for node in self._inherited(slot)]
            if slot is not None:
                name = {"title": "titleStyle", "body": "bodyStyle"}.get(slot.family, "otherStyle")
                nodes.append(self._master.root.find(f"{P}txStyles/{P}{name}"))
            known[slot] = ListStyle([*nodes, usual])
        return known[slot]

    @property
    def _master(self) -> Sheet:
        return self if self.base is None else self.base._master

    @cached_property
    def background(self) -> str | None:
        """The one colour behind all shapes, null where it is not known."""
        node = self.root.find(f"{P}cSld/{P}bg")
        if node is not None:
            return self.theme.background(node)
        return self.base.background if self.base is not None else None

    def shapes(self) -> Iterator[Shape]:
        """The shapes from the back to the front; groups are walked."""
        tree = self.root.find(f"{P}cSld/{P}spTree")
        if tree is not None:
            for n, (node, frame, fill, hidden) in enumerate(_drawn(tree, Matrix(), None, False)):
                slot = Slot.of(node)
                yield Shape(
                    node, slot, self._place(node, slot, frame),
                    self._fill(node, slot, fill), _is_framed(node), hidden, n,
                )  # fmt: skip

    def _place(self, node: Element, slot: Slot | None, frame: Matrix) -> BBox | None:
        for owner in (node, *self._inherited(slot)):
            found = owner.find(P + "xfrm")
            xfrm = owner.find(f"{P}spPr/{A}xfrm") if found is None else found
            if xfrm is not None and xfrm.find(A + "off") is not None:
                return _box(xfrm, frame)
        return None

    def _fill(self, node: Element, slot: Slot | None, group: Element | None) -> str | None:
        for owner in (node, *self._inherited(slot)):
            fill = _own_fill(owner.find(P + "spPr"))
            if fill is not None and fill.tag == A + "grpFill":
                fill = group
            if fill is not None:
                return self._color(fill)
        reference = node.find(f"{P}style/{A}fillRef")
        if reference is None or reference.get("idx") == "0":
            return None
        plain = self.theme.color(reference) if reference.get("idx") == "1" else None
        return plain or PATTERN

    def _color(self, fill: Element) -> str | None:
        if fill.tag == A + "noFill":
            return None
        return (self.theme.color(fill) if fill.tag == A + "solidFill" else None) or PATTERN


def _list_style(node: Element) -> Element | None:
    return node.find(f"{P}txBody/{A}lstStyle")


def _own_fill(properties: Element | None) -> Element | None:
    if properties is None:
        return None
    return next((e for e in properties if e.tag in _FILLS), None)


def _drawn(
    parent: Element, frame: Matrix, fill: Element | None, hidden: bool
) -> Iterator[tuple[Element, Matrix, Element | None, bool]]:
    """Shapes with the frame and the fill of their group, and whether they are hidden.

    As deep as groups lie in groups: the parser allows no more than 256 levels.
    """
    for node in shown(parent):
        if node.tag == P + "grpSp":
            own = _own_fill(node.find(P + "grpSpPr"))
            inside = frame.over(_inside(node.find(f"{P}grpSpPr/{A}xfrm")))
            inherited = fill if own is None or own.tag == A + "grpFill" else own
            yield from _drawn(node, inside, inherited, hidden or _is_hidden(node))
        elif node.tag in _SHAPES:
            yield node, frame, fill, hidden or _is_hidden(node)


def _is_framed(node: Element) -> bool:
    """Whether an outline is drawn around a shape."""
    line = node.find(f"{P}spPr/{A}ln")
    if line is not None and any(e.tag in _FILLS for e in line):
        return line.find(A + "noFill") is None
    reference = node.find(f"{P}style/{A}lnRef")
    return reference is not None and reference.get("idx") != "0"


def _is_hidden(node: Element) -> bool:
    properties = node.find(f"./*/{P}cNvPr")
    return properties is not None and bool(switched(properties.get("hidden")))


def _pair(xfrm: Element, name: str, x: str, y: str) -> tuple[float, float] | None:
    node = xfrm.find(A + name)
    if node is None:
        return None
    return (
        whole_number(node.get(x)) / _EMU_PER_POINT,
        whole_number(node.get(y)) / _EMU_PER_POINT,
    )


def _turn(xfrm: Element, middle: tuple[float, float]) -> Matrix:
    """A turn about a middle, after mirroring."""
    angle = math.radians(whole_number(xfrm.get("rot")) / _DEGREE)
    sine, cosine = math.sin(angle), math.cos(angle)
    across = -1.0 if switched(xfrm.get("flipH")) else 1.0
    down = -1.0 if switched(xfrm.get("flipV")) else 1.0
    turned = Matrix(cosine * across, sine * across, -sine * down, cosine * down)
    x, y = turned.at(*middle)
    return Matrix(e=middle[0] - x, f=middle[1] - y).over(turned)


def _inside(xfrm: Element | None) -> Matrix:
    """How the plane inside a group lies in the plane around it."""
    if xfrm is None:
        return Matrix()
    off, ext = _pair(xfrm, "off", "x", "y"), _pair(xfrm, "ext", "cx", "cy")
    start, size = _pair(xfrm, "chOff", "x", "y"), _pair(xfrm, "chExt", "cx", "cy")
    if off is None or ext is None or start is None or size is None or 0 in size:
        return Matrix()
    across, down = ext[0] / size[0], ext[1] / size[1]
    scaled = Matrix(a=across, d=down, e=off[0] - across * start[0], f=off[1] - down * start[1])
    return _turn(xfrm, (off[0] + ext[0] / 2, off[1] + ext[1] / 2)).over(scaled)


def _box(xfrm: Element, frame: Matrix) -> BBox | None:
    """The upright box in points; on its side where it is turned by about a right angle."""
    off = _pair(xfrm, "off", "x", "y")
    width, height = _pair(xfrm, "ext", "cx", "cy") or (0.0, 0.0)
    if off is None:
        return None
    middle = (off[0] + width / 2, off[1] + height / 2)
    own = frame.over(_turn(xfrm, middle))
    x, y = frame.at(*middle)
    width, height = width * math.hypot(own.a, own.b), height * math.hypot(own.c, own.d)
    if abs(own.b) > abs(own.a):
        width, height = height, width
    box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    if not all(abs(side) < _FARTHEST for side in box):
        return None
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))


class Sheets:
    """The layouts and masters of a package, each read once; only those that slides are based on."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._read: dict[str, Sheet] = {}

    def slide(self, name: str) -> Sheet:
        """A slide; raises what lxml and the zip raise where it is not to be read."""
        root, targets = self._package.xml(name), self._package.targets(name)
        below = _target(targets, "slideLayout")
        base = self._sheet(below, "slideMaster") if below in self._package else None
        override = root.find(f"{P}clrMapOvr/{A}overrideClrMapping")
        theme = base.theme if base is not None else Theme(None, None)
        return Sheet(root, targets, base, theme.under(override))

    def page(self, name: str) -> Sheet:
        """A page that is read for its words alone, such as the notes on a slide."""
        return Sheet(self._package.xml(name), {}, None, Theme(None, None))

    def _sheet(self, name: str, below: str) -> Sheet:
        """A layout with its master, or (without `below`) a master with its theme."""
        if name not in self._read:
            root, targets = self._package.xml(name), self._package.targets(name)
            master = _target(targets, below) if below else ""
            if master in self._package:
                base = self._sheet(master, "")
                override = root.find(f"{P}clrMapOvr/{A}overrideClrMapping")
                self._read[name] = Sheet(root, targets, base, base.theme.under(override))
            else:
                self._read[name] = Sheet(root, targets, None, self._theme(root, targets))
        return self._read[name]

    def _theme(self, root: Element, targets: dict[str, tuple[str, str]]) -> Theme:
        name = _target(targets, "theme")
        theme = self._package.xml(name) if name in self._package else None
        return Theme(theme, root.find(P + "clrMap"))


def _target(targets: dict[str, tuple[str, str]], kind: str) -> str:
    return next((name for found, name in targets.values() if found == kind), "")
