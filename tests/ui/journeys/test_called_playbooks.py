"""What a playbook calls is looked for beside its file, while it is drawn."""

from tocsin.model.problems import CheckCode

CALLER = """\
tocsin: 1
id: caller
nodes:
  start: {kind: trigger, event: manual}
  other: {kind: call, playbook: called}
  done: {kind: end}
edges: [start -> other, other -> done]
"""
CALLED = """\
tocsin: 1
id: called
nodes:
  start: {kind: trigger, event: manual}
  done: {kind: end}
edges: [start -> done]
"""


def open_caller(start, folder, qtbot):
    path = folder / "caller.yaml"
    path.write_text(CALLER, encoding="utf-8")
    desk = start()
    desk.window.open(path)
    document = desk.window.documents.current
    qtbot.waitUntil(lambda: document.is_checked)
    return {problem.code for problem in document.problems}


def test_a_call_of_what_is_not_there_is_a_problem_at_once(start, tmp_path, qtbot):
    assert CheckCode.UNKNOWN_PLAYBOOK in open_caller(start, tmp_path, qtbot)


def test_a_call_of_a_file_beside_it_is_none(start, tmp_path, qtbot):
    (tmp_path / "called.yaml").write_text(CALLED, encoding="utf-8")
    assert CheckCode.UNKNOWN_PLAYBOOK not in open_caller(start, tmp_path, qtbot)
