"""Grids of cells: which belong together, and what they are."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.extractors import sheets
from pipeline.extractors.sheet_cells import Area, Cell
from pipeline.extractors.sheets import Drawn, Sheet, page_of
from pipeline.model.raw import RawParagraph

Make = Callable[..., Sheet]
Read = Callable[..., list[str]]


def test_a_title_a_table_and_a_note_under_it(sheet: Make, paged: Read) -> None:
    actions = sheet(
        """
        **Vad vi gör till höstens träff**
        Uppdaterad av Moa 2 maj

        *Vad* | *Vem* | *Klart*
        Låna kanoter | Moa | 14/6
        Rensa stigen | Nils | v. 34

        Fikat sköter byalaget.
        """,
        "Att göra",
    )
    assert paged(actions) == [
        "== Att göra",
        "=1 Vad vi gör till höstens träff",
        "Uppdaterad av Moa 2 maj",
        "| Vad | Vem | Klart |",
        "| Låna kanoter | Moa | 14/6 |",
        "| Rensa stigen | Nils | v. 34 |",
        "Fikat sköter byalaget.",
    ]


@pytest.mark.parametrize("name", ["Blad1", "Sheet1", "Taul1", "Ark1", "工作表1"])
def test_a_name_given_by_the_program_is_no_title(sheet: Make, paged: Read, name: str) -> None:
    rows = "**Kanotdagen**\n\n*Tid* | *Punkt*\n9.30 | Samling\n10.00 | Paddling"
    assert paged(sheet(rows, name, number=1))[0] == "== Kanotdagen"


def test_a_name_with_another_number_was_given_by_somebody(sheet: Make, paged: Read) -> None:
    rows = "Tid | Punkt\n9.30 | Samling\n10.00 | Paddling"
    assert paged(sheet(rows, "Träff3", number=1))[0] == "== Träff3"
    assert paged(sheet(rows, "Dag 1", number=1))[0] == "== Dag 1"


def test_a_name_that_the_heading_repeats_stands_once(sheet: Make, paged: Read) -> None:
    rows = "**Deltagare på kanotdagen**\n\nNamn | Lag\nMoa Lund | Ån\nNils Ek | Sjön"
    assert paged(sheet(rows, "Deltagare"))[:2] == ["== Deltagare på kanotdagen", "| Namn | Lag |"]


def test_later_sheets_have_a_title_of_their_own(sheet: Make, paged: Read) -> None:
    rows = "Namn | Lag\nMoa Lund | Ån"
    shown = paged(sheet(rows, "Blad1", number=1), sheet(rows, "Blad2", number=2))
    assert [x for x in shown if x.startswith("==")] == ["== Blad2"]


def test_several_tables_each_under_its_heading(sheet: Make, paged: Read) -> None:
    shown = paged(
        sheet(
            """
            **Kanotdagen**

            *Inköp*
            Vara | Antal
            Korv | #40

            *Bemanning*
            Pass | Vem
            Grillen | Moa
            """
        )
    )
    assert shown == [
        "== Kanotdagen", "=1 Inköp", "| Vara | Antal |", "| Korv | 40 |",
        "=1 Bemanning", "| Pass | Vem |", "| Grillen | Moa |",
    ]  # fmt: skip


def test_tables_beside_each_other_are_parted(sheet: Make, paged: Read) -> None:
    shown = paged(
        sheet(
            """
            *Grupp Ån* | | | *Grupp Sjön*
            Vad | Vem | | Vad | Vem
            Laga grinden | Siv | | Måla båten | Nils
            Köpa rep | Moa
            """
        )
    )
    assert shown == [
        "=1 Grupp Ån", "| Vad | Vem |", "| Laga grinden | Siv |", "| Köpa rep | Moa |",
        "=1 Grupp Sjön", "| Vad | Vem |", "| Måla båten | Nils |",
    ]  # fmt: skip


def test_a_title_over_tables_side_by_side_stands_first(sheet: Make, paged: Read) -> None:
    made = sheet(
        """
        **Kanotdagen**
        Vad | Vem | | Vara | Antal
        Laga grinden | Siv | | Korv | #40
        Köpa rep | Moa
        """
    )
    made.merge([Area(0, 0, 0, 4)])
    shown = paged(made)
    assert shown[0] == "== Kanotdagen"
    assert shown[1:3] == ["| Vad | Vem |", "| Laga grinden | Siv |"]


def test_labels_and_values_are_lines(sheet: Make, paged: Read) -> None:
    head = sheet("Datum: | 3 maj 2024\nPlats: | Bystugan | Tid: | 9.30\n\nTid | Punkt\n9.30 | Fika")
    assert paged(head)[:3] == ["Datum: 3 maj 2024", "Plats: Bystugan", "Tid: 9.30"]


def test_labels_two_columns_before_their_values(sheet: Make, paged: Read) -> None:
    assert paged(sheet("Datum: | | 3 maj\nPlats: | | Bystugan")) == [
        "Datum: 3 maj", "Plats: Bystugan",
    ]  # fmt: skip


def test_a_column_of_texts_is_a_list_under_its_bold_head(sheet: Make, paged: Read) -> None:
    shown = paged(sheet("*Hinder*\nFå som paddlar\nInga västar\nDyra bussar\n- ingen el"))
    assert shown == [
        "== Hinder",
        "- Få som paddlar",
        "- Inga västar",
        "- Dyra bussar",
        "- ingen el",
    ]


def test_names_under_each_other_have_no_heading_among_them(sheet: Make, paged: Read) -> None:
    assert paged(sheet("Moa Lund\nNils Ek\nSiv Berg")) == ["- Moa Lund", "- Nils Ek", "- Siv Berg"]


def test_a_sentence_broken_into_rows_by_hand_is_one(sheet: Make, paged: Read) -> None:
    shown = paged(
        sheet(
            """
            *Syfte*
            Vi samlar alla som paddlar på ån för att komma överens om
            hur skjulet ska användas och vem som har nyckeln.
            Kom i tid!
            """
        )
    )
    assert shown == [
        "== Syfte",
        "Vi samlar alla som paddlar på ån för att komma överens om hur skjulet ska användas och "
        "vem som har nyckeln.",
        "Kom i tid!",
    ]


def test_lines_set_in_by_columns_hang_under_each_other(sheet: Make, paged: Read) -> None:
    shown = paged(sheet("Ån\n | laga grinden\n | köpa rep\nSjön\n | måla båten", "Löften"))
    assert shown == ["== Löften", "Ån", "- laga grinden", "- köpa rep", "Sjön", "- måla båten"]


def test_a_table_goes_on_over_a_blank_row(sheet: Make, paged: Read) -> None:
    dated = "Vad | Antal\nLaga grinden | #1\n\nMåla båten | #2"
    assert paged(sheet(dated))[-1] == "| Måla båten | 2 |"
    assert len([x for x in paged(sheet(dated)) if "Vad" in x]) == 1
    drawn = "*Vad* | *Vem*\nLaga grinden | Siv\n\nMåla båten | Nils\nBaka | Moa"
    assert paged(sheet(drawn))[1:] == ["| Laga grinden | Siv |", "| Måla båten | Nils |",
                                       "| Baka | Moa |"]  # fmt: skip


def test_a_second_table_under_a_blank_row_keeps_its_header(
    sheet: Make, told: Callable[..., list[str]]
) -> None:
    rows = "*Vad* | *Antal*\nKorv | #40\n\n*Pass* | *Timmar*\nGrillen | #3"
    page, _ = page_of(sheet(rows), 1, first=True)
    assert len(page.items) == 2


def test_a_declared_table_is_not_parted_by_blank_rows(sheet: Make) -> None:
    made = sheet("Vad | Vem\nLaga grinden | Siv\n\n\nMåla båten | Nils")
    made.tables.append(Area(0, 0, 5, 1))
    page, _ = page_of(made, 1, first=True)
    assert len(page.items) == 1


def test_headers_in_two_rows_are_one(sheet: Make, paged: Read) -> None:
    made = sheet("Vad | Ansvar | | Klart\n | Namn | Lag\nLaga grinden | Siv | Ån | #2024-06-14")
    made.merge([Area(0, 1, 0, 2), Area(0, 0, 1, 0), Area(0, 3, 1, 3)])
    assert paged(made) == [
        "| Vad | Ansvar / Namn | Lag | Klart |", "| Laga grinden | Siv | Ån | 2024-06-14 |",
    ]  # fmt: skip


def test_a_merged_cell_stands_once(sheet: Make, paged: Read) -> None:
    made = sheet("Lag | Vad\nÅn | laga grinden\ngammal text | köpa rep\nSjön | måla båten")
    made.merge([Area(1, 0, 2, 0)])
    assert paged(made)[1:3] == ["| Ån | laga grinden |", "|  | köpa rep |"]


def test_fields_of_a_swot_are_lists(sheet: Make, paged: Read) -> None:
    shown = paged(
        sheet("Styrkor | Svagheter\nNära ån | Ont om tid\nMånga barn | Gamla båtar\n | Kallt")
    )
    assert shown == [
        "=1 Styrkor", "- Nära ån", "- Många barn",
        "=1 Svagheter", "- Ont om tid", "- Gamla båtar", "- Kallt",
    ]  # fmt: skip


def test_an_owner_told_once_does_not_make_lists_of_a_table(sheet: Make, paged: Read) -> None:
    shown = paged(sheet("Lag | Vad | Vem\nÅn | laga grinden | Siv\n | köpa rep | Moa"))
    assert shown[-1] == "|  | köpa rep | Moa |"


def test_answers_to_a_form_stand_under_their_questions(sheet: Make, paged: Read) -> None:
    shown = paged(
        sheet(
            """
            Tidstämpel | Namn | Vad hindrar er från att paddla oftare? | Betyg?
            @2024-05-03 14:02 | Moa | Vi har inga flytvästar till barnen. | #4
            @2024-05-03 14:09 | Nils | Ån är för grund i augusti | #5
            """,
            "Formulärsvar 1",
        )
    )
    assert shown == [
        "== Formulärsvar 1",
        "| Tidstämpel | Namn | Betyg? |",
        "| 2024-05-03 14:02 | Moa | 4 |",
        "| 2024-05-03 14:09 | Nils | 5 |",
        "=1 Vad hindrar er från att paddla oftare?",
        "- Vi har inga flytvästar till barnen.",
        "- Ån är för grund i augusti",
    ]


def test_an_action_list_that_asks_stays_a_table(sheet: Make, paged: Read) -> None:
    rows = (
        "Vad ska vi göra? | Vem?\nLaga grinden vid badplatsen | Siv\nKöpa rep till alla båtar | Moa"
    )
    assert paged(sheet(rows))[0] == "| Vad ska vi göra? | Vem? |"


def test_hidden_rows_and_columns_are_left_out_and_told(sheet: Make, told: Read) -> None:
    made = sheet("Vad | Pris | Vem\nRep | #90 | Moa\nFärg | #300 | Nils\nKorv | #80 | Siv", "Inköp")
    made.hidden_rows.add(2)
    made.hidden_columns.append((1, 1))
    page, problems = page_of(made, 2)
    assert [(p.code, p.severity, p.page) for p in problems] == [("hidden-cells", "info", 2)]
    assert "«Inköp»" in problems[0].message
    assert "row 3 and column B" in problems[0].message
    [_, table] = page.items
    assert len(table.rows) == 3  # type: ignore[union-attr]
    assert len(table.rows[0]) == 2  # type: ignore[union-attr]


def test_a_merged_cell_that_begins_in_a_hidden_column_is_seen(sheet: Make, paged: Read) -> None:
    made = sheet("Kanotdagen | | Åsele\n\nVad | Pris | Vem\nRep | #90 | Moa")
    made.merge([Area(0, 0, 0, 1)])
    made.hidden_columns.append((0, 0))
    assert paged(made)[0] == "Kanotdagen Åsele"


def test_text_boxes_stand_where_they_begin_and_notes_last(sheet: Make, paged: Read) -> None:
    made = sheet("Vad | Vem\nRep | Moa\n\n\n\n\nPass | Vem\nGrillen | Siv")
    made.drawn.append(Drawn(3, (RawParagraph(text="Ring om du är sjuk!"),)))
    made.notes.append((1, 0, "Tolv meter räcker."))
    assert paged(made)[2:] == [
        "Ring om du är sjuk!", "| Pass | Vem |", "| Grillen | Siv |", "note: Tolv meter räcker.",
    ]  # fmt: skip


def test_an_empty_sheet_is_an_empty_page(sheet: Make) -> None:
    page, problems = page_of(sheet("", "Budget"), 3)
    assert (page.number, page.label, list(page.items), problems) == (3, "Budget", [], [])


def test_a_sheet_that_is_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 100)
    made = Sheet(name="Logg")
    for row in range(105):
        if not made.put(row, 0, Cell("rad")):
            break
    page, problems = page_of(made, 1)
    assert [p.code for p in problems] == ["sheet-too-large"]
    assert len(page.items) == 101


def test_one_text_in_many_cells_is_bounded() -> None:
    made = Sheet()
    cell = Cell("bomb " * 200_000)
    added = sum(made.put(0, n, cell) for n in range(1000))
    assert added < 25
    assert made.cut


def test_cells_strewn_over_a_sheet_make_no_grid_of_blanks() -> None:
    made = Sheet()
    for n in range(3000):
        made.put(n, n, Cell("här"))
        made.put(n, n + 1, Cell("där"))
    page, _ = page_of(made, 1)
    assert len(page.items) == 3000


def test_merging_a_whole_sheet_takes_no_time(sheet: Make, paged: Read) -> None:
    made = sheet("**Kanotdagen**\n\nVad | Vem\nRep | Moa")
    start = time.perf_counter()
    made.merge([Area(0, 0, 1, 16_383), Area(100, 0, 1_048_575, 16_383)])
    assert paged(made)[0] == "== Kanotdagen"
    assert time.perf_counter() - start < 1


def test_cells_on_a_slant_are_no_endless_depth(sheet: Make) -> None:
    made = Sheet()
    for n in range(400):
        # L-shapes in each other: each cut takes one row or one column off.
        made.put(4 * n, 4 * n, replace(Cell(f"hörn {n}"), columns=2000, rows=1))
        made.put(4 * n + 2, 4 * n, replace(Cell(f"sida {n}"), columns=1, rows=2000))
    page, _ = page_of(made, 1)
    texts = [x.text for item in page.items if isinstance(item, RawParagraph) for x in [item]]
    assert len(texts) <= 800
