"""Formats that LibreOffice reads for us: Word, PowerPoint and Excel from before 2007, and others.

It makes a file of a newer format in a folder of its own, and that format's own reader reads it.
What the outside program may do, and what its failures mean, is left to `soffice`.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline import registry
from pipeline.errors import EncryptedInputError, InputError, UnknownFormatError
from pipeline.extractors import media
from pipeline.extractors.media import DOC, DOCX, ODG, PDF, PPT, PPTX, XLS, XLSX
from pipeline.extractors.sniff import sniff
from pipeline.extractors.soffice import convert
from pipeline.model.raw import RawDocument

_ENDINGS = {DOCX: "docx", PPTX: "pptx", XLSX: "xlsx", PDF: "pdf"}
_SECTOR = 512
_WORD = {b"\xec\xa5", b"\xdc\xa5"}
_SLIDES_LOCK = re.compile(rb"\0\0\xf6\x0f.{4}\x14\0\0\0\xdf\xc4\xd1\xf3", re.DOTALL)
_SHEETS_LOCK = re.compile(rb"\x09\x08(?:\x10\0.{16}|\x08\0.{8})(?:\x86\0\0\0)?\x2f\0", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Conversion:
    """By which component a kind of file is opened, its usual ending, and as what it is saved."""

    component: str
    ending: str
    target: str


CONVERSIONS = {
    DOC: Conversion("writer", "doc", DOCX),
    PPT: Conversion("impress", "ppt", PPTX),
    XLS: Conversion("calc", "xls", XLSX),
    media.SXW: Conversion("writer", "sxw", DOCX),
    media.SXI: Conversion("impress", "sxi", PPTX),
    media.WPD: Conversion("writer", "wpd", DOCX),
    media.PAGES: Conversion("writer", "pages", DOCX),
    media.KEYNOTE: Conversion("impress", "key", PPTX),
    ODG: Conversion("draw", "odg", PDF),
    media.VISIO: Conversion("draw", "vsd", PDF),
    media.PUBLISHER: Conversion("draw", "pub", PDF),
}
"""Media types that are read by way of another format. Drawings have no order but their place."""


def extract(path: Path, media_type: str | None = None) -> RawDocument:
    """Read a file of one of the `CONVERSIONS`; its type is told by its content if not given.

    Raises `MissingProgramError` without LibreOffice, `EncryptedInputError` for a file with a
    password, `DamagedInputError` where LibreOffice cannot open it, and what the newer format's
    reader raises.
    """
    media_type = media_type or sniff(path)
    conversion = CONVERSIONS.get(media_type)
    reader = registry.extractors().get(conversion.target) if conversion else None
    if conversion is None or reader is None:
        raise UnknownFormatError(
            f"{path.name} is of the type {media_type}, which is not read through LibreOffice",
            "save it as PPTX, DOCX, PDF or text",
        )
    with TemporaryDirectory(prefix="samsyn-", ignore_cleanup_errors=True) as folder:
        # A copy under a plain name: LibreOffice leaves lock files beside what it opens.
        source = Path(folder, f"source.{conversion.ending}")
        shutil.copyfile(path, source)
        try:
            result = convert(source, _ENDINGS[conversion.target], conversion.component, path.name)
            document: RawDocument = registry.load(reader)(result)
        except InputError as error:
            if _is_locked(source, media_type):
                raise EncryptedInputError(
                    f"{path.name} is protected by a password",
                    "open it with the password and save a copy without one",
                ) from error
            raise type(error)(_named(error.message, source, path), error.hint) from error
    return document


def _named(message: str, source: Path, path: Path) -> str:
    """A message about the copy as one about the user's own file."""
    return re.sub(rf"{source.stem}\.\w+", lambda _: path.name, message)


def _is_locked(path: Path, media_type: str) -> bool:
    """Whether an Office file from before 2007 asks for a password."""
    look = _LOCKS.get(media_type)
    return look is not None and path.stat().st_size > 0 and look(path.read_bytes())


def _word_lock(data: bytes) -> bool:
    """The flag `fEncrypted` of the file information block ([MS-DOC] 2.5.2) at a sector."""
    blocks = (n for n in range(0, len(data) - 12, _SECTOR) if data[n : n + 2] in _WORD)
    first = next(blocks, None)
    return first is not None and bool(data[first + 11] & 1)


def _slides_lock(data: bytes) -> bool:
    """The token of the current user's record ([MS-PPT] 2.3.2)."""
    return bool(_SLIDES_LOCK.search(data))


def _sheets_lock(data: bytes) -> bool:
    """A record `FilePass` after the beginning of the workbook ([MS-XLS] 2.4.117)."""
    return any(_SHEETS_LOCK.match(data, n) for n in range(0, len(data), _SECTOR))


_LOCKS = {
    DOC: _word_lock,
    PPT: _slides_lock,
    XLS: _sheets_lock,
}
