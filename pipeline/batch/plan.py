"""Which files a run reads, and under which names they are published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from pipeline import registry
from pipeline.batch.unpack import Unpacker
from pipeline.model.dataset import Diagnostic

# What a folder is searched for. Kinds in _UNREAD may hold material too: they are named, not
# passed over.
_SLIDES = {".pdf", ".pptx", ".ppsx", ".pptm", ".ppsm", ".odp", ".fodp", ".ppt", ".sxi", ".key"}
_DRAWINGS = {".odg", ".pub", ".vsd"}
_WORD = {".docx", ".docm", ".odt", ".fodt", ".rtf", ".doc", ".sxw", ".wpd", ".pages"}
_SHEETS = {".xlsx", ".xlsm", ".ods", ".fods", ".xls", ".csv", ".tsv"}
_TEXTS = {".md", ".markdown", ".txt", ".text", ".html", ".htm", ".xhtml"}
_MAILS = {".eml", ".emlx", ".mbox", ".mht", ".mhtml"}
_PICTURES = {".jpg", ".jpeg", ".png", ".heic", ".tif", ".tiff", ".webp", ".bmp", ".gif"}
_READ = _SLIDES | _DRAWINGS | _WORD | _SHEETS | _TEXTS | _MAILS | _PICTURES | {".zip"}
_UNREAD = {".numbers", ".vsdx", ".msg", ".one", ".xlsb"}
_TOLD = ("PDF", "PPTX", "ODP", "DOCX", "ODT", "RTF", "XLSX", "ODS", "CSV", "HTML", "Markdown",
         "text", "e-mail", "pictures", "zip")  # fmt: skip
_ABOUT_FOLDERS = ("readme", "license", "licence", "changelog")


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file to read, and its path as published (never absolute)."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The files of a run, and what was found wrong with its inputs."""

    files: tuple[PlannedFile, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def make_plan(inputs: Sequence[Path], scratch: Path, *, leave_out: Path | None = None) -> Plan:
    """All files named, and those in the folders and archives named.

    `leave_out` is the output folder; archives are unpacked into `scratch`, which must live as
    long as the plan. In a folder, hidden files, lock files, READMEs and other kinds of files are
    passed over, and so is text typed for a picture, which is read with it.
    """
    found: list[tuple[Path, Path]] = []
    diagnostics: list[Diagnostic] = []
    # What lies in one folder belongs together: files of two folders must not look like that.
    several = sum(path.is_dir() for path in inputs) > 1
    for given in inputs:
        if not given.is_dir():
            found.append((given, Path(given.name)))
            continue
        above = Path(given.resolve().name) if several else Path()
        inside = [(p, above / p.relative_to(given)) for p in _walk(given, leave_out)]
        if not inside:
            diagnostics.append(_no_material(given))
        found.extend(inside)
    unpacker = Unpacker(scratch, _is_wanted)
    is_transcription = registry.load("pipeline.extractors.transcription:is_transcription")
    named = {path.resolve() for path in inputs}
    files = {
        place.resolve(): PlannedFile(place, name.as_posix())
        for outer in _named(found)
        for place, name in list(unpacker.files((outer.path, Path(outer.name))))
        if place.resolve() in named or not is_transcription(place)
    }
    return Plan(tuple(files.values()), (*diagnostics, *unpacker.diagnostics))


def _walk(
    folder: Path, leave_out: Path | None, above: frozenset[Path] = frozenset()
) -> Iterator[Path]:
    if folder.resolve() in above:
        return  # a link that leads back up
    above |= {folder.resolve()}
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "_", "~$")):
            continue
        if path.is_dir():
            own = leave_out is not None and path.resolve() == leave_out.resolve()
            if not own and not _is_output(path):
                yield from _walk(path, leave_out, above)
        elif _may_be_material(path):
            yield path


def _is_output(folder: Path) -> bool:
    """A session's folder of an earlier run holds our own summary, no material."""
    return (folder / "session.json").is_file() and (folder / "summary.docx").is_file()


def _may_be_material(path: Path) -> bool:
    return _is_wanted(path) and path.is_file()


def _is_wanted(path: PurePath) -> bool:
    known = path.suffix.lower() in _READ | _UNREAD
    return known and not path.stem.lower().startswith(_ABOUT_FOLDERS)


def _no_material(folder: Path) -> Diagnostic:
    return Diagnostic(
        code="no-material",
        severity="error",
        message=f"{folder}: there is no material in this folder",
        hint=f"put decks or notes there ({', '.join(_TOLD)}), or name another folder",
        source_id=None,
        page=None,
    )


def _named(found: Sequence[tuple[Path, Path]]) -> Iterator[PlannedFile]:
    """Each file once, under a name of its own.

    Files that would have equal names all get the names of their folders before it, however the
    inputs are ordered.
    """
    files: dict[Path, Path] = {}
    for path, relative in found:
        files.setdefault(path.resolve(), relative)
    names = {real: relative.as_posix() for real, relative in files.items()}
    deeper = 1
    while len(set(names.values())) < len(names) and deeper < 64:
        counts = Counter(names.values())
        for real, relative in files.items():
            if counts[names[real]] > 1:
                above = real.parts[: -len(relative.parts)][-deeper:]
                names[real] = "/".join((*above, relative.as_posix()))
        deeper += 1
    paths = {path.resolve(): path for path, _ in found}
    for real in files:
        yield PlannedFile(paths[real], _printable(names[real]))


def _printable(name: str) -> str:
    """A file name from an old archive may hold bytes that are no text."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
