"""Checks of what is done with which product: actions, roles, events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tocsin.base.errors import did_you_mean
from tocsin.base.texts import _, quoted
from tocsin.checks.fixes import find_closest, replace_field
from tocsin.checks.inspection import Inspection
from tocsin.checks.survey import Entry
from tocsin.edits import SetHead
from tocsin.model.catalogue import CATEGORIES
from tocsin.model.playbook import ActionNode, TriggerNode
from tocsin.model.problems import CheckCode, Fix, Problem, Severity

_EVENTS: Final = ("manual", "schedule", "webhook", "file", "mail")


def find_unknown_actions(case: Inspection) -> Iterator[Problem]:
    """`use` names an action of a category or of a product that is described."""
    for entry in case.survey.running():
        node = entry.node
        if not isinstance(node, ActionNode) or case.find_facts(node.use) is not None:
            continue
        known = _actions(case)
        prefix, _unused, name = node.use.partition(".")
        close = find_closest(node.use, known)
        fix = replace_field(entry, ("use",), close, title=_("Use “{close}”").format(close=close)) if close else None
        if prefix in case.catalogue.connectors or prefix in CATEGORIES:
            code, message = (
                CheckCode.UNKNOWN_ACTION,
                _("“{prefix}” has no action “{name}”.").format(prefix=prefix, name=name),
            )
        else:
            code = CheckCode.UNKNOWN_CONNECTOR
            message = _("No product or category is called “{prefix}”.").format(prefix=prefix)
        hint = did_you_mean(node.use, known) or _("Choose one from the list of actions.")
        yield Problem(code, Severity.ERROR, message, hint, node=entry.name, field="use", fix=fix)


def find_unknown_roles(case: Inspection) -> Iterator[Problem]:
    """A role is declared in the file's head, and is of the action's category."""
    for name, role in case.playbook.roles.items():
        if role.category not in CATEGORIES:
            close = find_closest(role.category, CATEGORIES)
            set_close = SetHead(("roles", name, "category"), close) if close else None
            yield Problem(
                CheckCode.UNKNOWN_ROLE,
                Severity.ERROR,
                _("There is no category “{category}”.").format(category=role.category),
                did_you_mean(role.category, CATEGORIES)
                or _("There are {categories}.").format(categories=", ".join(CATEGORIES)),
                field=f"roles.{name}.category",
                fix=Fix(_("Make it “{close}”").format(close=close), set_close) if set_close else None,
            )
    for entry in case.survey.running():
        if isinstance(entry.node, ActionNode | TriggerNode):
            yield from _role(case, entry, entry.node)


def find_unknown_events(case: Inspection) -> Iterator[Problem]:
    """A trigger waits for something that exists."""
    alerts = tuple(f"{category}.alert" for category in CATEGORIES)
    for entry in case.survey.running():
        node = entry.node
        if isinstance(node, TriggerNode) and node.event not in (*_EVENTS, *alerts):
            close = find_closest(node.event, (*_EVENTS, *alerts))
            yield Problem(
                CheckCode.UNKNOWN_EVENT,
                Severity.ERROR,
                _("“{event}” is no event.").format(event=node.event),
                did_you_mean(node.event, (*_EVENTS, *alerts)) or _("Events are manual, siem.alert and the like."),
                node=entry.name,
                field="event",
                fix=replace_field(entry, ("event",), close, title=_("Wait for “{close}”").format(close=close))
                if close
                else None,
            )


def _actions(case: Inspection) -> list[str]:
    connectors = case.catalogue.connectors.items()
    own = [f"{name}.{action}" for name, connector in connectors for action in connector.actions]
    return [*case.catalogue.vocabulary, *own]


def _role(case: Inspection, entry: Entry, node: ActionNode | TriggerNode) -> Iterator[Problem]:
    roles = case.playbook.roles
    category = _category(case, node)
    fitting = [name for name, role in roles.items() if role.category == category]
    fix = None
    if node.role is None:
        if len(fitting) < 2 or isinstance(node, TriggerNode):
            return
        names = quoted(*fitting, between=_(" and "))
        message, hint = _("{names} could all play this.").format(names=names), _("Say which under “role”.")
    elif node.role not in roles:
        close = find_closest(node.role, roles) or (fitting[0] if len(fitting) == 1 else None)
        fix = (
            replace_field(entry, ("role",), close, title=_("Use the role “{close}”").format(close=close))
            if close
            else None
        )
        if fix is None and category:
            fix = Fix(
                _("Declare the role “{role}”").format(role=node.role),
                SetHead(("roles", node.role), {"category": category}),
            )
        message = _("The playbook does not declare the role “{role}”.").format(role=node.role)
        hint = did_you_mean(node.role, roles) or _("Declare it under “roles”, with its category.")
    elif category and roles[node.role].category != category:
        message = _("“{role}” is of category “{category}”, and “{category2}” is needed.").format(
            role=node.role, category=roles[node.role].category, category2=category
        )
        hint = _("Choose another role, or another action.")
        if fitting:
            fix = replace_field(
                entry, ("role",), fitting[0], title=_("Use the role “{fitting}”").format(fitting=fitting[0])
            )
    else:
        return
    yield Problem(CheckCode.UNKNOWN_ROLE, Severity.ERROR, message, hint, node=entry.name, field="role", fix=fix)


def _category(case: Inspection, node: ActionNode | TriggerNode) -> str:
    """Return the category that a role must have; "" when nothing says."""
    if isinstance(node, TriggerNode):
        category = node.event.partition(".")[0]
        return category if category in CATEGORIES else ""
    facts = case.find_facts(node.use)
    return facts.category if facts else ""
