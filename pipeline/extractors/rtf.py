r"""RTF: the paragraphs, lists, tables, notes and text boxes of a Rich Text file, in its order.

Reads what Word, LibreOffice, WordPad and TextEdit write, by the Rich Text Format Specification
1.9.1: what they show goes in once, what they hide stays out. Groups and words are left to
`rtf_reader`, notes, fields and pictures to `rtf_destinations`, tables to `rtf_flow`.
"""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.errors import DamagedInputError, LimitError
from pipeline.extractors.docx_text import leading_checkbox, shown_text, usual_size
from pipeline.extractors.rtf_destinations import SAID, Destinations
from pipeline.extractors.rtf_flow import Flow, Paragraph
from pipeline.extractors.rtf_reader import Reader
from pipeline.extractors.rtf_tables import Tables
from pipeline.extractors.rtf_tokens import Tokens
from pipeline.model.document import BlockRole
from pipeline.model.raw import RawDocument, RawItem, RawPage, RawParagraph

_MAX_BYTES = 512 * 1024**2
_BEGIN = re.compile(rb"[\xef\xbb\xbf\0\s]*(\{\\rtf)")
_DEEPEST_LEVEL = 8


def extract(path: Path) -> RawDocument:
    """Read an RTF file; notes and comments follow the paragraph they belong to.

    Headers and footers come last. Raises `DamagedInputError` where the file does not begin like
    RTF, `LimitError` where it is not safe to read.
    """
    if path.stat().st_size > _MAX_BYTES:
        raise LimitError(f"{path.name} is larger than 512 MiB", "take large pictures out of it")
    data = path.read_bytes()
    begin = _BEGIN.match(data)
    if begin is None:
        raise DamagedInputError(
            f"{path.name} does not begin like an RTF file",
            "open it in the program that made it and save it again as RTF or DOCX",
        )
    try:
        return _document(Tokens(data, begin.start(1)))
    except LimitError as error:
        raise LimitError(f"{path.name}: {error.message}", error.hint) from error


def _document(tokens: Tokens) -> RawDocument:
    tables = Tables()

    def printed(flow: Flow, declared: Paragraph) -> list[RawItem]:
        return _printed(flow, declared, tables)

    body = Flow(printed, BlockRole.BODY)
    reader = Reader(tokens, body, tables, SAID)
    destinations = Destinations(reader, tables, printed)
    reader.read()
    items = body.close(reader.state.declared)
    titles = (x.text for x in items if isinstance(x, RawParagraph) and x.heading == 0)
    title = next(titles, None) or tables.title
    items.extend(destinations.furniture())
    page = RawPage(number=1, items=items)
    return RawDocument(pages=[page], title=title, paged=False, problems=reader.problems)


def _printed(flow: Flow, declared: Paragraph, tables: Tables) -> list[RawItem]:
    """A paragraph and what is anchored in it; an empty one counts in its list all the same."""
    pieces = flow.take()
    marker = _marker(flow, declared, tables)
    box, pieces = leading_checkbox(pieces, marker)
    text = shown_text(pieces)
    anchored = [*flow.pictures, *flow.boxes, *flow.notes]
    if not text.strip():
        return anchored
    seen = [piece for piece in pieces if piece.text.strip()]
    heading = tables.styles.heading(declared.style, declared.outline)
    level = min(declared.level, _DEEPEST_LEVEL) if marker else 0
    level = 0 if heading is not None else level or tables.styles.list_depth(declared.style)
    paragraph = RawParagraph(
        text=text,
        size=usual_size(seen),
        bold=all(piece.look.bold for piece in seen),
        italic=all(piece.look.italic for piece in seen),
        level=level,
        marker=box or marker,
        listed=bool(box or marker) and heading is None,
        heading=heading,
        style=tables.styles.name(declared.style),
        role=flow.role,
        shape=flow.shape,
        furniture=flow.role is BlockRole.FURNITURE,
    )
    return [paragraph, *anchored]


def _marker(flow: Flow, declared: Paragraph, tables: Tables) -> str | None:
    """The marker as printed beside the paragraph, else as its list counts."""
    counted = None if declared.list is None else tables.mark(declared.list, declared.level)
    return counted if flow.marker is None else flow.marker or None
