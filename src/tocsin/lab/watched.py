"""What can be seen of the world's life: who talked to whom, who signed in, who reported. The newest few thousand."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, dataclass, field

from tocsin.base.json_types import Json

KEPT_EVENTS = 5000


@dataclass(frozen=True, slots=True)
class Flow:
    """Traffic of one minute between a host and an outside address, as SIEM and IDS see it.

    Attributes:
        at: RFC 3339.
        outside: The outside address.
        fresh: Whether the connection began in this minute; an older one goes on after a block.
    """

    at: str
    host: str
    host_ip: str
    outside: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class SignIn:
    """One try to sign in."""

    at: str
    user: str
    ip: str
    succeeded: bool


@dataclass(slots=True)
class Watched:
    """What was seen since the story began.

    Attributes:
        minutes: How many minutes of life there were.
        flows_seen: How many flows there were in all, those that are no longer kept too.
        heard_by_siem: When each host's log agent last reported, by the host's id.
        heard_by_edr: The same of its sensor.
    """

    minutes: int = 0
    flows_seen: int = 0
    flows: deque[Flow] = field(default_factory=lambda: deque[Flow](maxlen=KEPT_EVENTS))
    sign_ins: deque[SignIn] = field(default_factory=lambda: deque[SignIn](maxlen=KEPT_EVENTS))
    heard_by_siem: dict[str, str] = field(default_factory=dict[str, str])
    heard_by_edr: dict[str, str] = field(default_factory=dict[str, str])

    def add_flow(self, flow: Flow) -> None:
        """Keep what was seen of one minute between two addresses."""
        self.flows.append(flow)
        self.flows_seen += 1

    def to_json(self) -> dict[str, Json]:
        """Return what was seen, the oldest first."""
        return {
            "minutes": self.minutes,
            "flows": [asdict(flow) for flow in self.flows],
            "sign_ins": [asdict(sign_in) for sign_in in self.sign_ins],
            "heard_by_siem": dict(self.heard_by_siem),
            "heard_by_edr": dict(self.heard_by_edr),
        }
