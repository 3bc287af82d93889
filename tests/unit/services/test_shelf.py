import os

import pytest

from tocsin.engine.errors import HasErrorsError
from tocsin.model.errors import SameIdError
from tocsin.services.shelf import MARKER, Shelf, workspace_of

TEXT = "tocsin: 1\nid: {}\nname: {}\nnodes:\n  start: {{kind: trigger, event: manual}}\nedges: []\n"


def put(folder, file, name, title=""):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file
    path.write_text(TEXT.format(name, title or name))
    return path


@pytest.fixture
def shipped(tmp_path):
    return [put(tmp_path / "shipped", "look-up.yaml", "look-up", "shipped")]


def test_a_playbook_is_found_beside_the_file_that_calls_it(tmp_path, shipped):
    own = put(tmp_path / "mine", "a.yaml", "a")
    put(tmp_path / "mine", "other.yaml", "b")
    assert Shelf(own, shipped).find("b").id == "b"
    assert Shelf(own, shipped).find("c") is None


def test_the_workspace_comes_before_what_is_shipped(tmp_path, shipped):
    own = put(tmp_path / "mine", "a.yaml", "a")
    assert Shelf(own, shipped).find("look-up").name == "shipped"
    put(tmp_path / "mine", "mine.yaml", "look-up", "mine")
    assert Shelf(own, shipped).find("look-up").name == "mine"


def test_in_a_workspace_its_playbooks_are_found_from_anywhere_in_it(tmp_path):
    (tmp_path / MARKER).touch()
    own = put(tmp_path / "playbooks" / "deep" / "er", "a.yaml", "a")
    put(tmp_path / "playbooks" / "other", "b.yaml", "b")
    assert workspace_of(own) == tmp_path
    assert Shelf(own, ()).find("b").id == "b"


def test_two_files_with_one_id_are_refused(tmp_path):
    own = put(tmp_path, "a.yaml", "a")
    put(tmp_path, "one.yaml", "b")
    put(tmp_path / "playbooks", "two.yaml", "b")
    with pytest.raises(SameIdError, match=r"one\.yaml, .*two\.yaml"):
        Shelf(own, ()).find("b")


def test_a_file_that_cannot_be_read_is_no_playbook_to_call(tmp_path):
    own = put(tmp_path, "a.yaml", "a")
    (tmp_path / "b.yaml").write_text("tocsin: 1\nid: b\nnodes: nothing\n")
    with pytest.raises(HasErrorsError) as caught:
        Shelf(own, ()).find("b")
    assert caught.value.problems


@pytest.mark.parametrize("line", ["id: b", "id: 'b'  # words", '"id": "b"', "{tocsin: 1, id: b}"])
def test_the_id_is_found_however_it_is_written(tmp_path, line):
    text = TEXT.format("b", "b").replace("id: b", line) if "{" not in line else "{tocsin: 1,\n id: b,\n nodes: {}}"
    (tmp_path / "b.yaml").write_text(text)
    assert Shelf(tmp_path / "a.yaml", ()).find("b").id == "b"


def test_what_mentions_an_id_does_not_have_it(tmp_path):
    own = put(tmp_path, "a.yaml", "a")
    (tmp_path / "b.yaml").write_text(TEXT.format("b", "b") + "description: |\n  x\nx:\n  id: c\n")
    assert Shelf(own, ()).find("c") is None


def test_a_playbook_without_a_file_can_call_what_is_shipped(shipped):
    assert Shelf(None, shipped).find("look-up").name == "shipped"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipe has a name there")
def test_a_pipe_in_the_folder_is_not_waited_for(tmp_path, shipped):
    own = put(tmp_path / "mine", "a.yaml", "a")
    os.mkfifo(tmp_path / "mine" / "pipe.yaml")
    assert Shelf(own, shipped).find("look-up").id == "look-up"
