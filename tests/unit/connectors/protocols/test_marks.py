"""A change at the Lab's intrusion detection says which run made it; a real one is sent its own protocol and no more."""

import asyncio
import json
import sys

import pytest

from tocsin.connectors.addresses import Origin, Reach
from tocsin.connectors.exchange import Line, Request
from tocsin.connectors.gate import IDEMPOTENCY_HEADER
from tocsin.connectors.protocols.runners import ProtocolRunners

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs Unix sockets")


async def said_to(path, reach):
    """Send a change to a socket; return the command as it arrives there."""
    arrived = []

    async def serve(reader, writer):
        for _turn in range(2):
            arrived.append(json.loads(await reader.readline()))
            writer.write(b'{"return":"OK","message":"done"}\n')
            await writer.drain()
        writer.close()

    server = await asyncio.start_unix_server(serve, str(path))
    arguments = {"socket": str(path), "command": "dataset-add", "arguments": {"setname": "listed"}}
    headers = ((IDEMPOTENCY_HEADER, "key-1"),)
    request = Request("SURICATA ask", Origin("", "this computer"), "", headers=headers, arguments=arguments)
    runners = ProtocolRunners(reach=reach, monotonic=lambda: 0.0)
    await runners.exchange(request, Line("key", None, 10.0, lambda _note: None))
    server.close()
    return arrived[-1]


@pytest.mark.parametrize(
    ("reach", "more"), [(Reach.LAB, {"mark": "key-1"}), (Reach.OUTSIDE, {})], ids=["lab", "outside"]
)
def test_only_the_lab_is_told_of_the_run(tmp_path, reach, more):
    (tmp_path / "tocsin-lab-x").mkdir()
    told = asyncio.run(said_to(tmp_path / "tocsin-lab-x" / "s", reach))
    assert told == {"command": "dataset-add", "arguments": {"setname": "listed"}, **more}
