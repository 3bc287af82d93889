import json
import socket
import threading
from contextlib import ExitStack, suppress

import httpx
import pytest

from tocsin.lab import Lab, PortTakenError, Product
from tocsin.lab.lab import listen_on

SERVERS = len(Product) + 1
"""One for each product and for control, Kibana beside Elasticsearch, and where Graph is signed in to; no Suricata."""


def free_run_of_ports(count: int) -> int:
    """Return a port from which that many are free, or were a moment ago."""
    for first in range(42_000, 60_000, count):
        with ExitStack() as held, suppress(OSError):
            for port in range(first, first + count):
                held.enter_context(socket.create_server(("127.0.0.1", port)))
            return first
    raise AssertionError("no free ports")


def test_it_has_its_products_with_their_sign_ins(lab):
    described = lab.addresses.to_json()
    assert set(described["products"]) == set(Product) - {Product.CONTROL}
    assert {name: sorted(product["sign_in"]) for name, product in described["products"].items()} == {
        "elasticsearch": ["api_key"],
        "falcon": ["client_id", "client_secret"],
        "opnsense": ["key", "secret"],
        "abuseipdb": ["api_key"],
        "keycloak": ["client_id", "client_secret"],
        "jira": ["api_token", "email"],
        "nessus": ["access_key", "secret_key"],
        "awx": ["token"],
        "misp": ["key"],
        "graph_mail": ["client_id", "client_secret"],
        "mattermost": ["token"],
        "smtp": ["password", "user"],
        "suricata": [],
        "openscap": [],
        "report_folder": [],
    }
    assert list(described["products"]["elasticsearch"]["addresses"]) == ["main", "kibana"]
    by_file = described["products"].pop("suricata")
    assert (by_file["url"], by_file["addresses"], sorted(by_file["options"])) == ("", {}, ["dataset", "log", "socket"])
    assert all(product["url"] == product["addresses"]["main"] for product in described["products"].values())
    assert json.loads(json.dumps(described)) == described


def test_two_starts_share_no_secret(scenario):
    first, second = Lab(scenario), Lab(scenario)
    try:
        secrets = [
            {value for product in lab.start().products.values() for value in product.sign_in.values()}
            | {lab.addresses.control_token}
            for lab in (first, second)
        ]
    finally:
        first.stop()
        second.stop()
    assert secrets[0] & secrets[1] == {"tocsin", "tocsin@example.com"}


def test_ports_are_taken_in_order_from_the_first(scenario):
    first = free_run_of_ports(SERVERS)
    lab = Lab(scenario, first_port=first)
    addresses = lab.start()
    lab.stop()
    urls = [addresses.control_url, *(url for row in addresses.products.values() for url in row.addresses.values())]
    assert [httpx.URL(url).port for url in urls] == list(range(first, first + SERVERS))


def test_a_taken_port_is_an_error_with_a_hint_and_leaves_nothing_behind(scenario):
    first = free_run_of_ports(SERVERS)
    with socket.create_server(("127.0.0.1", first + 3)), pytest.raises(PortTakenError) as caught:
        Lab(scenario, first_port=first).start()
    assert caught.value.line.startswith(f"TOC-E080 The Lab cannot use port {first + 3}: ")
    assert "--port" in caught.value.hint
    socket.create_server(("127.0.0.1", first)).close()


def test_ports_beyond_the_last_are_an_error_as_well(scenario):
    first = 65_535
    with pytest.raises(PortTakenError) as caught:
        Lab(scenario, first_port=first).start()
    assert caught.value.port in {first, first + 1}


def test_stopping_closes_the_ports_and_is_harmless_again(scenario):
    lab = Lab(scenario)
    port = httpx.URL(lab.start().control_url).port
    lab.stop()
    lab.stop()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_lab_that_was_never_started_stops_and_has_no_addresses(scenario):
    lab = Lab(scenario)
    lab.stop()
    with pytest.raises(RuntimeError):
        _ = lab.addresses


def test_stopping_does_not_wait_for_a_slow_answer(scenario):
    lab = Lab(scenario)
    product = lab.start().products["opnsense"]
    token = {"Authorization": f"Bearer {lab.addresses.control_token}"}
    fault = {"product": "opnsense", "path": "*", "status": "slow", "seconds": 600}
    httpx.put(f"{lab.addresses.control_url}/faults", json=fault, headers=token).raise_for_status()
    answers = []
    arrived = threading.Event()
    lab.reception.on_change_request = lambda _: arrived.set()

    def block():
        answers.append(
            httpx.post(
                f"{product.url}/api/firewall/alias_util/add/tocsin_block",
                json={"address": "203.0.113.66"},
                auth=(product.sign_in["key"], product.sign_in["secret"]),
            ).json()
        )

    caller = threading.Thread(target=block)
    caller.start()
    assert arrived.wait(5)
    lab.stop()
    caller.join(5)
    assert answers == [{"status": "done"}]


def test_it_can_be_stopped_from_another_thread(scenario):
    before = set(threading.enumerate())
    lab = Lab(scenario)
    lab.start()
    stopper = threading.Thread(target=lab.stop)
    stopper.start()
    stopper.join(10)
    assert set(threading.enumerate()) == before


def test_a_socket_says_that_it_is_tcp_so_that_asyncio_sends_without_delay():
    with listen_on(0) as listener:
        assert (listener.proto, listener.getsockname()[0]) == (socket.IPPROTO_TCP, "127.0.0.1")
