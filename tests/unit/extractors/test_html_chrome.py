"""The frame of a web page: kept as furniture, wherever the page says what its content is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extractors.html import extract
from pipeline.model.document import BlockRole
from pipeline.model.raw import RawParagraph

ARTICLE = (
    "Kvarndagen hålls i år vid dammen, och alla som vill får pröva att mala sitt eget mjöl. " * 3
)


def read(tmp_path: Path, page: str) -> list[RawParagraph]:
    path = tmp_path / "sida.html"
    path.write_text(page, encoding="utf-8")
    return [x for x in extract(path).pages[0].items if isinstance(x, RawParagraph)]


def body(tmp_path: Path, page: str) -> list[str]:
    return [x.text for x in read(tmp_path, page) if x.role is BlockRole.BODY]


def furniture(tmp_path: Path, page: str) -> list[str]:
    found = read(tmp_path, page)
    assert all(x.furniture == (x.role is BlockRole.FURNITURE) for x in found)
    return [x.text for x in found if x.furniture]


def test_menus_head_and_foot_of_the_page_are_furniture(tmp_path: Path) -> None:
    page = """<header><a href=/>Byanätet</a></header><nav><ul><li>Start<li>Kontakt</ul></nav>
    <h1>Kvarndag</h1><p>Välkommen</p><div role=dialog>Vi använder kakor<button>Ja</button></div>
    <footer>Bygdegatan 1</footer>"""
    assert body(tmp_path, page) == ["Kvarndag", "Välkommen"]
    assert furniture(tmp_path, page) == [
        "Byanätet", "Start", "Kontakt", "Vi använder kakor Ja", "Bygdegatan 1",
    ]  # fmt: skip


def test_what_stands_outside_main_is_furniture_but_not_the_only_title(tmp_path: Path) -> None:
    page = f"""<div>Logga in</div><div><h1>Kvarndag</h1></div><main><p>{ARTICLE}
    <nav>Sidans delar</nav><aside>Ta med stövlar.</aside></main><div>Lämna synpunkter</div>"""
    assert body(tmp_path, page) == ["Kvarndag", ARTICLE.strip(), "Ta med stövlar."]
    assert furniture(tmp_path, page) == ["Logga in", "Sidans delar", "Lämna synpunkter"]


def test_one_article_wins_several_do_not(tmp_path: Path) -> None:
    article = f"<article><header><h2>Program</h2></header><p>{ARTICLE}</article>"
    assert furniture(tmp_path, f"<p>Dela sidan{article}") == ["Dela sidan"]
    assert furniture(tmp_path, f"<p>Dela sidan{article}{article}") == []


def test_empty_main_says_nothing(tmp_path: Path) -> None:
    assert body(tmp_path, f"<p>{ARTICLE}<main></main>") == [ARTICLE.strip()]


def test_head_that_holds_the_title_is_content(tmp_path: Path) -> None:
    page = "<header><nav>Meny</nav><h1>Kvarndag</h1><p>9 maj</p></header><p>Program</p>"
    assert body(tmp_path, page) == ["Kvarndag", "9 maj", "Program"]


@pytest.mark.parametrize(
    ("aside", "left"),
    [
        ("<a href=a>Fler sidor</a>, <a href=b>nyheter</a>", True),
        ("Ta med <a href=a>hatt</a> ut i solen", False),
    ],
)
def test_aside_of_links_is_a_menu(tmp_path: Path, aside: str, left: bool) -> None:
    assert bool(furniture(tmp_path, f"<p>Program</p><aside>{aside}</aside>")) is left


def test_controls_inside_a_line_come_after_it(tmp_path: Path) -> None:
    page = """<h2>Beslut<span class="mw-editsection">[redigera]</span></h2>
    <h3><button>Fäll ut</button></h3><p>Tryck <button>Spara</button> nu</p>
    <input type=submit value=Sök>"""
    assert body(tmp_path, page) == ["Beslut", "Fäll ut", "Tryck nu"]
    assert furniture(tmp_path, page) == ["[redigera]", "Spara", "Sök"]


def test_signs_that_link_to_headings_are_left_out(tmp_path: Path) -> None:
    page = '<h2>Beslut<a class="headerlink" href="#beslut">¶</a></h2><p>Not<a href="#n1">1</a>'
    assert body(tmp_path, page) == ["Beslut", "Not1"]


def test_page_without_body_keeps_what_stands_after_its_head(tmp_path: Path) -> None:
    page = "<title>Byn</title><nav>Meny</nav><main><h1>Kvarndag</h1></main>"
    assert body(tmp_path, page) == ["Kvarndag"]
    assert furniture(tmp_path, page) == ["Meny"]


def test_page_that_is_all_frame_is_content(tmp_path: Path) -> None:
    assert body(tmp_path, "<nav><p>Kvarndag</p><p>9 maj</nav>") == ["Kvarndag", "9 maj"]


def test_footnotes_are_notes(tmp_path: Path) -> None:
    page = """<p>Mjölet<a href="#_ftn1">[1]</a> maldes.<div style='mso-element:footnote-list'><hr>
    <div style='mso-element:footnote' id=ftn1><p>[1] Råg.</div></div>
    <div id="sdfootnote1"><p>2 Korn.</div><div title="footer"><p>Sida 1</div>"""
    found = read(tmp_path, page)
    assert [(x.text, x.role) for x in found] == [
        ("Mjölet[1] maldes.", BlockRole.BODY),
        ("[1] Råg.", BlockRole.NOTE),
        ("2 Korn.", BlockRole.NOTE),
        ("Sida 1", BlockRole.FURNITURE),
    ]
