from tests.unit.checks.build import check, read

from tocsin.checks import mend
from tocsin.edits import RemoveNodes, SetField
from tocsin.model.problems import Fix, Problem, Severity

TEXT = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: condition, when: "{{ alert.severity >= 80 }}"}
  sure: {kind: ask, ask: approval, text: Sure}
edges: [alert -> severe, severe.true -> sure]
"""


def test_every_fix_is_done_until_none_is_left():
    mended, done = mend(read(TEXT), check, lambda problem: True)
    assert check(mended) == ()
    assert {problem.code.name for problem in done} == {"UNWIRED_BRANCH", "BRACES_IN_CEL", "WAITS_FOREVER"}


def test_only_what_is_wanted_is_done():
    mended, done = mend(read(TEXT), check, lambda problem: problem.fix.is_safe)
    assert "WAITS_FOREVER" in [problem.code.name for problem in check(mended)]
    assert all(problem.fix.is_safe for problem in done)


def test_a_fix_that_is_refused_is_passed_over():
    gone = Problem("X", Severity.ERROR, "It is gone.", fix=Fix("Remove it", RemoveNodes(("nobody",))))
    playbook = read(TEXT)
    assert mend(playbook, lambda _: (gone,), lambda _: True) == (playbook, ())


def test_a_fix_that_mends_nothing_is_tried_once():
    stays = Problem("X", Severity.ERROR, "It stays.", fix=Fix("Call it so", SetField("sure", ("title",), "So")))
    _, done = mend(read(TEXT), lambda _: (stays,), lambda _: True)
    assert done == (stays,)
