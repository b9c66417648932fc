"""Pictures made ready: grey, evenly lit, dark on light, without specks, straight."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.extractors.ocr_picture import (
    dark_on_light,
    evened,
    flat,
    prepare,
    skew,
    straightened,
    without_specks,
)


def page(wide: int = 900, high: int = 700) -> Image.Image:
    """Lines of short strokes, as text looks from afar."""
    picture = Image.new("L", (wide, high), 255)
    pen = ImageDraw.Draw(picture)
    for top in range(80, high - 80, 40):
        for x in range(80, wide - 80 - top % 7 * 20, 12):
            pen.rectangle((x, top, x + 4, top + 14), fill=0)
    return picture


@pytest.mark.parametrize("degrees", [-5, -1.5, 0.4, 3])
def test_how_much_lines_lean(degrees: float) -> None:
    leaning = page().rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    assert skew(leaning) == pytest.approx(degrees, abs=0.15)
    assert skew(straightened(leaning)) == pytest.approx(0, abs=0.15)


def test_an_empty_page_does_not_lean() -> None:
    assert skew(Image.new("L", (600, 400), 255)) == 0


def test_a_shadow_is_taken_away() -> None:
    light = np.linspace(1, 0.4, 900)[None, :]
    shaded = Image.fromarray((np.asarray(page()) * light).astype(np.uint8))
    even = np.asarray(evened(shaded))
    assert even[:40].min() > 200, "the paper is white on the dark side too"
    assert even[85, 82] < 60


def test_even_light_is_left_alone() -> None:
    assert evened(page()) == page()


def test_light_letters_on_a_dark_page_are_inverted() -> None:
    dark = Image.eval(page(), lambda level: 255 - level)
    assert dark_on_light(dark) == page()
    assert dark_on_light(page()) == page()


def test_a_page_in_a_dark_room_is_not_inverted() -> None:
    dim = Image.eval(page(), lambda level: level // 3)
    assert dark_on_light(dim) == dim


def test_specks_are_smoothed_and_letters_are_not() -> None:
    dots = np.random.default_rng(3).random((700, 900)) < 0.003
    strewn = Image.fromarray(np.where(dots, 0, np.asarray(page())).astype(np.uint8))
    assert (np.asarray(without_specks(strewn))[:60] == 0).sum() < dots[:60].sum() / 10
    assert without_specks(page()) == page()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F"])
def test_every_mode_becomes_grey(mode: str) -> None:
    source = page()
    if mode == "I;16":
        made = Image.fromarray(np.asarray(source).astype(np.uint16) * 257)
    else:
        made = source.convert("RGBA" if mode == "P" else mode).convert(mode)
    grey = flat(made)
    assert (grey.mode, grey.size) == ("L", source.size)
    assert grey.getpixel((2, 2)) > 250  # type: ignore[operator]
    assert grey.getpixel((82, 85)) < 5  # type: ignore[operator]


def test_what_is_see_through_is_white() -> None:
    assert flat(Image.new("RGBA", (9, 9), (0, 0, 0, 0))).getpixel((4, 4)) == 255


def test_small_pictures_are_enlarged_and_large_ones_made_smaller() -> None:
    assert prepare(page()).picture.size == (1800, 1400)
    assert max(prepare(Image.new("L", (5000, 3000), 255)).picture.size) == 3600


def test_turning_keeps_the_letters() -> None:
    turned = prepare(page().rotate(90, expand=True)).turned(90)
    assert turned.picture.size == (1800, 1400)
    assert turned.ink.shape == (1400, 1800)
    assert 0.02 < turned.ink.mean() < 0.2
