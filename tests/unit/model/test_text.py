"""Text made comparable, and fit to be written."""

from __future__ import annotations

import pytest

from pipeline.model.text import clean, fold, slugify


def test_halves_of_surrogate_pairs_are_replaced() -> None:
    """Broken fonts give them; no file can hold them."""
    assert clean("kaffe \udb82 te").encode() == "kaffe \ufffd te".encode()


def test_soft_hyphens_and_wide_spaces_are_left_out() -> None:
    assert clean(" sam\u00adsyn\u00a0 nu ") == "samsyn nu"


def test_folded_text_has_no_punctuation() -> None:
    assert fold("Ås–By!") == "ås by"


def test_slugs_are_ascii() -> None:
    assert slugify("Åmål", "2024-05-01") == "amal-2024-05-01"


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("fo¨rening i A˚re", "förening i Åre"),
        ("p˚a G¨otene torg", "på Götene torg"),
        ("¨andring av f¨orslag", "ändring av förslag"),
        ("en ide´", "en ide´"),
        ("ide´er om kaffe", "idéer om kaffe"),
        ("eﬀektiv ﬁka", "effektiv fika"),
        ("Ko\u0308ksbord", "Köksbord"),
        ("30° varmt", "30° varmt"),
    ],
)
def test_letters_of_old_exports(broken: str, whole: str) -> None:
    assert clean(broken) == whole


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("A G E N D A", "AGENDA"),
        ("F i k a r a s t", "Fikarast"),
        ("A B C D E", "A B C D E"),
        ("i å å i å", "i å å i å"),
        ("X Y Z", "X Y Z"),
    ],
)
def test_letters_typed_apart(typed: str, read: str) -> None:
    assert clean(typed) == read
