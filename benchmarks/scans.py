"""How well scans are read: makes them from invented pages, reads them, counts wrong characters.

Usage: python benchmarks/scans.py [--quick] [--keep FOLDER] [--fonts FOLDER]

Pages in five languages are set by LibreOffice (or drawn by Pillow where it is missing), made into
pictures, and spoilt the way scanners and telephones spoil them. `--fonts` names a folder of
handwriting fonts for the pictures that should not be believed. The character error rate is the
Levenshtein distance over the length of the true text: in reading order, and with each paragraph
looked for anywhere on the page («loose»). «sure» is the mean confidence of a page; `ocr.UNREADABLE`
must lie between the least of print and the most of handwriting.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

Line = tuple[str, str]
"""A kind (`title`, `head`, `text`, `item`, `sub`) and the text."""

PAGES: dict[str, tuple[Line, ...]] = {
    "sv-slide": (
        ("title", "Gemensamma utmaningar"),
        ("item", "Finansieringen räcker bara ett år i taget"),
        ("item", "Små företag hinner inte delta i alla möten"),
        ("sub", "Särskilt på våren, när åkrarna ska sås"),
        ("item", "Svårt att visa för styrelsen vad samverkan ger"),
        ("item", "Få känner till våra öppna provbänkar i Åmål"),
    ),
    "sv-notes": (
        ("title", "Minnesanteckningar från träff 3"),
        ("text", "Vi sågs på Ängsgården utanför Örebro den 14 och 15 mars 2023. Åtta kluster var "
                 "på plats och två följde med på distans. Kvällen ägnades åt en vandring."),
        ("head", "Åtaganden till nästa gång"),
        ("item", "Norrklustret bjuder in tre högskolor till en gemensam förstudie."),
        ("item", "Mälardalens trägrupp prövar en enklare medlemsenkät före 1 juni."),
        ("item", "Karin Öberg skickar ut underlaget om årsavgifter."),
        ("head", "Program, dag två"),
        ("text", "08.30 Kaffe och återblick"),
        ("text", "09.15 Grupparbete: vad gör vi när pengarna tar slut?"),
        ("text", "12.00 Lunch"),
        ("text", "13.00 Återsamling och beslut om nästa värd"),
        ("head", "Att fundera på"),
        ("text", "Flera deltagare påpekade att förtroende växer långsamt och kan raseras på en "
                 "eftermiddag. Därför bör varje delmål ha en tydlig ägare och ett datum."),
    ),
    "en-slide": (
        ("title", "What we promise before June"),
        ("item", "Interview ten members about the price of joining"),
        ("item", "Share the template for yearly reports with all teams"),
        ("item", "Visit the test bed in Ashford with two newcomers"),
        ("sub", "Book the train before 12 April"),
        ("item", "Write down what did not work and why"),
    ),
    "en-notes": (
        ("title", "Second meeting of the harbour towns"),
        ("text", "Nineteen people from seven towns met in the old customs house on 6 October 2022. "
                 "The aim was to compare budgets and to agree on a shared calendar of events."),
        ("head", "Difficulties named in the groups"),
        ("item", "Funding follows the calendar year, while projects rarely do."),
        ("item", "Volunteers are fewer and older than they were ten years ago."),
        ("item", "Nobody knows who owns the booking system."),
        ("head", "Decisions"),
        ("text", "The steering group meets every second month. Travel is paid from the common "
                 "fund, up to 250 euros per person and occasion."),
    ),
    "nb-slide": (
        ("title", "Hva gjør vi før neste møte?"),
        ("item", "Vi spør ti bedrifter på Sørlandet om hva de trenger"),
        ("item", "Næringshagen låner ut møterommet på Ås"),
        ("item", "Kåre Bjørnstad følger opp søknaden om støtte"),
        ("item", "Alle øver på å lytte før de gir råd"),
    ),
    "da-slide": (
        ("title", "Fælles udfordringer i netværket"),
        ("item", "Små værksteder når ikke at søge støtte i tide"),
        ("item", "Møderne på Ærø ligger langt væk for de fleste"),
        ("item", "Bestyrelsen ønsker hurtige resultater, men tillid tager år"),
        ("item", "Vi mangler én fælles måde at måle på"),
    ),
    "fi-slide": (
        ("title", "Yhteiset haasteet ja seuraavat askeleet"),
        ("item", "Pienillä yrityksillä ei ole aikaa kokouksiin"),
        ("item", "Rahoitus myönnetään vain vuodeksi kerrallaan"),
        ("item", "Jäsenet eivät tiedä, mitä hyötyä verkostosta on"),
        ("item", "Sovimme yhdessä mittareista ennen kesää"),
    ),
    "sv-columns": (
        ("title", "Styrkor och svagheter"),
        ("left", "Stor vilja att hjälpas åt"),
        ("left", "Nära till forskare på högskolan"),
        ("left", "Lång erfarenhet av export"),
        ("right", "Få kvinnor i styrelserna"),
        ("right", "Beroende av en enda kund"),
        ("right", "Otydlig ägare av åtgärderna"),
    ),
}  # fmt: skip
LETTERS = "åäöæøÅÄÖÆØé"


# Pages as pictures


def set_by_office(folder: Path) -> dict[str, Path]:
    """A PDF for each page, set by LibreOffice from a Word file or a deck."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return {}
    made = []
    for name, lines in PAGES.items():
        slide = not name.endswith("notes")
        path = folder / f"{name}.{'pptx' if slide else 'docx'}"
        (_deck if slide else _letter)(path, lines)
        made.append(path)
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *made]
    subprocess.run(command, check=False, capture_output=True, timeout=300)
    return {p.stem: p.with_suffix(".pdf") for p in made if p.with_suffix(".pdf").exists()}


def _letter(path: Path, lines: tuple[Line, ...]) -> None:
    import docx

    styles = {"title": "Title", "head": "Heading 1", "item": "List Bullet", "sub": "List Bullet 2"}
    document = docx.Document()
    for kind, text in lines:
        document.add_paragraph(text, style=styles.get(kind))
    document.save(str(path))


def _deck(path: Path, lines: tuple[Line, ...]) -> None:
    import pptx

    deck = pptx.Presentation()
    columns = any(kind == "left" for kind, _ in lines)
    slide = deck.slides.add_slide(deck.slide_layouts[3 if columns else 1])
    slide.shapes.title.text = lines[0][1]
    for place, kinds in ((1, ("item", "sub", "left")), (2, ("right",))):
        found = [line for line in lines if line[0] in kinds]
        for n, (kind, text) in enumerate(found):
            frame = slide.placeholders[place].text_frame
            paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
            paragraph.text, paragraph.level = text, int(kind == "sub")
    deck.save(str(path))


def picture_of(pdf: Path, dpi: int) -> Image.Image:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        picture: Image.Image = document[0].render(scale=dpi / 72).to_pil().convert("RGB")
        return picture


def font(name: str, size: int) -> ImageFont.FreeTypeFont | None:
    """A font by its file name, wherever the system keeps it."""
    try:
        return ImageFont.truetype(name, size)
    except OSError:
        return None


def drawn(lines: tuple[Line, ...], face: str, dpi: int) -> Image.Image:
    """A page drawn by Pillow alone; bullets are small discs."""
    unit = dpi / 72
    page = Image.new("RGB", (round(720 * unit), round(540 * unit)), "white")
    pen = ImageDraw.Draw(page)
    sizes = {"title": 30, "head": 20, "text": 15, "sub": 16}
    y = {"left": 120.0, "right": 120.0, "": 36.0}
    for kind, text in lines:
        size = sizes.get(kind, 19)
        shape = font(face, round(size * unit))
        assert shape is not None
        column = kind if kind in y else ""
        x = {"right": 380, "sub": 84, "item": 60}.get(kind, 60 if column else 40)
        for line in _wrapped(text, shape, (270 if column else 600) * unit):
            if kind in ("item", "sub", "left", "right") and text.startswith(line):
                middle = ((x - 14) * unit, (y[column] + 0.62 * size) * unit)
                pen.circle(middle, 0.17 * size * unit, fill="black")
            pen.text((x * unit, y[column] * unit), line, font=shape, fill="black")
            y[column] += 1.3 * size
        y[column] += 0.6 * size
    return page


def _wrapped(text: str, shape: ImageFont.FreeTypeFont, width: float) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and shape.getlength(f"{line} {word}") > width:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line


# What spoils a picture

Spoil = Callable[[Image.Image], Image.Image]


def _array(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture, dtype=np.float32)


def _picture(array: np.ndarray) -> Image.Image:
    return Image.fromarray(np.clip(array, 0, 255).astype(np.uint8))


def skewed(degrees: float) -> Spoil:
    return lambda p: p.rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white")


def turned(degrees: int) -> Spoil:
    return lambda p: p.rotate(degrees, expand=True)


def noisy(amount: float) -> Spoil:
    def spoil(p: Image.Image) -> Image.Image:
        dice = np.random.default_rng(7)
        return _picture(_array(p) + dice.normal(0, amount, (p.height, p.width, 1)))

    return spoil


def speckled(share: float) -> Spoil:
    def spoil(p: Image.Image) -> Image.Image:
        dice = np.random.default_rng(8).random((p.height, p.width, 1))
        return _picture(np.where(dice < share, 0, np.where(dice > 1 - share, 255, _array(p))))

    return spoil


def blurred(radius: float) -> Spoil:
    return lambda p: p.filter(ImageFilter.GaussianBlur(radius))


def jpeg(quality: int) -> Spoil:
    def spoil(p: Image.Image) -> Image.Image:
        file = io.BytesIO()
        p.save(file, "JPEG", quality=quality)
        return Image.open(file).convert("RGB")

    return spoil


def faded(low: int, high: int) -> Spoil:
    return lambda p: _picture(low + _array(p) / 255 * (high - low))


def shaded(darkest: float) -> Spoil:
    """Light from one side, and the shadow of a hand."""

    def spoil(p: Image.Image) -> Image.Image:
        x = np.linspace(0, 1, p.width)[None, :, None]
        y = np.linspace(0, 1, p.height)[:, None, None]
        light = 1 - (1 - darkest) * (0.6 * x + 0.4 * y)
        shadow = 1 - 0.45 * (1 / (1 + np.exp(-25 * (x + 0.4 * y - 0.9))))
        return _picture(_array(p) * light * shadow * [1.0, 0.97, 0.88])

    return spoil


def seen_aslant(by: float) -> Spoil:
    """A sheet on a table, taken with a telephone."""

    def spoil(p: Image.Image) -> Image.Image:
        w, h = p.size
        table = Image.new("RGB", (round(w * 1.15), round(h * 1.15)), (96, 74, 52))
        corners = (
            (0.07 * w, 0.06 * h), ((1.07 - by) * w, (0.06 + by / 2) * h),
            (1.08 * w, 1.08 * h), ((0.05 + by / 3) * w, 1.06 * h),
        )  # fmt: skip
        source = ((0, 0), (w, 0), (w, h), (0, h))
        rows, goal = [], []
        for (x, y), (u, v) in zip(corners, source, strict=True):
            rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
            goal += [u, v]
        numbers = np.linalg.solve(np.array(rows), np.array(goal))
        how = (Image.Transform.PERSPECTIVE, tuple(numbers), Image.Resampling.BICUBIC)
        sheet = p.transform(table.size, *how)
        mask = Image.new("L", p.size, 255).transform(table.size, *how)
        table.paste(sheet, mask=mask)
        return table

    return spoil


def inverted(p: Image.Image) -> Image.Image:
    return _picture(20 + (255 - _array(p)) * 0.9)


def titled_in_white(p: Image.Image) -> Image.Image:
    """White letters on a dark band, as many decks have their titles."""
    array = _array(p)
    high = round((0.2 if p.width > p.height else 0.14) * p.height)
    ground = np.array([20.0, 50.0, 120.0])
    array[:high] = ground + (255 - ground) * (1 - array[:high] / 255)
    return _picture(array)


def in_black_and_white(p: Image.Image) -> Image.Image:
    return p.convert("L").point(lambda level: 255 * (level > 128)).convert("RGB")


def grown_bolder(p: Image.Image) -> Image.Image:
    """An old copier: letters run together, specks in the white."""
    return p.filter(ImageFilter.MinFilter(3))


def all_of(*steps: Spoil) -> Spoil:
    def spoil(p: Image.Image) -> Image.Image:
        for step in steps:
            p = step(p)
        return p

    return spoil


def clean(p: Image.Image) -> Image.Image:
    return p


@dataclass(frozen=True)
class Condition:
    """How pages become scans."""

    name: str
    dpi: int
    spoil: Spoil = clean
    quick: bool = False


CONDITIONS = (
    Condition("clean, 300 dpi", 300, quick=True),
    Condition("clean, 200 dpi", 200),
    Condition("clean, 150 dpi", 150, quick=True),
    Condition("screen, 96 dpi", 96),
    Condition("skew 0.5°, 200 dpi", 200, skewed(0.5)),
    Condition("skew -2°, 200 dpi", 200, skewed(-2)),
    Condition("skew 5°, 300 dpi", 300, skewed(5), quick=True),
    Condition("turned 90°, 200 dpi", 200, turned(90), quick=True),
    Condition("turned 180°, 200 dpi", 200, turned(180)),
    Condition("turned 270° + skew 1°", 200, all_of(skewed(1), turned(270))),
    Condition("noise, 200 dpi", 200, noisy(30)),
    Condition("specks, 300 dpi", 300, speckled(0.004)),
    Condition("blur, 300 dpi", 300, blurred(2.2)),
    Condition("blur, 150 dpi", 150, blurred(1.0)),
    Condition("JPEG 20, 150 dpi", 150, jpeg(20)),
    Condition("faded, 200 dpi", 200, all_of(faded(150, 225), noisy(4))),
    Condition("copier, 200 dpi", 200, all_of(grown_bolder, speckled(0.001))),
    Condition("uneven light, 200 dpi", 200, all_of(shaded(0.35), noisy(5)), quick=True),
    Condition("telephone, 250 dpi", 250, all_of(
        seen_aslant(0.03), skewed(1.5), shaded(0.45), blurred(0.8), noisy(5), jpeg(60)
    )),
    Condition("telephone, aslant", 250, all_of(
        seen_aslant(0.09), shaded(0.5), blurred(0.8), noisy(5), jpeg(60)
    )),
    Condition("white on dark, 150 dpi", 150, inverted),
    Condition("white title, 150 dpi", 150, titled_in_white),
    Condition("fax, 100 dpi", 100, in_black_and_white),
)  # fmt: skip


# Handwriting

HANDS = ("Z003-MediumItalic.otf", "z003-regular.otf", "Comic Neue", "Humor-Sans.ttf")
NOTES = (
    "Mer tid för varandra", "vem äger frågan?", "boka Örebro i maj", "fler unga med!",
    "pengar 2024 ??", "ring Åsa om lokalen", "prova - lär - dela", "mindre möten",
)  # fmt: skip


def by_hand(face: Path | str, seed: int) -> Image.Image | None:
    """A flip chart: words in a handwriting font, each letter a little off, on a wavy line."""
    dice = random.Random(seed)
    try:
        shapes = [ImageFont.truetype(str(face), size) for size in (66, 74, 84)]
    except OSError:
        return None
    chart = Image.new("RGB", (1500, 1100), (240, 238, 230))
    pens = [(25, 25, 60), (150, 20, 30), (20, 70, 30)]
    y = 60.0
    for text in dice.sample(NOTES, 7):
        x, color = 80.0 + dice.random() * 250, dice.choice(pens)
        for letter in text:
            shape = dice.choice(shapes)
            tile = Image.new("L", (170, 190))
            ImageDraw.Draw(tile).text((40, 30), letter, font=shape, fill=255)
            tile = tile.rotate(dice.gauss(0, 6), Image.Resampling.BICUBIC)
            place = (round(x) - 40, round(y + dice.gauss(0, 4)) - 30)
            chart.paste(Image.new("RGB", tile.size, color), place, tile)
            x += shape.getlength(letter) * dice.uniform(0.86, 1.08)
        y += dice.uniform(118, 140)
    array = _array(chart)
    rows = np.arange(1100)[:, None] + 7 * np.sin(np.arange(1500)[None, :] / 170 + seed)
    waved = array[np.clip(rows.astype(int), 0, 1099), np.arange(1500)[None, :]]
    return all_of(shaded(0.6), blurred(0.7), jpeg(70))(_picture(waved))


# Reading and counting


@dataclass
class Score:
    """What one picture gave: error rates, what of the letters, bullets and titles came out."""

    strict: float
    loose: float
    letters: int
    bullets: int
    title: bool
    confidence: float


@dataclass
class Read:
    """A picture as our reader and layout show it."""

    text: str
    markers: int
    title: str
    confidence: float


def squeezed(text: str) -> str:
    return " ".join(text.split())


def score(path: Path, lines: tuple[Line, ...]) -> Score:
    read = read_picture(path)
    true = squeezed(" ".join(text for _, text in lines))
    edits = Levenshtein.editops(true, read.text)
    wrong = {e.src_pos for e in edits if e.tag != "insert"}
    return Score(
        strict=len(edits) / len(true),
        loose=sum(_distance(text, read.text) for _, text in lines) / len(true),
        letters=sum(letter in LETTERS and n not in wrong for n, letter in enumerate(true)),
        bullets=min(read.markers, listed(lines)),
        title=read.title == lines[0][1],
        confidence=read.confidence,
    )


def listed(lines: tuple[Line, ...]) -> int:
    return sum(kind in ("item", "sub", "left", "right") for kind, _ in lines)


def special(lines: tuple[Line, ...]) -> int:
    return sum(letter in LETTERS for _, text in lines for letter in text)


def _distance(text: str, read: str) -> int:
    """How far a paragraph is from the place on the page that is most like it."""
    found = fuzz.partial_ratio_alignment(text, read)
    if found is None or len(read) < len(text):
        return min(len(text), Levenshtein.distance(text, read))
    return int(Levenshtein.distance(text, read[found.dest_start : found.dest_end]))


def read_picture(path: Path) -> Read:
    from pipeline.extractors.image import extract
    from pipeline.layout.build import lay_out
    from pipeline.model.document import SourceInfo

    raw = extract(path)
    page = lay_out(raw, SourceInfo("s", path.name, "", "image/png", "image")).pages[0]
    return Read(
        text=squeezed(" ".join(block.text for block in page.blocks)),
        markers=sum(bool(block.marker) for block in page.blocks),
        title=page.title.text if page.title else "",
        confidence=page.confidence or 0.0,
    )


def scans(condition: Condition, pdfs: dict[str, Path]) -> Iterator[tuple[str, Image.Image]]:
    for name, lines in PAGES.items():
        page = picture_of(pdfs[name], condition.dpi) if name in pdfs else None
        if page is None:
            face = next(f for f in ("Carlito-Regular.ttf", "DejaVuSans.ttf") if font(f, 10))
            page = drawn(lines, face, condition.dpi)
        yield name, condition.spoil(page)


def spent() -> float:
    """Seconds of the processor that this process and its children have used."""
    return sum(os.times()[:4])


def print_scores(conditions: tuple[Condition, ...], folder: Path) -> list[float]:
    """A row for each condition; gives how sure the reader was of each page."""
    pdfs = set_by_office(folder)
    print("set by LibreOffice" if pdfs else "drawn by Pillow")
    print(f"{'condition':<24}{'order':>7}{'loose':>7}{'worst':>18}{'åäöæø':>9}{'bullets':>9}"
          f"{'titles':>8}{'sure':>12}{'s/page':>8}")  # fmt: skip
    everything: list[tuple[str, Score]] = []
    whole = 0.0
    for condition in conditions:
        paths = {}
        for name, picture in scans(condition, pdfs):
            safe = "".join(ch if ch.isalnum() else "-" for ch in condition.name)
            paths[name] = folder / f"{safe}.{name}.png"
            picture.save(paths[name], compress_level=1)
        began = spent()
        with ThreadPoolExecutor(2) as pool:
            found = list(pool.map(score, paths.values(), [PAGES[name] for name in paths]))
        taken = spent() - began
        whole += taken
        rows = list(zip(paths, found, strict=True))
        everything += rows
        _print_row(condition.name, rows, taken)
    _print_row("all", everything, whole)
    return [s.confidence for _, s in everything]


def _print_row(name: str, rows: list[tuple[str, Score]], taken: float) -> None:
    scores = [s for _, s in rows]
    worst, most = max(rows, key=lambda row: row[1].strict)
    letters = f"{sum(s.letters for s in scores)}/{sum(special(PAGES[n]) for n, _ in rows)}"
    bullets = f"{sum(s.bullets for s in scores)}/{sum(listed(PAGES[n]) for n, _ in rows)}"
    sure = [s.confidence for s in scores]
    print(
        f"{name:<24}{statistics.mean(s.strict for s in scores):>7.2%}"
        f"{statistics.mean(s.loose for s in scores):>7.2%}{worst:>12}{most.strict:>6.1%}"
        f"{letters:>9}{bullets:>9}{sum(s.title for s in scores):>5}/{len(scores):<3}"
        f"{statistics.mean(sure):>6.2f} ≥{min(sure):.2f}{taken / len(scores):>8.1f}",
        flush=True,
    )


def print_hands(folder: Path, fonts: Path | None) -> list[float]:
    """How sure the reader is of handwriting: it should not be."""
    faces: list[Path | str] = [*HANDS]
    if fonts is not None:
        faces += sorted(p for p in fonts.rglob("*") if p.suffix.lower() in (".ttf", ".otf"))
    found = []
    for seed, face in enumerate(faces):
        chart = by_hand(face, seed)
        if chart is None:
            continue
        path = folder / f"hand-{seed}.jpg"
        chart.save(path)
        read = read_picture(path)
        found.append(read.confidence)
        print(f"  {read.confidence:.2f} {Path(face).stem[:24]:<24} {read.text[:70]}", flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a few conditions only")
    parser.add_argument("--keep", type=Path, help="a folder for the pictures")
    parser.add_argument("--fonts", type=Path, help="a folder of handwriting fonts")
    given = parser.parse_args()
    if shutil.which("tesseract") is None:
        print("skipped: tesseract is not installed")
        return
    told = subprocess.run(["tesseract", "--list-langs"], capture_output=True, check=False).stdout
    lacking = {"swe", "eng", "nor", "dan", "fin"} - set(told.decode().split())
    if lacking:
        print(f"not installed, so their pages cannot be read well: {', '.join(sorted(lacking))}")
    chosen = tuple(c for c in CONDITIONS if c.quick or not given.quick)
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        print_sure = print_scores(chosen, folder)
        print("\nhandwriting (how sure, font, what was read)")
        hands = print_hands(folder, given.fonts)
    if hands:
        print(f"\nprint: lowest {min(print_sure):.2f}; handwriting: highest {max(hands):.2f}")


if __name__ == "__main__":
    main()
