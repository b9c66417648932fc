"""The Makefile: bare `make` lists the targets, and nothing is made by asking."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

TARGETS = ["setup", "run", "test", "check", "fmt", "golden", "schemas", "bench", "clean"]

needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def make(root: Path, *arguments: str, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        ["make", "-C", str(root), "--no-print-directory", *arguments],
        capture_output=True, text=True, check=False, timeout=60, env=env,
    )  # fmt: skip
    return done.stdout + done.stderr


@needs_make
def test_bare_make_lists_all_targets(root: Path) -> None:
    listed = re.findall(r"^  (\w+) {2,}\S", make(root), flags=re.MULTILINE)
    assert listed == TARGETS


@needs_make
def test_a_python_that_is_not_there_is_named(root: Path, tmp_path: Path) -> None:
    said = make(root, "run", "PYTHON=no-such-python", f"VENV={tmp_path}/venv")
    assert "no Python at «no-such-python»" in said
    assert "apt install python3" in said


@needs_make
def test_a_python_that_is_too_old_is_named(root: Path, tmp_path: Path) -> None:
    old = tmp_path / "python3.9"
    old.write_text('#!/bin/sh\ncase "$*" in *print*) echo 3.9;; *) exit 1;; esac\n')
    old.chmod(0o755)
    said = make(root, "run", f"PYTHON={old}", f"VENV={tmp_path}/venv")
    assert "needs Python 3.11 or newer" in said
    assert "is 3.9" in said


@needs_make
def test_a_folder_in_the_way_is_left_alone(root: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("kept")
    said = make(root, "run", f"VENV={tmp_path}/letters")
    assert "is no virtual environment" in said
    assert (tmp_path / "letters" / "dear.txt").read_text() == "kept"
