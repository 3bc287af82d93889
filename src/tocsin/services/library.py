"""Finds the playbooks that are shipped."""

from __future__ import annotations

from pathlib import Path

from tocsin.base.errors import MissingDataError
from tocsin.base.resources import playbook_paths

DEMO_PLAYBOOK = "contain-suspicious-ip.yaml"


def demo_path() -> Path:
    """Return the playbook that the demonstration shows.

    Raises:
        MissingDataError: The installation is incomplete.
    """
    paths = playbook_paths()
    for path in paths:
        if path.name == DEMO_PLAYBOOK:
            return path
    raise MissingDataError(DEMO_PLAYBOOK, paths)
