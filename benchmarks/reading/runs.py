"""A reader run over files in a process of its own, and what comes of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reading.model import Reading, from_json
from reading.peers import FORMATS

OURS = "ours"
_BENCHMARKS = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Run:
    """What one reader gave by file name; `cost` in milliseconds a page, `peak` in MiB."""

    readings: dict[str, Reading]
    errors: dict[str, str]
    cost: float
    peak: float
    version: str


def readers(ours_only: bool, suffix: str) -> list[str]:
    """The readers that are measured on a format."""
    peers = [name for name, suffixes in FORMATS.items() if suffix in suffixes]
    return [OURS] if ours_only else [OURS, *peers]


def run(name: str, files: Sequence[Path], python: str, kept: Path | None) -> Run | str:
    """A reader over files; a text says why it could not run. `kept` is where its output stays."""
    with tempfile.TemporaryDirectory() as folder:
        out = kept or Path(folder) / "out.json"
        out.parent.mkdir(parents=True, exist_ok=True)
        if not out.exists() and (reason := _ran(name, out, files, python)):
            return reason
        return _loaded(json.loads(out.read_text(encoding="utf-8")), files)


def _ran(name: str, out: Path, files: Sequence[Path], python: str) -> str:
    # The folder above comes first, for a script here has the name of our package.
    path = os.pathsep.join([str(_BENCHMARKS.parent), str(_BENCHMARKS)])
    done = subprocess.run(
        [python, "-m", "reading.worker", name, *(str(p.resolve()) for p in (out, *files))],
        cwd=_BENCHMARKS.parent,
        env={**os.environ, "PYTHONPATH": path, "HF_HUB_OFFLINE": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    if out.exists():
        return ""
    return (done.stdout.strip().splitlines() or ["it ended without a word"])[-1]


def _loaded(data: dict[str, Any], files: Sequence[Path]) -> Run:
    found = {f.stem: data["files"][f.stem] for f in files if f.stem in data["files"]}
    readings = {name: from_json(x["pages"]) for name, x in found.items()}
    pages = sum(len(r) or 1 for r in readings.values())
    return Run(
        readings,
        {name: x["error"] for name, x in found.items() if x["error"]},
        1000 * sum(x["cpu"] for x in found.values()) / (pages or 1),
        data["peak"],
        data["version"],
    )


def python_of(name: str, peers: str) -> str:
    """The Python that a reader runs in."""
    return sys.executable if name == OURS else peers
