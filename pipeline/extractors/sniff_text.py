"""What a text file is: HTML, e-mail, a table of values, Markdown, plain text."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from pipeline.extractors import media
from pipeline.extractors.csv_text import looks_like_csv
from pipeline.extractors.refusals import SAVE_AS, damaged, unknown

_MAX_CONTROL = 0.02
_PICTURE = "save the picture as PNG or put it into a PDF"
_MARKUP: tuple[tuple[str, str], ...] = (
    (r"<svg\b", "an SVG picture"),
    (r"<office:document\b[^>]*presentation\"", media.ODP),
    (r"<office:document\b[^>]*spreadsheet\"", media.ODS),
    (r"<office:document\b[^>]*text\"", media.ODT),
    (r"<!doctype html|<html\b|<head\b|<body\b", media.HTML),
    (r"<\?xml\b", "an XML file"),
)
_MBOX = re.compile(r"From \S+ .*\d\d:\d\d:\d\d.*\n[\w-]+:")
_MAIL_HEADS = re.compile(r"^(?:MIME-Version|Received|Message-ID|Return-Path|Delivered-To):", re.I)
_HEAD = re.compile(r"^(?:[\w-]+:.*|[ \t].*|>?From .*)$")
_MARKDOWN_NAMES = {".md", ".markdown", ".mdown", ".mkd"}
_HTML_NAMES = {".html", ".htm", ".xhtml"}
_CSV_NAMES = {".csv", ".tsv", ".tab"}
_MAIL_NAMES = {".eml", ".emlx", ".mht", ".mhtml"}
_MUST_BEGIN = {
    ".pdf": "a PDF",
    ".docx": "a Word document",
    ".docm": "a Word document",
    ".doc": "a Word document",
    ".pptx": "a PowerPoint presentation",
    ".pptm": "a PowerPoint presentation",
    ".ppsx": "a PowerPoint presentation",
    ".ppt": "a PowerPoint presentation",
    ".xlsx": "an Excel workbook",
    ".xlsm": "an Excel workbook",
    ".odt": "an OpenDocument text",
    ".odp": "an OpenDocument presentation",
    ".ods": "an OpenDocument spreadsheet",
    ".jpg": "a picture",
    ".jpeg": "a picture",
    ".png": "a picture",
    ".tif": "a picture",
    ".tiff": "a picture",
    ".heic": "a picture",
    ".zip": "a zip archive",
}
_ATX = re.compile(r"(#{1,6})[ \t]+\S")
_TASK = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]\s")
_TABLE_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)*[ \t]*(?::?-{2,}:?[ \t]*)?$")


def text_type(path: Path, text: str) -> str:
    """Media type of a text by its beginning; raises the `InputError` that fits.

    The name only decides between kinds that look alike: Markdown, values parted by commas and
    plain text.
    """
    ending = path.suffix.lower()
    if ending not in _MARKDOWN_NAMES:
        markup = _markup_type(path, text)
        if markup:
            return markup
    if _MBOX.match(text) or ending == ".mbox":
        return media.MBOX
    if _is_mail(text) or ending in _MAIL_NAMES:
        return media.MAIL
    if ending in _MUST_BEGIN:
        raise damaged(path, f"is named like {_MUST_BEGIN[ending]} but does not begin like one")
    if _is_binary(text):
        raise unknown(path, "no text and no known kind of document", SAVE_AS)
    if ending in _HTML_NAMES:
        return media.HTML
    if ending in _CSV_NAMES and looks_like_csv(text):
        return media.CSV
    markdown = ending in _MARKDOWN_NAMES or _looks_like_markdown(text)
    return media.MARKDOWN if markdown else media.TEXT


def _markup_type(path: Path, text: str) -> str | None:
    beginning = re.sub(r"\A(?:\s|<!--.*?-->)+", "", text[:8192], flags=re.DOTALL)
    for pattern, kind in _MARKUP:
        look = re.search if beginning.startswith("<?xml") else re.match
        if look(pattern, beginning, re.IGNORECASE):
            if "/" in kind:
                return kind
            raise unknown(path, kind, _PICTURE if "SVG" in kind else SAVE_AS)
    return None


def _is_mail(text: str) -> bool:
    """Whether a text begins with the head of a saved message, as mail programs write it."""
    for line in text.split("\n", 200)[:200]:
        line = line.rstrip("\r")
        if _MAIL_HEADS.match(line):
            return True
        if not _HEAD.match(line):
            return False
    return False


def _is_binary(text: str) -> bool:
    odd = sum(
        1 for char in text if (char < " " and char not in "\t\n\f\x1a\x1b") or char == "\ufffd"
    )
    return odd > _MAX_CONTROL * len(text)


def _looks_like_markdown(text: str) -> bool:
    """Headings under which something stands, tables with a rule, task items: two signs or more.

    «# Fika», «# Lunch» on lines that follow each other are a home-made list. Text with form
    feeds comes from a PDF, whatever it looks like.
    """
    if "\f" in text:
        return False
    lines = [line for line in text.split("\n") if line.strip()]
    depths = [m.group(1) if (m := _ATX.match(line)) else "" for line in lines]
    headings = sum(1 for i, d in enumerate(depths) if d and depths[i + 1 : i + 2] != [d])
    rules = sum(1 for a, b in pairwise(lines) if "|" in a and "|" in b and _TABLE_RULE.match(b))
    tasks = sum(1 for line in lines if _TASK.match(line))
    return headings + 2 * rules + tasks >= 2
