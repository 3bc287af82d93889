import pytest
from tests.ui.history.fakes import FakeHistory

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.ui.bridge import EventBridge
from tocsin.ui.run_dock.kept_values import Found, KeptValues, plain_value

LARGE = {"r": "abc", "n": 2048, "t": "object"}


class UnreadableError(TocsinError):
    code = ErrorCode.JOURNAL_UNUSABLE


@pytest.fixture
def bridge(qapp):
    made = EventBridge()
    yield made
    made.flush()
    made.deleteLater()


@pytest.fixture
def history():
    return FakeHistory(values={"abc": {"rows": [1, 2]}})


@pytest.fixture
def values(history, bridge):
    made = KeptValues(history, bridge)
    yield made
    made.deleteLater()


def test_what_events_hold_is_there_at_once(values):
    assert [values.find(kept).value for kept in ({"v": 3}, None, "x", {"a": 1}, [1])] == [3, None, "x", {"a": 1}, [1]]


def test_a_large_value_is_loaded_once_and_told_when_it_came(values, qtbot):
    with qtbot.waitSignal(values.loaded):
        assert values.find(LARGE) == Found("2,048 bytes, kept in the journal", is_there=False)
    assert values.find(LARGE) == Found({"rows": [1, 2]})


def test_a_value_that_cannot_be_loaded_says_why(values, history, qtbot):
    history.refusal = UnreadableError("The journal cannot be used.")
    with qtbot.waitSignal(values.loaded):
        values.find(LARGE)
    assert values.find(LARGE) == Found(history.refusal.line, is_there=False)


def test_without_a_journal_only_the_size_is_said():
    assert plain_value(LARGE).value == "2,048 bytes, kept in the journal"
