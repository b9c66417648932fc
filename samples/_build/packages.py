"""Writes OpenDocument, Excel and RTF files by hand, with nothing in them but what a case says.

Each function gives the same bytes every time: members of packages carry one fixed date.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

SAMPLES = Path(__file__).resolve().parents[1]
ZIP_STAMP = (1980, 1, 1, 0, 0, 0)

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "style": "style",
        "text": "text",
        "draw": "drawing",
        "presentation": "presentation",
        "svg": "svg-compatible",
        "fo": "xsl-fo-compatible",
        "manifest": "manifest",
    }.items()
)
_OOXML = "http://schemas.openxmlformats.org"
_HEADINGS = {1: ("18pt", "Heading_20_1"), 2: ("14pt", "Heading_20_2")}

Box = tuple[float, float, float, float]
"""Left, top, width and height in centimetres."""


def write_zip(path: Path, members: Mapping[str, str]) -> None:
    """Write a zip of texts in the given order; a member named `mimetype` lies uncompressed."""
    with zipfile.ZipFile(path, "w") as package:
        for name, text in members.items():
            info = zipfile.ZipInfo(name, ZIP_STAMP)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            stored = name == "mimetype"
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            package.writestr(info, text.encode())


# OpenDocument


def paragraph(text: str, style: str = "Standard") -> str:
    """Return a paragraph."""
    return f'<text:p text:style-name="{style}">{escape(text)}</text:p>'


def heading(text: str, level: int) -> str:
    """Return a heading of the outline."""
    style = _HEADINGS[level][1]
    return f'<text:h text:style-name="{style}" text:outline-level="{level}">{escape(text)}</text:h>'


def listed(items: Iterable[str], style: str = "Bullets") -> str:
    """Return a list; `style` is Bullets or Numbers."""
    inner = "".join(f"<text:list-item>{paragraph(item)}</text:list-item>" for item in items)
    return f'<text:list text:style-name="{style}">{inner}</text:list>'


def frame(content: str, box: Box, *, kind: str | None = None, style: str = "box") -> str:
    """Return a text frame on a slide; `kind` makes it a placeholder: title, subtitle, outline."""
    left, top, width, height = box
    placeholder = f' presentation:class="{kind}"' if kind else ""
    return (
        f'<draw:frame draw:style-name="{style}"{placeholder} svg:x="{left}cm" svg:y="{top}cm" '
        f'svg:width="{width}cm" svg:height="{height}cm">'
        f"<draw:text-box>{content}</draw:text-box></draw:frame>"
    )


def slide(name: str, *frames: str) -> str:
    """Return a slide of a presentation."""
    inner = "".join(frames)
    return f'<draw:page draw:name="{name}" draw:master-page-name="Default">{inner}</draw:page>'


def write_odt(path: Path, body: Iterable[str]) -> None:
    """Write a text document."""
    _write_odf(path, "text", f"<office:text>{''.join(body)}</office:text>")


def write_odp(path: Path, slides: Iterable[str], notes: Sequence[str] = ()) -> None:
    """Write a presentation; `notes` are the colours of the frame styles note1, note2 and so on."""
    body = f"<office:presentation>{''.join(slides)}</office:presentation>"
    fills = "".join(_filled(f"note{n}", color) for n, color in enumerate(notes, start=1))
    _write_odf(path, "presentation", body, fills)


def _filled(name: str, color: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="graphic"><style:graphic-properties '
        f'draw:fill="solid" draw:fill-color="{color}"/></style:style>'
    )


def _write_odf(path: Path, kind: str, body: str, styles: str = "") -> None:
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{media}"/>'
        for name, media in (
            ("/", media_type),
            ("content.xml", "text/xml"),
            ("styles.xml", "text/xml"),
        )
    )
    write_zip(
        path,
        {
            "mimetype": media_type,
            "content.xml": _part(
                "document-content",
                f"<office:automatic-styles>{_LISTS}{styles}</office:automatic-styles>"
                f"<office:body>{body}</office:body>",
            ),
            "styles.xml": _part("document-styles", _styles(kind)),
            "META-INF/manifest.xml": f"{_XML}<manifest:manifest {_ODF} "
            f'manifest:version="1.3">{entries}</manifest:manifest>',
        },
    )


def _part(root: str, inner: str) -> str:
    return f'{_XML}<office:{root} {_ODF} office:version="1.3">{inner}</office:{root}>'


_LISTS = (
    '<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" '
    'text:bullet-char="•"/></text:list-style>'
    '<text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" '
    'style:num-format="1" style:num-suffix="."/></text:list-style>'
    '<style:style style:name="box" style:family="graphic">'
    '<style:graphic-properties draw:stroke="none" draw:fill="none"/></style:style>'
)


def _styles(kind: str) -> str:
    usual = "11pt" if kind == "text" else "20pt"
    sizes = {"Standard": usual, "Title": "24pt", "Label": "17pt", "Card": "13pt"}
    sizes |= {style: size for size, style in _HEADINGS.values()}
    bold = ' fo:font-weight="bold"'
    styles = "".join(
        f'<style:style style:name="{name}" style:family="paragraph"><style:text-properties '
        f'fo:font-size="{size}"{bold if name == "Label" else ""}/></style:style>'
        for name, size in sizes.items()
    )
    return (
        f"<office:styles>{styles}</office:styles>"
        '<office:automatic-styles><style:page-layout style:name="Page">'
        '<style:page-layout-properties fo:page-width="28cm" fo:page-height="15.75cm"/>'
        "</style:page-layout></office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Default" '
        'style:page-layout-name="Page"/></office:master-styles>'
    )


# Excel


def write_xlsx(path: Path, sheet: str, rows: Sequence[Sequence[str]]) -> None:
    """Write a workbook of one sheet of texts."""
    kinds = {
        "xl/workbook.xml": "sheet.main",
        "xl/worksheets/sheet1.xml": "worksheet",
    }
    types = "".join(
        f'<Override PartName="/{part}" ContentType="application/'
        f'vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for part, kind in kinds.items()
    )
    write_zip(
        path,
        {
            "[Content_Types].xml": f'{_XML}<Types xmlns="{_OOXML}/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
            "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": f'{_XML}<workbook xmlns="{_OOXML}/spreadsheetml/2006/main" '
            f'xmlns:r="{_OOXML}/officeDocument/2006/relationships"><sheets>'
            f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": _sheet(rows),
        },
    )


def _relation(kind: str, target: str) -> str:
    return (
        f'{_XML}<Relationships xmlns="{_OOXML}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{_OOXML}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        "</Relationships>"
    )


def _sheet(rows: Sequence[Sequence[str]]) -> str:
    lines = []
    for y, row in enumerate(rows, start=1):
        cells = "".join(
            f'<c r="{chr(ord("A") + x)}{y}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for x, text in enumerate(row)
            if text
        )
        lines.append(f'<row r="{y}">{cells}</row>')
    inner = f"<sheetData>{''.join(lines)}</sheetData>"
    return f'{_XML}<worksheet xmlns="{_OOXML}/spreadsheetml/2006/main">{inner}</worksheet>'


# RTF


def rtf_heading(text: str, level: int) -> str:
    """Return a heading of the outline; level 0 is the title."""
    size = {0: 48, 1: 36, 2: 28}[level]
    outline = f"\\outlinelevel{level - 1}" if level else ""
    return f"\\pard\\s{level + 1}{outline}\\b\\fs{size} {_rtf(text)}\\b0\\fs22\\par\n"


def rtf_paragraph(text: str) -> str:
    """Return a paragraph."""
    return f"\\pard {_rtf(text)}\\par\n"


def rtf_list(items: Iterable[str]) -> str:
    """Return a list of bullets."""
    return "".join(
        f"\\pard\\fi-360\\li720{{\\pntext\\bullet\\tab}}"
        f"{{\\*\\pn\\pnlvlblt{{\\pntxtb\\bullet}}}}{_rtf(item)}\\par\n"
        for item in items
    )


def rtf_table(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    """Return a table; `widths` are the columns' in twips."""
    edges = [sum(widths[: n + 1]) for n in range(len(widths))]
    shape = "\\trowd" + "".join(f"\\cellx{edge}" for edge in edges)
    out = []
    for row in rows:
        cells = "".join(f"\\pard\\intbl {_rtf(cell)}\\cell" for cell in row)
        out.append(f"{shape}\n{cells}\\row\n")
    return "".join(out)


def write_rtf(path: Path, body: Iterable[str]) -> None:
    """Write an RTF document."""
    sheet = (
        "{\\stylesheet{\\s0 Normal;}{\\s1\\b\\fs48 Title;}{\\s2\\b\\fs36 heading 1;}"
        "{\\s3\\b\\fs28 heading 2;}}"
    )
    head = f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\n{sheet}\n\\f0\\fs22\n"
    path.write_bytes((head + "".join(body) + "}\n").encode("ascii"))


def _rtf(text: str) -> str:
    out = []
    for ch in text:
        if ch in "\\{}":
            out.append(f"\\{ch}")
        elif ord(ch) < 128:
            out.append(ch)
        else:
            out.append(f"\\u{ord(ch)}?")
    return "".join(out)
