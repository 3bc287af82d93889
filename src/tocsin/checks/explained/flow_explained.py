"""How nodes follow one another, and what they are called, explained."""

from __future__ import annotations

from typing import Final

from tocsin.base.texts import _
from tocsin.checks.explained.info import explain
from tocsin.model.problems import CheckCode, CheckInfo

INFOS: Final[tuple[CheckInfo, ...]] = (
    explain(
        CheckCode.NO_TRIGGER,
        _("No trigger"),
        _("A playbook starts when something happens. Without a trigger nothing ever starts it."),
        bad="""
nodes:
  done: {kind: end}
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  done: {kind: end}
edges: [alert -> done]
""",
    ),
    explain(
        CheckCode.UNREACHABLE,
        _("Unreachable node"),
        _(
            "What no trigger leads to is skipped in every run, and a join that needs "
            "what excludes itself never goes on."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  done: {kind: end}
  forgotten: {kind: end}
edges: [alert -> done]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  done: {kind: end}
edges: [alert -> done]
""",
    ),
    explain(
        CheckCode.UNWIRED_BRANCH,
        _("Unwired branch"),
        _("Where a branch has no edge the path ends in silence. If that is meant, let it be seen: lead it to an end."),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: condition, when: "alert.severity >= 80"}
  done: {kind: end}
edges: [alert -> severe, severe.true -> done]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: condition, when: "alert.severity >= 80"}
  done: {kind: end}
  ignored: {kind: end}
edges: [alert -> severe, severe.true -> done, severe.false -> ignored]
""",
    ),
    explain(
        CheckCode.CYCLE,
        _("Edges in a circle"),
        _(
            "Each node runs once, when all before it are settled. In a circle each "
            "would wait for the other; loops repeat."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  first: {kind: set, values: {text: one}}
  second: {kind: set, values: {text: two}}
edges: [alert -> first, first -> second, second -> first]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  twice:
    kind: while
    when: "index < 2"
    max: 2
    every: 1s
    body:
      nodes:
        note_it: {kind: set, values: {text: again}}
edges: [alert -> twice]
""",
    ),
    explain(
        CheckCode.EMPTY_LOOP,
        _("Empty loop"),
        _("A loop does for each item what its frame holds. An empty frame does nothing, as often as there are items."),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  each: {kind: for_each, in: "[1, 2]", body: {nodes: {}, edges: []}}
edges: [alert -> each]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  each:
    kind: for_each
    in: "[1, 2]"
    body:
      nodes:
        note_it: {kind: set, values: {number: "{{ item }}"}}
edges: [alert -> each]
""",
    ),
    explain(
        CheckCode.NO_BOUND,
        _("Loop without a bound of its own"),
        _(
            "A list from outside may hold three hosts or three hundred. “max” says "
            "what can be right; with more the loop fails before its first item, and a "
            "person looks. A while says when it goes on or until when."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  found: {kind: action, use: edr.find_endpoints, with: {name: ws-03}}
  each:
    kind: for_each
    in: "found.hosts"
    body:
      nodes:
        note_it: {kind: set, values: {name: "{{ item.name }}"}}
edges: [alert -> found, found -> each]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  found: {kind: action, use: edr.find_endpoints, with: {name: ws-03}}
  each:
    kind: for_each
    in: "found.hosts"
    max: 20
    body:
      nodes:
        note_it: {kind: set, values: {name: "{{ item.name }}"}}
edges: [alert -> found, found -> each]
""",
    ),
    explain(
        CheckCode.DUPLICATE_ID,
        _("One id twice"),
        _(
            "Expressions, journal and layout find a node by its id, in loops too. Two "
            "of one name could not be told apart."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  each:
    kind: for_each
    in: "[1, 2]"
    body:
      nodes:
        done: {kind: set, values: {number: "{{ item }}"}}
  done: {kind: end}
edges: [alert -> each, each -> done]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  each:
    kind: for_each
    in: "[1, 2]"
    body:
      nodes:
        counted: {kind: set, values: {number: "{{ item }}"}}
  done: {kind: end}
edges: [alert -> each, each -> done]
""",
    ),
    explain(
        CheckCode.RESERVED_NAME,
        _("Reserved name"),
        _("Some names mean something in every expression or in YAML. A node called so would hide the meaning."),
        bad="""
nodes:
  trigger: {kind: trigger, event: siem.alert}
  done: {kind: end}
edges: [trigger -> done]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  done: {kind: end}
edges: [alert -> done]
""",
    ),
    explain(
        CheckCode.SHADOWED_NAME,
        _("Items of one name"),
        _(
            "In a loop inside a loop two items of one name would hide each other, and "
            "the inner body reads the wrong one."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  outer:
    kind: for_each
    in: "[1, 2]"
    body:
      nodes:
        inner:
          kind: for_each
          in: "[3, 4]"
          body:
            nodes:
              both: {kind: set, values: {number: "{{ item }}"}}
edges: [alert -> outer]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  outer:
    kind: for_each
    in: "[1, 2]"
    body:
      nodes:
        inner:
          kind: for_each
          in: "[3, 4]"
          as: digit
          body:
            nodes:
              both: {kind: set, values: {number: "{{ item }}", other: "{{ digit }}"}}
edges: [alert -> outer]
""",
    ),
    explain(
        CheckCode.QUESTIONS_IN_LOOP,
        _("Several questions at once"),
        _("Items that run side by side ask side by side. One after the other is easier to answer with care."),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  each:
    kind: for_each
    in: "[1, 2]"
    concurrency: 2
    body:
      nodes:
        sure: {kind: ask, ask: approval, text: "Number {{ item }}?", expires: 4h}
        yes_end: {kind: end}
        no_end: {kind: end}
      edges: [sure.approved -> yes_end, sure.rejected -> no_end, sure.expired -> no_end]
edges: [alert -> each]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  each:
    kind: for_each
    in: "[1, 2]"
    body:
      nodes:
        sure: {kind: ask, ask: approval, text: "Number {{ item }}?", expires: 4h}
        yes_end: {kind: end}
        no_end: {kind: end}
      edges: [sure.approved -> yes_end, sure.rejected -> no_end, sure.expired -> no_end]
edges: [alert -> each]
""",
    ),
    explain(
        CheckCode.CONFLICTING_ENDS,
        _("Two ends with outputs"),
        _("A run has one set of outputs. When two ends with outputs are both reached the run fails with a conflict."),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  first: {kind: end, outputs: {answer: "1"}}
  second: {kind: end, outputs: {answer: "2"}}
edges: [alert -> first, alert -> second]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: condition, when: "alert.severity >= 80"}
  first: {kind: end, outputs: {answer: "1"}}
  second: {kind: end, outputs: {answer: "2"}}
edges: [alert -> severe, severe.true -> first, severe.false -> second]
""",
    ),
    explain(
        CheckCode.ERROR_TWICE,
        _("Error edge and going on"),
        _(
            "A failure either takes the error edge or is passed over with a default. A "
            "node that says both says nothing."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  user:
    kind: action
    use: identity.find_user
    with: {name: jdoe}
    on_error: continue
    default: {id: none, name: nobody, enabled: false}
  failed: {kind: end, status: failed}
edges: [alert -> user, user.error -> failed]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  user: {kind: action, use: identity.find_user, with: {name: jdoe}}
  failed: {kind: end, status: failed}
edges: [alert -> user, user.error -> failed]
""",
    ),
    explain(
        CheckCode.NOT_YET,
        _("Not there yet"),
        _("The format reserves a few features. A run that ignored one would do something else than the file says."),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert, dedupe: {key: "alert.id", window: 1h}}
  done: {kind: end}
edges: [alert -> done]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  done: {kind: end}
edges: [alert -> done]
""",
    ),
)
