"""Numbers of cells as their format prints them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extractors.number_format import general, printed, printed_text

DAY = 45457
"""14 June 2024 as Excel counts days."""
ACCOUNT = '_-* #,##0.00\\ "kr"_-;\\-* #,##0.00\\ "kr"_-;_-* "-"??\\ "kr"_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "code", "shown", "kind"),
    [
        (DAY, "yyyy-mm-dd", "2024-06-14", "date"),
        (DAY, "dd/mm/yy", "2024-06-14", "date"),
        (DAY, "[$-41D]d mmmm yyyy", "2024-06-14", "date"),
        (DAY, "d mmm", "2024-06-14", "date"),
        (DAY, "d/m", "14/6", "date"),
        (DAY, "dd.mm", "14.06", "date"),
        (DAY, "mmm-yy", "2024-06", "date"),
        (DAY, "yyyy", "2024", "date"),
        (DAY + 0.5625, "m/d/yy h:mm", "2024-06-14 13:30", "moment"),
        (DAY + 0.5625, "yyyy\\-mm\\-dd\\ hh:mm:ss;@", "2024-06-14 13:30", "moment"),
        (DAY + 0.562650463, "yyyy-mm-dd hh:mm:ss", "2024-06-14 13:30:13", "moment"),
        (0.375, "h:mm", "09:00", "time"),
        (0.375, "h:mm AM/PM", "09:00", "time"),
        (0.4166666667, "hh:mm:ss", "10:00", "time"),
        (0.375, '"kl. "h:mm', "kl. 09:00", "time"),
        (1.25, "[h]:mm", "30:00", "time"),
        (0.0038194444, "mm:ss", "05:30", "time"),
        (60, "yyyy-mm-dd", "1900-02-28", "date"),
        (61, "yyyy-mm-dd", "1900-03-01", "date"),
        (-4, "yyyy-mm-dd", "-4", "number"),
    ],
)
def test_days_and_times(value: float, code: str, shown: str, kind: str) -> None:
    assert printed(value, code) == (shown, kind)


def test_days_of_old_macs_count_from_1904() -> None:
    assert printed(0, "yyyy-mm-dd", from_1904=True) == ("1904-01-01", "date")


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (198501011234, "General", "198501011234"),
        (0.256, "0%", "26%"),
        (0.00035, "0.00%", "0.04%"),
        (1234567.891, "#,##0.00", "1 234 567.89"),
        (1200, '#,##0 "kr"', "1 200 kr"),
        (1234.5, ACCOUNT, "1 234.50 kr"),
        (-1234.5, ACCOUNT, "-1 234.50 kr"),
        (-5, "0;(0)", "(5)"),
        (0, '0;-0;"noll"', "noll"),
        (0, "0;-0;;@", ""),
        (5, ";;;", ""),
        (7, "000", "007"),
        (701234567, "000-000 00 00", "070-123 45 67"),
        (2, "0.0#", "2.0"),
        (2, "#.##", "2"),
        (1.005, "0.00", "1.01"),
        (-0.001, "0.00", "0.00"),
        (1500000, '0.0,,"M"', "1.5M"),
        (12345, "0.00E+00", "1.23E+04"),
        (1.5, "# ?/?", "1 1/2"),
        (0.75, "# ?/4", "3/4"),
        (3, '"Grupp "General', "Grupp 3"),
        (1, '[=1]"☑";[=0]"☐";General', "☑"),
        (0, '[=1]"☑";[=0]"☐";General', "☐"),
        (12, "[<10]0;[>=10]0.0", "12.0"),
        (5, "[Red]0", "5"),
    ],
)
def test_numbers(value: float, code: str, shown: str) -> None:
    assert printed(value, code) == (shown, "number")


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [("Ån", "@", "Ån"), ("Ån", '"Lag "@', "Lag Ån"), ("Ån", ";;;", ""), ("Ån", "0.00", "Ån")],
)
def test_texts(text: str, code: str, shown: str) -> None:
    assert printed_text(text, code) == shown


def test_numbers_too_large_for_a_format_are_still_told() -> None:
    assert printed(1e300, "#,##0.00") == ("1E+300", "number")
    assert printed(math.inf, "0") == ("inf", "number")
    assert general(1e20) == "1E+20"


@given(
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(alphabet='0#?.,%/;@ymdhsAPE+-"\\[]_* $General€1<>=', max_size=40),
)
def test_no_format_raises(value: float, code: str) -> None:
    text, _ = printed(value, code)
    assert isinstance(text, str)
    assert isinstance(printed_text("Ån", code), str)
