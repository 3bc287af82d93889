"""What the intrusion detection of the Lab's world knows: sets of values that its rules test.

As in `values`, the fields are keys of `GET /world`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dataset:
    """A set of values that was declared with a type.

    Attributes:
        kind: Suricata's type: string, md5, sha256, ipv4 or ip.
        entries: What is in it now, as it was sent: a string in base64.
        saved: What is in its file.
        tested: Whether some rule tests it. A set that none tests finds nothing, whatever is in it.
        lasts: Whether what was added is written back (`state`); else a reload reads the file anew (`load`).
    """

    name: str
    kind: str = "ip"
    entries: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()
    tested: bool = True
    lasts: bool = True
