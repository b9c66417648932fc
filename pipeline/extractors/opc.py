"""Parts of an Office package (ECMA-376 part 2): zip entries by name, and what refers to what."""

from __future__ import annotations

import posixpath
from pathlib import PurePath
from typing import IO, TYPE_CHECKING
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

from pipeline.errors import LimitError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MAX_PART = 200 * 1024**2
_MAX_READ = 1024**3
_STRICT = tuple(
    (b"http://purl.oclc.org/ooxml/" + name, b"http://schemas.openxmlformats.org/" + name + b"2006/")
    for name in (b"wordprocessingml/", b"presentationml/", b"drawingml/", b"officeDocument/")
)
"""«Strict Open XML» names the same things by other addresses."""


class Package:
    """The parts of the zip by name, and what each refers to."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._read = 0
        self._names: dict[str, str] = {}
        for name in archive.namelist():
            # Some programs write the path of a part as Windows has it.
            plain = name.replace("\\", "/").lstrip("/")
            self._names[plain] = name
            self._names.setdefault(plain.lower(), name)

    def __contains__(self, name: str) -> bool:
        return name in self._names or name.lower() in self._names

    def _entry(self, name: str) -> str:
        """The entry of a part, whose case may be wrong; raises `KeyError` where there is none."""
        return self._names[name] if name in self._names else self._names[name.lower()]

    def admit(self, name: str) -> None:
        """Raise `LimitError` where a part unpacks to more than is safe to read whole.

        So it does where parts are read again and again, as a file may ask for.
        """
        size = self._archive.getinfo(self._entry(name)).file_size
        self._read += size
        if size > _MAX_PART or self._read > _MAX_READ:
            raise LimitError(
                f"{PurePath(self._archive.filename or '').name} holds a part «{name}» that unpacks "
                f"to more than {_MAX_PART // 1024**2} MB",
                "save the file again from its program, or part it into several",
            )

    def size(self, name: str) -> int:
        """Bytes that a part unpacks to, as the zip declares."""
        return self._archive.getinfo(self._entry(name)).file_size

    def stream(self, name: str) -> IO[bytes]:
        """A part to be read piece by piece; raises `KeyError` where there is none."""
        return self._archive.open(self._entry(name))

    def xml(self, name: str) -> Element:
        """The root of a part; raises `KeyError` where there is none, `LimitError` over 200 MB."""
        self.admit(name)
        data = self._archive.read(self._entry(name))
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        return etree.fromstring(data, parser)

    def targets(self, name: str) -> dict[str, tuple[str, str]]:
        """Relationship id -> its kind (`styles`, `header` …) and the name of the other part."""
        folder, file = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", file + ".rels")
        if rels not in self:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for row in self.xml(rels):
            kind = (row.get("Type") or "").rpartition("/")[2]
            target = unquote(row.get("Target") or "").replace("\\", "/")
            full = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[row.get("Id") or ""] = (kind, full)
        return found
