"""Wrapped lines become whole statements, and no statement swallows the next."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.layout.lines import mend
from pipeline.model.raw import RawLine

Lines = Callable[..., list[str]]
Line = Callable[..., RawLine]
PITCH = 22.0


@pytest.fixture
def column(drawn: Lines, line: Line) -> Callable[..., list[str]]:
    """What one column of printed lines gives under a title; «~» sets a line in by 18 points."""

    def read(*texts: str, pitch: float = PITCH) -> list[str]:
        lines = [line("Om sjömärken", 60, 30, 32)]
        for n, text in enumerate(texts):
            x = 60 + 18 * (len(text) - len(text.lstrip("~")))
            lines.append(line(text.lstrip("~"), x, 120 + n * pitch))
        return drawn(lines)[1:]

    return read


def test_a_line_that_is_full_goes_on(column: Lines) -> None:
    assert column(
        "- Vi målar om alla kummel mellan fyren och den gamla",
        "~lotsplatsen innan isen lägger sig",
        "- Vi räknar prickarna",
    ) == [
        "- Vi målar om alla kummel mellan fyren och den gamla lotsplatsen innan isen lägger sig",
        "- Vi räknar prickarna",
    ]


def test_a_line_with_room_left_ends(column: Lines) -> None:
    assert column(
        "Prickarna flyttar sig",
        "Kumlen står kvar",
        "Lotsplatsen är stängd sedan den stora stormen tog bryggan",
    ) == [
        "Prickarna flyttar sig",
        "Kumlen står kvar",
        "Lotsplatsen är stängd sedan den stora stormen tog bryggan",
    ]


def test_a_bullet_under_a_bullet(column: Lines) -> None:
    assert column("- Måla kumlen", "~- vitt mot havet", "~- svart mot land", "- Räkna") == [
        "- Måla kumlen",
        "  - vitt mot havet",
        "  - svart mot land",
        "- Räkna",
    ]


def test_an_owner_line_after_bullets_is_not_swallowed(column: Lines) -> None:
    assert column(
        "Norra lotslaget",
        "- Måla kumlen längs hela den inre leden före midsommar",
        "Södra lotslaget",
        "- Räkna prickarna",
    ) == [
        "Norra lotslaget",
        "- Måla kumlen längs hela den inre leden före midsommar",
        "Södra lotslaget",
        "- Räkna prickarna",
    ]


def test_a_line_that_ends_in_a_preposition_goes_on(column: Lines) -> None:
    assert column(
        "- Vi ska prata med", "~kommunen", "- Och sedan med hamnen i den stora staden"
    ) == [
        "- Vi ska prata med kommunen",
        "- Och sedan med hamnen i den stora staden",
    ]


def test_a_line_with_a_clock_time_starts_anew(column: Lines) -> None:
    assert column(
        "9.30 Samling vid bryggan och", "10.00 Båtarna går ut en efter en till fyren"
    ) == [
        "9.30 Samling vid bryggan och",
        "10.00 Båtarna går ut en efter en till fyren",
    ]


def test_paragraphs_with_space_between(drawn: Lines, line: Line) -> None:
    lines = [
        line("Om sjömärken", 60, 30, 32),
        line("Kumlen målades senast för tjugo år sedan när", 60, 120),
        line("lotsarna ännu hade egen färg i boden.", 60, 142),
        line("Prickarna är nya.", 60, 180),
    ]
    assert drawn(lines)[1:] == [
        "Kumlen målades senast för tjugo år sedan när lotsarna ännu hade egen färg i boden.",
        "Prickarna är nya.",
    ]


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["fram-", "gångar"], "framgångar"),
        (["sjö- och", "landmärken"], "sjö- och landmärken"),
        (["sjö-", "och landmärken"], "sjö- och landmärken"),
        (["SWOT-", "analys"], "SWOT-analys"),
        (["2012-", "2014"], "2012- 2014"),
        (["harbour-", "masters"], "harbourmasters"),
        (["en rad", "till"], "en rad till"),
        (["och/", "eller"], "och/eller"),
        ([], ""),
    ],
)
def test_hyphens_at_line_ends(lines: list[str], whole: str) -> None:
    assert mend(lines) == whole


def test_hyphenated_line_in_a_bullet(column: Lines) -> None:
    assert column(
        "- Hela skärgården behöver en gemensam sjömärkesför-",
        "~teckning som alla kan läsa",
        "- Punkt",
    ) == [
        "- Hela skärgården behöver en gemensam sjömärkesförteckning som alla kan läsa",
        "- Punkt",
    ]


def test_hanging_bullets_with_many_lines(column: Lines) -> None:
    assert column(
        "• Kumlen som står på den norra sidan av leden ska få",
        "~en ny kant av sten, och den som har en pråm ska köra",
        "~ut stenen redan i vår",
        "• Prickarna",
    ) == [
        "• Kumlen som står på den norra sidan av leden ska få en ny kant av sten, "
        "och den som har en pråm ska köra ut stenen redan i vår",
        "• Prickarna",
    ]


# --- text without places


def test_dumped_bullet_that_wraps(dumped: Lines) -> None:
    assert dumped(
        """
        Sjömärken

        - Vi målar om alla kummel mellan fyren och
          lotsplatsen innan isen lägger sig
        - Vi räknar prickarna
        """.replace("\n        ", "\n")
    ) == [
        "== Sjömärken",
        "- Vi målar om alla kummel mellan fyren och lotsplatsen innan isen lägger sig",
        "- Vi räknar prickarna",
    ]


def test_dumped_bullet_with_a_blank_line_inside(dumped: Lines) -> None:
    text = "\n".join(
        [
            "Sjömärken",
            "",
            "• Vi målar om alla kummel mellan fyren och",
            "",
            "lotsplatsen innan isen",
            "• Vi räknar prickarna",
        ]
    )
    assert dumped(text) == [
        "== Sjömärken",
        "• Vi målar om alla kummel mellan fyren och lotsplatsen innan isen",
        "• Vi räknar prickarna",
    ]


def test_dumped_owner_line_between_bullets(dumped: Lines) -> None:
    text = "\n".join(
        [
            "Det här gör vi",
            "Norra lotslaget, Åland",
            "• Måla kumlen längs den inre leden före midsommar",
            "Södra lotslaget",
            "• Räkna prickarna",
        ]
    )
    assert dumped(text) == [
        "== Det här gör vi",
        "Norra lotslaget, Åland",
        "• Måla kumlen längs den inre leden före midsommar",
        "Södra lotslaget",
        "• Räkna prickarna",
    ]


def test_dumped_bullet_alone_on_its_line(dumped: Lines) -> None:
    """Some dumps set the bullet on a line of its own, a blank line before its text."""
    text = "Sjömärken\n\n•\n\nMåla kumlen\n\n•\n\nRäkna prickarna"
    assert dumped(text) == ["== Sjömärken", "• Måla kumlen", "• Räkna prickarna"]
