"""The text cases of tests/cases/<rule>/: material in plain notation, and what is read from it.

The notation is told in tests/cases/README.md. A case with a line `known-miss: why` is one that a
careful reader gets right and Samsyn does not yet; it fails when that changes: then the line goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.languages.pack import available, load
from pipeline.model.claims import AgendaClaim, CommitmentClaim, FileClaims
from pipeline.model.document import Block, BlockKind, BlockRole, Document, Page, SourceInfo
from pipeline.model.text import squash
from pipeline.rules.read import read_document

CASES = Path(__file__).parents[2] / "cases"
RULES = (
    "agenda", "session", "commitments", "challenges", "themes", "people", "decisions", "sections",
)  # fmt: skip
KINDS = {
    "commitment": "commitments", "challenge": "challenges", "agenda": "agenda", "theme": "themes",
    "note": "notes", "session": "sessions", "person": "people", "cluster": "clusters",
    "decision": "decisions", "section": "sections",
}  # fmt: skip
EMPTY, ANYTHING = "-", "*"
FRONT = ("== Årsringen", "Ockelbo 4 maj 2024", "---")
_FOUND = 9


@dataclass(frozen=True, slots=True)
class Case:
    """One file: what it shows, its material, and the records expected by kind."""

    name: str
    shows: str
    lang: str
    running: bool
    known_miss: str | None
    material: tuple[str, ...]
    expected: tuple[tuple[str, tuple[str, ...]], ...]
    """Kind in the plural, and the expected records of that kind as lines, in order."""


def read_case(path: Path) -> Case:
    head, mark, tail = path.read_text(encoding="utf-8").partition("\n>>>")
    assert mark, f"{path}: there is no line >>> between the material and the records"
    lines = head.split("\n")
    assert lines[0].startswith("# "), f"{path}: the first line must say what the case shows"
    options: dict[str, str] = {}
    at = 1
    while at < len(lines) and (
        m := re.match(r"(lang|known-miss|running|alone):\s*(.+)", lines[at])
    ):
        options[m[1]] = m[2].strip()
        at += 1
    whole = path.parent.name in ("session", "sections") or options.keys() & {"running", "alone"}
    return Case(
        name=f"{path.parent.name}/{path.stem}",
        shows=lines[0][2:].strip(),
        lang=options.get("lang", "sv"),
        running=options.get("running") == "yes",
        known_miss=options.get("known-miss"),
        material=(() if whole else FRONT) + tuple(lines[at:]),
        expected=tuple(_expected(tail.split("\n"), path).items()),
    )


def _expected(lines: Sequence[str], path: Path) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for line in (x.strip() for x in lines if x.strip()):
        kind, _, rest = line.partition(":")
        if kind == "nothing":
            out.update(dict.fromkeys(rest.split(), ()))
            continue
        assert kind in KINDS, f"{path}: «{kind}» is no kind of record; use {', '.join(KINDS)}"
        out[KINDS[kind]] = (*out.get(KINDS[kind], ()), rest.strip())
    assert out, f"{path}: nothing is expected; write «nothing: commitments» if that is meant"
    return out


# --- the material


class Material:
    """Builds the blocks of a document from the plain notation."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._count = 0

    def document(self) -> Document:
        pages: list[list[Block]] = [[]]
        table: list[tuple[str, ...]] = []
        for line in (*self._case.material, ""):
            if line.startswith("|"):
                cells = line.strip().strip("|").split("|")
                table.append(tuple(c.strip().replace("\\n", "\n") for c in cells))
                continue
            if table:
                pages[-1].append(self._table(tuple(table)))
                table = []
            if line.strip() == "---":
                pages.append([])
            elif line.strip():
                pages[-1].append(self._line(line))
        return Document(
            source=SourceInfo("source-case", "case.txt", "0" * 64, "text/plain", "text"),
            pages=tuple(Page(n, tuple(blocks)) for n, blocks in enumerate(pages, 1)),
            language=self._case.lang,
            paged=not self._case.running,
        )

    def _block(self, kind: BlockKind, text: str, **more: object) -> Block:
        self._count += 1
        return Block(f"block-{self._count}", kind, text.strip(), **more)  # type: ignore[arg-type]

    def _table(self, rows: tuple[tuple[str, ...], ...]) -> Block:
        text = "\n".join("\t".join(c.replace("\n", " ") for c in row) for row in rows)
        return self._block(BlockKind.TABLE, text, rows=rows)

    def _line(self, line: str) -> Block:
        if m := re.match(r"==\s+(.+)", line):
            return self._block(BlockKind.TITLE, m[1])
        if m := re.match(r"=(\d?)\s+(.+)", line):
            return self._block(BlockKind.HEADING, m[2], level=int(m[1] or _FOUND))
        if m := re.match(r"note:\s*(.+)", line):
            return self._block(BlockKind.PARAGRAPH, m[1], role=BlockRole.NOTE)
        if m := re.match(r"foot:\s*(.+)", line):
            return self._block(BlockKind.PARAGRAPH, m[1], role=BlockRole.FURNITURE)
        if m := re.match(r"(\s*)(-|\*|\d{1,2}\.|\[[ x]\])\s+(.+)", line):
            marker = {"[ ]": "☐", "[x]": "☑"}.get(m[2], m[2])
            return self._block(BlockKind.LIST_ITEM, m[3], level=len(m[1]) // 2, marker=marker)
        return self._block(BlockKind.PARAGRAPH, line)


# --- what was read, as the lines that a case would hold


@dataclass(frozen=True, slots=True)
class Found:
    """A record: its fields in their order, and those that a line may name (`person=Rut`)."""

    fields: tuple[str | None, ...]
    named: dict[str, str | None]

    def line(self, like: str) -> str:
        """The record told in the fields that an expected line uses."""
        parts = [p.strip() for p in like.split("|")]
        out: list[str] = []
        for n, part in enumerate(parts):
            name, equals, _ = part.partition("=")
            if part == ANYTHING:
                out.append(ANYTHING)
            elif equals and name in self.named:
                out.append(f"{name}={self.named[name] or EMPTY}")
            else:
                out.append((self.fields[n] if n < len(self.fields) else None) or EMPTY)
        return " | ".join(out)


def commitments(claims: FileClaims) -> Iterator[Found]:
    for c in claims.commitments:
        who = " + ".join((*c.owners, *((c.person,) if c.person else ())))
        yield Found((c.text, who, c.due.text if c.due else None), _commitment(c))


def _commitment(c: CommitmentClaim) -> dict[str, str | None]:
    return {
        "owner": " + ".join(c.owners),
        "person": c.person,
        "status": c.status,
        "context": c.context,
        "stated": c.stated_on.text if c.stated_on else None,
    }


def challenges(claims: FileClaims) -> Iterator[Found]:
    """Each once, as linking joins them: with the theme that any of its mentions has."""
    texts = dict.fromkeys(squash(c.text) for c in claims.challenges)
    for key in texts:
        same = [c for c in claims.challenges if squash(c.text) == key]
        theme = next((c.theme for c in same if c.theme), None)
        owner = next((c.owner for c in same if c.owner), None)
        votes = next((c.votes for c in same if c.votes is not None), None)
        named = {"kind": same[0].kind, "votes": None if votes is None else str(votes)}
        yield Found((same[0].text, theme, owner), {**named, "scope": same[0].scope})


def agenda(claims: FileClaims) -> Iterator[Found]:
    for a in claims.agenda:
        yield Found((_timed(a), ", ".join(s.name for s in a.speakers)), {
            "kind": a.kind,
            "organisation": ", ".join(s.organisation or EMPTY for s in a.speakers),
            "date": a.date.text if a.date else None,
        })  # fmt: skip


def _timed(a: AgendaClaim) -> str:
    time = f"{a.start or ''}-{a.end}" if a.end else a.start
    return f"{time} {a.title}" if time else a.title


def themes(claims: FileClaims) -> Iterator[Found]:
    for t in claims.themes:
        yield Found((t.title,), {})


def notes(claims: FileClaims) -> Iterator[Found]:
    for t in claims.themes:
        for note in t.notes:
            yield Found((note.text, t.title), {})


def sessions(claims: FileClaims) -> Iterator[Found]:
    for s in claims.sessions:
        following = s.next_session.text if s.next_session else None
        number = None if s.number is None else str(s.number)
        yield Found((s.place, s.dates.text if s.dates else None), {
            "title": s.title, "programme": s.programme, "number": number, "next": following,
            "purpose": " / ".join(s.purpose),
        })  # fmt: skip


def people(claims: FileClaims) -> Iterator[Found]:
    for name in sorted({p.name for p in claims.people}):
        same = [p for p in claims.people if p.name == name]
        organisation = next((p.organisation for p in same if p.organisation), None)
        role = next((p.role for p in same if p.role), None)
        yield Found((name, organisation, role), {})


def clusters(claims: FileClaims) -> Iterator[Found]:
    for name in sorted({c.name for c in claims.clusters}):
        same = [c for c in claims.clusters if c.name == name]
        regions = next((c.regions for c in same if c.regions), ())
        members = next((c.members for c in same if c.members is not None), None)
        aliases = next((c.aliases for c in same if c.aliases), ())
        yield Found((name, " + ".join(regions)), {
            "members": None if members is None else str(members), "aliases": " + ".join(aliases),
        })  # fmt: skip


def decisions(claims: FileClaims) -> Iterator[Found]:
    for d in claims.decisions:
        yield Found((d.text,), {})


def sections(claims: FileClaims) -> Iterator[Found]:
    for s in claims.sections:
        yield Found((s.kind, s.title.text if s.title else None), {})


READERS: dict[str, Callable[[FileClaims], Iterator[Found]]] = {
    "commitments": commitments, "challenges": challenges, "agenda": agenda, "themes": themes,
    "notes": notes, "sessions": sessions, "people": people, "clusters": clusters,
    "decisions": decisions, "sections": sections,
}  # fmt: skip


def found_lines(kind: str, expected: Sequence[str], claims: FileClaims) -> list[str]:
    found = list(READERS[kind](claims))
    like = [*expected, *[expected[-1] if expected else "x"] * len(found)]
    return [f.line(text) for f, text in zip(found, like, strict=False)]


def spaced(line: str) -> str:
    return " | ".join(p.strip() or EMPTY for p in line.split("|"))


def all_cases() -> Iterator[object]:
    for rule in RULES:
        for path in sorted((CASES / rule).glob("*.txt")):
            case = read_case(path)
            marks = (
                [pytest.mark.xfail(reason=case.known_miss, strict=True)] if case.known_miss else []
            )
            yield pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", list(all_cases()))
def test_case(case: Case) -> None:
    packs = [load(code) for code in sorted(available(), key=lambda code: code != case.lang)]
    claims = read_document(Material(case).document(), packs)
    for kind, expected in case.expected:
        found = found_lines(kind, expected, claims)
        wanted = [spaced(line) for line in expected]
        if kind in ("people", "clusters"):
            found, wanted = sorted(found), sorted(wanted)
        assert found == wanted, f"{case.shows}: {kind}"


def test_there_are_enough_cases() -> None:
    cases = [read_case(p) for rule in RULES for p in (CASES / rule).glob("*.txt")]
    assert len(cases) >= 40
    assert {c.lang for c in cases} >= {"sv", "en"}
    for rule in RULES:
        assert any(c.name.startswith(f"{rule}/") for c in cases), rule
    left_alone = [c for c in cases if any(not records for _, records in c.expected)]
    assert len(left_alone) >= len(cases) // 4
