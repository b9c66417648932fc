"""Reads the files of a plan, on several cores where it pays; one bad file harms no other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.batch.plan import Plan, PlannedFile
from pipeline.errors import EXIT_OK, EXIT_PARTIAL, SamsynError
from pipeline.flow import Options, make_dataset, read_claims, source_id
from pipeline.model.claims import FileClaims
from pipeline.model.dataset import Dataset, Diagnostic

_WORTH_A_POOL = 4


@dataclass(slots=True)
class Report:
    """What came of a run: the dataset (null where nothing could be read) and its problems."""

    dataset: Dataset | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    read: int = 0
    names: dict[str, str] = field(default_factory=dict)
    """Published paths by source id, those of unreadable files too."""

    @property
    def exit_code(self) -> int:
        """0 where all inputs were read, else 1."""
        failed = any(d.severity == "error" for d in self.diagnostics)
        return EXIT_PARTIAL if failed or self.dataset is None else EXIT_OK


def run(
    plan: Plan,
    options: Options,
    *,
    jobs: int | None = None,
    step: Callable[[str], None] | None = None,
) -> Report:
    """Read all files of a plan and link them. `step` is called with each file's name when done."""
    report = Report(diagnostics=list(plan.diagnostics))
    claims: list[FileClaims] = []
    for file, result in zip(plan.files, _results(plan.files, options, jobs), strict=True):
        report.names[source_id(file.name)] = file.name
        if isinstance(result, FileClaims):
            claims.append(result)
        else:
            report.diagnostics.append(result)
        if step is not None:
            step(file.name)
    report.read = len(claims)
    if claims:
        report.dataset = make_dataset(claims, options, report.diagnostics)
        report.diagnostics = list(report.dataset.diagnostics)
    return report


def _results(
    files: Sequence[PlannedFile], options: Options, jobs: int | None
) -> Iterator[FileClaims | Diagnostic]:
    workers = min(jobs or os.cpu_count() or 1, len(files))
    if workers < 2 or len(files) < _WORTH_A_POOL:
        yield from (_read(file, options) for file in files)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(_read, files, [options] * len(files))


def _read(file: PlannedFile, options: Options) -> FileClaims | Diagnostic:
    try:
        return read_claims(file.path, file.name, options)
    except SamsynError as error:
        return _problem(file, error.code, error.message, error.hint)
    except OSError as error:
        hint = "check that the file is there and that you may read it"
        return _problem(file, "unreadable", f"the file cannot be read ({error.strerror})", hint)
    except Exception as error:  # a defect of ours must not cost the user the other files
        hint = "this is a defect in Samsyn: please report it with the file, if you may share it"
        return _problem(file, "internal", f"{type(error).__name__}: {error}", hint)


def _problem(file: PlannedFile, code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(
        code=code,
        severity="error",
        message=message if message.startswith(file.path.name) else f"{file.name}: {message}",
        hint=hint,
        source_id=None,
        page=None,
    )
