import pytest

from tocsin.base import texts, times
from tocsin.services.language import choose_kept
from tocsin.services.settings import LanguageChoice, Settings, SettingsStore, TimesChoice


@pytest.fixture(autouse=True)
def undone(monkeypatch):
    """What was chosen before the test is chosen after it."""
    monkeypatch.delenv(texts.VARIABLE)
    for said in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(said, "C")
    yield
    texts.choose(texts.ENGLISH, {})
    times.choose(times.OF_UTC)


@pytest.mark.parametrize("choice", list(LanguageChoice))
def test_the_language_that_was_set_is_spoken_without_the_rest_being_read(tmp_path, choice):
    path = tmp_path / "settings.yaml"
    SettingsStore(path).change(Settings(autosave_seconds=7, language=choice))
    choose_kept(path)
    assert texts.language() == ("de" if choice is LanguageChoice.GERMAN else "en")
    assert SettingsStore(path).settings.language is choice


@pytest.mark.parametrize("choice", list(TimesChoice))
def test_the_zone_that_was_set_is_that_of_all_times(tmp_path, in_local_zone, choice):
    in_local_zone("Asia/Kolkata")
    path = tmp_path / "settings.yaml"
    SettingsStore(path).change(Settings(times=choice))
    choose_kept(path)
    assert times.column_mark() == ("UTC+5:30" if choice is TimesChoice.LOCAL else "UTC")
    assert SettingsStore(path).settings.times is choice


@pytest.mark.parametrize("text", [b"", b"language: [de]\n", b"  language: de\n", b"theme: dark\n", b"times: local\xff"])
def test_where_none_is_set_the_system_says_it_and_times_are_of_utc(tmp_path, in_local_zone, text):
    in_local_zone("Asia/Kolkata")
    path = tmp_path / "settings.yaml"
    path.write_bytes(text)
    for settings in (path, tmp_path / "none.yaml"):
        choose_kept(settings)
        assert (texts.language(), times.column_mark()) == ("en", "UTC")
