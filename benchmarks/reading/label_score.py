"""Readings against pages that a person labelled: also headings by look, and the whole order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reading import labels
from reading.docx_truth import EITHER
from reading.labels import Labelled
from reading.model import Line, Reading, TrueLine, spread
from reading.score import Score, add_depths, add_page, add_titles


def add_labelled(score: Score, label: Labelled, reading: Reading, page: int | None) -> None:
    """Count one labelled page; `page` is its number in this reading, None where it is not in it."""
    score.file, score.page, score.sealed = label.file, label.page, True
    if label.word:
        lines = _stretch(label.truth.lines, [x for n in sorted(reading) for x in reading[n]])
    else:
        lines = reading.get(page, []) if page is not None else []
        add_titles(score, label.truth, lines)
    add_page(score, label.truth, lines)
    _headings(score, label, lines)


def _stretch(truth: Sequence[TrueLine], lines: list[Line]) -> list[Line]:
    """The part of a running document that a labelled page is.

    It is the shortest stretch that holds most of the page's lines, each as often as the page has
    it: the same words may stand in the table of contents and in the next chapter too.
    """
    wanted = Counter(labels.names(t)[0] for t in truth)
    named = [_wanted_name(line, wanted) for line in lines]
    best, size = (0, 0, 0, 0), 2 * len(truth) + 10
    for start in range(len(lines)):
        have: Counter[str] = Counter()
        for end in range(start, min(start + size, len(lines))):
            have[named[end]] += have[named[end]] < wanted[named[end]]
            best = max(best, (have.total(), start - end, start, end + 1))
    return lines[best[2] : best[3]]


def _wanted_name(line: Line, wanted: Counter[str]) -> str:
    return next((n for x in spread([line]) for n in labels.names(x) if n in wanted), "")


def _headings(score: Score, label: Labelled, lines: Sequence[Line]) -> None:
    kinds = ("title", "heading", "look") if label.word else ("heading", "look")
    said = [line for line in lines if line.kind in kinds]
    true = [t for t in label.truth.lines if t.heading is not None]
    pairs = score.pairs(true, said)
    heads = {t: pair for t, pair in pairs.items() if true[t].heading != EITHER}
    for t, head in enumerate(true):
        if head.heading != EITHER:
            name = "style.found" if head.styled else "look.found"
            score.add(name, t in pairs, "heading-missed", head.text)
    by_style = {n for t, (n, _) in pairs.items() if true[t].styled}
    free = {n for t, (n, _) in pairs.items() if true[t].heading == EITHER}
    seen = {n for n, _ in pairs.values()}
    for n, line in enumerate(said):
        if n not in free | by_style:
            score.add("look.said", n in seen, "heading-added", "", line.text)
    add_depths(score, true, said, heads)
