"""PDFs of the decks, made with LibreOffice: untagged, tagged, and with the title drawn last."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from reading.pptx_truth import opened

KINDS = ("untagged", "tagged", "last")
_TITLES = (1, 3, 5)
"""Placeholder types of a title: title, centred title, vertical title."""


def convert(decks: Sequence[Path], folder: Path) -> None:
    """Write `folder/{untagged,tagged,last}/NAME.pdf` for each deck that has none there yet."""
    for kind in KINDS:
        into = folder / kind
        into.mkdir(parents=True, exist_ok=True)
        missing = [d for d in decks if not (into / f"{d.stem}.pdf").exists()]
        if missing:
            print(f"making {len(missing)} PDFs ({kind}) ...", file=sys.stderr)
            _convert(missing, into, kind)


def _convert(decks: Sequence[Path], into: Path, kind: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        if kind == "last":
            decks = [title_last(d, Path(name) / d.name) for d in decks]
        tagged = str(kind == "tagged").lower()
        choice = (
            f'pdf:impress_pdf_Export:{{"UseTaggedPDF":{{"type":"boolean","value":"{tagged}"}}}}'
        )
        office = shutil.which("soffice") or sys.exit("soffice (LibreOffice) is not installed")
        for deck in decks:
            subprocess.run(
                [office, f"-env:UserInstallation=file://{name}/profile", "--headless",
                 "--convert-to", choice, "--outdir", str(into), str(deck)],
                check=True, capture_output=True, timeout=600,
            )  # fmt: skip


def title_last(deck: Path, into: Path) -> Path:
    """A copy of the deck where each slide's title is the last shape, thus drawn on top."""
    presentation = opened(deck)
    for slide in presentation.slides:
        for shape in list(slide.placeholders):
            if shape.placeholder_format.type in _TITLES:
                shape.element.getparent().append(shape.element)
    presentation.save(str(into))
    return into
