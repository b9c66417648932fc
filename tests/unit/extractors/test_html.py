"""Web pages: what is drawn comes out once, in order, as what it is."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.errors import SamsynError
from pipeline.extractors import docx, html, markdown
from pipeline.layout.build import lay_out
from pipeline.model.document import Block, SourceInfo
from pipeline.model.raw import RawDocument, RawItem, RawParagraph, RawPicture, RawTable

SAMPLES = Path(__file__).parents[3] / "samples"


def read(tmp_path: Path, page: str | bytes) -> RawDocument:
    path = tmp_path / "sida.html"
    path.write_bytes(page if isinstance(page, bytes) else page.encode("utf-8", "surrogatepass"))
    document = html.extract(path)
    assert len(document.pages) == 1
    assert not document.paged
    return document


def items(tmp_path: Path, page: str) -> list[RawItem]:
    return list(read(tmp_path, page).pages[0].items)


def paragraphs(tmp_path: Path, page: str) -> list[RawParagraph]:
    return [x for x in items(tmp_path, page) if isinstance(x, RawParagraph)]


def texts(tmp_path: Path, page: str) -> list[str]:
    return [x.text for x in paragraphs(tmp_path, page)]


def blocks(document: RawDocument) -> list[Block]:
    laid = lay_out(document, SourceInfo("s", "sida.html", "", "text/html", "html"))
    return [block for _, block in laid.blocks()]


def listed(tmp_path: Path, page: str) -> list[tuple[str | None, int, str]]:
    return [(x.marker, x.level, x.text) for x in paragraphs(tmp_path, page) if x.listed]


def test_only_h1_is_the_title_though_a_short_line_stands_over_it(tmp_path: Path) -> None:
    page = "<title>Kustdag | Byanätet</title><p>Program<h1>Kustdag</h1><h2>Mål<h3>Del</h3>"
    document = read(tmp_path, page)
    found = [x.heading for x in document.pages[0].items if isinstance(x, RawParagraph)]
    assert found == [None, 0, 2, 3]
    assert document.title == "Kustdag | Byanätet"


@pytest.mark.parametrize(
    "page", ["<h1>A</h1><p>x<h1>B</h1>", f"<p>{'Lång inledning. ' * 9}<h1>A</h1>"]
)
def test_several_or_late_h1_are_no_title(tmp_path: Path, page: str) -> None:
    assert 0 not in [x.heading for x in paragraphs(tmp_path, page)]


def test_largest_line_at_the_head_is_the_title(tmp_path: Path) -> None:
    page = "<p style='font-size:20pt'>Kvarndag<p>Ett<p>Två<h2>Tre</h2><p>Fyra"
    assert [x.heading for x in paragraphs(tmp_path, page)] == [0, None, None, 2, None]
    same = "<p style='font-size:20pt'>Kvarndag<p style='font-size:20pt'>Ett<p>Två<p>Fyra"
    assert 0 not in [x.heading for x in paragraphs(tmp_path, same)]


def test_white_space_collapses_across_elements(tmp_path: Path) -> None:
    page = "<p>\n  Vi <b> ses </b>\n i\n\tparken<i>!</i>\n</p><div>Ta <span>med</span>hatt</div>"
    assert texts(tmp_path, page) == ["Vi ses i parken!", "Ta medhatt"]


def test_looks_come_from_elements_and_styles(tmp_path: Path) -> None:
    page = (
        "<p><strong>Nästa steg</strong><p><span style='font-weight:700'>Beslut</span>"
        "<p><em>Rut</em><p><b style='font-weight:normal'>inte</b><p style='font-size:200%'>stor"
    )
    found = paragraphs(tmp_path, page)
    assert [x.bold for x in found] == [True, True, False, False, False]
    assert [x.italic for x in found] == [False, False, True, False, False]
    assert [x.size for x in found] == [12.0, 12.0, 12.0, 12.0, 24.0]


def test_bold_line_over_text_is_a_heading_by_its_look(tmp_path: Path) -> None:
    document = read(tmp_path, "<p><b>Nästa steg</b><br>Rut bokar salen.<p>Efter fikat gick vi hem.")
    assert [b.kind for b in blocks(document)] == ["heading", "paragraph", "paragraph"]


def test_line_break_parts_lines_but_not_sentences(tmp_path: Path) -> None:
    full = "en rad som fyller hela bredden på sidan och sedan går den"
    assert texts(tmp_path, "<p>Storgatan 4<br>Rum Eken<br/>Vi ses i<br>parken") == [
        "Storgatan 4",
        "Rum Eken",
        "Vi ses i\nparken",
    ]
    assert texts(tmp_path, f"<p>Här är {full}<br>Vidare {full}") == [
        f"Här är {full}\nVidare {full}"
    ]
    assert texts(tmp_path, "<p>ordna fika<br>boka sal<br><br>slut") == [
        "ordna fika",
        "boka sal",
        "slut",
    ]
    assert texts(tmp_path, "<h2>Byadag<br>2025</h2>") == ["Byadag\n2025"]


def test_lists_have_levels_and_printed_markers(tmp_path: Path) -> None:
    page = """<ul><li>Karta<ul><li>Papper<ol type=a start=3><li>Skala<li>Norrpil</ol></ul>
    <li><p>Sax</p><p>Den stora</p></ul>
    <ol><li>Ett<li value=7>Sju<li>Åtta</ol><ol reversed><li>Två<li>Ett</ol>
    <ul style="list-style-type:none"><li>Utan</ul><ul type=square><li>Ruta</ul>"""
    assert listed(tmp_path, page) == [
        ("•", 0, "Karta"),
        ("◦", 1, "Papper"),
        ("c.", 2, "Skala"),
        ("d.", 2, "Norrpil"),
        ("•", 0, "Sax"),
        ("1.", 0, "Ett"),
        ("7.", 0, "Sju"),
        ("8.", 0, "Åtta"),
        ("2.", 0, "Två"),
        ("1.", 0, "Ett"),
        (None, 0, "Utan"),
        ("▪", 0, "Ruta"),
    ]
    assert ("Den stora", False) in [(x.text, x.listed) for x in paragraphs(tmp_path, page)]


def test_list_right_inside_a_list_is_one_deeper(tmp_path: Path) -> None:
    assert listed(tmp_path, "<ul><li>A<ul><li>B</ul><ul><ul><li>C</ul></ul></ul><li>D") == [
        ("•", 0, "A"),
        ("◦", 1, "B"),
        ("▪", 2, "C"),
        ("•", 0, "D"),
    ]


def test_definitions_stand_under_their_terms(tmp_path: Path) -> None:
    found = paragraphs(tmp_path, "<dl><dt>Plats<dd>Logen<dt>Tid<dd>Kl. 18<ul><li>prick</ul></dl>")
    assert [(x.level, x.text) for x in found] == [
        (0, "Plats"),
        (1, "Logen"),
        (0, "Tid"),
        (1, "Kl. 18"),
        (1, "prick"),
    ]


def test_check_boxes_are_markers_at_the_head_and_signs_elsewhere(tmp_path: Path) -> None:
    page = """<ul class="contains-task-list">
    <li class="task-list-item"><input type=checkbox disabled checked> Boka sal
    <li class="task-list-item"><input type=checkbox disabled> <b>Fika</b>
    <li>[x] Skylt</ul>
    <p><input type=checkbox> Ja <input type=checkbox checked> Nej
    <div><input type="checkbox" id="a"><label for="a">Nyckel</label></div>
    <p><span role=checkbox aria-checked=true>Lampa</span><input type=hidden value=x>"""
    found = paragraphs(tmp_path, page)
    assert [(x.marker, x.text) for x in found] == [
        ("☑", "Boka sal"),
        ("☐", "Fika"),
        ("☑", "Skylt"),
        (None, "☐ Ja ☑ Nej"),
        ("☐", "Nyckel"),
        ("☑", "Lampa"),
    ]


def test_fields_show_what_is_filled_in(tmp_path: Path) -> None:
    page = "<p>Namn<input value='Rut Ek'>Dag<select><option>tis<option selected>ons</select>!"
    assert texts(tmp_path, page) == ["Namn Rut Ek Dag ons !"]
    assert texts(tmp_path, "<textarea>Rad ett\nRad två</textarea>") == ["Rad ett", "Rad två"]


def test_hidden_things_stay_out(tmp_path: Path) -> None:
    page = """<style>.gömd{display:none} .flik{display:none} .flik.vald{display:block}
    .smal{display:none} @media (min-width:40em){.smal{display:block}}
    .bara-läsare{position:absolute;clip:rect(0,0,0,0)}</style>
    <script>document.write("x")</script><noscript>Slå på skript</noscript><!-- tyst -->
    <template><p>mall</template><p hidden>bort<p style="display: none">bort
    <p class=gömd>bort<p class=bara-läsare>bort<p class=sr-only>bort<dialog>kakor?</dialog>
    <p class=flik>flik<p class=smal>smal<details><summary>Mer</summary>inuti</details>
    <p><i class=ikon aria-hidden=true>event_note</i>Möte <span aria-hidden=true>9 maj</span>
    <p style="font-size:0">osynlig<span style="font-size:9pt">synlig</span>"""
    assert texts(tmp_path, page) == ["flik", "smal", "Mer", "inuti", "Möte 9 maj", "synlig"]


def test_preformatted_lines_are_lines(tmp_path: Path) -> None:
    found = paragraphs(tmp_path, "<p>Så här:<pre>\nsteg 1\n  steg 2\n\nslut\n</pre>")
    assert [(x.text, x.style) for x in found] == [
        ("Så här:", None),
        ("steg 1", "code"),
        ("  steg 2", "code"),
        ("slut", "code"),
    ]


def test_text_file_saved_by_a_browser_is_typed_text(tmp_path: Path) -> None:
    page = (
        '<html><head></head><body><pre style="white-space:pre-wrap">MÅL\n\n- Nå fram</pre></body>'
    )
    assert [(b.kind, b.text) for b in blocks(read(tmp_path, page))] == [
        ("title", "MÅL"),
        ("list_item", "Nå fram"),
    ]


def test_quotes_captions_and_folded_parts(tmp_path: Path) -> None:
    page = """<blockquote><p>Bastun är varm.</blockquote>
    <figure><img src=a.png alt="Karta över viken"><figcaption>Viken</figcaption></figure>
    <details><summary>Återbud</summary><p>Nils</details><p>Hon sa <q>hej</q>"""
    found = items(tmp_path, page)
    assert RawPicture("Karta över viken") in found
    assert [(x.text, x.style) for x in found if isinstance(x, RawParagraph)] == [
        ("Bastun är varm.", "quote"),
        ("Viken", "caption"),
        ("Återbud", "found-heading"),
        ("Nils", None),
        ("Hon sa “hej”", None),
    ]


def test_pictures_of_nothing_are_left_out_and_emoji_are_text(tmp_path: Path) -> None:
    page = """<p>Klart <img class=emoji alt="✅"><img src=linje.png alt="">
    <img src=pixel.gif width=1 height=1><svg><path/></svg><img src=foto.jpg>"""
    assert items(tmp_path, page) == [RawParagraph("Klart ✅"), RawPicture("")]


def test_text_of_drawings_is_read_label_by_label(tmp_path: Path) -> None:
    page = "<svg><title>tips</title><text>Behov</text><g><text>Nytta <tspan>idag</tspan></text></g>"
    assert texts(tmp_path, page) == ["Behov", "Nytta idag"]


@pytest.mark.parametrize(
    "page",
    [
        "<meta charset=iso-8859-1><p>Åmål på ön".encode("cp1252"),
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><p>Åmål på ön'
        .encode("cp1252"),
        "<meta charset=iso-8859-1><p>Åmål på ön".encode(),
        "<meta charset=utf-8><p>Åmål på ön".encode("cp1252"),
        "<p>Åmål på ön".encode("utf-16"),
        '<?xml version="1.0" encoding="macintosh"?><p>Åmål på ön'.encode("mac_roman"),
        "<meta charset=hex><p>Åmål på ön".encode(),
        b"<meta charset=utf-8><p>&Aring;m&#229;l p&aring; &ouml;n",
    ],
)  # fmt: skip
def test_charsets_as_declared_or_as_they_are(tmp_path: Path, page: bytes) -> None:
    assert [x.text for x in read(tmp_path, page).pages[0].items] == ["Åmål på ön"]  # type: ignore[union-attr]


def test_text_after_the_end_is_kept(tmp_path: Path) -> None:
    assert texts(tmp_path, "<html><body><p>Ett</body></html><p>Två</html><p>Tre") == [
        "Ett",
        "Två",
        "Tre",
    ]


@pytest.mark.parametrize(
    ("tag", "times"), [("div", 100_000), ("b", 3000), ("blockquote", 3000), ("table", 3000)]
)
def test_deep_nesting_keeps_all_text(tmp_path: Path, tag: str, times: int) -> None:
    deep = f"<{tag}>" * times + "djupt nere" + f"</{tag}>" * times
    assert texts(tmp_path, f"<p>före{deep}<p>efter")[-2:] == ["djupt nere", "efter"]


def test_page_without_anything_gives_nothing(tmp_path: Path) -> None:
    assert items(tmp_path, "<!doctype html><script>app()</script><div id=root></div>") == []
    assert items(tmp_path, "") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    with suppress(SamsynError):
        read(tmp_path, data)


WORDS = st.sampled_from(["Rut", "bokar", "salen", "kl. 9", "<b>nu</b>", "<i>sen</i>", "&amp;", "ö"])
OPENINGS = st.sampled_from(
    ["<p>", "<ul>", "<li>", "<table>", "<tr>", "<td>", "</td>", "</table>", "</ul>", "<div>",
     "</div>", "<h2>", "</h2>", "<nav>", "</nav>", "<br>", "<b>", "</b>", "<pre>", "</pre>"]
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120)
@given(parts=st.lists(st.one_of(WORDS, OPENINGS), max_size=25))
def test_every_word_comes_out_once_however_tags_are_mixed(tmp_path: Path, parts: list[str]) -> None:
    page = " ".join(part.replace("Rut", f"ord{n}") for n, part in enumerate(parts))
    found = " ".join(f"{b.text}" for b in blocks(read(tmp_path, page)))
    wanted = [f"ord{n}" for n, part in enumerate(parts) if part == "Rut"]
    assert sorted(w for w in found.split() if w.startswith("ord")) == sorted(wanted)


def seen(block: Block) -> tuple[object, ...]:
    """A block as a reader sees it; bullets are drawn differently by every program."""
    marker = "•" if block.marker in {"-", "*", "•", "◦", "▪"} else block.marker
    return block.kind, block.level, marker, block.text, block.rows


NOTES = """\
# Höstmöte

Vid *Storsjön* kl. 10

| Vad | Vem |
|-----|-----|
| Bord | Rut |

3. tre
4. fyra
   - under
   - [x] klart

> Sagt av Nils

```
rad ett
```

![Karta](karta.png)
"""


@pytest.mark.parametrize(
    "text", [NOTES, *(p.read_text(encoding="utf-8") for p in SAMPLES.glob("*/*.md"))]
)
def test_rendered_markdown_gives_the_same_blocks(tmp_path: Path, text: str) -> None:
    source = tmp_path / "notes.md"
    source.write_text(text, encoding="utf-8")
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)
    assert [seen(b) for b in blocks(read(tmp_path, rendered))] == [
        seen(b) for b in blocks(markdown.extract(source))
    ]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
def test_word_file_saved_as_html_gives_the_same_blocks(tmp_path: Path) -> None:
    source = SAMPLES / "community-radio" / "notes.docx"
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    subprocess.run(
        [*command, "--convert-to", "html", "--outdir", tmp_path, source],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    found = blocks(html.extract(tmp_path / "notes.html"))
    assert [seen(b) for b in found] == [seen(b) for b in blocks(docx.extract(source))]


def test_tables_are_items(tmp_path: Path) -> None:
    assert [
        type(x) for x in items(tmp_path, "<p>a<table><tr><td>b<td>c<tr><td>d<td>e</table>f")
    ] == [
        RawParagraph,
        RawTable,
        RawParagraph,
    ]
