"""How well documents are read, ours beside peers, on files that we did not write.

`reading/README.md` says what is measured, on which files, and how to read the tables.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path

from reading import docx_truth, labels, pptx_truth, report
from reading.convert import KINDS, convert
from reading.label_score import add_labelled
from reading.model import Reading, Truth
from reading.runs import OURS, Run, python_of, readers, run
from reading.score import Score, add_slides, add_text

LIST = Path(__file__).parent / "reading" / "files.toml"
LIMIT = 40
"""Slides of a deck that are measured, so that no deck outweighs the others."""
FORMATS = ("pptx", *KINDS, "docx")


@dataclass(slots=True)
class Files:
    """The files of one format with what they hold; `shown` are the slides that a PDF has."""

    kind: str
    paths: list[Path]
    truths: dict[str, Truth]
    shown: dict[str, list[int]] = field(default_factory=dict)

    @property
    def word(self) -> bool:
        """Whether these run on, without pages."""
        return self.kind == "docx"

    def page_of(self, name: str, slide: int) -> int | None:
        """Where a slide stands: a PDF leaves hidden slides out."""
        if self.kind == "pptx":
            return slide
        shown = self.shown[name]
        return shown.index(slide) + 1 if slide in shown else None

    @property
    def pages(self) -> int:
        """How many pages are measured."""
        return sum(map(len, self.shown.values())) or len(self.paths)


def main() -> None:
    """Measure and print."""
    options = _options()
    _warn_of_others(options.files)
    misses = []
    for kind in options.formats:
        files = _files(kind, options)
        if not files.paths:
            continue
        found: list[tuple[str, Run, Score, Score]] = []
        columns = report.WORD if files.word else report.SLIDES
        title = f"{kind}: {len(files.paths)} files, {files.pages} pages"
        print(report.heading(title, columns, cost=True), flush=True)
        for name in readers(options.ours, files.paths[0].suffix):
            kept = options.keep / f"{name}-{kind}.json" if options.keep and name != OURS else None
            made = run(name, files.paths, python_of(name, options.peers), kept)
            if isinstance(made, str):
                print(f"{name:<12} left out: {made}", flush=True)
                continue
            found.append((name, made, _scored(files, made), _labelled(files, made)))
            print(report.row(name, columns, found[-1][2], made, cost=True), flush=True)
        _print_labelled(files, found)
        for name, made, _, _ in found:
            for file, error in made.errors.items():
                print(f"  {name} failed on {file}: {error}")
        misses += [(files, *scores) for name, _, *scores in found if name == options.misses_of]
    if options.misses is not None:
        _print_misses(misses, options.misses)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=Path, required=True, help="folder with pptx/ and docx/")
    parser.add_argument("--pdf", type=Path, help="folder of the PDFs made (default: beside)")
    parser.add_argument("--ours", action="store_true", help="leave the peers out")
    parser.add_argument("--only", default="*", metavar="PATTERN", help="files by name: 'poi-*'")
    parser.add_argument("--formats", nargs="+", default=FORMATS, choices=FORMATS)
    parser.add_argument("--peers", default=sys.executable, metavar="PYTHON",
                        help="the Python that has the peers installed")  # fmt: skip
    parser.add_argument("--keep", type=Path, metavar="FOLDER",
                        help="keep what the peers gave, and do not ask them again")  # fmt: skip
    parser.add_argument("--misses", nargs="?", const="*", metavar="KIND",
                        help="print misses, all or of a kind: 'title-*'")  # fmt: skip
    parser.add_argument(
        "--misses-of", default=OURS, metavar="READER", help="not ours, but a peer's"
    )
    return parser.parse_args()


def _warn_of_others(folder: Path) -> None:
    """Say where the files are not those that `files.toml` names."""
    listed = tomllib.loads(LIST.read_text(encoding="utf-8"))["file"]
    paths = [(folder / entry["name"], entry["sha256"]) for entry in listed]
    missing = [p for p, _ in paths if not p.exists()]
    changed = [p for p, seal in paths if p.exists() and sha256(p.read_bytes()).hexdigest() != seal]
    for what, found in (("missing", missing), ("not those measured", changed)):
        if found:
            print(f"{len(found)} of {len(paths)} files are {what}: see {LIST.name}")


def _files(kind: str, options: argparse.Namespace) -> Files:
    source = "docx" if kind == "docx" else "pptx"
    paths = sorted((options.files / source).glob(f"*.{source}"))
    paths = [p for p in paths if fnmatch(p.stem, options.only)]
    if source == "docx":
        return Files(kind, paths, {p.stem: docx_truth.read(p) for p in paths})
    decks = {p.stem: pptx_truth.read(p, LIMIT) for p in paths}
    truths = {name: {n: truth[n] for n in shown} for name, (truth, shown) in decks.items()}
    shown = {name: shown for name, (_, shown) in decks.items()}
    if kind in KINDS:
        folder = options.pdf or options.files.parent / "pdf"
        convert(paths, folder)
        paths = [folder / kind / f"{p.stem}.pdf" for p in paths]
    return Files(kind, paths, truths, shown)


def _scored(files: Files, made: Run) -> Score:
    score = Score()
    for name, truth in files.truths.items():
        reading = made.readings.get(name, {})
        if files.word:
            add_text(score, name, truth, reading)
        else:
            add_slides(score, name, truth, _by_slide(files, name, truth, reading))
    return score


def _by_slide(files: Files, name: str, truth: Truth, reading: Reading) -> Reading:
    return {slide: reading.get(files.page_of(name, slide) or 0, []) for slide in truth}


def _labelled(files: Files, made: Run) -> Score:
    score = Score()
    for label in labels.load():
        if label.word == files.word and label.file in files.truths:
            page = None if label.word else files.page_of(label.file, label.page)
            add_labelled(score, label, made.readings.get(label.file, {}), page)
    return score


def _print_labelled(files: Files, found: Sequence[tuple[str, Run, Score, Score]]) -> None:
    columns = report.LABELLED_WORD if files.word else report.LABELLED_SLIDES
    count = sum(label.word == files.word for label in labels.load())
    print(report.heading(f"{files.kind}: {count} pages labelled by hand", columns, cost=False))
    for name, made, _, score in found:
        print(report.row(name, columns, score, made, cost=False))


def _print_misses(found: Sequence[tuple[Files, Score, Score]], pattern: str) -> None:
    for files, score, labelled in found:
        texts = {name: labels.unsealed(truth) for name, truth in files.truths.items()}
        print(report.misses(files.kind, score, pattern, lambda _, text: text))
        print(
            report.misses(
                f"{files.kind}, labelled", labelled, pattern,
                lambda file, text, texts=texts: labels.opened(text, texts[file]),
            )
        )  # fmt: skip


if __name__ == "__main__":
    main()
