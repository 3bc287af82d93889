from __future__ import annotations

from typing import Any

import pytest
from tests.unit.connectors.support import Script, action, make_intent, perform, says, toy

from tocsin.engine.outcomes import Outcome
from tocsin.model.failures import FailureCode

BASE = "https://toy.example.com"


def _list(script: Script, **page: Any):
    step = {"name": "list", "request": "GET /things", "query": {"q": "a"}, "page": {"items": "body.items", **page}}
    connector = toy(actions={"go": action(step, effect="read", output={"items": "steps.list.items"})})
    return perform(script, make_intent(connector, "go"), grant=None)


def _asked(script: Script) -> list[dict[str, str]]:
    return [dict(request.query) for request in script.requests]


def test_pages_are_counted_from_one_until_a_short_one():
    script = Script(says({"items": [1, 2]}), says({"items": [3]}))
    answer = _list(script, kind="page", parameter="page", size=2, size_parameter="limit")
    assert answer.output == {"items": [1, 2, 3]}
    assert _asked(script) == [{"q": "a", "limit": "2", "page": "1"}, {"q": "a", "limit": "2", "page": "2"}]


def test_an_offset_goes_on_from_what_was_got():
    script = Script(says({"items": [1, 2]}), says({"items": [3]}), says({"items": []}))
    _list(script, kind="offset", parameter="offset")
    assert [asked["offset"] for asked in _asked(script)] == ["0", "2", "3"]


def test_a_cursor_is_followed_until_there_is_none():
    script = Script(says({"items": [1], "next": "n+1"}), says({"items": [2]}))
    answer = _list(script, kind="cursor", parameter="token", next="get(body, 'next', null)")
    assert answer.output == {"items": [1, 2]}
    assert _asked(script) == [{"q": "a"}, {"q": "a", "token": "n+1"}]


@pytest.mark.parametrize("link", [f"{BASE}/things?page=2&q=a", "/things?page=2&q=a"])
def test_a_link_is_followed_on_the_same_server(link):
    script = Script(says({"items": [1], "next": link}), says({"items": [2], "next": None}))
    answer = _list(script, kind="link", next="body.next")
    assert answer.output == {"items": [1, 2]}
    assert (script.asked[1], _asked(script)[1]) == ("GET /things", {"page": "2", "q": "a"})


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/things",
        "//evil.example/things",
        f"{BASE}.evil.example/things",
        f"{BASE}@evil.example/",
        f"{BASE}:8443/things",
        "http://toy.example.com/things",
        "/a/../b",
        "things",
    ],
)
def test_a_link_to_elsewhere_is_not_followed(link):
    script = Script(says({"items": [1], "next": link}))
    answer = _list(script, kind="link", next="body.next")
    assert answer.failure
    assert (answer.outcome, answer.failure.code, len(script.requests)) == (
        Outcome.FAILED, FailureCode.UNEXPECTED_SHAPE, 1,
    )  # fmt: skip


def test_more_than_is_allowed_is_an_error_and_never_a_part():
    script = Script(says({"items": [1, 2], "next": "n"}))
    answer = _list(script, kind="cursor", parameter="token", next="body.next", at_most=2)
    assert (answer.outcome, answer.output) == (Outcome.FAILED, None)


def test_a_cursor_that_stands_still_is_an_error():
    script = Script(*(says({"items": [1], "next": "n"}) for _ in range(3)))
    answer = _list(script, kind="cursor", parameter="token", next="body.next")
    assert (answer.outcome, len(script.requests)) == (Outcome.FAILED, 2)


def test_a_cursor_that_the_product_keeps_may_stay_the_same_while_items_come():
    script = Script(*(says({"items": [n], "next": "n"}) for n in range(3)), says({"items": [3]}))
    answer = _list(script, kind="cursor", parameter="token", next="get(body, 'next', null)", keeps_cursor=True)
    assert answer.output == {"items": [0, 1, 2, 3]}


def test_a_cursor_that_the_product_keeps_does_not_go_on_for_ever_with_nothing():
    script = Script(says({"items": [1], "next": "n"}), *(says({"items": [], "next": "n"}) for _ in range(3)))
    answer = _list(script, kind="cursor", parameter="token", next="body.next", keeps_cursor=True)
    assert (answer.outcome, len(script.requests)) == (Outcome.FAILED, 2)


def test_a_page_without_a_list_is_an_error():
    answer = _list(Script(says({"items": None})), kind="page", parameter="page")
    assert answer.outcome is Outcome.FAILED
