import json
import os

import pytest

from tocsin.base.resources import playbook_paths
from tocsin.connectors.registry import load_catalogue
from tocsin.formats import load_playbook
from tocsin.lab import load_scenario, scenario_names
from tocsin.model.catalogue import Effect
from tocsin.services.library import Library, demo_path, fresh_copy, read_shipped

CONTAIN = "contain-suspicious-ip"


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


@pytest.fixture
def library(catalogue):
    library = Library(lambda: catalogue, lambda: [load_scenario(name) for name in scenario_names()])
    yield library
    library.close()


@pytest.fixture
def contain(library):
    return next(shipped for shipped in library.playbooks().result() if shipped.id == CONTAIN)


def test_every_shipped_playbook_is_listed_once(library):
    assert [shipped.path for shipped in library.playbooks().result()] == playbook_paths()


def test_a_shipped_playbook_says_what_it_does_to_the_world(contain):
    assert (contain.name, contain.category, contain.nodes) == ("Contain a suspicious IP", "containment", 18)
    assert contain.summary == (
        "Looks the address up, blocks it, ends the user's sessions, isolates the hosts that talked to it, "
        "and opens a ticket"
    )
    assert (contain.effects, contain.discloses) == ((Effect.CHANGE, Effect.DESTRUCTIVE), True)
    assert contain.sample["src_ip"] == "203.0.113.66"


def test_playbooks_are_read_once(library):
    assert library.playbooks().result() is library.playbooks().result()


def test_a_file_without_a_playbook_is_left_out(tmp_path, catalogue):
    broken = tmp_path / "broken.yaml"
    broken.write_text("nodes: [")
    assert [shipped.path for shipped in read_shipped([broken, demo_path()], catalogue)] == [demo_path()]


def test_a_copy_has_not_the_marks_of_the_file_it_came_from(library, contain):
    copy = library.copy_of(CONTAIN).result()
    assert (copy.uid, copy.created, copy.graph) == (None, None, contain.playbook.graph)
    assert fresh_copy(copy) == copy


def test_there_is_no_copy_of_what_is_not_shipped(library):
    with pytest.raises(LookupError):
        library.copy_of("nosuch").result()


def test_an_alert_that_says_all_that_is_needed_fits(library, contain):
    fits = library.match(json.dumps(contain.sample)).result()
    assert (CONTAIN, ()) in [(fit.playbook.id, fit.lacks) for fit in fits.fits]
    assert fits.alert.event["src_ip"] == "203.0.113.66"


def test_an_alert_that_says_less_is_told_what_it_lacks(library):
    fits = library.match('{"src_ip": "203.0.113.66", "rule": "x"}').result()
    assert ("id", "user") in [fit.lacks for fit in fits.fits if fit.playbook.id == CONTAIN]


def test_what_is_no_alert_fits_nothing(library):
    assert library.match("hello").result().fits == ()


def test_the_labs_scenarios_are_told(library):
    assert [scenario.id for scenario in library.scenarios().result()] == scenario_names()


def test_the_demonstrations_playbook_is_one_of_them():
    assert load_playbook(demo_path()).playbook.id == CONTAIN


def test_a_file_of_ones_own_is_told_by_name_and_time_one_that_is_gone_by_its_file(library, tmp_path):
    kept, gone, odd = tmp_path / "kept.yaml", tmp_path / "gone.yaml", tmp_path / "odd.yaml"
    kept.write_bytes(demo_path().read_bytes())
    odd.write_text("{")
    os.utime(kept, (1_795_500_000, 1_795_500_000))
    seen, missing, unread = library.looks_of([kept, gone, odd]).result()
    assert (seen.path, seen.name, seen.edited) == (kept, "Contain a suspicious IP", 1_795_500_000_000_000)
    assert (missing.name, missing.edited) == ("gone", 0)
    assert (unread.name, unread.edited > 0) == ("odd", True)
