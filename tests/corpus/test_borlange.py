"""The real deck that the project is measured by, where it lies beside the repository.

Its three renditions give the same records, and the figures that must hold do.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pipeline.flow import Options, make_dataset, read_claims
from pipeline.model.text import squash

SHARED = Path(__file__).parents[3] / "shared"
DECK = SHARED / "corpus" / "borlange"
FILES = ("deck.pptx", "deck.pdf", "deck.txt")

pytestmark = pytest.mark.skipif(
    not (DECK / "gold.json").is_file(), reason="../shared/corpus is not there"
)

Json = dict[str, Any]
# F1 unless it is a plain share; name of the figure -> the least that must hold.
LEAST = {
    "agenda": 0.97,
    "clusters": 0.95,
    "commitments": 0.95,
    "commitment_owner": 0.97,
    "commitment_due": 0.95,
    "challenges": 0.95,
    "themes": 1.0,
    "theme_bcubed": 0.97,
    "theme_notes_recall": 0.95,
    "lines_kept": 1.0,
    "session_year": 1.0,
    "people": 0.95,
}


@pytest.fixture(scope="module")
def datasets() -> dict[str, Json]:
    options = Options()
    found = {}
    for name in FILES:
        dataset = make_dataset([read_claims(DECK / name, name, options)], options)
        found[name] = dataset.model_dump(mode="json")
    return found


@pytest.fixture(scope="module")
def scores(datasets: dict[str, Json]) -> dict[str, Json]:
    module = _scorer()
    gold = json.loads((DECK / "gold.json").read_text(encoding="utf-8"))
    return {name: module.score(dataset, gold)[0] for name, dataset in datasets.items()}


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "evaluation" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("figure", LEAST)
@pytest.mark.parametrize("name", FILES)
def test_figure(scores: dict[str, Json], name: str, figure: str) -> None:
    value = scores[name][figure]
    found = value["f1"] if isinstance(value, dict) else value
    assert found >= LEAST[figure]


@pytest.mark.parametrize("name", FILES)
def test_no_trap(scores: dict[str, Json], name: str) -> None:
    fell = {k: v for k, v in scores[name].items() if k.startswith("traps_")}
    assert fell
    assert all(v.startswith("0 of ") for v in fell.values()), fell


# --- one deck, three files, the same records


def commitments(d: Json) -> list[tuple[str, ...]]:
    clusters = {c["id"]: c["name"] for c in d["clusters"]}
    return sorted(
        (
            squash(c["text"]),
            *(squash(clusters[i]) for i in _owners(c)),
            str((c["due"] or {}).get("edtf")),
        )
        for c in d["commitments"]
    )


def _owners(commitment: Json) -> list[str]:
    return [i for i in (commitment["cluster_id"], *commitment["also"]) if i]


def challenges(d: Json) -> list[tuple[str, str]]:
    themes = {t["id"]: t["title"] for t in d["themes"]}
    return sorted(
        (squash(c["text"]), squash(themes.get(c["theme_id"]) or "")) for c in d["challenges"]
    )


def themes(d: Json) -> list[tuple[str, list[str]]]:
    return sorted(
        (squash(t["title"]), sorted(squash(n["text"]) for n in t["notes"])) for t in d["themes"]
    )


def agenda(d: Json) -> list[tuple[object, ...]]:
    return [
        (a["day"], a["start"], a["end"], a["end_inferred"], squash(a["title"]), a["kind"],
         tuple(sorted(s["name"] for s in a["speakers"])))
        for s in d["sessions"] for a in s["agenda"]
    ]  # fmt: skip


def session(d: Json) -> list[tuple[object, ...]]:
    return [(s["place"], s["dates"]["edtf"], s["dates"]["basis"]) for s in d["sessions"]]


def people(d: Json) -> list[tuple[str, str | None]]:
    return sorted((p["name"], p["organisation"]) for p in d["people"])


def clusters(d: Json) -> list[tuple[str, tuple[str, ...]]]:
    return sorted((c["name"], tuple(c["regions"])) for c in d["clusters"])


@pytest.mark.parametrize(
    "read", [commitments, challenges, themes, agenda, session, people, clusters]
)
@pytest.mark.parametrize("name", FILES[1:])
def test_the_same_records(
    datasets: dict[str, Json], name: str, read: Callable[[Json], list[Any]]
) -> None:
    expected, found = read(datasets[FILES[0]]), read(datasets[name])
    assert [x for x in expected if x not in found] == []
    assert [x for x in found if x not in expected] == []


def test_all_three_together_are_one_deck() -> None:
    options = Options()
    files = [read_claims(DECK / n, n, options) for n in FILES]
    dataset = make_dataset(files, options)
    assert [s.path for s in dataset.sources if s.rendition_of is None] == ["deck.pptx"]
    assert len(dataset.sessions) == 1
