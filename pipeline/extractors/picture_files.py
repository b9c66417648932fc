"""Picture files opened: their pages one by one, upright as the camera says, none of them a bomb.

HEIC is left to a program on this machine: its decoders are under licences that we do not ship.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import DamagedInputError, InputError, LimitError

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF")
_MOST_PAGES = 500
_REDUCED = 1
_SUBFILE_TYPE = 254
_SECONDS = 60
_HEIC = (b"ftypheic", b"ftypheix", b"ftypheim", b"ftyphevc", b"ftypmif1", b"ftypmsf1")
_CONVERTERS = (
    ("heif-dec", "{source}", "{target}"),
    ("heif-convert", "{source}", "{target}"),
    ("magick", "heic:{source}", "png:{target}"),
    ("sips", "-s", "format", "png", "{source}", "--out", "{target}"),
)
"""Programs that turn HEIC into PNG: libheif's own, ImageMagick, macOS."""

_A4_LONG = 842.0
_SHORTEST, _LONGEST = 300.0, 1300.0


def pictures_in(source: Path | BytesIO, name: str) -> Iterator[Image]:
    """The pages of a picture file, upright; of a moving picture the first.

    Raises `DamagedInputError` where it is broken, `LimitError` where it is too large to open,
    `InputError` where it is HEIC and nothing on this machine opens it.
    """
    from PIL import ImageOps

    if isinstance(source, Path) and _is_heic(source):
        source = BytesIO(_from_heic(source))
    with _opened(source, name) as file:
        count = getattr(file, "n_frames", 1) if file.format == "TIFF" else 1
        if count > _MOST_PAGES:
            raise LimitError(f"{name} holds {count} pictures", "save it in parts, or as PDF")
        for n in range(count):
            file.seek(n)
            # Scanners put a small copy of each page beside it.
            if n and file.getexif().get(_SUBFILE_TYPE) == _REDUCED:
                continue
            page = ImageOps.exif_transpose(file)
            page.load()
            yield page


@contextmanager
def _opened(source: Path | BytesIO, name: str) -> Iterator[Image]:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            file = Image.open(source, formats=_FORMATS)
        with file:
            yield file
    except Image.DecompressionBombError as error:
        raise LimitError(
            f"{name} has more dots than is safe to open", "save it again with a smaller size"
        ) from error
    except (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError) as error:
        raise DamagedInputError(
            f"{name} is damaged and cannot be opened as a picture",
            "copy it again from where it came, or open it and save it as JPEG or PNG",
        ) from error


def size_in_points(picture: Image) -> tuple[float, float]:
    """How large the page is: as the file says, or as a sheet of A4 where that cannot be true."""
    longest = max(picture.size)
    dpi = picture.info.get("dpi")
    unit = _A4_LONG / longest
    if isinstance(dpi, tuple) and dpi and dpi[0] and dpi[0] > 0:
        told = 72 / float(dpi[0])
        unit = told if _SHORTEST <= told * longest <= _LONGEST else unit
    return picture.width * unit, picture.height * unit


def _is_heic(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(12)[4:12] in _HEIC


def _from_heic(path: Path) -> bytes:
    command = next((c for c in _CONVERTERS if shutil.which(c[0])), None)
    if command is None:
        raise InputError(
            f"{path.name} is a HEIC picture, and no program here opens it",
            "export it as JPEG, or install heif-convert (Debian, Ubuntu: libheif-examples)",
        )
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "picture.png")
        # A plain name of our own, so that none of a user's is taken for an option.
        copy = shutil.copyfile(path, Path(folder, "picture.heic"))
        words = [word.format(source=copy, target=target) for word in command]
        with suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run(words, capture_output=True, timeout=_SECONDS, check=False)
        # Of a burst of pictures, libheif writes picture-1.png and so on.
        made = sorted(Path(folder).glob("*.png"))
        if not made:
            raise DamagedInputError(
                f"{path.name} cannot be opened as a HEIC picture by {command[0]}",
                "export it again as JPEG",
            )
        return made[0].read_bytes()
