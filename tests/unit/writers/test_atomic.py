from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.writers.atomic import write_atomic

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file modes and links")


def test_writes_a_new_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    write_atomic(tmp_path / "summering.json", b"{}")
    assert [p.name for p in tmp_path.iterdir()] == ["summering.json"]
    assert (tmp_path / "summering.json").read_bytes() == b"{}"


def test_replaces_an_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old and longer")
    write_atomic(path, b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_failure_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")

    def disk_full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), disk_full)
    with pytest.raises(OutputError, match="disk is full") as caught:
        write_atomic(path, b"new")
    assert caught.value.hint
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_an_interrupt_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(tmp_path / "a.json", b"new")
    assert not list(tmp_path.iterdir())


def test_a_folder_in_the_way_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"):
        write_atomic(tmp_path, b"x")


def test_a_missing_folder_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="folder does not exist") as caught:
        write_atomic(tmp_path / "none" / "a.json", b"x")
    assert "create" in caught.value.hint


def test_no_permission_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(OutputError, match="no permission"):
        write_atomic(tmp_path / "a.json", b"x")


def test_a_very_long_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'å' * 120}.json"
    write_atomic(path, b"x")
    assert path.read_bytes() == b"x"


@posix
def test_keeps_the_mode_of_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomic(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@posix
def test_follows_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomic(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@posix
def test_a_device_is_written_to_not_replaced() -> None:
    write_atomic(Path(os.devnull), b"x")
    assert Path(os.devnull).is_char_device()
