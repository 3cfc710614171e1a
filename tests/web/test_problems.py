"""What an answer looks like when something is wrong; what else lies beside the API."""

from http import HTTPStatus
from zoneinfo import ZoneInfo

import pytest
import still_node
from caller import Caller
from fastapi import FastAPI

from vms.kernel.clock import ManualClock
from vms.kernel.errors import Kind, VmsError
from web.app import create_app
from web.authorisation import Access, declares
from web.errors import MEDIA_TYPE, STATUS

ISTANBUL = ZoneInfo("Europe/Istanbul")


def with_routes(node) -> FastAPI:
    app = create_app(node, ManualClock(still_node.NOW_US), ISTANBUL, still_node.no_parts())

    @app.get("/refuse/{kind}", dependencies=[declares(Access.PUBLIC_HEALTH)])
    def refuse(kind: str):
        raise VmsError(Kind(kind), "retention_below_minimum", "Enter 20 or more.", minimum=20)

    @app.get("/break", dependencies=[declares(Access.PUBLIC_HEALTH)])
    def broken():
        raise ZeroDivisionError("rtsp://admin:secret@10.0.0.7/")

    @app.get("/number", dependencies=[declares(Access.PUBLIC_HEALTH)])
    def number(n: int):
        return n

    return app


@pytest.fixture
def problems():
    app = with_routes(still_node.well())
    return Caller(app)


def test_the_table_knows_every_kind():
    assert set(STATUS) == set(Kind)


@pytest.mark.parametrize("kind", list(Kind))
def test_an_error_is_a_problem_document(problems, kind):
    answer = problems.get(f"/refuse/{kind}", headers={"Accept-Language": "en-GB"})
    body = answer.json()
    assert answer.status_code == STATUS[kind] == body["status"]
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert answer.headers["content-language"] == "en"
    assert body["code"] == "retention_below_minimum"
    assert body["detail"] == "Enter 20 or more."
    assert body["title"] == STATUS[kind].phrase
    assert body["type"] == "about:blank"
    assert body["instance"] == f"/refuse/{kind}"
    assert ("facts" in body) is (STATUS[kind] < 500)
    assert ("retry-after" in answer.headers) is (kind is Kind.UNAVAILABLE)


def test_turkish_comes_first(problems):
    answer = problems.get("/refuse/invalid")
    assert answer.headers["content-language"] == "tr"
    assert answer.json()["detail"] == "Saklama süresi 20 günden az olamaz."
    assert answer.json()["facts"] == {"minimum": 20}


def test_what_nobody_foresaw_tells_no_trace(problems, caplog):
    answer = problems.get("/break")
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert answer.json()["code"] == "internal"
    assert "secret" not in answer.text
    assert "ZeroDivision" not in answer.text
    assert answer.headers["x-frame-options"] == "DENY"
    assert any(record.exc_info for record in caplog.records)


def test_a_wrong_field_is_named(problems):
    body = problems.get("/number?n=x&lang=en").json()
    assert body["status"] == 422
    assert body["code"] == "request_invalid"
    assert body["facts"] == {"fields": ["query.n"]}


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [("get", "/nowhere", 404, "not_found"), ("post", "/healthz", 405, "method_not_allowed")],
)
def test_the_frameworks_own_refusals_are_problems_too(problems, method, path, status, code):
    answer = getattr(problems, method)(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == MEDIA_TYPE


@pytest.mark.parametrize("name", ["..%2f..%2fpyproject.toml", "%2e%2e", "status.html", ""])
def test_no_other_file_is_an_asset(problems, name):
    assert problems.get(f"/static/{name}").status_code == HTTPStatus.NOT_FOUND


def test_assets_have_their_types(problems):
    assert problems.get("/static/status.css").headers["content-type"] == "text/css; charset=utf-8"
    assert problems.get("/static/status.js").headers["content-type"] == "text/javascript; charset=utf-8"
    assert problems.get("/static/nazar.svg").headers["content-type"] == "image/svg+xml"
