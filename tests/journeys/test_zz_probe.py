"""Every shipped playbook that changes something, played and then taken back: the world is as it was before.

What stays is listed: tickets are closed and not torn up, what was said was said, and nobody brings a session, a mail
or a patch back.
"""

import pytest
from tests.journeys.differing import differing
from tests.matrix.playing import HOMES

from tocsin.cli.messages import Exit

YES = ("--answer", "confirm=approved")
ANSWERS = {
    "contain-suspicious-ip": ("--answer", "hosts/confirm=approved"),
    "isolate-ransomware": (*YES, "--answer", "others/sure=approved"),
    "enrich-alert": (), "connector-health": (), "compliance-evidence": (),
}
@pytest.mark.parametrize("name", HOMES)
def test_x(name, program, play, begin, at_once, lab_control):
    begin(HOMES[name]); at_once()
    before = lab_control.get("/world").json()
    status, record = play(name, *ANSWERS.get(name, YES))
    mid = lab_control.get("/world").json()
    done = program.run("runs", "undo", record["run"], "--yes")
    for h in before["hosts"]: pass
    after = lab_control.get("/world").json()
    print(name, status, len(record["changes"]), "UNDO", done.returncode, done.stderr[:200])
    print("  changed", sorted({(p[0],p[-1]) for p in differing(before, mid)}))
    print("  left", sorted({(p[0],p[-1]) for p in differing(before, after)}))
