"""A finished document as bytes that are the same each time."""

from __future__ import annotations

import io
import zipfile
from typing import Any

_CONTENT_TYPES = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip file can hold."""


def to_bytes(document: Any) -> bytes:
    """Save, then pack again with fixed entry times and in a fixed order."""
    saved = io.BytesIO()
    document.save(saved)
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(saved) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target,
    ):
        for name in sorted(source.namelist(), key=lambda n: (n != _CONTENT_TYPES, n)):
            target.writestr(_entry(name), source.read(name))
    return packed.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=_EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    return entry
