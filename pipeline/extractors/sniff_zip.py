"""What a zip is: an Office or OpenDocument file, an archive; and whether it is safe to open."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from pipeline.errors import InputError
from pipeline.extractors import media
from pipeline.extractors.encoding import decode
from pipeline.extractors.refusals import SAVE_AS, damaged, encrypted, too_large, unknown

_MAX_TOTAL = 2 * 1024**3
_MAX_ENTRIES = 10_000
_MAX_RATIO = 200
_MAX_PACKED_XML = 50 * 1024**2
_MAX_PART = 4 * 1024**2

_MAIN_PARTS = {
    f"{media.PPTX}.main+xml": media.PPTX,
    f"{media.PPSX}.main+xml": media.PPSX,
    f"{media.PPTM.removesuffix('.12')}.main+xml": media.PPTM,
    f"{media.PPSM.removesuffix('.12')}.main+xml": media.PPSM,
    f"{media.DOCX}.main+xml": media.DOCX,
    f"{media.DOCM.removesuffix('.12')}.main+xml": media.DOCM,
    f"{media.XLSX}.main+xml": media.XLSX,
    f"{media.XLSM.removesuffix('.12')}.main+xml": media.XLSM,
}
# A template holds what a document of its kind does.
_MAIN_PARTS |= {
    kind.replace(part, "template.main"): media_type
    for kind, media_type in list(_MAIN_PARTS.items())
    for part in ("document.main", "presentation.main", "sheet.main")
    if part in kind and media_type in (media.DOCX, media.PPTX, media.XLSX)
}
_USUAL_PARTS = {
    "word": "word/document.xml",
    "ppt": "ppt/presentation.xml",
    "xl": "xl/workbook.xml",
}
_OTHER_OFFICE = (
    ("ms-excel.sheet.binary", "a binary Excel workbook (XLSB)", "save it as XLSX"),
    ("visio", "a Visio drawing", SAVE_AS),
)
_OPEN_DOCUMENT = (
    ("presentation", media.ODP),
    ("text", media.ODT),
    ("spreadsheet", media.ODS),
    ("graphics", media.ODG),
)
_IWORK = {".key": media.KEYNOTE, ".pages": media.PAGES}
_OFFICE_FOLDERS = ("word/", "ppt/", "xl/")


def check_zip(path: Path) -> None:
    """Refuse a zip that would fill the memory: raises `LimitError` or `DamagedInputError`."""
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
    except (FileNotFoundError, PermissionError):
        raise
    except (BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as error:
        raise damaged(path, "is cut off or broken") from error
    if len(entries) > _MAX_ENTRIES:
        raise too_large(path, f"holds {len(entries)} parts")
    if sum(entry.file_size for entry in entries) > _MAX_TOTAL:
        raise too_large(path, "unpacks to more than 2 GiB")
    if any(_is_bomb(entry) for entry in entries):
        raise too_large(path, "holds a part that unpacks to far more than a document needs")


def _is_bomb(entry: ZipInfo) -> bool:
    is_xml = entry.filename.lower().endswith((".xml", ".rels"))
    ratio = entry.file_size / max(entry.compress_size, 1)
    return is_xml and entry.file_size > _MAX_PACKED_XML and ratio > _MAX_RATIO


def zip_type(path: Path) -> str:
    """Media type of a zip by its parts; raises the `InputError` that fits."""
    try:
        with ZipFile(path) as archive:
            names = {name.lstrip("/"): name for name in archive.namelist()}
            if "[Content_Types].xml" in names:
                _refuse_locked(path, archive)
                types = _part(archive, names["[Content_Types].xml"])
                media_type = _office_type(path, types, names)
            else:
                media_type = _other_type(path, archive, names)
    except InputError:
        raise
    except Exception as error:  # zlib, lzma and struct errors, whatever unpacking may say
        raise damaged(path, "is cut off or broken") from error
    if media_type != media.ZIP:  # an archive is looked at file by file when it is unpacked
        check_zip(path)
    return media_type


def _part(archive: ZipFile, name: str) -> str:
    with archive.open(name) as part:
        return decode(part.read(_MAX_PART))


def _refuse_locked(path: Path, archive: ZipFile) -> None:
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise encrypted(path)


def _office_type(path: Path, types: str, names: dict[str, str]) -> str:
    """The media type by the content type of the main part, which must be there."""
    present = {name.lower() for name in names}
    for row in re.findall(r"<(?:\w+:)?(?:Override|Default)\b[^>]*>", types):
        found = dict(re.findall(r"(\w+)\s*=\s*[\"']([^\"']*)[\"']", row))
        media_type = _MAIN_PARTS.get(found.get("ContentType", ""))
        if not media_type:
            continue
        folder = next((f for f in ("word", "xl") if f in row or f in media_type), "ppt")
        folder = "xl" if media_type in (media.XLSX, media.XLSM) else folder
        if found.get("PartName", _USUAL_PARTS[folder]).lstrip("/").lower() in present:
            return media_type
        raise damaged(path, "has lost its main part")
    for mark, kind, hint in _OTHER_OFFICE:
        if mark in types:
            raise unknown(path, kind, hint)
    if any(name.startswith(_OFFICE_FOLDERS) for name in present):
        raise damaged(path, "has lost its main part")
    raise unknown(path, "an Office package of another kind", SAVE_AS)


def _iwork_type(path: Path) -> str:
    """Keynote and Pages look alike inside; only the name tells them apart."""
    ending = path.suffix.lower()
    if ending in _IWORK:
        return _IWORK[ending]
    raise unknown(path, "a Keynote, Pages or Numbers document", "export it as PDF, PPTX or DOCX")


def _other_type(path: Path, archive: ZipFile, names: dict[str, str]) -> str:
    declared = _part(archive, names["mimetype"])[:200].strip() if "mimetype" in names else ""
    for ending, media_type in _OPEN_DOCUMENT:
        if declared.startswith(f"application/vnd.oasis.opendocument.{ending}"):
            return media_type
    if declared == "application/epub+zip":
        raise unknown(path, "an e-book (EPUB)", SAVE_AS)
    if declared in (media.SXW, media.SXI):
        return declared
    if any(name.endswith((".iwa", "index.apxl", "index.xml.gz")) for name in names):
        return _iwork_type(path)
    if any(name.startswith(_OFFICE_FOLDERS) for name in names):
        raise damaged(path, "has lost its list of contents")
    return media.ZIP
