"""Broken, hostile and foreign files are refused with the reason and a way out."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import (
    DamagedInputError,
    EmptyInputError,
    EncryptedInputError,
    InputError,
    LimitError,
    UnknownFormatError,
)
from pipeline.extractors import media as module
from pipeline.extractors import sniff_zip
from pipeline.extractors.docx import extract
from pipeline.extractors.sniff import check_zip, sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def zipped(path: Path, parts: dict[str, bytes | str]) -> Path:
    with ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def refused(path: Path, kind: type[InputError], words: str) -> None:
    with pytest.raises(kind, match=words) as caught:
        sniff(path)
    assert path.name in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    "data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe \0\n\0", b"\xc2\xa0"]
)
@pytest.mark.parametrize("name", ["x.txt", "x.docx", "x.pdf"])
def test_empty(tmp_path: Path, name: str, data: bytes) -> None:
    refused(written(tmp_path / name, data), EmptyInputError, "is empty")


def test_zero_bytes_of_a_failed_sync(tmp_path: Path) -> None:
    refused(written(tmp_path / "x.docx", b"\0" * 70_000), DamagedInputError, "zero bytes")


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        sniff(tmp_path / "nowhere.docx")


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        sniff(tmp_path)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\0\0\0\x18ftypmp42\0", "film"),
        (b'<?xml version="1.0"?><svg xmlns="x"/>', "SVG"),
        (b'<?xml version="1.0"?><data/>', "XML"),
        (b"\x1f\x8b\x08\0\0\0", "packed archive"),
        (b"SQLite format 3\0\1\2", "SQLite"),
    ],
)
def test_other_kinds(tmp_path: Path, data: bytes, words: str) -> None:
    refused(written(tmp_path / "x.pdf", data), UnknownFormatError, words)


def test_binary(tmp_path: Path) -> None:
    refused(written(tmp_path / "x.dat", bytes(range(256)) * 4), UnknownFormatError, "no text")


@pytest.mark.parametrize("name", ["x.pdf", "x.docx", "x.pptx"])
def test_named_like_a_document_but_none(tmp_path: Path, name: str) -> None:
    refused(written(tmp_path / name, b"bara text"), DamagedInputError, "does not begin like one")


def test_password(tmp_path: Path) -> None:
    data = OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 100
    refused(written(tmp_path / "x.docx", data), EncryptedInputError, "password")


@pytest.mark.parametrize(
    ("stream", "words"),
    [
        ("__substg1.0_", "Outlook message"),
        ("Contents", "old Office file"),
    ],
)
def test_old_office(tmp_path: Path, stream: str, words: str) -> None:
    data = OLE + stream.encode("utf-16-le") + b"\0" * 100
    refused(written(tmp_path / "x.doc", data), UnknownFormatError, words)


def types(content_type: str, part: str) -> str:
    return f'<Types><Override PartName="/{part}" ContentType="{content_type}"/></Types>'


def test_binary_excel(tmp_path: Path) -> None:
    sheet = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    parts: dict[str, bytes | str] = {"[Content_Types].xml": types(sheet, "xl/workbook.bin")}
    refused(zipped(tmp_path / "x.xlsx", parts), UnknownFormatError, "XLSB")


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"mimetype": "application/epub+zip"}, "e-book"),
        ({"Index/Document.iwa": "x"}, "Keynote, Pages"),
    ],
)
def test_other_zips(tmp_path: Path, parts: dict[str, bytes | str], words: str) -> None:
    refused(zipped(tmp_path / "x.zip", parts), UnknownFormatError, words)


@pytest.mark.parametrize(
    "parts",
    [
        {"[Content_Types].xml": types(f"{module.DOCX}.main+xml", "word/document.xml")},
        {"[Content_Types].xml": "<Types/>", "word/styles.xml": "<x/>"},
        {"word/document.xml": "<x/>"},
    ],
)
def test_office_file_without_main_part(tmp_path: Path, parts: dict[str, bytes | str]) -> None:
    refused(zipped(tmp_path / "x.docx", parts), DamagedInputError, "has lost")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "x.docx"
    document = docx.Document()
    document.add_heading("Vårmöte", 0)
    document.add_paragraph("Boka lokal", style="List Number")
    document.add_table(2, 2).cell(0, 0).text = "tid"
    document.save(str(path))
    return path.read_bytes()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_cut_off(tmp_path: Path, whole: bytes, share: float) -> None:
    path = written(tmp_path / "x.docx", whole[: int(len(whole) * share)])
    refused(path, DamagedInputError, "cut off")
    with pytest.raises(DamagedInputError):
        extract(path)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_flipped_bytes_stay_in_the_tree(tmp_path: Path, whole: bytes, data: st.DataObject) -> None:
    broken = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 20))):
        broken[data.draw(st.integers(4, len(broken) - 1))] = data.draw(st.integers(0, 255))
    path = written(tmp_path / "x.docx", bytes(broken))
    for read in (sniff, extract):
        with suppress(InputError):
            read(path)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4", OLE, b"<?xml "]))
def test_any_bytes_stay_in_the_tree(tmp_path: Path, data: bytes, head: bytes) -> None:
    path = written(tmp_path / "x.docx", head + data)
    with suppress(InputError):
        sniff(path)


def test_zip_bomb_of_one_part(tmp_path: Path) -> None:
    bomb = b"<a>" + b" " * (60 * 1024**2)
    with pytest.raises(LimitError, match="far more"):
        check_zip(zipped(tmp_path / "x.docx", {"word/document.xml": bomb}))


def test_zip_of_too_many_parts(tmp_path: Path) -> None:
    parts: dict[str, bytes | str] = {f"{n}": b"" for n in range(10_001)}
    with pytest.raises(LimitError, match="10001 parts"):
        check_zip(zipped(tmp_path / "x.docx", parts))


def test_zip_that_fills_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sniff_zip, "_MAX_TOTAL", 1000)
    with pytest.raises(LimitError, match="2 GiB"):
        check_zip(zipped(tmp_path / "x.docx", {"word/media/film.mp4": b"x" * 2000}))


def test_a_bomb_is_not_opened_as_a_document(tmp_path: Path) -> None:
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": types(f"{module.DOCX}.main+xml", "word/document.xml"),
        "word/document.xml": b" " * (60 * 1024**2),
    }
    path = zipped(tmp_path / "x.docx", parts)
    with pytest.raises(LimitError):
        sniff(path)
    with pytest.raises(LimitError):
        extract(path)
