"""The goals that a scenario can judge by itself are reached by the playbook that is shipped for it."""

import pytest

from tocsin.lab import load_scenario
from tocsin.services.lab_desk import GoalState, goals_of

YES = ("--answer", "confirm=approved")
USES = {
    "tor-brute-force": ("contain-suspicious-ip", ("--answer", "hosts/confirm=approved")),
    "beaconing-workstation": ("beaconing-hunt", YES),
    "compliance-evidence": ("compliance-evidence", ()),
    "critical-cve-dmz": ("vulnerability-cycle", YES),
    "joiner": ("joiner", YES),
    "leaver-with-sessions": ("leaver", YES),
    "phishing-malware": ("phishing-triage", YES),
    "ransomware-file-server": ("isolate-ransomware", ("--answer", "others/sure=approved")),
    "threat-feed": ("spread-threat-intel", YES),
}


def judged(scenario, lab_control):
    """Return the goals of a scenario and how each stands now, by its words."""
    world, changes = lab_control.get("/world").json(), lab_control.get("/changes").json()
    goals = goals_of(load_scenario(scenario), {name: world[name] for name in world if name != "seed"}, changes)
    return {goal.words: goal.state for goal in goals}


@pytest.mark.parametrize("scenario", USES)
def test_the_playbook_of_a_use_reaches_the_goals_of_its_scenario(scenario, begin, at_once, play, lab_control):
    begin(scenario)
    at_once()
    name, answers = USES[scenario]
    _, record = play(name, *answers)
    lab_control.post("/clock", json={"seconds": 60}).raise_for_status()
    goals = judged(scenario, lab_control)
    assert [words for words, state in goals.items() if state is GoalState.OPEN] == [], record["status"]
    assert GoalState.REACHED in goals.values()


def test_a_false_positive_is_won_by_leaving_its_address_alone_and_taking_back_what_was_done(begin, play, lab_control):
    begin("false-positive")
    play("contain-suspicious-ip")
    blocked, isolated, others = judged("false-positive", lab_control).values()
    assert (blocked, isolated, others) == (GoalState.OPEN, GoalState.OPEN, GoalState.REACHED)
    play("unblock-address", *YES)
    play("release-host", *YES)
    assert set(judged("false-positive", lab_control).values()) == {GoalState.REACHED}
