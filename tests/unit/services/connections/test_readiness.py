import pytest
from tests.unit.services.connections.support import PLAYBOOK, Office, draft

from tocsin.base.secret import Secret
from tocsin.connectors.errors import ConnectionFaultError, MissingSecretError
from tocsin.engine.preparation import Occasion, prepare_program
from tocsin.formats import read_playbook
from tocsin.model.closure import closure_of
from tocsin.vault import NoKeyringError, SecretMovedError, VaultLockedError
from tocsin.vault.errors import AmbiguousSecretError


def program_of(office):
    environment = office.files.get("production", office.file)
    playbook = read_playbook(PLAYBOOK, "x.yaml").playbook
    closure = closure_of(playbook, lambda _: None)
    return prepare_program(playbook, environment, office.catalogue, Occasion({}, None, "live"), closure)


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


def test_a_run_whose_secrets_are_kept_is_ready_and_opens_the_vault_by_the_keyring(office):
    office.save()
    office.vault.lock()
    office.readiness.ensure_ready(program_of(office))


def test_a_missing_secret_is_named(office):
    office.save(secrets={"user": Secret("clerk-1")})
    with pytest.raises(MissingSecretError, match="“word” of “toy_main”"):
        office.readiness.ensure_ready(program_of(office))


def test_a_secret_typed_for_another_address_is_said_before_the_vault_is_opened(office):
    office.save()
    office.vault.lock()
    asked = office.keyring.asked
    office.environment_file.write_text(office.environment_file.read_text().replace("toy.example", "evil.example"))
    with pytest.raises(SecretMovedError):
        office.readiness.ensure_ready(program_of(office))
    assert office.keyring.asked == asked


def test_a_passphrase_that_nobody_typed_is_said(office):
    office.keyring.trouble = NoKeyringError()
    office.desk.open_vault(Secret("correct horse"))
    office.desk.save(draft(), office.file)
    office.vault.lock()
    assert office.readiness.needs_passphrase(office.files.get("production", office.file))
    with pytest.raises(VaultLockedError):
        office.readiness.ensure_ready(program_of(office))


def test_an_address_that_is_not_allowed_is_said_with_its_connection(office):
    office.save()
    text = office.environment_file.read_text().replace("https://toy.example.com", "https://127.0.0.1")
    office.environment_file.write_text(text)
    with pytest.raises(ConnectionFaultError, match=r"toy_main\.addresses\.main"):
        office.readiness.ensure_ready(program_of(office))


def test_secrets_from_outside_need_no_vault(tmp_path):
    office = Office(tmp_path, environ={"TOCSIN_SECRET_TOY_MAIN_USER": "a-1", "TOCSIN_SECRET_TOY_MAIN_WORD": "b-1"})
    office.desk.save(draft(secrets={}), office.file)
    office.readiness.ensure_ready(program_of(office))
    assert office.keyring.asked == 0


def test_a_variable_for_two_fields_is_refused(tmp_path):
    office = Office(tmp_path, environ={"TOCSIN_SECRET_TOY_MAIN_USER": "a-1", "TOCSIN_SECRET_TOY_MAIN_WORD": "b-1"})
    office.desk.save(draft(secrets={}), office.file)
    text = office.environment_file.read_text()
    twin = text.partition("connections:\n")[2].replace("toy_main", "toy-main")
    office.environment_file.write_text(text + twin + "roles: {toy: toy_main}\n")
    with pytest.raises(AmbiguousSecretError):
        office.readiness.ensure_ready(program_of(office))
