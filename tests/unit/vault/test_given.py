import pytest

from tocsin.base.secret import Secret
from tocsin.vault import GivenSecrets, variable_of
from tocsin.vault.errors import AmbiguousSecretError, UnusableVaultError


def test_a_variable_gives_a_field():
    assert variable_of("fw-main", "api_key") == "TOCSIN_SECRET_FW_MAIN_API_KEY"
    given = GivenSecrets.take({"TOCSIN_SECRET_FW_MAIN_API_KEY": "s3cret"})
    assert (given.find("fw-main", "api_key"), given.find("fw-main", "other")) == (Secret("s3cret"), None)
    assert list(given.reveal_all()) == ["s3cret"]


def test_variables_are_taken_away_from_whatever_is_started_later():
    environ = {"TOCSIN_SECRET_A_B": "s3cret", "TOCSIN_SECRET_EMPTY_KEY": "", "TOCSIN_HOME": "kept"}
    given = GivenSecrets.take(environ)
    assert environ == {"TOCSIN_HOME": "kept"}
    assert given.find("empty", "key") is None


@pytest.mark.parametrize(("written", "read"), [("s3cret\n", "s3cret"), ("s3cret\r\n", "s3cret"), ("a b\n\n", "a b\n")])
def test_a_file_gives_a_field_without_its_last_line_break(tmp_path, written, read):
    (tmp_path / "fw_main.key").write_bytes(written.encode())
    given = GivenSecrets.take({"TOCSIN_SECRETS_DIR": str(tmp_path)})
    assert given.find("fw_main", "key") == Secret(read)


def test_a_file_that_changes_is_read_anew(tmp_path):
    given = GivenSecrets({}, tmp_path)
    assert given.find("fw", "key") is None
    (tmp_path / "fw.key").write_text("one")
    assert given.find("fw", "key") == Secret("one")
    (tmp_path / "fw.key").write_text("two")
    assert given.find("fw", "key") == Secret("two")


def test_a_connection_cannot_name_a_file_elsewhere(tmp_path):
    (tmp_path / "x.key").write_text("s3cret")
    (tmp_path / "inner").mkdir()
    assert GivenSecrets({}, tmp_path / "inner").find("../x", "key") is None


@pytest.mark.parametrize("data", [b"\xff\xfe", b"x" * 70_000])
def test_a_file_that_is_no_secret_is_said(tmp_path, data):
    (tmp_path / "fw.key").write_bytes(data)
    with pytest.raises(UnusableVaultError, match=r"fw\.key"):
        GivenSecrets({}, tmp_path).find("fw", "key")


def test_a_variable_that_could_be_meant_for_two_fields_is_refused():
    given = GivenSecrets.take({"TOCSIN_SECRET_FW_MAIN_KEY": "s3cret"})
    given.ensure_clear([("fw", "secret"), ("fw_main", "key")])
    with pytest.raises(AmbiguousSecretError, match="“key” of “fw_main” or “main_key” of “fw”"):
        given.ensure_clear([("fw", "main_key"), ("fw_main", "key")])
