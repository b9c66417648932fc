"""The sheet itself: A4, margins, running header and footer, language and document properties."""

from __future__ import annotations

import datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm

from pipeline.writers.docx.elements import add_field, printable
from pipeline.writers.docx.labels import Labels
from pipeline.writers.docx.styles import TEXT_WIDTH_CM, set_up_styles

_A4_WIDTH_CM, _A4_HEIGHT_CM = 21.0, 29.7
_SIDE_CM = (_A4_WIDTH_CM - TEXT_WIDTH_CM) / 2
_FIXED_TIME = datetime.datetime(2000, 1, 1)
"""Written where Word wants a time: the same dataset must give the same bytes on any day."""

_APP_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"><Application>Samsyn</Application></Properties>'
)
_UNUSED_PARTS = ("thumbnail", "customXml", "stylesWithEffects")


def new_document(title: str, labels: Labels) -> Any:
    """An empty A4 document with the summary's styles, header and footer."""
    document = docx.Document()
    locale = labels("locale")
    set_up_styles(document, locale)
    _set_page(document.sections[0])
    _set_running_lines(document.sections[0], printable(title), labels)
    _set_properties(document, printable(title), labels)
    _set_settings(document, locale)
    _drop_template_parts(document)
    return document


def _set_page(section: Any) -> None:
    section.page_width, section.page_height = Cm(_A4_WIDTH_CM), Cm(_A4_HEIGHT_CM)
    section.left_margin = section.right_margin = Cm(_SIDE_CM)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2.0)
    section.header_distance, section.footer_distance = Cm(1.1), Cm(1.0)


def _set_running_lines(section: Any, title: str, labels: Labels) -> None:
    """The title is in the header from the second page on; page numbers are on every page."""
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.text = title
    for footer in (section.first_page_footer, section.footer):
        paragraph = footer.paragraphs[0]
        paragraph.style = "Footer"
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _fill_page_number(paragraph, labels)


def _fill_page_number(paragraph: Any, labels: Labels) -> None:
    """«Page X of Y», the two numbers as fields at the places that the language gives them."""
    fields = {"\x00": "PAGE", "\x01": "NUMPAGES"}
    template = labels("document", "page", page="\x00", pages="\x01")
    text = ""
    for character in template:
        if character in fields:
            paragraph.add_run(text)
            add_field(paragraph, fields[character], "1")
            text = ""
        else:
            text += character
    if text:
        paragraph.add_run(text)


def _set_properties(document: Any, title: str, labels: Labels) -> None:
    core = document.core_properties
    core.title = title[:255]
    core.subject = labels("document", "summary")
    core.author = core.last_modified_by = core.comments = core.keywords = core.category = ""
    core.language = labels("locale")
    core.created = core.modified = _FIXED_TIME
    core.revision = 1


def _set_settings(document: Any, locale: str) -> None:
    settings = document.settings.element
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    language = settings.find(qn("w:themeFontLang"))
    language.attrib.clear()
    language.set(qn("w:val"), locale)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _drop_template_parts(document: Any) -> None:
    """The template brings a picture of an empty page and the name of another program."""
    package = document.part.package
    for relations in (package.rels, document.part.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(_UNUSED_PARTS):
                relations.pop(key)
            elif relation.reltype.endswith("extended-properties"):
                relation.target_part._blob = _APP_PROPERTIES
