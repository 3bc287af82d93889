import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from tests.ui.history.fakes import FakeHistory, listed
from tests.ui.run_dock.stories import PLAYBOOK, ended

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.engine.events import RunStatus
from tocsin.services.past import PastRun, RunQuery
from tocsin.ui.bridge import EventBridge
from tocsin.ui.history.model import cells
from tocsin.ui.history.names import RunName, RunNames
from tocsin.ui.history.panel import NO_MATCH, NOT_RUN, HistoryPanel
from tocsin.ui.theme import Theme

SECOND = 1_000_000


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
    return FakeHistory()


@pytest.fixture
def panel(dressed, qtbot, history, bridge):
    widget = HistoryPanel(Theme(), history, bridge)
    qtbot.addWidget(widget)
    widget.resize(700, 400)
    return widget


@pytest.fixture
def shown(panel, bridge):
    def show():
        panel.show()
        bridge.flush()
        return panel

    return show


def titles(panel):
    return [run.title for run in panel.model.runs]


def test_a_run_is_told_by_its_number_its_state_its_times_and_its_changes():
    run = listed(218, RunStatus.FAILED, ended_at=300 * SECOND, changes=3, unsure=1)
    assert cells(run) == (
        "R-218",
        "failed",
        "Contain",
        "1 Jan 1970, 00:03:38 UTC",
        "01:22",
        "2 made, 1 not sure",
        "lab",
    )


def test_where_nothing_ran_the_page_says_so_and_offers_a_run(shown, qtbot):
    panel = shown()
    assert panel.empty.isVisible()
    assert panel.empty.line == NOT_RUN
    with qtbot.waitSignal(panel.rehearse_requested):
        panel.empty.button.click()


def test_ten_thousand_runs_are_listed_page_by_page(shown, history, bridge):
    history.runs = [listed(no) for no in range(1, 10_001)]
    panel = shown()
    asked = len(history.asked)
    assert titles(panel)[:2] == ["R-10000", "R-9999"]
    assert len(panel.model.runs) <= 400
    panel.view.scrollToBottom()
    bridge.flush()
    assert len(history.asked) == asked + 1
    assert history.asked[-1].before == 10_001 - history.asked[0].most
    assert titles(panel)[-1] == f"R-{10_000 - len(panel.model.runs) + 1}"


def test_states_and_words_choose_what_is_listed(shown, history, bridge):
    history.runs = [listed(1), listed(2, RunStatus.WAITING), listed(3, RunStatus.FAILED, playbook="Phish")]
    panel = shown()
    panel.set_filter("on")
    bridge.flush()
    assert titles(panel) == ["R-2"]
    panel.set_filter("all", "Phi")
    bridge.flush()
    assert (titles(panel), panel.query) == (["R-3"], RunQuery(text="Phi"))
    panel.set_filter("succeeded", "Phi")
    bridge.flush()
    assert panel.empty.line == NO_MATCH
    panel.empty.button.click()
    bridge.flush()
    assert titles(panel) == ["R-3", "R-2", "R-1"]


def test_typing_waits_for_a_pause_before_it_asks(shown, history, qtbot, bridge):
    history.runs = [listed(1), listed(2, playbook="Phish")]
    panel = shown()
    asked = len(history.asked)
    qtbot.keyClicks(panel.findChild(type(panel._search)), "Phi")
    assert len(history.asked) == asked
    qtbot.waitUntil(lambda: titles(panel) == ["R-2"])
    assert len(history.asked) == asked + 1


def test_an_answer_that_comes_after_another_question_is_dropped(shown, history, bridge):
    history.runs = [listed(1), listed(2, RunStatus.FAILED)]
    panel = shown()
    panel.set_filter("failed")
    panel.set_filter("succeeded")
    bridge.flush()
    assert titles(panel) == ["R-1"]


def test_enter_opens_the_run_with_its_events_and_its_snapshot(shown, history, qtbot, bridge):
    run = listed(7)
    history.runs = [run]
    history.past = {run.run: PastRun(run, PLAYBOOK, tuple(ended().events))}
    panel = shown()
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    with qtbot.waitSignal(panel.opened) as told:
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert (told.args[0].listed, told.args[0].playbook) == (run, PLAYBOOK)


def test_the_chosen_run_stays_chosen_when_the_list_is_loaded_again(shown, history, bridge):
    history.runs = [listed(1), listed(2)]
    panel = shown()
    panel.view.setCurrentIndex(panel.model.index(1, 0))
    history.runs.append(listed(3))
    panel.refresh()
    bridge.flush()
    assert (panel.view.currentIndex().row(), panel.view.currentIndex().data()) == (2, "R-1")


def test_a_journal_that_cannot_be_read_is_said(shown, history, qtbot, panel, bridge):
    history.refusal = UnreadableError("The journal cannot be used.")
    with qtbot.waitSignal(panel.refused) as told:
        shown()
    assert told.args[0] is history.refusal


def test_what_a_run_is_called_is_asked_for_once(history, bridge, qtbot):
    history.runs = [listed(218)]
    names = RunNames(history, bridge)
    with qtbot.waitSignal(names.named) as told:
        assert names.find("0190-00218") == ""
    assert told.args[0] == RunName("0190-00218", "R-218")
    assert names.find("0190-00218") == "R-218"
    assert len(history.asked) == 1
    names.deleteLater()


def test_a_run_that_is_not_kept_yet_is_asked_for_again(history, bridge, qtbot):
    names = RunNames(history, bridge)
    names.find("0190-00001")
    bridge.flush()
    history.runs = [listed(1)]
    names.find("0190-00001")
    bridge.flush()
    assert names.find("0190-00001") == "R-1"
    names.deleteLater()


def test_the_states_sign_stands_before_the_name_and_rows_are_26_high(shown, history):
    history.runs = [listed(1, RunStatus.FAILED)]
    panel = shown()
    rect = panel.view.visualRect(panel.model.index(0, 0))
    assert rect.height() == 26
    picture = panel.view.viewport().grab(rect).toImage()
    from PySide6.QtGui import QColor

    from tocsin.ui.theme import LIGHT

    red = QColor(LIGHT.failed).rgb()
    assert red in {picture.pixel(x, y) for x in range(24) for y in range(26)}


def undo_button(panel):
    return next(button for button in panel.findChildren(QPushButton) if button.text() == "Undo all…")


@pytest.mark.parametrize(
    ("run", "can_be_undone"),
    [
        (listed(1, changes=2, ended_at=2 * SECOND), True),
        (listed(1, changes=0, ended_at=2 * SECOND), False),
        (listed(1, RunStatus.WAITING, changes=2), False),
        (listed(1, changes=2, ended_at=2 * SECOND, is_imported=True), False),
    ],
)
def test_only_a_run_that_is_over_and_changed_something_here_can_be_undone(shown, history, run, can_be_undone):
    history.runs = [run]
    panel = shown()
    assert not undo_button(panel).isEnabled()
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    assert undo_button(panel).isEnabled() is can_be_undone


def test_the_menu_of_a_run_opens_it_or_takes_back_what_it_changed(shown, history, qtbot):
    history.runs = [listed(1, changes=2, ended_at=2 * SECOND)]
    panel = shown()
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    assert [action.text() for action in panel.view.actions()] == [
        "Open",
        "Run the playbook in front on its event…",
        "Undo all…",
    ]
    with qtbot.waitSignal(panel.undo_requested) as told:
        panel.view.actions()[2].trigger()
    assert told.args == [history.runs[0].run]


def test_the_event_of_a_run_can_be_run_again_on_the_playbook_in_front(shown, history, qtbot):
    history.runs = [run := listed(7)]
    history.past = {run.run: PastRun(run, PLAYBOOK, tuple(ended().events))}
    panel = shown()
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    with qtbot.waitSignal(panel.event_chosen) as told:
        panel.view.actions()[1].trigger()
    assert told.args[0].listed == run
