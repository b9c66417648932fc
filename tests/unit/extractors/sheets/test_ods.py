"""OpenDocument spreadsheets, zipped and flat, written by hand."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import (
    DamagedInputError,
    EmptyInputError,
    EncryptedInputError,
    SamsynError,
)
from pipeline.extractors import ods
from pipeline.extractors.ods import extract
from pipeline.extractors.sheets import Budget
from pipeline.model.raw import RawDocument

Told = Callable[[RawDocument], list[str]]

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = {
    "office": "office", "table": "table", "text": "text", "style": "style", "draw": "drawing",
    "fo": "xsl-fo-compatible", "svg": "svg-compatible", "chart": "chart",
}  # fmt: skip
SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" '
    + " ".join(f'xmlns:{prefix}="{OASIS}{name}:1.0"' for prefix, name in NAMES.items())
)
KIND = "application/vnd.oasis.opendocument.spreadsheet"
STYLES = """
<style:style style:name="fet" style:family="table-cell">
 <style:text-properties fo:font-weight="bold" fo:font-size="11pt"/></style:style>
<style:style style:name="stor" style:family="table-cell" style:parent-style-name="fet">
 <style:text-properties fo:font-size="16pt"/></style:style>
<style:style style:name="dold" style:family="table">
 <style:table-properties table:display="false"/></style:style>
"""


def content(tables: str) -> str:
    return (
        f"<office:document-content {SPACES}><office:automatic-styles>{STYLES}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def zipped(tmp_path: Path, tables: str, **parts: str) -> Path:
    path = tmp_path / "lista.ods"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", KIND)
        archive.writestr("content.xml", content(tables))
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return path


def flat(tmp_path: Path, tables: str) -> Path:
    path = tmp_path / "lista.fods"
    meta = "<office:meta><dc:title>Kanotdagen i Åsele</dc:title></office:meta>"
    text = content(tables).replace("document-content", "document")
    path.write_text(text.replace("<office:auto", f"{meta}<office:auto", 1), encoding="utf-8")
    return path


def cell(text: str, more: str = "") -> str:
    lines = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n")) if text else ""
    return f'<table:table-cell office:value-type="string" {more}>{lines}</table:table-cell>'


def value(of_type: str, text: str, **told: str) -> str:
    attributes = " ".join(f'office:{k.replace("_", "-")}="{v}"' for k, v in told.items())
    shown = f"<text:p>{text}</text:p>" if text else ""
    return (
        f'<table:table-cell office:value-type="{of_type}" {attributes}>{shown}</table:table-cell>'
    )


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def table(name: str, *rows: str, more: str = "") -> str:
    return f'<table:table table:name="{name}" {more}>{"".join(rows)}</table:table>'


HEAD = row(cell("Vad"), cell("Vem"), cell("Klart"))
ACTIONS = table(
    "Att göra",
    row(cell("Inför kanotdagen", 'table:style-name="stor"')),
    row("<table:table-cell/>", more='table:number-rows-repeated="2"'),
    HEAD,
    row(
        cell("Låna kanoter\nav grannklubben"),
        cell("Moa<text:s text:c='2'/>Lund"),
        value("date", "14/06/24", date_value="2024-06-14"),
    ),
    row(
        cell('<text:span>Köpa</text:span> <text:a xlink:href="x">rep</text:a>'),
        cell("Nils"),
        value("date", "28 juni 2024", date_value="2024-06-28"),
    ),
    row("<table:table-cell/>", more='table:number-rows-repeated="1048000"'),
)


@pytest.mark.parametrize("write", [zipped, flat])
def test_an_action_list(tmp_path: Path, told: Told, write: Callable[..., Path]) -> None:
    assert told(extract(write(tmp_path, ACTIONS))) == [
        "== Att göra",
        "=1 Inför kanotdagen",
        "| Vad | Vem | Klart |",
        "| Låna kanoter / av grannklubben | Moa Lund | 2024-06-14 |",
        "| Köpa rep | Nils | 28 juni 2024 |",
    ]


def test_the_title_of_a_flat_file(tmp_path: Path) -> None:
    assert extract(flat(tmp_path, ACTIONS)).title == "Kanotdagen i Åsele"


def test_values_as_shown_and_without_their_text(tmp_path: Path, told: Told) -> None:
    shown = told(
        extract(
            zipped(
                tmp_path,
                table(
                    "Blad1",
                    row(*(cell(x) for x in ("tid", "dag", "stund", "andel", "tal", "ja"))),
                    row(
                        value("time", "09:00:00", time_value="PT09H00M00S"),
                        value("date", "14/6", date_value="2024-06-14"),
                        value("date", "06/14/24 01:30 PM", date_value="2024-06-14T13:30:00"),
                        value("percentage", "25 %", value="0.25"),
                        value("float", "1 200 kr", value="1200"),
                        value("boolean", "SANT", boolean_value="true"),
                    ),
                    row(
                        value("time", "", time_value="PT26H30M00S"),
                        value("date", "", date_value="2024-06-14"),
                        value("date", "", date_value="2024-06-14T13:30:00"),
                        value("percentage", "", value="0.25"),
                        value("float", "", value="3.0"),
                        value("boolean", "", boolean_value="true"),
                    ),
                ),
            )
        )
    )
    assert shown[1:] == [
        "| 09:00 | 14/6 | 2024-06-14 13:30 | 25 % | 1 200 kr | SANT |",
        "| 26:30 | 2024-06-14 | 2024-06-14 13:30 | 0.25 | 3 | TRUE |",
    ]


def test_hidden_sheets_rows_and_columns(tmp_path: Path, told: Told) -> None:
    prices = table(
        "Inköp",
        "<table:table-column/>",
        '<table:table-column table:visibility="collapse"/>',
        "<table:table-column/>",
        row(cell("Vad"), cell("Pris"), cell("Vem")),
        row(cell("Rep"), cell("90"), cell("Moa")),
        row(cell("Färg"), cell("300"), cell("Nils"), more='table:visibility="filter"'),
        '<table:table-row-group table:display="false">',
        row(cell("Spik"), cell("20"), cell("Siv")),
        "</table:table-row-group>",
        row(cell("Korv"), cell("80"), cell("Moa")),
    )
    wages = table("Löner", row(cell("Timpenning")), more='table:style-name="dold"')
    raw = extract(zipped(tmp_path, prices + wages))
    assert [(p.label, p.hidden) for p in raw.pages] == [("Inköp", False), ("Löner", True)]
    assert told(raw)[1:4] == ["| Vad | Vem |", "| Rep | Moa |", "| Korv | Moa |"]
    assert "rows 3–4 and column B" in raw.problems[0].message


def test_merged_cells_stand_once(tmp_path: Path, told: Told) -> None:
    rows = (
        row(cell("Lag"), cell("Vad")),
        row(cell("Ån", 'table:number-rows-spanned="2"'), cell("Rep")),
        row("<table:covered-table-cell><text:p>gammalt</text:p></table:covered-table-cell>",
            cell("Färg")),
    )  # fmt: skip
    assert told(extract(zipped(tmp_path, table("Blad1", *rows))))[1:] == [
        "| Ån | Rep |", "|  | Färg |",
    ]  # fmt: skip


def test_repeated_texts_stand_as_often(tmp_path: Path, told: Told) -> None:
    rows = (HEAD, row(cell("x", 'table:number-columns-repeated="3"'),
                      more='table:number-rows-repeated="2"'))  # fmt: skip
    assert told(extract(zipped(tmp_path, table("Blad1", *rows))))[1:] == ["| x | x | x |"] * 2


def test_comments_and_text_boxes_and_charts(tmp_path: Path, told: Told) -> None:
    note = (
        "<office:annotation><dc:creator>Siv</dc:creator><text:p>Minst fem.</text:p>"
        "</office:annotation>"
    )
    commented = (
        f'<table:table-cell office:value-type="string">{note}<text:p>Rep</text:p>'
        "</table:table-cell>"
    )
    shapes = (
        '<table:shapes><draw:custom-shape table:end-cell-address="Inköp.C9">'
        "<text:p>Ring Moa!</text:p></draw:custom-shape>"
        '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></table:shapes>'
    )
    chart = (
        f"<office:document-content {SPACES}><office:body><office:chart><chart:chart><chart:title>"
        "<text:p>Paddlare per år</text:p></chart:title></chart:chart></office:chart>"
        "</office:body></office:document-content>"
    )
    sheet = table("Inköp", shapes, row(cell("Vad"), cell("Vem")), row(commented, cell("Moa")))
    path = zipped(tmp_path, sheet, **{"Object 1__content": chart})
    assert told(extract(path)) == [
        "== Inköp", "| Vad | Vem |", "| Rep | Moa |", "Ring Moa!",
        "picture: Paddlare per år", "note: Minst fem.",
    ]  # fmt: skip


def test_what_is_kept_of_other_files_is_no_sheet(tmp_path: Path) -> None:
    cached = table("'file:///hem/budget.ods'#Kostnader", row(cell("4000")))
    raw = extract(zipped(tmp_path, ACTIONS + cached))
    assert [p.label for p in raw.pages] == ["Att göra"]


def test_a_filtered_range_is_one_table(tmp_path: Path) -> None:
    blank = row("<table:table-cell/>", more='table:number-rows-repeated="2"')
    rows = (row(cell("Vad"), cell("Vem")), row(cell("Rep"), cell("Moa")), blank,
            row(cell("Färg"), cell("Nils")))  # fmt: skip
    ranges = (
        '<table:database-ranges><table:database-range table:name="a" '
        "table:target-range-address=\"$'Inköp 1'.$A$1:$'Inköp 1'.$B$9\"/></table:database-ranges>"
    )
    raw = extract(zipped(tmp_path, table("Inköp 1", *rows) + ranges))
    assert len(raw.pages[0].items) == 2


def test_running_heads_without_page_numbers(tmp_path: Path, told: Told) -> None:
    styles = (
        f"<office:document-styles {SPACES}><office:master-styles><style:master-page>"
        "<style:header><text:p>Byalaget</text:p></style:header>"
        "<style:footer><text:p>Sida <text:page-number>1</text:page-number></text:p></style:footer>"
        "</style:master-page></office:master-styles></office:document-styles>"
    )
    assert told(extract(zipped(tmp_path, ACTIONS, styles=styles)))[-1] == "foot: Byalaget"


def test_a_locked_file_says_so(tmp_path: Path) -> None:
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    with pytest.raises(EncryptedInputError, match="password"):
        extract(zipped(tmp_path, ACTIONS, **{"META-INF__manifest": manifest}))


def test_formulas_without_values(tmp_path: Path) -> None:
    empty = '<table:table-cell table:formula="of:=SUM([.A1])"/>'
    raw = extract(zipped(tmp_path, table("Blad1", row(cell("Summa"), empty))))
    assert [(p.code, p.page) for p in raw.problems] == [("formula-without-value", 1)]
    with pytest.raises(EmptyInputError):
        extract(zipped(tmp_path, table("Blad1", row(empty))))


def test_a_file_that_breaks_off_keeps_what_was_read(tmp_path: Path, told: Told) -> None:
    path = tmp_path / "lista.ods"
    with ZipFile(path, "w") as archive:
        whole = content(table("Blad1", HEAD, "<table:table-row><oj"))
        archive.writestr("content.xml", whole.partition("<oj")[0])
    raw = extract(path)
    assert told(raw) == ["| Vad | Vem | Klart |"]
    assert [p.code for p in raw.problems] == ["part-unreadable"]


@pytest.mark.parametrize("data", [b"", b"<office:document/>", b"PK\x03\x04", b"inget"])
def test_what_is_no_spreadsheet_is_damaged(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "lista.ods"
    path.write_bytes(data)
    with pytest.raises(DamagedInputError, match="lista"):
        extract(path)


def test_repetition_without_end_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ods, "Budget", lambda: Budget(cells=50_000))
    bomb = row(
        cell("bom", 'table:number-columns-repeated="16384"'),
        more='table:number-rows-repeated="1048576"',
    )
    raw = extract(zipped(tmp_path, table("Blad1", HEAD, bomb, bomb)))
    assert [p.code for p in raw.problems] == ["sheet-too-large"]


@settings(max_examples=40)
@given(st.data())
def test_damaged_bytes_raise_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    write = data.draw(st.sampled_from([zipped, flat]))
    path = write(tmp_path_factory.mktemp("ods"), ACTIONS)
    whole = bytearray(path.read_bytes())
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=8)):
        whole[at] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(whole[: data.draw(st.integers(0, len(whole)))]))
    with suppress(SamsynError):
        extract(path)
