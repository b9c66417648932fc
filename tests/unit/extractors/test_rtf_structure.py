r"""Lists, tables, notes, boxes, fields and running headers of RTF come out once and in order."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pipeline.extractors.rtf import extract
from pipeline.model.document import BlockRole
from pipeline.model.raw import RawItem, RawParagraph, RawPicture, RawTable

FONTS = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset2 Symbol;}}"


def items(body: str) -> list[RawItem]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "protokoll.rtf")
        path.write_bytes(b"{\\rtf1\\ansi" + FONTS.encode() + body.encode("cp1252") + b"}")
        return list(extract(path).pages[0].items)


def paragraphs(body: str) -> list[RawParagraph]:
    return [x for x in items(body) if isinstance(x, RawParagraph)]


def cells(found: RawItem) -> list[list[list[str]]]:
    assert isinstance(found, RawTable)
    return [[[x.text for x in cell] for cell in row] for row in found.rows]


# Lists

LISTS = (
    r"{\*\listtable{\list{\listlevel\levelnfc0\levelstartat3{\leveltext\'02\'00.;}"
    r"{\levelnumbers\'01;}}{\listlevel\levelnfc4{\leveltext\'04\'00.\'01);}}"
    r"{\listlevel\levelnfc23{\leveltext\'01\u-3913 ?;}\f1}"
    r"{\listlevel\levelnfc255{\leveltext\'00;}}\listid7}}"
    r"{\*\listoverridetable{\listoverride\listid7\ls1}"
    r"{\listoverride\listid7{\lfolevel\listoverridestartat\levelstartat9}\ls2}}"
)


def item(number: int, level: int, text: str) -> str:
    return rf"\pard\ls{number}\ilvl{level} {text}\par"


def test_printed_markers_count_before_computed_ones() -> None:
    body = r"\pard{\listtext\pard\plain\f1 \'b7\tab}\ls1\ilvl2 a\par{\pntext\f0 -\tab}b\par"
    found = paragraphs(LISTS + body + r"\pard\ls1\ilvl0{\listtext\tab}c\par")
    assert [(x.marker, x.level, x.listed) for x in found] == [
        ("•", 2, True),
        ("-", 2, True),
        (None, 0, False),
    ]


def test_lists_without_printed_markers_are_counted() -> None:
    body = item(1, 0, "a") + item(1, 1, "b") + item(1, 1, "c") + item(1, 0, "") + item(1, 1, "d")
    found = paragraphs(LISTS + body + item(1, 2, "e") + item(1, 3, "f") + item(2, 0, "g"))
    markers = ["3.", "3.a)", "3.b)", "4.a)", "•", None, "9."]
    assert [x.marker for x in found] == markers
    assert [x.level for x in found] == [0, 1, 1, 1, 2, 0, 0]


def test_numbered_headings_are_no_list_items() -> None:
    styles = r"{\stylesheet{\s1\outlinelevel0 heading 1;}}"
    found = paragraphs(styles + r"\pard\s1\ls1{\listtext 1.\tab}Syfte\par")
    assert [(x.text, x.marker, x.heading, x.listed) for x in found] == [("Syfte", "1.", 1, False)]


# Tables


def row(*edges: int) -> str:
    return r"\trowd" + "".join(rf"\cellx{edge}" for edge in edges)


def test_cells_find_their_columns_by_their_edges() -> None:
    body = row(4000, 6000) + r"\pard\intbl Program\cell x\cell\row "
    body += row(2010, 3990, 6000) + r"\intbl 9\cell fika\par bulle\cell\cell\row "
    body += r"\trowd\trleft2000\cellx4000\intbl sen\cell\row\pard Efter\par"
    found = items(body)
    assert cells(found[0]) == [
        [["Program"], [], ["x"]],
        [["9"], ["fika", "bulle"], []],
        [[], ["sen"], []],
    ]
    assert isinstance(found[1], RawParagraph)


def test_merged_cells() -> None:
    first = r"\trowd\clvmgf\cellx100\clmgf\cellx200\clmrg\cellx300"
    second = r"\trowd\clvmrg\cellx100\cellx200\cellx300"
    body = first + r"\pard\intbl a\cell b\cell\cell\row" + second + r"\intbl\cell c\cell d\cell\row"
    assert cells(items(body)[0]) == [[["a"], ["b"], []], [[], ["c"], ["d"]]]


def test_cells_without_description_or_with_a_senseless_one() -> None:
    assert cells(items(r"\pard\intbl a\cell b\cell\row\intbl c\cell\row")[0]) == [
        [["a"], ["b"]],
        [["c"], []],
    ]
    assert cells(items(row(500, 500, 20) + r" a\cell b\cell c\cell d\cell\cell\row")[0]) == [
        [["a"], ["b"], ["c"], ["d"]]
    ]


def test_narrow_columns_stay_apart() -> None:
    assert cells(items(row(20, 60, 100) + r" a\cell b\cell c\cell\row")[0]) == [
        [["a"], ["b"], ["c"]]
    ]


def test_tables_in_cells() -> None:
    nested = (
        r"\pard\intbl\itap2 inre 1\nestcell inre 2\nestcell"
        r"{\*\nesttableprops\trowd\cellx50\cellx90\nestrow}{\nonesttables\par}"
    )
    body = row(100, 200) + rf"\pard\intbl a\par{nested}\pard\intbl b\cell c\cell\row\pard d\par"
    found = items(body)
    assert cells(found[0]) == [[["a", "inre 1", "inre 2", "b"], ["c"]]]
    assert [x.text for x in found[1:] if isinstance(x, RawParagraph)] == ["d"]


def test_a_table_that_never_ends_and_paragraphs_that_no_cell_ends() -> None:
    assert cells(items(row(100, 200) + r"\intbl a\cell b")[0]) == [[["a"], ["b"]]]
    assert [x.text for x in paragraphs(row(100) + r"a\par b\par")] == ["a", "b"]


def test_two_tables_stay_two() -> None:
    one = row(100) + r"\pard\intbl a\cell\row\pard"
    assert [cells(x) for x in items(one + r"\par" + one)] == [[[["a"]]], [[["a"]]]]


# Notes, boxes, pictures


def test_notes_follow_their_paragraph_with_their_number() -> None:
    body = (
        r"\ftnnar\aftnnrlc Ull{\super\chftn}{\footnote\pard{\super\chftn} Fr\'e5n Gotland\par mer}"
        r" och lin{\super\chftn}{\footnote\ftnalt{\chftn} Slut} samt{\super *}"
        r"{\footnote * St\'e4mpel}"
        r"{\*\atnid R}{\*\atnauthor Rut}\chatn{\*\annotation{\*\atndate 1}Dyrt?} hampa\par Nytt"
        r"{\*\footnote\chftn Tv\'e5}\par"
    )
    found = paragraphs(body)
    assert [(x.text, x.marker, x.role) for x in found] == [
        ("Ull och lin samt* hampa", None, BlockRole.BODY),
        ("Från Gotland", "1", BlockRole.NOTE),
        ("mer", None, BlockRole.NOTE),
        ("Slut", "i", BlockRole.NOTE),
        ("* Stämpel", None, BlockRole.NOTE),
        ("Dyrt?", None, BlockRole.NOTE),
        ("Nytt", None, BlockRole.BODY),
        ("Två", "2", BlockRole.NOTE),
    ]


def test_notes_and_pictures_of_cells_follow_the_table() -> None:
    body = row(100) + r"\intbl a{\footnote not}{\pict 00ff}\cell\row\pard b\par"
    found = items(body)
    assert cells(found[0]) == [[["a"]]]
    assert found[1] == RawPicture()
    assert [x.text for x in found[2:] if isinstance(x, RawParagraph)] == ["not", "b"]


SHAPE = (
    r"{\shp{\*\shpinst\shpleft0{\sp{\sn shapeType}{\sv 202}}{\shptxt\pard lapp 1\par lapp 2\par}}"
    r"{\shprslt{\*\do{\dptxbxtext lapp 1\par lapp 2\par}}}}"
)


def test_text_boxes_once() -> None:
    found = paragraphs(SHAPE + r"vid v\'e4ggen\par" + r"{\*\do\dptxbx{\dptxbxtext gammal}}\par")
    assert [(x.text, x.shape) for x in found] == [
        ("vid väggen", None),
        ("lapp 1", 1),
        ("lapp 2", 1),
        ("gammal", 2),
    ]


def test_word_art_and_drawn_pictures() -> None:
    art = r"{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv V\'e4lkommen}}}}"
    drawn = r"{\shp{\*\shpinst{\sp{\sn pib}{\sv{\pict 00}}}{\sp{\sn wzDescription}{\sv V\'e4gg}}}}"
    found = items(art + drawn + r"a\par")
    assert found[1] == RawPicture(text="Vägg")
    assert isinstance(found[2], RawParagraph)
    assert found[2].text == "Välkommen"


def test_pictures_once_with_their_description() -> None:
    inline = (
        r"{\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv Garn\u246?}}}\pngblip 89504e}}"
        r"{\nonshppict{\pict\wmetafile8 0100}}{\v{\pict 00}}{\deleted{\pict 00}}"
    )
    assert items(inline + r"a\par")[1:] == [RawPicture(text="Garnö")]
    assert items(r"{\object{\*\objdata 0105}{\result{\pict 00}}}\par") == [RawPicture()]


# Fields


def test_fields_show_their_result() -> None:
    link = r"{\field{\*\fldinst{HYPERLINK "
    body = link + r'"https://ull.se" {\field{\fldrslt 1}}}}{\fldrslt{\ul ull\par lin}}} slut\par'
    assert [x.text for x in paragraphs(body)] == ["ull", "lin slut"]


def test_check_boxes_of_forms() -> None:
    box = r"{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres%d\ffdefres%d}}}{\fldrslt}}"
    found = paragraphs(
        box % (25, 1) + r" boka\par" + box % (0, 1) + " ja " + box % (1, 0) + r"nej\par"
    )
    assert [(x.marker, x.text) for x in found] == [("☑", "boka"), (None, "☐ ja ☑nej")]


# Headers and footers


def test_running_headers_come_last_and_only_those_that_are_printed() -> None:
    running = r"{\footer Sida 1\par}{\header Byalaget\par}{\headerf F\'f6rsta\par}{\headerl V\par}"
    found = paragraphs(r"\sectd" + running + r"a\par\sect\sectd{\header Byalaget\par}b\par")
    assert [x.text for x in found if not x.furniture] == ["a", "b"]
    assert [x.text for x in found if x.furniture] == ["Byalaget", "Sida 1"]
    both = paragraphs(r"\facingp\titlepg" + running + r"a\par")
    assert [x.text for x in both] == ["a", "Byalaget", "Första", "V", "Sida 1"]


def test_what_is_said_of_the_text_does_not_hold_in_its_notes() -> None:
    found = paragraphs(LISTS + r"\pard\ls1\ilvl0 a{\*\annotation b}\par")
    assert [(x.text, x.marker) for x in found] == [("a", "3."), ("b", None)]
