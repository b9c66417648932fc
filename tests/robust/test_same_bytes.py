"""The same input gives the same bytes, whatever the locale, time zone, hash seed, folder, order."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"
Samsyn = Callable[..., Any]
CASES = ("dark-skies", "korkvall", "simhallar")
SETTINGS: dict[str, dict[str, str]] = {
    "C locale": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "Tokyo": {"TZ": "Asia/Tokyo", "LC_ALL": "sv_SE.UTF-8"},
    "hash seed 1": {"PYTHONHASHSEED": "1"},
    "narrow terminal": {"COLUMNS": "40", "TERM": "dumb", "SOURCE_DATE_EPOCH": "1"},
}


def written(folder: Path) -> dict[str, bytes]:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


@pytest.fixture(scope="module")
def usual(samsyn: Samsyn, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("usual")
    result = samsyn("run", *(SAMPLES / c for c in CASES), "-o", out, env={"PYTHONHASHSEED": "0"})
    assert result.returncode == 0, result.stderr.decode()
    return written(out)


def test_there_is_something_to_compare(usual: dict[str, bytes]) -> None:
    assert {Path(name).name for name in usual} == {"dataset.json", "session.json", "summary.docx"}
    assert len(usual) == 1 + 2 * len(CASES)


@pytest.mark.parametrize("setting", SETTINGS)
def test_setting(samsyn: Samsyn, usual: dict[str, bytes], tmp_path: Path, setting: str) -> None:
    result = samsyn(
        "run", *(SAMPLES / c for c in CASES), "-o", tmp_path / "out", env=SETTINGS[setting]
    )
    assert result.returncode == 0, result.stderr.decode(errors="replace")
    assert written(tmp_path / "out") == usual


def test_another_order(samsyn: Samsyn, usual: dict[str, bytes], tmp_path: Path) -> None:
    """Files of equal names are told apart by folders, so one of each name is compared."""
    files = [SAMPLES / "korkvall" / "deck.pptx", SAMPLES / "simhallar" / "notes.md"]
    for name, order in (("a", files), ("b", files[::-1])):
        assert samsyn("run", *order, "-o", tmp_path / name).returncode == 0
    assert written(tmp_path / "a") == written(tmp_path / "b")


def test_another_order_of_files_with_equal_names(samsyn: Samsyn, tmp_path: Path) -> None:
    files = [SAMPLES / "korkvall" / "deck.pptx", SAMPLES / "vandringsleder" / "deck.pptx"]
    for name, order in (("a", files), ("b", files[::-1])):
        assert samsyn("run", *order, "-o", tmp_path / name).returncode == 0
    assert written(tmp_path / "a") == written(tmp_path / "b")


def test_another_folder_and_later_file_times(samsyn: Samsyn, tmp_path: Path) -> None:
    outputs = []
    for n, home in enumerate(("här", "där borta")):
        folder = tmp_path / home
        shutil.copytree(SAMPLES / "dark-skies", folder / "dark-skies")
        for file in folder.rglob("*"):
            os.utime(file, (n * 10**9, n * 10**9))
        result = samsyn("run", "dark-skies", "-o", tmp_path / f"ut {n}", cwd=folder)
        assert result.returncode == 0, result.stderr.decode()
        outputs.append(written(tmp_path / f"ut {n}"))
    assert outputs[0] == outputs[1]


def test_odd_names_on_a_plain_terminal(samsyn: Samsyn, tmp_path: Path) -> None:
    path = tmp_path / "möte – ∞.md"
    shutil.copy(SAMPLES / "simhallar" / "notes.md", path)
    plain = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii:backslashreplace"}
    for output in ("-", tmp_path / "ut"):
        result = samsyn("run", path, "-o", output, "-v", env=plain)
        assert result.returncode == 0, result.stderr.decode(errors="replace")
    assert samsyn("show", path, env=plain).returncode == 0


def test_a_name_in_an_old_encoding(samsyn: Samsyn, tmp_path: Path) -> None:
    """Unpacked from an old archive: the name holds bytes that are no UTF-8."""
    try:
        path = os.fsdecode(os.fsencode(tmp_path) + b"/m\xf6te.md")
        shutil.copy(SAMPLES / "simhallar" / "notes.md", path)
    except OSError:
        pytest.skip("the file system takes only UTF-8 names")
    result = samsyn("run", tmp_path, "-o", tmp_path / "ut")
    assert result.returncode == 0
