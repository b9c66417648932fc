r"""What RTF shows is read once, with its letters, looks and styles; what it hides stays out."""

from __future__ import annotations

import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.errors import DamagedInputError, LimitError, SamsynError
from pipeline.extractors.rtf import extract
from pipeline.layout.build import lay_out
from pipeline.model.document import BlockKind, SourceInfo
from pipeline.model.raw import RawDocument, RawParagraph

FONTS = (
    r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fnil\fcharset2 Symbol;}"
    r"{\f2\fcharset204 Arial CYR;}{\f3\fcharset128 MS Mincho{\*\falt Gothic};}"
    r"{\f4\fcharset2 Wingdings;}{\f5 Utan;}}"
)
STYLES = (
    r"{\stylesheet{\ql\fs24 Normal;}{\s1\sbasedon0\b\fs32\outlinelevel0 heading 1;}"
    r"{\s2\sbasedon1 Dagrubrik;}{\s3\outlinelevel2 Avsnitt;}{\s4 Title;}{\s5\sbasedon4 Subtitle;}"
    r"{\s6\sbasedon6 Ring;}{\s7 List Bullet 2;}{\*\cs10 Default Paragraph Font;}}"
)


def read(body: str | bytes, head: str = r"\ansi\ansicpg1252\deff0" + FONTS + STYLES) -> RawDocument:
    data = body if isinstance(body, bytes) else body.encode("cp1252")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "anteckningar.rtf")
        path.write_bytes(b"{\\rtf1" + head.encode() + b"\n" + data + b"}")
        return extract(path)


def paragraphs(body: str | bytes, **more: str) -> list[RawParagraph]:
    return [x for x in read(body, **more).pages[0].items if isinstance(x, RawParagraph)]


def texts(body: str | bytes, **more: str) -> list[str]:
    return [x.text for x in paragraphs(body, **more)]


# Letters


def test_bytes_by_the_font_and_codes_by_unicode() -> None:
    assert texts(r"Bl\'e5b\'e4r \f2\'e1\'f3\'eb\'ea\'e8\f3 \'93\'fa\'96\'7b\f0\par") == [
        "Blåbär булки日本"
    ]
    assert texts(r"\u8364?\u-10179?\u-8704?\uc0\u229 \uc2\u26085\'93\'fa!\par") == ["€😀å日!"]


def test_letters_in_the_encoding_of_the_file() -> None:
    assert texts(r"\f5\'e1\'f3\'eb\par", head=r"\ansi\ansicpg1251" + FONTS) == ["бул"]
    assert texts(r"Sm\'8cland\par", head=r"\mac") == ["Småland"]
    assert texts("\\'c3\\'a5r\\par", head=r"\ansi\ansicpg65001") == ["år"]
    assert texts("Färg\\par", head=r"\ansi\ansicpg0") == ["Färg"]


def test_a_byte_that_the_font_cannot_have_is_read_as_the_files() -> None:
    assert texts(r"\f3 9.00\'96") == ["9.00–"]


def test_replacements_of_unicode_are_skipped_but_nothing_else() -> None:
    assert texts(r"\u8211\'96 a\par\u8212\emdash  b\par\u183\tab c\par{\u229}d\par") == [
        "– a",
        "— b",
        "·\tc",
        "åd",
    ]


def test_signs_and_line_ends() -> None:
    body = r"a\emdash b\endash c\~d\_e\-f \{g\} \\h \lquote i\rquote\line j\tab k" + "\\\nl\\par"
    assert texts(body) == ["a—b–c\xa0d-ef {g} \\h ‘i’\nj\tk", "l"]
    assert texts("delat i\nfilen \r\noch h\x00är\\par") == ["delat ifilen och här"]


def test_symbol_fonts() -> None:
    assert texts(r"\f4 J\'fc \f1\'ae \u61607 ?\par") == ["☺✓ → ▪"]
    assert texts(r'{\field{\*\fldinst SYMBOL 168 \\f "Wingdings" \\s 11}{\fldrslt\f4}} Ja\par') == [
        "☐ Ja"
    ]


# Looks and styles


def test_looks_are_those_of_the_text_not_of_the_spaces() -> None:
    found = paragraphs(r"\pard\plain{\b\i\fs28 Fika }\fs20\par\pard\plain{\b Ja} men\par")
    assert [(x.bold, x.italic, x.size) for x in found] == [(True, True, 14.0), (False, False, 12.0)]


def test_headings_by_style_then_by_outline_level() -> None:
    styled = "".join(rf"\pard\plain\s{n} rad {n}\par" for n in range(8))
    found = paragraphs(styled + r"\pard\outlinelevel1 egen\par")
    assert [x.heading for x in found] == [None, 1, 1, 3, 0, None, None, None, 2]
    assert [x.style for x in found][:3] == ["Normal", "heading 1", "Dagrubrik"]
    assert found[7].level == 1


def test_title_of_the_text_before_that_of_the_properties() -> None:
    info = r"{\info{\title Gammal titel}{\author Rut}}"
    assert read(info + r"\s4 V\'e4vstugan\par").title == "Vävstugan"
    assert read(info + r"\pard V\'e4vstugan\par").title == "Gammal titel"
    assert read(r"{\info{\title {\upr{?}{\*\ud \u1041?}}}}a\par").title == "Б"


def test_hidden_and_deleted_are_out() -> None:
    assert texts(r"a{\v gömt\'e5\u229?}{\deleted struket\par}{\v\v0 b}{\*\okänt c}\par") == ["ab"]
    assert texts(r"{\xe {\v nyckel}}{\tc rad}a{\*\generator Riched20;}{\nonshppict b}\par") == ["a"]


def test_pages_and_sections_part_paragraphs() -> None:
    assert texts(r"före\page efter\par\page\sect sist") == ["före", "efter", "sist"]


def test_textedit() -> None:
    head = (
        r"\ansi\ansicpg1252\cocoartf2639"
        r"{\fonttbl\f0\fswiss\fcharset0 Helvetica;\f1\fnil\fcharset204 Geneva;}"
    )
    body = (
        "{\\*\\listtable{\\list\\listtemplateid1{\\listlevel\\levelnfc23"
        "{\\leveltext\\'01\\uc0\\u8226 ;}}\\listid1}}\n"
        "{\\*\\listoverridetable{\\listoverride\\listid1\\ls1}}\n"
        "\\pard\\f0\\fs24 \\cf0 Hej\\\n"
        "\\pard\\ls1\\ilvl0\\cf0 {\\listtext\t\\uc0\\u8226 \t}boka sal\\\n"
        "\\ls1\\ilvl1{\\listtext\t\\u8259 \t}ring\\\n"
        "\\pard\\f1 \\'e4\\f0  slut"
    )
    found = paragraphs(body, head=head)
    assert [(x.marker, x.level, x.text) for x in found] == [
        (None, 0, "Hej"),
        ("•", 0, "boka sal"),
        ("⁃", 1, "ring"),
        (None, 0, "д slut"),
    ]


def test_wordpad() -> None:
    body = (
        r"\viewkind4\uc1\pard\f0\fs22 Lista:\par\pard{\pntext\f1\'B7\tab}"
        r"{\*\pn\pnlvlblt\pnf1\pnindent0{\pntxtb\'B7}}\fi-360\li720 garn\par"
        r"{\pntext\f1\'B7\tab}ull\par"
        r"\pard{\pntext\f0 1)\tab}{\*\pn\pnlvl2\pndec{\pntxta)}}sola\par"
    )
    found = paragraphs(body)
    assert [(x.marker, x.level, x.listed, x.text) for x in found] == [
        (None, 0, False, "Lista:"),
        ("•", 0, True, "garn"),
        ("•", 0, True, "ull"),
        ("1)", 1, True, "sola"),
    ]


# Broken and huge files


def test_what_is_not_rtf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bild.rtf"
    path.write_bytes(b"{\\pard Hej}")
    with pytest.raises(DamagedInputError, match=r"bild\.rtf"):
        extract(path)


def test_cut_off_files_give_what_they_hold_and_say_so() -> None:
    data = rb"{\b ett\par{\i tv" + b"\\'e5 {\\*\\listtable{\\list"
    found = read(data)
    assert [p.code for p in found.problems] == ["cut-off"]
    assert [x.text for x in found.pages[0].items if isinstance(x, RawParagraph)] == ["ett", "två"]


def test_nothing_is_read_after_the_end_but_it_is_told() -> None:
    found = read(r"före\par}efter\par")
    assert [p.code for p in found.problems] == ["text-after-end"]
    assert len(found.pages[0].items) == 1
    assert not read("slut\\par}\r\n\0").problems


def test_deep_nesting() -> None:
    deep = "{\\b " * 100_000 + "djupt" + "}" * 100_000 + "\\par"
    assert texts(deep) == ["djupt"]
    assert "".join(texts(r"{\footnote a" * 5_000)) == "a" * 5_000
    assert texts(r"{\fonttbl" + "{" * 50_000) == []


def test_pictures_are_passed_over_quickly() -> None:
    hexadecimal = b"0123456789abcdef" * 8 + b"\r\n"
    body = b"{\\pict\\pngblip\r\n" + hexadecimal * 40_000 + b"}{\\pict\\bin9 }}}}{{{{\\}slut\\par"
    before = time.process_time()
    found = read(body)
    assert time.process_time() - before < 2
    assert len(found.pages[0].items) == 3


def test_tables_larger_than_any_document() -> None:
    rows = r"a\cell " * 70 + r"\row " + r"a\cell\row " * 40_000
    with pytest.raises(LimitError, match=r"anteckningar\.rtf"):
        read(rows)


_WORDS = r"""
\par \cell \nestcell \row \nestrow \trowd \cellx100 \cellx-9 \clvmrg \intbl \itap2 \itap99999 \pard
\plain \u \u-1 \u55357? \uc9 \uc-1 \'e5 \' \* \bin3 \bin-1 \bin999999999 \ls1 \ilvl99 \s-1 \f1 \f9
\fs-3 \deleted \v \page \chftn \titlepg \ansicpg932 \deff7 \mac \outlinelevel-5 \pict { { } } } \ é
{\footnote {\*\annotation {\listtext {\pntext {\pict {\*\shpinst {\sp{\sn pib}{\sv{\pict}}} {\shptxt
{\header {\footerf {\field {\fldinst {\*\fldinst {\fldrslt SYMBOL FORMCHECKBOX {\upr {\fonttbl
{\*\formfield\fftype1 {\stylesheet {\listtable{\list{\listlevel{\leveltext {\listoverride\ls1
{\info{\title
"""
WORDS = _WORDS.split()


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=5)), max_size=60).map(" ".join))
@example(r"{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv Lapp}}}}{\*\pn}{\fldrslt x}\cell\nestrow}")
def test_any_words(body: str) -> None:
    found = read(body.encode("cp1252", "replace"))
    blocks = lay_out(found, SourceInfo("s", "a.rtf", "", "", "rtf")).pages[0].blocks
    assert all(block.text or block.kind is BlockKind.FIGURE for block in blocks)


@given(st.binary(max_size=300))
@example(b"{\\rtf1\\")
@example(b"{\\rtf1{\\*\\shppict\\pict{")
def test_any_bytes(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.rtf")
        for begin in (b"", b"{\\rtf1"):
            path.write_bytes(begin + data)
            with suppress(SamsynError):
                extract(path)
