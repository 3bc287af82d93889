"""A journal is not kept on a network drive. No drive is mounted: the tests lay the computer's list of them ready."""

from pathlib import Path

import pytest

from tocsin.base import network_drive
from tocsin.base.codes import ErrorCode
from tocsin.base.network_drive import NetworkDrive, find_in_mounts, find_network_drive
from tocsin.journal import JournalWriter
from tocsin.journal.errors import JournalOnNetworkError, JournalUnusableError

MOUNTS = r"""
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:40 / /mnt rw - autofs systemd-1 rw,fd=30
31 30 0:41 / /mnt rw,relatime shared:5 master:1 - nfs4 files:/team rw,vers=4.2
32 31 254:1 / /mnt/disk rw - xfs /dev/vdb rw
33 22 0:42 / /media/team\040drive rw - cifs //files/team rw
34 22 0:43 / /home/ana/keys rw - fuse.sshfs ana@host: rw
35 22 0:44 / /proc rw - proc proc rw
broken
""".splitlines()


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("/var/lib/tocsin", None),
        ("/mnt/tocsin", NetworkDrive("/mnt", "nfs4")),
        ("/mnt/disk/tocsin", None),
        ("/mntx", None),
        ("/media/team drive/data", NetworkDrive("/media/team drive", "cifs")),
        ("/home/ana/keys", NetworkDrive("/home/ana/keys", "fuse.sshfs")),
        ("/home/ana", None),
    ],
)
def test_the_nearest_mount_says_whether_a_folder_is_on_the_network(place, found):
    assert find_in_mounts(Path(place), MOUNTS) == found


@pytest.fixture
def on_network(tmp_path, monkeypatch):
    """Let the computer say that the test's folder is a network drive."""
    listed = tmp_path / "mountinfo"
    listed.write_text(f"22 1 0:40 / {tmp_path.resolve()} rw - cifs //files/team rw\n", encoding="utf-8")
    monkeypatch.setattr(network_drive, "MOUNTS", listed)
    return tmp_path


def test_a_journal_on_a_network_drive_is_refused_before_anything_is_made_there(on_network):
    folder = on_network / "data"
    with pytest.raises(JournalOnNetworkError) as refused:
        JournalWriter(folder / "journal.db", folder / "blobs")
    error = refused.value
    assert error.code is ErrorCode.JOURNAL_ON_NETWORK
    assert str(folder) in error.message
    assert f"{on_network} (cifs)" in error.message
    assert "TOCSIN_HOME" in error.hint
    assert not folder.exists()


def test_a_way_that_leads_to_a_network_drive_is_followed(on_network, tmp_path_factory):
    link = tmp_path_factory.mktemp("here") / "link"
    link.symlink_to(on_network, target_is_directory=True)
    assert find_network_drive(link / "data") == NetworkDrive(str(on_network), "cifs")


def test_a_computer_that_does_not_list_its_drives_is_let_be(tmp_path, monkeypatch):
    monkeypatch.setattr(network_drive, "MOUNTS", tmp_path / "nowhere")
    assert find_network_drive(tmp_path) is None


def test_a_folder_that_leads_to_itself_is_an_unusable_journal_and_no_crash(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(JournalUnusableError):
        JournalWriter(tmp_path / "loop" / "journal.db", tmp_path / "loop" / "blobs")
