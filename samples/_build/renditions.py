"""Draws the slides of the sample decks and makes the further renditions of a file (PDF, text dump).

What the slides say stands in the scripts beside this one, one per case.
"""

from __future__ import annotations

import copy
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from docx.opc.coreprops import CoreProperties
from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.parts.coreprops import CorePropertiesPart
from pptx.slide import Slide
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Inches, Pt

SAMPLES = Path(__file__).resolve().parents[1]
FONT = "Arial"
INK = "1F2933"
TITLE_LAYOUT, TEXT_LAYOUT, HEADING_LAYOUT = LAYOUTS = (0, 1, 5)
STAMP = datetime(2025, 1, 1)
ZIP_STAMP = (1980, 1, 1, 0, 0, 0)

Line = str | tuple[int, str]
"""A paragraph, or a level (0 is the outermost) and a paragraph."""


class Deck:
    """A slide deck with one accent colour, a running foot and page numbers."""

    def __init__(self, foot: str, accent: str, width: float = 13.333, height: float = 7.5) -> None:
        """Start an empty deck of `width` by `height` inches; `accent` is a hexadecimal colour."""
        self.foot = foot
        self.accent = accent
        self.width = width
        self.height = height
        self.deck = Presentation()
        self.deck.slide_width, self.deck.slide_height = Inches(width), Inches(height)
        self._drop_unused_layouts()
        self._place_placeholders()
        self._style_master()

    def title_slide(self, title: str, lines: Sequence[str]) -> Slide:
        """Add the front page: the title and the lines below it."""
        slide = self._add(TITLE_LAYOUT)
        slide.shapes.title.text = title
        slide.placeholders[1].text = "\n".join(lines)
        add_box(slide, [], (0, 0, 0.35, self.height), fill=self.accent)
        return slide

    def text_slide(
        self, title: str, lines: Iterable[Line], size: float = 22, bullets: bool = True
    ) -> Slide:
        """Add a page with a title and one body of paragraphs."""
        slide = self._add(TEXT_LAYOUT)
        slide.shapes.title.text = title
        frame = slide.placeholders[1].text_frame
        _fill_frame(frame, lines, size, bullets=bullets)
        return slide

    def heading_slide(self, title: str) -> Slide:
        """Add a page with a title and room for boxes or a table."""
        slide = self._add(HEADING_LAYOUT)
        slide.shapes.title.text = title
        return slide

    def save(self, path: Path, title: str) -> Path:
        """Write the deck; its properties hold the title and nothing about a person."""
        path.parent.mkdir(parents=True, exist_ok=True)
        name_document(self.deck.core_properties, title)
        self.deck.save(path)
        pin_archive(path)
        return path

    def _add(self, layout: int) -> Slide:
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[LAYOUTS.index(layout)])
        if layout != TITLE_LAYOUT:
            self._add_foot(slide)
        return slide

    def _add_foot(self, slide: Slide) -> None:
        """Copy the layout's foot and page number, which python-pptx leaves out of new slides."""
        for shape in slide.slide_layout.placeholders:
            kind = shape.placeholder_format.type
            if kind not in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
                continue
            element = copy.deepcopy(shape._element)
            slide.shapes._spTree.append(element)
            for run in element.iter(qn("a:rPr")):
                run.append(run.makeelement(qn("a:latin"), {"typeface": FONT}))
            if kind == PP_PLACEHOLDER.FOOTER:
                foot = slide.placeholders[shape.placeholder_format.idx]
                foot.text = self.foot
                foot.text_frame.paragraphs[0].runs[0].font.name = FONT

    def _drop_unused_layouts(self) -> None:
        layouts = self.deck.slide_layouts
        for layout in [layout for i, layout in enumerate(layouts) if i not in LAYOUTS]:
            layouts.remove(layout)

    def _place_placeholders(self) -> None:
        wide, low = self.width - 1.4, self.height - 0.55
        boxes = {
            PP_PLACEHOLDER.TITLE: (0.7, 0.4, wide, 1.0),
            PP_PLACEHOLDER.CENTER_TITLE: (0.7, self.height * 0.28, wide, 1.4),
            PP_PLACEHOLDER.SUBTITLE: (0.7, self.height * 0.28 + 1.5, wide, 1.9),
            PP_PLACEHOLDER.BODY: (0.7, 1.5, wide, self.height - 2.3),
            PP_PLACEHOLDER.OBJECT: (0.7, 1.5, wide, self.height - 2.3),
            PP_PLACEHOLDER.FOOTER: (0.7, low, wide - 1.5, 0.35),
            PP_PLACEHOLDER.SLIDE_NUMBER: (self.width - 1.7, low, 1.0, 0.35),
            PP_PLACEHOLDER.DATE: (0.7, self.height, 1.0, 0.35),
        }
        master = self.deck.slide_master
        for page in [*master.slide_layouts, master]:
            for shape in page.placeholders:
                left, top, width, height = boxes[shape.placeholder_format.type]
                shape.left, shape.top = Inches(left), Inches(top)
                shape.width, shape.height = Inches(width), Inches(height)

    def _style_master(self) -> None:
        """Left-aligned titles in the accent colour, one font for all text."""
        master = self.deck.slide_master.element
        for latin in master.iter(qn("a:latin")):
            latin.set("typeface", FONT)
        level = master.find(".//" + qn("p:titleStyle")).find(qn("a:lvl1pPr"))
        level.set("algn", "l")
        run = level.find(qn("a:defRPr"))
        run.set("sz", "3000")
        run.set("b", "1")
        color = run.find(qn("a:solidFill"))
        color.clear()
        color.append(color.makeelement(qn("a:srgbClr"), {"val": self.accent}))
        for page in [self.deck.slide_master, *self.deck.slide_layouts]:
            for shape in page.placeholders:
                if shape.placeholder_format.type == PP_PLACEHOLDER.FOOTER:
                    for level in shape._element.iter(qn("a:lvl1pPr")):
                        level.set("algn", "l")
        for level in self.deck.slide_layouts[0].placeholders[1]._element.iter(qn("a:lvl1pPr")):
            level.set("algn", "l")


def add_box(
    slide: Slide,
    lines: Iterable[Line],
    place: tuple[float, float, float, float],
    size: float = 16,
    *,
    bold: bool = False,
    fill: str | None = None,
    color: str = INK,
    bullets: bool = False,
) -> None:
    """Draw paragraphs in a box at `place` (left, top, width, height in inches)."""
    corner = [Inches(x) for x in place]
    if fill:
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *corner)
        shape.shadow.inherit = False
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(fill)
        shape.line.fill.background()
    else:
        shape = slide.shapes.add_textbox(*corner)
    frame = shape.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if fill and not bullets else MSO_ANCHOR.TOP
    _fill_frame(frame, lines, size, bullets=bullets, bold=bold, color=color, own_style=True)


def add_table(
    slide: Slide,
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    accent: str,
    top: float = 1.55,
    row_height: float = 0.5,
    size: float = 14,
) -> None:
    """Draw a table whose first row is its head; `widths` are the columns' in inches."""
    frame = slide.shapes.add_table(
        len(rows),
        len(widths),
        Inches(0.7),
        Inches(top),
        Inches(sum(widths)),
        Inches(row_height * len(rows)),
    )
    for column, width in zip(frame.table.columns, widths, strict=True):
        column.width = Inches(width)
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            cell = frame.table.cell(i, j)
            cell.text = text
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            if i == 0:
                cell.fill.solid()
                cell.fill.fore_color.rgb = RGBColor.from_string(accent)
            for run in cell.text_frame.paragraphs[0].runs:
                run.font.size, run.font.name = Pt(size), FONT


def add_notes(slide: Slide, text: str) -> None:
    """Write the speaker notes of a slide."""
    slide.notes_slide.notes_text_frame.text = text


def name_document(properties: CorePropertiesPart | CoreProperties, title: str) -> None:
    """Set the title, empty what the template says of people, and pin the dates."""
    for name in ("author", "last_modified_by", "comments", "keywords", "subject", "category"):
        setattr(properties, name, "")
    properties.title = title
    properties.created = properties.modified = STAMP
    properties.revision = 1


def pin_archive(path: Path) -> None:
    """Rewrite an Office file with fixed dates and without the template's preview picture."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    preview = next((name for name in parts if name.startswith("docProps/thumbnail")), None)
    if preview:
        del parts[preview]
        parts["_rels/.rels"] = _without_preview(parts["_rels/.rels"])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, ZIP_STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)


def to_pdf(path: Path) -> Path:
    """Export an Office file to a PDF beside it with LibreOffice."""
    profile = Path(tempfile.gettempdir()) / "lo_samples"
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(path.parent),
            str(path),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    pdf = path.with_suffix(".pdf")
    pdf.write_bytes(_without_clock(pdf.read_bytes()))
    return pdf


def to_text(pdf: Path) -> Path:
    """Dump the text of a PDF beside it; pages are parted by form feeds."""
    text = pdf.with_suffix(".txt")
    subprocess.run(["pdftotext", "-enc", "UTF-8", str(pdf), str(text)], check=True)
    return text


def _without_clock(pdf: bytes) -> bytes:
    """Replace the date of the export and the ids made from it by as many fixed characters."""
    pdf = re.sub(
        rb"CreationDate\(D:\d{14}", b"CreationDate(D:" + f"{STAMP:%Y%m%d%H%M%S}".encode(), pdf
    )
    for name in (
        rb"(/ID \[ <)(\w{32})",
        rb"(/ID \[ <\w{32}>\n<)(\w{32})",
        rb"(/DocChecksum /)(\w{32})",
    ):
        pdf = re.sub(name, lambda match: match[1] + b"0" * len(match[2]), pdf)
    return pdf


def _without_preview(relations: bytes) -> bytes:
    root = etree.fromstring(relations)
    for relation in list(root):
        if relation.get("Type") == RELATIONSHIP_TYPE.THUMBNAIL:
            root.remove(relation)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _fill_frame(
    frame: TextFrame,
    lines: Iterable[Line],
    size: float,
    *,
    bullets: bool,
    bold: bool = False,
    color: str = INK,
    own_style: bool = False,
) -> None:
    """Write paragraphs; a text that begins with `**` is a bold lead-in without a bullet."""
    for i, line in enumerate(lines):
        level, text = (0, line) if isinstance(line, str) else line
        lead = text.startswith("**")
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        paragraph.level = level
        paragraph.space_after = Pt(size * 0.3)
        if lead and i:
            paragraph.space_before = Pt(size)
        run = paragraph.add_run()
        run.text = text.removeprefix("**")
        run.font.size = Pt(size - 2 * level)
        run.font.bold = True if bold or lead else None
        run.font.color.rgb = RGBColor.from_string(color)
        if own_style:
            run.font.name = FONT
        _set_bullet(paragraph, level, bullets and not lead, own_style)


def _set_bullet(paragraph: _Paragraph, level: int, bullet: bool, own_style: bool) -> None:
    properties = paragraph._p.get_or_add_pPr()
    if not bullet:
        properties.set("marL", "0")
        properties.set("indent", "0")
        properties.append(properties.makeelement(qn("a:buNone"), {}))
    elif own_style:
        properties.set("marL", str(228600 * (level + 1)))
        properties.set("indent", "-228600")
        properties.append(properties.makeelement(qn("a:buFont"), {"typeface": FONT}))
        properties.append(
            properties.makeelement(qn("a:buChar"), {"char": "•" if level == 0 else "–"})
        )
    if own_style:
        properties.set("algn", "l")
