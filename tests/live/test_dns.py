"""A name server of this computer, made with dnspython: names that are there, that are not, and none that answers."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest
from tests.live.performing import Product
from tests.unit.connectors.protocols.hostile import HOSTILE

from tocsin.engine.outcomes import Outcome

RECORDS = {
    ("www.example.com.", "A"): "203.0.113.66",
    ("66.113.0.203.in-addr.arpa.", "PTR"): "gate.example.com.",
    (".", "NS"): "root.example.com.",
}


def _answer(data: bytes) -> bytes:
    question = dns.message.from_wire(data)
    asked = question.question[0]
    name, kind = asked.name.to_text(), dns.rdatatype.to_text(asked.rdtype)
    reply = dns.message.make_response(question)
    reply.flags |= dns.flags.RA
    found = RECORDS.get((name, kind))
    if found is not None:
        reply.answer.append(dns.rrset.from_text(name, 60, "IN", kind, found))
    elif name == "broken.example.com.":
        reply.set_rcode(dns.rcode.SERVFAIL)
    elif not any(known == name for known, _ in RECORDS):
        reply.set_rcode(dns.rcode.NXDOMAIN)
    return reply.to_wire()


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        is_over = threading.Event()

        def serve() -> None:
            while not is_over.is_set():
                data, whom = server.recvfrom(4096)
                if data:
                    server.sendto(_answer(data), whom)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        options = {"server": "127.0.0.1", "port": server.getsockname()[1]}
        yield Product("dns", "", secrets={}, options=options, outside={})
        is_over.set()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", server.getsockname())
        thread.join()


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("www.example.com", "A", {"state": "found", "answers": ["203.0.113.66"]}),
        ("www.example.com", "AAAA", {"state": "no_data", "answers": []}),
        ("none.example.com", "A", {"state": "no_name", "answers": []}),
    ],
)
def test_a_name_a_record_and_the_lack_of_either_are_told_apart(product, name, kind, expected):
    answer = product.perform("look_up_name", {"name": name, "kind": kind})
    assert answer.output == expected, answer.failure


def test_the_name_of_an_address_is_found(product):
    answer = product.perform("look_up_address", {"address": "203.0.113.66"})
    assert answer.output == {"state": "found", "answers": ["gate.example.com."]}, answer.failure


def test_a_server_that_cannot_answer_is_told(product):
    failure = product.perform("look_up_name", {"name": "broken.example.com"}).failure
    assert failure
    assert (failure.code, failure.retryable) == ("unavailable", True)


def test_a_hostile_text_is_no_name_and_is_not_asked(product):
    ends = {text: product.perform("look_up_name", {"name": text}).outcome for text in HOSTILE}
    assert set(ends.values()) == {Outcome.NOT_SENT}, ends
