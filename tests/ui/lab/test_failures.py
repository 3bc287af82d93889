import pytest
from tests.ui.lab.conftest import FAILING

from tocsin.lab.control import FAULT_WORDS
from tocsin.services.lab_desk import Failing, FailingProduct, LabFault
from tocsin.ui.lab.failures import FAILURES, NONE, FailuresView, fault_words
from tocsin.ui.lab.panel import LabPanel
from tocsin.ui.widgets.icon_button import IconButton


@pytest.fixture
def view(dressed, qtbot, theme):
    view = FailuresView(theme)
    qtbot.addWidget(view)
    view.show_products(FAILING)
    view.show()
    return view


def test_every_word_that_the_lab_knows_can_be_chosen():
    assert set(FAULT_WORDS) <= {status for _, status in FAILURES}
    assert {429, 500, 401} <= {status for _, status in FAILURES}


def test_a_failure_is_told_in_words():
    assert fault_words(LabFault("falcon", "/devices/*", "slow", 1), FAILING) == "EDR, Isolate: slow, 5 s, once"
    assert fault_words(LabFault("opnsense", "*", 500), FAILING) == "Firewall, Everything: server error, 500, every time"
    assert fault_words(LabFault("jira", "/x", 418, 2), FAILING) == "Tickets, /x: 418, 2 times"


def test_the_actions_are_those_of_the_product(view):
    view.product.setCurrentIndex(1)
    assert [view.action.itemText(place) for place in range(view.action.count())] == ["Everything", "Block address"]


def test_what_is_chosen_is_planted(view, qtbot):
    view.product.setCurrentIndex(1)
    view.action.setCurrentIndex(1)
    view.failure.setCurrentIndex(view.failure.findText("No answer after acting"))
    view.times.setCurrentIndex(1)
    with qtbot.waitSignal(view.plant_asked) as told:
        view.button.click()
    assert told.args == [LabFault("opnsense", "/api/add/*", "drop_after", 1)]


def test_a_failure_can_be_lifted_again(view, qtbot):
    fault = LabFault("falcon", "*", 429)
    view.show_faults((fault,))
    lift = view._list.findChild(IconButton)
    assert lift.accessibleName() == "Lift the failure: EDR, Everything: too many requests, 429, every time"
    with qtbot.waitSignal(view.lift_asked) as told:
        lift.click()
    assert told.args == [fault]


def test_where_nothing_fails_that_is_said_and_without_products_nothing_can(dressed, qtbot, theme):
    view = FailuresView(theme)
    qtbot.addWidget(view)
    view.show_products(())
    assert not view.button.isEnabled()
    assert view.faults == ()
    assert NONE in {label.text() for label in view._list.children() if hasattr(label, "text")}


def test_the_panel_plants_and_lifts_in_the_lab(dressed, qtbot, theme, lab):
    panel = LabPanel(theme, lab)
    qtbot.addWidget(panel)
    panel.resize(1440, 824)
    panel.show()
    failures = panel._side.failures
    qtbot.waitUntil(lambda: failures.button.isEnabled() and panel.look is not None)
    failures.button.click()
    qtbot.waitUntil(lambda: len(failures.faults) == 1)
    failures._list.findChild(IconButton).click()
    qtbot.waitUntil(lambda: not failures.faults)
    assert lab.faults == []


def test_only_intelligence_can_be_poisoned(view):
    place = view.failure.findData("poisoned")
    view.show_products((*FAILING, FailingProduct("misp", "MISP", (Failing("Everything", "*"),))))
    view.product.setCurrentIndex(2)
    view.failure.setCurrentIndex(place)
    view.product.setCurrentIndex(0)
    assert (view.failure.currentIndex(), view.failure.model().item(place).isEnabled()) == (0, False)
