"""The Lab itself: takes its ports, starts its thread, ends it."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from tocsin.base.clock import Clock
from tocsin.base.loop_thread import LoopThread
from tocsin.lab.addresses import LabAddresses, ProductAddress
from tocsin.lab.control import Control
from tocsin.lab.errors import PortTakenError
from tocsin.lab.eve import EveFile
from tocsin.lab.folder import CONTROL_SOCKET, EVE_FILE, make_lab_folder
from tocsin.lab.keeping import keep_world, take_up
from tocsin.lab.life import Life
from tocsin.lab.lines import LineServer, can_listen
from tocsin.lab.reception import ChangeHook, Reception
from tocsin.lab.server import LabServer
from tocsin.lab.twin import Twin, Wire
from tocsin.lab.twins import Smtp, make_twins
from tocsin.lab.world import World
from tocsin.model.scenario import Scenario

LOOPBACK = "127.0.0.1"
SECONDS_TO_START = 10.0
_SCHEMES = {Wire.HTTP: "http", Wire.SMTP: "smtp"}


class Lab:
    """Simulated products on loopback, over one world. Start and stop it from any thread, once.

    Attributes:
        world: What the products look at and change. Its rows may be read from any thread.
        reception: The requests that came in.

    Args:
        first_port: Where its ports begin; None takes free ones.
        on_change_request: Is called with every request for a change, before anything acts on it.
        clock: What time it is.
        keep: The file that the world is taken up from, if it is there, and kept in at the end.

    Raises:
        UnreadableWorldError: That file holds no world.
    """

    def __init__(
        self,
        scenario: Scenario,
        *,
        first_port: int | None = None,
        on_change_request: ChangeHook | None = None,
        clock: Clock | None = None,
        keep: Path | None = None,
    ) -> None:
        clock = clock or Clock()
        self.world = World(scenario, clock=clock)
        self._keep = keep
        if keep is not None:
            take_up(self.world, keep)
        self._eve = EveFile(self.world)
        self._life = Life(self.world, on_caught_up=self._eve.write)
        self.reception = Reception(on_change_request=on_change_request, catch_up=self._life.catch_up)
        control = Control(self.world, self.reception, self._life, token=secrets.token_urlsafe(32))
        self._twins: tuple[Twin, ...] = (control, *make_twins(self.world, clock=clock))
        self._first_port = first_port
        self._end = ExitStack()
        self._addresses: LabAddresses | None = None

    @property
    def addresses(self) -> LabAddresses:
        """Where it is, once it is started."""
        if self._addresses is None:
            raise RuntimeError("the Lab is not started")
        return self._addresses

    def start(self) -> LabAddresses:
        """Take the ports and begin to answer: the control address first, then each product's servers in order.

        Raises:
            PortTakenError: A port that was asked for cannot be had. Nothing is left running.
        """
        with ExitStack() as undo:
            listeners = {
                twin: undo.enter_context(listen_on(port))
                for twin, port in zip(self._with_ports(), self._wanted_ports(), strict=True)
            }
            folder = Path(undo.enter_context(make_lab_folder()))
            thread = LoopThread("tocsin-lab")
            thread.start()
            undo.callback(thread.stop)
            http = {twin: listener for twin, listener in listeners.items() if twin.wire is Wire.HTTP}
            server = LabServer({_port_of(listener): twin for twin, listener in http.items()}, self.reception)
            thread.submit(server.start(list(http.values()))).result(SECONDS_TO_START)
            undo.callback(lambda: thread.submit(server.stop()).result(SECONDS_TO_START))
            lines = LineServer(self.reception, self._life.catch_up)
            undo.callback(lambda: thread.submit(lines.stop()).result(SECONDS_TO_START))
            thread.submit(self._start_lines(lines, listeners, folder)).result(SECONDS_TO_START)
            self._end = undo.pop_all()
        urls = {
            twin: f"{_SCHEMES[twin.wire]}://{LOOPBACK}:{_port_of(listener)}" for twin, listener in listeners.items()
        }
        self._addresses = self._addresses_of(urls, folder)
        return self._addresses

    def stop(self) -> None:
        """Close every connection and port, end the thread, and keep the world. Harmless when called again.

        Raises:
            OSError: The world cannot be kept; everything is closed all the same.
        """
        self._end.close()
        if self._keep is not None:
            keep_world(self.world, self._keep)

    async def _start_lines(self, lines: LineServer, listeners: Mapping[Twin, socket.socket], folder: Path) -> None:
        for twin in self._twins:
            if isinstance(twin, Smtp):
                await lines.start_smtp(twin, listeners[twin])
            elif twin.wire is Wire.SURICATA and can_listen(twin.wire):
                await lines.start_socket(twin, folder / CONTROL_SOCKET)
        self._eve.open(folder / EVE_FILE)
        lines.start_ticking()

    def _with_ports(self) -> tuple[Twin, ...]:
        return tuple(twin for twin in self._twins if twin.wire is not Wire.SURICATA)

    def _wanted_ports(self) -> list[int]:
        count = len(self._with_ports())
        return [0] * count if self._first_port is None else [self._first_port + index for index in range(count)]

    def _addresses_of(self, urls: Mapping[Twin, str], folder: Path) -> LabAddresses:
        control = self._twins[0]
        return LabAddresses(
            scenario=self.world.scenario.id,
            seed=self.world.scenario.seed,
            control_url=urls[control],
            control_token=control.sign_in["token"],
            products={
                twin.product: self._address_of(twin, urls, folder)
                for twin in self._twins
                if twin.address == "main" and twin is not control
            },
        )

    def _address_of(self, twin: Twin, urls: Mapping[Twin, str], folder: Path) -> ProductAddress:
        addresses = {other.address: url for other, url in urls.items() if other.product is twin.product}
        files: dict[str, str] = {}
        if twin.wire is Wire.SURICATA:
            files = {"socket": str(folder / CONTROL_SOCKET), "log": str(folder / EVE_FILE)}
        return ProductAddress(
            category=twin.category,
            url=addresses.get("main", ""),
            addresses=addresses,
            options={**twin.options, **files},
            sign_in=twin.sign_in,
        )


def _port_of(listener: socket.socket) -> int:
    return listener.getsockname()[1]


def listen_on(port: int) -> socket.socket:
    """Return a socket that listens on loopback only; port 0 is any free one.

    Raises:
        PortTakenError: The port cannot be had.
    """
    # asyncio sends without delay only on sockets that say TCP by name; with Nagle every answer takes 40 ms
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform == "win32":  # there SO_REUSEADDR would let another program take the port over
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        reason = os.strerror(error.errno).lower() if isinstance(error, OSError) and error.errno else "there is none"
        raise PortTakenError(port, reason) from error
    return listener
