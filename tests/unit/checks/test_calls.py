import pytest
from tests.unit.checks.build import catalogue, read

from tocsin.checks import check_playbook
from tocsin.model.errors import SameIdError
from tocsin.model.playbook import Handler

LOOK_UP = read("""
id: look-up
inputs:
  ip: {type: string, required: true}
  days: {type: integer, required: true, default: 7}
outputs: {score: "1"}
nodes:
  start: {kind: trigger, event: manual}
  note: {kind: set, values: {v: "{{ inputs.ip }}"}}
edges: [start -> note]
""")


def calling(given="{ip: 192.0.2.1}", name="look-up"):
    return read(f"""
nodes:
  alert: {{kind: trigger, event: siem.alert}}
  enrich: {{kind: call, playbook: {name}, with: {given}}}
  note: {{kind: set, values: {{v: "{{{{ enrich.score }}}}"}}}}
edges: [alert -> enrich, enrich -> note]
""")


def found(playbook, shelf={"look-up": LOOK_UP}.get):
    return [(p.code.name, p.node, p.field) for p in check_playbook(playbook, catalogue(), shelf)]


def test_a_call_that_is_right_has_no_problem():
    assert found(calling()) == []


def test_what_is_called_must_be_there():
    assert found(calling(name="look-upp")) == [("UNKNOWN_PLAYBOOK", "enrich", "playbook")]


def test_what_cannot_be_read_is_told_with_the_reason():
    def shelf(name):
        raise SameIdError(name, ["one.yaml", "two.yaml"])

    (problem,) = check_playbook(calling(), catalogue(), shelf)
    assert (problem.code.name, "two.yaml" in problem.message) == ("UNKNOWN_PLAYBOOK", True)


def test_where_nothing_is_known_of_other_files_nothing_is_claimed():
    assert found(calling(name="look-upp"), None) == []


def test_a_call_gives_what_is_asked_for_and_fits():
    assert found(calling("{}")) == [("MISSING_INPUT", "enrich", "with.ip")]
    assert found(calling("{ip: 7}")) == [("MISTYPED_INPUT", "enrich", "with.ip")]
    assert found(calling("{ip: x, address: y}")) == [("UNKNOWN_INPUT", "enrich", "with.address")]
    assert found(calling("{ip: x, days: 3}")) == []


def test_a_reader_of_a_call_reads_its_outputs_alone():
    shelf = {"look-up": LOOK_UP.model_copy(update={"outputs": {"other": "1"}})}.get
    assert found(calling(), shelf) == [("UNKNOWN_REFERENCE", "note", "values.v")]


def test_a_playbook_that_comes_back_to_itself_is_refused():
    assert ("CALL_CYCLE", "enrich", "playbook") in found(calling(name="example"))
    back = read("""
id: look-up
inputs: {ip: {type: string}}
outputs: {score: "1"}
nodes:
  start: {kind: trigger, event: manual}
  again: {kind: call, playbook: example}
edges: [start -> again]
""")
    assert found(calling(), {"look-up": back}.get) == [("CALL_CYCLE", "enrich", "playbook")]


def test_inputs_may_be_read_where_only_calls_begin_a_playbook():
    called_only = read("""
inputs: {ip: {type: string, required: true}}
nodes: {a: {kind: set, values: {v: "{{ inputs.ip }}"}}}
edges: []
""")
    assert [code for code, _, _ in found(called_only)] == ["NO_TRIGGER"]


def handled(inputs):
    tell = read(f"id: tell\ninputs: {inputs}\nnodes: {{start: {{kind: trigger, event: manual}}}}\nedges: []")
    playbook = calling().model_copy(update={"handler": Handler(playbook="tell")})
    return found(playbook, {"look-up": LOOK_UP, "tell": tell}.get), found(playbook)


def test_a_handler_must_be_there_and_need_nothing_but_what_it_is_told():
    told, missing = handled("{run: {required: true}, error: {type: object, required: true}, note: {}}")
    assert (told, missing) == ([], [("UNKNOWN_PLAYBOOK", "", "handler.playbook")])
    assert handled("{who: {required: true}}")[0] == [("MISSING_INPUT", "", "handler.playbook")]


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("{{ start.ip }}", False),
        ("{{ trigger.ip }}", False),
        ("{{ inputs.ip }}", True),
        ("{{ has(nodes.start.output) ? start.ip : inputs.ip }}", True),
    ],
)
def test_what_is_called_reads_no_trigger(text, is_told):
    callee = LOOK_UP.model_copy(update={"graph": read(BODY.replace("TEXT", text)).graph})
    expected = [] if is_told else [("CALLED_UNTOLD", "enrich", "playbook")]
    assert found(calling(), {"look-up": callee}.get) == expected


BODY = """
nodes:
  start: {kind: trigger, event: manual}
  note: {kind: set, values: {v: "TEXT"}}
edges: [start -> note]
"""
