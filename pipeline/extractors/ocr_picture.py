"""A picture of a page made ready for reading: grey, evenly lit, dark on light, straight.

Nothing is known of the page here but its ink. What helps, and how much, is measured by
`benchmarks/scans.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

_OVERVIEW = 800
_GLANCE = 400
"""Pixels along the longer side of the small copies that skew and light are measured on."""

_UNEVEN = 0.85
_PAPER = 250
_DARKEST = 40
_DIM = 128
_STEEPEST = 8.0
_STRAIGHT = 0.15
_FEWEST_DOTS = 150
_MOST_DOTS = 40_000
_SPECKS = 0.0005
_LARGEST = 3600
_SMALLEST = 1500


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture to read: as it was before it was straightened, as it is, and which dots are ink."""

    cleaned: Image
    picture: Image
    ink: Any
    """A two-dimensional array of booleans, rows first."""

    def turned(self, degrees: int) -> Prepared:
        """The same turned clockwise by 90, 180 or 270 degrees."""
        return _prepared(self.cleaned.rotate(-degrees, expand=True))


def prepare(picture: Image) -> Prepared:
    """The picture as the reader should get it, whatever it was taken with."""
    grey = flat(picture)
    scale = _scale(grey)
    if scale != 1:
        grey = grey.resize((max(1, round(grey.width * scale)), max(1, round(grey.height * scale))))
    return _prepared(without_specks(evened(dark_on_light(grey))))


def _prepared(cleaned: Image) -> Prepared:
    straight = straightened(cleaned)
    return Prepared(cleaned, straight, _ink(straight))


def _scale(grey: Image) -> float:
    """Small pictures are enlarged, those of large sensors made smaller."""
    longest = max(grey.size)
    if longest > _LARGEST:
        return _LARGEST / longest
    return 2.0 if longest < _SMALLEST else 1.0


def flat(picture: Image) -> Image:
    """The picture in 256 greys, whatever its mode; what is see-through shows white."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info:
        white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, picture.convert("RGBA")).convert("L")
    if picture.mode.startswith(("I", "F")):
        return _from_deep(picture)
    return picture.convert("L")


def _from_deep(picture: Image) -> Image:
    """Greys of 16 and more bits, spread over what the picture uses of them."""
    import numpy as np
    from PIL import Image

    deep = np.nan_to_num(np.asarray(picture, dtype=np.float64))
    low, high = float(deep.min(initial=0)), float(deep.max(initial=1))
    return Image.fromarray(((deep - low) / max(high - low, 1) * 255).astype(np.uint8))


def evened(grey: Image) -> Image:
    """The picture with the same light all over, where a lamp or a shadow made it uneven."""
    import numpy as np
    from PIL import Image

    paper = _paper(grey)
    levels = np.asarray(paper, dtype=np.float32)
    low, high = np.percentile(levels, (5, 95))
    if low > _UNEVEN * high:
        return grey
    light = np.asarray(paper.resize(grey.size, Image.Resampling.BILINEAR), dtype=np.float32)
    even = np.asarray(grey, dtype=np.float32) * (_PAPER / np.maximum(light, _DARKEST))
    return Image.fromarray(np.minimum(even, 255).astype(np.uint8))


def _paper(grey: Image) -> Image:
    """How light the paper is at each place, in a small copy: what is lightest near by."""
    from PIL import ImageFilter

    small = _overview(grey, _GLANCE)
    reach = max(3, round(max(small.size) / 50)) | 1
    lightest = small.filter(ImageFilter.MedianFilter(3)).filter(ImageFilter.MaxFilter(reach))
    return lightest.filter(ImageFilter.GaussianBlur(reach / 2))


def _overview(grey: Image, longest: int = _OVERVIEW) -> Image:
    return grey.reduce(max(1, round(max(grey.size) / longest)))


def dark_on_light(grey: Image) -> Image:
    """A page of light letters on a dark ground, inverted."""
    import numpy as np
    from PIL import ImageOps

    on_dark = np.median(np.asarray(_overview(grey))) < _DIM
    # What is drawn is rarer than the ground, and further from the mean of both.
    light = (_strokes(grey).astype(np.float64) ** 3).sum() > 0
    return ImageOps.invert(grey) if on_dark and light else grey


def _strokes(grey: Image) -> Any:
    """How much lighter the dots of a small copy are than what is around them."""
    import numpy as np
    from PIL import ImageFilter

    small = _overview(grey)
    around = small.filter(ImageFilter.GaussianBlur(max(small.size) / 60))
    return np.asarray(small, dtype=np.int16) - np.asarray(around, dtype=np.int16)


def without_specks(grey: Image) -> Image:
    """The picture smoothed where single dots are strewn over it."""
    import numpy as np
    from PIL import ImageFilter

    ink = np.asarray(grey) < 128
    around = np.pad(ink, 1).astype(np.uint8)
    high, wide = ink.shape
    inked = sum(around[y : y + high, x : x + wide] for y in range(3) for x in range(3))
    alone = ink & (inked == 1)
    return grey.filter(ImageFilter.MedianFilter(3)) if alone.mean() > _SPECKS else grey


def straightened(grey: Image) -> Image:
    """The picture turned by the few degrees that its lines lean."""
    from PIL import Image

    lean = skew(grey)
    if abs(lean) < _STRAIGHT:
        return grey
    return grey.rotate(-lean, Image.Resampling.BICUBIC, fillcolor=255)


def skew(grey: Image) -> float:
    """By how many degrees the lines rise to the right, found where rows of ink are sharpest."""
    import numpy as np

    y, x = np.nonzero(_strokes(grey) < -25)
    if len(y) < _FEWEST_DOTS:
        return 0.0
    few = slice(None, None, 1 + len(y) // _MOST_DOTS)
    y, x = y[few], x[few]

    def sharpness(degrees: float) -> float:
        rows = np.round(y + x * np.tan(np.radians(degrees))).astype(np.int64)
        counts = np.bincount(rows - rows.min()).astype(np.float64)
        return float(np.square(np.diff(counts)).sum())

    best = 0.0
    for step, reach in ((1.0, _STEEPEST), (0.25, 1.0), (0.05, 0.25)):
        steps = round(reach / step)
        best = max((best + n * step for n in range(-steps, steps + 1)), key=sharpness)
    return best if abs(best) < _STEEPEST else 0.0


def _ink(grey: Image) -> Any:
    """Which dots are darker than the level that best parts ink from paper (Otsu, 1979)."""
    import numpy as np

    counts = np.asarray(grey.histogram(), dtype=np.float64)
    levels = np.arange(256)
    below, total = np.cumsum(counts), counts.sum()
    sums = np.cumsum(counts * levels)
    with np.errstate(divide="ignore", invalid="ignore"):
        parted = (sums[-1] * below - sums * total) ** 2 / (below * (total - below))
    return np.asarray(grey) <= int(np.argmax(np.nan_to_num(parted)))
