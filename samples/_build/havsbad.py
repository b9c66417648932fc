"""An English working day of sea-bathing places, kept in open formats.

Shows: a deck in OpenDocument (agenda, sticky notes under headings, commitments of each
organisation), minutes in RTF (attendance and actions as tables, a look back, decisions), and a
zip with a note that somebody wrote on the way home. Writes deck.odp, minutes.rtf and extra.zip.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from packages import (
    SAMPLES,
    frame,
    listed,
    paragraph,
    rtf_heading,
    rtf_list,
    rtf_paragraph,
    rtf_table,
    slide,
    write_odp,
    write_rtf,
    write_zip,
)

CASE = SAMPLES / "havsbad"
TITLE = "Open Water All Year"

AGENDA = [
    "09:30 Coffee and a dip for the brave",
    "10:00 Welcome (Orla Pennick)",
    "10:15 What the buoys tell us (Rashid Colby, Fenwater Sensors)",
    "11:00 Cards: what gets in our way?",
    "12:15 Lunch",
    "13:15 Who does what",
    "14:30 Close",
]
TALK = [
    "Rain on the hills reaches the beach nine hours later",
    "Two cheap sensors beat one dear one",
    "What would you measure if you had only one probe?",
]
INSTRUCTION = [
    "Write one thing per card",
    "For example: “The ladder is too short at low tide”",
    "Put it up and read what the others wrote",
]
CHALLENGES = {
    "Clean water": [
        "Nobody tells us when the storm drain opens",
        "Test results arrive four days late",
        "Dog owners ignore the signs in winter",
    ],
    "Getting in and out": [
        "The steps are slippery from October to April",
        "Wheelchair users cannot reach the tide pool",
        "How do we keep the ramp free of sand?",
    ],
    "People on duty": [
        "Volunteer lifeguards leave when they finish school",
        "Two people hold every key",
    ],
}
COMMITMENTS = {
    "Gullhaven Bathing Society": [
        "Put non-slip mats on the north steps by 30 April 2026",
        "Find three new key holders before Easter",
    ],
    "Pebble Point Swimmers": [
        "Borrow the beach wheelchair for a trial in May 2026",
        "Print signs for dog owners by 20 March 2026",
    ],
    "Fenwater Sensors": ["Lend two probes to Gullhaven from 1 April 2026"],
}

ATTENDANCE = [
    ("Name", "Organisation", "Role"),
    ("Orla Pennick", "Gullhaven Bathing Society", "Chair"),
    ("Desmond Ayre", "Gullhaven Bathing Society", "Treasurer"),
    ("Rashid Colby", "Fenwater Sensors", "Engineer"),
    ("Lowri Stapleton", "Pebble Point Swimmers", "Secretary"),
    ("Tamsin Okoro", "Pebble Point Swimmers", "Lifeguard"),
    ("Fergus Whinney", "Harbour Sauna Collective", "Host"),
]
LOOK_BACK = [
    "Pebble Point Swimmers: mend the bench – done",
    "Harbour Sauna Collective: ask for a longer lease – in progress",
]
DECISIONS = [
    "All four groups use the same flag colours from 1 May 2026.",
    "Water readings are published even when they are bad.",
]
ACTIONS = [
    ("Who", "Action", "By when", "Status"),
    ("Harbour Sauna Collective", "Write one page about winter opening hours", "15 April 2026", ""),
    (
        "Gullhaven Bathing Society",
        "Ask the water company for drain alerts by text message",
        "27 February 2026",
        "In progress",
    ),
    ("Pebble Point Swimmers", "Book the church hall for lifeguard training", "6 March 2026", ""),
]
EXTRA = """\
# On the train home

Fergus, 7 February 2026. These were said at the sauna, after the minutes were closed.

## More challenges

- The car park is locked before the evening swim
- Visitors do not understand the tide table

## More actions

- Harbour Sauna Collective: translate the tide table into pictures by 31 May 2026
"""

COLORS = ("#cfe8f5", "#fff1a6", "#f8d3dc")


def text_slide(name: str, title: str, lines: Sequence[str], *, bullets: bool = True) -> str:
    """Return a slide of a title and lines."""
    body = listed(lines) if bullets else "".join(map(paragraph, lines))
    return slide(
        name,
        frame(paragraph(title, "Title"), (1.5, 0.8, 25, 2), kind="title"),
        frame(body, (1.5, 3.4, 25, 11), kind="outline"),
    )


def wall() -> str:
    """Return the slide of cards, a column for each heading."""
    frames = [frame(paragraph("Our challenges, sorted", "Title"), (1.5, 0.8, 25, 2), kind="title")]
    for column, (heading, cards) in enumerate(CHALLENGES.items()):
        left = 1.5 + column * 8.5
        frames.append(frame(paragraph(heading, "Label"), (left, 3.2, 8, 1)))
        for row, card in enumerate(cards):
            box = (left, 4.6 + row * 3.2, 7.6, 2.8)
            frames.append(frame(paragraph(card, "Card"), box, style=f"note{column + 1}"))
    return slide("wall", *frames)


def write_deck(path: Path) -> None:
    """Write the slides of the day."""
    front = slide(
        "front",
        frame(paragraph(TITLE, "Title"), (1.5, 4, 25, 3), kind="title"),
        frame(
            paragraph("Working day, Saturday 7 February 2026") + paragraph("Lifeboat Hall, Whitby"),
            (1.5, 7.5, 25, 4),
            kind="subtitle",
        ),
    )
    slides = [
        front,
        text_slide("agenda", "Agenda", AGENDA, bullets=False),
        text_slide("talk", "What the buoys tell us", ["Rashid Colby, Fenwater Sensors", *TALK]),
        text_slide("cards", "How to write the cards", INSTRUCTION),
        wall(),
    ]
    slides += [
        text_slide(f"promise{n}", f"Commitments: {owner}", lines)
        for n, (owner, lines) in enumerate(COMMITMENTS.items(), start=1)
    ]
    write_odp(path, slides, notes=COLORS)


def write_minutes(path: Path) -> None:
    """Write the minutes of the day."""
    write_rtf(
        path,
        [
            rtf_heading(f"{TITLE} – minutes", 0),
            rtf_paragraph("Saturday 7 February 2026, Lifeboat Hall, Whitby"),
            rtf_paragraph("Minutes: Lowri Stapleton."),
            rtf_heading("Attendance", 1),
            rtf_table(ATTENDANCE, (3000, 3600, 2400)),
            rtf_paragraph("Apologies: Cliff Lane Divers."),
            rtf_heading("Since last time", 1),
            rtf_list(LOOK_BACK),
            rtf_heading("Decisions", 1),
            rtf_list(DECISIONS),
            rtf_heading("Actions", 1),
            rtf_table(ACTIONS, (2800, 3600, 1800, 1200)),
            rtf_heading("Next meeting", 1),
            rtf_paragraph("Saturday 13 June 2026, in the tide pool if the weather allows."),
        ],
    )


def main() -> None:
    """Write all files of the case."""
    CASE.mkdir(parents=True, exist_ok=True)
    write_deck(CASE / "deck.odp")
    write_minutes(CASE / "minutes.rtf")
    write_zip(CASE / "extra.zip", {"train-notes.md": EXTRA})


if __name__ == "__main__":
    main()
