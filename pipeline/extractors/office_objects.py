"""The text of charts and diagrams (SmartArt) that slides and Word files hold as parts of their own.

Where they stand, and what becomes of their text, is left to those who read the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extractors.drawingml import CX, DGM, A, C, whole_number

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MOST_NAMES = 100
_DEEPEST = 20
_AXES = ("catAx", "valAx", "dateAx", "serAx")


@dataclass(frozen=True, slots=True)
class DiagramPoint:
    """A point of a diagram: its paragraphs (`a:p`), its depth, whether others hang under it."""

    paragraphs: tuple[Element, ...]
    depth: int
    leads: bool


def diagram_points(root: Element) -> list[DiagramPoint]:
    """The points of a diagram's data that hold text, in the order of its outline."""
    points = {e.get("modelId", ""): e for e in root.iter(DGM + "pt") if e.get("type") != "pres"}
    under: dict[str, list[tuple[int, str]]] = {}
    below: set[str] = set()
    for link in root.iter(DGM + "cxn"):
        child = link.get("destId", "")
        if link.get("type", "parOf") == "parOf" and child in points:
            place = whole_number(link.get("srcOrd"))
            under.setdefault(link.get("srcId", ""), []).append((place, child))
            below.add(child)
    tops = [p for p in points if p not in below]
    seen: set[str] = set()
    return [found for top in tops for found in _outline(top, 0, points, under, seen)]


def _outline(
    point: str, depth: int, points: dict[str, Element],
    under: dict[str, list[tuple[int, str]]], seen: set[str],
) -> Iterator[DiagramPoint]:  # fmt: skip
    if point in seen or depth > _DEEPEST:
        return
    seen.add(point)
    paragraphs = tuple(p for p in points[point].iter(A + "p") if any(_texts(p)))
    rows = [child for _, child in sorted(under.get(point, ()))]
    if paragraphs:
        leads = any(next(_texts(points[child]), "") for child in rows)
        yield DiagramPoint(paragraphs, depth, leads)
    for child in rows:
        # The invisible root (`doc`) and empty points do not count as a level.
        yield from _outline(child, depth + bool(paragraphs), points, under, seen)


def _texts(node: Element) -> Iterator[str]:
    return (text for e in node.iter(A + "t") if (text := (e.text or "").strip()))


def chart_text(root: Element) -> str:
    """What a chart says in words: its title, the titles of its axes, its series and categories."""
    said = list(dict.fromkeys(filter(None, map(_squeezed, _chart_texts(root)))))
    return " · ".join(said[:_MOST_NAMES])


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _chart_texts(root: Element) -> Iterator[str]:
    chart = root.find(C + "chart")
    if chart is None:
        yield from _extended_texts(root)
        return
    yield _title(chart)
    for axis in (e for name in _AXES for e in chart.iter(C + name)):
        if axis.find(f"{C}delete[@val='1']") is None:
            yield _title(axis)
    series = list(chart.iter(C + "ser"))
    for one in series:
        name = one.find(C + "tx")
        yield " ".join(_values(name)) if name is not None else ""
    for one in series:
        for names in one.findall(C + "cat"):
            yield from _values(names) if _are_names(names) else ()


def _are_names(names: Element) -> bool:
    """Whether categories print as they are stored: words and years do, dates do not."""
    form = next((e.text for e in names.iter(C + "formatCode")), None)
    return (form or "General") in {"General", "0", "@"}


def _title(owner: Element) -> str:
    title = owner.find(C + "title")
    if title is None:
        return ""
    typed = [" ".join(_texts(p)) for p in title.iter(A + "p")]
    return " ".join(typed).strip() or " ".join(_values(title))


def _values(node: Element) -> Iterator[str]:
    """What was last read from the sheet behind the chart, or typed."""
    return (e.text or "" for e in node.iter(C + "v"))


def _extended_texts(root: Element) -> Iterator[str]:
    """Charts of the newer kinds: sunburst, treemap, funnel."""
    for title in root.iter(CX + "title"):
        yield " ".join(_texts(title)) or " ".join(e.text or "" for e in title.iter(CX + "v"))
    for name in root.iter(CX + "tx"):
        owner = name.getparent()
        if owner is not None and owner.tag == CX + "series":
            yield " ".join(e.text or "" for e in name.iter(CX + "v"))
    for names in root.iter(CX + "strDim"):
        yield from (e.text or "" for e in names.iter(CX + "pt"))
