"""Makes products fail: which one, in which action, how, how often; and what is still to fail, to be lifted."""

from __future__ import annotations

from functools import partial
from typing import Final, cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tocsin.base.texts import _, going_on
from tocsin.services.lab_desk import FailingProduct, LabFault
from tocsin.ui.lab.words import TITLES
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.icon_button import IconButton
from tocsin.ui.widgets.words import Words

POISONED: Final = "poisoned"
INTELLIGENCE: Final = ("abuseipdb", "misp")
"""The products that can be poisoned."""
FAILURES: Final[tuple[tuple[str, int | str], ...]] = (
    (_("Slow, 5 s"), "slow"),
    (_("Too many requests, 429"), 429),
    (_("Server error, 500"), 500),
    (_("Sign-in expired, 401"), 401),
    (_("No permission, 403"), 403),
    (_("No answer after acting"), "drop_after"),
    (_("Poisoned intelligence"), POISONED),
    (_("Changed shape of data"), "changed_shape"),
    (_("Page in place of data"), "wrong_type"),
    (_("Garbage in place of data"), "garbage"),
    (_("50 MB of answer"), "huge"),
)
TIMES: Final[tuple[tuple[str, int | None], ...]] = (
    (_("Every time"), None),
    (_("Once"), 1),
    (_("3 times"), 3),
    (_("10 times"), 10),
)
NONE: Final = _("Nothing is made to fail.")
_WORDS: Final = {status: words for words, status in FAILURES}


def fault_words(fault: LabFault, products: tuple[FailingProduct, ...]) -> str:
    """Return a failure in words: “Firewall, Block address: slow, 5 s, once”."""
    known = (action for product in products if product.id == fault.product for action in product.actions)
    where = next((action.title for action in known if action.path == fault.path), fault.path)
    how = _WORDS.get(fault.status, str(fault.status))
    often = (
        _("every time")
        if fault.times is None
        else _("once")
        if fault.times == 1
        else _("{times} times").format(times=fault.times)
    )
    return f"{TITLES.get(fault.product, fault.product)}, {where}: {going_on(how)}, {often}"


class FailuresView(QFrame):
    """Four choices, a button, and the list.

    Signals:
        plant_asked: The LabFault that shall happen.
        lift_asked: The LabFault that shall happen no more.
    """

    plant_asked = Signal(object)
    lift_asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lab-failures")
        self._theme = theme
        self._products: tuple[FailingProduct, ...] = ()
        self._faults: tuple[LabFault, ...] | None = None
        self.product, self.action, self.failure, self.times = (
            _combo(name, self)
            for name in (_("Product that fails"), _("Action that fails"), _("How it fails"), _("How often it fails"))
        )
        for words, status in FAILURES:
            self.failure.addItem(words, status)
        for words, times in TIMES:
            self.times.addItem(words, times)
        self.product.currentIndexChanged.connect(self._on_product)
        self.button = QPushButton(_("Let it fail"), self)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._on_plant)
        self._list = QWidget(self)
        self._arrange()
        self.show_faults(())

    @property
    def faults(self) -> tuple[LabFault, ...]:
        """What is still to fail."""
        return self._faults or ()

    def show_products(self, products: tuple[FailingProduct, ...]) -> None:
        """Offer these products."""
        self._products = products
        blocker = QSignalBlocker(self.product)
        self.product.clear()
        for product in products:
            self.product.addItem(TITLES.get(product.id, product.title), product)
        del blocker
        self.button.setEnabled(bool(products))
        self._on_product()
        self._fill()

    def choose(self, product: str) -> None:
        """Choose a product, and let the person go on with what fails in it."""
        names = [one.id for one in self._products]
        if product in names:
            self.product.setCurrentIndex(names.index(product))
            self.action.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_faults(self, faults: tuple[LabFault, ...]) -> None:
        """List what is still to fail."""
        if faults != self._faults:
            self._faults = faults
            self._fill()

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        rows = (
            (_("Product"), self.product),
            (_("Action"), self.action),
            (_("Failure"), self.failure),
            (_("Often"), self.times),
        )
        for words, combo in rows:
            form.addRow(words, combo)
        title = QLabel(_("Make products fail"), self)
        title.setProperty("role", "panel-title")
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(title)
        column.addLayout(form)
        column.addWidget(self.button)
        column.addWidget(self._list)

    def _fill(self) -> None:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for fault in self.faults:
            column.addLayout(self._row(fault, body))
        if not self.faults:
            empty = QLabel(NONE, body)
            empty.setProperty("role", "lab-caption")
            column.addWidget(empty)
        self._column.replaceWidget(self._list, body)
        self._list.deleteLater()
        self._list = body

    def _row(self, fault: LabFault, parent: QWidget) -> QHBoxLayout:
        said = fault_words(fault, self._products)
        words = Words(said, parent)
        words.setWordWrap(True)
        lift = IconButton(self._theme, "x", _("Lift the failure: {said}").format(said=said), parent=parent)
        lift.clicked.connect(partial(self.lift_asked.emit, fault))
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(words, 1)
        row.addWidget(lift, 0, Qt.AlignmentFlag.AlignTop)
        return row

    @Slot()
    def _on_product(self) -> None:
        product: FailingProduct | None = self.product.currentData()
        self.action.clear()
        for action in product.actions if product is not None else ():
            self.action.addItem(action.title, action.path)
        self._offer_poison(product is not None and product.id in INTELLIGENCE)

    def _offer_poison(self, is_offered: bool) -> None:
        place, model = self.failure.findData(POISONED), cast("QStandardItemModel", self.failure.model())
        model.item(place).setEnabled(is_offered)
        if self.failure.currentIndex() == place and not is_offered:
            self.failure.setCurrentIndex(0)

    @Slot()
    def _on_plant(self) -> None:
        product: FailingProduct | None = self.product.currentData()
        if product is not None:
            status, times = self.failure.currentData(), self.times.currentData()
            self.plant_asked.emit(LabFault(product.id, self.action.currentData(), status, times))


def _combo(name: str, parent: QWidget) -> QComboBox:
    combo = QComboBox(parent)
    combo.setAccessibleName(name)
    combo.setMinimumContentsLength(8)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return combo
