"""The folder of a Lab's files, and the end of those that Labs left when their process was killed."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from tocsin.model.environment import LAB_FOLDER

CONTROL_SOCKET: Final = "suricata.socket"
EVE_FILE: Final = "eve.json"
SHORT_ROOT: Final = Path("/tmp")  # noqa: S108  the folder in it is new, has a name nobody can guess, and is private
LONGEST_ROOT: Final = 103 - len(f"/{LAB_FOLDER}12345678/{CONTROL_SOCKET}")
"""A socket's path has at most 103 bytes on macOS, 107 on Linux."""
YOUNG_SECONDS: Final = 60.0
"""A Lab that has just made its folder may not listen yet."""


def make_lab_folder() -> tempfile.TemporaryDirectory[str]:
    """Return a new folder for one Lab, after a sweep.

    Raises:
        OSError: The disk or the permissions refuse it.
    """
    root = Path(tempfile.gettempdir())
    if sys.platform != "win32" and len(os.fsencode(root)) > LONGEST_ROOT:
        root = SHORT_ROOT
    sweep(root)
    return tempfile.TemporaryDirectory(prefix=LAB_FOLDER, dir=root)


def sweep(root: Path) -> None:
    """Remove this user's folders of Labs that are no more: nobody listens at their socket.

    Where programs have no Unix sockets (Windows) nothing tells a dead Lab from one that runs, and all stay.
    """
    if sys.platform == "win32":
        return
    for folder in root.glob(f"{LAB_FOLDER}*"):
        try:
            facts = folder.lstat()
        except OSError:  # its Lab ended just now
            continue
        is_old = time.time() - facts.st_mtime > YOUNG_SECONDS
        if is_old and facts.st_uid == os.getuid() and not folder.is_symlink() and not _is_heard(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_heard(folder: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        caller.settimeout(1.0)
        try:
            caller.connect(str(folder / CONTROL_SOCKET))
        except (FileNotFoundError, ConnectionRefusedError):
            return False
        except OSError:  # busy, or a path too long to ask
            return True
    return True
