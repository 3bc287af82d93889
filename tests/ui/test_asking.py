from concurrent.futures import Future

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from tocsin.lab import UnknownScenarioError
from tocsin.ui.asking import Asking


@pytest.fixture
def owner(qapp):
    owner = QObject()
    yield owner
    owner.deleteLater()


def test_an_answer_comes_later_in_qts_thread(owner, qtbot):
    asking, future, told = Asking(owner), Future(), []
    asking.ask(future, told.append)
    future.set_result(7)
    assert told == []
    qtbot.waitUntil(lambda: told == [7])


def test_what_a_person_may_read_is_told_as_a_failure(owner, qtbot):
    asking, future = Asking(owner), Future()
    asking.ask(future, lambda _answer: pytest.fail("there is no answer"))
    fault = UnknownScenarioError("x", ())
    with qtbot.waitSignal(asking.failed) as told:
        future.set_exception(fault)
    assert told.args == [fault]


def test_what_was_cancelled_is_no_answer(owner, qtbot):
    asking, future, told = Asking(owner), Future(), []
    asking.ask(future, told.append)
    future.cancel()
    other = Future()
    asking.ask(other, told.append)
    other.set_result(1)
    qtbot.waitUntil(lambda: told == [1])


def test_who_is_deleted_hears_nothing(qapp):
    owner, future = QObject(), Future()
    Asking(owner).ask(future, lambda _answer: pytest.fail("nobody asks any more"))
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    future.set_result(1)
