"""What Word shows comes out once and in order; what it hides stays out."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from pipeline.errors import DamagedInputError
from pipeline.extractors.docx import extract
from pipeline.model.document import BlockRole
from pipeline.model.raw import RawDocument, RawItem, RawParagraph, RawPicture, RawTable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{REL}"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Rubrik1"><w:name w:val="heading 1"/>
 <w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Undertitel"><w:name w:val="Subtitle"/>
 <w:basedOn w:val="Titel"/></w:style>
<w:style w:type="paragraph" w:styleId="Dagrubrik"><w:name w:val="Dagrubrik"/>
 <w:basedOn w:val="Rubrik1"/></w:style>
<w:style w:type="paragraph" w:styleId="Avsnitt"><w:name w:val="Avsnitt"/>
 <w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Ring"><w:name w:val="Ring"/>
 <w:basedOn w:val="Ring"/></w:style>
<w:style w:type="paragraph" w:styleId="Punktlista2"><w:name w:val="List Bullet 2"/>
 <w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Stark"><w:name w:val="Strong"/>
 <w:rPr><w:b/></w:rPr></w:style>
"""


def level(ilvl: int, kind: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def abstract(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number: int, abstract_id: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract_id}"/>{more}</w:num>'


WINGDINGS = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
RESTART = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
NUMBERING = (
    abstract(
        0,
        level(0, "decimal", "%1."),
        level(1, "lowerLetter", "%2)"),
        level(2, "upperRoman", "%1.%2 %3"),
    )
    + abstract(1, level(0, "bullet", "\uf0b7"), level(1, "bullet", "§", WINGDINGS))
    + abstract(2, level(0, "decimal", "%1", "<w:isLgl/>", start=7), level(1, "decimal", "%1.%2"))
    + abstract(3, level(0, "none", ""))
    + num(1, 0)
    + num(2, 1)
    + num(3, 0, RESTART)
    + num(4, 2)
    + num(5, 3)
)


def p(content: str, properties: str = "") -> str:
    runs = content if content.startswith("<") else f"<w:r><w:t>{content}</w:t></w:r>"
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def styled(text: str, style: str) -> str:
    return p(text, f'<w:pStyle w:val="{style}"/>')


def item(text: str, num_id: int = 1, ilvl: int = 0) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num_id}"/></w:numPr>'
    return p(text, numbering)


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def make(
    tmp_path: Path, body: str, parts: dict[str, str] | None = None, strict: bool = False
) -> Path:
    """A Word file by hand; `parts` are more parts by kind, each the inside of its root."""
    inside = {"styles": STYLES, "numbering": NUMBERING, **(parts or {})}
    kinds = [(kind, kind.rstrip("0123456789")) for kind in inside]
    rels = "".join(
        f'<Relationship Id="{name}" Type="{REL}/{kind}" Target="{name}.xml"/>'
        for name, kind in kinds
    )
    xml = {"word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"}
    for name, content in inside.items():
        root = content if content.startswith("<?") else f"<w:x {SPACES}>{content}</w:x>"
        xml[f"word/{name}.xml"] = root
    xml["word/_rels/document.xml.rels"] = f"<Relationships>{rels}</Relationships>"
    main = f'<Relationship Id="a" Type="{REL}/officeDocument" Target="/word/document.xml"/>'
    xml["_rels/.rels"] = f"<Relationships>{main}</Relationships>"
    path = tmp_path / "notes.docx"
    with ZipFile(path, "w") as archive:
        for name, text in xml.items():
            if strict:
                text = text.replace("schemas.openxmlformats.org", "purl.oclc.org/ooxml")
                text = text.replace("/2006/", "/")
            archive.writestr(name, text)
    return path


def read(tmp_path: Path, body: str, parts: dict[str, str] | None = None) -> RawDocument:
    document = extract(make(tmp_path, body, parts))
    assert len(document.pages) == 1
    assert not document.paged
    return document


def items(tmp_path: Path, body: str, parts: dict[str, str] | None = None) -> list[RawItem]:
    return list(read(tmp_path, body, parts).pages[0].items)


def paragraphs(
    tmp_path: Path, body: str, parts: dict[str, str] | None = None
) -> list[RawParagraph]:
    return [x for x in items(tmp_path, body, parts) if isinstance(x, RawParagraph)]


def texts(tmp_path: Path, body: str, parts: dict[str, str] | None = None) -> list[str]:
    return [x.text for x in paragraphs(tmp_path, body, parts)]


def marks(tmp_path: Path, body: str) -> list[str | None]:
    return [x.marker for x in paragraphs(tmp_path, body)]


def cells(found: RawItem) -> list[list[list[str]]]:
    assert isinstance(found, RawTable)
    return [[[x.text for x in cell] for cell in row] for row in found.rows]


# Headings and looks


@pytest.mark.parametrize(
    ("style", "heading"),
    [
        ("Titel", 0),
        ("Rubrik1", 1),
        ("Dagrubrik", 1),
        ("Avsnitt", 3),
        ("Undertitel", None),
        ("Normal", None),
        ("Ring", None),
        ("Heading2", 2),
        ("Okänd", None),
    ],
)
def test_headings_by_style(tmp_path: Path, style: str, heading: int | None) -> None:
    assert paragraphs(tmp_path, styled("Skogsdag", style))[0].heading == heading


def test_heading_by_own_outline_level(tmp_path: Path) -> None:
    assert paragraphs(tmp_path, p("Mål", '<w:outlineLvl w:val="1"/>'))[0].heading == 2


def test_title_of_the_document(tmp_path: Path) -> None:
    assert read(tmp_path, p("x") + styled("Skogsdag", "Titel")).title == "Skogsdag"


def test_style_names_and_sizes(tmp_path: Path) -> None:
    found = paragraphs(tmp_path, styled("Mål", "Rubrik1") + p("text") + styled("u", "Undertitel"))
    assert [(x.style, x.size) for x in found] == [
        ("heading 1", 16.0),
        ("Normal", 11.0),
        ("Subtitle", 11.0),
    ]


def test_bold_when_all_that_is_seen_is_bold(tmp_path: Path) -> None:
    body = (
        p(r("Beslut", "<w:b/>") + r(" "))
        + p(r("Beslut", "<w:b/>") + r(" fattat"))
        + p(r("Beslut", '<w:rStyle w:val="Stark"/>'))
        + p(r("Beslut", '<w:b w:val="0"/>'), '<w:pStyle w:val="Rubrik1"/>')
        + p(r("tyst", "<w:i/>"))
    )
    found = paragraphs(tmp_path, body)
    assert [x.bold for x in found] == [True, False, True, False, False]
    assert found[4].italic


# Lists


def test_numbers_letters_and_romans(tmp_path: Path) -> None:
    body = "".join(item("x", 1, n) for n in (0, 1, 1, 2, 0, 1, 2, 2))
    assert marks(tmp_path, body) == ["1.", "a)", "b)", "1.b I", "2.", "a)", "2.a I", "2.a II"]


def test_levels(tmp_path: Path) -> None:
    found = paragraphs(tmp_path, item("a") + item("b", 1, 1) + p("c"))
    assert [(x.level, x.listed) for x in found] == [(0, True), (1, True), (0, False)]


def test_lists_go_on_after_text_and_begin_again_where_told(tmp_path: Path) -> None:
    body = item("a") + p("text") + item("b") + item("c", 3) + item("d", 3) + item("e")
    assert marks(tmp_path, body) == ["1.", None, "2.", "1.", "2.", "3."]


def test_empty_items_are_counted_but_not_given(tmp_path: Path) -> None:
    assert marks(tmp_path, item("a") + item("<w:r/>") + item("c")) == ["1.", "3."]


def test_start_and_legal_numbers(tmp_path: Path) -> None:
    assert marks(tmp_path, item("a", 4) + item("b", 4, 1) + item("c", 4)) == ["7", "7.1", "8"]


def test_bullets_of_symbol_fonts(tmp_path: Path) -> None:
    assert marks(tmp_path, item("a", 2) + item("b", 2, 1)) == ["•", "▪"]


def test_list_without_sign_or_definition_is_no_list(tmp_path: Path) -> None:
    found = paragraphs(tmp_path, item("a", 5) + item("b", 0) + item("c", 99) + item("d", 1, 7))
    assert not any(x.listed or x.marker for x in found)


def test_list_by_style(tmp_path: Path) -> None:
    (found,) = paragraphs(tmp_path, styled("a", "Punktlista2"))
    assert (found.marker, found.level, found.listed) == ("•", 1, True)


def test_numbered_heading(tmp_path: Path) -> None:
    numbering = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    (found,) = paragraphs(tmp_path, p("Mål", f'<w:pStyle w:val="Rubrik1"/>{numbering}'))
    assert (found.heading, found.marker, found.listed) == (1, "1.", False)


def test_lists_of_the_usual_template(tmp_path: Path) -> None:
    document = docx.Document()
    for style in ("List Bullet", "List Bullet 2", "List Number", "List Number", "List Number 2"):
        document.add_paragraph("x", style=style)
    document.save(str(tmp_path / "x.docx"))
    found = extract(tmp_path / "x.docx").pages[0].items
    assert [(x.marker, x.level) for x in found if isinstance(x, RawParagraph)] == [
        ("•", 0),
        ("•", 1),
        ("1.", 0),
        ("2.", 0),
        ("1.", 1),
    ]


# Inside a paragraph


def test_breaks_tabs_and_hyphens(tmp_path: Path) -> None:
    content = (
        '<w:r><w:br w:type="page"/><w:t>9.30</w:t><w:tab/><w:t>fi\u00adka</w:t><w:br/>'
        "<w:t>E</w:t><w:noBreakHyphen/><w:t>post upp</w:t><w:softHyphen/><w:t>följning</w:t></w:r>"
    )
    assert texts(tmp_path, p(content)) == ["9.30\tfika\nE-post uppföljning"]


def test_symbols(tmp_path: Path) -> None:
    arrow = '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'
    assert texts(tmp_path, p(r("A ") + arrow + r(" B"))) == ["A → B"]


def test_tracked_changes(tmp_path: Path) -> None:
    content = (
        f"<w:ins>{r('ny ')}</w:ins><w:del><w:r><w:delText>gammal </w:delText></w:r></w:del>"
        f"{r('text')}<w:moveFrom>{r(' bort')}</w:moveFrom><w:moveTo>{r(' hit')}</w:moveTo>"
    )
    assert texts(tmp_path, p(content)) == ["ny text hit"]


def test_deleted_paragraph_end_joins_two(tmp_path: Path) -> None:
    body = item("a") + p("Vi bokar ", "<w:rPr><w:del/></w:rPr>") + item("lokalen")
    found = paragraphs(tmp_path, body)
    assert [(x.text, x.marker) for x in found] == [("a", "1."), ("Vi bokar lokalen", "2.")]


def test_links_controls_fields_and_formulas(tmp_path: Path) -> None:
    content = (
        f"<w:hyperlink>{r('planen')}</w:hyperlink><w:sdt><w:sdtContent>{r(' valt')}</w:sdtContent>"
        f"</w:sdt><w:fldSimple>{r(' 3')}</w:fldSimple><m:oMath><m:r><m:t> x=1</m:t></m:r></m:oMath>"
    )
    assert texts(tmp_path, p(content)) == ["planen valt 3 x=1"]


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_field_codes_are_hidden_and_results_shown(tmp_path: Path) -> None:
    code = "<w:r><w:instrText>REF x</w:instrText></w:r>"
    inner = field("begin") + code + field("separate") + r("dold") + field("end")
    content = field("begin") + code + inner + field("separate") + r("sida 4") + field("end")
    assert texts(tmp_path, p(r("se ") + content)) == ["se sida 4"]


def test_a_field_that_never_ends_hides_nothing(tmp_path: Path) -> None:
    assert texts(tmp_path, p(field("begin") + r("kvar"))) == ["kvar"]


def test_hidden_text_and_unanswered_prompts(tmp_path: Path) -> None:
    prompt = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent>{r('Klicka här')}</w:sdtContent></w:sdt>"
    )
    assert texts(tmp_path, p(r("syns") + r("dold", "<w:vanish/>") + prompt)) == ["syns"]


def box(ticked: int) -> str:
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{ticked}"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{r('☒')}</w:sdtContent></w:sdt>"
    )


def test_check_boxes(tmp_path: Path) -> None:
    old = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/>'
        "</w:checkBox></w:ffData></w:fldChar></w:r>" + field("end")
    )
    body = (
        p(box(0) + r(" boka"))
        + p(box(1) + r(" ringa"))
        + p(old + r(" betala"))
        + p(box(1) + r(" ja ") + box(0) + r(" nej"))
        + item(box(0) + r(" städa"), 2)
        + item(box(0) + r(" baka"), 1)
    )
    found = paragraphs(tmp_path, body)
    assert [(x.marker, x.text, x.listed) for x in found] == [
        ("☐", "boka", True),
        ("☑", "ringa", True),
        ("☑", "betala", True),
        (None, "☑ ja ☐ nej", False),
        ("☐", "städa", True),
        ("1.", "☐ baka", True),
    ]


# Boxes, pictures, diagrams


def test_text_box_once(tmp_path: Path) -> None:
    inside = f"<w:txbxContent>{p('lapp 1')}{item('lapp 2')}</w:txbxContent>"
    shape = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        f"{inside}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = paragraphs(tmp_path, p(shape + r("vid väggen")))
    assert [(x.text, x.marker, x.shape) for x in found] == [
        ("vid väggen", None, None),
        ("lapp 1", None, 1),
        ("lapp 2", "1.", 1),
    ]


def test_fallback_where_the_choice_holds_nothing(tmp_path: Path) -> None:
    content = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='q'><w:ruta/></mc:Choice>"
        "<mc:Fallback><w:t>reserv</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(tmp_path, p(content)) == ["reserv"]


def test_picture_with_its_description(tmp_path: Path) -> None:
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Bild 1" descr="Väggen med lappar"/>'
        "<a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    found = items(tmp_path, p(r("Före") + drawing))
    assert found[1:] == [RawPicture(text="Väggen med lappar")]


def test_diagram(tmp_path: Path) -> None:
    drawing = '<w:r><w:drawing><dgm:relIds r:dm="diagramData"/></w:drawing></w:r>'
    point = "<dgm:pt><dgm:t><a:p><a:r><a:t>{}</a:t></a:r></a:p></dgm:t></dgm:pt>"
    data = point.format("Samla") + point.format("Sålla")
    assert texts(tmp_path, p(drawing), {"diagramData": data}) == ["Samla", "Sålla"]


# Tables


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_merged_cells(tmp_path: Path) -> None:
    body = table(
        cell(p("Program"), '<w:gridSpan w:val="2"/>') + cell(p("x"), '<w:vMerge w:val="restart"/>'),
        cell(p("9")) + cell(p("fika") + p("bulle")) + cell(p(""), "<w:vMerge/>"),
        cell(p("10")),
    )
    assert cells(items(tmp_path, body)[0]) == [
        [["Program"], [], ["x"]],
        [["9"], ["fika", "bulle"], []],
        [["10"], [], []],
    ]


def test_rows_that_begin_late_and_absurd_spans(tmp_path: Path) -> None:
    late = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    body = table(late + cell(p("a")), cell(p("b"), '<w:gridSpan w:val="999999999"/>'))
    found = cells(items(tmp_path, body)[0])
    assert found[0][:2] == [[], ["a"]]
    assert [len(row) for row in found] == [63, 63]


def test_deleted_rows_are_out_and_controls_walked(tmp_path: Path) -> None:
    inserted = f"<w:sdt><w:sdtContent>{cell(p('a'))}</w:sdtContent></w:sdt>"
    deleted = "<w:trPr><w:del/></w:trPr>" + cell(p("b"))
    assert cells(items(tmp_path, table(inserted, deleted))[0]) == [[["a"]]]


def test_nested_table_and_lists_in_a_cell(tmp_path: Path) -> None:
    inner = table(cell(p("inre 1")) + cell(p("inre 2")))
    found = items(tmp_path, table(cell(item("a") + inner + item("b"))))[0]
    assert isinstance(found, RawTable)
    held = found.rows[0][0]
    assert [x.text for x in held] == ["a", "inre 1", "inre 2", "b"]
    assert [x.marker for x in held if isinstance(x, RawParagraph)] == ["1.", None, None, "2."]


# Notes and furniture


def test_notes_follow_their_paragraph(tmp_path: Path) -> None:
    parts = {
        "footnotes": f'<w:footnote w:id="2">{p("källa")}</w:footnote>'
        f'<w:footnote w:id="0">{p("linje")}</w:footnote>',
        "comments": f'<w:comment w:id="7">{p("Vem gör det?")}</w:comment>',
    }
    first = r("text") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    second = r("mer") + '<w:r><w:commentReference w:id="7"/></w:r>'
    found = paragraphs(tmp_path, p(first) + p(second) + p("slut"), parts)
    assert [(x.text, x.role.value, x.marker) for x in found] == [
        ("text", "body", None),
        ("källa", "note", "1"),
        ("mer", "body", None),
        ("Vem gör det?", "note", None),
        ("slut", "body", None),
    ]


def test_headers_and_footers_once_and_last(tmp_path: Path) -> None:
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
    found = items(tmp_path, again + p("text") + f"<w:sectPr>{refs}</w:sectPr>", parts)
    text, header, footer = found
    assert isinstance(text, RawParagraph)
    assert text.text == "text"
    assert isinstance(header, RawParagraph)
    assert (header.text, header.role, header.furniture) == ("Skogsdag", BlockRole.FURNITURE, True)
    assert isinstance(footer, RawTable)
    assert footer.role is BlockRole.FURNITURE


# Odd and broken files


def test_strict_documents(tmp_path: Path) -> None:
    path = make(tmp_path, styled("Skogsdag", "Titel") + item("a"), strict=True)
    found = extract(path).pages[0].items
    assert [(x.text, x.marker) for x in found if isinstance(x, RawParagraph)] == [
        ("Skogsdag", None),
        ("a", "1."),
    ]


def test_a_broken_side_part_is_a_problem(tmp_path: Path) -> None:
    document = read(tmp_path, p("text"), {"comments": "<?xml version='1.0'?><w:comments"})
    assert [problem.code for problem in document.problems] == ["part-unreadable"]
    assert len(document.pages[0].items) == 1


def test_no_outside_entities(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("hemligt")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    note = f'<w:x {SPACES}><w:comment w:id="1">{p("se &e;")}</w:comment></w:x>'
    body = p('<w:r><w:commentReference w:id="1"/></w:r>')
    found = texts(tmp_path, body, {"comments": f"<?xml version='1.0'?>{entity}{note}"})
    assert "hemligt" not in " ".join(found)


@pytest.mark.parametrize("body", ["<w:p>", "<w:p/></w:body><w:body>", "&ouml;"])
def test_broken_xml(tmp_path: Path, body: str) -> None:
    path = make(tmp_path, body + ("" if body != "<w:p>" else "<x"))
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


def test_deep_nesting_stays_in_the_tree(tmp_path: Path) -> None:
    body = p("x")
    for _ in range(80):
        body = table(cell(body))
    try:
        extract(make(tmp_path, body))
    except DamagedInputError as error:
        message = error.message
        assert "damaged" in message
