"""Text made comparable: folding, squashing and slugs. No language knowledge, no word lists."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w]+")
# Halves of surrogate pairs, which broken fonts give, can be written to no file.
_LONE = re.compile("[\ud800-\udfff]")
_LIGATURES = str.maketrans({"\u00ad": None, "\u200b": None, "\ufeff": None, "\u2060": None})


def clean(text: str) -> str:
    """NFC, no soft hyphens, zero-width or broken characters, white space as single spaces."""
    text = unicodedata.normalize("NFC", _LONE.sub("\ufffd", text.translate(_LIGATURES)))
    return _SPACES.sub(" ", text).strip()


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
