"""The words of the summary, from the language pack; this module knows none of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.languages.pack import LanguagePack


class Labels:
    """The labels of one language, looked up by their path in labels.toml."""

    def __init__(self, pack: LanguagePack) -> None:
        self._labels = pack.labels

    def __call__(self, *path: str, **values: object) -> str:
        """The label at `path` with `values` filled in; raises `KeyError` where there is none."""
        return str(self._at(path)).format(**values)

    def count(self, *path: str, count: int, **values: object) -> str:
        """The label for `count` things: «1 vote», «3 votes»."""
        return self(*path, "one" if count == 1 else "other", count=count, **values)

    def table(self, *path: str) -> Mapping[str, str]:
        """All labels of one table of labels.toml."""
        table: Mapping[str, str] = self._at(path)
        return table

    def row(self, *path: str) -> tuple[str, ...]:
        """A list of labels, such as the names of the months."""
        return tuple(self._at(path))

    def _at(self, path: tuple[str, ...]) -> Any:
        node: Any = self._labels
        for key in path:
            node = node[key]
        return node
