from tests.unit.services.samples.places import CONTAIN, try_at

from tocsin.services.samples import Answers, Origin, OutcomeKind


def test_a_template_gives_what_the_engine_would_write():
    outcome = try_at("block", "Score {{ reputation.score }} of {{ alert.src_ip }}")
    assert (outcome.kind, outcome.text) == (OutcomeKind.VALUE, "Score 97 of 203.0.113.66")
    assert (outcome.origin, outcome.run, outcome.address) == (Origin.SAMPLE, "", "")


def test_a_condition_gives_true_or_false():
    assert try_at("bad", "reputation.score >= 80.0", is_template=False).text == "true"


def test_an_address_can_be_copied_harmless():
    assert try_at("block", "{{ alert.src_ip }}").address == "203[.]0[.]113[.]66"


def test_text_that_reads_nothing_has_no_result():
    assert try_at("block", "Just words").kind is OutcomeKind.CONSTANT


def test_what_cannot_be_read_says_where():
    outcome = try_at("block", "Hi {{ alert.src_ip & 1 }}")
    assert (outcome.kind, outcome.position, outcome.is_syntax) == (OutcomeKind.ERROR, 19, True)
    assert outcome.hint == "Write “&&”."


def test_a_name_that_nothing_has_is_an_error_with_the_close_one():
    outcome = try_at("block", "{{ alrt.src_ip }}")
    assert (outcome.kind, outcome.position) == (OutcomeKind.ERROR, 3)
    assert outcome.hint == "Did you mean “alert”?"


def test_a_value_that_is_not_known_yet_is_no_fault_of_the_text():
    text = CONTAIN.replace("    sample: {src_ip: 203.0.113.66, user: clerk1}\n", "").replace("siem.alert", "webhook")
    outcome = try_at("block", "{{ alert.src_ip }}", playbook=text)
    assert (outcome.kind, outcome.text) == (OutcomeKind.MISSING, "No sample value yet of “SIEM alert”.")


def test_a_field_that_the_sample_does_not_have_is_named():
    outcome = try_at("block", "{{ alert.host }}")
    assert outcome.kind is OutcomeKind.MISSING
    assert "has no field “host”" in outcome.text


def test_what_has_no_value_at_all_is_an_error():
    outcome = try_at("bad", "reputation.score > 'a'", is_template=False)
    assert outcome.kind is OutcomeKind.ERROR
    assert "cannot join" in outcome.text


def test_an_item_is_the_first_of_its_list():
    assert try_at("isolate", "{{ host.name }} {{ index }}").text == "ws-03 0"


def test_facts_of_nodes_are_those_of_a_run_that_went_well():
    assert try_at("hosts", "nodes.block.state == 'succeeded' && has(nodes.block.output)", is_template=False).text == (
        "true"
    )


def test_the_environment_s_own_networks_count():
    answers = Answers(networks=lambda: ["203.0.113.0/24"])
    assert try_at("bad", "is_internal(alert.src_ip)", is_template=False, answers=answers).text == "true"


def test_a_long_value_is_cut_and_kept_in_one_line():
    text = '{{ ["a\\nb"].map(x, x + x) }}'
    assert try_at("block", text).text == r'["a\nba\nb"]'
    assert len(try_at("block", "x" * 300 + "{{ alert.user }}").text) == 200


def test_an_expression_over_the_limits_ends_as_an_error():
    text = """
nodes:
  start: {kind: trigger, event: manual, sample: {many: [MANY]}}
  last: {kind: end}
edges: [start -> last]
""".replace("MANY", ", ".join(["1"] * 400))
    outcome = try_at("last", "start.many.all(a, start.many.all(b, a == b))", playbook=text, is_template=False)
    assert (outcome.kind, outcome.text) == (OutcomeKind.ERROR, "The expression goes through too many items.")


def test_nodes_that_read_each_other_in_a_circle_have_no_sample():
    text = """
nodes:
  start: {kind: trigger, event: manual}
  a: {kind: set, values: {x: "{{ b.x }}"}}
  b: {kind: set, values: {x: "{{ a.x }}"}}
  last: {kind: end}
edges: [start -> a, a -> b, b -> a, b -> last]
"""
    assert try_at("last", "{{ a.x }}", playbook=text).kind is OutcomeKind.MISSING
