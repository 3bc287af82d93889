import time
from concurrent.futures import Future

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter
from tests.helpers.runs import playbook_of
from tests.ui.history.fakes import FakeHistory
from tests.ui.run_dock.stories import PLAYBOOK, SUBJECT, ended
from tests.unit.engine.test_moments import shown

from tocsin.engine import moments
from tocsin.engine.events import Event, EventType, RunStatus
from tocsin.engine.moments import moment_at
from tocsin.engine.progress import RunProgress
from tocsin.services.past import ListedRun, PastRun
from tocsin.ui.bridge import EventBridge
from tocsin.ui.expression import find_value
from tocsin.ui.run_dock.facts_grid import CopyButton
from tocsin.ui.run_dock.follower import RunNews
from tocsin.ui.run_dock.kept_values import KeptValues
from tocsin.ui.run_dock.panel import NOT_RUN, RunPanel
from tocsin.ui.run_dock.subject import RunSubject
from tocsin.ui.run_dock.unsure_card import TAPE
from tocsin.ui.theme import DARK, Look, Theme
from tocsin.ui.widgets.empty_state import EmptyState


@pytest.fixture
def past(panel):
    events = tuple(ended().events)
    listed = ListedRun("0190-test", 218, "Contain", "lab", RunStatus.SUCCEEDED, 1, 2, 2)
    panel.show_past(PastRun(listed, PLAYBOOK, events), RunSubject(PLAYBOOK, name="R-218"))
    return events


def test_before_the_first_run_the_panel_says_so_and_offers_one(panel, qtbot):
    assert panel.status == NOT_RUN
    with qtbot.waitSignal(panel.rehearse_requested) as told:
        panel.findChild(EmptyState).button.click()
    assert told.args == [None]


def test_a_live_run_shows_facts_what_may_have_happened_and_its_steps(panel, live):
    facts = {fact.label: fact.value for fact in panel.page.facts.facts}
    assert (facts["Changes"], facts["Address"]) == ("1 made, 1 not sure", "203.0.113.66")
    (card,) = panel.page.cards
    assert "Isolate for ws-02 may have happened" in card.text
    assert [row.title for row in panel.page.timeline.rows][4:8] == ["For each host", "ws-01", "ws-02", "db-01"]
    assert panel.status.startswith("Waits for you · run 0190-test · changes: 1 made, 1 not sure")


def test_an_address_is_copied_so_that_nobody_clicks_it(panel, live):
    button = panel.page.facts.findChild(CopyButton)
    assert button.accessibleName() == "Copy the address, defanged"
    button.click()
    assert QGuiApplication.clipboard().text() == "203[.]0[.]113[.]66"


def test_what_may_have_happened_can_be_answered_where_the_run_asks(panel, live, qtbot):
    (card,) = panel.page.cards
    assert [button.text() for button in card.options] == ["It happened", "It did not happen"]
    with qtbot.waitSignal(panel.answered) as told:
        card.options[0].click()
    assert (told.args[0].question, told.args[0].option) == ("hosts[1]/isolate?1", "done")
    assert not card.options[1].isEnabled()
    panel.allow_answer()
    assert card.options[1].isEnabled()


def test_a_card_goes_when_its_change_is_settled(panel, live, driver):
    driver.answer("hosts[1]/isolate?1", "done")
    live.tell()
    assert panel.page.cards == ()


def test_the_cards_tape_is_six_pixels_wide(panel, live):
    (card,) = panel.page.cards
    picture = card.grab().toImage()
    colours = [picture.pixelColor(x, card.height() // 2).name().upper() for x in range(12)]
    tape = {Theme().tokens.tape, Theme().tokens.tape_ink}
    assert TAPE == 6
    assert sum(colour in tape for colour in colours) == TAPE


def test_a_row_that_is_chosen_leads_to_its_step_and_shows_what_it_gave(panel, live, qtbot):
    with qtbot.waitSignal(panel.node_chosen) as told:
        rect = panel.page.timeline.row_rect(1)
        qtbot.mouseClick(panel.page.timeline.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert told.args == ["find"]
    assert '"name": "ws-01"' in panel.output


def test_a_step_that_is_chosen_on_the_canvas_is_chosen_here_without_an_answer(panel, live, qtbot):
    with qtbot.assertNotEmitted(panel.node_chosen):
        panel.show_node("isolate")
    assert panel.page.timeline.current_path == "hosts[1]/isolate"
    assert (panel.page.step.path, panel.page.step.place) == ("hosts[1]/isolate", "item 2 of 3")
    assert panel.page.step.output.value["Outcome"] == "not sure"


def test_items_are_gone_through_one_by_one(panel, live, qtbot):
    panel.show_node("isolate")
    step = panel.page.step
    with qtbot.waitSignal(panel.node_chosen):
        step._before.click()
    assert (step.path, step.input.value) == ("hosts[0]/isolate", {"host": "ws-01"})
    assert not step._before.isEnabled()


def dragged(data):
    """The path that the first value of a tree is dragged as, or None where it cannot be dragged."""
    model = data.tree.model()
    first = model.index(0, 0)
    can_be = first.flags() & Qt.ItemFlag.ItemIsDragEnabled
    return find_value(model.mimeData([first])) if can_be else None


def test_attempts_can_be_chosen_and_the_last_is_shown_first(panel, live):
    panel.show_node("find")
    step = panel.page.step
    assert step.attempts.isVisible()
    assert "hosts" in step.output.value
    assert dragged(step.output) == "find.hosts"
    step.attempts.setCurrentIndex(0)
    assert step.output.value["Outcome"] == "not sent"
    assert dragged(step.output) is None


def test_a_choice_of_attempt_survives_what_happens_elsewhere(panel, live, driver):
    panel.show_node("find")
    panel.page.step.attempts.setCurrentIndex(0)
    driver.answer("hosts[2]/confirm?1", "rejected")
    live.tell()
    assert panel.page.step.output.value["Outcome"] == "not sent"


def test_every_moment_of_a_run_can_be_seen_again(panel, past, qtbot):
    assert not panel.is_replaying
    for index in (0, 7, len(past) // 2, len(past) - 1):
        with qtbot.waitSignal(panel.moment_changed) as told:
            panel.page.scrubber.track.setValue(index)
        assert told.args == [index]
        assert shown(panel.moment) == shown(moment_at(past, index))
    assert panel.is_replaying
    panel.page.scrubber.live_button.click()
    assert (panel.is_replaying, panel.progress.status) == (False, RunStatus.SUCCEEDED)


class SlowHistory(FakeHistory):
    """Takes its time to find how a run stood."""

    def look_back(self, rewind, index):
        future = Future()
        self.asked.append((rewind, index, future))
        return future

    def give(self):
        """Find the last that was asked for."""
        rewind, index, future = self.asked[-1]
        future.set_result(rewind.at(index))
        return index


@pytest.fixture
def bridge():
    made = EventBridge()
    yield made
    made.flush()
    made.deleteLater()


@pytest.fixture
def values(bridge):
    made = KeptValues(SlowHistory(), bridge)
    yield made
    made.deleteLater()


def test_a_moment_far_away_is_folded_beside_the_window(theme, clock, values, bridge, qtbot, monkeypatch):
    monkeypatch.setattr(moments, "STRIDE", 3)
    panel, history = RunPanel(theme, values=values, clock=clock), values._history
    qtbot.addWidget(panel)
    events = tuple(ended().events)
    listed = ListedRun("0190-test", 218, "Contain", "lab", RunStatus.SUCCEEDED, 1, 2, 2)
    panel.show_past(PastRun(listed, PLAYBOOK, events), RunSubject(PLAYBOOK, name="R-218"))
    latest = shown(panel.moment)
    panel.page.scrubber.track.setValue(20)
    assert shown(panel.moment) == latest  # until it is there, what was seen before stays
    panel.page.scrubber.track.setValue(11)
    assert history.give() == 20  # one is looked for at a time
    bridge.flush()
    assert shown(panel.moment) == shown(moment_at(events, 11))  # on the way to 20 that became easy
    panel.page.scrubber.track.setValue(40)
    assert shown(panel.moment) == shown(moment_at(events, 11))
    with qtbot.waitSignal(panel.moment_changed) as told:
        assert history.give() == 40
        bridge.flush()
    assert (told.args, shown(panel.moment)) == ([40], shown(moment_at(events, 40)))


def test_keys_of_the_replay_move_the_playhead(panel, past, qtbot):
    panel.page.timeline.setFocus()
    scrubber = panel.page.scrubber
    for key, index in ((Qt.Key.Key_Home, 0), (Qt.Key.Key_End, len(past)), (Qt.Key.Key_Home, 0)):
        qtbot.keyClick(panel.page.timeline, key)
        assert scrubber.track.value() == index
    qtbot.keyClick(panel.page.timeline, Qt.Key.Key_Period)
    first = scrubber.track.value()
    qtbot.keyClick(panel.page.timeline, Qt.Key.Key_Period)
    qtbot.keyClick(panel.page.timeline, Qt.Key.Key_Comma)
    assert scrubber.track.value() == first > 0


def test_playing_runs_to_the_end_and_stops_there(panel, past, qtbot):
    scrubber = panel.page.scrubber
    scrubber._playback.speed = 1_000_000
    qtbot.keyClick(panel.page.timeline, Qt.Key.Key_Space)
    assert scrubber.is_playing
    qtbot.waitUntil(lambda: not scrubber.is_playing)
    assert scrubber.track.value() == len(past)


def test_a_press_on_the_track_shows_what_had_happened_by_then(panel, past, qtbot):
    track = panel.page.scrubber.track
    qtbot.mouseClick(track, Qt.MouseButton.LeftButton, pos=QPoint(track.width() // 2, track.height() // 2))
    middle = (past[0].at + past[-1].at) // 2
    assert track.value() == pytest.approx(sum(event.at <= middle for event in past), abs=2)


def test_who_looks_back_stays_there_while_the_run_goes_on(panel, live, driver):
    panel.page.scrubber.go_first()
    driver.answer("hosts[2]/confirm?1", "rejected")
    live.tell()
    assert (panel.is_replaying, panel.page.scrubber.track.value()) == (True, 0)
    panel.page.scrubber.live_button.click()
    assert panel.progress is live.progress


def test_in_a_replay_nothing_is_asked(panel, live):
    panel.page.scrubber.go_first()
    assert panel.page.cards == ()
    assert panel.page.waiting.lines == ()


def test_several_open_questions_are_listed(panel, qtbot):
    ask = {"kind": "ask", "ask": "approval", "text": "Go on with <b>x</b>?"}
    subject = RunSubject(playbook_of({"t": {"kind": "trigger", "event": "manual"}, "a": ask, "b": ask}, []))
    progress = RunProgress("r")
    options = [{"id": "approved", "title": "Approve"}]
    asked = [
        Event("r", n, n, EventType.ASK_OPENED, f"{p}?1", {"kind": "approval", "text": ask["text"], "options": options})
        for n, p in enumerate(["a", "b"], 1)
    ]
    for event in asked:
        progress.apply(event)
    panel.show_run(subject, progress)
    panel.show_news(RunNews(tuple(asked), frozenset()))
    assert [line.ask for line in panel.page.waiting.lines] == ["a?1", "b?1"]
    with qtbot.waitSignal(panel.question_chosen) as told:
        panel.findChild(QPushButton, "waiting-b?1").click()
    assert told.args == ["b?1"]


def test_the_step_stands_beside_the_timeline_in_a_dock_at_the_bottom(panel, live):
    split = panel.page.findChild(QSplitter)
    assert split.orientation() is Qt.Orientation.Vertical
    panel.resize(1200, 320)
    assert split.orientation() is Qt.Orientation.Horizontal


def test_nothing_of_a_run_is_read_as_markup(panel, live):
    assert {label.textFormat() for label in panel.findChildren(QLabel)} <= {
        Qt.TextFormat.PlainText,
        Qt.TextFormat.AutoText,
    }
    texts = [label for label in panel.findChildren(QLabel) if label.textFormat() is not Qt.TextFormat.PlainText]
    assert [label.text() for label in texts if label.text()] == []


def test_twenty_thousand_events_are_taken_in_and_painted_fluently(dressed, theme, qtbot, clock):
    panel = RunPanel(theme, clock=clock)
    qtbot.addWidget(panel)
    panel.resize(560, 826)
    panel.show()
    progress = RunProgress("r")
    panel.show_run(SUBJECT, progress)
    events = [Event("r", 1, 1, EventType.LOOP_STARTED, "hosts", {"count": 5_000, "items": None})]
    for index in range(5_000):
        at = 10 + index * 1000
        path = f"hosts[{index}]/isolate"
        started = {"n": 1, "action": "toy.look", "connection": "toy", "effect": "read"}
        ended_facts = {
            "n": 1,
            "outcome": "succeeded",
            "changed": "false",
            "settle": {"state": "succeeded", "ports": ["out"]},
        }
        for kind, where, data in (
            (EventType.ITEM_STARTED, "hosts", {"index": index, "key": f"h{index}"}),
            (EventType.ATTEMPT_STARTED, path, started),
            (EventType.ATTEMPT_FINISHED, path, ended_facts),
            (EventType.ITEM_FINISHED, "hosts", {"index": index, "key": f"h{index}", "state": "succeeded"}),
        ):
            events.append(Event("r", len(events) + 1, at, kind, where, data))
    for event in events:
        progress.apply(event)
    begin = time.perf_counter()
    panel.show_news(RunNews(tuple(events), frozenset()))
    panel.grab()
    taken = time.perf_counter() - begin
    begin = time.perf_counter()
    panel.page.timeline.viewport().grab()
    painted = time.perf_counter() - begin
    panel.page.scrubber.track.setValue(10_000)
    begin = time.perf_counter()
    panel.page.scrubber.track.setValue(9_500)
    moved = time.perf_counter() - begin
    assert len(panel.page.timeline.rows) > 2_000
    assert taken < 1.5
    assert painted < 0.1
    assert moved < 0.3


def test_a_look_that_changes_is_followed(qtbot, dressed, clock, driver):
    theme = Theme()
    panel = RunPanel(theme, clock=clock)
    qtbot.addWidget(panel)
    panel.show()
    before = panel.page.timeline.row_height
    theme.set_look(Look(DARK, scale=1.3))
    assert (before, panel.page.timeline.row_height) == (22, 29)


def test_a_run_that_changed_something_can_be_taken_back_once_it_is_over(panel, past, qtbot):
    assert panel.page.undo_button.isVisible()
    with qtbot.waitSignal(panel.undo_requested) as told:
        panel.page.undo_button.click()
    assert told.args == [past[0].run]


def test_a_run_that_is_on_is_not_taken_back(panel, live):
    assert not panel.page.undo_button.isVisible()
