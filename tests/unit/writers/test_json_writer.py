from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.model.dataset import Dataset
from pipeline.writers.json_writer import dataset_json, session_json

SESSION = "session-ekskog"
REFERENCES = {
    "session_id", "session_ids", "cluster_id", "cluster_ids", "also", "person_id", "theme_id",
    "suggested_theme_id", "challenge_ids", "same_as", "source_id", "source_ids", "rendition_of",
    "superseded_by", "parent_id", "record_ids",
}  # fmt: skip


@pytest.fixture(scope="module")
def cut(dataset: Dataset) -> Dataset:
    return Dataset.model_validate_json(session_json(dataset, SESSION))


def references(node: Any, key: str = "") -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            yield from references(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from references(value, key)
    elif node is not None and key in REFERENCES:
        yield node


def ids(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "id" in node:
            yield node["id"]
        for value in node.values():
            yield from ids(value)
    elif isinstance(node, list):
        for value in node:
            yield from ids(value)


def test_whole_dataset_comes_back_as_it_was(dataset: Dataset) -> None:
    assert Dataset.model_validate_json(dataset_json(dataset)) == dataset


def test_text_is_readable_and_ends_with_a_line_end(dataset: Dataset) -> None:
    data = dataset_json(dataset)
    assert "Välkomna till Ekskog".encode() in data
    assert data.endswith(b"}\n")


def test_fields_stand_in_the_order_of_the_model(dataset: Dataset) -> None:
    assert list(json.loads(dataset_json(dataset))) == list(Dataset.model_fields)


def test_same_dataset_gives_the_same_bytes(dataset: Dataset) -> None:
    again = Dataset.model_validate_json(dataset_json(dataset))
    assert dataset_json(again) == dataset_json(dataset)
    assert session_json(again, SESSION) == session_json(dataset, SESSION)


def test_every_reference_of_a_session_leads_to_something_in_it(dataset: Dataset) -> None:
    data = json.loads(session_json(dataset, SESSION))
    assert set(references(data)) <= set(ids(data))


def test_session_holds_what_its_records_refer_to(cut: Dataset) -> None:
    assert len(cut.clusters) == 8
    assert {p.name for p in cut.people} == {"Siv Hallonqvist", "Odd Barkman", "Maj Tuvesson"}
    assert len(cut.themes) == 3
    assert [d.id for d in cut.decisions] == ["decision-1"]


def test_session_leaves_out_other_sessions_records(cut: Dataset) -> None:
    assert "commitment-lost" not in {c.id for c in cut.commitments}
    assert [d.source_id for d in cut.documents] == ["deck", "copy"]
    assert [d.code for d in cut.diagnostics] == ["year"]


def test_earlier_commitment_is_kept_where_this_session_tells_of_it(cut: Dataset) -> None:
    earlier = next(c for c in cut.commitments if c.id == "commitment-earlier")
    assert earlier.follow_ups[0].status == "done"
    assert earlier.same_as == ()
    assert [s.id for s in cut.sessions] == [SESSION, "session-lindvik"]
    assert cut.sessions[1].agenda == ()


def test_records_without_a_session_follow_their_file(dataset: Dataset) -> None:
    loose = dataset.challenges[0].model_copy(update={"session_id": None})
    changed = dataset.model_copy(update={"challenges": (loose,)})
    data = json.loads(session_json(changed, SESSION))
    assert [c["id"] for c in data["challenges"]] == [loose.id]


def test_unknown_session_names_those_that_there_are(dataset: Dataset) -> None:
    with pytest.raises(UsageError) as caught:
        session_json(dataset, "session-none")
    assert SESSION in caught.value.hint
