"""What frames on a slide hold that is no text box: tables, charts, diagrams, embedded files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extractors.drawingml import CX, DGM, A, C, R, alternative_text, switched
from pipeline.extractors.office_objects import chart_text, diagram_points
from pipeline.extractors.opc import Package
from pipeline.extractors.pptx_sheets import Shape, Sheet
from pipeline.extractors.pptx_text import TextStyle, paragraphs, plain_text
from pipeline.model.raw import RawCell, RawItem, RawParagraph, RawPicture, RawTable

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CHARTS = (C + "chart", CX + "chart")
_ROUND = "•"


def frame_items(
    shape: Shape, sheet: Sheet, package: Package, style: TextStyle
) -> Iterator[RawItem]:
    """What a `p:graphicFrame` shows; raises what lxml raises where its part is broken."""
    table = next(shape.node.iter(A + "tbl"), None)
    chart = next(shape.node.iter(*_CHARTS), None)
    diagram = next(shape.node.iter(DGM + "relIds"), None)
    if table is not None:
        yield _table(table, shape, style)
    elif chart is not None:
        _, name = sheet.targets.get(chart.get(R + "id") or "", ("", ""))
        said = chart_text(package.xml(name)) if name in package else ""
        yield RawPicture(said or alternative_text(shape.properties), shape.bbox)
    elif diagram is not None:
        _, name = sheet.targets.get(diagram.get(R + "dm") or "", ("", ""))
        if name in package:
            yield from _diagram(package.xml(name), shape, style)
    else:
        yield RawPicture(alternative_text(shape.properties), shape.bbox)


def _table(node: Element, shape: Shape, style: TextStyle) -> RawTable:
    """The grid; the places that a merged cell covers are empty."""
    rows: list[tuple[RawCell, ...]] = []
    for row in node.findall(A + "tr"):
        cells: list[RawCell] = []
        for cell in row.findall(A + "tc"):
            body = cell.find(A + "txBody")
            covered = any(switched(cell.get(name)) for name in ("hMerge", "vMerge"))
            shown = body is not None and not covered
            cells.append(tuple(paragraphs(body, style)) if body is not None and shown else ())
        rows.append(tuple(cells))
    return RawTable(rows=tuple(rows), bbox=shape.bbox, shape=shape.number)


def _diagram(root: Element, shape: Shape, style: TextStyle) -> Iterator[RawParagraph]:
    """A diagram as its outline: points over others head them, what hangs under them is a list."""
    for point in diagram_points(root):
        for node in point.paragraphs:
            text = " ".join(text for text, _ in plain_text(node) if text.strip())
            under = point.depth > 0
            plain = RawParagraph(text=text, bbox=shape.bbox, shape=shape.number)
            if under:
                plain = replace(plain, level=point.depth - 1, marker=_ROUND, listed=True)
            yield replace(plain, heading=1) if point.leads and not under else plain
