"""An English one-day programme meeting of community radio stations, as minutes in Word.

Shows: heading styles, an agenda table, an attendance table with apologies, a look back, a talk,
challenges as bullets that nobody sorted, numbered decisions, and an action table whose first
column names organisations and people. Writes notes.docx.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import docx
from docx.document import Document
from docx.shared import Cm, Pt
from renditions import SAMPLES, name_document, pin_archive

CASE = SAMPLES / "community-radio"

AGENDA = [
    ("Time", "Item", "Who"),
    ("09:30–10:00", "Arrivals, tea and name badges", ""),
    ("10:00–10:15", "Welcome and the plan for today", "Imogen Tarrant"),
    ("10:15–11:00", "One success and one flop from each station", "Everyone"),
    ("11:00–11:15", "Break", ""),
    ("11:15–12:00", "Keeping a mast alive on pocket money", "Hamish Orrock, Tidewater Radio"),
    ("12:00–12:45", "Small groups: what holds us back?", "Table hosts"),
    ("12:45–13:30", "Lunch", ""),
    ("13:30–14:30", "Reading the cards aloud and agreeing the wording", "Everyone"),
    ("14:30–14:45", "Break", ""),
    ("14:45–15:30", "Decisions and actions", "Imogen Tarrant"),
    ("15:30", "Close", ""),
]
ATTENDANCE = [
    ("Name", "Organisation", "Role"),
    ("Imogen Tarrant", "Local Airwaves Trust", "Programme manager"),
    ("Bea Hollins", "Local Airwaves Trust", "Minutes"),
    ("Hamish Orrock", "Tidewater Radio", "Chief engineer"),
    ("Marguerite Quill", "Tidewater Radio", "Trustee"),
    ("Dele Akinwale", "Moorside Sound", "Station manager"),
    ("Priya Venn", "Canal Street Radio", "Volunteer lead"),
    ("Tomos Brackley", "Breck Valley Voice", "Treasurer"),
    ("Ffion Garrard", "Breck Valley Voice", "Youth producer"),
]
LOOK_BACK = [
    "Moorside Sound: borrow a portable mixer for the summer fair – done, came back with jam on it",
    "Canal Street Radio: write a welcome sheet for newcomers – half written",
    "Tidewater Radio: sell the old van – dropped, nobody wanted it",
]
TALK = [
    "Climb it once a year with a camera, not only when the signal has gone",
    "Buy the second-best cable and replace it twice as often",
    "Keep a paper log in the hut, because the laptop will be elsewhere",
    "Who would you ring at two in the morning?",
]
CHALLENGES = [
    "How do we keep young presenters once their exams are over?",
    "Music licences cost more than the studio rent",
    "Spare parts for the old mixing desk are no longer made",
    "We have no idea how many people are listening",
    "Two people understand the playout software and both are over seventy",
    "Grant reports eat the evenings meant for making programmes",
    "The mast sways and the signal drops in a north-easterly",
    "Nobody wants to chair the committee",
    "Older listeners cannot find us on a smart speaker",
    "Advertisers vanish when the corner shop closes",
    "The online stream cuts out whenever the village broadband is busy",
]
DECISIONS = [
    "One engineer rota is shared by all stations from January 2026.",
    "Training material is kept in one open folder and belongs to everyone.",
    "The listener survey is postponed until there is money for postage.",
]
ACTIONS = [
    ("Who", "Action", "By when"),
    (
        "Tidewater Radio (Hamish)",
        "Draw up the engineer rota and send it round",
        "28 November 2025",
    ),
    ("Tidewater Radio", "Lend the spare transmitter to Breck Valley Voice", "before Christmas"),
    (
        "Moorside Sound (Dele)",
        "Ask the licensing body for a joint community rate",
        "15 January 2026",
    ),
    ("Moorside Sound (Dele)", "Describe the listener-count trial on one page", "12 Dec 2025"),
    (
        "Canal Street Radio (Priya)",
        "Film six ten-minute lessons on the playout software",
        "end of February 2026",
    ),
    ("Canal Street Radio", "Pair every newcomer with a buddy", "ongoing"),
    (
        "Breck Valley Voice (Ffion)",
        "Open the studio to fourteen-to-eighteens on Saturdays",
        "March 2026",
    ),
    (
        "Breck Valley Voice and Canal Street Radio",
        "Test a shared template for grant reports",
        "30/01/2026",
    ),
    (
        "Local Airwaves Trust (Imogen)",
        "Find out who at the council owns the mast on Crow Hill",
        "next meeting",
    ),
]


def write_notes() -> None:
    """Write the minutes."""
    notes = docx.Document()
    notes.styles["Normal"].font.name = "Arial"
    notes.styles["Normal"].font.size = Pt(10.5)
    notes.add_heading("Local Airwaves – programme meeting 4", 0)
    notes.add_paragraph("Thursday 6 November 2025, Granary Hall, Berwick-upon-Tweed")
    notes.add_paragraph("Minutes: Bea Hollins. Please send corrections within a week.")
    notes.add_heading("Purpose", 1)
    notes.add_paragraph(
        "Four small stations meet three times a year to swap what works, to be honest about "
        "what does not, and to leave with a short list of things that somebody will really do."
    )
    notes.add_heading("Agenda", 1)
    add_table(notes, AGENDA, (2.7, 8, 4.5))
    notes.add_heading("Attendance", 1)
    add_table(notes, ATTENDANCE, (4.7, 5.5, 5))
    notes.add_paragraph()
    notes.add_paragraph("Apologies: Radio Fennick (flooded studio).")
    notes.add_heading("Since the last meeting", 1)
    add_list(notes, LOOK_BACK)
    notes.add_heading("Talk: Keeping a mast alive on pocket money", 1)
    notes.add_paragraph("Hamish Orrock told the story of eleven winters on a cliff.")
    add_list(notes, TALK)
    write_outcome(notes)
    name_document(notes.core_properties, "Local Airwaves, programme meeting 4")
    path = CASE / "notes.docx"
    path.parent.mkdir(parents=True, exist_ok=True)
    notes.save(str(path))
    pin_archive(path)


def write_outcome(notes: Document) -> None:
    """Write what the afternoon led to: challenges, decisions, actions, the next date."""
    notes.add_heading("Challenges", 1)
    notes.add_paragraph(
        "Each table wrote cards of one sentence. For example, “The kettle trips the fuse” is "
        "clear, “Infrastructure” is not. The cards, in the order in which they were read:"
    )
    add_list(notes, CHALLENGES)
    notes.add_heading("Decisions", 1)
    add_list(notes, DECISIONS, "List Number")
    notes.add_heading("Actions", 1)
    add_table(notes, ACTIONS, (4.5, 7.2, 3.5))
    notes.add_heading("Next meeting", 1)
    notes.add_paragraph("Thursday 5 February 2026, online. Bring a recording of your worst link.")


def add_list(notes: Document, items: Iterable[str], style: str = "List Bullet") -> None:
    """Add a list in one of Word's list styles."""
    for item in items:
        notes.add_paragraph(item, style=style)


def add_table(notes: Document, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    """Add a table with a bold head; `widths` are the columns' in centimetres."""
    table = notes.add_table(rows=len(rows), cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            cell = table.cell(i, j)
            cell.width = Cm(widths[j])
            cell.paragraphs[0].add_run(text).bold = i == 0


if __name__ == "__main__":
    write_notes()
