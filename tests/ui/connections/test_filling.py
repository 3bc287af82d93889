from dataclasses import replace

import pytest

from tocsin.base.secret import Secret
from tocsin.ui.connections.filling import KEPT, UNREVIEWED, Occasion, draft_of, find_moved, groups_of
from tocsin.ui.forms.fields import FieldKind
from tocsin.vault import SecretState

TYPED = {"environment": "staging", "id": "fw", "addresses.main": "https://fw.example.com/"}


@pytest.fixture
def opnsense(catalogue):
    return catalogue.connectors["opnsense"]


def fields_of(occasion):
    return {field.name: field for group in groups_of(occasion) for field in group.fields}


def test_the_description_says_what_is_filled_in(opnsense):
    fields = fields_of(Occasion(opnsense))
    assert list(fields)[:6] == [
        *("environment", "id", "addresses.main"),
        *("secrets.key", "secrets.secret", "options.alias"),
    ]
    assert fields["secrets.key"].kind is FieldKind.SECRET
    assert fields["options.alias"].placeholder == "tocsin_block"
    assert not fields["options.alias"].required
    assert fields["addresses.main"].required


def test_every_product_has_a_form(catalogue):
    assert all(fields_of(Occasion(connector)) for connector in catalogue.connectors.values())


def test_a_new_environment_is_offered_and_the_safe_one_first(opnsense, overview):
    assert [choice.value for choice in fields_of(Occasion(opnsense))["environment"].choices] == [
        "staging",
        "production",
    ]
    field = fields_of(Occasion(opnsense, overview.environments, "production"))["environment"]
    assert (field.value, [choice.title for choice in field.choices]) == ("production", ["Production", "Staging"])


def test_a_name_that_is_free_is_proposed(opnsense, overview):
    assert Occasion(opnsense).name == "opnsense"
    assert Occasion(opnsense, overview.environments).name == "opnsense-2"


def test_what_is_typed_becomes_a_draft(opnsense):
    limits = {"ca_file": "ca.pem", "timeout": "5s", "local_addresses": ["127.0.0.1"]}
    draft = draft_of(Occasion(opnsense), {**TYPED, **limits, "secrets.key": "k", "options.alias": "ours"})
    connection = draft.connection
    assert (draft.environment, draft.id, draft.secrets) == ("staging", "fw", {"key": Secret("k")})
    assert (dict(connection.addresses), dict(connection.options)) == (
        {"main": "https://fw.example.com"},
        {"alias": "ours"},
    )
    assert (connection.ca_file, connection.timeout, connection.local_addresses) == ("ca.pem", "5s", ("127.0.0.1",))


def test_a_secret_that_is_kept_is_not_read_back_and_stays(opnsense, make_row):
    occasion = Occasion(opnsense, row=make_row("staging"))
    assert {fields_of(occasion)[f"secrets.{name}"].value for name in ("key", "secret")} == {KEPT}
    draft = draft_of(occasion, {**TYPED, "secrets.key": KEPT, "secrets.secret": "new"})
    assert draft.secrets == {"secret": Secret("new")}
    assert (draft.environment, draft.id) == ("staging", "fw")
    assert "id" not in fields_of(occasion)


def test_a_kept_secret_is_wanted_again_for_another_address(opnsense, make_row):
    occasion = Occasion(opnsense, row=make_row("staging"))
    same, other = (
        draft_of(occasion, {**TYPED, "addresses.main": url, "secrets.secret": "new"})
        for url in ("https://fw.example.com/ui", "https://other.example.com")
    )
    assert find_moved(occasion, same) == ()
    assert find_moved(occasion, other) == ("key",)


def test_what_is_missing_must_be_typed(opnsense, make_row):
    fields = fields_of(Occasion(opnsense, row=make_row("staging", state=SecretState.MISSING)))
    assert fields["secrets.key"].required


def test_a_client_certificate_and_a_proxy_are_filled_in_for_every_product(opnsense):
    fields = fields_of(Occasion(opnsense))
    assert [fields[name].kind for name in ("secrets.tls_key", "secrets.proxy_password")] == [FieldKind.SECRET] * 2
    assert not any(fields[name].required for name in fields if "tls_" in name or "proxy" in name)
    said = {"client_certificate": "c.pem", "client_key": "", "proxy": "http://proxy.example.com:3128"}
    secrets = {"secrets.proxy_user": "me", "secrets.proxy_password": None, "secrets.tls_key": ""}
    draft = draft_of(Occasion(opnsense), {**TYPED, **said, **secrets})
    connection = draft.connection
    assert (connection.client_certificate, connection.client_key, connection.proxy) == (
        "c.pem",
        None,
        "http://proxy.example.com:3128",
    )
    assert draft.secrets == {"proxy_user": Secret("me")}


def test_another_proxy_wants_its_sign_in_typed_again_and_the_products_secrets_stay(opnsense, make_row):
    row = make_row("production", proxy="http://proxy.example.com:3128")
    row = replace(row, secrets={**row.secrets, "proxy_password": SecretState.KEPT})
    occasion = Occasion(opnsense, environment="production", row=row)
    typed = {"addresses.main": "https://fw.example.com"}
    assert find_moved(occasion, draft_of(occasion, {**typed, "proxy": "http://proxy.example.com:3128"})) == ()
    moved = draft_of(occasion, {**typed, "proxy": "http://other.example.com:3128"})
    assert find_moved(occasion, moved) == ("proxy_password",)


def test_a_description_that_nobody_reviewed_is_said_first(opnsense):
    assert groups_of(Occasion(opnsense, is_reviewed=False))[0].note == UNREVIEWED
    assert groups_of(Occasion(opnsense))[0].note == ""
