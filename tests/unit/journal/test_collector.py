"""The collector rests as long as anybody wants it to, and then works again."""

import gc

import pytest

from tocsin.journal.collector import collector_rests


def test_it_rests_until_the_last_has_left():
    with collector_rests():
        with collector_rests():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_works_again_after_an_error():
    with pytest.raises(KeyError), collector_rests():
        raise KeyError
    assert gc.isenabled()
