from __future__ import annotations

import pytest

from tocsin.connectors.verbs import find_verb, is_reading, may_be_read


@pytest.mark.parametrize(
    ("request_text", "said", "reads", "may"),
    [
        ("GET /x", None, True, True),
        ("GET /x", False, False, True),
        ("POST /x", None, False, True),
        ("POST /x", True, True, True),
        ("PUT /x", None, False, False),
        ("LDAP search", None, True, True),
        ("LDAP search", False, True, True),
        ("LDAP modify", None, False, False),
        ("LDAP modify", True, False, False),
        ("SSH run", None, False, True),
        ("SSH run", True, True, True),
    ],
)
def test_what_reads_and_what_may_be_said_to(request_text, said, reads, may):
    assert (is_reading(request_text, said=said), may_be_read(request_text)) == (reads, may)


@pytest.mark.parametrize("text", ["GET /x", "LDAP drop", "ldap search", "LDAP search /x", ""])
def test_only_a_verb_is_one(text):
    assert find_verb(text) is None
