"""Keywords of a theme: the words that its title and challenges share, as written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from pipeline.languages.analysis import analyse
from pipeline.model.dataset import Dataset, Theme

_MOST = 5
_SHORTEST = 4
_IN_TITLE = 2


def add_keywords(dataset: Dataset) -> Dataset:
    """The dataset with keywords for its themes, in the language of each theme's source."""
    if not dataset.themes:
        return dataset
    texts = {c.id: c.text for c in dataset.challenges}
    languages = {s.id: s.language or "en" for s in dataset.sources}
    themes = tuple(
        theme.model_copy(
            update={"keywords": keywords(theme, texts, languages[theme.evidence[0].source_id])}
        )
        for theme in dataset.themes
    )
    return dataset.model_copy(update={"themes": themes})


def keywords(theme: Theme, texts: Mapping[str, str], language: str) -> tuple[str, ...]:
    """Up to five words, the most frequent first; words of one stem count together."""
    said: Sequence[str] = [texts[c] for c in theme.challenge_ids] + [n.text for n in theme.notes]
    counts: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for weight, text in [(_IN_TITLE, theme.title), *((1, t) for t in said)]:
        for token in analyse(text, language):
            if token.is_alpha and not token.is_stop and len(token.text) >= _SHORTEST:
                counts[token._.stem] += weight
                forms[token._.stem][token.lower_] += 1
    chosen = sorted(
        (stem for stem, count in counts.items() if count >= _IN_TITLE),
        key=lambda stem: (-counts[stem], stem),
    )
    return tuple(min(forms[s], key=lambda f: (-forms[s][f], f)) for s in chosen[:_MOST])
