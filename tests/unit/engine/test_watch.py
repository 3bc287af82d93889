"""Work gets its time and no more, whoever else cancels it: one alarm for all."""

import asyncio

import pytest

from tocsin.engine.watch import Watch


async def _endless():
    await asyncio.Event().wait()


def test_work_in_time_gives_its_result():
    async def work():
        return 7

    assert asyncio.run(Watch().within(60, work())) == 7


def test_work_that_failed_by_itself_says_so():
    async def work():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        asyncio.run(Watch().within(60, work()))


def test_work_over_its_time_ends_and_its_task_goes_on():
    async def whole():
        with pytest.raises(TimeoutError):
            await Watch().within(0, _endless())
        assert not asyncio.current_task().cancelling()

    asyncio.run(whole())


def test_the_shorter_time_ends_first_though_it_began_later():
    ended = []

    async def work(watch, seconds):
        with pytest.raises(TimeoutError):
            await watch.within(seconds, _endless())
        ended.append(seconds)

    async def whole():
        watch = Watch()
        await asyncio.gather(work(watch, 0.01), work(watch, 0))

    asyncio.run(whole())
    assert ended == [0, 0.01]


def test_a_task_that_somebody_else_cancels_is_cancelled():
    async def whole():
        task = asyncio.ensure_future(Watch().within(60, _endless()))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(whole())


def test_a_task_that_somebody_cancels_as_its_time_ends_is_cancelled():
    async def work():
        try:
            await _endless()
        finally:
            asyncio.current_task().cancel()

    async def whole():
        task = asyncio.ensure_future(Watch().within(0, work()))
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(whole())
