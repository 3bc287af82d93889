"""Where requests to the products arrive: each is written down, meets the planted faults, and goes on to its twin."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from tocsin.lab.exchange import Answer, Request
from tocsin.lab.spoiled import POISONED, SPOILED, poisoned
from tocsin.lab.twin import Twin
from tocsin.lab.values import Product

KEPT_REQUESTS = 10_000
KEPT_HEADERS = ("accept", "content-type", "idempotency-key", "kbn-xsrf", "user-agent", "x-tocsin-attempt")
"""Which headers are written down. None of them holds a secret at any vendor."""


@dataclass(frozen=True, slots=True)
class ReceivedRequest:
    """What is kept of a request: no body, no query, no secret.

    Attributes:
        at: RFC 3339.
        changes: Whether it asked for a change.
        status: The status of the product's own answer; None before it and when the connection was cut.
        headers: The few that are kept, by lower-case name.
    """

    product: Product
    method: str
    path: str
    at: str
    changes: bool
    headers: Mapping[str, str]
    status: int | None = None

    @property
    def idempotency_key(self) -> str:
        """The key that the client marked its attempt with, or ""."""
        return self.headers.get("idempotency-key") or self.headers.get("x-tocsin-attempt", "")

    @property
    def words(self) -> str:
        """What it is found by, in lower case."""
        status = "cut" if self.status is None else self.status
        return f"{self.product} {self.method} {self.path} {status}".lower()


ChangeHook = Callable[[ReceivedRequest], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted fault (definitions.md D5).

    Attributes:
        path: A shell pattern for the whole path; `*` also takes slashes.
        status: An error status, which is answered without acting; or a word, which acts: `drop_after` cuts the
            connection without an answer, `slow` lets the answer wait, one of `spoiled` sends that in its stead,
            `poisoned` lets intelligence lie.
        times: How many requests it still meets; None is all.
        seconds: How long `slow` waits.
    """

    product: Product
    path: str
    status: int | str
    times: int | None = None
    seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the server is to do: wait, then send the answer, or cut the connection when there is none."""

    answer: Answer | None
    wait_seconds: float = 0.0


class Reception:
    """Takes requests in for all products.

    Attributes:
        on_change_request: Called on the Lab's thread with every request for a change, before anything acts on it.

    Args:
        catch_up: Lets the world live up to now; called before every request.
    """

    def __init__(
        self, *, on_change_request: ChangeHook | None = None, catch_up: Callable[[], None] | None = None
    ) -> None:
        self.on_change_request = on_change_request
        self._catch_up = catch_up
        self._faults: list[Fault] = []
        self._requests: deque[ReceivedRequest] = deque(maxlen=KEPT_REQUESTS)

    @property
    def requests(self) -> tuple[ReceivedRequest, ...]:
        """The last requests to the products, oldest first."""
        return tuple(self._requests)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults that are still to happen; the first that fits a request happens."""
        return tuple(self._faults)

    def plant(self, fault: Fault) -> None:
        """Let a fault happen; one for the same product and path is replaced."""
        self._faults = [old for old in self._faults if (old.product, old.path) != (fault.product, fault.path)]
        self._faults.append(fault)

    def clear_faults(self) -> None:
        """Let no fault happen any more."""
        self._faults.clear()

    def clear_requests(self) -> None:
        """Forget the requests."""
        self._requests.clear()

    def receive(self, twin: Twin, request: Request) -> Outcome:
        """Take one request in and tell what is to be done."""
        if self._catch_up is not None:
            self._catch_up()
        received = self._received(twin, request)
        if received.changes and self.on_change_request is not None:
            self.on_change_request(received)
        fault = self._take_fault(twin.product, request.path)
        if fault is not None and isinstance(fault.status, int):
            answer = twin.finished(request, twin.failure(fault.status, "This fault was planted in the Lab."))
        else:
            with twin.world.caused_by(received.idempotency_key):
                answer = twin.answer(request)
        outcome = Outcome(answer) if fault is None else _met(fault, answer)
        self._requests.append(replace(received, status=None if outcome.answer is None else answer.status))
        return outcome

    def _received(self, twin: Twin, request: Request) -> ReceivedRequest:
        found = twin.find_route(request)
        return ReceivedRequest(
            product=twin.product,
            method=request.method,
            path=request.path,
            at=twin.world.now,
            changes=found is not None and found[0].changes,
            headers={name: request.headers[name] for name in KEPT_HEADERS if name in request.headers},
        )

    def _take_fault(self, product: Product, path: str) -> Fault | None:
        for index, fault in enumerate(self._faults):
            if fault.product == product and fnmatchcase(path, fault.path):
                self._count_down(index, fault)
                return fault
        return None

    def _count_down(self, index: int, fault: Fault) -> None:
        if fault.times is None:
            return
        if fault.times > 1:
            self._faults[index] = replace(fault, times=fault.times - 1)
        else:
            del self._faults[index]


def _met(fault: Fault, answer: Answer) -> Outcome:
    """Return what becomes of the product's own answer when a fault meets it."""
    if fault.status == "drop_after":
        return Outcome(None)
    if isinstance(fault.status, str) and fault.status in SPOILED:
        return Outcome(SPOILED[fault.status]())
    if fault.status == POISONED:
        return Outcome(poisoned(answer))
    return Outcome(answer, fault.seconds if fault.status == "slow" else 0.0)
