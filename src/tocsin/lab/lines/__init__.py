"""The twins that do not speak HTTP: each connection is a session that turns what it reads into requests, one at a time.

A twin says which wire it speaks; `server` listens and closes, `smtp` and `suricata` speak. Faults, the books of
requests and the world's catching up are those of every twin, for all go through `Reception`.
"""

from __future__ import annotations

from tocsin.lab.lines.server import LineServer, can_listen

__all__ = ["LineServer", "can_listen"]
