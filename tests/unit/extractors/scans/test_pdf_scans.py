"""Scanned pages of a PDF: told from pages with text, read, typed, or read by somebody before."""

from __future__ import annotations

from collections.abc import Callable
from ctypes import c_ushort
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c
import pytest
from PIL import Image

from pipeline.errors import EmptyInputError
from pipeline.extractors import pdf_scans
from pipeline.extractors.pdf import extract
from pipeline.flow import read_file
from pipeline.layout.build import lay_out
from pipeline.model.document import BlockRole, SourceInfo
from pipeline.model.raw import RawDocument, RawParagraph

Table = Callable[..., str]

WIDE, HIGH = 720, 540
READ = [("Vintern på kajen", 96), ("Isen bär inte förrän i februari", 95)]
READ_TEXT = " ".join(text for text, _ in READ)


class Deck:
    """A PDF put together page by page."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "deck.pdf"
        self._folder = folder
        self._pdf = pdfium.PdfDocument.new()

    def page(self, *lines: str, scan: float = 0, hidden: bool = False, under: bool = False) -> Deck:
        """A page of lines; `scan` is the share of it that a picture covers."""
        page = self._pdf.new_page(WIDE, HIGH)
        if under:
            self._write(page, lines, hidden)
        if scan:
            self._cover(page, scan)
        if not under:
            self._write(page, lines, hidden)
        page.gen_content()
        return self

    def _cover(self, page: Any, share: float) -> None:
        Image.new("L", (900, 675), 250).save(self._folder / "scan.jpg")
        picture = pdfium.PdfImage.new(self._pdf)
        picture.load_jpeg(self._folder / "scan.jpg", pages=[page])
        picture.set_matrix(pdfium.PdfMatrix().scale(WIDE, HIGH * share))
        page.insert_obj(picture)

    def _write(self, page: Any, lines: tuple[str, ...], hidden: bool) -> None:
        font = c.FPDFText_LoadStandardFont(self._pdf.raw, b"Helvetica")
        for n, line in enumerate(lines):
            text = c.FPDFPageObj_CreateTextObj(self._pdf.raw, font, 18)
            code = [ord(ch) for ch in line] + [0]
            c.FPDFText_SetText(text, (c_ushort * len(code))(*code))
            if hidden:
                c.FPDFTextObj_SetTextRenderMode(text, c.FPDF_TEXTRENDERMODE_INVISIBLE)
            c.FPDFPageObj_Transform(text, 1, 0, 0, 1, 60, HIGH - 80 - 40 * n)
            c.FPDFPage_InsertObject(page.raw, text)

    def saved(self) -> Path:
        self._pdf.save(self.path)
        return self.path


@pytest.fixture
def deck(tmp_path: Path) -> Deck:
    return Deck(tmp_path)


def texts(raw: RawDocument) -> list[str]:
    """What each page shows, in one line each."""
    document = lay_out(raw, SourceInfo("source-x", "x", "0" * 64, "application/pdf", "pdf"))
    return [" ".join(b.text for b in page.blocks) for page in document.pages]


def codes(raw: RawDocument) -> list[tuple[str, int | None]]:
    return [(p.code, p.page) for p in raw.problems]


def test_scanned_pages_are_read_and_others_keep_their_text(
    fake: Any, table: Table, deck: Deck
) -> None:
    fake.answers(swe=table(READ))
    raw = extract(deck.page("Hamnens plan").page(scan=1).page("Tack").saved())
    assert texts(raw) == ["Hamnens plan", READ_TEXT, "Tack"]
    assert raw.ocr_pages == [2]
    assert [p.confidence is None for p in raw.pages] == [True, False, True]
    assert codes(raw) == [("read-by-ocr", 2)]


def test_pages_come_in_their_order_however_many(fake: Any, table: Table, deck: Deck) -> None:
    fake.answers(swe=table(READ))
    for _ in range(7):
        deck.page(scan=1)
    raw = extract(deck.saved())
    assert raw.ocr_pages == [1, 2, 3, 4, 5, 6, 7]
    assert "pages 1-7 were read" in raw.problems[0].message


def test_the_stamp_of_a_scanner_is_not_the_page(fake: Any, table: Table, deck: Deck) -> None:
    fake.answers(swe=table([*READ, *READ]))
    raw = extract(deck.page("Scan 4", scan=1).saved())
    assert texts(raw) == [f"{READ_TEXT} {READ_TEXT}"]


@pytest.mark.parametrize("reading", [[("fq m", 20)], [("Tack!", 95)]])
def test_a_word_on_a_photo_stays_what_it_is(
    fake: Any, table: Table, deck: Deck, reading: list[tuple[str, float]]
) -> None:
    fake.answers(swe=table(reading))
    raw = extract(deck.page("Tack!", scan=1).saved())
    assert texts(raw) == ["Tack!"]
    assert not raw.problems
    assert not raw.ocr_pages


def test_a_picture_beside_text_is_no_scan(fake: Any, deck: Deck) -> None:
    fake.answers(code=1)
    assert texts(extract(deck.page("En båt", scan=0.5).saved())) == ["En båt"]
    assert not fake.asked()[1:]


@pytest.mark.parametrize("under", [False, True])
def test_text_of_an_earlier_recognition_is_used_and_told(
    fake: Any, deck: Deck, under: bool
) -> None:
    fake.answers(code=1)
    lines = ("Beslut om bryggan", "e Virke köps i mars", "« Rut frågar varvet")
    raw = extract(deck.page(*lines, scan=1, hidden=not under, under=under).saved())
    assert texts(raw) == ["Beslut om bryggan Virke köps i mars Rut frågar varvet"]
    assert raw.ocr_pages == [1]
    assert codes(raw) == [("read-by-ocr", 1)]


JUNK = ("%&#/ ~~¤ |;:, +=) ((%%", "#¤%& /()=? *^ §§ ~|~ ##")


def test_junk_of_an_earlier_recognition_is_read_again(fake: Any, table: Table, deck: Deck) -> None:
    fake.answers(swe=table(READ))
    raw = extract(deck.page(*JUNK, "abcdefghijklmnop", scan=1, hidden=True).saved())
    assert texts(raw) == [READ_TEXT]


def test_junk_that_nothing_can_read_again_is_a_note(fake: Any, deck: Deck) -> None:
    fake.missing()
    raw = extract(deck.page(*JUNK, "abcdefghijklmnop", scan=1, hidden=True).saved())
    items = raw.pages[0].items
    assert items
    assert all(isinstance(i, RawParagraph) and i.role is BlockRole.NOTE for i in items)
    assert codes(raw) == [("ocr-missing", 1)]


def test_without_tesseract_the_pages_are_named(fake: Any, deck: Deck) -> None:
    fake.missing()
    raw = extract(deck.page(scan=1).page("Hamnens plan").page(scan=1).page(scan=1).saved())
    assert texts(raw) == ["", "Hamnens plan", "", ""]
    (problem,) = raw.problems
    assert "pages 1, 3-4 were not read" in problem.message
    assert "deck.pdf.p1.txt" in problem.hint


def test_an_empty_page_is_told(fake: Any, deck: Deck) -> None:
    fake.missing()
    assert codes(extract(deck.page("Hamnens plan").page().saved())) == [("page-without-text", 2)]


def test_handwriting_asks_for_its_text(fake: Any, table: Table, deck: Deck) -> None:
    fake.answers(swe=table([("Bk ll mjo", 35), ("fler båtar", 50)]))
    raw = extract(deck.page("Hamnens plan").page(scan=1).saved())
    assert codes(raw) == [("transcribe", 2)]
    assert "deck.pdf.p2.txt" in raw.problems[0].hint


@pytest.mark.parametrize("program", [True, False])
def test_typed_text_stands_for_any_page(
    fake: Any, deck: Deck, tmp_path: Path, program: bool
) -> None:
    fake.answers(code=1) if program else fake.missing()
    (tmp_path / "deck.pdf.p1.txt").write_text("Väggen\n- en bastu\n- fler bojar", encoding="utf-8")
    (tmp_path / "deck.pdf.p2.txt").write_text("Planen, rättad", encoding="utf-8")
    raw = extract(deck.page(scan=1).page("Hamnens plam").saved())
    assert texts(raw) == ["Väggen en bastu fler bojar", "Planen, rättad"]
    assert not raw.problems
    assert raw.pages[0].width == WIDE


def test_a_picture_too_large_to_open_is_not_drawn(
    fake: Any, deck: Deck, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.answers()
    monkeypatch.setattr(pdf_scans, "_MOST_DOTS", 1000)
    assert codes(extract(deck.page(scan=1).saved())) == [("ocr-failed", 1)]


def test_a_file_of_pictures_alone_says_why_it_is_empty(fake: Any, deck: Deck) -> None:
    fake.missing()
    with pytest.raises(EmptyInputError, match="not read") as caught:
        read_file(deck.page(scan=1).saved(), "deck.pdf")
    assert "tesseract-ocr-swe" in caught.value.hint


def test_pages_that_were_read_are_told_of_the_source(fake: Any, table: Table, deck: Deck) -> None:
    fake.answers(swe=table(READ))
    document = read_file(deck.page("Hamnens plan").page(scan=1).saved(), "deck.pdf")
    assert document.source.ocr_pages == (2,)
    assert document.pages[1].confidence == pytest.approx(0.95, abs=0.01)


def test_junk_that_could_not_be_read_again_is_a_note(fake: Any, deck: Deck) -> None:
    fake.answers(code=1)
    raw = extract(deck.page(*JUNK, "abcdefghijklmnop", scan=1, hidden=True).saved())
    assert [item.style for item in raw.pages[0].items if isinstance(item, RawParagraph)] == [
        "ocr"
    ] * 3
    assert codes(raw) == [("ocr-failed", 1)]
