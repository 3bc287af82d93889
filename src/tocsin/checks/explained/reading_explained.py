"""Expressions, templates and what they read, explained."""

from __future__ import annotations

from typing import Final

from tocsin.base.texts import _
from tocsin.checks.explained.info import explain
from tocsin.model.problems import CheckCode, CheckInfo

INFOS: Final[tuple[CheckInfo, ...]] = (
    explain(
        CheckCode.UNKNOWN_REFERENCE,
        _("Unknown reference"),
        _("What is not there is an error, when it is drawn and when it runs; never a silent nothing."),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: set, values: {rule: "{{ alrt.rule }}"}}
edges: [alert -> severe]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: set, values: {rule: "{{ alert.rule }}"}}
edges: [alert -> severe]
""",
    ),
    explain(
        CheckCode.NOT_BEFORE,
        _("Reads what does not come before"),
        _(
            "A node that runs beside another may read it before it has an output, or "
            "after: a race. What is inside a loop exists once for each item; outside, "
            "only what the loop gives can be read."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  first: {kind: set, values: {text: one}}
  second: {kind: set, values: {text: "{{ first.text }}"}}
edges: [alert -> first, alert -> second]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  first: {kind: set, values: {text: one}}
  second: {kind: set, values: {text: "{{ first.text }}"}}
edges: [alert -> first, first -> second]
""",
    ),
    explain(
        CheckCode.MAYBE_SKIPPED,
        _("Reads what may have been skipped"),
        _(
            "A skipped or failed node has no output, and reading it fails the reader. "
            "Ask has(nodes.ID.output) first, or read it with get(ID, 'field', default)."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: condition, when: "alert.severity >= 80"}
  extra: {kind: set, values: {text: severe}}
  summary: {kind: set, values: {text: "{{ extra.text }}"}}
edges: [alert -> severe, severe.true -> extra, severe.false -> summary, extra -> summary]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: condition, when: "alert.severity >= 80"}
  extra: {kind: set, values: {text: severe}}
  summary: {kind: set, values: {text: "{{ has(nodes.extra.output) ? extra.text : 'calm' }}"}}
edges: [alert -> severe, severe.true -> extra, severe.false -> summary, extra -> summary]
""",
    ),
    explain(
        CheckCode.BAD_EXPRESSION,
        _("Expression that cannot be used"),
        _("What is no CEL, or calls a function that does not exist, would fail its node in every run."),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: set, values: {text: "{{ alert.rule + }}"}}
edges: [alert -> severe]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: set, values: {text: "{{ alert.rule + '!' }}"}}
edges: [alert -> severe]
""",
    ),
    explain(
        CheckCode.TYPE_MIX,
        _("Types that do not go together"),
        _(
            "CEL cannot add a whole and a decimal number, and what is of different "
            "types is never equal, without a word."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: set, values: {score: "{{ alert.severity + 1.5 }}"}}
edges: [alert -> severe]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: set, values: {score: "{{ double(alert.severity) + 1.5 }}"}}
edges: [alert -> severe]
""",
    ),
    explain(
        CheckCode.WRONG_RESULT,
        _("Expression that gives something else"),
        _(
            "A condition that is neither true nor false decides nothing, and only a "
            "list has items. The node would fail in every run."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: condition, when: "alert.severity"}
  done: {kind: end}
edges: [alert -> severe, severe.true -> done, severe.false -> done]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: condition, when: "alert.severity >= 80"}
  done: {kind: end}
edges: [alert -> severe, severe.true -> done, severe.false -> done]
""",
    ),
    explain(
        CheckCode.VALUE_IN_TEXT,
        _("List amid a text"),
        _("A list or a map has no words of its own. Alone in a field it stays what it is; amid a text the node fails."),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  found: {kind: action, use: edr.find_endpoints, with: {contacted_ip: "{{ alert.src_ip }}"}}
  summary: {kind: set, values: {text: "Found: {{ found.hosts }}"}}
edges: [alert -> found, found -> summary]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  found: {kind: action, use: edr.find_endpoints, with: {contacted_ip: "{{ alert.src_ip }}"}}
  summary: {kind: set, values: {text: "Found: {{ to_json(found.hosts) }}"}}
edges: [alert -> found, found -> summary]
""",
    ),
    explain(
        CheckCode.BRACES_IN_CEL,
        _("Braces around an expression"),
        _("Fields such as “when” and “in” are expressions from the first letter to the last. Braces mean a map there."),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: condition, when: "{{ alert.severity >= 80 }}"}
  done: {kind: end}
edges: [alert -> severe, severe.true -> done, severe.false -> done]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: condition, when: "alert.severity >= 80"}
  done: {kind: end}
edges: [alert -> severe, severe.true -> done, severe.false -> done]
""",
    ),
    explain(
        CheckCode.CEL_WITHOUT_BRACES,
        _("Expression without braces"),
        _("In a text field only what stands between {{ and }} is worked out. All else is sent as it was typed."),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: set, values: {rule: alert.rule}}
edges: [alert -> severe]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: set, values: {rule: "{{ alert.rule }}"}}
edges: [alert -> severe]
""",
    ),
    explain(
        CheckCode.UNGUARDED_OPTIONAL,
        _("Optional field where an error is swallowed"),
        _(
            "CEL drops an error on one side of || when the other side is true, and in exists and all it depends on the "
            "order of the list. A field that may be missing needs has() there."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: condition, when: "alert.user == 'root' || alert.severity >= 80"}
  done: {kind: end}
edges: [alert -> severe, severe.true -> done, severe.false -> done]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: condition, when: "has(alert.user) && alert.user == 'root' || alert.severity >= 80"}
  done: {kind: end}
edges: [alert -> severe, severe.true -> done, severe.false -> done]
""",
    ),
    explain(
        CheckCode.COMMENTS_LOST,
        _("Comments will be lost"),
        _("Saving keeps no YAML comments; the first save keeps the old text beside the file. Notes are what survives."),
        bad="""
nodes:
  # starts everything
  alert: {kind: trigger, event: siem.alert}
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert, note: Starts everything}
""",
    ),
    explain(
        CheckCode.COMMENT_AFTER_EXPRESSION,
        _("Comment behind an expression"),
        _(
            "In YAML a blank and # begin a comment: what follows is not part of the "
            "expression. Put it in double quotes."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe:
    kind: condition
    when: alert.rule == alert.id # and more
  done: {kind: end}
edges: [alert -> severe, severe.true -> done, severe.false -> done]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe:
    kind: condition
    when: "alert.rule == alert.id"
  done: {kind: end}
edges: [alert -> severe, severe.true -> done, severe.false -> done]
""",
    ),
)
