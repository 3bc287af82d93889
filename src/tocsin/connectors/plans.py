"""A description's actions, compiled once: every expression, template and path of an action, ready to be performed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias, TypeVar, cast

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.connectors.errors import DescriptionError
from tocsin.connectors.verbs import Verb, find_verb, is_reading, may_be_read
from tocsin.expressions import (
    Expression,
    ExpressionError,
    Scope,
    Template,
    compile_expression,
    compile_template,
    evaluate,
    find_slots,
)
from tocsin.model.catalogue import (
    Action,
    Already,
    Connector,
    Effect,
    ErrorRule,
    Page,
    Poll,
    Step,
    Verify,
    VocabularyAction,
)
from tocsin.model.failures import FailureCode
from tocsin.model.values import seconds_of

_REQUEST: Final = re.compile(r"(GET|HEAD|POST|PUT|PATCH|DELETE) (/.*)", re.DOTALL)
_PLAIN_SEGMENT: Final = re.compile(r"[A-Za-z0-9._~-]*")
_SLOT: Final = "\x00"

Result = TypeVar("Result")
Tree: TypeAlias = "Expression | tuple[Tree, ...] | Mapping[str, Tree] | bool | int | float | None"
"""JSON in which every text is an expression."""


class BodyKind(StrEnum):
    """How a request's body is written."""

    JSON = "json"
    FORM = "form"
    TEXT = "text"


@dataclass(frozen=True, slots=True, eq=False)
class RequestPlan:
    """One request.

    Attributes:
        at: Which of the product's addresses.
        path: What is written out, as it is sent; between that the segments with slots, each encoded as a whole.
        query: Its parameters, or one template that gives a map of them.
        body: Its kind and what it says, or None.
        verb: Of another protocol than HTTP; its arguments are the body. None for HTTP.
    """

    method: str
    at: str
    path: tuple[str | Template, ...]
    query: Mapping[str, Template] | Template
    headers: Mapping[str, Template]
    body: tuple[BodyKind, Template] | None
    verb: Verb | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PagePlan:
    """How further pages are asked for."""

    page: Page
    items: Expression
    next: Expression | None


@dataclass(frozen=True, slots=True, eq=False)
class StepPlan:
    """One request of an action, when it is sent, and when its answer means success."""

    name: str
    request: RequestPlan
    changes: bool
    when: Expression | None
    ok: Expression | None
    page: PagePlan | None


@dataclass(frozen=True, slots=True, eq=False)
class RulePlan:
    """What an answer means."""

    when: Expression
    code: FailureCode
    acted: bool | None
    message: Template | None


@dataclass(frozen=True, slots=True, eq=False)
class LookPlan:
    """A look at the product by another action: `verify`, `already` or `poll`.

    Attributes:
        holds: What is asked of the look's output.
        output: What the changing action would have given, or None.
        absence_proves: Whether it is surely not so when it does not hold.
    """

    action: str
    inputs: Mapping[str, Tree]
    holds: Expression
    output: Mapping[str, Tree] | None = None
    absence_proves: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class PollPlan:
    """How the end of a long job is awaited; times in seconds."""

    look: LookPlan
    failed: Expression | None
    every: float
    at_most: float


@dataclass(frozen=True, slots=True, eq=False)
class ActionPlan:
    """One action, ready to be performed.

    Attributes:
        keep: Seconds for which its answer holds, or None; that of a change never does.
    """

    id: str
    action: Action
    inputs_schema: Mapping[str, Any]
    output_schema: Mapping[str, Any]
    steps: tuple[StepPlan, ...]
    output: Mapping[str, Tree] | Expression | None
    rules: tuple[RulePlan, ...]
    already: LookPlan | None
    verify: LookPlan | None
    poll: PollPlan | None
    undo: tuple[str, Mapping[str, Tree]] | None
    changed: Expression | None
    summary: Template | None
    targets: Mapping[str, Expression]
    keep: float | None


def compile_action(connector: Connector, name: str, vocabulary: Mapping[str, VocabularyAction]) -> ActionPlan:
    """Compile an action of a description.

    Raises:
        DescriptionError: It has no such action, or one of its texts cannot be used.
    """
    action = connector.actions.get(name)
    if action is None:
        raise DescriptionError(connector.id, _("the action “{name}”").format(name=name), _("it is not there"))
    compiler = _Compiler(connector.id, name)
    common = vocabulary.get(action.does or "")
    return ActionPlan(
        id=name,
        action=action,
        inputs_schema=common.inputs if common else action.inputs or {"type": "object"},
        output_schema=common.output if common else action.output_schema or {},
        steps=tuple(compiler.step(step, connector) for step in action.steps),
        output=compiler.output(action),
        rules=tuple(compiler.rule(rule) for rule in (*action.errors, *connector.errors)),
        already=compiler.already(action.already) if action.already else None,
        verify=compiler.verify(action.verify) if action.verify else None,
        poll=compiler.poll(action.poll) if action.poll else None,
        undo=(action.undo.action, compiler.trees("undo.with", action.undo.inputs)) if action.undo else None,
        changed=compiler.optional("changed", action.changed),
        summary=compiler.template("summary", action.summary) if action.summary is not None else None,
        targets={kind: compiler.expression(f"targets.{kind}", text) for kind, text in action.targets.items()},
        keep=seconds_of(action.keep) if action.keep is not None and action.effect is Effect.READ else None,
    )


def compile_request(connector: str, at: str, text: str, parts: Mapping[str, Any]) -> RequestPlan:
    """Compile the request of a sign-in; `parts` may have query, headers, json, form and text.

    Raises:
        DescriptionError: The request cannot be used.
    """
    return _Compiler(connector, "sign_in").request(text, at, parts)


def evaluate_tree(tree: Tree, scope: Scope) -> Json:
    """Return the JSON that a tree of expressions gives.

    Raises:
        EvaluationError: One of them ends in an error.
    """
    if isinstance(tree, Expression):
        return evaluate(tree, scope)
    if isinstance(tree, Mapping):
        return {key: evaluate_tree(part, scope) for key, part in tree.items()}
    if isinstance(tree, tuple):
        return [evaluate_tree(part, scope) for part in tree]
    return tree


class _Compiler:
    """Compiles the texts of one action, and says where one is wrong."""

    def __init__(self, connector: str, action: str) -> None:
        self._connector = connector
        self._action = action

    def step(self, step: Step, connector: Connector) -> StepPlan:
        where = f"steps.{step.name}"
        parts = {
            "query": step.query,
            "headers": {**connector.headers, **step.headers},
            "json": step.json_body,
            "form": step.form,
            "text": step.text,
        }
        request = self.request(step.request, step.at, parts, where=where)
        if step.reads and not may_be_read(step.request):  # it would leave without a Pass
            raise self.fault(where, _("{request} is never a read").format(request=step.request.partition(" ")[0]))
        reads = is_reading(step.request, said=step.reads)
        if step.page and not reads:
            raise self.fault(where, _("a step that changes something cannot have pages"))
        return StepPlan(
            name=step.name,
            request=request,
            changes=not reads,
            when=self.optional(f"{where}.when", step.when),
            ok=self.optional(f"{where}.ok", step.ok or connector.ok),
            page=self.page(where, step.page) if step.page else None,
        )

    def request(self, text: str, at: str, parts: Mapping[str, Any], *, where: str = "request") -> RequestPlan:
        if (verb := find_verb(text)) is not None:
            arguments = self.template(f"{where}.json", parts.get("json") or {})
            return RequestPlan(text, at, (), {}, {}, (BodyKind.JSON, arguments), verb)
        match = _REQUEST.fullmatch(text)
        if match is None or match[2].startswith("//"):
            raise self.fault(
                where, _("“{text}” is not a method and a path that begins with one slash").format(text=text[:40])
            )
        bodies = [(kind, parts.get(kind)) for kind in BodyKind if parts.get(kind) is not None]
        if len(bodies) > 1:
            raise self.fault(where, _("it can have only one of json, form and text"))
        return RequestPlan(
            method=match[1],
            at=at,
            path=tuple(self.path(where, match[2])),
            query=self.query(f"{where}.query", parts.get("query") or {}),
            headers=self.templates(f"{where}.headers", parts.get("headers") or {}),
            body=next(((kind, self.template(f"{where}.{kind}", value)) for kind, value in bodies), None),
        )

    def query(self, where: str, value: Mapping[str, Any] | str) -> Mapping[str, Template] | Template:
        return self.template(where, value) if isinstance(value, str) else self.templates(where, value)

    def path(self, where: str, path: str) -> list[str | Template]:
        """Cut a path at its slashes, but not at those inside of slots; what is written out stays in one piece."""
        slots = self._tried(where, lambda: find_slots(path))
        texts = iter([path[slot.start : slot.end] for slot in slots])
        plain = path
        for slot in reversed(slots):
            plain = plain[: slot.start] + _SLOT + plain[slot.end :]
        found: list[str | Template] = []
        for segment in plain.removeprefix("/").split("/"):
            pieces = segment.split(_SLOT)
            if not all(_PLAIN_SEGMENT.fullmatch(piece) for piece in pieces) or segment in {".", ".."}:
                raise self.fault(
                    where,
                    _("“{path}” has what a plain path cannot have; a query goes under “query”").format(path=path[:60]),
                )
            if len(pieces) > 1:
                text = pieces[0] + "".join(next(texts) + piece for piece in pieces[1:])
                found.append(self.template(where, text))
            elif found and isinstance(found[-1], str):
                found[-1] += f"/{segment}"
            else:
                found.append(f"/{segment}")
        return found

    def page(self, where: str, page: Page) -> PagePlan:
        return PagePlan(
            page,
            self.expression(f"{where}.page.items", page.items),
            self.optional(f"{where}.page.next", page.next),
        )

    def output(self, action: Action) -> Mapping[str, Tree] | Expression | None:
        if isinstance(action.output, str):
            return self.expression("output", action.output)
        return None if action.output is None else self.trees("output", action.output)

    def rule(self, rule: ErrorRule) -> RulePlan:
        if rule.code not in set(FailureCode):
            raise self.fault("errors", _("“{code}” is no code of a failure").format(code=rule.code))
        message = self.template("errors.message", rule.message) if rule.message is not None else None
        return RulePlan(self.expression("errors.when", rule.when), FailureCode(rule.code), rule.acted, message)

    def already(self, already: Already) -> LookPlan:
        output = None if already.output is None else self.trees("already.output", already.output)
        inputs = self.trees("already.with", already.inputs)
        return LookPlan(already.action, inputs, self.expression("already.when", already.when), output)

    def verify(self, verify: Verify) -> LookPlan:
        output = None if verify.output is None else self.trees("verify.output", verify.output)
        inputs = self.trees("verify.with", verify.inputs)
        holds = self.expression("verify.done", verify.done)
        return LookPlan(verify.action, inputs, holds, output, absence_proves=verify.absence_proves)

    def poll(self, poll: Poll) -> PollPlan:
        inputs = self.trees("poll.with", poll.inputs)
        look = LookPlan(poll.action, inputs, self.expression("poll.done_when", poll.done_when))
        failed = self.optional("poll.failed_when", poll.failed_when)
        return PollPlan(look, failed, seconds_of(poll.every), seconds_of(poll.at_most))

    def trees(self, where: str, values: Mapping[str, Any]) -> Mapping[str, Tree]:
        return {key: self.tree(f"{where}.{key}", value) for key, value in values.items()}

    def tree(self, where: str, value: Any) -> Tree:  # noqa: ANN401  a document's open value
        if isinstance(value, str):
            return self.expression(where, value)
        if isinstance(value, Mapping):
            return self.trees(where, cast("Mapping[str, Any]", value))
        if isinstance(value, list | tuple):
            parts = cast("list[Any]", value)
            return tuple(self.tree(f"{where}.{index}", part) for index, part in enumerate(parts))
        return value

    def templates(self, where: str, values: Mapping[str, Any]) -> Mapping[str, Template]:
        return {key: self.template(f"{where}.{key}", value) for key, value in values.items()}

    def template(self, where: str, value: Any) -> Template:  # noqa: ANN401  a document's open value
        return self._tried(where, lambda: compile_template(value))

    def expression(self, where: str, text: str) -> Expression:
        return self._tried(where, lambda: compile_expression(text))

    def optional(self, where: str, text: str | None) -> Expression | None:
        return None if text is None else self.expression(where, text)

    def fault(self, where: str, reason: str) -> DescriptionError:
        return DescriptionError(self._connector, f"“{self._action}”, {where}", reason)

    def _tried(self, where: str, work: Callable[[], Result]) -> Result:
        try:
            return work()
        except ExpressionError as error:
            raise self.fault(where, error.message.removesuffix(".")) from error
