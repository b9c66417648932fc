"""One reader over one folder of files in a process of its own: readings, time and memory as JSON.

Only what the reader itself imports is in this process, so its memory is the reader's.
Used as `python -m reading.worker READER OUT FILE ...`; the smallest file is read once beforehand
and not timed, so that imports made late are not counted.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from reading.model import Reading, as_json


def reader(name: str) -> Callable[[Path], Reading]:
    """The reader of a name; its imports happen here."""
    if name == "ours":
        from reading import ours

        return ours.read
    from reading import peers

    return peers.reader(name)


def version(name: str) -> str:
    """The version of a peer; nothing for ours."""
    if name == "ours":
        return ""
    from importlib.metadata import version

    return version(name)


def processor() -> float:
    """Seconds of processor time of this process and of its finished children."""
    used = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in used)


def peak() -> float:
    """The most memory that this process held, MiB.

    On Linux from /proc, for `getrusage` counts what the parent held before this program began.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024**2 if sys.platform == "darwin" else 1024)


def main(name: str, out: Path, files: list[Path]) -> None:
    read = reader(name)
    done: dict[str, object] = {}
    _safely(read, min(files, key=lambda f: f.stat().st_size))
    for file in files:
        began, wall = processor(), time.perf_counter()
        reading, error = _safely(read, file)
        done[file.stem] = {
            "pages": as_json(reading),
            "error": error,
            "cpu": processor() - began,
            "wall": time.perf_counter() - wall,
        }
    found = {"files": done, "peak": peak(), "version": version(name)}
    out.write_text(json.dumps(found), encoding="utf-8")


def _safely(read: Callable[[Path], Reading], file: Path) -> tuple[Reading, str]:
    """A reading, or nothing and why: a peer that fails on one file is measured on the rest."""
    try:
        return read(file), ""
    except Exception as error:
        return {}, f"{type(error).__name__}: {error}"[:300]


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), [Path(a) for a in sys.argv[3:]])
