"""Text made comparable: folding, squashing and slugs. No language knowledge, no word lists."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w]+")
# Halves of surrogate pairs, which broken fonts give, can be written to no file.
_LONE = re.compile("[\ud800-\udfff]")
_UNSEEN = {"\u00ad": None, "\u200b": None, "\ufeff": None, "\u2060": None}
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_MENDED = str.maketrans({**_UNSEEN, **_LIGATURES})
# Old exports set accents as characters of their own: «a» + «¨», or the other way round.
_ACCENTS = {"¨": "\u0308", "˚": "\u030a", "´": "\u0301"}
_AFTER = re.compile(r"(?<=[aouAOU])¨|(?<=[aA])˚|(?<=[eE])´(?=[^\W\d_])")
_BEFORE = re.compile(r"¨([aouAOU])|˚([aA])")
_LETTERS = re.compile(r"(?<!\S)(?:[^\W\d_] ){4,}[^\W\d_](?!\S)")


def clean(text: str) -> str:
    """NFC, no soft hyphens, zero-width or broken characters, white space as single spaces.

    Ligatures and accents set apart are put right, letters typed apart («A G E N D A») closed up.
    """
    text = _LONE.sub("\ufffd", text.translate(_MENDED))
    if "¨" in text or "˚" in text or "´" in text:
        text = _AFTER.sub(lambda m: _ACCENTS[m[0]], text)
        text = _BEFORE.sub(lambda m: (m[1] or m[2]) + _ACCENTS[m[0][0]], text)
    text = _LETTERS.sub(_closed_up, unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", text).strip()


def _closed_up(match: re.Match[str]) -> str:
    """Letters of one word; a list of options in the order of the alphabet stays apart."""
    letters = match[0].replace(" ", "")
    alphabet = all(ord(b) - ord(a) == 1 for a, b in pairwise(letters.upper()))
    return match[0] if alphabet or not (letters.isupper() or letters.istitle()) else letters


def fold(text: str) -> str:
    """Lower case words parted by single spaces; punctuation is white space: «A-B!» -> «a b»."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return _NOT_WORD.sub(" ", text).strip()


def squash(text: str) -> str:
    """Letters and digits only, lower case: «Sol Kraft» and «SolKraft» are the same."""
    return fold(text).replace(" ", "").replace("_", "")


def slugify(*parts: str | None) -> str:
    """ASCII words joined by hyphens, for file names and readable labels."""
    text = " ".join(p for p in parts if p)
    plain = unicodedata.normalize("NFKD", text.replace("ø", "o").replace("Ø", "O"))
    plain = plain.replace("æ", "ae").replace("Æ", "AE").replace("ß", "ss")
    ascii_only = plain.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")[:80].rstrip("-")
