"""The kept catalogue is the one that was read, and is never believed when a file, Tocsin or itself changed."""

from __future__ import annotations

import pytest
from tests.unit.connectors.support import catalogue

from tocsin.base.resources import resource_path
from tocsin.connectors import catalogue_cache, registry
from tocsin.connectors.catalogue_cache import find_cached, fingerprint, keep
from tocsin.connectors.registry import load_catalogue

STARTER = resource_path("starters", "connector.yaml").read_text(encoding="utf-8")
OWN = STARTER.replace("id: my_product", "id: mine").replace("title: My product", "title: Mine")


@pytest.fixture
def no_yaml(monkeypatch):
    """From here on, reading a description would be seen."""

    def refuse(*_):
        raise AssertionError("a description was read")

    return lambda: monkeypatch.setattr(registry, "read_connector", refuse)


def test_what_was_kept_is_what_was_read(tmp_path, no_yaml):
    read = load_catalogue(cache=tmp_path / "new" / "catalogue.json")
    no_yaml()
    kept = load_catalogue(cache=tmp_path / "new" / "catalogue.json")
    assert kept == read == catalogue()
    assert list(kept.connectors) == list(read.connectors)
    assert [one.hash for one in kept.connectors.values()] == [one.hash for one in read.connectors.values()]


def test_a_changed_file_is_read_anew(tmp_path):
    own, cache = tmp_path / "mine.yaml", tmp_path / "catalogue.json"
    own.write_text(OWN, encoding="utf-8")
    assert load_catalogue([tmp_path], cache=cache).connectors["mine"].title == "Mine"
    own.write_text(OWN.replace("title: Mine", "title: Ours"), encoding="utf-8")
    assert load_catalogue([tmp_path], cache=cache).connectors["mine"].title == "Ours"
    own.unlink()
    assert "mine" not in load_catalogue([tmp_path], cache=cache).connectors


@pytest.mark.parametrize("damage", [b"", b"\xff\n{}", b"{MARK}\n{", b'{MARK}\n{"connectors": {"x": 1}}'])
def test_a_damaged_cache_is_as_good_as_none(tmp_path, damage):
    path = tmp_path / "catalogue.json"
    path.write_bytes(damage.replace(b"{MARK}", b"mark"))
    assert find_cached(path, "mark") is None


def test_names_order_bytes_and_version_make_the_fingerprint(monkeypatch):
    marks = {
        fingerprint([("a", b"x"), ("b", b"y")]),
        fingerprint([("b", b"y"), ("a", b"x")]),
        fingerprint([("a", b"x"), ("b", b"z")]),
        fingerprint([("a", b"x"), ("c", b"y")]),
    }
    monkeypatch.setattr(catalogue_cache, "__version__", "9.9.9")
    assert len(marks | {fingerprint([("a", b"x"), ("b", b"y")])}) == 5


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    keep(tmp_path / "file" / "catalogue.json", "mark", catalogue())
    assert load_catalogue(cache=tmp_path / "file" / "catalogue.json") == catalogue()


def test_nobody_else_may_read_it(tmp_path):
    keep(tmp_path / "catalogue.json", "mark", catalogue())
    assert (tmp_path / "catalogue.json").stat().st_mode & 0o077 == 0
