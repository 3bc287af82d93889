from __future__ import annotations

import asyncio

import pytest

from tocsin.connectors.protocols.ber import Element, encode, number, octets, read_element
from tocsin.connectors.protocols.call import CallError


@pytest.mark.parametrize("value", [0, 1, 127, 128, 255, 256, -1, -128, 2**31 - 1])
def test_a_number_comes_back(value):
    encoded = number(value)
    assert Element(encoded[0], encoded[2:]).number == value


@pytest.mark.parametrize("size", [0, 1, 127, 128, 255, 256, 70_000])
def test_a_text_of_any_length_comes_back_from_a_stream(size):
    async def read() -> Element:
        reader = asyncio.StreamReader()
        reader.feed_data(octets("x" * size))
        reader.feed_eof()
        return await read_element(reader)

    assert asyncio.run(read()).text == "x" * size


def test_what_an_element_holds_is_taken_apart():
    parts = Element(0x30, octets("a") + number(7) + encode(0x31, octets("y" * 200))).parts()
    assert (parts[0].text, parts[1].number, parts[2].parts()[0].text) == ("a", 7, "y" * 200)


@pytest.mark.parametrize("data", [b"\x04\x05ab", b"\x04", b"\x04\x84\xff\xff\xff\xff"])
def test_half_an_element_is_refused(data):
    with pytest.raises(CallError):
        Element(0x30, data).parts()


def test_an_element_that_is_too_long_is_refused_before_it_is_read():
    async def read() -> Element:
        reader = asyncio.StreamReader()
        reader.feed_data(b"\x30\x84\x7f\xff\xff\xff")
        return await read_element(reader)

    with pytest.raises(CallError, match="too large"):
        asyncio.run(read())
