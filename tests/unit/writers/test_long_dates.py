from __future__ import annotations

import pytest

from pipeline.languages.pack import LanguagePack
from pipeline.model.dataset import Date
from pipeline.writers.docx.labels import Labels
from pipeline.writers.docx.long_dates import long_date, long_day

CASES = [
    ("2012-09-29", "29 september 2012", "29 September 2012"),
    ("2012-09", "september 2012", "September 2012"),
    ("2012", "2012", "2012"),
    ("XXXX-09-29", "29 september", "29 September"),
    ("XXXX-09", "september", "September"),
    ("2012?-09-11/2012?-09-12", "11–12 september 2012", "11–12 September 2012"),
    ("XXXX-09-11/XXXX-09-12", "11–12 september", "11–12 September"),
    ("2012-09-29/2012-10-02", "29 september – 2 oktober 2012", "29 September – 2 October 2012"),
    (
        "2012-12-30/2013-01-02",
        "30 december 2012 – 2 januari 2013",
        "30 December 2012 – 2 January 2013",
    ),
    ("2023-06-05/2023-06-11", "v. 23 (5–11 juni 2023)", "week 23 (5–11 June 2023)"),
    ("2023-06-05/2023-06-05", "5 juni 2023", "5 June 2023"),
    ("2023-05/2023-06", "maj–juni 2023", "May–June 2023"),
    ("XXXX-05/XXXX-06", "maj–juni", "May–June"),
    ("2023-11/2024-02", "november 2023 – februari 2024", "November 2023 – February 2024"),
    ("2012/2014", "2012–2014", "2012–2014"),
    ("2023-22", "sommaren 2023", "summer 2023"),
    ("2023-33", "första kvartalet 2023", "first quarter of 2023"),
]
AS_WRITTEN = [
    "201X",
    "../2012-09-29",
    "XXXX",
    "XXXX-22",
    "2012-19",
    "2012-00-01",
    "nonsense",
    "2012/..",
]


@pytest.mark.parametrize(("edtf", "swedish", "english"), CASES)
def test_written_out(
    edtf: str, swedish: str, english: str, sv: LanguagePack, en: LanguagePack
) -> None:
    date = Date(text="as written", edtf=edtf)
    assert (long_date(date, Labels(sv)), long_date(date, Labels(en))) == (swedish, english)


@pytest.mark.parametrize("edtf", AS_WRITTEN)
def test_what_has_no_day_keeps_its_words(edtf: str, sv: LanguagePack) -> None:
    assert long_date(Date(text="före första snön", edtf=edtf), Labels(sv)) == "före första snön"


def test_undated_keeps_its_words(sv: LanguagePack) -> None:
    assert long_date(Date(text="före första snön"), Labels(sv)) == "före första snön"


def test_first_and_last_day_do_where_there_is_no_edtf(sv: LanguagePack) -> None:
    date = Date(text="9-10/5", start="2023-05-09", end="2023-05-10")
    assert long_date(date, Labels(sv)) == "9–10 maj 2023"


def test_day_with_weekday(sv: LanguagePack, en: LanguagePack) -> None:
    assert long_day("2023-05-09", Labels(sv)) == "tisdag 9 maj 2023"
    assert long_day("2023-05-09", Labels(en)) == "Tuesday 9 May 2023"
    assert long_day("XXXX-05-09", Labels(en)) == "XXXX-05-09"
