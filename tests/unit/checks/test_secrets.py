import pytest
from tests.unit.checks.build import find, problem

TEXT = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  reader: {kind: set, values: {FIELD: "TEXT"}}
edges: [alert -> reader]
"""


def text(value, field="a"):
    return TEXT.replace("TEXT", value).replace("FIELD", field)


@pytest.mark.parametrize(
    "secret",
    [
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ghp_" + "a1B2" * 9,
        "glpat-" + "a1B2" * 5,
        "xoxb-" + "1234567890",
        "-----BEGIN " + "RSA PRIVATE KEY-----",
        "https://name:word@tool.example.com/",
        "Bearer " + "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "c2lnbmF0dXJlLXZhbHVl",
    ],
)
def test_what_begins_like_a_secret_is_an_error(secret):
    found = problem(text(secret), "SECRET_TYPED")
    assert (found.severity, secret in found.message + found.hint) == ("error", False)


@pytest.mark.parametrize("field", ["password", "api_key", "apikey", "client_secret", "access_token", "Authorization"])
def test_a_word_in_a_field_for_secrets_is_an_error(field):
    assert find(text("correct-horse", field)) == [("SECRET_TYPED", "reader", f"values.{field}")]


def test_random_text_is_a_warning():
    assert problem(text("Zk3vQ9xT7mLp2RwY8sHd4NcB6jFg1Ka5"), "SECRET_TYPED").severity == "warning"


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ("{{ env.limit }}", "password"),
        ("", "token"),
        ("PROJ", "key"),
        ("d41d8cd98f00b204e9800998ecf8427e", "a"),
        ("9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08", "a"),
        ("0b6f3c9e-5a1d-4f0e-9c57-2d1f6c0a7e11", "a"),
        ("https://tool.example.com/very/long/path/that/goes/on/and/on/Page12", "a"),
        ("A sentence with many words that says what is to be done now", "a"),
        ("thisIsAVeryLongIdentifierNameWithNumber1InIt", "a"),
    ],
)
def test_what_is_no_secret_is_let_through(value, field):
    assert find(text(value, field), "SECRET_TYPED") == []


def test_notes_and_samples_are_looked_at_too():
    secret = "AKIA" + "IOSFODNN7EXAMPLE"
    note = TEXT.replace("event: siem.alert", f"event: siem.alert, note: {secret}, sample: {{list: [{secret}]}}")
    assert find(note.replace("FIELD", "a")) == [
        ("SECRET_TYPED", "alert", "note"),
        ("SECRET_TYPED", "alert", "sample.list.0"),
    ]
