"""Text typed beside pictures and scanned pages: which files are such, and how they are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.extractors.transcription import is_transcription, typed_pages

Written = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("wall.jpg", "plan.tiff", "deck.pdf", "notes.docx"):
        (tmp_path / name).write_bytes(b"x")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("deck.pdf.p3.txt", True),
        ("wall.jpg.p1.txt", True),
        ("wall.jpg.txt", True),
        ("plan.tiff.p12.txt", True),
        ("wall.jpg.P1.TXT", True),
        ("deck.pdf.txt", False),
        ("deck.pdf.p0.txt", False),
        ("deck.pdf.page3.txt", False),
        ("gone.pdf.p3.txt", False),
        ("notes.docx.p1.txt", False),
        ("notes.docx.txt", False),
        ("wall.jpg", False),
        ("wall.txt", False),
    ],
)
def test_which_files_are_typed_for_a_page(folder: Path, name: str, is_one: bool) -> None:
    (folder / name).touch()
    assert is_transcription(folder / name) is is_one


def test_typed_pages_are_found_by_their_numbers(folder: Path) -> None:
    (folder / "deck.pdf.p2.txt").write_bytes("Åtaganden\r\n  - måla båten\r\n".encode("cp1252"))
    (folder / "deck.pdf.p10.txt").write_text("", encoding="utf-8")
    (folder / "other.pdf.p1.txt").write_text("något annat", encoding="utf-8")
    pages = typed_pages(folder / "deck.pdf").pages
    assert sorted(pages) == [2, 10]
    assert [(x.text, x.indent) for x in pages[2]] == [
        ("Åtaganden", 0),
        ("- måla båten", 2),
        ("", 0),
    ]
    assert [x.text for x in pages[10]] == [""]


def test_the_file_named_by_its_page_goes_before_the_one_of_the_picture(folder: Path) -> None:
    (folder / "wall.jpg.txt").write_text("äldre", encoding="utf-8")
    (folder / "wall.jpg.p1.txt").write_text("nyare", encoding="utf-8")
    assert [x.text for x in typed_pages(folder / "wall.jpg").pages[1]] == ["nyare"]


def test_text_for_a_page_that_is_not_there_is_told(folder: Path) -> None:
    (folder / "deck.pdf.p7.txt").write_text("Borta", encoding="utf-8")
    typed = typed_pages(folder / "deck.pdf")
    (problem,) = typed.unused("deck.pdf", 6)
    assert "deck.pdf.p7.txt" in problem.message
    assert not typed.unused("deck.pdf", 7)
