"""Sessions over files: one occasion, one session, however many files tell of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from pipeline.linking.agendas import link_agenda
from pipeline.linking.dates import resolve_due, resolve_session
from pipeline.model.claims import DateExpression, FileClaims, SessionClaim
from pipeline.model.dataset import Date, Diagnostic, Evidence, Session
from pipeline.model.dates import day_of
from pipeline.model.ids import IdMaker
from pipeline.model.text import fold, slugify, squash

_TELLING = 6


@dataclass(slots=True)
class Occasion:
    """Files about one occasion, and the session made of them."""

    files: list[int]
    claims: list[SessionClaim] = field(default_factory=list)
    session: Session | None = None
    next_dates: Date | None = None

    @property
    def dates(self) -> DateExpression | None:
        """The best date expression: one with a year before one without, a range before a day."""
        found = [c.dates for c in self.claims if c.dates]
        return max(
            found,
            key=lambda d: (d.year is not None, d.kind == "range", -found.index(d)),
            default=None,
        )


def group_files(files: Sequence[FileClaims], counting: Sequence[int]) -> list[Occasion]:
    """The files by occasion: same days and no other place; the undated join their folder's one."""
    occasions: list[Occasion] = []
    undated: list[int] = []
    for n in counting:
        claim = files[n].sessions[0] if files[n].sessions else None
        if claim is None or claim.dates is None:
            undated.append(n)
            continue
        home = next((o for o in occasions if _same(o, claim)), None)
        if home is None:
            home = Occasion([])
            occasions.append(home)
        home.files.append(n)
        home.claims.append(claim)
    for n in undated:
        _join_undated(n, files, occasions)
    return sorted(occasions, key=lambda o: min(o.files))


def _join_undated(n: int, files: Sequence[FileClaims], occasions: list[Occasion]) -> None:
    folder = _folder(files[n])
    claim = files[n].sessions[0] if files[n].sessions else None
    here = [o for o in occasions if any(_folder(files[m]) == folder for m in o.files)]
    if claim is not None and claim.title and here and _titles_a_part(files[n], claim.title):
        proof = tuple(e for e in claim.evidence if e.field != "title")
        claim = replace(claim, title=None, evidence=proof)
    unnamed = claim is None or claim.title is None
    if len(here) == 1 and here[0].dates and (unnamed or _related(n, files, here[0])):
        here[0].files.append(n)
        if claim is not None:
            here[0].claims.append(claim)
        return
    occasions.append(Occasion([n], [claim] if claim is not None else []))


def _titles_a_part(file: FileClaims, title: str) -> bool:
    """Whether a title is that of a list, such as «Fler utmaningar» on a wall, not of a day."""
    return any(
        s.title is not None and s.title.text == title
        and s.cue is not None and s.kind not in ("front", "other")
        for s in file.sections
    )  # fmt: skip


def _related(n: int, files: Sequence[FileClaims], occasion: Occasion) -> bool:
    """Whether an undated file tells of the occasion: it names the same people, bodies or title."""
    mine = _names(files[n])
    return any(mine & _names(files[m]) for m in occasion.files)


def _names(file: FileClaims) -> set[str]:
    named = {squash(c.name) for c in file.clusters} | {squash(p.name) for p in file.people}
    for claim in file.sessions:
        words = fold(" ".join(filter(None, (claim.title, claim.programme, claim.place)))).split()
        named |= {w for w in words if len(w) >= _TELLING}
    return named


def _folder(file: FileClaims) -> str:
    return str(PurePosixPath(file.document.source.path).parent)


def _same(occasion: Occasion, claim: SessionClaim) -> bool:
    mine, other = occasion.dates, claim.dates
    if mine is None or other is None or not _overlap(mine, other):
        return False
    if mine.year and other.year and mine.year != other.year:
        return False
    places = [c.place for c in occasion.claims if c.place]
    if not claim.place or not places:
        return True
    here = squash(claim.place)
    return any(squash(p) in here or here in squash(p) for p in places) or any(
        w in squash(p) for p in places for w in map(squash, claim.place.split(",")) if len(w) > 3
    )


def _overlap(a: DateExpression, b: DateExpression) -> bool:
    spans = []
    for d in (a, b):
        if not d.month or not d.day:
            return False
        start = (d.month, d.day)
        spans.append((start, (d.end_month or d.month, d.end_day or d.day)))
    return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]


def make_sessions(
    files: Sequence[FileClaims], occasions: Sequence[Occasion], given_year: int | None
) -> list[Diagnostic]:
    """Fill the `session` of each occasion; returns what was unclear."""
    ids, slugs = IdMaker(), _Slugs()
    diagnostics: list[Diagnostic] = []
    for occasion in occasions:
        dates = _dates(files, occasion, given_year, _neighbours(files, occasion, occasions))
        diagnostics.extend(_year_problems(files, occasion, dates))
        session = _session(files, occasion, dates, ids, slugs)
        agenda, problems = link_agenda([files[n] for n in occasion.files], session.id, dates)
        diagnostics.extend(problems)
        occasion.session = session.model_copy(update={"agenda": tuple(agenda)})
        anchor = day_of(dates.end if dates else None)
        following = next((c.next_session for c in occasion.claims if c.next_session), None)
        occasion.next_dates = resolve_due(
            following, anchor=anchor, session=dates, next_session=None
        )
    return diagnostics


def _neighbours(
    files: Sequence[FileClaims], occasion: Occasion, occasions: Sequence[Occasion]
) -> list[int]:
    """The stated years of the other sessions in the same folder: a series is kept together."""
    folders = {_folder(files[n]) for n in occasion.files}
    return [
        o.dates.year
        for o in occasions
        if o is not occasion and o.dates and o.dates.year
        and folders & {_folder(files[n]) for n in o.files}
    ]  # fmt: skip


def _dates(
    files: Sequence[FileClaims], occasion: Occasion, given_year: int | None, stated: Sequence[int]
) -> Date | None:
    if occasion.dates is None:
        return None
    here = [files[n] for n in occasion.files]
    return resolve_session(
        occasion.dates,
        cited_years=sorted({y for f in here for y in f.cited_years}),
        given_year=given_year,
        file_years=(),
        weekday_evidence=[d for f in here for d in f.dates],
        neighbours=stated,
    )


def _year_problems(
    files: Sequence[FileClaims], occasion: Occasion, dates: Date | None
) -> list[Diagnostic]:
    first = files[occasion.files[0]].document.source
    if dates is None:
        return [
            Diagnostic(
                code="no-date", severity="info", source_id=first.id, page=None,
                message="no date of the session was found",
                hint="write the date on the title page, or in the head of the notes",
            )
        ]  # fmt: skip
    if dates.basis == "unknown":
        years = ", ".join(map(str, dates.year_candidates)) or "none fits"
        return [
            Diagnostic(
                code="year-unknown", severity="warning", source_id=first.id, page=None,
                message=f"the year of «{dates.text}» is not stated (it would fit {years})",
                hint="give it with --year, or write it on the title page",
            )
        ]  # fmt: skip
    return []


class _Slugs:
    """Readable labels, each once."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def __call__(self, *parts: str | None) -> str:
        base = slugify(*parts) or "session"
        slug, n = base, 1
        while slug in self._used:
            n += 1
            slug = f"{base}-{n}"
        self._used.add(slug)
        return slug


def _town(place: str) -> str:
    """The part of a place that is one word, most often the town: «Norra Salen, Tärnsjö»."""
    parts = [p.strip() for p in place.split(",")]
    return next((p for p in parts if len(p.split()) == 1 and p[:1].isupper()), parts[0])


def _first_words(file: FileClaims) -> Iterator[Evidence]:
    """A file that names no occasion is still one: its first words stand for it."""
    for page, block in file.document.blocks():
        if block.text:
            yield Evidence(
                source_id=file.document.source.id, page=page.number, block_id=block.id,
                span=(0, len(block.text)), bbox=block.bbox, quote=block.text,
                rule="session.file", confidence=0.2,
            )  # fmt: skip
            return


def _session(
    files: Sequence[FileClaims], occasion: Occasion, dates: Date | None, ids: IdMaker, slugs: _Slugs
) -> Session:
    claims = occasion.claims

    def first(name: str) -> str | None:
        return next((v for c in claims if (v := getattr(c, name))), None)

    title, place = first("title"), first("place")
    when = (dates.start or (dates.edtf or "").replace("XXXX-", "").split("/")[0]) if dates else None
    first_file = PurePosixPath(files[occasion.files[0]].document.source.path)
    label = _town(place) if place else title or first_file.stem
    purpose = tuple(dict.fromkeys(p for c in claims for p in c.purpose))
    evidence: list[Evidence] = [e for c in claims for e in c.evidence]
    if not evidence:
        evidence = list(_first_words(files[occasion.files[0]]))
    return Session(
        id=ids("session", title or "", place or "", dates.text if dates else ""),
        slug=slugs(label, when),
        title=title,
        programme=first("programme"),
        number=next((c.number for c in claims if c.number is not None), None),
        place=place,
        dates=dates,
        purpose=purpose,
        agenda=(),
        participants=(),
        source_ids=tuple(files[n].document.source.id for n in occasion.files),
        evidence=tuple(evidence),
    )
