"""The challenges of the summary: by theme, then by cluster, then those that stand alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.model.dataset import Challenge, Theme
from pipeline.writers.docx.elements import (
    Line,
    Piece,
    add_heading,
    add_line,
    add_lines,
    line,
    quiet,
)
from pipeline.writers.docx.styles import BULLET, LEAD, SMALL_BULLET, SUBHEADING
from pipeline.writers.docx.view import SessionView


def add_challenges(document: Any, view: SessionView) -> None:
    """Everything that is difficult, each challenge once."""
    own = list(view.dataset.challenges)
    themes = view.dataset.themes
    if not own and not themes:
        return
    add_heading(document, view.labels("headings", "challenges"), 1)
    all_inferred = len(themes) > 1 and all(t.origin == "inferred" for t in themes)
    if all_inferred:
        add_line(document, _about_inferred("themes_inferred", view))
    placed: set[str] = set()
    for theme in themes:
        grouped = _of_theme(theme, own)
        placed.update(c.id for c in grouped)
        add_heading(document, theme.title, 2)
        if theme.origin == "inferred" and not all_inferred:
            add_line(document, _about_inferred("theme_inferred", view))
        _add_theme(document, theme, grouped, view)
    rest = [c for c in own if c.id not in placed]
    _add_by_cluster(document, [c for c in rest if c.cluster_id in view.clusters], view)
    loose = [c for c in rest if c.cluster_id not in view.clusters]
    _add_loose(document, loose, view, alone=len(loose) == len(own))


def _about_inferred(key: str, view: SessionView) -> Line:
    return line(quiet(view.labels("challenges", key)), style=LEAD)


def _of_theme(theme: Theme, challenges: Iterable[Challenge]) -> list[Challenge]:
    """In the theme's own order; those that only point at the theme come last."""
    order = {i: place for place, i in enumerate(theme.challenge_ids)}
    grouped = [c for c in challenges if c.id in order or c.theme_id == theme.id]
    return sorted(grouped, key=lambda c: order.get(c.id, len(order)))


def _add_theme(
    document: Any, theme: Theme, challenges: Iterable[Challenge], view: SessionView
) -> None:
    add_lines(document, (_bullet(c, view, with_cluster=True) for c in challenges))
    if theme.notes:
        add_line(document, line(view.labels("challenges", "notes"), style=SUBHEADING))
    add_lines(document, (line(n.text, style=SMALL_BULLET) for n in theme.notes))


def _add_by_cluster(document: Any, challenges: list[Challenge], view: SessionView) -> None:
    for cluster_id in dict.fromkeys(c.cluster_id for c in challenges):
        add_heading(document, view.cluster_name(cluster_id), 2)
        of_cluster = [c for c in challenges if c.cluster_id == cluster_id]
        for kind, listed in _by_kind(of_cluster):
            title = view.labels("challenges", "kinds", kind)
            add_line(document, line(title, style=SUBHEADING))
            add_lines(document, (_bullet(c, view) for c in listed))


def _add_loose(
    document: Any, challenges: list[Challenge], view: SessionView, *, alone: bool
) -> None:
    """Plain challenges need no heading of their own where nothing else is in the section."""
    for kind, listed in _by_kind(challenges):
        if kind != "challenge":
            add_heading(document, view.labels("challenges", "kinds", kind), 2)
        elif not alone:
            add_heading(document, view.labels("headings", "challenges_ungrouped"), 2)
        add_lines(document, (_bullet(c, view) for c in listed))


def _by_kind(challenges: list[Challenge]) -> list[tuple[str, list[Challenge]]]:
    """By kind, challenges first, each kind in the order of the material."""
    kinds = sorted(dict.fromkeys(c.kind for c in challenges), key=lambda k: k != "challenge")
    return [(kind, [c for c in challenges if c.kind == kind]) for kind in kinds]


def _bullet(challenge: Challenge, view: SessionView, *, with_cluster: bool = False) -> Line:
    about = [view.cluster_name(challenge.cluster_id)] if with_cluster else []
    if challenge.votes is not None:
        about.append(view.labels.count("challenges", "votes", count=challenge.votes))
    if suggested := _suggested_theme(challenge, view):
        about.append(view.labels("challenges", "suggested_theme", theme=suggested))
    return line(challenge.text, *_aside(about), style=BULLET)


def _aside(facts: Iterable[str]) -> Iterable[Piece]:
    text = ", ".join(filter(None, facts))
    return (quiet(f"  ({text})"),) if text else ()


def _suggested_theme(challenge: Challenge, view: SessionView) -> str:
    if challenge.theme_id:
        return ""
    themes = view.dataset.themes
    return next((t.title for t in themes if t.id == challenge.suggested_theme_id), "")
