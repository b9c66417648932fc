"""Text of PPTX shapes: places on the slide, bullets and levels inherited from layout and master."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.model.document import BBox
from pipeline.model.raw import RawParagraph

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_EMU_PER_POINT = 12700
_SYMBOL_BULLETS = {"\uf0a7": "▪", "\uf0b7": "•", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0a8": "☐"}


@dataclass(frozen=True)
class Placed:
    """A shape and how its own coordinates lie on the slide: slide = offset + scale * own."""

    shape: Any
    offset: tuple[float, float]
    scale: tuple[float, float]

    @staticmethod
    def whole() -> Placed:
        """The frame of the slide itself."""
        return Placed(None, (0.0, 0.0), (1.0, 1.0))

    def place(self, shape: Any) -> Placed:
        """A shape in this frame."""
        return Placed(shape, self.offset, self.scale)

    def inside(self, group: Any) -> Placed:
        """The frame inside a group shape, which may move and scale its members."""
        xfrm = group._element.find("./{*}grpSpPr/{*}xfrm")
        if xfrm is None:
            return self
        values = {
            name: (float(node.get(a, 0)), float(node.get(b, 0)))
            for name, a, b in (
                ("off", "x", "y"), ("ext", "cx", "cy"), ("chOff", "x", "y"), ("chExt", "cx", "cy")
            )
            if (node := xfrm.find(f"{_A}{name}")) is not None
        }  # fmt: skip
        if len(values) < 4 or 0 in values["chExt"]:
            return self
        sx = values["ext"][0] / values["chExt"][0]
        sy = values["ext"][1] / values["chExt"][1]
        ox = self.offset[0] + self.scale[0] * (values["off"][0] - sx * values["chOff"][0])
        oy = self.offset[1] + self.scale[1] * (values["off"][1] - sy * values["chOff"][1])
        return Placed(None, (ox, oy), (self.scale[0] * sx, self.scale[1] * sy))

    @cached_property
    def bbox(self) -> BBox | None:
        """The place on the slide in points; null where the file gives none."""
        s = self.shape
        # Placeholders look these up in layout and master: once each, for it is slow.
        own = None if s is None else (s.left, s.top, s.width, s.height)
        if own is None or None in own:
            return None
        x0 = (self.offset[0] + self.scale[0] * own[0]) / _EMU_PER_POINT
        top = (self.offset[1] + self.scale[1] * own[1]) / _EMU_PER_POINT
        x1 = x0 + self.scale[0] * own[2] / _EMU_PER_POINT
        bottom = top + self.scale[1] * own[3] / _EMU_PER_POINT
        return (round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1))


class Numbering:
    """Counts automatic numbers and finds bullets along a chain of list styles."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}

    def marker(self, p: Any, chain: Sequence[Any]) -> str | None:
        """The bullet or number as drawn, null where none is."""
        level = _level(p)
        for below in [n for n in self._counts if n > level]:
            del self._counts[below]
        node = _bullet(p, chain)
        if node is None or node.tag == f"{_A}buNone":
            self._counts.pop(level, None)
            return None
        if node.tag == f"{_A}buAutoNum":
            start = int(node.get("startAt", 1))
            count = self._counts[level] = self._counts.get(level, start - 1) + 1
            return _number(count, node.get("type", "arabicPeriod"))
        self._counts.pop(level, None)
        char = node.get("char", "•") if node.tag == f"{_A}buChar" else "•"
        return _SYMBOL_BULLETS.get(char, char)

    def listed(self, p: Any, chain: Sequence[Any]) -> bool:
        """Whether a bullet or number is drawn before the paragraph."""
        node = _bullet(p, chain)
        return node is not None and node.tag != f"{_A}buNone"


def _level(p: Any) -> int:
    ppr = p.find(f"{_A}pPr")
    return int(ppr.get("lvl", 0)) if ppr is not None else 0


def _sources(p: Any, chain: Sequence[Any]) -> Iterator[Any]:
    """Paragraph properties from the nearest to the most general."""
    ppr = p.find(f"{_A}pPr")
    if ppr is not None:
        yield ppr
    tag = f"{_A}lvl{_level(p) + 1}pPr"
    for style in chain:
        node = style.find(tag)
        if node is not None:
            yield node


def _bullet(p: Any, chain: Sequence[Any]) -> Any | None:
    names = [f"{_A}{n}" for n in ("buNone", "buChar", "buAutoNum", "buBlip")]
    for source in _sources(p, chain):
        for name in names:
            node = source.find(name)
            if node is not None:
                return node
    return None


def _number(count: int, kind: str) -> str:
    if kind.startswith("alphaLc"):
        text = chr(ord("a") + (count - 1) % 26)
    elif kind.startswith("alphaUc"):
        text = chr(ord("A") + (count - 1) % 26)
    elif kind.startswith("roman"):
        roman = _roman(count)
        text = roman.lower() if kind.startswith("romanLc") else roman
    else:
        text = str(count)
    return f"{text})" if "ParenR" in kind else f"({text})" if "ParenBoth" in kind else f"{text}."


def _roman(count: int) -> str:
    out = ""
    for value, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while count >= value:
            out += sign
            count -= value
    return out


def text_of(p: Any) -> str:
    """The text of a paragraph; breaks as line ends, fields as they were last shown."""
    parts: list[str] = []
    for node in p:
        if node.tag in (f"{_A}r", f"{_A}fld"):
            parts.extend(t.text or "" for t in node.findall(f"{_A}t"))
        elif node.tag == f"{_A}br":
            parts.append("\n")
    return "".join(parts).replace("\x0b", "\n").replace("\xa0", " ").strip("\n")


def list_styles(shape: Any) -> list[Any]:
    """The list styles that a shape's paragraphs inherit, the nearest first."""
    found = [shape._element.find(".//{*}txBody/{*}lstStyle")]
    part = shape.part
    if shape.is_placeholder:
        layout = getattr(part, "slide_layout", None)
        kind, index = shape.placeholder_format.type, shape.placeholder_format.idx
        for owner in (layout, getattr(layout, "slide_master", None)):
            found.append(_placeholder_style(owner, kind, index))
        master = getattr(layout, "slide_master", None)
        name = "titleStyle" if "TITLE" in str(kind) else "bodyStyle"
        if master is not None:
            found.append(master._element.find(".//{*}txStyles/{*}" + name))
    return [f for f in found if f is not None]


def _placeholder_style(owner: Any, kind: Any, index: int) -> Any | None:
    if owner is None:
        return None
    same = [ph for ph in owner.placeholders if ph.placeholder_format.idx == index]
    same = same or [ph for ph in owner.placeholders if ph.placeholder_format.type == kind]
    return same[0]._element.find(".//{*}txBody/{*}lstStyle") if same else None


def paragraphs_of(placed: Placed, number: int) -> Iterator[RawParagraph]:
    """The paragraphs of one shape, empty ones left out."""
    shape = placed.shape
    chain = list_styles(shape)
    numbering = Numbering()
    fill = _fill(shape)
    for p in shape.text_frame.paragraphs:
        text = text_of(p._p)
        if not text.strip():
            continue
        runs = [r for r in p.runs if r.text.strip()]
        yield RawParagraph(
            text=text,
            bbox=placed.bbox,
            size=_size(runs, p._p, chain),
            bold=bool(runs) and all(_bold(r, p._p, chain) for r in runs),
            italic=bool(runs) and all(bool(r.font.italic) for r in runs),
            level=p.level,
            marker=numbering.marker(p._p, chain),
            listed=numbering.listed(p._p, chain),
            shape=number,
            fill=fill,
        )


def _bold(run: Any, p: Any, chain: Sequence[Any]) -> bool:
    if run.font.bold is not None:
        return bool(run.font.bold)
    for source in _sources(p, chain):
        default = source.find(f"{_A}defRPr")
        if default is not None and default.get("b") is not None:
            return default.get("b") in ("1", "true")
    return False


def _size(runs: Sequence[Any], p: Any, chain: Sequence[Any]) -> float | None:
    for run in runs:
        if run.font.size is not None:
            return float(run.font.size.pt)
    for source in _sources(p, chain):
        default = source.find(f"{_A}defRPr")
        if default is not None and default.get("sz"):
            return int(default.get("sz")) / 100
    return None


def _fill(shape: Any) -> str | None:
    properties = shape._element.find("./{*}spPr")
    solid = properties.find(f"{_A}solidFill") if properties is not None else None
    if solid is None:
        return None
    for node in solid:
        return str(node.get("val", "")) or None
    return None
