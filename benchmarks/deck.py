"""Writes the deck that the benchmark reads: a two-day meeting of invented clusters, in PPTX.

Usage: python benchmarks/deck.py FILE.pptx [SLIDES]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from pptx import Presentation
from pptx.util import Cm

PLACES = ("Norr", "Söder", "Öster", "Väster", "Mitt", "Kust", "Fjäll", "Slätt")
TRADES = ("trä", "solkraft", "livsmedel", "vatten", "textil", "gruvteknik", "möbler", "tåg")
THINGS = ("en studieresa", "en gemensam mässa", "tre kundmöten", "en enkät till medlemmarna")
TROUBLES = (
    "Finansieringen räcker bara ett år i taget, mest",
    "De små företagen hinner inte med mötena",
    "Styrelsen vill ha snabba resultat, men förtroende tar tid",
    "Svårt att visa för kommunerna vad samverkan ger",
)
THEMES = ("Pengar och tid", "Förtroende i styrelserna", "Att visa vad det ger")
REMARKS = (
    "Skriv fleråriga avtal med kommunerna redan första året",
    "Bjud in färre gånger och berätta i förväg varför",
)
TEACHING = (
    "Ett kluster är en plats där företag konkurrerar och samverkar på samma gång",
    "Börja med det som medlemmarna redan vill, inte med det som går att söka pengar för",
    "Mät få saker och mät dem länge",
)

Slide = tuple[str, list[tuple[int, str]], list[list[str]]]
"""A title, the lines with their level, and the rows of a table."""


def cluster(n: int) -> str:
    return f"{PLACES[n % len(PLACES)]}klustret för {TRADES[(n * 3) % len(TRADES)]}"


def agenda(day: int) -> Slide:
    items = [
        (0, f"{9 + n}.00-{9 + n}.45 {what}")
        for n, what in enumerate(("Inledning", "Föredrag", "Grupparbete", "Lunch", "Samtal"))
    ]
    return f"Program dag {day}", items, []


def trouble(n: int) -> list[str]:
    return [f"{text} för {TRADES[(n + k) % 8]}" for k, text in enumerate(TROUBLES)]


def challenges(n: int) -> Slide:
    return "Gemensamma utmaningar", [(0, text) for text in trouble(n)], []


def commitments(n: int) -> Slide:
    lines = []
    for k in (n, n + 1):
        lines.append((0, cluster(k)))
        lines += [
            (1, f"Ordna {thing} med grannarna, senast {3 + k % 20} {month}")
            for thing, month in zip(THINGS, ("mars", "april", "maj", "juni"), strict=True)
        ]
    return "Det här gör vi till nästa träff", lines, []


def themes(_: int) -> Slide:
    lines = []
    for n, theme in enumerate(THEMES):
        lines.append((0, f"Tema {n + 1}: {theme}"))
        lines += [(1, text) for text in trouble(n)]
    return "Utmaningarna sorterade i teman", lines, []


def theme_notes(n: int) -> Slide:
    return THEMES[n % len(THEMES)], [(0, f"{text}, sade bord {n}") for text in REMARKS], []


def teaching(n: int) -> Slide:
    return f"Ur läroböckerna, del {n}", [(0, text) for text in TEACHING], []


def attendance(n: int) -> Slide:
    rows = [["Kluster", "Region", "Medlemmar"]]
    rows += [[cluster(k), f"{PLACES[k % 8]}land", str(20 + 7 * k)] for k in range(n, n + 5)]
    return "Deltagare", [], rows


def slides(count: int) -> Iterator[Slide]:
    """As many slides as asked for, the kinds in turn."""
    yield agenda(1)
    yield agenda(2)
    yield themes(0)
    kinds = (attendance, challenges, theme_notes, teaching, commitments)
    for n in range(count - 4):
        yield kinds[n % len(kinds)](n)


def write(path: str, count: int) -> None:
    deck = Presentation()
    front = deck.slides.add_slide(deck.slide_layouts[0])
    front.shapes.title.text = "Klusterprogrammet, träff 3"
    front.placeholders[1].text = "Konferenshotellet, Storvik\n11-12 februari 2025"
    for title, lines, rows in slides(count):
        slide = deck.slides.add_slide(deck.slide_layouts[5 if rows else 1])
        slide.shapes.title.text = title
        slide.notes_slide.notes_text_frame.text = "Säg till om rasten i god tid."
        for n, (level, text) in enumerate(lines):
            frame = slide.placeholders[1].text_frame
            paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
            paragraph.text, paragraph.level = text, level
        if rows:
            place = (Cm(2), Cm(5), Cm(21), Cm(9))
            table = slide.shapes.add_table(len(rows), len(rows[0]), *place).table
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    table.cell(r, c).text = cell
    deck.save(path)


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 40)
