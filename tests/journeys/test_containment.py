"""What the sample playbook does to the Lab's six products, asked back from the products themselves."""

import json

ATTACKER = "203.0.113.66"
CLEAN = "198.51.100.7"
APPROVED = ("--answer", "hosts/confirm=approved")
REJECTED = ("--answer", "hosts/confirm=rejected")
CHANGED = ["block", "sessions", "hosts[0]/isolate", "hosts[1]/isolate", "hosts[2]/isolate", "ticket"]


def test_a_bad_outside_address_changes_firewall_identity_edr_and_ticketing(contain, vendors):
    done, record = contain("--input", json.dumps({"src_ip": ATTACKER}), *APPROVED)
    assert (done.returncode, done.stderr, record["status"]) == (0, "", "succeeded")
    assert vendors.blocked() == [ATTACKER]
    assert vendors.sessions("clerk1") == 0
    assert vendors.isolated() == ["ws-02", "ws-03", "ws-07"]
    [(title, text, labels)] = vendors.tickets()
    assert title == "Contained 203[.]0[.]113[.]66 (Brute force from a TOR exit)"
    assert "2 sessions of clerk1 were ended" in text
    assert "Hosts isolated: 3 of 3" in text
    assert "stays blocked until someone takes it back" in text
    assert "containment" in labels
    assert vendors.notes() == []
    assert [change["path"] for change in record["changes"]] == CHANGED


def test_an_internal_address_changes_nothing_but_the_note(contain, vendors, lab_control):
    reputation = {"10.20.1.5": {"score": 99}}
    lab_control.patch("/world", json={"reputation": reputation}).raise_for_status()
    done, record = contain("--input", "src_ip=10.20.1.5")
    assert (done.returncode, record["nodes"]["risky"]["port"]) == (0, "false")
    assert (vendors.blocked(), vendors.sessions("clerk1"), vendors.isolated(), vendors.tickets()) == ([], 2, [], [])
    [note] = vendors.notes()
    assert "one of our own addresses" in note
    assert [change["path"] for change in record["changes"]] == ["noted"]


def test_a_clean_address_changes_nothing_but_the_note(contain, vendors):
    done, record = contain("--input", f"src_ip={CLEAN}")
    assert (done.returncode, record["status"]) == (0, "succeeded")
    assert (vendors.blocked(), vendors.sessions("clerk1"), vendors.isolated(), vendors.tickets()) == ([], 2, [], [])
    assert vendors.notes() == ["No containment: score 4 for 198[.]51[.]100[.]7."]


def test_a_rejected_question_leaves_that_host_alone_and_the_ticket_says_so(contain, vendors):
    done, record = contain(*REJECTED)
    assert (done.returncode, record["status"]) == (0, "succeeded")
    assert (vendors.blocked(), vendors.sessions("clerk1")) == ([ATTACKER], 0)
    assert vendors.isolated() == ["ws-02", "ws-07"]
    [(_, text, _)] = vendors.tickets()
    assert "Hosts isolated: 2 of 3; left alone after asking: 1." in text


def test_only_the_item_that_an_answer_names_is_answered(contain, vendors):
    done, record = contain("--answer", "hosts[1]/confirm=rejected")
    assert (done.returncode, record["nodes"]["hosts"]["items"][1]["nodes"]["confirm"]["port"]) == (0, "rejected")
    assert vendors.isolated() == ["ws-02", "ws-07"]


def test_a_firewall_that_neither_blocks_nor_lists_takes_the_error_path_as_uncertain(contain, vendors, plant):
    plant("opnsense", "*/alias_util/add/*", 500)
    plant("opnsense", "*/alias_util/list/*", 500)
    done, record = contain(*APPROVED)
    assert (done.returncode, record["status"]) == (1, "failed")
    block = record["nodes"]["block"]
    assert (block["state"], block["port"], block["error"]["code"]) == ("failed", "error", "uncertain")
    [(title, text, labels)] = vendors.tickets()
    assert title.startswith("Needs a person")
    assert "not known to be blocked" in text
    assert "needs-a-person" in labels
    assert (vendors.sessions("clerk1"), vendors.isolated()) == (2, [])
    [uncertain] = [change for change in record["changes"] if change["path"] == "block"]
    assert uncertain["outcome"] == "uncertain"


def test_a_firewall_that_only_fails_to_block_is_looked_at_and_was_not_changed(contain, vendors, plant):
    plant("opnsense", "*/alias_util/add/*", 500)
    done, record = contain(*APPROVED)
    assert (done.returncode, record["status"]) == (1, "failed")
    assert record["nodes"]["block"]["error"]["code"] == "unavailable"
    assert [change["path"] for change in record["changes"]] == ["help"]
    [(title, _, _)] = vendors.tickets()
    assert title.startswith("Needs a person")


def test_a_firewall_that_blocks_and_cuts_the_line_is_looked_at_and_was_changed(contain, vendors, plant):
    plant("opnsense", "*/alias_util/add/*", "drop_after")
    done, record = contain(*APPROVED)
    assert (done.returncode, record["status"]) == (0, "succeeded")
    assert record["nodes"]["block"]["state"] == "succeeded"
    assert [change["path"] for change in record["changes"]] == CHANGED
    assert vendors.blocked() == [ATTACKER]


def test_an_error_of_any_look_up_ends_in_a_ticket_for_a_person(contain, vendors, plant):
    plant("keycloak", "/admin/*", 403)
    done, record = contain(*APPROVED)
    assert (done.returncode, record["status"], record["nodes"]["account"]["port"]) == (1, "failed", "error")
    [(title, _, _)] = vendors.tickets()
    assert title.startswith("Needs a person")
    assert (vendors.blocked(), vendors.isolated()) == ([], [])


def test_a_second_run_finds_the_address_blocked_and_changes_nothing_there(contain, vendors):
    contain(*REJECTED)
    done, record = contain(*REJECTED)
    assert (done.returncode, vendors.blocked()) == (0, [ATTACKER])
    assert "block" not in [change["path"] for change in record["changes"]]
    assert record["nodes"]["block"]["state"] == "succeeded"


def test_a_rehearsal_says_each_change_and_the_lab_stays_as_it_was(contain, vendors, lab_control):
    before = _world(lab_control)
    done, record = contain("--mode", "rehearse")
    assert (done.returncode, record["status"], record["mode"], record["changes"]) == (0, "succeeded", "rehearse", [])
    assert [step["path"] for step in record["plan"] if step["effect"] in {"change", "destructive"}] == CHANGED
    assert "Would block an address: 203.0.113.66 on OPNsense" in {step["text"] for step in record["plan"]}
    assert lab_control.get("/changes").json() == []
    assert _world(lab_control) == before
    assert (vendors.blocked(), vendors.isolated(), vendors.tickets()) == ([], [], [])


def _world(lab_control):
    """The Lab's world but for how much was asked of it."""
    world = lab_control.get("/world").json()
    return {key: value for key, value in world.items() if key != "quotas"}
