"""Inside a paragraph, what Word shows comes out once and in order; what it hides stays out."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.model.raw import RawParagraph

Markup = Callable[..., str]
Paragraphs = Callable[..., list[RawParagraph]]
Texts = Callable[..., list[str]]


def test_breaks_tabs_and_hyphens(texts: Texts, p: Markup) -> None:
    content = (
        '<w:r><w:br w:type="page"/><w:t>9.30</w:t><w:tab/><w:t>fi\u00adka</w:t><w:br/>'
        "<w:t>E</w:t><w:noBreakHyphen/><w:t>post upp</w:t><w:softHyphen/><w:t>följning</w:t></w:r>"
    )
    assert texts(p(content)) == ["9.30\tfika\nE-post uppföljning"]


def test_symbols(texts: Texts, p: Markup, r: Markup) -> None:
    arrow = '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'
    assert texts(p(r("A ") + arrow + r(" B"))) == ["A → B"]


def test_tracked_changes(texts: Texts, p: Markup, r: Markup) -> None:
    content = (
        f"<w:ins>{r('ny ')}</w:ins><w:del><w:r><w:delText>gammal </w:delText></w:r></w:del>"
        f"{r('text')}<w:moveFrom>{r(' bort')}</w:moveFrom><w:moveTo>{r(' hit')}</w:moveTo>"
    )
    assert texts(p(content)) == ["ny text hit"]


def test_deleted_paragraph_end_joins_two(paragraphs: Paragraphs, p: Markup, item: Markup) -> None:
    body = item("a") + p("Vi bokar ", "<w:rPr><w:del/></w:rPr>") + item("lokalen")
    found = paragraphs(body)
    assert [(x.text, x.marker) for x in found] == [("a", "1."), ("Vi bokar lokalen", "2.")]


def test_links_controls_fields_and_formulas(texts: Texts, p: Markup, r: Markup) -> None:
    content = (
        f"<w:hyperlink>{r('planen')}</w:hyperlink><w:sdt><w:sdtContent>{r(' valt')}</w:sdtContent>"
        f"</w:sdt><w:fldSimple>{r(' 3')}</w:fldSimple><m:oMath><m:r><m:t> x=1</m:t></m:r></m:oMath>"
    )
    assert texts(p(content)) == ["planen valt 3 x=1"]


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_field_codes_are_hidden_and_results_shown(texts: Texts, p: Markup, r: Markup) -> None:
    code = "<w:r><w:instrText>REF x</w:instrText></w:r>"
    inner = field("begin") + code + field("separate") + r("dold") + field("end")
    content = field("begin") + code + inner + field("separate") + r("sida 4") + field("end")
    assert texts(p(r("se ") + content)) == ["se sida 4"]


def test_a_field_that_never_ends_hides_nothing(texts: Texts, p: Markup, r: Markup) -> None:
    assert texts(p(field("begin") + r("kvar"))) == ["kvar"]


def test_hidden_text_and_unanswered_prompts(texts: Texts, p: Markup, r: Markup) -> None:
    prompt = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent>{r('Klicka här')}</w:sdtContent></w:sdt>"
    )
    assert texts(p(r("syns") + r("dold", "<w:vanish/>") + prompt)) == ["syns"]


def box(ticked: int) -> str:
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{ticked}"/></w14:checkbox></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>"
    )


def test_check_boxes(paragraphs: Paragraphs, p: Markup, r: Markup, item: Markup) -> None:
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
    found = paragraphs(body)
    assert [(x.marker, x.text, x.listed) for x in found] == [
        ("☐", "boka", True),
        ("☑", "ringa", True),
        ("☑", "betala", True),
        (None, "☑ ja ☐ nej", False),
        ("☐", "städa", True),
        ("1.", "☐ baka", True),
    ]
