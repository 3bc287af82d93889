"""Tests a connection step by step, and says which step failed: its name, TCP, TLS, the sign-in, the permission."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tocsin.base.clock import Clock
from tocsin.base.secret import Learn, Redactor, SecretUnusableError, learn_nothing
from tocsin.connectors.connection import OpenConnection, find_further
from tocsin.connectors.errors import ConnectionFaultError
from tocsin.connectors.probe import Probe
from tocsin.connectors.renewals import Renewals
from tocsin.connectors.runner import DeclarativePerformer, Surroundings
from tocsin.engine.outcomes import Answer, Intent, Outcome
from tocsin.engine.ports import Secrets
from tocsin.model.bindings import Binding
from tocsin.model.canonical import digest
from tocsin.model.catalogue import Catalogue, Connector, Effect
from tocsin.model.environment import Environment
from tocsin.model.failures import FailureCode
from tocsin.services.connections.readiness import target_of
from tocsin.services.connections.values import ActionResult, Leave, StepResult, TrialReport, TrialStep

_SECONDS: Final = 15.0
_LEAVES: Final = {FailureCode.PERMISSION: Leave.DENIED, FailureCode.AUTH: Leave.DENIED}


@dataclass(frozen=True, slots=True)
class Trial:
    """Tests one connection of an environment. Nothing is changed there.

    Attributes:
        environment: As it is, or as it would be once a draft is saved.
        connection_id: Which connection.
        secrets: What is signed in with.
        catalogue: Every product.
        renewals: Keeps what the product gives in the place of a secret.
        learn: Is told what is made of the secrets on the way.
        with_actions: Whether each action that only reads is tried too, after the look at the health.
    """

    environment: Environment
    connection_id: str
    secrets: Secrets
    catalogue: Catalogue
    renewals: Renewals
    learn: Learn = learn_nothing
    with_actions: bool = True

    async def run(self) -> TrialReport:
        """Return how it went. Raises nothing for what a person may have typed wrong."""
        connection = self.environment.connections[self.connection_id]
        connector = self.catalogue.connectors[connection.connector]
        binding = Binding(self.connection_id, connection, connector, connector.health)
        try:
            steps = await self._reach(binding)
        except (ConnectionFaultError, SecretUnusableError) as error:
            steps = (StepResult(TrialStep.SETTINGS, ok=False, detail=str(error)),)
        if not all(step.ok for step in steps):
            return self._report(steps)
        async with self._performer() as performer:
            asked = _after(await performer.perform(_intent(binding), grant=None))
            if not self.with_actions or not all(step.ok for step in asked):
                return self._report((*steps, *asked))
            actions = [await self._try(performer, replace(binding, action_id=key)) for key in connector.actions]
        return self._report((*steps, *asked), tuple(actions))

    async def _reach(self, binding: Binding) -> tuple[StepResult, ...]:
        """Try every server at once; the steps of each stand together."""
        target = target_of(binding, self.environment)
        known = OpenConnection(target, {}, Redactor(tell=self.learn), find_further(target, self.secrets))
        proxies, client, listed = known.proxies, known.client, binding.connection.local_addresses
        probes = [
            Probe(origin, target.ca_file, listed, proxy=proxies.get(origin.url), client=client)
            for origin in target.origins.values()
        ]
        found = await asyncio.gather(*(probe.run() for probe in probes))
        return tuple(
            StepResult(TrialStep(one.step), one.ok, one.detail, name, one.seconds)
            for name, probed in zip(target.origins, found, strict=True)
            for one in probed
        )

    @asynccontextmanager
    async def _performer(self) -> AsyncGenerator[DeclarativePerformer]:
        folder = Path(self.environment.folder) if self.environment.folder is not None else None
        around = Surroundings(
            self.environment.id,
            self.secrets,
            self.catalogue.vocabulary,
            folder,
            self.learn,
            renewals=self.renewals,
        )
        performer = DeclarativePerformer(around)
        try:
            yield performer
        finally:
            await performer.aclose()

    async def _try(self, performer: DeclarativePerformer, binding: Binding) -> ActionResult:
        """Do an action that only reads and needs nothing; say of any other what it needs."""
        action = binding.action
        is_reviewed = binding.connector.id not in self.catalogue.unreviewed
        effect = replace(binding, is_reviewed=is_reviewed).effect
        result = ActionResult(binding.action_id, action.title, effect, action.permission or "", Leave.UNTRIED)
        if effect is not Effect.READ or self._needs_input(binding.connector, binding.action_id):
            return result
        answer = await performer.perform(_intent(binding), grant=None)
        if answer.outcome is Outcome.SUCCEEDED or answer.failure is None:
            return replace(result, leave=Leave.ALLOWED)
        leave = _LEAVES.get(answer.failure.code, Leave.FAILED)
        return replace(result, leave=leave, detail=answer.failure.message)

    def _needs_input(self, connector: Connector, action: str) -> bool:
        facts = self.catalogue.find_facts(f"{connector.id}.{action}")
        return facts is None or bool(facts.inputs.get("required"))

    def _report(self, steps: tuple[StepResult, ...], actions: tuple[ActionResult, ...] = ()) -> TrialReport:
        return TrialReport(self.environment.id, self.connection_id, steps, actions)


def _after(answer: Answer) -> tuple[StepResult, ...]:
    """Return what the answer to the health action says of sign-in, permission and the product itself."""
    seconds = sum(note.ms for note in answer.requests) / 1000
    signed_in = StepResult(TrialStep.SIGN_IN, ok=True, seconds=seconds)
    permitted = StepResult(TrialStep.PERMISSION, ok=True, detail=answer.summary)
    failure = answer.failure
    if answer.outcome is Outcome.SUCCEEDED or failure is None:
        return (signed_in, permitted)
    if failure.code is FailureCode.AUTH:
        return (replace(signed_in, ok=False, detail=failure.message),)
    if failure.code is FailureCode.PERMISSION:
        return (signed_in, replace(permitted, ok=False, detail=failure.message))
    return (StepResult(TrialStep.ANSWER, ok=False, detail=failure.message, seconds=seconds),)


def _intent(binding: Binding) -> Intent:
    return Intent(
        run=Clock().new_run_id(),
        path="test",
        n=1,
        node="test",
        use=f"{binding.connector.id}.{binding.action_id}",
        binding=binding,
        effect=Effect.READ,
        inputs={},
        inputs_hash=digest({}),
        idempotency_key="",
        timeout=_SECONDS,
    )
