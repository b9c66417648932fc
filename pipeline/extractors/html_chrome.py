"""Which parts of a page are its content, which its frame, and which are not drawn at all.

Told by elements, roles and what exports of known programs mark, never by words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.extractors.html_style import Declarations, is_hidden

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_UNSEEN_TAGS = """
    script style template noscript title iframe video audio canvas datalist noframes noembed
    annotation annotation-xml rp defs metadata desc colgroup col map xml frameset
"""
_UNSEEN = set(_UNSEEN_TAGS.split())
"""Not `head`: where a page leaves out `body`, libxml2 leaves newer elements such as `nav` in it."""

_OFF_SCREEN = {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"}
"""What stands in these classes of the common frameworks is for screen readers only."""
_FRAME_ROLES = {"navigation", "banner", "contentinfo", "search", "menu", "menubar", "toolbar",
                "dialog", "alertdialog"}  # fmt: skip
_CONTROLS = {"noprint", "mw-editsection"}
_CITES = {"gmail_quote", "protonmail_quote"}
_SECTIONS = {"article", "main", "section", "aside", "blockquote", "td", "figure", "details"}
_LEAST_MAIN = 200
"""Characters: an empty or tiny `main` is filled by a script that did not run."""
_ENOUGH = 2000
"""Beginnings and ends of elements that are looked at to tell a menu."""

_ICON = re.compile(r"[^\d\s]{0,30}")
_NO_WORD = re.compile(r"[\W_]*")


def is_unseen(node: Element, said: Declarations) -> bool:
    """Whether an element and all in it is left out."""
    tag = node.tag
    if tag in _UNSEEN:
        return not (tag == "template" and _shadow(node))
    if tag in {"html", "body"}:
        return False  # pages hide themselves until their scripts have run
    if node.get("hidden") is not None or is_hidden(said):
        return True
    if tag == "dialog" and node.get("open") is None:
        return True
    if _OFF_SCREEN & set((node.get("class") or "").split()):
        return True
    if node.get("aria-hidden") == "true" and len(node) == 0:
        # The names of symbols in icon fonts are text: `<i aria-hidden=true>event_note</i>`.
        return _ICON.fullmatch((node.text or "").strip()) is not None
    return tag == "a" and _is_permalink(node)


def _shadow(node: Element) -> bool:
    return node.get("shadowmode") is not None or node.get("shadowrootmode") is not None


def _is_permalink(node: Element) -> bool:
    """A sign beside a heading that links to it: «¶», «#», «↩»."""
    if "#" not in (node.get("href") or "") or len(node):
        return False
    return node.text is not None and _NO_WORD.fullmatch(node.text.strip() or "x") is not None


def is_control(node: Element) -> bool:
    """Whether an element works the page instead of saying something: a button, an edit link."""
    return node.tag == "button" or bool(_CONTROLS & set((node.get("class") or "").split()))


class Frame:
    """What is content and what is frame in one page."""

    def __init__(self, root: Element) -> None:
        self._mains = set(_mains(root))
        headings = [node for node in root.iter("h1") if next(_shown(node), None)]
        self._title = headings[0] if len(headings) == 1 else None

    @property
    def begins_outside(self) -> bool:
        """Whether the page says where its content is, so that all else is frame."""
        return bool(self._mains)

    def enters(self, node: Element) -> bool:
        """Whether the content begins here: a `main`, or the page's one title outside of it."""
        return bool(self._mains) and (node in self._mains or node is self._title)

    def leaves(self, node: Element) -> bool:
        """Whether an element belongs to the frame: menus, banners, heads and feet of the page."""
        tag, role = node.tag, node.get("role")
        if role in _FRAME_ROLES or tag == "nav":
            return role != "banner" or not self._titles(node)
        if tag in {"header", "footer"}:
            return role is None and not _within(node) and not self._titles(node)
        if tag == "aside" or role == "complementary":
            return _is_menu(node)
        if tag == "ul" and any(above.tag in {"header", "footer"} for above in node.iterancestors()):
            return _is_menu(node)
        if node.get("title") in {"header", "footer"} and tag == "div":
            return node.get("class") is None  # as LibreOffice writes them
        return False

    def _titles(self, node: Element) -> bool:
        """Whether an element holds the page's one title."""
        return self._title is not None and node in self._title.iterancestors()


def is_note(node: Element, said: Declarations) -> bool:
    """A footnote, endnote or comment as Word, LibreOffice and Pandoc write them."""
    if node.get("role") in {"doc-footnote", "doc-endnote", "doc-endnotes"}:
        return True
    if re.match(r"(?:sdfootnote|sdendnote)\d+$", node.get("id") or "") and node.tag == "div":
        return True
    return said.get("mso-element") in {"footnote", "endnote", "comment"}


def is_cite(node: Element) -> bool:
    """What a mail program set in as cited from the mail that is answered."""
    if node.tag != "blockquote":
        return "yahoo_quoted" in (node.get("class") or "").split()
    return node.get("type") == "cite" or bool(_CITES & set((node.get("class") or "").split()))


def _within(node: Element) -> bool:
    return any(above.tag in _SECTIONS for above in node.iterancestors())


def _mains(root: Element) -> list[Element]:
    """The `main` elements, else the one article that holds most of the page."""
    mains = [e for e in root.iter() if e.tag == "main" or e.get("role") == "main"]
    mains = [e for e in mains if sum(map(len, _shown(e))) >= _LEAST_MAIN or _holds_h1(e)]
    if mains:
        return mains
    articles = [
        e for e in root.iter("article") if not any(a.tag == "article" for a in e.iterancestors())
    ]
    if len(articles) != 1:
        return []
    whole, own = (sum(map(len, _shown(e))) for e in (root, articles[0]))
    return articles if own >= max(_LEAST_MAIN, whole / 2) else []


def _holds_h1(node: Element) -> bool:
    return next(node.iter("h1"), None) is not None


def _shown(node: Element) -> Iterator[str]:
    """Texts inside an element, roughly: what scripts and styles hold is not counted."""
    walk = etree.iterwalk(node, events=("start", "end"))
    for event, inside in walk:
        if event == "start" and inside.tag in _UNSEEN:
            walk.skip_subtree()
        text = inside.text if event == "start" and inside.tag not in _UNSEEN else None
        if event == "end" and inside is not node:
            text = inside.tail
        if text and text.strip():
            yield text.strip()


def _is_menu(node: Element) -> bool:
    """Nearly all text is links, as far as the beginning shows."""
    whole = links = inside = 0
    walk = etree.iterwalk(node, events=("start", "end"))
    for event, part in islice(walk, _ENOUGH):
        if part.tag == "a":
            inside += 1 if event == "start" else -1
        text = part.text if event == "start" else part.tail if part is not node else None
        length = len((text or "").strip()) if part.tag not in _UNSEEN else 0
        whole += length
        links += length if inside > 0 else 0
    return links >= 0.6 * whole
