import sys
import warnings

import pytest

from tocsin.services.places import find_places


def test_one_variable_puts_everything_under_one_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("TOCSIN_HOME", str(tmp_path))
    places = find_places()
    assert (places.journal, places.blobs) == (tmp_path / "data" / "journal.db", tmp_path / "data" / "blobs")
    assert places.settings == tmp_path / "config" / "settings.yaml"
    assert (places.lab_line, places.log) == (tmp_path / "runtime" / "lab.json", tmp_path / "state" / "tocsin.log")


@pytest.mark.skipif(sys.platform != "linux", reason="the XDG folders are Linux's")
def test_without_a_session_folder_nothing_is_kept_where_others_may_write(tmp_path, monkeypatch):
    monkeypatch.delenv("TOCSIN_HOME", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert find_places().runtime == tmp_path / "tocsin" / "runtime"


@pytest.mark.skipif(sys.platform != "linux", reason="the XDG folders are Linux's")
def test_the_platforms_own_folders_are_taken(tmp_path, monkeypatch):
    monkeypatch.delenv("TOCSIN_HOME", raising=False)
    for name in ("CONFIG_HOME", "DATA_HOME", "STATE_HOME", "CACHE_HOME", "RUNTIME_DIR"):
        monkeypatch.setenv(f"XDG_{name}", str(tmp_path / name))
    places = find_places()
    assert (places.config, places.data) == (tmp_path / "CONFIG_HOME/tocsin", tmp_path / "DATA_HOME/tocsin")
    assert (places.cache, places.runtime) == (tmp_path / "CACHE_HOME/tocsin", tmp_path / "RUNTIME_DIR/tocsin")
