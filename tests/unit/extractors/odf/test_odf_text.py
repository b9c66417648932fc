"""White space, fields, controls and prompts inside a paragraph."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.model.raw import RawParagraph

Markup = Callable[..., str]
Paragraphs = Callable[..., list[RawParagraph]]


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ("\n  fika \n med\tbulle ", "fika med bulle"),
        ('a<text:s/> b<text:s text:c="2"/>c', "a  b  c"),
        ('x<text:s text:c="999999999"/>y', "x" + " " * 100 + "y"),
        ("rad ett<text:line-break/>rad två<text:tab/>tabb", "rad ett\nrad två\ttabb"),
        ("<text:soft-page-break/>över <text:bookmark/>sidan", "över sidan"),
        ("<text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>かんじ</text:ruby-text>"
         "</text:ruby>", "漢字"),
        ("den <text:date>4 maj</text:date><text:script>alert(1)</text:script>", "den 4 maj"),
        ("till <text:placeholder>&lt;namn&gt;</text:placeholder> i", "till i"),
        ('a<text:hidden-text text:is-hidden="true">b</text:hidden-text>'
         "<text:hidden-text>c</text:hidden-text>", "ac"),
        ('<text:variable-set text:display="none">7</text:variable-set>sju', "sju"),
        ("<text:drop-down><text:label/>Ja</text:drop-down>", "Ja"),
        ("<field:fieldmark-start/>KOD<loext:fieldmark-separator/>svar<field:fieldmark-end/> slut",
         "svar slut"),
        ("<field:fieldmark-start/>bara svar<field:fieldmark-end/>", "bara svar"),
        ("<text:number>1.</text:number>Mål", "Mål"),
        ("<svg:title>bild</svg:title>text<loext:okänd>s</loext:okänd>", "texts"),
    ],
)  # fmt: skip
def test_what_is_shown(paragraphs: Paragraphs, p: Markup, inside: str, shown: str) -> None:
    assert [x.text for x in paragraphs(p(inside))] == [shown]


FORMS = (
    '<office:forms><form:form><form:checkbox form:id="c1" form:label="Te"'
    ' form:current-state="checked"/><form:checkbox form:id="c2" form:label="Kaffe"/>'
    '<form:text form:id="c3" form:current-value="Lina" form:value="namn"/>'
    '<form:listbox form:id="c4"><form:option form:label="maj"/>'
    '<form:option form:label="juni" form:current-selected="true"/></form:listbox>'
    "</form:form></office:forms>"
)


def control(name: str) -> str:
    return f'<draw:control draw:control="{name}"/>'


def test_controls(paragraphs: Paragraphs, p: Markup) -> None:
    body = FORMS + p(control("c1")) + p(control("c1") + " " + control("c2"))
    body += p(f"Ansvarig: {control('c3')}, {control('c4')}") + p(control("saknas") + "x")
    assert [(x.marker, x.text) for x in paragraphs(body)] == [
        ("☑", "Te"),
        (None, "☑ Te ☐ Kaffe"),
        (None, "Ansvarig: Lina, juni"),
        (None, "x"),
    ]


def test_check_boxes_of_word(paragraphs: Paragraphs, p: Markup) -> None:
    new = '<loext:content-control loext:checkbox="true" {}>☒</loext:content-control> {}'
    old = (
        '<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMCHECKBOX">'
        '<field:param field:name="Checkbox_Checked" field:value="true"/></field:fieldmark> '
    )
    prompt = '<loext:content-control loext:showing-place-holder="true">Skriv här'
    body = p(new.format('loext:checked="true"', "boka")) + p(new.format("", "ring"))
    body += p(old + "mejla") + p(f"{prompt}</loext:content-control>kvar")
    assert [(x.marker, x.text) for x in paragraphs(body)] == [
        ("☑", "boka"),
        ("☐", "ring"),
        ("☑", "mejla"),
        (None, "kvar"),
    ]
