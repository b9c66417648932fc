"""Printed lines of a PDF: words, turned text, raised characters, text that nobody sees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.extractors import pdf
from pipeline.extractors.pdf import extract
from pipeline.model.raw import RawLine, RawParagraph

from .conftest import shown

Write = Callable[..., Path]


def lines(path: Path) -> list[RawLine]:
    return [i for i in extract(path).pages[0].items if isinstance(i, RawLine)]


def texts(path: Path) -> list[str]:
    return [line.text for line in lines(path)]


def test_words_parted_by_place_alone(write: Write) -> None:
    page = "BT /F1 18 Tf 50 400 Td [(Boka)-300(sal)-300(till)-300(maj)] TJ ET"
    assert texts(write(page)) == ["Boka sal till maj"]


def test_letters_set_apart_are_one_word(write: Write) -> None:
    page = "BT /F1 24 Tf 5 Tc 50 400 Td (AGENDA F\xd6R DAGEN) Tj ET"
    assert texts(write(page)) == ["AGENDA FÖR DAGEN"]


def test_raised_characters_stay_on_their_line(write: Write) -> None:
    page = "BT /F1 32 Tf 50 400 Td (Den 21) Tj /F1 20 Tf 12 Ts (st) Tj /F1 32 Tf 0 Ts ( maj) Tj ET"
    assert texts(write(page)) == ["Den 21st maj"]


def test_an_accent_drawn_over_its_letter(write: Write) -> None:
    page = "BT /F1 20 Tf 50 400 Td [(Fo)445(\xa8)-112(rening)] TJ ET"
    assert texts(write(page)) == ["Förening"]


def test_text_that_stands_on_end(write: Write) -> None:
    """Turned a quarter, as along an axis: read from its own left to its own right."""
    page = "BT /F1 14 Tf 0 1 -1 0 100 200 Tm (Liten insats) Tj ET\n" + shown("Rubrik", 50, 480)
    found = lines(write(page))
    assert [line.text for line in found] == ["Rubrik", "Liten insats"]
    turned = found[1]
    assert turned.bbox is not None
    assert turned.angle == -90
    assert turned.bbox[3] - turned.bbox[1] > 3 * (turned.bbox[2] - turned.bbox[0])


def test_a_note_that_hangs_askew(write: Write) -> None:
    page = "BT /F1 14 Tf 0.9962 0.0872 -0.0872 0.9962 100 200 Tm (Fler cykelst\xe4ll) Tj ET"
    assert texts(write(page)) == ["Fler cykelställ"]


def test_the_size_is_that_of_the_scaled_text(write: Write) -> None:
    page = "BT /F1 1 Tf 24 0 0 24 50 400 Tm (Stor rubrik) Tj ET"
    assert lines(write(page))[0].size == 24


def test_a_page_cut_to_a_frame(write: Write) -> None:
    """The frame does not begin at the corner of the sheet: places count from the frame."""
    path = write(shown("Hej", 150, 240), size="100 200 820 740")
    bbox = lines(path)[0].bbox
    assert bbox is not None
    assert 49 < bbox[0] < 53
    assert 480 < bbox[3] < 520


def aside(path: Path) -> list[str]:
    items = extract(path).pages[0].items
    return [i.text for i in items if isinstance(i, RawParagraph) and i.style == "hidden"]


def test_white_text_on_white_is_kept_aside(write: Write) -> None:
    page = shown("Synlig", 50, 400) + "1 1 1 rg\n" + shown("Fusklapp", 50, 300)
    path = write(page)
    assert texts(path) == ["Synlig"]
    assert aside(path) == ["Fusklapp"]
    assert [p.code for p in extract(path).problems] == ["hidden-text"]


def test_white_text_on_a_dark_box_is_seen(write: Write) -> None:
    page = "0 0 0.4 rg 40 380 300 60 re f\n1 1 1 rg\n" + shown("Rubrik", 50, 400)
    assert texts(write(page)) == ["Rubrik"]


def test_white_text_on_strips_of_a_gradient_is_seen(write: Write) -> None:
    strips = "".join(f"0 0 0.5 rg 40 {380 + 2 * n} 300 2 re f\n" for n in range(30))
    assert texts(write(strips + "1 1 1 rg\n" + shown("Rubrik", 50, 400))) == ["Rubrik"]


def test_text_beside_the_page_is_kept_aside(write: Write) -> None:
    path = write(shown("Synlig", 50, 400) + shown("Parkerad", 900, 400))
    assert texts(path) == ["Synlig"]
    assert aside(path) == ["Parkerad"]


def test_a_list_that_runs_over_the_foot_of_the_page_is_kept(write: Write) -> None:
    page = "".join(shown(f"Punkt {n}", 50, 60 - 22 * n) for n in range(6))
    assert texts(write(page)) == [f"Punkt {n}" for n in range(6)]


def test_a_page_that_takes_too_long_is_given_up(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_PAGE_SECONDS", -1.0)
    document = extract(write(shown("Hej", 50, 400), shown("Hopp", 50, 400)))
    assert [(p.code, p.page) for p in document.problems] == [
        ("page-too-slow", 1),
        ("page-too-slow", 2),
    ]
