"""The bullets and numbers of running text, as LibreOffice prints them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.extractors.odf_lists import ListLevel, OpenList

Markup = Callable[..., str]
Printed = Callable[..., list[str]]


def test_levels_and_lists_that_begin_anew(printed: Printed, p: Markup, items: Markup) -> None:
    inner = items("rum", "mat", style="")
    body = items("boka", p("handla") + inner, "städa") + p("sedan") + items("vila")
    assert printed(body) == [
        "1. boka", "2. handla", "  2.1. rum", "  2.2. mat", "3. städa", " sedan", "1. vila"
    ]  # fmt: skip


def test_lists_that_go_on(printed: Printed, p: Markup, items: Markup) -> None:
    on = 'text:continue-numbering="true"'
    body = (
        items("a", "b", more='xml:id="l1"') + p("text") + items("c", more=on)
        + items("x", style="Punkter") + items("d", more=on)
        + items("e", more='text:continue-list="l1"')
    )  # fmt: skip
    assert printed(body) == ["1. a", "2. b", " text", "3. c", "• x", "1. d", "4. e"]


def test_going_on_inside(printed: Printed, p: Markup, items: Markup) -> None:
    body = items(p("a") + items("a1", style=""), more='xml:id="l1"') + p("text")
    body += items(items("a2", style=""), "b", more='text:continue-list="l1"')
    assert printed(body) == ["1. a", "  1.1. a1", " text", "  1.2. a2", "2. b"]


def test_second_list_of_an_item_begins_anew(printed: Printed, p: Markup, items: Markup) -> None:
    inner, on = items("x", "y", style=""), 'text:continue-numbering="true"'
    body = items(p("a") + inner + p("mitt i") + inner + items("z", style="", more=on))
    assert printed(body) == [
        "1. a", "  1.1. x", "  1.2. y", " mitt i", "  1.1. x", "  1.2. y", "  1.3. z"
    ]  # fmt: skip


def test_a_list_may_begin_deep(printed: Printed, items: Markup) -> None:
    assert printed(items(items("x", style=""), "z")) == ["  1.1. x", "2. z"]


def test_only_the_first_paragraph_of_an_item_counts(
    printed: Printed, p: Markup, items: Markup
) -> None:
    header = "<text:list-header><text:p>Först:</text:p></text:list-header>"
    body = items(header, p("a") + p("mer om a"), p(""), "b")
    assert printed(body) == [" Först:", "1. a", " mer om a", "3. b"]


def test_starts(printed: Printed, p: Markup, items: Markup) -> None:
    item = f'<text:list-item text:start-value="5">{p("fem")}'
    assert printed(items(item, "sex")) == ["5. fem", "6. sex"]


def test_bullets(printed: Printed, p: Markup, items: Markup) -> None:
    body = items(p("a") + items("b", style=""), style="Punkter") + items("c", style="okänd")
    assert printed(body) == ["• a", "  ▪ b", "• c"]


def test_numbered_paragraphs(printed: Printed, p: Markup) -> None:
    row = '<text:numbered-paragraph text:list-id="n" text:level="{}" text:style-name="Nummer">{}'
    end = "</text:numbered-paragraph>"
    body = row.format(1, p("a")) + end + p("b") + row.format(2, p("c")) + end
    assert printed(body) == ["1. a", " b", "  1.1. c"]


def test_formats(
    printed: Printed, p: Markup, items: Markup, list_style: Markup, numbered: Markup
) -> None:
    pattern = 'loext:num-list-format="§ %1%-%2%:" text:display-levels="2"'
    styles = (
        list_style("A", numbered(1, "A", ")", 'text:start-value="26" style:num-prefix="("'))
        + list_style("I", numbered(1, "I", "."), numbered(2, "1", "", pattern))
        + list_style("Ord", numbered(1, "", ":", 'style:num-prefix="Mål"'))
    )
    body = items("x", "y", style="A") + items(p("r") + items("s", style=""), style="I")
    assert printed(body + items("o", style="Ord"), styles=styles) == [
        "(Z) x", "(AA) y", "I. r", "  § I-1: s", "Mål: o"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "text"),
    [
        (ListLevel("a"), "ab"),
        (ListLevel("a", synced=True), "bb"),
        (ListLevel("i"), "xxviii"),
        (ListLevel("01"), "28"),
        (ListLevel("一"), "28"),
        (ListLevel(""), ""),
        (ListLevel(bullet="–"), ""),
    ],
)
def test_numerals(level: ListLevel, text: str) -> None:
    assert level.numeral(28) == text


def test_levels_without_a_definition() -> None:
    found = OpenList(None, {0: ListLevel("1", suffix=".")})
    assert [found.mark(0), found.mark(3), found.mark(0)] == ["1.", None, "2."]


def test_headings_may_have_bullets(printed: Printed, h: Markup, bulleted: Markup) -> None:
    levels = bulleted(1, "\uf0a7", "Wingdings")
    styles = f'<text:outline-style style:name="Outline">{levels}</text:outline-style>'
    assert printed(h("Mål", 1), styles=styles) == ["▪ Mål"]
