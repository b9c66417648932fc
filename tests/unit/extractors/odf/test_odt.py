"""Texts come out once and in order: headings, lists, boxes, tables, notes, running headers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.layout.build import lay_out
from pipeline.model.document import BlockKind, SourceInfo
from pipeline.model.raw import RawDocument, RawItem, RawParagraph, RawPicture, RawTable

Markup = Callable[..., str]
Read = Callable[..., RawDocument]
Paragraphs = Callable[..., list[RawParagraph]]
Printed = Callable[..., list[str]]


def cells(found: RawItem) -> list[list[list[str]]]:
    assert isinstance(found, RawTable)
    return [[[x.text for x in cell] for cell in row] for row in found.rows]


def cell(content: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{content}</table:table-cell>"


def row(*inside: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(inside)}</table:table-row>"


def table(*rows: str) -> str:
    return f"<table:table><table:table-column/>{''.join(rows)}</table:table>"


def frame(inside: str, more: str = "") -> str:
    return f"<draw:frame {more}>{inside}</draw:frame>"


COVERED = "<table:covered-table-cell/>"


# Headings


def test_headings_and_title(paragraphs: Paragraphs, p: Markup, h: Markup, style: Markup) -> None:
    automatic = style("P1", more='style:parent-style-name="Title"')
    body = p("Skogsdag", "P1") + p("en vårdag", "Subtitle") + h("Bakgrund", 1) + h("Vägen", 3)
    found = paragraphs(body + p("Rubrik utan h", "Heading_20_2"), automatic=automatic)
    assert [x.heading for x in found] == [0, None, 1, 3, 2]
    assert [x.style for x in found][:3] == ["Title", "Subtitle", "Heading 1"]


def test_outline_numbers(printed: Printed, p: Markup, h: Markup, numbered: Markup) -> None:
    outline = numbered(1, kind="outline") + numbered(
        2, "1", "", 'text:display-levels="2"', "outline"
    )
    styles = f'<text:outline-style style:name="Outline">{outline}</text:outline-style>'
    body = (
        h("Mål", 1) + h("Nära", 2) + h("Fjärran", 2) + h("Utan", 1, 'text:is-list-header="true"')
        + h("Medel", 1) + h("Pengar", 2)
        + h("Nytt", 1, 'text:restart-numbering="true" text:start-value="7"')
    )  # fmt: skip
    assert printed(body, styles=styles) == [
        "1. Mål", "1.1 Nära", "1.2 Fjärran", " Utan", "2. Medel", "2.1 Pengar", "7. Nytt"
    ]  # fmt: skip


# Looks


def test_looks_are_inherited(paragraphs: Paragraphs, p: Markup, style: Markup) -> None:
    bold = '<style:text-properties fo:font-weight="bold" fo:font-size="14pt"/>'
    automatic = style("P1", more='style:parent-style-name="Standard"', inside=bold)
    body = p("fet rad", "P1") + p('halv<text:span text:style-name="Fet">fet</text:span>')
    found = paragraphs(body + p("stor", "Title"), automatic=automatic)
    assert [(x.bold, x.size) for x in found] == [(True, 14.0), (False, 11.0), (False, 22.0)]


# Boxes, pictures


def test_box_once_and_numbered(paragraphs: Paragraphs, p: Markup, items: Markup) -> None:
    box = frame(f"<draw:text-box>{p('lapp 1')}{items('lapp 2')}</draw:text-box>")
    shape = f"<draw:g><draw:custom-shape>{p('moln')}</draw:custom-shape></draw:g>"
    found = paragraphs(p(box + "vid väggen" + shape) + p("sist"))
    assert [(x.text, x.marker, x.shape) for x in found] == [
        ("vid väggen", None, None),
        ("lapp 1", None, 1),
        ("lapp 2", "1.", 1),
        ("moln", None, 2),
        ("sist", None, None),
    ]


def test_pictures_and_charts(text: Read, p: Markup) -> None:
    picture = "<draw:image/><draw:image/><svg:title>Vägg</svg:title><svg:desc>Lappar</svg:desc>"
    chart = '<draw:object xlink:href="./Object 1"/><draw:image/>'
    title = "<chart:chart><chart:title><text:p>Röster</text:p></chart:title></chart:chart>"
    spaces = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for n in ("office", "chart", "text")
    )
    held = (
        f"<office:document-content {spaces}><office:body><office:chart>{title}</office:chart>"
        "</office:body></office:document-content>"
    )
    body = p(frame(picture) + frame(chart) + frame("<draw:image/><svg:desc>IMG_1.JPG</svg:desc>"))
    found = text(body, {"Object 1/content.xml": held}).pages[0].items
    assert found == [RawPicture("Lappar"), RawPicture("Röster"), RawPicture("")]


def test_formula_stands_in_its_line(paragraphs: Paragraphs, p: Markup) -> None:
    signs = "<math:mi>E</math:mi><math:mo>=</math:mo><math:mn>5</math:mn>"
    source = "<math:annotation>E = 5</math:annotation>"
    formula = frame(f"<draw:object><math:math>{signs}{source}</math:math></draw:object>")
    assert [x.text for x in paragraphs(p(f"Alltså {formula} kW"))] == ["Alltså E=5 kW"]


# Tables


def test_merged_and_header_cells(text: Read, p: Markup) -> None:
    head = row(cell(p("Program")), COVERED, cell(p("x"), 'table:number-rows-spanned="2"'))
    body = table(
        f"<table:table-header-rows>{head}</table:table-header-rows>",
        row(cell(p("9")), cell(p("fika") + p("bulle")), COVERED),
        row(cell(p("10"))),
        row(cell(p("dold")), more='table:visibility="collapse"'),
    )
    assert cells(text(body).pages[0].items[0]) == [
        [["Program"], [], ["x"]],
        [["9"], ["fika", "bulle"], []],
        [["10"], [], []],
    ]


def test_repeated_cells_are_bounded(text: Read, p: Markup) -> None:
    twice = cell(p("ja"), 'table:number-columns-repeated="2"')
    rest = cell("", 'table:number-columns-repeated="16384"')
    last = row(cell("", 'table:number-columns-repeated="16384"'),
               more='table:number-rows-repeated="1048576"')  # fmt: skip
    found = cells(text(table(row(twice, rest), last)).pages[0].items[0])
    assert found[0][:3] == [["ja"], ["ja"], []]
    assert [len(x) for x in found] == [63, 63]


@pytest.mark.parametrize("depth", [2, 5])
def test_repetition_inside_repetition_stays_small(text: Read, p: Markup, depth: int) -> None:
    many = 'table:number-{}-repeated="63"'
    inner = p("x" * 20)
    for _ in range(depth):
        wide = cell(inner, many.format("columns"))
        inner = table(row(wide, more=many.format("rows")))
    found = text(inner).pages[0].items[0]
    assert isinstance(found, RawTable)
    assert sum(len(x.text) for r in found.rows for c in r for x in c) < 2_000_000


def test_nested_table_and_lists_in_a_cell(text: Read, p: Markup, items: Markup) -> None:
    inner = table(row(cell(p("inre 1")), cell(p("inre 2"))))
    found = text(table(row(cell(items("a") + inner + p("b"))))).pages[0].items[0]
    assert cells(found) == [[["a", "inre 1", "inre 2", "b"]]]


# Notes, furniture, what is hidden


def note(citation: str, text: str, kind: str = "footnote") -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>{citation}</text:note-citation>'
        f"<text:note-body><text:p>{text}</text:p></text:note-body></text:note>"
    )


def test_notes_follow_their_paragraph(paragraphs: Paragraphs, p: Markup) -> None:
    comment = (
        "<office:annotation><dc:creator>Anna</dc:creator><text:p>Vem?</text:p></office:annotation>"
    )
    body = p(f"text{note('3', 'källa')} mer{note('i', 'slut', 'endnote')}") + p(f"och{comment} så")
    assert [(x.text, x.role.value, x.marker) for x in paragraphs(body)] == [
        ("text mer", "body", None),
        ("källa", "note", "3"),
        ("slut", "note", "i"),
        ("och så", "body", None),
        ("Vem?", "note", None),
    ]


def test_notes_in_cells_follow_the_table(text: Read, p: Markup) -> None:
    found = text(table(row(cell(p(f"pris{note('1', 'utan moms')}"))))).pages[0].items
    assert [getattr(x, "text", None) for x in found] == [None, "utan moms"]


MASTERS = (
    '<style:master-page style:name="Standard"><style:header><text:p>Skogsdag</text:p>'
    "</style:header><style:footer><text:p>sida <text:page-number>1</text:page-number></text:p>"
    '</style:footer><style:footer-left style:display="false"><text:p>av</text:p>'
    '</style:footer-left></style:master-page><style:master-page style:name="Bilaga">'
    "<style:header><text:p>Skogsdag</text:p></style:header><style:footer><text:p>bilaga</text:p></style:footer>"
    '</style:master-page><style:master-page style:name="Oanvänd"><style:header><text:p>aldrig'
    "</text:p></style:header></style:master-page>"
)


def test_running_headers_once_and_last(paragraphs: Paragraphs, p: Markup, style: Markup) -> None:
    automatic = style("P1", more='style:master-page-name="Bilaga"')
    found = paragraphs(p("text") + p("mer", "P1"), automatic=automatic, master=MASTERS)
    assert [x.text for x in found] == ["text", "mer", "Skogsdag", "sida 1", "bilaga"]
    assert [x.furniture for x in found] == [False, False, True, True, True]


def test_automatic_styles_belong_to_their_part(
    paragraphs: Paragraphs, p: Markup, style: Markup
) -> None:
    bold = style("P1", inside='<style:text-properties fo:font-weight="bold"/>')
    master = MASTERS.replace("<text:p>Skogsdag", '<text:p text:style-name="P1">Skogsdag', 1)
    found = paragraphs(p("text", "P1"), automatic=bold, own=style("P1"), master=master)
    assert [(x.text, x.bold) for x in found][:2] == [("text", True), ("Skogsdag", False)]


def test_what_is_hidden_stays_out(paragraphs: Paragraphs, p: Markup) -> None:
    deleted = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>struket</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
    )
    section = '<text:section text:display="{}" {}>{}</text:section>'
    body = (
        deleted
        + p("kvar <text:change/><text:change-start/>infogat<text:change-end/>")
        + section.format("none", "", p("gömt"))
        + section.format("condition", 'text:is-hidden="true"', p("villkor"))
        + section.format("condition", "", p("synligt villkor"))
        + p('a<text:span text:style-name="Dold">b</text:span>c')
        + p('hela raden<text:hidden-paragraph text:is-hidden="true"/>')
    )
    assert [x.text for x in paragraphs(body)] == ["kvar infogat", "synligt villkor", "ac"]


def test_contents_are_lines_with_their_style(paragraphs: Paragraphs, style: Markup) -> None:
    styles = style("Contents_20_1") + style("Contents_20_Heading")
    body = (
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>mall"
        "</text:index-title-template></text:table-of-content-source><text:index-body>"
        '<text:index-title><text:p text:style-name="Contents_20_Heading">Innehåll</text:p>'
        '</text:index-title><text:p text:style-name="Contents_20_1"><text:a>Mål<text:tab/>2'
        "</text:a></text:p></text:index-body></text:table-of-content>"
    )
    found = paragraphs(body, styles=styles)
    assert [(x.text, x.style, x.heading) for x in found] == [
        ("Innehåll", "Contents Heading", None),
        ("Mål\t2", "Contents 1", None),
    ]


def test_laid_out(text: Read, p: Markup, h: Markup, items: Markup) -> None:
    raw = text(p("Kulturkväll", "Title") + h("Beslut", 1) + items("boka salen", style="Punkter"))
    document = lay_out(raw, SourceInfo("s", "k.odt", "0", "odt", "odt"))
    assert [(b.kind, b.text, b.marker) for _, b in document.blocks()] == [
        (BlockKind.TITLE, "Kulturkväll", None),
        (BlockKind.HEADING, "Beslut", None),
        (BlockKind.LIST_ITEM, "boka salen", "•"),
    ]
    assert document.source.title == "Kulturkväll"
