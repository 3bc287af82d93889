"""The menu of functions: those that fit the value at its top, the others under what they take."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tocsin.expressions.inference import JsonSchema
from tocsin.ui.forms.chain_words import LINKS, offered, takes_of
from tocsin.ui.widgets.plain_tip import plain_tip
from tocsin.ui.widgets.round_menu import RoundMenu


def function_menu(shape: JsonSchema, parent: QWidget) -> RoundMenu:
    """Return the menu for a value of a shape. The data of an action is its LinkKind's value.

    Args:
        shape: What is known of the value; an empty one offers every function under a heading.
        parent: The widget that it opens from; the menu is gone when it closes.
    """
    menu, fitting = RoundMenu(parent), takes_of(shape)
    menu.aboutToHide.connect(menu.deleteLater)
    for takes, kinds in offered(shape):
        under = menu
        if takes is not fitting:
            under = RoundMenu(menu)
            under.setTitle(str(takes))
            menu.addMenu(under)
        for kind in kinds:
            action = under.addAction(LINKS[kind].title)
            action.setData(str(kind))
            action.setToolTip(plain_tip(LINKS[kind].help))
        under.setToolTipsVisible(True)
        if under is menu:
            menu.addSeparator()
    return menu
