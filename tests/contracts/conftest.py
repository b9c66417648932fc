"""What the contracts share: the samples digested once, as a user gets them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def digested(
    samsyn: Callable[..., object], root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder that `samsyn run samples` writes."""
    folder = tmp_path_factory.mktemp("digested")
    done = samsyn("run", root / "samples", "-o", folder)
    assert done.returncode == 0, done.stderr.decode()  # type: ignore[attr-defined]
    return folder
