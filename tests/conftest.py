"""What all tests share: the flag for golden files, one profile for hypothesis, the command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

# How long one example takes depends on the machine; on a build server, the same examples each time.
settings.register_profile("samsyn", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("samsyn")

NOTES = """\
# Vävarnas höstmöte

Ljusne 9 oktober 2023

## Program

- 10.00 Samling
- 10.30 Varpning utan tårar – Torsten Lerbäck, Skedmuseet
- 12.00 Lunch

## Gemensamma utmaningar

- Garnet kommer sent och i fel färg
- Ingen under femtio kan solva

## Utmaningarna i två teman

### Förrådet

- Garnet kommer sent och i fel färg

### Folket

- Ingen under femtio kan solva

## Att göra till nästa träff

### Lerhyttans byalag

- Räkna skedarna senast 3 november
- Torsten ringer spinneriet
"""


@dataclass(frozen=True, slots=True)
class Result:
    """What a command gave: exit code, standard output as bytes, standard error as text."""

    code: int
    out: bytes
    err: str


Samsyn = Callable[..., "subprocess.CompletedProcess[bytes]"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write samples/<case>/expected.json anew instead of comparing with it",
    )


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def samsyn() -> Samsyn:
    """Runs the command in a process of its own, as a user does: `samsyn("run", path)`."""

    def run(
        *arguments: object, env: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        command: Sequence[str] = [sys.executable, "-m", "pipeline", *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
        return subprocess.run(
            command, capture_output=True, check=False, env=environment, cwd=cwd, timeout=120
        )

    return run


@pytest.fixture
def call(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Result]:
    """Runs the command in this process: `call("show", path).out`."""
    from pipeline.cli.main import main

    def run(*arguments: object) -> Result:
        monkeypatch.setattr(sys, "argv", ["samsyn", *map(str, arguments)])
        capsysbinary.readouterr()
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        out, err = capsysbinary.readouterr()
        return Result(code, out, err.decode())

    return run


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A file of notes that holds some of everything."""
    path = tmp_path / "material" / "vävarna.md"
    path.parent.mkdir()
    path.write_text(NOTES, encoding="utf-8")
    return path
