"""One attempt of one action: its requests in order, until all succeeded or one did not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.connectors.connection import OpenConnection
from tocsin.connectors.errors import ConnectorError, Cut, DayUsedUpError, DescriptionError, ExchangeError
from tocsin.connectors.exchange import Line, Reply, Request
from tocsin.connectors.gate import Gate
from tocsin.connectors.inputs import ready_inputs
from tocsin.connectors.limits import Sleep, Take
from tocsin.connectors.paging import PagingError, first_page, items_of, next_page
from tocsin.connectors.plans import ActionPlan, LookPlan, PagePlan, PollPlan, StepPlan, evaluate_tree
from tocsin.connectors.request import build_request
from tocsin.connectors.results import ShapeError, output_of
from tocsin.connectors.rulings import (
    Ruling,
    in_a_change,
    rule_on_error,
    rule_on_job,
    rule_on_reply,
    rule_on_shape,
)
from tocsin.connectors.sign_in import SignIns
from tocsin.engine.outcomes import Intent, Pass, RequestNote
from tocsin.expressions import EvaluationError, Scope, evaluate
from tocsin.model.catalogue import Effect

_UNAUTHORIZED = 401
_MARGIN = 0.05  # of the time, at most 0.1 s: the engine's own clock is the coarser judge, and must not strike first


class StoppedError(Exception):
    """An attempt ends without success; carries the ruling. Never leaves the room."""

    def __init__(self, ruling: Ruling) -> None:
        self.ruling = ruling
        super().__init__(ruling.failure.message)


@dataclass(frozen=True, slots=True)
class Tools:
    """What the attempts of a performer share.

    Attributes:
        plan_of: Gives the plan of an action of this attempt's connector.
    """

    gate: Gate
    sign_ins: SignIns
    plan_of: Callable[[str], ActionPlan]
    monotonic: Callable[[], float]
    sleep: Sleep
    take: Take


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look gave, and whether what was asked of it holds."""

    output: Json
    holds: bool


@dataclass(slots=True)
class Attempt:
    """Performs an action of a connection. Used once.

    Attributes:
        connection: To whom.
        intent: What the engine wants; its key goes with every change.
        grant: The judge's leave; None lets only reads out.
        requests: What was sent so far.
        tried: Whether a request that changes something may have left.
        acted: Whether one was answered with success.
    """

    tools: Tools
    connection: OpenConnection
    intent: Intent
    grant: Pass | None
    requests: list[RequestNote] = field(default_factory=list[RequestNote])
    tried: bool = False
    acted: bool = False
    _deadline: float = field(init=False)

    def __post_init__(self) -> None:
        """Begin to count the time."""
        timeout = self.intent.timeout
        self._deadline = self.tools.monotonic() + timeout - min(0.1, timeout * _MARGIN)

    async def run(self, plan: ActionPlan, scope: Scope) -> None:
        """Send the requests of an action. The scope gets `steps`, and `status`, `body`, `headers` of the last answer.

        Raises:
            StoppedError: One of them did not succeed.
        """
        steps: dict[str, Json] = {}
        scope.bind("steps", steps)
        for step in plan.steps:
            if await self._is_wanted(step, scope):
                steps = {**steps, step.name: await self._step(step, plan, scope)}
                scope.bind("steps", steps)
        if plan.poll is not None:
            await self._poll(plan.poll, scope)

    async def look(self, look: LookPlan, scope: Scope) -> Seen:
        """Look at the product by another action. The scope's `output` is what it gave.

        Raises:
            StoppedError: The look did not succeed.
        """
        plan = self.tools.plan_of(look.action)
        try:
            if plan.action.effect is not Effect.READ:
                raise DescriptionError(self.connection.connector.id, f"“{look.action}”", _("a look may only read"))
            inner = self.scope_for(plan, {name: evaluate_tree(tree, scope) for name, tree in look.inputs.items()})
        except (ConnectorError, EvaluationError) as error:
            raise self.stopped(error) from error
        await self.run(plan, inner)
        try:
            output = self.connection.redactor.value(output_of(plan, inner))
            scope.bind("output", output)
            return Seen(output, evaluate(look.holds, scope) is True)
        except (ShapeError, EvaluationError) as error:
            raise StoppedError(self._ruled(rule_on_shape(error.message, changes=False))) from error

    def scope_for(self, plan: ActionPlan, inputs: Mapping[str, Json]) -> Scope:
        """Return a scope for an action with these inputs.

        Raises:
            SlotError: They do not fit the action's schema.
        """
        scope = self.connection.scope()
        scope.bind("input", ready_inputs(inputs, plan.inputs_schema))
        scope.bind("idempotency_key", self.intent.idempotency_key)
        scope.bind("before", {})
        return scope

    def stopped(self, error: TocsinError, *, changes: bool = False) -> StoppedError:
        """Return the end of the attempt for an error of a request, or of what comes before one."""
        title = self.connection.connector.title
        return StoppedError(self._ruled(rule_on_error(error, product=title, changes=changes)))

    async def _is_wanted(self, step: StepPlan, scope: Scope) -> bool:
        try:
            return step.when is None or evaluate(step.when, scope) is True
        except EvaluationError as error:
            raise self.stopped(error) from error

    async def _step(self, step: StepPlan, plan: ActionPlan, scope: Scope) -> Json:
        try:
            request = build_request(step.request, scope, origins=self.connection.origins, changes=step.changes)
            if step.page is not None:
                return await self._pages(step, step.page, plan, scope, first=first_page(step.page, request))
            return _facts(await self._answered(request, step, plan, scope))
        except (ConnectorError, EvaluationError) as error:
            raise self.stopped(error, changes=step.changes) from error

    async def _pages(self, step: StepPlan, page: PagePlan, plan: ActionPlan, scope: Scope, *, first: Request) -> Json:
        items: list[Json] = []
        facts: dict[str, Json] = {}
        following: Request | None = first
        while following is not None:
            facts = _facts(await self._answered(following, step, plan, scope))
            try:
                got = items_of(page, scope)
                items += got
                following = next_page(page, following, scope, got=got, total=len(items))
            except (EvaluationError, PagingError) as error:
                raise StoppedError(self._ruled(rule_on_shape(error.message, changes=False))) from error
        return {**facts, "items": items}

    async def _answered(self, request: Request, step: StepPlan, plan: ActionPlan, scope: Scope) -> Reply:
        """Send a request and return its answer when it means success; the scope sees it."""
        reply = await self._sent(request)
        for name, value in _facts(reply).items():
            scope.bind(name, value)
        if reply.unreadable and _is_fine(reply):
            reason = _("the answer cannot be read, {unreadable}").format(unreadable=reply.unreadable)
            raise ExchangeError(reason, cut=Cut.UNREADABLE, sent=True, note=reply.note)
        if not _is_success(step, reply, scope):
            title = self.connection.connector.title
            ruling = rule_on_reply(reply, scope, plan.rules, product=title, changes=step.changes)
            raise StoppedError(self._ruled(ruling))
        self.acted = self.acted or step.changes
        return reply

    async def _sent(self, request: Request) -> Reply:
        """Send a request, signed; once more with a new token when the old one is not accepted any more.

        Raises:
            DayUsedUpError: The connection may make no more requests today.
        """
        await self._count()
        line = self.connection.line(deadline=self._deadline, record=self.requests.append)
        credentials = await self.tools.sign_ins.credentials(self.connection, line)
        reply = await self._let_out(credentials.sign(request), line)
        if reply.status != _UNAUTHORIZED or not credentials.renewable:
            return reply
        self.tools.sign_ins.forget(self.connection, credentials)
        credentials = await self.tools.sign_ins.credentials(self.connection, line)
        return await self._let_out(credentials.sign(request), line)

    async def _count(self) -> None:
        connection = self.connection
        option = connection.connector.limits.per_day
        most = connection.target.options.get(option) if option is not None else None
        if isinstance(most, int) and not await self.tools.take(connection.id, most):
            raise DayUsedUpError(connection.connector.title, most)

    async def _let_out(self, request: Request, line: Line) -> Reply:
        if request.changes:
            self.tried = True
            return await self.tools.gate.send_change(request, line, intent=self.intent, grant=self.grant)
        return await self.tools.gate.fetch(request, line)

    async def _poll(self, poll: PollPlan, scope: Scope) -> None:
        """Look again and again until the job is done. The scope's `poll` is what the last look gave."""
        ends = min(self._deadline, self.tools.monotonic() + poll.at_most)
        while not (seen := await self.look(poll.look, scope)).holds:
            if poll.failed is not None and evaluate(poll.failed, scope) is True:
                raise StoppedError(rule_on_job(_("The job failed."), changes=self._changes, ended=True))
            if self.tools.monotonic() + poll.every >= ends:
                raise StoppedError(rule_on_job(_("The job did not end in time."), changes=self._changes, ended=False))
            await self.tools.sleep(poll.every)
        scope.bind("poll", seen.output)

    @property
    def _changes(self) -> bool:
        return self.intent.binding.action.effect is not Effect.READ

    def _ruled(self, ruling: Ruling) -> Ruling:
        return in_a_change(ruling, acted=self.acted) if self._changes else ruling


def _facts(reply: Reply) -> dict[str, Json]:
    return {"status": reply.status, "headers": reply.headers, "body": reply.body}


def _is_fine(reply: Reply) -> bool:
    return 200 <= reply.status < 300


def _is_success(step: StepPlan, reply: Reply, scope: Scope) -> bool:
    if step.ok is None:
        return _is_fine(reply)
    try:
        return evaluate(step.ok, scope) is True
    except EvaluationError:  # the answer does not have what success would have
        return False
