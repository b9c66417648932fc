"""Date expressions: the cases of `tests/cases/dates`, which one is a due date, no surprises."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.languages import pack as packs_module
from pipeline.languages.pack import LanguagePack
from pipeline.model.claims import DateExpression
from pipeline.rules.date_words import date_words
from pipeline.rules.dates import find_dates, first_due

CASES = Path(__file__).parents[2] / "cases" / "dates"
LANGUAGES = Path(packs_module.__file__).parent


def dates_only(code: str) -> LanguagePack:
    """A pack with nothing but its date words."""
    tables = tomllib.loads((LANGUAGES / code / "dates.toml").read_text(encoding="utf-8"))
    return LanguagePack(code, code, {}, {}, {}, tables)


SV, EN = dates_only("sv"), dates_only("en")
PACKS = {"sv": SV, "en": EN}


def cases(code: str) -> list[tuple[str, str]]:
    lines = (CASES / f"{code}.txt").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.strip() and not line.startswith("#")]
    return [(text, parts.strip()) for text, _, parts in (r.rpartition("=>") for r in rows)]


def spelled(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its brackets, and where they stood."""
    spans: list[tuple[int, int]] = []
    plain = ""
    for piece in re.split(r"(\[[^\]]*\])", text.rstrip()):
        if piece.startswith("["):
            spans.append((len(plain), len(plain) + len(piece) - 2))
            piece = piece[1:-1]
        plain += piece
    return plain.replace("⟦", "[").replace("⟧", "]"), spans


def year(value: int | None) -> str:
    return "XXXX" if value is None else str(value)


def value_of(e: DateExpression) -> str:
    def place(day: int | None, month: int | None, of: int | None) -> str:
        parts = [year(of), "XX" if month is None else f"{month:02d}"]
        return "-".join(parts if day is None else [*parts, f"{day:02d}"])

    if e.kind in ("day", "month"):
        return place(e.day, e.month, e.year)
    if e.kind == "range":
        return f"{place(e.day, e.month, e.year)}/{place(e.end_day, e.end_month, e.end_year)}"
    values = {
        "week": f"{year(e.year)}-W{e.week or 0:02d}" + (f"+{e.amount}" if e.amount else ""),
        "quarter": f"{year(e.year)}-Q{e.quarter}",
        "season": f"{year(e.year)}-{e.season}",
        "year": year(e.year),
        "relative": f"{e.unit}+{e.amount}",
    }
    return values.get(e.kind, "")


def described(e: DateExpression) -> str:
    # A vague expression keeps its words; whether they begin with «before» does not matter.
    qualifier = "" if e.kind == "vague" else e.qualifier
    weekday = f"d{e.weekday}" if e.weekday else ""
    return " ".join(p for p in (e.kind, value_of(e), weekday, qualifier) if p)


@pytest.mark.parametrize("alone", [True, False], ids=["alone", "with the other"])
@pytest.mark.parametrize(
    ("code", "text", "parts"), [(code, *case) for code in PACKS for case in cases(code)]
)
def test_case(code: str, text: str, parts: str, alone: bool) -> None:
    others = [] if alone else [p for c, p in PACKS.items() if c != code]
    plain, spans = spelled(text)
    found = find_dates(plain, [PACKS[code], *others])
    assert [e.span for e in found] == spans, [e.text for e in found]
    assert " ; ".join(described(e) for e in found) == parts


@pytest.mark.parametrize("code", PACKS)
def test_there_are_enough_cases_and_a_third_leaves_alone(code: str) -> None:
    rows = cases(code)
    assert len(rows) >= 60
    assert sum(not parts for _, parts in rows) >= len(rows) // 3


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Öppna 3 maj, anmälan senast 20 april", "senast 20 april"),
        ("Träff i november och städning 4 december", "4 december"),
        ("Prova 3 maj eller 5 maj", "5 maj"),
        ("Kvällsöppet från v. 45", None),
        ("Som sagt under dagens träff", None),
        ("Boka bussen innan jul", "innan jul"),
        ("Skissa löpande, visa upp i mars", "i mars"),
        ("Ringa hallen på fredag, flytt i juni", "på fredag"),
        ("Visa upp idag och i september", "i september"),
        ("Berätta mer till nästa gång", "till nästa gång"),
        ("13.00 Lunch", None),
        ("Vad vi gör", None),
    ],
)
def test_due(text: str, due: str | None) -> None:
    found = first_due(text, [SV])
    assert (found.text if found else None) == due


def test_first_pack_wins_where_two_read_a_word() -> None:
    other = dataclasses.replace(EN, code="xx", dates={"months": {"1": ["maj"]}})
    assert find_dates("3 maj", [SV, other])[0].month == 5
    assert find_dates("3 maj", [other, SV])[0].month == 1


def test_no_packs_no_words() -> None:
    assert find_dates("3 maj om två veckor", []) == ()


@pytest.mark.parametrize("code", PACKS)
def test_each_phrase_has_a_whole_word_to_look_for(code: str) -> None:
    words = date_words((PACKS[code],))
    for phrase in words.phrases:
        for cue in phrase.words:
            assert words.may_have_dates(cue.replace("*", "")), cue


PIECES = [
    "3", "11-12.9", "maj", "May", "v.", "38", "2024", "-", "–", "/", ".", "(", ")", " ", " ", ",",
    "senast", "till", "by", "from", "den", "the", "nästa", "gång", "om två veckor", "onsdag", "HT",
    "Q1", "slutet av", "end of", "24-09-30", "10.10", "1/4", "i", "kl", "efter sommaren", "\n",
    "i29",
]  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
                 st.lists(st.sampled_from(PIECES), max_size=14).map("".join)))  # fmt: skip
@example("\nonsdag")  # «$» also matches before a line end
def test_any_text_is_read_with_exact_spans(text: str) -> None:
    end = 0
    found = find_dates(text, [SV, EN])
    for e in found:
        assert text[slice(*e.span)] == e.text
        assert e.text.strip() == e.text != ""
        assert e.span[0] >= end
        end = e.span[1]
    due = first_due(text, [SV, EN])
    assert due is None or due in found
