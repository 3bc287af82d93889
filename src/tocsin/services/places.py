"""Where Tocsin keeps things on this machine (definitions.md D1). `TOCSIN_HOME` puts all of it under one folder."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

NAME = "tocsin"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one user. None of them need exist."""

    config: Path
    data: Path
    state: Path
    cache: Path
    runtime: Path

    @property
    def journal(self) -> Path:
        """The journal's file."""
        return self.data / "journal.db"

    @property
    def blobs(self) -> Path:
        """The folder for values too large for the journal."""
        return self.data / "blobs"

    @property
    def recovery(self) -> Path:
        """The folder for unsaved work that shall outlive a crash."""
        return self.data / "recovery"

    @property
    def vault(self) -> Path:
        """The file of sealed secrets."""
        return self.data / "vault.json"

    @property
    def health(self) -> Path:
        """How connections did, a line for each look."""
        return self.state / "health.jsonl"

    @property
    def quota(self) -> Path:
        """How many requests connections made today."""
        return self.state / "quota.json"

    @property
    def own_descriptions(self) -> Path:
        """The folder of this person's own descriptions of products."""
        return self.config / "connectors"

    @property
    def reviews(self) -> Path:
        """Which of them this person has reviewed, by their content."""
        return self.data / "reviewed.json"

    @property
    def lab_line(self) -> Path:
        """What a running `tocsin lab` says of itself."""
        return self.runtime / "lab.json"

    @property
    def locks(self) -> Path:
        """What each running process holds."""
        return self.runtime / "locks"

    @property
    def settings(self) -> Path:
        """What this person set."""
        return self.config / "settings.yaml"

    @property
    def log(self) -> Path:
        """The log."""
        return self.state / "tocsin.log"


def find_places() -> Places:
    """Return the folders of this user, by the platform's custom."""
    home = os.environ.get("TOCSIN_HOME")
    if home:
        root = Path(home)
        return Places(*(root / name for name in ("config", "data", "state", "cache", "runtime")))
    return Places(
        config=platformdirs.user_config_path(NAME, appauthor=False),
        data=platformdirs.user_data_path(NAME, appauthor=False),
        state=platformdirs.user_state_path(NAME, appauthor=False),
        cache=platformdirs.user_cache_path(NAME, appauthor=False),
        runtime=_find_runtime(),
    )


def _find_runtime() -> Path:
    """Where the session gives no folder of its own, platformdirs names one in /tmp that anyone may have made."""
    if sys.platform == "linux" and not os.environ.get("XDG_RUNTIME_DIR"):
        return platformdirs.user_state_path(NAME) / "runtime"
    return platformdirs.user_runtime_path(NAME, appauthor=False)
