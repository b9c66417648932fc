"""What programs save as HTML: Word, Google Docs, Notion, Confluence, OneNote, Etherpad, HackMD."""

from __future__ import annotations

from pathlib import Path

from pipeline.extractors.html import extract
from pipeline.model.raw import RawParagraph, RawTable


def read(tmp_path: Path, page: str) -> list[RawParagraph]:
    path = tmp_path / "sida.html"
    path.write_text(page, encoding="utf-8")
    return [x for x in extract(path).pages[0].items if isinstance(x, RawParagraph)]


def items(tmp_path: Path, page: str) -> list[tuple[str | None, int, str]]:
    return [(x.marker, x.level, x.text) for x in read(tmp_path, page)]


def word_item(level: int, bullet: str, text: str, font: str = "Symbol") -> str:
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l0 level{level}"
        f" lfo1'><![if !supportLists]><span style='font-family:{font};mso-bidi-font-family:{font}'>"
        f"<span style='mso-list:Ignore'>{bullet}<span style='font:7.0pt \"Times New Roman\"'>"
        f"&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>{text}<o:p></o:p></p>"
    )


def test_word(tmp_path: Path) -> None:
    page = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!--
    @font-face {{font-family:Calibri;}} p.MsoNormal {{margin:0cm;font-size:11.0pt;}}
    @list l0:level1 {{mso-level-number-format:bullet;}} --></style><!--[if gte mso 9]><xml>
    <o:OfficeDocumentSettings/>dolt</xml><![endif]--></head><body lang=SV><div class=WordSection1>
    <p class=MsoTitle>Byar&aring;det</p><h1>Att göra</h1>
    {word_item(1, "·", "Boka sal")}{word_item(2, "o", "i god tid", '"Courier New"')}
    {word_item(3, "§", "helst nu", "Wingdings")}{word_item(1, "2.", "Fika", "Calibri")}
    <p class=MsoNormal>09.00<span style='mso-tab-count:1'>&nbsp;&nbsp; </span>Kaffe<o:p></o:p></p>
    <p class=MsoNormal><o:p>&nbsp;</o:p></p>
    <p class=MsoNormal><span style='font-family:Wingdings'>&agrave;</span> nästa
    möte<span style='display:none;mso-hide:all'>hemligt</span></p></div></body></html>"""
    found = read(tmp_path, page)
    assert [(x.marker, x.level, x.text) for x in found] == [
        (None, 0, "Byarådet"),
        (None, 0, "Att göra"),
        ("•", 0, "Boka sal"),
        ("o", 1, "i god tid"),
        ("▪", 2, "helst nu"),
        ("2.", 0, "Fika"),
        (None, 0, "09.00\tKaffe"),
        (None, 0, "→ nästa möte"),
    ]
    assert [x.heading for x in found[:2]] == [0, 1]
    assert found[6].size == 11.0


def test_numbered_heading_of_word(tmp_path: Path) -> None:
    page = """<h1 style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
    style='mso-list:Ignore'>1<span>&nbsp;</span></span><![endif]>Bakgrund</h1><p>x"""
    heading = read(tmp_path, page)[0]
    assert (heading.heading, heading.marker, heading.text) == (0, "1", "Bakgrund")


def test_google_docs(tmp_path: Path) -> None:
    page = r"""<html><head><style type="text/css">@import url(https://fonts.example/a.css);
    .lst-kix_abc-1>li:before{content:"\0025cb  "}.lst-kix_abc-0>li:before{content:"\0025cf  "}
    .lst-kix_num-0>li:before{content:"" counter(lst-ctn-kix_num-0,upper-roman) ") "}
    ul.lst-kix_abc-0{list-style-type:none}ol.lst-kix_num-0{list-style-type:none}
    .c1{font-weight:700;font-size:11pt}.c2{font-weight:400}</style></head><body class="c9">
    <p class="c3 title" id="h.x1"><span>Byamöte</span></p>
    <p class="c4"><span class="c1">Beslut</span></p>
    <ul class="c5 lst-kix_abc-0 start"><li class="c6"><span class="c2">Bänkar</span></li></ul>
    <ul class="lst-kix_abc-1 start"><li><span>av ek</span></li></ul>
    <ol class="lst-kix_num-0" start="4"><li>Skylt</li></ol></body></html>"""
    found = read(tmp_path, page)
    assert [(x.marker, x.level, x.text, x.bold) for x in found] == [
        (None, 0, "Byamöte", False),
        (None, 0, "Beslut", True),
        ("●", 0, "Bänkar", False),
        ("○", 1, "av ek", False),
        ("IV)", 0, "Skylt", False),
    ]
    assert found[0].heading == 0


def test_notion(tmp_path: Path) -> None:
    page = """<article class="page sans"><header><h1 class="page-title">Byamöte</h1>
    <table class="properties"><tbody><tr class="property-row"><th>Datum</th><td>3 maj</td></tr>
    <tr><th>Taggar</th><td><span class="v" style="display:inline-block">by</span><span
    style="display:inline-block">damm</span></td></tr></tbody></table></header><div class="body">
    <ul class="to-do-list"><li><div class="checkbox checkbox-on"></div> <span
    class="to-do-children-checked">Sal</span></li></ul><ul class="to-do-list"><li><div
    class="checkbox checkbox-off"></div> <span>Fika</span></li></ul>
    <ol type="1" class="numbered-list" start="2"><li>Två</li></ol>
    <ul class="toggle"><li><details open=""><summary>Mer</summary><p>inuti</p></details></li></ul>
    </div></article>"""
    path = tmp_path / "notion.html"
    path.write_text(page, encoding="utf-8")
    found = extract(path).pages[0].items
    table = next(x for x in found if isinstance(x, RawTable))
    assert [[p.text for c in row for p in c] for row in table.rows] == [
        ["Datum", "3 maj"],
        ["Taggar", "by damm"],
    ]
    assert [(x.marker, x.text) for x in found if isinstance(x, RawParagraph)] == [
        (None, "Byamöte"),
        ("☑", "Sal"),
        ("☐", "Fika"),
        ("2.", "Två"),
        ("•", "Mer"),
        (None, "inuti"),
    ]


def test_confluence(tmp_path: Path) -> None:
    page = """<div id="page"><div id="main-header"><ol id="breadcrumbs"><li><a href=i>Byn</a></ol>
    <h1 id="title-heading" class="pagetitle"><span>Byamöte</span></h1></div>
    <div id="main-content"><ul class="inline-task-list"><li class="checked" data-inline-task-id="1">
    <span>Sal</span></li><li data-inline-task-id="2"><span>Fika</span></li></ul></div>
    <div id="footer" role="contentinfo"><p>Skapat 3 maj</p></div></div>"""
    found = read(tmp_path, page)
    assert [(x.marker, x.text) for x in found] == [
        ("1.", "Byn"),
        (None, "Byamöte"),
        ("☑", "Sal"),
        ("☐", "Fika"),
        (None, "Skapat 3 maj"),
    ]
    assert (found[1].heading, found[4].furniture) == (0, True)


def test_onenote_lists_stand_right_in_each_other(tmp_path: Path) -> None:
    page = """<p style='margin:0in;font-family:"Calibri Light";font-size:20.0pt'>Byamöte</p>
    <p style='margin:0in;font-size:10.0pt;color:#767676'>den 3 maj 2025</p>
    <ul style='margin-left:.375in'><li style='font-size:11.0pt'><span style='font-size:11.0pt'>Sal
    </span></li><ul style='margin-left:.375in'><li style='font-size:11.0pt'>Eken</li></ul></ul>"""
    found = read(tmp_path, page)
    assert [(x.heading, x.level, x.text) for x in found] == [
        (0, 0, "Byamöte"),
        (None, 0, "den 3 maj 2025"),
        (None, 0, "Sal"),
        (None, 1, "Eken"),
    ]


def test_etherpad_lines_and_lists(tmp_path: Path) -> None:
    page = """<body>Byamöte 3 maj<br>På plats: Rut, Nils<br><br><strong>Beslut</strong><br>
    <ul class="bullet"><li>Bänkar<ul class="bullet"><li>av ek</ul></ul>Vi ses i juni<br>"""
    assert items(tmp_path, page) == [
        (None, 0, "Byamöte 3 maj"),
        (None, 0, "På plats: Rut, Nils"),
        (None, 0, "Beslut"),
        ("•", 0, "Bänkar"),
        ("◦", 1, "av ek"),
        (None, 0, "Vi ses i juni"),
    ]


def test_hackmd_table_of_contents_is_hidden(tmp_path: Path) -> None:
    page = """<div id="doc" class="markdown-body"><h1 id="Byamöte"><span>Byamöte</span></h1><ul
    class="contains-task-list"><li class="task-list-item"><input type="checkbox"
    class="task-list-item-checkbox" disabled="disabled"> <span>Fika</span></li></ul></div>
    <div class="ui-toc dropup unselectable hidden-print" style="display:none;">Byamöte</div>"""
    assert items(tmp_path, page) == [(None, 0, "Byamöte"), ("☐", 0, "Fika")]
