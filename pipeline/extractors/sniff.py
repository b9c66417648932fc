"""What kind of file this is, by its content.

The name only decides between kinds of text that look alike, and between «broken» and
«something else». Every refusal says what the file is and what to do about it.
"""

from __future__ import annotations

import mmap
import re
from pathlib import Path

from pipeline.errors import EmptyInputError, InputError
from pipeline.extractors import media
from pipeline.extractors.encoding import decode
from pipeline.extractors.refusals import damaged, encrypted, unknown
from pipeline.extractors.sniff_text import text_type
from pipeline.extractors.sniff_zip import check_zip, zip_type

__all__ = ["check_zip", "sniff"]

_HEAD = 64 * 1024
_UNPACK = "unpack it and name the files inside"
_RECORD = "name a written record of it instead"

_READ: tuple[tuple[bytes, str], ...] = (
    (rb"\xff\xd8\xff", media.JPEG),
    (rb"\x89PNG\r\n\x1a\n", media.PNG),
    (rb"GIF8[79]a", media.GIF),
    (rb"II\*\0|MM\0\*", media.TIFF),
    (rb"BM.{4}\0{4}", media.BMP),
    (rb"RIFF.{4}WEBP", media.WEBP),
    (rb".{4}ftyp(?:hei|hev|mif1|msf1|avif)", media.HEIC),
    (rb"\xffWPC", media.WPD),
)
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (rb".{4}ftyp", "a film or sound recording", _RECORD),
    (
        rb"ID3[\x02-\x04]|OggS\0|RIFF.{4}(?:WAVE|AVI )|fLaC\0",
        "a film or sound recording",
        _RECORD,
    ),
    (rb"%!PS", "a PostScript file", "save it as PDF"),
    (rb"Rar!\x1a|7z\xbc\xaf|\x1f\x8b\x08|BZh\d1AY|\xfd7zXZ", "a packed archive", _UNPACK),
    (rb"MZ.{30,}PE\0\0|\x7fELF", "a program", "name the document instead"),
    (rb"SQLite format 3\0", "an SQLite database", "name the documents instead"),
)
_OLD_OFFICE = (
    ("PowerPoint Document", media.PPT),
    ("WordDocument", media.DOC),
    ("VisioDocument", media.VISIO),
    ("Quill", media.PUBLISHER),
    ("Workbook", media.XLS),
)


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


def _media_type(path: Path, head: bytes) -> str:
    if not decode(head).strip("\0\ufeff").strip():
        _refuse_blank(path, head)
    start = head.lstrip(b"\xef\xbb\xbf\t\r\n\f ")
    if start.startswith(b"%PDF-") or _late_pdf(path, head):
        return media.PDF
    if start.lstrip(b"\0").startswith(b"{\\rtf"):
        return media.RTF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return zip_type(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _old_office_type(path)
    for magic, media_type in _READ:
        if re.match(magic, head, re.DOTALL):
            return media_type
    for magic, kind, hint in _REFUSED:
        if re.match(magic, head, re.DOTALL):
            raise unknown(path, kind, hint)
    return text_type(path, decode(head))


def _refuse_blank(path: Path, head: bytes) -> None:
    """Nothing but white space, or nothing but zero bytes, at least as far as was read."""
    data = head if len(head) < _HEAD else path.read_bytes()
    if data and not data.strip(b"\0"):
        raise damaged(path, "holds nothing but zero bytes; a copy or a sync went wrong")
    if not decode(data).strip():
        raise EmptyInputError(
            f"{path.name} is empty",
            "check that it was saved, and that it has been downloaded and not only linked",
        )


def _late_pdf(path: Path, head: bytes) -> bool:
    """Some mail programs put lines in front of a PDF; its readers look at the first kilobyte."""
    found = re.search(rb"%PDF-\d\.\d", head[:1024])
    return bool(found) and (path.suffix.lower() == ".pdf" or b"\0" in head)


def _old_office_type(path: Path) -> str:
    """An OLE container: a password-protected Office file, or one from before 2007."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise encrypted(path)
        if data.find("__substg1.0_".encode("utf-16-le")) >= 0:
            raise unknown(path, "an Outlook message", "save the message as EML, text or PDF")
        for name, media_type in _OLD_OFFICE:
            if data.find(name.encode("utf-16-le")) >= 0:
                return media_type
    raise unknown(path, "an old Office file of another kind", "save it as PDF, DOCX or PPTX")
