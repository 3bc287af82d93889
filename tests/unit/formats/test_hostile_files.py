import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.playbooks import playbooks

from tocsin.formats import MAX_BYTES, load_playbook, read_playbook, write_playbook


def codes(file):
    return [str(problem.code) for problem in file.problems]


def test_an_alias_bomb_is_refused_before_it_grows():
    lines = ["tocsin: 1", "id: bomb", "x:", "  a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    file = read_playbook("\n".join(lines), "bomb.yaml")
    assert file.playbook is None
    assert set(codes(file)) == {"TOC-E016"}
    assert (file.problems[0].line, file.problems[0].column) == (4, 7)


def test_a_merge_key_bomb_is_refused():
    text = "tocsin: 1\nid: bomb\nx:\n  a: &a {k: v}\n  b: {<<: [*a, *a, *a]}\n"
    assert set(codes(read_playbook(text, "bomb.yaml"))) == {"TOC-E016"}


def test_a_huge_file_is_refused_by_its_size_and_not_read(tmp_path, monkeypatch):
    path = tmp_path / "huge.yaml"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    monkeypatch.setattr(type(path), "open", lambda *_, **__: pytest.fail("it was opened"))
    assert codes(load_playbook(path)) == ["TOC-E017"]


def test_a_text_over_the_limit_is_refused_however_it_comes():
    assert codes(read_playbook("#" * (MAX_BYTES + 1), "huge.yaml")) == ["TOC-E017"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_ten_thousand_levels_are_refused_at_the_first_too_deep_one(opening):
    file = read_playbook("tocsin: 1\nid: deep\nx:\n  a:\n    " + opening * 10_000, "deep.yaml")
    assert codes(file) == ["TOC-E018"]
    assert file.problems[0].line == 5


def test_more_values_than_anyone_writes_are_refused():
    file = read_playbook("tocsin: 1\nid: many\nx:\n  a: [" + "1," * 210_000 + "1]\n", "many.yaml")
    assert codes(file) == ["TOC-E017"]


def test_a_number_of_a_million_digits_is_refused():
    file = read_playbook("tocsin: 1\nid: big\nx:\n  a: " + "9" * 1_000_000 + "\n", "big.yaml")
    assert codes(file) == ["TOC-E014"]


def test_a_file_that_is_not_there_is_a_problem(tmp_path):
    assert codes(load_playbook(tmp_path / "none.yaml")) == ["TOC-E010"]


def test_a_pipe_in_place_of_a_file_is_a_problem_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    assert codes(load_playbook(tmp_path / "pipe.yaml")) == ["TOC-E010"]


@settings(max_examples=40, deadline=None)
@given(playbooks(most=4), st.data())
def test_whatever_a_file_is_damaged_to_reading_answers_with_problems_or_a_playbook(playbook, data):
    text = write_playbook(playbook)
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 12))
        text = (
            text[:start]
            + data.draw(st.sampled_from(["", "\n", "- ", ": ", "'", "{{", "&a ", "*a", "no", "\x00"]))
            + text[start + length :]
        )
    file = read_playbook(text, "damaged.yaml")
    assert file.playbook is not None or file.problems
    assert all(problem.line >= 1 and problem.column >= 1 for problem in file.problems)


def test_a_file_made_of_faults_is_answered_soon_and_not_at_length():
    nodes = "".join(f"  n{n}:\n    kind: end\n    knd: x\n" for n in range(4000))
    edges = "".join(f"- m{n} -> n{n}x\n" for n in range(20_000))
    keys = "".join(f"nam{n}: x\n" for n in range(20_000))
    file = read_playbook("tocsin: 1\nid: faults\nnodes:\n" + nodes + "edges:\n" + edges + keys, "faults.yaml")
    assert file.playbook is None
    assert len(file.problems) == 1000


def test_a_million_comments_cost_one_pass():
    file = read_playbook("tocsin: 1\nid: a\n" + "#\n" * 1_000_000, "comments.yaml")
    assert codes(file) == ["TOC-C019"]
    assert file.problems[0].line == 3
