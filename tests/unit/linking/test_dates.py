"""Which year an occasion was in, and which day a due date is."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages import pack as packs_module
from pipeline.languages.pack import LanguagePack
from pipeline.linking.dates import resolve_due, resolve_session
from pipeline.model.claims import DateExpression
from pipeline.model.dataset import Date
from pipeline.rules.dates import find_dates

LANGUAGES = Path(packs_module.__file__).parent


def dates_only(code: str) -> LanguagePack:
    tables = tomllib.loads((LANGUAGES / code / "dates.toml").read_text(encoding="utf-8"))
    return LanguagePack(code, code, {}, {}, {}, tables)


PACKS = (dates_only("sv"), dates_only("en"))


def read(text: str) -> DateExpression:
    (expression,) = find_dates(text, PACKS)
    return expression


def session(
    text: str,
    *evidence: str,
    cited: Sequence[int] = (),
    given_year: int | None = None,
    file_years: Sequence[int] = (),
    neighbours: Sequence[int] = (),
) -> tuple[str | None, str, tuple[int, ...]]:
    date = resolve_session(
        read(text),
        cited_years=cited,
        given_year=given_year,
        file_years=file_years,
        weekday_evidence=[read(e) for e in evidence],
        neighbours=neighbours,
    )
    return date.edtf, date.basis, date.year_candidates


def test_stated_year() -> None:
    assert session("14–15 mars 2023", given_year=2020) == ("2023-03-14/2023-03-15", "stated", ())


def test_given_year() -> None:
    assert session("tisdag 14 mars", given_year=2023) == ("2023-03-14", "given", ())


def test_own_weekday_and_latest_cited_year() -> None:
    expected = ("2023?-03-14", "inferred", (2023, 2028, 2034))
    assert session("tisdag 14 mars", cited=[1998, 2019]) == expected


def test_weekday_elsewhere_in_the_material() -> None:
    # June of the year after September is too far off to be the same series of days.
    found = session("11-12.9", "onsdag 20.6", cited=[2008])
    assert found == ("2012?-09-11/2012?-09-12", "inferred", (2012, 2018, 2029))
    assert session("11-12.9", "onsdag 20.6", cited=[2011])[0] == "2012?-09-11/2012?-09-12"


def test_next_meeting_is_in_the_year_after() -> None:
    assert session("7 oktober", "lördag 3 februari", cited=[2021])[0] == "2023?-10-07"
    assert session("lördag 7 oktober", "lördag 3 februari", cited=[2018])[0] == "2023?-10-07"


def test_all_weekdays_must_fit() -> None:
    assert session("tisdag 14 mars", "fredag 17 mars", cited=[2019])[2] == (2023, 2028, 2034)
    assert session("14 mars", "tisdag 14 mars", "onsdag 14 mars", cited=[2019])[1] == "unknown"
    # Its own weekday is believed against a mistyped one elsewhere.
    assert session("tisdag 14 mars", "onsdag 14 mars", cited=[2019])[0] == "2023?-03-14"


def test_nothing_cited() -> None:
    expected = ("XXXX-03-14", "unknown", (2000, 2006, 2017, 2023, 2028, 2034))
    assert session("tisdag 14 mars") == expected


def test_no_weekday() -> None:
    assert session("14 mars", cited=[2019]) == ("XXXX-03-14", "unknown", ())
    assert session("mars", cited=[2019]) == ("XXXX-03", "unknown", ())


def test_other_dates_of_the_file_and_neighbours() -> None:
    assert session("14 mars", file_years=[2023, 2023]) == ("2023?-03-14", "inferred", (2023,))
    assert session("14 mars", neighbours=[2023]) == ("2023?-03-14", "inferred", (2023,))
    assert session("14 mars", neighbours=[2022, 2024])[1] == "unknown"
    assert session("tisdag 14 mars", neighbours=[2022]) == ("2023?-03-14", "inferred", (2023,))


def test_words_that_are_no_date() -> None:
    assert session("idag", cited=[2019], given_year=2020) == (None, "unknown", ())


def stated(text: str) -> Date:
    return resolve_session(
        read(text), cited_years=(), given_year=None, file_years=(), weekday_evidence=()
    )


THURSDAY = datetime.date(2012, 6, 14)


def due(
    text: str,
    anchor: datetime.date | None = THURSDAY,
    at: Date | None = None,
    then: Date | None = None,
) -> tuple[str | None, str]:
    date = resolve_due(read(text), anchor=anchor, session=at, next_session=then)
    assert date is not None
    assert date.text == text
    assert (date.start is None) == (date.end is None)
    return date.edtf, date.basis


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("på onsdag 20.6", "2012-06-20"),
        ("senast 14.6", "2012-06-14"),
        ("13 juni", "2013-06-13"),
        ("senast 1 februari", "2013-02-01"),
        ("i juni", "2012-06"),
        ("till september", "2012-09"),
        ("i maj", "2013-05"),
        ("by end of March", "2013-03"),
        ("30 december – 2 januari", "2012-12-30/2013-01-02"),
        ("september–oktober", "2012-09/2012-10"),
        ("v 24", "2012-06-11/2012-06-17"),
        ("v 23", "2013-06-03/2013-06-09"),
        ("v 23-24", "2012-06-04/2012-06-17"),
        ("kvartal 1", "2013-01/2013-03"),
        ("under hösten", "2012-23"),
        ("till vt", "2012-40"),
        ("på måndag", "2012-06-18"),
        ("på torsdag", "2012-06-21"),
        ("nästa måndag", "2012-06-18"),
        ("nästa fredag", "2012-06-22"),
        ("ikväll", "2012-06-14"),
        ("imorgon", "2012-06-15"),
        ("denna vecka", "2012-06-11/2012-06-17"),
        ("nästa vecka", "2012-06-18/2012-06-24"),
        ("före månadsskiftet", "2012-06"),
        ("nästa år", "2013"),
        ("om två veckor", "2012-06-28"),
        ("de kommande två veckorna", "2012-06-28"),
        ("inom en månad", "2012-07-14"),
        ("fredag den 13:e", "2012-07-13"),
        ("29 februari", "2016-02-29"),
    ],
)
def test_due_from_the_day_it_was_stated(text: str, edtf: str) -> None:
    assert due(text) == (edtf, "inferred")


def test_stated_year_of_a_due_date() -> None:
    assert due("senast 1 maj 2011") == ("2011-05-01", "stated")
    assert due("senast 1 maj 2011", anchor=None) == ("2011-05-01", "stated")


def test_weekday_that_does_not_fit_moves_at_most_a_year() -> None:
    assert due("fredag 14.6") == ("2013-06-14", "inferred")
    assert due("måndag 14.6") == ("2012-06-14", "inferred")


def test_year_that_hangs_on_an_inferred_one() -> None:
    at = resolve_session(
        read("torsdag 14.6"),
        cited_years=[2011],
        given_year=None,
        file_years=(),
        weekday_evidence=(),
    )
    assert at.basis == "inferred"
    assert due("senast 1 februari", at=at) == ("2013?-02-01", "inferred")
    assert due("v 24", at=at) == ("2012?-06-11/2012?-06-17", "inferred")
    assert due("om två veckor", at=at) == ("2012?-06-28", "inferred")
    assert due("senast 1 maj 2013", at=at) == ("2013-05-01", "stated")


def test_no_anchor() -> None:
    assert due("29 september", anchor=None) == ("XXXX-09-29", "unknown")
    assert due("till september", anchor=None) == ("XXXX-09", "unknown")
    for text in ("på måndag", "v 23", "nästa vecka", "fredag den 13:e"):
        assert due(text, anchor=None) == (None, "unknown")


def test_no_anchor_but_a_session() -> None:
    at = stated("11–12 september 2012")
    assert due("29 september", anchor=None, at=at) == ("2012-09-29", "inferred")
    assert due("1 augusti", anchor=None, at=at) == ("2012-08-01", "inferred")
    assert due("20.6", anchor=None, at=at) == ("2013-06-20", "inferred")


def test_next_session() -> None:
    then = stated("10 oktober 2012")
    assert due("till nästa träff", then=then) == ("2012-10-10", "inferred")
    assert due("till nästa träff") == (None, "unknown")
    assert due("till nästa träff", then=stated("10 oktober")) == ("XXXX-10-10", "unknown")


def test_vague_and_none() -> None:
    assert due("innan jul") == (None, "unknown")
    assert resolve_due(None, anchor=THURSDAY, session=None, next_session=None) is None


TEXTS = [
    "11-12.9", "på onsdag 20.6", "v 53", "29 februari", "i maj", "HT-23", "kvartal 4", "på fredag",
    "om 900 år", "om två veckor", "nästa år", "innan jul", "till vintern", "fredag den 31:e",
]  # fmt: skip


@given(st.sampled_from(TEXTS), st.dates())
def test_never_raises_and_never_before_the_anchor(text: str, anchor: datetime.date) -> None:
    expression = read(text)
    date = resolve_due(expression, anchor=anchor, session=None, next_session=None)
    assert date is not None
    if date.end is not None and date.basis == "inferred":
        assert date.end >= anchor.isoformat()


@given(
    st.sampled_from(TEXTS),
    st.lists(st.integers(1900, 2100), max_size=3),
    st.lists(
        st.sampled_from(["onsdag 20.6", "lördag 3 februari", "söndag 29 februari"]), max_size=3
    ),
)
def test_sessions_never_raise_nor_precede_what_is_cited(
    text: str, cited: list[int], evidence: list[str]
) -> None:
    date = resolve_session(
        read(text),
        cited_years=cited,
        given_year=None,
        file_years=(),
        weekday_evidence=[read(e) for e in evidence],
    )
    if date.basis == "inferred" and date.end is not None:
        assert int(date.end[:4]) >= max(cited)
