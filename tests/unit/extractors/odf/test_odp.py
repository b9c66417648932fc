"""Slides come out with places, titles, levels and markers; what nobody sees stays out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.layout.build import lay_out
from pipeline.model.document import BlockKind, SourceInfo
from pipeline.model.raw import RawDocument, RawItem, RawParagraph, RawPicture, RawTable

Markup = Callable[..., str]
Read = Callable[..., RawDocument]

PLACE = 'svg:x="2.54cm" svg:y="1in" svg:width="72pt" svg:height="25.4mm"'


def page(*inside: str, more: str = "") -> str:
    return f'<draw:page draw:master-page-name="M" {more}>{"".join(inside)}</draw:page>'


def box(inside: str, kind: str = "", more: str = PLACE) -> str:
    named = f'presentation:class="{kind}"' if kind else ""
    inside = inside if inside.startswith("<") else f"<text:p>{inside}</text:p>"
    return f"<draw:frame {named} {more}><draw:text-box>{inside}</draw:text-box></draw:frame>"


def only(raw: RawDocument) -> list[RawItem]:
    assert len(raw.pages) == 1
    return list(raw.pages[0].items)


def texts(raw: RawDocument) -> list[list[str]]:
    return [[x.text for x in p.items if isinstance(x, RawParagraph)] for p in raw.pages]


def lines(found: list[RawItem]) -> list[tuple[int, str | None, str]]:
    return [(x.level, x.marker, x.text) for x in found if isinstance(x, RawParagraph)]


# Pages


LAYOUT = (
    '<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="28cm"'
    ' fo:page-height="15.75cm"/></style:page-layout>'
)


def master(inside: str = "") -> str:
    return (
        f'<style:master-page style:name="M" style:page-layout-name="L">{inside}</style:master-page>'
    )


def test_size_and_hidden_pages(slides: Read, style: Markup) -> None:
    hidden = '<style:drawing-page-properties presentation:visibility="hidden"/>'
    automatic = style("dold", "drawing-page", inside=hidden)
    body = page(box("a")) + page(box("b"), more='draw:style-name="dold"')
    raw = slides(body, automatic=automatic, own=LAYOUT, master=master())
    assert [(p.number, p.width, p.height, p.hidden) for p in raw.pages] == [
        (1, 793.7, 446.5, False),
        (2, 793.7, 446.5, True),
    ]


def test_title_of_the_file(slides: Read) -> None:
    space = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    title = '<x:title xmlns:x="http://purl.org/dc/elements/1.1/"> Vårmöte </x:title>'
    meta = (
        f"<office:document-meta {space}><office:meta>{title}</office:meta></office:document-meta>"
    )
    assert slides(page(box("a")), {"meta.xml": meta}).title == "Vårmöte"


# Shapes


def test_titles_and_prompts(slides: Read) -> None:
    prompt = f'{PLACE} presentation:placeholder="true"'
    found = only(
        slides(
            page(
                box("<text:p>Vad<text:line-break/>hindrar</text:p><text:p>oss?</text:p>", "title"),
                box("Klicka för att lägga till text", "outline", prompt),
                box("en till", "title"),
                box("Lina, Skogsnätet", "subtitle"),
            )
        )
    )
    assert [(x.text, x.heading) for x in found if isinstance(x, RawParagraph)] == [
        ("Vad hindrar oss?", 0),
        ("en till", None),
        ("Lina, Skogsnätet", None),
    ]


@pytest.mark.parametrize(
    ("more", "bbox"),
    [
        (PLACE, (72.0, 72.0, 144.0, 144.0)),
        ('svg:width="4in" svg:height="2in" draw:transform="translate (1in 72pt)"',
         (72.0, 72.0, 360.0, 216.0)),
        # Turned a quarter about its corner, counter-clockwise: it lies above and is upright.
        ('svg:width="4in" svg:height="2in" draw:transform="rotate (1.5707963) translate (1in 4in)"',
         (72.0, 0.0, 216.0, 288.0)),
        # Turned a little: the same box about the middle.
        ('svg:width="2in" svg:height="2in" draw:transform="rotate (-0.1) translate (3in 3in)"',
         (208.5, 222.8, 352.5, 366.8)),
        ('svg:width="1in" svg:height="1in" draw:transform="scale (2 3) matrix (1 0 0 1 1in 0in)"',
         (72.0, 0.0, 216.0, 216.0)),
        ('svg:width="1in" svg:height="1in" draw:transform="okänd (x) translate (1in)"',
         (72.0, 0.0, 144.0, 72.0)),
        ('svg:width="5%" svg:height="1in"', None),
        ('svg:width="1in" svg:height="1in" draw:transform="scale (1e300)"', None),
    ],
)  # fmt: skip
def test_places(slides: Read, more: str, bbox: tuple[float, ...] | None) -> None:
    found = only(slides(page(box("lapp", more=more))))[0]
    assert isinstance(found, RawParagraph)
    assert found.bbox == pytest.approx(bbox, abs=0.2)


def test_groups_and_shapes_in_drawing_order(slides: Read, style: Markup) -> None:
    yellow = '<style:graphic-properties draw:fill="solid" draw:fill-color="#fff1a6"/>'
    automatic = style("gul", "graphic", inside=yellow)
    note = f'<draw:rect draw:style-name="gul" {PLACE}><text:p>lapp</text:p></draw:rect>'
    group = f"<draw:g><svg:title>grupp</svg:title>{box('etikett')}<draw:g>{note}</draw:g></draw:g>"
    empty = f"<draw:rect {PLACE}><text:p/></draw:rect>"
    unseen = f'<draw:rect draw:display="none" {PLACE}><text:p>x</text:p></draw:rect>'
    arrow = '<draw:line svg:x1="2in" svg:y1="3in" svg:x2="1in" svg:y2="1in"><text:p/></draw:line>'
    found = only(slides(page(group + empty + unseen + arrow + box("sist")), automatic=automatic))
    assert [(x.text, x.shape, x.fill) for x in found if isinstance(x, RawParagraph)] == [
        ("etikett", 0, None),
        ("lapp", 1, "FFF1A6"),
        ("sist", 4, None),
    ]
    assert found[2] == RawPicture("", (72.0, 72.0, 144.0, 216.0))


def test_pictures_have_their_description(slides: Read) -> None:
    picture = f"<draw:frame {PLACE}><draw:image/><svg:title>Vägg</svg:title></draw:frame>"
    empty = f"<draw:frame {PLACE}><svg:title>Ram</svg:title></draw:frame>"
    found = only(slides(page(picture + empty)))
    assert found == [RawPicture("Vägg", (72.0, 72.0, 144.0, 144.0))]


def test_table(slides: Read, style: Markup) -> None:
    bold = style("fet", "table-cell", inside='<style:text-properties fo:font-weight="bold"/>')
    head = (
        '<table:table-row table:default-cell-style-name="fet"><table:table-cell'
        ' table:number-columns-spanned="2"><text:p>Åtagande</text:p></table:table-cell>'
        "<table:covered-table-cell/></table:table-row>"
    )
    row = (
        "<table:table-row><table:table-cell><text:p>boka</text:p></table:table-cell>"
        "<table:table-cell><text:p>Lina</text:p><text:p/></table:table-cell></table:table-row>"
    )
    table = f"<table:table>{head}{row}</table:table><draw:image/>"
    found = only(slides(page(f"<draw:frame {PLACE}>{table}</draw:frame>"), automatic=bold))
    assert len(found) == 1
    assert isinstance(found[0], RawTable)
    assert [[[x.text for x in c] for c in r] for r in found[0].rows] == [
        [["Åtagande"], []],
        [["boka"], ["Lina"]],
    ]
    assert [x.bold for x in found[0].rows[0][0]] == [True]
    assert [x.bold for x in found[0].rows[1][0]] == [False]


# Text


def test_levels_take_their_looks_from_the_master(
    slides: Read, style: Markup, bulleted: Markup, list_style: Markup
) -> None:
    def size(points: int, inside: str = "") -> str:
        return (
            f"<style:graphic-properties>{inside}</style:graphic-properties>"
            f'<style:text-properties fo:font-size="{points}pt"/>'
        )

    bullets = list_style("M-outline1", bulleted(1, "●"), bulleted(2, "–"))
    parent = 'style:parent-style-name="M-outline1"'
    styles = style("M-outline1", "presentation", inside=size(28, bullets))
    styles += style("M-outline2", "presentation", parent, size(24))
    body = (
        "<text:list><text:list-item><text:p>ett</text:p><text:list><text:list-item><text:p>under"
        "</text:p></text:list-item></text:list></text:list-item></text:list><text:p>löst</text:p>"
    )
    place = f'{PLACE} presentation:style-name="pr1"'
    found = only(
        slides(
            page(box(body, "outline", place)),
            styles=styles,
            automatic=style("pr1", "presentation", parent),
        )
    )
    assert lines(found) == [(0, "●", "ett"), (1, "–", "under"), (0, None, "löst")]
    assert [x.size for x in found if isinstance(x, RawParagraph)] == [28.0, 24.0, 28.0]


def test_numbers_are_counted_by_depth(slides: Read, items: Markup) -> None:
    def listed(*rows: str, style: str = "Nummer") -> str:
        return items(*rows, style=style)

    body = (
        listed("a", "<text:p>b</text:p>" + listed("b1", style=""))
        + "<text:p>mellan</text:p>"
        + listed("c", listed("c1", style=""))
        + listed("punkt", style="Punkter")
        + listed("om igen")
    )
    assert lines(only(slides(page(box(body))))) == [
        (0, "1.", "a"), (0, "2.", "b"), (1, "1.", "b1"), (0, None, "mellan"), (0, "3.", "c"),
        (1, "1.", "c1"), (0, "•", "punkt"), (0, "1.", "om igen"),
    ]  # fmt: skip


# Notes, comments, running texts


def test_notes_and_comments(slides: Read) -> None:
    said = box("<text:p>Fråga salen.<text:line-break/>Ge tid.</text:p>", "notes")
    number = box("<text:p><text:page-number>7</text:page-number></text:p>", "page-number")
    notes = f"<presentation:notes><draw:page-thumbnail/>{said}{number}</presentation:notes>"
    comment = "<dc:creator>Ida</dc:creator><text:p>Byt bild</text:p>"
    comment = f"<office:annotation>{comment}</office:annotation>"
    found = only(slides(page(box("bild"), comment, notes)))
    assert [(x.text, x.role.value) for x in found if isinstance(x, RawParagraph)] == [
        ("bild", "body"),
        ("Byt bild", "note"),
        ("Fråga salen.", "note"),
        ("Ge tid.", "note"),
    ]


DECLARED = (
    '<presentation:footer-decl presentation:name="f1">Vårmöte i Sala</presentation:footer-decl>'
    '<presentation:date-time-decl presentation:name="d1" presentation:source="fixed">3 maj'
    "</presentation:date-time-decl>"
)
RUNNING = (
    box("<text:p><presentation:footer/></text:p>", "footer")
    + box("<text:p><presentation:date-time/></text:p>", "date-time")
    + box("<text:p>sida <text:page-number>&lt;nr&gt;</text:page-number></text:p>", "page-number")
    + box("Klicka för att redigera", "title")
    + box("Skogsnätet")
)


def switches(**shown: bool) -> str:
    rows = (f'presentation:{k.replace("_", "-")}="{str(v).lower()}"' for k, v in shown.items())
    return f"<style:drawing-page-properties {' '.join(rows)}/>"


def test_running_texts_of_the_master(slides: Read, style: Markup) -> None:
    automatic = style("av", "drawing-page", inside=switches(
        display_footer=False, display_page_number=False, display_date_time=False,
        background_objects_visible=False,
    ))  # fmt: skip
    named = 'presentation:use-footer-name="f1" presentation:use-date-time-name="d1"'
    body = page(box("a"), more='draw:style-name="av"') + page(box("b"), more=named) + page(box("c"))
    raw = slides(DECLARED + body, automatic=automatic, own=LAYOUT, master=master(RUNNING))
    assert [sorted(x) for x in texts(raw)] == [
        ["a"],
        ["3 maj", "Skogsnätet", "Vårmöte i Sala", "b", "sida 2"],
        ["c", "sida 3"],
    ]
    shown = [x for x in raw.pages[1].items if isinstance(x, RawParagraph)]
    assert [x.furniture for x in shown] == [False, True, True, True, True]


def test_running_texts_of_the_slide(slides: Read) -> None:
    number = "<text:p>bild <text:page-number>1</text:page-number> av 2</text:p>"
    body = page(box("Vårmöte", "footer"), box(number), box("text"))
    found = [x for x in only(slides(body)) if isinstance(x, RawParagraph)]
    assert [(x.text, x.furniture) for x in found] == [
        ("Vårmöte", True), ("bild 1 av 2", True), ("text", False)
    ]  # fmt: skip


def test_laid_out(slides: Read, items: Markup) -> None:
    left = box(
        items("tid", style="Punkter"),
        more='svg:x="1in" svg:y="2in" svg:width="3in" svg:height="3in"',
    )
    right = box("pengar", more='svg:x="5in" svg:y="2in" svg:width="3in" svg:height="3in"')
    title = box("Vad saknas?", "title", 'svg:x="1in" svg:y="0in" svg:width="7in" svg:height="1in"')
    raw = slides(page(right, left, title), own=LAYOUT, master=master())
    document = lay_out(raw, SourceInfo("s", "b.odp", "0", "odp", "odp"))
    assert [(b.kind, b.text, b.marker) for _, b in document.blocks()] == [
        (BlockKind.TITLE, "Vad saknas?", None),
        (BlockKind.LIST_ITEM, "tid", "•"),
        (BlockKind.PARAGRAPH, "pengar", None),
    ]
