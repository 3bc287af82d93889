import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from tests.unit.checks.build import read
from tests.unit.services.samples.places import CONTAIN

from tocsin.services.samples import Answers
from tocsin.ui.expression import ExpressionEditor, make_context
from tocsin.ui.expression.evaluator import evaluator_in_place


@pytest.fixture
def context_at(qapp, catalogue):
    """Make the context of a node's field."""
    evaluator = evaluator_in_place(Answers())

    def make(node="block", text=CONTAIN, key="with"):
        return make_context(read(text), node, catalogue, evaluator, key)

    yield make
    evaluator.close()


@pytest.fixture
def field(dressed, theme, qtbot, context_at):
    """Show a field in a window as the inspector has it; the keys go there."""
    windows = []

    def show(text="", *, is_template=True, is_multiline=False, context=None, width=324):
        window = QWidget()
        window.resize(width + 28, 480)
        column = QVBoxLayout(window)
        column.setContentsMargins(14, 14, 14, 14)
        editor = ExpressionEditor(
            theme, context or context_at(), is_template=is_template, is_multiline=is_multiline, parent=window
        )
        editor.setAccessibleName("Comment")
        editor.set_text(text)
        column.addWidget(editor)
        column.addStretch(1)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        editor.setFocus()
        qtbot.waitUntil(editor.focusProxy().hasFocus)
        windows.append(window)
        return editor

    yield show
    for window in windows:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def say(qtbot):
    """Type into a field."""

    def type_in(editor, text):
        qtbot.keyClicks(editor.focusProxy(), text)

    return type_in


@pytest.fixture
def press(qtbot):
    """Press a key in a field."""

    def press_key(editor, key, *modifiers):
        if modifiers:
            qtbot.keyClick(editor.focusProxy(), key, *modifiers)
        else:
            qtbot.keyClick(editor.focusProxy(), key)

    return press_key
