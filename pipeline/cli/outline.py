"""A document as a readable outline in the terminal."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence
from itertools import pairwise

import click

from pipeline.model.document import LOOSE, Block, BlockKind, BlockRole, Document, Page

_WIDEST = 100
_CELL = 34


def outline(document: Document, pages: Sequence[int] = ()) -> str:
    """Titles, lists, tables and notes of the pages asked for (all, where none is named)."""
    width = min(_WIDEST, shutil.get_terminal_size((_WIDEST, 24)).columns)
    lines = [f"{document.source.path} ({document.source.media_type}, {len(document.pages)} pages)"]
    for page in document.pages:
        if not pages or page.number in pages:
            lines += ["", *_page(page, document.paged, width)]
    for problem in document.problems:
        where = f"page {problem.page}: " if problem.page else ""
        lines.append(
            click.style(
                f"{problem.severity}: {where}{problem.message} ({problem.hint})", fg="yellow"
            )
        )
    return "\n".join(lines) + "\n"


def _page(page: Page, paged: bool, width: int) -> Iterator[str]:
    if paged:
        hidden = ", hidden" if page.hidden else ""
        yield click.style(f"── {page.number}{hidden} ".ljust(width, "─"), dim=True)
    for before, block in pairwise((None, *page.blocks)):
        if before and block and block.group == LOOSE != before.group and before.group:
            yield ""
        if block is not None:
            yield from _block(block, width)


def _block(block: Block, width: int) -> Iterator[str]:
    if block.role is BlockRole.FURNITURE:
        yield click.style(f"  [{block.text}]", dim=True)
    elif block.role is BlockRole.NOTE:
        yield from _wrapped(block.text, "  note: ", width)
    elif block.kind is BlockKind.TITLE:
        yield click.style(block.text, bold=True, underline=True)
    elif block.kind is BlockKind.HEADING:
        yield click.style(block.text, bold=True)
    elif block.kind is BlockKind.TABLE:
        yield from _table(block.rows or ())
    elif block.kind is BlockKind.FIGURE:
        yield click.style(f"  (picture{': ' + block.text if block.text else ''})", dim=True)
    else:
        lead = "  " + "  " * block.level + (f"{block.marker} " if block.marker else "")
        yield from _wrapped(block.text, lead, width)


def _wrapped(text: str, lead: str, width: int) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=lead, subsequent_indent=" " * len(lead), break_long_words=False
    ) or [lead]


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    columns = range(max(len(r) for r in rows))
    widths = [
        min(_CELL, max(len(line) for r in rows for line in (r[n] or " ").split("\n")))
        for n in columns
    ]
    rule = "  +" + "+".join("-" * (w + 2) for w in widths) + "+"
    yield rule
    for row in rows:
        cells = [
            [x for line in cell.split("\n") for x in (textwrap.wrap(line, w) or [""])]
            for cell, w in zip(row, widths, strict=True)
        ]
        for n in range(max(len(c) for c in cells)):
            parts = [
                (c[n] if n < len(c) else "").ljust(w) for c, w in zip(cells, widths, strict=True)
            ]
            yield "  | " + " | ".join(parts) + " |"
        yield rule
