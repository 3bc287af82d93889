"""Addresses, networks, domains, links, mail addresses and hashes: whether a text is one, and what to write if not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from tocsin.base.texts import _
from tocsin.expressions import EvaluationError
from tocsin.expressions.addresses import read_address, read_network
from tocsin.expressions.indicators import refang
from tocsin.ui.forms.fields import FieldKind

MOST: Final = 2048
"""Characters of the longest text that is looked at."""

_LABEL: Final = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_TOP: Final = r"(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})"
_DOMAIN: Final = re.compile(rf"(?:{_LABEL}\.){{1,10}}{_TOP}\.?", re.IGNORECASE | re.ASCII)
_URL: Final = re.compile(r"[a-z][a-z0-9+.-]{1,20}://[^\s/?#]+[^\s]*", re.IGNORECASE | re.ASCII)
_HASH: Final = re.compile(r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128}", re.IGNORECASE | re.ASCII)


def find_indicator_fault(kind: FieldKind, text: str) -> str:
    """Return why a text is none of this kind and what to write, or ""."""
    return _CHECKS[kind](text) if len(text) <= MOST else _("This is too long.")


def clean_indicator(text: str) -> str:
    """Return a pasted indicator whole again: `hxxp://a[.]example` is what it was, and nothing hangs at its ends."""
    return refang(text.strip().strip("<>\"'`“”"))


def _address_fault(text: str) -> str:
    return _said_by(read_address, text)


def _network_fault(text: str) -> str:
    return _said_by(read_network, text)


def _said_by(read: Callable[[str], object], text: str) -> str:
    try:
        read(text)
    except EvaluationError as error:
        return f"{error.message} {error.hint}".strip()
    return ""


def _domain_fault(text: str) -> str:
    return "" if _DOMAIN.fullmatch(text) else _("This is no domain. Write it as in “mail.example.com”.")


def _url_fault(text: str) -> str:
    return "" if _URL.fullmatch(text) else _("This is no link. Write it as in “https://example.com/login”.")


def _mail_fault(text: str) -> str:
    name, at, domain = text.rpartition("@")
    is_mail = bool(name and at and _DOMAIN.fullmatch(domain)) and not any(sign.isspace() for sign in name)
    return "" if is_mail else _("This is no mail address. Write it as in “user@example.com”.")


def _hash_fault(text: str) -> str:
    return "" if _HASH.fullmatch(text) else _("This is no MD5, SHA-1, SHA-256 or SHA-512. Paste the whole hash.")


_CHECKS: Final[Mapping[FieldKind, Callable[[str], str]]] = {
    FieldKind.ADDRESS: _address_fault,
    FieldKind.CIDR: _network_fault,
    FieldKind.DOMAIN: _domain_fault,
    FieldKind.URL: _url_fault,
    FieldKind.MAIL: _mail_fault,
    FieldKind.HASH: _hash_fault,
}
