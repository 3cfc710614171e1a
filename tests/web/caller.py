"""Calls an application from an address of one's choice, without a socket."""

import asyncio

import httpx


class Caller:
    def __init__(self, app, peer="127.0.0.1", base_url="http://127.0.0.1:8080"):
        self._transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(peer, 50_000))
        self._base_url = base_url

    def request(self, method, path, **options) -> httpx.Response:
        async def ask():
            async with httpx.AsyncClient(transport=self._transport, base_url=self._base_url, trust_env=False) as client:
                return await client.request(method, path, **options)

        return asyncio.run(ask())

    def get(self, path, **options) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path, **options) -> httpx.Response:
        return self.request("POST", path, **options)
