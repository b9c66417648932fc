"""`samsyn run`: what it writes where, what it says, how it ends."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def files_in(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_a_folder_gets_the_dataset_and_a_folder_per_session(
    call: Call, notes: Path, out: Path
) -> None:
    result = call("run", notes, "-o", out)
    assert result.code == 0, result.err
    (session,) = json.loads((out / "dataset.json").read_text(encoding="utf-8"))["sessions"]
    slug = session["slug"]
    assert files_in(out) == {"dataset.json", f"{slug}/session.json", f"{slug}/summary.docx"}


def test_it_tells_what_it_found_and_where_it_lies(call: Call, notes: Path, out: Path) -> None:
    said = call("run", notes, "-o", out).out.decode()
    assert "1 file read, 1 session" in said
    assert "2 commitments, 2 challenges, 2 themes, 3 agenda items" in said
    assert str(out / "dataset.json") in said


def test_standard_output_is_pure_json(call: Call, notes: Path) -> None:
    result = call("run", notes, "-o", "-")
    dataset = json.loads(result.out)
    assert [c["text"] for c in dataset["challenges"]] == [
        "Garnet kommer sent och i fel färg",
        "Ingen under femtio kan solva",
    ]
    assert result.out.endswith(b"}\n")


def test_messages_go_to_standard_error(call: Call, notes: Path) -> None:
    (notes.parent / "tom.docx").touch()
    result = call("run", notes.parent, "-o", "-", "-v")
    assert json.loads(result.out)
    assert "tom.docx" in result.err
    assert result.code == 1


def test_standard_output_equals_the_file(call: Call, notes: Path, out: Path) -> None:
    call("run", notes, "-o", out)
    assert call("run", notes, "-o", "-").out == (out / "dataset.json").read_bytes()


def test_without_output_it_writes_to_out(
    call: Call, notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("run", "material").code == 0
    assert (tmp_path / "out" / "dataset.json").is_file()


def test_output_folder_among_the_inputs_is_not_read(
    call: Call, notes: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        assert call("run", tmp_path, "-o", tmp_path / "out").code == 0
    sources = json.loads((tmp_path / "out" / "dataset.json").read_text(encoding="utf-8"))["sources"]
    assert [s["path"] for s in sources] == ["material/vävarna.md"]


@pytest.mark.parametrize(
    ("formats", "names"),
    [
        (["json"], {"session.json"}),
        (["docx"], {"summary.docx"}),
        (["json", "docx"], {"session.json", "summary.docx"}),
    ],
)
def test_formats(call: Call, notes: Path, out: Path, formats: list[str], names: set[str]) -> None:
    arguments = [x for f in formats for x in ("--format", f)]
    assert call("run", notes, "-o", out, *arguments).code == 0
    assert {Path(f).name for f in files_in(out)} == {"dataset.json", *names}


def test_unknown_format_option(call: Call, notes: Path, out: Path) -> None:
    result = call("run", notes, "-o", out, "--format", "pptx")
    assert result.code == 2
    assert "json" in result.err
    assert not out.exists()


def test_year(call: Call, notes: Path) -> None:
    notes.write_text(notes.read_text(encoding="utf-8").replace(" 2023", ""), encoding="utf-8")
    unknown = json.loads(call("run", notes, "-o", "-").out)["sessions"][0]["dates"]
    given = json.loads(call("run", notes, "-o", "-", "--year", "2019").out)["sessions"][0]["dates"]
    assert (unknown["edtf"], unknown["basis"]) == ("XXXX-10-09", "unknown")
    assert (given["start"], given["basis"]) == ("2019-10-09", "given")


def test_a_stated_year_goes_before_a_given_one(call: Call, notes: Path) -> None:
    dataset = json.loads(call("run", notes, "-o", "-", "--year", "2019").out)
    assert dataset["sessions"][0]["dates"]["start"] == "2023-10-09"


@pytest.mark.parametrize("year", ["19", "20233", "i fjol"])
def test_a_year_that_is_none(call: Call, notes: Path, year: str) -> None:
    assert call("run", notes, "-o", "-", "--year", year).code == 2


def test_language(call: Call, notes: Path) -> None:
    dataset = json.loads(call("run", notes, "-o", "-", "--lang", "en").out)
    assert dataset["sources"][0]["language"] == "en"


def test_language_is_told_by_the_words(call: Call, notes: Path) -> None:
    assert json.loads(call("run", notes, "-o", "-").out)["sources"][0]["language"] == "sv"


def test_unknown_language(call: Call, notes: Path, out: Path) -> None:
    result = call("run", notes, "-o", out, "--lang", "xx")
    assert result.code == 2
    assert "xx" in result.err
    assert "sv" in result.err
    assert not out.exists()


def test_missing_input(call: Call, tmp_path: Path) -> None:
    result = call("run", tmp_path / "nowhere.pptx", "-o", "-")
    assert result.code == 2
    assert "nowhere.pptx" in result.err
    assert result.out == b""


def test_no_input(call: Call) -> None:
    assert call("run").code == 2


def test_output_that_cannot_be_a_folder(call: Call, notes: Path, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("här", encoding="utf-8")
    for output in (tmp_path / "fil", tmp_path / "fil" / "ut"):
        result = call("run", notes, "-o", output)
        assert result.code == 2
        assert str(output) in result.err
        assert "-o" in result.err
    assert (tmp_path / "fil").read_text(encoding="utf-8") == "här"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_output_folder_that_may_not_be_written(call: Call, notes: Path, out: Path) -> None:
    out.mkdir(mode=0o500)
    result = call("run", notes, "-o", out)
    assert result.code == 2
    assert str(out) in result.err


def test_a_file_in_the_way_of_a_session_folder(call: Call, notes: Path, out: Path) -> None:
    call("run", notes, "-o", out)
    (folder,) = (p for p in out.iterdir() if p.is_dir())
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    folder.write_text("här", encoding="utf-8")
    result = call("run", notes, "-o", out)
    assert result.code == 2
    assert folder.name in result.err


def test_the_same_file_named_twice_is_read_once(call: Call, notes: Path) -> None:
    dataset = json.loads(call("run", notes, notes.parent, notes, "-o", "-").out)
    assert len(dataset["sources"]) == 1


def test_no_absolute_paths_are_written(call: Call, notes: Path, out: Path, tmp_path: Path) -> None:
    call("run", notes.parent, "-o", out)
    for name in files_in(out):
        assert str(tmp_path).encode() not in (out / name).read_bytes()


def test_many_files_are_read_in_several_processes(call: Call, notes: Path) -> None:
    for n in range(5):
        text = notes.read_text(encoding="utf-8").replace("9 oktober", f"{n + 10} oktober")
        (notes.parent / f"möte {n}.md").write_text(
            text.replace("Garnet", f"Garn {n}"), encoding="utf-8"
        )
    many, one = (call("run", notes.parent, "-o", "-", "-j", n) for n in (4, 1))
    assert many.code == one.code == 0
    assert many.out == one.out


def test_quiet_in_a_pipe(call: Call, notes: Path) -> None:
    assert call("run", notes, "-o", "-").err == ""


def test_verbose_names_each_file(call: Call, notes: Path) -> None:
    assert "vävarna.md" in call("run", notes, "-o", "-", "-v").err
