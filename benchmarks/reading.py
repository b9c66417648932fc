"""How well documents are read, ours beside peers, on files that we did not write.

README.md in `reading/` says what is measured, on which files, and how to read the table.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path

from reading import docx_truth, pptx_truth
from reading.convert import KINDS, convert
from reading.model import Reading, Truth, from_json
from reading.peers import FORMATS
from reading.score import Score, add_slides, add_text

HERE = Path(__file__).resolve().parent
LIMIT = 40
"""Slides of a deck that are measured, so that no deck outweighs the others."""


def main() -> None:
    options = _options()
    pdf = options.pdf or options.files.parent / "pdf"
    decks = _chosen(options.files / "pptx", "*.pptx", options.only)
    texts = _chosen(options.files / "docx", "*.docx", options.only)
    if not decks and not texts:
        sys.exit(f"no files in {options.files}: see reading/README.md on where they come from")
    if any(k in options.formats for k in KINDS):
        convert(decks, pdf)
    readers = ("ours",) if options.ours else ("ours", *FORMATS)
    misses: list[tuple[str, Score]] = []
    slides = {d.stem: pptx_truth.read(d, LIMIT) for d in decks}
    for kind in options.formats:
        files = _files(kind, decks, texts, pdf)
        truths = slides if kind != "docx" else {t.stem: (docx_truth.read(t), []) for t in texts}
        print(_heading(kind, files, truths), flush=True)
        for name in readers:
            if score := _measured(name, kind, files, truths, options):
                misses.append((kind, score))
    if options.misses is not None:
        for kind, score in misses:
            _print_misses(kind, score, options.misses)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=Path, required=True, help="folder with pptx/ and docx/")
    parser.add_argument("--pdf", type=Path, help="folder of the PDFs made (default: beside)")
    parser.add_argument("--ours", action="store_true", help="leave the peers out")
    parser.add_argument("--only", default="*", metavar="PATTERN", help="files by name: 'poi-*'")
    parser.add_argument("--formats", nargs="+", default=["pptx", *KINDS, "docx"],
                        choices=["pptx", *KINDS, "docx"])  # fmt: skip
    parser.add_argument("--peers", default=sys.executable, metavar="PYTHON",
                        help="the Python that has the peers installed")  # fmt: skip
    parser.add_argument("--keep", type=Path, metavar="FOLDER",
                        help="keep what the peers gave, and do not ask them again")  # fmt: skip
    parser.add_argument("--misses", nargs="?", const="*", metavar="KIND",
                        help="print our misses, all or of a kind: 'title-*'")  # fmt: skip
    return parser.parse_args()


def _chosen(folder: Path, pattern: str, only: str) -> list[Path]:
    return sorted(f for f in folder.glob(pattern) if fnmatch(f.stem, only))


def _files(kind: str, decks: Sequence[Path], texts: Sequence[Path], pdf: Path) -> list[Path]:
    if kind == "docx":
        return list(texts)
    if kind == "pptx":
        return list(decks)
    return [f for d in decks if (f := pdf / kind / f"{d.stem}.pdf").exists()]


def _measured(
    name: str, kind: str, files: Sequence[Path], truths: dict[str, tuple[Truth, list[int]]],
    options: argparse.Namespace,
) -> Score | None:  # fmt: skip
    if name != "ours" and files[0].suffix not in FORMATS[name]:
        return None
    data = _read(name, kind, files, options)
    if isinstance(data, str):
        print(f"{name:<12} left out: {data}", flush=True)
        return None
    score = Score()
    pages = cpu = 0.0
    for file in files:
        found = data["files"].get(file.stem)
        if found is None:
            continue
        reading = from_json(found["pages"])
        truth, shown = truths[file.stem]
        if found["error"]:
            print(f"  {name} failed on {file.name}: {found['error']}", flush=True)
        pages += len(reading) or 1
        cpu += found["cpu"]
        if kind == "docx":
            add_text(score, file.stem, truth, reading)
        else:
            add_slides(score, file.stem, *_same_pages(kind, truth, shown, reading))
    print(_row(name, kind, score, 1000 * cpu / pages, data["peak"]), flush=True)
    return score if name == "ours" else None


def _same_pages(
    kind: str, truth: Truth, shown: Sequence[int], reading: Reading
) -> tuple[Truth, Reading]:
    """Pages by the slide's number: a PDF leaves hidden slides out."""
    if kind == "pptx":
        return {n: truth[n] for n in shown}, reading
    return (
        {n: truth[n] for n in shown},
        {slide: reading[page] for page, slide in enumerate(shown, 1) if page in reading},
    )


def _read(
    name: str, kind: str, files: Sequence[Path], options: argparse.Namespace
) -> dict[str, object] | str:
    """What a reader gives in a process of its own; a text says why it could not."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.json"
        if name != "ours" and options.keep:
            out = options.keep / f"{name}-{kind}.json"
            out.parent.mkdir(parents=True, exist_ok=True)
        python = sys.executable if name == "ours" else options.peers
        command = [python, "-m", "reading.worker", name, str(out), *map(str, files)]
        path = os.pathsep.join([str(HERE), str(HERE.parent)])
        environment = {**os.environ, "PYTHONPATH": path, "HF_HUB_OFFLINE": "1"}
        said = "it ended without a word"
        if not out.exists():
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
            said = (done.stderr.strip().splitlines() or [said])[-1]
        if not out.exists():
            return said
        data: dict[str, object] = json.loads(out.read_text(encoding="utf-8"))
        return data


SLIDES = {
    "title R": ("title.found", "title.found.all"),
    "title P": ("title.said", "title.said.all"),
    "more": ("title.more", ""),
}
WORD = {
    "style R": ("head.found", "head.found.all"),
    "style P": ("head.said", "head.said.all"),
    "depth": ("depth", "depth.all"),
}
BOTH = {
    "level": ("level", "level.all"),
    "items": ("item.whole", "item.whole.all"),
    "list P": ("listed", "listed.all"),
    "cells F1": ("", ""),
    "order": ("order", "order.all"),
    "kept": ("kept", "kept.all"),
    "whole": ("whole", "whole.all"),
}


def _columns(kind: str) -> dict[str, tuple[str, str]]:
    return {**(WORD if kind == "docx" else SLIDES), **BOTH}


def _heading(kind: str, files: Sequence[Path], truths: dict[str, tuple[Truth, list[int]]]) -> str:
    pages = sum(len(shown) or 1 for _, shown in truths.values())
    head = "".join(f"{c:>9}" for c in _columns(kind))
    return f"\n{kind}: {len(files)} files, {pages} pages\n{'':<12}{head}{'ms/page':>9}{'MiB':>7}"


def _row(name: str, kind: str, score: Score, cost: float, peak: float) -> str:
    figures = "".join(
        f"{_figure(score, part, whole):>9}" for part, whole in _columns(kind).values()
    )
    return f"{name:<12}{figures}{cost:>9.1f}{peak:>7.0f}"


def _figure(score: Score, part: str, whole: str) -> str:
    if part and not whole:
        return str(score.counts[part])
    share = score.rate(part, whole) if part else score.cells()
    return "-" if share is None else f"{share:.3f}"


def _print_misses(format_: str, score: Score, pattern: str) -> None:
    found = [m for m in score.misses if fnmatch(m.kind, pattern)]
    tally = ", ".join(f"{n} {k}" for k, n in Counter(m.kind for m in found).most_common())
    print(f"\n{format_}: {tally or 'no misses'}")
    for m in sorted(found, key=lambda m: m.kind):
        print(f"  {m.kind} {m.file} p{m.page}: «{m.expected[:110]}» came as «{m.got[:110]}»")


if __name__ == "__main__":
    main()
