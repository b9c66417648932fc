"""Files written in Markdown or plain text, read and linked as one run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pipeline.flow import Options, make_dataset, read_claims
from pipeline.model.dataset import Dataset


@pytest.fixture
def digest(tmp_path: Path) -> Callable[..., Dataset]:
    """The dataset of files given as path -> text; `turned` hands them over in reverse."""

    def read(files: Mapping[str, str], *, year: int | None = None, turned: bool = False) -> Dataset:
        claims = []
        options = Options(year=year)
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.strip("\n") + "\n", encoding="utf-8")
            claims.append(read_claims(path, name, options))
        return make_dataset(claims[::-1] if turned else claims, options)

    return read
