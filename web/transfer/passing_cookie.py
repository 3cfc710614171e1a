"""Cookies that carry a sign-in on its way, sealed, for minutes."""

from dataclasses import dataclass
from typing import Literal

from fastapi import Response
from starlette.requests import HTTPConnection

MAX_CHARACTERS = 4_000


@dataclass(frozen=True, slots=True)
class PassingCookie:
    """One kind of them. `Lax` goes along when another site sends the browser back to us, `Strict` does not."""

    name: str
    path: str
    same_site: Literal["strict", "lax"]
    lives_s: int

    def of(self, connection: HTTPConnection) -> str:
        """What came along; empty when nothing did, or nothing of ours."""
        content = connection.cookies.get(self.name, "")
        return content if len(content) <= MAX_CHARACTERS else ""

    def put(self, response: Response, content: str, *, is_secure: bool) -> None:
        """Give it to the browser; scripts do not see it."""
        response.set_cookie(
            self.name, content, max_age=self.lives_s, path=self.path, httponly=True, samesite=self.same_site,
            secure=is_secure,
        )  # fmt: skip

    def take_away(self, response: Response, *, is_secure: bool) -> None:
        """Let the browser forget it."""
        response.delete_cookie(self.name, path=self.path, httponly=True, samesite=self.same_site, secure=is_secure)
