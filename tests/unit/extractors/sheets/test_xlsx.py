"""Excel workbooks, written by a library or by hand."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import DamagedInputError, EmptyInputError, LimitError, SamsynError
from pipeline.extractors import opc
from pipeline.extractors.xlsx import extract
from pipeline.model.raw import RawDocument, RawTable

Told = Callable[[RawDocument], list[str]]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def package(tmp_path: Path, sheet: str, name: str = "Blad1", **parts: str) -> Path:
    """A workbook of one sheet: its XML, and other parts by their kind."""
    rels = "".join(
        f'<Relationship Id="{kind}" Type="{REL}/{kind}" Target="{kind}.xml"/>'
        for kind in ("worksheet", *(k for k in parts if k in ("sharedStrings", "styles")))
    )
    beside = "".join(
        f'<Relationship Id="{kind}" Type="{REL}/{kind}" Target="{kind}.xml"/>'
        for kind in parts
        if kind not in ("sharedStrings", "styles")
    )
    files = {
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{REL}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="worksheet"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{rels}</Relationships>",
        "xl/worksheet.xml": sheet,
        "xl/_rels/worksheet.xml.rels": f"<Relationships>{beside}</Relationships>",
        **{f"xl/{kind}.xml": xml for kind, xml in parts.items()},
    }
    path = tmp_path / "bok.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for file, text in files.items():
            archive.writestr(file, text)
    return path


def rows(xml: str, *, space: str = MAIN, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{space}">{before}<sheetData>{xml}</sheetData>{after}</worksheet>'


def inline(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> RawDocument:
    """An action list with all that Excel can put into one, a hidden sheet, a chart."""
    path = tmp_path_factory.mktemp("xlsx") / "kanotdagen.xlsx"
    book = xlsxwriter.Workbook(path)
    large, bold = book.add_format({"bold": True, "font_size": 16}), book.add_format({"bold": True})
    day, clock = (book.add_format({"num_format": f}) for f in ("yyyy-mm-dd", "hh:mm"))
    sheet = book.add_worksheet("Att göra")
    sheet.merge_range("A1:F1", "Inför kanotdagen", large)
    sheet.write_row("A3", ["Vad", "Vem", "Klart", "Börjar", "Andel", "Gjort"], bold)
    sheet.write_row("A4", ["Låna kanoter\nav grannklubben", "Moa Lund"])
    sheet.write_datetime("C4", datetime(2024, 6, 14), day)
    sheet.write_number("D4", 0.375, clock)
    sheet.write_formula("E4", "=1/4", book.add_format({"num_format": "0%"}), 0.25)
    sheet.insert_checkbox("F4", True)
    sheet.write_rich_string("A5", "Köpa ", bold, "tolv", " meter rep")
    sheet.write_url("B5", "https://exempel.se/nils", string="Nils Ek")
    sheet.write_formula("C5", "=A99", None, "#REF!")
    sheet.write_boolean("F5", False)
    sheet.write_row("A6", ["Hemlig rad", "ingen"])
    sheet.set_row(5, None, None, {"hidden": True})
    sheet.write_comment("A4", "Minst fem stycken.")
    sheet.insert_textbox("H9", "Ring Moa om något krånglar.")
    sheet.set_header('&L&"Arial"Byalaget&CSida &P av &N')
    sheet.set_footer("&CKanotdagen 2024")
    hidden = book.add_worksheet("Löner")
    hidden.write("A1", "Timpenning")
    hidden.hide()
    figures = book.add_worksheet("Siffror")
    figures.write_column("A1", [3, 5.5, 8])
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Siffror!$A$1:$A$3"})
    chart.set_title({"name": "Paddlare per år"})
    figures.insert_chart("C2", chart)
    book.set_properties({"title": "Kanotdagen i Åsele"})
    book.close()
    return extract(path)


def test_a_workbook_as_excel_shows_it(workbook: RawDocument, told: Told) -> None:
    assert told(workbook) == [
        "== Att göra",
        "=1 Inför kanotdagen",
        "| Vad | Vem | Klart | Börjar | Andel | Gjort |",
        "| Låna kanoter / av grannklubben | Moa Lund | 2024-06-14 | 09:00 | 25% | ☑ |",
        "| Köpa tolv meter rep | Nils Ek | #REF! |  |  | FALSE |",
        "Ring Moa om något krånglar.",
        "note: Minst fem stycken.",
        "foot: Byalaget",
        "foot: Kanotdagen 2024",
        "---",
        "== Löner",
        "Timpenning",
        "---",
        "== Siffror",
        "- 3",
        "- 5.5",
        "- 8",
        "picture: Paddlare per år",
    ]


def test_pages_are_sheets(workbook: RawDocument) -> None:
    assert workbook.title == "Kanotdagen i Åsele"
    assert [(p.number, p.label, p.hidden) for p in workbook.pages] == [
        (1, "Att göra", False), (2, "Löner", True), (3, "Siffror", False),
    ]  # fmt: skip
    assert [(p.code, p.page) for p in workbook.problems] == [("hidden-cells", 1)]
    assert "row 6" in workbook.problems[0].message


def test_shared_strings_without_how_they_are_pronounced(tmp_path: Path, told: Told) -> None:
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>Samling_x000D_\nvid ån</t></si>'
        "<si><r><t>Fi</t></r><r><t>ka</t></r><rPh sb='0' eb='1'><t>フィーカ</t></rPh></si></sst>"
    )
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    raw = extract(package(tmp_path, rows(cells + "<row/>"), sharedStrings=strings))
    assert told(raw) == ["Samling vid ån Fika"]


def test_strict_workbooks_are_read(tmp_path: Path, told: Told) -> None:
    cells = f'<row r="1">{inline("A1", "Vad")}{inline("B1", "Vem")}{inline("C1", "När")}</row>'
    assert told(extract(package(tmp_path, rows(cells, space=STRICT)))) == ["| Vad | Vem | När |"]


def test_cells_without_their_places_follow_each_other(tmp_path: Path, told: Told) -> None:
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    cells = "".join(f"<row>{cell.format(a)}{cell.format(b)}</row>" for a, b in ("ab", "cd"))
    assert told(extract(package(tmp_path, rows(cells)))) == ["| a | b |", "| c | d |"]


def test_what_a_merged_cell_covers_is_not_seen(tmp_path: Path, told: Told) -> None:
    cells = (
        f'<row r="1">{inline("A1", "Vad")}{inline("B1", "Vem")}</row>'
        f'<row r="2">{inline("A2", "Rep")}{inline("B2", "Moa")}</row>'
        f'<row r="3">{inline("A3", "gammalt")}{inline("B3", "Nils")}</row>'
    )
    merged = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    shown = told(extract(package(tmp_path, rows(cells, after=merged))))
    assert shown == ["| Vad | Vem |", "| Rep | Moa |", "|  | Nils |"]


def test_days_told_as_text_and_days_from_1904(tmp_path: Path, told: Told) -> None:
    path = package(tmp_path, rows('<row><c t="d"><v>2024-06-14T09:30:00</v></c><c/></row>'))
    assert told(extract(path)) == ["2024-06-14 09:30"]


def test_formulas_without_values_are_told(tmp_path: Path) -> None:
    cells = f'<row r="1">{inline("A1", "Summa")}<c r="B1"><f>SUM(C1:C9)</f><v></v></c></row>'
    raw = extract(package(tmp_path, rows(cells)))
    assert [(p.code, p.page) for p in raw.problems] == [("formula-without-value", 1)]
    assert "B1" in raw.problems[0].message
    with pytest.raises(EmptyInputError, match="formulas"):
        extract(package(tmp_path, rows("<row><c><f>1+1</f></c></row>")))


def test_a_workbook_whose_cells_are_all_hidden_says_so(tmp_path: Path) -> None:
    with pytest.raises(EmptyInputError, match="hidden"):
        extract(package(tmp_path, rows(f'<row hidden="1">{inline("A1", "Ån")}</row>')))


def test_an_empty_result_of_a_formula_is_no_problem(tmp_path: Path) -> None:
    cells = f'<row r="1">{inline("A1", "Ån")}<c r="B1" t="str"><f>IF(C1,1,"")</f><v></v></c></row>'
    assert not extract(package(tmp_path, rows(cells))).problems


def test_threads_of_comments_stand_once(tmp_path: Path, told: Told) -> None:
    old = (
        f'<comments xmlns="{MAIN}"><authors><author>tc=1</author><author>Moa Lund</author>'
        '</authors><commentList><comment ref="A1" authorId="0">'
        "<text><t>[Threaded comment] Räcker det?</t></text></comment>"
        '<comment ref="B1" authorId="1"><text><r><t>Moa Lund:</t></r>'
        "<r><t>\nFråga Siv.</t></r></text></comment></commentList></comments>"
    )
    new = (
        '<ThreadedComments><threadedComment ref="A1"><text>Räcker det?</text></threadedComment>'
        '<threadedComment ref="A1" parentId="1"><text>Ja, gott.</text></threadedComment>'
        "</ThreadedComments>"
    )
    cells = f'<row r="1">{inline("A1", "Rep:")}{inline("B1", "tolv meter")}</row>'
    raw = extract(package(tmp_path, rows(cells), comments=old, threadedComment=new))
    assert told(raw) == [
        "Rep: tolv meter", "note: Räcker det?", "note: Ja, gott.", "note: Fråga Siv.",
    ]  # fmt: skip


def test_a_declared_table_with_a_blank_row_is_one(tmp_path: Path) -> None:
    cells = "".join(
        f'<row r="{n}">{inline(f"A{n}", a)}{inline(f"B{n}", b)}</row>'
        for n, a, b in ((1, "Vad", "Vem"), (2, "Rep", "Moa"), (5, "Färg", "Nils"))
    )
    table = f'<table xmlns="{MAIN}" ref="A1:B9"/>'
    raw = extract(package(tmp_path, rows(cells), table=table))
    assert [type(x) for x in raw.pages[0].items] == [RawTable]


def test_a_broken_sheet_keeps_what_was_read(tmp_path: Path, told: Told) -> None:
    cells = f'<row r="1">{inline("A1", "Samling vid ån")}</row><row r="2"><c'
    raw = extract(package(tmp_path, f'<worksheet xmlns="{MAIN}"><sheetData>{cells}'))
    assert told(raw) == ["Samling vid ån"]
    assert [p.code for p in raw.problems] == ["part-unreadable"]


def test_broken_styles_leave_plain_cells(tmp_path: Path, told: Told) -> None:
    raw = extract(package(tmp_path, rows('<row><c s="7"><v>3.0</v></c></row>'), styles="<oj"))
    assert told(raw) == ["3"]
    assert [p.code for p in raw.problems] == ["part-unreadable"]


def test_a_sheet_that_cannot_be_read_at_all_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(DamagedInputError):
        extract(package(tmp_path, "inget"))


def test_no_entity_is_expanded(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE w [<!ENTITY a0 "ha"><!ENTITY x SYSTEM "file:///etc/hostname">{laughs}]>'
    for entity in ("&a11;", "&x;"):
        sheet = doctype + rows(f"<row>{inline('A1', entity)}{inline('B1', 'Ån')}</row>")
        start = time.perf_counter()
        try:
            told = str(extract(package(tmp_path, sheet)).pages)
        except SamsynError:
            told = ""
        assert time.perf_counter() - start < 2
        assert "haha" not in told
        assert len(told) < 2000


def test_formatted_rows_without_text_take_no_time(tmp_path: Path, told: Told) -> None:
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>'
                    for n in range(2, 20_000))  # fmt: skip
    last = f'<row r="1048576">{inline("XFD1048576", "längst bort")}</row>'
    merged = '<mergeCells><mergeCell ref="A2:XFD1048575"/></mergeCells>'
    hidden = '<cols><col min="3" max="16000" hidden="1"/></cols>'
    cells = f'<row r="1">{inline("A1", "Vad")}{inline("B1", "Vem")}</row>{blank}{last}'
    start = time.perf_counter()
    raw = extract(package(tmp_path, rows(cells, before=hidden, after=merged)))
    assert time.perf_counter() - start < 5
    assert told(raw)[-1] == "längst bort"


def test_a_part_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opc, "_MAX_PART", 2000)
    strings = f'<sst xmlns="{MAIN}">{"<si><t>ån</t></si>" * 200}</sst>'
    with pytest.raises(LimitError, match="bok"):
        extract(package(tmp_path, rows("<row/>"), sharedStrings=strings))


def test_one_sheet_named_many_times_is_read_once(tmp_path: Path) -> None:
    path = package(tmp_path, rows(f"<row>{inline('A1', 'Ån')}</row>"))
    again = tmp_path / "igen.xlsx"
    with ZipFile(path) as old, ZipFile(again, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "xl/workbook.xml":
                row = text[text.index("<sheet ") : text.index("</sheets>")]
                text = text.replace(row, row * 50)
            new.writestr(name, text)
    raw = extract(again)
    assert len(raw.pages) == 50
    assert sum(bool(p.items) for p in raw.pages) == 1


@settings(max_examples=40)
@given(st.data())
def test_damaged_bytes_raise_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("xlsx")
    path = package(folder, rows(f"<row>{inline('A1', 'Samling')}<c><v>4</v></c></row>"))
    whole = bytearray(path.read_bytes())
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=8)):
        whole[at] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(whole[: data.draw(st.integers(0, len(whole)))]))
    try:
        extract(path)
    except SamsynError as error:
        assert path.name in error.message  # noqa: PT017
