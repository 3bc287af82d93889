"""What is easily overlooked, explained: what cannot be seen, what does nothing, what never ends."""

from __future__ import annotations

from typing import Final

from tocsin.base.texts import _
from tocsin.checks.explained.info import explain
from tocsin.model.problems import CheckCode, CheckInfo

INFOS: Final[tuple[CheckInfo, ...]] = (
    explain(
        CheckCode.HIDDEN_CHARACTERS,
        _("Signs that cannot be seen"),
        _(
            "Some signs have no shape: they turn the order of letters round, or hide between them. Letters of two "
            "alphabets look alike. A title with such signs reads as something that it is not."
        ),
        bad=f"""
nodes:
  alert: {{kind: trigger, event: siem.alert, title: "Alert{chr(0x202E)}kcolb"}}
  done: {{kind: end}}
edges: [alert -> done]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert, title: Alert}
  done: {kind: end}
edges: [alert -> done]
""",
    ),
    explain(
        CheckCode.HIDDEN_NODE,
        _("Node that cannot be seen"),
        _(
            "Whoever reviews a playbook looks at its picture. A node behind another, "
            "or far away from all others, escapes that look, and runs all the same."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  done: {kind: end}
edges: [alert -> done]
layout: {alert: [0, 0], done: [0, 0]}
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  done: {kind: end}
edges: [alert -> done]
layout: {alert: [0, 0], done: [0, 104]}
""",
    ),
    explain(
        CheckCode.WAITS_FOREVER,
        _("Waits for ever"),
        _(
            "People are away and signals get lost. A wait without an end keeps its run "
            "open, and with it whatever the run has blocked so far; runs with the same "
            "concurrency key wait behind it."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  sure: {kind: ask, ask: approval, text: "Go on?"}
  done: {kind: end}
edges: [alert -> sure, sure.approved -> done, sure.rejected -> done]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  sure: {kind: ask, ask: approval, text: "Go on?", expires: 4h}
  done: {kind: end}
  nobody: {kind: end, status: failed}
edges: [alert -> sure, sure.approved -> done, sure.rejected -> done, sure.expired -> nobody]
""",
    ),
    explain(
        CheckCode.IDLE_SETTING,
        _("Setting without an effect"),
        _(
            "Whoever reads the setting believes that it does something: that two hosts "
            "may fail, say, while the loop stops at the first one."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  each:
    kind: for_each
    in: "[1, 2]"
    tolerate: 1
    body:
      nodes:
        note_it: {kind: set, values: {number: "{{ item }}"}}
edges: [alert -> each]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  each:
    kind: for_each
    in: "[1, 2]"
    tolerate: 1
    on_item_error: continue
    body:
      nodes:
        note_it: {kind: set, values: {number: "{{ item }}"}}
edges: [alert -> each]
""",
    ),
)
