"""Pages labelled by a person who looked at them: kept as short hashes, so no text is copied.

`python -m reading.labels FILES PLAIN ... ` writes `labels.json` from plain files like this one,
where «…» stands for the rest of the only line in the file that begins so:

    @ deck-name 7
    ! The title as a person sees it (left out where there is none; «? Text» where it is arguable)
    # A heading, ## one below it
    - an item
      - an item below it
    -* an item of which the level is arguable (0 or 1)
    running text
    ~ a line whose kind and place in the order are arguable
    | file 1        (the first table of the file's page, looked at and found as the file has it)
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reading import docx_truth, pptx_truth
from reading.docx_truth import EITHER
from reading.model import Line, Rows, TrueLine, TruePage, Truth, keys, squash, squashed_number

STORE = Path(__file__).parent / "labels.json"
_HEAD = 12
_LINE = re.compile(r"^(?P<indent> *)(?P<mark>!|\?|#+|-\*|-|~|\|)\s+(?P<text>.*)$")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A page of a deck, or a stretch of a Word file as long as one page."""

    file: str
    page: int
    word: bool
    truth: TruePage


def seal(key: str) -> str:
    """The hash of a squashed text, and of its beginning where it is long enough to tell."""
    if not key:
        return ""
    head = _hash(key[:_HEAD])[:8] if len(key) >= _HEAD else ""
    return f"{_hash(key)[:12]}/{head}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def names(line: Line | TrueLine) -> tuple[str, ...]:
    """A line as compared with labels: hashed, unless it is a label."""
    if isinstance(line, TrueLine):
        return (line.text,)
    return tuple(seal(key) for key in keys(line.text))


def begins(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two hashed lines begin alike."""
    heads = {a.partition("/")[2] for a in one} & {b.partition("/")[2] for b in other}
    return bool(heads - {""})


def sealed_rows(rows: Rows) -> Rows:
    """Cells as hashes."""
    return tuple(tuple(seal(squash(cell)).replace("/", "") for cell in row) for row in rows)


def load(path: Path = STORE) -> list[Labelled]:
    """The labels of the repository."""
    return [_labelled(entry) for entry in json.loads(path.read_text(encoding="utf-8"))]


def _labelled(entry: dict[str, Any]) -> Labelled:
    truth = TruePage(title=entry["title"], sure=entry["sure"])
    for line in entry["lines"]:
        kind, level, text = line.split(" ")
        loose = kind == "any"
        truth.lines.append(
            TrueLine(
                text,
                listed=kind == "item",
                levels=frozenset(int(n) for n in level.split(",")),
                frame=-1 if loose else 0,
                heading=EITHER if loose else int(level) if kind in ("look", "style") else None,
                styled=kind == "style",
            )
        )
    truth.tables = [tuple(tuple(row) for row in rows) for rows in entry["tables"]]
    return Labelled(entry["file"], entry["page"], entry["word"], truth)


def unsealed(truth: Truth) -> dict[str, str]:
    """The texts of a file by their hashes, to print what a label expects."""
    texts = [
        t for page in truth.values() for t in (page.title or "", *(x.text for x in page.lines))
    ]
    return {seal(key): text for text in texts for key in keys(text)}


def opened(text: str, texts: dict[str, str]) -> str:
    """An expected line, possibly with its level in front, with the text that the hash is of."""
    front, _, name = text.rpartition(" ")
    return f"{front} {texts.get(name, name)}".strip()


def make(files: Path, plain: Sequence[Path]) -> list[dict[str, Any]]:
    """The entries of `labels.json` from plain files; stops where a «…» is not clear."""
    entries = []
    for path in plain:
        for part in path.read_text(encoding="utf-8").split("@ ")[1:]:
            head, *lines = part.splitlines()
            name, number = head.split()
            entries.append(_entry(files, name, int(number), [x for x in lines if x.strip()]))
    return entries


def _entry(files: Path, name: str, number: int, lines: list[str]) -> dict[str, Any]:
    deck = files / "pptx" / f"{name}.pptx"
    word = not deck.exists()
    if word:
        page = docx_truth.read(files / "docx" / f"{name}.docx")[1]
    else:
        page = pptx_truth.read(deck, 10_000)[0][number]
    entry: dict[str, Any] = {
        "file": name, "page": number, "word": word, "title": None, "sure": not word,
        "lines": [], "tables": [],
    }  # fmt: skip
    styled = {
        squash(x.text) for x in page.lines if (x.heading or 0) > EITHER and x.heading is not None
    }
    for line in lines:
        _add(entry, line, page, styled)
    return entry


def _add(entry: dict[str, Any], line: str, page: TruePage, styled: set[str]) -> None:
    match = _LINE.match(line)
    mark = match["mark"] if match else ""
    text = _whole(match["text"] if match else line.strip(), page)
    if mark == "|":
        entry["tables"].append(sealed_rows(page.tables[int(text.split()[1]) - 1]))
    elif mark == "?":
        entry["sure"] = False
    elif mark == "!" and not entry["word"]:
        entry["title"] = seal(squash(text))
    else:
        depth = 0 if mark == "!" else len(mark)
        head = "style" if squash(text) in styled else "look"
        kinds = {
            "-": f"item {len(match['indent']) // 2 if match else 0}",
            "-*": "item 0,1",
            "~": "any 0",
            "": "text 0",
        }
        kind = kinds.get(mark, f"{head} {depth}")
        entry["lines"].append(f"{kind} {seal(squashed_number(text))}")


def _whole(text: str, page: TruePage) -> str:
    if not text.endswith("…"):
        return text
    start = squash(text)
    found = {x.text for x in page.lines if squash(x.text).startswith(start)}
    found |= {x.text for x in page.lines if keys(x.text)[-1].startswith(start)}
    if len(found) != 1:
        sys.exit(f"«{text}» is the beginning of {len(found)} lines: {sorted(found)[:3]}")
    return found.pop()


def _compact(entries: list[dict[str, Any]]) -> Iterator[str]:
    for n, entry in enumerate(entries):
        yield "[\n" if n == 0 else ",\n"
        yield json.dumps(entry, ensure_ascii=False)
    yield "\n]\n"


if __name__ == "__main__":
    made = make(Path(sys.argv[1]), [Path(a) for a in sys.argv[2:]])
    STORE.write_text("".join(_compact(made)), encoding="utf-8")
    print(f"{len(made)} pages, {sum(len(e['lines']) for e in made)} lines in {STORE}")
