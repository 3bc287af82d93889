"""One function of a chain: what it does, what it is told, and what it gives with sample values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.expressions.chains import Link, LinkKind
from tocsin.expressions.inference import JsonSchema
from tocsin.expressions.rules import Plain
from tocsin.services.samples import Outcome, OutcomeKind
from tocsin.ui.expression import ExpressionContext
from tocsin.ui.expression.result_strip import ResultStrip
from tocsin.ui.forms.cell import Cell
from tocsin.ui.forms.chain_words import LINKS, NAME, parts_of, read_parts
from tocsin.ui.forms.editor import MakeEditor
from tocsin.ui.forms.fields import FieldKind
from tocsin.ui.forms.item_test import ItemTest
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.movable_row import GAP, MovableRow
from tocsin.ui.forms.reading import Reading
from tocsin.ui.widgets.elided_label import ElidedLabel

INDENT: Final = 10


class LinkCard(MovableRow):
    """A function on the screen, behind a line that shows that it goes on from what is above."""

    def __init__(
        self, link: Link, shape: JsonSchema, kit: FormKit, make: MakeEditor, parent: QWidget | None = None
    ) -> None:
        """Make a row.

        Args:
            link: What it is; one that a person begins may be told nothing yet.
            shape: The shape of what it is applied to.
            kit: The look, and where values can be read from.
            make: How the editors of its parts are made.
            parent: The chain.
        """
        super().__init__(parent)
        self.setProperty("role", "parts")
        self._link = link
        self._kit = kit
        is_filter = link.kind is LinkKind.FILTER
        self._test = ItemTest(link.said, shape, kit, make, self) if is_filter else None
        self._cells = [] if is_filter else self._make_cells(shape, make)
        self._shown = {cell.name: self._typed(cell) for cell in self._cells}
        self._strip = ResultStrip(kit.theme, self)
        self._title = ElidedLabel(self.title, self, role="caption")
        self._arrange()

    @property
    def title(self) -> str:
        """What the function does."""
        return LINKS[self._link.kind].title

    @property
    def cells(self) -> Sequence[Cell]:
        """Where it is told something; none of a filter, which has a test."""
        return self._cells

    @property
    def test(self) -> ItemTest | None:
        """Which items a filter keeps."""
        return self._test

    @property
    def strip(self) -> ResultStrip:
        """What it gives."""
        return self._strip

    def read(self) -> Link | Reading:
        """Return the function, or a Reading with what is missing. What nobody touched stays as it was."""
        said = self._test.said() if self._test is not None else self._said()
        return said if isinstance(said, Reading) else Link(self._link.kind, said)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what the chain gives up to here."""
        self._strip.show_outcome(outcome)
        self._strip.setVisible(outcome.kind is not OutcomeKind.CONSTANT or bool(outcome.text))

    def focus_first(self) -> None:
        """Put the cursor where something is to be said, if there is anything."""
        editors = self._test.editors if self._test is not None else [cell.editor for cell in self._cells]
        if editors:
            editors[0].target.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._grip.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_context(self, context: ExpressionContext | None) -> None:
        """Read values from a playbook that has changed."""
        self._kit = FormKit(self._kit.theme, context)
        if self._test is not None:
            self._test.set_context(context)

    @override
    def set_as_text(self, is_text: bool) -> None:
        if self._test is not None:
            self._test.set_as_text(is_text)

    def _said(self) -> tuple[Plain, ...] | Reading:
        names = [part.name for part in LINKS[self._link.kind].parts]
        known = dict(zip(names, self._link.said, strict=False))
        typed = {cell.name: self._typed(cell) for cell in self._cells}
        if NAME in known:
            typed[NAME] = str(known[NAME])
        read = read_parts(self._link.kind, typed)
        if isinstance(read, Reading):
            return read
        kept = (name for name in names if typed[name] == self._shown.get(name) and name in known)
        return tuple((dict(zip(names, read, strict=True)) | {name: known[name] for name in kept}).values())

    def _typed(self, cell: Cell) -> str:
        value = cell.reading().value
        if cell.part.kind is FieldKind.TEXT:
            return cell.editor.typed
        return value if isinstance(value, str) else ""

    def _make_cells(self, shape: JsonSchema, make: MakeEditor) -> list[Cell]:
        found: list[Cell] = []
        for part in parts_of(self._link.kind, self._link.said, shape):
            if part.name == NAME:
                continue
            cell = Cell(part, self._kit, make, self)
            cell.add_label()
            cell.entered.connect(self.entered)
            cell.left.connect(self.left)
            found.append(cell)
        return found

    def _arrange(self) -> None:
        theme = self._kit.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(INDENT, 0, 0, 0)
        column.setSpacing(GAP)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        self._title.set_tip(LINKS[self._link.kind].help)
        line.addWidget(self._title, 1)
        line.addWidget(self._make_grip(theme, _("Move “{title}”").format(title=self.title)))
        line.addWidget(self._make_cross(theme, _("Remove “{title}”").format(title=self.title)))
        column.addLayout(line)
        parts = QHBoxLayout()
        parts.setSpacing(GAP)
        for cell in self._cells:
            parts.addWidget(cell, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(parts)
        if self._test is not None:
            self._test.entered.connect(self.entered)
            self._test.left.connect(self.left)
            column.addWidget(self._test)
        column.addWidget(self._strip)
        self._strip.hide()
