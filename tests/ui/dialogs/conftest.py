"""The shipped playbooks, as many as a test wants, and a port that gives them at once."""

import threading
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

import pytest

from tocsin.base.resources import playbook_paths
from tocsin.lab import load_scenario
from tocsin.services.lab_desk import LabScenario
from tocsin.services.library import FileLook, Fit, Fits, demo_path, read_shipped
from tocsin.services.pasted_alert import read_alert

CATEGORIES = ("containment", "mail", "identity")


@dataclass
class FakeLibrary:
    """Fills the window's port, on a thread of its own like the library's."""

    shipped: tuple
    asked: list = field(default_factory=list)

    def playbooks(self):
        return self._future("playbooks", self.shipped)

    def scenarios(self):
        return self._future("scenarios", (LabScenario.of(load_scenario("tor-brute-force")),))

    def copy_of(self, name):
        return self._future(name, self.shipped[0].playbook)

    def looks_of(self, paths):
        looks = tuple(FileLook(path, path.stem.title(), 1_795_500_000_000_000) for path in paths)
        return self._future("looks", looks)

    def match(self, text):
        alert = read_alert(text)
        lacks = () if alert.event and "user" in alert.event else ("user",)
        fits = tuple(Fit(shipped, lacks) for shipped in self.shipped[:1]) if alert.event else ()
        return self._future("match", Fits(alert, fits))

    def _future(self, name, result):
        self.asked.append(name)
        future = Future()
        thread = threading.Thread(target=lambda: future.set_result(result), name="tocsin-library")
        thread.start()
        thread.join()
        return future


@pytest.fixture
def one(catalogue):
    """The playbook of the demonstration."""
    assert demo_path() in playbook_paths()
    [shipped] = read_shipped([demo_path()], catalogue)
    return shipped


@pytest.fixture
def twelve(one):
    return tuple(
        replace(one, id=f"t{place}", name=f"Template {place}", tags=(CATEGORIES[place % 3],)) for place in range(12)
    )
