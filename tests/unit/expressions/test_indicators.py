import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.expressions import EvaluationError, indicators
from tocsin.expressions.indicators import MAX_TEXT, defang, extract_indicators, refang

MD5 = "900150983cd24fb0d6963f7d28e17f72"
LABEL = st.from_regex(r"[a-z]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)
DOMAIN = st.lists(LABEL, min_size=1, max_size=3).map(lambda labels: ".".join([*labels, "example", "com"]))
INDICATOR = st.one_of(
    DOMAIN,
    st.ip_addresses(v=4).map(str),
    st.ip_addresses(v=6).map(str),
    st.builds("{}@{}".format, LABEL, DOMAIN),
    st.builds("{}://{}/{}".format, st.sampled_from(["http", "https", "ftp", "HTTP"]), DOMAIN, LABEL),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from 203.0.113.66.", [("ip", "203.0.113.66")]),
        ("from 203[.]0[.]113(.)66:443", [("ip", "203.0.113.66")]),
        ("203.0.113.66-203.0.113.70", [("ip", "203.0.113.66"), ("ip", "203.0.113.70")]),
        ("net 203.0.113.9/24", [("cidr", "203.0.113.0/24")]),
        ("[2001:DB8::1]:443, 2001:db8::2: seen", [("ip", "2001:db8::1"), ("ip", "2001:db8::2")]),
        ("hxxps[:]//Evil.example[.]com/A.b?x=1, see", [("url", "https://evil.example.com/A.b?x=1")]),
        ("(https://example.com/a)", [("url", "https://example.com/a")]),
        ("mail Eve[at]example[dot]com now", [("email", "eve@example.com")]),
        ("host ws-03.example.com", [("domain", "ws-03.example.com")]),
        ("203.0.113.66.example.com", [("domain", "203.0.113.66.example.com")]),
        (MD5.upper(), [("md5", MD5)]),
        ("a" * 40, [("sha1", "a" * 40)]),
        ("b" * 64, [("sha256", "b" * 64)]),
        ("cve-2024-12345", [("cve", "CVE-2024-12345")]),
        ("10.0.0.1 10.0.0.1", [("ip", "10.0.0.1")]),
    ],
)
def test_every_type_is_found(text, found):
    assert [(each["type"], each["value"]) for each in extract_indicators(text)] == found


@pytest.mark.parametrize(
    "text", ["", "at 03:00:00", "999.1.1.1", "report.pdf evil.exe", "aa:bb:cc:dd:ee:ff", "f" * 33, "1.2.3", "a :: b"]
)
def test_what_only_looks_like_one_is_left(text):
    assert extract_indicators(text) == []


def test_the_order_does_not_depend_on_the_text():
    assert extract_indicators("b.example.com 10.0.0.1 a.example.com") == [
        {"type": "domain", "value": "a.example.com"},
        {"type": "domain", "value": "b.example.com"},
        {"type": "ip", "value": "10.0.0.1"},
    ]


@given(st.lists(INDICATOR, max_size=5).map(" ".join))
def test_defanging_is_undone_by_refanging(text):
    assert refang(defang(text)) == text


@given(st.lists(INDICATOR, max_size=5).map(" ".join))
def test_defanged_indicators_are_found_all_the_same(text):
    assert extract_indicators(defang(text)) == extract_indicators(text)


@given(st.lists(INDICATOR, max_size=5).map(" ".join))
def test_defanging_twice_is_defanging_once(text):
    assert defang(defang(text)) == defang(text)


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        (
            "https://a.example.com/?u=https://b.example.com/x",
            "hxxps[:]//a[.]example[.]com/?u=hxxps[:]//b[.]example[.]com/x",
        ),
        ("http://http://a.example.com", "hxxp[:]//hxxp[:]//a[.]example[.]com"),
        ("https://a.example.com,ftp://203.0.113.4", "hxxps[:]//a[.]example[.]com,fxp[:]//203[.]0[.]113[.]4"),
        ("https://[2001:db8::1]:80/", "hxxps[:]//[2001[:]db8[:][:]1]:80/"),
        ("https://eve@a.example.com/", "hxxps[:]//eve[@]a[.]example[.]com/"),
        ("https://a[.]example.com/", "hxxps[:]//a[.]example[.]com/"),
        ("a@b.example@c.example", "a[@]b[.]example[@]c[.]example"),
        ("::b.example", "[:][:]b[.]example"),
    ],
)
def test_what_stands_in_a_url_or_beside_one_is_made_harmless_too(text, harmless):
    assert defang(text) == harmless


PIECE = st.one_of(INDICATOR, st.sampled_from([*"/?=&,:;@#[]()<>-_ ", "::", "://", "login.php", "[.]", "(.)", "hxxps"]))


@given(st.lists(PIECE, max_size=8).map("".join))
def test_nothing_in_any_text_can_be_clicked_after_one_defanging(text):
    harmless = defang(text)
    assert defang(harmless) == harmless
    assert refang(harmless) == refang(text)
    assert not re.search(r"\b(https?|ftp)://[\w\[]", harmless, re.IGNORECASE | re.ASCII)


@pytest.mark.parametrize("piece", ["http://", "a@b.com", "@b.com", "aa.", "::b.com", "a.https://", "1.2.3.4:", "[.]a."])
def test_the_time_is_in_proportion_to_the_text_whatever_it_is(piece):
    def count(times):
        passes, before, text = 0, "", piece * times
        while text != before:
            passes, before, text = passes + 1, text, indicators._CLICKABLE.sub(indicators._defang_one, text)
        return passes

    assert count(400) <= 3


@pytest.mark.parametrize("address", ["::ffff:0.0.0.0", "::ffff:203.0.113.66"])
def test_an_address_mapped_into_ipv6_is_one_indicator(address):
    assert defang(f"saw {address}.") == f"saw {address.replace(':', '[:]').replace('.', '[.]')}."
    assert [found["type"] for found in extract_indicators(f"saw {address}.")] == ["ip"]


def test_a_sentence_keeps_its_dots():
    assert defang("Done. At 03:00 saw 203.0.113.66.") == "Done. At 03:00 saw 203[.]0[.]113[.]66."


def test_a_text_that_is_too_long_is_not_searched():
    with pytest.raises(EvaluationError):
        extract_indicators("a" * (MAX_TEXT + 1))
