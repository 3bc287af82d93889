import os
import stat
import sys

import pytest

from tocsin.base.private_folder import make_private

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such permissions there")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_every_folder_that_is_made_is_for_its_owner_alone(tmp_path):
    made = make_private(tmp_path / "a" / "b")
    assert (mode(made), mode(tmp_path / "a")) == (0o700, 0o700)


def test_a_folder_that_is_there_keeps_its_permissions(tmp_path):
    there = tmp_path / "there"
    there.mkdir()
    there.chmod(0o755)
    assert make_private(there) == there
    assert mode(there) == 0o755


def test_a_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match=os.strerror(20)):
        make_private(tmp_path / "file" / "folder")
