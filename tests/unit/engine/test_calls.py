"""A called playbook runs in the same run under the path of its call, with names of its own (engine.md 1.32)."""

import pytest
from tests.helpers.runs import TRIGGER, Driver, action, answered, playbook_of, test_catalogue

from tocsin.engine.events import REHEARSE, static_id
from tocsin.engine.news import BreakpointsSet, CancelAsked
from tocsin.engine.outcomes import Outcome, Verdict, Verified
from tocsin.engine.preparation import created_facts, pinned_values
from tocsin.engine.progress import RunProgress
from tocsin.engine.record import RunRecord
from tocsin.engine.rehearsal_plan import plan_of
from tocsin.engine.undoing import undo_items

IP = {"ip": {"type": "string", "required": True}, "days": {"type": "integer", "default": 7}}


def use(name, /, **more):
    return {"kind": "action", "use": f"toy.{name}", **more}


def call(name="inner", /, given=None, **more):
    return {"kind": "call", "playbook": name, "with": {"ip": "192.0.2.1"} if given is None else given, **more}


def inner(nodes, edges, **head):
    return playbook_of({"begin": TRIGGER, **nodes}, edges, id="inner", **{"inputs": IP, **head})


LOOK_UP = inner(
    {"look": use("look", **{"with": {"of": "{{ inputs.ip }}", "days": "{{ inputs.days }}"}})},
    ["begin -> look"],
    outputs={"score": "look.score", "of": "trigger.ip"},
)


def caller(enrich, **nodes):
    edges = ["t -> enrich", *(f"enrich -> {name}" for name in nodes)]
    return playbook_of({"t": TRIGGER, "enrich": enrich, **nodes}, edges)


def drive(enrich=None, callee=LOOK_UP, *, nodes=None, **more):
    playbook = enrich if hasattr(enrich, "graph") else caller(enrich or call(), **(nodes or {}))
    return Driver(playbook, callees=[callee], **more)


def scored(intent):
    return answered(output={"score": 97})


def test_a_call_gives_inputs_runs_and_gives_back_outputs():
    driver = drive(answers=scored, nodes={"after": {"kind": "set", "values": {"v": "{{ enrich.score }}"}}}).run()
    assert [(intent.path, intent.inputs) for intent in driver.attempts] == [
        ("enrich/look", {"of": "192.0.2.1", "days": 7})
    ]
    assert driver.output("enrich") == {"score": 97, "of": "192.0.2.1"}
    assert driver.output("after") == {"v": 97}
    assert driver.end["status"] == "succeeded"


def test_no_trigger_fires_and_the_manual_one_leads_on():
    callee = inner(
        {"other": {"kind": "trigger", "event": "siem.alert"}, "look": use("look"), "mapped": use("change")},
        ["begin -> look", "other -> mapped"],
    )
    driver = drive(callee=callee).run()
    states = driver.states()
    assert (states["enrich/begin"], states["enrich/other"]) == ("skipped", "skipped")
    assert (states["enrich/look"], states["enrich/mapped"]) == ("succeeded", "skipped")


def test_without_a_manual_trigger_every_one_leads_on_and_its_output_is_not_there():
    callee = playbook_of(
        {
            "alert": {"kind": "trigger", "event": "siem.alert"},
            "seen": {"kind": "set", "values": {"v": "{{ has(nodes.alert.output) }}", "ip": "{{ trigger.ip }}"}},
        },
        ["alert -> seen"],
        id="inner",
    )
    driver = drive(callee=callee).run()
    assert driver.output("enrich/seen") == {"v": False, "ip": "192.0.2.1"}


def test_a_playbook_without_triggers_begins_where_no_edge_leads():
    callee = playbook_of({"a": use("look"), "b": use("look")}, ["a -> b"], id="inner")
    assert drive(callee=callee).run().states()["enrich/b"] == "succeeded"


def test_names_are_private_on_both_sides():
    callee = inner(
        {"x": {"kind": "set", "values": {"v": "inside"}}},
        ["begin -> x"],
        outputs={"v": "x.v"},
    )
    nodes = {
        "x": {"kind": "set", "values": {"v": "mine"}},
        "y": {"kind": "set", "values": {"v": "{{ x.v + enrich.v }}"}},
    }
    playbook = playbook_of({"t": TRIGGER, "enrich": call(), **nodes}, ["t -> x", "x -> enrich", "enrich -> y"])
    driver = drive(playbook, callee).run()
    assert driver.output("y") == {"v": "mineinside"}


@pytest.mark.parametrize("reads", ["t.n", "nodes.t.state", "item", "index"])
def test_nothing_of_the_caller_can_be_read_inside(reads):
    callee = inner({"x": {"kind": "set", "values": {"v": "{{ " + reads + " }}"}}}, ["begin -> x"])
    loop = {"kind": "for_each", "in": "[1]", "body": {"nodes": {"enrich": call()}, "edges": []}}
    driver = Driver(playbook_of({"t": TRIGGER, "l": loop}, ["t -> l"]), callees=[callee], event={"n": 1}).run()
    assert driver.error("l[0]/enrich/x")["code"] == "expression"


def test_the_same_id_has_another_product_in_each_playbook():
    catalogue = test_catalogue(look=action("look", inputs={"type": "object", "required": ["must"]}))
    callee = inner({"look": use("change")}, ["begin -> look"])
    playbook = playbook_of({"t": TRIGGER, "look": use("look"), "enrich": call()}, ["t -> enrich"])
    driver = drive(playbook, callee, catalogue=catalogue).run()
    assert [(intent.path, intent.use, str(intent.effect)) for intent in driver.attempts] == [
        ("enrich/look", "toy.change", "change")
    ]


@pytest.mark.parametrize("given", [{}, {"ip": 7}, {"ip": "x", "days": "many"}, {"ip": "{{ missing.x }}"}])
def test_inputs_that_do_not_fit_fail_the_call_and_nothing_of_it_runs(given):
    driver = drive(call(given=given)).run()
    assert driver.states() == {"t": "succeeded", "enrich": "failed"}
    assert driver.error("enrich")["code"] in {"bad_input", "expression"}


def test_a_failure_inside_fails_the_call_with_the_inner_path():
    driver = drive(answers=lambda _: answered(Outcome.FAILED, code="not_found")).run()
    error = driver.error("enrich")
    assert (error["code"], error["cause"], error["node"]) == ("not_found", "enrich/look", "enrich")
    assert driver.end["error"]["cause"] == "enrich/look"


def test_the_caller_can_take_the_failure():
    playbook = playbook_of(
        {"t": TRIGGER, "enrich": call(), "help": {"kind": "set", "values": {"v": "{{ error.cause }}"}}},
        ["t -> enrich", "enrich.error -> help"],
    )
    driver = drive(playbook, answers=lambda _: answered(Outcome.FAILED)).run()
    assert driver.output("help") == {"v": "enrich/look"}
    assert driver.end["status"] == "succeeded"


def test_an_end_that_says_failed_fails_the_call_and_its_outputs_are_the_calls():
    bad = inner({"e": {"kind": "end", "status": "failed"}}, ["begin -> e"])
    assert drive(callee=bad).run().error("enrich")["code"] == "raised"
    good = inner({"e": {"kind": "end", "outputs": {"v": "1"}}}, ["begin -> e"], outputs={"v": "2"})
    assert drive(callee=good).run().output("enrich") == {"v": 1}


def test_a_call_in_a_loop_runs_once_an_item():
    loop = {
        "kind": "for_each",
        "in": "['a', 'b']",
        "concurrency": 2,
        "collect": "enrich.of",
        "body": {"nodes": {"enrich": call(given={"ip": "{{ item }}"})}, "edges": []},
    }
    driver = Driver(playbook_of({"t": TRIGGER, "l": loop}, ["t -> l"]), callees=[LOOK_UP], answers=scored).run()
    assert sorted(intent.path for intent in driver.attempts) == ["l[0]/enrich/look", "l[1]/enrich/look"]
    assert [result["value"] for result in driver.output("l")["results"]] == ["a", "b"]


def test_a_loop_in_a_call_in_a_call():
    body = {"nodes": {"x": use("look", **{"with": {"of": "{{ item + inputs.ip }}"}})}, "edges": []}
    deepest = playbook_of({"l": {"kind": "for_each", "in": "['a']", "body": body}}, [], id="deepest", inputs=IP)
    middle = inner({"down": call("deepest", given={"ip": "{{ inputs.ip + '!' }}"})}, ["begin -> down"])
    driver = Driver(caller(call()), callees=[middle, deepest]).run()
    assert [(i.path, i.inputs) for i in driver.attempts] == [("enrich/down/l[0]/x", {"of": "a192.0.2.1!"})]


def test_a_cancelled_run_drains_what_is_called_and_lets_its_changes_end():
    callee = inner({"a": use("change"), "b": use("change")}, ["begin -> a", "a -> b"])
    driver = drive(callee=callee).start()
    driver.tell(CancelAsked("user:test"))
    assert driver.state.status == "running"
    driver.finish("enrich/a")
    assert driver.states() == {
        "t": "succeeded",
        "enrich/begin": "skipped",
        "enrich/a": "succeeded",
        "enrich/b": "skipped",
        "enrich": "cancelled",
    }
    assert driver.end["status"] == "cancelled"


def test_a_deadline_of_a_call_ends_what_is_inside():
    driver = drive(call(deadline="2s")).start().pass_time(3)
    assert driver.error("enrich")["code"] == "timeout"
    assert driver.aborted[0] == "enrich/look"


def test_a_join_that_fired_gives_up_a_call_that_only_served_it():
    playbook = playbook_of(
        {"t": TRIGGER, "enrich": call(), "fast": use("look"), "j": {"kind": "join", "need": "any"}},
        ["t -> enrich", "t -> fast", "enrich -> j", "fast -> j"],
    )
    driver = drive(playbook).start().finish("fast")
    assert driver.states()["enrich"] == "cancelled"
    assert driver.end["status"] == "succeeded"


def test_after_a_crash_a_called_playbook_goes_on_where_it_was():
    callee = inner({"a": use("checked"), "b": use("look")}, ["begin -> a", "a -> b"])
    driver = drive(callee=callee, verdicts=lambda _: Verdict(Verified.DONE, {})).start().crash()
    driver.finish("enrich/a").crash()
    driver.finish("enrich/b")
    assert [intent.path for intent in driver.attempts] == ["enrich/a", "enrich/b", "enrich/b"]
    assert driver.end["status"] == "succeeded"


def test_a_question_inside_waits_and_is_answered_at_its_path():
    callee = inner({"q": {"kind": "ask", "ask": "approval", "text": "?"}}, ["begin -> q"], outputs={"v": "q.option"})
    driver = drive(callee=callee).start()
    assert driver.conductor.is_parked
    driver.answer("enrich/q?1", "approved")
    assert driver.output("enrich") == {"v": "approved"}


def test_a_breakpoint_names_a_called_node_by_its_call():
    callee = inner({"look": use("look"), "b": use("look")}, ["begin -> look", "look -> b"])
    driver = drive(callee=callee).start()
    driver.tell(BreakpointsSet({"b": ""}))
    driver.finish("enrich/look")
    assert driver.in_flight == ["enrich/b"]
    driver = drive(callee=callee).start()
    driver.tell(BreakpointsSet({"enrich/b": ""}))
    driver.finish("enrich/look")
    assert driver.state.paused


def test_what_a_call_changed_can_be_taken_back():
    driver = drive(callee=inner({"a": use("change")}, ["begin -> a"])).run()
    assert [item.path for item in undo_items(driver.events, driver.load)] == ["enrich/a"]


def test_what_is_called_is_pinned_with_its_content_and_its_products():
    driver = drive()
    (pinned,) = created_facts(driver.program)["closure"]
    assert (pinned["id"], list(pinned["bindings"])) == ("inner", ["look"])
    assert pinned["hash"] in pinned_values(driver.program)


def test_a_called_node_is_another_than_the_callers_of_the_same_id():
    assert static_id("hosts[3]/enrich/look#2") == "enrich/look"
    playbook = playbook_of({"t": TRIGGER, "look": use("look"), "enrich": call()}, ["t -> look", "look -> enrich"])
    driver = drive(playbook, answers=lambda i: scored(i) if i.path == "look" else answered(Outcome.FAILED)).run()
    progress = RunProgress("")
    for event in driver.events:
        progress.apply(event)
    assert [progress.status_of(name).state for name in ("look", "enrich/look", "enrich")] == [
        "succeeded",
        "failed",
        "failed",
    ]


def test_the_record_holds_the_nodes_of_what_was_called():
    driver = drive(answers=scored).run()
    record = RunRecord(driver.program.playbook, driver.load)
    record.add(driver.events)
    told = record.to_json()["nodes"]["enrich"]
    assert {name: node["state"] for name, node in told["nodes"].items()} == {"begin": "skipped", "look": "succeeded"}
    assert told["nodes"]["look"]["output"] == {"score": 97}


def test_the_record_of_a_call_that_was_not_made_is_empty():
    playbook = playbook_of(
        {"t": TRIGGER, "no": {"kind": "condition", "when": "false"}, "enrich": call()}, ["t -> no", "no.true -> enrich"]
    )
    driver = drive(playbook).run()
    record = RunRecord(driver.program.playbook, driver.load)
    record.add(driver.events)
    assert record.to_json()["nodes"]["enrich"]["nodes"] == {}


def rehearse(playbook, callee):
    catalogue = test_catalogue(make=action("Make a thing", "change", sample={"id": "new"}))
    driver = Driver(playbook, callees=[callee], mode=REHEARSE, catalogue=catalogue).run()
    return driver, plan_of(driver.events)


def test_in_a_rehearsal_a_guess_that_is_handed_in_is_one_inside():
    playbook = playbook_of(
        {"t": TRIGGER, "look": use("make"), "enrich": call(given={"ip": "{{ look.id }}"})},
        ["t -> look", "look -> enrich"],
    )
    driver, steps = rehearse(playbook, LOOK_UP)
    assert driver.attempts == []
    assert [(step.path, step.assumed, step.rests_on) for step in steps] == [
        ("look", False, ()),
        ("enrich/look", True, (1,)),
    ]


def test_in_a_rehearsal_what_reads_a_call_rests_on_the_guesses_inside():
    callee = inner({"made": use("make")}, ["begin -> made"], outputs={"id": "made.id"})
    playbook = caller(call(), after=use("look", **{"with": {"of": "{{ enrich.id }}"}}))
    driver, steps = rehearse(playbook, callee)
    assert driver.attempts == []
    assert [(step.path, step.rests_on) for step in steps] == [("enrich/made", ()), ("after", (1,))]


def test_in_a_rehearsal_a_call_that_guesses_nothing_is_known():
    playbook = caller(call(), after=use("look", **{"with": {"of": "{{ enrich.of }}"}}))
    driver = Driver(playbook, callees=[LOOK_UP], mode=REHEARSE, answers=scored).run()
    assert [intent.path for intent in driver.attempts] == ["enrich/look", "after"]
