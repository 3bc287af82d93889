from tests.unit.services.samples.places import fields_at, groups_at

from tocsin.services.samples import Origin


def roots_at(node, **more):
    return [group.root for group in groups_at(node, **more)]


def test_nodes_before_come_as_they_run_then_the_run_then_logic():
    assert roots_at("hosts", key="in") == ["alert", "reputation", "endpoints", "summary", "block", "run", "bad"]


def test_what_does_not_come_before_is_not_listed():
    assert roots_at("reputation") == ["alert", "run"]


def test_inside_a_loop_its_item_comes_first_with_its_number():
    groups = groups_at("isolate")
    assert (groups[0].root, groups[0].node) == ("host", "hosts")
    assert [field.path for field in groups[0].fields][-1] == "index"
    assert fields_at("isolate")["host.name"].sample == "ws-03"


def test_what_a_loop_keeps_is_read_inside_its_body():
    assert "isolate" in roots_at("hosts", key="collect")
    assert "isolate" not in roots_at("hosts", key="in")


def test_a_field_has_a_title_a_type_and_a_sample():
    field = fields_at("block")["reputation.score"]
    assert (field.title, field.kind, field.sample) == ("Score", "number", "97")


def test_an_event_without_titles_has_those_of_its_category():
    assert fields_at("block")["alert.src_ip"].title == "Source address"


def test_values_that_a_node_names_have_the_types_of_what_they_read():
    fields = fields_at("block")
    assert (fields["summary.score"].kind, fields["summary.score"].sample) == ("number", "97")
    assert fields["summary.line"].sample == "Seen 203.0.113.66"


def test_behind_an_error_edge_the_error_can_be_read():
    assert fields_at("help")["error.code"].sample == "timeout"
    assert "error.code" not in fields_at("block")


def test_a_list_says_how_many_of_what():
    assert fields_at("block")["endpoints.hosts"].sample == "1 endpoint"


def test_fields_of_fields_are_there_for_who_seeks_them():
    nested = """
nodes:
  start: {kind: trigger, event: manual, sample: {user: {name: clerk1, "the id": 7}}}
  last: {kind: end}
edges: [start -> last]
"""
    fields = fields_at("last", nested)
    assert (fields["start.user"].depth, fields["start.user"].kind) == (1, "map")
    assert (fields["start.user.name"].depth, fields["start.user.name"].title) == (2, "User Name")
    assert fields['start.user["the id"]'].sample == "7"


def test_a_list_of_plain_values_gives_an_item_without_fields():
    loop = """
nodes:
  start: {kind: trigger, event: manual, sample: {ips: [192.0.2.1]}}
  each:
    kind: for_each
    in: start.ips
    body: {nodes: {last: {kind: end}}, edges: []}
edges: [start -> each]
"""
    assert fields_at("last", loop)["item"].sample == "192.0.2.1"


def test_without_a_run_samples_come_from_descriptions():
    assert {group.origin for group in groups_at("block")} == {Origin.SAMPLE}


def test_data_is_shown_in_one_line_and_never_as_anything_else():
    text = """
nodes:
  start: {kind: trigger, event: manual, sample: {note: "<b>two\\nlines</b>", late: "2026-11-24T03:12:07.000Z"}}
  last: {kind: end}
edges: [start -> last]
"""
    fields = fields_at("last", text)
    assert fields["start.note"].sample == "<b>two lines</b>"
    assert fields["start.late"].sample == "2026-11-24 03:12 UTC"


def test_three_hundred_nodes_are_listed_within_the_time_of_a_key(benchmark_ms):
    nodes = "".join(
        f"  n{i}: {{kind: action, use: threat_intel.lookup_ip, with: {{ip: '{{{{ alert.src_ip }}}}'}}}}\n"
        for i in range(300)
    )
    edges = "".join(f"- {'alert' if i == 0 else f'n{i - 1}'} -> n{i}\n" for i in range(300))
    text = f"nodes:\n  alert: {{kind: trigger, event: siem.alert}}\n{nodes}edges:\n{edges}"
    assert benchmark_ms(text, "n299") < 60  # 15 on a machine that is not shared
