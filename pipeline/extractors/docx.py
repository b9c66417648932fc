"""DOCX: the paragraphs, lists, tables and text boxes of a Word document, in the file's order.

Reads the XML itself: what Word shows goes in once (insertions, chosen alternatives, field
results), what it hides stays out (deletions, field codes, hidden text, empty placeholders).
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

from pipeline.errors import DamagedInputError, InputError
from pipeline.extractors.docx_numbering import (
    A,
    Look,
    Numbering,
    Styles,
    W,
    child,
    chosen,
    look_of,
    number,
    numeral,
    outermost,
    switched,
    value,
)
from pipeline.extractors.encoding import drawn_text, symbol
from pipeline.extractors.sniff import check_zip
from pipeline.model.document import BlockRole, Problem
from pipeline.model.raw import (
    RawCell,
    RawDocument,
    RawItem,
    RawLine,
    RawPage,
    RawParagraph,
    RawPicture,
    RawTable,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_V = "{urn:schemas-microsoft-com:vml}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_STRICT = tuple(
    (b"http://purl.oclc.org/ooxml/" + name, b"http://schemas.openxmlformats.org/" + name + b"2006/")
    for name in (b"wordprocessingml/", b"drawingml/", b"officeDocument/")
)
"""«Strict Open XML» names the same things by other addresses."""

_BOXES = {W + "txbxContent", A + "txBody", A + "txSp", _DGM + "relIds", _V + "textpath"}
_PICTURES = {_PIC + "pic", _CHART + "chart", _V + "imagedata"}
_MAX_SPAN = 63
_EMPTY, _TICKED = "☐", "☑"
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = {
    "footnoteReference": ("footnotes", "decimal"),
    "endnoteReference": ("endnotes", "lowerRoman"),
    "commentReference": ("comments", "none"),
}


def extract(path: Path) -> RawDocument:
    """Read a DOCX (or DOCM) file; notes and comments follow the paragraph they belong to.

    Headers and footers come last. Raises `DamagedInputError` where the file cannot be read as a
    Word document, `LimitError` where it is not safe to open.
    """
    check_zip(path)
    try:
        with ZipFile(path) as archive:
            return _Reader(_Package(archive)).document()
    except InputError:
        raise
    except Exception as error:
        raise DamagedInputError(
            f"{path.name} is damaged and cannot be read as a Word document",
            "open it in Word or LibreOffice, repair it and save it again as DOCX",
        ) from error


class _Package:
    """The parts of the zip by name, and what each refers to."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._names = {name.lstrip("/").lower(): name for name in archive.namelist()}

    def xml(self, name: str) -> Element:
        data = self._archive.read(self._names[name.lower()])
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        return etree.fromstring(data, parser)

    def targets(self, name: str) -> dict[str, tuple[str, str]]:
        """Relationship id -> its kind (`styles`, `header` …) and the name of the other part."""
        folder, file = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", file + ".rels")
        if rels.lower() not in self._names:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for row in self.xml(rels):
            kind = (row.get("Type") or "").rpartition("/")[2]
            target = unquote(row.get("Target") or "").replace("\\", "/")
            full = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[row.get("Id") or ""] = (kind, full)
        return found


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the file a paragraph stands: its role, its text box, its part's references."""

    targets: dict[str, tuple[str, str]]
    role: BlockRole = BlockRole.BODY
    shape: int | None = None


@dataclass(slots=True)
class _Piece:
    text: str
    look: Look
    code: bool = False
    check: bool = False


@dataclass(slots=True)
class _Line:
    """What is found inside one paragraph, in order."""

    pieces: list[_Piece] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    pictures: list[RawPicture] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def add(self, text: str, look: Look, check: bool = False) -> None:
        if text and not look.hidden:
            self.pieces.append(_Piece(text, look, "code" in self.fields, check))

    def shown(self) -> list[_Piece]:
        """The pieces without field codes; all of them where a field never ends."""
        return [p for p in self.pieces if not p.code or "code" in self.fields]


_Handler = Callable[["Element", _Line, Look], None]


class _Reader:
    def __init__(self, package: _Package) -> None:
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
            for kind, _ in _NOTES.values()
        }
        self._counted: dict[str, list[str]] = {kind: [] for kind in self._notes}
        self._shapes = 0
        self._inline = self._handlers()

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
        line = _Line()
        for part in [*_joined_before(node), node]:
            style_id = value(child(part, "pPr", "pStyle"))
            self._walk(part, line, self._styles.paragraph_look(style_id))
        yield from self._printed(node, line, place)
        yield from () if place.role is BlockRole.FURNITURE else line.pictures
        for box in line.boxes:
            yield from self._box(box, place)
        for kind, note_id in line.notes:
            yield from self._note(kind, note_id)

    def _printed(self, node: Element, line: _Line, place: _Place) -> Iterator[RawParagraph]:
        """The paragraph itself; an empty one counts in its list but is not given."""
        properties = child(node, "pPr")
        style_id = value(child(properties, "pStyle"))
        pieces = line.shown()
        listing = self._numbering.place(properties)
        marker = self._numbering.mark(*listing) if listing else None
        heading = self._styles.heading(properties)
        box, pieces = _checkbox(pieces, marker)
        text = _text(pieces)
        if not text.strip():
            return
        seen = [piece for piece in pieces if piece.text.strip()]
        level = listing[1] if listing and marker else 0
        level = 0 if heading is not None else level or self._styles.list_depth(style_id)
        yield RawParagraph(
            text=text,
            size=_size(seen),
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

    def _walk(self, parent: Element, line: _Line, look: Look) -> None:
        """All that a paragraph or run shows; `look` is what its characters inherit."""
        for node in chosen(parent):
            handler = self._inline.get(node.tag)
            if handler:
                handler(node, line, look)
            else:
                self._walk(node, line, look)

    def _handlers(self) -> dict[str, _Handler]:
        own: dict[str, _Handler] = {"r": self._run, "sdt": self._control}
        own |= {"t": _plain, "sym": _symbol, "fldChar": _field}
        own |= dict.fromkeys(("drawing", "pict", "object"), self._drawn)
        own |= dict.fromkeys(_SIGNS, _sign) | dict.fromkeys(_NOTES, _reference)
        return {W + name: handler for name, handler in own.items()} | {_M + "t": _plain}

    def _run(self, node: Element, line: _Line, look: Look) -> None:
        properties = child(node, "rPr")
        style = self._styles.look(value(child(properties, "rStyle")))
        self._walk(node, line, look_of(properties).over(style).over(look))

    def _control(self, node: Element, line: _Line, look: Look) -> None:
        """A content control: a check box is a sign, a prompt that nobody answered is nothing."""
        box = node.find(f"{W}sdtPr/{_W14}checkbox")
        if box is not None:
            state = box.find(_W14 + "checked")
            ticked = state is not None and state.get(_W14 + "val") in {"1", "true"}
            line.add(_TICKED if ticked else _EMPTY, look, check=True)
        elif (content := child(node, "sdtContent")) is not None:
            self._walk(content, line, look)

    def _drawn(self, node: Element, line: _Line, look: Look) -> None:
        """Text boxes and pictures of a drawing, however deep they are grouped."""
        if look.hidden:
            return
        found = list(outermost(node, _BOXES | _PICTURES))
        line.boxes.extend(e for e in found if e.tag in _BOXES)
        pictures = [e for e in found if e.tag in _PICTURES]
        if pictures:
            line.pictures.append(RawPicture(text=_alternative(node, pictures[0])))

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
        if node.tag == _V + "textpath":
            yield node.get("string") or ""
            return
        if node.tag == _DGM + "relIds":
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
        marker = numeral(len(counted), dict(_NOTES.values())[kind])
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


def _plain(node: Element, line: _Line, look: Look) -> None:
    text = re.sub(r"[\r\n\t]+", " ", node.text or "")
    line.add(drawn_text(text, look.font), look)


def _sign(node: Element, line: _Line, look: Look) -> None:
    line.add(_SIGNS[node.tag.removeprefix(W)], look)


def _field(node: Element, line: _Line, look: Look) -> None:
    """The beginning, middle or end of a field, whose code is not shown; its result is."""
    kind = value(node, "fldCharType")
    if kind == "begin":
        box = child(node, "ffData", "checkBox")
        if box is not None:
            state = child(box, "checked")
            state = child(box, "default") if state is None else state
            line.add(_TICKED if switched(state) else _EMPTY, look, check=True)
        line.fields.append("code")
    elif kind == "separate" and line.fields:
        line.fields[-1] = "result"
    elif kind == "end" and line.fields:
        line.fields.pop()


def _symbol(node: Element, line: _Line, look: Look) -> None:
    code = value(node, "char") or ""
    if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code):
        line.add(symbol(int(code, 16), value(node, "font")), look)


def _reference(node: Element, line: _Line, look: Look) -> None:
    kind, _ = _NOTES[node.tag.removeprefix(W)]
    line.notes.append((kind, value(node, "id") or ""))


def _checkbox(pieces: list[_Piece], marker: str | None) -> tuple[str | None, list[_Piece]]:
    """A check box that stands alone at the beginning is the paragraph's marker.

    «☐ Ja ☐ Nej» keeps its boxes in the text, «1. ☐ Boka lokal» its number.
    """
    first = next((p for p in pieces if p.text.strip()), None)
    numbered = marker is not None and any(char.isalnum() for char in marker)
    if first is None or not first.check or numbered or sum(p.check for p in pieces) > 1:
        return None, pieces
    return first.text, [p for p in pieces if p is not first]


def _text(pieces: Sequence[_Piece]) -> str:
    text = "".join(piece.text for piece in pieces).replace("\u00ad", "")
    return text.strip(" \n").rstrip()


def _size(pieces: Sequence[_Piece]) -> float | None:
    """The size of most of the characters."""
    counted: Counter[float] = Counter()
    for piece in pieces:
        if piece.look.size:
            counted[piece.look.size] += len(piece.text)
    return counted.most_common(1)[0][0] if counted else None


def _alternative(node: Element, picture: Element) -> str:
    """The description or title that a picture has for those who don't see it."""
    said = [e.get(name) for e in node.iter(_WP + "docPr") for name in ("descr", "title")]
    said += [e.get("alt") for e in node.iter(_V + "shape")]
    said += [e.get("{urn:schemas-microsoft-com:office:office}title") for e in [picture]]
    return next((text.strip() for text in said if text and text.strip()), "")


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
