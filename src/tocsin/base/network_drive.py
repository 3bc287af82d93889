"""Tells whether a folder lies on a network drive, where several computers may write.

Linux lists its drives; Windows turns the letter of a share into the share's name; elsewhere nothing is found.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

MOUNTS: Final = Path("/proc/self/mountinfo")
NETWORK_TYPES: Final = frozenset(
    (
        "9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse",
        "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2",
        "orangefs", "pvfs2", "smb3", "smbfs", "vboxsf", "vmhgfs",
    )
)  # 9p, vboxsf and vmhgfs are a host's drives in a virtual machine: their memory is not shared either  # fmt: skip
_ROOT: Final = 4


@dataclass(frozen=True, slots=True)
class NetworkDrive:
    """A drive that other computers may write to.

    Attributes:
        root: Where it is mounted.
        kind: What kind it is: “nfs4”, “cifs”.
    """

    root: str
    kind: str


def find_network_drive(folder: Path) -> NetworkDrive | None:
    """Return the network drive on which a folder lies, or will lie when it is made; None for one of this computer."""
    place = Path(os.path.realpath(folder))  # a link that leads to itself is for whoever opens it to report
    if place.anchor.startswith("\\\\"):
        return NetworkDrive(place.anchor, "share")
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:  # no Linux, or one that does not say
        return None
    return find_in_mounts(place, lines)


def find_in_mounts(place: Path, lines: Iterable[str]) -> NetworkDrive | None:
    """Return the network drive on which an absolute path lies, by what the kernel lists of its mounts.

    Args:
        place: The path.
        lines: As in `/proc/self/mountinfo` (proc_pid_mountinfo(5)): fields, “-”, the kind and what it comes from.
    """
    best, kind = PurePosixPath(), ""
    for line in lines:
        left, dash, right = line.partition(" - ")
        fields = left.split(" ")
        if not dash or len(fields) <= _ROOT:
            continue
        root = PurePosixPath(_unescaped(fields[_ROOT]))
        if place.is_relative_to(root) and len(root.parts) >= len(best.parts):  # of two at one place the later hides
            best, kind = root, right.split(" ")[0]
    return NetworkDrive(str(best), kind) if kind in NETWORK_TYPES else None


def _unescaped(field: str) -> str:
    """The kernel writes blanks, tabs, line feeds and backslashes as octal numbers."""
    for octal, plain in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(octal, plain)
    return field
