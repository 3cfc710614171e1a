"""A page whose every error, foreign request and broken policy fails the test."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

# Asking who is signed in is answered 401 before anybody is: the browser writes that into its console by itself.
_ALWAYS = (re.compile(r"status of 401 .*/api/v1/session$"),)
_POLICY = """document.addEventListener('securitypolicyviolation', (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));"""


class Trap:
    """Hears what pages of one browser context do wrong."""

    def __init__(self, context: BrowserContext, own_host: str) -> None:
        self._own_host = own_host
        self._allowed: list[re.Pattern] = list(_ALWAYS)
        self._heard: list[str] = []
        context.add_init_script(_POLICY)
        context.on("page", self._watch)
        context.on("request", self._requested)
        for page in context.pages:
            self._watch(page)

    def allow(self, pattern: str) -> None:
        """Something this test causes on purpose."""
        self._allowed.append(re.compile(pattern))

    @property
    def caught(self) -> list[str]:
        """What no page may do."""
        return [text for text in self._heard if not any(allowed.search(text) for allowed in self._allowed)]

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self._heard.append(f"uncaught: {error.message}\n{error.stack}"))
        page.on("crash", lambda _: self._heard.append("the page crashed"))
        page.on("console", self._said)
        page.on("websocket", lambda line: self._reached(line.url))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._heard.append(f"{message.text} {message.location.get('url', '')}")

    def _requested(self, request: Request) -> None:
        self._reached(request.url)

    def _reached(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self._own_host:
            self._heard.append(f"foreign request: {url}")
