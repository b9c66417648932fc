"""Tables of web pages: grids with merged cells, and tables that only arrange the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extractors.html import extract
from pipeline.layout.tables import rows_of
from pipeline.model.raw import RawItem, RawParagraph, RawPicture, RawTable


def items(tmp_path: Path, page: str) -> list[RawItem]:
    path = tmp_path / "sida.html"
    path.write_text(page, encoding="utf-8")
    return list(extract(path).pages[0].items)


def grid(tmp_path: Path, page: str) -> tuple[tuple[str, ...], ...]:
    (table,) = (x for x in items(tmp_path, page) if isinstance(x, RawTable))
    return rows_of(table)


def texts(tmp_path: Path, page: str) -> list[str]:
    found = items(tmp_path, page)
    assert not any(isinstance(x, RawTable) for x in found)
    return [x.text for x in found if isinstance(x, RawParagraph)]


def test_merged_cells_stand_once(tmp_path: Path) -> None:
    page = """<table><thead><tr><th>Tid<th colspan=2>Spår</thead>
    <tr><td rowspan=2>9.00<td>Kvarnen<td>Dammen<tr><td>Sågen<td>Rännan
    <tr><td>12.00<td colspan=2>Lunch</table>"""
    assert grid(tmp_path, page) == (
        ("Tid", "Spår", ""),
        ("9.00", "Kvarnen", "Dammen"),
        ("", "Sågen", "Rännan"),
        ("12.00", "Lunch", ""),
    )


def test_columns_that_only_spans_make_are_left_out(tmp_path: Path) -> None:
    page = "<table><tr><th colspan=4>Vem<th colspan=3>Vad<tr><td colspan=4>Rut<td colspan=3>Fika"
    assert grid(tmp_path, page) == (("Vem", "Vad"), ("Rut", "Fika"))


def test_cell_keeps_its_list_and_lines(tmp_path: Path) -> None:
    page = """<table><tr><th>Vem<th>Vad<tr><td>Rut<br>Nils
    <td><ul><li>Fika<li>Sal</ul>"""
    assert grid(tmp_path, page) == (("Vem", "Vad"), ("Rut\nNils", "• Fika\n• Sal"))


def test_marker_of_an_item_does_not_enter_the_table_inside(tmp_path: Path) -> None:
    page = "<ul><li>Budget<table><tr><th>Post<th>Kronor<tr><td>Sal<td>400</table><li>Slut"
    found = items(tmp_path, page)
    assert [x.marker for x in found if isinstance(x, RawParagraph)] == ["•", "•"]
    assert grid(tmp_path, page) == (("Post", "Kronor"), ("Sal", "400"))


def test_table_in_a_cell_of_a_table_stays_in_the_cell(tmp_path: Path) -> None:
    page = """<table><tr><th>Dag<th>Pass<tr><td>Lördag<td>
    <table><tr><th>9<th>Bo<tr><td>10<td>Eva</table></table>"""
    assert grid(tmp_path, page) == (("Dag", "Pass"), ("Lördag", "9\nBo\n10\nEva"))


def test_caption_and_stray_text_come_before_the_table(tmp_path: Path) -> None:
    page = "<table><caption>Budget</caption>Kronor<tr><td>Sal<td>400<tr><td>Fika<td>90</table>"
    found = items(tmp_path, page)
    assert [getattr(x, "text", None) for x in found] == ["Budget", "Kronor", None]


def test_pictures_of_cells_come_after_the_table(tmp_path: Path) -> None:
    page = "<table><tr><td>Sal<td><img alt=Karta>400<tr><td>Fika<td>90</table><p>Slut"
    assert [type(x) for x in items(tmp_path, page)] == [RawTable, RawPicture, RawParagraph]


NEWSLETTER = """<table role="presentation" width="100%"><tr><td align="center">
<table width="600"><tr><td style="display:none">Förhandstext</td></tr>
<tr><td><img alt="Byanytt" src="a.png"></td></tr>
<tr><td><h1>Byanytt i maj</h1><p>Välkommen till kvarndagen.</td></tr>
<tr><td><table><tr><td valign=top><h2>Lördag</h2><p>Rut visar sågen.</td>
<td valign=top><h2>Söndag</h2><p>Nils steker våfflor.</td></tr></table></td></tr>
<tr><td>&bull;</td><td>Ta med stövlar</td></tr>
</table></td></tr></table>"""


def test_newsletter_of_tables_is_running_text(tmp_path: Path) -> None:
    assert texts(tmp_path, NEWSLETTER) == [
        "Byanytt i maj",
        "Välkommen till kvarndagen.",
        "Lördag",
        "Rut visar sågen.",
        "Söndag",
        "Nils steker våfflor.",
        "•",
        "Ta med stövlar",
    ]


def test_bullets_set_in_a_column_make_a_list(tmp_path: Path) -> None:
    page = "<table><tr><td>&bull;<td>Stövlar<tr><td>&bull;<td><p>Hink<p>gärna två</table>"
    found = [x for x in items(tmp_path, page) if isinstance(x, RawParagraph)]
    assert [(x.marker, x.text) for x in found] == [
        ("•", "Stövlar"),
        ("•", "Hink"),
        (None, "gärna två"),
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>Ett<tr><td>Två</table>",
        "<table role=none><tr><td>Ett<td>Två</table>",
        "<table><tr><td><h3>Ett</h3><td>Två</table>",
        "<table><tr><td><table><tr><th>Ett<td>Två</table></table>",
    ],
)
def test_tables_with_one_column_or_headings_arrange(tmp_path: Path, page: str) -> None:
    found = items(tmp_path, page)
    inner = [t for x in found if isinstance(x, RawTable) for row in rows_of(x) for t in row]
    assert [x.text for x in found if isinstance(x, RawParagraph)] + inner == ["Ett", "Två"]


def test_cells_without_a_table_are_text(tmp_path: Path) -> None:
    assert texts(tmp_path, "<div><td>Ett</td><td>Två</td></div>") == ["Ett", "Två"]


def test_spans_without_measure_are_bounded(tmp_path: Path) -> None:
    row = "<tr>" + "<td colspan=1000 rowspan=65534>x" * 30
    page = f"<table>{row * 300}<tr><td rowspan=0>y<td>z<tr><td>å</table>"
    found = items(tmp_path, page)
    count = sum(
        len(cell) for x in found if isinstance(x, RawTable) for row in x.rows for cell in row
    )
    assert count + sum(isinstance(x, RawParagraph) for x in found) == 30 * 300 + 3
    assert max(len(row) for x in found if isinstance(x, RawTable) for row in x.rows) < 10_000


def test_ragged_giant_is_running_text(tmp_path: Path) -> None:
    page = "<table><tr>" + "<td>x" * 2000 + "<tr><td>y" * 2000
    assert len(texts(tmp_path, page)) == 4000
