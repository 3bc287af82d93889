"""The keys sheet: every key and what it does, made from the table of actions and the keys of the canvas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tocsin.base.texts import _
from tocsin.ui.actions.canvas_keys import CANVAS_KEYS
from tocsin.ui.actions.shortcuts import OwnKeys, keys_of
from tocsin.ui.actions.spec import Menu
from tocsin.ui.actions.table import ACTIONS
from tocsin.ui.dialogs.frame import DialogFrame
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.key_hint import KeyHint

SIZE: Final = (760, 560)
CANVAS: Final = _("On the canvas")
COLUMNS: Final = 2
Lines = Sequence[tuple[str, str]]


def sheet_of(own: OwnKeys) -> dict[str, Lines]:
    """Return, under each heading, what is done and by which keys as this machine writes them."""
    groups: dict[str, Lines] = {}
    for menu in Menu:
        specs = [spec for spec in ACTIONS if spec.menu is menu and keys_of(spec, own)]
        groups[str(menu)] = [(spec.title, " or ".join(_native(key) for key in keys_of(spec, own))) for spec in specs]
    groups[CANVAS] = [(gesture.does, gesture.shown) for gesture in CANVAS_KEYS]
    return {title: lines for title, lines in groups.items() if lines}


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


class KeysSheet(DialogFrame):
    """Shows all keys.

    Signals:
        change_requested: A person wants other keys; the sheet is gone then.
    """

    change_requested = Signal()

    def __init__(self, theme: Theme, own: OwnKeys, parent: QWidget) -> None:
        super().__init__("keys-sheet", _("Keys"), parent)
        self._theme = theme
        self.resize(*SIZE)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(_("Keys"))
        area.setWidget(self._sheet(sheet_of(own)))
        self.add_title(_("Keys"))
        self.column.addWidget(area, 1)
        close = self.make_button(_("Close"), self.accept)
        change = self.make_button(_("Change keys…"), self.accept)
        change.clicked.connect(self.change_requested)
        self.add_buttons(close, safest=close, left=change)

    def _sheet(self, groups: dict[str, Lines]) -> QWidget:
        """Two columns, about equally long."""
        sheet = QWidget(self)
        columns = [QVBoxLayout() for _unused in range(COLUMNS)]
        heights = [0] * COLUMNS
        for title, lines in groups.items():
            at = heights.index(min(heights))
            heights[at] += len(lines) + 2
            columns[at].addWidget(self._group(title, lines, sheet))
        row = QHBoxLayout(sheet)
        row.setContentsMargins(4, 4, 12, 4)
        row.setSpacing(32)
        for column in columns:
            column.setSpacing(16)
            column.addStretch(1)
            row.addLayout(column, 1)
        return sheet

    def _group(self, title: str, lines: Lines, parent: QWidget) -> QWidget:
        group = QWidget(parent)
        grid = QGridLayout(group)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.make_label(title, "panel-title"), 0, 0, 1, 2)
        for at, (does, keys) in enumerate(lines, start=1):
            grid.addWidget(self.make_label(does, ""), at, 0)
            grid.addWidget(KeyHint(self._theme, keys, group), at, 1, Qt.AlignmentFlag.AlignRight)
        return group
