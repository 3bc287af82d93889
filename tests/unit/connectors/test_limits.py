from __future__ import annotations

import asyncio

from tests.unit.connectors.support import Keys, Script, catalogue, make_intent, says, toy

from tocsin.connectors.limits import Permits, TokenBucket
from tocsin.connectors.lint import lint_connector
from tocsin.connectors.runner import DeclarativePerformer, Surroundings
from tocsin.engine.outcomes import Outcome


def test_a_full_bucket_gives_its_tokens_at_once_and_then_evenly():
    bucket = TokenBucket(count=3, period=1.0)
    assert [round(bucket.reserve(10.0), 3) for _ in range(5)] == [0.0, 0.0, 0.0, 0.333, 0.667]


def test_a_bucket_fills_again_but_never_above_its_size():
    bucket = TokenBucket(count=2, period=1.0)
    for _ in range(2):
        bucket.reserve(0.0)
    assert [bucket.reserve(100.0) for _ in range(3)] == [0.0, 0.0, 0.5]


def test_a_token_that_is_not_there_is_not_taken():
    bucket = TokenBucket(count=1, period=1.0)
    assert [bucket.try_reserve(now) for now in (0.0, 0.5, 0.5, 1.0)] == [True, False, False, True]


def test_a_bucket_gives_no_token_ahead_of_time_when_only_tried():
    bucket = TokenBucket(count=2, period=1.0)
    assert [bucket.try_reserve(0.0) for _ in range(3)] == [True, True, False]
    assert bucket.reserve(0.0) == 0.5


def _binding(**limits):
    return make_intent(toy(limits=limits), "look").binding


def test_no_more_are_inside_than_the_connection_has_places():
    async def go() -> int:
        permit, inside, most = Permits(monotonic=lambda: 0.0).of(_binding(concurrency=2)), 0, 0

        async def one() -> None:
            nonlocal inside, most
            await permit.enter()
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1
            permit.leave()

        await asyncio.gather(*(one() for _ in range(9)))
        return most

    assert asyncio.run(go()) == 2


def test_all_runs_share_the_permit_of_a_connection():
    permits = Permits(monotonic=lambda: 0.0)
    assert permits.of(_binding(concurrency=2)) is permits.of(_binding(concurrency=2))  # each run brings one of its own


def test_who_comes_too_fast_waits_as_long_as_the_rate_says():
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    async def go() -> None:
        permits = Permits(monotonic=lambda: 0.0, sleep=sleep)
        for _ in range(4):
            await permits.of(_binding(rate="2/m")).enter()

    asyncio.run(go())
    assert waited == [30.0, 60.0]


def test_entering_at_once_never_overtakes_who_waits():
    async def go() -> list[str]:
        permit, order = Permits(monotonic=lambda: 0.0).of(_binding(concurrency=1)), []
        assert permit.try_enter()

        async def patient() -> None:
            await permit.enter()
            order.append("patient")

        waiting = asyncio.create_task(patient())
        await asyncio.sleep(0)
        assert not permit.try_enter()
        permit.leave()
        assert not permit.try_enter()
        await waiting
        permit.leave()
        assert permit.try_enter()
        return order

    assert asyncio.run(go()) == ["patient"]


def test_a_place_given_to_someone_who_was_cancelled_goes_on_to_the_next():
    async def go() -> bool:
        permit = Permits(monotonic=lambda: 0.0).of(_binding(concurrency=1))
        assert permit.try_enter()
        waiting = asyncio.create_task(permit.enter())
        await asyncio.sleep(0)
        permit.leave()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        return permit.try_enter()

    assert asyncio.run(go())


def test_a_connection_whose_day_is_used_up_sends_nothing():
    taken: list[tuple[str, int]] = []

    async def take(connection: str, most: int) -> bool:
        taken.append((connection, most))
        return len(taken) < 2

    product = toy(limits={"per_day": "day"}, options={"day": {"type": "integer", "title": "A day", "default": 7}})
    script = Script(says({"is": 1}))
    around = Surroundings("production", Keys(), catalogue().vocabulary, take=take)
    performer = DeclarativePerformer(around, exchanger=script, monotonic=lambda: 50.0)
    answers = [asyncio.run(performer.perform(make_intent(product, "look"), grant=None)) for _ in range(2)]
    assert (answers[0].outcome, taken) == (Outcome.SUCCEEDED, [("conn", 7)] * 2)
    failure = answers[1].failure
    assert failure
    assert (answers[1].outcome, failure.code, failure.retryable) == (Outcome.NOT_SENT, "limit", False)
    assert "The 7 requests of today to Toy are used up." in failure.message
    assert len(script.requests) == 1


def test_a_day_is_counted_by_an_option_that_is_there():
    product = toy(limits={"per_day": "day"})
    assert "limits.per_day" in {problem.field for problem in lint_connector(product, catalogue().vocabulary)}
