"""“Run on…”: what is selected or copied becomes what the playbook in front begins with."""

import pytest
from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QListView, QPlainTextEdit
from tests.ui.hands import SMALL

from tocsin.cli.inputs import read_inputs
from tocsin.ui.window.chosen_text import chosen_text

ASKS = SMALL.replace("nodes:\n", "inputs:\n  ip:\n    type: string\n    required: true\nnodes:\n", 1)


@pytest.fixture
def asking(desk, tmp_path):
    """The window with a playbook that begins with an address; the clipboard is left as it was found."""
    file = tmp_path / "asks.yaml"
    file.write_text(ASKS, encoding="utf-8")
    desk.window.open(file)
    yield desk
    QGuiApplication.clipboard().clear()


def test_a_copied_address_runs_as_the_command_line_runs_it(asking, qtbot):
    QGuiApplication.clipboard().setText("seen from 203.0.113[.]66 at noon")
    asking.window.commands.get("run.run_on").trigger()
    form = asking.panels.run.form
    assert form.fields.value == {"ip": "203.0.113.66"}
    form.run()
    qtbot.waitUntil(lambda: bool(asking.runs.requests))
    assert asking.runs.requests[-1].event == read_inputs(["ip=203.0.113.66"])


def test_what_is_asked_stays_empty_where_nothing_fits(asking):
    QGuiApplication.clipboard().setText("two words\nand lines")
    asking.window.commands.get("run.run_on").trigger()
    assert asking.panels.run.form.fields.value == {}


def test_this_is_the_selected_text_the_row_or_what_was_copied(qtbot):
    QGuiApplication.clipboard().setText("copied")
    line, page, rows = QLineEdit("a 192.0.2.1 b"), QPlainTextEdit("x\ny"), QListView()
    for widget in (line, page, rows):
        qtbot.addWidget(widget)
    rows.setModel(QStringListModel(["Block address", "192.0.2.7 blocked"], rows))
    line.setSelection(2, 9)
    page.selectAll()
    assert [chosen_text(line), chosen_text(page), chosen_text(None)] == ["192.0.2.1", "x\ny", "copied"]
    rows.setCurrentIndex(rows.model().index(0, 0))
    assert chosen_text(rows) == "copied"
    rows.setCurrentIndex(rows.model().index(1, 0))
    assert chosen_text(rows) == "192.0.2.7 blocked"
    line.deselect()
    assert chosen_text(line) == "copied"
    QGuiApplication.clipboard().clear()
