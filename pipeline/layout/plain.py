"""Pages of plain text: titles first or last on a dumped slide, headings in typed notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.layout.furniture import is_page_number, masked
from pipeline.layout.lines import CHARACTER_WIDTH, LINE_PITCH, join_lines, placed
from pipeline.layout.markers import is_lone_bullet, is_number, starts_with_clock
from pipeline.layout.textcolumns import chunks, without_gaps
from pipeline.model.document import BlockRole
from pipeline.model.raw import RawLine, RawParagraph, RawTable
from pipeline.model.text import clean, fold

_UNDERLINE = re.compile(r"^\s*([=\-~*_#])\1{2,}\s*$")
_SENTENCE = re.compile(r"[.!?]\s+\S")
_QUALIFIER = re.compile(r"\s*(?:\([^()]*\)|\d+\s*(?:/|av|of)\s*\d+)\s*$")
_LONGEST_HEADING = 70
_APART = 0.9
_MANY_LABELS = 3
_REPEATED = 9.0
_TABLE = "\x00table"
_FEWEST = 3
_MOST_PAGES = 0.6


def dump_pages(pages: Sequence[Sequence[RawLine]]) -> list[list[RawParagraph | RawTable]]:
    """Paragraphs of each dumped slide, its title (if one is found) declared by `heading` 0."""
    pages = [_with_bullets(page) for page in pages]
    set_apart = _furniture(pages)
    right = _usual_width(pages)
    tables: dict[str, RawTable] = {}
    joined = [
        [*_joined([RawLine("") if n in out else x for n, x in enumerate(page)], tables, right),
         *(_as_furniture(page[n]) for n in sorted(out))]
        for page, out in zip(pages, set_apart, strict=True)
    ]  # fmt: skip
    last = Counter(_base(_shown(p)[-1]) for p in joined if len(_shown(p)) > 1)
    first = Counter(_base(_shown(p)[0]) for p in joined if _shown(p))
    apart = [_gap(p[0], p[1]) >= _APART for p in joined if len(p) > 1]
    deck = _Deck(first, last, len(pages), dense=sum(apart) < 0.3 * len(apart))
    ends = [_choice(page, deck) for page in joined]
    # Text boxes come in the order they were drawn, so most titles of a deck stand at one end.
    lean = 1.0 if ends.count("last") > ends.count("first") else -1.0 if "last" in ends else 0.0
    return [_with_tables(_titled(page, replace(deck, lean=lean)), tables) for page in joined]


def _joined(
    lines: Sequence[RawLine], tables: dict[str, RawTable], right: float | None = None
) -> list[RawParagraph]:
    """Paragraphs of lines; a table stands as a paragraph that names its place in `tables`."""
    out: list[RawParagraph] = []
    for chunk in chunks(lines):
        if isinstance(chunk, RawTable):
            name = f"{_TABLE}{len(tables)}"
            tables[name] = chunk
            out.append(RawParagraph(text=name, listed=True))
        else:
            out.extend(join_lines(placed([without_gaps(x) for x in chunk]), right=right))
    return out


def _with_tables(
    page: Sequence[RawParagraph], tables: dict[str, RawTable]
) -> list[RawParagraph | RawTable]:
    return [tables.get(p.text, p) for p in page]


def _shown(page: Sequence[RawParagraph]) -> list[RawParagraph]:
    return [p for p in page if not p.furniture]


def _base(p: RawParagraph) -> str:
    """A title without what changes from page to page: «Next steps (2)» -> «next steps»."""
    return fold(_QUALIFIER.sub("", p.text))


@dataclass(frozen=True)
class _Deck:
    """What the dumped slides have in common; `dense` where blank lines do not part titles."""

    first: Counter[str]
    last: Counter[str]
    pages: int
    dense: bool
    lean: float = 0.0
    """How much more likely than not titles stand last."""

    def repeats(self, count: int) -> bool:
        return 2 <= count < 0.7 * self.pages


def _with_bullets(page: Sequence[RawLine]) -> list[RawLine]:
    """Bullets that a dump left alone on their lines, put before the text that they belong to."""
    out = list(page)
    for n, line in enumerate(out):
        if not is_lone_bullet(line.text):
            continue
        follow = next((k for k in range(n + 1, min(n + 3, len(out))) if out[k].text.strip()), None)
        if follow is not None and not is_lone_bullet(out[follow].text):
            out[n] = replace(line, text=f"{line.text.strip()} {out[follow].text}")
            out[follow] = RawLine(text="")
    return out


def _furniture(pages: Sequence[Sequence[RawLine]]) -> list[set[int]]:
    """For each page the lines at its ends that are page numbers or running heads."""
    ends = [_ends(page) for page in pages]
    counts = Counter(
        key
        for page, at in zip(pages, ends, strict=True)
        for key in {masked(page[n].text) for n in at}
        if key
    )
    needed = max(_FEWEST, round(_MOST_PAGES * len(pages)))
    out: list[set[int]] = []
    for page, at in zip(pages, ends, strict=True):
        texts = {n: page[n].text.strip() for n in at}
        found = {
            n
            for n, text in texts.items()
            if is_page_number(text) or (len(clean(text)) < 100 and counts[masked(text)] >= needed)
        }
        out.append(found if len(found) < sum(bool(x.text.strip()) for x in page) else set())
    return out


def _usual_width(pages: Sequence[Sequence[RawLine]]) -> float:
    """A width that text of the deck surely had, so that a page of short lines is not thought full.

    Type differs from page to page, so only half of the deck's long lines counts.
    """
    lengths = sorted(
        len(x.text.strip()) + x.indent for page in pages for x in page if x.text.strip()
    )
    return 0.55 * CHARACTER_WIDTH * lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0.0


def _ends(page: Sequence[RawLine]) -> set[int]:
    """Where running heads stand: the first line and the last three that hold text."""
    used = [n for n, x in enumerate(page) if x.text.strip()]
    return {*used[:1], *used[-3:]}


def _as_furniture(line: RawLine) -> RawParagraph:
    return RawParagraph(text=line.text, furniture=True, role=BlockRole.FURNITURE)


def _choice(page: Sequence[RawParagraph], deck: _Deck) -> str | None:
    """At which end of a dumped slide its title stands, null where it has none."""
    body = [n for n, p in enumerate(page) if not p.furniture]
    if not body:
        return None
    if len(body) == 1:
        return "first" if _title_like(page[body[0]]) else None
    at_end = _score_last(page, body, deck)
    at_start = _score_first(page, body, deck)
    if max(at_end, at_start) <= 0:
        return None
    return (
        "last" if at_end > 0 and at_end + deck.lean > at_start else "first" if at_start else "last"
    )


def _titled(page: list[RawParagraph], deck: _Deck) -> list[RawParagraph]:
    end = _choice(page, deck)
    if end is None:
        return page
    body = [n for n, p in enumerate(page) if not p.furniture]
    chosen = body[0] if end == "first" else body[-1]
    p = page[chosen]
    text = f"{p.marker} {p.text}" if p.marker else p.text
    title = replace(p, text=text, heading=0, listed=False, marker=None)
    return [title, *(p for n, p in enumerate(page) if n != chosen)]


def _title_like(p: RawParagraph) -> bool:
    text = _QUALIFIER.sub("", p.text.strip())
    return (
        (not p.listed or is_number(p.marker))
        and 2 < len(text) <= 110
        and any(ch.isalpha() for ch in text)
        and not text.endswith((".", ",", ";"))
        and not starts_with_clock(text)
        and not _SENTENCE.search(text)
    )


def _gap(a: RawParagraph, b: RawParagraph) -> float:
    """Blank lines between two paragraphs."""
    if a.bbox is None or b.bbox is None:
        return 0.0
    return (b.bbox[1] - a.bbox[3]) / LINE_PITCH


def _score_last(page: Sequence[RawParagraph], body: Sequence[int], deck: _Deck) -> float:
    """How much the last line of a dumped slide looks like its title: boxes come in any order."""
    p, before = page[body[-1]], page[body[-2]]
    if p.listed or not _title_like(p) or p.text[:1].islower():
        return 0.0
    if deck.repeats(deck.last[_base(p)]):
        return _REPEATED
    if _gap(before, p) < _APART or p.text.rstrip().endswith(":"):
        return 0.0
    bulleted = page[body[0]].listed or _sentence(page[body[0]])
    # A listing page whose last line stands apart: «- a / - b / (blank) / Our challenges».
    asks = p.text.rstrip().endswith("?")
    return 2.0 + bulleted + asks + (before.listed and not p.listed)


def _score_first(page: Sequence[RawParagraph], body: Sequence[int], deck: _Deck) -> float:
    p, after = page[body[0]], page[body[1]]
    if not _title_like(p) or p.text.rstrip().endswith(":"):
        return 0.0
    if p.listed and (not after.listed or any(is_number(page[n].marker) for n in body[1:])):
        return 0.0
    if deck.repeats(deck.first[_base(p)]):
        return _REPEATED
    if deck.dense and len(p.text) < 60:
        return 3.5
    apart = _gap(p, after) >= _APART
    if not apart and _parallels(page, body) > 0:
        return 0.0
    if apart and len(p.text) < 60:
        # Labels of a drawing or cells of a lost table come one after the other.
        if _labels(page, body[1:]) >= _MANY_LABELS:
            return 1.5
        return 2.5 if _title_like(after) and len(body) > 2 else 3.5
    return 2.5 if apart or after.listed else 1.0


def _labels(page: Sequence[RawParagraph], rest: Sequence[int]) -> int:
    """How many short lines without bullets follow."""
    count = 0
    for n in rest:
        if page[n].listed or not _title_like(page[n]) or len(page[n].text) >= 60:
            break
        count += 1
    return count


def _parallels(page: Sequence[RawParagraph], body: Sequence[int]) -> int:
    """Further short lines over bullets: then the first such line is one of several, no title."""
    pairs = pairwise(body[1:])
    return sum(
        1 for a, b in pairs if _title_like(page[a]) and len(page[a].text) < 60 and page[b].listed
    )


def _sentence(p: RawParagraph) -> bool:
    return p.text.rstrip().endswith((".", ":", ",")) or len(p.text) > 90


def notes_paragraphs(
    lines: Sequence[RawLine], *, titled: bool = False
) -> list[RawParagraph | RawTable]:
    """Paragraphs of typed notes; headings told by underlines, capitals or standing over a list.

    The first line may be the title, unless the notes are already `titled`.
    """
    kept, declared = _underlined(lines)
    tables: dict[str, RawTable] = {}
    paragraphs = _joined(kept, tables)
    starts = {p.bbox[1]: n for n, p in enumerate(paragraphs) if p.bbox}
    for row, depth in declared.items():
        n = starts.get(row * LINE_PITCH)
        if n is not None:
            paragraphs[n] = replace(paragraphs[n], heading=depth, listed=False)
    return _with_tables(_found_headings(paragraphs, titled=titled), tables)


def _underlined(lines: Sequence[RawLine]) -> tuple[list[RawLine], dict[int, int]]:
    """Lines without their underlines, and rows that are headings with their depth."""
    kept = list(lines)
    declared: dict[int, int] = {}
    for n, line in enumerate(lines):
        match = _UNDERLINE.match(line.text)
        if not match:
            continue
        kept[n] = RawLine(text="")
        above = lines[n - 1].text.strip() if n else ""
        if above and len(above) <= 100 and not _UNDERLINE.match(above):
            declared[n - 1] = 1 if match.group(1) in "=*#" else 2
    return kept, declared


def _found_headings(paragraphs: list[RawParagraph], *, titled: bool) -> list[RawParagraph]:
    known = titled or any(p.heading for p in paragraphs)
    out = []
    for n, p in enumerate(paragraphs):
        following = paragraphs[n + 1] if n + 1 < len(paragraphs) else None
        previous = paragraphs[n - 1] if n else None
        if p.heading is None and _is_caps(p):
            p = replace(p, heading=1)
        elif n == 0 and p.heading is None and _title_like(p) and not known:
            p = replace(p, heading=0)
        elif p.heading is None and _is_found(p, previous, following):
            p = replace(p, style="found-heading")
        out.append(p)
    return out


def _is_caps(p: RawParagraph) -> bool:
    letters = [ch for ch in p.text if ch.isalpha()]
    return (
        not p.listed
        and len(letters) >= 4
        and all(ch.isupper() for ch in letters)
        and len(p.text) <= _LONGEST_HEADING
        and not starts_with_clock(p.text)
    )


def _is_found(
    p: RawParagraph, previous: RawParagraph | None, following: RawParagraph | None
) -> bool:
    """A short line, no sentence, that stands over something."""
    text = p.text.strip()
    if p.listed or following is None or not _title_like(p) or len(text) > _LONGEST_HEADING:
        return False
    if text.endswith((":", "!")) or text[:1].islower() or "\t" in text:
        return False
    if (p.bbox or (0,))[0] > 2:
        return False
    over_list = following.listed or starts_with_clock(following.text)
    over_text = len(following.text) > 60 or _gap(p, following) >= _APART
    over_heading = not following.listed and len(following.text) <= 60
    apart = (
        previous is None
        or previous.listed
        or len(previous.text) > 60
        or (_gap(previous, p) >= _APART)
    )
    return over_list or ((over_text or over_heading) and apart)
