"""Lines of words as they were read in a picture: their text, their places, how sure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.extractors.tesseract import Word
from pipeline.model.raw import RawLine
from pipeline.model.text import clean

BULLET = "•"
_ASCENT, _DESCENT = 0.95, 0.25


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of words, in pixels of the picture; `size` is its type size."""

    words: list[Word]
    baseline: float
    size: float
    bullet: bool = False
    bullet_left: float = 0.0
    bold: bool = False
    shift: float = 0.0
    """How far it is put right of where it stands, so that leaning columns stand upright."""

    @property
    def text(self) -> str:
        """The line as read, its bullet first."""
        return clean(" ".join([BULLET] * self.bullet + [w.text for w in self.words]))

    @property
    def left(self) -> float:
        """Where its first letter or its bullet begins."""
        return self.bullet_left if self.bullet else self.words[0].box[0]

    @property
    def right(self) -> float:
        """Where its last letter ends."""
        return max(w.box[2] for w in self.words)

    def moved(self, by: float) -> ReadLine:
        """The same line, further right by some pixels."""
        return replace(self, shift=self.shift + by)

    @property
    def confidence(self) -> float:
        """How sure the reader was, 0..1."""
        return sure(self.words)

    def raw(self, unit: float) -> RawLine:
        """The line for layout; `unit` is how many points a pixel has."""
        return RawLine(
            text=self.text,
            bbox=(
                round((self.left + self.shift) * unit, 1),
                round((self.baseline - _ASCENT * self.size) * unit, 1),
                round((self.right + self.shift) * unit, 1),
                round((self.baseline + _DESCENT * self.size) * unit, 1),
            ),
            size=round(self.size * unit, 1),
            bold=self.bold,
        )


def sure(words: Iterable[Word]) -> float:
    """The mean confidence of words with letters or digits, long ones counting more."""
    told = [(w.confidence, letters(w.text)) for w in words]
    total = sum(weight for _, weight in told)
    return sum(c * weight for c, weight in told) / total if total else 0.0


def letters(text: str) -> int:
    """How many letters and digits a text has."""
    return sum(ch.isalnum() for ch in text)
