"""Points of small playbooks, and what is asked at them."""

from functools import cache

from tests.unit.checks.build import read

from tocsin.connectors.registry import load_catalogue
from tocsin.services.samples import Answers, ReadPoint

CONTAIN = """
nodes:
  alert:
    kind: trigger
    event: siem.alert
    title: SIEM alert
    output: {type: object, properties: {src_ip: {type: string}, user: {type: string}}}
    sample: {src_ip: 203.0.113.66, user: clerk1}
  reputation: {kind: action, use: threat_intel.lookup_ip, title: Look up reputation, with: {ip: "{{ alert.src_ip }}"}}
  endpoints: {kind: action, use: edr.find_endpoints, with: {contacted_ip: "{{ alert.src_ip }}"}}
  summary: {kind: set, values: {line: "Seen {{ alert.src_ip }}", score: "{{ reputation.score }}"}}
  bad: {kind: condition, when: "reputation.score >= 80.0"}
  block: {kind: action, use: firewall.block_address, with: {address: "{{ alert.src_ip }}"}}
  hosts:
    kind: for_each
    in: endpoints.hosts
    as: host
    collect: isolate.endpoint_id
    body:
      nodes:
        isolate: {kind: action, use: edr.isolate_endpoint, with: {endpoint_id: "{{ host.id }}"}}
      edges: []
  help: {kind: action, use: ticketing.create, with: {title: "{{ error.code }}"}}
edges:
- alert -> reputation
- reputation -> endpoints
- endpoints -> summary
- summary -> bad
- bad.true -> block
- block -> hosts
- hosts.error -> help
"""


@cache
def catalogue():
    return load_catalogue()


def point_at(node, text=CONTAIN, key="with"):
    return ReadPoint(read(text), node, catalogue(), key)


def groups_at(node, text=CONTAIN, key="with", answers=None):
    return (answers or Answers()).groups(point_at(node, text, key))


def fields_at(node, text=CONTAIN, key="with", answers=None):
    """Path → field of everything that is listed."""
    return {field.path: field for group in groups_at(node, text, key, answers) for field in group.fields}


def try_at(node, text, *, playbook=CONTAIN, is_template=True, answers=None):
    return (answers or Answers()).evaluate(point_at(node, playbook), text, is_template=is_template)
