"""Tables of names -> "module:attribute", loaded when used; packages outside add entry points."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

_OOXML = "application/vnd.openxmlformats-officedocument"
_MACRO = "application/vnd.ms-{}.macroEnabled.12"
_XLSX = "pipeline.extractors.xlsx:extract"
_IMAGE = "pipeline.extractors.image:extract"
_OTHER = "pipeline.extractors.libreoffice:extract"
_ODF = "application/vnd.oasis.opendocument"
_PPTX, _DOCX = "pipeline.extractors.pptx:extract", "pipeline.extractors.docx:extract"

EXTRACTORS: dict[str, str] = {
    "application/pdf": "pipeline.extractors.pdf:extract",
    f"{_OOXML}.presentationml.presentation": _PPTX,
    f"{_OOXML}.presentationml.slideshow": _PPTX,
    _MACRO.format("powerpoint.presentation"): _PPTX,
    _MACRO.format("powerpoint.slideshow"): _PPTX,
    f"{_OOXML}.wordprocessingml.document": _DOCX,
    _MACRO.format("word.document"): _DOCX,
    f"{_ODF}.presentation": "pipeline.extractors.odp:extract",
    f"{_ODF}.text": "pipeline.extractors.odt:extract",
    f"{_ODF}.graphics": _OTHER,
    "application/msword": _OTHER,
    "application/vnd.ms-powerpoint": _OTHER,
    "application/vnd.ms-excel": _OTHER,
    "application/vnd.sun.xml.writer": _OTHER,
    "application/vnd.sun.xml.impress": _OTHER,
    "application/vnd.wordperfect": _OTHER,
    "application/vnd.apple.pages": _OTHER,
    "application/vnd.apple.keynote": _OTHER,
    "application/vnd.visio": _OTHER,
    "application/x-mspublisher": _OTHER,
    f"{_OOXML}.spreadsheetml.sheet": _XLSX,
    _MACRO.format("excel.sheet"): _XLSX,
    f"{_ODF}.spreadsheet": "pipeline.extractors.ods:extract",
    "text/csv": "pipeline.extractors.csv_text:extract",
    "application/rtf": "pipeline.extractors.rtf:extract",
    **{f"image/{kind}": _IMAGE for kind in ("jpeg", "png", "gif", "tiff", "bmp", "webp", "heic")},
    "text/html": "pipeline.extractors.html:extract",
    "application/mbox": "pipeline.extractors.mail:extract",
    "message/rfc822": "pipeline.extractors.mail:extract",
    "text/markdown": "pipeline.extractors.markdown:extract",
    "text/plain": "pipeline.extractors.text:extract",
}

WRITERS: dict[str, str] = {
    "json": "pipeline.writers.json_writer:session_json",
    "docx": "pipeline.writers.docx.summary:session_summary",
}


@cache
def extractors() -> dict[str, str]:
    """Our extractors by media type, and those that other packages add by entry points."""
    added = {e.name: e.value for e in entry_points(group="samsyn.extractors")}
    return {**added, **EXTRACTORS}


def load(target: str) -> Callable[..., Any]:
    """The object that a target such as `pipeline.extractors.pdf:extract` names."""
    module, _, attribute = target.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), attribute)
    return found
