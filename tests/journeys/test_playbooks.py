"""Shipped playbooks in their scenarios: what they do to the Lab's products, asked back from the products themselves.

What contains a suspicious address has a file of its own, and so have the uses beside incident response.
"""

import json

import pytest
from tests.journeys.program import ROOT
from tests.matrix.playing import HOMES

from tocsin.base.resources import playbook_paths
from tocsin.cli.messages import Exit

LEAVER, FALSE_POSITIVE = "leaver-with-sessions", "false-positive"
PLAYBOOKS = [path.stem for path in playbook_paths()]
YES, NO = ("--answer", "confirm=approved"), ("--answer", "confirm=rejected")
ALL_YES = {
    "contain-suspicious-ip": ("--answer", "hosts/confirm=approved"),
    "isolate-ransomware": (*YES, "--answer", "others/sure=approved"),
    "enrich-alert": (),
    "connector-health": (),
    "compliance-evidence": (),
}
SCANNER, FOE, OTHER = "198.51.100.53", "203.0.113.66", "198.51.100.9"
BLOCKED = [SCANNER, OTHER, FOE]
NEEDS_A_PERSON = "needs-a-person"
WITH_HELP = {"contain-suspicious-ip", "isolate-host", "isolate-ransomware", "leaver", "release-host", "unblock-address"}
"""Those that the products below stop, and that end in a ticket then."""


@pytest.fixture
def leaving(begin):
    begin(LEAVER)


@pytest.fixture
def false_positive(begin):
    begin(FALSE_POSITIVE)


def paths(record):
    return [change["path"] for change in record["changes"]]


def the_ticket(vendors):
    [ticket] = vendors.tickets()
    return ticket


def the_note(vendors):
    [note] = vendors.notes()
    return note


def ensure_handed_over(vendors, answer, *said):
    """The run failed, and its ticket calls for a person and says why."""
    status, record = answer
    assert (status, record["status"]) == (Exit.FAILED, "failed")
    title, text, labels = the_ticket(vendors)
    assert title.startswith("Needs a person: ")
    assert NEEDS_A_PERSON in labels
    assert [words for words in said if words not in text] == []


# Every playbook, everywhere


def test_every_shipped_playbook_has_a_scenario_to_be_shown_in():
    assert sorted(HOMES) == sorted(PLAYBOOKS)


@pytest.mark.parametrize("name", PLAYBOOKS)
def test_a_playbook_comes_to_its_end_with_its_sample_in_its_scenario(play, begin, at_once, name):
    begin(HOMES[name])
    at_once()
    status, record = play(name, *ALL_YES.get(name, YES))
    assert (status, record["status"], record["error"]) == (Exit.DONE, "succeeded", None)


@pytest.mark.parametrize("name", PLAYBOOKS)
def test_a_rehearsal_changes_nothing(play, begin, lab_control, name):
    begin(HOMES[name])
    status, record = play(name, "--mode", "rehearse")
    assert (status in {Exit.DONE, Exit.FAILED}, record["changes"], lab_control.get("/changes").json()) == (True, [], [])


@pytest.mark.parametrize("name", [name for name in PLAYBOOKS if name in WITH_HELP])
def test_a_ticket_system_that_is_down_makes_the_run_fail_and_says_so(play, vendors, plant, name):
    """No ticket can tell of it then, so the run must."""
    plant("jira", "*", 500)
    for product, path in (("falcon", "/devices/*"), ("keycloak", "/admin/*"), ("opnsense", "*")):
        plant(product, path, 403)  # unlike 500, nothing is tried again, nor waited for
    status, record = play(name, *ALL_YES.get(name, YES))
    assert (status, record["status"]) == (Exit.FAILED, "failed")
    assert record["nodes"]["stopped"]["state"] == "succeeded"
    assert record["nodes"]["help"]["port"] == "error"


def test_check_finds_nothing_to_say(program):
    done = program.run("check", str(ROOT / "playbooks"))
    assert (done.returncode, done.stdout) == (Exit.DONE, f"{len(PLAYBOOKS)} files: no problems.\n")


# Enrich an alert


def test_what_is_known_is_one_note_and_nothing_else_changes(play, vendors):
    status, record = play("enrich-alert")
    assert (status, paths(record), vendors.tickets()) == (Exit.DONE, ["noted"], [])
    assert the_note(vendors).splitlines() == [
        "Address 203[.]0[.]113[.]66: score 97 of 100, 291 reports, TOR exit.",
        'Hosts that talked to it: ["ws-02","ws-03 (critical)","ws-07"].',
        "User: clerk1, can sign in.",
    ]


def test_a_harmless_address_and_nobody_behind_it_are_said_plainly(play, vendors):
    play("enrich-alert", "--input", json.dumps({"src_ip": SCANNER, "user": "leaver"}))
    assert the_note(vendors).splitlines() == [
        "Address 198[.]51[.]100[.]53: score 0 of 100, 264 reports, allow-listed.",
        "Hosts that talked to it: none.",
        "User: leaver, disabled.",
    ]


def test_what_could_not_be_looked_up_is_in_the_note(play, vendors, plant):
    plant("falcon", "/iocs/*", 403)
    status, record = play("enrich-alert", "--input", json.dumps({"user": "nobody", "src_ip": "10.20.1.5"}))
    assert (status, record["status"], paths(record)) == (Exit.DONE, "succeeded", ["noted"])
    address, hosts, user = the_note(vendors).splitlines()
    assert address.endswith("; it is one of our own.")
    assert hosts == "Hosts that talked to it: not known (permission)."
    assert user == "User: not known (not_found)."


def test_a_note_that_cannot_be_written_becomes_a_ticket(play, vendors, world, plant):
    plant("elasticsearch", "/api/note", 500)
    ensure_handed_over(vendors, play("enrich-alert"), "could not be written", "Nothing was changed")
    assert world()["notes"] == {}


# Lock a leaver's account


def test_a_leaver_is_locked_out_and_the_ticket_says_what_lives_on(play, leaving, vendors):
    status, record = play("leaver", *YES)
    assert (status, paths(record)) == (Exit.DONE, ["disable", "sessions", "ticket"])
    assert (vendors.can_sign_in("planner"), vendors.sessions("planner")) == (False, 0)
    assert (vendors.can_sign_in("planner-intern"), vendors.sessions("planner-intern")) == (True, 1)
    title, text, labels = the_ticket(vendors)
    assert title == "Leaver planner: account disabled"
    assert "Sessions ended: 3." in text
    assert "What lives on: access tokens" in text
    assert NEEDS_A_PERSON not in labels


def test_the_question_shows_what_is_at_stake_and_nothing_happens_before_the_answer(play, leaving, vendors):
    status, record = play("leaver")
    [question] = record["waiting"]
    assert (status, question["path"]) == (Exit.WAITING, "confirm")
    assert "planner (can sign in) and end the open sessions (3)" in question["text"]
    assert (vendors.can_sign_in("planner"), vendors.sessions("planner"), vendors.tickets()) == (True, 3, [])


def test_a_leaver_who_is_spared_keeps_everything_and_a_ticket_says_so(play, leaving, vendors):
    status, record = play("leaver", *NO)
    assert (status, paths(record)) == (Exit.DONE, ["declined"])
    assert (vendors.can_sign_in("planner"), vendors.sessions("planner")) == (True, 3)
    title, text, _ = the_ticket(vendors)
    assert title == "Leaver planner: account left as it is"
    assert "can sign in. Open sessions: 3." in text


def test_sessions_of_an_account_that_is_disabled_already_are_ended(play, leaving, vendors):
    status, record = play("leaver", "--input", "user=leaver", *YES)
    assert (status, paths(record), vendors.sessions("leaver")) == (Exit.DONE, ["sessions", "ticket"], 0)


def test_an_account_of_a_read_only_directory_needs_a_person(play, leaving, vendors):
    answer = play("leaver", "--input", "user=partner", *YES)
    ensure_handed_over(vendors, answer, "disable: bad_input", "not known to be disabled")
    assert (vendors.can_sign_in("partner"), vendors.sessions("partner")) == (True, 2)


def test_a_part_of_a_name_is_nobody(play, leaving, vendors):
    ensure_handed_over(vendors, play("leaver", "--input", "user=plan", *YES), "account: not_found")
    assert vendors.can_sign_in("planner")


def test_sessions_that_cannot_be_ended_are_told_though_the_account_is_disabled(play, leaving, vendors, plant):
    plant("keycloak", "*/logout", 500)
    ensure_handed_over(vendors, play("leaver", *YES), "The account is disabled", "not known to be ended")
    assert (vendors.can_sign_in("planner"), vendors.sessions("planner")) == (False, 3)


def test_a_leaver_who_stays_after_all_can_sign_in_again(program, play, leaving, vendors):
    _, record = play("leaver", *YES)
    program.run("runs", "undo", record["run"], "--yes")
    assert (vendors.can_sign_in("planner"), vendors.sessions("planner")) == (True, 0)


# Isolate a host


def test_an_ordinary_host_is_isolated_at_once(play, vendors):
    status, record = play("isolate-host", "--input", json.dumps({"host": "ws-12", "reason": "Ransom note"}))
    assert (status, paths(record), vendors.isolated()) == (Exit.DONE, ["isolate", "ticket"], ["ws-12"])
    title, text, _ = the_ticket(vendors)
    assert title == "Isolated ws-12"
    assert "it is cut off from the network" in text
    assert "Reason: Ransom note." in text


@pytest.mark.parametrize(
    ("answer", "isolated", "title"),
    [(YES, ["ws-03"], "Isolated ws-03"), (NO, [], "Not isolated: ws-03")],
)
def test_a_person_decides_about_a_critical_host(play, vendors, answer, isolated, title):
    status, _ = play("isolate-host", "--input", "host=ws-03", *answer)
    assert (status, vendors.isolated(), the_ticket(vendors)[0]) == (Exit.DONE, isolated, title)


@pytest.mark.parametrize(("host", "said"), [("ws-04", "0 hosts"), ("ws-0412", '2 hosts have this name: ["10.20.2.12"')])
def test_a_name_that_is_not_that_of_one_host_isolates_none(play, vendors, host, said):
    ensure_handed_over(vendors, play("isolate-host", "--input", f"host={host}"), said, "not known to be isolated")
    assert vendors.isolated() == []


def test_a_host_that_is_off_is_ordered_to_and_the_ticket_says_that_it_is_not_yet(play, leaving, vendors):
    status, _ = play("isolate-host", "--input", "host=laptop-07")
    assert (status, vendors.isolated()) == (Exit.DONE, ["laptop-07"])
    assert "the sensor says isolating" in the_ticket(vendors)[1]


def test_an_isolation_that_fails_needs_a_person(play, vendors, plant):
    plant("falcon", "*/devices-actions/*", 500)
    ensure_handed_over(vendors, play("isolate-host"), "isolate: unavailable", "not known to be isolated")
    assert vendors.isolated() == []


# Release a host


def test_a_host_of_a_false_positive_comes_back(play, false_positive, vendors):
    status, record = play("release-host", *YES)
    assert (status, paths(record)) == (Exit.DONE, ["release", "ticket"])
    assert vendors.isolated() == ["ws-0412"]
    title, text, _ = the_ticket(vendors)
    assert title == "Released ws-11"
    assert "False positive, the scanner was ours." in text


def test_a_host_that_is_kept_stays_isolated(play, false_positive, vendors):
    status, record = play("release-host", *NO)
    assert (status, paths(record), vendors.isolated()) == (Exit.DONE, ["declined"], ["ws-0412", "ws-11"])
    assert the_ticket(vendors)[0] == "Stays isolated: ws-11"


def test_there_is_nothing_to_release_where_nothing_is_isolated(play, false_positive, vendors):
    status, record = play("release-host", "--input", "host=ws-12")
    assert (status, record["changes"], record["nodes"]["nothing"]["state"]) == (Exit.DONE, [], "succeeded")
    assert vendors.tickets() == []


def test_a_name_of_two_hosts_releases_neither(play, false_positive, vendors):
    answer = play("release-host", "--input", "host=ws-0412", *YES)
    ensure_handed_over(vendors, answer, "2 hosts have this name", "not known to be released")
    assert vendors.isolated() == ["ws-0412", "ws-11"]


def test_a_release_that_fails_needs_a_person(play, false_positive, vendors, plant):
    plant("falcon", "*/devices-actions/*", 500)
    ensure_handed_over(vendors, play("release-host", *YES), "release: unavailable")
    assert vendors.isolated() == ["ws-0412", "ws-11"]


def test_what_one_playbook_isolates_the_other_releases(play, vendors):
    play("isolate-host", "--input", "host=ws-07")
    assert vendors.isolated() == ["ws-07"]
    status, _ = play("release-host", "--input", "host=ws-07", *YES)
    assert (status, vendors.isolated()) == (Exit.DONE, [])


# Take back a false block


def test_a_false_block_is_taken_back_and_the_others_stay(play, false_positive, vendors):
    status, record = play("unblock-address", *YES)
    assert (status, paths(record)) == (Exit.DONE, ["unblock", "noted"])
    assert (vendors.blocked(), vendors.tickets()) == ([OTHER, FOE], [])
    assert the_note(vendors).startswith("False positive: the block of 198[.]51[.]100[.]53 was taken back.")


def test_a_block_that_a_person_keeps_stays(play, false_positive, vendors):
    status, record = play("unblock-address", *NO)
    assert (status, paths(record), vendors.blocked()) == (Exit.DONE, ["kept"], BLOCKED)
    assert "keeps the block of 198[.]51[.]100[.]53" in the_note(vendors)


@pytest.mark.parametrize(("address", "score"), [(FOE, 97), (OTHER, 61)])
def test_an_address_that_is_not_clean_stays_blocked_and_nobody_is_asked(play, false_positive, vendors, address, score):
    status, record = play("unblock-address", "--input", f"src_ip={address}")
    assert (status, record["nodes"]["confirm"]["state"], vendors.blocked()) == (Exit.DONE, "skipped", BLOCKED)
    assert f"has score {score} and is not allow-listed" in the_note(vendors)


def test_an_address_that_is_not_blocked_is_left_as_it_is(play, vendors):
    status, record = play("unblock-address")
    assert (status, paths(record), vendors.blocked()) == (Exit.DONE, ["kept"], [])
    assert the_note(vendors) == "Nothing was unblocked: 198[.]51[.]100[.]53 is not blocked."


@pytest.mark.parametrize(
    ("product", "path", "said"),
    [
        ("abuseipdb", "*", "reputation: permission"),
        ("opnsense", "*/alias_util/list/*", "blocks: permission"),
        ("opnsense", "*/alias_util/delete/*", "unblock: permission"),
    ],
)
def test_an_unblocking_that_fails_needs_a_person(play, false_positive, vendors, world, plant, product, path, said):
    plant(product, path, 403)
    ensure_handed_over(vendors, play("unblock-address", *YES), said, "not known to be taken back")
    assert world()["aliases"]["tocsin_block"]["entries"] == BLOCKED


def test_a_contained_false_positive_is_put_right_by_the_two_that_take_back(play, false_positive, vendors):
    """The right move from the start: the containment leaves an allow-listed address alone."""
    alert = json.dumps({"src_ip": SCANNER})
    status, record = play("contain-suspicious-ip", "--input", alert)
    assert (status, paths(record), vendors.sessions("clerk1")) == (Exit.DONE, ["noted"], 2)
    play("unblock-address", *YES)
    play("release-host", *YES)
    assert (vendors.blocked(), vendors.isolated()) == ([OTHER, FOE], ["ws-0412"])


# By one command


def test_a_playbook_is_shown_in_its_scenario_by_one_command(program):
    done = program.run("run", str(ROOT / "playbooks" / "leaver.yaml"), "--scenario", LEAVER, *YES)
    assert (done.returncode, "disabled planner" in done.stdout) == (Exit.DONE, True)


def test_a_lab_that_runs_already_is_not_made_to_play_another_scenario(program, lab):
    done = program.run("run", str(ROOT / "playbooks" / "leaver.yaml"), "--scenario", LEAVER, *YES)
    assert (done.returncode, "plays “tor-brute-force”" in done.stderr) == (Exit.WRONG_USE, True)
