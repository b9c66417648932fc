"""Slides come out as they are shown: titles, places, groups, notes; what hides is marked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import DamagedInputError, SamsynError
from pipeline.extractors.pptx import extract
from pipeline.layout.build import lay_out
from pipeline.model.document import BlockKind, BlockRole, SourceInfo
from pipeline.model.raw import RawDocument, RawItem, RawParagraph, RawPicture, RawTable

Markup = Callable[..., str]
Make = Callable[..., Path]
Read = Callable[..., RawDocument]
Items = Callable[..., list[RawItem]]
Paragraphs = Callable[..., list[RawParagraph]]

HERE = (100.0, 120.0, 200.0, 40.0)


def cells(found: RawItem) -> list[list[list[str]]]:
    assert isinstance(found, RawTable)
    return [[[x.text for x in cell] for cell in row] for row in found.rows]


# Placeholders


def test_title_is_declared_and_its_lines_are_one(
    paragraphs: Paragraphs, shape: Markup, para: Markup, run: Markup
) -> None:
    lines = para(run("Var står") + "<a:br/>" + run("bikuporna?"))
    (title,) = paragraphs(shape(lines, ph='type="ctrTitle"'))
    assert (title.text, title.heading, title.marker) == ("Var står bikuporna?", 0, None)
    assert title.bbox == (40.0, 20.0, 680.0, 100.0)


def test_prompts_are_not_shown(paragraphs: Paragraphs, shape: Markup) -> None:
    found = paragraphs(shape("", ph='type="title"') + shape("", ph='idx="1"') + shape("Slunga"))
    assert [p.text for p in found] == ["Slunga"]


def test_running_texts_are_furniture_and_pages_numbered(read: Read, shape: Markup) -> None:
    number = '<a:p><a:fld type="slidenum"><a:t>‹#›</a:t></a:fld></a:p>'
    day = '<a:p><a:fld type="datetime1"><a:t>3 maj 2025</a:t></a:fld></a:p>'
    slide = (
        shape("Biodlarna", ph='type="ftr" idx="11"')
        + shape(number, ph='type="sldNum" idx="12"')
        + shape(day, ph='type="dt" idx="10"')
    )
    pages = read("", slide, about='firstSlideNum="7"').pages
    found = [x for x in pages[1].items if isinstance(x, RawParagraph)]
    assert [p.text for p in found] == ["Biodlarna", "8", "3 maj 2025"]
    assert all(p.furniture and not p.listed for p in found)
    assert pages[1].label == "8"


def test_what_a_layout_draws_is_furniture_once(read: Read, shape: Markup) -> None:
    pages = read("", "", layout=shape("Länets biodlare", HERE)).pages
    assert [[x.role for x in p.items if isinstance(x, RawParagraph)] for p in pages] == [
        [BlockRole.FURNITURE],
        [],
    ]


def test_hidden_slides_are_flagged(read: Read, shape: Markup) -> None:
    assert read(shape("Svärmar"), show='show="0"').pages[0].hidden
    assert not read(shape("Svärmar")).pages[0].hidden


# Places


@pytest.mark.parametrize(
    ("turn", "box"),
    [
        ("", (100.0, 120.0, 300.0, 160.0)),
        ('rot="5400000"', (180.0, 40.0, 220.0, 240.0)),
        ('rot="16200000" flipH="1"', (180.0, 40.0, 220.0, 240.0)),
        ('rot="600000"', (100.0, 120.0, 300.0, 160.0)),
    ],
)
def test_box_of_turned_text(paragraphs: Paragraphs, shape: Markup, turn: str, box: object) -> None:
    assert paragraphs(shape("Drönare", HERE, turn=turn))[0].bbox == box


def test_groups_in_groups_move_and_scale(
    paragraphs: Paragraphs, shape: Markup, group: Markup
) -> None:
    inner = group(shape("Drönare", (10, 10, 20, 10)), (0, 0, 200, 100), (0, 0, 100, 50))
    outer = group(inner, (300, 200, 100, 50), (0, 0, 200, 100))
    assert paragraphs(outer)[0].bbox == (310.0, 210.0, 330.0, 220.0)


def test_groups_turned_and_mirrored(paragraphs: Paragraphs, shape: Markup, group: Markup) -> None:
    plane = (100, 100, 200, 100)
    left = shape("Drönare", (100, 140, 40, 20))
    mirrored = paragraphs(group(left, plane, plane, 'flipH="1"'))
    turned = paragraphs(group(left, plane, plane, 'rot="5400000"'))
    assert mirrored[0].bbox == (260.0, 140.0, 300.0, 160.0)
    assert turned[0].bbox == (190.0, 50.0, 210.0, 90.0)


# What is not seen


def shown(raw: RawDocument) -> list[tuple[str, BlockRole, str | None]]:
    document = lay_out(raw, SourceInfo("s", "p", "0", "m", "e"))
    return [(b.text, b.role, b.style and b.style.name) for _, b in document.blocks()]


def test_text_beside_the_slide_is_kept_and_told(read: Read, shape: Markup) -> None:
    raw = read(shape("Honung", HERE) + shape("Ta bort före mötet", (740, 100, 100, 30)))
    assert shown(raw) == [
        ("Honung", BlockRole.BODY, None),
        ("Ta bort före mötet", BlockRole.FURNITURE, "off-page"),
    ]
    assert [(p.code, p.page, p.severity) for p in raw.problems] == [("off-page", 1, "info")]


def test_a_title_beside_the_slide_names_it(read: Read, shape: Markup) -> None:
    raw = read(shape("Vintern", (40, -90, 640, 80), 'type="title"'))
    assert shown(raw)[0][:2] == ("Vintern", BlockRole.BODY)
    assert not raw.problems


def test_hidden_shapes_and_groups(read: Read, shape: Markup, group: Markup) -> None:
    inside = shape("Varroa", HERE)
    raw = read(
        shape("Gamla siffror", HERE, about='hidden="1"')
        + group(inside, (0, 0, 10, 10), (0, 0, 10, 10), about='hidden="1"')
        + shape("Honung", HERE)
    )
    assert [x[2] for x in shown(raw)] == [None, "hidden", "hidden"]


WHITE = '<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
GROUND = '<p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'


@pytest.mark.parametrize(
    ("ground", "behind", "fill", "style"),
    [
        (GROUND, "", "", "invisible"),
        ("", "", "", None),
        (GROUND, '<a:solidFill><a:srgbClr val="225522"/></a:solidFill>', "", None),
        (GROUND, '<a:blipFill/>', "", None),
        (GROUND, "", '<a:solidFill><a:srgbClr val="225522"/></a:solidFill>', None),
        (GROUND, "", WHITE, "invisible"),
        (GROUND, "", WHITE.replace("/></a", '><a:alpha val="20000"/></a:schemeClr></a'), None),
    ],
)  # fmt: skip
def test_white_on_white(
    paragraphs: Paragraphs, shape: Markup, para: Markup, run: Markup,
    ground: str, behind: str, fill: str, style: str | None,
) -> None:  # fmt: skip
    text = shape(para(run("Facit", inside=WHITE)), HERE, more=fill)
    panel = shape("", (90, 110, 220, 60), more=behind) if behind else ""
    assert paragraphs(panel + text, ground=ground)[0].style == style


# Objects


def tc(text: str, about: str = "") -> str:
    return f"<a:tc {about}><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>"


def test_merged_cells_stand_once(items: Items, frame: Markup) -> None:
    rows = (
        tc("Kupa", 'gridSpan="2"') + tc("skuggan", 'hMerge="1"') + tc("Vem", 'rowSpan="2"'),
        tc("1") + tc("Väster") + tc("", 'vMerge="1"'),
    )
    grid = "".join(f"<a:tr>{row}</a:tr>" for row in rows)
    (table,) = items(frame(f"<a:tbl>{grid}</a:tbl>"))
    assert cells(table) == [[["Kupa"], [], ["Vem"]], [["1"], ["Väster"], []]]


CHART = (
    "<x><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Honung</a:t></a:r></a:p></c:rich></c:tx>"
    "</c:title><c:plotArea><c:ser><c:tx><c:v>2024</c:v></c:tx><c:cat><c:pt><c:v>Norr</c:v></c:pt>"
    "<c:pt><c:v>Söder</c:v></c:pt></c:cat></c:ser><c:valAx><c:title><a:p><a:r><a:t>Kilo</a:t>"
    "</a:r></a:p></c:title></c:valAx></c:plotArea></c:chart></x>"
)


def test_a_chart_says_its_names(items: Items, frame: Markup) -> None:
    found = items(frame('<c:chart r:id="chart"/>'), parts={"slide1:chart": CHART})
    assert found == [RawPicture("Honung · Kilo · 2024 · Norr · Söder", (50.0, 100.0, 450.0, 300.0))]


def point(name: str, text: str = "", kind: str = "node") -> str:
    said = f"<dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t>" if text else ""
    return f'<dgm:pt modelId="{name}" type="{kind}">{said}</dgm:pt>'


def link(above: str, below: str, place: int) -> str:
    return f'<dgm:cxn srcId="{above}" destId="{below}" srcOrd="{place}"/>'


def test_a_diagram_is_its_outline(paragraphs: Paragraphs, frame: Markup) -> None:
    data = (
        "<x>" + point("0", kind="doc") + point("2", "Sommar") + point("1", "Vår")
        + point("3", "rensa kupor") + point("9", "Vår", "pres")
        + link("0", "2", 1) + link("0", "1", 0) + link("1", "3", 0) + "</x>"
    )  # fmt: skip
    found = paragraphs(
        frame('<dgm:relIds r:dm="diagramData"/>'), parts={"slide1:diagramData": data}
    )
    assert [(p.text, p.heading, p.marker) for p in found] == [
        ("Vår", 1, None), ("rensa kupor", None, "•"), ("Sommar", None, None),
    ]  # fmt: skip


def test_pictures_and_decoration(items: Items, picture: Markup) -> None:
    mark = '<a:extLst><a:ext><adec:decorative val="1"/></a:ext></a:extLst>'
    found = items(
        picture('descr="Kupor i snö"') + picture('descr="IMG_0012.JPG"')
        + picture('descr="Slinga"', mark)
    )  # fmt: skip
    assert [x.text for x in found if isinstance(x, RawPicture)] == ["Kupor i snö", "", ""]


def test_alternatives_once(paragraphs: Paragraphs, shape: Markup, para: Markup) -> None:
    math = (
        "<mc:AlternateContent><mc:Choice Requires='a14'><a14:m><m:oMath>"
        "<m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f>"
        "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath></a14:m></mc:Choice>"
        "<mc:Fallback><a:r><a:t> </a:t></a:r></mc:Fallback></mc:AlternateContent>"
    )
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='a14'>{shape(para(math))}</mc:Choice>"
        f"<mc:Fallback>{shape('bild')}</mc:Fallback></mc:AlternateContent>"
    )
    assert [p.text.strip() for p in paragraphs(both)] == ["a/bx²"]


# Notes and comments


def test_notes_of_the_speaker(
    paragraphs: Paragraphs, shape: Markup, para: Markup, run: Markup
) -> None:
    number = '<a:p><a:fld type="slidenum"><a:t>4</a:t></a:fld></a:p>'
    numbered = para(run("Rök"), '<a:buAutoNum type="arabicPeriod"/>')
    body = shape(para("Öppna luckan") + numbered, ph='type="body" idx="1"')
    notes = f"<x><p:cSld><p:spTree>{body}{shape(number)}</p:spTree></p:cSld></x>"
    found = paragraphs("", parts={"slide1:notesSlide": notes})
    assert [(p.text, p.marker, p.role) for p in found] == [
        ("Öppna luckan", None, BlockRole.NOTE),
        ("Rök", "1.", BlockRole.NOTE),
    ]


def test_comments_old_and_new(paragraphs: Paragraphs) -> None:
    old = '<x><p:cm authorId="0"><p:text>Stämmer året?</p:text></p:cm></x>'
    said = "<p188:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></p188:txBody>"
    new = (
        f'<x><p188:cm authorId="b">{said.format("Byt bilden")}<p188:replyLst>'
        f'<p188:reply authorId="0">'
        f"{said.format('Gärna')}</p188:reply></p188:replyLst></p188:cm></x>"
    )
    names = '<x><p:cmAuthor id="0" name="Siri Alm"/><p:cmAuthor id="b" name=""/></x>'
    for part in (old, new):
        parts = {"slide1:comments": part, "commentAuthors": names}
        found = paragraphs("", parts=parts)
        assert all(p.role is BlockRole.NOTE for p in found)
        said_so = [(p.text, p.level) for p in found]
        assert said_so in ([("Siri Alm: Stämmer året?", 0)],
                           [("Byt bilden", 0), ("Siri Alm: Gärna", 1)])  # fmt: skip


# Broken files


def changed(path: Path, part: str, data: bytes | None) -> Path:
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts = {name: data if name == part else old for name, old in parts.items()}
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            if content is not None:
                archive.writestr(name, content)
    return path


@pytest.mark.parametrize("data", [None, b"<p:sld", b""])
def test_a_broken_slide_leaves_the_others(make: Make, shape: Markup, data: bytes | None) -> None:
    raw = extract(changed(make(shape("ett"), shape("två")), "ppt/slides/slide1.xml", data))
    assert [len(p.items) for p in raw.pages] == [0, 1]
    assert [(p.code, p.page) for p in raw.problems] == [("part-unreadable", 1)]


def test_no_slide_to_be_read(make: Make, shape: Markup) -> None:
    with pytest.raises(DamagedInputError, match="none of the slides"):
        extract(changed(make(shape("ett")), "ppt/slides/slide1.xml", b"<p:sld"))


def test_a_broken_layout_or_chart_is_told(make: Make, shape: Markup, frame: Markup) -> None:
    slide = shape("ett") + frame('<c:chart r:id="chart"/>')
    path = make(slide, parts={"slide1:chart": "<x>"})
    raw = extract(path)
    assert [type(x) for x in raw.pages[0].items] == [RawParagraph]
    assert [p.code for p in raw.problems] == ["part-unreadable"]
    extract(changed(path, "ppt/theme/t.xml", None))


@given(data=st.binary(max_size=200), at=st.integers(0, 4000))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_arbitrary_bytes_are_refused_in_words(
    make: Make, shape: Markup, tmp_path: Path, data: bytes, at: int
) -> None:
    path = tmp_path / "trasig.pptx"
    whole = make(shape("ett", HERE)).read_bytes()
    path.write_bytes(whole[:at] + data + whole[at + len(data) :])
    with suppress(SamsynError):
        extract(path)


def test_blocks_of_a_slide(read: Read, shape: Markup, para: Markup) -> None:
    body = shape(para("Ved") + para("Torr", level=1), ph='idx="1"')
    slide = shape("Packlista", ph='type="title"') + body
    document = lay_out(read(slide), SourceInfo("s", "p", "0", "m", "e"))
    assert [(b.kind, b.text, b.level, b.marker) for _, b in document.blocks()] == [
        (BlockKind.TITLE, "Packlista", 0, None),
        (BlockKind.LIST_ITEM, "Ved", 0, "•"),
        (BlockKind.LIST_ITEM, "Torr", 1, "–"),
    ]
