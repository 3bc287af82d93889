from __future__ import annotations

import shlex

import pytest

from tocsin.connectors.errors import SlotError
from tocsin.connectors.quoting import Language, quote

HOSTILE = """a' b" c\\d"""


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (Language.FQL, r"""'a\' b" c\\d'"""),
        (Language.JQL, r'''"a' b\" c\\d"'''),
        (Language.LUCENE, r'''"a' b\" c\\d"'''),
        (Language.ES_QUERY_STRING, r'''"a' b\" c\\d"'''),
        (Language.SPL, r'''"a' b\" c\\d"'''),
        (Language.AQL, r"""'a'' b" c\d'"""),
        (Language.LDAP_FILTER, r"""a' b" c\5cd"""),
        (Language.LDAP_DN, r"""a' b\" c\\d"""),
        (Language.ODATA, r"""'a'' b" c\d'"""),
        (Language.KQL, r'''"a' b\" c\\d"'''),
        (Language.STIX, r"""'a\' b" c\\d'"""),
        (Language.TICKET_SQL, r"""'a\' b" c\\d'"""),
        (Language.XML, r"""a&#39; b&quot; c\d"""),
        (Language.SHELL, """'a'"'"' b" c\\d'"""),
    ],
)
def test_quotes_and_backslashes_stay_data(language, expected):
    assert quote(language, HOSTILE) == expected


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("character", ["\n", "\r", "\0", "\x1b", "\x7f", "\x85", "\u2028", "\ud800"])
def test_a_control_character_is_refused_in_every_language(language, character):
    with pytest.raises(SlotError):
        quote(language, f"a{character}b")


@pytest.mark.parametrize("language", [Language.FQL, Language.SPL])
def test_a_wildcard_that_cannot_be_escaped_is_refused(language):
    with pytest.raises(SlotError, match="anything"):
        quote(language, "ws-*")


@pytest.mark.parametrize("text", ["CF.{Owner}", "cf.x"])
def test_what_request_tracker_would_read_as_a_field_is_refused(text):
    with pytest.raises(SlotError, match="field"):
        quote(Language.TICKET_SQL, text)


def test_an_ldap_filter_has_its_signs_in_hex():
    assert quote(Language.LDAP_FILTER, "*)(uid=*") == r"\2a\29\28uid=\2a"


@pytest.mark.parametrize(
    ("text", "expected"), [(" a ", r"\ a\ "), ("#a", r"\#a"), ("a,b=c", r"a\,b\=c"), ("a+b;c", r"a\+b\;c")]
)
def test_a_distinguished_name_escapes_what_would_end_a_value(text, expected):
    assert quote(Language.LDAP_DN, text) == expected


def test_a_shell_word_that_looks_like_an_option_is_refused():
    with pytest.raises(SlotError, match="option"):
        quote(Language.SHELL, "-oProxyCommand=x")


@pytest.mark.parametrize("text", ["; rm -rf /", "$(id)", "`id`", "a b", "'", ""])
def test_a_shell_reads_one_word_back(text):
    assert shlex.split(quote(Language.SHELL, text)) == [text]
