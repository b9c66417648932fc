"""RawDocument -> Document: regions, titles, furniture and headings put together as blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

from pipeline.layout.blocks import FOUND, BlockMaker, Placed
from pipeline.layout.furniture import find_furniture
from pipeline.layout.levels import with_levels
from pipeline.layout.markers import split_marker
from pipeline.layout.notes import on_cards, with_marks
from pipeline.layout.pages import body_size, heading_sizes, runs_on, with_headings
from pipeline.layout.paragraphs import part_lines, right_edges, running, slide
from pipeline.layout.plain import dump_pages, notes_paragraphs
from pipeline.layout.regions import (
    Content,
    Region,
    as_heading,
    grouped,
    in_order,
    regions_of_lines,
    regions_of_shapes,
)
from pipeline.layout.tables import arranged, is_layout_table
from pipeline.layout.titles import find_titles, part_title
from pipeline.model.document import (
    LOOSE,
    BlockRole,
    Document,
    Page,
    SourceInfo,
)
from pipeline.model.raw import (
    RawDocument,
    RawItem,
    RawLine,
    RawPage,
    RawParagraph,
    RawPicture,
    RawTable,
)
from pipeline.model.text import clean, fold

_BORNE_OUT = 0.6


def lay_out(raw: RawDocument, source: SourceInfo) -> Document:
    """The blocks of a document in reading order, with their ids."""
    if _is_plain(raw):
        pages = _plain_pages(raw)
    elif raw.paged and _is_placed(raw):
        pages = [
            [(c, None) for c in _typed(page)] if _is_typed(page) else drawn
            for page, drawn in zip(raw.pages, _drawn_pages(raw), strict=True)
        ]
    else:
        pages = [[(c, None) for c in _flow(page)] for page in raw.pages]
    maker = BlockMaker(raw.paged and not runs_on(raw.pages))
    built = [
        replace(_page_of(page), blocks=tuple(maker.page(contents)))
        for page, contents in zip(raw.pages, pages, strict=True)
    ]
    title = source.title or _document_title(raw, built)
    source = replace(source, title=title, ocr_pages=tuple(raw.ocr_pages))
    paged = raw.paged and not runs_on(raw.pages)
    return Document(source=source, pages=tuple(built), paged=paged, problems=tuple(raw.problems))


def _document_title(raw: RawDocument, pages: Sequence[Page]) -> str | None:
    """The title that the file states, where its text bears it out; else that of its first page.

    Programs state titles of their own («Microsoft Word - kopia.doc»), and copied files those of
    others.
    """
    stated = clean(raw.title or "")
    words = set(fold(stated).split())
    shown = {w for page in pages for block in page.blocks for w in fold(block.text).split()}
    if words and len(words & shown) >= _BORNE_OUT * len(words):
        return stated
    first = next((page.title for page in pages[:2] if page.title is not None), None)
    return first.text if first is not None else None


def _page_of(page: RawPage) -> Page:
    return Page(
        page.number, (), page.width, page.height, page.label, page.hidden, page.confidence
    )  # fmt: skip


def _is_plain(raw: RawDocument) -> bool:
    return any(_is_typed(page) and page.width is None for page in raw.pages)


def _is_typed(page: RawPage) -> bool:
    """Whether a page's lines were typed; with a width, for a drawn page that nothing can read."""
    return any(isinstance(i, RawLine) and i.bbox is None for i in page.items)


def _is_placed(raw: RawDocument) -> bool:
    """Whether pages have a size or places; sheets of a workbook come in the order to read."""
    return any(p.width or any(i.bbox is not None for i in p.items) for p in raw.pages)


def _plain_pages(raw: RawDocument) -> list[list[Placed]]:
    if not raw.paged:
        return [[(c, None) for c in _typed(page)] for page in raw.pages]
    lines = [[i for i in page.items if isinstance(i, RawLine)] for page in raw.pages]
    return [[(_unplaced(p), None) for p in page] for page in dump_pages(lines)]


def _typed(page: RawPage) -> list[Content]:
    """Typed lines as paragraphs; what the file knows as whole stands between them, as in mails."""
    titled = any(isinstance(i, RawParagraph) and i.heading == 0 for i in page.items)
    out: list[Content] = []
    for typed, run in groupby(page.items, key=lambda i: isinstance(i, RawLine)):
        items = list(run)
        if typed:
            lines = [i for i in items if isinstance(i, RawLine)]
            out.extend(_unplaced(p) for p in notes_paragraphs(lines, titled=titled or bool(out)))
        else:
            out.extend(_known(items))
    return out


def _unplaced(content: RawParagraph | RawTable) -> Content:
    return content if isinstance(content, RawTable) else replace(content, bbox=None)


def _flow(page: RawPage) -> list[Content]:
    """A document that runs on: paragraphs in the file's order, headings by look marked."""
    return _look(_known(page.items))


def _known(items: Iterable[RawItem]) -> list[Content]:
    """What a file knows as whole, lines that start new items parted."""
    out: list[Content] = []
    for item in items:
        if isinstance(item, RawParagraph):
            out.extend(_with_marker(p) for p in part_lines(item))
        elif isinstance(item, RawTable) and is_layout_table(item):
            out.extend(arranged(item))
        elif not isinstance(item, RawLine):
            out.append(item)
    return out


def _with_marker(p: RawParagraph) -> RawParagraph:
    """Bullets typed by hand are markers too; a bullet inside a drawn bullet is kept as text."""
    if p.heading is not None or p.listed:
        return p
    marker, text = split_marker(p.text)
    return replace(p, text=text, marker=marker, listed=True) if marker else p


def _drawn_pages(raw: RawDocument) -> list[list[Placed]]:
    declared = running if runs_on(raw.pages) else slide
    raw = replace(raw, pages=[declared(p) if p.tagged else p for p in raw.pages])
    regions = [_regions(page) for page in raw.pages]
    heights = [page.height for page in raw.pages]
    furniture = find_furniture(regions, heights)
    bodies = [
        [r for n, r in enumerate(page) if n not in out]
        for page, out in zip(regions, furniture, strict=True)
    ]
    if runs_on(raw.pages):
        return _running_pages(raw, bodies, regions, furniture)
    titles = _titles(bodies, heights)
    out = []
    for page, body, title, set_apart, all_regions in zip(
        raw.pages, bodies, titles, furniture, regions, strict=True
    ):
        contents = _page_contents(body, title, drawn=_is_drawn(page))
        for n in sorted(set_apart):
            contents.extend((_as_furniture(c), None) for c in all_regions[n].contents)
        contents.extend((c, None) for c in _aside(page))
        out.append(contents)
    return out


def _running_pages(
    raw: RawDocument, bodies: Sequence[Sequence[Region]], regions: Sequence[Sequence[Region]],
    furniture: Sequence[set[int]],
) -> list[list[Placed]]:  # fmt: skip
    """Pages of a printed document: its blocks in order, headings by their size."""
    body = body_size(bodies)
    sizes = heading_sizes(bodies, body)
    out: list[list[Placed]] = []
    for n, page in enumerate(raw.pages):
        ordered = bodies[n] if page.tagged else in_order(with_levels(bodies[n]))
        found = [c for region in ordered for c in _contents(region)]
        contents: list[Placed] = [
            (c, None) for c in with_headings(found, sizes, body, first=n == 0)
        ]
        for k in sorted(furniture[n]):
            contents.extend((_as_furniture(c), None) for c in regions[n][k].contents)
        contents.extend((c, None) for c in _aside(page))
        out.append(contents)
    return out


def _aside(page: RawPage) -> list[RawParagraph]:
    """Speaker notes and declared furniture, which take no part in the layout."""
    return [
        replace(p, text=clean(p.text))
        for p in page.items
        if isinstance(p, RawParagraph) and (p.furniture or p.role is not BlockRole.BODY)
    ]


def _regions(page: RawPage) -> list[Region]:
    lines = [i for i in page.items if isinstance(i, RawLine) and i.bbox is not None]
    rights = right_edges(page.items)
    contents: list[Content] = []
    for item in page.items:
        if isinstance(item, RawParagraph):
            if not item.furniture and item.role is BlockRole.BODY:
                whole = item.heading is not None and not item.lines
                parts = [item] if whole else part_lines(item, rights.get(item.shape))
                contents.extend(_with_marker(p) for p in parts)
        elif isinstance(item, RawTable) or (isinstance(item, RawPicture) and not lines):
            contents.append(item)
    shapes = regions_of_shapes(contents)
    if lines:
        return with_marks(shapes + regions_of_lines(lines, page.boxes), page)
    return with_marks(on_cards(shapes, page.boxes), page)


def _titles(
    bodies: Sequence[Sequence[Region]], heights: Sequence[float | None]
) -> list[int | None]:
    """Declared titles where the file has them, found ones elsewhere."""
    declared: list[int | None] = [
        next((n for n, r in enumerate(body) if any(p.heading == 0 for p in r.paragraphs)), None)
        for body in bodies
    ]
    if all(d is not None for d in declared):
        return declared
    found = find_titles(bodies, heights)
    return [f if d is None else d for d, f in zip(declared, found, strict=True)]


def _is_drawn(page: RawPage) -> bool:
    """Whether the page tells lines and nothing else, so that levels must be seen."""
    return not page.tagged and any(isinstance(i, RawLine) for i in page.items)


def _page_contents(body: Sequence[Region], title: int | None, *, drawn: bool) -> list[Placed]:
    out: list[Placed] = []
    rest = list(body)
    if title is not None:
        named, remainder = part_title(body[title])
        out.append((named, None))
        rest[title : title + 1] = [remainder] if remainder else []
    rest = with_levels(rest) if drawn else rest
    number = 0
    groups = grouped(rest)
    walled = len(groups) > 1
    for head, members in groups:
        number += 1
        if head is not None:
            out.extend((c, number) for c in as_heading(head).contents)
        for region in members:
            loose = walled and head is None
            out.extend((c, LOOSE if loose else number) for c in _contents(region))
            number += head is None
    return out


def _contents(region: Region) -> list[Content]:
    out: list[Content] = []
    for item in region.contents:
        if isinstance(item, RawTable) and is_layout_table(item):
            out.extend(arranged(item))
        else:
            out.append(item)
    return _look(out)


def _look(contents: Sequence[Content]) -> list[Content]:
    """Marks short bold or larger lines over other text as headings found by their look."""
    paragraphs = [c for c in contents if isinstance(c, RawParagraph) and c.text]
    sizes = [p.size for p in paragraphs if p.size and p.heading is None]
    usual = median(sizes) if sizes else 0.0
    light = sum(not p.bold for p in paragraphs) >= 0.5 * len(paragraphs)
    out: list[Content] = []
    for n, item in enumerate(contents):
        following = contents[n + 1] if n + 1 < len(contents) else None
        if isinstance(item, RawParagraph) and _stands_out(item, following, usual, light):
            item = replace(item, style=FOUND)
        out.append(item)
    return out


def _stands_out(p: RawParagraph, following: Content | None, usual: float, light: bool) -> bool:
    if p.heading is not None or p.listed or p.role is not BlockRole.BODY or following is None:
        return False
    if len(p.text) > 90 or p.text.rstrip().endswith((".", ",", ";")):
        return False
    if not any(ch.isalpha() for ch in p.text):
        return False
    larger = bool(p.size and usual) and (p.size or 0) >= 1.15 * usual
    same = isinstance(following, RawParagraph) and (following.bold, following.size) == (
        p.bold,
        p.size,
    )
    return (larger or (p.bold and light)) and not (same and not _is_listed(following))


def _is_listed(item: Content | None) -> bool:
    return isinstance(item, RawParagraph) and item.listed


def _as_furniture(content: Content) -> Content:
    if isinstance(content, RawParagraph):
        return replace(content, furniture=True, role=BlockRole.FURNITURE)
    return content
