"""The dock: Problems, Run, History and Lab as pages of one panel that opens at the bottom or at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from tocsin.base.texts import _
from tocsin.model.problems import Problem, Severity
from tocsin.ui.problems.places import ProblemPlace, ProblemPlaces
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.chip import Tone
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.window.dock_strip import DockStrip
from tocsin.ui.window.layout_state import DockSide

PROBLEMS, RUN, HISTORY, LAB = "problems", "run", "history", "lab"


@dataclass(frozen=True, slots=True)
class DockPage:
    """One page.

    Attributes:
        id: How it is called for.
        title: On its tab.
        icon: A name in `resources/icons`.
        widget: What it shows, or None while there is nothing yet.
        line: What it says while it has no widget.
    """

    id: str
    title: str
    icon: str
    widget: QWidget | None = None
    line: str = ""


def usual_pages(problems: QWidget, run: QWidget, history: QWidget | None, lab: QWidget | None) -> tuple[DockPage, ...]:
    """Return the four pages of the design, in their order."""
    return (
        DockPage(PROBLEMS, _("Problems"), "triangle-alert", problems),
        DockPage(RUN, _("Run"), "play-solid", run),
        DockPage(HISTORY, _("History"), "history", history, _("Not run yet.")),
        DockPage(LAB, _("Lab"), "flask-conical", lab, _("Nothing here until an alert comes in.")),
    )


class Dock(QFrame):
    """Knows its pages and how it is; where it lies and how large it is, the arrangement says.

    Signals:
        state_changed: Its page, its side, or whether it is open or maximised is another now.
    """

    state_changed = Signal()

    def __init__(self, pages: Sequence[DockPage], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dock")
        self.setProperty("role", "panel")
        self._side = DockSide.BOTTOM
        self._is_open = False
        self._is_maximised = False
        self._page = pages[0].id
        self._strip = DockStrip([(page.id, page.title, page.icon) for page in pages], theme, self)
        self._stack = QStackedWidget(self)
        self._empty = {page.id: EmptyState(theme, page.icon, page.line, parent=self) for page in pages}
        self._widgets: dict[str, QWidget] = {}
        for page in pages:
            self._stack.addWidget(self._empty[page.id])
            if page.widget is not None:
                self.set_widget(page.id, page.widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self._stack, 1)
        self._strip.page_chosen.connect(self.show_page)
        self._strip.fold_pressed.connect(self.toggle_open)
        self._strip.move_pressed.connect(self.move_over)
        self._strip.double_clicked.connect(self.toggle_maximised)
        self._show_state()

    # How it is

    @property
    def page(self) -> str:
        """The id of the page in front."""
        return self._page

    @property
    def side(self) -> DockSide:
        """Where it opens."""
        return self._side

    @property
    def is_open(self) -> bool:
        """Its pages can be seen."""
        return self._is_open

    @property
    def is_maximised(self) -> bool:
        """It fills the window's middle."""
        return self._is_maximised

    @property
    def strip(self) -> DockStrip:
        """What is always there."""
        return self._strip

    @property
    def folded_height(self) -> int:
        """How high it is when folded."""
        return self._strip.minimumHeight()

    # What is told

    @Slot(str)
    def show_page(self, page: str) -> None:
        """Bring a page to the front, and open the dock.

        Raises:
            KeyError: There is no such page.
        """
        self._strip.tab(page)
        self._set(page=page, is_open=True)

    def has_page(self, page: str) -> bool:
        """Tell whether there is such a page."""
        return page in self._empty

    def restore(self, page: str, side: DockSide, *, is_open: bool) -> None:
        """Be as a person left it; a page that is not there any more is as none was named."""
        self._set(page=page if self.has_page(page) else None, side=side, is_open=is_open, is_maximised=False)

    @Slot()
    def toggle_open(self) -> None:
        """Fold or open."""
        self.set_open(not self._is_open)

    def set_open(self, is_open: bool) -> None:
        """Fold or open; a folded dock is not maximised."""
        self._set(is_open=is_open, is_maximised=self._is_maximised and is_open)

    @Slot()
    def move_over(self) -> None:
        """Go to the right, or back to the bottom, and be open there."""
        self._set(side=DockSide.BOTTOM if self._side is DockSide.RIGHT else DockSide.RIGHT, is_open=True)

    @Slot()
    def toggle_maximised(self) -> None:
        """Fill the window's middle, or give it back."""
        self._set(is_open=True, is_maximised=not self._is_maximised)

    def set_pages_shown(self, is_shown: bool) -> None:
        """Show or hide all but the strip: the arrangement knows when folding is over."""
        self._stack.setVisible(is_shown)

    # What its pages and tabs show

    def set_widget(self, page: str, widget: QWidget) -> None:
        """Give a page its widget, in the place of what was there."""
        self.take_widget(page)
        self._widgets[page] = widget
        self._stack.addWidget(widget)
        self._show_state()

    def take_widget(self, page: str) -> QWidget | None:
        """Take a page's widget out, to show it elsewhere; the page says its line again. None when it had none."""
        widget = self._widgets.pop(page, None)
        if widget is not None:
            self._stack.removeWidget(widget)
            self._show_state()
        return widget

    def set_line(self, page: str, line: str) -> None:
        """Say something else on a page that has no widget."""
        self._empty[page].set_line(line)

    def empty_state(self, page: str) -> EmptyState:
        """Return what a page without a widget shows, to offer something to do there."""
        return self._empty[page]

    def show_problems(self, problems: Sequence[Problem], places: ProblemPlaces) -> None:
        """Count the problems on the tab, and say the worst in words while the dock is folded.

        Args:
            problems: In the order they were found.
            places: Tells where a problem is.
        """
        self._strip.show_chip(PROBLEMS, Tone.COUNT, str(len(problems)) if problems else "")
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        worst = next(iter((*errors, *problems)), None)
        place = places.of(worst) if worst else ProblemPlace()
        what = place.at_node(worst.message) if worst else ""
        self._strip.problem_line.show_line(place.node, what, is_error=bool(errors))
        self._show_state()

    def show_live(self, *, is_live: bool, is_plan: bool = False) -> None:
        """Say on the tab of the run that it is on, else that what is there is only a plan."""
        plan = _("Plan") if is_plan else ""
        self._strip.show_chip(RUN, Tone.RUNNING if is_live else Tone.WOULD, _("Live") if is_live else plan)

    def _set(
        self,
        *,
        page: str | None = None,
        side: DockSide | None = None,
        is_open: bool | None = None,
        is_maximised: bool | None = None,
    ) -> None:
        before = (self._page, self._side, self._is_open, self._is_maximised)
        self._page = self._page if page is None else page
        self._side = self._side if side is None else side
        self._is_open = self._is_open if is_open is None else is_open
        self._is_maximised = self._is_maximised if is_maximised is None else is_maximised
        self._show_state()
        if before != (self._page, self._side, self._is_open, self._is_maximised):
            self.state_changed.emit()

    def _show_state(self) -> None:
        self._stack.setCurrentWidget(self._widgets.get(self._page, self._empty[self._page]))
        self._strip.show_state(self._page, is_open=self._is_open, is_right=self._side is DockSide.RIGHT)
