"""The look as one object that widgets follow: tokens, text size, motion, contrast."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont, QIcon

from tocsin.ui.theme.fonts import code_font, ui_font
from tocsin.ui.theme.icons import EDGE, icon
from tocsin.ui.theme.tokens import LIGHT, Tokens


@dataclass(frozen=True, slots=True)
class Look:
    """How everything looks just now.

    Attributes:
        tokens: The colours.
        scale: Of text: 1.0, 1.15 or 1.3.
        is_motion_reduced: Nothing turns or glides.
        is_contrast_high: Lines as strong as controls, no soft fills, no shadows.
    """

    tokens: Tokens = LIGHT
    scale: float = 1.0
    is_motion_reduced: bool = False
    is_contrast_high: bool = False


class Theme(QObject):
    """Holds the look and tells when it changes; widgets ask it whenever they paint.

    Signals:
        changed: The new Look.
    """

    changed = Signal(object)

    def __init__(self, look: Look | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look or Look()

    @property
    def look(self) -> Look:
        """The look as it is now."""
        return self._look

    @property
    def tokens(self) -> Tokens:
        """The colours as they are now."""
        return self._look.tokens

    @property
    def scale(self) -> float:
        """The size of text, 1.0 as designed."""
        return self._look.scale

    @property
    def is_motion_reduced(self) -> bool:
        """Nothing may turn or glide."""
        return self._look.is_motion_reduced

    @property
    def is_contrast_high(self) -> bool:
        """Lines are strong and nothing throws a shadow; the tokens are already so."""
        return self._look.is_contrast_high

    def px(self, pixels: float) -> int:
        """Return a size of text as it is to be drawn, in widget pixels."""
        return round(pixels * self._look.scale)

    def font(self, pixels: float = 13, weight: int = 400) -> QFont:
        """Return the font for words, in a size of the design."""
        return ui_font(self.px(pixels), weight)

    def code_font(self, pixels: float = 12) -> QFont:
        """Return the font for code, in a size of the design."""
        return code_font(self.px(pixels))

    def icon(self, name: str, size: int = 0) -> QIcon:
        """Return an icon in the colours of now: as large as is asked, else as menus and as buttons have it now."""
        return icon(name, self._look.tokens, *([size] if size else {EDGE, self.px(EDGE)}))

    def set_look(self, look: Look) -> None:
        """Take another look; tells nothing when it is the same."""
        if look != self._look:
            self._look = look
            self.changed.emit(look)
