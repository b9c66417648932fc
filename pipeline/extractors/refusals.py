"""The ways to say that a file cannot be read: what it is, and what to do about it."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import (
    DamagedInputError,
    EncryptedInputError,
    LimitError,
    UnknownFormatError,
)

SAVE_AS = "open it in the program that made it and save it as PDF, DOCX or PPTX"
_AGAIN = "export it again from the program that made it, or copy it again from where it came"


def unknown(path: Path, kind: str, hint: str) -> UnknownFormatError:
    """A kind of file that is not read, such as «a film or sound recording»."""
    named = f" named {path.suffix.lower()}" if path.suffix else ""
    return UnknownFormatError(f"{path.name} is {kind}{named}", hint)


def damaged(path: Path, what: str) -> DamagedInputError:
    """A file that is broken; `what` goes on after its name."""
    return DamagedInputError(f"{path.name} {what}", _AGAIN)


def encrypted(path: Path) -> EncryptedInputError:
    """A file that asks for a password."""
    return EncryptedInputError(
        f"{path.name} is protected by a password",
        "open it with the password and save a copy without one",
    )


def too_large(path: Path, what: str) -> LimitError:
    """A file that would fill the memory; `what` goes on after its name."""
    return LimitError(
        f"{path.name} {what}", "save it again from its program, or take large films and data out"
    )
