"""From a workbook to what is read from it: the sheets that organisers keep."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from pipeline.extractors.xlsx import extract
from pipeline.languages.pack import load
from pipeline.layout.build import lay_out
from pipeline.model.claims import FileClaims
from pipeline.model.document import SourceInfo
from pipeline.rules.read import read_document


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> FileClaims:
    """An agenda, an action list and an attendance list in one workbook."""
    path: Path = tmp_path_factory.mktemp("xlsx") / "kanotdagen.xlsx"
    book = xlsxwriter.Workbook(path)
    large, bold = book.add_format({"bold": True, "font_size": 16}), book.add_format({"bold": True})
    day, clock = (book.add_format({"num_format": f}) for f in ("yyyy-mm-dd", "h:mm"))
    agenda = book.add_worksheet("Agenda")
    agenda.merge_range("A1:C1", "Nätverksträff i Leksand 8 oktober 2024", large)
    agenda.write_row("A2", ["Plats:", "Tibblestugan, Leksand"])
    agenda.write_row("A4", ["Tid", "Punkt", "Ansvarig"], bold)
    points = ((9, "Samling och kaffe", ""), (10, "Om torvtak", "Gun Holm"), (12, "Lunch", ""))
    for n, (hour, point, who) in enumerate(points, 4):
        agenda.write_number(n, 0, hour / 24, clock)
        agenda.write_row(n, 1, [point, who])
    actions = book.add_worksheet("Åtgärder")
    actions.write_row("A1", ["Vad", "Vem", "Organisation", "Klart", "Status"], bold)
    for n, (what, who, whose, when, status) in enumerate(
        (("Låna ställning", "Gun Holm", "Norra skolan", datetime(2024, 11, 4), "Klart"),
         ("Köpa näver", "Nils Fors", "Södra föreningen", datetime(2024, 12, 2), "Pågår")), 1,
    ):  # fmt: skip
        actions.write_row(n, 0, [what, who, whose])
        actions.write_datetime(n, 3, when, day)
        actions.write(n, 4, status)
    present = book.add_worksheet("Närvaro")
    present.write_row("A1", ["Namn", "Organisation", "8/10"], bold)
    present.write_row("A2", ["Gun Holm", "Norra skolan", "x"])
    present.write_row("A3", ["Siv Ekman", "Byalaget", ""])
    book.close()
    source = SourceInfo("source-x", path.name, "0" * 64, "text/csv", "xlsx")
    packs = [load("sv"), load("en")]
    return read_document(lay_out(extract(path), source), packs)


def test_the_agenda_and_its_occasion(claims: FileClaims) -> None:
    assert [(a.start, a.title) for a in claims.agenda] == [
        ("09:00", "Samling och kaffe"), ("10:00", "Om torvtak"), ("12:00", "Lunch"),
    ]  # fmt: skip
    [session] = claims.sessions
    assert session.title == "Nätverksträff i Leksand"
    assert session.place == "Tibblestugan, Leksand"
    assert session.dates is not None
    assert session.dates.text == "8 oktober 2024"


def test_the_actions(claims: FileClaims) -> None:
    assert [(c.text, c.owners, c.person, c.status) for c in claims.commitments] == [
        ("Låna ställning", ("Norra skolan",), "Gun Holm", "done"),
        ("Köpa näver", ("Södra föreningen",), "Nils Fors", "in_progress"),
    ]
    assert [c.due.text for c in claims.commitments if c.due] == ["2024-11-04", "2024-12-02"]


def test_who_came(claims: FileClaims) -> None:
    assert {"Gun Holm", "Siv Ekman"} <= {p.name for p in claims.people}
    assert "Byalaget" in {c.name for c in claims.clusters}
