"""One small playbook with a loop, for tests that look at one edit each."""

from tocsin.formats import read_playbook

TEXT = """\
tocsin: 1
id: sample
outputs:
  done: "nodes.look.port"
roles:
  edr: {category: edr}
nodes:
  alert:
    kind: trigger
    event: siem.alert
  look:
    kind: action
    use: threat_intel.lookup_ip
    with:
      ip: "{{ alert.src_ip }}"
      both: ["{{ alert.a }} and {{ nodes.alert.port }}", look]
  level:
    kind: switch
    cases:
    - port: high
      when: "look.score > 80.0 && [1].all(look, look > 0)"
    - port: low
      when: "look.score > 20.0"
  hosts:
    kind: for_each
    in: "look.hosts"
    as: host
    body:
      nodes:
        ask_first:
          kind: ask
          ask: approval
          text: "Isolate {{ host.name }}, score {{ look.score }}?"
          covers: [isolate]
        isolate:
          kind: action
          use: edr.isolate_endpoint
      edges:
      - ask_first.approved -> isolate
  done:
    kind: end
  together:
    kind: group
    nodes: [look, isolate, done]
edges:
- alert -> look
- look -> level
- level.high -> hosts
- level.low -> done
- hosts -> done
layout:
  look: [0, 120]
  isolate: [0, 44]
  "level.high -> hosts": [[1, 1]]
  "look -> level": [[2, 2]]
"""


def sample():
    playbook = read_playbook(TEXT, "sample.yaml").playbook
    assert playbook is not None
    return playbook


def edge_texts(graph):
    return [edge.text for edge in graph.edges]
