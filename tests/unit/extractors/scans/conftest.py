"""A stand-in for tesseract: a program on the PATH that answers with a fixed table of words."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

HEAD = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)
PROGRAM = """#!{python} -SE
import os, pathlib, sys, time
here = pathlib.Path(__file__).parent
args = sys.argv[1:]
with (here / "asked").open("a") as asked:
    asked.write(" ".join([*args, os.environ.get("OMP_THREAD_LIMIT", "")]) + "\\n")
if "--list-langs" in args:
    print('List of available languages in "/usr/share/tessdata/" (3):')
    print((here / "languages").read_text())
    sys.exit(0)
sys.stdin.buffer.read()
time.sleep({seconds})
print("Error opening data file", file=sys.stderr)
answer = here / args[args.index("-l") + 1]
sys.stdout.buffer.write(answer.read_bytes() if answer.exists() else b"")
sys.exit({code})
"""

Said = tuple[str, float]
"""The words of a line and how sure they are."""


def _table(lines: Iterable[Said], *, high: int = 30, wide: int = 15, left: int = 60) -> str:
    """Lines as tesseract tells them, one under the other."""
    rows, top = [HEAD], 60
    for n, (text, sure) in enumerate(lines, 1):
        x = left
        for k, word in enumerate(text.split(), 1):
            length = wide * len(word)
            rows.append(f"5\t1\t1\t1\t{n}\t{k}\t{x}\t{top}\t{length}\t{high}\t{sure}\t{word}")
            x += length + wide
        top += 2 * high
    return "\n".join(rows) + "\n"


class Fake:
    """Puts the stand-in first on the PATH, or takes every tesseract away."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._patch = monkeypatch
        folder.mkdir(exist_ok=True)

    def answers(
        self, *, languages: Sequence[str] = ("eng", "osd", "swe"), seconds: float = 0,
        code: int = 0, **tables: str,
    ) -> None:  # fmt: skip
        """What it reads in each language; for `osd`, how the page is turned."""
        if os.name == "nt":
            pytest.skip("the stand-in is a script")
        program = self.folder / "tesseract"
        text = PROGRAM.format(python=sys.executable, seconds=seconds, code=code)
        program.write_text(text, encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IEXEC)
        (self.folder / "languages").write_text("\n".join(languages), encoding="utf-8")
        for language, answer in tables.items():
            (self.folder / language).write_text(answer, encoding="utf-8")
        self._patch.setenv("PATH", f"{self.folder}{os.pathsep}{os.environ['PATH']}")

    def missing(self) -> None:
        """As on a machine without tesseract and without any other program."""
        self._patch.setenv("PATH", str(self.folder / "empty"))
        self._patch.setattr("pipeline.extractors.tesseract._USUAL_PLACES", ())

    def asked(self) -> list[str]:
        """The commands that it was given."""
        asked = self.folder / "asked"
        return asked.read_text(encoding="utf-8").splitlines() if asked.exists() else []


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """A stand-in for tesseract, not yet on the PATH."""
    return Fake(tmp_path / "programs", monkeypatch)


@pytest.fixture(scope="session")
def table() -> Callable[..., str]:
    """Lines as tesseract tells them."""
    return _table


def _fonts() -> Iterator[ImageFont.FreeTypeFont]:
    for name in ("Carlito-Regular.ttf", "DejaVuSans.ttf", "LiberationSans-Regular.ttf"):
        try:
            yield ImageFont.truetype(name, 44)
        except OSError:
            continue


@pytest.fixture(scope="session")
def drawn() -> Callable[..., Image.Image]:
    """A page of lines drawn in a real font, for the real tesseract with its Swedish."""
    font = next(_fonts(), None)
    if shutil.which("tesseract") is None or font is None:
        pytest.skip("needs tesseract and a font")

    def draw(*lines: str) -> Image.Image:
        page = Image.new("L", (1400, 140 + 90 * len(lines)), 255)
        pen = ImageDraw.Draw(page)
        for n, line in enumerate(lines):
            pen.text((120, 70 + 90 * n), line, font=font, fill=0)
        return page

    return draw
