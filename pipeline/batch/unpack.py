"""Files inside files: zip archives and the attachments of saved messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path, PurePath

from pipeline import registry
from pipeline.errors import SamsynError
from pipeline.model.dataset import Diagnostic

Found = tuple[Path, Path]
"""A file, and its path as published."""

_DEEPEST = 3
_ARCHIVES = {".zip"}
_MAILS = {".eml", ".emlx", ".mbox"}


class Unpacker:
    """Unpacks into one scratch folder; what goes wrong with one archive is kept as a diagnostic."""

    def __init__(self, scratch: Path, wanted: Callable[[PurePath], bool]) -> None:
        self._scratch = scratch
        self._wanted = wanted
        self._count = 0
        self.diagnostics: list[Diagnostic] = []

    def files(self, found: Found, depth: int = 0) -> Iterator[Found]:
        """The file itself, or the files inside it where it is an archive."""
        path = found[0]
        ending = path.suffix.lower()
        if ending in _ARCHIVES and _is_zip(path):
            yield from self._opened(found, "pipeline.extractors.archive:unpack", depth)
            return
        yield found
        if ending in _MAILS:
            yield from self._opened(found, "pipeline.extractors.mail:unpack", depth)

    def _opened(self, found: Found, target: str, depth: int) -> Iterator[Found]:
        path, name = found
        if depth >= _DEEPEST:
            self._report(
                "too-large", f"{name}: an archive in an archive in an archive", "unpack it"
            )
            return
        self._count += 1
        folder = self._scratch / str(self._count)
        held = 0
        try:
            for inner, place in registry.load(target)(path, folder):
                held += 1
                if self._wanted(inner):
                    yield from self.files((place, name / inner), depth + 1)
        except SamsynError as error:
            message = error.message if depth == 0 else f"{name}: {error.message}"
            self._report(error.code, message, error.hint)
            return
        if not held and target.endswith("archive:unpack"):
            self._report("empty", f"{name}: the archive holds no files", "check where it came from")

    def _report(self, code: str, message: str, hint: str) -> None:
        self.diagnostics.append(
            Diagnostic(
                code=code, severity="error", message=message, hint=hint, source_id=None, page=None
            )
        )


def _is_zip(path: Path) -> bool:
    """Whether it begins like one and is no Office file under a wrong name."""
    try:
        media_type: str = registry.load("pipeline.extractors.sniff:sniff")(path)
    except SamsynError:
        return False
    return media_type == "application/zip"
