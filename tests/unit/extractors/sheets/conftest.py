"""Sheets told in plain notation, and what is read from them as lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from pipeline.extractors.number_format import Kind
from pipeline.extractors.sheet_cells import Cell
from pipeline.extractors.sheets import Sheet, page_of
from pipeline.layout.build import lay_out
from pipeline.model.document import Block, BlockKind, BlockRole, SourceInfo
from pipeline.model.raw import RawDocument

Told = list[str]


def _cells(text: str) -> Iterator[tuple[int, int, Cell]]:
    """Rows of cells parted by `|`: `*bold*`, `**large**`, `#number`, `@moment`; blank rows part."""
    for row, line in enumerate(text.strip("\n").split("\n")):
        for column, part in enumerate(line.split("|")):
            said = part.strip()
            stars = len(said) - len(said.lstrip("*"))
            kind: Kind = {"#": "number", "@": "moment"}.get(said[:1], "text")  # type: ignore[assignment]
            shown = said.strip("*").lstrip("#@").replace("\\n", "\n")
            if shown:
                size = 16.0 if stars == 2 else 11.0
                yield row, column, Cell(shown, kind, bold=stars > 0, size=size)


def _line(block: Block) -> str:
    if block.kind is BlockKind.TABLE:
        rows = (" | ".join(c.replace("\n", " / ") for c in row) for row in block.rows or ())
        return "\n".join(f"| {row} |" for row in rows)
    before = {BlockRole.NOTE: "note: ", BlockRole.FURNITURE: "foot: "}.get(block.role, "")
    lead = {
        BlockKind.TITLE: "== ",
        BlockKind.HEADING: f"={block.level} ",
        BlockKind.LIST_ITEM: "  " * block.level + f"{block.marker or '-'} ",
        BlockKind.FIGURE: "picture: ",
    }.get(block.kind, "")
    return f"{before}{lead}{block.text}"


@pytest.fixture(scope="session")
def told() -> Callable[[RawDocument], Told]:
    """The blocks of a document as lines, pages parted by `---`."""

    def read(raw: RawDocument) -> Told:
        source = SourceInfo("source-x", "x", "0" * 64, "text/csv", "x")
        out: Told = []
        for n, page in enumerate(lay_out(raw, source).pages):
            out += ["---"] * (n > 0)
            out += [line for block in page.blocks for line in _line(block).split("\n")]
        return out

    return read


@pytest.fixture(scope="session")
def sheet() -> Callable[..., Sheet]:
    """A sheet in the notation of `_cells`: its cells, its name."""

    def make(text: str, name: str | None = None, **more: object) -> Sheet:
        made = Sheet(name=name, **more)  # type: ignore[arg-type]
        for row, column, cell in _cells(text):
            made.put(row, column, cell)
        return made

    return make


@pytest.fixture(scope="session")
def paged(told: Callable[[RawDocument], Told]) -> Callable[..., Told]:
    """What is read from sheets, the first of them first."""

    def read(*sheets: Sheet) -> Told:
        pages = [page_of(s, n, first=n == 1)[0] for n, s in enumerate(sheets, 1)]
        return told(RawDocument(pages=pages))

    return read
