import pytest
from tests.unit.connectors.test_registry import LIE, STARTER

from tocsin.services.own_descriptions import OwnDescriptions, UnreviewableError
from tocsin.services.places import find_places


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("TOCSIN_HOME", str(tmp_path))
    folder = find_places().own_descriptions
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(STARTER, encoding="utf-8")
    return OwnDescriptions(find_places())


def test_a_review_holds_for_the_bytes_that_were_looked_at(own):
    [one] = own.files()
    assert own.catalogue().unreviewed == {"my_product"}
    own.review(one)
    assert (own.is_reviewed(one), own.catalogue().unreviewed) == (True, frozenset())
    one.path.write_text(STARTER + "# changed\n", encoding="utf-8")
    assert own.catalogue().unreviewed == {"my_product"}
    one.path.write_text(STARTER, encoding="utf-8")
    assert own.catalogue().unreviewed == frozenset()


def test_what_cannot_be_used_cannot_be_reviewed(own, tmp_path):
    (tmp_path / "lie.yaml").write_text(LIE, encoding="utf-8")
    with pytest.raises(UnreviewableError, match="DELETE is never a read") as caught:
        own.read(tmp_path / "lie.yaml")
    assert caught.value.place.line


@pytest.mark.parametrize("damage", [b"", b"[]", b'{"reviewed": 7}', b'{"reviewed": [7]}'])
def test_damaged_marks_are_the_marks_of_nobody(own, damage):
    [one] = own.files()
    own.review(one)
    find_places().reviews.write_bytes(damage)
    assert not own.is_reviewed(one)
    own.review(one)
    assert own.is_reviewed(one)


def test_nobody_else_may_read_the_marks(own):
    own.review(own.files()[0])
    assert find_places().reviews.stat().st_mode & 0o077 == 0


def test_the_catalogue_is_read_anew_when_a_file_comes_changes_or_goes_and_not_else(own):
    first = own.catalogue()
    assert own.catalogue() is first
    other = find_places().own_descriptions / "other.yaml"
    other.write_text(STARTER.replace("id: my_product", "id: other"), encoding="utf-8")
    assert {"my_product", "other"} <= set(own.catalogue().connectors)
    other.write_text("nothing that can be used: [", encoding="utf-8")
    assert "other" not in own.catalogue().connectors
    assert "my_product" in own.catalogue().connectors
    other.unlink()
    assert own.catalogue() == first
