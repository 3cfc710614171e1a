from http import HTTPStatus
from ipaddress import ip_network
from zoneinfo import ZoneInfo

import pytest
import still_node
from caller import Caller
from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts

from vms.kernel.clock import ManualClock
from vms.kernel.errors import VmsError
from vms.people.roles import Action
from web.app import create_app
from web.authorisation import Access, declared, declares, networks, refuse_undeclared
from web.pages.console import PLACES

ISTANBUL = ZoneInfo("Europe/Istanbul")


def app_of(node, **options) -> FastAPI:
    return create_app(node, ManualClock(still_node.NOW_US), ISTANBUL, still_node.no_parts(), **options)


def client(node, peer="127.0.0.1", base_url="http://127.0.0.1:8080", **options) -> Caller:
    app = app_of(node, **options)
    return Caller(app, peer, base_url)


API_ROUTES = {
    ("POST", "/session"): Access.PUBLIC_SIGN_IN,
    ("GET", "/session"): Access.OWN_SESSION,
    ("DELETE", "/session"): Access.OWN_SESSION,
    ("POST", "/session/password"): Access.OWN_SESSION,
    ("PUT", "/session/language"): Access.OWN_SESSION,
    ("GET", "/cameras"): Access.SIGNED_IN,
    ("GET", "/events"): Access.SIGNED_IN,
    ("POST", "/live/{camera_id}/whep"): Access.CAMERA_LIVE,
    ("GET", "/live/sessions/{secret_id}"): Access.SIGNED_IN,
    ("HEAD", "/live/sessions/{secret_id}"): Access.SIGNED_IN,
    ("PATCH", "/live/sessions/{secret_id}"): Access.SIGNED_IN,
    ("DELETE", "/live/sessions/{secret_id}"): Access.SIGNED_IN,
    ("GET", "/live/{camera_id}/snapshot.jpg"): Access.CAMERA_LIVE,
    ("WEBSOCKET", "/live/{camera_id}/mse"): Access.CAMERA_LIVE,
    ("GET", "/playback/{camera_id}/timeline"): Access.CAMERA_PLAYBACK,
    ("GET", "/playback/{camera_id}/index.m3u8"): Access.CAMERA_PLAYBACK,
    ("GET", "/playback/{camera_id}/segments/{volume}/{stream}/{sequence}.mp4"): Access.CAMERA_PLAYBACK,
    ("GET", "/playback/{camera_id}/frame.jpg"): Access.CAMERA_PLAYBACK,
    ("GET", "/playback/{camera_id}/keyframes"): Access.CAMERA_PLAYBACK,
    ("GET", "/views"): Access.SIGNED_IN,
    ("POST", "/views"): Access.SIGNED_IN,
    ("PUT", "/views/{view_id}"): Access.SIGNED_IN,
    ("DELETE", "/views/{view_id}"): Access.SIGNED_IN,
    ("GET", "/tours"): Access.SIGNED_IN,
    ("POST", "/tours"): Access.SIGNED_IN,
    ("PUT", "/tours/{tour_id}"): Access.SIGNED_IN,
    ("DELETE", "/tours/{tour_id}"): Access.SIGNED_IN,
    ("GET", "/health"): Action.SEE_HEALTH,
    ("GET", "/camera-register"): Action.SEE_HEALTH,
    ("GET", "/camera-register/{camera_id}"): Action.SEE_HEALTH,
    ("POST", "/camera-register/{camera_id}/placements"): Action.MANAGE_CAMERAS,
    ("PUT", "/camera-register/{camera_id}/placements/{placement_id}"): Action.MANAGE_CAMERAS,
    ("GET", "/camera-register/{camera_id}/central-recordings"): Action.SEE_HEALTH,
    ("POST", "/camera-register/{camera_id}/central-recordings"): Action.MANAGE_CAMERAS,
    ("POST", "/camera-register/{camera_id}/central-recordings/{recording_id}/end"): Action.MANAGE_CAMERAS,
    ("GET", "/units"): Action.SEE_PEOPLE,
    ("POST", "/units"): Action.MANAGE_PEOPLE,
    ("PUT", "/units/{unit_id}"): Action.MANAGE_PEOPLE,
    ("POST", "/units/{unit_id}/close"): Action.MANAGE_PEOPLE,
    ("POST", "/units/{unit_id}/reopen"): Action.MANAGE_PEOPLE,
    ("GET", "/people"): Action.SEE_PEOPLE,
    ("POST", "/people"): Action.MANAGE_PEOPLE,
    ("GET", "/people/{person_id}"): Action.SEE_PEOPLE,
    ("PUT", "/people/{person_id}"): Action.MANAGE_PEOPLE,
    ("POST", "/people/{person_id}/leave"): Action.MANAGE_PEOPLE,
    ("POST", "/people/{person_id}/return"): Action.MANAGE_PEOPLE,
    ("GET", "/accounts"): Action.SEE_ACCOUNTS,
    ("POST", "/accounts"): Action.MANAGE_ACCOUNTS,
    ("GET", "/accounts/{account_id}"): Action.SEE_ACCOUNTS,
    ("PUT", "/accounts/{account_id}"): Action.MANAGE_ACCOUNTS,
    ("POST", "/accounts/{account_id}/roles"): Action.MANAGE_ACCOUNTS,
    ("DELETE", "/accounts/{account_id}/roles/{role}"): Action.MANAGE_ACCOUNTS,
    ("POST", "/accounts/{account_id}/password"): Action.MANAGE_ACCOUNTS,
    ("POST", "/accounts/{account_id}/disable"): Action.MANAGE_ACCOUNTS,
    ("POST", "/accounts/{account_id}/enable"): Action.MANAGE_ACCOUNTS,
    ("GET", "/accounts/{account_id}/sessions"): Action.MANAGE_ACCOUNTS,
    ("DELETE", "/accounts/{account_id}/sessions/{session_id}"): Action.MANAGE_ACCOUNTS,
    ("POST", "/attempts"): Access.SIGNED_IN,
    ("GET", "/audit"): Action.READ_AUDIT,
    ("GET", "/audit/viewings"): Action.READ_AUDIT,
    ("GET", "/audit/entries.csv"): Action.READ_AUDIT,
    ("GET", "/audit/chain"): Action.READ_AUDIT,
    ("POST", "/audit/chain/verification"): Action.READ_AUDIT,
    ("GET", "/audit/names"): Action.READ_AUDIT,
    ("GET", "/service"): Access.SIGNED_IN,
    ("GET", "/settings"): Action.MANAGE_SETTINGS,
    ("PUT", "/settings"): Action.MANAGE_SETTINGS,
    ("POST", "/settings/checks"): Action.MANAGE_SETTINGS,
    ("POST", "/settings/test-mail"): Action.MANAGE_SETTINGS,
    ("POST", "/settings/restart"): Action.MANAGE_SETTINGS,
    ("GET", "/documents"): Access.SIGNED_IN,
    ("GET", "/documents/verify/{code}"): Access.PUBLIC_PAGE,
    ("GET", "/documents/{document_id}"): Access.SIGNED_IN,
    ("GET", "/documents/{document_id}/versions"): Access.SIGNED_IN,
    ("GET", "/documents/{document_id}/paper.pdf"): Access.SIGNED_IN,
    ("GET", "/documents/{document_id}/signed-file"): Access.SIGNED_IN,
    ("PUT", "/documents/{document_id}/signed-file"): Action.ISSUE_DOCUMENT,
    ("POST", "/documents/{document_id}/initials"): Access.SIGNED_IN,  # whose title the turn is
    ("PUT", "/documents/{document_id}/ebys"): Action.ISSUE_DOCUMENT,
    ("POST", "/documents/{document_id}/cancel"): Action.ISSUE_DOCUMENT,
    ("GET", "/grants"): Action.SEE_AUTHORITY,
    ("GET", "/grants/unrenewed.csv"): Action.SEE_AUTHORITY,
    ("GET", "/grants/{grant_id}"): Action.SEE_AUTHORITY,
    ("POST", "/grants"): Action.ENTER_GRANT,
    ("POST", "/grants/{grant_id}/olur"): Action.ENTER_GRANT,
    ("PUT", "/grants/{grant_id}"): Action.ENTER_GRANT,
    ("POST", "/grants/{grant_id}/activation"): Action.ACTIVATE_GRANT,
    ("POST", "/grants/{grant_id}/renewal"): Action.ENTER_RENEWAL,
    ("POST", "/grants/{grant_id}/end/{ending}"): Action.WITHDRAW_GRANT,
    ("POST", "/grants/{grant_id}/reinstatement"): Action.WITHDRAW_GRANT,
    ("POST", "/grants/{grant_id}/cancellation"): Action.ENTER_GRANT,
    ("POST", "/grants/{grant_id}/scope"): Action.ENTER_GRANT,
    ("POST", "/grants/{grant_id}/replacement"): Action.ENTER_GRANT,
    ("GET", "/assignments"): Action.SEE_AUTHORITY,
    ("POST", "/assignments"): Action.ENTER_ASSIGNMENT,
    ("POST", "/assignments/{assignment_id}/end"): Action.ENTER_ASSIGNMENT,
    ("POST", "/posts"): Action.ENTER_ASSIGNMENT,
    ("PUT", "/posts/{post_id}/cameras"): Action.ENTER_ASSIGNMENT,
    ("POST", "/posts/{post_id}/closing"): Action.ENTER_ASSIGNMENT,
    ("GET", "/agreements"): Action.SEE_AUTHORITY,
    ("POST", "/agreements"): Action.RECORD_AGREEMENT,
    ("POST", "/agreements/{agreement_id}/withdrawal"): Action.RECORD_AGREEMENT,
    ("POST", "/agreement-texts"): Action.RECORD_AGREEMENT,
    ("POST", "/duty-changes"): Action.REPORT_DUTY_CHANGE,
    ("GET", "/shared-accounts"): Action.SEE_AUTHORITY,
    ("POST", "/shared-accounts/{account_id}/reviews"): Action.REVIEW_SHARED_ACCOUNT,
    ("GET", "/work-orders"): Action.OPEN_WORK_ORDER,
    ("GET", "/work-orders/choices"): Action.OPEN_WORK_ORDER,
    ("POST", "/work-orders"): Action.OPEN_WORK_ORDER,
    ("POST", "/work-orders/{order_id}/closing"): Action.OPEN_WORK_ORDER,
    ("POST", "/grants/{grant_id}/papers/agreement"): Action.RECORD_AGREEMENT,
    ("POST", "/grants/{grant_id}/papers/authority"): Action.ISSUE_DOCUMENT,
    ("POST", "/grants/{grant_id}/papers/application"): Action.ENTER_RENEWAL,
    ("POST", "/assignments/{assignment_id}/paper"): Action.ENTER_ASSIGNMENT,
    ("POST", "/shared-accounts/{account_id}/reviews/{number}/paper"): Action.REVIEW_SHARED_ACCOUNT,
    ("GET", "/my-authority"): Access.SIGNED_IN,
    ("GET", "/my-unit"): Action.APPLY_FOR_AUTHORITY,
    ("GET", "/reminders"): Access.SIGNED_IN,
    ("GET", "/training"): Access.SIGNED_IN,
    ("GET", "/training/materials"): Action.MANAGE_TRAINING,
    ("POST", "/training/materials"): Action.MANAGE_TRAINING,
    ("PUT", "/training/materials/{material_id}"): Action.MANAGE_TRAINING,
    ("PUT", "/training/materials/{material_id}/file"): Action.MANAGE_TRAINING,
    ("POST", "/training/materials/{material_id}/publication"): Action.MANAGE_TRAINING,
    ("POST", "/training/materials/{material_id}/withdrawal"): Action.MANAGE_TRAINING,
    ("GET", "/training/sessions"): Action.MANAGE_TRAINING,
    ("POST", "/training/sessions"): Action.MANAGE_TRAINING,
    ("PUT", "/training/sessions/{session_id}"): Action.MANAGE_TRAINING,
    ("POST", "/training/sessions/{session_id}/calling-off"): Action.MANAGE_TRAINING,
    ("POST", "/training/sessions/{session_id}/paper"): Action.MANAGE_TRAINING,
    ("GET", "/training/people"): Action.MANAGE_TRAINING,
    ("GET", "/breaches"): Action.SEE_REGISTERS,
    ("POST", "/breaches"): Action.RECORD_BREACH,
    ("GET", "/breaches/entries/{number}"): Action.RECORD_BREACH,
    ("GET", "/breaches/{breach_id}"): Action.SEE_REGISTERS,
    ("PUT", "/breaches/{breach_id}"): Action.RECORD_BREACH,
    ("POST", "/breaches/{breach_id}/paper"): Action.RECORD_BREACH,
    ("GET", "/training/missing"): Action.MANAGE_TRAINING,
    ("GET", "/training/missing.csv"): Action.MANAGE_TRAINING,
    ("GET", "/training/versions/{version_id}/file"): Access.SIGNED_IN,
    ("POST", "/training/versions/{version_id}/acknowledgement"): Access.SIGNED_IN,
    ("GET", "/authority/choices"): Action.SEE_AUTHORITY,
    ("GET", "/openapi.json"): Access.PUBLIC_ASSET,
}
FOOTAGE_ROUTES = {
    ("GET", "/letters"): Action.SEE_REQUESTS,
    ("POST", "/letters"): Action.REGISTER_LETTER,
    ("POST", "/letters/package"): Action.REGISTER_LETTER,
    ("GET", "/letters/assignees"): Action.ASSIGN_REQUEST,
    ("GET", "/letters/tasks"): Access.SIGNED_IN,
    ("GET", "/letters/twins"): Action.SEE_REQUESTS,
    ("GET", "/letters/{letter_id}"): Action.SEE_REQUESTS,
    ("PUT", "/letters/{letter_id}"): Action.REGISTER_LETTER,
    ("GET", "/letters/{letter_id}/file"): Access.SIGNED_IN,
    ("GET", "/letters/{letter_id}/file/letter"): Access.SIGNED_IN,
    ("PUT", "/letters/{letter_id}/file"): Action.REGISTER_LETTER,
    ("POST", "/letters/{letter_id}/assignment"): Action.ASSIGN_REQUEST,
    ("POST", "/letters/{letter_id}/result"): Access.SIGNED_IN,
    ("GET", "/requests"): Action.SEE_REQUESTS,
    ("POST", "/requests"): Action.REGISTER_REQUEST,
    ("GET", "/requests/choices"): Action.SEE_REQUESTS,
    ("POST", "/requests/preview"): Action.REGISTER_REQUEST,
    ("GET", "/requests/{request_id}"): Action.SEE_REQUESTS,
    ("PUT", "/requests/{request_id}"): Action.REGISTER_REQUEST,
    ("GET", "/requests/{request_id}/availability"): Action.SEE_REQUESTS,
    ("POST", "/requests/{request_id}/assignment"): Action.ASSIGN_REQUEST,
    ("POST", "/requests/{request_id}/approval"): Action.REVIEW_REQUEST,
    ("POST", "/requests/{request_id}/return"): Action.REVIEW_REQUEST,
    ("POST", "/requests/{request_id}/refusal"): Action.REVIEW_REQUEST,
    ("POST", "/requests/{request_id}/completion"): Action.REGISTER_REQUEST,
    ("POST", "/requests/{request_id}/withdrawal"): Action.REGISTER_REQUEST,
    ("POST", "/requests/{request_id}/answer"): Action.REGISTER_REQUEST,
    ("POST", "/requests/{request_id}/search"): Action.EXPORT_FOOTAGE,
    ("GET", "/holds"): Action.SEE_REQUESTS,
    ("POST", "/holds"): Action.PLACE_HOLD,
    ("POST", "/holds/preview"): Action.PLACE_HOLD,
    ("GET", "/holds/{hold_id}"): Action.SEE_REQUESTS,
    ("POST", "/holds/{hold_id}/extension"): Action.PLACE_HOLD,
    ("PUT", "/holds/{hold_id}/end"): Action.PLACE_HOLD,
    ("POST", "/holds/{hold_id}/export"): Action.EXPORT_FOOTAGE,
    ("POST", "/holds/{hold_id}/signature"): Action.SIGN_RECORD,
    ("POST", "/holds/{hold_id}/release"): Action.SIGN_RECORD,
    ("GET", "/hold-asks"): Action.PLACE_HOLD,
    ("POST", "/hold-asks"): Action.ASK_FOR_HOLD,
    ("GET", "/hold-asks/mine"): Action.ASK_FOR_HOLD,
    ("POST", "/hold-asks/{ask_id}/hold"): Action.PLACE_HOLD,
    ("POST", "/hold-asks/{ask_id}/refusal"): Action.PLACE_HOLD,
    ("GET", "/applications"): Action.SEE_REQUESTS,
    ("POST", "/applications"): Action.REGISTER_LETTER,
    ("POST", "/applications/{application_id}/answer"): Action.REGISTER_LETTER,
    ("POST", "/applications/{application_id}/export"): Action.EXPORT_FOOTAGE,
    ("GET", "/requests/{request_id}/exports"): Action.SEE_REQUESTS,
    ("GET", "/requests/{request_id}/exports/estimate"): Action.SEE_REQUESTS,
    ("POST", "/requests/{request_id}/exports"): Action.EXPORT_FOOTAGE,
    ("POST", "/requests/{request_id}/exports/{number}/retry"): Action.EXPORT_FOOTAGE,
    ("POST", "/requests/{request_id}/exports/{number}/replacement"): Action.EXPORT_FOOTAGE,
    ("POST", "/requests/{request_id}/exports/{number}/abandonment"): Action.EXPORT_FOOTAGE,
    ("GET", "/requests/{request_id}/exports/{number}/file"): Action.EXPORT_FOOTAGE,
    ("POST", "/requests/{request_id}/exports/{number}/passphrase"): Action.EXPORT_FOOTAGE,
    ("GET", "/requests/{request_id}/delivery"): Action.SEE_REQUESTS,
    ("PUT", "/requests/{request_id}/delivery"): Action.DELIVER_FOOTAGE,
    ("POST", "/requests/{request_id}/delivery/signature"): Action.SIGN_RECORD,
    ("POST", "/requests/{request_id}/delivery/hand-over"): Action.DELIVER_FOOTAGE,
    ("GET", "/requests/{request_id}/records"): Action.SEE_REQUESTS,
    ("POST", "/requests/{request_id}/records"): Action.ISSUE_DOCUMENT,
    ("POST", "/requests/{request_id}/records/draft"): Action.ISSUE_DOCUMENT,
    ("POST", "/requests/{request_id}/delivery/draft"): Action.DELIVER_FOOTAGE,
    ("POST", "/holds/{hold_id}/records/draft"): Action.ISSUE_DOCUMENT,
    ("GET", "/holds/{hold_id}/records"): Action.SEE_REQUESTS,
    ("POST", "/holds/{hold_id}/records"): Action.ISSUE_DOCUMENT,
    ("POST", "/holds/unreached"): Action.PLACE_HOLD,
    ("GET", "/footage-hashes/{sha256}"): Action.SEE_REQUESTS,
    ("GET", "/footage-statistics"): Action.SEE_REPORTS,
    ("GET", "/footage-statistics.csv"): Action.SEE_REPORTS,
}
SIGN_IN_ROUTES = {
    ("GET", "/session/ways"): Access.PUBLIC_SIGN_IN,
    ("POST", "/session/code"): Access.PUBLIC_SIGN_IN,
    ("POST", "/session/policy"): Access.OWN_SESSION,
    ("GET", "/session/oidc"): Access.PUBLIC_SIGN_IN,
    ("GET", "/session/oidc/back"): Access.PUBLIC_SIGN_IN,
    ("GET", "/session/second-factor"): Access.OWN_SESSION,
    ("POST", "/session/second-factor"): Access.OWN_SESSION,
    ("GET", "/session/second-factor/qr.svg"): Access.OWN_SESSION,
    ("POST", "/session/second-factor/confirm"): Access.OWN_SESSION,
    ("POST", "/session/second-factor/recovery-codes"): Access.OWN_SESSION,
    ("DELETE", "/accounts/{account_id}/second-factor"): Action.MANAGE_ACCOUNTS,
    ("GET", "/sessions"): Access.OWN_SESSION,
    ("DELETE", "/sessions"): Access.OWN_SESSION,
    ("DELETE", "/sessions/{session_id}"): Access.OWN_SESSION,
    ("POST", "/set-up"): Access.PUBLIC_SIGN_IN,
}
PAGES = {("GET", "/")} | {("GET", f"/{place}{rest}") for place in PLACES for rest in ("", "/{rest:path}")}
OTHER_ROUTES = {
    ("GET", "/healthz"): Access.PUBLIC_HEALTH,
    ("GET", "/metrics"): Access.NODE_STATUS,
    ("GET", "/status"): Access.NODE_STATUS,
    ("GET", "/status/fragment"): Access.NODE_STATUS,
    ("GET", "/static/{name}"): Access.PUBLIC_ASSET,
    ("GET", "/d"): Access.PUBLIC_PAGE,
    ("GET", "/d/{code}"): Access.PUBLIC_PAGE,
    ("GET", "/assets/{name:path}"): Access.PUBLIC_ASSET,
} | dict.fromkeys(PAGES, Access.PUBLIC_PAGE)


@pytest.mark.proves("D-11.1b")
def test_every_route_declares_who_may_call_it():
    found = {}
    for context in iter_route_contexts(app_of(still_node.well()).routes):
        for method in getattr(context.original_route, "methods", {"WEBSOCKET"}):
            found[method, context.path] = declared(context.original_route)
    routes = API_ROUTES | SIGN_IN_ROUTES | FOOTAGE_ROUTES
    assert found == {(method, f"/api/v1{path}"): access for (method, path), access in routes.items()} | OTHER_ROUTES


def test_without_the_control_database_machines_are_answered_and_people_told():
    caller = client(still_node.well(), base_url="http://127.0.0.1:8080")
    assert [caller.get(path).status_code for path in ("/healthz", "/metrics", "/status")] == [200] * 3
    cookie = {"Cookie": "nazar_session=something"}
    for path in ("/session", "/cameras", "/views", f"/live/{still_node.camera_id(1)}/snapshot.jpg"):
        answer = caller.get(f"/api/v1{path}", headers=cookie)
        assert (answer.status_code, answer.json()["code"]) == (503, "database_unavailable")
        assert answer.headers["retry-after"] == "5"


def test_a_route_that_declares_nothing_stops_the_assembly():
    app = app_of(still_node.well())
    router = APIRouter()

    @router.get("/forgotten")
    def forgotten():
        return {}

    app.include_router(router, prefix="/api", dependencies=[declares(Access.NODE_STATUS)])
    with pytest.raises(RuntimeError, match="/api/forgotten"):
        refuse_undeclared(app)


@pytest.mark.parametrize("path", ["/status", "/status/fragment", "/metrics"])
def test_names_of_cameras_stay_on_the_machine(path):
    answer = client(still_node.well(), peer="10.1.2.3").get(path, headers={"Accept-Language": "en"})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert answer.json()["code"] == "address_not_allowed"
    assert "Işıklar" not in answer.text


def test_the_operator_may_open_a_network():
    opened = networks(["10.1.0.0/16"])
    assert opened == [ip_network("10.1.0.0/16")]
    assert client(still_node.well(), peer="10.1.2.3", status_networks=opened).get("/status").status_code == 200
    assert client(still_node.well(), peer="::ffff:10.1.2.3", status_networks=opened).get("/status").status_code == 200
    assert client(still_node.well(), peer="10.2.2.3", status_networks=opened).get("/status").status_code == 403


def test_a_forwarded_address_is_not_believed():
    answer = client(still_node.well(), peer="10.1.2.3").get("/status", headers={"X-Forwarded-For": "127.0.0.1"})
    assert answer.status_code == HTTPStatus.FORBIDDEN


def test_a_foreign_name_that_points_here_reads_nothing():
    answer = client(still_node.well(), base_url="http://evil.example:8080").get("/status")
    assert answer.json()["code"] == "host_not_allowed"
    named = client(still_node.well(), base_url="http://nazar.local", host_names=["Nazar.Local"]).get("/status")
    assert named.status_code == HTTPStatus.OK


def test_a_network_that_is_none_is_refused():
    with pytest.raises(VmsError) as err:
        networks(["10.1.2.3/16"])
    assert err.value.code == "settings_invalid"


def test_health_is_for_everybody():
    assert (
        client(still_node.well(), peer="203.0.113.9", base_url="http://lb.example").get("/healthz").status_code == 200
    )


@pytest.mark.parametrize("path", ["/status", "/metrics", "/healthz", "/static/status.css", "/nowhere"])
def test_no_answer_goes_out_without_its_headers(path):
    headers = client(still_node.well()).get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
