"""“Connect a product…”: pick one, fill in what its description asks for, test it step by step, keep it."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from tocsin.base.errors import TocsinError
from tocsin.base.texts import _, quoted
from tocsin.connectors.errors import ConnectionFaultError
from tocsin.model.catalogue import Catalogue, Connector
from tocsin.services.connections import ConnectionRow, Draft, Overview, TrialReport
from tocsin.ui.asking import Asking
from tocsin.ui.connections.filling import Occasion, draft_of, find_moved, groups_of
from tocsin.ui.connections.form_page import FormPage
from tocsin.ui.connections.product_page import ProductPage
from tocsin.ui.connections.products import products_of
from tocsin.ui.connections.trial_view import TrialView
from tocsin.ui.connections.unlocking import Unlocking
from tocsin.ui.dialogs.frame import DialogFrame
from tocsin.ui.ports import ConnectionsPort
from tocsin.ui.theme import Theme

SIZE: Final = QSize(880, 570)
ROOM: Final = QSize(40, 24)
"""What of the window is seen around it at least."""
TRIAL_WIDTH: Final = 330
ASK: Final = _("Which product?")
MOVED: Final = _("Type it again: it was kept for the address before.")
CANCELLED: Final = _("The test was cancelled. Nothing was changed there.")


@dataclass(frozen=True, slots=True)
class SavedConnection:
    """A connection that is kept now."""

    environment: str
    id: str


@dataclass(frozen=True, slots=True)
class SetUpPlace:
    """Where a connection is set up.

    Attributes:
        file: One in the workspace.
        overview: What is there.
        environment: The one that is meant at first; "" for none.
    """

    file: str
    overview: Overview
    environment: str = ""


class SetUpDialog(DialogFrame):
    """Stands over the window; what is typed leaves it only to be tested or kept.

    Args:
        port: The connections.
        catalogue: Every product.
        place: Where it is set up.
        theme: How it looks.
        parent: The window.

    Signals:
        saved: A SavedConnection.
    """

    saved = Signal(object)

    def __init__(
        self, port: ConnectionsPort, catalogue: Catalogue, place: SetUpPlace, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__("connect-product", _("Connect a product"), parent)
        self._port, self._catalogue, self._place, self._theme = port, catalogue, place, theme
        self._occasion: Occasion | None = None
        self._page: QWidget | None = None
        self._form: FormPage | None = None
        self._trial: TrialView | None = None
        self._testing: Future[TrialReport] | None = None
        self._unlocking = Unlocking(port, theme, self)
        self._unlocking.failed.connect(self._on_refused)
        self._unlocking.given_up.connect(self._on_given_up)
        self._asking = Asking(self)
        self._asking.failed.connect(self._on_refused)
        self._title = self.add_words(ASK, "dialog-title")
        self.products = ProductPage(theme, products_of(catalogue), self)
        self.products.chosen.connect(self.show_form)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.products)
        self.column.addWidget(self._pages, 1)
        self._fault = self.make_label("", "problem")
        self._fault.hide()
        self.column.addWidget(self._fault)
        self._back = self.make_button(_("All products"), self.show_products)
        cancel = self.make_button(_("Cancel"), self.reject)
        self._save = self.make_button(_("Save connection"), self._on_save, is_primary=True)
        self.add_buttons(cancel, self._save, safest=cancel, left=self._back)
        cancel.setDefault(False)  # Enter in a field would throw away what was typed
        self.finished.connect(self._on_finished)
        self._fit(parent)
        self.show_products()

    @property
    def form(self) -> FormPage | None:
        """The form of the product that was chosen; None while none is."""
        return self._form

    @property
    def trial(self) -> TrialView | None:
        """The test beside the form; None while no product is chosen."""
        return self._trial

    @property
    def save_button(self) -> QPushButton:
        """Keeps the connection."""
        return self._save

    @property
    def fault(self) -> str:
        """Why it was not kept, or ""."""
        return self._fault.text()

    @Slot()
    def show_products(self) -> None:
        """Let a product be chosen; what was typed for another is gone."""
        self._drop_form()
        self._title.setText(ASK)
        self.products.search.setFocus()
        self._say("")

    @Slot(str)
    def show_form(self, connector: str) -> None:
        """Let a new connection of a product be filled in."""
        environments = self._place.overview.environments
        known = self._catalogue.connectors[connector]
        self._fill(Occasion(known, environments, self._place.environment, is_reviewed=self._is_reviewed(known)))
        self._title.setText(_("Connect {title}").format(title=known.title))

    def show_row(self, row: ConnectionRow) -> None:
        """Let a connection that is there be changed."""
        known = self._catalogue.connectors[row.connection.connector]
        environments, is_reviewed = self._place.overview.environments, self._is_reviewed(known)
        self._fill(Occasion(known, environments, row.environment, row, is_reviewed=is_reviewed))
        self._title.setText(f"{known.title}: {quoted(row.id)}")
        self._back.hide()

    def _is_reviewed(self, connector: Connector) -> bool:
        return connector.id not in self._catalogue.unreviewed

    def _fill(self, occasion: Occasion) -> None:
        self._drop_form()
        self._occasion = occasion
        page = self._page = QWidget(self)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self._form = FormPage(self._theme, groups_of(occasion), page)
        self._trial = TrialView(self._theme, page)
        self._trial.setFixedWidth(self._theme.px(TRIAL_WIDTH))
        self._trial.test_requested.connect(self._on_test)
        self._trial.cancel_requested.connect(self._on_cancel_test)
        row.addWidget(self._form, 1)
        row.addWidget(self._trial)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self._show_buttons()
        self._say("")
        self._form.focus_first()

    def _drop_form(self) -> None:
        self._on_cancel_test()
        self._pages.setCurrentWidget(self.products)
        if self._page is not None and self._form is not None:
            self._form.forget_secrets()
            self._pages.removeWidget(self._page)
            self._page.deleteLater()
        self._occasion = self._page = self._form = self._trial = None
        self._show_buttons()

    def _show_buttons(self) -> None:
        for button in (self._back, self._save):
            button.setVisible(self._form is not None)

    def _draft(self) -> Draft | None:
        """Return what is typed; None where it cannot be taken, which the fields say."""
        if self._form is None or self._occasion is None or not self._form.ensure_complete():
            return None
        draft = draft_of(self._occasion, self._form.values)
        moved = find_moved(self._occasion, draft)
        self._form.show_faults({f"secrets.{name}": MOVED for name in moved})
        return None if moved else draft

    @Slot()
    def _on_test(self) -> None:
        draft = self._draft()
        if draft is None or self._trial is None:
            return
        self._say("")
        self._trial.show_begun()
        if len(draft.secrets) < len(self._catalogue.connectors[draft.connection.connector].sign_in.fields):
            self._unlocking.when_usable(draft.environment, self._place.file, self._begin_test)
        else:
            self._begin_test()

    def _begin_test(self) -> None:
        draft = self._draft()
        if draft is not None:
            self._testing = self._port.test_draft(draft, self._place.file)
            self._asking.ask(self._testing, self._on_report)

    def _on_report(self, report: TrialReport) -> None:
        self._testing = None
        if self._trial is not None:
            self._trial.show_report(report)

    @Slot()
    def _on_cancel_test(self) -> None:
        if self._testing is not None:
            self._testing.cancel()
            self._testing = None
            if self._trial is not None:
                self._trial.show_ended(CANCELLED)

    @Slot()
    def _on_save(self) -> None:
        draft = self._draft()
        if draft is None:
            return
        self._on_cancel_test()
        self._set_busy(True)
        if draft.secrets:
            self._unlocking.when_open(self._keep)
        else:
            self._keep()

    def _keep(self) -> None:
        draft = self._draft()
        if draft is not None:
            self._asking.ask(self._port.save(draft, self._place.file), partial(self._on_kept, draft))

    def _on_kept(self, draft: Draft, _file: Path) -> None:
        self.saved.emit(SavedConnection(draft.environment, draft.id))
        self.accept()

    @Slot(object)
    def _on_refused(self, error: TocsinError) -> None:
        self._testing = None
        self._set_busy(False)
        if self._trial is not None and self._trial.is_on:
            self._trial.show_ended(_("The test could not begin."))
        words = f"{error.message} {error.hint}".strip()
        if isinstance(error, ConnectionFaultError) and self._form is not None:
            name = error.field.partition(".")[2]
            if self._form.find_field(name) is not None:
                self._form.show_faults({name: words})
                return
        self._say(words)

    @Slot()
    def _on_given_up(self) -> None:
        self._set_busy(False)
        if self._trial is not None and self._trial.is_on:
            self._trial.show_ended(_("The vault is locked, so nothing was tried."))

    @Slot()
    def _on_finished(self) -> None:
        self._on_cancel_test()
        if self._form is not None:
            self._form.forget_secrets()

    def _say(self, text: str) -> None:
        self._fault.setText(text)
        self._fault.setVisible(bool(text))

    def _set_busy(self, is_busy: bool) -> None:
        self._save.setEnabled(not is_busy)
        if self._form is not None:
            self._form.setEnabled(not is_busy)

    def _fit(self, parent: QWidget) -> None:
        wanted = QSize(self._theme.px(SIZE.width()), self._theme.px(SIZE.height()))
        self.resize(wanted.boundedTo(parent.window().size() - ROOM))
