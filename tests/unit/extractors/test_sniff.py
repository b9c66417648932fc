"""Files are known by what is in them."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import docx
import pptx
import pytest

from pipeline.extractors import media as module
from pipeline.extractors.sniff import sniff


def written(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def retyped(source: Path, target: Path, old: str, new: str) -> Path:
    """A copy of an Office file whose main part has another content type."""
    with ZipFile(source) as before, ZipFile(target, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "[Content_Types].xml":
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            after.writestr(name, data)
    return target


@pytest.fixture
def word(tmp_path: Path) -> Path:
    docx.Document().save(str(tmp_path / "plain.docx"))
    return tmp_path / "plain.docx"


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    pptx.Presentation().save(str(tmp_path / "plain.pptx"))
    return tmp_path / "plain.pptx"


def test_word(word: Path) -> None:
    assert sniff(word) == module.DOCX


def test_word_under_another_name(word: Path) -> None:
    assert sniff(word.rename(word.with_suffix(".pdf"))) == module.DOCX


def test_presentation(deck: Path) -> None:
    assert sniff(deck) == module.PPTX


@pytest.mark.parametrize(
    ("content_type", "media_type"),
    [
        (f"{module.PPSX}.main+xml", module.PPSX),
        ("application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml", module.PPTM),
        ("application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml", module.PPSM),
    ],
)
def test_kinds_of_presentations(
    deck: Path, tmp_path: Path, content_type: str, media_type: str
) -> None:
    other = retyped(deck, tmp_path / "x.pptx", f"{module.PPTX}.main+xml", content_type)
    assert sniff(other) == media_type


def test_word_with_macros(word: Path, tmp_path: Path) -> None:
    macro = "application/vnd.ms-word.document.macroEnabled.main+xml"
    other = retyped(word, tmp_path / "x.docx", f"{module.DOCX}.main+xml", macro)
    assert sniff(other) == module.DOCM


@pytest.mark.parametrize(
    "head", [b"%PDF-1.7\n%\xe2\xe3", b"\r\n%PDF-1.4\n", b"\xef\xbb\xbf%PDF-1.4"]
)
def test_pdf(tmp_path: Path, head: bytes) -> None:
    assert sniff(written(tmp_path / "x.bin", head + b"\0\1\2")) == module.PDF


def test_pdf_after_the_lines_of_a_mail_program(tmp_path: Path) -> None:
    assert sniff(written(tmp_path / "x.pdf", b"X-Sent: yes\n%PDF-1.5\n\0")) == module.PDF


def test_text_about_pdf_is_text(tmp_path: Path) -> None:
    assert sniff(written(tmp_path / "x.txt", "Filen börjar med %PDF-1.4 sa hon.")) == module.TEXT


@pytest.mark.parametrize("name", ["a.md", "a.markdown", "a.MD"])
def test_markdown_by_name(tmp_path: Path, name: str) -> None:
    assert sniff(written(tmp_path / name, "bara text")) == module.MARKDOWN


@pytest.mark.parametrize(
    "text",
    [
        "# Träff\n\ntext\n\n## Mål\n\ntext\n",
        "| tid | vad |\n|---|---|\n| 9 | fika |\n",
        "att göra\n\n- [ ] boka\n- [x] ringa\n",
        "# Träff\n\n- [ ] boka\n",
    ],
)
def test_markdown_by_content(tmp_path: Path, text: str) -> None:
    assert sniff(written(tmp_path / "x.txt", text)) == module.MARKDOWN


@pytest.mark.parametrize(
    "text",
    [
        "Träff i Sjöbo\n\n- boka\n- ringa\n",
        "# fika\n# lunch\n# middag\n",
        "a | b\nc | d\n",
        "Träff\n-----\nmål och medel\n",
        "#1 blev dyr\n#2 blev bra\n",
        "sida ett\n# a\nx\n\f# b\ny\n",
    ],
)
def test_plain_text(tmp_path: Path, text: str) -> None:
    assert sniff(written(tmp_path / "x.txt", text)) == module.TEXT


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-8-sig"])
def test_text_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    assert sniff(written(tmp_path / "x.txt", "Möte på ön\när då?".encode(encoding))) == module.TEXT


def test_text_with_the_end_mark_of_old_editors(tmp_path: Path) -> None:
    assert sniff(written(tmp_path / "x.txt", b"hej\x1a")) == module.TEXT


def test_long_white_space_before_text(tmp_path: Path) -> None:
    assert sniff(written(tmp_path / "x.txt", " \n" * 50_000 + "hej")) == module.TEXT


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"\xff\xd8\xff\xe0\0\x10JFIF", module.JPEG),
        (b"\x89PNG\r\n\x1a\n\0\0", module.PNG),
        (b"GIF89a\1\0", module.GIF),
        (b"RIFF\1\2\3\4WEBPVP8 ", module.WEBP),
        (b"\0\0\0\x18ftypheic\0", module.HEIC),
        (b"{\\rtf1\\ansi Hej}", module.RTF),
        (b"<!DOCTYPE html><html><body>Hej", module.HTML),
        (b"<!-- x -->\n<html lang='sv'>", module.HTML),
        (b"From: a@example.org\nSubject: x\n y\nMIME-Version: 1.0\n\nhej", module.MAIL),
    ],
)
def test_other_formats_under_any_name(tmp_path: Path, data: bytes, media_type: str) -> None:
    assert sniff(written(tmp_path / "x.pdf", data)) == media_type


@pytest.mark.parametrize(
    ("stream", "media_type"),
    [
        ("WordDocument", module.DOC),
        ("PowerPoint Document", module.PPT),
        ("Workbook", module.XLS),
    ],
)
def test_old_office(tmp_path: Path, stream: str, media_type: str) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + stream.encode("utf-16-le") + b"\0" * 100
    assert sniff(written(tmp_path / "x.doc", data)) == media_type


@pytest.mark.parametrize(
    ("declared", "media_type"),
    [
        ("application/vnd.oasis.opendocument.presentation", module.ODP),
        ("application/vnd.oasis.opendocument.text-template", module.ODT),
        ("application/vnd.oasis.opendocument.spreadsheet", module.ODS),
    ],
)
def test_open_document(tmp_path: Path, declared: str, media_type: str) -> None:
    with ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("mimetype", declared)
    assert sniff(tmp_path / "x.zip") == media_type


def test_flat_open_document(tmp_path: Path) -> None:
    text = (
        '<?xml version="1.0"?>\n<office:document '
        'office:mimetype="application/vnd.oasis.opendocument.text" office:version="1.3">'
    )
    assert sniff(written(tmp_path / "x.fodt", text)) == module.ODT


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("wordprocessingml.template", module.DOCX),
        ("presentationml.template", module.PPTX),
        ("spreadsheetml.template", module.XLSX),
    ],
)
def test_templates_are_documents(tmp_path: Path, kind: str, media_type: str) -> None:
    part = {"w": "word/document.xml", "p": "ppt/presentation.xml", "s": "xl/workbook.xml"}[kind[0]]
    content = f"application/vnd.openxmlformats-officedocument.{kind}.main+xml"
    with ZipFile(tmp_path / "mall.dotx", "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types><Override PartName="/{part}" ContentType="{content}"/></Types>',
        )
        archive.writestr(part, "<x/>")
    assert sniff(tmp_path / "mall.dotx") == media_type


def test_values_parted_by_semicolons_by_name(tmp_path: Path) -> None:
    assert sniff(written(tmp_path / "lista.csv", "Namn;Ort\nRut;Ed")) == module.CSV
