"""Picture files: pages and places, what is believed, and what is told of what is not."""

from __future__ import annotations

import os
import stat
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.errors import DamagedInputError, InputError, LimitError, SamsynError
from pipeline.extractors.image import extract
from pipeline.extractors.ocr import read_image
from pipeline.layout.build import lay_out
from pipeline.model.document import BlockKind, BlockRole, SourceInfo
from pipeline.model.raw import RawDocument, RawLine, RawParagraph

Table = Callable[..., str]

GOOD = [("Beslut", 96), ("Hamnen muddras i september", 95), ("Rut ringer varvet", 93)]
TEXT = " ".join(text for text, _ in GOOD)


def saved(path: Path, *sizes: tuple[int, int], **options: Any) -> Path:
    first, *rest = [Image.new("L", size, 255) for size in sizes or [(800, 600)]]
    more = {"save_all": True, "append_images": rest} if rest else {}
    first.save(path, **more, **options)
    return path


def shown(raw: RawDocument) -> list[str]:
    document = lay_out(raw, SourceInfo("source-x", "x", "0" * 64, "image/png", "image"))
    return [b.text for _, b in document.blocks()]


def codes(raw: RawDocument) -> list[tuple[str, int | None]]:
    return [(p.code, p.page) for p in raw.problems]


@pytest.mark.parametrize("ending", ["jpg", "png", "tif", "webp", "bmp", "gif"])
def test_every_kind_of_picture_is_read(
    fake: Any, table: Table, tmp_path: Path, ending: str
) -> None:
    fake.answers(swe=table(GOOD))
    raw = extract(saved(tmp_path / f"board.{ending}"))
    assert " ".join(shown(raw)) == TEXT
    assert raw.ocr_pages == [1]
    assert raw.pages[0].confidence == pytest.approx(0.94, abs=0.01)
    assert codes(raw) == [("read-by-ocr", 1)]


def test_places_are_points_of_the_page(fake: Any, table: Table, tmp_path: Path) -> None:
    fake.answers(swe=table(GOOD))
    raw = extract(saved(tmp_path / "board.png", (2000, 1500), dpi=(200, 200)))
    page, line = raw.pages[0], raw.pages[0].items[0]
    assert (page.width, page.height) == (pytest.approx(720, abs=1), pytest.approx(540, abs=1))
    assert isinstance(line, RawLine)
    assert line.bbox is not None
    assert line.bbox[0] == pytest.approx(60 * 72 / 200, abs=0.2)
    assert line.size == pytest.approx(30 / 0.71 * 72 / 200, abs=0.5)


def test_a_resolution_that_cannot_be_true_is_not_believed(fake: Any, tmp_path: Path) -> None:
    fake.missing()
    raw = extract(saved(tmp_path / "photo.jpg", (4000, 3000), dpi=(72, 72)))
    assert raw.pages[0].width == pytest.approx(842)


def test_pages_of_a_tiff(fake: Any, table: Table, tmp_path: Path) -> None:
    fake.answers(swe=table(GOOD))
    raw = extract(saved(tmp_path / "fax.tif", (800, 600), (600, 800)))
    assert [(p.number, (p.width or 0) > (p.height or 0)) for p in raw.pages] == [
        (1, True), (2, False)
    ]  # fmt: skip
    assert raw.ocr_pages == [1, 2]


def test_of_a_moving_picture_the_first_is_read(fake: Any, tmp_path: Path) -> None:
    fake.missing()
    first, second = (Image.new("L", (80, 60), level) for level in (0, 255))
    first.save(tmp_path / "a.gif", save_all=True, append_images=[second])
    assert len(extract(tmp_path / "a.gif").pages) == 1


def test_a_camera_held_upright(fake: Any, tmp_path: Path) -> None:
    fake.missing()
    exif = Image.Exif()
    exif[0x0112] = 6
    page = extract(saved(tmp_path / "a.jpg", (800, 600), exif=exif)).pages[0]
    assert (page.height or 0) > (page.width or 0)


def test_what_was_not_read_surely_is_kept_as_notes(fake: Any, table: Table, tmp_path: Path) -> None:
    fake.answers(swe=table([("Bk ll mjo", 35), ("fler båtar", 60)]))
    raw = extract(saved(tmp_path / "wall.jpg"))
    for item in raw.pages[0].items:
        assert isinstance(item, RawParagraph)
        assert (item.role, item.style) == (BlockRole.NOTE, "ocr")
    (problem,) = raw.problems
    assert (problem.code, problem.page) == ("transcribe", 1)
    assert "wall.jpg.p1.txt" in problem.hint
    assert raw.ocr_pages == [1]


def test_one_bad_line_on_a_good_page(fake: Any, table: Table, tmp_path: Path) -> None:
    fake.answers(swe=table([*GOOD, *GOOD, ("jlft qv", 12)]))
    items = extract(saved(tmp_path / "board.png")).pages[0].items
    assert [isinstance(item, RawLine) for item in items] == [True] * 6 + [False]


def test_a_photo_with_a_stray_letter_asks_nobody_to_type(
    fake: Any, table: Table, tmp_path: Path
) -> None:
    fake.answers(swe=table([("sa l", 30)]))
    raw = extract(saved(tmp_path / "people.jpg"))
    assert [(p.code, p.severity) for p in raw.problems] == [("page-without-text", "info")]


def test_without_tesseract_the_pages_and_packages_are_named(fake: Any, tmp_path: Path) -> None:
    fake.missing()
    raw = extract(saved(tmp_path / "fax.tif", *[(80, 60)] * 4))
    (problem,) = raw.problems
    assert problem.code == "ocr-missing"
    assert "pages 1-4 were not read" in problem.message
    assert "tesseract-ocr tesseract-ocr-swe" in problem.hint
    assert "fax.tif.p1.txt" in problem.hint


def test_without_swedish_it_is_told(fake: Any, table: Table, tmp_path: Path) -> None:
    fake.answers(languages=("eng",), eng=table(GOOD))
    (problem,) = extract(saved(tmp_path / "board.png")).problems
    assert (problem.code, problem.severity) == ("read-by-ocr", "warning")
    assert "tesseract-ocr-swe" in problem.hint


def test_a_page_that_fails_is_named_and_the_others_are_read(fake: Any, tmp_path: Path) -> None:
    fake.answers(code=3)
    raw = extract(saved(tmp_path / "fax.tif", (80, 60), (80, 60)))
    assert codes(raw) == [("ocr-failed", 1), ("ocr-failed", 2)]


def test_another_language_is_tried_where_it_reads_more_surely(
    fake: Any, table: Table, tmp_path: Path
) -> None:
    fake.answers(
        languages=("eng", "nor", "swe"),
        swe=table([("Kåre fölger opp soknaden", 75)]),
        eng=table([("Kare folger opp soknaden", 78)]),
        nor=table([("Kåre følger opp søknaden", 96)]),
    )
    assert shown(extract(saved(tmp_path / "board.png"))) == ["Kåre følger opp søknaden"]


def test_where_no_language_helps_the_missing_ones_are_named(
    fake: Any, table: Table, tmp_path: Path
) -> None:
    fake.answers(swe=table([("Kåre fölger opp soknaden", 75)]))
    (problem,) = extract(saved(tmp_path / "board.png")).problems
    assert "tesseract-ocr-nor tesseract-ocr-dan tesseract-ocr-fin" in problem.hint


def test_english_is_read_as_english(fake: Any, table: Table, tmp_path: Path) -> None:
    text = "What we will do with the money that is left and who is to do it"
    fake.answers(swe=table([(text.replace("W", "w"), 92)]), eng=table([(text, 96)]))
    assert shown(extract(saved(tmp_path / "board.png"))) == [text]


def test_a_page_upside_down_is_turned(fake: Any, table: Table, tmp_path: Path) -> None:
    fake.answers(swe=table([("uoq pnu", 20)]), osd="Rotate: 90\n")
    raw = extract(saved(tmp_path / "board.png", (800, 600)))
    assert [line.split("-l ")[1].split()[0] for line in fake.asked()[1:]] == ["swe", "osd", "swe"]
    assert (raw.pages[0].width or 0) > (raw.pages[0].height or 0), "turning helped nothing"


def test_typed_text_goes_before_reading(fake: Any, tmp_path: Path) -> None:
    fake.answers(code=1)
    path = saved(tmp_path / "wall.jpg")
    typed = "Idéer\n\n- fler båtplatser\n- en bastu vid Åviken\n"
    (tmp_path / "wall.jpg.txt").write_text(typed, encoding="utf-8")
    raw = extract(path)
    document = lay_out(raw, SourceInfo("source-x", "x", "0" * 64, "image/jpeg", "image"))
    found = [(b.kind, b.text) for _, b in document.blocks()]
    assert found == [
        (BlockKind.TITLE, "Idéer"),
        (BlockKind.LIST_ITEM, "fler båtplatser"),
        (BlockKind.LIST_ITEM, "en bastu vid Åviken"),
    ]
    assert not raw.problems
    assert not raw.ocr_pages


def test_typed_text_stands_without_any_program(fake: Any, tmp_path: Path) -> None:
    fake.missing()
    path = tmp_path / "wall.heic"
    path.write_bytes(b"\0\0\0\x18ftypheic" + bytes(40))
    (tmp_path / "wall.heic.p1.txt").write_text("Fler bojar", encoding="utf-8")
    assert shown(extract(path)) == ["Fler bojar"]


def test_a_typed_page_among_pages_that_are_read(fake: Any, table: Table, tmp_path: Path) -> None:
    fake.answers(swe=table(GOOD))
    path = saved(tmp_path / "fax.tif", (800, 600), (800, 600))
    (tmp_path / "fax.tif.p2.txt").write_text("Skrivet för hand\n- en brygga", encoding="utf-8")
    raw = extract(path)
    assert raw.ocr_pages == [1]
    assert " ".join(shown(raw)) == f"{TEXT} Skrivet för hand en brygga"


def test_heic_without_a_program_says_what_to_do(fake: Any, tmp_path: Path) -> None:
    fake.missing()
    path = tmp_path / "wall.heic"
    path.write_bytes(b"\0\0\0\x18ftypheic" + bytes(40))
    with pytest.raises(InputError, match="HEIC") as caught:
        extract(path)
    assert "JPEG" in caught.value.hint


def test_heic_is_opened_by_a_program(fake: Any, table: Table, tmp_path: Path) -> None:
    fake.answers(swe=table(GOOD))
    picture = saved(tmp_path / "made.png", (640, 480))
    program = fake.folder / "heif-dec"
    program.write_text(f'#!/bin/sh\ncp "{picture}" "$2"\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    path = tmp_path / "wall.heic"
    path.write_bytes(b"\0\0\0\x18ftypheic" + bytes(40))
    raw = extract(path)
    assert " ".join(shown(raw)) == TEXT
    program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    with pytest.raises(DamagedInputError, match="heif-dec"):
        extract(path)


def png(wide: int, high: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def test_a_picture_with_too_many_dots_is_not_opened(fake: Any, tmp_path: Path) -> None:
    fake.missing()
    (tmp_path / "bomb.png").write_bytes(png(60_000, 60_000))
    with pytest.raises(LimitError, match=r"bomb\.png"):
        extract(tmp_path / "bomb.png")


def test_a_picture_with_too_many_pages_is_not_read(
    fake: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.missing()
    monkeypatch.setattr("pipeline.extractors.picture_files._MOST_PAGES", 2)
    with pytest.raises(LimitError, match="3 pictures"):
        extract(saved(tmp_path / "fax.tif", *[(8, 6)] * 3))


def test_half_a_picture_is_damaged(fake: Any, tmp_path: Path) -> None:
    fake.missing()
    noise = Image.frombytes("L", (300, 300), os.urandom(90_000))
    noise.save(tmp_path / "half.jpg")
    data = (tmp_path / "half.jpg").read_bytes()
    (tmp_path / "half.jpg").write_bytes(data[: len(data) // 2])
    with pytest.raises(DamagedInputError, match=r"half\.jpg"):
        extract(tmp_path / "half.jpg")


HEADS = (
    b"",
    b"\xff\xd8\xff\xe0",
    b"\x89PNG\r\n\x1a\n",
    b"II*\0\x08\0\0\0",
    b"MM\0*",
    b"BM",
    b"GIF89a",
)


@given(head=st.sampled_from(HEADS), data=st.binary(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(fake: Any, tmp_path: Path, head: bytes, data: bytes) -> None:
    fake.missing()
    (tmp_path / "x.png").write_bytes(head + data)
    with suppress(SamsynError):
        assert extract(tmp_path / "x.png").pages


def test_a_picture_on_a_slide_has_its_places(fake: Any, table: Table, tmp_path: Path) -> None:
    fake.answers(swe=table(GOOD))
    data = saved(tmp_path / "a.png", (2000, 1500)).read_bytes()
    reading = read_image(data, (100, 50, 500, 350))
    assert reading is not None
    assert reading.believed
    bbox = reading.lines[0].bbox
    assert bbox is not None
    assert bbox[0] == pytest.approx(100 + 60 * 0.2, abs=0.2)
    fake.missing()
    assert read_image(data, (0, 0, 1, 1)) is None


LINES = ("Beslut från höstmötet på Åsen", "Bryggan lagas före 1 maj", "Örjan frågar hamnkaptenen")


@pytest.mark.parametrize("turn", [0, 180, 2.5])
def test_the_real_program_reads_a_page(
    drawn: Callable[..., Image.Image], tmp_path: Path, turn: float
) -> None:
    page = drawn(*LINES).rotate(turn, Image.Resampling.BICUBIC, fillcolor=255)
    page.save(tmp_path / "board.png")
    assert " ".join(shown(extract(tmp_path / "board.png"))) == " ".join(LINES)


def test_each_page_finds_its_own_language(fake: Any, table: Table, tmp_path: Path) -> None:
    """One English page must not make the Swedish ones after it lose their rings and dots."""
    text = "What we will do with the money that is left and who is to do it"
    fake.answers(swe=table([(text, 92)]), eng=table([(text, 96)]))
    extract(saved(tmp_path / "fax.tif", (80, 60), (80, 60)))
    asked = sorted(line.split("-l ")[1].split()[0] for line in fake.asked()[1:])
    assert asked == ["eng", "eng", "swe", "swe"]
