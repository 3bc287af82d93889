import pytest
from tests.ui.lab.conftest import RUN, undo_of

from tocsin.formats.docs import write_html, write_markdown
from tocsin.ui.lab.panel import LabPanel
from tocsin.ui.lab.report import Told, report_of


@pytest.fixture
def told(story, lab):
    with story.by(RUN):
        story.block()
        story.contain("ws-03")
        story.ticket("Contain <script>alert(1)</script>", "Blocked 203.0.113.66 & more")
    undos = (undo_of("block"), undo_of("ticket", ""))
    return Told(lab._now(), RUN, "Brute force", undos, "user:local")


def test_the_report_says_what_was_before_and_after_and_what_can_be_taken_back(told):
    text = write_markdown(report_of(told).page)
    assert "R-218 in the Lab" in text
    for part in ("Block 203", "not listed", "can be taken back", "cannot be undone", "taken back", "10:42:09 UTC"):
        assert part in text
    assert "a person judges" in text
    assert "you" in text


def test_addresses_in_a_report_cannot_be_clicked_on(told):
    text = write_html(report_of(told).page)
    assert "203.0.113.66" not in text
    assert "203[.]0[.]113[.]66" in text


def test_nothing_that_a_ticket_says_becomes_markup(told):
    text = write_html(report_of(told).page)
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_the_panel_hands_the_report_out(dressed, qtbot, theme, lab, told):
    panel = LabPanel(theme, lab, you="user:local")
    qtbot.addWidget(panel)
    panel.resize(1440, 824)
    panel.show()
    qtbot.waitUntil(lambda: panel._changes.lab_run is not None)
    with qtbot.waitSignal(panel.report_requested) as made:
        panel._changes._report.click()
    assert made.args[0].name == "R-218 in the Lab"
