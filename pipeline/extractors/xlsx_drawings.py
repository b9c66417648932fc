"""What lies over the cells of a worksheet: text boxes, charts, pictures, comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extractors.opc import Package
from pipeline.extractors.pptx_styles import ListStyle, Theme
from pipeline.extractors.pptx_text import TextStyle, paragraphs, plain_text
from pipeline.extractors.sheet_cells import place
from pipeline.extractors.sheets import Drawn
from pipeline.extractors.xlsx_cells import rich_text
from pipeline.extractors.xlsx_styles import is_set, local, named, number
from pipeline.model.raw import RawItem, RawParagraph, RawPicture

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BOXES = {"CheckBox": ("☐", "☑"), "Radio": ("○", "●")}
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bmp")


def boxes_in(
    package: Package, controls: dict[str, str], targets: dict[str, tuple[str, str]]
) -> dict[str, str]:
    """The boxes to tick of a sheet: the number of the shape -> «☐» or «☑», «○» or «●»."""
    found: dict[str, str] = {}
    for shape, told in controls.items():
        _, name = targets.get(told, ("", ""))
        if name in package:
            control = package.xml(name)
            off, on = _BOXES.get(control.get("objectType") or "", ("", ""))
            found[shape] = on if control.get("checked") == "Checked" else off
    return found


def drawn_in(package: Package, name: str, boxes: dict[str, str]) -> Iterator[Drawn]:
    """What a drawing part holds, with the row that each piece begins at."""
    targets = package.targets(name)
    for anchor in package.xml(name).iter("{*}" + _ANCHORS[0], *("{*}" + a for a in _ANCHORS[1:])):
        if _is_fallback(anchor):
            continue
        row = named(anchor, "from", "row")
        items = tuple(_items(anchor, package, targets, boxes))
        if items:
            yield Drawn(number(row.text if row is not None else None), items)


def _is_fallback(node: Element) -> bool:
    """Whether a node stands in what older programs draw instead."""
    return any(local(e) == "Fallback" for e in node.iterancestors())


def _items(
    anchor: Element, package: Package, targets: dict[str, tuple[str, str]], boxes: dict[str, str]
) -> Iterator[RawItem]:
    control = any(local(e) == "Choice" for e in anchor.iterancestors())
    for node in anchor.iter("{*}sp", "{*}pic", "{*}graphicFrame"):
        properties = next((e for e in node.iter("{*}cNvPr")), None)
        # Boxes to tick and buttons are marked as hidden shapes, for older programs draw them so.
        hidden = properties is not None and is_set(properties.get("hidden")) and not control
        if hidden or _is_fallback(node):
            continue
        if local(node) == "sp":
            number_of = properties.get("id") if properties is not None else None
            yield from _paragraphs(node, boxes.get(number_of or "") or None)
        elif local(node) == "pic":
            described = (properties.get("descr") or "") if properties is not None else ""
            shown = "" if described.lower().endswith(_PICTURES) else described.strip()
            yield RawPicture(text=shown)
        else:
            yield from _frame(node, package, targets)


def _paragraphs(node: Element, box: str | None) -> Iterator[RawParagraph]:
    body = named(node, "txBody")
    if body is None:
        return
    for paragraph in paragraphs(body, TextStyle(ListStyle([]), Theme(None, None))):
        marked = replace(paragraph, marker=box, listed=True) if box else paragraph
        yield replace(marked, size=None, color=None)


def _frame(
    node: Element, package: Package, targets: dict[str, tuple[str, str]]
) -> Iterator[RawItem]:
    """A chart by its title, a diagram by its texts."""
    for inner in node.iter("{*}chart", "{*}relIds"):
        told = inner.get(_R + "id") or inner.get(_R + "dm") or ""
        _, name = targets.get(told, ("", ""))
        if name not in package:
            continue
        root = package.xml(name)
        if local(inner) == "chart":
            yield RawPicture(text=_chart_title(root))
        else:
            yield from (RawParagraph(text=t) for t, _ in plain_text(root) if t.strip())


def _chart_title(root: Element) -> str:
    title = named(root, "chart", "title")
    if title is None:
        return ""
    lines = [text for text, _ in plain_text(title)]
    lines += [e.text or "" for e in title.iter("{*}v")]
    return " ".join(filter(None, lines)).strip()


def comments_of(package: Package, parts: list[tuple[str, str]]) -> list[tuple[int, int, str]]:
    """The comments on cells: row, column, text. `parts` are the kinds and names of a sheet's parts.

    A thread of comments has an old comment as its stand-in, which is left out.
    """
    threads: list[tuple[int, int, str]] = []
    single: list[tuple[int, int, str]] = []
    for kind, name in parts:
        if name not in package:
            continue
        if kind == "threadedComment":
            threads.extend(_threaded(package.xml(name)))
        elif kind == "comments":
            single.extend(_comments(package.xml(name)))
    answered = {(row, column) for row, column, _ in threads}
    return threads + [c for c in single if c[:2] not in answered]


def _threaded(root: Element) -> Iterator[tuple[int, int, str]]:
    for node in root:
        text = named(node, "text")
        at = place(node.get("ref"))
        if at and text is not None and text.text:
            yield *at, text.text


def _comments(root: Element) -> Iterator[tuple[int, int, str]]:
    """Comments without the name of their author, which Excel puts on a line of its own."""
    listed = named(root, "authors")
    authors = [(e.text or "") for e in listed] if listed is not None else []
    comments = named(root, "commentList")
    for node in comments if comments is not None else ():
        at, body = place(node.get("ref")), named(node, "text")
        if at is None or body is None:
            continue
        text = rich_text(body).strip()
        author = number(node.get("authorId"), -1)
        name = f"{authors[author]}:" if 0 <= author < len(authors) else ""
        if name and text.startswith(name):
            text = text.removeprefix(name).strip()
        yield *at, text
