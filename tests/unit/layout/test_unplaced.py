"""Pages whose paragraphs have no places, such as the sheets of a workbook."""

from __future__ import annotations

from pipeline.layout.build import lay_out
from pipeline.model.document import BlockKind, SourceInfo
from pipeline.model.raw import RawDocument, RawItem, RawPage, RawParagraph, RawTable

SOURCE = SourceInfo("source-x", "x", "0" * 64, "text/csv", "x")
ROWS = (("Vad", "Vem"), ("Laga grinden", "Siv"))
TABLE = RawTable(tuple(tuple((RawParagraph(c),) for c in row) for row in ROWS))


def group(name: str) -> list[RawItem]:
    """A sheet as three groups fill it in: the same heading on each."""
    return [RawParagraph(name, heading=0), RawParagraph("Åtgärder", heading=1), TABLE]


def test_a_heading_that_every_sheet_has_is_no_running_head() -> None:
    pages = [RawPage(n, group(f"Grupp {n}")) for n in (1, 2, 3)]
    document = lay_out(RawDocument(pages, paged=True), SOURCE)
    assert document.paged
    for page in document.pages:
        kinds = [b.kind for b in page.body]
        assert kinds == [BlockKind.TITLE, BlockKind.HEADING, BlockKind.TABLE]


def test_lines_stay_in_the_order_of_the_file() -> None:
    lines = [RawParagraph("7"), TABLE, RawParagraph("Mer följer i höst.")]
    document = lay_out(RawDocument([RawPage(1, lines)], paged=True), SOURCE)
    assert [b.text for b in document.pages[0].body] == [
        "7", "Vad\tVem\nLaga grinden\tSiv", "Mer följer i höst.",
    ]  # fmt: skip


def test_many_cells_with_lines_are_a_table_and_no_arrangement() -> None:
    cell = (RawParagraph("Norra"), RawParagraph("bokar sal"))
    document = lay_out(RawDocument([RawPage(1, [RawTable(((cell,) * 4,) * 20)])]), SOURCE)
    assert [b.kind for b in document.pages[0].body] == [BlockKind.TABLE]
