"""The inside of a DOCX paragraph: its text and looks, check boxes, what is anchored there.

Insertions, chosen alternatives and field results are shown; deletions, field codes, hidden text
and unanswered prompts are not. Text boxes and notes are only found here: `docx` reads them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extractors.docx_numbering import (
    A,
    Look,
    Styles,
    W,
    child,
    chosen,
    look_of,
    outermost,
    switched,
    value,
)
from pipeline.extractors.encoding import drawn_text, symbol
from pipeline.model.raw import RawPicture

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
V = "{urn:schemas-microsoft-com:vml}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

_BOXES = {W + "txbxContent", A + "txBody", A + "txSp", DGM + "relIds", V + "textpath"}
_PICTURES = {_PIC + "pic", _CHART + "chart", V + "imagedata"}
_EMPTY, _TICKED = "☐", "☑"
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_REFERENCES = {
    "footnoteReference": "footnotes",
    "endnoteReference": "endnotes",
    "commentReference": "comments",
}
"""Which part of the file holds the note that is referred to."""


@dataclass(slots=True)
class Piece:
    """Characters of one look; `code` in a field's code, `check` for the sign of a check box."""

    text: str
    look: Look
    code: bool = False
    check: bool = False


@dataclass(slots=True)
class ParagraphContent:
    """What is found inside one paragraph, in order.

    `fields` are the open fields, outermost first: `code` until the separator, then `result`.
    `boxes` are text boxes, word art and diagrams as elements; `notes` the kind of a note
    (`footnotes`, `endnotes`, `comments`) and its id.
    """

    pieces: list[Piece] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    pictures: list[RawPicture] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def add(self, text: str, look: Look, check: bool = False) -> None:
        """Put in text after what is there; empty and hidden text is left out."""
        if text and not look.hidden:
            self.pieces.append(Piece(text, look, "code" in self.fields, check))

    def shown(self) -> list[Piece]:
        """The pieces without field codes; all of them where a field never ends."""
        return [p for p in self.pieces if not p.code or "code" in self.fields]


_Handler = Callable[["Element", ParagraphContent, Look], None]


class InlineReader:
    """Reads the runs, fields, content controls and drawings of paragraphs."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._inline = self._handlers()

    def read(self, parent: Element, content: ParagraphContent, look: Look) -> None:
        """Add to `content` what a paragraph or run shows; its characters inherit `look`."""
        for node in chosen(parent):
            handler = self._inline.get(node.tag)
            if handler:
                handler(node, content, look)
            else:
                self.read(node, content, look)

    def _handlers(self) -> dict[str, _Handler]:
        own: dict[str, _Handler] = {"r": self._run, "sdt": self._control}
        own |= {"t": _plain, "sym": _symbol, "fldChar": _field}
        own |= dict.fromkeys(("drawing", "pict", "object"), self._drawn)
        own |= dict.fromkeys(_SIGNS, _sign) | dict.fromkeys(_REFERENCES, _reference)
        return {W + name: handler for name, handler in own.items()} | {_M + "t": _plain}

    def _run(self, node: Element, content: ParagraphContent, look: Look) -> None:
        properties = child(node, "rPr")
        style = self._styles.look(value(child(properties, "rStyle")))
        self.read(node, content, look_of(properties).over(style).over(look))

    def _control(self, node: Element, content: ParagraphContent, look: Look) -> None:
        """A content control: a check box is a sign, a prompt that nobody answered is nothing."""
        box = node.find(f"{W}sdtPr/{_W14}checkbox")
        if box is not None:
            state = box.find(_W14 + "checked")
            ticked = state is not None and state.get(_W14 + "val") in {"1", "true"}
            content.add(_TICKED if ticked else _EMPTY, look, check=True)
        elif (inside := child(node, "sdtContent")) is not None:
            self.read(inside, content, look)

    def _drawn(self, node: Element, content: ParagraphContent, look: Look) -> None:
        """Text boxes and pictures of a drawing, however deep they are grouped."""
        if look.hidden:
            return
        found = list(outermost(node, _BOXES | _PICTURES))
        content.boxes.extend(e for e in found if e.tag in _BOXES)
        pictures = [e for e in found if e.tag in _PICTURES]
        if pictures:
            content.pictures.append(RawPicture(text=_alternative(node, pictures[0])))


def _plain(node: Element, content: ParagraphContent, look: Look) -> None:
    text = re.sub(r"[\r\n\t]+", " ", node.text or "")
    content.add(drawn_text(text, look.font), look)


def _sign(node: Element, content: ParagraphContent, look: Look) -> None:
    content.add(_SIGNS[node.tag.removeprefix(W)], look)


def _field(node: Element, content: ParagraphContent, look: Look) -> None:
    """The beginning, middle or end of a field, whose code is not shown; its result is."""
    kind = value(node, "fldCharType")
    if kind == "begin":
        box = child(node, "ffData", "checkBox")
        if box is not None:
            state = child(box, "checked")
            state = child(box, "default") if state is None else state
            content.add(_TICKED if switched(state) else _EMPTY, look, check=True)
        content.fields.append("code")
    elif kind == "separate" and content.fields:
        content.fields[-1] = "result"
    elif kind == "end" and content.fields:
        content.fields.pop()


def _symbol(node: Element, content: ParagraphContent, look: Look) -> None:
    code = value(node, "char") or ""
    if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code):
        content.add(symbol(int(code, 16), value(node, "font")), look)


def _reference(node: Element, content: ParagraphContent, look: Look) -> None:
    kind = _REFERENCES[node.tag.removeprefix(W)]
    content.notes.append((kind, value(node, "id") or ""))


def leading_checkbox(pieces: list[Piece], marker: str | None) -> tuple[str | None, list[Piece]]:
    """A check box that stands alone at the beginning is the paragraph's marker.

    «☐ Ja ☐ Nej» keeps its boxes in the text, «1. ☐ Boka lokal» its number. Gives the box, null
    where it is no marker, and the pieces that remain text.
    """
    first = next((p for p in pieces if p.text.strip()), None)
    numbered = marker is not None and any(char.isalnum() for char in marker)
    if first is None or not first.check or numbered or sum(p.check for p in pieces) > 1:
        return None, pieces
    return first.text, [p for p in pieces if p is not first]


def shown_text(pieces: Sequence[Piece]) -> str:
    """The text in one, without soft hyphens and the space around it; a tab before it stays."""
    text = "".join(piece.text for piece in pieces).replace("\u00ad", "")
    return text.strip(" \n").rstrip()


def usual_size(pieces: Sequence[Piece]) -> float | None:
    """The size of most of the characters in points, null where none is said."""
    counted: Counter[float] = Counter()
    for piece in pieces:
        if piece.look.size:
            counted[piece.look.size] += len(piece.text)
    return counted.most_common(1)[0][0] if counted else None


def _alternative(node: Element, picture: Element) -> str:
    """The description or title that a picture has for those who don't see it."""
    said = [e.get(name) for e in node.iter(_WP + "docPr") for name in ("descr", "title")]
    said += [e.get("alt") for e in node.iter(V + "shape")]
    said += [e.get("{urn:schemas-microsoft-com:office:office}title") for e in [picture]]
    return next((text.strip() for text in said if text and text.strip()), "")
