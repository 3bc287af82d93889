"""Performs the actions of descriptions: the engine's port `Performer`, filled."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.base.secret import Learn, Redactor, learn_nothing
from tocsin.base.texts import _
from tocsin.connectors.addresses import Reach
from tocsin.connectors.attempt import Attempt, Seen, StoppedError, Tools
from tocsin.connectors.connection import OpenConnection, Target, judge_target, open_connection
from tocsin.connectors.exchange import Exchanger
from tocsin.connectors.gate import Gate
from tocsin.connectors.http_client import HttpClients
from tocsin.connectors.known_answers import KnownAnswers
from tocsin.connectors.limits import ConnectionPermit, Permits, Sleep, Take, count_nothing
from tocsin.connectors.plans import ActionPlan, LookPlan, compile_action
from tocsin.connectors.protocols.own_runs import TellRuns
from tocsin.connectors.renewals import Renewals, UnsharedRenewals
from tocsin.connectors.results import ShapeError, changed_of, output_of, summary_of, undo_of
from tocsin.connectors.rulings import Ruling, rule_on_bug, rule_on_error, rule_on_shape
from tocsin.connectors.sign_in import SignIns
from tocsin.connectors.ways import Ways
from tocsin.engine.outcomes import Answer, Changed, Intent, Outcome, Pass, RequestNote, Sent, Verdict, Verified
from tocsin.engine.ports import Secrets
from tocsin.expressions import Scope
from tocsin.model.bindings import Binding
from tocsin.model.catalogue import Connector, Effect, VocabularyAction
from tocsin.model.environment import LAB

_log = logging.getLogger("tocsin.connectors")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a performer knows besides its intents.

    Attributes:
        environment: Its id; `lab` may only reach 127.0.0.1, every other only the outside, by https (field.md S18).
        secrets: Where secrets are found.
        vocabulary: Schemas of the actions that products have in common.
        folder: Where the environment's files of certificates are.
        learn: Is told what is made of secrets on the way, tokens and pairs: a bug's trace in the log may show it.
        take: Counts the requests of connections that may make so many a day; those of the Lab are not counted.
        renewals: Keeps the refresh tokens that products give in the place of old ones.
        tell_runs: What knows of Tocsin's own runs, or None.
    """

    environment: str
    secrets: Secrets
    vocabulary: Mapping[str, VocabularyAction]
    folder: Path | None = None
    learn: Learn = learn_nothing
    take: Take = count_nothing
    renewals: Renewals = field(default_factory=UnsharedRenewals)
    tell_runs: TellRuns | None = None


class DeclarativePerformer:
    """Does what descriptions say, for one environment and on one event loop.

    Args:
        surroundings: The environment.
        exchanger: Sends requests; without one, HTTP and the other protocols do.
        monotonic: Seconds that never go back; the same as the judge's.
        sleep: Waits for seconds.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        *,
        exchanger: Exchanger | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._surroundings = surroundings
        self._reach = Reach.LAB if surroundings.environment == LAB else Reach.OUTSIDE
        self._clients = HttpClients(reach=self._reach, monotonic=monotonic)
        ways = Ways(self._clients, reach=self._reach, monotonic=monotonic, tell_runs=surroundings.tell_runs)
        self._gate = Gate(exchanger or ways, monotonic=monotonic)
        self._sign_ins = SignIns(
            self._gate, monotonic=monotonic, secrets=surroundings.secrets, renewals=surroundings.renewals
        )
        self._permits = Permits(monotonic=monotonic, sleep=sleep)
        self._monotonic = monotonic
        self._sleep = sleep
        self._plans: dict[tuple[int, str], tuple[Connector, ActionPlan]] = {}
        self._tools: dict[int, tuple[Connector, Tools]] = {}
        self._targets: dict[str, Target] = {}
        self._opened: dict[str, OpenConnection] = {}
        self._known = KnownAnswers(monotonic=monotonic)

    async def perform(self, intent: Intent, *, grant: Pass | None) -> Answer:
        """Make one attempt. Raises nothing but CancelledError; a change without a fitting Pass is refused."""
        attempt: Attempt | None = None
        try:
            attempt = self._attempt(intent, grant)
            return _redacted(await self._performed(attempt), attempt)
        except TocsinError as error:
            title = intent.binding.connector.title
            ruling = attempt.stopped(error).ruling if attempt else rule_on_error(error, product=title, changes=False)
        except Exception:  # noqa: BLE001  a named door: a bug must not take the run with it (house.md 17)
            _log.exception("an attempt of %s met a bug", intent.use)
            ruling = rule_on_bug(changes=attempt is not None and attempt.tried)
        return _redacted(_failed(ruling, attempt), attempt)

    async def verify(self, intent: Intent) -> Verdict:
        """Look whether a change that may have happened did happen."""
        try:
            return await self._verified(self._attempt(intent, None))
        except (StoppedError, TocsinError) as error:
            _log.info("the look after %s did not succeed: %s", intent.use, type(error).__name__)
        except Exception:  # noqa: BLE001  a named door, as above
            _log.exception("looking after %s met a bug", intent.use)
        return Verdict(Verified.UNKNOWN)

    def permit(self, binding: Binding) -> ConnectionPermit:
        """Return the connection's permit: one of its places and a token of its rate, shared by all runs."""
        return self._permits.of(binding)

    async def aclose(self) -> None:
        """Close the connections that were opened in the running loop, after what signs in has come to its end."""
        await self._sign_ins.aclose()
        await self._clients.aclose()

    def _attempt(self, intent: Intent, grant: Pass | None) -> Attempt:
        around = self._surroundings
        target, name = self._target(intent.binding), intent.binding.connection_id
        before = self._opened.get(name)
        connection = open_connection(target, around.secrets, learn=around.learn, before=before)
        self._opened[name] = connection
        return Attempt(self._tools_for(intent.binding.connector), connection, intent, grant)

    def _tools_for(self, connector: Connector) -> Tools:
        kept = self._tools.get(id(connector))
        if kept is None:  # the connector is kept beside its tools, so that its id stays its own
            tools = Tools(
                gate=self._gate,
                sign_ins=self._sign_ins,
                plan_of=lambda action: self._plan(connector, action),
                monotonic=self._monotonic,
                sleep=self._sleep,
                take=count_nothing if self._reach is Reach.LAB else self._surroundings.take,
            )
            kept = self._tools[id(connector)] = (connector, tools)
        return kept[1]

    def _target(self, binding: Binding) -> Target:
        """Return the judged connection. Each run brings an equal one of its own: one is kept, not one for each run."""
        kept = self._targets.get(binding.connection_id)
        if kept is None or kept.binding.connector is not binding.connector or not _is_same(kept.binding, binding):
            kept = judge_target(binding, reach=self._reach, folder=self._surroundings.folder)
            self._targets[binding.connection_id] = kept
        return kept

    def _plan(self, connector: Connector, action: str) -> ActionPlan:
        kept = self._plans.get((id(connector), action))
        if kept is None:  # the connector is kept beside its plan, so that its id stays its own
            plan = compile_action(connector, action, self._surroundings.vocabulary)
            kept = self._plans[id(connector), action] = (connector, plan)
        return kept[1]

    async def _performed(self, attempt: Attempt) -> Answer:
        plan = attempt.tools.plan_of(attempt.intent.binding.action_id)
        scope = attempt.scope_for(plan, attempt.intent.inputs)
        if plan.keep is None or self._reach is Reach.LAB:  # in the Lab, what is so changes while one looks
            return await self._acted(attempt, plan, scope)
        where, inputs = attempt.connection, cast("Json", scope.find("input"))
        known = self._known.find(where, plan, inputs)
        if known is None:
            known = await self._acted(attempt, plan, scope)
            self._known.keep(where, plan, inputs, known)
        return known

    async def _acted(self, attempt: Attempt, plan: ActionPlan, scope: Scope) -> Answer:
        try:
            is_known = True
            if plan.already is not None and plan.action.effect is not Effect.READ:
                seen = await _looked_before(attempt, plan.already, scope)
                if seen is not None and seen.holds:
                    return _already(plan, plan.already, scope, attempt)
                is_known = seen is not None
            await attempt.run(plan, scope)
            answer = _succeeded(plan, scope, attempt)
            return answer if is_known else replace(answer, changed=Changed.UNKNOWN)
        except StoppedError as error:
            ruling = error.ruling
        except ShapeError as error:
            ruling = rule_on_shape(error.message, changes=attempt.acted)
        may_have_changed = ruling.changed is not Changed.FALSE
        undo = undo_of(plan, scope, attempt.connection.id) if may_have_changed else None
        return replace(_failed(ruling, attempt), undo=undo)

    async def _verified(self, attempt: Attempt) -> Verdict:
        plan = attempt.tools.plan_of(attempt.intent.binding.action_id)
        if plan.verify is None:
            return Verdict(Verified.UNKNOWN)
        scope = attempt.scope_for(plan, attempt.intent.inputs)
        seen = await attempt.look(plan.verify, scope)
        if seen.holds:
            output = output_of(plan, scope, look=plan.verify)
            return Verdict(Verified.DONE, attempt.connection.redactor.value(output))
        return Verdict(Verified.NOT_DONE if plan.verify.absence_proves else Verified.UNKNOWN)


def _is_same(one: Binding, other: Binding) -> bool:
    return one.connection is other.connection or one.connection == other.connection


async def _looked_before(attempt: Attempt, look: LookPlan, scope: Scope) -> Seen | None:
    """Look how it is before a change, and let the steps see it as `before`; None when the product did not say.

    A look that fails must not keep a block from being made. What was so before is then unknown, and is said to be.
    """
    try:
        seen = await attempt.look(look, scope)
    except StoppedError as error:
        _log.info("the look before %s did not succeed: %s", attempt.intent.use, error.ruling.outcome)
        return None
    scope.unbind("output")
    scope.bind("before", seen.output)
    return seen


def _succeeded(plan: ActionPlan, scope: Scope, attempt: Attempt) -> Answer:
    output = output_of(plan, scope)
    scope.bind("output", output)
    changed = changed_of(plan, scope) if attempt.acted else Changed.FALSE
    return Answer(
        Outcome.SUCCEEDED,
        changed=changed,
        output=output,
        summary=summary_of(plan, scope),
        undo=undo_of(plan, scope, attempt.connection.id) if changed is not Changed.FALSE else None,
        requests=tuple(attempt.requests),
    )


def _already(plan: ActionPlan, look: LookPlan, scope: Scope, attempt: Attempt) -> Answer:
    """It was so before: nothing is sent, and nothing is to be taken back (field.md W6)."""
    return Answer(
        Outcome.SUCCEEDED,
        sent=Sent.NO,
        output=output_of(plan, scope, look=look),
        summary=_("{title}: it was so already").format(title=plan.action.title),
        requests=tuple(attempt.requests),
        via_already=True,
    )


def _failed(ruling: Ruling, attempt: Attempt | None) -> Answer:
    requests = tuple(attempt.requests) if attempt is not None else ()
    failure = replace(ruling.failure, attempt=attempt.intent.n) if attempt is not None else ruling.failure
    return Answer(ruling.outcome, ruling.sent, ruling.changed, failure=failure, requests=requests)


def _redacted(answer: Answer, attempt: Attempt | None) -> Answer:
    """Take what the product or an error may have echoed of the secrets out of the texts (field.md S10)."""
    if attempt is None:
        return answer
    redactor = attempt.connection.redactor
    failure, undo = answer.failure, answer.undo
    return replace(
        answer,
        output=redactor.value(answer.output),
        summary=redactor.text(answer.summary),
        failure=failure and replace(failure, message=redactor.text(failure.message)),
        undo=undo and replace(undo, inputs={key: redactor.value(value) for key, value in undo.inputs.items()}),
        requests=tuple(_redacted_note(note, redactor) for note in answer.requests),
    )


def _redacted_note(note: RequestNote, redactor: Redactor) -> RequestNote:
    path = redactor.text(note.path)
    return note if path == note.path else replace(note, path=path)
