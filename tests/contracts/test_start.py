"""The command starts light: heavy libraries come in when they are used, not before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "docx", "lxml", "markdown_it", "numpy", "pdfminer", "pdfplumber", "pptx", "pydantic",
    "pypdfium2", "rapidfuzz", "snowballstemmer", "spacy", "thinc", "xml",
}  # fmt: skip
PROGRAM = """
import sys
from pipeline.cli.main import main
sys.argv = ["samsyn", *sys.argv[1:]]
try:
    main()
finally:
    print("\\n".join(sys.modules), file=sys.stderr)
"""


def imported(root: Path, *arguments: str) -> set[str]:
    """Top-level names of the modules that a command had imported when it ended."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=root, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in done.stderr.splitlines()}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["run", "--help"],
        ["show", "-h"],
        ["schema", "-h"],
        ["validate", "-h"],
    ],
    ids=" ".join,
)
def test_help_imports_no_heavy_library(root: Path, arguments: list[str]) -> None:
    assert not imported(root, *arguments) & HEAVY


def test_schema_reads_no_formats_and_no_words(root: Path) -> None:
    left = HEAVY - {"pydantic", "xml"}
    assert not imported(root, "schema", "dataset") & left


def test_showing_slides_needs_neither_spacy_nor_a_pdf_library(root: Path) -> None:
    left = {"spacy", "thinc", "numpy", "pdfplumber", "pypdfium2", "pdfminer", "docx"}
    assert not imported(root, "show", "samples/korkvall/deck.pptx") & left


def test_showing_slides_as_pdf_needs_no_spacy(root: Path) -> None:
    assert not imported(root, "show", "samples/korkvall/deck.pdf") & {
        "spacy",
        "thinc",
        "pptx",
        "docx",
    }
