import base64
from urllib.parse import quote

import pytest

from tocsin.base.secret import MASK, Redactor, Secret

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
