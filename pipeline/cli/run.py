"""The run command: inputs to files, with what was found told on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from pipeline import registry
from pipeline.batch.plan import make_plan
from pipeline.batch.run import Report, run
from pipeline.errors import EXIT_PARTIAL, OutputError
from pipeline.flow import Options
from pipeline.languages.pack import load
from pipeline.model.dataset import Dataset, Diagnostic, Session

_STDOUT = "-"
_COLORS = {"error": "red", "warning": "yellow", "info": "cyan"}
_FILES = {"json": "session.json", "docx": "summary.docx"}


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for."""

    inputs: Sequence[Path]
    output: str
    language: str | None
    year: int | None
    formats: Sequence[str]
    jobs: int | None
    verbose: bool


def run_inputs(request: Request) -> int:
    """Read, write and report; returns the exit code. Raises `OutputError` and `UsageError`."""
    if request.language:
        load(request.language)
    folder = None if request.output == _STDOUT else Path(request.output)
    if folder is not None:
        _make_folder(folder)
    with TemporaryDirectory(prefix="samsyn-") as scratch:
        plan = make_plan(request.inputs, Path(scratch), leave_out=folder)
        options = Options(request.language, request.year)
        with _progress(len(plan.files), request.verbose) as step:
            report = run(plan, options, jobs=request.jobs, step=step)
    _tell(report, request.verbose)
    if report.dataset is None:
        click.echo("samsyn: nothing could be read, so nothing was written", err=True)
        return EXIT_PARTIAL
    if folder is None:
        sys.stdout.buffer.write(
            registry.load("pipeline.writers.json_writer:dataset_json")(report.dataset)
        )
        sys.stdout.buffer.flush()
    else:
        _write(report.dataset, folder, request.formats)
        _summary(report, folder)
    return report.exit_code


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".samsyn-probe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        why = "it is a file" if folder.is_file() else error.strerror
        raise OutputError(
            f"cannot write to {folder} ({why})", "name another folder with -o"
        ) from error


@contextmanager
def _progress(files: int, verbose: bool) -> Iterator[Any]:
    """A bar on a terminal, a line per file with -v, nothing in a pipe."""
    if verbose:
        yield lambda name: click.echo(f"read {name}", err=True)
    elif files > 1 and sys.stderr.isatty():
        with click.progressbar(length=files, label="Reading", file=sys.stderr) as bar:
            yield lambda name: bar.update(1)
    else:
        yield None


def _tell(report: Report, verbose: bool) -> None:
    """One line per diagnostic: severity, file and page, what is wrong, what to do."""
    for d in report.diagnostics:
        if d.severity == "info" and not verbose:
            continue
        click.echo(
            f"{click.style(d.severity, fg=_COLORS[d.severity])}: {_line(d, report)}", err=True
        )


def _line(d: Diagnostic, report: Report) -> str:
    name = report.names.get(d.source_id or "", "")
    page = f" page {d.page}" if d.page else ""
    place = f"{name}{page}: " if name else ""
    return f"{place}{d.message} ({d.hint})" if d.hint else f"{place}{d.message}"


def _write(dataset: Dataset, folder: Path, formats: Sequence[str]) -> None:
    write = registry.load("pipeline.writers.atomic:write_atomic")
    write(
        folder / "dataset.json", registry.load("pipeline.writers.json_writer:dataset_json")(dataset)
    )
    for session in dataset.sessions:
        home = folder / session.slug
        try:
            home.mkdir(exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"cannot make the folder {home} ({error.strerror})",
                "move what stands in its way, or name another folder with -o",
            ) from error
        for name in formats:
            write(home / _FILES[name], _rendered(name, dataset, session))


def _rendered(name: str, dataset: Dataset, session: Session) -> bytes:
    writer = registry.load(registry.WRITERS[name])
    if name == "json":
        return bytes(writer(dataset, session.id))
    languages = {s.id: s.language for s in dataset.sources}
    code = next((c for s in session.source_ids if (c := languages.get(s))), "en")
    return bytes(writer(dataset, session.id, load(code)))


def _summary(report: Report, folder: Path) -> None:
    d = report.dataset
    assert d is not None
    click.echo(f"{_count(report.read, 'file')} read, {_count(len(d.sessions), 'session')}:")
    for session in d.sessions:
        found = [
            _count(sum(c.session_id == session.id for c in d.commitments), "commitment"),
            _count(sum(c.session_id == session.id for c in d.challenges), "challenge"),
            _count(sum(t.session_id == session.id for t in d.themes), "theme"),
            _count(len(session.agenda), "agenda item"),
        ]
        title = session.title or session.slug
        click.echo(f"  {title} — {', '.join(found)}\n    {folder / session.slug}/")
    click.echo(f"Everything: {folder / 'dataset.json'}")


def _count(n: int, word: str) -> str:
    return f"{n} {word}" if n == 1 else f"{n} {word}s"
