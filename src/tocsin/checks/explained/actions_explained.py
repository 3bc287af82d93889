"""Products, actions, roles and what they are given, explained."""

from __future__ import annotations

from typing import Final

from tocsin.base.texts import _
from tocsin.checks.explained.info import explain
from tocsin.model.problems import CheckCode, CheckInfo

_GOOD_USER: Final = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  user: {kind: action, use: identity.find_user, with: {name: jdoe}}
edges: [alert -> user]
"""

_GOOD_CALL: Final = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  isolate: {kind: call, playbook: isolate-host, with: {host: ws-03}}
edges: [alert -> isolate]
"""

INFOS: Final[tuple[CheckInfo, ...]] = (
    explain(
        CheckCode.UNKNOWN_CONNECTOR,
        _("Unknown product or category"),
        _("“use” begins with a category (any product of that kind) or with one product. This is neither."),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  user: {kind: action, use: identiti.find_user, with: {name: jdoe}}
edges: [alert -> user]
""",
        good=_GOOD_USER,
    ),
    explain(
        CheckCode.UNKNOWN_ACTION,
        _("Unknown action"),
        _("The category or product is known, but can do nothing of that name."),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  user: {kind: action, use: identity.find_person, with: {name: jdoe}}
edges: [alert -> user]
""",
        good=_GOOD_USER,
    ),
    explain(
        CheckCode.UNKNOWN_ROLE,
        _("Unknown role"),
        _(
            "The environment says which connection plays a role. A role must be "
            "declared, be of the action's category, and be named where several could "
            "be meant."
        ),
        bad="""
roles:
  directory: {category: identity}
nodes:
  alert: {kind: trigger, event: siem.alert}
  user: {kind: action, use: identity.find_user, role: directori, with: {name: jdoe}}
edges: [alert -> user]
""",
        good="""
roles:
  directory: {category: identity}
nodes:
  alert: {kind: trigger, event: siem.alert}
  user: {kind: action, use: identity.find_user, role: directory, with: {name: jdoe}}
edges: [alert -> user]
""",
    ),
    explain(
        CheckCode.UNKNOWN_EVENT,
        _("Unknown event"),
        _("A trigger waits for manual, CATEGORY.alert, schedule, webhook, file or mail. Anything else never comes."),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alerts}
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
""",
    ),
    explain(
        CheckCode.MISSING_INPUT,
        _("Missing input"),
        _("The action cannot be done without this input; the node would fail before anything is sent."),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  user: {kind: action, use: identity.find_user}
edges: [alert -> user]
""",
        good=_GOOD_USER,
    ),
    explain(
        CheckCode.UNKNOWN_INPUT,
        _("Unknown input"),
        _("The action has no such input; most often the name is misspelled and the real one is missing."),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  user: {kind: action, use: identity.find_user, with: {name: jdoe, fullname: J. Doe}}
edges: [alert -> user]
""",
        good=_GOOD_USER,
    ),
    explain(
        CheckCode.MISTYPED_INPUT,
        _("Input of another type"),
        _("The input does not fit the action's schema; the node would fail before anything is sent."),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  user: {kind: action, use: identity.find_user, with: {name: 7}}
edges: [alert -> user]
""",
        good=_GOOD_USER,
    ),
    explain(
        CheckCode.BAD_DEFAULT,
        _("Default that does not fit"),
        _("A node that goes on after a failure needs something to go on with, and readers expect the output's shape."),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  user: {kind: action, use: identity.find_user, with: {name: jdoe}, on_error: continue}
edges: [alert -> user]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  user:
    kind: action
    use: identity.find_user
    with: {name: jdoe}
    on_error: continue
    default: {id: none, name: nobody, enabled: false}
edges: [alert -> user]
""",
    ),
    explain(
        CheckCode.UNKNOWN_PLAYBOOK,
        _("Unknown playbook"),
        _(
            "A call finds the other playbook by its id: in the workspace of its own "
            "file, else among the shipped ones. Two files with one id, or a file that "
            "cannot be read, are no playbook to call."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  others: {kind: call, playbook: no-such-playbook}
edges: [alert -> others]
""",
        good=_GOOD_CALL,
    ),
    explain(
        CheckCode.CALLED_UNTOLD,
        _("Called playbook that reads its trigger"),
        _(
            "A call fires no trigger: what the called playbook reads of one is not "
            "there, and the reader fails. What it needs comes by its inputs."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  contain: {kind: call, playbook: contain-suspicious-ip}
edges: [alert -> contain]
""",
        good=_GOOD_CALL,
    ),
    explain(
        CheckCode.CALL_CYCLE,
        _("Playbook that calls itself"),
        _(
            "A playbook that calls itself, perhaps through others, would never end, "
            "and no more than eight may call each other in a row."
        ),
        bad="""
id: example
nodes:
  alert: {kind: trigger, event: siem.alert}
  again: {kind: call, playbook: example}
edges: [alert -> again]
""",
        good=_GOOD_CALL,
    ),
)
