import pytest

NAME = "evidence.md"


@pytest.fixture
def ask(lab, reports):
    folder = lab.addresses.products["report_folder"].options["folder"]
    return lambda verb, **given: reports.post(f"/file/{verb}", json={"folder": folder, "name": NAME, **given})


def test_a_report_is_written_once_and_never_over_another(ask, control):
    written = ask("write", text="met").json()
    assert ask("look").json() == written == ask("write", text="met").json()
    assert (ask("write", text="other").status_code, control.world()["reports"][NAME]["text"]) == (409, "met")
    assert control.changes() == [f"wrote {NAME}"]


def test_only_what_was_written_is_removed(ask, control):
    digest = ask("write", text="met").json()["sha256"]
    assert (ask("remove", sha256="0" * 64).status_code, list(control.world()["reports"])) == (409, [NAME])
    assert (ask("remove", sha256=digest).json()["exists"], control.world()["reports"]) == (False, {})
    assert control.changes() == [f"wrote {NAME}", f"removed {NAME}"]


@pytest.mark.parametrize("verb", ["look", "write", "remove"])
def test_another_folder_than_was_told_is_not_there(ask, control, verb):
    answer = ask(verb, folder="/srv/reports", text="met", sha256="0" * 64)
    assert (answer.status_code, control.changes()) == (404, [])
