"""Falcon, Elasticsearch, Jira and Keycloak, by their makers' clients."""

import json

import elasticsearch
import falconpy
import jira
import keycloak
import keycloak.exceptions
import pytest

BAD = "203.0.113.66"


@pytest.fixture
def falcon_session(product):
    return {"base_url": product("falcon").url, **product("falcon").sign_in}


def test_falconpy_finds_who_contacted_an_address_contains_a_host_and_sees_it_contained(lab, falcon_session):
    hosts = falconpy.Hosts(**falcon_session)
    seen = falconpy.IOC(auth_object=hosts.auth_object).devices_ran_on(type="ipv4", value=BAD)["body"]["resources"]
    details = hosts.get_device_details(ids=seen)["body"]["resources"]
    [critical] = [row for row in details if any(tag.endswith("/critical") for tag in row["tags"])]
    ordered = hosts.perform_action(action_name="contain", ids=[critical["device_id"]])
    status = hosts.get_device_details(ids=[critical["device_id"]])["body"]["resources"][0]["status"]
    assert (len(seen), critical["hostname"], ordered["status_code"], status) == (3, "ws-03", 202, "contained")
    assert lab.world.tables.hosts[critical["device_id"]].containment == "contained"
    assert hosts.perform_action(action_name="lift_containment", ids=[critical["device_id"]])["status_code"] == 202
    hosts.logout()


def test_falconpy_finds_two_hosts_of_one_name_and_pages(falcon_session):
    hosts = falconpy.Hosts(**falcon_session)
    assert len(hosts.query_devices_by_filter(filter="hostname:'ws-0412'")["body"]["resources"]) == 2
    combined = hosts.query_devices_by_filter_combined(limit=4)["body"]
    assert (len(combined["resources"]), combined["meta"]["pagination"]["total"]) == (4, 10)


def test_falconpy_reads_and_closes_an_alert(lab, falcon_session):
    alerts = falconpy.Alerts(**falcon_session)
    ids = alerts.query_alerts_v2(filter="status:'new'")["body"]["resources"]
    [row] = alerts.get_alerts_v2(composite_ids=ids)["body"]["resources"]
    closed = alerts.update_alerts_v3(composite_ids=ids, update_status="closed")
    assert (row["display_name"], closed["status_code"]) == ("Brute force from a TOR exit", 200)
    assert lab.world.tables.alerts["a-1001"].status == "closed"


def test_falconpy_is_told_of_a_wrong_secret(falcon_session):
    auth = falconpy.OAuth2(**{**falcon_session, "client_secret": "wrong"})
    assert (auth.token()["status_code"], auth.authenticated()) == (401, False)


def test_elasticsearch_signs_in_and_searches_the_alerts(product):
    siem = product("elasticsearch")
    with elasticsearch.Elasticsearch(siem.url, api_key=siem.sign_in["api_key"]) as client:
        assert client.ping()
        assert client.info()["tagline"] == "You Know, for Search"
        assert client.security.authenticate()["authentication_type"] == "api_key"
        found = client.search(
            index=".alerts-security.alerts-default",
            query={
                "bool": {"filter": [{"term": {"source.ip": BAD}}, {"term": {"kibana.alert.workflow_status": "open"}}]}
            },
            sort=[{"@timestamp": {"order": "desc"}}],
            size=10,
        )
        assert [hit["_id"] for hit in found["hits"]["hits"]] == ["a-1001"]
        with pytest.raises(elasticsearch.BadRequestError):
            client.search(index=".alerts-security.alerts-default", size=10_001)
        with pytest.raises(elasticsearch.NotFoundError):
            client.search(index="logs")


def test_elasticsearch_is_told_of_a_wrong_key(product):
    with (
        elasticsearch.Elasticsearch(product("elasticsearch").url, api_key="wrong") as client,
        pytest.raises(elasticsearch.AuthenticationException),
    ):
        client.info()


def document(text):
    return {
        "type": "doc",
        "version": 1,
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}],
    }


@pytest.fixture
def board(product):
    ticketing = product("jira")
    keys = (ticketing.sign_in["email"], ticketing.sign_in["api_token"])
    client = jira.JIRA(ticketing.url, basic_auth=keys, options={"rest_api_version": "3"}, max_retries=0)
    yield client
    client.close()


def test_jira_creates_searches_comments_and_closes_an_issue(lab, board):
    issue = board.create_issue(
        project={"key": "SEC"},
        issuetype={"name": "Task"},
        summary="Contained 203.0.113.66",
        description=document("Blocked the address."),
        labels=["tocsin-run"],
    )
    found = board.enhanced_search_issues('project = "SEC" AND labels = "tocsin-run"', fields="summary,status")
    board.add_comment(issue.key, document("Two sessions ended."))
    [closing] = [row["id"] for row in board.transitions(issue.key) if row["to"]["statusCategory"]["key"] == "done"]
    board.transition_issue(issue.key, closing)
    read = board.issue(issue.key)
    assert [(row.key, row.fields.summary) for row in found] == [("SEC-1", "Contained 203.0.113.66")]
    assert (read.fields.status.name, len(read.fields.comment.comments)) == ("Done", 1)
    assert lab.world.tables.tickets["SEC-1"].status == "Done"


def test_jira_knows_who_it_is_and_is_told_of_a_bad_field(board):
    assert board.myself()["emailAddress"] == "tocsin@example.com"
    with pytest.raises(jira.JIRAError) as caught:
        board.create_issue(project={"key": "SEC"}, issuetype={"name": "Task"}, summary="x", description="plain text")
    assert caught.value.status_code == 400


@pytest.fixture
def directory(product):
    identity = product("keycloak")
    connection = keycloak.KeycloakOpenIDConnection(
        server_url=identity.url,
        realm_name=identity.options["realm"],
        client_id=identity.sign_in["client_id"],
        client_secret_key=identity.sign_in["client_secret"],
    )
    return keycloak.KeycloakAdmin(connection=connection)


def test_keycloak_finds_the_very_user_ends_the_sessions_and_disables(lab, directory):
    key = directory.get_user_id("clerk1")
    sessions = directory.get_sessions(key)
    directory.user_logout(key)
    directory.update_user(key, {"enabled": False})
    user = directory.get_user(key)
    assert (len(sessions), directory.get_sessions(key)) == (2, [])
    assert (user["username"], user["enabled"]) == ("clerk1", False)
    assert lab.world.tables.users[key].enabled is False


def test_keycloak_finds_more_by_a_part_of_a_name_and_creates_a_user(directory):
    assert [user["username"] for user in directory.get_users({"search": "clerk1"})] == ["clerk1", "clerk10"]
    key = directory.create_user({"username": "newcomer", "email": "new@example.com", "enabled": True})
    assert directory.get_user(key)["email"] == "new@example.com"
    assert directory.users_count() == 7


def test_keycloak_is_told_that_a_federated_user_is_read_only(directory):
    with pytest.raises(keycloak.exceptions.KeycloakPutError) as caught:
        directory.update_user(directory.get_user_id("partner"), {"enabled": False})
    assert (caught.value.response_code, "read only" in json.loads(caught.value.response_body)["errorMessage"]) == (
        400,
        True,
    )
