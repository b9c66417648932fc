"""A Swedish evening meeting of amateur choirs, as a deck of sticky notes.

Shows: an agenda of one evening, sticky notes grouped under headings (their order in the file is
not that of the columns) with some left over, notes for each group, commitments in tables where an
empty owner cell means "same as above". Writes deck.pptx and deck.pdf.
"""

from __future__ import annotations

from pptx.slide import Slide
from renditions import SAMPLES, Deck, add_box, add_notes, add_table, to_pdf

CASE = SAMPLES / "korkvall"
PLUM = "6D2E5B"

EVENING = [
    "18.00  Soppa och smörgås",
    "18.30  Välkomna (Hillevi Strandmark)",
    "18.40  Uppsjungning",
    "18.55  Att provsjunga utan skräck (Jorun Täckeby, Kammarkören Silverlind)",
    "19.25  Lapparna: vad tar kraft från sången?",
    "19.55  Paus med kaffe",
    "20.10  Högarna får namn",
    "20.35  Åtaganden skrivs i tabellen",
    "20.50  Avslutning med kanon",
]

VOICES, MONEY, AUDIENCE = "Stämmor som fattas", "Noter och slantar", "Folk i bänkarna"
STICKIES = {
    VOICES: [
        "Två tenorer på fyrtio sångare",
        "De under trettio slutar efter en termin",
        "Ingen vågar provsjunga",
        "Hur tar vi emot nya mitt i terminen?",
    ],
    MONEY: [
        "Noterna kostar mer än dirigenten",
        "Repetitionslokalen är uppsagd",
        "Kassören gör allt själv i ett kalkylark",
    ],
    AUDIENCE: [
        "Samma sextio åhörare varje gång",
        "Konserterna krockar med varandra i december",
        "Affischerna hänger bara där vi själva bor",
    ],
}
LEFT_OVER = ["Pianot är ostämt sedan förra våren", "Alltid för kallt på läktaren"]
PUT_UP = [0, 4, 7, 1, 8, 5, 2, 9, 6, 3]
COLORS = {VOICES: "FFF1A6", MONEY: "CFE8F5", AUDIENCE: "F8D3DC"}

GROUP_NOTES = {
    VOICES: [
        "En fadder i varje stämma gör mer än tio annonser",
        "Öppen repetition i stället för provsjungning",
        "Tenorer kan lånas, men då måste repetitionerna ligga på olika kvällar",
    ],
    MONEY: [
        "Ett gemensamt notskåp räcker långt",
        "Församlingshemmet står tomt på måndagar",
    ],
    AUDIENCE: [
        "Sjung där folk redan är: stationen, äldreboendet, torget",
        "En kalender för alla körer före sommaren",
        "Vem sprider affischer på andra sidan ån?",
    ],
}

HEAD = ("Organisation", "Åtagande", "Klart senast", "Ansvarig")
TABLE_1 = [
    HEAD,
    ("Kammarkören Silverlind", "Hålla öppen repetition för nyfikna", "8 april", "Jorun Täckeby"),
    ("", "Skriva ner hur provsjungningen går till, en sida", "vecka 14", "Jorun Täckeby"),
    ("", "Låna ut två tenorer till vårkonserten", "", "styrelsen"),
    ("Brukskören", "Inventera nothyllan och märka allt", "2025-05-31", "Sixten Malm"),
    ("", "Be församlingen om lokal på måndagar", "20/3", "Lena Hage"),
]
TABLE_2 = [
    HEAD,
    ("Damkören Tonfall", "Prova faddrar för alla nya altröster", "september", "Ebba Norling"),
    ("", "Sjunga på stationen en lördag i maj", "maj 2025", ""),
    ("Manskören Skiftlaget", "Lägga ut höstens datum i kalendern", "1 juni", "Uno Färm"),
    ("", "Byta kalkylarket mot ett riktigt bokföringsprogram", "årsskiftet", "kassören"),
    ("Sjung vidare", "Öppna en gemensam konsertkalender", "14 mars 2025", "Hillevi Strandmark"),
]


def add_front(deck: Deck) -> None:
    """Add the title, the evening's agenda, the talk and the instruction."""
    deck.title_slide(
        "Sjung vidare", ["Körkväll i Arboga", "Tisdag 4 mars 2025", "Gamla Folkets hus"]
    )
    evening = deck.text_slide("Kvällens program", EVENING, 19, bullets=False)
    add_notes(evening, "Soppan är vegetarisk. Portkoden fungerar bara fram till halv nio.")
    deck.text_slide(
        "Att provsjunga utan skräck",
        [
            "Jorun Täckeby, dirigent, Kammarkören Silverlind",
            "Sjung tillsammans först, ensam sedan, och aldrig inför alla",
            "Svara samma kväll, även när svaret blir nej",
            "Vad minns du av din egen provsjungning?",
        ],
        21,
    )
    deck.text_slide(
        "Så gör vi med lapparna",
        [
            "En sak per lapp, högst åtta ord",
            "Till exempel: ”Basarna kommer alltid för sent”",
            "Sätt upp den, läs de andras, flytta det som liknar varandra",
            "Ge varje hög ett namn som går att sjunga",
        ],
        21,
    )


def add_wall(deck: Deck) -> None:
    """Add the page of sticky notes, in the order in which they were put up."""
    wall = deck.heading_slide("Lapparna efter sorteringen")
    columns = {heading: 0.7 + i * 2.95 for i, heading in enumerate(STICKIES)}
    for heading, left in columns.items():
        add_box(wall, [heading], (left, 1.4, 2.75, 0.45), 17, bold=True)
    notes = [
        (heading, row, text)
        for heading, texts in STICKIES.items()
        for row, text in enumerate(texts)
    ]
    for i in PUT_UP:
        heading, row, text = notes[i]
        add_sticky(wall, text, columns[heading] + 0.12 * (row % 2), 1.95 + row * 0.98, heading)
    add_box(wall, ["Blev över"], (0.7, 5.88, 1.4, 0.4), 13, bold=True)
    for i, text in enumerate(LEFT_OVER):
        add_box(wall, [text], (2.2 + i * 3.6, 5.92, 3.4, 0.7), 13, fill="E5E5E5")


def add_sticky(slide: Slide, text: str, left: float, top: float, heading: str) -> None:
    """Draw one sticky note in the colour of its group."""
    add_box(slide, [text], (left, top, 2.55, 0.86), 13, fill=COLORS[heading])


def add_outcome(deck: Deck) -> None:
    """Add the notes of each group, the commitments and the next evening."""
    for heading, notes in GROUP_NOTES.items():
        deck.text_slide(heading, notes, 21)
    for i, rows in enumerate((TABLE_1, TABLE_2), start=1):
        page = deck.heading_slide(f"Våra åtaganden, tabell {i}")
        add_table(page, rows, (2.1, 3.5, 1.4, 1.6), accent=PLUM, row_height=0.68)
    deck.text_slide(
        "Nästa körkväll",
        [
            "Tisdag 23 september i Köping, Brukskören ordnar fikat",
            "Ta med noten som ni aldrig vill sjunga mer",
            "Tack till Folkets hus för värmen (när den väl kom)",
        ],
        21,
    )


def main() -> None:
    """Write both renditions of the deck."""
    deck = Deck("Sjung vidare · körkväll", PLUM, width=10, height=7.5)
    add_front(deck)
    add_wall(deck)
    add_outcome(deck)
    to_pdf(deck.save(CASE / "deck.pptx", "Sjung vidare, körkväll"))


if __name__ == "__main__":
    main()
