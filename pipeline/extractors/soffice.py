"""LibreOffice as an outside program: found, kept on a short lead, its failures told apart.

Each run has a profile of its own, so that runs do not wait for each other and nothing of the
user's is read or written: no macros, no links, no network, and an end after a few minutes.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.errors import DamagedInputError, LimitError, MissingProgramError

SECONDS = 180
"""How long one file may take."""

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "~/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)
_REGISTRIES = ("share/registry", "Resources/registry")
"""Beside the folder of the program: one file for each component that is installed."""

_OPTIONS = (
    "--headless --invisible --nologo --norestore --nolockcheck --nodefault --nofirststartwizard"
)
_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_PROXY = "/org.openoffice.Inet/Settings"
_NOWHERE = "127.0.0.1"
_SETTINGS = (
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    (_SCRIPTING, "DisableActiveContent", "true"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),
    # Where links are looked at all the same, the way out is a proxy that nobody keeps.
    (_PROXY, "ooInetProxyType", "2"),
    (_PROXY, "ooInetNoProxy", ""),
    (_PROXY, "ooInetHTTPProxyName", _NOWHERE),
    (_PROXY, "ooInetHTTPProxyPort", "9"),
    (_PROXY, "ooInetHTTPSProxyName", _NOWHERE),
    (_PROXY, "ooInetHTTPSProxyPort", "9"),
    (_PROXY, "ooInetFTPProxyName", _NOWHERE),
    (_PROXY, "ooInetFTPProxyPort", "9"),
)
_ITEM = '<item oor:path="{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>\n'
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
    + "".join(_ITEM.format(*setting) for setting in _SETTINGS)
    + "</oor:items>\n"
)
_INSTALL = (
    "install LibreOffice (Debian, Ubuntu: libreoffice-{}; others: libreoffice.org), "
    "or open the file in the program that made it and save it as {}"
)


def convert(source: Path, ending: str, component: str, name: str) -> Path:
    """Save a file as another format (`docx`, `pdf` …) beside it; gives the new file.

    `component` is what opens such files (`writer`, `impress`, `calc`, `draw`), `name` is how the
    user calls the file. Raises `MissingProgramError` where LibreOffice or the component is not
    installed, `LimitError` where it takes too long, `DamagedInputError` where nothing comes out.
    """
    program = find()
    hint = _INSTALL.format(component, ending.upper())
    if program is None:
        raise MissingProgramError(f"{name} is read by LibreOffice, which was not found", hint)
    try:
        said = _run(program, source, ending)
    except subprocess.TimeoutExpired as error:
        raise LimitError(
            f"{name} takes LibreOffice more than {SECONDS} seconds to open",
            f"open it there or in the program that made it and save it as {ending.upper()}",
        ) from error
    except OSError as error:
        raise MissingProgramError(
            f"{name} is read by LibreOffice, which does not start: {error.strerror or error}", hint
        ) from error
    result = source.with_suffix(f".{ending}")
    if result.is_file() and result.stat().st_size:
        return result
    if _is_missing(program, component):
        raise MissingProgramError(
            f"{name} is read by LibreOffice, which is here without its part {component.title()}",
            hint,
        )
    raise DamagedInputError(
        f"{name} could not be opened by LibreOffice" + (f" ({said})" if said else ""),
        f"open it in the program that made it, repair it and save it as {ending.upper()}",
    )


def find() -> Path | None:
    """The program on the path, else where its installers put it."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    places = [found] if found else _PLACES
    return next((path for path in map(Path, places) if path.expanduser().is_file()), None)


def _is_missing(program: Path, component: str) -> bool:
    """Whether a component is not installed; only where the list of components is found."""
    folder = program.expanduser().resolve().parent.parent
    for registry in _REGISTRIES:
        if (folder / registry / "main.xcd").is_file():
            return not (folder / registry / f"{component}.xcd").is_file()
    return False


def _run(program: Path, source: Path, ending: str) -> str:
    """Run the program on one file; gives what it says went wrong."""
    # On Windows the last process to end may hold the folder for a moment.
    with TemporaryDirectory(prefix="samsyn-profile-", ignore_cleanup_errors=True) as profile:
        settings = Path(profile, "user", "registrymodifications.xcu")
        settings.parent.mkdir()
        settings.write_text(_PROFILE, encoding="utf-8")
        command = [
            str(program.expanduser()),
            f"-env:UserInstallation={Path(profile).as_uri()}",
            *_OPTIONS.split(),
            *("--convert-to", ending, "--outdir", str(source.parent), str(source)),
        ]
        process = subprocess.Popen(
            command,
            cwd=source.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            _, errors = process.communicate(timeout=SECONDS)
        except BaseException:
            _end(process)
            raise
    return next(_complaints(errors.decode("utf-8", "replace")), "")


def _complaints(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if line.startswith("Error: "):
            yield line.removeprefix("Error: ").strip()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program with all that it has started."""
    if sys.platform == "win32":
        command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(command, capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
