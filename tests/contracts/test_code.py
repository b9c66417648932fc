"""House rules that a machine can check: no words in Python, no long files, no long functions."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "pipeline").rglob("*.py"))
MAX_LINES = 400
MAX_FUNCTION = 60
MANY = 3

_WORD = re.compile(r"[a-zåäöéæø]{2,}")
_NORDIC = re.compile(r"[åäöæø]")
_CLASS = re.compile(r"\[[^\]]*\]")


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def in_all_files(look: Callable[[Path], Iterable[str]]) -> dict[str, list[str]]:
    """What a check finds, by file; files without findings are left out."""
    found = {name(file): list(look(file)) for file in FILES}
    return {file: findings for file, findings in found.items() if findings}


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


def test_no_cue_words_in_python() -> None:
    found = in_all_files(lambda file: [*word_lists(file), *words_in_patterns(file)])
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


def test_files_are_short() -> None:
    long = {}
    for file in FILES:
        lines = len(file.read_text(encoding="utf-8").splitlines())
        if lines >= MAX_LINES:
            long[name(file)] = lines
    assert not long, f"these have two jobs: {long}"


def long_functions(file: Path) -> Iterator[str]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            if length >= MAX_FUNCTION:
                yield f"{node.name}: {length} lines"


def test_functions_are_short() -> None:
    assert not in_all_files(long_functions)


def prints(file: Path) -> Iterator[str]:
    for node in ast.walk(tree(file)):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Name) and called.id in ("print", "input", "exit", "quit"):
            yield f"line {called.lineno}: {called.id}"


def test_only_the_command_line_prints() -> None:
    assert not in_all_files(lambda file: [] if file.parent.name == "cli" else prints(file))
