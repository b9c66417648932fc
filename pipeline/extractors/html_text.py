"""The text of one paragraph of a page: white space, looks, check boxes, lines that stand alone.

Where a paragraph begins and ends, and what it is, is left to `html`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from pipeline.extractors.encoding import symbol
from pipeline.extractors.html_style import Look
from pipeline.model.raw import RawParagraph

_SPACES = re.compile(r"[ \t\n\r\f]+")
_TASK = re.compile(r"\[([ xX])\]\s+")
_OWN_LINE = re.compile(r"\d|[^\w\s\"'“”‘’«»(\[@#&]|\[[ xX]?\]")
_END = re.compile(r"[.:;!?…]$")
_WRAPPED = 50
"""Lines shorter than this were not broken because the line was full."""


class Breaks(Enum):
    """Which line breaks part a text: none, as in headings; all, as in code; those of own lines."""

    NONE = 0
    OWN = 1
    ALL = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one look; `check` for the sign of a check box."""

    text: str
    look: Look
    check: bool = False


@dataclass(slots=True)
class Inline:
    """What has been read of a paragraph that is not yet at its end."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether anything is printed so far."""
        return any(piece.text.strip() for piece in self.pieces)

    def add(self, text: str | None, look: Look) -> None:
        """Put in characters as the source has them; those of size 0 are not seen."""
        if not text or look.size == 0:
            return
        if look.font.startswith(("wingdings", "symbol")):
            text = "".join(symbol(ord(c), look.font) if c > " " else c for c in text)
        if not look.verbatim:
            # A tab alone was typed, as LibreOffice saves it; with line ends it indents the source.
            text = _SPACES.sub(lambda run: "\t" if not run.group().strip("\t") else " ", text)
            last = self.pieces[-1].text if self.pieces else "\n"
            if text.startswith(" ") and last.endswith((" ", "\n")):
                text = text[1:]
        if text:
            self.pieces.append(Piece(text, look))

    def sign(self, text: str, look: Look, *, check: bool = False) -> None:
        """Put in a sign that is drawn: a line break, a check box."""
        self.pieces.append(Piece(text, look, check))

    def take(self) -> list[Piece]:
        """All pieces; a new paragraph begins."""
        pieces, self.pieces = self.pieces, []
        return pieces


def paragraphs(pieces: Sequence[Piece], breaks: Breaks = Breaks.OWN) -> Iterator[RawParagraph]:
    """The text as paragraphs, parted at `breaks`.

    A check box that stands alone at the beginning is the marker («☐», «☑»).
    """
    lines = _lines(pieces)
    if breaks is Breaks.OWN:
        groups = list(_grouped(lines))
    else:
        groups = [lines] if breaks is Breaks.NONE else [[line] for line in lines]
    for group in groups:
        paragraph = _paragraph(group, indented=breaks is Breaks.ALL)
        if paragraph is not None:
            yield paragraph


def task(paragraph: RawParagraph) -> tuple[str | None, str]:
    """The check box of an item that is only typed, and the text after it: «[x] boka» -> ☑."""
    found = _TASK.match(paragraph.text)
    if not found:
        return None, paragraph.text
    return "☐" if found.group(1) == " " else "☑", paragraph.text[found.end() :]


_Line = list[Piece]


def _lines(pieces: Sequence[Piece]) -> list[_Line]:
    lines: list[_Line] = [[]]
    for piece in pieces:
        first, *more = piece.text.split("\n")
        if first:
            lines[-1].append(Piece(first, piece.look, piece.check))
        for text in more:
            lines.append([Piece(text, piece.look, piece.check)] if text else [])
    return lines


def _text(line: _Line) -> str:
    return "".join(piece.text for piece in line).strip()


def _grouped(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Lines that go on into each other; an empty line parts them."""
    widest = max(len(_text(line)) for line in lines)
    group: list[_Line] = []
    for line in lines:
        blank = not _text(line)
        if group and (blank or not _goes_on(group, line, widest)):
            yield group
            group = []
        if not blank:
            group.append(line)
    if group:
        yield group


def _goes_on(group: Sequence[_Line], line: _Line, widest: int) -> bool:
    """Whether a line break only turned the line: it was full, or a sentence runs through it.

    «Vi ses i / parken» goes on; «Storgatan 4 / Rum 12», «boka sal / ordna fika» are lines of
    their own, as are times, bullets and bold labels.
    """
    before, text = _text(group[-1]), _text(line)
    if _OWN_LINE.match(text) or _label(line):
        return False
    words = text.split(maxsplit=1)
    full = widest >= _WRAPPED and len(before) + 1 + len(words[0]) > widest
    if full and len(before) >= _WRAPPED:
        return _bold(group[-1]) == _bold(line) or text[:1].islower()
    return text[:1].islower() and not _text(group[0])[:1].islower() and not _END.search(before)


def _label(line: _Line) -> bool:
    """A line that begins bold up to a colon: «**Ansvarig:** Anna»."""
    bold = "".join(piece.text for piece in line if piece.look.bold)
    rest = "".join(piece.text for piece in line if not piece.look.bold)
    return bool(bold) and line[0].look.bold and (":" in bold or rest.lstrip().startswith(":"))


def _bold(line: _Line) -> bool:
    return all(piece.look.bold for piece in line if piece.text.strip())


def _paragraph(lines: Sequence[_Line], *, indented: bool = False) -> RawParagraph | None:
    seen = [piece for line in lines for piece in line if piece.text.strip()]
    marker = None
    if seen and seen[0].check and sum(piece.check for piece in seen) == 1:
        marker = seen[0].text
        lines = [[piece for piece in line if piece is not seen[0]] for line in lines]
        seen = seen[1:]
    text = "\n".join(_text(line) for line in lines).strip("\n")
    if indented:
        text = "".join(piece.text for piece in lines[0]).rstrip()
    if not text.strip():
        return None
    return RawParagraph(
        text=text,
        size=_usual_size(seen),
        bold=all(piece.look.bold for piece in seen),
        italic=all(piece.look.italic for piece in seen),
        marker=marker,
        listed=marker is not None,
    )


def _usual_size(pieces: Sequence[Piece]) -> float | None:
    counted: Counter[float] = Counter()
    for piece in pieces:
        if piece.look.size:
            counted[piece.look.size] += len(piece.text)
    return counted.most_common(1)[0][0] if counted else None
