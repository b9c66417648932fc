"""The READMEs tell the truth: every command and option stands there, and what they show runs.

A block after `<!-- run -->` is run, the one after `<!-- prints -->` is what that printed, and the
one after `<!-- from: FILE -->` is part of a record that is read from FILE.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest

from pipeline.cli.main import cli

ROOT = Path(__file__).parents[2]
READMES = ["README.md", "README.sv.md"]
MARKED = re.compile(
    r"^<!-- (run|prints|from)(?:: ([^\n]+?))? -->\n+```\w*\n(.*?)^```$",
    re.MULTILINE | re.DOTALL,
)

both = pytest.mark.parametrize("readme", READMES)


@dataclass(frozen=True)
class Marked:
    """A block that a comment marks for a test."""

    kind: str
    about: str
    text: str


def text_of(readme: str) -> str:
    return (ROOT / readme).read_text(encoding="utf-8")


def marked(readme: str) -> list[Marked]:
    return [Marked(m[1], m[2] or "", m[3]) for m in MARKED.finditer(text_of(readme))]


def sections(readme: str) -> dict[str, str]:
    """The text under each heading such as «### `samsyn run`», by the command."""
    parts = re.split(r"^#+ `(samsyn[\w ]*)`.*$", text_of(readme), flags=re.MULTILINE)
    return {
        name: re.split(r"^#+ ", body, flags=re.MULTILINE)[0]
        for name, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def commands() -> Iterator[tuple[str, click.Command]]:
    yield "samsyn", cli
    for name, command in cli.commands.items():
        yield f"samsyn {name}", command


def options(command: click.Command) -> set[str]:
    context = click.Context(command, help_option_names=["-h", "--help"])
    return {
        option
        for parameter in command.get_params(context)
        if isinstance(parameter, click.Option)
        for option in (*parameter.opts, *parameter.secondary_opts)
    }


@both
def test_every_command_has_a_section(readme: str) -> None:
    assert set(sections(readme)) == {name for name, _ in commands()}


@both
@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_option_is_documented_and_no_other(readme: str, name: str) -> None:
    command = dict(commands())[name]
    named = {
        option
        for code in re.findall(r"`([^`\n]+)`", sections(readme)[name])
        for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", code)
    }
    assert named == options(command)


@both
def test_every_make_target_is_named(readme: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):.*## ", makefile, flags=re.MULTILINE)
    wanted = targets if readme == "README.md" else ["run", "test"]
    missing = [t for t in wanted if not re.search(rf"\bmake {t}\b", text_of(readme))]
    assert not missing


@both
def test_links_lead_somewhere(readme: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text_of(readme))
    assert links
    assert not [link for link in links if not (ROOT / link).exists()]


def test_both_readmes_mark_the_same_blocks() -> None:
    kinds = [[b.kind for b in marked(readme)] for readme in READMES]
    assert kinds[0] == kinds[1]
    assert {"run", "prints", "from"} <= set(kinds[0])


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A copy of what a user has after cloning, with the command on the path."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    command = tmp_path / "bin" / "samsyn"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pipeline "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return tmp_path


def shell(block: str, workplace: Path) -> str:
    paths = [str(workplace / "bin"), os.environ["PATH"]]
    env = {
        **os.environ,
        "PATH": os.pathsep.join(paths),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        ["sh", "-e", "-c", block],
        cwd=workplace, env=env, stdin=subprocess.DEVNULL, check=False, timeout=120,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, f"{block}\n{done.stdout}"
    return done.stdout


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no shell")
@both
def test_blocks_run_and_print_what_is_shown(readme: str, workplace: Path) -> None:
    printed = ""
    for block in marked(readme):
        if block.kind == "run":
            if block.about and shutil.which(block.about.removeprefix("needs ")) is None:
                continue
            printed = shell(block.text, workplace)
        elif block.kind == "prints":
            assert printed.strip() == block.text.strip()


def holds(record: Any, excerpt: Any) -> bool:
    """Whether a record has all that an excerpt shows of it."""
    if isinstance(record, dict) and isinstance(excerpt, dict):
        return all(k in record and holds(record[k], v) for k, v in excerpt.items())
    if isinstance(record, list) and isinstance(excerpt, list):
        return all(any(holds(r, e) for r in record) for e in excerpt)
    return bool(record == excerpt)


def records(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from records(value)
    elif isinstance(node, list):
        for value in node:
            yield from records(value)


@both
def test_excerpts_are_real(readme: str, samsyn: Callable[..., Any]) -> None:
    for block in marked(readme):
        if block.kind == "from":
            done = samsyn("run", ROOT / block.about, "-o", "-")
            assert done.returncode == 0, done.stderr.decode()
            excerpt = json.loads(block.text)
            assert any(holds(r, excerpt) for r in records(json.loads(done.stdout))), block.text
