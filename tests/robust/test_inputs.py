"""Files that cannot be read: what is said, what is still done, how the command ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]
Write = Callable[[str, bytes], Path]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
LOCKED_OFFICE = OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 200
GOOD = "# Vävarnas höstmöte\n\nLjusne 9 oktober 2023\n\n## Hinder\n\n- Garnet är slut\n"
INTERNAL = ("Traceback", "internal", "defect", "Error:")


@pytest.fixture
def broken(
    request: pytest.FixtureRequest,
    deck: bytes,
    document: bytes,
    printed: bytes,
    locked_pdf: bytes,
    pdf: Callable[..., bytes],
    repacked: Callable[..., bytes],
) -> tuple[str, bytes]:
    """A broken file by the name of what ails it."""
    bomb = repacked(document, lambda name, data: b" " * 60 * 1024**2 if "document.xml" in name and
                    not name.endswith(".rels") else data)  # fmt: skip
    return {
        "empty": ("tom.pptx", b""),
        "blank": ("blank.txt", b" \n\n\t\n"),
        "picture": ("foto.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\1" * 200),
        "half a deck": ("halv.pptx", deck[: len(deck) // 2]),
        "half a document": ("halv.docx", document[: len(document) // 2]),
        "half a page": ("halv.pdf", printed[:60]),
        "locked pdf": ("låst.pdf", locked_pdf),
        "locked office": ("låst.pptx", LOCKED_OFFICE),
        "unknown": ("film.pdf", b"\0\0\0\x18ftypmp42\0\0\0\0" + b"\7" * 100),
        "old office": ("gammal.ppt", OLE + "PowerPoint Document".encode("utf-16-le")),
        "no pages": ("utan.pdf", pdf()),
        "bomb": ("bomb.docx", bomb),
        "deck without text": ("bilder.pdf", pdf("")),
        "deck without slides": (
            "skal.pptx",
            repacked(deck, lambda name, data: None if "slides/slide" in name else data),
        ),
    }[request.param]


AILS = {
    "empty": "empty",
    "blank": "empty",
    "picture": "picture",
    "half a deck": "cut off or broken",
    "half a document": "cut off or broken",
    "half a page": "cannot be opened",
    "locked pdf": "password",
    "locked office": "password",
    "unknown": "film",
    "old office": "LibreOffice",
    "no pages": "",
    "bomb": "far more",
    "deck without text": "no text",
    "deck without slides": "",
}
each = pytest.mark.parametrize("broken", AILS, indirect=True)


@pytest.mark.parametrize(("broken", "words"), AILS.items(), indirect=["broken"])
def test_alone(
    call: Call, written: Write, broken: tuple[str, bytes], words: str, tmp_path: Path
) -> None:
    """Exit code 1, one line that names the file, says what is wrong and what to do; no output."""
    path = written(*broken)
    result = call("run", path, "-o", tmp_path / "out")
    assert result.code == 1, result.err
    (line,) = [x for x in result.err.splitlines() if x.startswith("error: ")]
    assert broken[0] in line
    assert words in line
    assert line.endswith(")")
    assert not any(x in result.err for x in INTERNAL), result.err
    assert not list((tmp_path / "out").glob("**/*.json"))


@each
def test_beside_a_good_one(
    call: Call, written: Write, broken: tuple[str, bytes], tmp_path: Path
) -> None:
    """Other inputs are still digested; the dataset says what was left out."""
    folder = written(*broken).parent
    written("bra.md", GOOD.encode())
    result = call("run", folder, "-o", tmp_path / "out")
    assert result.code == 1
    assert "1 file read" in result.out.decode()
    dataset = json.loads((tmp_path / "out" / "dataset.json").read_text(encoding="utf-8"))
    assert [c["text"] for c in dataset["challenges"]] == ["Garnet är slut"]
    assert any(broken[0] in d["message"] and d["hint"] for d in dataset["diagnostics"])


@each
def test_shown(call: Call, written: Write, broken: tuple[str, bytes]) -> None:
    result = call("show", written(*broken))
    assert result.code == 1
    assert result.err.startswith("samsyn: ")
    assert not any(x in result.err for x in INTERNAL), result.err


@each
def test_what_was_written_before_stays(
    call: Call, written: Write, broken: tuple[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    call("run", written("bra.md", GOOD.encode()), "-o", out)
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    assert call("run", written(*broken), "-o", out).code == 1
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before


def test_the_file_is_named_once_in_its_line(call: Call, written: Write, tmp_path: Path) -> None:
    result = call("run", written("tom.pptx", b""), "-o", tmp_path / "out")
    assert result.err.splitlines()[0].count("tom.pptx") == 1


# --- no material


def test_folder_without_material(call: Call, tmp_path: Path) -> None:
    (tmp_path / "material").mkdir()
    (tmp_path / "material" / "README.md").write_text("# Om mappen", encoding="utf-8")
    result = call("run", tmp_path / "material", "-o", tmp_path / "out")
    assert result.code == 1
    assert "no material" in result.err
    assert "PPTX" in result.err
    assert not list((tmp_path / "out").glob("*"))


def test_folder_without_material_beside_a_good_file(
    call: Call, written: Write, tmp_path: Path
) -> None:
    (tmp_path / "tom").mkdir()
    result = call("run", tmp_path / "tom", written("bra.md", GOOD.encode()), "-o", tmp_path / "out")
    assert result.code == 1
    assert (tmp_path / "out" / "dataset.json").is_file()


def test_kinds_that_are_not_read_are_named(call: Call, written: Write, tmp_path: Path) -> None:
    folder = written("bra.md", GOOD.encode()).parent
    written("foto.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF")
    written("~$deck.pptx", b"\0" * 165)
    written(".DS_Store", b"\0\1")
    result = call("run", folder, "-o", tmp_path / "out")
    assert "foto.jpg" in result.err
    assert "~$" not in result.err
    assert ".DS_Store" not in result.err


# --- files that are odd, but can be read


def texts(call: Call, path: Path) -> list[str]:
    result = call("run", path, "-o", "-")
    assert result.code == 0, result.err
    dataset = json.loads(result.out)
    return [i["text"] for d in dataset["documents"] for s in d["sections"] for i in s["items"]]


def test_wrong_ending(call: Call, written: Write, deck: bytes) -> None:
    assert "Garnet är slut" in texts(call, written("deck.pdf", deck))


def test_page_without_text_beside_others_is_a_remark(
    call: Call, written: Write, pdf: Callable[..., bytes]
) -> None:
    path = written("deck.pdf", pdf("Weavers of Leeds", "", "Thanks"))
    result = call("run", path, "-o", "-", "-v")
    assert result.code == 0
    assert "deck.pdf page 2" in result.err


def test_slide_that_is_gone_leaves_the_others_or_is_told(
    call: Call, written: Write, deck: bytes, repacked: Callable[..., bytes]
) -> None:
    """A relationship that leads nowhere: the others are read, or the file is refused in words."""
    data = repacked(deck, lambda name, part: None if name == "ppt/slides/slide2.xml" else part)
    result = call("run", written("deck.pptx", data), "-o", "-")
    if result.code == 0:
        assert "slide" in result.err or "page 2" in result.err
    else:
        assert "deck.pptx" in result.err
        assert not any(x in result.err for x in INTERNAL), result.err


def test_picture_that_is_gone_harms_no_text(
    call: Call, written: Write, deck: bytes, repacked: Callable[..., bytes]
) -> None:
    """A picture's relationship that leads nowhere."""
    relation = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/image" Target="../media/borta.png"/></Relationships>'
    )

    def change(name: str, part: bytes) -> bytes:
        if name != "ppt/slides/_rels/slide2.xml.rels":
            return part
        return part.replace(b"</Relationships>", relation)

    assert "Garnet är slut" in texts(call, written("deck.pptx", repacked(deck, change)))


@pytest.mark.parametrize("depth", [3, 15])
def test_groups_in_groups(
    call: Call, written: Write, nested: Callable[[int], bytes], depth: int
) -> None:
    assert "Längst in ligger garnet" in texts(call, written("deck.pptx", nested(depth)))


def test_groups_too_deep_are_told_of(
    call: Call, written: Write, nested: Callable[[int], bytes]
) -> None:
    result = call("run", written("deck.pptx", nested(60)), "-o", "-", "-v")
    assert (
        "Längst in ligger garnet" in result.out.decode()
        or "deck.pptx" in result.err.partition("\n")[2]
    )


def test_long_lines(call: Call, written: Write) -> None:
    found = texts(call, written("lång.txt", b"Garn " * 20_000))
    assert sum(len(t) for t in found) > 99_000


def test_text_in_an_old_encoding(call: Call, written: Write) -> None:
    assert "Garnet är slut" in texts(call, written("gammal.md", GOOD.encode("cp1252")))


def test_line_ends_of_all_systems(call: Call, written: Write) -> None:
    found = [texts(call, written(f"{n}.md", GOOD.replace("\n", end).encode()))
             for n, end in enumerate(("\n", "\r\n", "\r"))]  # fmt: skip
    assert found[0] == found[1] == found[2]
