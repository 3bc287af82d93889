import base64
from urllib.parse import quote

import pytest

from tocsin.base.secret import MASK, MOST_PASSING, Redactor, Secret

TEXT = 'p/ss w"rd+é'


def test_a_secret_shows_itself_only_when_asked():
    secret = Secret(TEXT)
    assert TEXT not in f"{secret} {secret!r} {[secret]}"
    assert secret.reveal() == TEXT
    assert secret == Secret(TEXT)
    assert secret != Secret("other")


@pytest.mark.parametrize(
    "form",
    [
        TEXT,
        base64.b64encode(TEXT.encode()).decode(),
        base64.urlsafe_b64encode(TEXT.encode()).decode().rstrip("="),
        quote(TEXT, safe=""),
        'p/ss w\\"rd+\\u00e9',
        TEXT.encode().hex(),
    ],
)
def test_the_forms_a_secret_takes_on_its_way_are_masked(form):
    redactor = Redactor()
    redactor.learn([TEXT])
    assert redactor.value({"a": [f"before {form} after"]}) == {"a": [f"before {MASK} after"]}


def test_what_is_too_short_to_be_a_secret_masks_nothing():
    redactor = Redactor()
    redactor.learn(["abc"])
    assert redactor.text("abcabc") == "abcabc"


def test_what_one_learns_others_are_told_once():
    told = []
    redactor = Redactor(tell=told.append)
    redactor.learn(["one secret", "abc"])
    redactor.learn(["one secret"])
    assert told == [{"one secret"}]


def test_what_is_known_for_now_is_masked_until_many_others_have_come():
    redactor = Redactor()
    redactor.learn(["for good"])
    redactor.learn_for_now(["the first token", "another token"])
    for number in range(MOST_PASSING - 1):
        redactor.learn_for_now([f"token number {number}", "another token"])
    assert redactor.text("the first token, another token, for good") == f"the first token, {MASK}, {MASK}"


def test_what_is_known_for_good_is_not_forgotten_as_what_passes():
    redactor = Redactor()
    redactor.learn(["for good"])
    redactor.learn_for_now(["for good", *(f"token number {number}" for number in range(MOST_PASSING))])
    assert redactor.text("for good") == MASK
