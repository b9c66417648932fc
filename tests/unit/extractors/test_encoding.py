"""Whatever bytes a notes file has, its text comes out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extractors.encoding import decode, drawn_text, symbol

TEXT = "Uppföljning i Äppelbo\nFåglarna höjde rösten – 5 €\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings_of_notes(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_utf_16_be_by_its_mark() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be")) == TEXT


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028", "\x0b"])
def test_line_ends_become_one_kind(end: str) -> None:
    assert decode(f"ett{end}två{end}".encode()) == "ett\ntvå\n"


def test_form_feeds_stay() -> None:
    assert decode(b"sida 1\fsida 2") == "sida 1\fsida 2"


def test_one_old_byte_does_not_spoil_a_utf_8_file() -> None:
    assert decode("Åsa och Örjan ".encode() + "möts".encode("cp1252")) == "Åsa och Örjan möts"


def test_a_letter_cut_in_two_does_not_spoil_the_rest() -> None:
    assert decode("Så här går det för å".encode()[:-1]).startswith("Så här går det för ")


def test_bytes_that_windows_1252_lacks() -> None:
    assert decode(b"r\xe4v \x81\x9d") == "räv \ufffd\ufffd"


def test_utf_16_of_odd_length() -> None:
    assert decode("hej då".encode("utf-16") + b"x").startswith("hej då")


def test_empty() -> None:
    assert decode(b"") == ""


@given(st.binary(max_size=400))
def test_decode_never_raises(data: bytes) -> None:
    text = decode(data)
    assert "\r" not in text
    assert not any(0xD800 <= ord(char) <= 0xDFFF for char in text)


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x0b\x85\u2028\u2029"))
)
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    data = b"\xef\xbb\xbf" + text.encode()
    assert decode(data) == text


@pytest.mark.parametrize(
    ("code", "font", "drawn"),
    [
        (0xF0E0, "Wingdings", "→"),
        (0xF0B7, "Symbol", "•"),
        (0xA7, "Wingdings", "▪"),
        (0xF0FE, "Wingdings", "☑"),
        (0x61, "Symbol", "α"),
        (0x2022, "Arial", "•"),
        (0x61, None, "a"),
    ],
)
def test_symbol_fonts(code: int, font: str | None, drawn: str) -> None:
    assert symbol(code, font) == drawn


def test_private_characters_in_text() -> None:
    assert drawn_text("A \uf0e0 B", None) == "A → B"
