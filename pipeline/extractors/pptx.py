"""PPTX: slides through python-pptx, with what placeholders inherit from layout and master."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER as PH
from pptx.exc import PythonPptxError
from pptx.opc.package import PartFactory
from pptx.package import Package
from pptx.parts.presentation import PresentationPart

from pipeline.errors import DamagedInputError
from pipeline.extractors.pptx_text import Numbering, Placed, paragraphs_of, text_of
from pipeline.extractors.sniff_zip import check_zip
from pipeline.model.document import BBox, BlockRole
from pipeline.model.raw import (
    RawCell,
    RawDocument,
    RawItem,
    RawPage,
    RawParagraph,
    RawPicture,
    RawTable,
)

_EMU_PER_POINT = 12700
_TITLES = {PH.TITLE, PH.CENTER_TITLE, PH.VERTICAL_TITLE}
_FURNITURE = {PH.FOOTER, PH.HEADER, PH.DATE, PH.SLIDE_NUMBER}
_MAX_DEPTH = 20
_MACRO_SHOW = "application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml"
_NOT_PARSABLE = (KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile, OSError)


def extract(path: Path) -> RawDocument:
    """Read a PPTX file; notes come after the shapes of their slide.

    Raises `DamagedInputError` where the file cannot be opened as a presentation.
    """
    check_zip(path)
    try:
        deck = _opened(path)
        width, height = deck.slide_width or 0, deck.slide_height or 0
        pages = [
            _page(n, slide, width / _EMU_PER_POINT, height / _EMU_PER_POINT)
            for n, slide in enumerate(deck.slides, 1)
        ]
        title = (deck.core_properties.title or "").strip() or None
    except (*_NOT_PARSABLE, PythonPptxError, SyntaxError) as error:
        raise DamagedInputError(
            "the presentation is damaged and cannot be opened",
            "open it in PowerPoint or LibreOffice, repair it and save it again",
        ) from error
    return RawDocument(pages=pages, title=title)


def _opened(path: Path) -> Any:
    """The presentation. `pptx.Presentation` refuses slide shows, which hold the same parts."""
    PartFactory.part_type_for.setdefault(_MACRO_SHOW, PresentationPart)
    return Package.open(str(path)).presentation_part.presentation


def _page(number: int, slide: Any, width: float, height: float) -> RawPage:
    items: list[RawItem] = []
    for n, placed in enumerate(_shapes(slide.shapes, Placed.whole())):
        items.extend(_items(placed, n))
    items.extend(_notes(slide))
    return RawPage(
        number=number,
        items=items,
        width=width,
        height=height,
        hidden=slide._element.get("show") == "0",
    )


def _shapes(shapes: Any, frame: Placed, depth: int = 0) -> Iterator[Placed]:
    """All shapes with their places on the slide; groups are walked."""
    for shape in shapes:
        placed = frame.place(shape)
        # By its tag, for the library refuses to name the type of shapes that it does not know.
        if str(shape._element.tag).endswith("}grpSp") and depth < _MAX_DEPTH:
            yield from _shapes(shape.shapes, frame.inside(shape), depth + 1)
        else:
            yield placed


def _items(placed: Placed, number: int) -> list[RawItem]:
    shape = placed.shape
    if getattr(shape, "has_table", False):
        return [_table(shape.table, placed.bbox, number)]
    if getattr(shape, "has_text_frame", False):
        return list(_paragraphs(placed, number))
    if getattr(shape, "has_chart", False):
        return [RawPicture(text=_chart_title(shape.chart), bbox=placed.bbox)]
    return [RawPicture(text=_alternative_text(shape), bbox=placed.bbox)]


def _paragraphs(placed: Placed, number: int) -> Iterator[RawParagraph]:
    shape = placed.shape
    kind = shape.placeholder_format.type if shape.is_placeholder else None
    found = list(paragraphs_of(placed, number))
    if kind in _TITLES:
        yield from _title(found)
        return
    for paragraph in found:
        if kind in _FURNITURE or _has_field(shape):
            yield replace(paragraph, furniture=True, role=BlockRole.FURNITURE)
        else:
            yield paragraph


def _title(found: list[RawParagraph]) -> Iterator[RawParagraph]:
    """A title is one line of meaning, however its lines are broken."""
    if found:
        text = " ".join(p.text.replace("\n", " ") for p in found)
        yield replace(found[0], text=text, heading=0, listed=False, marker=None, level=0)


def _has_field(shape: Any) -> bool:
    fields = shape._element.findall(".//{*}fld")
    return any(f.get("type", "").startswith("slidenum") for f in fields)


def _table(table: Any, bbox: BBox | None, number: int) -> RawTable:
    rows: list[tuple[RawCell, ...]] = []
    for row in table.rows:
        cells: list[RawCell] = []
        for cell in row.cells:
            if cell.is_spanned:
                cells.append(())
                continue
            numbering = Numbering()
            texts = (
                RawParagraph(
                    text=text_of(p._p),
                    level=p.level,
                    bold=bool(p.runs) and all(r.font.bold for r in p.runs if r.text.strip()),
                    marker=numbering.marker(p._p, []),
                    listed=numbering.listed(p._p, []),
                )
                for p in cell.text_frame.paragraphs
            )
            cells.append(tuple(t for t in texts if t.text.strip()))
        rows.append(tuple(cells))
    return RawTable(rows=tuple(rows), bbox=bbox, shape=number)


def _chart_title(chart: Any) -> str:
    if chart.has_title and chart.chart_title.has_text_frame:
        return str(chart.chart_title.text_frame.text).strip()
    return ""


def _alternative_text(shape: Any) -> str:
    node = shape._element.find(".//{*}cNvPr")
    text = (node.get("descr") or "") if node is not None else ""
    # A picture pasted without a description carries its file name; that says nothing.
    return "" if text.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".emf")) else text.strip()


def _notes(slide: Any) -> Iterator[RawParagraph]:
    if not slide.has_notes_slide:
        return
    frame = slide.notes_slide.notes_text_frame
    if frame is None:
        return
    for p in frame.paragraphs:
        # A line break in the notes pane is a new line of notes.
        for line in text_of(p._p).split("\n"):
            if line.strip():
                yield RawParagraph(text=line.strip(), level=p.level, role=BlockRole.NOTE)
