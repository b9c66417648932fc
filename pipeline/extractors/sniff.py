"""What kind of file this is, by its content; and whether a zip is safe to open.

The name only decides between Markdown and plain text, and between «broken» and «something
else». Every refusal says what the file is and what to do about it.
"""

from __future__ import annotations

import mmap
import re
import struct
from itertools import pairwise
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from pipeline.errors import (
    DamagedInputError,
    EmptyInputError,
    EncryptedInputError,
    InputError,
    LimitError,
    UnknownFormatError,
)
from pipeline.extractors.encoding import decode

_OOXML = "application/vnd.openxmlformats-officedocument"
PDF = "application/pdf"
MARKDOWN = "text/markdown"
TEXT = "text/plain"
PPTX = f"{_OOXML}.presentationml.presentation"
PPSX = f"{_OOXML}.presentationml.slideshow"
PPTM = "application/vnd.ms-powerpoint.presentation.macroEnabled.12"
PPSM = "application/vnd.ms-powerpoint.slideshow.macroEnabled.12"
DOCX = f"{_OOXML}.wordprocessingml.document"
DOCM = "application/vnd.ms-word.document.macroEnabled.12"

_HEAD = 64 * 1024
_MAX_TOTAL = 2 * 1024**3
_MAX_ENTRIES = 10_000
_MAX_RATIO = 200
_MAX_PACKED_XML = 50 * 1024**2
_MAX_PART = 4 * 1024**2
_MAX_CONTROL = 0.02

_SAVE_AS = "open it in the program that made it and save it as PDF, DOCX or PPTX"
_AGAIN = "export it again from the program that made it, or copy it again from where it came"
_PICTURE = "put the picture into a PDF, or type its text into a DOCX, Markdown or text file"
_UNPACK = "unpack it and name the files inside"

_MAIN_PARTS = {
    f"{PPTX}.main+xml": PPTX,
    f"{PPSX}.main+xml": PPSX,
    f"{PPTM.removesuffix('.12')}.main+xml": PPTM,
    f"{PPSM.removesuffix('.12')}.main+xml": PPSM,
    f"{DOCX}.main+xml": DOCX,
    f"{DOCM.removesuffix('.12')}.main+xml": DOCM,
}
_OTHER_OFFICE = (
    (
        "spreadsheetml.sheet.main",
        "an Excel workbook",
        "save the sheets as PDF, or paste them into a DOCX",
    ),
    ("ms-excel.sheet", "an Excel workbook", "save the sheets as PDF, or paste them into a DOCX"),
    ("template.ma", "an Office template", "open it and save it as DOCX or PPTX"),
    ("visio", "a Visio drawing", _SAVE_AS),
)
_OPEN_DOCUMENT = {
    "presentation": "an OpenDocument presentation",
    "text": "an OpenDocument text",
    "spreadsheet": "an OpenDocument spreadsheet",
}
_OLD_OFFICE = (
    ("PowerPoint Document", "an old PowerPoint file (PPT)", "save it as PPTX"),
    ("WordDocument", "an old Word file (DOC)", "save it as DOCX"),
    ("Workbook", "an old Excel file (XLS)", "save the sheets as PDF"),
    ("__substg1.0_", "an Outlook message", "save the message as text or PDF"),
)
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (rb"\xff\xd8\xff", "a JPEG picture", _PICTURE),
    (rb"\x89PNG", "a PNG picture", _PICTURE),
    (rb"GIF8[79]a", "a GIF picture", _PICTURE),
    (rb"II\*\0|MM\0\*", "a TIFF picture", _PICTURE),
    (rb"BM.{4}\0{4}", "a BMP picture", _PICTURE),
    (rb"RIFF.{4}WEBP", "a WebP picture", _PICTURE),
    (rb".{4}ftyp(?:hei|hev|mif1|msf1|avif)", "a HEIC or AVIF picture", _PICTURE),
    (rb".{4}ftyp", "a film or sound recording", "name a written record of it instead"),
    (
        rb"ID3[\x02-\x04]|OggS\0|RIFF.{4}(?:WAVE|AVI )|fLaC\0",
        "a film or sound recording",
        "name a written record",
    ),
    (rb"\{\\rtf", "an RTF document", "open it in Word or LibreOffice and save it as DOCX"),
    (rb"%!PS", "a PostScript file", "save it as PDF"),
    (rb"Rar!\x1a|7z\xbc\xaf|\x1f\x8b\x08|BZh\d1AY|\xfd7zXZ", "a packed archive", _UNPACK),
    (rb"MZ.{30,}PE\0\0|\x7fELF", "a program", "name the document instead"),
    (rb"SQLite format 3\0", "an SQLite database", "name the documents instead"),
)
_MARKUP: tuple[tuple[str, str, str], ...] = (
    (r"<svg\b", "an SVG picture", _PICTURE),
    (r"<!doctype html|<html\b|<head\b|<body\b", "a web page (HTML)", "print it to a PDF"),
    (r"<\?xml\b", "an XML file", _SAVE_AS),
)
_MAIL = re.compile(r"\A(?:[\w-]+:.*\n(?:[ \t].*\n)*)*?MIME-Version:", re.IGNORECASE)
_MARKDOWN_NAMES = {".md", ".markdown", ".mdown", ".mkd"}
_MUST_BEGIN = {
    ".pdf": "a PDF",
    ".docx": "a Word document",
    ".docm": "a Word document",
    ".pptx": "a PowerPoint presentation",
    ".pptm": "a PowerPoint presentation",
    ".ppsx": "a PowerPoint presentation",
}
_ATX = re.compile(r"(#{1,6})[ \t]+\S")
_TASK = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]\s")
_TABLE_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)*[ \t]*(?::?-{2,}:?[ \t]*)?$")


def sniff(path: Path) -> str:
    """Media type of a file, e.g. `application/pdf`, `text/markdown`.

    Raises the `InputError` that fits: `EmptyInputError`, `EncryptedInputError`,
    `DamagedInputError`, `UnknownFormatError`, or `LimitError` for a zip that is not safe to open.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        return _media_type(path, head)
    except OSError as error:
        raise InputError(
            f"{path.name} cannot be read: {error.strerror or error}",
            "check that the file is there, that it may be read and is not open elsewhere",
        ) from error


def check_zip(path: Path) -> None:
    """Refuse a zip that would fill the memory: raises `LimitError` or `DamagedInputError`."""
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
    except (FileNotFoundError, PermissionError):
        raise
    except (BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as error:
        raise _damaged(path, "is cut off or broken") from error
    if len(entries) > _MAX_ENTRIES:
        raise _too_large(path, f"holds {len(entries)} parts")
    if sum(entry.file_size for entry in entries) > _MAX_TOTAL:
        raise _too_large(path, "unpacks to more than 2 GiB")
    if any(_is_bomb(entry) for entry in entries):
        raise _too_large(path, "holds a part that unpacks to far more than a document needs")


def _is_bomb(entry: ZipInfo) -> bool:
    is_xml = entry.filename.lower().endswith((".xml", ".rels"))
    ratio = entry.file_size / max(entry.compress_size, 1)
    return is_xml and entry.file_size > _MAX_PACKED_XML and ratio > _MAX_RATIO


def _media_type(path: Path, head: bytes) -> str:
    if not decode(head).strip("\0\ufeff").strip():
        _refuse_blank(path, head)
    start = head.lstrip(b"\xef\xbb\xbf\t\r\n\f ")
    if start.startswith(b"%PDF-") or _late_pdf(path, head):
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_type(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _legacy(path)
    for magic, kind, hint in _MAGIC:
        if re.match(magic, head, re.DOTALL):
            raise _unknown(path, kind, hint)
    return _text_type(path, head)


def _refuse_blank(path: Path, head: bytes) -> None:
    """Nothing but white space, or nothing but zero bytes, at least as far as was read."""
    data = head if len(head) < _HEAD else path.read_bytes()
    if data and not data.strip(b"\0"):
        raise _damaged(path, "holds nothing but zero bytes; a copy or a sync went wrong")
    if not decode(data).strip():
        raise EmptyInputError(
            f"{path.name} is empty",
            "check that it was saved, and that it has been downloaded and not only linked",
        )


def _late_pdf(path: Path, head: bytes) -> bool:
    """Some mail programs put lines in front of a PDF; its readers look at the first kilobyte."""
    found = re.search(rb"%PDF-\d\.\d", head[:1024])
    return bool(found) and (path.suffix.lower() == ".pdf" or b"\0" in head)


def _zip_type(path: Path) -> str:
    try:
        with ZipFile(path) as archive:
            names = {name.lstrip("/"): name for name in archive.namelist()}
            if "[Content_Types].xml" in names:
                _refuse_locked(path, archive)
                types = _part(archive, names["[Content_Types].xml"])
                media_type = _office_type(path, types, names)
            else:
                raise _other_zip(path, archive, names)
    except InputError:
        raise
    except Exception as error:  # zlib, lzma and struct errors, whatever unpacking may say
        raise _damaged(path, "is cut off or broken") from error
    check_zip(path)
    return media_type


def _part(archive: ZipFile, name: str) -> str:
    with archive.open(name) as part:
        return decode(part.read(_MAX_PART))


def _refuse_locked(path: Path, archive: ZipFile) -> None:
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise _encrypted(path)


def _office_type(path: Path, types: str, names: dict[str, str]) -> str:
    """The media type by the content type of the main part, which must be there."""
    present = {name.lower() for name in names}
    for row in re.findall(r"<(?:\w+:)?(?:Override|Default)\b[^>]*>", types):
        found = dict(re.findall(r"(\w+)\s*=\s*[\"']([^\"']*)[\"']", row))
        media_type = _MAIN_PARTS.get(found.get("ContentType", ""))
        usual = "word/document.xml" if "word" in row else "ppt/presentation.xml"
        main = found.get("PartName", usual).lstrip("/").lower()
        if media_type and main in present:
            return media_type
        if media_type:
            raise _damaged(path, "has lost its main part")
    for mark, kind, hint in _OTHER_OFFICE:
        if mark in types:
            raise _unknown(path, kind, hint)
    if any(name.startswith(("word/", "ppt/")) for name in present):
        raise _damaged(path, "has lost its main part")
    raise _unknown(path, "an Office package of another kind", _SAVE_AS)


def _other_zip(path: Path, archive: ZipFile, names: dict[str, str]) -> InputError:
    declared = _part(archive, names["mimetype"])[:200].strip() if "mimetype" in names else ""
    for ending, kind in _OPEN_DOCUMENT.items():
        if declared.startswith(f"application/vnd.oasis.opendocument.{ending}"):
            return _unknown(path, kind, "open it in LibreOffice and save it as PPTX, DOCX or PDF")
    if declared == "application/epub+zip":
        return _unknown(path, "an e-book (EPUB)", _SAVE_AS)
    if any(name.endswith((".iwa", "index.apxl")) for name in names):
        return _unknown(path, "a Keynote or Pages document", "export it as PDF, PPTX or DOCX")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return _damaged(path, "has lost its list of contents")
    return _unknown(path, "a zip archive", _UNPACK)


def _legacy(path: Path) -> InputError:
    """An OLE container: a password-protected Office file, or one from before 2007."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            return _encrypted(path)
        for name, kind, hint in _OLD_OFFICE:
            if data.find(name.encode("utf-16-le")) >= 0:
                return _unknown(path, kind, f"open it and {hint}")
    return _unknown(path, "an Office file from before 2007", _SAVE_AS)


def _text_type(path: Path, head: bytes) -> str:
    text = decode(head)
    ending = path.suffix.lower()
    if ending not in _MARKDOWN_NAMES:
        _refuse_markup(path, text)
    if ending in _MUST_BEGIN:
        kind = _MUST_BEGIN[ending]
        raise _damaged(path, f"is named like {kind} but does not begin like one")
    if _is_binary(text):
        raise _unknown(path, "no text and no known kind of document", _SAVE_AS)
    if _MAIL.match(text):
        raise _unknown(path, "an e-mail or a saved web page", "save it as text or PDF")
    return MARKDOWN if ending in _MARKDOWN_NAMES or _looks_like_markdown(text) else TEXT


def _refuse_markup(path: Path, text: str) -> None:
    beginning = re.sub(r"\A(?:\s|<!--.*?-->)+", "", text[:4096], flags=re.DOTALL)
    for pattern, kind, hint in _MARKUP:
        look = re.search if beginning.startswith("<?xml") else re.match
        if look(pattern, beginning, re.IGNORECASE):
            raise _unknown(path, kind, hint)


def _is_binary(text: str) -> bool:
    odd = sum(
        1 for char in text if (char < " " and char not in "\t\n\f\x1a\x1b") or char == "\ufffd"
    )
    return odd > _MAX_CONTROL * len(text)


def _looks_like_markdown(text: str) -> bool:
    """Headings under which something stands, tables with a rule, task items: two signs or more.

    «# Fika», «# Lunch» on lines that follow each other are a home-made list. Text with form
    feeds comes from a PDF, whatever it looks like.
    """
    if "\f" in text:
        return False
    lines = [line for line in text.split("\n") if line.strip()]
    depths = [m.group(1) if (m := _ATX.match(line)) else "" for line in lines]
    headings = sum(1 for i, d in enumerate(depths) if d and depths[i + 1 : i + 2] != [d])
    rules = sum(1 for a, b in pairwise(lines) if "|" in a and "|" in b and _TABLE_RULE.match(b))
    tasks = sum(1 for line in lines if _TASK.match(line))
    return headings + 2 * rules + tasks >= 2


def _unknown(path: Path, kind: str, hint: str) -> UnknownFormatError:
    named = f" named {path.suffix.lower()}" if path.suffix else ""
    return UnknownFormatError(f"{path.name} is {kind}{named}", hint)


def _damaged(path: Path, what: str) -> DamagedInputError:
    return DamagedInputError(f"{path.name} {what}", _AGAIN)


def _encrypted(path: Path) -> EncryptedInputError:
    return EncryptedInputError(
        f"{path.name} is protected by a password",
        "open it with the password and save a copy without one",
    )


def _too_large(path: Path, what: str) -> LimitError:
    return LimitError(
        f"{path.name} {what}", "save it again from its program, or take large films and data out"
    )
