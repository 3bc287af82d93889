"""The control address: how tests, lessons and the Lab's panel look into the world and change it (definitions.md D5).

Besides D5's calls it has `PATCH /world` (a JSON merge patch, RFC 7396, of what `GET /world` gives) and `GET /changes`;
`GET /requests?text=WORDS&most=N` tells the newest that fit;
`POST /reset {"scenario": ID}` begins another shipped scenario, at the same addresses and with the same sign-ins;
`GET /clock` tells the world's time, `POST /clock {"seconds": N}` puts it forward; `GET /watched` tells what was seen of
the world's life.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from itertools import islice
from typing import cast

from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.lab.exchange import Answer, BadRequestError, Request, as_object, text_in, whole_number_in
from tocsin.lab.life import Life
from tocsin.lab.reception import KEPT_REQUESTS, Fault, Reception
from tocsin.lab.rows import BadRowError, amended
from tocsin.lab.scenarios import load_scenario, scenario_names
from tocsin.lab.spoiled import POISONED, SPOILED
from tocsin.lab.story_clock import MOST_SECONDS
from tocsin.lab.twin import Route, Twin, same_secret
from tocsin.lab.values import Alert, AlertStatus, Product
from tocsin.lab.world import World

FAULT_WORDS = ("drop_after", "slow", POISONED, *SPOILED)
LONGEST_WAIT = 600.0


class Control(Twin):
    """Serves the control address; it wants a bearer token, and no fault can be planted in it."""

    product = Product.CONTROL

    def __init__(self, world: World, reception: Reception, life: Life, *, token: str) -> None:
        self._reception = reception
        self._life = life
        super().__init__(world, {"token": token})

    @override
    def make_routes(self) -> Sequence[Route]:
        return (
            Route("GET", "/world", self._world),
            Route("PATCH", "/world", self._amend, changes=True),
            Route("GET", "/changes", self._changes),
            Route("POST", "/reset", self._reset, changes=True),
            Route("POST", "/inject", self._inject, changes=True),
            Route("GET", "/faults", self._faults),
            Route("PUT", "/faults", self._plant, changes=True),
            Route("DELETE", "/faults", self._clear_faults, changes=True),
            Route("GET", "/requests", self._requests),
            Route("GET", "/clock", self._clock),
            Route("POST", "/clock", self._put_forward, changes=True),
            Route("GET", "/watched", self._watched),
        )

    @override
    def is_signed_in(self, request: Request) -> bool:
        return same_secret(request.bearer(), self.sign_in["token"])

    @override
    def failure(self, status: int, message: str) -> Answer:
        return Answer(status, {"error": message})

    @override
    def answer(self, request: Request) -> Answer:
        """Answer a request, after the world has lived up to now."""
        self._life.catch_up()
        return super().answer(request)

    def _world(self, request: Request) -> Answer:
        del request
        return self._told()

    def _told(self) -> Answer:
        return Answer(200, headers={"content-type": "application/json"}, raw=self.world.to_text())

    def _amend(self, request: Request) -> Answer:
        try:
            self.world.amend(request.object())
        except BadRowError as error:
            raise BadRequestError(str(error)) from error
        return self._told()

    def _changes(self, request: Request) -> Answer:
        del request
        return Answer(200, [asdict(change) for change in self.world.changes])

    def _reset(self, request: Request) -> Answer:
        name = text_in(request.object(), "scenario", self.world.scenario.id)
        if name not in {self.world.scenario.id, *scenario_names()}:
            raise BadRequestError(f"“{name}” is no scenario of this Lab")
        self.world.reset(None if name == self.world.scenario.id else load_scenario(name))
        self._reception.clear_faults()
        self._reception.clear_requests()
        return self._told()

    def _inject(self, request: Request) -> Answer:
        """Let an alert arrive. What it does not say is as in the scenario's alert; `raw` is the SIEM's own to make."""
        body = request.object()
        given = as_object(body.get("alert", body), "alert")
        patch = {name: value for name, value in given.items() if name != "raw"}
        pattern = Alert(**self.world.scenario.alert.model_dump())
        key = text_in(patch, "id", pattern.id)
        try:
            alert = amended("alerts", key, replace(pattern, id=key), patch)
        except BadRowError as error:
            raise BadRequestError(str(error)) from error
        alert = self.world.inject(replace(cast("Alert", alert), status=AlertStatus.OPEN))
        return Answer(200, asdict(alert))

    def _faults(self, request: Request) -> Answer:
        del request
        return Answer(200, [asdict(fault) for fault in self._reception.faults])

    def _plant(self, request: Request) -> Answer:
        body = request.object()
        unknown = set(body) - {"product", "path", "status", "times", "seconds"}
        if unknown:
            raise BadRequestError(f"“{min(unknown)}” is no part of a fault")
        fault = Fault(
            product=_product_in(body),
            path=text_in(body, "path", "*"),
            status=_status_in(body),
            times=_times_in(body),
            seconds=_seconds_in(body),
        )
        self._reception.plant(fault)
        return Answer(200, asdict(fault))

    def _clear_faults(self, request: Request) -> Answer:
        del request
        self._reception.clear_faults()
        return Answer(204)

    def _requests(self, request: Request) -> Answer:
        """Tell the last requests, oldest first: `most` of those in which each word of `text` is found."""
        most = request.number("most", KEPT_REQUESTS, low=1, high=KEPT_REQUESTS)
        words = request.parameter("text").lower().split()
        fitting = (one for one in reversed(self._reception.requests) if all(word in one.words for word in words))
        return Answer(200, [asdict(one) for one in reversed(list(islice(fitting, most)))])

    def _clock(self, request: Request) -> Answer:
        del request
        clock = self.world.clock
        return Answer(200, {"now": clock.now, "begun": clock.begun, "minutes": clock.minutes})

    def _put_forward(self, request: Request) -> Answer:
        seconds = whole_number_in(request.object(), "seconds", 60)
        if not 0 < seconds <= MOST_SECONDS:
            raise BadRequestError(f"seconds must be a number from 1 to {MOST_SECONDS}")
        self.world.clock.put_forward(seconds)
        self._life.catch_up()
        return self._clock(request)

    def _watched(self, request: Request) -> Answer:
        del request
        return Answer(200, self.world.watched.to_json())


def _product_in(body: Mapping[str, Json]) -> Product:
    name = text_in(body, "product")
    if name not in set(Product) - {Product.CONTROL}:
        raise BadRequestError(f"“{name}” is no product of the Lab")
    return Product(name)


def _status_in(body: Mapping[str, Json]) -> int | str:
    status = body.get("status")
    if isinstance(status, str) and status in FAULT_WORDS:
        return status
    if isinstance(status, int) and not isinstance(status, bool) and 400 <= status <= 599:
        return status
    words = ", ".join(f"“{word}”" for word in FAULT_WORDS)
    raise BadRequestError(f"status must be a number from 400 to 599, or one of {words}")


def _times_in(body: Mapping[str, Json]) -> int | None:
    times = body.get("times")
    if times is None or (isinstance(times, int) and not isinstance(times, bool) and times > 0):
        return times
    raise BadRequestError("times must be a whole number from 1, or null for always")


def _seconds_in(body: Mapping[str, Json]) -> float:
    seconds = body.get("seconds", 5.0)
    if isinstance(seconds, int | float) and not isinstance(seconds, bool) and 0 <= seconds <= LONGEST_WAIT:
        return float(seconds)
    raise BadRequestError(f"seconds must be a number from 0 to {LONGEST_WAIT:.0f}")
