import pytest
from tests.helpers.runs import ENVIRONMENT

from tocsin.services.environments import KnownEnvironments, NoVaultError
from tocsin.services.library import demo_path


def test_the_lab_is_known():
    assert KnownEnvironments(lambda: ENVIRONMENT).get("lab") is ENVIRONMENT


def test_any_other_waits_for_the_vault_and_starts_no_lab():
    def start():
        raise AssertionError("the Lab was started")

    with pytest.raises(NoVaultError, match=r"no vault yet.*--environment lab"):
        KnownEnvironments(start).get("production")


def test_the_playbook_of_the_demonstration_is_there():
    assert demo_path().read_text(encoding="utf-8").startswith("tocsin: 1\n")
