"""A push button that looks like a link: for what is offered beside the thing itself."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget


class LinkButton(QPushButton):
    """Words to press, without a frame; Return elsewhere never means it."""

    def __init__(self, words: str, parent: QWidget | None = None, *, is_in_row: bool = False) -> None:
        """Make a link.

        Args:
            words: What it says.
            parent: What it stands in.
            is_in_row: It begins where the rows above it begin.
        """
        super().__init__(words, parent)
        self.setProperty("role", "link")
        self.setAutoDefault(False)
        if is_in_row:
            self.setProperty("place", "row")
