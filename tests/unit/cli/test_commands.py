"""`samsyn show`, `schema`, `validate`, `--help`, `--version`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import __version__

Call = Callable[..., Any]
SAMPLES = Path(__file__).parents[3] / "samples"


def test_show_is_an_outline(call: Call, notes: Path) -> None:
    result = call("show", notes)
    said = result.out.decode()
    assert result.code == 0
    assert said.splitlines()[0].startswith("vävarna.md")
    assert "Vävarnas höstmöte" in said
    assert "- Räkna skedarna senast 3 november" in said


def test_show_without_a_terminal_has_no_colours(call: Call, notes: Path) -> None:
    assert b"\x1b" not in call("show", notes).out


def test_show_some_pages(call: Call) -> None:
    deck = SAMPLES / "korkvall" / "deck.pptx"
    whole, second = call("show", deck).out.decode(), call("show", deck, "-p", "2").out.decode()
    assert "── 1 " in whole
    assert "── 2 " in second
    assert "── 1 " not in second
    assert "── 3 " not in second


def test_show_draws_tables(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "tabell.md"
    path.write_text("# Pris\n\n| Vad | Kronor |\n|---|---|\n| Garn | 40 |\n", encoding="utf-8")
    assert "| Garn" in call("show", path).out.decode()


def test_show_what_cannot_be_read(call: Call, tmp_path: Path) -> None:
    (tmp_path / "tom.pptx").touch()
    result = call("show", tmp_path / "tom.pptx")
    assert result.code == 1
    assert "tom.pptx" in result.err
    assert "empty" in result.err
    assert len(result.err.strip().splitlines()) == 2


def test_show_a_missing_file(call: Call, tmp_path: Path) -> None:
    assert call("show", tmp_path / "nowhere.pptx").code == 2


@pytest.mark.parametrize("name", ["dataset", "document"])
def test_schema(call: Call, name: str) -> None:
    result = call("schema", name)
    schema = json.loads(result.out)
    assert result.code == 0
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_schema_of_nothing_known(call: Call) -> None:
    result = call("schema", "deck")
    assert result.code == 2
    assert "dataset" in result.err


@pytest.fixture
def dataset(call: Call, notes: Path, tmp_path: Path) -> Path:
    path = tmp_path / "dataset.json"
    path.write_bytes(call("run", notes, "-o", "-").out)
    return path


def test_a_written_dataset_is_valid(call: Call, dataset: Path) -> None:
    result = call("validate", dataset)
    assert result.code == 0
    assert "valid, 1 sessions, 2 commitments, 2 challenges" in result.out.decode()


def test_a_written_session_is_valid(call: Call, notes: Path, tmp_path: Path) -> None:
    call("run", notes, "-o", tmp_path / "out")
    (session,) = (tmp_path / "out").glob("*/session.json")
    assert call("validate", session).code == 0


def test_a_broken_dataset_tells_where(call: Call, dataset: Path) -> None:
    data = json.loads(dataset.read_text(encoding="utf-8"))
    data["challenges"][1]["kind"] = "trouble"
    dataset.write_text(json.dumps(data), encoding="utf-8")
    result = call("validate", dataset)
    assert result.code == 1
    assert "challenges/1/kind" in result.err
    assert dataset.name in result.err


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe", b'{"schema_version": "1.0"}'])
def test_no_dataset_at_all(call: Call, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "dataset.json"
    path.write_bytes(data)
    result = call("validate", path)
    assert result.code == 1
    assert "dataset.json" in result.err


def test_validate_goes_on_after_a_broken_one(call: Call, dataset: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    result = call("validate", broken, dataset)
    assert result.code == 1
    assert "valid, 1 sessions" in result.out.decode()


def test_unknown_fields_of_a_later_version_are_no_fault(call: Call, dataset: Path) -> None:
    data = json.loads(dataset.read_text(encoding="utf-8"))
    data["mood"] = "good"
    data["sessions"][0]["weather"] = "rain"
    dataset.write_text(json.dumps(data), encoding="utf-8")
    assert call("validate", dataset).code == 0


def test_version(call: Call) -> None:
    assert __version__ in call("--version").out.decode()


@pytest.mark.parametrize(
    "arguments", [["--help"], ["run", "-h"], ["show", "-h"], ["validate", "-h"]]
)
def test_help(call: Call, arguments: list[str]) -> None:
    result = call(*arguments)
    assert result.code == 0
    assert "Usage: samsyn" in result.out.decode()


def test_unknown_command(call: Call) -> None:
    assert call("dance").code == 2
