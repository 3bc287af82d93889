from tests.ui.lab.conftest import RUN

from tocsin.services.lab_desk import LabRequest
from tocsin.ui.lab.panel import LabPanel
from tocsin.ui.lab.requests import NONE, RequestsView, requests_card

BLOCK = LabRequest(
    "2026-11-24T10:42:07Z", "opnsense", "POST", "/api/add/tocsin_block", changes=True, status=200, run=RUN
)
CUT = LabRequest("2026-11-24T10:42:08Z", "falcon", "POST", "/devices", changes=True, status=None)
BAD = LabRequest("2026-11-24T10:42:09Z", "jira", "GET", "/rest", changes=False, status=500)


def test_a_request_tells_product_path_answer_and_run():
    rows = [[cell.words for cell in row.cells] for row in requests_card((BLOCK, CUT, BAD)).rows]
    assert rows == [
        ["10:42:07", "Firewall", "POST", "/api/add/tocsin_block, change", "200, changed by R-218"],
        ["10:42:08", "EDR", "POST", "/devices, change", "cut off"],
        ["10:42:09", "Tickets", "GET", "/rest", "500"],
    ]


def test_where_there_are_none_that_is_said_and_a_search_without_a_find_too(dressed, qtbot, theme):
    view = RequestsView(theme)
    qtbot.addWidget(view)
    view.show_requests(())
    assert view.empty_line == NONE
    view.search.setText("foo")
    view.show_requests(())
    assert view.empty_line == "No request matches “foo”."


def test_what_is_typed_is_searched_in_the_lab(dressed, qtbot, theme, lab):
    lab.received = [BLOCK, CUT]
    panel = LabPanel(theme, lab)
    qtbot.addWidget(panel)
    panel.resize(1440, 824)
    panel.show()
    view = panel._board.requests
    qtbot.waitUntil(lambda: len(view.card.rows) == 2)
    assert view.search.accessibleName() == "Search requests: product, path, answer, run"
    view.search.setText("devices")
    qtbot.waitUntil(lambda: len(view.card.rows) == 1)
    assert "requests devices" in lab.asked
