"""One step of a run closely: which item, which attempt, what went in, what came out."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.events import static_id
from tocsin.engine.moments import Moment
from tocsin.ui.canvas.node_tile import SMALL, NodeTile
from tocsin.ui.run_dock.attempts import attempt_facts, attempt_title
from tocsin.ui.run_dock.data_tree import MODES, DataMode, DataTree
from tocsin.ui.run_dock.kept_values import KeptValues, plain_value
from tocsin.ui.run_dock.subject import RunSubject
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.elided_label import ElidedLabel
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.widgets.icon_button import IconButton
from tocsin.ui.widgets.search_field import SearchField
from tocsin.ui.widgets.segment import Segment

HEAD: Final = 36
NOTHING: Final = _("Choose a step to see its input and output.")


class StepView(QWidget):
    """Shows a step of the run at a moment.

    Signals:
        path_chosen: The same step of another item.
    """

    path_chosen = Signal(str)

    def __init__(self, theme: Theme, values: KeptValues | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("step-view")
        self._theme = theme
        self._values = values
        self._path = ""
        self._paths: tuple[str, ...] = ()
        self._subject: RunSubject | None = None
        self._moment: Moment | None = None
        self._shown: tuple[Json, Json] = (None, None)
        self._tile = NodeTile(theme, self, edge=SMALL)
        self._title, self._place = ElidedLabel(parent=self, role="panel-title"), self._make_label("quiet")
        self._before = IconButton(theme, "chevron-left", _("Show the item before"), parent=self)
        self._after = IconButton(theme, "chevron-right", _("Show the next item"), parent=self)
        self._attempts = QComboBox(self)
        self._attempts.setAccessibleName(_("Attempt"))
        self._find = IconButton(theme, "search", _("Find in the data"), parent=self)
        self._find.setCheckable(True)
        self._search = SearchField(theme, _("Find in the data"), parent=self)
        self._search.hide()
        self._mode = Segment(theme, [(str(mode), words) for mode, words in MODES], _("How the data is shown"), self)
        self._input, self._output = (DataTree(theme, self, has_bar=False) for _unused in range(2))
        self._output_title = self._make_label("quiet")
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._empty = EmptyState(theme, "pointer", NOTHING, parent=self)
        self._arrange()
        self._connect()

    @property
    def path(self) -> str:
        """The path that is shown, or ""."""
        return self._path

    @property
    def place(self) -> str:
        """Which item it is: “item 2 of 3”; "" outside of loops."""
        return self._place.text()

    @property
    def input(self) -> DataTree:
        """What went in."""
        return self._input

    @property
    def output(self) -> DataTree:
        """What came out."""
        return self._output

    @property
    def attempts(self) -> QComboBox:
        """The attempts; hidden where there was only one."""
        return self._attempts

    def clear(self) -> None:
        """Show nothing: another run begins."""
        self._path = ""
        self._subject = self._moment = None
        self._fill_trees(None, None)
        self._refresh_head()

    def show_step(self, path: str, subject: RunSubject, moment: Moment) -> None:
        """Show a step at a moment."""
        is_other = path != self._path
        self._path, self._subject, self._moment = path, subject, moment
        self._paths = moment.progress.paths_of(static_id(path))
        self._fill_attempts(is_other=is_other)
        self._refresh_head()
        self._refresh_data()

    def _refresh_head(self) -> None:
        is_shown = bool(self._path) and self._subject is not None
        for widget in (self._tile, self._title, self._place, self._find, self._mode, self._split):
            widget.setVisible(is_shown)
        self._empty.setVisible(not is_shown)
        is_item = is_shown and "[" in self._path
        for button in (self._before, self._after):
            button.setVisible(is_item)
        self._attempts.setVisible(is_shown and self._attempts.count() > 1)
        if not is_shown or self._subject is None:
            return
        face = self._subject.face(static_id(self._path))
        self._tile.show_face(face)
        self._title.set_text(face.title)
        self._place.setText(self._place_words() if is_item else "")
        index = self._index()
        self._before.setEnabled(index > 0)
        self._after.setEnabled(0 <= index < len(self._paths) - 1)
        for tree, what in ((self._input, _("Input")), (self._output, _("Output"))):
            tree.set_name(_("{what} of {title}").format(what=what, title=face.title))

    def _place_words(self) -> str:
        """Of the innermost loop: “item 2 of 3”."""
        loop, _unused, rest = self._path.rpartition("[")
        index = int(rest.partition("]")[0])
        counts = self._moment.progress.status_at(loop).items if self._moment is not None else None
        total = counts.total if counts is not None and counts.total else index + 1
        return _("item {index} of {total}").format(index=index + 1, total=total)

    def _index(self) -> int:
        return self._paths.index(self._path) if self._path in self._paths else -1

    def _fill_attempts(self, *, is_other: bool) -> None:
        attempts = self._moment.details.attempts_of(self._path) if self._moment is not None else ()
        titles = [attempt_title(attempt) for attempt in attempts]
        known = [self._attempts.itemText(row) for row in range(self._attempts.count())]
        if titles == known and not is_other:
            return
        was_last = self._attempts.currentIndex() == len(known) - 1
        row = len(titles) - 1 if is_other or was_last else self._attempts.currentIndex()
        self._attempts.blockSignals(True)
        self._attempts.clear()
        self._attempts.addItems(titles)
        self._attempts.setCurrentIndex(min(row, len(titles) - 1))
        self._attempts.blockSignals(False)

    @Slot()
    def _refresh_data(self) -> None:
        moment = self._moment
        if moment is None:
            return
        attempts = moment.details.attempts_of(self._path)
        row = self._attempts.currentIndex()
        output = moment.progress.output_of(self._path)
        is_last = row >= len(attempts) - 1
        self._output_title.setText(_("Output, attempt {row}").format(row=row + 1) if len(attempts) > 1 else _("Output"))
        is_given = output is not None and (is_last or not attempts)
        self._output.set_source(static_id(self._path) if is_given else "")
        if attempts and not is_given:
            attempt = attempts[max(row, 0)]
            output = attempt_facts(attempt, moment.details.looks_of(self._path), is_last=is_last)
        self._fill_trees(self._value(moment.details.input_of(self._path)), self._value(output))

    def _value(self, kept: Json) -> Json:
        return self._values.find(kept).value if self._values is not None else plain_value(kept).value

    def _fill_trees(self, given: Json, made: Json) -> None:
        """Show other values; the same ones again would fold what was unfolded."""
        if given != self._shown[0]:
            self._input.show_value(given)
        if made != self._shown[1]:
            self._output.show_value(made)
        self._shown = (given, made)

    def _make_label(self, role: str) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        return label

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 4, 14, 4)
        head.setSpacing(8)
        for widget in (self._tile, self._title, self._place, self._before, self._after, self._attempts):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._find)
        head.addWidget(self._mode)
        given = self._make_label("quiet")
        given.setText(_("Input"))
        for title, tree in ((given, self._input), (self._output_title, self._output)):
            self._split.addWidget(_titled(title, tree))
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        found = QHBoxLayout()
        found.setContentsMargins(14, 0, 14, 4)
        found.addWidget(self._search)
        column.addLayout(head)
        column.addLayout(found)
        column.addWidget(self._split, 1)
        column.addWidget(self._empty, 1)
        self._refresh_head()

    def _connect(self) -> None:
        self._find.toggled.connect(self._on_find)
        self._before.clicked.connect(self._on_before)
        self._after.clicked.connect(self._on_after)
        self._attempts.currentIndexChanged.connect(self._refresh_data)
        self._mode.chosen.connect(self._on_mode)
        for tree in (self._input, self._output):
            self._search.textChanged.connect(tree.search)
            self._search.returnPressed.connect(tree.go_on)
        if self._values is not None:
            self._values.loaded.connect(self._refresh_data)

    @Slot()
    def _on_before(self) -> None:
        self.path_chosen.emit(self._paths[self._index() - 1])

    @Slot()
    def _on_after(self) -> None:
        self.path_chosen.emit(self._paths[self._index() + 1])

    @Slot(bool)
    def _on_find(self, is_wanted: bool) -> None:
        self._search.setVisible(is_wanted)
        if is_wanted:
            self._search.setFocus()
        else:
            self._search.clear()

    @Slot(str)
    def _on_mode(self, mode: str) -> None:
        for tree in (self._input, self._output):
            tree.set_mode(DataMode(mode))


def _titled(title: QLabel, tree: DataTree) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(14, 6, 8, 8)
    column.setSpacing(4)
    column.addWidget(title)
    column.addWidget(tree, 1)
    return box
