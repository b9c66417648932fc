"""What the sections of the summary look things up in: one session's dataset and the labels."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import PurePosixPath

from pipeline.model.dataset import Cluster, Dataset, Person, Session, Source
from pipeline.model.text import clean
from pipeline.writers.docx.labels import Labels


class SessionView:
    """A dataset that was cut to one session, with lookups by id."""

    def __init__(self, dataset: Dataset, labels: Labels) -> None:
        self.dataset = dataset
        self.labels = labels

    @property
    def session(self) -> Session:
        """The session that the summary is of."""
        return self.dataset.sessions[0]

    @property
    def title(self) -> str:
        """The session's title, or the best name that the dataset has for it."""
        fallback = self.session.place or self.labels("document", "session")
        return clean(self.session.title or self.programme or fallback)

    @property
    def programme(self) -> str:
        """«Programme, session 3», as far as it is known."""
        name, number = self.session.programme, self.session.number
        if number is None:
            return name or ""
        key = "programme_number" if name else "session_number"
        return self.labels("document", key, programme=name, number=number)

    @cached_property
    def clusters(self) -> dict[str, Cluster]:
        """Clusters by id."""
        return {c.id: c for c in self.dataset.clusters}

    @cached_property
    def people(self) -> dict[str, Person]:
        """People by id."""
        return {p.id: p for p in self.dataset.people}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Sources by id."""
        return {s.id: s for s in self.dataset.sources}

    def cluster_name(self, cluster_id: str | None) -> str:
        """The name of a cluster, empty where there is none."""
        cluster = self.clusters.get(cluster_id or "")
        return cluster.name if cluster else ""

    def cluster_names(self, ids: Iterable[str]) -> str:
        """The names of several clusters in one line."""
        return ", ".join(filter(None, map(self.cluster_name, ids)))

    def person_name(self, person_id: str | None) -> str:
        """The name of a person, empty where there is none."""
        person = self.people.get(person_id or "")
        return person.name if person else ""

    def session_name(self, session_id: str | None) -> str:
        """The title of another session, empty where it is not known."""
        session = next((s for s in self.dataset.sessions if s.id == session_id), None)
        return (session.title or session.slug) if session else ""

    def file_name(self, source_id: str | None) -> str:
        """The file name of a source, without its folders."""
        source = self.sources.get(source_id or "")
        return PurePosixPath(source.path).name if source else ""
