import socket
import sys

import httpx
import pytest

WORLD = "/world"


@pytest.mark.parametrize("host", ["evil.example.com", "127.0.0.1:1", "10.0.0.1", "127.0.0.1.example.com", "[::1]", ""])
def test_another_host_is_refused(control, host):
    assert control.client.get(WORLD, headers={"Host": host}).status_code == 403


def test_localhost_is_a_name_of_ours(control):
    assert control.client.get(WORLD, headers={"Host": f"localhost:{control.client.base_url.port}"}).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example.com", "null", "http://127.0.0.1"])
def test_a_request_from_a_page_is_refused_before_anything_is_done(control, opnsense, origin):
    answer = opnsense.post(
        "/api/firewall/alias_util/add/tocsin_block", json={"address": "203.0.113.66"}, headers={"Origin": origin}
    )
    assert (answer.status_code, control.changes()) == (403, [])
    assert control.client.get(WORLD, headers={"Origin": origin}).status_code == 403


def test_a_body_over_one_mebibyte_is_a_413(jira):
    answer = jira.post("/rest/api/3/issue", content=b" " * (1024 * 1024 + 1))
    assert answer.status_code == 413


def test_a_body_of_one_mebibyte_is_taken(jira):
    assert jira.post("/rest/api/3/issue", content=b" " * 1024 * 1024).status_code == 400


def test_an_encoded_slash_stays_within_its_part_of_the_path(jira):
    answer = jira.get("/rest/api/3/issue/SEC-1%2Ftransitions")
    assert (answer.status_code, answer.json()["errorMessages"][0].startswith("Issue does not exist")) == (404, True)


def test_an_unknown_path_is_a_404_in_the_vendors_shape(keycloak):
    assert keycloak.get("/admin/realms/example/nothing").json() == {"error": "HTTP 404 Not Found"}


def test_every_port_listens_on_loopback_only(lab):
    for product in lab.addresses.products.values():
        for url in product.addresses.values():
            assert httpx.URL(url).host == "127.0.0.1"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere 127.0.0.2 is no address of this machine")
def test_no_other_address_of_this_machine_is_listened_on(lab):
    with socket.socket() as probe:  # a server on every address would take this one too
        assert probe.connect_ex(("127.0.0.2", httpx.URL(lab.addresses.control_url).port)) != 0


def test_no_answer_names_the_server(control):
    assert "server" not in control.client.get(WORLD).headers
