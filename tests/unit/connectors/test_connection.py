from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.connectors.support import Keys, make_intent, toy

from tocsin.connectors.addresses import Reach
from tocsin.connectors.connection import judge_target, open_connection
from tocsin.connectors.errors import ConnectionFaultError, MissingSecretError
from tocsin.expressions import EvaluationError, compile_expression, evaluate
from tocsin.model.bindings import Binding
from tocsin.model.environment import Connection

SIGN_IN = {"kind": "bearer", "fields": {"key": {"title": "Key", "secret": True}}, "token": "{{ secret.key }}"}
OPTIONS = {"realm": {"type": "string", "default": "master"}, "days": {"type": "number", "default": 5}}
CONNECTOR = toy(
    sign_in=SIGN_IN, options=OPTIONS, addresses={"main": {"title": "A"}, "b": {"title": "B", "required": False}}
)


def _open(keys=None, **connection):
    facts = {"addresses": {"main": "https://toy.example.com/base"}, **connection}
    binding = Binding("conn", Connection(connector="toy", **facts), CONNECTOR, "look")
    target = judge_target(binding, reach=Reach.OUTSIDE, folder=Path("/env"))
    return open_connection(target, keys or Keys(key="s3cret"))


def test_options_are_complete_and_in_their_types():
    assert _open(options={"realm": "own"}).target.options == {"realm": "own", "days": 5.0}


@pytest.mark.parametrize(
    "facts", [{"options": {"realm": 5}}, {"addresses": {}}, {"addresses": {"main": "https://a.example", "b": "x"}}]
)
def test_what_is_missing_or_does_not_fit_is_refused(facts):
    with pytest.raises(ConnectionFaultError):
        _open(**facts)


def test_an_option_without_default_must_be_given():
    binding = make_intent(toy(options={"a": {"type": "string"}}), "look").binding
    with pytest.raises(ConnectionFaultError, match=r"options\.a"):
        judge_target(binding, reach=Reach.OUTSIDE)


def test_an_address_that_the_product_does_not_have_is_never_used():
    opened = _open(addresses={"main": "https://toy.example.com", "evil": "http://127.0.0.1"})
    assert list(opened.origins) == ["main"]


def test_a_missing_secret_is_named():
    with pytest.raises(MissingSecretError, match="“key” of “conn”"):
        _open(Keys())


def test_secrets_are_seen_by_the_sign_in_alone_and_do_not_show():
    opened = _open()
    look = compile_expression("secret.key")
    assert evaluate(look, opened.secret_scope()) == "s3cret"
    with pytest.raises(EvaluationError):
        evaluate(look, opened.scope())
    assert "s3cret" not in repr(opened)


def test_another_revision_is_another_line():
    assert _open().key != _open(options={"realm": "own"}).key


def test_a_file_of_certificates_lies_beside_the_environment():
    assert _open(ca_file="ca.pem").target.ca_file == str(Path("/env/ca.pem"))


def test_what_was_opened_goes_on_being_used_while_nothing_changed():
    opened = _open(Keys(key="first-key"))
    target = opened.target
    assert open_connection(target, Keys(key="first-key"), before=opened) is opened
    assert open_connection(target, Keys(key="other-key"), before=opened).secrets["key"].reveal() == "other-key"
    elsewhere = _open(Keys(key="first-key")).target
    assert open_connection(elsewhere, Keys(key="first-key"), before=opened).target is elsewhere
    with pytest.raises(MissingSecretError):
        open_connection(target, Keys(), before=opened)


@pytest.mark.parametrize(("reach", "servers"), [(Reach.LAB, {"main"}), (Reach.OUTSIDE, set())])
def test_only_the_lab_has_a_server_for_what_is_done_on_this_computer(reach, servers):
    here = toy(addresses={})
    binding = Binding("conn", Connection(connector="toy", addresses={"main": "http://127.0.0.1:4000"}), here, "look")
    assert set(judge_target(binding, reach=reach).origins) == servers
