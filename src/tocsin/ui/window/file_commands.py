"""What the menu “File” tells a window to do, handed on to its desks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from tocsin.ui.window.document import Document
from tocsin.ui.window.house import House


class FileCommands(QObject):
    """The part of the window's commands that is about playbooks, their files and windows.

    Signals:
        beside_wanted: Another window shall open: with the Document, which it takes over, or empty for None.
        quit_wanted: The program shall end.

    Attributes:
        everywhere: Gives the playbooks of this window, and of others where there are some: STOP is for all.
    """

    beside_wanted = Signal(object)
    quit_wanted = Signal()

    def __init__(self, house: House) -> None:
        super().__init__(house.window)
        self._house = house
        self.everywhere: Callable[[], Sequence[Document]] = lambda: house.documents.all

    @property
    def _document(self) -> Document:
        return self._house.documents.current

    @Slot()
    def new_playbook(self) -> None:
        """Begin an empty playbook."""
        desks = self._house.desks
        if desks.welcome is not None and desks.welcome.is_shown:
            desks.welcome.give_way()
        else:
            desks.files.new()

    def take_tour(self) -> None:
        """Go through the tour with an empty playbook."""
        self.new_playbook()
        self._house.desks.tour.begin(self._document)

    def open_playbook(self) -> None:
        """Ask for a file and show it."""
        self._house.desks.files.ask_and_open()

    def paste_alert(self) -> None:
        """Look for playbooks that fit the alert on the clipboard."""
        if self._house.desks.welcome is not None:
            self._house.desks.welcome.paste_alert()

    def save(self) -> None:
        """Write the playbook to its file; ask for one when it has none."""
        self._house.desks.files.save()

    def save_as(self) -> None:
        """Ask for a file and write the playbook to it."""
        self._house.desks.files.save_as()

    def export_documentation(self) -> None:
        """Ask for a file and write the playbook's documentation to it."""
        self._house.desks.paper.export()

    def export_picture(self) -> None:
        """Ask for a file and draw the playbook into it."""
        self._house.desks.paper.export_picture()

    def close_tab(self) -> None:
        """Close the playbook in front, after asking about its run and its unsaved changes."""
        self._house.desks.files.close_tab(self._document)

    def close_other_tabs(self) -> None:
        """Close all playbooks but the one in front, after asking about their runs and their unsaved changes."""
        self._house.desks.files.close_others(self._document)

    def copy_path(self) -> None:
        """Put where the playbook's file lies on the clipboard."""
        QGuiApplication.clipboard().setText(self._document.place)

    def open_folder(self) -> None:
        """Show the folder of the playbook's file, in the desktop's own way."""
        path = self._document.session.path
        if path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def go_to_tab(self, step: int) -> None:
        """Show the next tab (1) or the one before (-1); round the end."""
        self._house.documents.show_next(step)

    def open_window(self) -> None:
        """Open another window, with nothing in it."""
        self.beside_wanted.emit(None)

    def move_to_window(self) -> None:
        """Let the playbook in front go on in a window of its own."""
        self.beside_wanted.emit(self._document)

    def close_window(self) -> None:
        """Close the window, after asking about unsaved changes."""
        self._house.window.close()

    def quit(self) -> None:
        """End the program, after asking about unsaved changes in all windows."""
        self.quit_wanted.emit()
