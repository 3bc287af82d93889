"""With what a connection shows who it is in TLS (RFC 8446 §4.4.2): a certificate, and a key that the vault may keep."""

from __future__ import annotations

import secrets
import ssl
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tocsin.base.secret import Secret
from tocsin.base.texts import _
from tocsin.connectors.errors import ConnectionFaultError
from tocsin.connectors.exchange import ClientTls
from tocsin.connectors.pem import der_parts, first_block, key_in_lines

CERTIFICATE: Final = "client_certificate"
KEY: Final = "client_key"
_ENCRYPTED: Final = "ENCRYPTED"  # stands in the head of an encrypted key, by RFC 7468 §11 and by the older form
_VERSION: Final = 0xA0  # the tag of a certificate's first field, where it has one
_SHORT_TIME: Final = 0x17  # UTCTime, whose years are of two digits (RFC 5280 §4.1.2.5.1)


def show_in(context: ssl.SSLContext, client: ClientTls) -> None:
    """Let a context show a certificate to servers that ask for one.

    Raises:
        ConnectionFaultError: The files cannot be read or do not belong together, or the certificate does not hold now.
    """
    _ensure_valid(client.certificate)
    if client.key is None:
        _load(context, client.certificate, client.key_file or client.certificate, client.passphrase.reveal())
        return
    sealed, password = _sealed_for_once(client.key, client.passphrase)
    with tempfile.TemporaryDirectory(prefix="tocsin-") as folder:  # TLS reads keys from files only
        file = Path(folder) / "key.pem"
        file.write_bytes(sealed)
        _load(context, client.certificate, str(file), password)


def stamp_of(*files: str | None) -> tuple[int, ...]:
    """Return what tells one writing of these files from the next; of one that cannot be read, 0."""
    return tuple(_stamp_of(Path(file)) for file in files if file is not None)


def _stamp_of(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def _load(context: ssl.SSLContext, certificate: str, key: str, password: str) -> None:
    """A password is always given: without one, OpenSSL would ask on the terminal."""
    try:
        context.load_cert_chain(certificate, key, password=lambda: password)
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            raise ConnectionFaultError(KEY, _("is the key of another certificate")) from error
        raise _unopened(Path(key).read_text(encoding="utf-8", errors="replace"), password) from error
    except OSError as error:
        raise ConnectionFaultError(KEY, _("cannot be read: {reason}").format(reason=_why(error))) from error


def _unopened(text: str, password: str) -> ConnectionFaultError:
    if _ENCRYPTED not in text:
        return ConnectionFaultError(KEY, _("holds no key in PEM form"))
    if not password:
        hint = _("Open the connection and type its passphrase.")
        return ConnectionFaultError(KEY, _("is encrypted, and its passphrase is not known"), hint=hint)
    return ConnectionFaultError(KEY, _("does not open with this passphrase"))


def _sealed_for_once(key: Secret, passphrase: Secret) -> tuple[bytes, str]:
    """Return a key under a password that nobody else has, so that it never lies open on the disk; and the password."""
    import asyncssh

    text, password = key_in_lines(key.reveal()), secrets.token_hex(24)
    try:
        read = asyncssh.import_private_key(text, passphrase.reveal() or None)
        return read.export_private_key("pkcs8-pem", password), password
    except (asyncssh.KeyEncryptionError, asyncssh.KeyImportError, asyncssh.KeyExportError) as error:
        raise _unopened(text, passphrase.reveal()) from error


def _ensure_valid(file: str) -> None:
    try:
        start, end = _validity_of(Path(file).read_text(encoding="utf-8", errors="replace"))
    except OSError as error:
        raise ConnectionFaultError(CERTIFICATE, _("cannot be read: {reason}").format(reason=_why(error))) from error
    except (ValueError, IndexError) as error:
        raise ConnectionFaultError(CERTIFICATE, _("holds no certificate in PEM form")) from error
    now = datetime.now(UTC)
    if now > end:
        hint = _("Ask for a new one where it came from.")
        raise ConnectionFaultError(CERTIFICATE, _("ended on {day}").format(day=f"{end:%Y-%m-%d}"), hint=hint)
    if now < start:
        raise ConnectionFaultError(CERTIFICATE, _("holds from {day} on only").format(day=f"{start:%Y-%m-%d}"))


def _validity_of(pem: str) -> tuple[datetime, datetime]:
    """Return from when until when the first certificate holds (RFC 5280 §4.1)."""
    whole = der_parts(ssl.PEM_cert_to_DER_cert(first_block(pem, "CERTIFICATE")))[0][1]
    fields = der_parts(der_parts(whole)[0][1])
    validity = fields[4 if fields[0][0] == _VERSION else 3][1]  # a version comes first, in all but the oldest
    start, end = (_moment(tag, content.decode("ascii")) for tag, content in der_parts(validity))
    return start, end


def _moment(tag: int, text: str) -> datetime:
    if tag == _SHORT_TIME:
        text = ("19" if int(text[:2]) >= 50 else "20") + text
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


def _why(error: OSError) -> str:
    return error.strerror or _("it is refused")
