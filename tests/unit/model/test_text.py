"""Text made comparable, and fit to be written."""

from __future__ import annotations

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
