"""The Lab as a use case: found where one runs, else started for this process and ended with it.

A late door: what plays the products is imported when the Lab is first needed, which not every run does.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tocsin.base.atomic_file import PRIVATE, write_atomically
from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.base.private_folder import make_private
from tocsin.base.secret import Secret
from tocsin.base.texts import _
from tocsin.connectors.lab_control import LabControl, LabGoneError
from tocsin.model.environment import LAB, LAB_NETWORKS, Connection, Environment
from tocsin.services.places import Places

if TYPE_CHECKING:
    from tocsin.lab import Lab, LabAddresses
    from tocsin.model.scenario import Scenario

DEFAULT_SCENARIO: Final = "tor-brute-force"
PREFIX: Final = "lab_"
OWN_RUNS: Final = "own_runs"
"""The connection to Tocsin's own journal: what ran when is no part of the world."""
ROLES: Final = {"threat_intel": "lab_abuseipdb", "intel_feed": "lab_misp", "chat": "lab_mattermost"}
"""Who plays a role for which the Lab has several products: what is looked up, and what is spread."""


class UnannouncedLabError(TocsinError):
    """A Lab that could not say where it is."""

    code = ErrorCode.CANNOT_SAVE

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("The Lab cannot say where it is: {reason}.").format(reason=reason),
            hint=_("See that Tocsin's runtime folder can be written."),
        )


class UnkeptLabError(TocsinError):
    """A Lab whose world could not be kept at its end."""

    code = ErrorCode.CANNOT_SAVE

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("The Lab's world cannot be kept: {reason}.").format(reason=reason),
            hint=_("See that the file can be written."),
        )


class LabKeeper:
    """Knows one Lab. Thread-safe.

    Args:
        places: Where a running Lab says what it is.
        scenario: What a Lab that must be started plays.
        learn: Is told the Lab's secrets, so that they are masked wherever they might be written.
    """

    def __init__(
        self, places: Places, scenario: str = DEFAULT_SCENARIO, *, learn: Callable[[Iterable[str]], None] | None = None
    ) -> None:
        self._places = places
        self._learn = learn
        self._scenario = scenario
        self._lock = threading.Lock()
        self._own: Lab | None = None
        self._addresses: LabAddresses | None = None

    def addresses(self, scenario: str | None = None) -> LabAddresses:
        """Return where the Lab is; one that another process runs is taken, else one is started.

        Args:
            scenario: What one that must be started plays; None is the keeper's own.

        Raises:
            TocsinError: It cannot be started.
        """
        with self._lock:
            if self._addresses is None:
                self._addresses = self._find_running() or self._start(scenario or self._scenario)
                if self._learn is not None:
                    self._learn(_secrets_of(self._addresses))
            return self._addresses

    def find_addresses(self) -> LabAddresses | None:
        """Return where a Lab that runs already is, or None; starts none."""
        with self._lock:
            return self._addresses or self._find_running()

    def forget_gone(self) -> None:
        """Look for a Lab anew next time; one that another process ran has gone. An own one stays."""
        with self._lock:
            if self._own is None:
                self._addresses = None

    def environment(self) -> Environment:
        """Return the environment `lab`: a connection for each product (definitions.md D5)."""
        return environment_of(self.addresses())

    def control(self) -> LabControl:
        """Return the way to inject alerts and to see what changed."""
        addresses = self.addresses()
        return LabControl(addresses.control_url, addresses.control_token)

    def scenario(self) -> Scenario:
        """Return what the Lab plays.

        Raises:
            UnknownScenarioError: Another process plays one that is not shipped with this version.
        """
        from tocsin.lab import load_scenario

        return load_scenario(self.addresses().scenario)

    def find(self, connection_id: str, connection: Connection, field: str) -> Secret | None:
        """Return a secret of the running Lab: the engine's port `Secrets`, from memory alone."""
        product = self.addresses().products.get(connection.connector)
        if product is None or connection_id != PREFIX + connection.connector:
            return None
        text = product.sign_in.get(field)
        return Secret(text) if text is not None else None

    def close(self) -> None:
        """End the Lab that this process started."""
        with self._lock:
            if self._own is not None:
                self._own.stop()
            self._own = self._addresses = None

    def _start(self, scenario: str) -> LabAddresses:
        from tocsin.lab import Lab, load_scenario

        self._own = Lab(load_scenario(scenario))
        return self._own.start()

    def _find_running(self) -> LabAddresses | None:
        if not self._places.lab_line.exists():
            return None
        from tocsin.lab import LabAddresses

        try:
            said: Mapping[str, Any] = json.loads(self._places.lab_line.read_bytes())
            addresses = LabAddresses.from_json(said)
            answers = LabControl(addresses.control_url, addresses.control_token).answers()
        except (OSError, ValueError, LabGoneError):
            return None
        return addresses if answers else None


class ServedLab:
    """A Lab that other processes may use: it says where it is in a file, and takes that back at its end.

    Args:
        places: Where it says so.
        scenario: What it plays.
        first_port: Its first port; None takes free ones.
        keep: The file that its world is taken up from and kept in; None begins anew and keeps nothing.

    Raises:
        TocsinError: A port is taken, there is no such scenario, or a file cannot be read or written. Nothing runs then.
    """

    def __init__(self, places: Places, scenario: str, *, first_port: int | None, keep: Path | None = None) -> None:
        from tocsin.lab import Lab, load_scenario

        self.scenario = load_scenario(scenario)
        self._lab = Lab(self.scenario, first_port=first_port, keep=keep)
        self.addresses = self._lab.start()
        self._line = places.lab_line
        try:
            self._announce()
        except OSError as error:
            self._lab.stop()
            raise UnannouncedLabError(error.strerror or _("it is refused")) from error

    def close(self) -> None:
        """End it. A file that another Lab has written since stays.

        Raises:
            UnkeptLabError: Its world could not be kept; it has ended all the same.
        """
        with contextlib.suppress(OSError, ValueError, KeyError):
            if json.loads(self._line.read_bytes())["pid"] == os.getpid():
                self._line.unlink()
        try:
            self._lab.stop()
        except OSError as error:
            raise UnkeptLabError(error.strerror or _("it is refused")) from error

    def _announce(self) -> None:
        said: dict[str, Json] = {**self.addresses.to_json(), "pid": os.getpid()}
        make_private(self._line.parent)
        write_atomically(self._line, json.dumps(said).encode(), mode=PRIVATE)


def environment_of(addresses: LabAddresses) -> Environment:
    """Return the environment that a Lab makes: a connection for each of its products."""
    connections = {
        PREFIX + name: Connection(connector=name, addresses=dict(product.addresses), options=dict(product.options))
        for name, product in addresses.products.items()
    }
    connections[OWN_RUNS] = Connection(connector="tocsin")
    roles = {role: connection for role, connection in ROLES.items() if connection in connections}
    return Environment(id=LAB, title="Lab", networks=LAB_NETWORKS, roles=roles, connections=connections)


def _secrets_of(addresses: LabAddresses) -> Iterator[str]:
    yield addresses.control_token
    for product in addresses.products.values():
        yield from product.sign_in.values()
