"""CSV files as programs and people write them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import EmptyInputError, SamsynError
from pipeline.extractors import sheets
from pipeline.extractors.csv_text import extract, find_delimiter, looks_like_csv, rows_of
from pipeline.model.raw import RawDocument

Told = Callable[[RawDocument], list[str]]

ACTIONS = "Vad;Vem;Klart\nLåna kanoter;Moa;14/6\nKöpa rep, tolv meter;Nils;v. 34\n"


def written(tmp_path: Path, data: str | bytes, name: str = "lista.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    "data",
    [
        ACTIONS.encode(),
        b"\xef\xbb\xbf" + ACTIONS.encode(),
        ACTIONS.encode("cp1252"),
        b"\xff\xfe" + ACTIONS.encode("utf-16-le"),
        ACTIONS.replace("\n", "\r\n").encode(),
        b"sep=;\r\n" + ACTIONS.encode(),
        ACTIONS.replace(";", "\t").encode(),
    ],
    ids=["utf-8", "marked", "cp1252", "utf-16", "crlf", "sep", "tabs"],
)
def test_one_list_in_all_its_makes(tmp_path: Path, told: Told, data: bytes) -> None:
    assert told(extract(written(tmp_path, data))) == [
        "| Vad | Vem | Klart |",
        "| Låna kanoter | Moa | 14/6 |",
        "| Köpa rep, tolv meter | Nils | v. 34 |",
    ]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("Lag;Poäng\nÅn;7,5\nSjön;9,25\n", ";"),
        ("Namn,Lag\nMoa,Ån\nNils,Sjön\n", ","),
        ("Namn, Lag\nMoa, Ån\nNils, Sjön\n", ","),
        ('"Lund, Moa",Ån\n"Ek, Nils",Sjön\n', ","),
        ("a|b\n1|2\n", "|"),
        ("Vad\tVem\nRep; tolv meter\tMoa\nFärg\tNils\n", "\t"),
        ("Bara en kolumn\nmed två rader\n", None),
        ("Vi paddlade, sedan åt vi.\nDet regnade.\nAlla, även Moa, var nöjda, tror vi.\n", None),
    ],
)
def test_what_parts_the_cells(text: str, delimiter: str | None) -> None:
    assert find_delimiter(text) == delimiter


def test_cells_in_quotes_hold_line_breaks_and_quotes() -> None:
    text = 'Vad;Svar\nGrinden;"Vi lagar den.\n""Snart"", sa Siv; kanske."\nRep;ja\n'
    assert list(rows_of(text))[:3] == [
        ["Vad", "Svar"], ["Grinden", 'Vi lagar den.\n"Snart", sa Siv; kanske.'], ["Rep", "ja"],
    ]  # fmt: skip


def test_a_quote_that_nothing_closes_swallows_nothing() -> None:
    text = 'Vad;Mått\nPlanka;5" bred\nRep;"tolv meter\nFärg;2 liter\n'
    assert list(rows_of(text))[1:4] == [
        ["Planka", '5" bred'], ["Rep", '"tolv meter'], ["Färg", "2 liter"],
    ]  # fmt: skip


def test_lines_above_the_header_are_a_title_and_lines(tmp_path: Path, told: Told) -> None:
    text = "Kanotdagen;;\nAnsvarig: Moa;;\n;;\nTid;Punkt;Vem\n09:30:00;Samling;Moa\n10:00;Fika;\n"
    assert told(extract(written(tmp_path, text))) == [
        "== Kanotdagen",
        "Ansvarig: Moa",
        "| Tid | Punkt | Vem |",
        "| 09:30 | Samling | Moa |",
        "| 10:00 | Fika |  |",
    ]


def test_short_and_long_rows_keep_their_cells(tmp_path: Path, told: Told) -> None:
    shown = told(extract(written(tmp_path, "Vad;Vem;Klart\nRep;Moa\nFärg;Nils;v. 34;ring först\n")))
    assert shown[1:] == ["| Rep | Moa |  |  |", "| Färg | Nils | v. 34 | ring först |"]


def test_answers_to_a_form(tmp_path: Path, told: Told) -> None:
    text = (
        '"Tidstämpel","Lag","Vad hindrar er?"\n'
        '"2024/05/03 2:02:11 PM CEST","Ån","Vi har inga flytvästar, och\ningen el i skjulet."\n'
        '"2024/05/03 2:09:40 PM CEST","Sjön","Bussen går för sällan på kvällen."\n'
    )
    assert told(extract(written(tmp_path, text)))[3:] == [
        "=1 Vad hindrar er?",
        "- Vi har inga flytvästar, och",
        "- ingen el i skjulet.",
        "- Bussen går för sällan på kvällen.",
    ]


@pytest.mark.parametrize(
    ("text", "so"),
    [
        (ACTIONS, True),
        ("sep=,\nRep\n", True),
        ('"Rep"\n"Färg"\n', True),
        ("Hej alla!\nVi ses på lördag.\n", False),
        ("", False),
    ],
)
def test_whether_a_text_named_csv_is_one(text: str, so: bool) -> None:
    assert looks_like_csv(text) is so


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmptyInputError):
        extract(written(tmp_path, " \n\n"))


def test_more_rows_than_are_read_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 100)
    raw = extract(written(tmp_path, "nr;vad\n" + "7;paddla\n" * 200))
    assert [p.code for p in raw.problems] == ["sheet-too-large"]


@given(st.binary(max_size=300) | st.text(alphabet='a;,\t|"\n 1', max_size=80).map(str.encode))
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("csv") / "any.csv"
    path.write_bytes(data)
    with suppress(SamsynError):
        extract(path)


@given(st.lists(st.lists(st.text(alphabet='aé",;\n x', max_size=5), min_size=2, max_size=3)))
def test_cells_come_back_as_written(rows: list[list[str]]) -> None:
    quoted = ["|".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    text = "sep=|\n" + "".join(f"{row}\n" for row in quoted)
    assert [row for row in rows_of(text) if row != [""]] == rows
