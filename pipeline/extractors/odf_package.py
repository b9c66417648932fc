"""OpenDocument files opened safely: the zip or the one flat XML file, its parts, its locks.

What styles say is left to `odf_styles`, what stands in the body to `odt` and `odp`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from lxml import etree

from pipeline.errors import DamagedInputError, EncryptedInputError, InputError, LimitError
from pipeline.extractors.sniff import check_zip
from pipeline.model.document import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{_OASIS}office:1.0}}"
TEXT = f"{{{_OASIS}text:1.0}}"
STYLE = f"{{{_OASIS}style:1.0}}"
TABLE = f"{{{_OASIS}table:1.0}}"
DRAW = f"{{{_OASIS}drawing:1.0}}"
PRESENTATION = f"{{{_OASIS}presentation:1.0}}"
SVG = f"{{{_OASIS}svg-compatible:1.0}}"
FO = f"{{{_OASIS}xsl-fo-compatible:1.0}}"
FORM = f"{{{_OASIS}form:1.0}}"
_MANIFEST = f"{{{_OASIS}manifest:1.0}}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
XML = "{http://www.w3.org/XML/1998/namespace}"
MATH = "{http://www.w3.org/1998/Math/MathML}"
_DC = "{http://purl.org/dc/elements/1.1/}"

_MAX_PART = 200 * 1024**2
_DEEPEST = 150
_PICTURE_DATA = re.compile(rb"(<([\w.-]+:)?binary-data\b[^>]*>)[^<]*")
_KINDS = {"text": "text document", "presentation": "presentation"}


class Package:
    """The XML of a document: `content` and `styles` (one and the same in a flat file)."""

    def __init__(self, path: Path, kind: str, archive: ZipFile | None) -> None:
        self._path = path
        self._archive = archive
        self._names = {n.lstrip("/"): n for n in archive.namelist()} if archive else {}
        self._objects: dict[str, Element | None] = {}
        self.problems: list[Problem] = []
        if archive is None:
            self.content = self._parsed(_PICTURE_DATA.sub(rb"\1", _flat_bytes(path)))
            self.styles: Element | None = self.content
            self._meta: Element | None = self.content
        else:
            self._refuse_locked(archive)
            self.content = self._main()
            self.styles = self._side("styles.xml")
            self._meta = self._side("meta.xml")
        self.body = self._body(kind)

    @property
    def title(self) -> str | None:
        """The title that the document's properties tell, null where none is."""
        found = self._meta.find(f"{OFFICE}meta/{_DC}title") if self._meta is not None else None
        return (found.text or "").strip() or None if found is not None else None

    def styles_at(self, root: Element | None, name: str) -> list[Element]:
        """What stands in `office:styles`, `office:automatic-styles` or the like of a part."""
        parent = root.find(OFFICE + name) if root is not None else None
        return [] if parent is None else [e for e in parent if isinstance(e.tag, str)]

    def embedded(self, node: Element) -> Element | None:
        """The root of an embedded object (a chart, a formula); null where there is none."""
        inside = next((e for e in node if isinstance(e.tag, str)), None)
        if inside is not None and inside.tag in {OFFICE + "document", MATH + "math"}:
            return inside
        name = (node.get(XLINK + "href") or "").removeprefix("./").rstrip("/") + "/content.xml"
        if name not in self._objects:
            self._objects[name] = self._side(name)
        return self._objects[name]

    def report(self, code: str, message: str) -> None:
        """Note what could not be read although the rest can."""
        hint = "open the document in LibreOffice, save it again and compare what came out"
        self.problems.append(Problem(code=code, message=message, hint=hint))

    def _body(self, kind: str) -> Element:
        found = self.content.find(f"{OFFICE}body/{OFFICE}{kind}")
        if found is None:
            raise DamagedInputError(
                f"{self._path.name} holds no OpenDocument {_KINDS[kind]}",
                "open it in LibreOffice and save it again under a new name",
            )
        return found

    def _main(self) -> Element:
        if "content.xml" not in self._names:
            raise DamagedInputError(
                f"{self._path.name} has lost its main part",
                "copy it again from where it came, or save it again from LibreOffice",
            )
        return self._part("content.xml")

    def _side(self, name: str) -> Element | None:
        """A part beside the text; a broken one is a problem, not an end."""
        if name not in self._names:
            return None
        try:
            return self._part(name)
        except LimitError:
            raise
        except Exception:
            self.report("part-unreadable", f"the part «{name}» is broken and was left out")
            return None

    def _part(self, name: str) -> Element:
        assert self._archive is not None
        with self._archive.open(self._names[name]) as part:
            data = part.read(_MAX_PART + 1)
        return self._parsed(data)

    def _parsed(self, data: bytes) -> Element:
        if len(data) > _MAX_PART:
            raise _too_large(self._path, "holds more XML than a document needs")
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        root = etree.fromstring(data, parser)
        _refuse_deep(self._path, root)
        return root

    def _refuse_locked(self, archive: ZipFile) -> None:
        """Encrypted parts are named in the manifest; since ODF 1.4 the whole may be one part."""
        locked = any(entry.flag_bits & 1 for entry in archive.infolist())
        if not locked and "META-INF/manifest.xml" in self._names:
            manifest = self._side("META-INF/manifest.xml")
            rows = manifest.iter(_MANIFEST + "encryption-data") if manifest is not None else ()
            locked = next(iter(rows), None) is not None
        if locked:
            raise EncryptedInputError(
                f"{self._path.name} is protected by a password",
                "open it with the password and save a copy without one",
            )


@contextmanager
def opened(path: Path, kind: str) -> Iterator[Package]:
    """The parts of a file whose body is of a `kind`: «text» or «presentation».

    Raises `EncryptedInputError`, `LimitError` and, whatever else goes wrong inside the `with`,
    `DamagedInputError`.
    """
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"PK"
        if packed:
            check_zip(path)
            with ZipFile(path) as archive:
                yield Package(path, kind, archive)
        else:
            yield Package(path, kind, None)
    except (InputError, FileNotFoundError, PermissionError):
        raise
    except Exception as error:
        raise DamagedInputError(
            f"{path.name} is damaged and cannot be read as an OpenDocument {_KINDS[kind]}",
            "open it in LibreOffice, repair it and save it again",
        ) from error


def number(text: str | None, default: int = 0) -> int:
    """A whole number; the default for anything else and for what no document counts to."""
    text = (text or "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else default


def inner_text(node: Element) -> str:
    """All characters inside an element."""
    return "".join(str(part) for part in node.itertext("*"))


def _flat_bytes(path: Path) -> bytes:
    """All of a flat file, unless it is absurdly large."""
    if path.stat().st_size > 2 * _MAX_PART:
        raise _too_large(path, "is larger than what is safe to open")
    return path.read_bytes()


def _refuse_deep(path: Path, root: Element) -> None:
    """Lists in tables in boxes come to some thirty levels; readers walk them by recursion."""
    if root.xpath(f"boolean({'/*' * _DEEPEST})"):
        raise _too_large(path, "is nested too deeply")


def _too_large(path: Path, what: str) -> LimitError:
    return LimitError(
        f"{path.name} {what}", "save it again from its program, or take large data out of it"
    )
