"""Presentations written by hand: the XML of their slides, and what is read from them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipeline.extractors.pptx import extract
from pipeline.model.raw import RawDocument, RawItem, RawParagraph

Markup = Callable[..., str]
Place = tuple[float, float, float, float]

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
        "r": REL,
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "a14": "http://schemas.microsoft.com/office/drawing/2010/main",
        "p188": "http://schemas.microsoft.com/office/powerpoint/2018/8/main",
        "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    }.items()
)
THEME = (
    "<a:themeElements><a:clrScheme>"
    '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
    '<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'
    '<a:dk2><a:srgbClr val="202040"/></a:dk2><a:accent1><a:srgbClr val="3366CC"/></a:accent1>'
    "</a:clrScheme><a:fmtScheme><a:bgFillStyleLst><a:solidFill><a:schemeClr val='phClr'/>"
    "</a:solidFill></a:bgFillStyleLst></a:fmtScheme></a:themeElements>"
)
BULLETS = (
    '<a:lvl1pPr><a:buFont typeface="Arial"/><a:buChar char="•"/><a:defRPr sz="2800"/></a:lvl1pPr>'
    '<a:lvl2pPr><a:buChar char="–"/><a:defRPr sz="2400"/></a:lvl2pPr>'
)
PLAIN = (
    '<a:lvl1pPr><a:defRPr sz="1800"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill></a:defRPr>'
    "</a:lvl1pPr>"
)


def _run(text: str, look: str = "", inside: str = "") -> str:
    return f"<a:r><a:rPr {look}>{inside}</a:rPr><a:t>{text}</a:t></a:r>"


def _para(content: str, properties: str = "", level: int = 0) -> str:
    runs = content if content.startswith("<") else _run(content) if content else ""
    return f'<a:p><a:pPr lvl="{level}">{properties}</a:pPr>{runs}</a:p>'


def _xfrm(place: Place | None, turn: str = "") -> str:
    if place is None:
        return ""
    x, y, width, height = (round(12700 * n) for n in place)
    inside = f'<a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/>'
    return f"<a:xfrm {turn}>{inside}</a:xfrm>"


def _shape(
    content: str, place: Place | None = None, ph: str | None = None, more: str = "",
    turn: str = "", body: str = "", style: str = "", about: str = "", inside: str = "",
) -> str:  # fmt: skip
    """`ph` are the attributes of a placeholder, `more` what stands in `spPr`, `body` in `bodyPr`,
    `about` are attributes of `cNvPr` and `inside` its extensions."""
    slot = f"<p:ph {ph}/>" if ph is not None else ""
    paragraphs = content if content.startswith("<a:p>") or not content else _para(content)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="x" {about}>{inside}</p:cNvPr><p:cNvSpPr/>'
        f"<p:nvPr>{slot}</p:nvPr></p:nvSpPr><p:spPr>{_xfrm(place, turn)}"
        f'<a:prstGeom prst="rect"/>{more}</p:spPr>{style}'
        f"<p:txBody><a:bodyPr>{body}</a:bodyPr>{paragraphs}</p:txBody></p:sp>"
    )


def _group(content: str, place: Place, plane: Place, turn: str = "", about: str = "") -> str:
    x, y, width, height = (round(12700 * n) for n in plane)
    outer = _xfrm(place, turn).removesuffix("</a:xfrm>")
    return (
        f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="2" name="g" {about}/></p:nvGrpSpPr><p:grpSpPr>{outer}'
        f'<a:chOff x="{x}" y="{y}"/><a:chExt cx="{width}" cy="{height}"/></a:xfrm></p:grpSpPr>'
        f"{content}</p:grpSp>"
    )


def _frame(inside: str, place: Place = (50, 100, 400, 200), about: str = "") -> str:
    xfrm = _xfrm(place).replace("a:xfrm", "p:xfrm")
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="3" name="f" {about}/>'
        f"</p:nvGraphicFramePr>{xfrm}<a:graphic><a:graphicData>{inside}</a:graphicData>"
        "</a:graphic></p:graphicFrame>"
    )


def _picture(about: str = "", inside: str = "", place: Place = (50, 300, 100, 100)) -> str:
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="4" name="b" {about}>{inside}</p:cNvPr></p:nvPicPr>'
        f"<p:spPr>{_xfrm(place)}</p:spPr></p:pic>"
    )


def _rels(rows: dict[str, tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{name}" Type="{REL}/{kind}" Target="{target}"/>'
        for name, (kind, target) in rows.items()
    )
    return f"<Relationships>{inside}</Relationships>"


def _sheet(tag: str, shapes: str, more: str = "", about: str = "", ground: str = "") -> str:
    inside = f"<p:cSld>{ground}<p:spTree>{shapes}</p:spTree></p:cSld>{more}"
    return f"<p:{tag} {SPACES} {about}>{inside}</p:{tag}>"


MASTER_STYLES = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2"/><p:txStyles><p:titleStyle><a:lvl1pPr>'
    '<a:buNone/><a:defRPr sz="4400" b="1"/></a:lvl1pPr></p:titleStyle>'
    f"<p:bodyStyle>{BULLETS}</p:bodyStyle><p:otherStyle>{PLAIN}</p:otherStyle></p:txStyles>"
)
MASTER = (
    _shape("Prompt", (40, 20, 640, 80), 'type="title"')
    + _shape("Prompt", (40, 120, 640, 360), 'type="body" idx="1"')
    + _shape("1", (600, 500, 80, 30), 'type="sldNum" idx="4"')
)
LAYOUT = (
    _shape("Klicka här för att lägga till rubrik", None, 'type="title"')
    + _shape("Klicka här för att lägga till text", None, 'idx="1"')
    + _shape("", (40, 500, 200, 30), 'type="ftr" idx="11"')
    + _shape("", None, 'type="sldNum" idx="12"')
)


def _make(
    path: Path, slides: list[str], parts: dict[str, str], layout: str, master: str, more: str,
    about: str,
) -> Path:  # fmt: skip
    """`parts` by name; those named `slide1:KIND` are what slide 1 refers to as KIND."""
    ids = "".join(f'<p:sldId id="{256 + n}" r:id="s{n}"/>' for n in range(len(slides)))
    main = {f"s{n}": ("slide", f"slides/slide{n + 1}.xml") for n in range(len(slides))}
    xml = {
        "_rels/.rels": _rels({"a": ("officeDocument", "ppt/presentation.xml")}),
        "ppt/slideMasters/m.xml": _sheet("sldMaster", MASTER + master, MASTER_STYLES),
        "ppt/slideMasters/_rels/m.xml.rels": _rels({"t": ("theme", "../theme/t.xml")}),
        "ppt/slideLayouts/l.xml": _sheet("sldLayout", LAYOUT + layout),
        "ppt/slideLayouts/_rels/l.xml.rels": _rels({"m": ("slideMaster", "../slideMasters/m.xml")}),
        "ppt/theme/t.xml": f"<a:theme {SPACES}>{THEME}</a:theme>",
    }
    for n, slide in enumerate(slides, 1):
        rows = {"l": ("slideLayout", "../slideLayouts/l.xml")}
        for name, content in parts.items():
            owner, _, kind = name.partition(":")
            if owner == f"slide{n}":
                xml[f"ppt/parts/{n}{kind}.xml"] = content
                rows[kind] = (kind, f"../parts/{n}{kind}.xml")
        xml[f"ppt/slides/slide{n}.xml"] = slide
        xml[f"ppt/slides/_rels/slide{n}.xml.rels"] = _rels(rows)
    for name in (name for name in parts if ":" not in name):
        main[name] = (name, f"{name}.xml")
        xml[f"ppt/{name}.xml"] = parts[name]
    xml["ppt/presentation.xml"] = (
        f"<p:presentation {SPACES} {about}><p:sldIdLst>{ids}</p:sldIdLst>"
        f'<p:sldSz cx="9144000" cy="6858000"/><p:defaultTextStyle>{PLAIN}</p:defaultTextStyle>'
        f"{more}</p:presentation>"
    )
    xml["ppt/_rels/presentation.xml.rels"] = _rels(main)
    with ZipFile(path, "w") as archive:
        for name, text in xml.items():
            archive.writestr(name, text)
    return path


@pytest.fixture(scope="session")
def run() -> Markup:
    """A run: its text, the attributes and the inside of its `rPr`."""
    return _run


@pytest.fixture(scope="session")
def para() -> Markup:
    """A paragraph: its text or its runs, the inside of its `pPr`, its level."""
    return _para


@pytest.fixture(scope="session")
def shape() -> Markup:
    """A text box or placeholder: its text or paragraphs, its place in points (x, y, w, h)."""
    return _shape


@pytest.fixture(scope="session")
def group() -> Markup:
    """A group: its shapes, its place, the plane inside of it."""
    return _group


@pytest.fixture(scope="session")
def frame() -> Markup:
    """A frame that holds a table, chart or diagram."""
    return _frame


@pytest.fixture(scope="session")
def picture() -> Markup:
    """A picture with the attributes and the inside of its `cNvPr`."""
    return _picture


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """A presentation of slides, each given by its shapes."""

    def write(
        *slides: str, parts: dict[str, str] | None = None, layout: str = "", master: str = "",
        ground: str = "", show: str = "", more: str = "", about: str = "",
    ) -> Path:  # fmt: skip
        sheets = [_sheet("sld", shapes, about=show, ground=ground) for shapes in slides]
        said = {name: text.replace("<x>", f"<x {SPACES}>") for name, text in (parts or {}).items()}
        return _make(tmp_path / "deck.pptx", sheets, said, layout, master, more, about)

    return write


@pytest.fixture
def read(make: Callable[..., Path]) -> Callable[..., RawDocument]:
    """What is read from a presentation."""
    return lambda *slides, **more: extract(make(*slides, **more))


@pytest.fixture
def items(read: Callable[..., RawDocument]) -> Callable[..., list[RawItem]]:
    """The items of a slide."""
    return lambda shapes, **more: list(read(shapes, **more).pages[0].items)


@pytest.fixture
def paragraphs(items: Callable[..., list[RawItem]]) -> Callable[..., list[RawParagraph]]:
    """The paragraphs of a slide."""
    return lambda shapes, **more: [x for x in items(shapes, **more) if isinstance(x, RawParagraph)]
