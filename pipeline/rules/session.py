"""The occasion that a file is about: title, programme, number, place, dates, purpose.

Read from the title page, the agenda's titles, the head of a document that runs on, and running
heads; never from what is said of the next occasion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.languages.gazetteer import as_region
from pipeline.languages.pack import common_words
from pipeline.model.claims import DateExpression, SectionClaim, SessionClaim
from pipeline.model.dataset import Evidence
from pipeline.model.document import Block, BlockKind, BlockRole, Document
from pipeline.model.text import fold
from pipeline.rules.context import Context
from pipeline.rules.dates import find_dates
from pipeline.rules.groups import body_of
from pipeline.rules.joins import any_of
from pipeline.rules.names import is_first_name, is_person, is_role

_NUMBER = re.compile(
    r"(?:\bnr\.?|\bno\.?|#|\bnummer)\s*(\d{1,3})\b|\b(\d{1,3})\s*(?:av|of|/)\s*\d{1,3}\b", re.I
)
_PLAIN_NUMBER = re.compile(r"\s+(\d{1,2})\b(?![.:/-]?\d)")
_SENTENCE = re.compile(r"(?<=[^\W\d]{3})\.\s+(?=\S)")
_TWO_SENTENCES = re.compile(r"[^\W_]{3}\.\s+[^\W\d_]")
_PARTS = re.compile(r"\s*(?:[,|•·;]|\s[–—-]\s|\n|\t)\s*")
_CLOCK = re.compile(r"(?:\bkl\.?\s*)?\b\d{1,2}[.:]\d\d(?:\s*[–-]\s*\d{1,2}[.:]\d\d)?")
# «Datum: 3 maj Plats: …»: what stands before a colon is a label, and so begins the next value.
_LABELS = re.compile(r"(?:^|(?<=[\s*]))[^\W\d_][^\W\d_]*(?:\s[^\W\d_]+)?:\**(?=\s|,|$)")
_NEXT_LABEL = re.compile(r"\s+\**[A-ZÅÄÖÆØ][^\W\d_]+(?:\s[^\W\d_]+)?:")
_HEAD_BLOCKS = 6


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that may name the occasion, and how much it is worth."""

    page: int
    block: Block
    trust: float
    front: bool


def read_session(
    document: Document, sections: Sequence[SectionClaim], ctx: Context
) -> tuple[SessionClaim, ...]:
    """The file's session; none where nothing names one (not even a title)."""
    lines = list(_lines(document, sections, ctx))
    dated = _best_date(lines, ctx)
    place, place_line = _place(lines, dated, ctx)
    title, programme, title_line = _titles(lines, document, ctx)
    number = next((x for line in lines if (x := _number(line.block.text, ctx))), None)
    if not (dated or place or title):
        return ()
    evidence: list[Evidence] = []
    for line, about, quote in (
        (title_line, "title", title),
        (dated[0] if dated else None, "dates", dated[1].text if dated else None),
        (place_line, "place", place),
    ):
        if line is not None:
            evidence.append(
                ctx.evidence(line.page, line.block, "session.front", line.trust, quote, about)
            )
    if not evidence:
        page, block = next(((p.number, b) for p, b in document.blocks()), (None, None))
        if page is None or block is None:
            return ()
        evidence.append(ctx.evidence(page, block, "session.front", 0.3))
    purpose = list(_purpose(sections))
    evidence += [ctx.evidence(p, b, "session.purpose", 0.9, about="purpose") for p, b in purpose]
    claim = SessionClaim(
        title=title,
        programme=programme,
        number=number,
        place=place,
        dates=dated[1] if dated else None,
        purpose=tuple(b.text for _, b in purpose),
        next_session=_next_session(sections, ctx),
        evidence=tuple(evidence),
    )
    return (claim,)


def _lines(document: Document, sections: Sequence[SectionClaim], ctx: Context) -> Iterator[_Line]:
    """Candidate lines, the most trusted first."""
    first = document.pages[0].number if document.pages else 1
    yield from _front_lines(document, sections, first)
    fronted = bool(sections) and sections[0].kind == "front"
    for section in sections[1:] if fronted else sections:
        if section.kind == "agenda" and section.title is not None:
            yield _Line(section.pages[0] if section.pages else first, section.title, 0.9, False)
    for place, block in document.blocks():
        if block.role is BlockRole.FURNITURE and not block.unseen:
            yield _Line(place.number, block, 0.7, front=False)
    for section in sections:
        for page, block in body_of(section)[:2] if section.kind in ("agenda", "other") else ():
            if block.kind is BlockKind.PARAGRAPH and not ctx.has(block.text, "session", "next"):
                yield _Line(page, block, 0.5, front=False)


def _front_lines(
    document: Document, sections: Sequence[SectionClaim], first: int
) -> Iterator[_Line]:
    """The title page, or the head of a document that runs on and short headings under it.

    A title alone over other headings, such as the name of a sheet, is not all of its page's head.
    """
    if not sections:
        return
    front = sections[0]
    blocks = [(p, b) for p, b in front.blocks if b.role is BlockRole.BODY]
    alone = len(blocks) == 1 and front.title is not None
    # A table before the first heading makes no title page of what is under that heading.
    untitled = front.title is None and not any(b.kind is BlockKind.TABLE for _, b in blocks)
    if document.paged and (front.kind == "front" or untitled or alone):
        blocks = [(first, b) for b in document.pages[0].body]
    for page, block in blocks[:_HEAD_BLOCKS]:
        yield _Line(page, block, 0.95, front=True)
    for section in () if document.paged else sections[1:4]:
        if section.title and len(section.blocks) <= 2 and section.kind in ("other", "front"):
            yield _Line(section.blocks[0][0], section.title, 0.9, front=True)


def _best_date(lines: Sequence[_Line], ctx: Context) -> tuple[_Line, DateExpression] | None:
    """The first trusted date; a range goes before a day of its own trust, for it says more."""
    found: list[tuple[float, int, _Line, DateExpression]] = []
    for n, line in enumerate(lines):
        if ctx.has(line.block.text, "session", "next") or line.block.kind is BlockKind.TABLE:
            continue
        for date in find_dates(line.block.text, ctx.packs):
            if (
                date.kind in ("day", "range")
                and (date.month or date.day)
                and date.qualifier is None
            ):
                wide = 0.3 if date.kind == "range" else 0.0
                found.append((line.trust + wide + (0.1 if date.year else 0.0), -n, line, date))
    if not found:
        return None
    _, _, line, date = max(found, key=lambda f: f[:2])
    return line, _spanning(date, [f[3] for f in found if f[2].trust >= 0.9])


def _spanning(date: DateExpression, others: Sequence[DateExpression]) -> DateExpression:
    """Two agenda pages of single days («Agenda 21.11», «Agenda 22.11») make one range."""
    if date.kind != "day" or date.day is None or date.month is None:
        return date
    days = sorted(
        {(o.month, o.day) for o in others if o.kind == "day" and o.month and o.day}
        | {(date.month, date.day)}
    )
    first, last = days[0], days[-1]
    near = first[0] == last[0] and 0 < last[1] - first[1] <= 4
    if not near or date.day != first[1]:
        return date
    return replace(date, kind="range", end_day=last[1], end_month=last[0], end_year=date.year)


def _place(
    lines: Sequence[_Line], dated: tuple[_Line, DateExpression] | None, ctx: Context
) -> tuple[str | None, _Line | None]:
    """The place beside a date, else a line of its own on the title page."""
    for line in lines:
        labelled = _labelled(line.block.text, ctx)
        if labelled:
            return labelled, line
    titles = {fold(x.block.text) for x in lines if x.block.kind is BlockKind.TITLE}
    ranked = sorted(
        (
            x for x in lines
            if x.block.kind is not BlockKind.TABLE and find_dates(x.block.text, ctx.packs)
        ),
        key=lambda x: (dated is None or x is not dated[0], -x.trust),
    )  # fmt: skip
    alone = [
        x for x in lines
        if x.front and x not in ranked and len(x.block.text) <= 60
        and x.block.kind not in (BlockKind.TITLE, BlockKind.TABLE, BlockKind.LIST_ITEM)
    ]  # fmt: skip
    trusted = [x for x in ranked if x.trust >= 0.9]
    for line in (*trusted, *alone, *(x for x in ranked if x.trust >= 0.7)):
        if ctx.has(line.block.text, "session", "next"):
            continue
        place = _place_in(line.block, titles, ctx)
        if place:
            return _with_town(place, lines, ctx), line
    for line in lines:
        town = _town(line.block.text, ctx) if line.front else None
        if town:
            return town, line
    return None, None


def _town(text: str, ctx: Context) -> str | None:
    """«Nätverksträff i Falun», «Workshop in Cork»: the place after the word for a meeting."""
    match = ctx.pattern("session", "meeting").search(text)
    if match is None:
        return None
    after = re.match(
        rf"\w*\s+{any_of('place_words')}\s+([A-ZÅÄÖÆØ][\w-]+(?:\s[A-ZÅÄÖÆØ][\w-]+)?)",
        text[match.end() :],
    )
    return after.group(1) if after else None


def _with_town(place: str, lines: Sequence[_Line], ctx: Context) -> str:
    """The house and, where only the title names it, the town."""
    town = next((t for x in lines if x.front and (t := _town(x.block.text, ctx))), None)
    return f"{place}, {town}" if town and fold(town) not in fold(place) else place


def _labelled(text: str, ctx: Context) -> str | None:
    cue = ctx.pattern("session", "place").pattern
    match = re.search(rf"(?:^|[\s*(])(?:{cue})\s*:\**\s*(\S.*)$", text, re.IGNORECASE)
    if not match:
        return None
    value = _NEXT_LABEL.split(match.group(1))[0]
    return _SENTENCE.split(value.strip())[0].strip(" .,*") or None


def _place_in(block: Block, titles: set[str], ctx: Context) -> str | None:
    """What is left of a line without its dates, its meeting word and its people."""
    text = block.text
    dates = find_dates(text, ctx.packs)
    end = max((d.span[1] for d in dates), default=0)
    stop = _SENTENCE.search(text, end)
    text = text[: stop.start()] if stop else text
    for date in reversed([d for d in dates if d.span[0] < len(text)]):
        text = f"{text[: date.span[0]]},{text[date.span[1] :]}"
    text = _LABELS.sub("", _CLOCK.sub(",", text))
    parts = [
        _without_preposition(p.strip(" .:()*")) for p in _PARTS.split(text) if p.strip(" .:()*")
    ]
    if block.kind is BlockKind.TITLE and len(parts) == 1 and " " in parts[0]:
        return None  # «Efter vårens träff den 3 maj»: what the date leaves is still the title
    kept = [p for p in parts if fold(p) not in titles and _may_be_place(p, ctx)]
    return ", ".join(kept[:2]) or None


def _without_preposition(part: str) -> str:
    return re.sub(rf"^{any_of('place_words')}\s+(?=[A-ZÅÄÖÆØ])", "", part)


def _may_be_place(part: str, ctx: Context) -> bool:
    words = part.split()
    if not words or len(words) > 5 or len(part) > 45:
        return False
    if not (
        part[0].isupper()
        or words[0].casefold() in common_words("articles") | common_words("place_words")
    ):
        return len(words) <= 3 and words[0][0].islower() and part.split()[-1][0].isupper()
    if _number(part, ctx) or any(ch in part for ch in "?!@&+"):
        return False
    if is_person(part, ctx) and ctx.has(part, "names", "roles"):
        return False
    told = any(
        ctx.has(part, *path)
        for path in (("session", "meeting"), ("sections", "agenda"), ("session", "next"),
                     ("session", "programme"), ("sections", "purpose"))
    )  # fmt: skip
    given = len(words) == 1 and is_first_name(part) and as_region(part) is None
    return not told and not given and not is_role(part, ctx)


def _titles(
    lines: Sequence[_Line], document: Document, ctx: Context
) -> tuple[str | None, str | None, _Line | None]:
    """Title and programme.

    A line with a word for a meeting is the title, the page's title then the programme; else the
    page's title is the title.
    """
    front = [x for x in lines if x.front]
    title_line = next((x for x in front if x.block.kind is BlockKind.TITLE), None)
    title_line = title_line or next((x for x in front if x.block.kind is BlockKind.HEADING), None)
    meeting = next(
        (x for x in front if x is not title_line and ctx.has(x.block.text, "session", "meeting")
         and len(x.block.text) <= 90 and not _TWO_SENTENCES.search(x.block.text)),
        None,
    )  # fmt: skip
    if title_line is not None and _says_nothing(title_line.block.text, ctx):
        # «Inledning» on the first slide names no occasion; the file's own title may.
        title_line = None
    if title_line is None and meeting is None:
        own = document.source.title
        named = own is not None and not _says_nothing(own, ctx)
        return (_without_dates(own, ctx) if own and named else None), None, None
    if title_line is None:
        assert meeting is not None
        return _without_dates(meeting.block.text, ctx), None, meeting
    title = title_line.block.text
    if meeting is not None and not ctx.has(title, "session", "meeting"):
        return _without_dates(meeting.block.text, ctx), title, meeting
    return title, None, title_line


def _says_nothing(title: str, ctx: Context) -> bool:
    """A title that any material could have: «Välkommen!», «Agenda», «Vem gör vad»."""
    return any(
        ctx.is_(title, *path)
        for path in (
            ("agenda", "opening"),
            ("names", "not_names"),
            ("sections", "agenda"),
            ("sections", "commitments"),
            ("sections", "challenges"),
            ("sections", "decisions"),
            ("sections", "attendance"),
            ("sections", "themes"),
            ("sections", "action_plan"),
        )
    )


def _without_dates(text: str, ctx: Context) -> str:
    for date in reversed(find_dates(text, ctx.packs)):
        text = text[: date.span[0]] + text[date.span[1] :]
    return re.sub(r"\s+,", ",", " ".join(text.split())).strip(" ,–-|·") or text


def _number(text: str, ctx: Context) -> int | None:
    """The number of the occasion: «Träff 3 av 4», «Workshop #2», «möte nr 5»."""
    if len(text) > 120:
        return None
    for date in reversed(find_dates(text, ctx.packs)):
        text = f"{text[: date.span[0]]},{text[date.span[1] :]}"
    meeting = ctx.pattern("session", "meeting").search(text)
    match = _NUMBER.search(text)
    if match and (meeting or "#" in match.group()):
        return int(match.group(1) or match.group(2))
    plain = _PLAIN_NUMBER.match(text, meeting.end()) if meeting else None
    if plain and not find_dates(text[meeting.end() :] if meeting else text, ctx.packs):
        return int(plain.group(1))
    if plain and re.match(r"\s+\d{1,2}\s*(?:,|$|–|-\s)", text[meeting.end() :] if meeting else ""):
        return int(plain.group(1))
    return None


def _purpose(sections: Sequence[SectionClaim]) -> Iterator[tuple[int, Block]]:
    """The statements of purpose: list items where there are any, else paragraphs."""
    for section in sections:
        if section.kind == "purpose":
            body = [(p, b) for p, b in body_of(section) if b.kind is not BlockKind.TABLE and b.text]
            items = [(p, b) for p, b in body if b.kind is BlockKind.LIST_ITEM]
            yield from items or body


def _next_session(sections: Sequence[SectionClaim], ctx: Context) -> DateExpression | None:
    """The date of the next occasion: on a line that says so, or under such a title."""
    for section in sections:
        titled = section.title is not None and _announces(section.title.text, ctx)
        for _, block in section.blocks:
            if block.kind is BlockKind.TABLE or not (titled or _announces(block.text, ctx)):
                continue
            for date in find_dates(block.text, ctx.packs):
                if date.kind in ("day", "range") and date.month:
                    return date
    return None


def _announces(text: str, ctx: Context) -> bool:
    """«Nästa träff: 3 maj» does, «Att göra till nästa träff (3 maj)» does not."""
    return ctx.has(text, "session", "next") and not ctx.has(text, "session", "until_next")
