import pytest
from tests.unit.services.connections.support import Office, draft
from tests.unit.vault.support import NoKeyringError

from tocsin.base.secret import Secret
from tocsin.services.connections import UnknownConnectionError, VaultNeed, overview
from tocsin.services.connections.errors import BadConnectionIdError, EnvironmentExistsError, ReservedEnvironmentError
from tocsin.vault import SecretState, VaultLockedError, VaultState


@pytest.fixture
def office(tmp_path):
    (tmp_path / "playbook.yaml").write_text("")
    return Office(tmp_path)


def test_environments_stand_side_by_side_with_what_each_lacks(office):
    office.save()
    overview.create(office.files, "Branch office", office.file, like="production")
    (office.folder / "environments" / "broken.yaml").write_text("tocsin_environment: 1\nid: [")
    views = overview.views_of(office.files, office.desk, office.file)
    assert [(view.id, view.title, view.ready, len(view.rows)) for view in views] == [
        ("branch-office", "Branch office", 0, 1),
        ("broken", "Broken", 0, 0),
        ("production", "Production", 1, 1),
    ]
    assert views[1].fault


def test_a_copy_has_the_connections_and_no_secret(office):
    office.save()
    overview.create(office.files, "Staging", office.file)
    assert overview.copy(office.files, "production", ["toy_main"], "staging", office.file) == ("toy_main",)
    assert overview.copy(office.files, "production", ["toy_main"], "staging", office.file) == ()
    [staging] = [row for row in office.desk.rows(office.file) if row.environment == "staging"]
    assert set(staging.secrets.values()) == {SecretState.MISSING}
    assert not staging.is_ready
    with pytest.raises(UnknownConnectionError):
        overview.copy(office.files, "production", ["toy_mian"], "staging", office.file)


def test_a_name_is_taken_once_and_the_labs_never(office):
    assert overview.create(office.files, "  Branch office 2 ", office.file) == "branch-office-2"
    with pytest.raises(EnvironmentExistsError):
        overview.create(office.files, "branch office 2", office.file)
    with pytest.raises(ReservedEnvironmentError):
        overview.create(office.files, "Lab", office.file)
    for nothing in ("", "…", "7"):
        with pytest.raises(BadConnectionIdError):
            overview.create(office.files, nothing, office.file)


def test_the_vault_says_what_a_person_must_do(office):
    office.keyring.trouble = NoKeyringError()
    assert overview.open_or_ask(office.desk) is VaultNeed.NEW_PASSPHRASE
    office.desk.open_vault(Secret("correct horse battery"))
    assert overview.open_or_ask(office.desk) is VaultNeed.NOTHING
    office.desk.lock_vault()
    assert overview.state_of_vault(office.desk) is VaultState.LOCKED
    assert overview.open_or_ask(office.desk) is VaultNeed.PASSPHRASE


def test_a_file_is_as_it_was_when_its_secrets_cannot_be_kept(office):
    office.save()
    before = office.environment_file.read_text()
    office.desk.lock_vault()
    with pytest.raises(VaultLockedError):
        office.desk.save(draft("https://other.example.com"), office.file)
    assert office.environment_file.read_text() == before
    office.environment_file.unlink()
    with pytest.raises(VaultLockedError):
        office.desk.save(draft(), office.file)
    assert not office.environment_file.exists()
