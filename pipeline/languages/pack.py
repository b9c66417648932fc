"""Language packs: `languages/<code>/{pack,cues,labels,dates}.toml`, loaded once and frozen.

No cue, label or word list lives in Python. A new language is a new folder.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from pipeline.errors import UsageError

_ROOT = resources.files("pipeline.languages")


@dataclass(frozen=True)
class LanguagePack:
    """The data of one language; the tables are as in the TOML files."""

    code: str
    name: str
    pack: Mapping[str, Any]
    cues: Mapping[str, Any]
    labels: Mapping[str, Any]
    dates: Mapping[str, Any]

    def words(self, *path: str) -> tuple[str, ...]:
        """The list at `path` of cues.toml, empty where the pack has none."""
        node: Any = self.cues
        for key in path:
            node = node.get(key, {})
        return tuple(node) if isinstance(node, list) else ()

    @cache  # noqa: B019 - packs live as long as the program
    def pattern(self, *path: str) -> re.Pattern[str]:
        """One pattern for all cues at `path`: whole words, any case; `*` ends a word stem."""
        return cue_pattern(self.words(*path))

    def __hash__(self) -> int:
        return hash(self.code)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LanguagePack) and other.code == self.code


def cue_pattern(cues: Iterable[str]) -> re.Pattern[str]:
    """Compile cues to one pattern, longest first.

    A cue is words as written; a space is any white space; `*` stands for any word characters
    (so `nästa *` needs a word and `utmaning*` takes all endings).
    """
    parts = sorted(set(cues), key=lambda c: (-len(c), c))
    if not parts:
        return re.compile(r"(?!)")
    return re.compile("|".join(map(_cue_regex, parts)), re.IGNORECASE)


def _cue_regex(cue: str) -> str:
    body = re.escape(cue).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
    left = r"(?<!\w)" if re.match(r"\w", cue) else ""
    right = r"(?!\w)" if re.search(r"\w$", cue) else ""
    return f"(?:{left}{body}{right})"


@cache
def available() -> tuple[str, ...]:
    """Codes of the packs that ship, in order."""
    return tuple(sorted(p.name for p in _ROOT.iterdir() if (p / "pack.toml").is_file()))


@cache
def load(code: str) -> LanguagePack:
    """The pack for a language code such as `sv`.

    Raises `UsageError` where there is none.
    """
    if code not in available():
        raise UsageError(
            f"there is no language pack for «{code}»", f"use one of: {', '.join(available())}"
        )
    files = {part: _toml(code, part) for part in ("pack", "cues", "labels", "dates")}
    return LanguagePack(code=code, name=files["pack"]["name"], **files)


@cache
def common_words(key: str) -> frozenset[str]:
    """The words at `key` of every pack's pack.toml: for text whose language is not yet known."""
    found: set[str] = set()
    for code in available():
        found.update(_toml(code, "pack").get(key, ()))
    return frozenset(found)


def _toml(code: str, part: str) -> Mapping[str, Any]:
    return tomllib.loads((_ROOT / code / f"{part}.toml").read_text(encoding="utf-8"))


@cache
def shared(name: str) -> Mapping[str, Any]:
    """A word list that all languages share, such as the gazetteer `regions`."""
    return tomllib.loads((_ROOT / f"{name}.toml").read_text(encoding="utf-8"))
