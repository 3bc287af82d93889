import pytest
from tests.helpers.runs import ENVIRONMENT

from tocsin.services.environments import (
    EnvironmentFiles,
    KnownEnvironments,
    UnknownEnvironmentError,
    UnreadableEnvironmentError,
)
from tocsin.services.library import demo_path

TEXT = "tocsin_environment: 1\nid: {name}\n"


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "environments").mkdir()
    for name in ("staging", "production"):
        (tmp_path / "environments" / f"{name}.yaml").write_text(TEXT.format(name=name))
    return tmp_path


@pytest.fixture
def files(workspace):
    return EnvironmentFiles(lambda file: file.parent)


@pytest.fixture
def playbook(workspace):
    return str(workspace / "playbook.yaml")


def no_lab():
    raise AssertionError("the Lab was started")


def known(files=None, ensure_ready=None, lab=no_lab):
    return KnownEnvironments(lab, lambda: files, ensure_ready)


def test_the_lab_is_known():
    assert known(lab=lambda: ENVIRONMENT).get("lab") is ENVIRONMENT


def test_the_lab_without_connections_starts_none():
    assert known().get("lab", connected=False).connections == {}


def test_an_environment_is_found_from_the_playbook_and_starts_no_lab(files, playbook, workspace):
    found = known(files).get("production", file=playbook)
    assert (found.id, found.folder) == ("production", str(workspace / "environments"))


def test_without_a_playbook_the_current_folder_is_searched(files, workspace, monkeypatch):
    monkeypatch.chdir(workspace)
    assert known(files).get("staging").id == "staging"


@pytest.mark.parametrize("name", ["prodution", "../environments/production", "production.yaml", "", "."])
def test_an_environment_without_a_file_is_not_known(files, playbook, name):
    with pytest.raises(UnknownEnvironmentError) as caught:
        known(files).get(name, file=playbook)
    assert caught.value.known == ("production", "staging")


@pytest.mark.parametrize(
    ("text", "said", "place"),
    [
        ("tocsin_environment: 1\nid: production\nnetwoks: []\n", "Key “netwoks” is not known here", ":3:1"),
        (TEXT.format(name="staging"), "Its id is not “production”", "production.yaml"),
        ("", "not an environment", "production.yaml:1:1"),
        (b"\xff\xfe\x00", "cannot be used", "production.yaml:1:1"),
    ],
)
def test_a_file_with_faults_says_the_first_and_where(files, playbook, workspace, text, said, place):
    path = workspace / "environments" / "production.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(UnreadableEnvironmentError) as caught:
        known(files).get("production", file=playbook)
    assert said in str(caught.value)
    assert str(caught.value.place).endswith(place)


def test_a_file_that_cannot_be_read_is_said(files, playbook, workspace):
    path = workspace / "environments" / "production.yaml"
    path.unlink()
    path.mkdir()
    with pytest.raises(UnreadableEnvironmentError, match="cannot be read"):
        known(files).get("production", file=playbook)


def test_every_environment_is_loaded_readable_or_not(files, playbook, workspace):
    (workspace / "environments" / "broken.yaml").write_text("x")
    results = list(files.load_all(playbook))
    assert [result.value.id if result.value else None for result in results] == [None, "production", "staging"]


def test_the_playbook_of_the_demonstration_is_there():
    assert demo_path().read_text(encoding="utf-8").startswith("tocsin: 1\n")
