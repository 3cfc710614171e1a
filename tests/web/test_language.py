import pytest
from starlette.requests import Request

from web.language import language_of


def request(query="", accept=None) -> Request:
    headers = [] if accept is None else [(b"accept-language", accept.encode())]
    return Request({"type": "http", "query_string": query.encode(), "headers": headers})


@pytest.mark.parametrize(
    ("query", "accept", "language"),
    [
        ("", None, "tr"),
        ("lang=en", "tr", "en"),
        ("lang=tr", "en", "tr"),
        ("lang=xx", "en", "en"),
        ("", "en-US,en;q=0.9", "en"),
        ("", "de-DE,de;q=0.9", "tr"),
        ("", "de,en;q=0.5,tr;q=0.4", "en"),
        ("", "en;q=0.5,tr;q=0.9", "tr"),
        ("", "en;q=0", "tr"),
        ("", "en;q=abc", "tr"),
        ("", "," * 5000 + "en", "tr"),
    ],
)
def test_language(query, accept, language):
    assert language_of(request(query, accept)) == language
