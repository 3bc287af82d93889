from tocsin.lab.tokens import Tokens


def test_a_token_ends_after_its_seconds():
    now = [0.0]
    tokens = Tokens(seconds=60, monotonic=lambda: now[0])
    token = tokens.issue()
    now[0] = 59.9
    assert tokens.is_valid(token)
    now[0] = 60.0
    assert not tokens.is_valid(token)


def test_a_revoked_token_ends_and_an_unknown_one_is_no_error():
    tokens = Tokens(seconds=60, monotonic=lambda: 0.0)
    token = tokens.issue()
    tokens.revoke(token)
    tokens.revoke("unknown")
    assert not tokens.is_valid(token)


def test_no_text_is_no_token():
    assert not Tokens(seconds=60, monotonic=lambda: 0.0).is_valid("")
