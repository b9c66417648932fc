"""House rules that a machine can check: no words in Python, no long files, no long functions."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "pipeline").rglob("*.py"))
MAX_LINES = 400
MAX_FUNCTION = 60
MANY = 3

_WORD = re.compile(r"[a-zåäöéæø]{2,}")
_NORDIC = re.compile(r"[åäöæø]")
_CLASS = re.compile(r"\[[^\]]*\]")

every_file = pytest.mark.parametrize("file", FILES, ids=lambda p: str(p.relative_to(ROOT)))


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def word_lists(file: Path) -> Iterator[str]:
    """Lists of more than three lower-case words, at least one of them Swedish by its letters."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            words = [e.value for e in node.elts if isinstance(e, ast.Constant)]
            lower = [w for w in words if isinstance(w, str) and _WORD.fullmatch(w)]
            if len(lower) > MANY and any(_NORDIC.search(w) for w in lower):
                yield f"line {node.lineno}: {', '.join(lower)}"


def words_in_patterns(file: Path) -> Iterator[str]:
    """Swedish words among the alternatives of a pattern: `(?:röster|prickar)`."""
    module = tree(file)
    prose = {id(n.value) for n in ast.walk(module) if isinstance(n, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            bare = _CLASS.sub(" ", node.value)
            words = [w for w in _WORD.findall(bare) if _NORDIC.search(w)] if "|" in bare else []
            if words:
                yield f"line {node.lineno}: {', '.join(words)}"


@every_file
def test_no_cue_words_in_python(file: Path) -> None:
    found = [*word_lists(file), *words_in_patterns(file)]
    assert not found, f"words belong in languages/*.toml: {found}"


def test_the_search_for_words_finds_some(tmp_path: Path) -> None:
    file = tmp_path / "rule.py"
    file.write_text(
        '"""Om åtaganden, löften och mål."""\n'
        'KINDS = ("inledning", "övning", "paus", "måltid")\n'
        'VOTES = r"(?:röster|prickar) [a-zåäö]+"\n'
        'FIELDS = ("owner", "due", "text", "status")\n',
        encoding="utf-8",
    )
    assert [x.partition(":")[0] for x in word_lists(file)] == ["line 2"]
    assert [x.partition(":")[0] for x in words_in_patterns(file)] == ["line 3"]


@every_file
def test_files_are_short(file: Path) -> None:
    lines = len(file.read_text(encoding="utf-8").splitlines())
    assert lines < MAX_LINES, f"{lines} lines: it has two jobs"


@every_file
def test_functions_are_short(file: Path) -> None:
    long = [
        f"{node.name}: {length} lines"
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (length := (node.end_lineno or 0) - node.lineno + 1) >= MAX_FUNCTION
    ]
    assert not long, long


@every_file
def test_only_the_command_line_prints(file: Path) -> None:
    if file.parent.name == "cli":
        return
    calls = [
        f"line {node.lineno}"
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call)
        if isinstance(node.func, ast.Name) and node.func.id in ("print", "input", "exit", "quit")
    ]
    assert not calls, calls
