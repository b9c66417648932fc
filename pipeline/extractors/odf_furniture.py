"""What stands on every page of an OpenDocument file: headers, footers, what master pages draw."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.extractors.odf_package import (
    DRAW,
    FO,
    LOEXT,
    PRESENTATION,
    STYLE,
    TABLE,
    TEXT,
    Package,
    inner_text,
)
from pipeline.extractors.odf_styles import Styles, length

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MASTER = STYLE + "master-page-name"
_FAMILIES = {TEXT + "p": "paragraph", TEXT + "h": "paragraph", TABLE + "table": "table"}
_KINDS = ("header", "footer")
_SIDES = ("", "-left", "-first")
_MAX_RUNNING = 1_000
_SIZES = ("width", "height")
_RUNNING = ("header", "footer", "date-time")


def running_parts(package: Package, styles: Styles) -> Iterator[Element]:
    """All headers, then all footers that some page of the document may print."""
    pages = list(_used(package, styles))
    for kind in _KINDS:
        for page in pages:
            for side in _SIDES:
                for space in (STYLE, LOEXT):
                    part = page.find(f"{space}{kind}{side}")
                    if part is not None and part.get(STYLE + "display") != "false":
                        yield part


def _used(package: Package, styles: Styles) -> Iterator[Element]:
    """The page styles that the body asks for, each followed by the one of the next page."""
    masters = {
        e.get(STYLE + "name", ""): e
        for e in package.styles_at(package.styles, "master-styles")
        if e.tag == STYLE + "master-page"
    }
    waiting = list(dict.fromkeys(_asked(package, styles, next(iter(masters), ""))))
    found: dict[str, Element] = {}
    while waiting:
        name = waiting.pop(0)
        if name in masters and name not in found:
            found[name] = masters[name]
            waiting.insert(0, masters[name].get(STYLE + "next-style-name") or "")
    yield from found.values()


def _asked(package: Package, styles: Styles, usual: str) -> Iterator[str]:
    """The names of page styles in the order of the body; it begins with the usual one."""
    first = True
    for node in package.body.iter(*_FAMILIES):
        style = node.get((TABLE if node.tag == TABLE + "table" else TEXT) + "style-name")
        name = styles.attribute(_FAMILIES[node.tag], style, _MASTER)
        if name or first:
            yield name or usual
        first = False


class Masters:
    """The master pages of a presentation: sizes, layers, running texts, what is drawn on slides."""

    def __init__(self, package: Package) -> None:
        self._styles = Styles(package, package.content)
        rows = package.styles_at(package.styles, "master-styles")
        self._masters = {
            e.get(STYLE + "name", ""): e for e in rows if e.tag == STYLE + "master-page"
        }
        layouts = package.styles_at(package.styles, "automatic-styles")
        self._layouts = {
            e.get(STYLE + "name", ""): e for e in layouts if e.tag == STYLE + "page-layout"
        }
        self.hidden_layers = {
            layer.get(DRAW + "name", "")
            for row in rows
            for layer in row.iter(DRAW + "layer")
            if layer.get(DRAW + "display") == "none"
        }
        self._said = {
            (e.tag.removesuffix("-decl"), e.get(PRESENTATION + "name", "")): inner_text(e).strip()[
                :_MAX_RUNNING
            ]
            for e in package.body
            if isinstance(e.tag, str) and e.tag.endswith("-decl")
        }

    def of(self, slide: Element) -> Element | None:
        """The master page of a slide."""
        return self._masters.get(slide.get(DRAW + "master-page-name") or "")

    def size(self, slide: Element) -> tuple[float | None, float | None]:
        """Width and height of a slide in points."""
        master = self.of(slide)
        name = master.get(STYLE + "page-layout-name") if master is not None else None
        layout = self._layouts.get(name or "")
        properties = layout.find(STYLE + "page-layout-properties") if layout is not None else None
        if properties is None:
            return None, None
        width, height = (length(properties.get(FO + f"page-{side}")) for side in _SIZES)
        return round(width, 1) if width else None, round(height, 1) if height else None

    def fields(self, slide: Element) -> dict[str, str]:
        """The running texts of a slide by the fields that stand for them."""
        return {
            PRESENTATION + kind: self._said.get(
                (PRESENTATION + kind, slide.get(f"{PRESENTATION}use-{kind}-name") or ""), ""
            )
            for kind in _RUNNING
        }

    def shows(self, slide: Element, kind: str) -> bool:
        """Whether a slide shows what its master page has of a kind; «» is what is only drawn."""
        if kind and kind not in {*_RUNNING, "page-number"}:
            return False
        switch = f"display-{kind}" if kind else "background-objects-visible"
        style = slide.get(DRAW + "style-name")
        said = self._styles.said(
            "drawing-page", style, "drawing-page-properties", PRESENTATION + switch
        )
        return said != "false"
