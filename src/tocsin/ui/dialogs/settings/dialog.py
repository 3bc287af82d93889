"""The settings window: its pages at the left, the one on show at the right. What is chosen holds at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QWidget

from tocsin.base.texts import _
from tocsin.services.settings import CannotSaveSettingsError, Settings, SettingsChanged, SettingsStore
from tocsin.ui.dialogs.frame import DialogFrame
from tocsin.ui.dialogs.settings.appearance_page import AppearancePage
from tocsin.ui.dialogs.settings.files_page import FilesPage
from tocsin.ui.dialogs.settings.keys_page import KeysPage
from tocsin.ui.hearing import Hearing
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.rows_delegate import RowHeight, RowsDelegate

LIST_WIDTH: Final = 160
SIZE: Final = QSize(760, 480)
APPEARANCE: Final = _("Appearance")
KEYS: Final = _("Keys")
FILES: Final = _("Files and updates")


class SettingsDialog(DialogFrame):
    """There is nothing to confirm: every choice is kept when it is made."""

    def __init__(
        self,
        theme: Theme,
        store: SettingsStore,
        parent: QWidget | None = None,
        *,
        further: Sequence[tuple[str, Callable[[QWidget], QWidget]]] = (),
    ) -> None:
        """Make it.

        Args:
            theme: The look.
            store: What is set.
            parent: The window.
            further: Pages of other rooms: the title, and what makes it in this dialog.
        """
        super().__init__("settings", _("Settings"), parent)
        self._theme = theme
        self._store = store
        self._list = QListWidget(self)
        self._pages = QStackedWidget(self)
        self._fault = self.make_label("", "problem")
        self._appearance = AppearancePage(theme, store.settings, self)
        self._keys = KeysPage(theme, store.settings, self)
        self._files = FilesPage(store.settings, self)
        self._lay_out()
        self._add_page(APPEARANCE, self._appearance)
        self._add_page(KEYS, self._keys)
        self._add_page(FILES, self._files)
        for title, make in further:
            self._add_page(title, make(self))
        self._list.setCurrentRow(0)
        self._list.currentRowChanged.connect(self._pages.setCurrentIndex)
        for page in (self._appearance, self._keys, self._files):
            page.chosen.connect(self._on_chosen)
        self._hearing = Hearing()
        self._hearing.connect(store.changed, self._on_settings_changed)
        self.finished.connect(self._hearing_ends)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def appearance(self) -> AppearancePage:
        """The page of the look."""
        return self._appearance

    @property
    def keys(self) -> KeysPage:
        """The page of the keys."""
        return self._keys

    @property
    def files(self) -> FilesPage:
        """The page of what is kept and what is fetched."""
        return self._files

    def show_page(self, title: str) -> None:
        """Show a page by its title."""
        rows = (row for row in range(self._list.count()) if self._list.item(row).text() == title)
        self._list.setCurrentRow(next(rows, 0))

    @property
    def fault(self) -> str:
        """Why the last choice was not kept in the file; "" when it was."""
        return self._fault.text()

    def _lay_out(self) -> None:
        self._list.setObjectName("settings-pages")
        self._list.setAccessibleName(_("Pages of the settings"))
        self._list.setItemDelegate(RowsDelegate(self._theme, RowHeight.ROOMY_TABLE, self._list))
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(self._list)
        columns.addWidget(self._pages, 1)
        self.column.addLayout(columns, 1)
        close = self.make_button(_("Close settings"), self.accept)
        self.add_buttons(close, safest=close, left=self._fault)

    def _add_page(self, title: str, page: QWidget) -> None:
        self._list.addItem(title)
        self._pages.addWidget(page)

    def _on_chosen(self, settings: Settings) -> None:
        self._fault.clear()
        try:
            self._store.change(settings)
        except CannotSaveSettingsError as error:
            self._fault.setText(error.line)

    def _on_settings_changed(self, changed: SettingsChanged) -> None:
        for page in (self._appearance, self._keys, self._files):
            page.show_settings(changed.new)

    @Slot()
    def _hearing_ends(self) -> None:
        self._hearing.close()

    @Slot()
    def _fit(self) -> None:
        self._list.setFixedWidth(self._theme.px(LIST_WIDTH))
        self.setMinimumSize(self._theme.px(SIZE.width()), self._theme.px(SIZE.height()))
