"""Columns, walls of notes, and tables that only arrange a page."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.model.raw import RawBox, RawCell, RawLine, RawPage, RawParagraph, RawTable

Lines = Callable[..., list[str]]
Line = Callable[..., RawLine]


def para(text: str, **more: object) -> RawParagraph:
    return RawParagraph(text, **more)  # type: ignore[arg-type]


def cell(*texts: str) -> RawCell:
    """The paragraphs of a cell; «• x» is a drawn bullet."""
    return tuple(
        para(
            t.removeprefix("• "),
            listed=t.startswith("•"),
            marker="•" if t.startswith("•") else None,
        )
        for t in texts
    )


# --- columns


def test_two_columns_are_read_one_after_the_other(drawn: Lines, line: Line) -> None:
    page = [line("Två listor", 60, 30, 32)]
    for n, (left, right) in enumerate(
        [("- ved", "- snöre"), ("- eld", "- spik"), ("- vatten", "- hammare")]
    ):
        page += [line(left, 60, 120 + 22 * n), line(right, 400, 120 + 22 * n)]
    assert drawn(page) == [
        "== Två listor", "- ved", "- eld", "- vatten", "- snöre", "- spik", "- hammare",
    ]  # fmt: skip


def test_text_boxes_in_two_columns(drawn: Lines) -> None:
    def box(text: str, x: float, top: float, shape: int) -> RawParagraph:
        return para(text, bbox=(x, top, x + 250, top + 20), size=18.0, shape=shape)

    page = [
        para("Två sidor", bbox=(60, 20, 600, 60), size=32.0, heading=0, shape=1),
        box("Höger ett", 400, 120, 4), box("Vänster ett", 60, 120, 2),
        box("Höger två", 400, 200, 5), box("Vänster två", 60, 200, 3),
    ]  # fmt: skip
    assert drawn(page) == ["== Två sidor", "Vänster ett", "Vänster två", "Höger ett", "Höger två"]


def test_a_wide_line_over_two_columns_comes_first(drawn: Lines, line: Line) -> None:
    page = [
        line("Två listor", 60, 30, 32),
        line("Det här står över båda listorna och går från kant till kant", 60, 90),
        line("- ved", 60, 180), line("- eld", 60, 202),
        line("- snöre", 400, 180), line("- spik", 400, 202),
    ]  # fmt: skip
    shown = drawn(page)
    assert shown[1].startswith("Det här står över")
    assert shown[2:] == ["- ved", "- eld", "- snöre", "- spik"]


# --- walls of notes


def wall(line: Line) -> RawPage:
    """Two headings over columns of cards, drawn in a jumble."""
    boxes, items = [], [line("Lapparna på väggen", 60, 20, 32)]
    cards = {
        "Hamnen": (60, ["Bryggan lutar", "Fyren blinkar fel"]),
        "Folket": (400, ["Ingen kan ro"]),
    }
    for x, texts in cards.values():
        for n, text in enumerate(texts):
            top = 140 + 90 * n
            boxes.append(RawBox((x, top, x + 220, top + 70), "#ffee88"))
            items.append(line(text, x + 10, top + 20, 16, box=len(boxes) - 1))
    for heading, (x, _) in reversed(cards.items()):
        items.append(line(heading, x, 95, 22, bold=True))
    return RawPage(1, items, 720, 540, boxes=boxes)


def test_headings_over_columns_of_cards(drawn: Lines, line: Line) -> None:
    assert drawn(wall(line)) == [
        "== Lapparna på väggen",
        "= Hamnen",
        "Bryggan lutar",
        "Fyren blinkar fel",
        "= Folket",
        "Ingen kan ro",
    ]


def test_a_card_far_from_every_heading_stands_alone(drawn: Lines, line: Line) -> None:
    page = wall(line)
    boxes = [*page.boxes, RawBox((400, 440, 620, 510), "#ffee88")]
    items = [*page.items, line("Fladdermöss", 410, 460, 16, box=len(boxes) - 1)]
    assert drawn(RawPage(1, items, 720, 540, boxes=boxes))[-2:] == ["Ingen kan ro", "Fladdermöss"]


def test_a_card_of_several_lines_is_one_note(drawn: Lines, line: Line) -> None:
    boxes = [RawBox((60, 140, 280, 230)), RawBox((320, 140, 540, 230)), RawBox((60, 260, 280, 350))]
    items = [
        line("Lapparna på väggen", 60, 20, 32),
        line("Bryggan lutar och ingen", 70, 150, 16, box=0),
        line("vågar laga den", 70, 170, 16, box=0),
        line("Fyren blinkar fel", 330, 150, 16, box=1),
        line("Ingen kan ro", 70, 270, 16, box=2),
    ]
    shown = drawn(RawPage(1, items, 720, 540, boxes=boxes))
    assert "Bryggan lutar och ingen vågar laga den" in shown
    assert len(shown) == 4


# --- tables


def test_a_table_stays_a_table(flowing: Lines) -> None:
    rows = (
        (cell("Tid"), cell("Vad")),
        (cell("9.30"), cell("Samling")),
        (cell("10.00"), cell("Båttur")),
    )
    assert flowing(RawTable(rows)) == ["| Tid | Vad |", "| 9.30 | Samling |", "| 10.00 | Båttur |"]


def test_a_table_that_arranges_four_lists_is_taken_apart(flowing: Lines) -> None:
    rows = (
        (cell("Styrkor", "• Två båtar"), cell("Svagheter", "• Ingen motor")),
        (cell("Möjligheter", "• Sommargäster"), cell("Hot", "• Isen", "• Vinden")),
    )
    assert flowing(RawTable(rows)) == [
        "= Styrkor", "• Två båtar", "= Svagheter", "• Ingen motor",
        "= Möjligheter", "• Sommargäster", "= Hot", "• Isen", "• Vinden",
    ]  # fmt: skip


def test_a_frame_of_one_cell_is_no_table(flowing: Lines) -> None:
    assert flowing(RawTable(((cell("Kom ihåg", "• ved"),),))) == ["= Kom ihåg", "• ved"]


def test_lists_in_the_cells_of_a_real_table_keep_their_lines(flowing: Lines) -> None:
    rows = (
        (cell("Vem"), cell("Gör")), (cell("Lotsarna"), cell("• målar", "• räknar")),
        (cell("Fyren"), cell("• blinkar", "• lyser")),
    )  # fmt: skip
    assert flowing(RawTable(rows)) == [
        "| Vem | Gör |", "| Lotsarna | • målar / • räknar |", "| Fyren | • blinkar / • lyser |",
    ]  # fmt: skip


def test_soft_line_breaks_that_make_a_list(flowing: Lines) -> None:
    assert flowing(para("Vi ska\n- måla kumlen\n- räkna prickarna")) == [
        "Vi ska", "- måla kumlen", "- räkna prickarna",
    ]  # fmt: skip


def test_soft_line_breaks_inside_a_sentence(flowing: Lines) -> None:
    assert flowing(para("Vi ska måla\nalla kummel")) == ["Vi ska måla alla kummel"]


def test_bold_line_over_a_list_is_a_heading(flowing: Lines) -> None:
    shown = flowing(
        para("Norra lotslaget", bold=True), para("måla", listed=True, marker="•"),
        para("Södra lotslaget", bold=True), para("räkna", listed=True, marker="•"),
    )  # fmt: skip
    assert shown == ["= Norra lotslaget", "• måla", "= Södra lotslaget", "• räkna"]


def test_document_all_in_bold_has_no_headings(flowing: Lines) -> None:
    shown = flowing(*(para(f"Rad {n} om fyren", bold=True) for n in range(5)))
    assert not [x for x in shown if x.startswith("=")]


def test_a_heading_beside_its_row_of_cards(drawn: Lines) -> None:
    def box(text: str, x: float, top: float, shape: int, **more: object) -> RawParagraph:
        size, high = (16.0, 30) if more.get("bold") else (14.0, 60)
        place = (x, top, x + 190, top + high)
        return para(text, bbox=place, size=size, shape=shape, **more)

    shown = drawn(
        [
            para("Efter sorteringen", bbox=(50, 29, 670, 90), size=32.0, heading=0, shape=1),
            box("Hamnen", 50, 101, 2, bold=True),
            box("Folket", 263, 101, 3, bold=True),
            box("Bryggan lutar", 50, 140, 4, fill="#ffee88"),
            box("Ingen kan ro", 263, 140, 5, fill="#ffee88"),
            box("Fyren blinkar fel", 50, 211, 6, fill="#ffee88"),
            box("Ingen kan segla", 263, 211, 7, fill="#ffee88"),
            box("Blev över", 50, 303, 8, bold=True),
            box("Fladdermöss", 263, 303, 9, fill="#ffee88"),
            box("Möss", 470, 303, 10, fill="#ffee88"),
        ]
    )
    assert shown[-3:] == ["= Blev över", "Fladdermöss", "Möss"]
    assert shown[1:4] == ["= Hamnen", "Bryggan lutar", "Fyren blinkar fel"]
