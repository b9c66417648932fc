"""Raw pages made by hand, and documents told in the notation of the text cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from pipeline.layout.build import lay_out
from pipeline.model.document import Block, BlockKind, BlockRole, Document, SourceInfo
from pipeline.model.raw import RawDocument, RawItem, RawLine, RawPage

WIDTH, HEIGHT = 720.0, 540.0
LETTER = 0.5
"""Width of a character as a share of the type size."""

Shown = list[str]


def _source() -> SourceInfo:
    return SourceInfo("source-x", "x", "0" * 64, "text/plain", "x")


def _typed_lines(text: str) -> list[RawLine]:
    lines = text.strip("\n").split("\n")
    return [RawLine(x.strip(), indent=len(x) - len(x.lstrip()) if x.strip() else 0) for x in lines]


def _told(block: Block) -> Iterator[str]:
    if block.kind is BlockKind.TABLE:
        yield from (
            f"| {' | '.join(c.replace(chr(10), ' / ') for c in r)} |" for r in block.rows or ()
        )
        return
    before = {BlockRole.NOTE: "note: ", BlockRole.FURNITURE: "foot: "}.get(block.role, "")
    marks = {BlockKind.TITLE: "== ", BlockKind.HEADING: "= "}
    lead = marks.get(block.kind) or "  " * block.level * (block.kind is BlockKind.LIST_ITEM)
    marker = f"{block.marker} " if block.marker else ""
    yield f"{before}{lead}{marker}{block.text}"


def _shown(document: Document) -> Shown:
    out: Shown = []
    for n, page in enumerate(document.pages):
        out += ["---"] * (n > 0)
        for block in page.blocks:
            out += _told(block)
    return out


@pytest.fixture(scope="session")
def typed() -> Callable[[str], Shown]:
    """What is read from typed notes, which have no pages."""

    def read(text: str) -> Shown:
        page = RawPage(1, _typed_lines(text))
        return _shown(lay_out(RawDocument([page], paged=False), _source()))

    return read


@pytest.fixture(scope="session")
def dumped() -> Callable[..., Shown]:
    """What is read from pages of text dumped from slides."""

    def read(*pages: str) -> Shown:
        raw = [RawPage(n, _typed_lines(p)) for n, p in enumerate(pages, 1)]
        return _shown(lay_out(RawDocument(raw, paged=True), _source()))

    return read


@pytest.fixture(scope="session")
def line() -> Callable[..., RawLine]:
    """A printed line: text, left edge and top in points."""

    def make(
        text: str,
        x: float,
        top: float,
        size: float = 18.0,
        *,
        bold: bool = False,
        box: int | None = None,
    ) -> RawLine:
        place = (x, top, x + len(text) * size * LETTER, top + size)
        return RawLine(text, place, size, bold=bold, box=box)

    return make


@pytest.fixture(scope="session")
def drawn() -> Callable[..., Shown]:
    """What is read from drawn pages, each a list of raw items (or a whole `RawPage`)."""

    def read(*pages: Sequence[RawItem] | RawPage) -> Shown:
        raw = [
            p if isinstance(p, RawPage) else RawPage(n, p, WIDTH, HEIGHT)
            for n, p in enumerate(pages, 1)
        ]
        return _shown(lay_out(RawDocument(raw, paged=True), _source()))

    return read


@pytest.fixture(scope="session")
def flowing() -> Callable[..., Shown]:
    """What is read from a document that runs on, such as a Word file."""

    def read(*items: RawItem) -> Shown:
        return _shown(lay_out(RawDocument([RawPage(1, items)], paged=False), _source()))

    return read
