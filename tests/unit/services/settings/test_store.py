import os
import stat
from dataclasses import replace

import pytest

from tocsin.formats.yaml_text import read_yaml
from tocsin.services.settings import (
    Appearance,
    BrokenSettingsError,
    CannotSaveSettingsError,
    Contrast,
    Density,
    HealthEvery,
    Motion,
    Settings,
    SettingsStore,
    TextSize,
    ThemeChoice,
    WrongSettingsError,
)

DARK = Settings(Appearance(theme=ThemeChoice.DARK))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "config" / "settings.yaml"


def written(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def data_in(path):
    return read_yaml(path.read_bytes(), path.name).data


def test_without_a_file_the_usual_settings_hold_and_none_is_made(path):
    store = SettingsStore(path)
    assert (store.settings, store.problem, path.exists()) == (Settings(), None, False)


def test_what_was_set_is_there_the_next_time(path):
    everything = Settings(
        Appearance(ThemeChoice.DARK, TextSize.LARGEST, Motion.REDUCED, Contrast.HIGH, Density.COMPACT),
        autosave_seconds=20,
        shortcuts={"run": "F5", "stop-all": ""},
        health_minutes=HealthEvery.QUARTER,
        window_state="AAAA/w==" * 40,
    )
    SettingsStore(path).change(everything)
    again = SettingsStore(path)
    assert (again.settings, again.problem) == (everything, None)


def test_the_file_says_only_what_differs_from_the_usual(path):
    SettingsStore(path).change(DARK)
    assert data_in(path) == {"tocsin_settings": 1, "appearance": {"theme": "dark"}}


def test_a_change_is_told_once_and_only_when_it_is_one(path):
    store, told = SettingsStore(path), []
    store.changed.connect(told.append)
    store.change(DARK)
    store.change(DARK)
    assert [(each.old, each.new) for each in told] == [(Settings(), DARK)]


def test_unknown_keys_are_kept(path):
    written(path, "tocsin_settings: 3\nlater: [1, 2]\nappearance:\n  theme: light\n  glow: 7\n")
    store = SettingsStore(path)
    assert store.problem is None
    store.change(replace(store.settings, appearance=DARK.appearance, autosave_seconds=9))
    assert data_in(path) == {
        "tocsin_settings": 3,
        "later": [1, 2],
        "appearance": {"theme": "dark", "glow": 7},
        "autosave_seconds": 9,
    }


def test_what_another_window_set_meanwhile_stays(path):
    mine, other = SettingsStore(path), SettingsStore(path)
    other.change(replace(Settings(), appearance=Appearance(text_size=TextSize.LARGE), autosave_seconds=30))
    mine.change(DARK)
    assert SettingsStore(path).settings == replace(
        Settings(), appearance=Appearance(theme=ThemeChoice.DARK, text_size=TextSize.LARGE), autosave_seconds=30
    )


@pytest.mark.parametrize("text", ["theme: [dark", "- a list\n", "a: 1\na: 2\n", "\x00", "just words"])
def test_a_broken_file_is_reported_and_set_aside_whole(path, text):
    store = SettingsStore(written(path, text))
    assert store.settings == Settings()
    assert isinstance(store.problem, BrokenSettingsError)
    assert store.problem.aside.name == "settings.yaml.broken-1"
    assert store.problem.aside.name in store.problem.line
    assert (path.exists(), store.problem.aside.read_text(encoding="utf-8")) == (False, text)
    store.change(DARK)
    assert (SettingsStore(path).settings, SettingsStore(path).problem) == (DARK, None)


def test_each_broken_file_is_kept_under_a_name_of_its_own(path):
    names = [SettingsStore(written(path, f"[{number}")).problem.aside.name for number in range(2)]
    assert names == ["settings.yaml.broken-1", "settings.yaml.broken-2"]


def test_a_file_that_was_broken_meanwhile_is_set_aside_and_all_that_is_set_is_written(path):
    store = SettingsStore(path)
    store.change(DARK)
    written(path, "broken: [")
    store.change(replace(DARK, autosave_seconds=9))
    assert SettingsStore(path).settings == replace(DARK, autosave_seconds=9)
    assert path.with_name("settings.yaml.broken-1").read_text(encoding="utf-8") == "broken: ["


def test_an_empty_file_is_no_fault(path):
    assert SettingsStore(written(path, "")).problem is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("appearance: {theme: blue}", ("appearance.theme",)),
        ("appearance: {text_size: 400, motion: 1}", ("appearance.text_size", "appearance.motion")),
        ("appearance: dark", ("appearance",)),
        ("autosave_seconds: 0", ("autosave_seconds",)),
        ("autosave_seconds: true", ("autosave_seconds",)),
        ("shortcuts: {run: 5, stop: F4}", ("shortcuts.run",)),
        ("shortcuts: F5", ("shortcuts",)),
        ("window_state: 7", ("window_state",)),
    ],
)
def test_a_value_that_does_not_exist_is_named_and_the_rest_holds(path, text, names):
    store = SettingsStore(written(path, text + "\nlater: yes\n"))
    assert isinstance(store.problem, WrongSettingsError)
    assert store.problem.names == names
    assert store.settings.appearance == Appearance()


def test_a_wrong_value_stays_until_it_is_set_again(path):
    written(path, "appearance: {theme: blue, contrast: high}")
    store = SettingsStore(path)
    store.change(replace(store.settings, autosave_seconds=9))
    assert data_in(path)["appearance"] == {"theme": "blue", "contrast": "high"}
    store.change(replace(store.settings, appearance=replace(store.settings.appearance, theme=ThemeChoice.DARK)))
    assert data_in(path)["appearance"] == {"theme": "dark", "contrast": "high"}


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX")
def test_folder_and_file_are_their_owners_alone(path):
    SettingsStore(path).change(DARK)
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (path.parent, path)]
    assert modes == [0o700, 0o600]


def test_a_write_that_fails_is_said_and_what_was_set_holds(tmp_path):
    (tmp_path / "config").write_text("a file where the folder should be", encoding="utf-8")
    store = SettingsStore(tmp_path / "config" / "settings.yaml")
    with pytest.raises(CannotSaveSettingsError, match="could not be saved"):
        store.change(DARK)
    assert store.settings == DARK


def test_a_file_that_cannot_be_read_is_reported_and_stands(path):
    path.mkdir(parents=True)
    store = SettingsStore(path)
    assert isinstance(store.problem, BrokenSettingsError)
    assert (store.problem.aside, path.is_dir()) == (None, True)


def test_nothing_is_left_beside_the_file(path):
    SettingsStore(path).change(DARK)
    assert [each.name for each in path.parent.iterdir()] == ["settings.yaml"]


def test_a_store_without_a_file_keeps_nothing():
    store = SettingsStore()
    store.change(DARK)
    assert (store.settings, SettingsStore().settings) == (DARK, Settings())
