"""Every shipped playbook that changes something, played and then taken back: the world is as it was before.

What stays is listed: tickets are closed and not torn up, what was said was said, and nobody brings back a session, a
deleted mail or the state before a patch.
"""

import pytest
from tests.journeys.differing import differing
from tests.matrix.playing import HOMES

from tocsin.cli.messages import Exit

TICKET = ("tickets", "SEC-1")
SESSIONS = {("users", "sessions"), ("users", "not_before")}
SCAN = {("scans", name) for name in ("answered", "found", "runs", "started", "state")}
STAYS = {
    "beaconing-hunt": {TICKET, "connections", "indicators", "notes"},
    "compliance-evidence": {TICKET},
    "contain-suspicious-ip": {TICKET, *SESSIONS},
    "isolate-host": {TICKET},
    "isolate-ransomware": {TICKET, "connections", "notes", "posts", *SESSIONS},
    "joiner": {TICKET, "users"},
    "leaver": {TICKET, *SESSIONS},
    "phishing-triage": {TICKET, "messages", "posts"},
    "release-host": {TICKET},
    "spread-threat-intel": {TICKET},
    "unblock-address": {"notes"},
    "vulnerability-cycle": {*(("tickets", f"SEC-{number}") for number in range(1, 6)), *SCAN, "jobs", "weaknesses"},
}
"""What is left of each: a table and the name that differs in it, or a table whose rows nothing takes back."""
ANSWERS = {
    "compliance-evidence": (),
    "contain-suspicious-ip": ("hosts/confirm=approved",),
    "isolate-ransomware": ("confirm=approved", "others/sure=approved"),
}
OFF = {"laptop-09"}
"""A host that is off is let back in as soon as it comes to the network again."""


@pytest.fixture
def standing(world, vendors):
    """Look at the world; what only lasts until the next look, or has no order, does not count."""

    def looked():
        vendors.isolated()  # a host is released when it is next looked at
        books = world()
        books["aliases"] = {key: {**row, "entries": sorted(row["entries"])} for key, row in books["aliases"].items()}
        books["hosts"] = {key: row for key, row in books["hosts"].items() if row["name"] not in OFF}
        return {name: rows for name, rows in books.items() if name != "quotas"}

    return looked


@pytest.mark.parametrize("name", STAYS)
def test_what_a_playbook_did_is_taken_back_but_for_what_nothing_brings_back(
    program, play, begin, at_once, standing, name
):
    begin(HOMES[name])
    at_once()
    before = standing()
    answers = ANSWERS.get(name, ("confirm=approved",))
    _, record = play(name, *(part for answer in answers for part in ("--answer", answer)))
    after = standing()
    assert differing(before, after) != set()
    done = program.run("runs", "undo", record["run"], "--yes")
    left = differing(before, standing())
    assert done.returncode == Exit.DONE, done.stderr
    assert {(path[0], path[-1]) for path in left if path[0] not in STAYS[name]} <= STAYS[name]


def test_every_playbook_that_can_be_taken_back_is_tried():
    """The others write one note, which stays, or nothing."""
    assert set(HOMES) - set(STAYS) == {"enrich-alert", "connector-health"}
