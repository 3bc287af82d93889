"""Under the settings of a node: what it does to the world, and which fields read it."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tocsin.base.texts import _
from tocsin.model.catalogue import Catalogue
from tocsin.model.playbook import Node, Playbook
from tocsin.ui.forms.form_parts import HANGING, SIDE
from tocsin.ui.inspector.effect_words import effect_sentences
from tocsin.ui.inspector.uses import Use, uses_of
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.elided_button import ElidedButton
from tocsin.ui.widgets.plain_tip import plain_tip
from tocsin.ui.widgets.section import Section
from tocsin.ui.widgets.words import Words

TITLE: Final = _("Effect and use")
DELAY_MS: Final = 150
MOST: Final = 50
NOBODY: Final = _("No field reads this step.")
USED: Final = _("Read by:")


class AboutNode(QWidget):
    """A section that is folded at first; what it says is looked for while it is open.

    Signals:
        use_chosen: A Use: a person wants to go there.
    """

    use_chosen = Signal(object)

    def __init__(self, catalogue: Catalogue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._subject: tuple[str, Node, Playbook] | None = None
        self._uses: tuple[Use, ...] | None = None
        self._section = Section(theme, TITLE, self, is_open=False)
        self._effect, self._used = Words(), Words()
        self._links = QVBoxLayout()
        self._buttons: list[ElidedButton] = []
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._delay.timeout.connect(self._fill)
        self._section.opened.connect(self._on_opened)
        self._arrange()

    @property
    def section(self) -> Section:
        """What folds."""
        return self._section

    @property
    def effect(self) -> str:
        """What the node does, in sentences."""
        return self._effect.text()

    @property
    def uses(self) -> tuple[Use, ...]:
        """The fields that read the node, as they are shown."""
        return self._uses or ()

    @property
    def buttons(self) -> tuple[ElidedButton, ...]:
        """What leads to the fields, from the top."""
        return tuple(self._buttons)

    def show_node(self, name: str, node: Node | None, playbook: Playbook) -> None:
        """Be about a node; None hides the section."""
        self.setVisible(node is not None)
        is_other = self._subject is None or self._subject[0] != name
        self._subject = (name, node, playbook) if node is not None else None
        if node is None or not self._section.is_open:
            return
        if is_other:
            self._fill()
        else:
            self._delay.start()

    def _arrange(self) -> None:
        content = QWidget(self)
        inner = QVBoxLayout(content)
        inner.setContentsMargins(HANGING, 0, 0, 8)
        inner.setSpacing(4)
        self._links.setSpacing(0)
        for words, role in ((self._effect, "hint"), (self._used, "caption")):
            words.setParent(content)
            words.setProperty("role", role)
            words.setWordWrap(True)
            inner.addWidget(words)
        inner.addLayout(self._links)
        self._section.set_content(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE - HANGING, 0, SIDE, 0)
        column.addWidget(self._section)

    @Slot()
    def _fill(self) -> None:
        self._delay.stop()
        if self._subject is None:
            return
        name, node, playbook = self._subject
        effect = effect_sentences(node, self._catalogue)
        self._effect.setText(effect)
        self._effect.setVisible(bool(effect))
        uses = uses_of(name, playbook, self._catalogue)
        if uses != self._uses:
            self._show_uses(uses)

    def _show_uses(self, uses: tuple[Use, ...]) -> None:
        self._uses = uses
        for button in self._buttons:
            self._links.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons.clear()
        more = _(" {count} more are not listed.").format(count=len(uses) - MOST) if len(uses) > MOST else ""
        self._used.setText(f"{USED}{more}" if uses else NOBODY)
        for use in uses[:MOST]:
            button = ElidedButton(self)
            button.setText(use.words)
            button.setToolTip(plain_tip(use.words))
            button.setAccessibleName(_("Go to {words}").format(words=use.words))
            button.setProperty("role", "link")
            button.setProperty("place", "row")
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._on_clicked, use))
            self._buttons.append(button)
            self._links.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            button.show()

    def _on_clicked(self, use: Use) -> None:
        self.use_chosen.emit(use)

    @Slot(bool)
    def _on_opened(self, is_open: bool) -> None:
        if is_open:
            self._fill()
