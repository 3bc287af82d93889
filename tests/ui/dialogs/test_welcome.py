import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from tests.ui.dialogs.conftest import FakeLibrary

from tocsin.ui.dialogs.paste_card import PastedStart
from tocsin.ui.dialogs.welcome import WelcomePage


@pytest.fixture
def make_page(dressed, qtbot, theme, one):
    def make(templates=None):
        library = FakeLibrary(tuple(templates or (one,)))
        page = WelcomePage(theme, library)
        qtbot.addWidget(page)
        page.resize(1440, 824)
        return page, library

    return make


@pytest.fixture
def page(make_page, qtbot):
    page, _ = make_page()
    page.show()
    qtbot.waitUntil(lambda: bool(page.gallery.shown and page.scenarios))
    return page


def test_nothing_is_read_before_the_page_is_seen(make_page, qtbot):
    page, library = make_page()
    assert library.asked == []
    page.show()
    page.hide()
    page.show()
    assert library.asked == ["playbooks", "scenarios"]
    qtbot.waitUntil(lambda: bool(page.scenarios))


def test_the_page_has_the_measures_of_the_design(page, qtbot):
    assert page.paste.width() == 416
    assert page.paste.mapTo(page, page.paste.rect().topLeft()).x() == 86
    first = page.gallery.shown[0]
    assert first.mapTo(page, first.rect().topLeft()).x() - page._divider.x() == 41


@pytest.mark.parametrize("count", [1, 12])
def test_one_template_and_twelve_stand_in_order(make_page, qtbot, one, twelve, count):
    page, _ = make_page((one,) if count == 1 else twelve)
    page.show()
    qtbot.waitUntil(lambda: len(page.gallery.shown) == count)
    assert all(card.isVisible() and 240 <= card.width() <= 380 for card in page.gallery.shown)


def test_a_narrow_page_is_one_column(page, qtbot):
    page.resize(700, 824)
    qtbot.waitUntil(lambda: page.gallery.mapTo(page, page.gallery.rect().topLeft()).x() == 24)
    assert page.gallery.mapTo(page, page.gallery.rect().topLeft()).y() > page.paste.geometry().bottom()
    assert not page._divider.isVisible()


def test_the_buttons_tell_what_they_say(page, qtbot):
    with qtbot.waitSignal(page.new_requested):
        page.new.click()
    with qtbot.waitSignal(page.open_requested):
        page.open.click()


def test_a_recent_file_is_told_by_its_playbook_and_when_it_was_written(page, qtbot):
    page.set_recent([Path("/srv/contain.yaml")])
    [row] = page.recent
    assert (row.accessibleName(), row.accessibleDescription()) == ("contain", "/srv")
    qtbot.waitUntil(lambda: row.accessibleName() == "Contain")
    assert row.accessibleDescription() == "/srv, edited 24 Nov 2026, 06:00:00 UTC"


def test_looks_that_come_too_late_change_nothing(page, qtbot):
    page.set_recent([Path("/srv/first.yaml")])
    page.set_recent([Path("/srv/second.yaml")])
    qtbot.waitUntil(lambda: page.recent[0].accessibleName() == "Second")


def test_the_tour_is_offered_on_a_card(page, qtbot):
    with qtbot.waitSignal(page.tour_requested):
        page.tour.button.click()


def test_files_that_were_open_are_listed_by_name_and_opened_again(page, qtbot):
    assert page.recent == []
    path = Path.home() / "soc" / "phishing-triage.yaml"
    page.set_recent([path, *(Path(f"/srv/{number}.yaml") for number in range(9))])
    assert len(page.recent) == 6
    first = page.recent[0]
    assert (first.accessibleName(), first.accessibleDescription()) == ("phishing-triage", "~/soc")
    with qtbot.waitSignal(page.recent_chosen) as told:
        first.click()
    assert told.args == [path]


def test_a_template_is_chosen_by_its_id(page, qtbot):
    with qtbot.waitSignal(page.template_chosen) as told:
        page.gallery.shown[0].click()
    assert told.args == ["contain-suspicious-ip"]


def test_a_scenario_is_chosen_by_its_id(page, qtbot):
    with qtbot.waitSignal(page.scenario_chosen) as told:
        qtbot.keyClick(page.scenarios[0], Qt.Key.Key_Space)
    assert told.args == ["tor-brute-force"]


def test_a_pasted_alert_finds_the_template_it_can_start(page, qtbot):
    alert = {"source.ip": "203.0.113.66", "user.name": "clerk1"}
    assert not page.paste.look_through.isEnabled()
    page.paste.field.setPlainText(json.dumps(alert))
    page.paste.look_through.click()
    qtbot.waitUntil(lambda: bool(page.paste.offers))
    assert page.paste.said == "Found 203.0.113.66. "
    [offer] = page.paste.offers
    assert offer.text() == "Use “Contain a suspicious IP” with this alert"
    with qtbot.waitSignal(page.alert_pasted) as told:
        offer.click()
    event = {"src_ip": "203.0.113.66", "user": "clerk1", "raw": alert}
    assert told.args == [PastedStart("contain-suspicious-ip", event)]


def test_an_alert_that_lacks_something_is_told_what(page, qtbot):
    page.paste.give_text('{"src_ip": "203.0.113.66"}')
    qtbot.waitUntil(lambda: bool(page.paste.said))
    assert page.paste.said == ("Found 203.0.113.66. No template fits. “Contain a suspicious IP” also needs user.")
    assert page.paste.offers == []


def test_what_is_no_alert_is_said_so_until_the_text_changes(page, qtbot):
    page.paste.give_text("hello")
    qtbot.waitUntil(lambda: bool(page.paste.said))
    assert page.paste.said.startswith("This is no alert: ")
    page.paste.field.setPlainText("hello again")
    assert page.paste.said == ""


def test_a_sample_shows_how_it_goes(page, qtbot):
    page.paste.sample.click()
    qtbot.waitUntil(lambda: bool(page.paste.offers))
    assert json.loads(page.paste.field.toPlainText())["src_ip"] == "203.0.113.66"
