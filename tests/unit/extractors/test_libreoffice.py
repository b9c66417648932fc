"""Old formats come through LibreOffice; whatever goes wrong there is told in words that help."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from zipfile import ZipFile

import pytest

from pipeline import registry
from pipeline.errors import (
    DamagedInputError,
    EncryptedInputError,
    InputError,
    LimitError,
    MissingProgramError,
    UnknownFormatError,
)
from pipeline.extractors import soffice
from pipeline.extractors.libreoffice import CONVERSIONS, extract
from pipeline.layout.build import lay_out
from pipeline.model.document import BlockKind, SourceInfo
from pipeline.model.raw import RawDocument, RawParagraph

WORD, SLIDES, SHEETS = (
    "application/msword",
    "application/vnd.ms-powerpoint",
    "application/vnd.ms-excel",
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
REAL = soffice.find()

needs_libreoffice = pytest.mark.skipif(REAL is None, reason="LibreOffice is not installed")
needs_shell = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
Fake = Callable[[str], Path]


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """A stand-in for LibreOffice: a shell script, alone on the path; gives its folder."""

    def make(script: str) -> Path:
        program = tmp_path / "office" / "program" / "soffice"
        program.parent.mkdir(parents=True)
        program.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(program.parent))
        return program.parent

    return make


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "-protokoll från mötet.doc"
    path.write_bytes(OLE)
    return path


def docx(path: Path, text: str) -> Path:
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{main}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>'
    with ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", body + "</w:document>")
    return path


def texts(found: RawDocument) -> list[str]:
    return [x.text for page in found.pages for x in page.items if isinstance(x, RawParagraph)]


# With a stand-in


@needs_shell
def test_the_new_file_is_read_and_nothing_is_left(fake: Fake, notes: Path, tmp_path: Path) -> None:
    made = docx(tmp_path / "gjord.docx", "Vävstugan")
    folder = fake(
        f'echo "$@" > {tmp_path}/said; for last; do :; done; cp {made} "${{last%.doc}}.docx"\n'
        f'cp "${{1#-env:UserInstallation=file://}}/user/registrymodifications.xcu" {tmp_path}/xcu'
    )
    before = sorted(tmp_path.iterdir())
    assert texts(extract(notes, WORD)) == ["Vävstugan"]
    said = (tmp_path / "said").read_text().split()
    assert "--headless" in said
    assert not Path(said[-1]).parent.exists()
    assert not Path(said[0].removeprefix("-env:UserInstallation=file://")).exists()
    settings = (tmp_path / "xcu").read_text()
    assert '"BlockUntrustedRefererLinks" oor:op="fuse"><value>true' in settings
    assert '"DisableMacrosExecution" oor:op="fuse"><value>true' in settings
    left = set(tmp_path.iterdir()) - set(before)
    assert {path.name for path in left} == {"said", "xcu"}, folder


@needs_shell
@pytest.mark.parametrize(
    "script", ["exit 1", "exit 0", "echo 'Error: source file could not be loaded' >&2", "kill $$"]
)
def test_no_result_is_a_damaged_file(fake: Fake, notes: Path, script: str) -> None:
    fake(script)
    with pytest.raises(DamagedInputError, match=r"-protokoll från mötet\.doc could not") as caught:
        extract(notes, WORD)
    assert "DOCX" in caught.value.hint
    assert ("(source file" in caught.value.message) == ("Error" in script)


@needs_shell
def test_a_broken_result_is_told_by_the_name_of_the_file(fake: Fake, notes: Path) -> None:
    fake('for last; do :; done; echo PK > "${last%.doc}.docx"')
    with pytest.raises(DamagedInputError, match=r"^-protokoll från mötet\.doc is"):
        extract(notes, WORD)


@needs_shell
def test_a_program_that_hangs_is_ended_with_its_children(
    fake: Fake, notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(f"sleep 60 & echo $! > {tmp_path}/child; wait")
    monkeypatch.setattr(soffice, "SECONDS", 1)
    with pytest.raises(LimitError, match=r"mötet\.doc"):
        extract(notes, WORD)
    child = int((tmp_path / "child").read_text())
    for _ in range(50):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("the child went on")


def test_without_libreoffice(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(soffice, "_PLACES", ())
    with pytest.raises(MissingProgramError, match=r"mötet\.doc is read by LibreOffice") as caught:
        extract(notes, WORD)
    assert "libreoffice-writer" in caught.value.hint
    assert "DOCX" in caught.value.hint


@needs_shell
def test_libreoffice_without_the_part_that_is_needed(
    fake: Fake, notes: Path, tmp_path: Path
) -> None:
    fake("exit 0")
    parts = tmp_path / "office" / "share" / "registry"
    parts.mkdir(parents=True)
    for name in ("main.xcd", "writer.xcd"):
        (parts / name).touch()
    with pytest.raises(MissingProgramError, match=r"without its part Impress") as caught:
        extract(notes, SLIDES)
    assert "libreoffice-impress" in caught.value.hint
    with pytest.raises(DamagedInputError):
        extract(notes, WORD)


LOCKED = {
    WORD: OLE + b"\xec\xa5\xc1\x00".ljust(10, b"\0") + b"\xf0\x13".ljust(2000, b"\0"),
    SLIDES: OLE + b"\0\0\xf6\x0f\x14\0\0\0\x14\0\0\0\xdf\xc4\xd1\xf3" + bytes(2000),
    SHEETS: OLE + b"\x09\x08\x10\0".ljust(20, b"\6") + b"\x2f\0\x36\0" + bytes(2000),
}


@pytest.mark.parametrize("media_type", LOCKED)
@pytest.mark.parametrize("locked", [True, False])
def test_a_password_is_told_even_without_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, media_type: str, locked: bool
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(soffice, "_PLACES", ())
    readers = {c.target: "pipeline.extractors.docx:extract" for c in CONVERSIONS.values()}
    monkeypatch.setattr(registry, "extractors", lambda: readers)
    path = tmp_path / "hemligt"
    path.write_bytes(LOCKED[media_type] if locked else OLE + bytes(4000))
    with pytest.raises(InputError, match=r"^hemligt is") as caught:
        extract(path, media_type)
    assert isinstance(caught.value, EncryptedInputError) == locked


def test_other_types_are_refused(notes: Path) -> None:
    with pytest.raises(UnknownFormatError, match="image/png"):
        extract(notes, "image/png")


@needs_shell
def test_runs_at_once_do_not_share_a_profile(fake: Fake, notes: Path, tmp_path: Path) -> None:
    made = docx(tmp_path / "gjord.docx", "Samtidigt")
    fake(f'for last; do :; done; echo "$1" >> {tmp_path}/said; cp {made} "${{last%.doc}}.docx"')
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: texts(extract(notes, WORD)), range(8)))
    assert found == [["Samtidigt"]] * 8
    assert len(set((tmp_path / "said").read_text().split())) == 8


# With LibreOffice itself

FODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:h text:outline-level="1">Vävstugans höstmöte</text:h>
<text:list><text:list-item><text:p>boka sal</text:p></text:list-item></text:list>
<text:p>Bilden: <draw:frame svg:width="2cm" svg:height="2cm">
<draw:image xlink:href="{address}/bild.png" xlink:type="simple" xlink:actuate="onLoad"/>
</draw:frame></text:p></office:text></office:body></office:document>"""


@needs_libreoffice
def test_a_word_document_from_before_2007_reaches_for_no_link(tmp_path: Path) -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def parse_request(self) -> bool:
            asked.append(self.raw_requestline.decode())
            return False

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    source = tmp_path / "source.fodt"
    address = f"http://127.0.0.1:{server.server_port}"
    source.write_text(FODT.format(address=address), encoding="utf-8")
    old = soffice.convert(source, "doc", "writer", "source.fodt")
    assert address.encode("utf-16-le") in old.read_bytes()
    found = extract(old, WORD)
    server.shutdown()
    server.server_close()
    blocks = lay_out(found, SourceInfo("s", "a.doc", "", "", "")).pages[0].blocks
    assert [(b.kind, b.text) for b in blocks][:2] == [
        (BlockKind.HEADING, "Vävstugans höstmöte"),
        (BlockKind.LIST_ITEM, "boka sal"),
    ]
    assert not asked


@needs_libreoffice
def test_a_file_that_is_no_document(tmp_path: Path) -> None:
    path = tmp_path / "trasig.doc"
    path.write_bytes(OLE + b"\xfe\x01Garn" * 500)
    with pytest.raises(InputError, match=r"trasig\.doc"):
        extract(path, WORD)
    assert [x.name for x in tmp_path.iterdir()] == ["trasig.doc"]
