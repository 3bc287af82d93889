import asyncio

import pytest

from tocsin.connectors.addresses import Reach
from tocsin.connectors.wire import WireSettings, _OutsideResolver


def resolve(listed, proxies=frozenset()):
    async def go():
        resolver = _OutsideResolver(WireSettings(Reach.OUTSIDE, local_addresses=listed, system_proxies=proxies))
        try:
            return await resolver.resolve("localhost", 443)
        finally:
            await resolver.close()

    return asyncio.run(go())


def test_a_name_that_leads_to_this_computer_is_refused_when_it_is_looked_up():
    with pytest.raises(OSError, match="leads to where it must not"):
        resolve(())


def test_a_listed_address_is_reached_by_name_too():
    assert {found["host"] for found in resolve(("127.0.0.1", "::1"))} <= {"127.0.0.1", "::1"}


def test_a_proxy_that_the_system_names_may_be_on_this_computer():
    assert resolve((), frozenset({"localhost"}))
