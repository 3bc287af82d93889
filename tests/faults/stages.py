"""Where the containment plays: what the products do meanwhile, and how they are reached."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from tests.faults.broken_tls import BrokenTlsFront, TlsFault
from tests.journeys.program import PLAYBOOK
from tests.journeys.workspace import Workspace, plain_urls

ANSWERED = ("--answer", "hosts/confirm=approved")
ALERT = {
    "id": "a-1001",
    "rule": "Brute force from a TOR exit",
    "severity": 73,
    "src_ip": "203.0.113.66",
    "user": "clerk1",
}
CHANGES = (
    ("opnsense", "*/add/*"),
    ("keycloak", "*/logout"),
    ("falcon", "*devices-actions*"),
    ("jira", "*/issue"),
)
"""Where each product is asked for a change: (product, path)."""
ALL = tuple((product, "*") for product in ("abuseipdb", "falcon", "jira", "keycloak", "opnsense"))
LATE, HASTY = 1.6, "1s"
"""Seconds that a late answer takes, and the patience of every step then."""


@dataclass(frozen=True)
class Faults:
    """What goes wrong at the products.

    Attributes:
        where: (product, path) that it meets.
        status: As the Lab's control takes it (definitions.md D5).
        times: How many requests.
        seconds: How long `slow` waits.
        is_hasty: The steps do not wait so long.
        tls: What breaks below HTTP; then the Lab's products stand behind TLS, outside the Lab.
    """

    where: tuple = ()
    status: object = None
    times: int = 1
    seconds: float = 0.3
    is_hasty: bool = False
    tls: TlsFault | None = None

    @property
    def is_calm(self):
        """Everything goes as it does without: whatever dies, the same must come of it."""
        return self.status is None and self.tls in {None, TlsFault.NONE}

    @property
    def planted(self):
        """What the Lab's control is told."""
        facts = {"status": self.status, "times": self.times, "seconds": self.seconds}
        return [{"product": product, "path": path, **facts} for product, path in self.where]


FAULTS = {
    "none": Faults(),
    "slow": Faults(ALL, "slow"),
    "late": Faults(CHANGES, "slow", seconds=LATE, is_hasty=True),
    "dropped": Faults(CHANGES, "drop_after"),
    "busy": Faults(ALL, 429, times=2),
    "refused": Faults(CHANGES, 429),
    "broken": Faults(CHANGES, 500),
    "broken_everywhere": Faults(ALL, 503),
    "garbage": Faults(CHANGES, "garbage"),
    "garbage_everywhere": Faults(ALL, "garbage"),
    "huge": Faults(CHANGES, "huge"),
    "wrong_type": Faults(CHANGES, "wrong_type"),
    "tls_none": Faults(tls=TlsFault.NONE),
    "tls_refused": Faults(tls=TlsFault.REFUSED),
    "tls_garbage": Faults(tls=TlsFault.GARBAGE),
    "tls_untrusted": Faults(tls=TlsFault.UNTRUSTED),
    "tls_cut": Faults(tls=TlsFault.CUT),
}
"""By name, as `--faults` takes it."""


class LabStage:
    """The containment in the Lab; its one question is answered beforehand.

    Args:
        lab: The Lab that plays.
        faults: What goes wrong.
        home: The program's home.
    """

    def __init__(self, lab, faults, home):
        self.folder = None
        self.variables = {}
        runtime = home / "runtime"
        runtime.mkdir(parents=True)
        (runtime / "lab.json").write_text(json.dumps({**lab.addresses.to_json(), "pid": os.getpid()}))
        playbook = PLAYBOOK
        if faults.is_hasty:
            playbook = home / "hasty.yaml"
            playbook.write_text(_hasty(Path(PLAYBOOK).read_text()))
        self.run = ("run", str(playbook), *ANSWERED)
        self.answers = ANSWERED

    def close(self):
        """Nothing is left open."""


class TlsStage:
    """The containment outside the Lab, whose products stand behind a TLS that breaks. No host there is critical.

    Args:
        lab: The Lab that plays.
        faults: What goes wrong.
        home: The program's home.
    """

    def __init__(self, lab, faults, home):
        home.mkdir(parents=True)
        self._front = BrokenTlsFront(home, plain_urls(lab), faults.tls)
        self._front.__enter__()
        workspace = Workspace(home / "team", lab, self._front)
        self.folder = workspace.folder
        self.variables = {**workspace.variables, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
        self.run = ("run", str(workspace.playbook), "--environment", "production", "--input", json.dumps(ALERT))
        self.answers = ()

    def close(self):
        """End the front."""
        self._front.__exit__(None, None, None)


def _hasty(text):
    for patience in ("20s", "30s", "60s"):
        text = text.replace(f"timeout: {patience}", f"timeout: {HASTY}")
    return text
