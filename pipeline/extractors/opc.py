"""Parts of an Office package (ECMA-376 part 2): zip entries by name, and what refers to what."""

from __future__ import annotations

import posixpath
from typing import IO, TYPE_CHECKING
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_STRICT = tuple(
    (b"http://purl.oclc.org/ooxml/" + name, b"http://schemas.openxmlformats.org/" + name + b"2006/")
    for name in (b"wordprocessingml/", b"presentationml/", b"drawingml/", b"officeDocument/")
)
"""«Strict Open XML» names the same things by other addresses."""


class Package:
    """The parts of the zip by name, and what each refers to."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        # Some programs write the path of a part as Windows has it.
        self._names = {
            name.replace("\\", "/").lstrip("/").lower(): name for name in archive.namelist()
        }

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def size(self, name: str) -> int:
        """Bytes that a part unpacks to, as the zip declares."""
        return self._archive.getinfo(self._names[name.lower()]).file_size

    def stream(self, name: str) -> IO[bytes]:
        """A part to be read piece by piece; raises `KeyError` where there is none."""
        return self._archive.open(self._names[name.lower()])

    def xml(self, name: str) -> Element:
        """The root of a part; raises `KeyError` where there is none."""
        data = self._archive.read(self._names[name.lower()])
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
