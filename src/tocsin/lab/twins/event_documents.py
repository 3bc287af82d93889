"""The events that agents and sensors send to Elasticsearch, in ECS: traffic and sign-ins of the world's life.

Source: elastic.co/docs/reference/ecs. Attempts that the firewall stopped are in its own log and not here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tocsin.base.json_types import Json
from tocsin.lab.watched import Flow, SignIn
from tocsin.lab.world import World

TRAFFIC_INDEX: Final = "logs-network.traffic-default"
SIGN_IN_INDEX: Final = "logs-identity.sign_in-default"


@dataclass(frozen=True, slots=True)
class Document:
    """One document of an index."""

    id: str
    index: str
    source: dict[str, Json]


def events_in(world: World, index: str) -> Iterable[Document]:
    """Return the documents of one of the two indices, oldest first."""
    if index == TRAFFIC_INDEX:
        for number, flow in enumerate(world.watched.flows):
            yield Document(f"flow-{flow.at}-{number}", index, _traffic(flow))
    elif index == SIGN_IN_INDEX:
        for number, sign_in in enumerate(world.watched.sign_ins):
            yield Document(f"sign-in-{sign_in.at}-{number}", index, _sign_in(sign_in))


def _traffic(flow: Flow) -> dict[str, Json]:
    return {
        "@timestamp": flow.at,
        "event": {"kind": "event", "category": ["network"], "type": ["start" if flow.fresh else "connection"]},
        "source": {"ip": flow.outside},
        "destination": {"ip": flow.host_ip},
        "host": {"name": flow.host, "ip": flow.host_ip},
    }


def _sign_in(sign_in: SignIn) -> dict[str, Json]:
    outcome = "success" if sign_in.succeeded else "failure"
    return {
        "@timestamp": sign_in.at,
        "event": {"kind": "event", "category": ["authentication"], "type": ["start"], "outcome": outcome},
        "source": {"ip": sign_in.ip},
        "user": {"name": sign_in.user},
    }
