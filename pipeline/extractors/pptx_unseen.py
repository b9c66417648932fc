"""What stands on a slide and is not seen: beside it, hidden, or in the colour of its ground.

People park text beside a slide and hide shapes that they may need again. It is kept, as
furniture with a style that tells why, so that nothing is lost and nothing is made of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.extractors.drawingml import A, switched
from pipeline.extractors.pptx_sheets import PATTERN, TITLES, Shape, Sheet
from pipeline.extractors.pptx_styles import P
from pipeline.model.document import HIDDEN, INVISIBLE, OFF_PAGE, BBox, BlockRole, Problem
from pipeline.model.raw import RawItem, RawParagraph, RawPicture, RawTable

_PAINTED = {P + name for name in ("pic", "graphicFrame", "contentPart")}
_TOLD = {
    OFF_PAGE: ("lies beside the slide", "move it onto the slide if it belongs to it"),
    HIDDEN: ("is hidden", "show it in PowerPoint's selection pane if it belongs to the slide"),
    INVISIBLE: ("has the colour of what is behind it", "give it another colour if it matters"),
}


class Unseen:
    """Marks the text of a slide that nobody sees, shape by shape from the back to the front."""

    def __init__(self, slide: Sheet, width: float, height: float) -> None:
        self._width, self._height = width, height
        self._ground = slide.background
        self._painted = [*_painted(_behind(slide))]
        self._found: Counter[str] = Counter()

    def marked(self, shape: Shape, items: Iterable[RawItem]) -> Iterator[RawItem]:
        """The items of a shape; a title names its slide wherever it is put."""
        for item in items:
            why = None if shape.kind in TITLES else self._why(shape, item)
            if why is None or isinstance(item, RawPicture):
                if why is None:
                    yield item
            elif isinstance(item, RawTable):
                self._found[why] += 1
                yield replace(item, role=BlockRole.FURNITURE)
            elif isinstance(item, RawParagraph) and not item.furniture:
                self._found[why] += 1
                yield replace(item, furniture=True, role=BlockRole.FURNITURE, style=why)
            else:
                yield item
        self._painted.extend(_painted([shape]))

    def problems(self, page: int) -> Iterator[Problem]:
        """What was marked, one problem a kind."""
        for why, count in self._found.items():
            what, hint = _TOLD[why]
            lines = "a text" if count == 1 else f"text ({count} paragraphs)"
            message = f"{lines} {what}; it is kept, and no records are made of it"
            yield Problem(why, message, hint, page, "info")

    def _why(self, shape: Shape, item: RawItem) -> str | None:
        if shape.hidden:
            return HIDDEN
        box = shape.bbox
        if box is not None and self._is_outside(box):
            return OFF_PAGE
        if isinstance(item, RawParagraph) and item.color is not None and box is not None:
            return INVISIBLE if item.color == self._under(shape, box) else None
        return None

    def _is_outside(self, box: BBox) -> bool:
        return box[2] <= 0 or box[3] <= 0 or box[0] >= self._width or box[1] >= self._height

    def _under(self, shape: Shape, box: BBox) -> str | None:
        """The colour behind a text if it is one and known for sure."""
        if shape.fill is not None:
            return shape.fill
        for place, fill in reversed(self._painted):
            if _covers(place, box):
                return fill
            if _touches(place, box):
                return None
        return self._ground


def _behind(slide: Sheet) -> Iterator[Shape]:
    """What master and layout draw behind a slide."""
    sheets: list[Sheet] = []
    sheet = slide
    while sheet.base is not None and switched(sheet.root.get("showMasterSp")) is not False:
        sheet = sheet.base
        sheets.append(sheet)
    for below in reversed(sheets):
        yield from (shape for shape in below.shapes() if shape.slot is None)


def _painted(shapes: Iterable[Shape]) -> Iterator[tuple[BBox, str]]:
    for shape in shapes:
        fill = PATTERN if shape.node.tag in _PAINTED else shape.fill
        # An oval or a drawn form does not cover all of its box.
        fill = PATTERN if fill is not None and not _is_box(shape) else fill
        if fill is not None and shape.bbox is not None and not shape.hidden:
            yield shape.bbox, fill


def _is_box(shape: Shape) -> bool:
    form = shape.node.find(f"{P}spPr/{A}prstGeom")
    return form is not None and form.get("prst") == "rect"


def _covers(one: BBox, other: BBox) -> bool:
    return (
        one[0] <= other[0] + 1 and one[1] <= other[1] + 1
        and one[2] >= other[2] - 1 and one[3] >= other[3] - 1
    )  # fmt: skip


def _touches(one: BBox, other: BBox) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
