"""The one tree of exceptions: each carries an exit code and a hint that says what to do.

Soft failures are data (`Diagnostic`); these are for what stops a file or the whole run.
"""

from __future__ import annotations

EXIT_OK = 0
EXIT_PARTIAL = 1
EXIT_USAGE = 2


class SamsynError(Exception):
    """Something stopped the work; `hint` tells an organiser what to do about it."""

    exit_code = EXIT_PARTIAL
    code = "error"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(SamsynError):
    """The command was asked for something that cannot be done as asked."""

    exit_code = EXIT_USAGE
    code = "usage"


class InputError(SamsynError):
    """One input could not be read; other inputs go on."""

    code = "unreadable"


class EmptyInputError(InputError):
    """The file holds no bytes or no text."""

    code = "empty"


class UnknownFormatError(InputError):
    """The content is of no format that Samsyn reads."""

    code = "unknown-format"


class DamagedInputError(InputError):
    """The file is of a known format but broken."""

    code = "damaged"


class EncryptedInputError(InputError):
    """The file asks for a password."""

    code = "encrypted"


class LimitError(InputError):
    """The file is larger or deeper than what is safe to open."""

    code = "too-large"


class MissingProgramError(InputError):
    """The file is read by another program, which is not installed or only in part."""

    code = "missing-program"


class OutputError(SamsynError):
    """The result cannot be written where it was asked for."""

    exit_code = EXIT_USAGE
    code = "output"


class InvalidDatasetError(SamsynError):
    """A dataset does not follow the schema."""

    code = "invalid-dataset"
