"""PPTX: the slides of a presentation as they are shown, what hides on them marked as such.

Reads the XML itself, part by part, so that films and pictures are never in memory. Places and
inheritance are left to `pptx_sheets`, text to `pptx_text`, tables and charts to `pptx_objects`,
notes and comments to `pptx_notes`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from pipeline.errors import DamagedInputError, InputError
from pipeline.extractors.drawingml import A, R, alternative_text, switched, whole_number
from pipeline.extractors.opc import Package
from pipeline.extractors.pptx_notes import Comments, speaker_notes
from pipeline.extractors.pptx_objects import frame_items
from pipeline.extractors.pptx_sheets import RUNNING, TITLES, Shape, Sheet, Sheets
from pipeline.extractors.pptx_styles import ListStyle, P
from pipeline.extractors.pptx_text import TextStyle, numbers_pages, paragraphs, shrunk
from pipeline.extractors.pptx_unseen import Unseen
from pipeline.extractors.sniff_zip import check_zip
from pipeline.model.document import BlockRole, Problem
from pipeline.model.raw import RawBox, RawDocument, RawItem, RawPage, RawParagraph, RawPicture

if TYPE_CHECKING:
    pass

_EMU_PER_POINT = 12700
_USUAL_SIZE = (("cx", 9_144_000), ("cy", 6_858_000))
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_LARGE, _THIN = 0.7, 12.0
"""Boxes that take up more of the slide than this, or fewer points, are scenery."""
_LONGEST_FOOTER = 2
"""Paragraphs of a text box that holds the slide's number and is therefore no text of the slide."""


def extract(path: Path) -> RawDocument:
    """Read a presentation or slide show; notes and comments come after the shapes of their slide.

    Raises `DamagedInputError` where the file cannot be read as a presentation, `LimitError` where
    it is not safe to open. A slide that cannot be read is a `Problem`, unless none can.
    """
    check_zip(path)
    try:
        with ZipFile(path) as archive:
            return _Reader(Package(archive)).document()
    except InputError:
        raise
    except Exception as error:
        raise DamagedInputError(
            f"{path.name} is damaged and cannot be read as a presentation",
            "open it in PowerPoint or LibreOffice, repair it and save it again",
        ) from error


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._problems: list[Problem] = []
        self._unread = 0
        roots = dict(package.targets("").values())
        main = roots.get("officeDocument", "ppt/presentation.xml")
        self._properties = roots.get("core-properties", "docProps/core.xml")
        self._root = package.xml(main)
        self._targets = package.targets(main)
        self._usual = self._root.find(P + "defaultTextStyle")
        self._plain = ListStyle([self._usual])
        self._sheets = Sheets(package)
        self._drawn: set[int] = set()
        size = self._root.find(P + "sldSz")
        self._width, self._height = (
            whole_number(size.get(name) if size is not None else None, usual) / _EMU_PER_POINT
            for name, usual in _USUAL_SIZE
        )

    def document(self) -> RawDocument:
        """All slides in the order in which they are shown."""
        self._comments = self._read_comments()
        rows = self._root.iterfind(f"{P}sldIdLst/{P}sldId")
        names = [self._targets.get(row.get(R + "id") or "", ("", ""))[1] for row in rows]
        pages = [self._page(number, name) for number, name in enumerate(names, 1)]
        if pages and self._unread == len(pages):
            raise DamagedInputError(
                "none of the slides can be read", "open it in PowerPoint and save it again"
            )
        return RawDocument(pages=pages, title=self._title(), problems=self._problems)

    def _report(self, what: str, page: int | None = None) -> None:
        hint = "open the presentation in PowerPoint, save it again and compare what came out"
        self._problems.append(Problem("part-unreadable", f"{what} could not be read", hint, page))

    def _title(self) -> str | None:
        if self._properties not in self._package:
            return None
        try:
            node = self._package.xml(self._properties).find(_TITLE)
        except Exception:  # The deck says the same without its properties.
            return None
        return ((node.text or "").strip() or None) if node is not None else None

    def _read_comments(self) -> Comments:
        try:
            return Comments(self._package, self._targets)
        except Exception:
            self._report("the names of those who commented")
            return Comments(self._package, {})

    def _page(self, number: int, name: str) -> RawPage:
        printed = whole_number(self._root.get("firstSlideNum"), 1) + number - 1
        page = RawPage(
            number, (), self._width, self._height, label=str(printed) if printed != number else None
        )
        try:
            slide = self._sheets.slide(name)
        except Exception:
            self._unread += 1
            self._report("the slide", number)
            return page
        fields = {"slidenum": str(printed)}
        boxes: list[RawBox] = []
        items = [
            *self._shown(slide, number, fields, boxes),
            *self._scenery(slide, fields),
            *self._beside(slide, number),
        ]
        hidden = switched(slide.root.get("show")) is False
        return replace(page, items=items, hidden=hidden, boxes=boxes)

    def _shown(
        self, slide: Sheet, number: int, fields: dict[str, str], boxes: list[RawBox]
    ) -> Iterator[RawItem]:
        """What the shapes of a slide hold; what nobody sees is marked and told of.

        Boxes that are drawn without text go to `boxes`: a note may be a box and a text over it.
        """
        unseen = Unseen(slide, self._width, self._height)
        for shape in slide.shapes():
            try:
                found = list(self._items(shape, slide, fields))
            except Exception:
                self._report("a chart, a diagram or a table", number)
                found = []
            yield from unseen.marked(shape, found)
            if shape.bbox is not None and self._is_card(shape, found):
                boxes.append(RawBox(shape.bbox, shape.fill))
        self._problems.extend(unseen.problems(number))

    def _is_card(self, shape: Shape, found: list[RawItem]) -> bool:
        """A drawn box of some size without fill or without text of its own."""
        if shape.bbox is None or shape.hidden or shape.node.tag != P + "sp":
            return False
        drawn = shape.framed or shape.fill is not None
        empty = not any(isinstance(x, RawParagraph) for x in found)
        width, height = shape.bbox[2] - shape.bbox[0], shape.bbox[3] - shape.bbox[1]
        large = width * height > _LARGE * self._width * self._height
        return drawn and (empty or shape.fill is None) and min(width, height) > _THIN and not large

    def _items(self, shape: Shape, sheet: Sheet, fields: dict[str, str]) -> Iterator[RawItem]:
        tag = shape.node.tag.removeprefix(P)
        if tag == "graphicFrame":
            style = TextStyle(self._plain, sheet.theme, fields=fields)
            yield from frame_items(shape, sheet, self._package, style)
            return
        found = list(self._paragraphs(shape, sheet, fields))
        yield from found
        said = "" if found else alternative_text(shape.properties)
        if said or tag in {"pic", "contentPart"}:
            yield RawPicture(said, shape.bbox)

    def _paragraphs(
        self, shape: Shape, sheet: Sheet, fields: dict[str, str]
    ) -> Iterator[RawParagraph]:
        body = shape.node.find(P + "txBody")
        if body is None:
            return
        styles = sheet.list_style(shape.slot, self._usual) if shape.slot else self._plain
        reference = shape.node.find(f"{P}style/{A}fontRef")
        if reference is not None and len(reference):
            styles = ListStyle([], styles, reference)
        style = TextStyle(styles, sheet.theme, shrunk(body), fields)
        found = [
            replace(p, bbox=shape.bbox, shape=shape.number, fill=shape.fill)
            for p in paragraphs(body, style)
        ]
        if shape.kind in TITLES:
            yield from _title(found)
        elif shape.kind in RUNNING or (len(found) <= _LONGEST_FOOTER and numbers_pages(body)):
            yield from (_as_furniture(p) for p in found)
        else:
            yield from found

    def _scenery(self, slide: Sheet, fields: dict[str, str]) -> Iterator[RawParagraph]:
        """Text that a layout or master draws on its slides, once: a motto, the name of a firm."""
        sheet: Sheet | None = slide
        while sheet is not None and sheet.base is not None:
            if switched(sheet.root.get("showMasterSp")) is False:
                return
            sheet = sheet.base
            if id(sheet) not in self._drawn:
                self._drawn.add(id(sheet))
                for shape in sheet.shapes():
                    if shape.slot is None and not shape.hidden:
                        found = self._paragraphs(shape, sheet, fields)
                        yield from (_as_furniture(p) for p in found)

    def _beside(self, slide: Sheet, number: int) -> Iterator[RawItem]:
        """Comments, then speaker notes."""
        try:
            yield from self._comments.of(slide)
            for kind, name in slide.targets.values():
                if kind == "notesSlide" and name in self._package:
                    yield from speaker_notes(self._sheets.page(name))
        except Exception:
            self._report("the notes or comments", number)


def _title(found: list[RawParagraph]) -> Iterator[RawParagraph]:
    """A title is one line of meaning, however its lines are broken."""
    if found:
        text = " ".join(p.text.replace("\n", " ") for p in found)
        yield replace(found[0], text=text, heading=0, listed=False, marker=None, level=0)


def _as_furniture(paragraph: RawParagraph) -> RawParagraph:
    return replace(paragraph, furniture=True, role=BlockRole.FURNITURE)
