"""The uses beside containment: vulnerabilities, intelligence, joiners, ransomware, beacons, phishing, evidence, upkeep.

What each playbook did is asked back from the Lab's world, some minutes later too.
"""

import hashlib
import json

import pytest

from tocsin.cli.messages import Exit

YES = ("--answer", "confirm=approved")
NO = ("--answer", "confirm=rejected")
LEFT = "Needs a person: weaknesses left after patching"
BEACON, KEYS, MAIL = "203.0.113.180", "203.0.113.91", "198.51.100.25"


def tickets(world):
    """Each ticket by its title: its status, its text and its labels."""
    return {
        row["title"]: (row["status"], row["body"]["content"][0]["content"][0]["text"], row["labels"])
        for row in world()["tickets"].values()
    }


def said(world):
    """What the team's chat says, the oldest first."""
    return [row["text"] for row in world()["posts"].values() if not row["deleted"]]


def named(world, table, name):
    return next(row for row in world()[table].values() if row["name"] == name)


def blocked(world):
    return world()["aliases"]["tocsin_block"]["entries"]


def undo(program, record):
    return program.run("runs", "undo", record["run"], "--yes")


# Vulnerabilities


@pytest.fixture
def dmz(begin, at_once):
    begin("critical-cve-dmz")
    at_once()


def unpatched(world):
    hosts = world()["hosts"]
    rows = world()["weaknesses"].values()
    return sorted(f"{hosts[row['host']]['name']} {row['cve']}" for row in rows if not row["mended"])


def test_what_can_be_patched_is_and_a_second_scan_shows_it(play, dmz, world):
    status, record = play("vulnerability-cycle", *YES)
    assert (status, record["status"]) == (Exit.DONE, "succeeded")
    assert unpatched(world) == ["db-01 CVE-2026-90010", "mail-01 CVE-2026-90011", "web-01 CVE-2026-90012"]
    told = tickets(world)
    closed = {title for title, (status, _, _) in told.items() if status == "Done"}
    assert closed == {
        "Patch web-01: 1 critical, reached from outside",
        "Patch web-02: 1 critical, reached from outside",
        "Patch file-01: 1 critical",
    }
    _, text, labels = told[LEFT]
    assert 'Not mended, or not seen again: ["mail-01"]' in text
    assert "5 hosts answered the second scan" in text
    assert "needs-a-person" in labels
    [job] = world()["jobs"].values()
    assert job["limit"] == "web-01,web-02,mail-01,file-01"  # those that are reached from outside first


def test_nothing_is_patched_before_somebody_says_yes(play, dmz, world):
    before = unpatched(world)
    status, record = play("vulnerability-cycle")
    assert (status, record["waiting"][0]["path"], unpatched(world)) == (Exit.WAITING, "confirm", before)
    assert 'Reached from outside: ["web-01","web-02","mail-01"]' in record["waiting"][0]["text"]
    assert world()["jobs"] == {}


def test_who_says_no_leaves_the_tickets_open(play, dmz, world):
    before = unpatched(world)
    status, _ = play("vulnerability-cycle", *NO)
    assert (status, unpatched(world), {row[0] for row in tickets(world).values()}) == (Exit.DONE, before, {"To Do"})


def test_a_job_that_takes_no_limit_is_not_started(play, dmz, world):
    inputs = json.dumps({"template": "8"})
    status, record = play("vulnerability-cycle", "--input", inputs, *YES)
    assert (status, record["status"], world()["jobs"]) == (Exit.FAILED, "failed", {})
    assert "patch: refused" in tickets(world)["Needs a person: scan 12"][1]


def test_a_scanner_that_lets_no_program_start_scans_gives_its_newest_results(play, dmz, world, lab_control):
    lab_control.patch("/world", json={"permissions": {"nessus": {"access": "read"}}}).raise_for_status()
    status, record = play("vulnerability-cycle", *YES)
    assert (status, record["nodes"]["readonly"]["port"]) == (Exit.DONE, "true")
    assert world()["scans"]["12"]["runs"] == 0
    assert record["nodes"]["clean"]["state"] == "succeeded"  # that scan never ran, and nobody answered


def test_a_host_that_goes_off_meanwhile_is_not_called_mended(program, play, dmz, world, lab_control):
    _, record = play("vulnerability-cycle")
    key = named(world, "hosts", "web-02")["id"]
    lab_control.patch("/world", json={"hosts": {key: {"online": False}}}).raise_for_status()
    done = program.run("runs", "resume", record["run"], *YES)
    assert done.returncode == Exit.DONE
    assert "web-02 CVE-2026-90010" in unpatched(world)
    assert 'Not mended, or not seen again: ["web-02","mail-01"]' in tickets(world)[LEFT][1]


# Threat intelligence


def test_what_a_feed_names_is_blocked_and_what_it_named_long_ago_is_let_go(play, begin, world, pass_minutes):
    begin("threat-feed")
    status, record = play("spread-threat-intel", *YES)
    assert (status, record["status"]) == (Exit.DONE, "succeeded")
    assert blocked(world) == ["203.0.113.77", "203.0.113.201", "203.0.113.202", "203.0.113.203"]
    [title] = tickets(world)
    assert title == "Threat intelligence spread: 3 blocked, 2 let go"
    assert "198[.]51[.]100[.]25" in tickets(world)[title][1]  # the mail provider, left out
    pass_minutes(5)
    assert len(tickets(world)) == 1  # nobody called the help desk


def test_intrusion_detection_watches_what_was_blocked_unless_there_is_none(play, begin, world, lab_control):
    begin("threat-feed")
    play("spread-threat-intel", "--input", json.dumps({"watch": False}), *YES)
    assert world()["datasets"]["tocsin-listed"]["entries"] == []
    begin("threat-feed")
    play("spread-threat-intel", *YES)
    assert world()["datasets"]["tocsin-listed"]["entries"] == ["203.0.113.201", "203.0.113.202", "203.0.113.203"]
    assert {change["cause"] != "" for change in lab_control.get("/changes").json()} == {True}


def test_who_blocks_what_the_feed_says_without_a_second_look_is_called(begin, lab, lab_control, world, pass_minutes):
    """Why the playbook asks the warning lists."""
    begin("threat-feed")
    lab_control.patch("/world", json={"aliases": {"tocsin_block": {"entries": [MAIL]}}}).raise_for_status()
    pass_minutes(1)
    assert list(tickets(world)) == ["The mail provider cannot be reached"]


def test_a_feed_that_may_not_be_read_changes_nothing_and_says_so(play, begin, world, plant):
    begin("threat-feed")
    plant("misp", "*", 403)
    before = blocked(world)
    status, _ = play("spread-threat-intel", *YES)
    assert (status, blocked(world)) == (Exit.FAILED, before)
    assert "permission" in tickets(world)["Needs a person: threat intelligence was not spread in full"][1]


# Joiners


def test_a_newcomer_gets_an_account_in_the_groups_that_were_asked_for(play, begin, world):
    begin("joiner")
    inputs = json.dumps({"groups": ["staff", "planning"]})
    status, _ = play("joiner", "--input", inputs, *YES)
    user, groups = named(world, "users", "newcomer"), world()["groups"]
    assert (status, user["enabled"], user["email"]) == (Exit.DONE, True, "newcomer@example.com")
    assert [groups[key]["name"] for key in user["groups"]] == ["staff", "planning"]
    assert list(tickets(world)) == ["Joiner newcomer: account is there"]


def test_whoever_approves_is_told_of_more_than_usual_rights(play, begin):
    begin("joiner")
    status, record = play("joiner", "--input", json.dumps({"groups": ["administrators"]}))
    assert (status, "more than usual rights" in record["waiting"][0]["text"]) == (Exit.WAITING, True)


def test_a_name_that_is_taken_is_not_touched(play, begin, world):
    begin("joiner")
    before = named(world, "users", "former")
    status, _ = play("joiner", "--input", json.dumps({"user": "former"}), *YES)
    assert (status, named(world, "users", "former")) == (Exit.DONE, before)
    assert list(tickets(world)) == ["Needs a person: joiner former, the name is taken"]


def test_a_group_that_is_not_there_needs_a_person_and_the_account_stays(play, begin, world):
    begin("joiner")
    status, record = play("joiner", "--input", json.dumps({"groups": ["staff", "nowhere"]}), *YES)
    assert (status, record["nodes"]["groups"]["output"]["failed"]) == (Exit.FAILED, 1)
    assert "The account is there; its groups are not complete." in tickets(world)["Needs a person: joiner newcomer"][1]


def test_a_joiner_taken_back_is_locked_out_and_in_no_group(program, play, begin, world):
    begin("joiner")
    _, record = play("joiner", *YES)
    undo(program, record)
    user = named(world, "users", "newcomer")
    assert (user["enabled"], user["groups"]) == (False, [])


# Ransomware


def test_ransomware_is_stopped_and_stays_stopped(play, begin, world, vendors, pass_minutes):
    begin("ransomware-file-server")
    status, record = play("isolate-ransomware", "--answer", "others/sure=approved")
    assert (status, record["status"]) == (Exit.DONE, "succeeded")
    assert vendors.isolated() == ["file-01", "ws-14", "ws-22"]
    assert (vendors.can_sign_in("clerk2"), vendors.sessions("clerk2"), vendors.blocked()) == (False, 0, [KEYS])
    seen = pass_minutes(6)
    assert [flow for flow in seen["flows"] if flow["outside"] == KEYS] == []
    assert not any(sign_in["succeeded"] for sign_in in seen["sign_ins"] if sign_in["user"] == "clerk2")
    [text] = said(world)
    assert text.startswith("Ransomware on ws-14 is stopped: Many files renamed on a file server. Ticket SEC-1")
    assert vendors.notes()[0].endswith("User: clerk2, disabled.")  # what the playbook that it calls found then


def test_the_team_is_told_in_its_chat_also_when_no_ticket_can_be_written(play, begin, world, plant):
    begin("ransomware-file-server")
    plant("jira", "*", 500)
    status, record = play("isolate-ransomware", "--answer", "others/sure=rejected")
    [text] = said(world)
    assert (status, record["nodes"]["alarm"]["state"]) == (Exit.FAILED, "succeeded")
    assert "ransomware on ws-14, and the playbook could not finish. No ticket could be written." in text


def test_the_file_server_is_left_alone_when_nobody_wants_it_isolated(play, begin, vendors):
    begin("ransomware-file-server")
    status, _ = play("isolate-ransomware", "--answer", "others/sure=rejected")
    assert (status, vendors.isolated()) == (Exit.DONE, ["ws-14"])


def test_a_critical_host_is_never_isolated_unasked(play, begin, vendors):
    begin("ransomware-file-server")
    status, record = play("isolate-ransomware", "--input", json.dumps({"host": "file-01"}))
    assert (status, record["waiting"][0]["path"], vendors.isolated()) == (Exit.WAITING, "confirm", [])


# Beacons


def test_a_beacon_falls_silent_and_the_address_is_kept_as_an_indicator(play, begin, world, vendors, pass_minutes):
    begin("beaconing-workstation")
    assert {flow["host"] for flow in pass_minutes(1)["flows"] if flow["outside"] == BEACON} == {"ws-27", "ws-28"}
    status, _ = play("beaconing-hunt", *YES)
    assert (status, vendors.isolated(), vendors.blocked()) == (Exit.DONE, ["laptop-09", "ws-27", "ws-28"], [BEACON])
    assert [flow for flow in pass_minutes(5)["flows"] if flow["outside"] == BEACON] == []
    own = [row["value"] for row in world()["indicators"].values() if row["event"] == "1"]
    assert own == [BEACON]
    assert vendors.notes()[0].endswith("User: none named.")
    assert "laptop-09: isolating" in next(iter(tickets(world).values()))[1]


def test_what_a_warning_list_knows_as_harmless_is_left_alone(play, begin, world, vendors):
    begin("beaconing-workstation")
    status, record = play("beaconing-hunt", "--input", json.dumps({"src_ip": "198.51.100.40"}))
    assert (status, vendors.blocked(), vendors.isolated(), tickets(world)) == (Exit.DONE, [], [], {})
    assert "known as harmless" in vendors.notes()[0]
    assert [change["path"] for change in record["changes"]] == ["noted"]


def test_a_hunt_can_be_taken_back(program, play, begin, world, vendors):
    begin("beaconing-workstation")
    _, record = play("beaconing-hunt", *YES)
    undo(program, record)
    assert (vendors.blocked(), [row["value"] for row in world()["indicators"].values() if not row["deleted"]]) == (
        [],
        [BEACON, "198.51.100.40"],
    )


# Phishing


def mails(world):
    return sorted(
        (row["mailbox"].partition("@")[0], row["folder"])
        for row in world()["messages"].values()
        if row["sender"] == "billing@example.net"
    )


def test_every_copy_of_a_phishing_mail_goes_and_the_mail_provider_stays(play, begin, world, vendors, pass_minutes):
    begin("phishing-malware")
    others = {key for key, row in world()["messages"].items() if row["sender"] != "billing@example.net"}
    status, record = play("phishing-triage", *YES)
    assert (status, record["status"], mails(world), set(world()["messages"])) == (Exit.DONE, "succeeded", [], others)
    assert vendors.blocked() == ["203.0.113.55"]
    pass_minutes(3)
    assert list(tickets(world)) == ["Phishing of billing[@]example[.]net: deleted and blocked"]
    assert "Whoever opened a link in it says so in ticket SEC-1." in said(world)[0]


def test_mails_are_out_of_sight_before_anybody_is_asked_and_come_back_when_taken_back(program, play, begin, world):
    begin("phishing-malware")
    before = mails(world)
    _, record = play("phishing-triage", *NO)
    assert {folder for _, folder in mails(world)} == {"junkemail"}
    undo(program, record)
    assert mails(world) == before


def test_a_mail_of_which_nothing_bad_is_known_is_left_where_it_is(play, begin, world):
    begin("phishing-malware")
    letter = next(row for row in world()["messages"].values() if row["subject"] == "This week")
    inputs = json.dumps({"mailbox": letter["mailbox"], "message": letter["id"]})
    status, record = play("phishing-triage", "--input", inputs)
    assert (status, [change["path"] for change in record["changes"]]) == (Exit.DONE, ["unknown"])


# Evidence and upkeep


def test_evidence_says_what_is_met_and_changes_nothing_but_its_ticket(play, begin, world, lab_control):
    begin("compliance-evidence")
    status, _ = play("compliance-evidence")
    [(title, (_, text, _))] = tickets(world).items()
    assert (status, title) == (Exit.DONE, "Evidence: 1 of 5 controls are shown to be met")
    assert "1. Who left cannot sign in: NOT SHOWN" in text
    assert "former can sign in, sessions 1" in text
    assert "2. Critical computers are watched and on the network: NOT SHOWN" in text
    assert "db-01 isolated" in text
    [report] = world()["reports"].values()
    assert hashlib.sha256(report["text"].encode()).hexdigest() in text
    assert text.splitlines()[:-1] == report["text"].splitlines()[2:]
    assert "5. This computer passes its hardening checks: NOT SHOWN" in text
    assert [change["table"] for change in lab_control.get("/changes").json()] == ["reports", "tickets"]


def test_evidence_that_cannot_be_put_into_a_file_is_in_the_ticket_which_says_so(play, begin, world, plant):
    begin("compliance-evidence")
    plant("report_folder", "/file/write", 403)
    play("compliance-evidence")
    [(_, (_, text, _))] = tickets(world).items()
    assert "THE REPORT COULD NOT BE WRITTEN: This computer does not let Tocsin into the folder." in text
    assert "former can sign in, sessions 1" in text


def test_what_could_not_be_read_is_not_shown(play, begin, world, plant):
    begin("compliance-evidence")
    plant("opnsense", "*", 403)
    play("compliance-evidence")
    [(_, (_, text, _))] = tickets(world).items()
    assert "4. The block list is kept: NOT SHOWN. It could not be read" in text


DOWN = "Needs a person: products that do not answer"
NOTHING_COUNTED_ON = ("--input", json.dumps({"counted_on": []}))


def test_products_that_answer_need_no_ticket(play, world):
    status, record = play("connector-health", *NOTHING_COUNTED_ON)
    assert (status, tickets(world), record["changes"]) == (Exit.DONE, {}, [])


def test_a_playbook_that_did_not_run_lately_is_told_of_until_it_is_rehearsed(play, world):
    counted_on = ("--input", json.dumps({"counted_on": ["unblock-address"]}))
    play("connector-health", *counted_on)
    [(title, (_, text, _))] = tickets(world).items()
    assert title.endswith("playbooks to rehearse: 1")
    assert 'Not run in 30 days: ["unblock-address: never"]' in text
    play("unblock-address", "--mode", "rehearse", *YES)
    _, record = play("connector-health", *counted_on)
    assert record["changes"] == []


def test_a_product_that_does_not_take_its_key_is_told_of(play, world, lab_control):
    lab_control.patch("/world", json={"permissions": {"awx": {"access": "none"}}}).raise_for_status()
    status, _ = play("connector-health", *NOTHING_COUNTED_ON)
    [(title, (_, text, _))] = tickets(world).items()
    assert (status, title) == (Exit.DONE, f"{DOWN}: 1, of another version: 0; playbooks to rehearse: 0")
    assert "AWX: permission." in text
    assert said(world) == [
        'Not answering: ["AWX"]. Of another version: []. Not run lately: []. On changed connections: []. Ticket SEC-1.'
    ]


def test_a_product_of_another_version_than_was_tried_is_told_of(play, world):
    play("connector-health", "--input", json.dumps({"feed_version": "2.4.", "counted_on": []}))
    [(title, (_, text, _))] = tickets(world).items()
    assert title == f"{DOWN}: 0, of another version: 1; playbooks to rehearse: 0"
    assert "MISP: 2.5.34, tried with 2.4." in text


def test_when_no_ticket_can_be_written_the_chat_says_so(play, world, plant):
    plant("jira", "*", 500)
    status, _ = play("connector-health", *NOTHING_COUNTED_ON)
    assert (status, tickets(world)) == (Exit.DONE, {})
    [text] = said(world)
    assert text.startswith('Not answering: ["Jira"].')
    assert text.endswith("No ticket could be written.")
