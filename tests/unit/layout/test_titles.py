"""Titles wherever they were drawn, furniture set apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.model.document import BlockRole
from pipeline.model.raw import RawLine, RawPage, RawParagraph

Lines = Callable[..., list[str]]
Line = Callable[..., RawLine]


def test_title_drawn_last_stands_first(drawn: Lines, line: Line) -> None:
    page = [
        line("- Fyren blinkar fel", 60, 200),
        line("- Bryggan lutar", 60, 222),
        line("Hinder i hamnen", 60, 30, 32),
    ]
    assert drawn(page) == ["== Hinder i hamnen", "- Fyren blinkar fel", "- Bryggan lutar"]


def test_title_at_the_foot_of_the_page_in_the_look_of_the_deck(drawn: Lines, line: Line) -> None:
    def page(title: str, top: float, *bullets: str) -> list[RawLine]:
        body = [line(f"- {b}", 60, 120 + 22 * n) for n, b in enumerate(bullets)]
        return [*body, line(title, 60, top, 32, bold=True)]

    shown = drawn(
        page("Hinder", 30, "Fyren blinkar fel", "Bryggan lutar"),
        page("Löften", 30, "Måla kumlen", "Räkna prickarna"),
        page("Minnen", 380, "Isvintern", "Den stora stormen"),
    )
    assert shown[-3:] == ["== Minnen", "- Isvintern", "- Den stora stormen"]


def test_title_of_two_lines(drawn: Lines, line: Line) -> None:
    page = [
        line("Hinder i hamnen när vintern kommer och", 60, 30, 32),
        line("isen ligger tjock", 60, 68, 32),
        line("- Fyren blinkar fel", 60, 200),
        line("- Bryggan lutar", 60, 222),
    ]
    assert drawn(page)[0] == "== Hinder i hamnen när vintern kommer och isen ligger tjock"


def test_declared_title_goes_before_a_larger_text(drawn: Lines) -> None:
    page = [
        RawParagraph("12 000", (60, 100, 300, 180), size=60, shape=1),
        RawParagraph("Kostnader", (60, 20, 300, 50), size=24, heading=0, shape=2),
    ]
    assert drawn(page)[0] == "== Kostnader"


def test_page_of_text_without_title(drawn: Lines, line: Line) -> None:
    lines = [
        line(f"Rad {n} om fyren, som blinkar hela natten igenom.", 60, 60 + 40 * n)
        for n in range(5)
    ]
    assert not [x for x in drawn(lines) if x.startswith("==")]


def test_footer_on_every_page_is_furniture(drawn: Lines, line: Line) -> None:
    pages = [
        [line(f"Sida om {word}", 60, 30, 32), line(f"- {word} är viktigt", 60, 120),
         line("Hamndagarna i Trosa", 60, 510, 10), line(str(n), 690, 510, 10)]
        for n, word in enumerate(["is", "snö", "regn", "dimma"], 1)
    ]  # fmt: skip
    shown = drawn(*pages)
    assert shown.count("foot: Hamndagarna i Trosa") == 4
    assert [x for x in shown if x.startswith("foot: ") and x[6:].isdigit()] == [
        f"foot: {n}" for n in range(1, 5)
    ]
    assert "- is är viktigt" in shown


def test_a_line_at_the_foot_of_one_page_stays(drawn: Lines, line: Line) -> None:
    pages = [
        [line(f"Sida om {word}", 60, 30, 32), line(f"- {word} är viktigt", 60, 120)]
        for word in ["is", "snö", "regn", "dimma"]
    ]
    pages[1].append(line("Källa: Isboken", 60, 510, 10))
    assert "Källa: Isboken" in drawn(*pages)


def test_speaker_notes_and_declared_furniture(drawn: Lines) -> None:
    page = [
        RawParagraph("Vinter", (60, 20, 300, 50), size=32, heading=0, shape=1),
        RawParagraph("Isen", (60, 100, 300, 120), size=18, listed=True, marker="•", shape=2),
        RawParagraph(
            "3", (690, 510, 700, 520), size=10, shape=3, furniture=True, role=BlockRole.FURNITURE
        ),
        RawParagraph("Visa bilden", role=BlockRole.NOTE),
    ]
    shown = drawn(page)
    assert shown[:2] == ["== Vinter", "• Isen"]
    assert sorted(shown[2:]) == ["foot: 3", "note: Visa bilden"]


# --- dumps of slides: the title stands first or last


@pytest.fixture
def deck() -> list[str]:
    """Pages of a dump whose text boxes come in the order in which they were drawn: titles last."""
    return [
        "• Fyren blinkar fel\n• Bryggan lutar mot land\n\nHinder i hamnen",
        "• Måla kumlen\n• Räkna prickarna\n\nVåra löften",
        "• Isvintern\n• Stormen som tog bryggan\n\nMinnen från kusten",
        "• Tack för lånet\n• Vi hörs\n\nSlutord",
    ]


def test_dumped_titles_last(dumped: Lines, deck: list[str]) -> None:
    shown = dumped(*deck)
    assert [x for x in shown if x.startswith("==")] == [
        "== Hinder i hamnen",
        "== Våra löften",
        "== Minnen från kusten",
        "== Slutord",
    ]
    assert shown[:3] == ["== Hinder i hamnen", "• Fyren blinkar fel", "• Bryggan lutar mot land"]


def test_dumped_titles_first(dumped: Lines, deck: list[str]) -> None:
    turned = ["\n\n".join(reversed(page.split("\n\n"))) for page in deck]
    assert dumped(*turned) == dumped(*deck)


def test_dumped_page_of_titles_only(dumped: Lines, deck: list[str]) -> None:
    assert "== Kaffe" in dumped(*deck, "Kaffe")


def test_dumped_page_numbers_are_furniture(dumped: Lines, deck: list[str]) -> None:
    shown = dumped(*(f"{page}\n\n{n}" for n, page in enumerate(deck, 1)))
    assert [x for x in shown if x.startswith("foot")] == [
        "foot: 1",
        "foot: 2",
        "foot: 3",
        "foot: 4",
    ]
    assert "== Våra löften" in shown


def test_drawn_pages_of_other_looks_keep_all_their_text(drawn: Lines, line: Line) -> None:
    page = RawPage(1, [line("Bara en rad", 60, 30, 32)], 720, 540)
    assert drawn(page) == ["== Bara en rad"]
