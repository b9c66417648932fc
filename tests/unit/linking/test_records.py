"""One thing, one record: names, people, challenges; due dates; ids that hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.model.dataset import Cluster, Dataset

Digest = Callable[..., Dataset]


def notes(*sections: str, head: str = "# Tegelslagarna\n\nArboga 9 oktober 2023") -> str:
    return "\n\n".join([head, *sections])


def promises(*names: str, title: str = "Vem gör vad") -> str:
    parts = [f"### {name}\n\n- Sköta sak {n} vid ugnen" for n, name in enumerate(names, 1)]
    return f"## {title}\n\n" + "\n\n".join(parts)


def cluster(dataset: Dataset, name: str) -> Cluster:
    return next(c for c in dataset.clusters if name in (c.name, *c.aliases))


# --- clusters


def joined(dataset: Dataset, one: str, other: str) -> bool:
    return cluster(dataset, one).id == cluster(dataset, other).id


def test_spacing_and_capitals_do_not_part_a_name(digest: Digest) -> None:
    dataset = digest({"a.md": notes(promises("Lera Bruk AB", "LeraBruk AB"))})
    assert len(dataset.clusters) == 1


def test_name_with_its_region(digest: Digest) -> None:
    dataset = digest({"a.md": notes(promises("Lerklustret Dalarna", "Lerklustret"))})
    assert joined(dataset, "Lerklustret Dalarna", "Lerklustret")
    assert len(dataset.clusters) == 1


def test_regions_after_a_comma(digest: Digest) -> None:
    dataset = digest({"a.md": notes(promises("Lerklustret, Dalarna och Värmland"))})
    (found,) = dataset.clusters
    assert (found.name, found.regions) == ("Lerklustret", ("Dalarna", "Värmland"))


def test_acronym(digest: Digest) -> None:
    dataset = digest({"a.md": notes(promises("Norra Tegel Kommittén", "NTK"))})
    assert joined(dataset, "Norra Tegel Kommittén", "NTK")


def test_acronym_of_two_names_is_not_joined(digest: Digest) -> None:
    dataset = digest({"a.md": notes(promises("Norra Tegel Kommittén", "Nya Tak Kompaniet", "NTK"))})
    assert len(dataset.clusters) == 3


def test_slip_of_the_pen(digest: Digest) -> None:
    dataset = digest({"a.md": notes(promises("Tegelbruksföreningen", "Tegelbruksförenigen"))})
    assert len(dataset.clusters) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bergslagsskolan 1", "Bergslagsskolan 2"),
        ("Norra Lerklustret", "Södra Lerklustret"),
        ("Ugnen", "Ugnens vänner"),
        ("Lerföreningen", "Lerföreningen Syd"),
        ("Kalkföreningen", "Kakelföreningen"),
    ],
)
def test_doubtful_names_are_kept_apart(digest: Digest, one: str, other: str) -> None:
    dataset = digest({"a.md": notes(promises(one, other))})
    assert not joined(dataset, one, other)


def test_doubtful_names_of_two_sessions_are_reported(digest: Digest) -> None:
    later = notes(promises("Lerföreningen"), head="# Tegelslagarna\n\nTrosa 4 april 2024")
    dataset = digest({"a.md": notes(promises("Lerföreningen Syd")), "b.md": later})
    assert not joined(dataset, "Lerföreningen", "Lerföreningen Syd")
    assert "maybe-same-cluster" in {d.code for d in dataset.diagnostics}


def test_one_cluster_over_two_sessions(digest: Digest) -> None:
    later = notes(promises("Lerklustret"), head="# Tegelslagarna\n\nTrosa 4 april 2024")
    dataset = digest({"a.md": notes(promises("Lerklustret Dalarna")), "b.md": later})
    assert set(cluster(dataset, "Lerklustret").session_ids) == {s.id for s in dataset.sessions}


# --- people

AGENDA = """
## Program

- 18.00 Samling
- 18.15 Om ugnar – Torsten Lerbäck, Kalkverket
- 20.00 Slut
"""


def test_given_name_means_the_one_who_bears_it(digest: Digest) -> None:
    dataset = digest({"a.md": notes(AGENDA, "## Vem gör vad\n\n- Torsten: ringa sågverket")})
    (person,) = dataset.people
    assert person.name == "Torsten Lerbäck"
    assert dataset.commitments[0].person_id == person.id


def test_given_name_that_two_bear_is_nobody_s(digest: Digest) -> None:
    two = AGENDA.replace("20.00 Slut", "19.00 Om kakel – Torsten Ugnman, Kakelverket\n- 20.00 Slut")
    dataset = digest({"a.md": notes(two, "## Vem gör vad\n\n- Torsten: ringa sågverket")})
    assert {p.name for p in dataset.people} == {"Torsten Lerbäck", "Torsten Ugnman", "Torsten"}


def test_speaker_of_the_agenda_is_tied_to_the_person(digest: Digest) -> None:
    dataset = digest({"a.md": notes(AGENDA)})
    speaker = dataset.sessions[0].agenda[1].speakers[0]
    assert speaker.person_id == dataset.people[0].id
    assert dataset.people[0].organisation == "Kalkverket"


# --- challenges

LISTED = (
    "## Gemensamma utmaningar\n\n- Leran är slut före midsommar\n- Ugnen drar mer ved än vi klyver"
)
GROUPED = """
## Utmaningarna i två teman

### Förrådet

- Leran är slut före midsommar

### Elden

- Ugnen drar mer ved än vi klyver
"""


def test_listed_and_grouped_is_one_record_with_two_evidences(digest: Digest) -> None:
    dataset = digest({"a.md": notes(LISTED, GROUPED)})
    titles = {t.id: t.title for t in dataset.themes}
    assert [
        (c.text, titles.get(c.theme_id or ""), len(c.evidence)) for c in dataset.challenges
    ] == [
        ("Leran är slut före midsommar", "Förrådet", 2),
        ("Ugnen drar mer ved än vi klyver", "Elden", 2),
    ]


def test_themes_name_their_challenges(digest: Digest) -> None:
    dataset = digest({"a.md": notes(GROUPED)})
    assert [t.challenge_ids for t in dataset.themes] == [(c.id,) for c in dataset.challenges]
    assert {t.origin for t in dataset.themes} == {"declared"}


def test_a_slip_of_the_pen_is_the_same_challenge(digest: Digest) -> None:
    dataset = digest({"a.md": notes(LISTED, GROUPED.replace("midsommar", "midsomar"))})
    assert len(dataset.challenges) == 2


def test_short_challenges_that_are_nearly_alike_are_two(digest: Digest) -> None:
    dataset = digest({"a.md": notes("## Gemensamma utmaningar\n\n- Ont om lera\n- Ont om ledare")})
    assert len(dataset.challenges) == 2


def test_the_same_challenge_of_two_owners_is_two_records(digest: Digest) -> None:
    said = "- Ont om ved i år igen"
    text = f"## Hinder\n\n### Lerföreningen\n\n{said}\n\n### Kakelverket\n\n{said}"
    assert len(digest({"a.md": notes(text)}).challenges) == 2


# --- due dates


def due(dataset: Dataset, n: int = 0) -> tuple[str | None, str | None]:
    found = dataset.commitments[n].due
    return (found.edtf, found.basis) if found else (None, None)


def test_due_day_without_year_is_the_first_after_the_session(digest: Digest) -> None:
    dataset = digest({"a.md": notes("## Vem gör vad\n\n- Rut: elda senast 3 mars")})
    assert due(dataset) == ("2024-03-03", "inferred")


def test_due_by_the_next_session(digest: Digest) -> None:
    text = notes(
        "## Att göra till nästa träff\n\n- Rut: elda",
        "## Nästa träff\n\n- 14 november 2023 i Trosa",
    )
    assert due(digest({"a.md": text})) == ("2023-11-14", "inferred")


def test_due_by_a_next_session_whose_day_nobody_told_is_unknown(digest: Digest) -> None:
    assert due(digest({"a.md": notes("## Att göra till nästa träff\n\n- Rut: elda")})) == (
        None,
        None,
    )


def test_date_in_a_title_before_the_session_is_when_it_was_said(digest: Digest) -> None:
    dataset = digest({"a.md": notes("## Att göra till nästa gång (14 september)\n\n- Rut: elda")})
    stated = dataset.commitments[0].stated_on
    assert stated is not None
    assert stated.start == "2023-09-14"
    assert due(dataset) == (None, None)


def test_date_in_a_title_after_the_session_is_when_it_is_due(digest: Digest) -> None:
    dataset = digest({"a.md": notes("## Att göra till nästa gång (14 november)\n\n- Rut: elda")})
    assert dataset.commitments[0].stated_on is None
    assert due(dataset) == ("2023-11-14", "inferred")


def test_given_year(digest: Digest) -> None:
    head = "# Tegelslagarna\n\nArboga 9 oktober"
    dataset = digest(
        {"a.md": notes("## Vem gör vad\n\n- Rut: elda senast 3 mars", head=head)}, year=2019
    )
    assert dataset.sessions[0].dates is not None
    assert (dataset.sessions[0].dates.edtf, dataset.sessions[0].dates.basis) == (
        "2019-10-09",
        "given",
    )
    assert due(dataset)[0] == "2020-03-03"


def test_year_that_nothing_tells_is_reported(digest: Digest) -> None:
    dataset = digest({"a.md": notes(LISTED, head="# Tegelslagarna\n\nArboga 9 oktober")})
    assert dataset.sessions[0].dates is not None
    assert dataset.sessions[0].dates.edtf == "XXXX-10-09"
    assert "year-unknown" in {d.code for d in dataset.diagnostics}


# --- ids that hold

WHOLE = notes(LISTED, GROUPED, promises("Lerklustret", "Kakelverket"), AGENDA)
LATER = notes(
    promises("Lerklustret", "Sotarskrået"), LISTED, head="# Tegelslagarna\n\nTrosa 4 april 2024"
)


def ids(dataset: Dataset, path: str) -> dict[str, str]:
    """Ids of the records of one file, by kind and text."""
    source = next(s.id for s in dataset.sources if s.path == path)
    out: dict[str, str] = {}
    for kind in ("commitments", "challenges", "themes", "clusters", "people", "sessions"):
        for record in getattr(dataset, kind):
            if any(e.source_id == source for e in record.evidence):
                words = (
                    getattr(record, "text", None) or getattr(record, "name", None) or record.title
                )
                out[f"{kind}: {words}"] = record.id
    return out


def test_ids_hold_when_another_file_is_added(digest: Digest) -> None:
    alone = ids(digest({"m.md": WHOLE}), "m.md")
    assert ids(digest({"m.md": WHOLE, "z.md": LATER}), "m.md") == alone


def test_ids_hold_when_another_file_comes_before(digest: Digest) -> None:
    alone = ids(digest({"m.md": WHOLE}), "m.md")
    assert ids(digest({"m.md": WHOLE, "a.md": LATER}), "m.md") == alone


def test_ids_hold_when_a_page_is_put_in_front(digest: Digest) -> None:
    before = ids(digest({"m.md": WHOLE}), "m.md")
    longer = WHOLE.replace("## Gemensamma", "## Syfte\n\n- Se elden\n\n## Gemensamma", 1)
    after = ids(digest({"m.md": longer}), "m.md")
    assert after == before


def test_ids_hold_when_another_record_is_put_in_front(digest: Digest) -> None:
    before = ids(digest({"m.md": WHOLE}), "m.md")
    longer = WHOLE.replace("\n- Leran är slut", "\n- Ingen vill sota\n- Leran är slut", 1)
    after = ids(digest({"m.md": longer}), "m.md")
    assert {k: v for k, v in after.items() if k in before} == before


def test_order_of_files_does_not_matter(digest: Digest) -> None:
    files = {"m.md": WHOLE, "a.md": LATER}
    assert digest(files) == digest(files, turned=True)


def test_ids_are_unique_where_texts_recur(digest: Digest) -> None:
    dataset = digest({"a.md": notes(promises("Lerklustret", "Kakelverket")), "b.md": LATER})
    found = [r.id for r in (*dataset.commitments, *dataset.challenges, *dataset.clusters)]
    assert len(found) == len(set(found))


def test_ids_of_agenda_items_are_unique_over_sessions(digest: Digest) -> None:
    later = notes(AGENDA, head="# Tegelslagarna\n\nTrosa 4 april 2024")
    dataset = digest({"a.md": notes(AGENDA), "b.md": later})
    found = [a.id for s in dataset.sessions for a in s.agenda]
    assert len(found) == len(set(found)) == 6
