"""Markdown notes, as tidy as the standard wants them or as loose as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.extractors.markdown import extract
from pipeline.model.raw import RawDocument, RawItem, RawParagraph, RawPicture, RawTable


def read(tmp_path: Path, text: str) -> RawDocument:
    path = tmp_path / "notes.md"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return extract(path)


def items(tmp_path: Path, text: str) -> list[RawItem]:
    document = read(tmp_path, text)
    assert len(document.pages) == 1
    assert not document.paged
    return list(document.pages[0].items)


def paragraphs(tmp_path: Path, text: str) -> list[RawParagraph]:
    return [x for x in items(tmp_path, text) if isinstance(x, RawParagraph)]


def texts(tmp_path: Path, text: str) -> list[str]:
    return [x.text for x in paragraphs(tmp_path, text)]


def test_only_first_heading_is_the_title(tmp_path: Path) -> None:
    document = read(tmp_path, "# Kustdag\n\n## Mål\n\n### Del\n")
    found = document.pages[0].items
    assert [x.heading for x in found if isinstance(x, RawParagraph)] == [0, 2, 3]
    assert document.title == "Kustdag"


def test_several_headings_of_depth_one_are_no_title(tmp_path: Path) -> None:
    assert [x.heading for x in paragraphs(tmp_path, "# A\n\nx\n\n# B\n")] == [1, None, 1]


def test_heading_after_text_is_no_title(tmp_path: Path) -> None:
    assert [x.heading for x in paragraphs(tmp_path, "Inledning\n\n# A\n")] == [None, 1]


def test_hard_break_parts_a_paragraph(tmp_path: Path) -> None:
    assert texts(tmp_path, "Lördag  \n*i hamnen*\\\nkl. 9<br>ta med tröja") == [
        "Lördag",
        "i hamnen",
        "kl. 9",
        "ta med tröja",
    ]


def test_soft_break_is_a_space(tmp_path: Path) -> None:
    assert texts(tmp_path, "en lång rad\nsom går vidare") == ["en lång rad som går vidare"]


@pytest.mark.parametrize(
    "line",
    [
        "9.30 Fika",
        "09:30 Fika",
        "9:00-9:30 Fika",
        "kl 9 Fika",
        "Kl. 9.15 Fika",
        "**Ansvarig:** Anna",
        "**Ansvarig**: Anna",
        "• boka",
        "☐ boka",
        "**9.30** Fika",
    ],
)
def test_lines_that_stand_for_themselves(tmp_path: Path, line: str) -> None:
    assert texts(tmp_path, f"Program\n{line}") == ["Program", line.replace("**", "")]


@pytest.mark.parametrize(
    "line", ["och 9.30 fika", "3 personer", "**viktigt** att", "klockan", "12.500"]
)
def test_lines_that_go_on(tmp_path: Path, line: str) -> None:
    assert len(texts(tmp_path, f"Program\n{line}")) == 1


def test_list_levels_and_markers(tmp_path: Path) -> None:
    found = paragraphs(tmp_path, "- a\n  * b\n\n    mer om b\n- c\n\n1. d\n2) e\n")
    assert [(x.text, x.marker, x.level, x.listed) for x in found] == [
        ("a", "-", 0, True),
        ("b", "*", 1, True),
        ("mer om b", None, 1, False),
        ("c", "-", 0, True),
        ("d", "1.", 0, True),
        ("e", "2)", 0, True),
    ]


def test_numbers_as_printed(tmp_path: Path) -> None:
    markers = [x.marker for x in paragraphs(tmp_path, "1. a\n1. b\n1. c\n\ntext\n\n4. d\n6. e\n")]
    assert markers == ["1.", "2.", "3.", None, "4.", "6."]


def test_tasks(tmp_path: Path) -> None:
    found = paragraphs(tmp_path, "- [ ] boka\n- [x] ringa\n\n[X] betala\n[ ] städa\n")
    assert [(x.marker, x.text, x.listed) for x in found] == [
        ("☐", "boka", True),
        ("☑", "ringa", True),
        ("☑", "betala", True),
        ("☐", "städa", True),
    ]


def test_bold_and_italic(tmp_path: Path) -> None:
    found = paragraphs(tmp_path, "**Beslut**\n\n**Beslut** fattat\n\n*tyst*\n\n***båda***\n")
    assert [(x.bold, x.italic) for x in found] == [
        (True, False),
        (False, False),
        (False, True),
        (True, True),
    ]


def test_markup_goes_and_words_stay(tmp_path: Path) -> None:
    text = "Se [planen](http://x.se/a), `kod`, ~~struket~~, <https://y.se> &amp; <b>fet</b> 5 \\* 3"
    assert texts(tmp_path, text) == ["Se planen, kod, struket, https://y.se & fet 5 * 3"]


def test_unknown_tags_are_text(tmp_path: Path) -> None:
    assert texts(tmp_path, "Kontakt: <namn>\n\n<ansvarig>\n") == ["Kontakt: <namn>", "<ansvarig>"]


def test_a_name_in_brackets_is_no_address(tmp_path: Path) -> None:
    assert texts(tmp_path, "[Anna]: bokar\n\n[plan]: http://x.se/plan\n") == ["[Anna]: bokar"]


def test_pictures(tmp_path: Path) -> None:
    found = items(tmp_path, "Före ![väggen med *lappar*](v.png) efter\n")
    assert isinstance(found[0], RawParagraph)
    assert found[0].text.split() == ["Före", "efter"]
    assert found[1] == RawPicture(text="väggen med lappar")


def test_table(tmp_path: Path) -> None:
    table = items(tmp_path, "| tid | vad |\n|---|:-:|\n| 9 | **fika**<br>och bulle |\n| 10 |\n")[0]
    assert isinstance(table, RawTable)
    assert [[[p.text for p in cell] for cell in row] for row in table.rows] == [
        [["tid"], ["vad"]],
        [["9"], ["fika", "och bulle"]],
        [["10"], []],
    ]
    assert [p.bold for p in table.rows[1][1]] == [True, False]


def test_cells_beyond_the_header_stay(tmp_path: Path) -> None:
    table = items(tmp_path, "> | a | b |\n> |---|---|\n> | 1 | 2 | *3* | 4 |\n")[0]
    assert isinstance(table, RawTable)
    assert [[[p.text for p in cell] for cell in row] for row in table.rows] == [
        [["a"], ["b"], [], []],
        [["1"], ["2"], ["3"], ["4"]],
    ]


def test_code_line_by_line(tmp_path: Path) -> None:
    found = paragraphs(tmp_path, "```\nrad 1\n\n  rad 2\n```\n\n    rad 3\n")
    assert [(x.text.strip(), x.style) for x in found] == [
        ("rad 1", "code"),
        ("rad 2", "code"),
        ("rad 3", "code"),
    ]


def test_quote(tmp_path: Path) -> None:
    found = paragraphs(tmp_path, "> sagt av en fiskare\n>\n> - punkt\n\nutanför\n")
    assert [(x.text, x.style) for x in found] == [
        ("sagt av en fiskare", "quote"),
        ("punkt", "quote"),
        ("utanför", None),
    ]


def test_comments_are_left_out(tmp_path: Path) -> None:
    text = "<!-- dold -->\n\nsyns <!-- dold --> här\n\n<!--\nflera\n\nrader -->\n\nslut\n"
    assert [" ".join(x.split()) for x in texts(tmp_path, text)] == ["syns här", "slut"]


def test_a_comment_that_never_ends_hides_nothing(tmp_path: Path) -> None:
    assert texts(tmp_path, "a\n\n<!-- oj\n\n- b\n") == ["a", "oj", "b"]


def test_html_blocks_give_their_lines(tmp_path: Path) -> None:
    text = "<details>\n<summary>Mer</summary>\n<p>ett<br>två &amp; tre</p>\n</details>\n"
    assert texts(tmp_path, text) == ["Mer", "ett", "två & tre"]


def test_front_matter(tmp_path: Path) -> None:
    document = read(tmp_path, '---\ntitle: "Skogens dag"\ntags:\n  - skog\n---\n\nHej\n')
    assert document.title == "Skogens dag"
    assert [x.text for x in document.pages[0].items if isinstance(x, RawParagraph)] == ["Hej"]


@pytest.mark.parametrize(
    "text", ["---\nHej hopp\n\n---\nslut\n", "---\n", "---\n---\n", "---\ntitle"]
)
def test_no_front_matter(tmp_path: Path, text: str) -> None:
    document = read(tmp_path, text)
    assert document.title is None
    words = " ".join(x.text for x in document.pages[0].items if isinstance(x, RawParagraph))
    assert words.split() == [word for word in text.split() if word != "---"]


def test_windows_1252(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_bytes("# Åtgärder\r\n\r\n- räkor\r\n".encode("cp1252"))
    found = [x.text for x in extract(path).pages[0].items if isinstance(x, RawParagraph)]
    assert found == ["Åtgärder", "räkor"]


@pytest.mark.parametrize("sign", [">", "- ", "1. "])
def test_deep_nesting_loses_nothing(tmp_path: Path, sign: str) -> None:
    document = read(tmp_path, sign * 500 + " botten\n")
    assert "botten" in " ".join(
        x.text for x in document.pages[0].items if isinstance(x, RawParagraph)
    )
    assert document.problems


def test_empty(tmp_path: Path) -> None:
    assert items(tmp_path, "") == []


quick = settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(st.text(max_size=300))
def test_any_text_is_read(tmp_path: Path, text: str) -> None:
    read(tmp_path, text)


SIGNS = [
    "#",
    "-",
    "*",
    ">",
    "|",
    "---",
    "[",
    "]",
    "[x]",
    "`",
    "```",
    "~",
    "<b>",
    "<!--",
    "-->",
    "1.",
    "\n",
    "\n\n",
    "a",
    "å",
    "9.30",
    ":",
]


@quick
@given(st.lists(st.sampled_from(SIGNS), max_size=60))
def test_any_markup_is_read(tmp_path: Path, pieces: list[str]) -> None:
    read(tmp_path, " ".join(pieces))
    read(tmp_path, "".join(pieces))


words = st.text(st.characters(categories=["Ll", "Lu", "Nd"]), min_size=1, max_size=8)


@quick
@given(st.lists(st.lists(st.lists(words, min_size=1), min_size=1), min_size=1))
def test_every_word_of_plain_paragraphs_is_kept(
    tmp_path: Path, content: list[list[list[str]]]
) -> None:
    text = "\n\n".join("\n".join(" ".join(line) for line in lines) for lines in content)
    assert " ".join(texts(tmp_path, text)).split() == text.split()
