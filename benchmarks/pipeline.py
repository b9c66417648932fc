"""How long a deck takes, measured as whole processes: wall, processor and memory.

Only the standard library is imported here: a child starts as a copy of this process, so what
this process holds would count as the child's memory. Decks are made, and stages timed, in
processes of their own. README.md beside this file says how to read the figures.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAMSYN = (sys.executable, "-m", "pipeline")


@dataclass(frozen=True)
class Cost:
    """What one process took: seconds of wall and processor, MiB of memory at its highest."""

    wall: float
    cpu: float
    memory: float


def timed(command: Sequence[str], log: Path) -> Cost:
    """Run a command to its end; its output goes to `log`, shown where it fails."""
    with log.open("wb") as stream:
        began = time.perf_counter()
        child = subprocess.Popen(command, stdout=stream, stderr=stream, cwd=HERE.parent)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(command)} ended with {child.returncode}:\n{log.read_text()}")
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def measure(name: str, command: Sequence[str], rounds: int, folder: Path) -> None:
    """Print the median, the fastest and the slowest round; a first one is not counted."""
    log = folder / "log.txt"
    timed(command, log)
    costs = [timed(command, log) for _ in range(rounds)]
    walls = sorted(c.wall for c in costs)
    print(
        f"{name:<26}{statistics.median(walls):>7.2f} s {walls[0]:>7.2f}-{walls[-1]:.2f} s"
        f"{statistics.median(c.cpu for c in costs):>9.2f} s"
        f"{max(c.memory for c in costs):>9.0f} MiB",
        flush=True,
    )


def make_decks(folder: Path, slides: int) -> list[Path]:
    """The deck as PPTX, and as PDF where LibreOffice is there."""
    deck = folder / "deck.pptx"
    subprocess.run([sys.executable, HERE / "deck.py", deck, str(slides)], check=True)
    office = shutil.which("soffice")
    if office is None:
        print("soffice is not installed: the PDF is left out")
        return [deck]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, deck],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300,
    )  # fmt: skip
    return [deck, folder / "deck.pdf"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, help="own decks to time instead")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each command (5)")
    parser.add_argument("--slides", type=int, default=40, help="slides of the deck (40)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [f.resolve() for f in asked.files] or make_decks(folder, asked.slides)
        load = f"{os.getloadavg()[0]:.1f}"
        print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load}")
        print(f"median of {asked.rounds} rounds, after one that is not counted\n")
        print(f"{'':<26}{'wall':>9}{'fastest-slowest':>16}{'processor':>11}{'memory':>13}")
        measure("python -c pass", (sys.executable, "-c", "pass"), asked.rounds, folder)
        measure("samsyn --help", (*SAMSYN, "--help"), asked.rounds, folder)
        for file in files:
            run = (*SAMSYN, "run", str(file), "-o", str(folder / "out"))
            measure(f"samsyn run {file.name}", run, asked.rounds, folder)
        for file in files:
            print(flush=True)
            stages = [sys.executable, str(HERE / "stages.py"), str(file), str(asked.rounds)]
            subprocess.run(stages, check=True, cwd=HERE.parent)


if __name__ == "__main__":
    main()
