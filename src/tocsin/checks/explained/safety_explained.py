"""What may do harm, explained."""

from __future__ import annotations

from typing import Final

from tocsin.base.texts import _
from tocsin.checks.explained.info import explain
from tocsin.model.problems import CheckCode, CheckInfo

_ASKED: Final = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  sure: {kind: ask, ask: approval, text: "Isolate it?", expires: 4h}
  isolate: {kind: action, use: edr.isolate_endpoint, with: {endpoint_id: "{{ alert.id }}", comment: Tocsin}}
  done: {kind: end}
edges: [alert -> sure, sure.approved -> isolate, sure.rejected -> done, sure.expired -> done]
"""

INFOS: Final[tuple[CheckInfo, ...]] = (
    explain(
        CheckCode.DESTRUCTIVE_UNAPPROVED,
        _("Destructive without an approval"),
        _(
            "What stops a person's or a service's work should wait for a person, on "
            "every way that leads to it. Where it should not, “unattended” says why."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  isolate: {kind: action, use: edr.isolate_endpoint, with: {endpoint_id: "{{ alert.id }}", comment: Tocsin}}
edges: [alert -> isolate]
""",
        good=_ASKED,
    ),
    explain(
        CheckCode.TIMEOUT_APPROVES,
        _("Approves by itself"),
        _("What nobody answered was not approved: time-out, default and failure of a question never lead to the act."),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  sure: {kind: ask, ask: approval, text: "Disable the account?", expires: 4h}
  disable: {kind: action, use: identity.disable_user, with: {user_id: "{{ alert.id }}"}}
  done: {kind: end}
edges: [alert -> sure, sure.approved -> disable, sure.rejected -> done, sure.expired -> disable]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  sure: {kind: ask, ask: approval, text: "Disable the account?", expires: 4h}
  disable: {kind: action, use: identity.disable_user, with: {user_id: "{{ alert.id }}"}}
  done: {kind: end}
edges: [alert -> sure, sure.approved -> disable, sure.rejected -> done, sure.expired -> done]
""",
    ),
    explain(
        CheckCode.NO_WAY_OUT,
        _("No way to say no"),
        _("An approval with one answer is not one: whoever is asked can only agree or let it hang."),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  sure: {kind: ask, ask: approval, text: "Go on?", options: [{id: approved}], expires: 4h}
  done: {kind: end}
edges: [alert -> sure, sure.approved -> done, sure.expired -> done]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  sure: {kind: ask, ask: approval, text: "Go on?", options: [{id: approved}, {id: rejected}], expires: 4h}
  done: {kind: end}
edges: [alert -> sure, sure.approved -> done, sure.rejected -> done, sure.expired -> done]
""",
    ),
    explain(
        CheckCode.SECRET_TYPED,
        _("Secret in the file"),
        _(
            "A playbook is shared, shown and kept with every run. A secret in it is "
            "known to all of them. Connections keep secrets in the keyring."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  text: {kind: set, values: {password: correct-horse}}
edges: [alert -> text]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  text: {kind: set, values: {hint: Ask the person on duty}}
edges: [alert -> text]
""",
    ),
    explain(
        CheckCode.NOT_KNOWN_WHEN_ASKED,
        _("Not known when asked"),
        _(
            "“covers” binds an approval to acts: what the covered steps would do is shown with the question, value by "
            "value, and nothing else is done. So all that they read must be there when it is asked."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  sure: {kind: ask, ask: approval, text: "Go on?", covers: [sessions], expires: 4h}
  user: {kind: action, use: identity.find_user, with: {name: "{{ alert.user }}"}}
  sessions: {kind: action, use: identity.end_sessions, with: {user_id: "{{ user.id }}"}}
  done: {kind: end}
edges: [alert -> sure, sure.approved -> user, user -> sessions, sure.rejected -> done, sure.expired -> done]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  user: {kind: action, use: identity.find_user, with: {name: "{{ alert.user }}"}}
  sure: {kind: ask, ask: approval, text: "Go on?", covers: [sessions], expires: 4h}
  sessions: {kind: action, use: identity.end_sessions, with: {user_id: "{{ user.id }}"}}
  done: {kind: end}
edges: [alert -> user, user -> sure, sure.approved -> sessions, sure.rejected -> done, sure.expired -> done]
""",
    ),
)
