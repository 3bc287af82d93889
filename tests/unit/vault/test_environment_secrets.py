import pytest
from tests.unit.vault.support import CANARY, ORIGINS, Desk

from tocsin.base.secret import Secret
from tocsin.model.environment import Connection
from tocsin.vault import EnvironmentSecrets, GivenSecrets, SecretMovedError, SecretState

HERE = Connection(connector="opnsense", addresses={"main": "https://fw.example.com/ui"})
MOVED = Connection(connector="opnsense", addresses={"main": "https://evil.example"})


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def secrets_of(desk, variables=None, *, environment="production"):
    given = GivenSecrets.take(dict(variables or {}))
    return EnvironmentSecrets(environment, desk.filled(), given, learn=desk.learnt.extend)


def test_the_vault_gives_what_was_typed_for_this_server(desk):
    secrets = secrets_of(desk)
    assert secrets.find("fw_main", HERE, "key") == CANARY
    assert secrets.state_of("fw_main", HERE, "key") is SecretState.KEPT
    assert (ORIGINS, desk.learnt[-1]) == (("main=https://fw.example.com:443",), CANARY.reveal())


def test_nothing_is_given_where_the_connection_leads_elsewhere_now(desk):
    secrets = secrets_of(desk)
    assert secrets.state_of("fw_main", MOVED, "key") is SecretState.MOVED
    with pytest.raises(SecretMovedError, match=r"now leads to https://evil\.example:443"):
        secrets.find("fw_main", MOVED, "key")


def test_what_is_given_from_outside_counts_first_and_is_taught(desk):
    secrets = secrets_of(desk, {"TOCSIN_SECRET_FW_MAIN_KEY": "outside"})
    assert secrets.find("fw_main", HERE, "key") == Secret("outside")
    assert secrets.state_of("fw_main", HERE, "key") is SecretState.GIVEN
    assert desk.learnt[-1] == "outside"


def test_another_environment_has_none_of_it(desk):
    secrets = secrets_of(desk, environment="staging")
    assert secrets.find("fw_main", HERE, "key") is None
    assert secrets.state_of("fw_main", HERE, "key") is SecretState.MISSING
