"""Word files written by hand: the XML of their paragraphs, and what is read from them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipeline.extractors.docx import extract
from pipeline.model.raw import RawDocument, RawItem, RawParagraph

Markup = Callable[..., str]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{REL}"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Rubrik1"><w:name w:val="heading 1"/>
 <w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Undertitel"><w:name w:val="Subtitle"/>
 <w:basedOn w:val="Titel"/></w:style>
<w:style w:type="paragraph" w:styleId="Dagrubrik"><w:name w:val="Dagrubrik"/>
 <w:basedOn w:val="Rubrik1"/></w:style>
<w:style w:type="paragraph" w:styleId="Avsnitt"><w:name w:val="Avsnitt"/>
 <w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Ring"><w:name w:val="Ring"/>
 <w:basedOn w:val="Ring"/></w:style>
<w:style w:type="paragraph" w:styleId="Punktlista2"><w:name w:val="List Bullet 2"/>
 <w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Stark"><w:name w:val="Strong"/>
 <w:rPr><w:b/></w:rPr></w:style>
"""


def _level(ilvl: int, kind: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def _abstract(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def _num(number: int, abstract_id: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract_id}"/>{more}</w:num>'


WINGDINGS = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
RESTART = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
NUMBERING = (
    _abstract(
        0,
        _level(0, "decimal", "%1."),
        _level(1, "lowerLetter", "%2)"),
        _level(2, "upperRoman", "%1.%2 %3"),
    )
    + _abstract(1, _level(0, "bullet", "\uf0b7"), _level(1, "bullet", "§", WINGDINGS))
    + _abstract(2, _level(0, "decimal", "%1", "<w:isLgl/>", start=7), _level(1, "decimal", "%1.%2"))
    + _abstract(3, _level(0, "none", ""))
    + _num(1, 0)
    + _num(2, 1)
    + _num(3, 0, RESTART)
    + _num(4, 2)
    + _num(5, 3)
)


def _p(content: str, properties: str = "") -> str:
    runs = content if content.startswith("<") else f"<w:r><w:t>{content}</w:t></w:r>"
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def _styled(text: str, style: str) -> str:
    return _p(text, f'<w:pStyle w:val="{style}"/>')


def _item(text: str, num_id: int = 1, ilvl: int = 0) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num_id}"/></w:numPr>'
    return _p(text, numbering)


def _r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _make(
    tmp_path: Path, body: str, parts: dict[str, str] | None = None, strict: bool = False
) -> Path:
    inside = {"styles": STYLES, "numbering": NUMBERING, **(parts or {})}
    kinds = [(kind, kind.rstrip("0123456789")) for kind in inside]
    rels = "".join(
        f'<Relationship Id="{name}" Type="{REL}/{kind}" Target="{name}.xml"/>'
        for name, kind in kinds
    )
    xml = {"word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"}
    for name, content in inside.items():
        root = content if content.startswith("<?") else f"<w:x {SPACES}>{content}</w:x>"
        xml[f"word/{name}.xml"] = root
    xml["word/_rels/document.xml.rels"] = f"<Relationships>{rels}</Relationships>"
    main = f'<Relationship Id="a" Type="{REL}/officeDocument" Target="/word/document.xml"/>'
    xml["_rels/.rels"] = f"<Relationships>{main}</Relationships>"
    path = tmp_path / "notes.docx"
    with ZipFile(path, "w") as archive:
        for name, text in xml.items():
            if strict:
                text = text.replace("schemas.openxmlformats.org", "purl.oclc.org/ooxml")
                text = text.replace("/2006/", "/")
            archive.writestr(name, text)
    return path


@pytest.fixture(scope="session")
def p() -> Markup:
    """A paragraph: its text or its runs, the inside of its properties."""
    return _p


@pytest.fixture(scope="session")
def styled() -> Markup:
    """A paragraph of a style: text, style id."""
    return _styled


@pytest.fixture(scope="session")
def item() -> Markup:
    """A list item: text or runs, number id, level from 0."""
    return _item


@pytest.fixture(scope="session")
def r() -> Markup:
    """A run: its text, the inside of its properties."""
    return _r


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """A Word file with a body; `parts` are more parts by kind, each the inside of its root."""

    def write(body: str, parts: dict[str, str] | None = None, strict: bool = False) -> Path:
        return _make(tmp_path, body, parts, strict)

    return write


@pytest.fixture
def read(make: Callable[..., Path]) -> Callable[..., RawDocument]:
    """What is read from a file with a body and `parts`."""

    def document(body: str, parts: dict[str, str] | None = None) -> RawDocument:
        found = extract(make(body, parts))
        assert len(found.pages) == 1
        assert not found.paged
        return found

    return document


@pytest.fixture
def items(read: Callable[..., RawDocument]) -> Callable[..., list[RawItem]]:
    """The items read from a body and `parts`."""
    return lambda body, parts=None: list(read(body, parts).pages[0].items)


@pytest.fixture
def paragraphs(items: Callable[..., list[RawItem]]) -> Callable[..., list[RawParagraph]]:
    """The paragraphs among the items."""
    return lambda body, parts=None: [x for x in items(body, parts) if isinstance(x, RawParagraph)]


@pytest.fixture
def texts(paragraphs: Callable[..., list[RawParagraph]]) -> Callable[..., list[str]]:
    """The texts of the paragraphs."""
    return lambda body, parts=None: [x.text for x in paragraphs(body, parts)]
