"""Keeps the read catalogue as JSON, so that a start need not read YAML; a file that changed makes it worthless.

The cache holds nothing that the descriptions do not say, and is checked like them when it is read: a damaged one, or
one of another version of Tocsin, is as good as none.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tocsin import __version__
from tocsin.base.atomic_file import PRIVATE, write_atomically
from tocsin.base.private_folder import make_private
from tocsin.model.catalogue import Catalogue

_log = logging.getLogger("tocsin.connectors")
_LINE_END: Final = b"\n"


def fingerprint(files: Iterable[tuple[str, bytes]]) -> str:
    """Return what tells these files, by name and bytes in this order, under this Tocsin from all others, in hex."""
    found = hashlib.sha256(__version__.encode())
    for name, data in files:
        found.update(b"\0".join((name.encode(), hashlib.sha256(data).digest())))
    return found.hexdigest()


def find_cached(path: Path, mark: str) -> Catalogue | None:
    """Return the catalogue that was kept under this fingerprint, or None when there is none that can be used."""
    try:
        head, _, body = path.read_bytes().partition(_LINE_END)
        return Catalogue.model_validate_json(body) if head.decode() == mark else None
    except (OSError, ValueError):  # not there, or not as it was written
        return None


def keep(path: Path, mark: str, catalogue: Catalogue) -> None:
    """Keep a catalogue under its fingerprint; a disk that refuses costs the next start some time and nothing else."""
    body = catalogue.model_dump_json(by_alias=True, exclude_unset=True).encode()
    try:
        make_private(path.parent)
        write_atomically(path, mark.encode() + _LINE_END + body, mode=PRIVATE)
    except OSError:
        _log.info("the catalogue could not be kept for the next start")
