"""A tree of the values that may be read, to choose one without typing: its name, its type, its last sample."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QKeyEvent, QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QHeaderView, QTreeView, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.expressions.indicators import defang
from tocsin.services.samples import ValueGroup
from tocsin.ui.expression.completion_popup import EMPTY, EMPTY_ACTION
from tocsin.ui.expression.context import ExpressionContext
from tocsin.ui.expression.evaluator import Listed, Listing
from tocsin.ui.expression.value_branches import Branch, branches_of
from tocsin.ui.theme import Theme, icon_pixmap
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.widgets.floating import Floating
from tocsin.ui.widgets.plain_tip import plain_tip
from tocsin.ui.widgets.rows_delegate import RowsDelegate
from tocsin.ui.widgets.search_field import SearchField

PATH_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
SIZE: Final = (440, 340)
KIND: Final = 92
SAMPLE: Final = 132
PADDING: Final = 8
ICON: Final = 14


class ValueTree(QTreeView):
    """A tree whose values are copied so that nobody clicks them by mistake."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(defang(str(self.currentIndex().data() or "")))
        else:
            super().keyPressEvent(event)


class ValuePicker(Floating):
    """Opens under a field, with the focus in its search; Escape or a press elsewhere closes it.

    Signals:
        chosen: The path of a value, as an expression writes it.
        run_requested: A person asks for a run, to see values.
    """

    chosen = Signal(str)
    run_requested = Signal()

    def __init__(self, theme: Theme, context: ExpressionContext, parent: QWidget) -> None:
        super().__init__(theme, _("Values of other steps"), parent)
        self.setObjectName("value-picker")
        self.setWindowFlags(Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._faces = context.faces
        self._listing = Listing(context.point)
        self._groups: tuple[ValueGroup, ...] = ()
        self._search = SearchField(theme, _("Find a value"), parent=self)
        self._model = QStandardItemModel(0, 3, self)
        self._tree = self._make_tree()
        self._empty = EmptyState(theme, "flask-conical", EMPTY, EMPTY_ACTION, self)
        self._empty.asked.connect(self._on_run)
        self._arrange()
        self._tree.clicked.connect(self._take)
        self._search.textChanged.connect(self._fill)
        context.evaluator.listed.connect(self._on_listed)
        context.evaluator.list_values(self._listing)

    @property
    def search(self) -> SearchField:
        """Where it is typed what is looked for."""
        return self._search

    @property
    def tree(self) -> QTreeView:
        """The values."""
        return self._tree

    def show_groups(self, groups: Iterable[ValueGroup]) -> None:
        """Show what may be read."""
        self._groups = tuple(groups)
        self._empty.setVisible(not self._groups)
        self._tree.setVisible(bool(self._groups))
        self._fill()

    def open_at(self, anchor: QWidget) -> None:
        """Open under a widget, or above it where the screen ends."""
        width, height = (self._theme.px(edge) for edge in SIZE)
        self.resize(max(width, min(anchor.width(), 2 * width)), height)
        place = anchor.mapToGlobal(QPoint(0, anchor.height() + 1))
        screen = anchor.screen().availableGeometry()
        if place.y() + height > screen.bottom():
            place.setY(max(screen.top(), anchor.mapToGlobal(QPoint(0, 0)).y() - height - 1))
        place.setX(max(screen.left(), min(place.x(), screen.right() - self.width())))
        self.move(place)
        self.show()
        self._search.setFocus(Qt.FocusReason.PopupFocusReason)

    def _make_tree(self) -> QTreeView:
        tree = ValueTree(self)
        tree.setModel(self._model)
        tree.setItemDelegate(RowsDelegate(self._theme, parent=tree))
        tree.setHeaderHidden(True)
        tree.setFrameShape(QFrame.Shape.NoFrame)
        tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        tree.setAccessibleName(_("Values of other steps"))
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(0)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, KIND), (2, SAMPLE)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, self._theme.px(width))
        return tree

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        column.setSpacing(PADDING)
        column.addWidget(self._search)
        column.addWidget(self._tree, 1)
        column.addWidget(self._empty, 1)
        self._empty.hide()

    @Slot(object)
    def _on_listed(self, listed: Listed) -> None:
        if listed.listing is self._listing:
            self.show_groups(listed.groups)

    @Slot()
    def _fill(self) -> None:
        sought = self._search.text()
        self._model.setRowCount(0)
        for branch in branches_of(self._groups, self._faces, sought):
            self._append(self._model.invisibleRootItem(), branch)
        for row in range(self._model.rowCount()):
            self._tree.expand(self._model.index(row, 0))
        if sought:
            self._tree.expandAll()
        first = self._first()
        if first.isValid():
            self._tree.setCurrentIndex(first)

    def _append(self, parent: QStandardItem, branch: Branch) -> None:
        tokens, edge = self._theme.tokens, self._theme.px(ICON)
        name, kind, sample = (QStandardItem(text) for text in (branch.title, branch.kind, branch.sample))
        for item, colour in ((name, tokens.text), (kind, tokens.text2), (sample, tokens.text2)):
            item.setForeground(QColor(colour))
            item.setData(branch.path, PATH_ROLE)
        name.setToolTip(plain_tip(branch.path))
        sample.setToolTip(plain_tip(branch.sample))
        if branch.face is not None:
            colour = str(getattr(tokens, branch.face.colour))
            name.setIcon(QIcon(icon_pixmap(branch.face.icon, colour, edge, self.devicePixelRatioF())))
            name.setFont(self._theme.font(12, 600))
        parent.appendRow([name, kind, sample])
        for inner in branch.inner:
            self._append(name, inner)

    def _first(self) -> QModelIndex:
        """Return the first row that is a value, in the order in which they stand."""
        index = self._model.index(0, 0)
        while index.isValid() and not index.data(PATH_ROLE):
            index = self._tree.indexBelow(index)
        return index

    @Slot(QModelIndex)
    def _take(self, index: QModelIndex) -> None:
        path = str(index.data(PATH_ROLE) or "")
        if path:
            self.close()
            self.chosen.emit(path)
        elif index.isValid():
            first = index.siblingAtColumn(0)
            self._tree.setExpanded(first, not self._tree.isExpanded(first))

    @Slot()
    def _on_run(self) -> None:
        self.close()
        self.run_requested.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.close()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._take(self._tree.currentIndex())
            case Qt.Key.Key_Down if self._search.hasFocus():
                self._tree.setFocus(Qt.FocusReason.OtherFocusReason)
            case _:
                super().keyPressEvent(event)
