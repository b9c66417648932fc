"""The schemas are current and valid, and what is written follows them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from pipeline.flow import read_file
from pipeline.model.document import Document
from pipeline.queries.schema import names, schema_json

NAMES = names()


def check(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs check-jsonschema, which knows nothing of our types."""
    return subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *map(str, arguments)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_each_model_has_a_schema_file(root: Path) -> None:
    files = {p.name for p in (root / "schemas").iterdir()}
    assert files == {f"{name}.schema.json" for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_current(root: Path, name: str) -> None:
    committed = (root / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert committed == schema_json(name), "the types have changed: make schemas"


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_valid_itself(root: Path, name: str) -> None:
    file = root / "schemas" / f"{name}.schema.json"
    assert json.loads(file.read_text(encoding="utf-8"))["$schema"].endswith("2020-12/schema")
    done = check("--check-metaschema", file)
    assert done.returncode == 0, done.stdout + done.stderr


def test_dataset_of_the_samples_follows_the_schema(root: Path, digested: Path) -> None:
    files = [digested / "dataset.json", *sorted(digested.glob("*/session.json"))]
    assert len(files) >= 5
    done = check("--schemafile", root / "schemas" / "dataset.schema.json", *files)
    assert done.returncode == 0, done.stdout + done.stderr


def test_our_own_validation_agrees(samsyn: Callable[..., object], digested: Path) -> None:
    done = samsyn("validate", digested / "dataset.json")
    assert done.returncode == 0, done.stderr  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "sample",
    ["korkvall/deck.pptx", "korkvall/deck.pdf", "community-radio/notes.docx", "simhallar/notes.md"],
)
def test_document_follows_its_schema(root: Path, sample: str, tmp_path: Path) -> None:
    document = read_file(root / "samples" / sample, sample)
    file = tmp_path / "document.json"
    file.write_bytes(TypeAdapter(Document).dump_json(document))
    done = check("--schemafile", root / "schemas" / "document.schema.json", file)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("place", "value"),
    [("sessions", None), ("sources", [{"id": 1}]), ("schema_version", 2)],
)
def test_schema_is_no_rubber_stamp(
    root: Path, digested: Path, tmp_path: Path, place: str, value: object
) -> None:
    dataset = json.loads((digested / "dataset.json").read_text(encoding="utf-8"))
    file = tmp_path / "dataset.json"
    file.write_text(json.dumps({**dataset, place: value}), encoding="utf-8")
    assert check("--schemafile", root / "schemas" / "dataset.schema.json", file).returncode != 0


def test_unknown_fields_are_let_through(root: Path, digested: Path, tmp_path: Path) -> None:
    """A reader of today accepts what a later version adds."""
    dataset = json.loads((digested / "dataset.json").read_text(encoding="utf-8"))
    dataset["sessions"][0]["weather"] = "rain"
    file = tmp_path / "dataset.json"
    file.write_text(json.dumps(dataset), encoding="utf-8")
    done = check("--schemafile", root / "schemas" / "dataset.schema.json", file)
    assert done.returncode == 0, done.stdout + done.stderr
