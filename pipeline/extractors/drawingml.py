"""DrawingML, which slides and Word files share: names, alternatives, descriptions.

After ECMA-376 part 1, §20.1 (DrawingML), and part 3, §10 (alternative content).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_FORMATS = "http://schemas.openxmlformats.org/"
A = f"{{{_FORMATS}drawingml/2006/main}}"
C = f"{{{_FORMATS}drawingml/2006/chart}}"
CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
DGM = f"{{{_FORMATS}drawingml/2006/diagram}}"
M = f"{{{_FORMATS}officeDocument/2006/math}}"
MC = f"{{{_FORMATS}markup-compatibility/2006}}"
R = f"{{{_FORMATS}officeDocument/2006/relationships}}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"

_TOLD = (A + "t", M + "t", C + "chart", CX + "chart", DGM + "relIds")
_SEEN = (A + "blip",)
_FILES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".svg", ".bmp", ".tif", ".tiff")


def whole_number(text: str | None, default: int = 0) -> int:
    """A whole number; the default for anything else and for what is absurdly long."""
    text = (text or "").strip()
    return int(text) if len(text) <= 12 and text.lstrip("-").isdecimal() else default


def switched(text: str | None) -> bool | None:
    """A property that is on, off or (null) not spoken of."""
    return None if text is None else text in {"1", "true", "on"}


def shown(parent: Element) -> Iterator[Element]:
    """The children; of alternatives the first that tells most: text before a picture."""
    for node in parent:
        if node.tag != MC + "AlternateContent":
            yield node
        elif (branch := _best(node)) is not None:
            yield from shown(branch)


def _best(node: Element) -> Element | None:
    branches = [e for e in node if e.tag in {MC + "Choice", MC + "Fallback"}]
    for wanted in (_TOLD, _SEEN):
        for branch in branches:
            if any(e.text is None or e.text.strip() for e in branch.iter(*wanted)):
                return branch
    return branches[0] if branches else None


def alternative_text(properties: Element | None) -> str:
    """The description or title that a picture has for those who do not see it.

    `properties` is its `cNvPr` or `docPr`. Pictures marked as decoration have none, and the name
    of the file that was pasted says nothing.
    """
    if properties is None:
        return ""
    mark = next(properties.iter(_DECORATIVE), None)
    if mark is not None and switched(mark.get("val")):
        return ""
    said = (properties.get(name, "").strip() for name in ("descr", "title"))
    text = next(filter(None, said), "")
    return "" if text.lower().endswith(_FILES) else text
