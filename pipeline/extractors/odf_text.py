"""The inside of an OpenDocument paragraph: its text and looks, fields, and what is anchored there.

Insertions and the results of fields are shown; deletions, scripts, readings of ruby, hidden text
and unanswered prompts are not. Frames and notes are only found here: `odt` and `odp` read them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extractors.docx_numbering import Look
from pipeline.extractors.docx_text import Piece
from pipeline.extractors.encoding import drawn_text
from pipeline.extractors.odf_package import (
    DRAW,
    FORM,
    LOEXT,
    MATH,
    OFFICE,
    SVG,
    TEXT,
    XML,
    inner_text,
    number,
)
from pipeline.extractors.odf_styles import Styles

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
_EMPTY, _TICKED = "☐", "☑"
_MAX_SPACES = 100
_MAX_SAID = 1_000
_SPACES = re.compile("[ \t\r\n]+")
_UNSEEN = {
    *(TEXT + n for n in ("script", "ruby-text", "label", "number", "placeholder")),
    *(OFFICE + n for n in ("event-listeners", "forms")),
    *(SVG + n for n in ("title", "desc")),
    FIELD + "param",
}  # fmt: skip
SHAPES = {
    *(DRAW + n for n in ("frame", "custom-shape", "g", "a", "control", "caption", "measure")),
    *(DRAW + n for n in ("rect", "circle", "ellipse", "path", "line", "connector")),
    *(DRAW + n for n in ("polyline", "polygon", "regular-polygon")),
}
_NOTES = {TEXT + "note", OFFICE + "annotation"}
_SIGNS = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
_TYPED = {"text", "textarea", "combobox", "formatted-text", "number", "date", "time"}


@dataclass(slots=True)
class ParagraphContent:
    """What is found inside one paragraph, in order.

    `drawn` are frames and shapes, `notes` footnotes, endnotes and comments, all as elements;
    `fields` are the pieces there were when each open field began.
    """

    pieces: list[Piece] = field(default_factory=list)
    drawn: list[Element] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)
    fields: list[int] = field(default_factory=list)
    hidden: bool = False
    spaced: bool = True

    def add(self, text: str, look: Look, check: bool = False) -> None:
        """Put in text as it is; hidden text is left out."""
        self.spaced = False
        if text and not look.hidden:
            self.pieces.append(Piece(text, look, check=check))

    def typed(self, text: str | None, look: Look) -> None:
        """Put in character data, whose white space counts as one space and not at the start."""
        text = _SPACES.sub(" ", text or "")
        text = text.removeprefix(" ") if self.spaced else text
        if text:
            self.add(drawn_text(text, look.font), look)
            self.spaced = text.endswith(" ")


_Handler = Callable[["Element", ParagraphContent, Look], None]


class InlineReader:
    """Reads the spans, fields and controls of paragraphs.

    `fields` are texts for fields whose content tells nothing, such as the number of the slide.
    """

    def __init__(
        self, styles: Styles, controls: Mapping[str, Element], formula: Callable[[Element], str]
    ) -> None:
        self._styles = styles
        self._controls = controls
        self._formula = formula
        self.fields: dict[str, str] = {}
        self._inline: dict[str, _Handler] = {
            TEXT + "span": self._span,
            TEXT + "s": _spaces,
            TEXT + "a": self.read,
            TEXT + "hidden-text": _conditional,
            TEXT + "hidden-paragraph": _hidden_paragraph,
            LOEXT + "content-control": self._content_control,
            LOEXT + "fieldmark-separator": _result_begins,
            FIELD + "fieldmark-start": _field_begins,
            FIELD + "fieldmark-end": _field_ends,
            FIELD + "fieldmark": self._form_field,
            DRAW + "a": self.read,
            DRAW + "control": self.control,
            DRAW + "frame": self._frame,
        }

    def read(self, node: Element, content: ParagraphContent, look: Look) -> None:
        """Add to `content` what a paragraph or span shows; its characters inherit `look`."""
        content.typed(node.text, look)
        for inside in node:
            if isinstance(inside.tag, str):
                self._part(inside, content, look)
            content.typed(inside.tail, look)

    def _part(self, node: Element, content: ParagraphContent, look: Look) -> None:
        handler = self._inline.get(node.tag)
        if handler:
            handler(node, content, look)
        elif node.tag in _SIGNS:
            content.add(_SIGNS[node.tag], look)
        elif node.tag in self.fields:
            content.add(self.fields[node.tag], look)
        elif node.tag in _NOTES:
            content.notes.append(node)
        elif node.tag in SHAPES:
            if not look.hidden:
                content.drawn.append(node)
        elif node.tag not in _UNSEEN and node.get(TEXT + "display") != "none":
            self.read(node, content, look)

    def _span(self, node: Element, content: ParagraphContent, look: Look) -> None:
        style = node.get(TEXT + "style-name")
        self.read(node, content, self._styles.look("text", style, look))

    def _frame(self, node: Element, content: ParagraphContent, look: Look) -> None:
        """A formula is text; anything else in a frame is read by those who know its place."""
        formula = self._formula(node)
        if formula:
            content.add(formula, look)
        elif not look.hidden:
            content.drawn.append(node)

    def _content_control(self, node: Element, content: ParagraphContent, look: Look) -> None:
        """A content control: a check box is a sign, a prompt that nobody answered is nothing."""
        if node.get(LOEXT + "checkbox") == "true":
            ticked = node.get(LOEXT + "checked") == "true"
            content.add(_TICKED if ticked else _EMPTY, look, check=True)
        elif node.get(LOEXT + "showing-place-holder") != "true":
            self.read(node, content, look)

    def _form_field(self, node: Element, content: ParagraphContent, look: Look) -> None:
        """A form field of Word: a check box, or the chosen line of a list."""
        rows = node.iter(FIELD + "param")
        named = [(e.get(FIELD + "name") or "", e.get(FIELD + "value") or "") for e in rows]
        last = dict(named)
        if (node.get(FIELD + "type") or "").endswith("FORMCHECKBOX"):
            ticked = last.get("Checkbox_Checked") == "true"
            content.add(_TICKED if ticked else _EMPTY, look, check=True)
            return
        lines = [value for name, value in named if name.endswith("ListEntry")]
        chosen = number(last.get("Dropdown_Selected"), -1)
        content.add(lines[chosen] if 0 <= chosen < len(lines) else "", look)
        self.read(node, content, look)

    def control(self, node: Element, content: ParagraphContent, look: Look) -> None:
        """A control of a form, as far as it shows text."""
        control = self._controls.get(node.get(DRAW + "control") or "")
        if control is None:
            return
        kind = control.tag.removeprefix(FORM)
        if kind in {"checkbox", "radio"}:
            content.add(_TICKED if _is_ticked(control) else _EMPTY, look, check=True)
            content.add(f" {_said(control, 'label')}".rstrip(), look)
        elif kind in _TYPED:
            content.add(_said(control, "current-value") or _said(control, "value"), look)
        elif kind == "listbox":
            chosen = [e for e in control if e.get(FORM + "current-selected") == "true"]
            content.add(", ".join(_said(e, "label") for e in chosen)[:_MAX_SAID], look)
        elif kind in {"fixed-text", "button"}:
            content.add(_said(control, "label"), look)


def _is_ticked(control: Element) -> bool:
    """A check box has a state, a radio button is selected; what is now comes before what was."""
    state = control.get(FORM + "current-state", control.get(FORM + "state"))
    selected = control.get(FORM + "current-selected", control.get(FORM + "selected"))
    return state == "checked" or selected == "true"


def _said(control: Element, attribute: str) -> str:
    return (control.get(FORM + attribute) or "")[:_MAX_SAID]


def controls_of(root: Element) -> dict[str, Element]:
    """The controls of all forms by their ids."""
    found: dict[str, Element] = {}
    for forms in root.iter(OFFICE + "forms"):
        for node in forms.iter():
            for name in (node.get(XML + "id"), node.get(FORM + "id")):
                if name:
                    found[name] = node
    return found


def formula_text(math: Element) -> str:
    """The signs of a formula in their order, without its source in another notation."""
    parts = [
        inner_text(leaf)
        for leaf in math.iter(*(MATH + n for n in ("mi", "mn", "mo", "mtext", "ms")))
    ]
    return _SPACES.sub(" ", "".join(parts)).strip()


def _spaces(node: Element, content: ParagraphContent, look: Look) -> None:
    content.add(" " * min(max(number(node.get(TEXT + "c"), 1), 1), _MAX_SPACES), look)


def _conditional(node: Element, content: ParagraphContent, look: Look) -> None:
    """Text with a condition; it is shown unless the file says that it was not."""
    if node.get(TEXT + "is-hidden") != "true":
        content.typed(inner_text(node), look)


def _hidden_paragraph(node: Element, content: ParagraphContent, look: Look) -> None:
    content.hidden |= node.get(TEXT + "is-hidden") == "true"


def _field_begins(node: Element, content: ParagraphContent, look: Look) -> None:
    content.fields.append(len(content.pieces))


def _result_begins(node: Element, content: ParagraphContent, look: Look) -> None:
    """What stood in the field so far is its code."""
    if content.fields:
        del content.pieces[content.fields[-1] :]


def _field_ends(node: Element, content: ParagraphContent, look: Look) -> None:
    if content.fields:
        content.fields.pop()
