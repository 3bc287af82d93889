"""What an audit looks at and leaves in the Lab's world: hardening checks of this computer, and written reports.

As in `values`, the fields are keys of `GET /world`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

RULES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "accounts_no_uid_except_zero": ("Only root has UID 0", "high"),
        "no_empty_passwords": ("Nobody signs in without a password", "high"),
        "sshd_disable_empty_passwords": ("SSH takes no empty password", "high"),
        "sshd_disable_root_login": ("SSH lets root not in", "medium"),
        "file_permissions_etc_shadow": ("Only root reads the passwords", "medium"),
        "file_permissions_etc_passwd": ("Only root writes the accounts", "medium"),
        "package_rsyslog_installed": ("What happens is logged", "medium"),
        "service_auditd_enabled": ("What is done is audited", "medium"),
        "partition_for_tmp": ("What is temporary has a disk of its own", "low"),
    }
)
"""Title and severity of each check, by the rule's name in the SCAP Security Guide (profile “standard” for Debian)."""


class CheckResult(StrEnum):
    """How a check ends (XCCDF 1.2, NISTIR 7275 §6.6.4.2). One that is not made says nothing, not that all is well."""

    PASSED = "pass"
    FAILED = "fail"
    NOT_CHECKED = "notchecked"


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the computer that Tocsin runs on, as it would end now.

    Attributes:
        id: The rule's name.
        severity: low, medium or high.
    """

    id: str
    title: str
    severity: str
    result: CheckResult = CheckResult.PASSED


@dataclass(frozen=True, slots=True)
class Report:
    """A file in the folder of reports.

    Attributes:
        name: The file's.
        written: When, RFC 3339.
    """

    name: str
    text: str
    written: str
