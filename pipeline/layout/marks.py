"""Small marks that people put on notes, told by their text: votes, ticks, tags with a date."""

from __future__ import annotations

import re
from functools import cache

from pipeline.languages.pack import common_words, cue_pattern
from pipeline.layout.markers import is_clock

_SIGNS = re.compile(r"[●•○◦∙⚫⬤✱*★☆✓✔☑✗✘☒☐👍👎❤♥|]{1,12}")
_ADDED = re.compile(r"[+x×]\d{1,3}")
_COUNT = re.compile(r"\(?(\d{1,3})\)?")
_PIECES = re.compile(r"\(?(\d{1,3})\s?([^\W\d_]{1,8})\.?\)?")
_LONGEST = 20
_MOST_WORDS = 3


def squeezed(text: str) -> str:
    """Text without white space, for signs that are printed apart: «● ● ●»."""
    return "".join(text.split()).replace("\ufe0f", "")


def is_mark(text: str) -> bool:
    """Whether a text by itself is a vote or a tick rather than words: «+3», «●●●», «3 st»."""
    text = squeezed(text)
    if any(p.fullmatch(text) for p in (_SIGNS, _ADDED, _COUNT)):
        return True
    pieces = _PIECES.fullmatch(text)
    return pieces is not None and bool(_counted().fullmatch(pieces[2]))


@cache
def _counted() -> re.Pattern[str]:
    """Words for what is counted on a note: votes, dots, pieces."""
    return cue_pattern(common_words("vote_words") | common_words("piece_words"))


def is_sign(text: str) -> bool:
    """Whether a text is made of signs alone, such as dots or a tick."""
    return bool(_SIGNS.fullmatch(squeezed(text)))


def count_of(text: str) -> int | None:
    """The number that a text consists of: «(3)» -> 3."""
    match = _COUNT.fullmatch(squeezed(text))
    return int(match[1]) if match else None


def as_vote(text: str) -> str:
    """A mark as people write it behind words: a count stands in brackets, «(3)», «(3 st)»."""
    text = squeezed(text)
    if count := _COUNT.fullmatch(text):
        return f"({count[1]})"
    pieces = _PIECES.fullmatch(text)
    return f"({pieces[1]} {pieces[2]})" if pieces else text


def is_short(text: str) -> bool:
    """Whether a text is short enough for a mark."""
    return len(text) <= _LONGEST and len(text.split()) <= _MOST_WORDS


def may_be_tag(text: str) -> bool:
    """Whether a text may be a tag that tells a day, «klart 12/5»; a time of day heads its card."""
    return is_short(text) and any(c.isdigit() for c in text) and not is_clock(text)
