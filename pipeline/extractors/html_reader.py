"""The walk through a page: where its paragraphs begin and end, and what each of them is.

Without recursion, for elements stand in each other as deep as they like. What is drawn inside a
paragraph is left to `html_text`, what is frame and what hidden to `html_chrome`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.extractors.html_chrome import Frame, is_cite, is_control, is_note, is_unseen
from pipeline.extractors.html_lists import OpenList, drawn_check, opened, typed_marker, word_level
from pipeline.extractors.html_source import text_of
from pipeline.extractors.html_style import Declarations, Look, Sheet
from pipeline.extractors.html_tables import OpenTable
from pipeline.extractors.html_text import Breaks, Inline, paragraphs, task
from pipeline.model.document import BlockRole
from pipeline.model.raw import RawItem, RawParagraph, RawPicture

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BLOCK_TAGS = """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing
    main menu nav ol p plaintext pre search section summary svg table tbody td text tfoot th
    thead tr ul xmp
"""
_BLOCKS = set(_BLOCK_TAGS.split())
_EITHER = {"div", "p", "span", "a", "b", "strong", "label", "small", "em"}
"""Elements that styles often turn from inline to block and back."""
_LISTS = {"ul", "ol", "menu", "dir"}
_STYLES = {
    "figcaption": "caption", "caption": "caption", "blockquote": "quote", "pre": "code",
    "listing": "code", "xmp": "code", "plaintext": "code",
}  # fmt: skip
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_TITLES = {"msotitle", "title"}
_SHOWN_FIELDS = {"", "text", "date", "time", "number", "email", "tel", "url"}
_BUTTONS = {"submit", "button", "reset"}
_LONGEST_EMOJI = 8


@dataclass(frozen=True, slots=True)
class _Place:
    """What a text inherits from the elements around it."""

    look: Look
    heading: int | None = None
    style: str | None = None
    role: BlockRole = BlockRole.BODY
    word_level: int | None = None
    apart: bool = False
    """Whether elements inside are set side by side with space between them."""


@dataclass(slots=True)
class _Flow:
    """Text that runs on by itself: the page, a cell, a button inside a paragraph."""

    items: list[RawItem] = field(default_factory=list)
    inline: Inline = field(default_factory=Inline)
    lists: list[OpenList] = field(default_factory=list)
    marker: str | None = None
    begins_item: bool = False
    aside: list[RawItem] = field(default_factory=list)
    """Pictures and buttons inside a paragraph: they come after it."""


@dataclass(slots=True)
class _Open:
    """An element that is being read, the place outside of it, and what its end must close."""

    node: Element
    outside: _Place
    block: bool
    padded: bool = False
    closes: str = ""


class Reader:
    """Reads a page once; `framed` where menus, heads and feet are told from the content.

    Without `framed`, as in a mail, what is cited from other mails has the style «cite».
    """

    def __init__(self, root: Element, *, framed: bool = True) -> None:
        self._root = root
        self._sheet = Sheet(root)
        self._frame = Frame(root) if framed else None
        outside = self._frame is not None and self._frame.begins_outside
        self._place = _Place(Look(), role=BlockRole.FURNITURE if outside else BlockRole.BODY)
        self._open: list[_Open] = []
        self._flows = [_Flow()]
        self._tables: list[OpenTable] = []
        self._title = _only_title(root)

    def items(self) -> list[RawItem]:
        """Everything that the page shows."""
        walk = etree.iterwalk(self._root, events=("start", "end"))
        for event, node in walk:
            if event == "start":
                if self._starts(node, self._sheet.of(node)):
                    self._text(node.text)
                else:
                    walk.skip_subtree()
                continue
            if self._open and self._open[-1].node is node:
                self._ends(self._open.pop())
            if node is not self._root:
                self._text(node.tail)
        self._flush()
        return self._flow.items

    @property
    def _flow(self) -> _Flow:
        return self._flows[-1]

    def _text(self, text: str | None) -> None:
        self._flow.inline.add(text, self._place.look)

    def _starts(self, node: Element, said: Declarations) -> bool:
        """Begin an element; false where what stands inside is not read."""
        if is_unseen(node, said) or self._drawn(node, said):
            return False
        block = _is_block(node, said)
        if block:
            self._flush()
        boxed = node.tag == "button" or said.get("display", "").startswith("inline-")
        padded = not block and (self._place.apart or boxed)
        if padded:
            self._text(" ")
        opening = _Open(node, self._place, block, padded)
        self._open.append(opening)
        self._place = self._inside(node, said)
        self._structure(opening, said)
        return True

    def _drawn(self, node: Element, said: Declarations) -> bool:
        """Elements that are drawn as a sign, with no text inside: breaks, boxes, pictures."""
        tag, inline, look = node.tag, self._flow.inline, self._place.look
        check = drawn_check(node)
        if check:
            inline.sign(check, look, check=True)
            inline.add(" ", look)
            return tag == "input" or not text_of(node).strip()
        if tag == "br":
            inline.sign("\n", look)
        elif tag == "img" or (tag == "svg" and next(node.iter("text"), None) is None):
            self._picture(node)
        elif tag == "input":
            self._field(node)
        elif tag == "select":
            inline.add(f" {_chosen(node)} ", look)
        elif said.get("mso-list") == "ignore":
            self._flow.marker = typed_marker(node, look.font)
            self._flow.begins_item = True
        elif "mso-tab-count" in said:
            inline.sign("\t", look)
        else:
            return False
        return True

    def _picture(self, node: Element) -> None:
        """An emoji is text; a picture of nothing, or that only decorates, is left out."""
        alt = " ".join((node.get("aria-label" if node.tag == "svg" else "alt") or "").split())
        if alt and len(alt) <= _LONGEST_EMOJI and not re.search(r"[\w\s]", alt):
            self._flow.inline.sign(alt, self._place.look)
            return
        sides = ((node.get(side) or "").removesuffix("px") for side in ("width", "height"))
        decorates = node.tag == "svg" or "alt" in node.attrib or node.get("aria-hidden") == "true"
        shown = bool(alt) or not decorates
        if shown and not {"0", "1", "2"} & set(sides) and self._place.role is BlockRole.BODY:
            self._flow.aside.append(RawPicture(text=alt))

    def _field(self, node: Element) -> None:
        kind, value = (node.get("type") or "").lower(), (node.get("value") or "").strip()
        if kind in _SHOWN_FIELDS:
            self._text(f" {value} ")
        elif kind in _BUTTONS and value:
            role = BlockRole.FURNITURE
            self._flow.aside.append(RawParagraph(text=value, furniture=True, role=role))

    def _inside(self, node: Element, said: Declarations) -> _Place:
        """The place of what an element holds."""
        place, tag = self._place, node.tag
        heading = 0 if node is self._title else _heading(node)
        level = word_level(said) if tag == "p" else None
        style = _STYLES.get(tag, place.style)
        if tag == "summary" and not self._flow.lists:
            style = "found-heading"
        if self._frame is None and is_cite(node):
            style = "cite"
        return _Place(
            look=place.look.inside(node, said),
            heading=place.heading if heading is None else heading,
            style="cite" if place.style == "cite" else style,
            role=self._role(node, said),
            word_level=place.word_level if level is None else level,
            apart=said.get("display", "").endswith(("flex", "grid")) or tag in {"svg", "text"},
        )

    def _role(self, node: Element, said: Declarations) -> BlockRole:
        role = self._place.role
        if self._frame is None:
            return role
        if self._frame.enters(node):
            return BlockRole.BODY
        if role is BlockRole.FURNITURE:
            return role
        if self._frame.leaves(node) or (is_control(node) and not self._in_heading(node)):
            return BlockRole.FURNITURE
        return BlockRole.NOTE if role is BlockRole.BODY and is_note(node, said) else role

    def _in_heading(self, node: Element) -> bool:
        """A heading that folds out what stands under it is a button inside."""
        inside = self._place.heading is not None or self._place.style == "found-heading"
        return node.tag == "button" and inside

    def _structure(self, opening: _Open, said: Declarations) -> None:
        """What an element begins beside a paragraph."""
        node, tag, flow = opening.node, opening.node.tag, self._flow
        if tag in _LISTS:
            flow.lists.append(opened(node, said, len(flow.lists), self._sheet.counters))
            opening.closes = "list"
        elif tag == "dd":
            flow.lists.append(OpenList(len(flow.lists) + 1, ordered=False, kind="none"))
            opening.closes = "list"
        elif tag == "li":
            current = flow.lists[-1] if flow.lists else OpenList(0, ordered=False, kind=None)
            flow.marker, flow.begins_item = current.marker(node, said), True
            opening.closes = "item"
        elif tag == "table":
            self._tables.append(OpenTable.of(node))
            self._flows.append(_Flow())
            opening.closes = "table"
        elif tag == "tr" and self._tables and not self._tables[-1].in_cell:
            self._tables[-1].row()
        elif tag in {"td", "th"} and self._tables and not self._tables[-1].in_cell:
            self._tables[-1].cell(node)
            self._flows.append(_Flow())
            opening.closes = "cell"
        elif self._place.role is not opening.outside.role and not opening.block:
            self._flows.append(_Flow())
            opening.closes = "aside"
        if tag == "q":
            self._text("“")

    def _ends(self, opening: _Open) -> None:
        if opening.node.tag == "q":
            self._text("”")
        if opening.block or opening.closes:
            self._flush()
        if opening.closes == "list":
            self._flow.lists.pop()
        elif opening.closes == "item":
            self._flow.marker, self._flow.begins_item = None, False
        elif opening.closes == "cell":
            self._tables[-1].put(self._flows.pop().items)
        elif opening.closes == "table":
            stray = self._flows.pop().items
            self._flow.items += stray + self._tables.pop().items(self._place.role)
        elif opening.closes == "aside":
            found = self._flows.pop().items
            self._flow.aside += found
        self._place = opening.outside
        if opening.padded:
            self._text(" ")

    def _flush(self) -> None:
        """End the paragraph that is being read."""
        flow, place = self._flow, self._place
        pieces = flow.inline.take()
        if any(piece.text.strip() for piece in pieces):
            breaks = Breaks.OWN
            if place.heading is not None:
                breaks = Breaks.NONE
            elif place.style == "code":
                breaks = Breaks.ALL
            flow.items += [self._placed(p) for p in paragraphs(pieces, breaks)]
        flow.items += flow.aside
        flow.aside = []

    def _placed(self, paragraph: RawParagraph) -> RawParagraph:
        """A paragraph with its heading depth, or its bullet, number or check box."""
        flow, place = self._flow, self._place
        body = place.role is BlockRole.BODY
        heading = place.heading if body else None
        marker, text = paragraph.marker, paragraph.text
        listed = paragraph.listed or flow.begins_item
        if flow.begins_item and marker is None and place.heading is None:
            marker, text = task(paragraph)
        depth = flow.lists[-1].depth if flow.lists else 0
        if flow.begins_item and place.word_level is not None:
            depth = place.word_level
        marker = marker or flow.marker
        flow.marker, flow.begins_item = None, False
        return replace(
            paragraph,
            text=text,
            level=depth if heading is None else 0,
            marker=marker,
            listed=listed and heading is None,
            heading=heading,
            style=place.style,
            role=place.role,
            furniture=place.role is BlockRole.FURNITURE,
        )


def _is_block(node: Element, said: Declarations) -> bool:
    display = said.get("display", "")
    if not display or node.tag not in _EITHER:
        return node.tag in _BLOCKS
    if display.startswith("inline-"):
        return node.tag in {"div", "p"}
    return display not in {"inline", "contents"}


def _only_title(root: Element) -> Element | None:
    """The paragraph that Word, LibreOffice or Google Docs saved in its style for titles."""
    found = [e for e in root.iter("p") if _TITLES & set((e.get("class") or "").lower().split())]
    return found[0] if len(found) == 1 else None


def _heading(node: Element) -> int | None:
    depth = _HEADINGS.get(node.tag)
    if node.get("role") == "heading":
        stated = node.get("aria-level") or ""
        depth = int(stated) if re.fullmatch(r"[1-9]", stated) else depth or 2
    return depth


def _chosen(node: Element) -> str:
    """What a closed selection shows."""
    options = list(node.iter("option"))
    chosen = [e for e in options if e.get("selected") is not None] or options[:1]
    return " ".join(" ".join(text_of(e).split()) for e in chosen)
