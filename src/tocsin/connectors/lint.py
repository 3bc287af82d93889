"""What is wrong with a description, found without sending anything: field.md S16 and the six rules of vendor-api.md.

Whoever ships or writes a description runs it; what it lets pass can be performed. One walk over the actions here; what
concerns the texts of requests is in `lint_slots`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError, did_you_mean
from tocsin.base.texts import _
from tocsin.connectors.lint_slots import check_sign_in, check_slots
from tocsin.connectors.plans import ActionPlan, compile_action
from tocsin.connectors.verbs import Kind, find_verb, is_reading, may_be_read
from tocsin.model.catalogue import CATEGORIES, Action, Connector, Effect, VocabularyAction
from tocsin.model.problems import Problem, Severity
from tocsin.model.schemas import check_value, find_schema_fault

_SCHEMES: Final = frozenset({"http", "https"})


def lint_connector(connector: Connector, vocabulary: Mapping[str, VocabularyAction]) -> tuple[Problem, ...]:
    """Return everything that is wrong with a description, in a stable order; `node` of a problem is the action."""
    problems = [*_check_head(connector), *check_sign_in(connector)]
    for name, action in connector.actions.items():
        problems += _check_action(connector, name, action, vocabulary)
    return tuple(problems)


def lint_own(connector: Connector, vocabulary: Mapping[str, VocabularyAction]) -> tuple[Problem, ...]:
    """Return what keeps a description that is not shipped from being used: it asks its connection's servers alone."""
    problems = [problem for problem in lint_connector(connector, vocabulary) if problem.severity is Severity.ERROR]
    for name, action in connector.actions.items():
        for index, step in enumerate(action.steps):
            verb = find_verb(step.request)
            if verb is not None and (verb.is_here or verb.kind is Kind.AS_SAID):
                text = _("Only descriptions that come with Tocsin may use “{request}”.").format(request=step.request)
                problems.append(_problem(text, at=(name, f"steps.{index}.request")))
    return tuple(problems)


def _check_head(connector: Connector) -> Iterator[Problem]:
    if connector.category not in CATEGORIES:
        hint = did_you_mean(connector.category, CATEGORIES)
        yield _problem(
            _("There is no category “{category}”.").format(category=connector.category), at=("", "category"), hint=hint
        )
    yield from _check_docs("", connector.docs)
    health = connector.actions.get(connector.health)
    if health is None or health.effect is not Effect.READ:
        yield _problem(_("“health” must name an action that only reads."), at=("", "health"))
    per_day = connector.limits.per_day
    if per_day is not None and connector.options.get(per_day, {}).get("type") != "integer":
        yield _problem(_("“per_day” must name an option that is a whole number."), at=("", "limits.per_day"))
    for name, schema in connector.options.items():
        yield from _check_schema("", f"options.{name}", schema)


def _check_action(
    connector: Connector, name: str, action: Action, vocabulary: Mapping[str, VocabularyAction]
) -> Iterator[Problem]:
    if action.docs is not None:
        yield from _check_docs(name, action.docs)
    yield from _check_vocabulary(connector, name, action, vocabulary)
    yield from _check_effect(name, action)
    yield from _check_steps(connector, name, action)
    try:
        plan = compile_action(connector, name, vocabulary)
    except TocsinError as error:
        yield _problem(error.message, at=(name, ""), hint=error.hint)
        return
    yield from _check_sample(plan)
    yield from _check_looks(connector, plan, vocabulary)
    yield from check_slots(name, action)


def _check_vocabulary(
    connector: Connector, name: str, action: Action, vocabulary: Mapping[str, VocabularyAction]
) -> Iterator[Problem]:
    if action.does is None:
        for field, schema in (("inputs", action.inputs), ("output_schema", action.output_schema)):
            if schema is None:
                yield _problem(
                    _("“{field}” is missing; only “does” makes it needless.").format(field=field), at=(name, field)
                )
            else:
                yield from _check_schema(name, field, schema)
        return
    common = vocabulary.get(action.does)
    if common is None or action.does.partition(".")[0] != connector.category:
        hint = did_you_mean(action.does, [use for use in vocabulary if use.startswith(f"{connector.category}.")])
        yield _problem(
            _("“{does}” is no action of this category.").format(does=action.does), at=(name, "does"), hint=hint
        )
    elif common.effect is not action.effect:
        text = _("“{does}” is “{effect}” for every product, not “{effect2}”.").format(
            does=action.does, effect=common.effect, effect2=action.effect
        )
        yield _problem(text, at=(name, "effect"), code=ErrorCode.HIDDEN_CHANGE)
    if action.inputs is not None or action.output_schema is not None:
        yield _problem(_("Inputs and output come with “does”; leave them out."), at=(name, "inputs"))


def _check_effect(name: str, action: Action) -> Iterator[Problem]:
    """Rule of field.md S16: what changes something may not call itself a read."""
    changing = [index for index, step in enumerate(action.steps) if not is_reading(step.request, said=step.reads)]
    for index, step in enumerate(action.steps):
        method = step.request.partition(" ")[0]
        if step.reads and not may_be_read(step.request):
            text = _("{method} is never a read; only a search by POST may be one.").format(method=method)
            yield _problem(text, at=(name, f"steps.{index}.reads"), code=ErrorCode.HIDDEN_CHANGE)
        if action.effect is Effect.READ and index in changing:
            text = _("The action only reads, but “{name}” is sent with {method}.").format(name=step.name, method=method)
            hint = _("If it is a search, say “reads: true”.")
            yield _problem(text, at=(name, f"steps.{index}"), hint=hint, code=ErrorCode.HIDDEN_CHANGE)
        if index in changing[1:] and step.when is None:
            text = _("“{name}” is a second change and does not look before it acts; it needs “when”.").format(
                name=step.name
            )
            yield _problem(text, at=(name, f"steps.{index}.when"))
    if action.effect is not Effect.READ and action.keep is not None:
        yield _problem(_("Only the answer of an action that reads can be kept."), at=(name, "keep"))
    if action.effect is not Effect.READ and not changing:
        yield _problem(_("The action changes something, but none of its steps does."), at=(name, "steps"))
    if action.effect is not Effect.READ and action.verify is None:
        text = _("Nothing can tell afterwards whether it was done: an uncertain end stays uncertain.")
        yield _problem(text, at=(name, "verify"), severity=Severity.WARNING)


def _check_steps(connector: Connector, name: str, action: Action) -> Iterator[Problem]:
    if not action.steps:
        yield _problem(_("The action has no step."), at=(name, "steps"))
    names = [step.name for step in action.steps]
    for index, step in enumerate(action.steps):
        if step.name in names[:index]:
            yield _problem(_("Two steps are called “{name}”.").format(name=step.name), at=(name, f"steps.{index}.name"))
        verb = find_verb(step.request)
        if step.at not in connector.addresses and not (verb and verb.is_here):
            hint = did_you_mean(step.at, connector.addresses)
            yield _problem(
                _("There is no address “{at}”.").format(at=step.at), at=(name, f"steps.{index}.at"), hint=hint
            )


def _check_sample(plan: ActionPlan) -> Iterator[Problem]:
    if plan.action.sample is None:
        yield _problem(_("A sample of the output is missing."), at=(plan.id, "sample"))
        return
    for misfit in check_value(plan.action.sample, plan.output_schema):
        place = f"sample.{misfit.place}".rstrip(".")
        yield _problem(_("The sample does not fit: {message}").format(message=misfit.message), at=(plan.id, place))


def _check_looks(
    connector: Connector, plan: ActionPlan, vocabulary: Mapping[str, VocabularyAction]
) -> Iterator[Problem]:
    looks = (("verify", plan.verify), ("already", plan.already), ("poll", plan.poll.look if plan.poll else None))
    for field, look in looks:
        if look is not None:
            yield from _check_named(connector, plan, field, (look.action, look.inputs), vocabulary)
            if look.action in connector.actions and connector.actions[look.action].effect is not Effect.READ:
                text = _("“{action}” changes something; a look may only read.").format(action=look.action)
                yield _problem(text, at=(plan.id, f"{field}.action"), code=ErrorCode.HIDDEN_CHANGE)
    if plan.undo is not None:
        yield from _check_named(connector, plan, "undo", plan.undo, vocabulary)
        if plan.action.effect is Effect.READ:
            yield _problem(_("What only reads has nothing to take back."), at=(plan.id, "undo"))


def _check_named(
    connector: Connector,
    plan: ActionPlan,
    field: str,
    named: tuple[str, Mapping[str, Any]],
    vocabulary: Mapping[str, VocabularyAction],
) -> Iterator[Problem]:
    action, inputs = named
    if action not in connector.actions:
        hint = did_you_mean(action, connector.actions)
        yield _problem(
            _("There is no action “{action}”.").format(action=action), at=(plan.id, f"{field}.action"), hint=hint
        )
        return
    other = connector.actions[action]
    common = vocabulary.get(other.does or "")
    schema = common.inputs if common else other.inputs or {}
    known: Iterable[str] = schema.get("properties", {})
    for name in sorted(set(inputs) - set(known)):
        text = _("“{action}” takes no “{name}”.").format(action=action, name=name)
        yield _problem(text, at=(plan.id, f"{field}.with.{name}"), hint=did_you_mean(name, known))
    for name in schema.get("required", ()):
        if name not in inputs:
            yield _problem(
                _("“{action}” needs “{name}”.").format(action=action, name=name), at=(plan.id, f"{field}.with")
            )


def _check_schema(name: str, field: str, schema: Mapping[str, Any]) -> Iterator[Problem]:
    fault = find_schema_fault(schema)
    if fault is not None:
        yield _problem(_("This is no JSON Schema: {fault}").format(fault=fault), at=(name, field))


def _check_docs(name: str, link: str) -> Iterator[Problem]:
    parts = urlsplit(link)
    if parts.scheme not in _SCHEMES or not parts.hostname:
        yield _problem(_("A link to documentation must begin with https:// or http://."), at=(name, "docs"))


def _problem(
    message: str,
    *,
    at: tuple[str, str],
    hint: str = "",
    code: ErrorCode = ErrorCode.BAD_DESCRIPTION,
    severity: Severity = Severity.ERROR,
) -> Problem:
    """`at` is the action, or "" for the head, and the field."""
    return Problem(str(code), severity, message, hint=hint, node=at[0], field=at[1])
