import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton
from tests.ui.fakes import RUN

from tocsin.base.clock import Clock
from tocsin.engine.events import REHEARSE, RunStatus
from tocsin.engine.progress import RunProgress
from tocsin.ui.canvas.looks import Look
from tocsin.ui.run_dock.follower import RunPhase
from tocsin.ui.run_dock.run_bar import RunBar
from tocsin.ui.widgets.toggle import Toggle

SECOND = 1_000_000


@pytest.fixture
def bar(dressed, theme, qtbot):
    widget = RunBar(theme, "Lab", clock=Clock(utc_micros=lambda: 13 * SECOND))
    qtbot.addWidget(widget)
    return widget


def run_at(status, *, ended_at=0):
    progress = RunProgress(RUN)
    progress.status, progress.started_at, progress.ended_at = status, SECOND, ended_at
    return progress


def test_it_is_there_only_while_a_run_is_shown_and_40_high(bar):
    assert not bar.isVisible()
    bar.show_phase(RunPhase.STARTING, None)
    assert (bar.isVisible(), bar.height(), bar.text) == (True, 40, "Starting in Lab")
    bar.show_phase(RunPhase.NONE, None)
    assert not bar.isVisible()


@pytest.mark.parametrize(
    ("status", "look", "words"),
    [
        (RunStatus.RUNNING, Look.RUNNING, "running in Lab"),
        (RunStatus.WAITING, Look.ASKS, "waits for you in Lab"),
        (RunStatus.FAILED, Look.FAILED, "failed in Lab"),
    ],
)
def test_it_says_the_state_as_sign_and_words(bar, status, look, words):
    bar.show_phase(RunPhase.ON, run_at(status))
    bar.set_name("R-218")
    assert bar.badge.look is look
    assert bar.text == f"R-218 {words}, 12.0 s"


def test_a_run_without_a_known_number_is_called_by_the_beginning_of_its_id(bar):
    bar.show_phase(RunPhase.ON, run_at(RunStatus.RUNNING))
    assert bar.text.startswith("Run 01890a5d-ac96 running")


def test_another_run_loses_the_name_of_the_one_before(bar):
    progress = run_at(RunStatus.RUNNING)
    bar.show_phase(RunPhase.ON, progress)
    bar.set_name("R-218")
    bar.show_phase(RunPhase.OVER, progress)
    assert bar.text.startswith("R-218")
    bar.show_phase(RunPhase.STARTING, None)
    bar.show_phase(RunPhase.ON, run_at(RunStatus.RUNNING))
    assert not bar.text.startswith("R-218")


def test_a_run_that_is_over_keeps_its_time_and_nothing_is_counted(bar):
    bar.show_phase(RunPhase.ON, run_at(RunStatus.RUNNING))
    assert bar._tick.isActive()
    bar.show_phase(RunPhase.OVER, run_at(RunStatus.SUCCEEDED, ended_at=87 * SECOND))
    assert bar.text.endswith("succeeded in Lab, 01:26")
    assert not bar._tick.isActive()


def test_following_can_be_switched_off_while_the_run_is_on(bar, qtbot):
    bar.show_phase(RunPhase.ON, run_at(RunStatus.RUNNING))
    bar.resize(800, 40)
    toggle = bar.findChild(Toggle)
    assert (toggle.isVisible(), bar.is_following) == (True, True)
    with qtbot.waitSignal(bar.follow_changed) as told:
        toggle.click()
    assert (told.args, bar.is_following) == ([False], False)
    bar.show_phase(RunPhase.OVER, run_at(RunStatus.SUCCEEDED, ended_at=2 * SECOND))
    assert not toggle.isVisible()


def test_actions_stand_after_the_words_and_before_the_switch(bar):
    action = QAction("Stop run", bar)
    action.setObjectName("run.stop")
    bar.add_action(action)
    bar.show_phase(RunPhase.ON, run_at(RunStatus.RUNNING))
    bar.resize(800, 40)
    button, toggle = bar.findChild(QPushButton, "button-run.stop"), bar.findChild(Toggle)
    assert bar._text.x() < button.x() < toggle.x()


def test_a_narrow_bar_keeps_its_buttons_and_leaves_the_switch_out(bar, qtbot):
    bar.show_phase(RunPhase.ON, run_at(RunStatus.RUNNING))
    bar.show()
    bar.resize(500, 40)
    assert not bar.findChild(Toggle).isVisible()
    bar.resize(700, 40)
    assert bar.findChild(Toggle).isVisible()


def test_a_paused_run_says_so(bar):
    progress = run_at(RunStatus.RUNNING)
    progress.is_paused = True
    bar.show_phase(RunPhase.ON, progress)
    assert (bar.badge.look, bar.text.endswith("paused in Lab, 12.0 s")) == (Look.PAUSED, True)


@pytest.mark.parametrize(
    ("status", "words"),
    [(RunStatus.SUCCEEDED, "rehearsed"), (RunStatus.FAILED, "rehearsal failed"), (RunStatus.RUNNING, "rehearsing")],
)
def test_a_rehearsal_is_told_from_a_run(bar, status, words):
    progress = run_at(status, ended_at=3 * SECOND)
    progress.mode = REHEARSE
    bar.show_phase(RunPhase.OVER, progress)
    assert f"{words} in Lab, reads only" in bar.text


def test_a_plan_can_be_closed_when_it_is_whole(bar, qtbot):
    progress = run_at(RunStatus.SUCCEEDED, ended_at=3 * SECOND)
    close = next(b for b in bar.findChildren(QPushButton) if b.text() == "Close plan")
    bar.show_phase(RunPhase.OVER, progress)
    assert not close.isVisible()
    progress.mode = REHEARSE
    bar.show_phase(RunPhase.OVER, progress)
    with qtbot.waitSignal(bar.close_requested):
        close.click()
