"""XLSX and XLSM: the sheets of an Excel workbook as Excel shows them, each sheet a page.

Reads the XML itself and streams the sheets: what a cell shows (its number format, the value that
its formula had last), comments and text boxes all count, whatever else a file holds. Cells are
left to `xlsx_cells`, what lies over them to `xlsx_drawings`, which belong together to `sheets`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from pipeline.errors import (
    DamagedInputError,
    EncryptedInputError,
    InputError,
)
from pipeline.extractors.opc import Package
from pipeline.extractors.sheet_cells import area
from pipeline.extractors.sheets import Budget, Sheet, page_of, refuse_empty
from pipeline.extractors.sniff import check_zip
from pipeline.extractors.xlsx_cells import SheetReader, strings
from pipeline.extractors.xlsx_drawings import boxes_in, comments_of, drawn_in
from pipeline.extractors.xlsx_styles import (
    CellStyle,
    is_set,
    local,
    named,
    number,
    read_styles,
    relation,
)
from pipeline.model.document import Problem
from pipeline.model.raw import RawDocument, RawPage

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MAX_TABLES = 100
_KINDS = ("worksheet", "chartsheet", "dialogsheet")
_AGAIN = "open it in Excel or LibreOffice, repair it and save it again as XLSX"


def extract(path: Path) -> RawDocument:
    """Read a workbook; its pages are its sheets in their order, hidden ones marked.

    Comments, and what prints at the head and foot, come after the cells of their sheet. Raises
    `DamagedInputError` where the file cannot be read as a workbook, `EncryptedInputError` where
    it is locked, `LimitError` where it is not safe to open.
    """
    check_zip(path)
    try:
        with ZipFile(path) as archive:
            if any(entry.flag_bits & 1 for entry in archive.infolist()):
                raise EncryptedInputError(
                    f"{path.name} is protected by a password",
                    "open it with the password and save a copy without one",
                )
            return _Workbook(path, Package(archive)).document()
    except InputError:
        raise
    except Exception as error:
        raise DamagedInputError(
            f"{path.name} is damaged and cannot be read as a workbook", _AGAIN
        ) from error


class _Workbook:
    def __init__(self, path: Path, package: Package) -> None:
        self._path = path
        self._package = package
        self._problems: list[Problem] = []
        self._budget = Budget()
        self._seen: set[str] = set()
        main = [name for kind, name in package.targets("").values() if kind == "officeDocument"]
        self._main = main[0] if main else "xl/workbook.xml"
        self._root = package.xml(self._main)
        self._targets = package.targets(self._main)
        self._styles = self._read_styles()
        self._texts = self._read_strings()
        properties = named(self._root, "workbookPr")
        self._from_1904 = properties is not None and is_set(properties.get("date1904"))

    def document(self) -> RawDocument:
        """All sheets as pages."""
        rows = named(self._root, "sheets")
        entries = [e for e in rows if local(e) == "sheet"] if rows is not None else []
        if not entries:
            raise DamagedInputError(f"{self._path.name} holds no sheets", _AGAIN)
        pages: list[RawPage] = []
        for n, entry in enumerate(entries, 1):
            sheet = self._sheet(entry)
            first = not sheet.hidden and all(page.hidden for page in pages)
            page, problems = page_of(sheet, n, first=first)
            pages.append(page)
            self._problems.extend(problems)
        refuse_empty(self._path.name, pages, self._problems)
        return RawDocument(pages=pages, title=self._title(), problems=self._problems)

    def _sheet(self, entry: Element) -> Sheet:
        sheet = Sheet(
            name=entry.get("name"),
            number=number(entry.get("sheetId")) or None,
            hidden=entry.get("state") in ("hidden", "veryHidden"),
            budget=self._budget,
        )
        kind, name = self._targets.get(relation(entry), ("", ""))
        # A part is one sheet's; a file that names it again and again is made to take time.
        if name in self._seen or name not in self._package:
            sheet.problems.append(_unread(f"the sheet «{sheet.name}»"))
        if name in self._seen or name not in self._package or kind not in _KINDS:
            return sheet
        self._seen.add(name)
        reader = SheetReader(sheet, self._texts, self._styles, self._from_1904)
        with _guarded(sheet, f"the sheet «{sheet.name}»"), self._package.stream(name) as part:
            reader.read(part)
        self._beside(sheet, name, reader.controls)
        return sheet

    def _beside(self, sheet: Sheet, name: str, controls: dict[str, str]) -> None:
        """What other parts say of a sheet: declared tables, drawings, comments."""
        where = f"of the sheet «{sheet.name}»"
        targets: dict[str, tuple[str, str]] = {}
        with _guarded(sheet, f"what belongs to the sheet «{sheet.name}»"):
            targets = self._package.targets(name)
        parts = [part for part in dict.fromkeys(targets.values()) if part[1] not in self._seen]
        self._seen.update(part for _, part in parts)
        for part in [part for kind, part in parts if kind == "table"][:_MAX_TABLES]:
            with _guarded(sheet, f"a table {where}"):
                found = area(self._package.xml(part).get("ref"))
                sheet.tables.extend([found] if found else [])
        for part in [part for kind, part in parts if kind == "drawing"]:
            with _guarded(sheet, f"a drawing {where}"):
                boxes = boxes_in(self._package, controls, targets)
                sheet.drawn.extend(drawn_in(self._package, part, boxes))
        with _guarded(sheet, f"the comments {where}"):
            sheet.notes.extend(comments_of(self._package, parts))

    def _read_styles(self) -> list[CellStyle]:
        name = self._part("styles")
        if name is None:
            return []
        try:
            return read_styles(self._package.xml(name))
        except InputError:
            raise
        except Exception:
            self._problems.append(_unread("the formats of the cells"))
            return []

    def _read_strings(self) -> list[str]:
        name = self._part("sharedStrings")
        if name is None:
            return []
        self._package.admit(name)
        found: list[str] = []
        try:
            with self._package.stream(name) as part:
                found.extend(strings(part))
        except Exception:
            self._problems.append(_unread("some texts of the cells"))
        return found

    def _part(self, kind: str) -> str | None:
        return next((name for found, name in self._targets.values() if found == kind), None)

    def _title(self) -> str | None:
        """The title that the workbook's properties tell, null where none is."""
        try:
            names = [n for k, n in self._package.targets("").values() if k == "core-properties"]
            title = named(self._package.xml(names[0]), "title") if names else None
        except Exception:
            return None
        return (title.text or "").strip() or None if title is not None else None


@contextmanager
def _guarded(sheet: Sheet, what: str) -> Iterator[None]:
    """A part that is broken is a problem of its sheet, not the end of the file."""
    try:
        yield
    except InputError:
        raise
    except Exception:
        sheet.problems.append(_unread(what))


def _unread(what: str) -> Problem:
    return Problem(
        code="part-unreadable",
        message=f"{what} could not be read whole",
        hint="open the workbook in Excel or LibreOffice, save it again and compare what came out",
    )
