"""Bullets, numbers and check boxes at the head of a line."""

from __future__ import annotations

import re

# Dots and dashes made for lists; arrows, geometric shapes, dingbats, symbols people use so, and
# characters of symbol fonts that nobody knows.
_TYPOGRAPHIC = "•‣⁃∙·⁌⁍⦁⦾⦿←-⇿⌂-⏿■-➿⟰-⟿⤀-⥿⬀-⯿\U0001f300-\U0001faff\ue000-\uf8ff"
# A day that is written as an ordinal: «11. september 2025»; not «1. Budget 2025».
_DATE = r"\d{1,2}\.\s+[^\W\d_A-ZÅÄÖÆØ][^\W\d_]*\.?\s+(?:19|20)\d\d\b"
_MARKER = re.compile(
    rf"""^\s*(?:
        (?P<bullet>[{_TYPOGRAPHIC}])\ufe0f?\s*(?=\S)
      | (?P<dash>[-–—*])(?:\s+|(?=[^\W\d_]))(?=\S)
      | (?P<plus>\+)\s+(?=[^\W\d_])
      | (?P<letter_o>o)\s+(?=[^\W\d_])
      | (?!{_DATE})(?P<number>\(?\d{{1,2}}[.)])\s+(?=[^\W\d_"”“'(\[])
      | (?P<letter>[a-zA-Z][.)])\s+(?=[^\W_]{{2}})
      | (?P<in_brackets>\([a-zA-Z]\))\s+(?=[^\W\d_]{{2}})
      | (?P<box>\[[ xX]?\])\s*(?=\S)
    )""",
    re.VERBOSE,
)
_BOXES = {"[]": "☐", "[ ]": "☐", "[x]": "☑", "[X]": "☑"}
_LONE = re.compile(rf"[{_TYPOGRAPHIC}*–-]\ufe0f?")
_CLOCK = re.compile(
    r"^(?:kl\.?\s*|ca\.?\s+)?(?:[01]?\d|2[0-4])[.:][0-5]\d(?!\d)(?!\s*(?:%|kr|milj|Mkr))\W*\w",
    re.IGNORECASE,
)


def split_marker(text: str) -> tuple[str | None, str]:
    """The marker as printed and the text after it; `[x]` counts as ☑.

    «- boka sal» -> («-», «boka sal»); «9.30 Fika» and «-10 grader» have none.
    """
    match = _MARKER.match(text)
    if not match:
        return None, text
    marker = next(g for g in match.groups() if g is not None)
    if "\ue000" <= marker <= "\uf8ff":
        marker = "•"
    return _BOXES.get(marker, marker), text[match.end() :].lstrip()


def starts_with_clock(text: str) -> bool:
    """Whether a line begins with a time of day, as agenda lines do."""
    return bool(_CLOCK.match(text))


def is_lone_bullet(text: str) -> bool:
    """Whether a line holds a bullet and nothing else."""
    return bool(_LONE.fullmatch(text.strip()))


def is_clock(text: str) -> bool:
    """Whether a text is a time of day and nothing else: «9.30», «10:00–10:30»."""
    return starts_with_clock(f"{text.strip()} x") and not re.search(r"[^\W\d]{3,}", text)


def is_number(marker: str | None) -> bool:
    """Whether a marker counts («1.», «b)») rather than being a bullet."""
    return bool(marker) and any(ch.isalnum() for ch in marker or "") and marker != "o"
