"""Write a file whole or not at all: a reader sees the old file or the new one, never half of one.

What stands in the bytes, and whether an old file may be replaced, is left to the callers.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from pipeline.errors import OutputError

_REASONS = {
    errno.EACCES: (
        "there is no permission to write here",
        "choose another folder, or close the file if another program has it open",
    ),
    errno.EROFS: ("the disk can only be read", "choose a folder on another disk"),
    errno.ENOSPC: ("the disk is full", "make room on the disk and run again"),
    errno.EISDIR: ("this is a folder, not a file", "name a file inside the folder"),
    errno.ENOENT: ("the folder does not exist", "create the folder first, or check its name"),
    errno.ENOTDIR: ("a part of this path is a file, not a folder", "check the path"),
    errno.ENAMETOOLONG: ("the file name is too long", "choose a shorter name"),
    errno.ELOOP: ("the link points back to itself", "choose another place"),
}
_REASONS[errno.EPERM] = _REASONS[errno.EACCES]
_REASONS[errno.EDQUOT] = _REASONS[errno.ENOSPC]
_TEMPORARY_NAME_LENGTH = 60


def write_atomic(path: Path, data: bytes) -> None:
    """Put `data` at `path`, in place of what may be there; the folder must exist.

    A link is followed; a device such as /dev/stdout is written to as it is. Raises `OutputError`,
    and then what was at `path` before is untouched and no temporary file is left.
    """
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:
        raise _output_error(path, error) from error


def _replace(target: Path, data: bytes) -> None:
    name = f".{target.name[:_TEMPORARY_NAME_LENGTH]}.{secrets.token_hex(4)}.tmp"
    temporary = target.with_name(name)
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _output_error(path: Path, error: OSError) -> OutputError:
    reason, hint = _REASONS.get(
        error.errno or 0, (error.strerror or str(error), "choose another place for the result")
    )
    return OutputError(f"{path}: cannot be written: {reason}", hint)
