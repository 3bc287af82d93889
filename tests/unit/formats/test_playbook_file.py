from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.helpers.playbooks import playbooks

from tocsin.formats import load_playbook, place_of, read_playbook, save_playbook, write_playbook
from tocsin.model.document import from_document, to_document
from tocsin.model.playbook import ActionNode, Graph, Playbook
from tocsin.model.problems import Severity


@settings(max_examples=40, deadline=None)
@given(playbooks())
def test_what_was_written_reads_as_the_same_playbook(playbook):
    file = read_playbook(write_playbook(playbook), "drawn.yaml")
    assert [problem.text for problem in file.problems] == []
    assert file.playbook is not None
    assert to_document(file.playbook) == to_document(playbook)


@settings(max_examples=15, deadline=None)
@given(playbooks())
def test_a_document_is_the_playbook(playbook):
    assert to_document(from_document(to_document(playbook))) == to_document(playbook)


FIRST = """\
tocsin: 1
id: with-comments
nodes:
  start:
    kind: trigger
    event: manual
  small:
    kind: condition
    when: size(inputs) < 3 # or more
  done:
    kind: end
edges:
- start -> small
- small.true -> done
"""


def codes(file):
    return [(str(problem.code), problem.line, problem.column) for problem in file.problems]


def worked_example():
    """The playbook of engine.md §3, in its flow style."""
    return (Path(__file__).parent / "worked_example.yaml").read_text(encoding="utf-8")


def test_the_worked_example_loads_and_says_what_cannot_run_yet():
    file = read_playbook(worked_example(), "example.yaml")
    assert [(p.code, p.severity, p.line, p.message.split()[0]) for p in file.problems] == [
        ("TOC-E023", Severity.ERROR, 24, "“dedupe”"),
    ]
    assert file.playbook is not None
    assert file.playbook.id == "contain-suspicious-ip"


def test_the_worked_example_without_later_features_reads_clean_and_writes_back():
    kept = (line for line in worked_example().splitlines() if not line.strip().startswith("dedupe"))
    file = read_playbook("\n".join(kept), "example.yaml")
    assert codes(file) == []
    assert file.playbook is not None
    again = read_playbook(write_playbook(file.playbook), "again.yaml")
    assert again.playbook == file.playbook


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("nodes:\n  a:\n    kind: trigger\n    event: manual\n    dedupe: {key: a, window: 1h}\n", 7),
    ],
)
def test_a_feature_that_is_not_there_yet_is_kept_and_named(text, line):
    file = read_playbook("tocsin: 1\nid: later\n" + text, "later.yaml")
    assert [(problem.code, problem.line) for problem in file.problems] == [("TOC-E023", line)]
    assert file.playbook is not None


def test_comments_are_announced_and_one_that_may_cut_an_expression_short_by_name():
    file = read_playbook(FIRST, "first.yaml")
    assert codes(file) == [("TOC-C019", 9, 28), ("TOC-C030", 9, 28)]
    assert (file.problems[1].node, file.problems[1].field) == ("small", "when")
    assert file.has_comments
    assert file.playbook is not None


def test_a_hash_inside_a_text_is_no_comment():
    text = (
        FIRST.replace("size(inputs) < 3 # or more", "\"size('a # b') < 3\"")
        + "description: |\n  # one\n  two # three\n"
    )
    file = read_playbook(text, "first.yaml")
    assert codes(file) == []
    assert file.playbook is not None
    assert file.playbook.description == "# one\ntwo # three\n"


def test_words_of_old_yaml_stay_text():
    text = "tocsin: 1\nid: words\nx:\n  a: [yes, no, on, off, y, 0777, 12:30:45, 0x1F, 1_000, 2026-11-24, .inf]\n"
    file = read_playbook(text, "words.yaml")
    assert file.playbook is not None
    assert file.playbook.x == {
        "a": ["yes", "no", "on", "off", "y", "0777", "12:30:45", "0x1F", "1_000", "2026-11-24", ".inf"]
    }


def test_expressions_and_templates_are_written_in_double_quotes_one_field_a_line():
    text = write_playbook(read_playbook(worked_example(), "example.yaml").playbook)
    assert '\n    when: "reputation.score >= 80.0 && !is_internal(alert.src_ip)"\n' in text
    assert '\n      ip: "{{ alert.src_ip }}"\n' in text
    assert '\n    in: "endpoints.hosts"\n' in text
    assert "\n- risky.true -> approve\n" in text
    assert text.endswith("  stopped: [560, 920]\n")


def test_a_template_of_several_lines_is_a_block_that_can_be_reviewed():
    node = ActionNode(use="ticketing.create", inputs={"body": "{{ a.b }}\nsecond"})
    text = write_playbook(Playbook(id="lines", graph=Graph(nodes={"a1": node})))
    assert "      body: |-\n        {{ a.b }}\n        second\n" in text


def test_saving_keeps_the_old_text_once_when_it_had_comments(tmp_path):
    path = tmp_path / "first.yaml"
    path.write_text(FIRST, encoding="utf-8")
    playbook = load_playbook(path).playbook
    assert playbook is not None
    save_playbook(path, playbook)
    assert (tmp_path / "first.yaml~").read_text(encoding="utf-8") == FIRST
    save_playbook(path, playbook.model_copy(update={"name": "Second"}))
    assert (tmp_path / "first.yaml~").read_text(encoding="utf-8") == FIRST
    assert codes(load_playbook(path)) == []
    assert sorted(file.name for file in tmp_path.iterdir()) == ["first.yaml", "first.yaml~"]


def test_a_file_without_comments_leaves_no_copy(tmp_path):
    path = tmp_path / "new.yaml"
    save_playbook(path, Playbook(id="new"))
    save_playbook(path, Playbook(id="new", name="Newer"))
    assert [file.name for file in tmp_path.iterdir()] == ["new.yaml"]


@pytest.mark.parametrize(
    ("node", "field", "place"),
    [
        ("small", "", "first.yaml:7:3"),
        ("small", "when", "first.yaml:9:11"),
        ("small", "when.nothing", "first.yaml:9:11"),
        ("small", "title", "first.yaml:7:3"),
        ("", "id", "first.yaml:2:5"),
        ("nobody", "when", "first.yaml"),
    ],
)
def test_a_check_learns_where_a_field_stands(node, field, place):
    assert str(place_of(read_playbook(FIRST, "first.yaml"), node, field)) == place


def test_the_place_of_what_has_no_line_left_out_is_said_and_not_kept():
    file = read_playbook(FIRST.replace(" # or more", "") + "layout: {start: [0, 0], gone: [1, 1]}\n", "first.yaml")
    assert [(p.code, p.severity, p.line, p.column) for p in file.problems] == [("TOC-E021", Severity.WARNING, 15, 25)]
    assert file.playbook is not None
    assert list(file.playbook.layout.nodes) == ["start"]


def test_line_ends_of_windows_give_the_same_playbook():
    text = write_playbook(Playbook(id="ends", description="one\ntwo\n"))
    windows = read_playbook(text.replace("\n", "\r\n").encode(), "ends.yaml")
    assert windows.playbook == read_playbook(text, "ends.yaml").playbook
    assert windows.playbook is not None


def test_python_names_of_fields_are_not_keys_of_files():
    text = "tocsin: 1\nid: names\nnodes:\n  a1:\n    kind: action\n    use: a.b\n    inputs: {}\n"
    assert codes(read_playbook(text, "names.yaml")) == [("TOC-E012", 7, 5)]


def test_a_size_with_one_number_is_a_problem_at_its_place():
    text = "tocsin: 1\nid: a\nnodes: {done: {kind: end}}\nedges: []\nlayout: {done: {at: [0, 0], size: [400]}}\n"
    (problem,) = read_playbook(text, "a.yaml").problems
    assert (problem.line, "missing" in problem.message) == (5, True)
