"""Language packs are complete: the same files, the same keys, no cue asked for that none has."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

LANGUAGES = Path(__file__).parents[2] / "pipeline" / "languages"
CODES = sorted(p.parent.name for p in LANGUAGES.glob("*/pack.toml"))
FILES = {"pack.toml", "cues.toml", "labels.toml", "dates.toml"}
OPTIONAL = {"examples.toml"}
MODEL = "sv"
# Methods of LanguagePack and Context whose string arguments name a list in cues.toml.
ASKING = {"has", "is_", "starts", "pattern", "words"}

Path_ = tuple[str, ...]


@cache
def table(code: str, file: str) -> dict[str, Any]:
    return tomllib.loads((LANGUAGES / code / file).read_text(encoding="utf-8"))


def keys(node: dict[str, Any], above: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every key with its value, tables and lists alike."""
    for key, value in node.items():
        yield (*above, key), value
        if isinstance(value, dict):
            yield from keys(value, (*above, key))


def dotted(paths: set[Path_]) -> str:
    return ", ".join(".".join(path) for path in sorted(paths)) or "none"


def test_there_are_packs() -> None:
    assert {"en", "sv"} <= set(CODES)


@pytest.mark.parametrize("folder", sorted(p.name for p in LANGUAGES.iterdir() if p.is_dir()))
def test_each_folder_is_a_pack_with_the_same_files(folder: str) -> None:
    if folder == "__pycache__":
        return
    files = {p.name for p in (LANGUAGES / folder).iterdir()}
    assert files >= FILES, f"missing: {sorted(FILES - files)}"
    assert files <= FILES | OPTIONAL, f"not part of a pack: {sorted(files - FILES - OPTIONAL)}"


@pytest.mark.parametrize("file", sorted(FILES))
@pytest.mark.parametrize("code", [c for c in CODES if c != MODEL])
def test_packs_have_the_same_keys(code: str, file: str) -> None:
    """What a language has no words for is an empty list, not a missing one."""
    model, own = dict(keys(table(MODEL, file))), dict(keys(table(code, file)))
    missing, added = set(model) - set(own), set(own) - set(model)
    assert not missing, f"{code}/{file} lacks what {MODEL} has: {dotted(missing)}"
    assert not added, f"{code}/{file} has what {MODEL} lacks: {dotted(added)}"
    other = {k for k in model if type(model[k]) is not type(own[k])}
    assert not other, f"{code}/{file} has another kind of value for: {dotted(other)}"


@pytest.mark.parametrize("code", CODES)
def test_cues_are_lists_of_words(code: str) -> None:
    for path, value in keys(table(code, "cues.toml")):
        if isinstance(value, dict):
            continue
        name = ".".join(path)
        assert isinstance(value, list), f"{name} is no list"
        assert all(isinstance(w, str) and w.strip() == w and w for w in value), name


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("file", ["cues.toml", "dates.toml"])
def test_no_word_stands_twice_in_a_list(code: str, file: str) -> None:
    twice = {
        f"{'.'.join(path)}: {word}"
        for path, value in keys(table(code, file))
        if isinstance(value, list)
        for word in value
        if isinstance(word, str) and value.count(word) > 1
    }
    assert not twice, f"{code}/{file}: {', '.join(sorted(twice))}"


def asked_for() -> Iterator[tuple[Path_, str]]:
    """The lists that the rules name in calls such as `ctx.has(text, "swot", "threats")`."""
    for file in sorted(LANGUAGES.parent.rglob("*.py")):
        if file.stem.startswith("date"):  # asks for lists of dates.toml
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                words = [a.value for a in node.args if isinstance(a, ast.Constant)]
                path = tuple(w for w in words if isinstance(w, str))
                if node.func.attr in ASKING and len(path) >= 2:
                    yield path, f"{file.relative_to(LANGUAGES.parent)}:{node.lineno}"


def test_rules_ask_for_cues_that_there_are() -> None:
    """A misspelt name of a list would give no words and no error."""
    found = {path for path, _ in keys(table(MODEL, "cues.toml"))}
    asked = list(asked_for())
    assert len(asked) > 20
    unknown = [f"{where} {'.'.join(path)}" for path, where in asked if path not in found]
    assert not unknown, unknown
