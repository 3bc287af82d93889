import threading

import pytest
from PySide6.QtCore import QObject, QThread

from tocsin.engine.events import Event, EventType
from tocsin.ui.bridge import EventBridge


def event(seq):
    return Event("run", seq, seq, EventType.RUN_NOTED, "", {})


class Ear(QObject):
    def __init__(self, bridge):
        super().__init__()
        self.heard, self.batches, self.threads = [], 0, set()
        bridge.batch_arrived.connect(self.hear)

    def hear(self, batch):
        self.batches += 1
        self.heard += [event.seq for event in batch]
        self.threads.add(QThread.currentThread())


@pytest.fixture
def bridge(qapp):
    bridge = EventBridge()
    yield bridge
    bridge.flush()
    bridge.deleteLater()


def test_events_from_another_thread_arrive_in_qts_thread_in_order_and_in_few_batches(bridge, engine, qtbot, qapp):
    ear = Ear(bridge)

    async def burst():
        for seq in range(1, 10_001):
            bridge.post((event(seq),))

    engine.submit(burst())
    qtbot.waitUntil(lambda: len(ear.heard) == 10_000)
    assert ear.heard == list(range(1, 10_001))
    assert ear.threads == {qapp.thread()}
    assert ear.batches < 20


def test_a_delivery_comes_between_what_was_posted_before_and_after_it(bridge):
    ear, told = Ear(bridge), []

    def post():
        bridge.post((event(1), event(2)))
        bridge.deliver(lambda value: told.append((value, tuple(ear.heard))), "started")
        bridge.post([event(3)])

    thread = threading.Thread(target=post)
    thread.start()
    thread.join()
    bridge.flush()
    assert told == [("started", (1, 2))]
    assert (ear.heard, ear.batches) == ([1, 2, 3], 2)


def test_nothing_is_told_when_nothing_came(bridge, qtbot):
    with qtbot.assertNotEmitted(bridge.batch_arrived):
        bridge.flush()


def test_what_is_posted_while_a_batch_is_told_comes_with_the_next(bridge, qtbot):
    ear = Ear(bridge)
    follow = [event(2)]
    bridge.batch_arrived.connect(lambda _batch: bridge.post((follow.pop(),)) if follow else None)
    bridge.post((event(1),))
    qtbot.waitUntil(lambda: ear.heard == [1, 2])
