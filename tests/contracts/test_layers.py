"""The layers of the architecture hold: the contracts stand in pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path


def test_import_contracts_hold(root: Path) -> None:
    command = "from importlinter.cli import lint_imports_command as run; run()"
    done = subprocess.run(
        [sys.executable, "-c", command, "--no-logo", "--no-cache"],
        cwd=root, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_package_has_its_layer(root: Path) -> None:
    """A new package has to be put into the layers before anything else."""
    config = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {c["id"]: c for c in config["tool"]["importlinter"]["contracts"]}
    layers = contracts["layers"]
    assert layers["exhaustive"]
    named = {n.strip(" ()") for layer in layers["layers"] for n in layer.split("|")}
    present = {
        p.stem if p.is_file() else p.name
        for p in (root / "pipeline").iterdir()
        if (p.is_dir() and (p / "__init__.py").is_file()) or p.suffix == ".py"
    } - {"__init__"}
    assert present <= named


def test_printing_is_forbidden_to_all_but_the_command_line(root: Path) -> None:
    config = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {c["id"]: c for c in config["tool"]["importlinter"]["contracts"]}
    below = {
        f"pipeline.{p.stem}"
        for p in (root / "pipeline").iterdir()
        if p.stem not in ("cli", "__init__", "__main__", "__pycache__", "py")
    }
    assert set(contracts["terminal"]["source_modules"]) == below
