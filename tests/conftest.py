"""What all tests share: the flag for golden files, one profile for hypothesis, the command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

# How long one example takes depends on the machine; on a build server, the same examples each time.
settings.register_profile("samsyn", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("samsyn")

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
