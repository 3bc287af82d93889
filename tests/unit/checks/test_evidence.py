import pytest
from tests.unit.checks.build import find, problem, read

LOOK = "score: {kind: action, use: threat_intel.lookup_ip, with: {ip: '{{ alert.src_ip }}'}}"


def unattended(when, more="", ways="alert -> score, score -> bad"):
    return f"""
nodes:
  alert: {{kind: trigger, event: siem.alert}}
  {LOOK}
  {more}
  bad: {{kind: condition, when: "{when}"}}
  cut:
    kind: action
    use: edr.isolate_endpoint
    with: {{endpoint_id: "{{{{ alert.id }}}}", comment: x}}
    unattended: Sure enough.
  calm: {{kind: end}}
edges: [{ways}, bad.true -> cut, bad.false -> calm]
"""


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("score.score > 90.0", True),
        ("score.score > 90.0 && score.tor", True),
        ("score.score > 90.0 && !is_internal(alert.src_ip)", True),
        ("score.score > 90.0 && alert.severity > 80", False),
        ("alert.severity > 80", False),
    ],
)
def test_one_opinion_cuts_nobody_off(when, found):
    assert find(unattended(when), "ONE_SOURCE") == ([("ONE_SOURCE", "cut", "unattended")] if found else [])


def test_two_products_are_two_opinions():
    other = "other: {kind: action, use: virustotal.lookup_ip, with: {ip: '{{ alert.src_ip }}'}}"
    text = unattended("score.score > 90.0", other)
    assert len(find(text, "ONE_SOURCE")) == 1
    both = "alert -> score, score -> other, other -> bad"
    assert find(unattended("score.score > 90.0 && other.score > 5.0", other, both), "ONE_SOURCE") == []


def test_a_person_is_a_second_source():
    ask = "sure: {kind: ask, ask: approval, text: Sure, deadline: 4h}"
    text = unattended("score.score > 90.0", ask, "alert -> score, score -> bad, sure.rejected -> calm")
    asked = text.replace("bad.true -> cut", "bad.true -> sure, sure.approved -> cut")
    assert find(asked, "ONE_SOURCE") == []


BLOCK = """
nodes:
  alert: {kind: trigger, event: EVENT}
  block: {kind: action, use: firewall.USE, with: {address: "ADDRESS"}}
edges: [alert -> block]
"""


def block(event="siem.alert", use="block_address", address="{{ alert.src_ip }}"):
    return BLOCK.replace("EVENT", event).replace("USE", use).replace("ADDRESS", address)


def test_what_comes_with_an_alert_is_looked_at_before_it_is_blocked():
    assert find(block()) == [("UNCHECKED_TARGET", "block", "with.address")]


@pytest.mark.parametrize(
    "text", [block(use="unblock_address"), block(address="192.0.2.1"), block("manual", address="{{ inputs.ip }}")]
)
def test_what_a_person_gives_or_what_lets_go_needs_no_look(text):
    assert find(text, "UNCHECKED_TARGET") == []


def test_the_look_is_put_before_the_block():
    playbook = read(block())
    mended = problem(block(), "UNCHECKED_TARGET").fix.edit.apply(playbook)
    assert mended.graph.nodes["may_block"].when == "!is_internal(alert.src_ip)"
    assert [edge.text for edge in mended.graph.edges] == [
        "alert -> may_block",
        "may_block.true -> block",
        "may_block.false -> block_spared",
    ]


FIRST = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  found: {kind: action, use: edr.find_endpoints, with: {name: x}}
  act: {kind: action, use: USE, with: WITH}
edges: [alert -> found, found -> act]
"""


def first(use, given):
    return FIRST.replace("USE", use).replace("WITH", given)


def test_which_comes_first_is_chance():
    text = first("edr.release_endpoint", '{endpoint_id: "{{ found.hosts[0].id }}", comment: x}')
    assert find(text) == [("FIRST_OF_MANY", "act", "with.endpoint_id")]
    assert "“found.hosts”" in problem(text, "FIRST_OF_MANY").message


@pytest.mark.parametrize(
    "text",
    [
        first("edr.get_endpoint", '{endpoint_id: "{{ found.hosts[0].id }}"}'),
        first("ticketing.create", '{title: a, body: "{{ found.hosts[0].name }}"}'),
        first("edr.release_endpoint", '{endpoint_id: a, comment: "For {{ found.hosts[0].name }}"}'),
    ],
)
def test_reading_and_telling_about_the_first_is_harmless(text):
    assert find(text, "FIRST_OF_MANY") == []


def test_private_is_not_ours():
    text = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  note: {kind: set, values: {a: "{{ is_private(alert.src_ip) }}"}}
edges: [alert -> note]
"""
    assert find(text) == [("PRIVATE_ONLY", "note", "values.a")]
    both = text.replace("is_private(alert.src_ip)", "is_private(alert.src_ip) || is_internal(alert.src_ip)")
    assert find(both, "PRIVATE_ONLY") == []
