"""English notes in plain text from a meeting of communities that want darker nights.

Shows: headings in capitals or underlined, lines wrapped at 76 columns, times with and without a
leading zero, worries sorted under lettered headings with notes of the discussion and one left
over, and actions in lists nested with - and *. Writes notes.txt.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from renditions import SAMPLES

CASE = SAMPLES / "dark-skies"
COLUMNS = 76

PROGRAMME = [
    " 9.45  Doors, flapjacks",
    "10.00  Hello and housekeeping (Nerys Coldwell)",
    "10.15  How bright is it really? (Anil Fairbrass, Corrie Observatory Trust)",
    "11.15  Coffee",
    "11.30  Walk round the town with light meters",
    "12.45  Lunch",
    "13.30  What stands in our way - cards and sorting",
    "14.45  Who does what",
    "15.30  Close",
]
CAME = [
    "Corrie Observatory Trust: Anil Fairbrass, Wilf Staddon (typing)",
    "Upper Marl Parish Council: Nerys Coldwell (chair), Jem Tolley",
    "Heatherwick Lodge: Sandra Oakhanger",
    "Moth Watch North: Callum Rusk",
]
TALK = [
    "Three lamps make up half the glow over the reservoir",
    "Measure on moonless nights only",
    "-  Write down cloud, snow and who was driving past",
    "A warm lamp pointing down beats a dim one pointing up",
    "Which lamp outside your own house could go off tonight?",
]
WORRIES = {
    "A. Lamps we do not control": (
        [
            "The county replaces bulbs like for like without asking anyone",
            "Farm security lights stay on all night because the sensor is stuck",
            "The quarry is lit for shifts that ended in 2019",
        ],
        [
            "Ask for the maintenance plan before the lamp fails, not after",
            "Farmers listen to farmers, so send one",
        ],
    ),
    "B. Neighbours and nerves": (
        [
            "People feel unsafe walking home from the last train",
            "How do we answer those who say that darkness is for burglars?",
            "Newcomers put up garden lights because the old house looked gloomy",
        ],
        [
            "Never say switch off, say point down",
            "Walk the route together with the people who are worried",
            "The lodge could lend out torches",
        ],
    ),
    "C. Showing that it matters": (
        [
            "We have one light meter between four villages",
            "Moth counts are done by one man and he is moving to Spain",
            "How can we show the hotels that stars fill beds in January?",
        ],
        [
            "Ten readings a month is enough if they are always in the same place",
            "Guests remember the night they saw the Milky Way, ask them to write it down",
        ],
    ),
}
ACTIONS: dict[str, list[str]] = {
    "Upper Marl Parish Council": [
        "- Count every parish lamp brighter than 3000 kelvin:",
        "  * Nerys does the High Street, by 1 March",
        "  * Jem does the two estates, by 15 March",
        "- Write to the county about the maintenance plan (Nerys, before Easter)",
    ],
    "Corrie Observatory Trust": [
        "- Lend the second meter to Moth Watch North from next week",
        "- Run an evening for farmers with soup and a telescope on Friday 28 February",
        "- Put all readings on one public map by the end of April (Wilf)",
    ],
    "Heatherwick Lodge": [
        "- Re-aim the car park lamps and take pictures before and after, by 10/03/2025",
        "- Buy twenty torches with red glass for guests to borrow",
    ],
    "Moth Watch North": [
        "- Train two new counters before the season starts:",
        "  * Callum asks the sixth form, this month",
        "  * Callum writes the method down on two pages, by 31 March",
        "- Together with Heatherwick Lodge: hold a moth night in June",
    ],
}


def compose() -> list[str]:
    """Return the lines of the notes."""
    lines = [
        "DARK SKIES PATHFINDER",
        "Working meeting no. 2",
        "Saturday 8 February 2025, Town Hall, Alston",
        "Typed by Wilf, tell him what he got wrong",
        *caps("Why we met"),
        *wrap(
            "Four groups want the valley to be a place where you can still see the stars. "
            "In October we only talked. This time the aim was to find out how bright it is, "
            "name what stops us and share out the work."
        ),
        *caps("Programme"),
        *PROGRAMME,
        *caps("Who came"),
        *listed(CAME),
        *caps("Promised in October"),
        *listed(
            [
                "Heatherwick Lodge: turn off the fountain lights - done, two complaints",
                "Upper Marl Parish Council: find the lamp register - it does not exist",
            ]
        ),
        *caps("Anil's talk: how bright is it really?"),
        *listed(TALK),
        *caps("What stands in our way"),
        *wrap(
            "How we did it: write one worry per card, read it out, then put it with its "
            'friends. Example from the handout: "The church spire is lit for nobody".'
        ),
    ]
    for heading, (worries, said) in WORRIES.items():
        lines += [*underlined(heading), *listed(worries), "", "Said in the discussion:"]
        lines += listed(said, "*")
    lines += ["", "Left over, fits nowhere:", *listed(["Fog"])]
    lines += caps("Who does what")
    for owner, actions in ACTIONS.items():
        lines += underlined(owner)
        for action in actions:
            lines += hang(action)
    lines += [
        *caps("Next time"),
        *wrap(
            "Saturday 7 June 2025 at Heatherwick Lodge, after dark. Nobody brings a phone "
            "with the screen on."
        ),
    ]
    return lines


def caps(heading: str) -> list[str]:
    """Return a heading in capitals between empty lines."""
    return ["", heading.upper(), ""]


def underlined(heading: str) -> list[str]:
    """Return a heading with a line of hyphens under it."""
    return ["", heading, "-" * len(heading)]


def wrap(text: str) -> list[str]:
    """Return a paragraph as lines."""
    return textwrap.wrap(text, COLUMNS)


def listed(items: Iterable[str], marker: str = "-") -> list[str]:
    """Return items behind a marker; an item that begins with `-  ` lies one level in, with *."""
    lines: list[str] = []
    for item in items:
        nested = item.startswith("-  ")
        lines += hang(f"  * {item[3:]}" if nested else f"{marker} {item}")
    return lines


def hang(item: str) -> list[str]:
    """Return an item as lines, further lines set in under its text."""
    indent = " " * (len(item) - len(item.lstrip(" -*")))
    return textwrap.wrap(item, COLUMNS, subsequent_indent=indent)


def main() -> None:
    """Write the notes."""
    CASE.mkdir(parents=True, exist_ok=True)
    (CASE / "notes.txt").write_text("\n".join(compose()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
