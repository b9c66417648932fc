"""A page's bytes to its tree: the character set it declares, and nesting that no parser takes.

libxml2 reads what a browser reads, but gives up where elements stand in each other too deeply,
and stops at `</html>`, after which mailing lists and forwarded mails go on.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.errors import LimitError
from pipeline.extractors.charsets import decode_labelled

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MAX_BYTES = 100 * 1024**2
_HEAD = 8192
_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)"""
    rb"""|\A\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
_ENDS = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_DEEPEST = 200
_TOO_DEEP = 500
_EMPTY_TAGS = "area base br col embed hr img input link meta param source track wbr"
_VOID = set(_EMPTY_TAGS.split())


def tree(data: bytes, label: str | None = None) -> Element | None:
    """The root of a page, null where it holds no element; `label` is a charset said elsewhere.

    Raises `LimitError` for a page that is too large to read.
    """
    if len(data) > _MAX_BYTES:
        raise LimitError(
            "the page is larger than 100 MiB",
            "save the page again without its pictures, or print it to a PDF",
        )
    text = _ENDS.sub(" ", decode_labelled(data, label or _declared(data)))
    root = _parsed(text)
    return root if root is not None and not _is_deep(root) else _parsed(_shallow(text))


def text_of(node: Element) -> str:
    """All text inside an element, drawn or not."""
    return "".join(map(str, node.itertext()))


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_HEAD])
    name = (found.group(1) or found.group(2)) if found else None
    return name.decode("ascii", "replace") if name else None


def _parsed(text: str) -> Element | None:
    """The tree; null where nothing was read or the parser gave up at the depth of the nesting."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    return None if any("depth" in entry.message for entry in parser.error_log) else root


def _is_deep(root: Element) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _TOO_DEEP:
            return True
    return False


class _Shallow(HTMLParser):
    """Writes a page anew without the elements that stand too deep; their text stays."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.out.append(self.get_starttag_text() or "")
            return
        self._open.append(tag)
        self._put(self.get_starttag_text() or "", deep=len(self._open) > _DEEPEST)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        deep = len(self._open) > _DEEPEST
        if self._open and self._open[-1] == tag:
            self._open.pop()
        self._put(f"</{tag}>", deep=deep)

    def _put(self, tag: str, *, deep: bool) -> None:
        """A tag, or a line break where the element stands too deep."""
        if not deep:
            self.out.append(tag)
        elif self.out[-1] != "<br>":
            self.out.append("<br>")

    def handle_data(self, data: str) -> None:
        self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")


def _shallow(text: str) -> str:
    writer = _Shallow()
    writer.feed(text)
    writer.close()
    return "".join(writer.out)
