"""A reading against a truth: counts that add up over files, and each miss with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reading import labels
from reading.docx_truth import EITHER
from reading.matching import begin_alike, filled, in_order, matched, right_cells
from reading.model import (
    Line,
    Reading,
    TrueLine,
    TruePage,
    Truth,
    is_numbered,
    keys,
    spread,
    squash,
)

_HEADS = ("title", "heading", "look")


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing read otherwise than it is."""

    kind: str
    file: str
    page: int
    expected: str
    got: str


@dataclass(slots=True)
class Score:
    """Counts by name; `rate` divides two of them."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)
    file: str = ""
    page: int = 0
    sealed: bool = False
    """Whether the truth is labels, which are hashes."""

    def rate(self, part: str, whole: str) -> float | None:
        """A share, None where there was nothing to find."""
        return self.counts[part] / self.counts[whole] if self.counts[whole] else None

    def cells(self) -> float | None:
        """F1 of table cells."""
        total = self.counts["cells.true"] + self.counts["cells.read"]
        return 2 * self.counts["cells.right"] / total if total else None

    def pairs(
        self, truth: Sequence[TrueLine], lines: Sequence[Line]
    ) -> dict[int, tuple[int, bool]]:
        """Which of the reader's lines is which of the truth; see `matched`. Cells come last."""
        order = sorted(range(len(lines)), key=lambda n: lines[n].kind == "cell")
        offered = [lines[n] for n in order]
        if self.sealed:
            sealed = [labels.names(line) for line in offered]
            found = matched([labels.names(t) for t in truth], sealed, labels.begins)
        else:
            names = [keys(line.text) for line in offered]
            found = matched([keys(t.text) for t in truth], names, begin_alike)
        return {t: (order[n], whole) for t, (n, whole) in found.items()}

    def add(
        self, name: str, right: bool, kind: str = "", expected: str = "", got: str = ""
    ) -> None:
        """Count one thing that can be right or wrong under `name` and `name.all`."""
        self.counts[f"{name}.all"] += 1
        self.counts[name] += right
        if not right and kind:
            self.misses.append(Miss(kind, self.file, self.page, expected, got))


def add_slides(score: Score, file: str, truth: Truth, reading: Reading) -> None:
    """Count the slides of a deck: titles, levels, cells, order within boxes, lines kept."""
    for number, page in truth.items():
        score.file, score.page = file, number
        lines = reading.get(number, [])
        add_titles(score, page, lines)
        add_page(score, page, lines)


def add_text(score: Score, file: str, truth: Truth, reading: Reading) -> None:
    """Count a running document: headings by style, list levels, cells, order, lines kept."""
    lines = [line for number in sorted(reading) for line in reading[number]]
    for number, page in truth.items():
        score.file, score.page = file, number
        _headings(score, page, lines)
        add_page(score, page, lines)


def title_of(lines: Sequence[Line]) -> str:
    """What a reader says that a page is called."""
    return next((line.text for line in lines if line.kind == "title"), "")


def add_titles(score: Score, page: TruePage, lines: Sequence[Line]) -> None:
    """Count the title of a page."""
    got = title_of(lines)
    true = page.title or ""
    said = labels.seal(squash(got)) if score.sealed else squash(got)
    right = bool(true) and said == (true if score.sealed else squash(true))
    if true:
        score.add("title.found", right, "title-missed" if not got else "title-wrong", true, got)
    if got and true:
        score.add("title.said", right)
    elif got and page.sure:
        score.add("title.said", False, "title-added", true, got)
    elif got:
        score.counts["title.more"] += 1


def add_page(score: Score, page: TruePage, lines: Sequence[Line]) -> None:
    """Count the list levels, the cells, the order and the lines of a page."""
    flat = list(spread(list(lines)))
    pairs = score.pairs(page.lines, flat)
    _levels(score, page, flat, pairs)
    _order(score, page, pairs)
    tables = [line.rows for line in lines if line.kind == "table"]
    if score.sealed:
        tables = [labels.sealed_rows(rows) for rows in tables]
    else:
        _kept(score, page, flat, pairs)
    # A table of one cell is a frame around a text: to give it as one is neither right nor wrong.
    tables = [rows for rows in tables if filled([rows]) > 1]
    grids = [rows for rows in page.tables if filled([rows]) > 1]
    right, true, said = right_cells(grids, tables), filled(grids), filled(tables)
    score.counts.update({"cells.right": right, "cells.true": true, "cells.read": said})
    if right < max(true, said):
        kind = "table-missed" if not said else "table-wrong" if true else "table-added"
        score.misses.append(
            Miss(kind, score.file, score.page, f"{true} cells in {_sizes(grids)}",
                 f"{right} of {said} right in {_sizes(tables)}")
        )  # fmt: skip


def _sizes(tables: Sequence[Sequence[Sequence[str]]]) -> str:
    return " ".join(f"{len(t)}x{max(map(len, t), default=0)}" for t in tables) or "no table"


def _levels(
    score: Score, page: TruePage, flat: Sequence[Line], pairs: dict[int, tuple[int, bool]]
) -> None:
    for t, true in enumerate(page.lines):
        if t not in pairs:
            if true.listed:
                score.add("item.whole", False)
            continue
        line = flat[pairs[t][0]]
        if true.listed:
            right = line.kind == "item" and line.level in true.levels
            kind = "level-wrong" if line.kind == "item" else "item-unseen"
            score.add("level", right, kind, f"{sorted(true.levels)} {true.text}",
                      f"{line.kind} {line.level} {line.text}")  # fmt: skip
            score.add("item.whole", line.kind == "item" and pairs[t][1])
        if line.kind == "item" and (true.listed or not _arguable(true)):
            score.add("listed", true.listed, "item-added", true.text, line.text)


def _arguable(line: TrueLine) -> bool:
    """Whether a line that the file does not list may be read as an item: «2. Budget»."""
    return line.heading == EITHER or is_numbered(line.text)


def _order(score: Score, page: TruePage, pairs: dict[int, tuple[int, bool]]) -> None:
    often = Counter(squash(line.text) for line in page.lines)
    frames: dict[int, list[int]] = {}
    for t in sorted(pairs):
        if page.lines[t].frame >= 0 and often[squash(page.lines[t].text)] == 1:
            frames.setdefault(page.lines[t].frame, []).append(t)
    for numbers in frames.values():
        rising, total = in_order([pairs[t][0] for t in numbers])
        score.counts.update({"order": rising, "order.all": total})
        if rising < total:
            score.misses.append(
                Miss("order", score.file, score.page, page.lines[numbers[0]].text,
                     f"{total - rising} of {total} pairs turned")
            )  # fmt: skip


def _kept(
    score: Score, page: TruePage, flat: Sequence[Line], pairs: dict[int, tuple[int, bool]]
) -> None:
    """Shares of a page's lines, averaged over pages: one page of code weighs as any other."""
    joined = "".join(squash(line.text) for line in flat)
    words = {w for line in flat for w in _words(line.text)}
    kept = []
    for t, text in enumerate(texts := _all_texts(page)):
        whole = t < len(page.lines) and pairs.get(t, (0, False))[1]
        there = whole or squash(text) in joined or words.issuperset(_words(text))
        kept.append(there)
        if not there or (not whole and t < len(page.lines)):
            got = flat[pairs[t][0]].text if t in pairs else ""
            kind = "line-split" if there else "line-lost"
            score.misses.append(Miss(kind, score.file, score.page, text, got))
    if texts:
        score.counts.update({"kept": sum(kept) / len(texts), "kept.all": 1})
    if page.lines:
        whole_lines = sum(exact for _, exact in pairs.values())
        score.counts.update({"whole": whole_lines / len(page.lines), "whole.all": 1})


def _all_texts(page: TruePage) -> list[str]:
    cells = [c for rows in page.tables for row in rows for c in row if squash(c)]
    title = [page.title] if page.title else []
    return [line.text for line in page.lines] + cells + title


def _words(text: str) -> Iterator[str]:
    return (w for word in text.split() if (w := squash(word)))


def _headings(score: Score, page: TruePage, lines: Sequence[Line]) -> None:
    """By style: only in files that use such styles, headings by look left aside."""
    heads = [t for t in page.lines if t.heading is not None and t.heading != EITHER]
    if not heads:
        return
    said = [line for line in lines if line.kind in _HEADS]
    pairs = score.pairs(heads, said)
    free = Counter(squash(t.text) for t in page.lines if t.heading == EITHER)
    for t, true in enumerate(heads):
        score.add("head.found", t in pairs, "heading-missed", true.text)
    used = {n for n, _ in pairs.values()}
    for n, line in enumerate(said):
        if n not in used and line.kind != "look" and not free[squash(line.text)]:
            score.add("head.said", False, "heading-added", "", line.text)
    score.counts.update({"head.said": len(pairs), "head.said.all": len(pairs)})
    add_depths(score, heads, said, pairs)


def add_depths(
    score: Score, heads: Sequence[TrueLine], said: Sequence[Line],
    pairs: dict[int, tuple[int, bool]],
) -> None:  # fmt: skip
    """Depths after the shift that suits the reader best: some count the title as depth 1."""
    shift = max(
        (0, 1, -1),
        key=lambda s: sum(_depth(said[n]) + s == heads[t].heading for t, (n, _) in pairs.items()),
    )
    for t, (n, _) in pairs.items():
        right = _depth(said[n]) + shift == heads[t].heading
        score.add("depth", right, "depth-wrong", f"{heads[t].heading} {heads[t].text}",
                  f"{said[n].kind} {said[n].level}")  # fmt: skip


def _depth(line: Line) -> int:
    return 0 if line.kind == "title" else line.level
