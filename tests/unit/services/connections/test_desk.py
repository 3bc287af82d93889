import pytest
from tests.unit.services.connections.support import PLAYBOOK, Office, draft

from tocsin.base.secret import Secret
from tocsin.connectors.errors import ConnectionFaultError, UnknownConnectorError
from tocsin.formats.environment_file import load_environment
from tocsin.model.environment import Connection
from tocsin.services.connections import Draft, FieldGroup, UnknownConnectionError
from tocsin.services.connections.errors import (
    BadConnectionIdError,
    ReservedEnvironmentError,
    UnsavedEnvironmentError,
    UnsavedListError,
)
from tocsin.vault import NoKeyringError, SecretState, VaultLockedError, VaultState


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


def test_a_saved_connection_is_in_its_file_without_secrets_and_they_are_in_the_vault(office):
    office.save(options={"alias": "theirs"})
    text = office.environment_file.read_text()
    assert "canary-77" not in text
    loaded = load_environment(office.environment_file).value
    assert (loaded.id, loaded.title, loaded.connections["toy_main"].options) == (
        "production",
        "Production",
        {"alias": "theirs"},
    )
    found = office.secrets_for("production").find("toy_main", loaded.connections["toy_main"], "word")
    assert found == Secret("canary-77")
    assert "canary-77" in office.learnt


def test_the_vault_is_shown_sealed_anew_given_a_passphrase_and_listed_without_its_secrets(office, tmp_path):
    office.save()
    look = office.desk.look_at_vault()
    assert (look.state, look.has_passphrase) == (VaultState.OPEN, False)
    assert {(one.connection, one.field, one.servers) for one in look.kept} == {
        ("toy_main", "user", ("main=https://toy.example.com:443",)),
        ("toy_main", "word", ("main=https://toy.example.com:443",)),
    }
    before = (office.folder / "home" / "vault.json").read_bytes()
    office.desk.rotate_vault()
    assert (office.folder / "home" / "vault.json").read_bytes() != before
    office.desk.change_passphrase(Secret("correct horse battery"))
    assert office.desk.look_at_vault().has_passphrase
    office.desk.lock_vault()
    office.desk.rotate_vault(Secret("correct horse battery"))
    office.desk.export_vault(tmp_path / "list.json")
    text = (tmp_path / "list.json").read_text()
    assert "fw" not in text
    assert "toy.example.com" in text
    assert "canary-77" not in text
    with pytest.raises(UnsavedListError):
        office.desk.export_vault(tmp_path / "no" / "list.json")


def test_what_a_test_of_a_draft_was_given_in_place_of_what_was_typed_is_saved(office):
    office.desk.open_vault()
    office.desk._newer[Secret("canary-77")] = Secret("canary-78")
    office.desk.save(draft(), office.file)
    assert office.secrets_for("production").find("toy_main", draft().connection, "word") == Secret("canary-78")


def test_a_proxys_sign_in_is_kept_for_the_proxy_alone(office):
    office.desk.open_vault()
    secrets = {**draft().secrets, "proxy_user": Secret("me"), "proxy_password": Secret("canary-79")}
    office.desk.save(draft(secrets=secrets, proxy="http://proxy.example.com:3128"), office.file)
    origins = {one.field: one.servers for one in office.desk.look_at_vault().kept}
    assert origins["proxy_password"] == ("proxy=http://proxy.example.com:3128",)
    assert origins["word"] == ("main=https://toy.example.com:443",)
    [row] = office.desk.rows(office.file)
    assert row.secrets["proxy_password"] is SecretState.KEPT


def test_what_is_left_out_of_a_draft_stays_as_it_is_kept(office):
    office.save()
    office.save(secrets={"word": Secret("another-1")})
    secrets, connection = office.secrets_for("production"), draft().connection
    assert secrets.find("toy_main", connection, "user") == Secret("clerk-1")
    assert secrets.find("toy_main", connection, "word") == Secret("another-1")


def test_other_connections_of_the_environment_stay(office):
    office.save()
    other = Draft("production", "second", Connection(connector="toy", addresses={"main": "https://b.example.com"}))
    office.desk.save(other, office.file)
    assert sorted(office.files.get("production", office.file).connections) == ["second", "toy_main"]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (Draft("lab", "toy_main", draft().connection), ReservedEnvironmentError),
        (Draft("Production!", "toy_main", draft().connection), BadConnectionIdError),
        (Draft("production", "../x", draft().connection), BadConnectionIdError),
        (Draft("production", "x", Connection(connector="toys")), UnknownConnectorError),
        (Draft("production", "x", Connection(connector="toy")), ConnectionFaultError),
        (draft("http://toy.example.com"), ConnectionFaultError),
        (draft("https://169.254.169.254"), ConnectionFaultError),
        (draft(options={"alias": "NOT"}), ConnectionFaultError),
    ],
)
def test_a_draft_that_cannot_be_is_refused_and_nothing_is_kept(office, wrong, error):
    office.desk.open_vault()
    with pytest.raises(error):
        office.desk.ensure_sound(wrong, office.file)
    with pytest.raises(error):
        office.desk.save(wrong, office.file)
    assert not office.environment_file.exists()
    assert office.vault.export() == []


def test_a_locked_vault_keeps_nothing_and_the_file_is_not_written(office):
    office.desk.open_vault()
    office.vault.lock()
    with pytest.raises(VaultLockedError):
        office.desk.save(draft(), office.file)
    assert not office.environment_file.exists()


def test_without_a_keyring_the_vault_wants_a_passphrase(office):
    office.keyring.trouble = NoKeyringError()
    with pytest.raises(NoKeyringError):
        office.desk.open_vault()
    office.desk.open_vault(Secret("correct horse"))
    office.desk.save(draft(), office.file)
    office.vault.lock()
    assert office.desk.vault_needs_passphrase
    assert office.desk.needs_passphrase("production", office.file)
    office.desk.open_vault(Secret("correct horse"))
    assert office.desk.vault_state is VaultState.OPEN
    assert not office.desk.needs_passphrase("production", office.file)


def test_a_folder_that_cannot_be_written_is_said(office):
    office.environment_file.parent.write_text("a file where the folder should be")
    office.desk.open_vault()
    with pytest.raises(UnsavedEnvironmentError):
        office.desk.save(draft(), office.file)


def test_rows_say_where_secrets_stand_and_which_playbooks_use_them(office):
    office.save()
    (office.folder / "uses.yaml").write_text(PLAYBOOK)
    (office.folder / "other.yaml").write_text(PLAYBOOK.replace("uses-it", "other").replace("toy.look", "toy.nothing"))
    [row] = office.desk.rows(office.file)
    assert (row.environment, row.id, row.title, row.used_by) == ("production", "toy_main", "Toy", ("uses-it",))
    assert row.secrets == {"user": SecretState.KEPT, "word": SecretState.KEPT}
    text = office.environment_file.read_text().replace("toy.example.com", "evil.example.com")
    office.environment_file.write_text(text)
    [row] = office.desk.rows(office.file)
    assert set(row.secrets.values()) == {SecretState.MOVED}


def test_a_product_that_nobody_describes_and_a_broken_file_are_listed(office):
    office.save()
    office.environment_file.write_text(office.environment_file.read_text().replace("toy\n", "toys\n"))
    (office.environment_file.parent / "broken.yaml").write_text("tocsin_environment: 1\nid: broken\nnetworks: [x]\n")
    [row] = office.desk.rows(office.file)
    assert (row.title, row.secrets) == ("", {})
    [problem] = office.desk.problems(office.file)
    assert (problem.code, problem.line) == ("TOC-E014", 3)


def test_a_removed_connection_is_gone_with_its_secrets_and_roles(office):
    office.save()
    text = office.environment_file.read_text().replace("connections:", "roles: {edge: toy_main}\nconnections:")
    office.environment_file.write_text(text)
    assert office.desk.remove("production", "toy_main", office.file) == ("edge",)
    assert office.files.get("production", office.file).connections == {}
    assert office.vault.export() == []
    with pytest.raises(UnknownConnectionError, match="It has none"):
        office.desk.remove("production", "toy_main", office.file)


def test_a_form_has_what_the_description_asks_for(office):
    fields = office.desk.fields("toy")
    assert [(one.group, one.name, one.is_required, one.is_hidden) for one in fields] == [
        (FieldGroup.ADDRESS, "main", True, False),
        (FieldGroup.ADDRESS, "side", False, False),
        (FieldGroup.OPTION, "alias", False, False),
        (FieldGroup.SECRET, "user", True, False),
        (FieldGroup.SECRET, "word", True, True),
    ]
    assert (fields[0].title, fields[0].help, fields[2].default) == ("Address", "Where it is.", "ours")


def test_a_connection_is_found_as_it_is_saved(office):
    office.save()
    assert office.desk.find_connection("production", "toy_main", office.file) == draft().connection
    assert office.desk.find_connection("production", "none", office.file) is None
    assert office.desk.find_connection("staging", "toy_main", office.file) is None
