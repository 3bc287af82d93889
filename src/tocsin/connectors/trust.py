"""Whom a connection trusts: the system's certificates, and its own file besides."""

from __future__ import annotations

import ssl


def trusting(ca_file: str | None) -> ssl.SSLContext:
    """Return what TLS is checked with.

    Raises:
        OSError: The file cannot be read, or holds no certificate (ssl.SSLError is one).
    """
    context = ssl.create_default_context()
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    return context
