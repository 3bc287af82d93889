"""Certificates, a server on loopback that wants one of its clients, and a proxy that opens tunnels."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import socket
import socketserver
import ssl
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ANSWER = b'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"is": 1}'


class Authority:
    """Issues certificates into a folder."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named(name)
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(_pem(self._signed(self._name, self._key, is_authority=True)))

    def issue(self, name: str, *, days: tuple[int, int] = (-1, 30), passphrase: str = "") -> tuple[Path, Path]:
        """Return the files of a certificate that holds from the first to the last day from now on, and its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate, key_file = self._folder / f"{name}.crt", self._folder / f"{name}.key"
        certificate.write_bytes(_pem(self._signed(_named(name), key, days=days)))
        form = (
            serialization.BestAvailableEncryption(passphrase.encode()) if passphrase else serialization.NoEncryption()
        )
        key_file.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, form))
        return certificate, key_file

    def _signed(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        *,
        is_authority: bool = False,
        days: tuple[int, int] = (-1, 30),
    ) -> x509.Certificate:
        (first, last), now = days, datetime.now(UTC)
        builder = x509.CertificateBuilder(self._name, subject, key.public_key(), x509.random_serial_number())
        builder = builder.not_valid_before(now + timedelta(days=first)).not_valid_after(now + timedelta(days=last))
        builder = builder.add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
        names.append(x509.DNSName("product.example.com"))
        return builder.add_extension(x509.SubjectAlternativeName(names), critical=False).sign(
            self._key, hashes.SHA256()
        )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


@dataclass
class TlsProduct:
    """A product by https, that wants a certificate of `clients` when there is that authority.

    Attributes:
        heads: What it read.
        shown: The name in the certificate that each client showed, or "".
    """

    certificate: tuple[Path, Path]
    clients: Path | None = None
    newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3
    heads: list[bytes] = field(default_factory=list[bytes])
    shown: list[str] = field(default_factory=list[str])

    @asynccontextmanager
    async def served(self) -> AsyncGenerator[int]:
        """Serve on threads: asyncio's own server says no word of why it ends a handshake."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.maximum_version = self.newest
        context.load_cert_chain(*self.certificate)
        if self.clients is not None:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(self.clients)
        product = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                one = context.wrap_socket(self.request, server_side=True, do_handshake_on_connect=False)
                with one, contextlib.suppress(OSError):
                    try:
                        one.do_handshake()
                        product.talk(one)
                    except ssl.SSLError:  # what is not read to its end would take the last word away from the client
                        one.shutdown(socket.SHUT_WR)
                        while one.recv(65536):
                            pass

        with _Server(("127.0.0.1", 0), Handler) as server:
            thread = threading.Thread(target=server.serve_forever, args=(0.01,))
            thread.start()
            try:
                yield server.server_address[1]
            finally:
                await asyncio.to_thread(server.shutdown)
                thread.join()

    def talk(self, one: ssl.SSLSocket) -> None:
        subject = (one.getpeercert() or {}).get("subject", ())
        self.shown.append("".join(pair[0][1] for pair in subject))
        while head := one.recv(65536):
            self.heads.append(head)
            one.sendall(ANSWER)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


@dataclass
class TunnelProxy:
    """A proxy that opens tunnels to one port of loopback, whatever name it is asked for.

    Attributes:
        port: Where tunnels lead.
        sign_in: `user:password` that it wants, or "".
        status: What it answers instead of opening a tunnel, or 200.
        asked: The servers it was asked for.
        said: All it read of the tunnels' beginnings.
    """

    port: int = 0
    sign_in: str = ""
    status: int = 200
    asked: list[str] = field(default_factory=list[str])
    said: list[bytes] = field(default_factory=list[bytes])

    @asynccontextmanager
    async def served(self) -> AsyncGenerator[int]:
        async with _listening(self._accept) as port:
            yield port

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.said.append(head)
        self.asked.append(head.split(b" ")[1].decode())
        wanted = f"Proxy-Authorization: Basic {base64.b64encode(self.sign_in.encode()).decode()}\r\n".encode()
        status = 407 if self.sign_in and wanted not in head else self.status
        writer.write(f"HTTP/1.1 {status} Told\r\n\r\n".encode())
        await writer.drain()
        if status == 200:
            there = await asyncio.open_connection("127.0.0.1", self.port)
            try:
                await _joined((reader, writer), there)
            finally:
                there[1].transport.abort()
                with contextlib.suppress(OSError):
                    await there[1].wait_closed()


async def _joined(
    one: tuple[asyncio.StreamReader, asyncio.StreamWriter], other: tuple[asyncio.StreamReader, asyncio.StreamWriter]
) -> None:
    async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()

    await asyncio.gather(copy(one[0], other[1]), copy(other[0], one[1]))


@asynccontextmanager
async def _listening(
    serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncGenerator[int]:
    tasks: list[asyncio.Task[None] | None] = []

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.append(asyncio.current_task())
        try:
            await serve(reader, writer)
        except (asyncio.IncompleteReadError, asyncio.CancelledError, OSError):
            pass
        finally:
            writer.transport.abort()

    listener = await asyncio.start_server(accept, "127.0.0.1", 0)
    async with listener:
        yield listener.sockets[0].getsockname()[1]
        for task in tasks:
            if task is not None:
                task.cancel()
        await asyncio.gather(*(task for task in tasks if task), return_exceptions=True)
