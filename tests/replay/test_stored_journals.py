"""A journal of each version that ever was opens, folds and goes on: the same runs, to the same ends."""

import pytest
from tests.helpers.replaying import differences, fold
from tests.replay.stored_journals import lay_out, stored_versions
from tests.unit.engine.test_moments import shown

from tocsin.engine.kept_moments import MOMENT_VERSION
from tocsin.engine.moments import moment_at
from tocsin.engine.progress import RunProgress
from tocsin.journal import JournalWriter, Store, list_snapshots
from tocsin.journal.schema import VERSION
from tocsin.services import long_runs
from tocsin.services.history import RunHistory
from tocsin.services.keeping import RunKeeping
from tocsin.services.places import Places

FIRST_FOUR = ["succeeded", "waiting", "succeeded", "failed"]
SEVEN = ["succeeded", *FIRST_FOUR, "succeeded", "succeeded"]
STATUSES = {1: FIRST_FOUR, 2: FIRST_FOUR, 3: SEVEN, 4: SEVEN}
KINDS = {"play": {1: 4, 2: 4, 3: 6, 4: 6}, "undo": {3: 1, 4: 1}}


@pytest.fixture(params=stored_versions(), ids=lambda version: f"version-{version}")
def version(request):
    return request.param


@pytest.fixture
def places(version, tmp_path):
    places = Places(*[tmp_path / "home"] * 5)
    lay_out(version, places.journal)
    return places


@pytest.fixture
def runs(places):
    """Every run of the journal with its summary, oldest first."""
    history = RunHistory(places)
    return [(history.get_run(run.run), history.recall(run.run)) for run in reversed(history.list_runs(most=100))]


def test_there_is_a_journal_of_every_version():
    assert stored_versions() == list(range(1, VERSION + 1))


def test_its_runs_are_there(version, runs):
    assert [summary.status for summary, _ in runs] == STATUSES[version]
    kinds = [stored.created["kind"] for _, stored in runs]
    assert {kind: kinds.count(kind) for kind in KINDS} == {kind: of.get(version, 0) for kind, of in KINDS.items()}


def test_every_run_is_as_it_was_written(places, runs):
    assert RunKeeping(places, lambda value: value).check_all() == (len(runs), [])


def test_every_run_folds_to_the_state_it_was_left_in(places, runs):
    assert differences(places) == []
    for summary, stored in runs:
        assert (fold(stored).questions > 0) is (summary.status == "waiting")


def test_every_run_looks_and_is_told_as_it_ended(places, runs):
    history = RunHistory(places)
    for summary, stored in runs:
        progress = RunProgress(summary.run)
        for event in stored.events:
            progress.apply(event)
        record = history.record(summary)
        assert (record["status"], len(record["waiting"])) == (summary.status, int(summary.status == "waiting"))
        assert len(record["changes"]) == len(progress.changes)


def test_what_another_version_kept_to_open_a_run_quickly_is_made_anew(places, runs, monkeypatch):
    for name, value in {"LONG": 20, "SPACING": 10, "FEW": 1}.items():
        monkeypatch.setattr(long_runs, name, value)
    opened = 0
    for summary, stored in runs:
        moment = RunHistory(places).load_past(summary.run).moment
        assert shown(moment) == shown(moment_at(stored.events, len(stored.events)))
        opened += len(list_snapshots(Store(places.journal, places.blobs), summary.run, MOMENT_VERSION))
    assert opened
    assert RunKeeping(places, lambda value: value).check_all() == (len(runs), [])


def test_what_a_run_changed_can_still_be_taken_back(places, runs):
    contained = next(stored for summary, stored in runs if summary.status == "succeeded" and summary.changes == 6)
    paths = [item.path for item in RunHistory(places).undo_items(contained)]
    undone = any(stored.created["kind"] == "undo" for _, stored in runs)
    hosts = ["hosts[2]/isolate", "hosts[1]/isolate", "hosts[0]/isolate"]
    assert paths == (["sessions"] if undone else ["ticket", *hosts, "sessions", "block"])  # ended sessions stay ended


def test_a_writer_goes_on_with_it(places, runs):
    JournalWriter(places.journal, places.blobs).close()
    assert len(RunHistory(places).list_runs(most=100)) == len(runs)
