from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from pipeline.errors import UsageError
from pipeline.languages.pack import LanguagePack
from pipeline.model.dataset import Dataset, Date
from pipeline.writers.docx import session_summary

SESSION = "session-ekskog"


def read(dataset: Dataset, pack: LanguagePack) -> Any:
    return docx.Document(io.BytesIO(session_summary(dataset, SESSION, pack)))


@pytest.fixture(scope="module")
def swedish(dataset: Dataset, sv: LanguagePack) -> Any:
    return read(dataset, sv)


def headings(document: Any, level: int) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name == f"Heading {level}"]


def cells(document: Any) -> Iterator[str]:
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield cell.text


def texts(document: Any) -> str:
    return "\n".join([*(p.text for p in document.paragraphs), *cells(document)])


def change_session(dataset: Dataset, **update: object) -> Dataset:
    sessions = [s.model_copy(update=update) if s.id == SESSION else s for s in dataset.sessions]
    return dataset.model_copy(update={"sessions": tuple(sessions)})


def test_sections_in_order(swedish: Any) -> None:
    assert headings(swedish, 1) == [
        "Syfte",
        "Program",
        "Åtaganden",
        "Uppföljning av tidigare åtaganden",
        "Utmaningar",
        "Beslut",
        "Deltagare",
        "Övrigt ur materialet",
        "Att kontrollera",
    ]


def test_sections_speak_the_language_of_the_pack(dataset: Dataset, en: LanguagePack) -> None:
    english = read(dataset, en)
    assert headings(english, 1)[:3] == ["Purpose", "Agenda", "Commitments"]
    assert headings(english, 2)[0] == "Day 1 – Tuesday 9 May 2023"


def test_title_block(swedish: Any) -> None:
    first = [(p.style.name, p.text) for p in swedish.paragraphs[:6]]
    assert first == [
        ("Title", "Bin som grannar"),
        ("Subtitle", "Sammanfattning · Bi i bygd, träff 3"),
        ("Facts", "Datum\t9–10 maj 2023 (året är härlett; även 2034 är möjligt)"),
        ("Facts", "Plats\tEkskogs bystuga"),
        ("Facts", "Källor\tbin-som-grannar.pptx"),
        ("Facts", "\tbin-som-grannar.pdf (samma innehåll som bin-som-grannar.pptx)"),
    ]


def test_tables_repeat_their_header_and_keep_rows_whole(swedish: Any) -> None:
    for table in swedish.tables:
        if table.style.name == "Summary Table" and table.cell(0, 0).text != "Månad":
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(r._tr.trPr.find(qn("w:cantSplit")) is not None for r in table.rows)


def test_agenda_shows_pauses_in_grey(swedish: Any) -> None:
    day = swedish.tables[0]
    assert [c.text for c in day.rows[0].cells] == ["Tid", "Punkt", "Vem"]
    assert day.rows[3].cells[0].text == "10:20–11:10"
    styles = {r.cells[1].text: r.cells[1].paragraphs[0].runs[0].style.name for r in day.rows}
    assert styles["Paus"] == "Quiet"
    assert styles["Listorna blir teman"] == "Default Paragraph Font"


def test_commitments_by_owner_those_without_last(swedish: Any) -> None:
    second = headings(swedish, 2)
    owners = second[second.index("Lindblomsringen") : second.index("Friska bin året om")]
    assert len(owners) == 9
    assert owners[-1] == "Åtaganden utan ägare"


def test_lead_in_stands_once_above_the_items_that_share_it(swedish: Any) -> None:
    table = swedish.tables[2]
    firsts = [r.cells[0].text.split()[0] for r in table.rows]
    assert firsts == ["Vad", "Bjuder", "Före", "Köper", "Provar"]
    assert table.rows[2].cells[0].paragraphs[0].runs[0].style.name == "Emphasis"
    assert len({c._tc for c in table.rows[2].cells}) == 1


def test_due_as_a_person_writes_it(swedish: Any) -> None:
    shown = set(cells(swedish))
    wanted = {"29 september 2023", "v. 23 (5–11 juni 2023)", "innan svärmningen", "inget datum"}
    assert wanted <= shown


def test_inferred_due_is_marked_and_explained_once(swedish: Any) -> None:
    assert "september 2023*" in set(cells(swedish))
    assert [p.text[0] for p in swedish.paragraphs if "härlett ur" in p.text] == ["*"]


def test_columns_without_content_are_left_out(dataset: Dataset, sv: LanguagePack) -> None:
    plain = [
        c.model_copy(update={"person_id": None, "also": (), "status": None, "follow_ups": ()})
        for c in dataset.commitments
    ]
    document = read(dataset.model_copy(update={"commitments": tuple(plain)}), sv)
    assert [c.text for c in document.tables[2].rows[0].cells] == ["Vad", "När"]


def test_earlier_commitment_is_followed_up(swedish: Any) -> None:
    table = next(t for t in swedish.tables if t.cell(0, 2).text == "Vad som hänt")
    assert [c.text for c in table.rows[1].cells] == [
        "Köper en kupvåg\nTräffen i Lindvik",
        "Norra kupalaget",
        "Vågen hänger i ladan sedan i mars\nklart",
    ]


def test_challenges_by_theme_then_cluster_then_alone(swedish: Any) -> None:
    second = headings(swedish, 2)
    start = second.index("Friska bin året om")
    assert second[start + 2 : start + 5] == [
        "Honung som säljer sig själv",
        "Stadsbin på taken",
        "Utmaningar utan tema",
    ]
    shown = texts(swedish)
    assert "Kvalstren kommer tillbaka fast vi behandlar  (5 röster)" in shown
    assert "Vinterförlusterna syns först i april  (1 röst)" in shown
    assert "(hör kanske till Nya biodlare stannar)" in shown
    assert shown.count("Anteckningar\n") == 3


def test_inferred_themes_say_so_once(dataset: Dataset, en: LanguagePack) -> None:
    themes = tuple(t.model_copy(update={"origin": "inferred"}) for t in dataset.themes)
    document = read(dataset.model_copy(update={"themes": themes}), en)
    assert texts(document).count("suggested by the program") == 1


def test_remainder_shows_what_no_record_quotes(swedish: Any) -> None:
    shown = [p.text for p in swedish.paragraphs]
    start = shown.index("Så läser du en kupvåg  sidorna 5–6")
    assert shown[start + 1 : start + 7] == [
        "Vikten säger mer än ögat: ett halvt kilo om dagen är drag.",
        "Väg vid samma tid",
        "helst före sju",
        "Anteckning: Låt frågan om vikter komma från salen.",
        "Utan rubrik  sida 7",
        "1.\tGå två och två längs stigen",
    ]
    assert "31 kg" in set(cells(swedish))


@pytest.mark.parametrize("text", ["Bi i bygd 2023", "Står bara i kopian"])
def test_remainder_leaves_out_furniture_and_copies(swedish: Any, text: str) -> None:
    assert text not in texts(swedish)


def test_warnings_of_the_sessions_own_files(swedish: Any) -> None:
    assert swedish.paragraphs[-1].text == (
        "Varning: the year is not stated – give it with --year"
        "  (Källa: bin-som-grannar.pptx, sida 1)"
    )


def test_empty_session_has_a_title_and_no_sections(dataset: Dataset, sv: LanguagePack) -> None:
    empty = dict.fromkeys(
        ("documents", "clusters", "people", "commitments", "challenges", "themes", "decisions",
         "diagnostics"), ()
    )  # fmt: skip
    bare = change_session(
        dataset.model_copy(update=empty), title=None, programme=None, number=None, place=None,
        dates=None, purpose=(), agenda=(), participants=(), source_ids=(),
    )  # fmt: skip
    document = read(bare, sv)
    assert [p.text for p in document.paragraphs] == ["Träff", "Sammanfattning"]


def test_characters_that_word_cannot_hold_are_left_out(dataset: Dataset, sv: LanguagePack) -> None:
    odd = change_session(
        dataset, title="Bin\x0bsom\x07 grannar", purpose=("rad ett\u2028rad två\x1f",),
        dates=Date(text="\x00någon gång"),
    )  # fmt: skip
    document = read(odd, sv)
    assert document.paragraphs[0].text == "Bin som grannar"
    assert "rad ett\nrad två" in texts(document)


def test_document_properties(swedish: Any) -> None:
    core = swedish.core_properties
    assert (core.title, core.author, core.last_modified_by) == ("Bin som grannar", "", "")
    assert core.created == core.modified
    assert core.language == "sv-SE"


def test_page_and_language(swedish: Any) -> None:
    page = swedish.sections[0]
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)
    assert page.header.paragraphs[0].text == "Bin som grannar"
    fields = page.footer._element.findall(f".//{qn('w:fldSimple')}")
    assert [f.get(qn("w:instr")) for f in fields] == ["PAGE", "NUMPAGES"]
    language = swedish.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "sv-SE"


def test_same_dataset_gives_the_same_bytes(dataset: Dataset, sv: LanguagePack) -> None:
    first = session_summary(dataset, SESSION, sv)
    assert session_summary(Dataset.model_validate(dataset.model_dump()), SESSION, sv) == first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {e.date_time for e in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"
        assert "docProps/thumbnail.jpeg" not in package.namelist()


def test_unknown_session(dataset: Dataset, sv: LanguagePack) -> None:
    with pytest.raises(UsageError):
        session_summary(dataset, "session-none", sv)


def paths(node: Mapping[str, Any], before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for key, value in node.items():
        if isinstance(value, dict):
            yield from paths(value, (*before, key))
        else:
            yield (*before, key)


def test_packs_have_the_same_labels(sv: LanguagePack, en: LanguagePack) -> None:
    assert set(paths(sv.labels)) == set(paths(en.labels))
