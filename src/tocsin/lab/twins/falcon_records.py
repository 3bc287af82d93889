"""How Falcon shows hosts and alerts.

Sources: falconpy.io/Service-Collections/Hosts.html and Alerts.html.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tocsin.base.json_types import Json
from tocsin.lab.exchange import BadRequestError
from tocsin.lab.queries.boolean import texts_at
from tocsin.lab.values import Alert, AlertStatus, Host

DEVICE_FIELDS = (
    "device_id",
    "hostname",
    "local_ip",
    "external_ip",
    "platform_name",
    "product_type_desc",
    "os_version",
    "status",
    "tags",
    "last_seen",
)
"""What devices can be filtered and sorted by."""

ALERT_FIELDS = ("composite_id", "id", "status", "severity", "severity_name", "display_name", "created_timestamp")
INDICATOR_TYPES = ("ipv4", "ipv6", "domain", "md5", "sha256")

ALERT_STATUS = {
    AlertStatus.OPEN: "new",
    AlertStatus.ACKNOWLEDGED: "in_progress",
    AlertStatus.CLOSED: "closed",
}

_PLATFORMS = (("Windows", "Windows"), ("macOS", "Mac"))


def device_record(host: Host, customer: str) -> dict[str, Json]:
    """Return a host's full record."""
    platform = next((name for start, name in _PLATFORMS if host.os.startswith(start)), "Linux")
    return {
        "device_id": host.id,
        "cid": customer,
        "hostname": host.name,
        "local_ip": host.ip,
        "external_ip": host.external_ip,
        "platform_name": platform,
        "os_version": host.os,
        "product_type_desc": host.machine,
        "status": host.containment,
        "last_seen": host.last_seen,
        "tags": list(host.tags),
        "groups": [],
    }


def alert_record(alert: Alert, host: Host | None, customer: str) -> dict[str, Json]:
    """Return an alert's full record."""
    return {
        "composite_id": f"{customer}:ind:{alert.id}",
        "id": alert.id,
        "cid": customer,
        "created_timestamp": alert.time,
        "timestamp": alert.time,
        "display_name": alert.rule,
        "name": alert.rule,
        "severity": alert.severity,
        "severity_name": _severity_name(alert.severity),
        "status": ALERT_STATUS[alert.status],
        "tactic": "Credential Access",
        "technique": "Brute Force",
        "user_name": alert.user,
        "source_ips": [alert.src_ip],
        "device": {"device_id": host.id if host is not None else "", "hostname": alert.host, "local_ip": alert.dst_ip},
    }


def sorted_records(records: Sequence[dict[str, Json]], wish: str, fields: Collection[str]) -> list[dict[str, Json]]:
    """Return the records in the wished order, `field.asc`, `field|desc`; as they are when there is no wish.

    Raises:
        BadRequestError: The field or the direction is unknown.
    """
    if not wish:
        return list(records)
    name, _, direction = wish.replace("|", ".").partition(".")
    if name not in fields or direction not in {"", "asc", "desc"}:
        raise BadRequestError(f"invalid sort “{wish}”")
    return sorted(records, key=lambda row: texts_at(row, name), reverse=direction == "desc")


def _severity_name(severity: int) -> str:
    steps = ((20, "Informational"), (40, "Low"), (60, "Medium"), (80, "High"), (100, "Critical"))
    return next(name for top, name in steps if severity <= top)
