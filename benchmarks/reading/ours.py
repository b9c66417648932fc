"""Our own reader as the others are asked: a path gives a neutral reading."""

from __future__ import annotations

from pathlib import Path

from pipeline.flow import read_file
from pipeline.model.document import Block, BlockKind, BlockRole
from reading.model import Line, Reading

_FOUND = "found-heading"


def read(path: Path) -> Reading:
    """The blocks of a file without speaker notes; what repeats on each page is kept as such."""
    return {
        page.number: [_line(b) for b in page.blocks if b.role is not BlockRole.NOTE]
        for page in read_file(path, path.name).pages
    }


def _line(block: Block) -> Line:
    if block.role is BlockRole.FURNITURE:
        return Line("furniture", block.text)
    if block.kind is BlockKind.TITLE:
        return Line("title", block.text)
    if block.kind is BlockKind.HEADING:
        look = block.style is not None and block.style.name == _FOUND
        return Line("look" if look else "heading", block.text, block.level)
    if block.kind is BlockKind.LIST_ITEM:
        # A number is a part of the line as printed; a bullet is not.
        return Line("item", block.text, block.level)
    if block.kind is BlockKind.TABLE:
        return Line("table", "", 0, block.rows or ())
    return Line("figure" if block.kind is BlockKind.FIGURE else "text", block.text, block.level)
