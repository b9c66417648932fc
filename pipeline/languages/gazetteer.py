"""Regions by any of their names, from `regions.toml`."""

from __future__ import annotations

from functools import cache

from pipeline.languages.pack import shared
from pipeline.model.text import fold


@cache
def _regions() -> dict[str, str]:
    found: dict[str, str] = {}
    for table in shared("regions").values():
        found.update({fold(n): n for n in table.get("names", ())})
        found.update({fold(k): v for k, v in table.get("aliases", {}).items()})
    return found


def as_region(text: str) -> str | None:
    """The region that a text names, in its usual form, null where it names none."""
    return _regions().get(fold(text))
