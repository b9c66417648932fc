"""Names of persons in one file that another file knows to be organisations.

«Vem: Odlarlaget Spaden» in a list of actions looks like a person; the list of those present,
kept in a file of its own, says for which organisation somebody came.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.claims import ClusterClaim, CommitmentClaim, FileClaims
from pipeline.model.text import squash


def with_known_bodies(files: Sequence[FileClaims]) -> list[FileClaims]:
    """The files, with such names as organisations and as owners of what they promised."""
    homes = {squash(p.organisation) for f in files for p in f.people if p.organisation}
    at_home = {squash(p.name) for f in files for p in f.people if p.organisation}
    bodies = homes - at_home
    return [_corrected(f, bodies) for f in files]


def _corrected(file: FileClaims, bodies: set[str]) -> FileClaims:
    taken = [p for p in file.people if squash(p.name) in bodies]
    promised = [c for c in file.commitments if c.person and squash(c.person) in bodies]
    if not taken and not promised:
        return file
    named = [ClusterClaim(p.name, (), None, (), p.participates, p.evidence) for p in taken]
    return replace(
        file,
        clusters=(*file.clusters, *named),
        people=tuple(p for p in file.people if squash(p.name) not in bodies),
        commitments=tuple(_owned(c, bodies) for c in file.commitments),
    )


def _owned(claim: CommitmentClaim, bodies: set[str]) -> CommitmentClaim:
    if not claim.person or squash(claim.person) not in bodies:
        return claim
    evidence = (
        e.model_copy(update={"field": "owner"}) if e.field == "person" else e
        for e in claim.evidence
    )
    owners = tuple(dict.fromkeys((*claim.owners, claim.person)))
    return replace(claim, person=None, owners=owners, evidence=tuple(evidence))
