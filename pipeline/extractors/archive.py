"""Zip archives: the files inside, written out under safe names and within limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from zipfile import ZipFile, ZipInfo

from pipeline.errors import InputError
from pipeline.extractors.refusals import damaged, encrypted, too_large

_MAX_TOTAL = 4 * 1024**3
_MAX_ENTRIES = 20_000
_MAX_RATIO = 1000
_SMALL = 10 * 1024**2
_CHUNK = 1024**2
_DRIVE = re.compile(r"^[A-Za-z]:")
_LITTER = ("__MACOSX", ".", "~$")


def unpack(path: Path, folder: Path) -> Iterator[tuple[PurePosixPath, Path]]:
    """Write the files of a zip into `folder`: yields each name in the archive and its place.

    Names that lead out of the folder are kept inside it. Raises `EncryptedInputError`,
    `DamagedInputError`, or `LimitError` where the archive unpacks to more than is safe.
    """
    left = _MAX_TOTAL
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > _MAX_ENTRIES:
                raise too_large(path, f"holds {len(entries)} files")
            for entry in entries:
                inner = _safe(entry)
                if inner is None:
                    continue
                if entry.flag_bits & 1:
                    raise encrypted(path)
                target = folder.joinpath(*inner.parts)
                left -= _write(archive, entry, target, min(left, _most(entry)), path)
                yield inner, target
    except InputError:
        raise
    except Exception as error:  # zlib, lzma and struct errors, whatever unpacking may say
        raise damaged(path, "is cut off or broken") from error


def _safe(entry: ZipInfo) -> PurePosixPath | None:
    """The name of a file without anything that leads elsewhere; null for folders and litter."""
    if entry.is_dir():
        return None
    name = _DRIVE.sub("", _decoded(entry).replace("\\", "/"))
    parts = [p for p in name.split("/") if p not in {"", ".", ".."}]
    if not parts or any(p.startswith(_LITTER) for p in parts):
        return None
    return PurePosixPath(*(re.sub(r"[\x00-\x1f]", "_", p)[:200] for p in parts))


def _decoded(entry: ZipInfo) -> str:
    """MacOS writes names in UTF-8 without saying so; Python then reads them as code page 437."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _most(entry: ZipInfo) -> int:
    return max(_SMALL, _MAX_RATIO * entry.compress_size)


def _write(archive: ZipFile, entry: ZipInfo, target: Path, most: int, path: Path) -> int:
    """Copy one file out; what a zip says of sizes is not believed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with archive.open(entry) as source, target.open("wb") as copy:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            if written > most:
                raise too_large(path, "holds a file that unpacks to far more than is safe")
            copy.write(chunk)
    return written
