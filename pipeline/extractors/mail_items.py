"""A mail's lines, told apart by `mail_text`, as what layout takes: own lines, notes, furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.extractors.mail_text import Part, Parted
from pipeline.model.document import BlockRole
from pipeline.model.raw import RawItem, RawLine, RawParagraph

_TAB = 4
_SHORT = 45
_MOST_WORDS = 4
_MOST_CLOSING = 6
_LABELLED = re.compile(r"\W{0,4}[^\W\d_][^:]{0,25}:")
_LISTED = re.compile(r"\s*(?:[^\w\s\"'“”‘’«»(\[@+]|\d{1,2}[.:)])")


def title(subject: str) -> list[RawItem]:
    """The subject as the title, nothing where there is none."""
    return [RawParagraph(text=subject, heading=0)] if subject else []


def head_line(text: str) -> RawParagraph:
    """A line of a mail's head, or one that says who is cited."""
    return RawParagraph(text=text, role=BlockRole.NOTE, style=Part.HEAD.value)


def items_of(parted: Parted) -> Iterator[RawItem]:
    """Own lines as they stand, for layout to join; the rest as paragraphs set apart."""
    for part, run in groupby(parted, key=lambda pair: pair[0]):
        lines = [text for _, text in run]
        if part is Part.BODY:
            yield from _own(lines)
        elif part is Part.QUOTE:
            for text in _cited(lines):
                yield RawParagraph(text=text, role=BlockRole.NOTE, style=part.value)
        elif part is Part.HEAD:
            yield from map(head_line, _heads(lines))
        else:
            yield from map(signature_line, (line.strip() for line in lines if line.strip()))


def signature_line(text: str) -> RawParagraph:
    """A line under the dashes at the end of a mail."""
    role = BlockRole.FURNITURE
    return RawParagraph(text=text, role=role, style=Part.SIGNATURE.value, furniture=True)


def _cited(lines: Sequence[str]) -> Iterator[str]:
    """Paragraphs with soft line breaks; labelled lines, as of heads in quotes, stand alone."""
    open_lines: list[str] = []
    for line in (*(line.strip() for line in lines), ""):
        labelled = _LABELLED.match(line) is not None
        if open_lines and (labelled or not line):
            yield "\n".join(open_lines)
            open_lines = []
        if labelled:
            yield line
        elif line:
            open_lines.append(line)


def _heads(lines: Sequence[str]) -> list[str]:
    """Fields line by line; other lines are one attribution that was wrapped."""
    out: list[str] = []
    for line in (line.strip() for line in lines):
        if out and line and not _LABELLED.match(line) and not _LABELLED.match(out[-1]):
            out[-1] += f" {line}"
        elif line:
            out.append(line)
    return out


def _own(lines: Sequence[str]) -> Iterator[RawItem]:
    """Own text; salutation and closing stand for themselves, or layout took them for headings."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    if not filled:
        return
    apart = _closing(lines, filled)
    if _is_salutation(lines, filled):
        apart.add(filled[0])
    for n, line in enumerate(lines):
        yield RawParagraph(text=line.strip()) if n in apart else raw_line(line)


def _is_salutation(lines: Sequence[str], filled: Sequence[int]) -> bool:
    """A few words alone at the start; «Åtaganden» right over a list is its heading."""
    first = filled[0]
    line = lines[first].strip()
    greets = line.endswith((",", "!"))
    alone = first + 1 >= len(lines) or not lines[first + 1].strip() or greets
    if not greets and len(filled) > 1 and _LISTED.match(lines[filled[1]]):
        return False
    return alone and len(line.split()) <= _MOST_WORDS and not re.search(r"\d", line)


def _closing(lines: Sequence[str], filled: Sequence[int]) -> set[int]:
    """The short lines at the end, such as a greeting and a name, if more stands over them."""
    found: list[int] = []
    gaps = 0
    for n in reversed(filled):
        line = lines[n]
        if found and found[-1] - n > 1:
            gaps += 1
        if len(line.strip()) > _SHORT or _LISTED.match(line) or gaps > 1:
            break
        found.append(n)
    whole = len(found) == len(filled)
    parted = not whole and any(not lines[n - 1].strip() for n in found if n)
    while found and parted and lines[found[-1] - 1].strip():
        found.pop()
    return set(found) if parted and len(found) <= _MOST_CLOSING else set()


def raw_line(line: str) -> RawLine:
    """A typed line with its indent in columns."""
    spaced = line.replace("\xa0", " ").replace("\u202f", " ").rstrip()
    body = spaced.lstrip(" \t")
    indent = len(spaced[: len(spaced) - len(body)].expandtabs(_TAB))
    # A tab inside a line parts columns, however near the next stop happens to be.
    return RawLine(text=body.replace("\t", " " * _TAB), indent=indent if body else 0)
