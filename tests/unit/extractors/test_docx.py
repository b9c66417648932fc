"""Boxes, tables, notes and running headers come out once and in order; broken files say so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipeline.errors import DamagedInputError
from pipeline.extractors.docx import extract
from pipeline.model.document import BlockRole
from pipeline.model.raw import RawDocument, RawItem, RawParagraph, RawPicture, RawTable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

Markup = Callable[..., str]
Make = Callable[..., Path]
Read = Callable[..., RawDocument]
Items = Callable[..., list[RawItem]]
Paragraphs = Callable[..., list[RawParagraph]]
Texts = Callable[..., list[str]]


def cells(found: RawItem) -> list[list[list[str]]]:
    assert isinstance(found, RawTable)
    return [[[x.text for x in cell] for cell in row] for row in found.rows]


# Boxes, pictures, diagrams


def test_text_box_once(paragraphs: Paragraphs, p: Markup, r: Markup, item: Markup) -> None:
    inside = f"<w:txbxContent>{p('lapp 1')}{item('lapp 2')}</w:txbxContent>"
    shape = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        f"{inside}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = paragraphs(p(shape + r("vid väggen")))
    assert [(x.text, x.marker, x.shape) for x in found] == [
        ("vid väggen", None, None),
        ("lapp 1", None, 1),
        ("lapp 2", "1.", 1),
    ]


def test_fallback_where_the_choice_holds_nothing(texts: Texts, p: Markup) -> None:
    content = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='q'><w:ruta/></mc:Choice>"
        "<mc:Fallback><w:t>reserv</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(p(content)) == ["reserv"]


def test_picture_with_its_description(items: Items, p: Markup, r: Markup) -> None:
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Bild 1" descr="Väggen med lappar"/>'
        "<a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    found = items(p(r("Före") + drawing))
    assert found[1:] == [RawPicture(text="Väggen med lappar")]


def test_diagram(texts: Texts, p: Markup) -> None:
    drawing = '<w:r><w:drawing><dgm:relIds r:dm="diagramData"/></w:drawing></w:r>'
    point = "<dgm:pt><dgm:t><a:p><a:r><a:t>{}</a:t></a:r></a:p></dgm:t></dgm:pt>"
    data = point.format("Samla") + point.format("Sålla")
    assert texts(p(drawing), {"diagramData": data}) == ["Samla", "Sålla"]


# Tables


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_merged_cells(items: Items, p: Markup) -> None:
    body = table(
        cell(p("Program"), '<w:gridSpan w:val="2"/>') + cell(p("x"), '<w:vMerge w:val="restart"/>'),
        cell(p("9")) + cell(p("fika") + p("bulle")) + cell(p(""), "<w:vMerge/>"),
        cell(p("10")),
    )
    assert cells(items(body)[0]) == [
        [["Program"], [], ["x"]],
        [["9"], ["fika", "bulle"], []],
        [["10"], [], []],
    ]


def test_rows_that_begin_late_and_absurd_spans(items: Items, p: Markup) -> None:
    late = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    body = table(late + cell(p("a")), cell(p("b"), '<w:gridSpan w:val="999999999"/>'))
    found = cells(items(body)[0])
    assert found[0][:2] == [[], ["a"]]
    assert [len(row) for row in found] == [63, 63]


def test_deleted_rows_are_out_and_controls_walked(items: Items, p: Markup) -> None:
    inserted = f"<w:sdt><w:sdtContent>{cell(p('a'))}</w:sdtContent></w:sdt>"
    deleted = "<w:trPr><w:del/></w:trPr>" + cell(p("b"))
    assert cells(items(table(inserted, deleted))[0]) == [[["a"]]]


def test_nested_table_and_lists_in_a_cell(items: Items, p: Markup, item: Markup) -> None:
    inner = table(cell(p("inre 1")) + cell(p("inre 2")))
    found = items(table(cell(item("a") + inner + item("b"))))[0]
    assert isinstance(found, RawTable)
    held = found.rows[0][0]
    assert [x.text for x in held] == ["a", "inre 1", "inre 2", "b"]
    assert [x.marker for x in held if isinstance(x, RawParagraph)] == ["1.", None, None, "2."]


# Notes and furniture


def test_notes_follow_their_paragraph(paragraphs: Paragraphs, p: Markup, r: Markup) -> None:
    parts = {
        "footnotes": f'<w:footnote w:id="2">{p("källa")}</w:footnote>'
        f'<w:footnote w:id="0">{p("linje")}</w:footnote>',
        "comments": f'<w:comment w:id="7">{p("Vem gör det?")}</w:comment>',
    }
    first = r("text") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    second = r("mer") + '<w:r><w:commentReference w:id="7"/></w:r>'
    found = paragraphs(p(first) + p(second) + p("slut"), parts)
    assert [(x.text, x.role.value, x.marker) for x in found] == [
        ("text", "body", None),
        ("källa", "note", "1"),
        ("mer", "body", None),
        ("Vem gör det?", "note", None),
        ("slut", "body", None),
    ]


def test_headers_and_footers_once_and_last(items: Items, p: Markup) -> None:
    parts = {
        "header1": p("Skogsdag"),
        "header2": p("Skogsdag"),
        "header3": p("förstasida"),
        "footer1": table(cell(p("sida 1"))),
    }
    refs = (
        '<w:headerReference w:type="default" r:id="header1"/>'
        '<w:headerReference w:type="first" r:id="header3"/>'
        '<w:footerReference w:type="default" r:id="footer1"/>'
    )
    again = '<w:p><w:pPr><w:sectPr><w:headerReference r:id="header2"/></w:sectPr></w:pPr></w:p>'
    found = items(again + p("text") + f"<w:sectPr>{refs}</w:sectPr>", parts)
    text, header, footer = found
    assert isinstance(text, RawParagraph)
    assert text.text == "text"
    assert isinstance(header, RawParagraph)
    assert (header.text, header.role, header.furniture) == ("Skogsdag", BlockRole.FURNITURE, True)
    assert isinstance(footer, RawTable)
    assert footer.role is BlockRole.FURNITURE


# Odd and broken files


def test_strict_documents(make: Make, styled: Markup, item: Markup) -> None:
    path = make(styled("Skogsdag", "Titel") + item("a"), strict=True)
    found = extract(path).pages[0].items
    assert [(x.text, x.marker) for x in found if isinstance(x, RawParagraph)] == [
        ("Skogsdag", None),
        ("a", "1."),
    ]


def test_a_broken_side_part_is_a_problem(read: Read, p: Markup) -> None:
    document = read(p("text"), {"comments": "<?xml version='1.0'?><w:comments"})
    assert [problem.code for problem in document.problems] == ["part-unreadable"]
    assert len(document.pages[0].items) == 1


def test_no_outside_entities(tmp_path: Path, texts: Texts, p: Markup) -> None:
    (tmp_path / "secret.txt").write_text("hemligt")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    note = f'<w:x xmlns:w="{W}"><w:comment w:id="1">{p("se &e;")}</w:comment></w:x>'
    body = p('<w:r><w:commentReference w:id="1"/></w:r>')
    found = texts(body, {"comments": f"<?xml version='1.0'?>{entity}{note}"})
    assert "hemligt" not in " ".join(found)


@pytest.mark.parametrize("body", ["<w:p>", "<w:p/></w:body><w:body>", "&ouml;"])
def test_broken_xml(make: Make, body: str) -> None:
    path = make(body + ("" if body != "<w:p>" else "<x"))
    if body.startswith("<w:p/>"):
        assert extract(path).pages[0].items == []
        return
    with pytest.raises(DamagedInputError) as caught:
        extract(path)
    assert caught.value.hint


def test_zip_that_is_no_document(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    with ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "hej")
    with pytest.raises(DamagedInputError):
        extract(path)


def test_deep_nesting_stays_in_the_tree(make: Make, p: Markup) -> None:
    body = p("x")
    for _ in range(80):
        body = table(cell(body))
    try:
        extract(make(body))
    except DamagedInputError as error:
        message = error.message
        assert "damaged" in message
