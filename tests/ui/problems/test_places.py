"""Where a problem is, as people read it."""

import pytest

from tocsin.checks import check_playbook
from tocsin.connectors import load_catalogue
from tocsin.formats import read_playbook
from tocsin.model.problems import Problem, Severity
from tocsin.ui.problems.places import ProblemPlace, ProblemPlaces

TEXT = """
tocsin: 1
id: book
nodes:
  alert: {kind: trigger, event: siem.alert}
  lookup_hash: {kind: action, use: threat_intel.lookup_hash, with: {}}
  way: {kind: switch, title: Which way?, cases: [{when: "true", port: a}, {when: "true", port: b}]}
  note: {kind: set, values: {text: "{{ lookup_hash.verdict }}"}}
edges: [alert -> lookup_hash]
"""


@pytest.fixture(scope="module")
def places():
    catalogue = load_catalogue()
    return ProblemPlaces(read_playbook(TEXT, "book.yaml").playbook, catalogue)


@pytest.mark.parametrize(
    ("node", "field", "said"),
    [
        ("lookup_hash", "with.hash", "Look up a file · Hash"),
        ("lookup_hash", "", "Look up a file"),
        ("way", "cases.1.when", "Which way? · Cases 2"),
        ("note", "values.text", "Note · Values “text”"),
        ("way", "note", "Which way? · Note"),
        ("", "timeout", "Time limit of a run"),
        ("", "handler.playbook", "Playbook"),
        ("", "", ""),
        ("gone", "with.ip", "gone · with.ip"),
    ],
)
def test_a_step_goes_by_its_title_and_a_field_by_its_label(places, node, field, said):
    assert places.of(Problem("TOC-C001", Severity.ERROR, "Wrong.", node=node, field=field)).text == said


def test_at_the_step_itself_only_the_field_is_named():
    assert ProblemPlace("Look up hash", "Hash").at_node("Nothing is given.") == "Hash: Nothing is given"
    assert ProblemPlace("Look up hash").at_node("Nothing is given.") == "Nothing is given"


def test_other_steps_are_called_as_the_canvas_calls_them_and_by_id_in_the_terminal(places):
    catalogue, playbook = load_catalogue(), read_playbook(TEXT, "book.yaml").playbook
    found = [one for one in check_playbook(playbook, catalogue) if (one.code, one.node) == ("TOC-C032", "note")]
    assert [one.text for one in found] == [
        "TOC-C032 note.values.text: “lookup_hash” does not come before this. "
        "Lead “lookup_hash” to this step, or read something else."
    ]
    [worded] = places.worded(found)
    assert worded.message == "“Look up a file” does not come before this."
    assert worded.hint == "Lead “Look up a file” to this step, or read something else."
    assert (worded.code, worded.fix) == (found[0].code, found[0].fix)
