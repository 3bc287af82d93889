import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from tests.ui.lab.conftest import EVENT, OTHER, RUN

from tocsin.lab import UnknownScenarioError
from tocsin.ui.dialogs.choice import ChoiceDialog
from tocsin.ui.lab.panel import Arrangement, LabPanel
from tocsin.ui.lab.products import MAIN

WIDE = (1440, 824)


@pytest.fixture
def panel(dressed, qtbot, theme, lab):
    panel = LabPanel(theme, lab)
    qtbot.addWidget(panel)
    panel.resize(*WIDE)
    return panel


@pytest.fixture
def shown(panel, qtbot):
    with qtbot.waitExposed(panel):
        panel.show()
    qtbot.waitUntil(lambda: panel.look is not None)
    return panel


def dialog(panel):
    return next(one for one in panel.findChildren(ChoiceDialog) if one.isVisible())


def button(panel, name):
    return dialog(panel).findChild(QPushButton, name)


def test_a_panel_that_is_made_asks_for_nothing(panel, lab):
    assert lab.asked == []


def test_a_lab_that_does_not_run_is_said_so_and_started_only_when_asked(panel, qtbot, lab):
    lab.running = False
    panel.show()
    qtbot.waitUntil(lambda: "look" in lab.asked)
    assert panel._empty.isVisible()
    assert (panel._empty.line, panel._empty.button.text()) == ("The Lab is not running.", "Start Lab")
    assert not any(name.startswith("start") for name in lab.asked)
    panel._empty.button.click()
    qtbot.waitUntil(lambda: panel.look is not None)
    assert "start None" in lab.asked
    assert panel._board.isVisible()


def test_nothing_is_polled_while_it_cannot_be_seen(shown, qtbot, lab):
    assert shown._poll.isActive()
    shown.hide()
    assert not shown._poll.isActive()


def test_what_changes_in_the_lab_is_shown(shown, qtbot, story):
    with story.by(RUN):
        story.block()
    qtbot.waitUntil(lambda: bool(shown.look.changes))
    assert shown._changes.run == RUN.run
    assert [change.title for change in shown._changes.changes] == ["Block 203.0.113.66"]
    assert shown._board.cards["opnsense"].card.rows[0].run == RUN


def test_a_look_that_is_the_same_is_not_told_again(shown, qtbot, lab):
    told = []
    shown.look_changed.connect(told.append)
    seen = lab.asked.count("look")
    qtbot.waitUntil(lambda: lab.asked.count("look") > seen + 1, timeout=3000)
    assert told in ([], [shown.look])  # the scenarios' titles may still come in


def test_the_sides_have_the_widths_of_the_design(shown):
    assert shown.arrangement is Arrangement.WIDE
    assert (shown._side.width(), shown._changes.width()) == (244, 282)


@pytest.mark.parametrize("size", [(1100, 200), (560, 620), (720, 824)])
def test_where_there_is_little_room_one_part_is_shown_under_tabs(shown, size):
    shown.resize(*size)
    assert shown.arrangement is Arrangement.TABS
    bar = shown._tabs.bar
    assert [bar.tabText(place) for place in range(bar.count())] == [
        *("SIEM", "Firewall", "EDR", "Directory", "Threat intel", "Tickets"),
        "Changes",
        "Scenario",
        *("Mailboxes", "Weaknesses", "Scans", "Patch jobs", "Job templates", "Intel feed", "Known as harmless"),
        *("IDS sets", "Chat", "Mail sent", "Hardening checks", "Reports"),
        *("Groups", "Keys and limits", "Everything else", "Requests"),
    ]
    visible = [card.card.title for card in shown._board.cards.values() if card.isVisible()]
    assert visible == ["SIEM"]
    bar.setCurrentIndex(2)
    assert shown._board.cards["falcon"].isVisible()


def test_everything_finds_its_place_again_when_there_is_room(shown):
    before = shown._board.cards["falcon"]
    for size in ((560, 400), WIDE, (560, 400), WIDE):
        shown.resize(*size)
    assert shown.arrangement is Arrangement.WIDE
    assert shown._board.cards["falcon"] is before
    assert all(card.isVisible() == (name in MAIN or bool(card.card.rows)) for name, card in shown._board.cards.items())
    assert shown._board.requests.isVisible()
    assert shown._side.isVisible()
    assert shown._changes.width() == 282


def test_an_injected_alert_is_told_as_the_event_of_a_run(shown, qtbot):
    with qtbot.waitSignal(shown.alert_injected) as told:
        shown._inject.trigger()
    assert told.args == [EVENT]


def test_a_reset_asks_first_and_cancel_has_the_focus(shown, qtbot, story, lab):
    with story.by(RUN):
        story.block()
    shown._reset_action.trigger()
    cancel = button(shown, "cancel")
    assert cancel.isDefault()
    cancel.click()
    assert "reset" not in lab.asked
    QApplication.sendPostedEvents(None, 0)
    shown._reset_action.trigger()
    button(shown, "reset-lab").click()
    qtbot.waitUntil(lambda: "reset" in lab.asked)
    qtbot.waitUntil(lambda: not shown.look.changes)


def test_what_cannot_be_done_is_told(shown, qtbot, lab):
    lab.fault = UnknownScenarioError("x", ())
    with qtbot.waitSignal(shown.failed) as told:
        shown.inject()
    assert told.args == [lab.fault]
    assert shown._inject.isEnabled()


def test_another_scenario_is_begun_after_asking(shown, qtbot, lab):
    qtbot.waitUntil(lambda: len(shown._side.buttons) == 2)
    playing, other = shown._side.buttons
    assert (playing.isChecked(), other.isChecked()) == (True, False)
    other.click()
    assert (playing.isChecked(), other.isChecked()) == (True, False)
    button(shown, "begin-scenario").click()
    qtbot.waitUntil(lambda: "start quiet-day" in lab.asked)


def test_a_scenario_is_played_at_once_where_no_lab_runs(panel, qtbot, lab):
    lab.running = False
    panel.play("tor-brute-force")
    assert lab.asked == ["start tor-brute-force"]
    qtbot.waitUntil(lambda: panel.look is not None)


def test_the_world_is_told_in_facts(shown, qtbot):
    qtbot.waitUntil(lambda: shown._side._values["Seed"].text() == "41")
    facts = {name: value.text() for name, value in shown._side._values.items()}
    assert facts == {
        "Seed": "41",
        "Hosts": "10",
        "Users": "6",
        "Alert": "about 203.0.113.66",
        "Products": "6, on this computer",
    }


def test_the_changes_of_another_run_can_be_chosen_and_the_run_opened(shown, qtbot, story):
    with story.by(OTHER):
        story.contain("ws-03")
    with story.by(RUN):
        story.block()
    qtbot.waitUntil(lambda: len(shown.look.runs) == 2)
    shown.show_run(OTHER.run)
    assert [change.title for change in shown._changes.changes] == ["Isolate ws-03"]
    with qtbot.waitSignal(shown.run_chosen) as told:
        shown._line.open_button.click()
    assert told.args == [OTHER.run]
    shown._changes._runs.setCurrentIndex(0)
    assert shown._changes.run == RUN.run


def test_a_run_that_changed_nothing_is_said_so(shown):
    shown.show_run("01890a5d-1111-774b-bcce-b302099a8057")
    assert shown._changes._empty.line == "This run changed nothing."
    assert shown._changes._empty.isVisible()


def test_what_the_last_ticket_says_can_be_read(shown, qtbot, story):
    assert not shown._board._ticket.isVisible()
    with story.by(RUN):
        story.ticket("Contained <b>203[.]0[.]113[.]66</b>", "Score 97.")
    qtbot.waitUntil(shown._board._ticket.isVisible)
    assert shown._board._ticket.text == "Contained <b>203[.]0[.]113[.]66</b>\nScore 97."
