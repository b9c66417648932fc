"""Claims of all files -> one Dataset: relations of files, sessions, names, records, documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.languages.pack import LanguagePack
from pipeline.linking.bodies import with_known_bodies
from pipeline.linking.names import ClusterIndex, PersonIndex
from pipeline.linking.occasions import Occasion, group_files, make_sessions
from pipeline.linking.records import RecordMaker
from pipeline.linking.renditions import Relation, find_relations
from pipeline.model.claims import FileClaims
from pipeline.model.dataset import (
    Challenge,
    Dataset,
    Diagnostic,
    DocumentRecord,
    Generator,
    Item,
    Participant,
    Section,
    Session,
    Source,
    Theme,
)


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """What the user gave that the material does not say."""

    year: int | None = None
    generator_version: str = "0"


def link(
    files: Sequence[FileClaims],
    packs: Sequence[LanguagePack],
    options: LinkOptions,
    diagnostics: Sequence[Diagnostic] = (),
) -> Dataset:
    """The dataset of all files, the same in whatever order they come."""
    files = with_known_bodies(sorted(files, key=lambda f: f.document.source.path))
    relations = find_relations(files)
    counting = [n for n, r in enumerate(relations) if r.counts and _tells(files[n])]
    occasions = group_files(files, counting)
    problems = make_sessions(files, occasions, options.year)
    clusters, people = _names(files, occasions, packs)
    maker = RecordMaker(clusters, people, packs)
    commitments, challenges, themes, decisions = [], [], [], []
    for occasion in occasions:
        commitments += maker.commitments(files, occasion)
        here = maker.themes(files, occasion)
        found = maker.challenges(files, occasion, here)
        themes += [_with_members(t, found) for t in here]
        challenges += found
        decisions += maker.decisions(files, occasion)
    sessions = tuple(
        _with_people(o.session, files, o, clusters, people) for o in occasions if o.session
    )
    partial = Dataset(
        generator=Generator(name="samsyn", version=options.generator_version),
        sources=tuple(_source(f, r, files) for f, r in zip(files, relations, strict=True)),
        documents=(),
        sessions=sessions,
        clusters=clusters.records,
        people=people.records,
        commitments=tuple(commitments),
        challenges=tuple(challenges),
        themes=tuple(themes),
        decisions=tuple(decisions),
        diagnostics=(),
    )
    documents = _documents(files, relations, occasions, partial)
    told = [*diagnostics, *_file_problems(files), *problems, *clusters.diagnostics]
    return partial.model_copy(
        update={"documents": documents, "diagnostics": tuple(sorted(told, key=_by_place))}
    )


def _tells(file: FileClaims) -> bool:
    """Whether a file shows any text that may be believed: not a photo of handwriting."""
    return any(block.text and not block.unsure for _, block in file.document.blocks())


def _by_place(d: Diagnostic) -> tuple[str, int, str, str]:
    return (d.source_id or "", d.page or 0, d.code, d.message)


def _names(
    files: Sequence[FileClaims], occasions: Sequence[Occasion], packs: Sequence[LanguagePack]
) -> tuple[ClusterIndex, PersonIndex]:
    clusters, people = ClusterIndex(packs), PersonIndex()
    for occasion in occasions:
        session = occasion.session.id if occasion.session else None
        for n in occasion.files:
            for cluster in files[n].clusters:
                clusters.add(cluster, session)
            for person in files[n].people:
                people.add(person)
    clusters.build()
    people.build(clusters)
    return clusters, people


def _with_members(theme: Theme, challenges: Sequence[Challenge]) -> Theme:
    members = tuple(c.id for c in challenges if c.theme_id == theme.id)
    return theme.model_copy(update={"challenge_ids": members})


def _with_people(
    session: Session, files: Sequence[FileClaims], occasion: Occasion,
    clusters: ClusterIndex, people: PersonIndex,
) -> Session:  # fmt: skip
    """The session with its participants, and its speakers tied to their records."""
    agenda = tuple(
        item.model_copy(
            update={
                "speakers": tuple(
                    s.model_copy(update={"person_id": p.id, "name": p.name})
                    if (p := people.find(s.name))
                    else s
                    for s in item.speakers
                )
            }
        )
        for item in session.agenda
    )
    found = dict.fromkeys(_participants(files, occasion, clusters, people))
    taking_part = tuple(Participant(person_id=p, cluster_id=c, role=r) for p, c, r in found)
    return session.model_copy(update={"agenda": agenda, "participants": taking_part})


def _participants(
    files: Sequence[FileClaims], occasion: Occasion, clusters: ClusterIndex, people: PersonIndex
) -> Iterator[tuple[str | None, str | None, str | None]]:
    for n in occasion.files:
        for claim in files[n].people:
            person = people.find(claim.name)
            if person and people.takes_part(person):
                home = clusters.find(person.organisation)
                yield person.id, home.id if home else None, person.role
    for n in occasion.files:
        for named in files[n].clusters:
            cluster = clusters.find(named.name)
            if cluster and clusters.takes_part(cluster):
                yield None, cluster.id, None


def _source(file: FileClaims, relation: Relation, files: Sequence[FileClaims]) -> Source:
    source = file.document.source

    def other(n: int | None) -> str | None:
        return None if n is None else files[n].document.source.id

    return Source(
        id=source.id,
        path=source.path,
        sha256=source.sha256,
        media_type=source.media_type,
        language=file.language,
        title=source.title,
        pages=len(file.document.pages),
        extractor=source.extractor,
        ocr_pages=source.ocr_pages,
        rendition_of=other(relation.rendition_of),
        superseded_by=other(relation.superseded_by),
    )


def _documents(
    files: Sequence[FileClaims], relations: Sequence[Relation], occasions: Sequence[Occasion],
    dataset: Dataset,
) -> tuple[DocumentRecord, ...]:  # fmt: skip
    cited = _citations(dataset)
    session_of = {n: o.session.id for o in occasions if o.session for n in o.files}
    for n, relation in enumerate(relations):
        home = (
            relation.rendition_of if relation.rendition_of is not None else relation.superseded_by
        )
        seen = {n}
        while home is not None and home not in session_of and home not in seen:
            seen.add(home)
            home = relations[home].rendition_of or relations[home].superseded_by
        if home is not None and home in session_of:
            session_of.setdefault(n, session_of[home])
    return tuple(
        DocumentRecord(
            source_id=file.document.source.id,
            sections=tuple(_sections(file, session_of.get(n), cited)),
        )
        for n, file in enumerate(files)
    )


def _citations(dataset: Dataset) -> dict[tuple[str, str], list[str]]:
    """Ids of the records that quote a block, by source and block."""
    out: dict[tuple[str, str], list[str]] = defaultdict(list)
    records = [
        *dataset.sessions, *(a for s in dataset.sessions for a in s.agenda), *dataset.clusters,
        *dataset.people, *dataset.commitments, *dataset.challenges, *dataset.themes,
        *dataset.decisions,
    ]  # fmt: skip
    for record in records:
        for e in record.evidence:
            out[(e.source_id, e.block_id)].append(record.id)
    for theme in dataset.themes:
        for note in theme.notes:
            for e in note.evidence:
                out[(e.source_id, e.block_id)].append(theme.id)
    return out


def _sections(
    file: FileClaims, session: str | None, cited: dict[tuple[str, str], list[str]]
) -> Iterator[Section]:
    source = file.document.source.id
    for claim in file.sections:
        yield Section(
            id=claim.id,
            parent_id=file.sections[claim.parent].id if claim.parent is not None else None,
            session_id=session,
            title=claim.title.text if claim.title else None,
            kind=claim.kind,
            pages=claim.pages,
            language=file.language,
            items=tuple(
                Item(
                    block_id=b.id,
                    page=page,
                    role=b.role,
                    kind=b.kind,
                    text=b.text,
                    level=b.level,
                    marker=b.marker,
                    rows=b.rows,
                    record_ids=tuple(dict.fromkeys(cited.get((source, b.id), ()))),
                )
                for page, b in claim.blocks
            ),
        )


def _file_problems(files: Sequence[FileClaims]) -> Iterator[Diagnostic]:
    for file in files:
        for problem in file.document.problems:
            yield Diagnostic(
                code=problem.code,
                severity=problem.severity,
                message=problem.message,
                hint=problem.hint,
                source_id=file.document.source.id,
                page=problem.page,
            )
