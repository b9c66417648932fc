"""Other readers, each asked for the most structure it offers and put in the neutral form.

A peer that is not installed, or that does not read a format, raises; the benchmark says so. OCR
and models are left off: nothing here is a scan, and every reader is to work offline.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

from reading.markdown_blocks import as_rows, blocks, entitled, first_line_title
from reading.model import Line, Reading, Rows

FORMATS = {
    "markitdown": {".pptx", ".docx", ".pdf"},
    "docling": {".pptx", ".docx"},
    "kreuzberg": {".pptx", ".docx", ".pdf"},
    "liteparse": {".pdf"},
    "pdfplumber": {".pdf"},
}
"""What each is measured on. docling reads PDFs with models, liteparse reads Office files by way
of LibreOffice: both are left out."""


def reader(name: str) -> Callable[[Path], Reading]:
    """The peer's reader; its imports happen here."""
    maker: dict[str, Callable[[], Callable[[Path], Reading]]] = {
        "markitdown": _markitdown,
        "docling": _docling,
        "kreuzberg": _kreuzberg,
        "liteparse": _liteparse,
        "pdfplumber": _pdfplumber,
    }
    return maker[name]()


def _paged(path: Path) -> bool:
    return path.suffix == ".pptx"


def _markitdown() -> Callable[[Path], Reading]:
    from markitdown import MarkItDown

    convert = MarkItDown(enable_plugins=False).convert
    slide = re.compile(r"<!-- Slide number: (\d+) -->")

    def read(path: Path) -> Reading:
        if path.suffix == ".pdf":
            # Page by page, for it marks the page breaks of some files only.
            pages = (convert(page, file_extension=".pdf").text_content for page in _pages(path))
            return {n: first_line_title(blocks(page)) for n, page in enumerate(pages, 1)}
        text = convert(str(path)).text_content
        if not _paged(path):
            return {1: blocks(text)}
        parts = slide.split(text)
        return {
            int(number): entitled(blocks(body.split("### Notes:")[0]))
            for number, body in zip(parts[1::2], parts[2::2], strict=True)
        }

    return read


def _pages(path: Path) -> Iterator[BytesIO]:
    """The pages of a PDF as files of their own."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as whole:
        for n in range(len(whole)):
            stream = BytesIO()
            page = pypdfium2.PdfDocument.new()
            page.import_pages(whole, [n])
            page.save(stream)
            stream.seek(0)
            yield stream


def _docling() -> Callable[[Path], Reading]:
    from docling.document_converter import DocumentConverter

    convert = DocumentConverter().convert

    def read(path: Path) -> Reading:
        document = convert(path).document
        out: Reading = {}
        for items in _docling_blocks(document):
            page = items[0].prov[0].page_no if getattr(items[0], "prov", None) else 1
            if line := _docling_line(items, document):
                out.setdefault(page, []).append(line)
        return {n: entitled(lines) for n, lines in out.items()} if _paged(path) else out

    return read


def _docling_blocks(document: Any) -> Iterator[list[Any]]:
    """The items in order; the pieces of a line that are formatted unlike are one block."""
    items = (item for item, _ in document.iterate_items())
    for _, pieces in groupby(items, key=lambda item: _docling_whole(item, document).self_ref):
        yield list(pieces)


def _docling_whole(item: Any, document: Any) -> Any:
    """The item that a piece of a line belongs to; any other item itself."""
    above = item.parent.resolve(document) if item.parent else None
    if getattr(getattr(above, "label", None), "value", "") != "inline":
        return item
    holder = above.parent.resolve(document)
    return holder if getattr(holder, "text", None) == "" else above


def _docling_line(items: list[Any], document: Any) -> Line | None:
    item = _docling_whole(items[0], document)
    label = getattr(getattr(item, "label", None), "value", "text")
    if label == "table":
        return Line("table", "", 0, _docling_rows(item))
    text = " ".join(" ".join(getattr(x, "text", "") or "" for x in items).split())
    if not text:
        return None
    if label == "title":
        return Line("title", text)
    if label == "section_header":
        return Line("heading", text, item.level)
    if label == "list_item":
        return Line("item", text, _docling_level(item, document))
    return blocks(text)[0] if blocks(text) else None


def _docling_rows(table: Any) -> Rows:
    return as_rows(
        [
            [
                cell.text
                if (cell.start_row_offset_idx, cell.start_col_offset_idx) == (r, c)
                else ""
                for c, cell in enumerate(row)
            ]
            for r, row in enumerate(table.data.grid)
        ]
    )


def _docling_level(item: Any, document: Any) -> int:
    level, above = -1, item.parent
    while above is not None:
        node = above.resolve(document)
        level += getattr(getattr(node, "label", None), "value", "") in ("list", "ordered_list")
        above = node.parent
    return max(level, 0)


def _kreuzberg() -> Callable[[Path], Reading]:
    from kreuzberg import ExtractionConfig, PageConfig, extract_file_sync

    mark = re.compile(r"^PAGEMARK (\d+)$", re.MULTILINE)
    pages = PageConfig(insert_page_markers=True, marker_format="\n\nPAGEMARK {page_num}\n\n")
    marked = ExtractionConfig(output_format="markdown", pages=pages)
    nodes = ExtractionConfig(output_format="markdown", include_document_structure=True)
    text = ExtractionConfig(output_format="markdown")

    def read(path: Path) -> Reading:
        if path.suffix == ".pdf":
            return _kreuzberg_pdf(extract_file_sync(str(path), config=nodes))
        if not _paged(path):
            return {1: blocks(extract_file_sync(str(path), config=text).content)}
        parts = mark.split(extract_file_sync(str(path), config=marked).content)
        return {
            int(number): entitled(blocks(re.split(r"^#* ?Notes:$", body, flags=re.M)[0]))
            for number, body in zip(parts[1::2], parts[2::2], strict=True)
        }

    return read


def _kreuzberg_pdf(result: Any) -> Reading:
    out: Reading = {}
    nodes = result.document["nodes"]
    for node in nodes:
        content, page = node["content"], node.get("page") or 1
        kind, text = content["node_type"], " ".join((content.get("text") or "").split())
        lines = out.setdefault(page, [])
        if kind == "table":
            lines.append(Line("table", "", 0, _kreuzberg_rows(content["grid"])))
        elif kind == "heading" and text:
            lines.append(Line("heading", text, content["level"]))
        elif kind == "list_item" and text:
            lines.append(Line("item", text, _kreuzberg_level(node, nodes)))
        elif kind == "paragraph" and text:
            lines.append(Line("text", text))
    return {page: entitled(lines) for page, lines in out.items()}


def _kreuzberg_level(node: Any, nodes: Any) -> int:
    level = -1
    while node.get("parent") is not None:
        node = nodes[node["parent"]]
        level += node["content"]["node_type"] == "list"
    return max(level, 0)


def _kreuzberg_rows(grid: Any) -> Rows:
    cells = {(c["row"], c["col"]): " ".join(c["content"].split()) for c in grid["cells"]}
    return tuple(
        tuple(cells.get((r, c), "") for c in range(grid["cols"])) for r in range(grid["rows"])
    )


def _liteparse() -> Callable[[Path], Reading]:
    from liteparse import LiteParse

    parser = LiteParse(
        ocr_enabled=False, output_format="markdown", quiet=True, image_mode="off",
        extract_links=False, keep_headers_footers=True,
    )  # fmt: skip

    def read(path: Path) -> Reading:
        pages = parser.parse(str(path)).pages
        return {p.page_num: entitled(blocks(p.markdown or "")) for p in pages}

    return read


def _pdfplumber() -> Callable[[Path], Reading]:
    import pdfplumber

    def read(path: Path) -> Reading:
        with pdfplumber.open(path) as pdf:
            return {p.page_number: _plain_page(p) for p in pdf.pages}

    return read


def _plain_page(page: Any) -> list[Line]:
    text = page.extract_text(layout=True)
    kept = [line for line in text.splitlines() if line.strip()]
    margin = min((len(k) - len(k.lstrip()) for k in kept), default=0)
    lines = first_line_title(blocks("\n".join(k[margin:] for k in kept)))
    tables = [Line("table", "", 0, as_rows(t)) for t in page.extract_tables()]
    page.close()
    return lines + tables
