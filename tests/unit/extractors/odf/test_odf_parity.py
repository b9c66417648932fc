"""The same material gives the same blocks, whichever office program saved it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.extractors import docx, odp, odt, pptx
from pipeline.layout.build import lay_out
from pipeline.model.document import BlockRole, SourceInfo
from pipeline.model.raw import RawDocument

OFFICE = shutil.which("soffice")
SAMPLES = Path(__file__).parents[4] / "samples"

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


def converted(path: Path, ending: str, folder: Path) -> Path:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", ending, "--outdir", str(folder)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{ending}"


def blocks(raw: RawDocument) -> list[tuple[object, ...]]:
    """What is read on the pages; running texts are left out."""
    document = lay_out(raw, SourceInfo("s", "p", "0", "m", "e"))
    return [
        (page.number, b.role, b.kind, b.text, b.level, b.marker)
        for page, b in document.blocks()
        if b.role is not BlockRole.FURNITURE
    ]


def test_text(tmp_path: Path) -> None:
    source = SAMPLES / "community-radio" / "notes.docx"
    found = blocks(odt.extract(converted(source, "odt", tmp_path)))
    assert len(found) > 20
    assert found == blocks(docx.extract(source))


def test_slides(tmp_path: Path) -> None:
    source = SAMPLES / "korkvall" / "deck.pptx"
    found = blocks(odp.extract(converted(source, "odp", tmp_path)))
    assert len(found) > 20
    assert found == blocks(pptx.extract(source))
