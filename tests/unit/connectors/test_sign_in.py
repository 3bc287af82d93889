from __future__ import annotations

import asyncio
import base64

import pytest
from tests.unit.connectors.support import GRANT, Keys, Script, action, make_intent, make_performer, perform, says, toy

from tocsin.connectors.exchange import Login
from tocsin.engine.outcomes import Outcome, Sent
from tocsin.model.failures import FailureCode

FIELDS = {"key": {"title": "Key", "secret": True}, "user": {"title": "User"}}
KEYS = Keys(key="s3cret", user="me")
OAUTH = {
    "kind": "oauth2_client",
    "fields": FIELDS,
    "request": "POST /token",
    "form": {"id": "{{ secret.user }}", "secret": "{{ secret.key }}"},
}
SESSION = {
    "kind": "session",
    "fields": FIELDS,
    "request": "POST /session",
    "json": {"user": "{{ secret.user }}", "password": "{{ secret.key }}"},
    "token": "body.token",
    "header": "X-Cookie",
    "value": "token={{ token }}",
}
GO = {"go": action()}


def token(text: str, life: int = 1000):
    return says({"access_token": text, "expires_in": life}, status=201)


def _look(sign_in, script=None, **more):
    script = script or Script(says({"is": 1}))
    answer = perform(script, make_intent(toy(sign_in={"fields": FIELDS, **sign_in}), "look"), keys=KEYS, **more)
    return answer, script.requests


@pytest.mark.parametrize(
    ("sign_in", "header"),
    [
        ({"kind": "api_key", "name": "Key", "value": "k {{ secret.key }}"}, ("Key", "k s3cret")),
        ({"kind": "bearer", "token": "{{ secret.key }}"}, ("Authorization", "Bearer s3cret")),
        (
            {"kind": "basic", "user": "{{ secret.user }}", "password": "{{ secret.key }}"},
            ("Authorization", "Basic " + base64.b64encode(b"me:s3cret").decode()),
        ),
    ],
)
def test_a_key_goes_into_its_header(sign_in, header):
    _, requests = _look(sign_in)
    assert header in requests[0].headers


def test_a_protocol_gets_the_login_and_no_header_and_its_repr_is_blank():
    sign_in = {"kind": "login", "user": "cn={{ secret.user }}", "password": "{{ secret.key }}"}
    _, requests = _look(sign_in)
    assert requests[0].login == Login("cn=me", "s3cret")
    assert requests[0].headers == ()
    assert "s3cret" not in repr(requests[0])


def test_a_key_can_go_into_the_query():
    _, requests = _look({"kind": "api_key", "in": "query", "name": "key", "value": "{{ secret.key }}"})
    assert requests[0].query == (("key", "s3cret"),)


def test_a_key_with_a_line_end_is_not_sent():
    script = Script()
    sign_in = {"kind": "api_key", "fields": FIELDS, "name": "Key", "value": "{{ secret.key }}"}
    answer = perform(script, make_intent(toy(sign_in=sign_in), "look"), keys=Keys(key="a\r\nb", user="u"))
    assert (answer.outcome, script.requests) == (Outcome.NOT_SENT, [])


def test_a_missing_secret_is_said_and_nothing_is_sent():
    script = Script()
    answer = perform(script, make_intent(toy(sign_in=OAUTH), "look"), keys=Keys(user="me"))
    assert answer.failure
    assert (answer.outcome, answer.sent, answer.failure.code) == (Outcome.NOT_SENT, Sent.NO, FailureCode.AUTH)


def _twice(sign_in, *lines, now=lambda: 50.0):
    """Two looks, one after the other, by one performer."""
    script = Script(*lines)
    intent = make_intent(toy(sign_in=sign_in), "look")

    async def go():
        performer = make_performer(script, keys=KEYS)
        performer._sign_ins._monotonic = now
        return [await performer.perform(intent, grant=None) for _ in range(2)]

    return asyncio.run(go()), script


def test_a_token_is_fetched_once_and_kept():
    answers, script = _twice(OAUTH, token("t-1"), says({"is": 1}), says({"is": 2}))
    assert script.asked == ["POST /token", "GET /look", "GET /look"]
    assert script.requests[0].body == b"id=me&secret=s3cret"
    assert ("Authorization", "Bearer t-1") in script.requests[2].headers
    assert [len(answer.requests) for answer in answers] == [2, 1]


def test_a_token_that_is_about_to_end_is_fetched_anew():
    _, script = _twice(OAUTH, token("t-1", 4), says({"is": 1}), token("t-2"), says({"is": 2}))
    assert ("Authorization", "Bearer t-2") in script.requests[3].headers


def test_a_token_of_other_secrets_is_not_used():
    script = Script(token("t1"), says({"is": 1}), token("t2"), says({"is": 1}))
    keys = Keys(key="s3cret", user="me")
    intent = make_intent(toy(sign_in=OAUTH), "look")

    async def go():
        performer = make_performer(script, keys=keys)
        await performer.perform(intent, grant=None)
        keys.change(key="an0ther")
        await performer.perform(intent, grant=None)

    asyncio.run(go())
    assert script.asked == ["POST /token", "GET /look", "POST /token", "GET /look"]


def test_many_at_once_fetch_one_token():
    script = Script(token("t-1"), *(says({"is": 1}) for _ in range(5)))
    intent = make_intent(toy(sign_in=OAUTH), "look")

    async def go():
        performer = make_performer(script, keys=KEYS)
        await asyncio.gather(*(performer.perform(intent, grant=None) for _ in range(5)))

    asyncio.run(go())
    assert script.asked.count("POST /token") == 1


@pytest.mark.parametrize("sign_in", [OAUTH, SESSION])
def test_after_a_401_the_token_is_fetched_once_more(sign_in):
    old, new = (token("t-1"), token("t-2")) if sign_in is OAUTH else (says({"token": "t-1"}), says({"token": "t-2"}))
    script = Script(old, says(status=401), new, says({"is": 1}))
    answer = perform(script, make_intent(toy(sign_in=sign_in), "look"), keys=KEYS)
    assert answer.outcome is Outcome.SUCCEEDED
    assert any("t-2" in value for _, value in script.requests[3].headers)


def test_a_second_401_is_the_end():
    script = Script(token("t-1"), says(status=401), token("t-2"), says(status=401))
    answer = perform(script, make_intent(toy(sign_in=OAUTH, actions=GO), "go"), keys=KEYS)
    assert answer.failure
    assert (answer.outcome, answer.failure.code) == (Outcome.REFUSED, FailureCode.AUTH)


def test_a_fixed_key_is_not_tried_again_after_a_401():
    sign_in = {"kind": "bearer", "fields": FIELDS, "token": "{{ secret.key }}"}
    script = Script(says(status=401))
    answer = perform(script, make_intent(toy(sign_in=sign_in), "look"), keys=KEYS)
    assert answer.failure
    assert answer.failure.code is FailureCode.AUTH


def test_a_change_that_meets_a_401_leaves_again_with_its_pass_only():
    script = Script(token("t-1"), says(status=401), token("t-2"), says())
    intent = make_intent(toy(sign_in=OAUTH, actions=GO), "go")
    answer = perform(script, intent, keys=KEYS, grant=GRANT)
    assert (answer.outcome, [r.changes for r in script.requests]) == (Outcome.SUCCEEDED, [False, True, False, True])


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (says({"error": "invalid_client"}, status=401), FailureCode.AUTH),
        (says({"error": "x"}, status=400), FailureCode.AUTH),
        (says({}, status=200), FailureCode.AUTH),
        (says({"access_token": "", "expires_in": 1}), FailureCode.AUTH),
        (says(status=503), FailureCode.UNAVAILABLE),
        (says(status=429), FailureCode.RATE_LIMIT),
    ],
)
def test_without_a_token_the_change_is_not_sent(reply, code):
    script = Script(reply)
    answer = perform(script, make_intent(toy(sign_in=OAUTH, actions=GO), "go"), keys=KEYS)
    assert answer.failure
    assert (answer.outcome, answer.sent, answer.failure.code) == (Outcome.NOT_SENT, Sent.NO, code)
    assert script.asked == ["POST /token"]


def test_a_session_sends_its_value_in_its_header():
    script = Script(says({"token": "abc"}), says({"is": 1}))
    perform(script, make_intent(toy(sign_in=SESSION), "look"), keys=KEYS)
    assert script.requests[0].body == b'{"user":"me","password":"s3cret"}'
    assert script.requests[1].headers == (("X-Cookie", "token=abc"),)
