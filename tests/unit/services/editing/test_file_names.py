import os

import pytest

from tocsin.services.editing import CannotSaveError, EditorSession, find_conflict_copy


@pytest.mark.parametrize("name", ["con.yaml", "NUL", "com1.old.yaml", "lpt9.yaml", "a:b.yaml", "what?.yaml", "end."])
def test_a_name_that_windows_cannot_have_is_refused_everywhere(tmp_path, name):
    with pytest.raises(CannotSaveError, match="Windows"):
        EditorSession().save(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["contain.yaml", "console.yaml", "com10.yaml", "ünïcode name.yaml"])
def test_other_names_are_not(tmp_path, name):
    EditorSession().save(tmp_path / name)
    assert (tmp_path / name).is_file()


def test_a_name_that_differs_by_case_alone_is_refused(tmp_path):
    (tmp_path / "Contain.yaml").write_text("", encoding="utf-8")
    with pytest.raises(CannotSaveError, match=r"“Contain\.yaml” lies there"):
        EditorSession().save(tmp_path / "contain.yaml")


def test_a_file_that_has_such_a_name_already_is_saved(tmp_path):
    session, path = EditorSession(), tmp_path / "fine.yaml"
    session.save(path)
    odd = path.rename(tmp_path / "con.yaml")
    session.open(odd)
    session.save()
    assert odd.is_file()


@pytest.mark.parametrize(
    "copy",
    [
        "contain (conflicted copy 2026-11-24).yaml",
        "contain (Anna's conflicted copy 2026-11-24).yaml",
        "contain (conflicted copy 2026-11-24 104209).yaml",
        "contain.sync-conflict-20261124-104209-ABCDEF7.yaml",
    ],
)
def test_a_copy_that_a_sync_tool_left_is_found(tmp_path, copy):
    file = tmp_path / "contain.yaml"
    (tmp_path / copy).write_text("", encoding="utf-8")
    assert find_conflict_copy(file) == tmp_path / copy


def test_the_newest_copy_is_meant_and_other_files_are_none(tmp_path):
    for name in ("contain (2).yaml", "contain-more.yaml", "other (conflicted copy 2026-11-24).yaml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    file = tmp_path / "contain.yaml"
    assert find_conflict_copy(file) is None
    old, new = (tmp_path / f"contain (conflicted copy 2026-11-2{day}).yaml" for day in (3, 4))
    for at, path in enumerate((new, old)):
        path.write_text("", encoding="utf-8")
        os.utime(path, (at, at))
    assert find_conflict_copy(file) == old
