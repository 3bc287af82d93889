"""The pins that lie beside a playbook's file."""

import pytest
from tests.helpers.runs import playbook_of

from tocsin.engine.pins import PinnedOutput
from tocsin.formats import write_playbook
from tocsin.model.failures import Failure, FailureCode
from tocsin.model.pins import pins_path
from tocsin.services.pins import PinFiles, PinsNotKeptError, UnreadablePinsError
from tocsin.services.shelf import Shelf

PINS = {
    "look": PinnedOutput({"score": 97}, source="R-7"),
    "find": PinnedOutput(error=Failure(FailureCode.NOT_FOUND, "Nobody is called so.")),
    "none": PinnedOutput(None),
}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "any.yaml"


def test_what_is_kept_is_found_again(file):
    PinFiles().save(file, "contain", PINS)
    assert PinFiles().load(file, "contain") == PINS
    assert PinFiles().load(file, "another") == {}


def test_without_pins_no_file_is_left(file):
    PinFiles().save(file, "contain", PINS)
    PinFiles().save(file, "contain", {})
    PinFiles().save(file, "contain", {})
    assert list(file.parent.iterdir()) == []


def test_what_cannot_be_read_is_told_with_its_place(file):
    pins_path(file, "contain").write_text("tocsin_pins: 1\npins:\n  look: {}\n")
    with pytest.raises(UnreadablePinsError) as told:
        PinFiles().load(file, "contain")
    assert "contain.pins.yaml:3:" in told.value.line
    assert "“look” needs “output” or “error”." in told.value.line


def test_a_disk_that_refuses_is_told(tmp_path):
    with pytest.raises(PinsNotKeptError, match=r"contain\.pins\.yaml"):
        PinFiles().save(tmp_path / "not there" / "any.yaml", "contain", PINS)


def test_pins_are_never_taken_for_the_playbook_whose_id_is_in_them(tmp_path):
    callee = playbook_of({"t": {"kind": "trigger", "event": "manual"}}, [], id="callee")
    (tmp_path / "callee.yaml").write_text(write_playbook(callee))
    PinFiles().save(tmp_path / "caller.yaml", "caller", {"look": PinnedOutput({"id": "callee"})})
    PinFiles().save(tmp_path / "callee.yaml", "callee", {"look": PinnedOutput({"id": "callee"})})
    assert Shelf(tmp_path / "caller.yaml", ()).find("callee") == callee
