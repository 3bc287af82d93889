"""What vendors' interfaces want and people get wrong, read back from the shipped descriptions and what they send.

README.md beside this file lists each fact with the test that shows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from tests.unit.connectors.support import Keys, Script, catalogue, make_intent, perform, says

from tocsin.base.json_types import Json
from tocsin.connectors.exchange import Reply, Request
from tocsin.model.catalogue import Step

IP = "203.0.113.66"
Line = Callable[[Request], Reply]


def steps_of(product: str) -> Iterator[tuple[str, Step]]:
    for name, action in catalogue().connectors[product].actions.items():
        for step in action.steps:
            yield name, step


def sent(product: str, name: str, inputs: Mapping[str, Json], *answers: Line, **more: Any) -> list[Request]:
    """What an action asks, when the product answers so; what comes of it does not matter."""
    connector = catalogue().connectors[product]
    script = Script(*answers)
    keys = Keys(**dict.fromkeys(connector.sign_in.fields, "typed-key"))
    perform(script, make_intent(connector, name, inputs, **more), keys=keys)
    return script.requests


def header(request: Request, name: str) -> str | None:
    return next((value for known, value in request.headers if known.lower() == name.lower()), None)


def test_kibana_is_another_server_and_is_told_who_asks():
    addresses = {"main": "https://es.example.com:9200", "kibana": "https://kibana.example.com:5601"}
    cluster, kibana = sent(
        "elasticsearch", "health", {},
        says({"cluster_name": "c"}, headers={"x-elastic-product": "Elasticsearch"}), says({}),
        addresses=addresses,
    )  # fmt: skip
    assert (cluster.origin.url, kibana.origin.url) == tuple(addresses.values())
    assert header(kibana, "kbn-xsrf")


@pytest.mark.parametrize(
    ("product", "name", "value"),
    [
        ("elasticsearch", "Authorization", "ApiKey typed-key"),
        ("misp", "Authorization", "typed-key"),
        ("abuseipdb", "Key", "typed-key"),
        ("virustotal", "x-apikey", "typed-key"),
        ("nessus", "X-ApiKeys", "accessKey=typed-key; secretKey=typed-key"),
        ("request_tracker", "Authorization", "token typed-key"),
        ("splunk", "Authorization", "Bearer typed-key"),
        ("fortigate", "Authorization", "Bearer typed-key"),
        ("awx", "Authorization", "Bearer typed-key"),
        ("mattermost", "Authorization", "Bearer typed-key"),
        ("thehive", "Authorization", "Bearer typed-key"),
        ("jira", "Authorization", "Basic dHlwZWQta2V5OnR5cGVkLWtleQ=="),
        ("opnsense", "Authorization", "Basic dHlwZWQta2V5OnR5cGVkLWtleQ=="),
        ("opensearch", "Authorization", "Basic dHlwZWQta2V5OnR5cGVkLWtleQ=="),
        ("wazuh", "Authorization", "Basic dHlwZWQta2V5OnR5cGVkLWtleQ=="),
    ],
)
def test_each_product_is_signed_in_to_in_its_own_way(product, name, value):
    health = catalogue().connectors[product].health
    options = {"mattermost": {"channel": "a" * 26}, "misp": {"event": "1"}}.get(product, {})
    assert header(sent(product, health, {}, says({}, status=500), options=options)[0], name) == value


def test_falcons_old_detections_are_not_asked():
    assert not [step for _name, step in steps_of("falcon") if "/detects" in step.request]


def test_a_search_of_splunk_begins_with_a_command_and_wants_json():
    asked = [step.form for _name, step in steps_of("splunk") if step.form and "search" in step.form]
    assert asked
    assert all(form["search"].startswith(("search ", "| ")) for form in asked)
    assert all(form["output_mode"] == "json" and form["exec_mode"] == "oneshot" for form in asked)


def test_wazuhs_alerts_come_from_its_indexer_and_no_agent_is_told_to_act():
    asked = [step.request for _name, step in steps_of("wazuh")]
    assert not [request for request in asked if "/security/" in request or "active-response" in request]


@pytest.mark.parametrize("comment", ["", "why"])
def test_defender_is_given_a_comment_and_a_kind_for_each_isolation(comment):
    requests = sent(
        "defender", "isolate_endpoint", {"endpoint_id": "m1", "comment": comment},
        says({"access_token": "t", "expires_in": 3600}), says({}, status=500), says({}, status=500),
        options={"tenant": "t"},
    )  # fmt: skip
    body = requests[-1].body or b""
    assert requests[-1].path == "/api/machines/m1/isolate"
    assert b'"IsolationType":"Full"' in body
    assert b'"Comment":""' not in body


def test_defenders_token_is_for_defender_and_entras_for_graph():
    found = {
        name: sent(name, "health", {}, says({}, status=500), options={"tenant": "t"})[0].body or b""
        for name in ("defender", "entra")
    }
    assert b"scope=https%3A%2F%2Fapi.securitycenter.microsoft.com%2F.default" in found["defender"]
    assert b"scope=https%3A%2F%2Fgraph.microsoft.com%2F.default" in found["entra"]


@pytest.mark.parametrize(
    ("product", "rate", "per_day"),
    [("defender", "90/m", None), ("virustotal", "4/m", 500), ("abuseipdb", "5/s", 1000)],
)
def test_no_more_is_asked_than_the_plan_has(product, rate, per_day):
    connector = catalogue().connectors[product]
    assert connector.limits.rate == rate
    option = connector.limits.per_day
    assert (connector.options[option]["default"] if option else None) == per_day


def test_a_verdict_that_costs_a_quota_is_kept_and_is_known_to_disclose():
    for product in ("virustotal", "abuseipdb"):
        looked = [a for a in catalogue().connectors[product].actions.values() if a.does]
        assert looked
        assert all(action.keep and action.discloses == "vendor" for action in looked), product


@pytest.mark.parametrize(
    ("product", "words"),
    [
        ("abuseipdb", ("/report", "/clear-address")),
        ("virustotal", ("POST",)),
        ("misp", ("publish", "/events/alert")),
        ("opnsense", ("flush",)),
        ("keycloak", ("DELETE /admin/realms/{{ option.realm }}/users/{{ input.user_id }}\n",)),
        ("nessus", ("POST /scans\n",)),
        ("nmap", ("sS",)),
    ],
)
def test_what_shows_to_all_or_empties_all_is_not_offered(product, words):
    asked = "\n".join(step.request for _name, step in steps_of(product)) + "\n"
    assert not [word for word in words if word in asked]


def test_a_post_to_opnsense_is_never_empty():
    posts = [step for _name, step in steps_of("opnsense") if step.request.startswith("POST")]
    assert posts
    assert all(step.json_body for step in posts)


def test_opnsense_is_given_lower_case_addresses():
    requests = sent("opnsense", "block_address", {"address": "2001:DB8:0:0::1"}, says({}, status=500), says({}))
    assert requests[-1].body == b'{"address":"2001:db8::1"}'


def test_every_question_to_fortigate_names_the_domain_and_a_group_gets_one_member_more():
    steps = dict.fromkeys(step.request for _name, step in steps_of("fortigate"))
    assert not [request for request in steps if request.startswith("PUT")]
    assert all("vdom" in step.query for name, step in steps_of("fortigate") if name != "health")
    looked, *_rest = sent("fortigate", "block_address", {"address": "2001:db8::1"}, says({}, status=500), says({}))
    assert looked.query == (("vdom", "root"),)
    made = sent(
        "fortigate", "block_address", {"address": "2001:db8::1"}, says({}, status=500), says({}, status=500)
    )[-1]  # fmt: skip
    assert made.path.endswith("/address6/2001%3Adb8%3A%3A1")
    assert len("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff") < 79


def test_crowdsec_is_told_decisions_as_a_list_of_alerts_by_a_machine():
    requests = sent(
        "crowdsec", "block_address", {"address": IP, "comment": ""},
        says({"token": "jwt"}), says({}, status=500), says([], status=201),
    )  # fmt: skip
    login, add = requests[0], requests[-1]
    assert (login.path, add.path) == ("/v1/watchers/login", "/v1/alerts")
    assert header(add, "Authorization") == "Bearer jwt"
    assert re.match(rb'\[\{.*"decisions":\[\{"duration":"24h"', add.body or b"")


def test_nftables_makes_a_set_of_each_family_that_can_forget():
    [command] = [step.json_body["command"] for name, step in steps_of("nftables") if name == "prepare"]
    assert "blocked4 { type ipv4_addr; flags timeout; }" in command
    assert "blocked6 { type ipv6_addr; flags timeout; }" in command


def test_misp_gets_what_it_would_otherwise_share_by_default():
    [add] = [step for name, step in steps_of("misp") if name == "add_indicator"]
    assert add.json_body["distribution"] == "0"
    [look] = [step for name, step in steps_of("misp") if name == "lookup_ip" and step.name == "search"]
    assert set(look.json_body["type"]) == {"ip-src", "ip-dst", "ip-src|port", "ip-dst|port"}
    assert header(sent("misp", "health", {}, says({}), options={"event": "1"})[0], "Accept") == "application/json"


def test_abuseipdb_is_told_how_old_a_report_may_be():
    [request] = sent("abuseipdb", "lookup_ip", {"ip": "2001:db8::1"}, says({}, status=500))
    assert ("maxAgeInDays", "90") in request.query
    assert "ipAddress=2001%3Adb8%3A%3A1" in request.url


def test_taxii_is_asked_for_its_own_kind_at_paths_that_end_with_a_slash():
    assert all(step.request.endswith("/") for _name, step in steps_of("taxii"))
    request = sent(
        "taxii", "health", {}, says({}, status=500), options={"collection": "91a7b528-80eb-42ed-a74d-c6fbd5a26116"}
    )[0]
    assert header(request, "Accept") == "application/taxii+json;version=2.1"
    pages = [step.page for _name, step in steps_of("taxii") if step.page]
    assert {page.parameter for page in pages} == {"next"}


def test_nmap_connects_says_xml_and_takes_no_target_for_an_option():
    [arguments] = [step.json_body for name, step in steps_of("nmap") if name == "scan_ports"]
    options = arguments["options"]
    assert {"-sT", "-Pn", "-n"} <= set(options)
    assert options[options.index("-oX") + 1] == "-"
    assert arguments["operands"] == ["{{ input.address }}"]


def test_findings_of_openscap_are_no_failure():
    [check] = [step for name, step in steps_of("openscap") if name == "check_compliance"]
    assert "body.exit in [0, 2]" in (check.ok or "")


def test_keycloak_is_asked_for_the_exact_name_and_sent_only_what_changes():
    named = [step.query for _name, step in steps_of("keycloak") if "username" in step.query]
    assert named
    assert all(query["exact"] == "true" for query in named)
    puts = {name: step.json_body for name, step in steps_of("keycloak") if step.request.startswith("PUT")}
    assert (puts["disable_user"], puts["enable_user"]) == ({"enabled": False}, {"enabled": True})
    assert all("/auth/" not in step.request for _name, step in steps_of("keycloak"))
    create, found = [step for name, step in steps_of("keycloak") if name == "create_user"]
    assert (create.ok, found.query["exact"]) == ("status == 201", "true")  # the id is in no body


def test_entra_needs_no_eventual_consistency():
    assert not [step for _name, step in steps_of("entra") if "$search" in step.query or "$count" in step.query]


def test_jira_cloud_is_searched_at_the_new_place_with_its_fields():
    searches = [step for _name, step in steps_of("jira") if "/search" in step.request]
    assert searches
    assert all(step.request == "GET /rest/api/3/search/jql" and "fields" in step.query for step in searches)


@pytest.mark.parametrize("text", ["", "One"])
def test_jira_is_told_documents_and_never_an_empty_text(text):
    requests = sent("jira", "create", {"title": "t", "body": text, "labels": []}, says({}, status=500))
    documents = [request.body for request in requests]
    assert not text or b'{"type":"doc","version":1' in documents[0]
    assert not [body for body in documents if b'"text":""' in body]


@pytest.mark.parametrize(("organisation", "expected"), [("", None), ("SOC", "SOC")])
def test_thehive_is_told_the_organisation_where_there_are_several(organisation, expected):
    request = sent("thehive", "health", {}, says({}, status=500), options={"organisation": organisation})[0]
    assert header(request, "X-Organisation") == expected


def test_a_comment_in_request_tracker_mails_nobody():
    assert not [step for _name, step in steps_of("request_tracker") if "correspond" in step.request]


def test_every_path_of_awx_ends_with_a_slash_and_no_page_is_too_long():
    assert all(step.request.endswith("/") for _name, step in steps_of("awx"))
    sizes = [int(step.query["page_size"]) for _name, step in steps_of("awx") if "page_size" in step.query]
    assert sizes
    assert max(sizes) <= 200


def test_awx_is_asked_first_whether_it_would_take_the_hosts():
    requests = sent(
        "awx", "run_job", {"template": "7", "hosts": ["a"]},
        says({"ask_limit_on_launch": False, "can_start_without_user_input": True}),
    )  # fmt: skip
    assert [request.method for request in requests] == ["GET"]


def test_a_question_to_a_name_server_says_that_it_shows():
    actions = catalogue().connectors["dns"].actions
    assert actions["look_up_name"].discloses == actions["look_up_address"].discloses == "public"


def test_a_directory_keeps_the_other_flags_of_an_account():
    answers = [{"dn": "cn=a", "attributes": {"useraccountcontrol": ["66048"]}}]
    requests = sent(
        "active_directory", "disable_user", {"user_id": "cn=a"},
        says({"code": 1}, status=400), says({"code": 0, "entries": answers}), says({"code": 0}),
        addresses={"main": "ldaps://ad.example.com"}, options={"base": "dc=a"},
    )  # fmt: skip
    change = str((requests[-1].arguments or {}).get("changes"))
    assert "66048" in change
    assert "66050" in change
