"""Styles tell what is a heading and how it looks; list definitions tell what Word prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from pipeline.extractors.docx import extract
from pipeline.model.raw import RawDocument, RawParagraph

Markup = Callable[..., str]
Read = Callable[..., RawDocument]
Paragraphs = Callable[..., list[RawParagraph]]


def marks(paragraphs: Paragraphs, body: str) -> list[str | None]:
    return [x.marker for x in paragraphs(body)]


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
def test_headings_by_style(
    paragraphs: Paragraphs, styled: Markup, style: str, heading: int | None
) -> None:
    assert paragraphs(styled("Skogsdag", style))[0].heading == heading


def test_heading_by_own_outline_level(paragraphs: Paragraphs, p: Markup) -> None:
    assert paragraphs(p("Mål", '<w:outlineLvl w:val="1"/>'))[0].heading == 2


def test_title_of_the_document(read: Read, p: Markup, styled: Markup) -> None:
    assert read(p("x") + styled("Skogsdag", "Titel")).title == "Skogsdag"


def test_style_names_and_sizes(paragraphs: Paragraphs, p: Markup, styled: Markup) -> None:
    found = paragraphs(styled("Mål", "Rubrik1") + p("text") + styled("u", "Undertitel"))
    assert [(x.style, x.size) for x in found] == [
        ("heading 1", 16.0),
        ("Normal", 11.0),
        ("Subtitle", 11.0),
    ]


def test_bold_when_all_that_is_seen_is_bold(paragraphs: Paragraphs, p: Markup, r: Markup) -> None:
    body = (
        p(r("Beslut", "<w:b/>") + r(" "))
        + p(r("Beslut", "<w:b/>") + r(" fattat"))
        + p(r("Beslut", '<w:rStyle w:val="Stark"/>'))
        + p(r("Beslut", '<w:b w:val="0"/>'), '<w:pStyle w:val="Rubrik1"/>')
        + p(r("tyst", "<w:i/>"))
    )
    found = paragraphs(body)
    assert [x.bold for x in found] == [True, False, True, False, False]
    assert found[4].italic


# Lists


def test_numbers_letters_and_romans(paragraphs: Paragraphs, item: Markup) -> None:
    body = "".join(item("x", 1, n) for n in (0, 1, 1, 2, 0, 1, 2, 2))
    assert marks(paragraphs, body) == ["1.", "a)", "b)", "1.b I", "2.", "a)", "2.a I", "2.a II"]


def test_levels(paragraphs: Paragraphs, p: Markup, item: Markup) -> None:
    found = paragraphs(item("a") + item("b", 1, 1) + p("c"))
    assert [(x.level, x.listed) for x in found] == [(0, True), (1, True), (0, False)]


def test_lists_go_on_after_text_and_begin_again_where_told(
    paragraphs: Paragraphs, p: Markup, item: Markup
) -> None:
    body = item("a") + p("text") + item("b") + item("c", 3) + item("d", 3) + item("e")
    assert marks(paragraphs, body) == ["1.", None, "2.", "1.", "2.", "3."]


def test_empty_items_are_counted_but_not_given(paragraphs: Paragraphs, item: Markup) -> None:
    assert marks(paragraphs, item("a") + item("<w:r/>") + item("c")) == ["1.", "3."]


def test_start_and_legal_numbers(paragraphs: Paragraphs, item: Markup) -> None:
    assert marks(paragraphs, item("a", 4) + item("b", 4, 1) + item("c", 4)) == ["7", "7.1", "8"]


def test_bullets_of_symbol_fonts(paragraphs: Paragraphs, item: Markup) -> None:
    assert marks(paragraphs, item("a", 2) + item("b", 2, 1)) == ["•", "▪"]


def test_list_without_sign_or_definition_is_no_list(paragraphs: Paragraphs, item: Markup) -> None:
    found = paragraphs(item("a", 5) + item("b", 0) + item("c", 99) + item("d", 1, 7))
    assert not any(x.listed or x.marker for x in found)


def test_list_by_style(paragraphs: Paragraphs, styled: Markup) -> None:
    (found,) = paragraphs(styled("a", "Punktlista2"))
    assert (found.marker, found.level, found.listed) == ("•", 1, True)


def test_numbered_heading(paragraphs: Paragraphs, p: Markup) -> None:
    numbering = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    (found,) = paragraphs(p("Mål", f'<w:pStyle w:val="Rubrik1"/>{numbering}'))
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
