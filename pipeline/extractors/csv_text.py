"""CSV and TSV: the rows of a text file as a sheet.

What parts the cells is found by trying: the sign that gives rows of one length, of cells that are
whole. Excel's first line «sep=;» decides. Encodings are left to `encoding`, which rows belong
together to `sheets`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from pipeline.errors import EmptyInputError
from pipeline.extractors.encoding import decode
from pipeline.extractors.number_format import Kind
from pipeline.extractors.sheet_cells import Cell
from pipeline.extractors.sheets import MAX_CHARACTERS, Sheet, page_of
from pipeline.model.document import Problem
from pipeline.model.raw import RawDocument

DELIMITERS = (";", "\t", ",", "|")
_SAMPLE_ROWS = 200
_SAMPLE = 64 * 1024
_SURE = 0.5
_REGULAR = 0.95
_FEW_ROWS = 3
_TOLD = re.compile(r"\A\"?sep=(.)\"?[ \t;,]*(?:\n|\Z)", re.IGNORECASE)
_MOMENT = re.compile(
    r"(?:\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})[ T,]+"
    r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[.,]\d+)?"
    r"(?:\s*[^\W\d]{1,4}\.?){0,3}(?:[+-]\d{1,2}(?::?\d\d)?)?"
)
_DATE = re.compile(r"\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}/\d{1,2}")
_TIME = re.compile(r"\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*[–-]\s*\d{1,2}[:.]\d\d)?")
_NUMBER = re.compile(r"[-+−]?[\d\s.,'’]*\d\s*%?")
_PATTERNS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (_MOMENT, "moment"), (_DATE, "date"), (_TIME, "time"), (_NUMBER, "number"),
)  # fmt: skip
_WHOLE_CLOCK = re.compile(r"(\d{1,2}:\d\d):00")


def extract(path: Path) -> RawDocument:
    """Read a CSV or TSV file as one sheet without a name.

    Raises `EmptyInputError` where it holds no text. A quote that is never closed is read as a
    sign like any other.
    """
    text = decode(path.read_bytes())
    if not text.strip():
        raise EmptyInputError("the file holds no text", "check that the right file was saved")
    sheet = Sheet()
    for n, row in enumerate(rows_of(text[: 2 * MAX_CHARACTERS])):
        if not all(sheet.put(n, k, cell) for k, cell in _cells(row)):
            break
    page, problems = page_of(sheet, 1, first=True)
    if len(text) > 2 * MAX_CHARACTERS and not sheet.cut:
        problems.append(_too_long())
    return RawDocument(pages=[page], problems=problems)


def rows_of(text: str) -> Iterator[list[str]]:
    """The rows of a text, its delimiter found out; one cell a row where there is none."""
    told = _TOLD.match(text)
    body = text[told.end() :] if told else text
    return _parsed(body, told.group(1) if told else find_delimiter(body))


def looks_like_csv(text: str) -> bool:
    """Whether the text of a file that is named like a CSV file has columns, or quoted lines.

    False for running text under such a name, which is better read as text.
    """
    if _TOLD.match(text):
        return True
    sample = text[:_SAMPLE]
    if find_delimiter(sample) is not None:
        return True
    lines = [line for line in sample.split("\n") if line.strip()]
    quoted = sum(line.startswith('"') and line.rstrip().endswith('"') for line in lines)
    return bool(lines) and quoted >= _SURE * len(lines)


def find_delimiter(text: str) -> str | None:
    """What parts the cells of a text: the best of `;`, tab, `,` and `|`; null for one column."""
    sample = text[:_SAMPLE]
    scored = [(_score(sample, d), -n, d) for n, d in enumerate(DELIMITERS) if d in sample]
    best = max(scored, default=(0.0, 0, ""))
    return best[2] if best[0] > 0 else None


def _score(sample: str, delimiter: str) -> float:
    """How much a text looks parted by a sign: most rows of one length, cells that are whole.

    A row of «10,5;Kalle, Anna;x» is whole by `;` and has torn numbers and lists by `,`.
    """
    rows = [row for row in islice(_parsed(sample, delimiter), _SAMPLE_ROWS) if any(row)]
    parted = [row for row in rows if len(row) > 1]
    if not parted:
        return 0.0
    (width, count), *_ = Counter(len(row) for row in parted).most_common(1)
    share, regular = len(parted) / len(rows), count / len(parted)
    cells = [cell for row in parted for cell in row if cell]
    spaced = delimiter == "," and (regular < _REGULAR or len(parted) < _FEW_ROWS)
    torn = sum(_is_torn(cell, delimiter, spaced) for cell in cells) / max(1, len(cells))
    # Commas stand in any text; the others hardly ever do.
    loose = delimiter == ","
    if torn > _SURE or share < (_SURE if loose else _SURE / 2) or (loose and regular < _SURE):
        return 0.0
    return share * (1 + regular) * (1 - torn) ** 2 * (1 - 1 / (width + 1))


def _is_torn(cell: str, delimiter: str, spaced: bool) -> bool:
    """Whether a cell looks cut at the wrong sign, or as if it still held several.

    After a comma of a sentence there is a space (`spaced`); a cell seldom begins with one.
    """
    others = set(";\t") - {delimiter}
    return any(sign in cell for sign in others) or (spaced and cell.startswith(" "))


def _parsed(text: str, delimiter: str | None) -> Iterator[list[str]]:
    """The cells of each row (RFC 4180); a quote that nothing closes is a sign of the text."""
    sign = re.escape(delimiter or "\n")
    field = re.compile(rf'[ ]*"([^"]*(?:""[^"]*)*)"[ \t]*(?={sign}|\n|\Z)|([^\n{sign}]*)')
    row: list[str] = []
    at = 0
    while at <= len(text):
        match = field.match(text, at)
        assert match is not None
        quoted, plain = match.groups()
        row.append(plain if quoted is None else quoted.replace('""', '"'))
        at = match.end() + 1
        if text[match.end() : at] != delimiter:
            yield row
            row = []


def _cells(row: Sequence[str]) -> Iterator[tuple[int, Cell]]:
    for n, text in enumerate(row):
        stripped = text.strip()
        if stripped:
            kind = _kind(stripped)
            yield n, Cell(_WHOLE_CLOCK.sub(r"\1", stripped) if kind == "time" else stripped, kind)


def _kind(text: str) -> Kind:
    for pattern, kind in _PATTERNS:
        if pattern.fullmatch(text):
            return kind
    return "text"


def _too_long() -> Problem:
    return Problem(
        code="sheet-too-large",
        message=f"the file is longer than what is read ({2 * MAX_CHARACTERS} characters); "
        "the rest was left out",
        hint="part it into several files",
        page=1,
    )
