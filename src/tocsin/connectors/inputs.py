"""An action's inputs at the door: defaults filled in, addresses in their one spelling, all checked (engine.md 1.31)."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Any

from tocsin.base.json_types import Json
from tocsin.base.texts import _, joined
from tocsin.connectors.errors import SlotError
from tocsin.model.schemas import check_value, shape_value


def ready_inputs(inputs: Mapping[str, Json], schema: Mapping[str, Any]) -> dict[str, Json]:
    """Return the inputs as the requests will use them.

    A property of `format: ip` is brought into its shortest lower-case form, IPv4 mapped into IPv6 is unwrapped: what is
    blocked and what is looked for afterwards are then the same text.

    Raises:
        SlotError: An input does not fit its schema.
    """
    properties: Mapping[str, Mapping[str, Any]] = schema.get("properties", {})
    defaults = {name: part["default"] for name, part in properties.items() if "default" in part}
    ready: dict[str, Json] = {
        name: _ready(name, shape_value(value, properties.get(name, {})), properties.get(name, {}))
        for name, value in {**defaults, **inputs}.items()
    }
    misfits = check_value(ready, schema)
    if misfits:
        raise SlotError(
            joined("“", misfits[0].place or _("the inputs"), "”"),
            _("does not fit: {message}").format(message=misfits[0].message),
        )
    return ready


def _ready(name: str, value: Json, schema: Mapping[str, Any]) -> Json:
    if schema.get("format") != "ip" or not isinstance(value, str):
        return value
    try:
        ip = ipaddress.ip_address(value)
    except ValueError as error:
        raise SlotError(f"“{name}”", _("is no IP address")) from error
    if isinstance(ip, ipaddress.IPv6Address) and ip.scope_id is not None:
        raise SlotError(f"“{name}”", _("has a zone, which means nothing to another computer"))
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return str(mapped or ip)
