"""Looks, bullets and numbers as slides inherit them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.model.raw import RawParagraph

Markup = Callable[..., str]
Paragraphs = Callable[..., list[RawParagraph]]


def auto(kind: str = "arabicPeriod", more: str = "") -> str:
    return f'<a:buAutoNum type="{kind}" {more}/>'


def markers(found: list[RawParagraph]) -> list[str | None]:
    return [p.marker for p in found]


def test_bullets_of_the_master_by_level(
    paragraphs: Paragraphs, shape: Markup, para: Markup
) -> None:
    text = para("ett") + para("två", level=1) + para("tre", "<a:buNone/>")
    found = paragraphs(shape(text, ph='idx="1"'))
    assert [(p.marker, p.level, p.listed) for p in found] == [
        ("•", 0, True), ("–", 1, True), (None, 0, False),
    ]  # fmt: skip


def test_text_boxes_have_no_bullets_of_the_master(paragraphs: Paragraphs, shape: Markup) -> None:
    assert markers(paragraphs(shape("ett", (10, 10, 90, 20)))) == [None]


@pytest.mark.parametrize(
    ("bullet", "drawn"),
    [
        ('<a:buFont typeface="Wingdings"/><a:buChar char="§"/>', "▪"),
        ('<a:buFont typeface="Wingdings"/><a:buChar char="ü"/>', "✓"),
        ('<a:buChar char="&#xF0B7;"/>', "•"),
        ('<a:buFont typeface="Webdings"/><a:buChar char="w"/>', "•"),
        ('<a:buFont typeface="Courier New"/><a:buChar char="o"/>', "o"),
        ("<a:buBlip/>", "•"),
        ('<a:buChar char=" "/>', None),
    ],
)
def test_signs_of_bullets(
    paragraphs: Paragraphs, shape: Markup, para: Markup, bullet: str, drawn: str | None
) -> None:
    (found,) = paragraphs(shape(para("ett", bullet)))
    assert (found.marker, found.listed) == (drawn, True)


@pytest.mark.parametrize(
    ("kind", "more", "drawn"),
    [
        ("arabicPeriod", "", "1. 2."), ("arabicParenR", 'startAt="5"', "5) 6)"),
        ("arabicPlain", "", "1 2"), ("alphaLcParenBoth", "", "(a) (b)"),
        ("alphaUcPeriod", 'startAt="26"', "Z. AA."), ("romanUcPeriod", 'startAt="3"', "III. IV."),
        ("circleNumDbPlain", "", "① ②"), ("arabicPeriod", 'startAt="x"', "1. 2."),
    ],
)  # fmt: skip
def test_forms_of_numbers(
    paragraphs: Paragraphs, shape: Markup, para: Markup, kind: str, more: str, drawn: str
) -> None:
    text = para("ett", auto(kind, more)) + para("två", auto(kind, more))
    assert markers(paragraphs(shape(text))) == drawn.split()


def test_another_form_begins_anew(paragraphs: Paragraphs, shape: Markup, para: Markup) -> None:
    text = (
        para("ett", auto()) + para("två", auto()) + para("under", auto("alphaLcPeriod"), 1)
        + para("tre", auto()) + para("I", auto("romanUcPeriod")) + para("åter", auto())
        + para("punkt", '<a:buChar char="•"/>') + para("sist", auto())
    )  # fmt: skip
    assert markers(paragraphs(shape(text))) == ["1.", "2.", "a.", "3.", "I.", "1.", "•", "1."]


def test_empty_lines_in_a_numbered_list(
    paragraphs: Paragraphs, shape: Markup, para: Markup
) -> None:
    numbered = para("ett", auto()) + para("", auto()) + para("två", auto())
    ended = para("", "<a:buNone/>") + para("ny", auto())
    assert markers(paragraphs(shape(numbered + ended))) == ["1.", "2.", "1."]


def test_sizes_and_weights_are_inherited(
    paragraphs: Paragraphs, shape: Markup, para: Markup, run: Markup
) -> None:
    own = '<a:p><a:pPr/><a:r><a:rPr sz="1400" b="1"/><a:t>egen</a:t></a:r></a:p>'
    slide = (
        shape("Rubrik", ph='type="title"')
        + shape(para("brödtext"), ph='idx="1"')
        + shape(para("krympt"), ph='idx="1"', body='<a:normAutofit fontScale="50000"/>')
        + shape("lös ruta", (10, 10, 90, 20))
        + shape(own, (10, 40, 90, 20))
    )
    assert [(p.size, p.bold) for p in paragraphs(slide)] == [
        (44.0, True), (28.0, False), (14.0, False), (18.0, False), (14.0, True),
    ]  # fmt: skip


def test_colours_of_theme_shape_and_run(
    paragraphs: Paragraphs, shape: Markup, para: Markup, run: Markup
) -> None:
    style = (
        '<p:style><a:fillRef idx="1"><a:schemeClr val="accent1"/></a:fillRef>'
        '<a:fontRef idx="minor"><a:schemeClr val="lt1"/></a:fontRef></p:style>'
    )
    darker = (
        '<a:solidFill><a:srgbClr val="804020"><a:lumMod val="50000"/></a:srgbClr></a:solidFill>'
    )
    slide = shape("a", style=style) + shape("b") + shape(para(run("c", inside=darker)))
    assert [(p.color, p.fill) for p in paragraphs(slide)] == [
        ("FFFFFF", "3366CC"), ("000000", None), ("402010", None),
    ]  # fmt: skip


def test_breaks_fields_and_symbols(
    paragraphs: Paragraphs, shape: Markup, para: Markup, run: Markup
) -> None:
    arrow = run("A &#xF0E0; B", inside='<a:sym typeface="Wingdings"/>')
    text = para(run("rad ett") + "<a:br/>" + run("rad\u00a0två")) + para(arrow)
    assert [p.text for p in paragraphs(shape(text))] == ["rad ett\nrad två", "A → B"]
