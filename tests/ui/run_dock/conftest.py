import pytest
from tests.ui.run_dock.stories import SUBJECT, isolating, moment_of

from tocsin.base.clock import Clock
from tocsin.ui.run_dock.follower import RunNews
from tocsin.ui.run_dock.panel import RunPanel


@pytest.fixture
def driver():
    """A run that can be driven on: ws-01 isolated, ws-02 may be, db-01 asked about."""
    return isolating()


@pytest.fixture
def clock(driver):
    """Shows the driver's time, so that nothing here waits."""
    return Clock(utc_micros=lambda: driver.now)


class Follower:
    """Tells a panel what the driver does, as the run's follower would."""

    def __init__(self, panel, driver):
        self.panel, self.driver, self.told = panel, driver, 0
        self.progress = moment_of(driver.events[:1]).progress
        panel.show_run(SUBJECT, self.progress)
        self.told = 1
        panel.show_news(RunNews(tuple(driver.events[:1]), frozenset()))

    def tell(self):
        """Hand on what has happened since."""
        fresh = tuple(self.driver.events[self.told :])
        self.told += len(fresh)
        for event in fresh:
            self.progress.apply(event)
        self.panel.show_news(RunNews(fresh, frozenset()))


@pytest.fixture
def panel(dressed, theme, clock, qtbot):
    widget = RunPanel(theme, clock=clock)
    qtbot.addWidget(widget)
    widget.resize(560, 826)
    widget.show()
    return widget


@pytest.fixture
def live(panel, driver):
    """The panel while the run goes on."""
    follower = Follower(panel, driver)
    follower.tell()
    return follower
