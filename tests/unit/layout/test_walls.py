"""Walls of notes: marks belong to the note that they lie on, loose notes to no heading."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pptx
import pytest
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Pt

from pipeline.flow import Options, make_dataset, read_claims, read_file
from pipeline.layout.marks import as_vote, is_mark, may_be_tag
from pipeline.model.document import LOOSE, BlockKind, BlockRole
from pipeline.model.raw import RawBox, RawLine, RawPage, RawParagraph

Lines = Callable[..., list[str]]
Line = Callable[..., RawLine]
OFFICE = shutil.which("soffice")
NOTE = "#ffee88"


def title(text: str = "Väggen") -> RawParagraph:
    return RawParagraph(text, bbox=(50, 10, 670, 60), size=32.0, heading=0, shape=0)


def note(
    text: str, x: float, top: float, shape: int, size: float = 14.0, fill: str | None = NOTE,
    area: tuple[float, float] = (180, 70), marker: str | None = None,
) -> RawParagraph:  # fmt: skip
    place = (x, top, x + area[0], top + area[1])
    return RawParagraph(
        text, place, size, shape=shape, fill=fill, marker=marker, listed=bool(marker)
    )


def mark(
    text: str, x: float, top: float, shape: int, fill: str | None = None, marker: str | None = None
) -> RawParagraph:
    return note(text, x, top, shape, 10.0, fill, (30, 18), marker)


WALL = (
    title(),
    note("Bryggan lutar", 60, 100, 1),
    note("Fyren blinkar fel", 300, 100, 2),
    note("Ingen kan ro", 60, 200, 3),
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("+3", "+3"), ("●●●", "●●●"), ("● ● ●", "●●●"), ("✓", "✓"), ("3", "(3)"), ("(3)", "(3)"),
        ("3 st", "(3 st)"), ("5 röster", "(5 röster)"), ("x4", "x4"),
    ],
)  # fmt: skip
def test_marks_told_by_their_text(text: str, written: str) -> None:
    assert is_mark(text)
    assert as_vote(text) == written


@pytest.mark.parametrize("text", ["12 maj", "Rut", "2025-05-12", "a", "9.30", "3 båtar", ""])
def test_words_are_no_marks(text: str) -> None:
    assert not is_mark(text)


def test_a_time_of_day_is_no_tag() -> None:
    assert may_be_tag("klart 12/5")
    assert not may_be_tag("9.30")


@pytest.mark.parametrize(
    ("laid", "read"),
    [
        (mark("+3", 205, 148, 9), "Bryggan lutar +3"),
        (mark("●●", 205, 148, 9, marker="●"), "Bryggan lutar ●●●"),
        (mark("5", 228, 92, 9, fill="#cc3344"), "Bryggan lutar (5)"),
        (mark("klart 12/5", 190, 148, 9), "Bryggan lutar, klart 12/5"),
    ],
)
def test_a_mark_on_a_note(drawn: Lines, laid: RawParagraph, read: str) -> None:
    assert drawn([*WALL, laid]) == ["== Väggen", read, "Ingen kan ro", "Fyren blinkar fel"]


def test_a_mark_belongs_to_the_note_that_it_lies_on_most(drawn: Lines) -> None:
    over = note("Tamparna är slut", 220, 150, 4)
    assert "Tamparna är slut +2" in drawn([*WALL, over, mark("+2", 232, 158, 9)])


def test_votes_go_behind_the_first_words_tags_stay_lines(drawn: Lines) -> None:
    shown = drawn([
        *WALL, note("Sedan 2019", 60, 200, 3), mark("+2", 205, 248, 9),
        mark("klart 3/6", 150, 248, 10),
    ])  # fmt: skip
    assert [x for x in shown if "ro" in x or "3/6" in x or "2019" in x] == [
        "Ingen kan ro +2", "Sedan 2019", "klart 3/6",
    ]  # fmt: skip


def test_numbers_on_all_notes_are_their_numbers(drawn: Lines) -> None:
    rings = [
        mark(str(n), x, top, 9 + n) for n, x, top in ((1, 60, 100), (3, 300, 100), (2, 60, 200))
    ]
    assert drawn([*WALL, *rings]) == [
        "== Väggen", "1. Bryggan lutar", "2. Ingen kan ro", "3. Fyren blinkar fel",
    ]  # fmt: skip


def test_a_number_in_large_type_is_no_mark(drawn: Lines) -> None:
    figure = RawParagraph("42", bbox=(65, 105, 105, 135), size=28.0, shape=9)
    assert "42" in drawn([*WALL, figure])


def test_text_over_an_empty_box_is_a_note(drawn: Lines) -> None:
    boxes = [RawBox((60, 100, 240, 170), NOTE), RawBox((60, 200, 240, 270), NOTE)]
    items = [
        title(), note("Ring Eva", 65, 105, 1, fill=None, area=(150, 30)), mark("+2", 205, 148, 2),
        note("Boka båt", 65, 205, 3, fill=None, area=(150, 30)),
    ]  # fmt: skip
    shown = drawn(RawPage(1, items, 720, 540, boxes=boxes))
    assert shown == ["== Väggen", "Ring Eva +2", "Boka båt"]


def test_marks_in_the_box_of_a_printed_note(drawn: Lines, line: Line) -> None:
    boxes = [RawBox((60, 100, 240, 170)), RawBox((60, 200, 240, 270))]
    items = [
        line("Väggen", 60, 20, 32), line("Bryggan lutar", 70, 110, 14, box=0),
        line("+3", 210, 150, 10, box=0), line("Ingen kan ro", 70, 210, 14, box=1),
        line("klart 3/6", 180, 250, 9, box=1),
    ]  # fmt: skip
    shown = drawn(RawPage(1, items, 720, 540, boxes=boxes))
    assert shown == ["== Väggen", "Bryggan lutar +3", "Ingen kan ro, klart 3/6"]


def test_notes_of_few_words_in_larger_type_are_no_headings(drawn: Lines) -> None:
    shown = drawn([
        title(), note("Is", 60, 100, 1, size=20.0), note("Vind", 60, 200, 2, size=18.0),
        note("Bryggan lutar och ingen lagar den", 300, 100, 3),
        note("Fyren blinkar fel hela natten", 300, 200, 4),
    ])  # fmt: skip
    assert not [x for x in shown if x.startswith("= ")]


# The same board as a deck, and as LibreOffice prints it


def put(
    slide: object, text: str, place: tuple[float, ...], size: int = 14, fill: str | None = None,
    *, bold: bool = False, form: MSO_SHAPE = MSO_SHAPE.RECTANGLE, turn: float = 0,
) -> None:  # fmt: skip
    shapes = slide.shapes  # type: ignore[attr-defined]
    where = [Pt(n) for n in place]
    shape = shapes.add_shape(form, *where) if fill else shapes.add_textbox(*where)
    if fill:
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(fill)
        shape.line.fill.background()
    shape.rotation = turn
    run = shape.text_frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.bold = text, Pt(size), bold
    run.font.color.rgb = RGBColor(0, 0, 0)


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Pt(960), Pt(540)
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Våra gemensamma utmaningar"
    columns = {
        "Tiden": ["Mötena drar över", "Ingen hinner läsa"],
        "Pengarna": ["Lokalerna är dyra", "Bidraget tog slut"],
        "Folket": ["Svårt att hitta nya"],
    }
    for n, (heading, notes) in enumerate(columns.items()):
        x = 60 + 290 * n
        put(slide, heading, (x, 110, 240, 30), 20, bold=True)
        for k, text in enumerate(notes):
            put(slide, text, (x, 150 + 85 * k, 200, 70), fill="FFF1A6", turn=-2 * (k % 2))
    put(slide, "+3", (232, 196, 28, 20), 10)
    put(slide, "●●●", (510, 196, 40, 20), 8)
    put(slide, "5", (830, 140, 24, 24), 10, "EE8899", form=MSO_SHAPE.OVAL)
    put(slide, "3 st", (500, 283, 50, 20), 10)
    put(slide, "Kaffet är alltid kallt", (700, 450, 200, 60), fill="E5E5E5")
    path = tmp_path_factory.mktemp("board") / "board.pptx"
    deck.save(str(path))
    return path


def printed(path: Path) -> Path:
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, str(path.parent), str(path)], check=True, capture_output=True)
    return path.with_suffix(".pdf")


@pytest.mark.parametrize("ending", ["pptx", "pdf"])
def test_a_board_and_its_print(board: Path, ending: str) -> None:
    if ending == "pdf" and OFFICE is None:
        pytest.skip("LibreOffice is not installed")
    path = board if ending == "pptx" else printed(board)
    blocks = [b for _, b in read_file(path, path.name).blocks() if b.role is BlockRole.BODY]
    assert [(b.kind is BlockKind.HEADING, b.text) for b in blocks[1:]] == [
        (True, "Tiden"), (False, "Mötena drar över +3"), (False, "Ingen hinner läsa"),
        (True, "Pengarna"), (False, "Lokalerna är dyra ●●●"), (False, "Bidraget tog slut (3 st)"),
        (True, "Folket"), (False, "Svårt att hitta nya (5)"),
        (False, "Kaffet är alltid kallt"),
    ]  # fmt: skip
    assert blocks[-1].group == LOOSE
    dataset = make_dataset([read_claims(path, path.name, Options())], Options())
    themes = {theme.id: theme.title for theme in dataset.themes}
    assert {c.text: (themes.get(c.theme_id or ""), c.votes) for c in dataset.challenges} == {
        "Mötena drar över": ("Tiden", 3), "Ingen hinner läsa": ("Tiden", None),
        "Lokalerna är dyra": ("Pengarna", 3), "Bidraget tog slut": ("Pengarna", 3),
        "Svårt att hitta nya": ("Folket", 5), "Kaffet är alltid kallt": (None, None),
    }  # fmt: skip
