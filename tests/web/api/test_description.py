import re

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from vms.people.rules import Role
from web import app

DOCUMENT = "/api/v1/openapi.json"
# Streams without an end, media types that are none of JSON, a camera that is waited for.
NOT_ASKED = [
    "put_signed_file", "put_training_file", "put_letter_file", "look_into_package", "listen", "close_session",
    "begin_webrtc", "add_candidates", "read_snapshot",
]  # fmt: skip
FOR_ANYBODY = {("/api/v1/session", "post"), ("/api/v1/documents/verify/{code}", "get")}
FOR_ANYBODY |= {(f"/api/v1/session/{way}", "get") for way in ("ways", "oidc", "oidc/back")}
FOR_ANYBODY.add(("/api/v1/set-up", "post"))
few = settings(max_examples=8, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def document(site):
    return site.caller.get(DOCUMENT).json()


def operations(document):
    return [(path, method, one) for path, methods in document["paths"].items() for method, one in methods.items()]


def test_every_operation_has_a_name_a_client_can_be_made_from(document):
    names = [one["operationId"] for _, _, one in operations(document)]
    assert len(names) == len(set(names)) > 20
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)+|listen", name) for name in names)


def test_every_operation_says_how_it_refuses(document):
    for path, method, one in operations(document):
        statuses = set(one["responses"])
        wanted = {"400", "403", "422", "503"} | (set() if (path, method) in FOR_ANYBODY else {"401"})
        assert wanted <= statuses, path
        for status in statuses:
            if int(status) >= 400:
                schema = one["responses"][status]["content"]["application/problem+json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/Problem"}
    assert set(document["components"]["schemas"]["Problem"]["required"]) >= {"code", "detail", "status", "title"}


def test_the_document_needs_no_server(document):
    assert app.document() == document


def test_only_the_api_is_described(document):
    assert all(path.startswith("/api/v1/") for path in document["paths"])


def test_a_wrong_method_is_told_every_right_one(site):
    answer = site.caller.request("PATCH", "/api/v1/session")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "DELETE, GET, POST"


@pytest.mark.long
def test_whatever_is_asked_the_answer_is_documented(recorded):
    site, gate, shown = recorded
    person = site.add_person("omer", Role.SYSADMIN)
    site.allow(person, gate, playback=True)
    schema = schemathesis.openapi.from_dict(site.caller.get(DOCUMENT).json()).exclude(operation_id=NOT_ASKED)
    asked = set()

    def check(case):
        if "camera_id" in (case.path_parameters or {}):
            case.path_parameters["camera_id"] = str(gate.id)
        if "at" in (case.query or {}):
            case.query["at"] = str(shown[-1].at_us)
        wanted = case.as_transport_kwargs(base_url="http://127.0.0.1:8080")
        wanted["headers"] = dict(wanted["headers"]) | person.cookie
        wanted.pop("cookies", None)
        answer = site.caller.request(wanted.pop("method"), wanted.pop("url"), **wanted)
        asked.add(answer.status_code)
        assert answer.status_code != 500
        case.validate_response(answer, checks=CHECKS)

    for found in schema.get_all_operations():
        few(given(case=found.ok().as_strategy())(check))()
    assert {200, 404, 422} <= asked
