"""Each folder in samples/ gives the dataset that lies beside it as expected.json.

`pytest tests/golden --update-golden` writes the files anew: read the difference before it is
committed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipeline.cli.main import cli

SAMPLES = Path(__file__).parents[2] / "samples"
CASES = sorted(
    p.name for p in SAMPLES.iterdir() if p.is_dir() and not p.name.startswith(("_", "."))
)
SHOWN = 15


def digested(case: str) -> bytes:
    """What `samsyn run samples/<case> -o -` writes."""
    result = CliRunner().invoke(
        cli, ["run", str(SAMPLES / case), "-o", "-"], catch_exceptions=False
    )
    assert result.exit_code == 0, result.stderr
    return result.stdout_bytes


def differences(expected: Any, found: Any, path: str = "") -> Iterator[str]:
    """Where two JSON values differ, one line each, as `commitments/3/text: «a» is now «b»`."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in (*expected, *(k for k in found if k not in expected)):
            here = f"{path}/{key}".strip("/")
            if key not in found:
                yield f"{here}: is gone"
            elif key not in expected:
                yield f"{here}: is new"
            else:
                yield from differences(expected[key], found[key], here)
    elif isinstance(expected, list) and isinstance(found, list):
        if len(expected) != len(found):
            yield f"{path}: {len(expected)} entries are now {len(found)}"
        for n, (a, b) in enumerate(zip(expected, found, strict=False)):
            yield from differences(a, b, f"{path}/{n}")
    elif expected != found:
        yield f"{path}: {short(expected)} is now {short(found)}"


def short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 70 else f"{text[:67]}…"


def report(expected: bytes, found: bytes) -> str:
    lines = list(differences(json.loads(expected), json.loads(found)))
    more = f"\n… and {len(lines) - SHOWN} more" if len(lines) > SHOWN else ""
    shown = "\n".join(lines[:SHOWN]) or "the values are equal, the bytes (order, indent) are not"
    return f"{shown}{more}\nif this is as it should be: pytest tests/golden --update-golden"


def test_flag_is_not_left_on(request: pytest.FixtureRequest) -> None:
    on_a_build_server = bool(os.environ.get("CI"))
    updating = bool(request.config.getoption("--update-golden"))
    assert not (updating and on_a_build_server), "--update-golden is on: nothing was compared"


def test_there_are_samples() -> None:
    assert len(CASES) >= 4


@pytest.mark.parametrize("case", CASES)
def test_sample(case: str, request: pytest.FixtureRequest) -> None:
    file = SAMPLES / case / "expected.json"
    found = digested(case)
    if request.config.getoption("--update-golden"):
        file.write_bytes(found)
    assert file.is_file(), f"{file.name} is missing: pytest tests/golden --update-golden"
    expected = file.read_bytes()
    if found != expected:
        pytest.fail(report(expected, found), pytrace=False)


@pytest.mark.parametrize(
    ("expected", "found", "said"),
    [
        ({"a": [{"b": 1}]}, {"a": [{"b": 2}]}, ["a/0/b: 1 is now 2"]),
        ({"a": [1]}, {"a": [1, 2]}, ["a: 1 entries are now 2"]),
        ({"a": 1}, {"b": 1}, ["a: is gone", "b: is new"]),
        ({"a": None}, {"a": None}, []),
    ],
)
def test_differences_are_told_by_place(expected: Any, found: Any, said: list[str]) -> None:
    assert list(differences(expected, found)) == said
