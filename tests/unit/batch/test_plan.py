"""Which files are read, and under which names."""

from __future__ import annotations

from pathlib import Path

from pipeline.batch.plan import make_plan


def written(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("# Hej", encoding="utf-8")
    return path


def names(tmp_path: Path, *inputs: Path) -> list[str]:
    return [file.name for file in make_plan(inputs, tmp_path / "scratch").files]


def test_files_of_one_folder_are_named_within_it(tmp_path: Path) -> None:
    written(tmp_path / "höst" / "deck" / "a.md")
    assert names(tmp_path, tmp_path / "höst") == ["deck/a.md"]


def test_files_of_two_folders_keep_theirs(tmp_path: Path) -> None:
    written(tmp_path / "vår" / "a.md")
    written(tmp_path / "höst" / "b.md")
    assert names(tmp_path, tmp_path / "vår", tmp_path / "höst") == ["vår/a.md", "höst/b.md"]


def test_text_typed_for_a_picture_is_no_document_of_its_own(tmp_path: Path) -> None:
    written(tmp_path / "in" / "vagg.png")
    typed = written(tmp_path / "in" / "vagg.png.txt")
    assert names(tmp_path, tmp_path / "in") == ["vagg.png"]
    assert names(tmp_path, typed) == ["vagg.png.txt"]
