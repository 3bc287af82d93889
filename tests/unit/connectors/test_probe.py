from __future__ import annotations

import asyncio
import ssl

import pytest

from tocsin.connectors.addresses import Origin
from tocsin.connectors.probe import Probe, ProbeStep


def probed(url, *, listed=("127.0.0.1",), ca_file=None, timeout=5.0):
    """Each step's name and whether it went well, and what the last one said."""
    found = asyncio.run(Probe(Origin(url, ""), ca_file, listed, timeout).run())
    return {str(one.step): one.ok for one in found}, found[-1].detail


async def _plain(_reader, writer):
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    await writer.drain()
    writer.close()
    await writer.wait_closed()


async def _silent(reader, writer):
    await reader.read()
    writer.close()
    await writer.wait_closed()


def with_server(serve, scheme, **options):
    async def go():
        tasks = []

        async def accept(reader, writer):
            tasks.append(asyncio.current_task())
            await serve(reader, writer)

        server = await asyncio.start_server(accept, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            origin = Origin(f"{scheme}://127.0.0.1:{port}", "")
            found = await Probe(origin, listed=("127.0.0.1",), **options).run()
            await asyncio.gather(*tasks)
            return found

    found = asyncio.run(go())
    return {str(one.step): one.ok for one in found}, found[-1].detail


def test_a_name_that_nobody_knows_ends_at_the_name():
    assert probed("https://no-such-host.invalid") == ({"name": False}, "no-such-host.invalid is not known")


def test_a_name_that_leads_to_this_computer_is_refused_unless_listed():
    assert probed("https://localhost:1", listed=())[0] == {"name": False}
    steps, _ = probed("https://localhost:1", listed=("127.0.0.1", "::1"))
    assert steps == {"name": True, "tcp": False}


def test_a_port_where_nothing_listens_ends_at_tcp():
    assert probed("https://127.0.0.1:1") == ({"name": True, "tcp": False}, "nothing answers at port 1")


def test_a_server_without_tls_ends_there():
    steps, detail = with_server(_plain, "https")
    assert steps == {"name": True, "tcp": True, "tls": False}
    assert detail == "no encryption could be agreed on"


def test_a_server_that_says_nothing_ends_in_time():
    steps, detail = with_server(_silent, "https", timeout=0.2)
    assert steps == {"name": True, "tcp": True, "tls": False}
    assert detail == "it took too long"


def test_in_the_lab_there_is_no_tls():
    assert with_server(_silent, "http")[0] == {"name": True, "tcp": True}


@pytest.mark.parametrize("text", [None, "no certificate"])
def test_a_file_of_certificates_that_cannot_be_read_is_said(tmp_path, text):
    file = tmp_path / "ca.pem"
    if text is not None:
        file.write_text(text)
    steps, detail = with_server(_silent, "https", ca_file=str(file))
    assert (steps[ProbeStep.TLS], detail) == (False, "its file of certificates cannot be read")


def test_the_errors_of_a_bad_certificate_file_are_of_the_family_that_is_caught():
    assert issubclass(ssl.SSLError, OSError)
