"""What one file knows of a name holds for the others; parts of a day join the day."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.model.dataset import Dataset

Digest = Callable[..., Dataset]

DAY = """
# Ystningens dag

Lördag 8 mars 2025, Mejeriet i Hedvalla

## Deltagare

| Namn | Organisation |
|---|---|
| Rut Ek | Osten Pigg |
| Per Al | Silolaget |
"""
ACTIONS = """
| Vad | Vem | Klart |
|---|---|---|
| diska karen | Osten Pigg | 3 april 2025 |
| räkna pallar | Per Al | 9 april 2025 |
"""
WALL = """
# Fler utmaningar

- Löpen är slut
- Kön till vågen är lång
"""


def test_owner_that_somebody_came_for_is_no_person(digest: Digest) -> None:
    found = digest({"atgarder.md": ACTIONS, "dag.md": DAY})
    clusters = {c.id: c.name for c in found.clusters}
    people = {p.id: p.name for p in found.people}
    assert [
        (c.text, clusters.get(c.cluster_id or ""), people.get(c.person_id or ""))
        for c in found.commitments
    ] == [("diska karen", "Osten Pigg", None), ("räkna pallar", "Silolaget", "Per Al")]
    assert sorted(people.values()) == ["Per Al", "Rut Ek"]


def test_wall_without_date_joins_the_day_of_its_folder(digest: Digest) -> None:
    found = digest({"dag.md": DAY, "vagg.md": WALL})
    assert [s.title for s in found.sessions] == ["Ystningens dag"]
    assert {c.session_id for c in found.challenges} == {found.sessions[0].id}
    assert not [e for s in found.sessions for e in s.evidence if e.quote == "Fler utmaningar"]


def test_wall_alone_keeps_its_title(digest: Digest) -> None:
    assert [s.title for s in digest({"vagg.md": WALL}).sessions] == ["Fler utmaningar"]
