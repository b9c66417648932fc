"""PDF: characters through pypdfium2, joined to printed lines; ruled tables through pdfplumber.

Each character is walked once. Rectangles drawn on the page are kept, since a note or a quadrant
is often a filled box with text on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from pipeline.errors import DamagedInputError, EncryptedInputError
from pipeline.extractors import pdf_hidden, pdf_tables, pdf_tagged, pdf_tags
from pipeline.extractors.pdf_glyphs import glyphs
from pipeline.extractors.pdf_lines import Glyph, lines_of
from pipeline.extractors.pdf_shapes import Shapes, shapes_of
from pipeline.extractors.pdf_tags import TaggedTable
from pipeline.model.document import BlockRole, Problem
from pipeline.model.raw import RawBox, RawDocument, RawItem, RawLine, RawPage, RawParagraph


def extract(path: Path) -> RawDocument:
    """Read a PDF file.

    Raises `EncryptedInputError` where a password is asked for and `DamagedInputError` where the
    file cannot be opened. Pages without any text are reported as problems.
    """
    with _opened(path) as pdf:
        title = (pdf.get_metadata_value("Title") or "").strip() or None
        tagged = pdf.is_tagged()
        drawn = [_read_page(pdf, i, tagged) for i in range(len(pdf))]
    pages = [_finish(page) for page in drawn]
    problems = [_picture_page(page.number) for page in pages if not page.items]
    problems += [_hidden_text(page.number) for page in drawn if page.unseen]
    return RawDocument(pages=pages, title=title, problems=problems)


@dataclass(slots=True)
class _Drawn:
    """A page as walked: its characters, what is drawn around them, and its tag tree if trusted."""

    number: int
    width: float | None = None
    height: float | None = None
    glyphs: list[Glyph] = field(default_factory=list)
    shapes: Shapes = field(default_factory=Shapes)
    tree: list[pdf_tags.TaggedItem] = field(default_factory=list)
    unseen: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.tree and not pdf_tagged.covers(self.tree, self.glyphs):
            self.tree = []

    @property
    def may_hold_tables(self) -> bool:
        unclear = not self.tree or any(isinstance(t, TaggedTable) and t.ragged for t in self.tree)
        return bool(self.glyphs) and unclear


def _picture_page(number: int) -> Problem:
    return Problem(
        code="page-without-text",
        message="the page holds no text, only a picture or nothing",
        hint="type its text into a file beside it, or export the deck again with text",
        page=number,
        severity="info",
    )


def _hidden_text(number: int) -> Problem:
    return Problem(
        code="hidden-text",
        message="some text lies off the page or in the colour of its ground; it is kept aside",
        hint="look whether it belongs to the material",
        page=number,
        severity="info",
    )


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        pdf = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedInputError(
                "the PDF is protected by a password", "save a copy without password and try again"
            ) from error
        raise DamagedInputError(
            "the PDF cannot be opened", "export it again from its program, or repair it"
        ) from error
    try:
        yield pdf
    finally:
        pdf.close()


def _read_page(pdf: Any, index: int, tagged: bool) -> _Drawn:
    try:
        page = pdf[index]
    except pdfium.PdfiumError:
        return _Drawn(number=index + 1)
    width, height = page.get_size()
    textpage = page.get_textpage()
    found = list(glyphs(page, textpage, tagged=tagged))
    tree = pdf_tags.tree_of(page) if tagged else []
    shapes = shapes_of(page) if not page.get_rotation() else Shapes()
    unseen = pdf_hidden.hidden(page, found, shapes)
    textpage.close()
    page.close()
    return _Drawn(index + 1, width, height, found, shapes, tree, unseen)


def _in_box(line: RawLine, boxes: list[RawBox]) -> RawLine:
    """The line with the number of the smallest box that it lies in."""
    assert line.bbox is not None
    x0, top, x1, bottom = line.bbox
    middle = (top + bottom) / 2
    best, area = None, float("inf")
    for n, box in enumerate(boxes):
        bx0, btop, bx1, bbottom = box.bbox
        size = (bx1 - bx0) * (bbottom - btop)
        if bx0 - 2 <= x0 and x1 <= bx1 + 2 and btop - 1 <= middle <= bbottom + 1 and size < area:
            best, area = n, size
    return line if best is None else replace(line, box=best)


def _unseen(page: _Drawn) -> list[RawParagraph]:
    """Text that nobody sees is kept, but takes no part in the page."""
    lines = lines_of(g for g in page.glyphs if g.index in page.unseen)
    return [
        RawParagraph(
            text=x.text, bbox=x.bbox, size=x.size, style="hidden", role=BlockRole.FURNITURE,
            furniture=True,
        )
        for x in lines
    ]  # fmt: skip


def _finish(page: _Drawn) -> RawPage:
    """The page with its paragraphs by tags, or its tables taken out of the running lines."""
    items: list[RawItem] = []
    rest = [g for g in page.glyphs if g.index not in page.unseen]
    boxes = page.shapes.boxes
    grids = pdf_tables.find(page.shapes.edges, rest) if page.may_hold_tables else []
    if page.tree:
        items, rest = pdf_tagged.items_of(page.tree, rest, grids)
        grids = []
        items.extend(pdf_tagged.artifacts(rest))
        rest = [g for g in rest if not g.artifact]
    for grid in grids:
        table, left = pdf_tables.fill(grid, rest)
        if table is not None:
            items.append(table)
            rest = left
    items.extend(_in_box(line, boxes) for line in lines_of(rest))
    items.extend(_unseen(page))
    return RawPage(
        number=page.number, items=items, width=page.width, height=page.height, boxes=boxes,
        tagged=bool(page.tree),
    )  # fmt: skip
