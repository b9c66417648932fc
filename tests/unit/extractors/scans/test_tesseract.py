"""The wrapped program: found or not, its table of words, and each way in which it fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.extractors import tesseract
from pipeline.extractors.tesseract import TesseractError, parse_tsv

PAGE = Image.new("L", (40, 30), 255)


def found() -> tesseract.Tesseract:
    program = tesseract.find()
    assert program is not None
    return program


def test_words_have_places_confidence_and_lines(table: Callable[..., str]) -> None:
    first, second, _ = parse_tsv(table([("Öppna bryggan", 96.5), ("Åsa", 40)]))
    assert (first.text, first.confidence, first.line) == ("Öppna", 0.965, (1, 1, 1))
    assert first.box == (60, 60, 135, 90)
    assert second.box[0] == 150


@pytest.mark.parametrize(
    "row",
    [
        "5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t96",
        "5\t1\t1\t1\t1\t1\tx\t0\t9\t9\t96\tkaj",
        "5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t96\t  ",
        "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\tkaj",
        "",
    ],
)
def test_rows_that_hold_no_word_are_passed_over(row: str) -> None:
    assert not list(parse_tsv(row))


@given(st.text())
def test_any_table_is_read(text: str) -> None:
    assert all(0 <= word.confidence <= 1 for word in parse_tsv(text))


def test_the_program_and_its_languages_are_found(fake: Any) -> None:
    fake.answers(languages=("eng", "osd", "swe"))
    assert found().languages == ("eng", "swe")
    assert found().turns
    assert len(fake.asked()) == 1, "languages are asked for once"


def test_a_missing_program_is_none(fake: Any) -> None:
    fake.missing()
    assert tesseract.find() is None


def test_the_usual_places_are_searched(fake: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    fake.answers()
    path = str(fake.folder / "tesseract")
    fake.missing()
    monkeypatch.setattr(tesseract, "_USUAL_PLACES", ("/nowhere/tesseract", path))
    assert found().program == path


def test_a_program_without_languages_cannot_read(fake: Any) -> None:
    fake.answers(languages=("osd",))
    assert tesseract.find() is None


def test_it_reads_one_language_on_one_core(fake: Any, table: Callable[..., str]) -> None:
    fake.answers(swe=table([("Gör så här", 95)]))
    assert [word.text for word in found().read(PAGE, "swe")] == ["Gör", "så", "här"]
    command = fake.asked()[-1]
    assert "-l swe" in command
    assert command.endswith(" 1")


def test_a_page_that_takes_too_long_is_given_up(fake: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    fake.answers(seconds=30)
    program = found()
    monkeypatch.setattr(tesseract, "SECONDS", 0.3)
    with pytest.raises(TesseractError, match="longer than"):
        program.read(PAGE, "swe")


def test_what_the_program_complains_of_is_told(fake: Any) -> None:
    fake.answers(code=1)
    with pytest.raises(TesseractError, match="Error opening data file"):
        found().read(PAGE, "swe")


def test_a_program_that_is_gone_is_told(fake: Any, tmp_path: Path) -> None:
    program = tesseract.Tesseract(str(tmp_path / "gone"), ("swe",))
    with pytest.raises(TesseractError, match="could not be started"):
        program.read(PAGE, "swe")


@pytest.mark.parametrize(
    ("answer", "degrees"),
    [("Page number: 0\nRotate: 90\n", 90), ("Rotate: 0\n", 0), ("Rotate: much\n", 0), ("", 0)],
)
def test_how_a_page_is_turned(fake: Any, answer: str, degrees: int) -> None:
    fake.answers(osd=answer)
    assert found().turn(PAGE) == degrees


def test_a_program_that_cannot_tell_turns_nothing(fake: Any) -> None:
    fake.answers(languages=("swe", "osd"), code=1)
    assert found().turn(PAGE) == 0
