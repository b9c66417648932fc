"""OpenDocument files written by hand: as zips or flat, and what is read from them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipeline.extractors import odp, odt
from pipeline.model.raw import RawDocument, RawParagraph

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_PLAIN = ("office", "text", "style", "table", "form", "presentation", "chart", "manifest")
SPACES = " ".join(
    [f'xmlns:{name}="{_OASIS}{name}:1.0"' for name in _PLAIN]
    + [
        f'xmlns:draw="{_OASIS}drawing:1.0"',
        f'xmlns:fo="{_OASIS}xsl-fo-compatible:1.0"',
        f'xmlns:svg="{_OASIS}svg-compatible:1.0"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:math="http://www.w3.org/1998/Math/MathML"',
        'xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"',
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"',
    ]
)


def _style(name: str, family: str = "paragraph", more: str = "", inside: str = "") -> str:
    return f'<style:style style:name="{name}" style:family="{family}" {more}>{inside}</style:style>'


def _number(
    level: int, form: str = "1", suffix: str = ".", more: str = "", kind: str = "list"
) -> str:
    return (
        f'<text:{kind}-level-style{"-number" if kind == "list" else ""} text:level="{level}"'
        f' style:num-format="{form}" style:num-suffix="{suffix}" {more}/>'
    )


def _bullet(level: int, char: str, font: str = "") -> str:
    return (
        f'<text:list-level-style-bullet text:level="{level}" text:bullet-char="{char}">'
        f'<style:text-properties fo:font-family="{font}"/></text:list-level-style-bullet>'
    )


def _list_style(name: str, *levels: str) -> str:
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


STYLES = (
    '<style:default-style style:family="paragraph"><style:text-properties fo:font-size="11pt"/>'
    "</style:default-style>"
    + _style("Standard")
    + _style("Title", inside='<style:text-properties fo:font-size="200%"/>')
    + _style("Subtitle", more='style:parent-style-name="Title"')
    + "".join(
        _style(f"Heading_20_{n}", more=f'style:default-outline-level="{n}"') for n in (1, 2, 3)
    )
    + _style("Fet", "text", inside='<style:text-properties fo:font-weight="bold"/>')
    + _style("Dold", "text", inside='<style:text-properties text:display="none"/>')
    + _list_style(
        "Nummer",
        _number(1),
        _number(2, more='text:display-levels="2"'),
        _number(3, "a", ")"),
    )
    + _list_style("Punkter", _bullet(1, "•"), _bullet(2, "\uf0a7", "Wingdings"))
)


def _p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def _h(text: str, level: int, more: str = "") -> str:
    style = f'text:style-name="Heading_20_{level}"'
    return f'<text:h {style} text:outline-level="{level}" {more}>{text}</text:h>'


def _items(*items: str, style: str = "Nummer", more: str = "") -> str:
    """A list; items are text, or XML that stands in an item as it is."""
    named = f'text:style-name="{style}"' if style else ""
    rows = (x if x.startswith("<text:list-") else f"<text:list-item>{_inside(x)}" for x in items)
    closed = (x if x.startswith("<text:list-h") else f"{x}</text:list-item>" for x in rows)
    return f"<text:list {named} {more}>{''.join(closed)}</text:list>"


def _inside(text: str) -> str:
    return text if text.startswith("<") else _p(text)


def _parts(
    kind: str, body: str, automatic: str = "", styles: str = "", master: str = "", own: str = ""
) -> dict[str, str]:
    """The XML of content and styles; `automatic` are styles of the first, `own` of the second."""
    return {
        "content.xml": f"<office:document-content {SPACES}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {SPACES}><office:styles>{STYLES}{styles}"
        f"</office:styles><office:automatic-styles>{own}</office:automatic-styles>"
        f"<office:master-styles>{master}</office:master-styles></office:document-styles>",
    }


def _zipped(path: Path, parts: dict[str, str]) -> Path:
    with ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


@pytest.fixture(scope="session")
def p() -> Callable[..., str]:
    """A paragraph: its text, its style."""
    return _p


@pytest.fixture(scope="session")
def h() -> Callable[..., str]:
    """A heading: its text, its level from 1, more attributes."""
    return _h


@pytest.fixture(scope="session")
def items() -> Callable[..., str]:
    """A list: texts, or the XML inside its items; its style."""
    return _items


@pytest.fixture(scope="session")
def style() -> Callable[..., str]:
    """A style: name, family, attributes, properties."""
    return _style


@pytest.fixture(scope="session")
def list_style() -> Callable[..., str]:
    """A list style: its name, its levels."""
    return _list_style


@pytest.fixture(scope="session")
def numbered() -> Callable[..., str]:
    """A level of a list style that counts: level, format, suffix, more attributes, kind."""
    return _number


@pytest.fixture(scope="session")
def bulleted() -> Callable[..., str]:
    """A level of a list style with a bullet: level, character, font."""
    return _bullet


@pytest.fixture
def package(tmp_path: Path) -> Callable[..., Path]:
    """A zip of the parts given."""
    return lambda parts, name="fil.odt": _zipped(tmp_path / name, parts)


@pytest.fixture(scope="session")
def parts() -> Callable[..., dict[str, str]]:
    """The parts of a file: kind of its body, body, styles."""
    return _parts


@pytest.fixture
def text(tmp_path: Path) -> Callable[..., RawDocument]:
    """What is read from the body of a text."""

    def read(body: str, more: dict[str, str] | None = None, **styles: str) -> RawDocument:
        made = _parts("text", body, **styles) | (more or {})
        return odt.extract(_zipped(tmp_path / "anteckningar.odt", made))

    return read


@pytest.fixture
def slides(tmp_path: Path) -> Callable[..., RawDocument]:
    """What is read from the body of a presentation."""

    def read(body: str, more: dict[str, str] | None = None, **styles: str) -> RawDocument:
        made = _parts("presentation", body, **styles) | (more or {})
        return odp.extract(_zipped(tmp_path / "bilder.odp", made))

    return read


@pytest.fixture
def paragraphs(text: Callable[..., RawDocument]) -> Callable[..., list[RawParagraph]]:
    """The paragraphs of the body of a text."""

    def read(body: str, **more: str) -> list[RawParagraph]:
        found = text(body, **more).pages[0].items
        return [x for x in found if isinstance(x, RawParagraph)]

    return read


@pytest.fixture
def printed(paragraphs: Callable[..., list[RawParagraph]]) -> Callable[..., list[str]]:
    """The paragraphs of a text as they are printed: «  1.1. rum», two spaces a level."""

    def read(body: str, **more: str) -> list[str]:
        found = paragraphs(body, **more)
        return [f"{'  ' * x.level}{x.marker or ''} {x.text}".rstrip() for x in found]

    return read
