"""What is copied out of the window is harmless to click; what is typed stays as it was."""

import pytest
from PySide6.QtCore import QMimeData, QStringListModel, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QPlainTextEdit, QVBoxLayout, QWidget

from tocsin.ui.safe_copy import AS_IT_IS, SafeCopy

ADDRESS, HARMLESS = "203.0.113.66", "203[.]0[.]113[.]66"


@pytest.fixture
def sheet(qapp, qtbot):
    """A window with one widget of each kind that copies by itself, while copying is watched."""
    watch = SafeCopy(is_own=lambda: True)  # the platform of the tests never says so
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    field, page, label, rows = QLineEdit(ADDRESS), QPlainTextEdit(ADDRESS), QLabel(ADDRESS), QListView()
    page.setReadOnly(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    rows.setModel(QStringListModel([ADDRESS], rows))
    for widget in (field, page, label, rows):
        column.addWidget(widget)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    yield {"field": field, "page": page, "label": label, "rows": rows}
    QGuiApplication.clipboard().clear()
    watch.deleteLater()


def copied_from(widget, qtbot):
    widget.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is widget)
    if isinstance(widget, QLabel):
        widget.setSelection(0, len(ADDRESS))
    elif isinstance(widget, QListView):
        widget.setCurrentIndex(widget.model().index(0, 0))
    else:
        widget.selectAll()
    QTest.keySequence(widget, QKeySequence(QKeySequence.StandardKey.Copy))
    return QGuiApplication.clipboard().text()


@pytest.mark.parametrize(
    ("kind", "text"), [("field", ADDRESS), ("page", HARMLESS), ("label", HARMLESS), ("rows", HARMLESS)]
)
def test_only_what_comes_out_of_a_field_is_copied_as_it_is(sheet, qtbot, kind, text):
    assert copied_from(sheet[kind], qtbot) == text


def test_what_is_for_programs_stays_as_it_is(sheet):
    data = QMimeData()
    data.setText(f"address: {ADDRESS}")
    data.setData(AS_IT_IS, b"")
    sheet["rows"].setFocus()
    QGuiApplication.clipboard().setMimeData(data)
    assert QGuiApplication.clipboard().text() == f"address: {ADDRESS}"
