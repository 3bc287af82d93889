"""The schemes of the addresses that a connection may have: what is spoken there, and at which port."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class SafeScheme(StrEnum):
    """What is encrypted; by `smtp`, nothing but a greeting is said before STARTTLS."""

    HTTPS = "https"
    LDAPS = "ldaps"
    SMTP = "smtp"
    SMTPS = "smtps"
    IMAPS = "imaps"
    SSH = "ssh"


PLAIN: Final[Mapping[str, str]] = MappingProxyType(
    {"https": "http", "ldaps": "ldap", "smtp": "smtp", "smtps": "smtp", "imaps": "imap", "ssh": "ssh"}
)
"""What stands for a scheme on this computer, where the Lab plays the product."""
PORTS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "https": 443,
        "ldaps": 636,
        "smtp": 25,
        "smtps": 465,
        "imaps": 993,
        "ssh": 22,
        "http": 80,
        "ldap": 389,
        "imap": 143,
    }
)
"""The port of a scheme, where an address names none."""
