"""Each exit status of definitions.md D7, what is said with it, and the record that scripts read (D6)."""

import json
import signal

import pytest
from tests.journeys.program import PLAYBOOK

pytestmark = pytest.mark.own_process
RECORD_KEYS = {
    *("version", "run", "playbook", "environment", "mode", "status", "started_at", "seconds", "input", "input_from"),
    *("nodes", "changes", "waiting", "outputs", "error", "problems"),
}
NODE_KEYS = {"kind", "state", "port", "reason", "attempts", "seconds", "output", "error"}
CHANGE_KEYS = {"path", "node", "connection", "action", "effect", "outcome", "changed", "summary", "undo"}
QUESTION_KEYS = {"path", "text", "options", "expires"}
ERROR_KEYS = {"code", "message", "path", "retryable"}
ITEM_KEYS = {"index", "key", "state", "value", "nodes"}


def test_a_run_that_succeeds_ends_0_and_its_record_has_exactly_its_keys(contain):
    done, record = contain("--answer", "hosts/confirm=approved")
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)
    assert set(record) == RECORD_KEYS
    loop = record["nodes"].pop("hosts")
    assert set(loop) == NODE_KEYS | {"items"}
    assert [set(item) for item in loop["items"]] == [ITEM_KEYS] * 3
    nodes = [*record["nodes"].values(), *(node for item in loop["items"] for node in item["nodes"].values())]
    assert [set(node) for node in nodes] == [NODE_KEYS] * len(nodes)
    assert [set(change) for change in record["changes"]] == [CHANGE_KEYS] * 6
    assert all(0 <= node["seconds"] < 60 for node in nodes)
    assert (record["error"], record["waiting"], record["input_from"], record["mode"]) == (None, [], "sample", "live")


def test_a_partial_input_is_merged_over_the_sample_in_the_lab(contain):
    _, record = contain("--input", "src_ip=198.51.100.7")
    assert (record["input_from"], record["input"]["src_ip"], record["input"]["id"]) == (
        "merged",
        "198.51.100.7",
        "a-1001",
    )


def test_a_run_that_fails_ends_1_and_says_which_node_and_why(contain, plant):
    plant("jira", "*", 503)
    done, record = contain("--answer", "hosts/confirm=approved")
    assert (done.returncode, record["status"], record["nodes"]["ticket"]["state"]) == (1, "failed", "failed")
    assert record["nodes"]["ticket"]["error"]["code"]


def test_a_run_without_anyone_to_ask_ends_4_and_says_what_it_waits_for(contain, vendors):
    done, record = contain()
    assert (done.returncode, record["status"], set(record)) == (4, "waiting", RECORD_KEYS)
    [question] = record["waiting"]
    assert set(question) == QUESTION_KEYS
    assert (question["path"], question["options"]) == ("hosts[1]/confirm", ["approved", "rejected"])
    assert question["text"].startswith("Isolate ws-03 (10.20.1.3)?")
    assert question["expires"].endswith("Z")
    assert record["nodes"]["hosts"]["items"][1]["nodes"]["confirm"]["state"] == "waiting"
    assert vendors.isolated() == ["ws-02"]


def test_without_json_a_waiting_run_names_the_question_and_how_to_answer_it(program, lab):
    done = program.run("run", PLAYBOOK)
    assert done.returncode == 4
    [asked, end] = done.stdout.splitlines()[-2:]
    assert asked.startswith("Asked: Isolate ws-03 (10.20.1.3)?")
    assert "--answer hosts[1]/confirm=" in asked
    assert end.startswith("Waits for a person. Run ")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("hosts/confrm=approved", "Did you mean “hosts/confirm”?"),
        ("hosts/confirm=aproved", "It offers “approved”, “rejected”."),
        ("hosts/confirm", "It offers “approved”, “rejected”."),
    ],
)
def test_an_answer_to_no_question_or_with_no_option_ends_2_before_the_run(contain, vendors, lab, answer, said):
    done, record = contain("--answer", answer)
    assert (done.returncode, record["run"], record["status"]) == (2, None, "refused")
    [line] = done.stderr.splitlines()
    assert line.startswith("TOC-E141 ")
    assert said in line
    assert lab.reception.requests == ()


def test_an_answer_outside_the_lab_ends_3(program):
    done = program.run("run", PLAYBOOK, "--environment", "production", "--answer", "hosts/confirm=approved", "--json")
    record = json.loads(done.stdout)
    assert (done.returncode, record["status"], record["environment"]) == (3, "refused", "production")
    [line] = done.stderr.splitlines()
    assert line.startswith("TOC-E144 Questions in “production” cannot be answered before they are asked.")


def test_an_environment_that_the_workspace_does_not_have_ends_3(program):
    done = program.run("run", PLAYBOOK, "--environment", "production", "--json")
    record = json.loads(done.stdout)
    assert (done.returncode, record["status"], set(record)) == (3, "refused", RECORD_KEYS)
    assert set(record["error"]) == ERROR_KEYS
    [line] = done.stderr.splitlines()
    assert line.startswith("TOC-E064 There is no environment “production” in ")


def test_an_interrupted_run_ends_130_and_what_it_did_is_in_the_journal(program, lab, plant):
    plant("abuseipdb", "*", "slow")
    running = program.start("run", PLAYBOOK)
    assert running.stdout.readline().startswith("+")
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=30)
    assert running.returncode == 130
    assert errors.startswith("Stopping: nothing more starts")
    [run] = json.loads(program.run("runs", "list", "--json").stdout)
    assert (run["playbook"], run["status"]) == ("contain-suspicious-ip", "cancelled")


def test_a_journal_that_cannot_be_used_ends_3_with_a_sentence(program, lab):
    (program.home / "data" / "journal.db").mkdir(parents=True)
    done = program.run("run", PLAYBOOK, "--json")
    assert (done.returncode, json.loads(done.stdout)["status"]) == (3, "refused")
    [line] = done.stderr.splitlines()
    assert line.startswith("TOC-E120 The journal journal.db cannot be used")


def test_the_window_without_a_display_ends_3_and_names_the_commands(program):
    done = program.run()
    assert (done.returncode, done.stdout) == (3, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("TOC-E142 There is no display")
    assert "tocsin demo" in line


def test_a_reader_that_leaves_early_is_no_error(program, lab):
    program.run("run", PLAYBOOK)
    listing = program.start("runs", "list", "--json")
    listing.stdout.close()
    assert listing.wait(30) in {0, 1}
    assert "Traceback" not in listing.stderr.read()
    listing.stderr.close()
