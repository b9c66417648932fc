"""Zip archives: each file inside is planned under the archive's name, nothing leads outside."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from pipeline.batch.plan import Plan, make_plan
from pipeline.extractors import archive


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return buffer.getvalue()


def planned(tmp_path: Path, parts: dict[str, bytes], name: str = "träffar.zip") -> Plan:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(zipped(parts))
    return make_plan([tmp_path / "in"], tmp_path / "scratch")


def names(plan: Plan) -> list[str]:
    return [file.name for file in plan.files]


def test_files_inside_are_named_after_the_archive(tmp_path: Path) -> None:
    plan = planned(tmp_path, {"höst/anteckningar.md": b"# Hej", "bild.xyz": b"x", "b.txt": b"y"})
    assert names(plan) == ["träffar.zip/höst/anteckningar.md", "träffar.zip/b.txt"]
    assert plan.files[0].path.read_bytes() == b"# Hej"


def test_litter_of_other_systems_is_passed_over(tmp_path: Path) -> None:
    parts = {"__MACOSX/._a.md": b"x", ".dold.md": b"x", "~$a.docx": b"x", "a.md": b"# Hej"}
    assert names(planned(tmp_path, parts)) == ["träffar.zip/a.md"]


def test_names_that_lead_elsewhere_stay_inside(tmp_path: Path) -> None:
    plan = planned(tmp_path, {"../../ute.txt": b"x", "/etc/rot.txt": b"y", "C:\\d\\e.txt": b"z"})
    inside = (tmp_path / "scratch").resolve()
    assert len(plan.files) == 3
    assert all(file.path.resolve().is_relative_to(inside) for file in plan.files)


def test_an_archive_in_an_archive(tmp_path: Path) -> None:
    plan = planned(tmp_path, {"vår.zip": zipped({"a.md": b"# Hej"})})
    assert names(plan) == ["träffar.zip/vår.zip/a.md"]


def test_archives_too_deep_are_told_of(tmp_path: Path) -> None:
    data = zipped({"a.md": b"# Hej"})
    for _ in range(5):
        data = zipped({"inre.zip": data})
    plan = planned(tmp_path, {"yttre.zip": data, "b.md": b"# Hej"})
    assert names(plan) == ["träffar.zip/b.md"]
    assert [d.code for d in plan.diagnostics] == ["too-large"]


def test_a_password_is_told_of_and_the_rest_goes_on(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.md": b"# Hej"}))
    at = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[at + 8] |= 1
    (tmp_path / "låst.zip").write_bytes(bytes(data))
    (tmp_path / "b.md").write_text("# Hej", encoding="utf-8")
    plan = make_plan([tmp_path / "låst.zip", tmp_path / "b.md"], tmp_path / "scratch")
    assert names(plan) == ["b.md"]
    assert [d.code for d in plan.diagnostics] == ["encrypted"]


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_SMALL", 1000)
    monkeypatch.setattr(archive, "_MAX_RATIO", 10)
    plan = planned(tmp_path, {"a.txt": b"0" * 10_000_000})
    assert not plan.files
    assert [d.code for d in plan.diagnostics] == ["too-large"]


def test_an_empty_archive_is_told_of(tmp_path: Path) -> None:
    assert [d.code for d in planned(tmp_path, {}).diagnostics] == ["empty"]


def test_a_cut_off_archive_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(zipped({"a.txt": b"hej" * 1000})[:60])
    plan = make_plan([tmp_path / "x.zip"], tmp_path / "scratch")
    assert [file.name for file in plan.files] == ["x.zip"]  # reading it tells what is wrong


def test_names_in_utf8_that_do_not_say_so(tmp_path: Path) -> None:
    entry = ZipInfo("x")
    entry.filename = "möte.md".encode().decode("cp437")
    entry.flag_bits = 0
    assert archive._decoded(entry) == "möte.md"


def test_an_office_file_named_zip_is_one_file(tmp_path: Path) -> None:
    import docx

    docx.Document().save(str(tmp_path / "brev.zip"))
    plan = make_plan([tmp_path / "brev.zip"], tmp_path / "scratch")
    assert names(plan) == ["brev.zip"]
