"""The guided tour, done by a person: each step is over when it was done, not when it was read."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from tests.ui.hands import trigger
from tests.ui.journeys.hands import click, click_node, press_keys, type_over

from tocsin.ui.tour.steps import STEPS

RUN_MS = 30_000


def pick(desk, words):
    popup = QApplication.activePopupWidget()
    QTest.keyClicks(popup.focusWidget(), words)
    QTest.keyClick(popup.focusWidget(), Qt.Key.Key_Return)
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)


def button(widget, text):
    return next(one for one in widget.findChildren(QPushButton) if one.text() == text)


def test_who_does_what_the_tour_says_comes_to_its_end(start, qtbot, tmp_path):
    desk = start()
    trigger(desk, "help.tour")
    view = desk.panels.view
    card = next(one for one in view.viewport().children() if one.objectName() == "tour-card")
    assert card.isVisible()
    assert "Step 1 of 6" in card.text
    click(button(view.viewport(), "Add trigger"))
    pick(desk, "hand")
    assert "Step 2 of 6" in card.text
    view.setFocus()
    press_keys(desk, "A")
    pick(desk, "find endpoints")
    assert "Step 3 of 6" in card.text
    click_node(desk, "find_endpoints")
    type_over(desk, "with.contacted_ip", "203.0.113.66")
    qtbot.waitUntil(lambda: "Step 4 of 6" in card.text)
    press_keys(desk, "F6")
    qtbot.waitUntil(lambda: "Step 5 of 6" in card.text, timeout=RUN_MS)
    press_keys(desk, "F5")
    qtbot.waitUntil(lambda: "Step 6 of 6" in card.text, timeout=RUN_MS)
    desk.choice.chosen = tmp_path / "first.yaml"
    press_keys(desk, "Ctrl+S")
    assert "That was the tour" in card.text
    click(button(card, "Close"))
    assert not card.isVisible()


def test_a_step_can_be_left_out_and_the_tour_be_ended(start):
    desk = start()
    trigger(desk, "help.tour")
    card = next(one for one in desk.panels.view.viewport().children() if one.objectName() == "tour-card")
    for place in range(1, len(STEPS)):
        click(button(card, "Skip this step"))
        assert f"Step {place + 1} of" in card.text
    click(button(card, "End the tour"))
    assert not card.isVisible()
