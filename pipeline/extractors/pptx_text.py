"""Text of PPTX shapes and cells: paragraphs with the looks and bullets that they inherit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extractors.drawingml import A, M, shown, whole_number
from pipeline.extractors.encoding import drawn_text
from pipeline.extractors.office_formulas import formula
from pipeline.extractors.pptx_lists import Numbering
from pipeline.extractors.pptx_styles import DEEPEST, USUAL_SIZE, Level, ListStyle, Theme
from pipeline.model.raw import RawParagraph

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_WHOLE = 100_000
_FORMULAS = (M + "oMath",)


@dataclass(frozen=True, slots=True)
class TextStyle:
    """What the text of a box inherits: list styles and colours; how far it is made smaller."""

    styles: ListStyle
    theme: Theme
    scale: float = 1.0
    fields: dict[str, str] = field(default_factory=dict)
    """What fields of a type print: `slidenum` -> «7»."""


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    look: Level


def paragraphs(body: Element, style: TextStyle) -> Iterator[RawParagraph]:
    """The paragraphs of a text body without their place; empty ones are left out."""
    own = body.find(A + "lstStyle")
    levels = ListStyle([own], style.styles) if own is not None and len(own) else style.styles
    numbering = Numbering()
    for p in body.findall(A + "p"):
        properties = p.find(A + "pPr")
        depth = _depth(properties)
        look = Level.of(properties).over(levels.level(depth))
        runs = list(_runs(p, look, style.fields))
        text = _joined(runs)
        if text.strip():
            marker = numbering.marker(depth, look)
            yield _paragraph(text, runs, marker, depth, style)
        else:
            numbering.skip(depth, look)


def shrunk(body: Element) -> float:
    """How far the text of a box is made smaller so that it fits in."""
    fit = body.find(f"{A}bodyPr/{A}normAutofit")
    scale = whole_number(fit.get("fontScale"), _WHOLE) / _WHOLE if fit is not None else 1.0
    return scale if 0.1 <= scale <= 1.0 else 1.0


def plain_text(body: Element) -> Iterator[tuple[str, Element | None]]:
    """The texts of all paragraphs with their properties, looks aside."""
    for p in body.iter(A + "p"):
        yield _joined(list(_runs(p, Level(), {}))), p.find(A + "pPr")


def numbers_pages(body: Element) -> bool:
    """Whether a text prints the number of its page."""
    return any((e.get("type") or "").startswith("slidenum") for e in body.iter(A + "fld"))


def _depth(properties: Element | None) -> int:
    level = whole_number(properties.get("lvl")) if properties is not None else 0
    return min(max(level, 0), DEEPEST)


def _joined(runs: Sequence[_Run]) -> str:
    text = "".join(run.text for run in runs)
    return text.replace("\x0b", "\n").replace("\xa0", " ").strip("\n")


def _runs(parent: Element, look: Level, fields: dict[str, str]) -> Iterator[_Run]:
    for node in shown(parent):
        if node.tag in (A + "r", A + "fld"):
            properties = node.find(A + "rPr")
            text = "".join(t.text or "" for t in node.findall(A + "t"))
            if node.tag == A + "fld":
                text = fields.get(node.get("type") or "", text)
            text = drawn_text(text, _symbol_font(properties))
            yield _Run(text, Level.of_run(properties).over(look))
        elif node.tag == A + "br":
            yield _Run("\n", look)
        elif node.tag not in (A + "pPr", A + "endParaRPr"):
            for found in node.iter(*_FORMULAS):
                yield _Run(f" {formula(found)} ", look)


def _symbol_font(properties: Element | None) -> str | None:
    if properties is None:
        return None
    names = (properties.find(A + "sym"), properties.find(A + "latin"))
    return next((e.get("typeface") for e in names if e is not None), None)


def _paragraph(
    text: str, runs: Sequence[_Run], marker: str | None, depth: int, style: TextStyle
) -> RawParagraph:
    seen = [run for run in runs if run.text.strip()]
    sizes: Counter[float] = Counter()
    for run in seen:
        sizes[run.look.size or USUAL_SIZE] += len(run.text)
    usual = sizes.most_common(1)[0][0] * style.scale
    colors = {style.theme.color(run.look.color) for run in seen}
    return RawParagraph(
        text=text,
        size=round(usual, 1),
        bold=all(run.look.bold for run in seen),
        italic=all(run.look.italic for run in seen),
        color=colors.pop() if len(colors) == 1 else None,
        level=depth,
        marker=marker or None,
        listed=marker is not None,
    )
