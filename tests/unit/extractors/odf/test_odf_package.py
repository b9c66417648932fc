"""Files are opened safely: locked, broken, huge and deep ones say so."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import (
    DamagedInputError,
    EncryptedInputError,
    InputError,
    LimitError,
    SamsynError,
)
from pipeline.extractors import odp, odt
from pipeline.extractors.odf_package import _DEEPEST
from pipeline.model.raw import RawParagraph

Package = Callable[..., Path]
Parts = Callable[..., dict[str, str]]
Markup = Callable[..., str]

SPACE = 'xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
LOCK = (
    f'<m:manifest {SPACE}><m:file-entry m:full-path="content.xml"><m:encryption-data/>'
    "</m:file-entry></m:manifest>"
)


def flat(parts: dict[str, str]) -> str:
    """Both parts in one file."""
    content, styles = parts["content.xml"], parts["styles.xml"]
    head = styles[: styles.index("</office:document-styles>")].replace("-styles", "", 1)
    body = content[content.index("<office:body>") : content.index("</office:document-content>")]
    return head + body + "</office:document>"


def test_flat_file(tmp_path: Path, parts: Parts, p: Markup) -> None:
    data = f"<office:binary-data>{'iVBO' * 3_000_000}</office:binary-data>"
    picture = f"<draw:frame><draw:image>{data}</draw:image></draw:frame>"
    xml = flat(parts("text", p("Skogsdag", "Title") + p(picture + "slut")))
    path = tmp_path / "notes.fodt"
    path.write_text(xml, encoding="utf-8")
    found = [x for x in odt.extract(path).pages[0].items if isinstance(x, RawParagraph)]
    assert [(x.text, x.heading, x.size) for x in found] == [
        ("Skogsdag", 0, 22.0),
        ("slut", None, 11.0),
    ]


def test_locked(package: Package, parts: Parts) -> None:
    made = parts("text", "") | {"META-INF/manifest.xml": LOCK}
    with pytest.raises(EncryptedInputError, match=r"fil\.odt.*password"):
        odt.extract(package(made))


def test_locked_as_a_whole(package: Package) -> None:
    made = {"encrypted-package": "x", "META-INF/manifest.xml": LOCK}
    with pytest.raises(EncryptedInputError):
        odp.extract(package(made, "fil.odp"))


def test_not_locked(package: Package, parts: Parts, p: Markup) -> None:
    open_manifest = LOCK.replace("<m:encryption-data/>", "")
    made = parts("text", p("öppen")) | {"META-INF/manifest.xml": open_manifest}
    assert odt.extract(package(made)).pages[0].items


def test_another_kind(package: Package, parts: Parts) -> None:
    with pytest.raises(DamagedInputError, match="no OpenDocument presentation"):
        odp.extract(package(parts("text", "")))


def test_without_content(package: Package, parts: Parts) -> None:
    made = parts("text", "")
    del made["content.xml"]
    with pytest.raises(DamagedInputError, match="main part"):
        odt.extract(package(made))


def test_broken_content(package: Package, parts: Parts) -> None:
    made = parts("text", "<text:p>a")
    with pytest.raises(DamagedInputError, match=r"fil\.odt is damaged"):
        odt.extract(package(made))


def test_broken_styles_are_a_problem(package: Package, parts: Parts, p: Markup) -> None:
    raw = odt.extract(package(parts("text", p("kvar")) | {"styles.xml": "<a>"}))
    assert [x.code for x in raw.problems] == ["part-unreadable"]
    assert len(raw.pages[0].items) == 1


def test_bomb(tmp_path: Path, parts: Parts) -> None:
    path = tmp_path / "bomb.odt"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", parts("text", " " * 60_000_000)["content.xml"])
    with pytest.raises(LimitError):
        odt.extract(path)


@pytest.mark.parametrize(
    "step",
    [
        ("<text:list><text:list-item>", "</text:list-item></text:list>"),
        ("<text:section>", "</text:section>"),
        ("<table:table><table:table-row><table:table-cell>",
         "</table:table-cell></table:table-row></table:table>"),
        ("<text:p><draw:frame><draw:text-box>", "</draw:text-box></draw:frame></text:p>"),
        ("<text:p><draw:g>", "</draw:g></text:p>"),
    ],
)  # fmt: skip
def test_depth(package: Package, parts: Parts, p: Markup, step: tuple[str, str]) -> None:
    each = step[0].count("<")
    deep = (_DEEPEST - 8) // each
    body = step[0] * deep + p("botten") + step[1] * deep
    assert odt.extract(package(parts("text", body))).pages
    more = body.join((step[0] * 20, step[1] * 20))
    with pytest.raises(LimitError, match="deep"):
        odt.extract(package(parts("text", more)))


@pytest.mark.parametrize("tag", ["text:span", "text:a", "text:meta"])
def test_depth_in_a_paragraph(package: Package, parts: Parts, p: Markup, tag: str) -> None:
    deep = _DEEPEST - 8
    inside = f"<{tag}>" * deep + "botten" + f"</{tag}>" * deep
    found = odt.extract(package(parts("text", p(inside)))).pages[0].items
    assert [x.text for x in found if isinstance(x, RawParagraph)] == ["botten"]


def test_entities_bring_nothing_in(package: Package, parts: Parts, tmp_path: Path) -> None:
    secret = tmp_path / "hemligt.txt"
    secret.write_text("lösenord", encoding="utf-8")
    made = parts("text", "<text:p>före&fil;efter</text:p>")
    head = f'<!DOCTYPE x [<!ENTITY fil SYSTEM "{secret.as_uri()}">]>'
    made["content.xml"] = head + made["content.xml"]
    found = odt.extract(package(made)).pages[0].items
    assert [x.text for x in found if isinstance(x, RawParagraph)] == ["föreefter"]


def test_styles_that_inherit_from_each_other(
    package: Package, parts: Parts, p: Markup, style: Markup
) -> None:
    ring = style("A", more='style:parent-style-name="B"')
    ring += style("B", more='style:parent-style-name="A"')
    assert odt.extract(package(parts("text", p("runt", "A"), automatic=ring))).pages[0].items


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.binary(max_size=300), packed=st.booleans())
def test_any_bytes(tmp_path: Path, data: bytes, packed: bool) -> None:
    path = tmp_path / "x.odt"
    path.write_bytes((b"PK" if packed else b"") + data)
    for extract in (odt.extract, odp.extract):
        with pytest.raises(InputError):
            extract(path)


@settings(max_examples=80, suppress_health_check=list(HealthCheck), deadline=None)
@given(cut=st.data())
def test_damaged_zips_and_xml(
    tmp_path: Path, package: Package, parts: Parts, items: Markup, cut: st.DataObject
) -> None:
    whole = package(parts("text", items("boka", items("sal", style="")))).read_bytes()
    at = cut.draw(st.integers(0, len(whole) - 1))
    path = tmp_path / "skadad.odt"
    path.write_bytes(whole[:at] + cut.draw(st.binary(max_size=4)) + whole[at + 3 :])
    with suppress(SamsynError):
        odt.extract(path)
