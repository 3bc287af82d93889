"""Performs actions of shipped descriptions against a server on this computer, as a run would."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from tests.unit.connectors.support import Keys, catalogue

from tocsin.connectors.exchange import Exchanger
from tocsin.connectors.runner import DeclarativePerformer, Surroundings
from tocsin.engine.outcomes import Answer, Intent, Pass, Verdict
from tocsin.model.bindings import Binding
from tocsin.model.catalogue import Connector, Effect
from tocsin.model.environment import LAB, Connection

KEY = "0f3c9e5a1d4f4e0e9c572d1f6c0a7e11"


class Product:
    """One product at an address of this computer, with its secrets and options.

    It is in the Lab's environment, where nothing is encrypted; with `outside`, in one as teams have, which lists this
    computer by hand.
    """

    def __init__(
        self,
        name: str,
        address: str,
        *,
        secrets: Mapping[str, str],
        options: Mapping[str, Any],
        outside: Mapping[str, Any] | None = None,
        exchanger: Exchanger | None = None,
    ) -> None:
        self.connector: Connector = catalogue().connectors[name]
        self.secrets = secrets
        self.options = options
        addresses = dict.fromkeys(self.connector.addresses, address)
        self.address = address
        self._environment = LAB if outside is None else "production"
        self._exchanger = exchanger
        self._connection = Connection(
            connector=name,
            addresses=addresses,
            options=dict(options),
            local_addresses=() if outside is None else ("127.0.0.1",),
            **outside or {},
        )

    def perform(self, action: str, inputs: Mapping[str, Any], *, key: str = KEY) -> Answer:
        intent = self._intent(action, inputs, key)
        grant = None if intent.effect is Effect.READ else Pass("run", "node", 1, "hash", 1e12)
        return asyncio.run(self._with(lambda performer: performer.perform(intent, grant=grant)))

    def verify(self, action: str, inputs: Mapping[str, Any], *, key: str = KEY) -> Verdict:
        intent = self._intent(action, inputs, key)
        return asyncio.run(self._with(lambda performer: performer.verify(intent)))

    async def _with(self, act: Any) -> Any:
        async def no_sleep(seconds: float) -> None:
            return None

        around = Surroundings(self._environment, Keys(**self.secrets), catalogue().vocabulary)
        performer = DeclarativePerformer(around, exchanger=self._exchanger, sleep=no_sleep)
        try:
            return await act(performer)
        finally:
            await performer.aclose()

    def _intent(self, action: str, inputs: Mapping[str, Any], key: str) -> Intent:
        return Intent(
            run="run",
            path="node",
            n=1,
            node="node",
            use=f"{self.connector.id}.{action}",
            binding=Binding("conn", self._connection, self.connector, action),
            effect=self.connector.actions[action].effect,
            inputs=dict(inputs),
            inputs_hash="hash",
            idempotency_key=key,
            timeout=20.0,
        )
