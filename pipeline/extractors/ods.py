"""ODS and FODS: the sheets of an OpenDocument spreadsheet as they are shown, each sheet a page.

Such files hold the text of each cell as shown, so no number format has to be read. The sheets are
streamed, for a row or cell may be said to repeat a million times. What cells and shapes say is
left to `ods_cells` and `ods_text`, which cells belong together to `sheets`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from lxml import etree

from pipeline.errors import (
    DamagedInputError,
    EncryptedInputError,
    InputError,
    LimitError,
)
from pipeline.extractors.ods_cells import SheetReader, forget
from pipeline.extractors.ods_text import OFFICE, STYLE, TABLE, Drawing, drawing_of, running_in
from pipeline.extractors.sheet_cells import Area, area
from pipeline.extractors.sheets import Budget, Sheet, page_of, refuse_empty
from pipeline.extractors.sniff import check_zip
from pipeline.model.document import Problem
from pipeline.model.raw import RawDocument, RawPage

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MAX_PART = 200 * 1024**2
_AGAIN = "open it in LibreOffice, repair it and save it again"
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_PICTURE_DATA = re.compile(rb"(<([\w.-]+:)?binary-data\b[^>]*>)[^<]*")
_ADDRESS = re.compile(r"\$?(?P<sheet>'(?:[^']|'')*'|[^.]*)\.\$?(?P<place>[A-Z]{1,3}\$?\d{1,7})")
_READ = [
    TABLE + "table", TABLE + "table-row", TABLE + "table-column", TABLE + "shapes",
    TABLE + "table-row-group", TABLE + "table-column-group", TABLE + "database-range",
    STYLE + "style", OFFICE + "meta", OFFICE + "master-styles",
]  # fmt: skip


def extract(path: Path) -> RawDocument:
    """Read a spreadsheet, zipped or as one XML file; its pages are its sheets in their order.

    Hidden sheets are marked; comments come after the cells of their sheet. Raises
    `DamagedInputError`, `EncryptedInputError` or `LimitError`, and `EmptyInputError` where it
    holds formulas without their values only.
    """
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"PK"
        if not packed:
            return _Reader(path, None).document()
        check_zip(path)
        with ZipFile(path) as archive:
            return _Reader(path, archive).document()
    except (InputError, FileNotFoundError, PermissionError):
        raise
    except Exception as error:
        raise DamagedInputError(
            f"{path.name} is damaged and cannot be read as an OpenDocument spreadsheet", _AGAIN
        ) from error


class _Reader:
    def __init__(self, path: Path, archive: ZipFile | None) -> None:
        self._path = path
        self._archive = archive
        self._names = {n.lstrip("/"): n for n in archive.namelist()} if archive else {}
        self._drawings: dict[str, Drawing] = {}
        self._sheets: list[Sheet] = []
        self._filters: list[tuple[str, Area]] = []
        self._running: list[str] = []
        self._problems: list[Problem] = []
        self._title: str | None = None
        self._parts: dict[str, Element | None] = {}
        self._budget = Budget()

    def document(self) -> RawDocument:
        """All sheets as pages."""
        self._refuse_locked()
        if self._archive is None:
            self._read(BytesIO(_PICTURE_DATA.sub(rb"\1", self._flat_bytes())))
        else:
            for name in ("styles.xml", "meta.xml"):
                with self._guarded(name):
                    if name in self._names:
                        self._read(BytesIO(self._bytes(name)))
            content = self._names["content.xml"]
            if self._archive.getinfo(content).file_size > _MAX_PART:
                raise self._too_large()
            with self._guarded("content.xml"), self._archive.open(content) as stream:
                self._read(stream)
        if not self._sheets:
            raise DamagedInputError(f"{self._path.name} holds no sheets", _AGAIN)
        return RawDocument(pages=self._pages(), title=self._title, problems=self._problems)

    def _pages(self) -> list[RawPage]:
        pages: list[RawPage] = []
        for n, sheet in enumerate(self._sheets, 1):
            sheet.tables.extend(a for name, a in self._filters if name == sheet.name)
            first = not sheet.hidden and all(page.hidden for page in pages)
            sheet.running.extend(self._running if first else [])
            page, problems = page_of(sheet, n, first=first)
            pages.append(page)
            self._problems.extend(problems)
        refuse_empty(self._path.name, pages, self._problems)
        return pages

    def _read(self, stream: IO[bytes]) -> None:
        """Walk a part; a sheet that breaks off keeps what was read of it."""
        found = etree.iterparse(
            stream, events=("start", "end"), tag=_READ, resolve_entities=False, no_network=True,
            huge_tree=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        current: SheetReader | None = None
        for event, node in found:
            if node.tag == TABLE + "table" and _is_sheet(node):
                if event == "start":
                    current = self._sheet(node)
                else:
                    if current is not None:
                        current.report()
                    current = None
                    forget(node)
            elif current is not None:
                current.take(node, ended=event == "end")
            elif event == "end":
                self._take(node)
        if current is not None:
            current.report()

    def _sheet(self, node: Element) -> SheetReader:
        name = node.get(TABLE + "name")
        style = self._drawings.get(f"table {node.get(TABLE + 'style-name')}", Drawing())
        sheet = Sheet(
            name=name,
            number=len(self._sheets) + 1,
            hidden=not style.shown or node.get(TABLE + "display") == "false",
            budget=self._budget,
        )
        # Values of other files, kept for formulas, look like sheets: «'file:///…'#Costs».
        if not (name or "").startswith("'file:"):
            self._sheets.append(sheet)
        return SheetReader(node, sheet, self._drawings, self._part)

    def _take(self, node: Element) -> None:
        if node.tag == STYLE + "style":
            told = drawing_of(node)
            self._drawings[f"{node.get(STYLE + 'family')} {node.get(STYLE + 'name')}"] = told
        elif node.tag == OFFICE + "meta":
            self._title = (node.findtext(_DC_TITLE) or "").strip() or None
        elif node.tag == OFFICE + "master-styles":
            self._running.extend(running_in(node))
        elif node.tag == TABLE + "database-range":
            found = _range(node.get(TABLE + "target-range-address") or "")
            self._filters.extend([found] if found else [])

    @contextmanager
    def _guarded(self, name: str) -> Iterator[None]:
        """A part that breaks off is a problem where something was read before it did."""
        try:
            yield
        except InputError:
            raise
        except Exception:
            if name == "content.xml" and not self._sheets:
                raise
            self._problems.append(
                Problem(
                    code="part-unreadable",
                    message=f"the part «{name}» could not be read whole",
                    hint="open the file in LibreOffice, save it again and compare what came out",
                )
            )

    def _part(self, name: str) -> Element | None:
        """The root of another part, such as a chart; null where there is none to be read."""
        if name not in self._parts:
            self._parts[name] = None
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            with suppress(etree.XMLSyntaxError, KeyError, BadZipFile, zlib.error):
                self._parts[name] = etree.fromstring(self._bytes(name), parser)
        return self._parts[name]

    def _bytes(self, name: str) -> bytes:
        assert self._archive is not None
        with self._archive.open(self._names[name]) as part:
            data = part.read(_MAX_PART + 1)
        if len(data) > _MAX_PART:
            raise self._too_large()
        return data

    def _flat_bytes(self) -> bytes:
        if self._path.stat().st_size > _MAX_PART:
            raise self._too_large()
        return self._path.read_bytes()

    def _too_large(self) -> LimitError:
        return LimitError(
            f"{self._path.name} holds more than what is safe to open", "part it into several files"
        )

    def _refuse_locked(self) -> None:
        if self._archive is None:
            return
        locked = any(entry.flag_bits & 1 for entry in self._archive.infolist())
        if "META-INF/manifest.xml" in self._names and not locked:
            locked = b"encryption-data" in self._bytes("META-INF/manifest.xml")
        if locked:
            raise EncryptedInputError(
                f"{self._path.name} is protected by a password",
                "open it with the password and save a copy without one",
            )


def _is_sheet(node: Element) -> bool:
    """Whether a table is a sheet of the document and not a table in one, or one of a chart."""
    parent = node.getparent()
    if parent is None or parent.tag != OFFICE + "spreadsheet":
        return False
    outer = [e.tag for e in parent.iterancestors()]
    return outer.count(OFFICE + "body") == 1


def _range(address: str) -> tuple[str, Area] | None:
    """Sheet and area of «$Actions.$A$1:$Actions.$D$9», null where it is none."""
    found = [_ADDRESS.match(part.lstrip("$")) for part in re.split(r":(?=[^:]*$)", address)]
    if len(found) != 2 or found[0] is None or found[1] is None:
        return None
    told = area(":".join(m.group("place").replace("$", "") for m in found if m))
    name = found[0].group("sheet").strip("'").replace("''", "'")
    return (name, told) if told else None
