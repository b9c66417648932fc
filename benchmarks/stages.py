"""How long each stage takes in one process: the first time, imports included, and once warm.

Usage: python benchmarks/stages.py FILE [ROUNDS]
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pipeline import __version__, registry  # noqa: E402
from pipeline.flow import read_file  # noqa: E402
from pipeline.languages.detect import packs_for  # noqa: E402
from pipeline.languages.pack import available, load  # noqa: E402

Times = dict[str, list[float]]


def once(path: Path, times: Times) -> None:
    """One file through all stages, in the order of `pipeline/flow.py`."""

    def stage(name: str, work: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        result = work()
        times[name].append(1000 * (time.perf_counter() - began))
        return result

    def link(claims: Any) -> Any:
        options = registry.load("pipeline.linking.link:LinkOptions")(None, __version__)
        packs = [load(code) for code in available()]
        return registry.load("pipeline.linking.link:link")([claims], packs, options)

    def write(name: str, dataset: Any, *more: Any) -> None:
        for session in dataset.sessions:
            registry.load(registry.WRITERS[name])(dataset, session.id, *more)

    document = stage("extract and lay out", lambda: read_file(path, path.name))
    text = "\n".join(block.text for _, block in document.blocks())
    packs = stage("tell the language", lambda: packs_for(text))
    read = "pipeline.rules.read:read_document"
    claims = stage("rules", lambda: registry.load(read)(document, packs))
    dataset = stage("linking", lambda: link(claims))
    to_json = "pipeline.writers.json_writer:dataset_json"
    stage("write dataset.json", lambda: registry.load(to_json)(dataset))
    stage("write session.json", lambda: write("json", dataset))
    stage("write summary.docx", lambda: write("docx", dataset, packs[0]))


def main(path: Path, rounds: int) -> None:
    times: Times = defaultdict(list)
    for _ in range(rounds + 1):
        once(path, times)
    print(f"{'stages, ' + path.name:<26}{'first':>10}{'warm':>11}")
    for name, taken in times.items():
        print(f"{name:<26}{taken[0]:>7.0f} ms{statistics.median(taken[1:]):>8.0f} ms")
    first = sum(taken[0] for taken in times.values())
    warm = sum(statistics.median(taken[1:]) for taken in times.values())
    print(f"{'all':<26}{first:>7.0f} ms{warm:>8.0f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
