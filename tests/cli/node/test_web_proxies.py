"""Whose word on a caller's address the web server believes."""

import asyncio
import json

import httpx
import pytest
from pydantic import ValidationError

from vms.cli.settings.node import WebSettings
from vms.cli.web import config_of


async def told(scope, _receive, send):
    """Answers with the address that the product would see."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps([scope["client"][0], scope["scheme"]]).encode()})


async def _seen(proxies, peer, forwarded):
    config = config_of(told, "127.0.0.1", 0, WebSettings(proxies=proxies).proxies)
    config.load()
    transport = httpx.ASGITransport(config.loaded_app, client=(peer, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://nazar.example") as client:
        headers = {"X-Forwarded-For": forwarded, "X-Forwarded-Proto": "https"}
        return (await client.get("/", headers=headers)).json()


def seen(proxies, peer, forwarded):
    return asyncio.run(_seen(proxies, peer, forwarded))


@pytest.mark.proves("D-11.4a")
def test_a_named_proxy_tells_who_calls():
    assert seen(("127.0.0.1/32", "10.0.0.0/8"), "127.0.0.1", "192.0.2.7, 10.4.4.4") == ["192.0.2.7", "https"]
    assert seen(("10.9.0.1",), "10.9.0.1", "2001:db8::5") == ["2001:db8::5", "https"]


def test_what_a_caller_writes_into_the_header_itself_is_not_believed():
    assert seen(("127.0.0.1",), "127.0.0.1", "127.0.0.1, 198.51.100.9") == ["198.51.100.9", "https"]


@pytest.mark.parametrize("proxies", [(), ("10.9.0.1",)])
def test_nobody_else_is_believed(proxies):
    assert seen(proxies, "192.0.2.1", "127.0.0.1") == ["192.0.2.1", "http"]


def test_a_proxy_that_is_no_address_is_refused():
    with pytest.raises(ValidationError, match="proxies"):
        WebSettings(proxies=("proxy.example",))
