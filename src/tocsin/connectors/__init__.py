"""Performs what connector descriptions say: over HTTP or another protocol, and never a change without the judge's Pass.

Bootstrap, services and faces enter here. Descriptions are data (`resources/connectors`), read by `formats`; this room
knows no product by name. Start reading at `runner` (the engine's port `Performer`), then `attempt` (the requests of one
attempt), `rulings` (what an answer means), `gate` (what may leave), `ways` (by which road), and `http_client` or
`protocols` (how it leaves). Import the performer from `runner` and the checks of descriptions from `lint`: they need
more than reading the catalogue does.
"""

from __future__ import annotations

from tocsin.connectors.errors import ConnectorError, DuplicateConnectorError, UnknownConnectorError
from tocsin.connectors.registry import get_connector, load_catalogue

__all__ = [
    "ConnectorError",
    "DuplicateConnectorError",
    "UnknownConnectorError",
    "get_connector",
    "load_catalogue",
]
