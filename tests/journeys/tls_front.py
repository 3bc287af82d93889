"""TLS before the Lab's products, so that they stand for real servers: on ports of their own, under an own authority."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import re
import ssl
import threading
from contextlib import suppress
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"


class TlsFront:
    """Passes on, over TLS, what is said to each port of a list.

    Args:
        folder: Where the authority's certificate goes, as `ca.pem`.
        urls: The plain http servers.
    """

    def __init__(self, folder, urls):
        self.ca_file = folder / "ca.pem"
        self.urls = {}
        self.heard = bytearray()
        self._urls = urls
        self._folder = folder
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self):
        self._thread.start()
        self._context = server_context(self._folder, self.ca_file)
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(20)
        return self

    def __exit__(self, *_):
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(20)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(20)
        self._loop.close()

    async def _listen(self):
        self._servers = []
        for url in self._urls:
            server = await self._serve(urlsplit(url).port)
            self._servers.append(server)
            self.urls[url] = f"https://{HOST}:{server.sockets[0].getsockname()[1]}"

    async def _serve(self, port):
        async def pass_on(reader, writer):
            await self._pass_on(reader, writer, port)

        return await asyncio.start_server(pass_on, HOST, 0, ssl=self._context)

    async def _pass_on(self, reader, writer, port):
        inner_reader, inner_writer = await asyncio.open_connection(HOST, port)
        await asyncio.gather(copy(reader, inner_writer, port, self.heard), copy(inner_reader, writer))

    async def _close(self):
        for server in self._servers:
            server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def copy(reader, writer, port=None, heard=None):
    """Pass bytes on; a request's Host gets the plain port, which the Lab insists on."""
    with suppress(OSError):
        while data := await reader.read(65_536):
            if heard is not None:
                heard += data
            writer.write(data if port is None else re.sub(rb"(?i)(\r\nhost: [\d.]+):\d+", rb"\1:%d" % port, data))
            await writer.drain()
    with suppress(OSError):
        writer.close()
        await writer.wait_closed()


def server_context(folder, ca_file):
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _certificate("Example authority", authority_key, "Example authority", authority_key, is_authority=True)
    server = _certificate(HOST, key, "Example authority", authority_key, is_authority=False)
    ca_file.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    own = folder / "server.pem"
    own.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + server.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own)
    return context


def _certificate(name, key, issuer, issuer_key, *, is_authority):
    now = datetime.datetime.now(datetime.UTC)
    usage = {
        **dict.fromkeys(("content_commitment", "key_encipherment", "data_encipherment", "key_agreement"), False),
        **dict.fromkeys(("encipher_only", "decipher_only"), False),
        "digital_signature": True,
        "key_cert_sign": is_authority,
        "crl_sign": is_authority,
    }
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


def _name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
