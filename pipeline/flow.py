"""The way data takes, in one screen: file -> document -> claims -> dataset."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import __version__, registry
from pipeline.errors import (
    DamagedInputError,
    EmptyInputError,
    SamsynError,
    UnknownFormatError,
)
from pipeline.languages.detect import packs_for
from pipeline.languages.pack import available, load
from pipeline.model.claims import FileClaims
from pipeline.model.dataset import Dataset, Diagnostic
from pipeline.model.document import BlockRole, Document, SourceInfo


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may say about the material: its language and its year."""

    language: str | None = None
    year: int | None = None


def source_id(path: str) -> str:
    """The id of a source by its path as published."""
    return f"source-{hashlib.sha256(path.encode()).hexdigest()[:10]}"


def read_file(path: Path, name: str) -> Document:
    """What a file shows. `name` is its path as published, relative to what the user named.

    Raises an `InputError` where the file cannot be read; whatever a library raises on a broken
    file becomes a `DamagedInputError`.
    """
    sniff = registry.load("pipeline.extractors.sniff:sniff")
    media_type = sniff(path)
    target = registry.extractors().get(media_type)
    if target is None:
        raise UnknownFormatError(
            f"the file is of the type {media_type}, which is not read",
            "save it as PPTX, DOCX, PDF or text",
        )
    lay_out = registry.load("pipeline.layout.build:lay_out")
    info = SourceInfo(
        id=source_id(name),
        path=name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        media_type=media_type,
        extractor=target.partition(":")[0].rpartition(".")[2],
    )
    try:
        document: Document = lay_out(registry.load(target)(path), info)
    except SamsynError:
        raise
    except (MemoryError, RecursionError, LookupError, ValueError, TypeError, AttributeError,
            ArithmeticError, AssertionError, OSError, RuntimeError) as error:  # fmt: skip
        raise DamagedInputError(
            f"the file could not be read ({type(error).__name__}: {error})",
            "open it in its program and save it again; if that does not help, report it",
        ) from error
    if not any(block.text for _, block in document.blocks()):
        raise _empty(document)
    return document


def _empty(document: Document) -> EmptyInputError:
    """That a file holds no text, and why, if its extractor said so."""
    told = [p for p in document.problems if p.severity != "info"] or document.problems
    if not told:
        return EmptyInputError("the file holds no text", "check that the right file was saved")
    return EmptyInputError(f"the file holds no text: {told[0].message}", told[0].hint)


def read_claims(path: Path, name: str, options: Options) -> FileClaims:
    """What a file says, read in its own language (or the one given)."""
    document = read_file(path, name)
    shown = [b for _, b in document.blocks() if b.role is not BlockRole.FURNITURE]
    text = "\n".join(b.text for b in shown if not b.unsure)
    packs = packs_for(text, options.language)
    read_document = registry.load("pipeline.rules.read:read_document")
    claims: FileClaims = read_document(replace(document, language=packs[0].code), packs)
    return claims


def make_dataset(
    files: Sequence[FileClaims], options: Options, diagnostics: Sequence[Diagnostic] = ()
) -> Dataset:
    """What the material says: the claims of all files linked."""
    link = registry.load("pipeline.linking.link:link")
    link_options = registry.load("pipeline.linking.link:LinkOptions")(options.year, __version__)
    packs = [load(code) for code in available()]
    dataset: Dataset = link(files, packs, link_options, diagnostics)
    return dataset
