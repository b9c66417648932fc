"""Words with places -> lines: columns parted, labels kept, sizes alike, bullets found again."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.extractors.ocr_bullets import with_bullets
from pipeline.extractors.ocr_lines import lines_of
from pipeline.extractors.tesseract import Word
from pipeline.model.raw import RawLine

HIGH = 21
"""Pixels from the line up to the top of a tall letter, in a type of 30 pixels."""


def words(text: str, x: int, baseline: int, line: int, *, sure: float = 0.95) -> list[Word]:
    """Words of capitals, so that all boxes have one height; «_» is a wide gap."""
    out = []
    for word in text.split():
        wide = 15 * len(word)
        if word != "_":
            box = (x, baseline - HIGH, x + wide, baseline)
            out.append(Word(word, sure, box, (1, 1, line)))
        x += 90 if word == "_" else wide + 10
    return out


def texts(*found: list[Word], ink: np.ndarray | None = None) -> list[str]:
    return [line.text for line in lines_of([w for row in found for w in row], ink)]


def page() -> np.ndarray:
    return np.zeros((400, 800), dtype=bool)


def test_a_line_over_two_columns_is_parted() -> None:
    found = lines_of(words("BÅTAR OCH SKJUL _ EN NY KAJ", 50, 100, 1))
    assert [line.text for line in found] == ["BÅTAR OCH SKJUL", "EN NY KAJ"]


def test_a_time_keeps_what_stands_far_from_it() -> None:
    assert texts(words("09.15 _ KAFFE", 50, 100, 1)) == ["09.15 KAFFE"]


def test_times_that_were_read_as_a_column_come_back_to_their_lines() -> None:
    found = texts(
        words("09.15", 50, 100, 1), words("10.30", 50, 160, 2),
        words("KAFFE", 190, 101, 3), words("RUNDTUR", 190, 160, 4),
    )  # fmt: skip
    assert found == ["09.15 KAFFE", "10.30 RUNDTUR"]


def test_words_whose_boxes_are_misplaced_stay_together() -> None:
    ink = page()
    ink[79:100, 50:400] = True
    assert texts(words("PENGAR _ FINNS", 50, 100, 1), ink=ink) == ["PENGAR FINNS"]


def test_the_rules_of_a_table_are_no_letters() -> None:
    rule = Word("|", 0.9, (40, 20, 44, 180), (1, 1, 1))
    assert texts(
        [rule, *words("KAJEN", 50, 100, 1)], [Word("—", 0.3, (0, 0, 9, 2), (2, 1, 1))]
    ) == ["KAJEN"]


def test_sizes_that_differ_by_a_reading_error_are_one() -> None:
    rows = [words("RODDARE", 50, 100 + 60 * n, n) for n in range(3)]
    taller = words("SEGEL", 50, 300, 9)[0]
    x0, top, x1, bottom = taller.box
    rows.append([Word("SEGEL", 0.9, (x0, top - 2, x1, bottom), taller.line)])
    assert len({line.size for line in lines_of([w for row in rows for w in row])}) == 1


def test_a_bullet_that_was_not_read_is_seen_in_the_ink() -> None:
    ink = page()
    ink[84:94, 30:40] = True
    ink[79:100, 70:145] = True
    (line,) = lines_of(words("BRYGGA", 70, 100, 1), ink)
    assert line.text == "• BRYGGA"
    assert line.raw(0.5).bbox is not None
    assert line.raw(0.5).bbox[0] == 15  # type: ignore[index]


@pytest.mark.parametrize(
    ("rows", "columns"),
    [((60, 110), (30, 40)), ((84, 94), (30, 34)), ((84, 86), (22, 50)), ((98, 108), (30, 40))],
)
def test_what_is_no_bullet(rows: tuple[int, int], columns: tuple[int, int]) -> None:
    """A long stroke, a thin one, a dash and a dot below the line."""
    ink = page()
    ink[rows[0] : rows[1], columns[0] : columns[1]] = True
    assert texts(words("BRYGGA", 70, 100, 1), ink=ink) == ["BRYGGA"]


def test_a_bullet_taken_for_a_letter_is_told_by_its_ink() -> None:
    ink = page()
    ink[84:94, 30:40] = True
    mark = Word("e", 0.4, (29, 83, 41, 95), (1, 1, 1))
    assert texts([mark, *words("BRYGGA", 70, 100, 1)], ink=ink) == ["• BRYGGA"]


def test_a_column_of_odd_marks_is_a_list() -> None:
    marks = ("¢", "e", "«")
    rows = [
        [Word(mark, 0.4, (30, 88 + 60 * n, 40, 98 + 60 * n), (1, 1, n)),
         *words("NÄT OCH GARN", 70, 100 + 60 * n, n)]
        for n, mark in enumerate(marks)
    ]  # fmt: skip
    assert texts(*rows) == ["• NÄT OCH GARN"] * 3


def test_one_odd_mark_is_left_alone() -> None:
    mark = Word("°", 0.4, (30, 88, 40, 98), (1, 1, 1))
    assert texts([mark, *words("NÄT", 70, 100, 1)]) == ["° NÄT"]


def test_wider_strokes_are_bold() -> None:
    ink = page()
    for n, stroke in enumerate((3, 3, 6)):
        for x in range(50, 140, 15):
            ink[79 + 60 * n : 100 + 60 * n, x : x + stroke] = True
    rows = [words("BRYGGA", 50, 100 + 60 * n, n) for n in range(3)]
    found = lines_of([w for row in rows for w in row], ink)
    assert [line.bold for line in found] == [False, False, True]


def test_a_leaning_edge_is_put_upright() -> None:
    rows = [words("BÅTAR I HAMN", 50 + 4 * n, 100 + 45 * n, n) for n in range(6)]
    edges = [line.raw(1).bbox[0] for line in lines_of([w for r in rows for w in r])]  # type: ignore[index]
    assert max(edges) - min(edges) < 1


def test_an_upright_edge_stays_where_it_is() -> None:
    rows = [words("BÅTAR I HAMN", 50 + n % 2, 100 + 45 * n, n) for n in range(6)]
    edges = [line.raw(1).bbox[0] for line in lines_of([w for r in rows for w in r])]  # type: ignore[index]
    assert edges == [50, 51, 50, 51, 50, 51]


def raw(text: str, x: float, y: float) -> RawLine:
    return RawLine(text, (x, y, x + 6 * len(text), y + 12), size=10)


def test_odd_marks_of_an_earlier_recognition_are_bullets() -> None:
    lines = [raw("e", 50, 100), raw("Nät och garn", 68, 100), raw("« Fler bojar", 50, 120)]
    assert [x.text for x in with_bullets(lines)] == ["• Nät och garn", "• Fler bojar"]


def test_words_and_check_boxes_stay() -> None:
    lines = [raw("I hamnen", 50, 100), raw("I båten", 50, 120), raw("☐ Ring", 50, 140)]
    assert with_bullets([*lines, raw("☐ Boka", 50, 160)])[:3] == lines
