"""Worksheets of a workbook, read piece by piece: their cells as shown, what is merged or hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import IO, TYPE_CHECKING

from lxml import etree

from pipeline.extractors.number_format import Kind, printed, printed_text
from pipeline.extractors.sheet_cells import (
    LAST_COLUMN,
    LAST_ROW,
    Area,
    Cell,
    area,
    letters,
    place,
)
from pipeline.extractors.sheets import Sheet
from pipeline.extractors.xlsx_styles import PLAIN, CellStyle, is_set, local, number, relation
from pipeline.model.document import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_READ = ("row", "c", "cols", "mergeCells", "autoFilter", "headerFooter", "control")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NAMED_CELLS = 5


def elements(stream: IO[bytes], *names: str) -> Iterator[tuple[str, Element]]:
    """The elements of some names that begin («start») or have ended («end»), as they come.

    What has ended is forgotten, so that no row and no sheet is ever held whole.
    """
    found = etree.iterparse(
        stream, events=("start", "end"), tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    for event, node in found:
        yield event, node
        if event == "end":
            node.clear()
            parent = node.getparent()
            while parent is not None and node.getprevious() is not None:
                del parent[0]


def strings(stream: IO[bytes]) -> Iterator[str]:
    """The shared strings of a workbook."""
    return (rich_text(node) for event, node in elements(stream, "si") if event == "end")


def rich_text(node: Element) -> str:
    """Text of a string item: all its runs, but not how they are pronounced."""
    parts: list[str] = []
    for child in node:
        if local(child) == "t":
            parts.append(child.text or "")
        elif local(child) == "r":
            parts.extend(e.text or "" for e in child if local(e) == "t")
    return unescaped("".join(parts))


def unescaped(text: str) -> str:
    """Text with characters that XML cannot hold: `_x000D_` is a line end."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda m: chr(int(m.group(1), 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


class SheetReader:
    """Reads the XML of a sheet into a `Sheet`."""

    def __init__(
        self, sheet: Sheet, texts: Sequence[str], styles: Sequence[CellStyle], from_1904: bool
    ) -> None:
        self._sheet = sheet
        self._texts = texts
        self._styles = styles
        self._from_1904 = from_1904
        self.controls: dict[str, str] = {}
        """The numbers of shapes that are boxes to tick, and what refers to their state."""
        self._merged: list[Area] = []
        self._unknown: list[str] = []
        self._row = self._column = -1

    def read(self, stream: IO[bytes]) -> None:
        """Read all; a sheet that breaks off keeps what was read of it."""
        try:
            for event, node in elements(stream, *_READ):
                if event == "start":
                    self._begin(node)
                else:
                    self._take(node)
                if self._sheet.cut:
                    break
        finally:
            self._sheet.merge(self._merged)
            self._report()

    def _begin(self, node: Element) -> None:
        if local(node) != "row":
            return
        row = number(node.get("r"), self._row + 2) - 1
        self._row = row if 0 <= row < LAST_ROW else self._row + 1
        self._column = -1
        if is_set(node.get("hidden")) or node.get("ht") == "0":
            self._sheet.hidden_rows.add(self._row)

    def _take(self, node: Element) -> None:
        name = local(node)
        if name == "c":
            self._take_cell(node)
        elif name == "cols":
            self._sheet.hidden_columns.extend(_hidden_columns(node))
        elif name == "mergeCells":
            self._merged.extend(a for e in node if (a := area(e.get("ref"))))
        elif name == "autoFilter" and (filtered := area(node.get("ref"))):
            self._sheet.tables.append(filtered)
        elif name == "control":
            self.controls[node.get("shapeId") or ""] = relation(node)
        elif name == "headerFooter":
            self._sheet.running.extend(_running(node))

    def _take_cell(self, node: Element) -> None:
        at = place(node.get("r")) or (self._row, self._column + 1)
        self._column = at[1]
        if not self._sheet.budget.visit():
            self._sheet.cut = True
            return
        shown = self._cell(node, at)
        if shown is not None:
            self._sheet.put(*at, shown)

    def _cell(self, node: Element, at: tuple[int, int]) -> Cell | None:
        style_number = number(node.get("s"))
        style = self._styles[style_number] if 0 <= style_number < len(self._styles) else PLAIN
        value: str | None = None
        computed = False
        for child in node:
            name = local(child)
            if name == "v":
                value = child.text
            elif name == "is":
                value = rich_text(child)
            computed = computed or name == "f"
        if not value:
            if computed and node.get("t") != "str":
                self._unknown.append(f"{letters(at[1])}{at[0] + 1}")
            return None
        text, kind = self._shown(value, node.get("t") or "n", style)
        if not text.strip():
            return None
        return Cell(text, kind, style.bold, style.italic, style.size, style.filled)

    def _shown(self, value: str, of_type: str, style: CellStyle) -> tuple[str, Kind]:
        if of_type == "n":
            return self._number(value, style)
        if of_type == "s":
            at = number(value, -1)
            text = self._texts[at] if 0 <= at < len(self._texts) else ""
            return printed_text(text, style.code), "text"
        if of_type == "b":
            true = value.strip().lower() in ("1", "true")
            if style.checkbox:
                return "☑" if true else "☐", "flag"
            return "TRUE" if true else "FALSE", "flag"
        if of_type == "d":
            return self._date(value, style)
        text = value if of_type == "inlineStr" else unescaped(value)
        return printed_text(text, style.code), "text"

    def _number(self, value: str, style: CellStyle) -> tuple[str, Kind]:
        try:
            return printed(float(value), style.code, from_1904=self._from_1904)
        except ValueError:
            return value, "text"

    def _date(self, value: str, style: CellStyle) -> tuple[str, Kind]:
        """A date that the file holds as ISO 8601 and not as a count of days."""
        try:
            moment = datetime.fromisoformat(value.strip().removesuffix("Z")).replace(tzinfo=None)
        except ValueError:
            return value, "text"
        since = moment - datetime(1899, 12, 30)
        plain = style.code == "General"
        code = ("yyyy-mm-dd hh:mm" if since.seconds else "yyyy-mm-dd") if plain else style.code
        return printed(since.total_seconds() / 86400, code)

    def _report(self) -> None:
        if self._unknown:
            cells = ", ".join(self._unknown[:_NAMED_CELLS])
            more = " …" if len(self._unknown) > _NAMED_CELLS else ""
            self._sheet.problems.append(
                Problem(
                    code="formula-without-value",
                    message=f"{len(self._unknown)} formulas of the sheet «{self._sheet.name}» "
                    f"have no value in the file ({cells}{more}); these cells are empty",
                    hint="open the workbook in Excel or LibreOffice, save it and run again",
                )
            )


def _hidden_columns(node: Element) -> Iterator[tuple[int, int]]:
    for column in node:
        first, last = number(column.get("min")) - 1, number(column.get("max")) - 1
        hidden = is_set(column.get("hidden")) or column.get("width") == "0"
        if hidden and 0 <= first <= last:
            yield first, min(last, LAST_COLUMN - 1)


_FIELD = re.compile(r"(?<!&)(?:&&)*&[PNDTFZA]")
_CODE = re.compile(r"&(?:\"[^\"]*\"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d{1,3}|[A-Z&])")
_PARTS = re.compile(r"(?<!&)(?:&&)*&[LCR]")


def _running(node: Element) -> Iterator[str]:
    """What prints at the head and foot of each page; «Page 3 of 7» says nothing of the sheet."""
    kinds = ["odd"]
    kinds += ["first"] if is_set(node.get("differentFirst")) else []
    kinds += ["even"] if is_set(node.get("differentOddEven")) else []
    seen: set[str] = set()
    for child in node:
        if not local(child).startswith(tuple(kinds)):
            continue
        for part in _PARTS.split(child.text or ""):
            text = _CODE.sub(lambda m: "&" if m.group() == "&&" else "", part).strip()
            if any(ch.isalnum() for ch in text) and text not in seen and not _FIELD.search(part):
                seen.add(text)
                yield text
