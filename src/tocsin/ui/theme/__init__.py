"""The look as values: colours, fonts, icons, and the style sheet and palette made of them.

Any part of `ui` may enter. Start reading at `tokens`, then `look`; widgets and painters read the same instances.
`choice` makes a look of what a person set, `dresser` puts it on Qt.
"""

from __future__ import annotations

from tocsin.ui.theme.fonts import code_font, load_fonts, ui_font
from tocsin.ui.theme.icons import icon, icon_pixmap, paint_icon
from tocsin.ui.theme.look import Look, Theme
from tocsin.ui.theme.palette import palette_of
from tocsin.ui.theme.qss import style_sheet
from tocsin.ui.theme.redraw import redraw_with
from tocsin.ui.theme.tokens import DARK, LIGHT, Tokens

__all__ = [
    "DARK",
    "LIGHT",
    "Look",
    "Theme",
    "Tokens",
    "code_font",
    "icon",
    "icon_pixmap",
    "load_fonts",
    "paint_icon",
    "palette_of",
    "redraw_with",
    "style_sheet",
    "ui_font",
]
