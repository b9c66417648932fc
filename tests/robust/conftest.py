"""Files as they come out of programs, and how they break."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pptx
import pytest
from pptx.util import Pt

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _pptx(*slides: tuple[str, str]) -> bytes:
    deck = pptx.Presentation()
    for title, text in slides:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = text
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _docx(*paragraphs: str) -> bytes:
    document = docx.Document()
    document.add_heading(paragraphs[0], 0)
    for text in paragraphs[1:]:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _pdf(*pages: str, trailer: str = "", more: tuple[str, ...] = ()) -> bytes:
    """A PDF written by hand: a line of text for each page. `more` are further objects."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, text in enumerate(pages):
        stream = f"BT /F1 24 Tf 72 720 Td ({text}) Tj ET"
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * n} 0 R >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    objects += more
    out = b"%PDF-1.4\n"
    places = []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{n} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    rows = "".join(f"{at:010d} 00000 n \n" for at in places)
    size = len(objects) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{rows}{end}".encode("latin-1")


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def _locked_pdf(password: bytes) -> bytes:
    """A PDF that asks for a password: the standard handler, revision 2 (PDF 1.4, 3.5)."""
    padded = (password + _PADDING)[:32]
    identity = b"0123456789abcdef"
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + (0xFFFFFFFC).to_bytes(4, "little") + identity).digest()[:5]
    user = _rc4(key, _PADDING)
    handler = f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{user.hex()}> /P -4 >>"
    trailer = f"/Encrypt 6 0 R /ID [<{identity.hex()}> <{identity.hex()}>]"
    return _pdf("x", trailer=trailer, more=(handler,))


def _repacked(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A zip with its parts changed; null leaves a part out."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


@pytest.fixture(scope="session")
def deck() -> bytes:
    return _pptx(
        ("Vävarnas höstmöte", "Ljusne 9 oktober 2023"),
        ("Gemensamma utmaningar", "Garnet är slut\nIngen kan solva"),
    )


@pytest.fixture(scope="session")
def document() -> bytes:
    return _docx("Vävarnas höstmöte", "Ljusne 9 oktober 2023", "Garnet är slut i hela länet.")


@pytest.fixture(scope="session")
def printed() -> bytes:
    return _pdf("Weavers of Leeds", "We meet again on 3 May 2024")


@pytest.fixture(scope="session")
def pdf() -> Callable[..., bytes]:
    return _pdf


@pytest.fixture(scope="session")
def locked_pdf() -> bytes:
    return _locked_pdf(b"hemlig")


@pytest.fixture(scope="session")
def repacked() -> Callable[..., bytes]:
    return _repacked


@pytest.fixture(scope="session")
def nested() -> Callable[[int], bytes]:
    """A slide with a text box inside as many groups as said."""

    def make(depth: int) -> bytes:
        deck = pptx.Presentation()
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = "Lådor i lådor"
        shapes = slide.shapes
        for _ in range(depth):
            shapes = shapes.add_group_shape().shapes
        shapes.add_textbox(
            Pt(50), Pt(200), Pt(300), Pt(40)
        ).text_frame.text = "Längst in ligger garnet"
        out = io.BytesIO()
        deck.save(out)
        return out.getvalue()

    return make


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Writes a file into a folder of material."""

    def write(name: str, data: bytes) -> Path:
        path = tmp_path / "material" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        return path

    return write


@pytest.fixture(scope="session")
def names_in_zip() -> Callable[[bytes, str], list[str]]:
    def names(data: bytes, pattern: str) -> list[str]:
        with ZipFile(io.BytesIO(data)) as archive:
            return [n for n in archive.namelist() if re.search(pattern, n)]

    return names
