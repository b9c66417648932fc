"""Which files are the same material again, and which occasion they tell of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.flow import Options, make_dataset, read_claims
from pipeline.model.dataset import Dataset

Digest = Callable[..., Dataset]
SAMPLES = Path(__file__).parents[3] / "samples"

NOTES = """
# Tegelslagarnas kväll

Arboga 9 oktober 2023

## Gemensamma utmaningar

- Leran i täkten är slut före midsommar
- Ugnen drar mer ved än vi hinner klyva
- Formarna från förra seklet är borta

## Vem gör vad

- Rut: ringa sågverket om spillved senast 3 november
- Sixten: rita av formen på museet
- Torsten: fråga kommunen om den gamla täkten
"""
OTHER = """
# Repslagarnas kväll

Arboga 14 november 2023

## Vem gör vad

- Hilda: tjära golvet i repslagarbanan före jul
- Hugo: leta fram ritningen till hjulet
- Iris: bjuda in skolan till ett prov i april
"""


def by_path(dataset: Dataset, name: str) -> str:
    return next(s.id for s in dataset.sources if s.path == name)


def relations(dataset: Dataset) -> dict[str, tuple[str | None, str | None]]:
    paths = {s.id: s.path for s in dataset.sources}

    def path(of: str | None) -> str | None:
        return paths[of] if of else None

    return {s.path: (path(s.rendition_of), path(s.superseded_by)) for s in dataset.sources}


def test_slides_and_their_pdf_count_once() -> None:
    options = Options()
    folder = SAMPLES / "korkvall"
    names = ["deck.pdf", "deck.pptx"]
    both = make_dataset([read_claims(folder / n, n, options) for n in names], options)
    alone = make_dataset([read_claims(folder / "deck.pptx", "deck.pptx", options)], options)
    assert relations(both) == {"deck.pptx": (None, None), "deck.pdf": ("deck.pptx", None)}
    assert [c.text for c in both.commitments] == [c.text for c in alone.commitments]
    assert [c.id for c in both.challenges] == [c.id for c in alone.challenges]


def test_slides_and_their_pdf_say_the_same() -> None:
    options = Options()
    found = []
    for name in ("deck.pdf", "deck.pptx"):
        one = make_dataset([read_claims(SAMPLES / "korkvall" / name, name, options)], options)
        clusters = {c.id: c.name for c in one.clusters}
        found.append(
            (
                sorted((c.text, clusters.get(c.cluster_id or "")) for c in one.commitments),
                sorted(c.text for c in one.challenges),
                sorted(t.title for t in one.themes),
                [(a.start, a.title) for s in one.sessions for a in s.agenda],
            )
        )
    assert found[0] == found[1]


def test_the_same_notes_as_text_and_markdown(digest: Digest) -> None:
    dataset = digest({"kväll.md": NOTES, "kväll.txt": NOTES.replace("#", "").replace("\n ", "\n")})
    assert relations(dataset)["kväll.txt"] == ("kväll.md", None)
    assert len(dataset.commitments) == 3


def test_a_copy_in_another_folder(digest: Digest) -> None:
    dataset = digest({"a/kväll.md": NOTES, "b/kväll.md": NOTES})
    assert relations(dataset)["b/kväll.md"] == ("a/kväll.md", None)
    assert len(dataset.commitments) == 3


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("kväll.md", "kväll_v2.md"),
        ("kväll_v2.md", "kväll_v10.md"),
        ("kväll_v3.md", "kväll_slutlig.md"),
        ("kväll utkast.md", "kväll.md"),
        ("kväll_2023-10-09.md", "kväll_2023-10-12.md"),
    ],
)
def test_versions_by_file_name(digest: Digest, older: str, newer: str) -> None:
    dataset = digest({older: NOTES, newer: NOTES.replace("av formen", "av alla formar")})
    assert relations(dataset) == {older: (None, newer), newer: (None, None)}
    assert "rita av alla formar på museet" in [c.text for c in dataset.commitments]
    assert len(dataset.commitments) == 3


def test_two_occasions_with_one_template_are_no_versions(digest: Digest) -> None:
    dataset = digest({"kväll 1.md": NOTES, "kväll 2.md": OTHER})
    assert set(relations(dataset).values()) == {(None, None)}
    assert len(dataset.sessions) == 2
    assert len(dataset.commitments) == 6


def test_what_was_replaced_is_still_kept(digest: Digest) -> None:
    dataset = digest({"kväll.md": NOTES + "\n- Nils: elda\n", "kväll_v2.md": NOTES})
    kept = [i.text for d in dataset.documents for s in d.sections for i in s.items]
    assert "Nils: elda" in kept


# --- sessions over files


def test_one_session_over_two_files(digest: Digest) -> None:
    agenda = """
# Tegelkvällar

Arboga 9 oktober 2023

## Program

- 18.00 Samling
- 18.15 Leran visas
- 20.00 Slut
"""
    dataset = digest({"program.md": agenda, "kväll.md": NOTES})
    (session,) = dataset.sessions
    assert len(session.source_ids) == 2
    assert [a.title for a in session.agenda] == ["Samling", "Leran visas", "Slut"]
    assert {c.session_id for c in dataset.commitments} == {session.id}


def test_two_days_of_one_place_are_two_sessions(digest: Digest) -> None:
    dataset = digest({"a.md": NOTES, "b.md": OTHER})
    assert [s.dates.edtf for s in dataset.sessions if s.dates] == ["2023-10-09", "2023-11-14"]
    assert len({s.slug for s in dataset.sessions}) == 2


def test_one_day_in_two_places_is_two_sessions(digest: Digest) -> None:
    elsewhere = OTHER.replace("Arboga 14 november 2023", "Trosa 9 oktober 2023")
    dataset = digest({"a.md": NOTES, "b.md": elsewhere})
    assert {s.place for s in dataset.sessions} == {"Arboga", "Trosa"}


def test_undated_notes_join_the_session_of_their_folder(digest: Digest) -> None:
    loose = "# Vem gör vad\n\n- Walter: sota ugnen\n- Greta: räkna tegel\n"
    dataset = digest({"arboga/kväll.md": NOTES, "arboga/löst.md": loose})
    (session,) = dataset.sessions
    assert len(session.source_ids) == 2


def test_undated_notes_of_something_else_stay_apart(digest: Digest) -> None:
    """Their own title names another occasion, and they share no names with the dated notes."""
    other = "# Styrelsemöte i kanotklubben\n\n## Hinder\n\n- Paddlarna är slut\n"
    dataset = digest({"arboga/kväll.md": NOTES, "arboga/annat.md": other})
    assert len(dataset.sessions) == 2


def test_undated_notes_beside_two_sessions_stay_apart(digest: Digest) -> None:
    loose = "# Vem gör vad\n\n- Walter: sota ugnen\n- Greta: räkna tegel\n"
    dataset = digest({"a.md": NOTES, "b.md": OTHER, "c.md": loose})
    assert len(dataset.sessions) == 3


# --- agendas

TWO_DAYS = """
# Tegeldagar

Arboga 9–10 oktober 2023

## Program måndag 9 oktober

- 10.00 Samling
- 10.30 Leran visas
- 12.00–13.00 Lunch

## Program tisdag 10 oktober

- 08.30 Frukost
- 09.00 Ugnen tänds
- 15.00 Slut
"""


def test_agenda_days_and_dates(digest: Digest) -> None:
    (session,) = digest({"dagar.md": TWO_DAYS}).sessions
    assert [(a.day, a.date) for a in session.agenda] == [(1, "2023-10-09")] * 3 + [
        (2, "2023-10-10")
    ] * 3


def test_ends_are_inferred_from_the_next_start_of_the_day(digest: Digest) -> None:
    (session,) = digest({"dagar.md": TWO_DAYS}).sessions
    assert [(a.end, a.end_inferred) for a in session.agenda] == [
        ("10:30", True),
        ("12:00", True),
        ("13:00", False),
        ("09:00", True),
        ("15:00", True),
        (None, False),
    ]


def test_days_without_dates_are_told_by_times_that_start_again(digest: Digest) -> None:
    undated = TWO_DAYS.replace(" måndag 9 oktober", "").replace(" tisdag 10 oktober", " dag två")
    (session,) = digest({"dagar.md": undated}).sessions
    assert [a.day for a in session.agenda] == [1, 1, 1, 2, 2, 2]


def test_a_small_step_back_is_the_same_day_and_is_reported(digest: Digest) -> None:
    slip = TWO_DAYS.split("## Program tisdag")[0].replace("12.00–13.00 Lunch", "10.15 Lunch")
    dataset = digest({"dagar.md": slip})
    assert {a.day for a in dataset.sessions[0].agenda} == {1}
    assert "agenda-times" in {d.code for d in dataset.diagnostics}


def test_an_agenda_in_two_files_counts_once(digest: Digest) -> None:
    program = TWO_DAYS + "\n## Praktiskt\n\nTa med stövlar, det är blött i täkten hela hösten.\n"
    poster = "# Tegeldagar\n\nArboga 9–10 oktober 2023\n\n## Program måndag 9 oktober\n\n" + (
        "- 10.00 Samling\n- 10.30 Leran visas\n- 12.00–13.00 Lunch\n"
    )
    (session,) = digest({"affisch.md": poster, "program.md": program}).sessions
    assert [a.title for a in session.agenda if a.day == 1] == ["Samling", "Leran visas", "Lunch"]
