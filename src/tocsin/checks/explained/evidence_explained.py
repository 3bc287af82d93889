"""What acts rest on, explained."""

from __future__ import annotations

from typing import Final

from tocsin.base.texts import _
from tocsin.checks.explained.info import explain
from tocsin.model.problems import CheckCode, CheckInfo

INFOS: Final[tuple[CheckInfo, ...]] = (
    explain(
        CheckCode.ONE_SOURCE,
        _("Destructive on one opinion"),
        _(
            "A reputation may be wrong, and whoever poisons it could have anybody cut "
            "off. What is destructive and asks nobody should rest on two sources: also "
            "on the alert, or on what another product saw."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  score: {kind: action, use: threat_intel.lookup_ip, with: {ip: "{{ alert.src_ip }}"}}
  bad: {kind: condition, when: "score.score >= 90.0"}
  cut:
    kind: action
    use: edr.isolate_endpoint
    with: {endpoint_id: "{{ alert.id }}", comment: Tocsin}
    unattended: A score of 90 leaves no doubt.
  calm: {kind: end}
edges: [alert -> score, score -> bad, bad.true -> cut, bad.false -> calm]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  score: {kind: action, use: threat_intel.lookup_ip, with: {ip: "{{ alert.src_ip }}"}}
  bad: {kind: condition, when: "score.score >= 90.0 && alert.severity >= 80"}
  cut:
    kind: action
    use: edr.isolate_endpoint
    with: {endpoint_id: "{{ alert.id }}", comment: Tocsin}
    unattended: A severe alert and a score of 90 leave no doubt.
  calm: {kind: end}
edges: [alert -> score, score -> bad, bad.true -> cut, bad.false -> calm]
""",
    ),
    explain(
        CheckCode.UNCHECKED_TARGET,
        _("Blocks what it is given"),
        _(
            "An alert may name your own proxy, mail server or office as the source. "
            "Blocked without a look, the answer to the alert does more harm than the "
            "attack."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  block: {kind: action, use: firewall.block_address, with: {address: "{{ alert.src_ip }}"}}
edges: [alert -> block]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  foreign: {kind: condition, when: "!is_internal(alert.src_ip)"}
  block: {kind: action, use: firewall.block_address, with: {address: "{{ alert.src_ip }}"}}
  ours: {kind: end}
edges: [alert -> foreign, foreign.true -> block, foreign.false -> ours]
""",
    ),
    explain(
        CheckCode.PRIVATE_ONLY,
        _("Private taken for one's own"),
        _(
            "is_private(…) knows the private ranges of RFC 1918 and RFC 4193, and nothing of your public addresses. "
            "is_internal(…) asks for the networks that the environment calls its own."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  ours: {kind: condition, when: "is_private(alert.src_ip)"}
  leave: {kind: end}
  go_on: {kind: end}
edges: [alert -> ours, ours.true -> leave, ours.false -> go_on]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  ours: {kind: condition, when: "is_internal(alert.src_ip)"}
  leave: {kind: end}
  go_on: {kind: end}
edges: [alert -> ours, ours.true -> leave, ours.false -> go_on]
""",
    ),
    explain(
        CheckCode.FIRST_OF_MANY,
        _("The first of several"),
        _(
            "A search gives none, one or many, in no order that means anything. "
            "Whatever comes first is not the one that is meant; and where none comes "
            "the step fails."
        ),
        bad="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  found: {kind: action, use: edr.find_endpoints, with: {contacted_ip: "{{ alert.src_ip }}"}}
  let_go:
    {kind: action, use: edr.release_endpoint, with: {endpoint_id: "{{ found.hosts[0].id }}", comment: Tocsin}}
edges: [alert -> found, found -> let_go]
""",
        good="""
nodes:
  alert: {kind: trigger, event: siem.alert}
  found: {kind: action, use: edr.find_endpoints, with: {contacted_ip: "{{ alert.src_ip }}"}}
  only_one: {kind: condition, when: "size(found.hosts) == 1"}
  let_go:
    {kind: action, use: edr.release_endpoint, with: {endpoint_id: "{{ found.hosts[0].id }}", comment: Tocsin}}
  unclear: {kind: end}
edges: [alert -> found, found -> only_one, only_one.true -> let_go, only_one.false -> unclear]
""",
    ),
)
