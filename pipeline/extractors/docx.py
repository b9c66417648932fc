"""DOCX: the paragraphs, lists, tables and text boxes of a Word document, in the file's order.

Reads the XML itself: what Word shows goes in once, what it hides stays out. What stands inside
a paragraph is left to `docx_text`, what styles and list definitions say to `docx_numbering`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from pipeline.errors import DamagedInputError, InputError
from pipeline.extractors.docx_numbering import (
    A,
    Numbering,
    Styles,
    W,
    child,
    chosen,
    number,
    numeral,
    outermost,
    value,
)
from pipeline.extractors.docx_text import (
    DGM,
    InlineReader,
    ParagraphContent,
    V,
    leading_checkbox,
    shown_text,
    usual_size,
)
from pipeline.extractors.opc import Package
from pipeline.extractors.sniff_zip import check_zip
from pipeline.model.document import BlockRole, Problem
from pipeline.model.raw import (
    RawCell,
    RawDocument,
    RawItem,
    RawLine,
    RawPage,
    RawParagraph,
    RawTable,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MAX_SPAN = 63
_NOTE_NUMBERS = {"footnotes": "decimal", "endnotes": "lowerRoman", "comments": "none"}
"""How the notes of a part are numbered."""


def extract(path: Path) -> RawDocument:
    """Read a DOCX (or DOCM) file; notes and comments follow the paragraph they belong to.

    Headers and footers come last. Raises `DamagedInputError` where the file cannot be read as a
    Word document, `LimitError` where it is not safe to open.
    """
    check_zip(path)
    try:
        with ZipFile(path) as archive:
            return _Reader(Package(archive)).document()
    except InputError:
        raise
    except Exception as error:
        raise DamagedInputError(
            f"{path.name} is damaged and cannot be read as a Word document",
            "open it in Word or LibreOffice, repair it and save it again as DOCX",
        ) from error


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the file a paragraph stands: its role, its text box, its part's references."""

    targets: dict[str, tuple[str, str]]
    role: BlockRole = BlockRole.BODY
    shape: int | None = None


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._problems: list[Problem] = []
        main = [name for kind, name in package.targets("").values() if kind == "officeDocument"]
        self._main = main[0] if main else "word/document.xml"
        self._root = package.xml(self._main)
        self._targets = package.targets(self._main)
        self._styles = Styles(self._side("styles"))
        self._numbering = Numbering(self._side("numbering"), self._styles)
        self._notes = {
            kind: {value(e, "id") or "": e for e in _each(self._side(kind))}
            for kind in _NOTE_NUMBERS
        }
        self._counted: dict[str, list[str]] = {kind: [] for kind in self._notes}
        self._shapes = 0
        self._inline = InlineReader(self._styles)

    def document(self) -> RawDocument:
        """The whole document as one page."""
        body = child(self._root, "body")
        if body is None:
            raise DamagedInputError("the Word document has no body", "save it again from Word")
        items = list(self._blocks(body, _Place(self._targets)))
        titles = (x.text for x in items if isinstance(x, RawParagraph) and x.heading == 0)
        title = next(titles, None)
        items.extend(self._furniture())
        page = RawPage(number=1, items=items)
        return RawDocument(pages=[page], title=title, paged=False, problems=self._problems)

    def _side(self, kind: str) -> Element | None:
        """A part beside the text, such as the styles; a broken one is a problem, not an end."""
        name = next((name for found, name in self._targets.values() if found == kind), None)
        if name is None:
            return None
        try:
            return self._package.xml(name)
        except Exception:
            self._report("part-unreadable", f"the part «{name}» is broken and was left out")
            return None

    def _report(self, code: str, message: str) -> None:
        hint = "open the document in Word, save it again and compare what came out"
        self._problems.append(Problem(code=code, message=message, hint=hint))

    def _blocks(self, parent: Element, place: _Place) -> Iterator[RawItem]:
        """The items of a body, a cell, a text box or a note; containers are walked."""
        for node in chosen(parent):
            if node.tag == W + "p":
                yield from self._paragraph(node, place)
            elif node.tag == W + "tbl":
                yield from self._table(node, place)
            elif node.tag == W + "altChunk":
                self._report("embedded-document", "a document embedded in this one was left out")
            else:
                yield from self._blocks(node, place)

    def _paragraph(self, node: Element, place: _Place) -> Iterator[RawItem]:
        following = node.getnext()
        if _mark_deleted(node) and following is not None and following.tag == W + "p":
            return
        content = ParagraphContent()
        for part in [*_joined_before(node), node]:
            style_id = value(child(part, "pPr", "pStyle"))
            self._inline.read(part, content, self._styles.paragraph_look(style_id))
        yield from self._printed(node, content, place)
        yield from () if place.role is BlockRole.FURNITURE else content.pictures
        for box in content.boxes:
            yield from self._box(box, place)
        for kind, note_id in content.notes:
            yield from self._note(kind, note_id)

    def _printed(
        self, node: Element, content: ParagraphContent, place: _Place
    ) -> Iterator[RawParagraph]:
        """The paragraph itself; an empty one counts in its list but is not given."""
        properties = child(node, "pPr")
        style_id = value(child(properties, "pStyle"))
        pieces = content.shown()
        listing = self._numbering.place(properties)
        marker = self._numbering.mark(*listing) if listing else None
        heading = self._styles.heading(properties)
        box, pieces = leading_checkbox(pieces, marker)
        text = shown_text(pieces)
        if not text.strip():
            return
        seen = [piece for piece in pieces if piece.text.strip()]
        level = listing[1] if listing and marker else 0
        level = 0 if heading is not None else level or self._styles.list_depth(style_id)
        yield RawParagraph(
            text=text,
            size=usual_size(seen),
            bold=all(piece.look.bold for piece in seen),
            italic=all(piece.look.italic for piece in seen),
            level=level,
            marker=box or marker,
            listed=bool(box or marker) and heading is None,
            heading=heading,
            style=self._styles.name(style_id),
            role=place.role,
            shape=place.shape,
            furniture=place.role is BlockRole.FURNITURE,
        )

    def _box(self, node: Element, place: _Place) -> Iterator[RawItem]:
        self._shapes += 1
        place = replace(place, shape=self._shapes)
        if node.tag == W + "txbxContent":
            yield from self._blocks(node, place)
            return
        for text in self._labels(node, place):
            if text.strip():
                yield RawParagraph(
                    text=text.strip(),
                    role=place.role,
                    shape=place.shape,
                    furniture=place.role is BlockRole.FURNITURE,
                )

    def _labels(self, node: Element, place: _Place) -> Iterator[str]:
        """The texts of word art, of drawn shapes and of a diagram (SmartArt)."""
        if node.tag == V + "textpath":
            yield node.get("string") or ""
            return
        if node.tag == DGM + "relIds":
            _, name = place.targets.get(node.get(_R + "dm") or "", ("", ""))
            try:
                node = self._package.xml(name)
            except Exception:
                self._report("part-unreadable", "the text of a diagram could not be read")
        for paragraph in node.iter(A + "p"):
            yield "".join(e.text or "" for e in paragraph.iter(A + "t"))

    def _note(self, kind: str, note_id: str) -> Iterator[RawItem]:
        """A footnote, endnote or comment, once, with the number that Word prints."""
        counted = self._counted[kind]
        node = self._notes[kind].get(note_id)
        if node is None or note_id in counted:
            return
        counted.append(note_id)
        marker = numeral(len(counted), _NOTE_NUMBERS[kind])
        for item in self._blocks(node, _Place({}, role=BlockRole.NOTE)):
            if isinstance(item, RawParagraph) and marker:
                yield replace(item, marker=marker)
                marker = ""
            else:
                yield item

    def _table(self, node: Element, place: _Place) -> Iterator[RawItem]:
        """The grid, then what cells cannot hold: pictures, notes."""
        aside: list[RawItem] = []
        rows = [self._row(row, place, aside) for row in outermost(node, {W + "tr"})]
        width = max((len(row) for row in rows), default=0)
        grid = tuple(tuple(row + [()] * (width - len(row))) for row in rows if row)
        if any(cell for row in grid for cell in row):
            yield RawTable(rows=grid, role=place.role, shape=place.shape)
        yield from aside

    def _row(self, node: Element, place: _Place, aside: list[RawItem]) -> list[RawCell]:
        properties = child(node, "trPr")
        if child(properties, "del") is not None:
            return []
        cells: list[RawCell] = [()] * _span(child(properties, "gridBefore"), 0)
        for cell in outermost(node, {W + "tc"}):
            cells.append(() if _continues(cell) else self._cell(cell, place, aside))
            cells.extend([()] * (_span(child(cell, "tcPr", "gridSpan"), 1) - 1))
        return cells + [()] * _span(child(properties, "gridAfter"), 0)

    def _cell(self, node: Element, place: _Place, aside: list[RawItem]) -> RawCell:
        held: list[RawParagraph | RawLine] = []
        for item in self._blocks(node, place):
            if isinstance(item, RawParagraph) and item.role is place.role:
                held.append(item)
            elif isinstance(item, RawTable) and item.role is place.role:
                held.extend(x for row in item.rows for cell in row for x in cell)
            else:
                aside.append(item)
        return tuple(held)

    def _furniture(self) -> Iterator[RawItem]:
        """Headers, then footers, each distinct one once; only those that Word prints."""
        settings = self._side("settings")
        shown = {"default"}
        shown |= {"first"} if next(self._root.iter(W + "titlePg"), None) is not None else set()
        shown |= {"even"} if child(settings, "evenAndOddHeaders") is not None else set()
        seen: set[tuple[str, ...]] = set()
        for kind in ("headerReference", "footerReference"):
            for name in dict.fromkeys(self._referred(kind, shown)):
                items = list(self._running(name))
                texts = tuple(text for item in items for text in _texts(item))
                if texts not in seen:
                    yield from items
                seen.add(texts)

    def _referred(self, kind: str, shown: set[str]) -> Iterator[str]:
        for node in self._root.iter(W + kind):
            _, name = self._targets.get(node.get(_R + "id") or "", ("", ""))
            if name and (value(node, "type") or "default") in shown:
                yield name

    def _running(self, name: str) -> Iterator[RawItem]:
        try:
            root, targets = self._package.xml(name), self._package.targets(name)
        except Exception:
            self._report("part-unreadable", f"the part «{name}» is broken and was left out")
            return
        yield from self._blocks(root, _Place(targets, BlockRole.FURNITURE))


def _mark_deleted(node: Element) -> bool:
    """Whether the end of a paragraph is deleted, so that the next one goes on in it."""
    return child(node, "pPr", "rPr", "del") is not None


def _joined_before(node: Element) -> list[Element]:
    found: list[Element] = []
    for earlier in node.itersiblings(preceding=True):
        if earlier.tag != W + "p" or not _mark_deleted(earlier):
            break
        found.append(earlier)
    return found[::-1]


def _each(node: Element | None) -> Iterable[Element]:
    return () if node is None else node


def _continues(cell: Element) -> bool:
    """A cell that is only the continuation of the merged one above or before it."""
    merges = (child(cell, "tcPr", name) for name in ("vMerge", "hMerge"))
    return any(merge is not None and value(merge) in {None, "continue"} for merge in merges)


def _span(node: Element | None, default: int) -> int:
    """Columns that a cell covers; 63 is the most that Word knows."""
    return min(max(number(value(node), default), default), _MAX_SPAN)


def _texts(item: RawItem) -> Iterator[str]:
    if isinstance(item, RawTable):
        yield from (x.text for row in item.rows for cell in row for x in cell)
    elif isinstance(item, RawParagraph):
        yield item.text
