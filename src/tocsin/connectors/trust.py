"""Whom a connection trusts, the system's certificates and its own file besides, and what it shows of itself."""

from __future__ import annotations

import ssl
from typing import Final

from tocsin.base.texts import _
from tocsin.connectors.client_tls import show_in
from tocsin.connectors.exchange import ClientTls

_REFUSED: Final = frozenset(
    {
        "TLSV13_ALERT_CERTIFICATE_REQUIRED",
        "SSLV3_ALERT_BAD_CERTIFICATE",
        "SSLV3_ALERT_CERTIFICATE_EXPIRED",
        "SSLV3_ALERT_CERTIFICATE_REVOKED",
        "SSLV3_ALERT_CERTIFICATE_UNKNOWN",
        "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE",
        "SSLV3_ALERT_HANDSHAKE_FAILURE",
        "TLSV1_ALERT_ACCESS_DENIED",
        "TLSV1_ALERT_UNKNOWN_CA",
        "TLSV1_ALERT_DECRYPT_ERROR",
    }
)
"""With what a server ends a handshake over the client's certificate, in OpenSSL's names (RFC 8446 §6.2)."""


def trusting(ca_file: str | None, client: ClientTls | None = None) -> ssl.SSLContext:
    """Return with what TLS is spoken.

    Raises:
        OSError: The file of certificates cannot be read, or holds none (ssl.SSLError is one).
        ConnectionFaultError: The client's certificate or key cannot be used.
    """
    context = ssl.create_default_context()
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    if client is not None:
        show_in(context, client)
    return context


def is_refused(error: BaseException) -> bool:
    """Tell whether a server ended the handshake over the client's certificate: it has read nothing of what came after.

    By TLS 1.3 the client learns that only after its handshake, when it may have sent a request (RFC 8446 §4.4.2.4).
    """
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLError) and getattr(seen, "reason", None) in _REFUSED:  # aiohttp's have none
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def refusal_of_certificate(client: ClientTls | None) -> str:
    """Return why a server ended the handshake, as the end of a sentence."""
    return _("it wants a client certificate") if client is None else _("it does not accept the client certificate")
