"""The cookie that carries a signed-in person's token."""

from fastapi import Request, Response
from starlette.requests import HTTPConnection

NAME = "nazar_session"
MAX_TOKEN_CHARACTERS = 200


def token_of(connection: HTTPConnection) -> str:
    """The token that came along; empty when there is none, or one that was never ours."""
    token = connection.cookies.get(NAME, "")
    return token if len(token) <= MAX_TOKEN_CHARACTERS else ""


def put(request: Request, response: Response, token: str, *, is_secure: bool = False) -> None:
    """Give the browser the token until it is closed; how long it counts is the server's affair.

    HttpOnly keeps it from scripts, SameSite=Strict from other sites' links. `is_secure`: it speaks TLS.
    """
    is_secure = is_secure or is_https(request)
    response.set_cookie(NAME, token, path="/", httponly=True, samesite="strict", secure=is_secure)


def take_away(request: Request, response: Response) -> None:
    """Let the browser forget it."""
    response.delete_cookie(NAME, path="/", httponly=True, samesite="strict", secure=is_https(request))


def is_https(request: Request) -> bool:
    """Whether the browser speaks TLS, be it to a proxy in front of us: its Origin (checked before) tells."""
    return request.url.scheme == "https" or request.headers.get("origin", "").lower().startswith("https://")
