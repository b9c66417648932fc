"""How the summary looks: one accent colour, one typeface, Word's own style names.

Sets up the styles of a new document; page, header and footer are in `page`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

TEXT_WIDTH_CM = 16.6
FONT = "Calibri"
"""Word has Calibri; LibreOffice puts Carlito in its place, which runs equally wide."""
ACCENT = "1F5C7A"
INK = "22282E"
GREY = "66707A"
RULE = "D3DAE0"

FACTS = "Facts"
LEAD = "Lead"
SMALL = "Small Text"
SMALL_BULLET = "Small Bullet"
SUBHEADING = "Subheading"
BULLET = "List Bullet"
TABLE_TEXT = "Table Text"
TABLE_ITEM = "Table Item"
TABLE_HEADING = "Table Heading"
TABLE_NOTE = "Table Note"
TABLE_STYLE = "Summary Table"
QUIET = "Quiet"
ASIDE = "Heading Aside"
EMPHASIS = "Emphasis"
MARK = "Reference Mark"

_KEPT = frozenset({
    "Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Header", "Footer",
    "List", "List 2", "List 3", "List Paragraph", "List Bullet", "List Bullet 2", "List Bullet 3",
    "List Number", "List Number 2", "List Number 3", "Emphasis", "Strong",
    "Default Paragraph Font", "Normal Table", "No List",
})  # fmt: skip


@dataclass(frozen=True)
class _Look:
    """One paragraph style: sizes and spaces in points, `indent` in centimetres."""

    name: str
    size: float
    colour: str = INK
    bold: bool = False
    before: float = 0
    after: float = 4
    line: float = 1.1
    keep_with_next: bool = False
    indent: float | None = None
    hanging: float = 0
    base: str = "Normal"


_LOOKS = (
    _Look("Normal", 10.5),
    _Look("Title", 24, ACCENT, bold=True, after=2, line=1.0, keep_with_next=True),
    _Look("Subtitle", 12.5, GREY, after=10, keep_with_next=True),
    _Look("Heading 1", 16, ACCENT, bold=True, before=22, after=6, line=1.0, keep_with_next=True),
    _Look("Heading 2", 12.5, bold=True, before=14, after=3, line=1.0, keep_with_next=True),
    _Look("Heading 3", 10.5, ACCENT, bold=True, before=9, after=2, keep_with_next=True),
    _Look("Header", 8.5, GREY, after=0),
    _Look("Footer", 8.5, GREY, after=0),
    _Look("List Bullet", 10.5, after=2.5),
    _Look(FACTS, 10.5, after=2, indent=2.4, hanging=2.4),
    _Look(LEAD, 9.5, GREY, after=4, keep_with_next=True),
    _Look(SUBHEADING, 9.5, GREY, bold=True, before=5, after=2, keep_with_next=True),
    _Look(SMALL, 9, after=2, line=1.05),
    _Look(SMALL_BULLET, 9, after=1.5, line=1.05, base="List Bullet"),
    _Look(TABLE_NOTE, 9, before=6, after=2),
    _Look(TABLE_TEXT, 9.5, after=0, line=1.05),
    _Look(TABLE_ITEM, 9.5, after=0, line=1.05, indent=0.4, base=TABLE_TEXT),
    _Look(TABLE_HEADING, 9, ACCENT, bold=True, after=0, keep_with_next=True, base=TABLE_TEXT),
)


def set_up_styles(document: Any, locale: str) -> None:
    """Give a new document the summary's styles and its language, such as `sv-SE`."""
    _drop_other_styles(document)
    _set_defaults(document, locale)
    for look in _LOOKS:
        _apply(_style(document, look), look)
    _add_character_styles(document)
    document.styles.element.append(parse_xml(_TABLE_STYLE_XML))


def _drop_other_styles(document: Any) -> None:
    """The template has a hundred table styles that nobody asked for."""
    root = document.styles.element
    for element in list(root.findall(qn("w:style"))):
        if element.find(qn("w:name")).get(qn("w:val")).title() not in _KEPT:
            root.remove(element)
            continue
        for name in ("w:link", "w:rsid"):
            for child in element.findall(qn(name)):
                element.remove(child)


def _set_defaults(document: Any, locale: str) -> None:
    properties = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    properties = properties.find(qn("w:rPr"))
    fonts = properties.find(qn("w:rFonts"))
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    language = properties.find(qn("w:lang"))
    language.attrib.clear()
    language.set(qn("w:val"), locale)


def _style(document: Any, look: _Look) -> Any:
    if look.name in _KEPT:
        return document.styles[look.name]
    style = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles[look.base]
    style.quick_style = True
    return style


def _apply(style: Any, look: _Look) -> None:
    _clear(style)
    style.font.size = Pt(look.size)
    style.font.color.rgb = RGBColor.from_string(look.colour)
    style.font.bold = look.bold
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.line_spacing = look.line
    shape.keep_with_next = look.keep_with_next
    shape.widow_control = True
    if look.indent is not None:
        shape.left_indent, shape.first_line_indent = Cm(look.indent), Cm(-look.hanging)
        shape.tab_stops.add_tab_stop(Cm(look.indent))


def _clear(style: Any) -> None:
    """Take out the template's look, but leave numbering and outline levels."""
    element = style.element
    for run in element.findall(qn("w:rPr")):
        element.remove(run)
    paragraph = element.find(qn("w:pPr"))
    for child in list(paragraph) if paragraph is not None else ():
        if child.tag not in (qn("w:numPr"), qn("w:outlineLvl")):
            paragraph.remove(child)


def _add_character_styles(document: Any) -> None:
    quiet = document.styles.add_style(QUIET, WD_STYLE_TYPE.CHARACTER)
    quiet.font.color.rgb = RGBColor.from_string(GREY)
    aside = document.styles.add_style(ASIDE, WD_STYLE_TYPE.CHARACTER)
    aside.font.color.rgb = RGBColor.from_string(GREY)
    aside.font.bold = False
    aside.font.size = Pt(9)
    raised = document.styles.add_style(MARK, WD_STYLE_TYPE.CHARACTER)
    raised.font.color.rgb = RGBColor.from_string(ACCENT)
    raised.font.bold = True
    italic = document.styles[EMPHASIS]
    for run in italic.element.findall(qn("w:rPr")):
        italic.element.remove(run)
    italic.font.italic = True


def _border(side: str, colour: str, size: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'


_TABLE_STYLE_XML = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="SummaryTable">
  <w:name w:val="{TABLE_STYLE}"/>
  <w:basedOn w:val="TableNormal"/>
  <w:uiPriority w:val="59"/>
  <w:qFormat/>
  <w:tblPr>
    <w:tblBorders>{_border("bottom", RULE, 4)}{_border("insideH", RULE, 4)}</w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="45" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>
      <w:bottom w:w="45" w:type="dxa"/><w:right w:w="140" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:tcPr><w:tcBorders>{_border("bottom", ACCENT, 8)}</w:tcBorders></w:tcPr>
  </w:tblStylePr>
</w:style>
"""
