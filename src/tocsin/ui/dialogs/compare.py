"""Shows what differs between what is drawn and what its file holds, and lets a person choose which shall stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from tocsin.base.texts import _
from tocsin.model.comparison import Difference
from tocsin.ui.dialogs.frame import DialogFrame, Option
from tocsin.ui.widgets.plain_tip import plain_tip

WIDTH: Final = 720
HEIGHT: Final = 460
COLUMNS: Final = (_("What"), _("Setting"), _("Drawn here"), _("In the file"))
SAME: Final = _("Both say the same; only how the file is written differs.")


def show_differences(
    file: str,
    differences: Sequence[Difference],
    *,
    on_reload: Callable[[], None],
    on_keep: Callable[[], None],
    parent: QWidget,
) -> None:
    """Open the dialog; it returns at once.

    Args:
        file: The file's name.
        differences: What differs; none where only the text is other.
        on_reload: Shows what the file holds.
        on_keep: Lets what is drawn stand.
        parent: The window.
    """
    frame = DialogFrame("compare", _("Compare"), parent)
    frame.add_title(_("What differs from “{file}”").format(file=file))
    if differences:
        frame.column.addWidget(_list_of(differences, frame), 1)
    else:
        frame.add_words(SAME, "hint")
    frame.add_options([Option(_("Cancel")), Option(_("Reload"), on_reload), Option(_("Keep mine"), on_keep)])
    frame.resize(WIDTH, HEIGHT if differences else frame.sizeHint().height())
    frame.open()


def _list_of(differences: Sequence[Difference], parent: QWidget) -> QTreeWidget:
    listed = QTreeWidget(parent)
    listed.setObjectName("differences")
    listed.setAccessibleName(_("Differences"))
    listed.setHeaderLabels(list(COLUMNS))
    listed.setRootIsDecorated(False)
    listed.setUniformRowHeights(True)
    listed.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    for one in differences:
        words = [one.subject, one.field, one.here or _("not there"), one.there or _("not there")]
        item = QTreeWidgetItem(listed, [word.replace("\n", " ") for word in words])
        for place, word in enumerate(words):
            item.setToolTip(place, plain_tip(word))
    for column in range(len(COLUMNS)):
        listed.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    return listed
