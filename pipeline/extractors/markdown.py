"""Markdown: CommonMark with tables, strikethrough and task items, read by markdown-it.

Notes typed live are looser than the standard: a line that begins with a time or a label stands
for itself, and what would be swallowed as an address or an unknown tag is kept as text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.common.html_blocks import block_names
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from pipeline.extractors.encoding import decode
from pipeline.model.document import Problem
from pipeline.model.raw import (
    RawCell,
    RawDocument,
    RawItem,
    RawPage,
    RawParagraph,
    RawPicture,
    RawTable,
)

_MAX_NESTING = 60
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FRONT_LINE = re.compile(r"[\w.-]+[ \t]*:(?:[ \t]|$)|[ \t]+\S|-[ \t]|#|[ \t]*$")
_FRONT_TITLE = re.compile(r"^title[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_ADDRESS = re.compile(r"\[[^\]\n]+\]:\s*(?:<|[./#]|[a-z]+://|mailto:|\S+\.\w)", re.IGNORECASE)
_OWN_LINE = re.compile(
    r"(?:kl\.?[ \t]*)?(?:[01]?\d|2[0-4])[.:][0-5]\d(?!\d)"
    r"|kl\.?[ \t]*\d{1,2}\b"
    r"|\[[ xX]\]\s|[•●○◦▪☐☑☒✓✔✗✘]",
    re.IGNORECASE,
)
_TASK = re.compile(r"\[([ xX])\]\s+")
_TAG = re.compile(r"</?([a-zA-Z][\w-]*)[^>]*>")
_COMMENT = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_INLINE_TAGS = """
    a abbr audio b bdi bdo big br button cite code data del dfn em embed font i img input ins kbd
    label map mark math meter object output picture pre progress q rp rt ruby s samp script select
    small span strike strong style sub sup svg textarea time tt u var video wbr
"""
_TAGS = {*block_names, *_INLINE_TAGS.split()}
_BLOCK_SCALARS = {"", ">", "|", ">-", "|-", ">+", "|+"}
_UNREAD = Problem(
    code="markdown-unread",
    message="the Markdown is nested too deeply or broken; its lines were read as plain text",
    hint="look at lists in lists and quotes in quotes, and run again",
)


def extract(path: Path) -> RawDocument:
    """Read a Markdown file: one page, not paged.

    A first heading that is the only one of its depth is the title (`heading` 0); so is the
    `title` of a YAML front matter, whose other lines are left out.
    """
    title, text = _front_matter(decode(path.read_bytes()).replace("\f", "\n\n"))
    problems: list[Problem] = []
    try:
        items = list(_Reader(text).items())
    except (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError):
        items = [RawParagraph(text=line.strip()) for line in text.split("\n") if line.strip()]
        problems.append(_UNREAD)
    items = _titled(items)
    first = next((x.text for x in items if isinstance(x, RawParagraph) and x.heading == 0), None)
    page = RawPage(number=1, items=items)
    return RawDocument(pages=[page], title=title or first, paged=False, problems=problems)


def _front_matter(text: str) -> tuple[str | None, str]:
    """Title and rest; a text that only begins with a ruled line has no front matter."""
    found = _FRONT.match(text)
    lines = found.group(1).split("\n") if found else []
    if not found or not all(_FRONT_LINE.match(line) for line in lines) or ":" not in found.group(1):
        return None, text
    title = _FRONT_TITLE.search(found.group(1))
    stated = title.group(1).strip("\"'").strip() if title else ""
    return (None if stated in _BLOCK_SCALARS else stated), text[found.end() :]


def _titled(items: list[RawItem]) -> list[RawItem]:
    """The first and only heading of depth 1, before all other text, is the document's title."""
    tops = [n for n, x in enumerate(items) if isinstance(x, RawParagraph) and x.heading == 1]
    if len(tops) != 1 or not all(isinstance(x, RawPicture) for x in items[: tops[0]]):
        return items
    title = items[tops[0]]
    assert isinstance(title, RawParagraph)
    return [*items[: tops[0]], replace(title, heading=0), *items[tops[0] + 1 :]]


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`[Anna]: bokar` is a note about Anna, whatever CommonMark says; addresses look like one."""
    begin = state.bMarks[start] + state.tShift[start]
    if not _ADDRESS.match(state.src[begin : begin + 1000]):
        return False
    return reference(state, start, end, silent)


def _closed(text: str) -> str:
    """Without the beginning of a comment that never ends, which would hide all the rest."""
    at = text.rfind("<!--")
    return text if at < 0 or "-->" in text[at:] else text[:at] + text[at + 4 :]


@dataclass(slots=True)
class _Part:
    """A piece of a paragraph that stands on a line of its own."""

    spans: list[tuple[str, bool, bool]] = field(default_factory=list)

    def paragraph(self) -> RawParagraph | None:
        text = "".join(span for span, _, _ in self.spans).strip()
        seen = [(bold, italic) for span, bold, italic in self.spans if span.strip()]
        if not text:
            return None
        bold, italic = all(b for b, _ in seen), all(i for _, i in seen)
        return RawParagraph(text=text, bold=bold, italic=italic)


@dataclass(slots=True)
class _List:
    """An open list: the number its last item has in the file, and the one it is printed with."""

    source: int | None = None
    printed: int = 0

    def marker(self, item: Token) -> str:
        """«1. 1. 1.» is printed as 1, 2, 3; other numbers as they stand."""
        if not item.info:
            return item.markup
        number = int(item.info)
        self.printed = self.printed + 1 if number == self.source else number
        self.source = number
        return f"{self.printed}{item.markup}"


class _Reader:
    def __init__(self, text: str) -> None:
        markdown = MarkdownIt("commonmark", {"html": True, "maxNesting": _MAX_NESTING})
        markdown.enable(["table", "strikethrough"])
        markdown.block.ruler.at("reference", _reference)
        self._markdown = markdown
        text = _closed(text)
        self._lines = text.split("\n")
        self._tokens = markdown.parse(text)
        if any(token.level >= _MAX_NESTING - 1 for token in self._tokens):
            raise ValueError("nested too deeply")
        self._lists: list[_List] = []
        self._marker: str | None = None
        self._quotes = 0
        self._heading: int | None = None

    def items(self) -> Iterator[RawItem]:
        """Everything but tables goes token by token."""
        at = 0
        while at < len(self._tokens):
            end = at + 1
            if self._tokens[at].type == "table_open":
                end = next(
                    n for n in range(at, len(self._tokens)) if self._tokens[n].type == "table_close"
                )
                yield from self._table(self._tokens[at:end])
            else:
                yield from self._token(self._tokens[at])
            at = end

    def _token(self, token: Token) -> Iterator[RawItem]:
        kind = token.type
        if kind == "inline":
            yield from self._inline(token)
        elif kind in {"fence", "code_block"}:
            yield from self._plain_lines(token.content, "code")
        elif kind == "html_block":
            yield from self._plain_lines(_without_tags(token.content), None)
        else:
            self._structure(token)

    def _structure(self, token: Token) -> None:
        kind = token.type
        if kind in {"bullet_list_open", "ordered_list_open"}:
            self._lists.append(_List())
        elif kind in {"bullet_list_close", "ordered_list_close"}:
            self._lists.pop()
        elif kind == "list_item_open":
            self._marker = self._lists[-1].marker(token)
        elif kind == "list_item_close":
            self._marker = None
        elif kind in {"blockquote_open", "blockquote_close"}:
            self._quotes += token.nesting
        elif kind in {"heading_open", "heading_close"}:
            self._heading = int(token.tag[1:]) if token.nesting == 1 else None

    def _inline(self, token: Token) -> Iterator[RawItem]:
        parts, pictures = _parts(token.children or [], split=self._heading is None)
        for part in parts:
            paragraph = part.paragraph()
            if paragraph:
                yield self._placed(paragraph)
        yield from pictures

    def _placed(self, paragraph: RawParagraph, style: str | None = None) -> RawParagraph:
        """A paragraph with its heading depth, or its bullet, number or check box."""
        marker, self._marker = self._marker, None
        text = paragraph.text
        task = _TASK.match(text) if self._heading is None and style is None else None
        if task:
            marker = "☐" if task.group(1) == " " else "☑"
            text = text[task.end() :]
        return replace(
            paragraph,
            text=text,
            level=max(len(self._lists) - 1, 0),
            marker=marker,
            listed=marker is not None and self._heading is None,
            heading=self._heading,
            style=style or ("quote" if self._quotes else None),
        )

    def _plain_lines(self, text: str, style: str | None) -> Iterator[RawParagraph]:
        for line in text.split("\n"):
            if line.strip():
                yield self._placed(RawParagraph(text=line.rstrip()), style)

    def _table(self, tokens: Sequence[Token]) -> Iterator[RawItem]:
        """The grid, header row first; the pictures of its cells after it."""
        rows: list[list[RawCell]] = []
        aside: list[RawPicture] = []
        line = 0
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
                line = token.map[0] if token.map else line
            elif token.type == "inline":
                rows[-1].append(_cell(token, aside))
            elif token.type == "tr_close":
                rows[-1].extend(_cell(extra, aside) for extra in self._excess(line, len(rows[-1])))
        width = max(map(len, rows), default=0)
        yield RawTable(rows=tuple(tuple(row + [()] * (width - len(row))) for row in rows))
        yield from aside

    def _excess(self, line: int, columns: int) -> Iterator[Token]:
        """Cells of a row beyond the header's, which the standard leaves out."""
        source = re.sub(r"^[ \t>]*\|?|\|?[ \t]*$", "", self._lines[line])
        for cell in escapedSplit(source)[columns:]:
            yield from self._markdown.parseInline(cell.strip())


def _cell(token: Token, aside: list[RawPicture]) -> RawCell:
    parts, pictures = _parts(token.children or [], split=True)
    aside.extend(pictures)
    return tuple(p for part in parts if (p := part.paragraph()))


def _parts(nodes: Sequence[Token], *, split: bool) -> tuple[list[_Part], list[RawPicture]]:
    """The lines of an inline text; a heading (not `split`) keeps its breaks inside."""
    parts, pictures = [_Part()], list[RawPicture]()
    bold = italic = 0
    for at, node in enumerate(nodes):
        if node.type in {"strong_open", "strong_close"}:
            bold += node.nesting
        elif node.type in {"em_open", "em_close"}:
            italic += node.nesting
        elif node.type == "image":
            pictures.append(RawPicture(text=_text_of(node.children or [])))
        elif node.type == "hardbreak" or _is_break(node):
            parts.append(_Part()) if split else parts[-1].spans.append(("\n", False, False))
        elif node.type == "softbreak" and split and _stands_alone(nodes, at + 1):
            parts.append(_Part())
        else:
            parts[-1].spans.append((_text_of([node]), bold > 0, italic > 0))
    return parts, pictures


def _text_of(nodes: Sequence[Token]) -> str:
    """What is shown of inline tokens: no comments, no known tags; unknown «<namn>» is text."""
    text = ""
    for node in nodes:
        if node.type == "softbreak":
            text += " "
        elif node.type == "html_inline":
            text += _without_tags(node.content)
        else:
            text += node.content
    return text


def _is_break(node: Token) -> bool:
    return (
        node.type == "html_inline" and re.match(r"<br\b", node.content, re.IGNORECASE) is not None
    )


def _stands_alone(nodes: Sequence[Token], start: int) -> bool:
    """Whether the source line from `start` on begins with a time, a check box or a bold label.

    «9.30 Fika», «kl 9 start», «[x] boka», «**Ansvarig:** Anna» begin a paragraph of their own;
    «och sedan 9.30 fika» goes on.
    """
    end = start
    while end < len(nodes) and nodes[end].type not in {"softbreak", "hardbreak"}:
        end += 1
    if _OWN_LINE.match(_text_of(nodes[start:end]).lstrip()):
        return True
    kinds = [node.type for node in nodes[start:end]]
    if "strong_open" not in kinds[:2] or "strong_close" not in kinds:
        return False
    opened, closed = kinds.index("strong_open"), kinds.index("strong_close")
    label = _text_of(nodes[start + opened : start + closed]).strip()
    after = _text_of(nodes[start + closed : end]).lstrip()
    before = _text_of(nodes[start : start + opened]).strip()
    return bool(label) and not before and (label.endswith(":") or after.startswith(":"))


def _without_tags(text: str) -> str:
    """HTML as lines of text: comments, scripts and known tags out, the rest as it stands."""

    def shown(match: re.Match[str]) -> str:
        name = match.group(1).lower()
        if name not in _TAGS:
            return match.group()
        return "\n" if name in block_names or name == "br" else ""

    return html.unescape(_TAG.sub(shown, _COMMENT.sub("", text)))
