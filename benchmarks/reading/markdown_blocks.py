"""Markdown, or plain text with bullets, as neutral lines; read kindly, whatever the dialect."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from reading.model import Line, Rows

_HEADING = re.compile(r"^(#{1,6})\s+(.*)")
_ITEM = re.compile(r"^(\s*)(?:[-*+•●○◦▪▫■□►➢➤✓✔∙·–—‣⁃❑❖]|\d{1,3}[.)])\s+(\S.*)")
_RULE = re.compile(r"^\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_MARKUP = re.compile(r"<!--.*?-->|</?(?:b|i|u|em|strong|sup|sub|br|p|span|a|mark)\b[^>]*>|\\(?=\W)")


def blocks(text: str) -> list[Line]:
    """The headings, items, tables and lines of a text; levels of items by their indents."""
    out: list[Line] = []
    rows: list[tuple[str, ...]] = []
    indents: list[int] = []
    # A bullet that is escaped was typed by hand: a person sees a list all the same.
    bare = re.sub(r"(?m)^(\s*)\\(?=[-*+] )", r"\1", text.replace("\v", " ").expandtabs(4))
    for line in bare.split("\n"):
        if line.lstrip().startswith("|"):
            if not _RULE.match(line):
                rows.append(_cells(line))
            continue
        if rows:
            out.append(Line("table", "", 0, tuple(rows)))
            rows = []
        if line.strip():
            out.extend(_line(line, indents))
    if rows:
        out.append(Line("table", "", 0, tuple(rows)))
    return out


def _line(line: str, indents: list[int]) -> Iterator[Line]:
    if match := _HEADING.match(line):
        indents.clear()
        yield Line("heading", plain(match.group(2)), len(match.group(1)))
    elif match := _ITEM.match(line):
        indent = len(match.group(1))
        indents[:] = [i for i in indents if i < indent]
        yield Line("item", plain(match.group(2)), len(indents))
        indents.append(indent)
    elif text := plain(line):
        if not line.startswith(" "):
            indents.clear()
        yield Line("text", text)


def _cells(line: str) -> tuple[str, ...]:
    parts = re.split(r"(?<!\\)\|", line.strip().strip("|"))
    return tuple(plain(part) for part in parts)


def plain(text: str) -> str:
    """The words of a line: no links, emphasis, comments or escapes."""
    bare = _MARKUP.sub(" ", _LINK.sub(r"\1", text))
    return " ".join(html.unescape(bare).replace("**", "").replace("__", "").split())


def entitled(lines: list[Line]) -> list[Line]:
    """A slide whose first heading is its title, as Markdown has no other way to say it."""
    first = next((n for n, line in enumerate(lines) if line.kind == "heading"), None)
    return [Line("title", line.text) if n == first else line for n, line in enumerate(lines)]


def first_line_title(lines: list[Line]) -> list[Line]:
    """A page of plain text, which knows no titles: its first line is taken for one."""
    first = next((n for n, line in enumerate(lines) if line.kind in ("text", "item")), None)
    return [Line("title", line.text) if n == first else line for n, line in enumerate(lines)]


def as_rows(table: list[list[str | None]]) -> Rows:
    """Cells as given by a library, None for those that a merged cell covers."""
    return tuple(tuple(" ".join((cell or "").split()) for cell in row) for row in table)
