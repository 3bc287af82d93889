"""Finds and reads playbooks: the file a person names, and the ones that are shipped."""

from __future__ import annotations

from pathlib import Path

from tocsin.base.resources import playbook_paths
from tocsin.formats import PlaybookFile, load_playbook

DEMO_PLAYBOOK = "contain-suspicious-ip.yaml"


def open_playbook(path: Path) -> PlaybookFile:
    """Read a playbook's file; what is wrong is in its problems."""
    return load_playbook(path)


def demo_path() -> Path:
    """Return the playbook that the demonstration shows."""
    return next(path for path in playbook_paths() if path.name == DEMO_PLAYBOOK)
