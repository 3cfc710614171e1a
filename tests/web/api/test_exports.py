"""Packages over HTTP: ordered and taken by the request's officer alone, gone for everybody once they have to go."""

import asyncio
import hashlib
import json
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from export_office import SECOND_US, acts, file_of, rows, seal  # noqa: F401 - the seal is this file's fixture

from vms.audit.model import AuditEntry
from vms.footage.bundle.unpacking import PackageFile
from vms.footage.bundle.verify import verify
from vms.footage.exports.desk import ExportDesk
from vms.footage.exports.model import Export, PurgeWhy
from vms.footage.exports.service import due_purge
from vms.footage.queries import need_request
from vms.people.rules import Role
from web.events.export_feed import ExportFeed


@pytest.mark.proves("D-12.2", "8.2")
def test_from_the_order_to_the_file_that_proves_itself(office, found, workshop, tmp_path):
    estimate = office.officer.get(f"/requests/{found['id']}/exports/estimate").json()
    assert (estimate["packages"], estimate["is_enough"]) == (1, True)
    assert 0 < estimate["bytes"] < estimate["free_bytes"]
    steps = {row["step"]: row["blocked_by"] for row in office.officer.get(f"/requests/{found['id']}").json()["steps"]}
    assert steps["order_export"] is None
    (row,) = office.post(office.officer, found, "exports").json()
    assert (row["number"], row["state"], row["failure"]) == (1, "waiting", None)
    assert row["items"] == [
        {"camera_number": 1, "camera_name": "Gate", "from_us": office.start_us + 3 * SECOND_US,
         "until_us": office.start_us + 7 * SECOND_US}
    ]  # fmt: skip
    assert office.officer.code(file_of(found)) == (409, "export_not_ready")
    assert workshop.run_once()
    (row,) = rows(office, found)
    assert (row["state"], row["ordered_by_name"], row["missing"]) == ("ready", "Officer · officer", [])
    assert [film["duration_us"] for film in row["films"]] == [4_000_000]
    assert office.officer.get(f"/requests/{found['id']}").json()["state"] == "prepared"
    answer = office.officer.get(file_of(found))
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == f'attachment; filename="{row["name"]}.zip"'
    assert hashlib.sha256(answer.content).hexdigest() == row["sha256"]
    told = office.post(office.officer, found, "exports/1/passphrase")
    path = tmp_path / "taken.zip"
    path.write_bytes(answer.content)
    package = PackageFile(path, told.json()["passphrase"])
    assert verify(package, certificate=row["certificate_sha256"]).problems == []
    package.close()
    assert acts(office)[-3:] == [
        ("export_begun", "Officer · officer"), ("export_taken", "Officer · officer"),
        ("export_passphrase_shown", "Officer · officer"),
    ]  # fmt: skip
    assert told.headers["cache-control"] == "no-store"


@pytest.mark.proves("edge-46", "edge-47", "D-12.2")
def test_a_package_is_its_officers_alone(office, ready):
    other = office.site.add_person("officer2", Role.FOOTAGE_OFFICER)
    for person, refusal in (
        (other, "request_not_assigned"), (office.clerk, "action_not_allowed"), (office.sef, "action_not_allowed"),
        (office.auditor, "action_not_allowed"), (office.guard, "action_not_allowed"),
    ):  # fmt: skip
        assert person.code(file_of(ready)) == (403, refusal)
        for what in ("exports", "exports/1/passphrase", "exports/1/retry", "exports/1/replacement"):
            if (what, refusal) == ("exports", "request_not_assigned"):
                assert office.code(person, ready, what) == (409, "exports_ordered")
            else:
                assert office.code(person, ready, what) == (403, refusal), what
    assert office.guard.code(f"/requests/{ready['id']}/exports") == (403, "action_not_allowed")
    assert len(rows(office, ready, office.auditor)) == 1
    assert office.officer.code(file_of(ready, 2)) == (404, "export_not_found")
    assert [act for act, _ in acts(office) if act in {"export_begun", "export_passphrase_shown"}] == []


@pytest.mark.proves("D-10.2a", "edge-58")
def test_what_has_to_go_is_answered_as_gone(office, ready):
    site = office.site
    with site.database.writing() as session:
        due_purge(session, site.clock, need_request(session, UUID(ready["id"])), PurgeWhy.DELIVERED, 3600 * SECOND_US)
    assert office.officer.code(file_of(ready)) == (410, "export_purged")
    for what in ("passphrase", "retry", "replacement"):
        assert office.code(office.officer, ready, f"exports/1/{what}") == (410, "export_purged")
    (row,) = rows(office, ready)
    assert (row["state"], row["purge_why"], row["purged_us"]) == ("ready", "delivered", None)


def test_a_file_that_is_gone_or_cut_short_is_not_given(office, ready):
    site = office.site
    (path,) = site.exports.folder.glob("*.zip")
    path.write_bytes(path.read_bytes()[:-1])
    assert office.officer.code(file_of(ready)) == (500, "export_file_missing")
    path.unlink()
    assert office.officer.code(file_of(ready)) == (500, "export_file_missing")
    row = office.post(office.officer, ready, "exports/1/replacement").json()
    assert (row["number"], row["state"]) == (2, "waiting")
    assert [one["purge_why"] for one in rows(office, ready)] == ["replaced", None]


@pytest.mark.proves("edge-53", "edge-56", "edge-35")
def test_an_order_is_refused_with_its_reason(office, found):
    registered = office.register(0, 2, filed=False)
    assert office.code(office.officer, registered, "exports") == (409, "request_not_approved")
    site = office.site
    site.clock.step_wall(-60)  # three seconds after the end of its interval
    assert office.code(office.officer, found, "exports") == (503, "still_recording")
    taken = office.post(office.officer, found, "exports", {"takes_what_is_there": True})
    assert (taken.status_code, taken.json()[0]["takes_what_is_there"]) == (201, True)
    site.clock.advance(60)
    assert office.code(office.officer, found, "exports") == (409, "exports_ordered")
    made = office.register(3, 7)
    office.approve(made)
    assert office.code(office.officer, made, "exports") == (409, "request_state")
    office.post(office.officer, made, "search")
    (volume,) = site.app.state.backends.archive().volumes
    volume.path.rename(volume.path.with_name("away"))
    assert office.code(office.officer, made, "exports") == (503, "volume_away")
    volume.path.with_name("away").rename(volume.path)
    object.__setattr__(site.exports, "reserve_bytes", 1 << 60)
    assert office.code(office.officer, made, "exports") == (507, "export_disk_full")
    estimate = office.officer.get(f"/requests/{made['id']}/exports/estimate").json()
    assert (estimate["free_bytes"], estimate["is_enough"]) == (0, False)
    object.__setattr__(site.exports, "reserve_bytes", 0)
    object.__setattr__(site.exports, "press", None)
    answer = office.post(office.officer, made, "exports")
    assert (answer.status_code, answer.json()["code"]) == (409, "seal_missing")
    assert "[institution.seal]" in answer.json()["detail"]


def test_one_that_failed_is_tried_again(office, ordered, workshop):
    site = office.site
    full = ExportDesk(site.exports.folder, site.exports.box, site.exports.press, reserve_bytes=1 << 60)
    workshop.desk = full
    workshop.run_once()
    (row,) = rows(office, ordered)
    assert (row["state"], row["failure"]) == ("failed", "export_disk_full")
    row = office.post(office.officer, ordered, "exports/1/retry").json()
    assert (row["state"], row["failure"]) == ("waiting", None)
    assert office.code(office.officer, ordered, "exports/1/retry") == (409, "export_not_failed")
    workshop.desk = site.exports
    workshop.run_once()
    assert rows(office, ordered)[0]["state"] == "ready"


@pytest.mark.proves("8.2", "D-10.2c")
def test_one_of_several_that_cannot_be_built_is_given_up(office, found, workshop, monkeypatch):
    monkeypatch.setattr("vms.footage.exports.parcels.MAX_PACKAGE_US", 2 * SECOND_US)
    monkeypatch.setattr("vms.footage.exports.parcels.PIECE_US", 2 * SECOND_US)
    site, why = office.site, {"why": "Disk 3 okunamıyor"}
    assert len(office.post(office.officer, found, "exports").json()) == 2
    other = site.add_person("officer2", Role.FOOTAGE_OFFICER)
    for person, refusal in (
        (other, "request_not_assigned"), (office.clerk, "action_not_allowed"), (office.sef, "action_not_allowed"),
    ):  # fmt: skip
        assert office.code(person, found, "exports/2/abandonment", why) == (403, refusal)
    assert workshop.run_once()
    assert office.code(office.officer, found, "exports/1/abandonment", why) == (409, "export_on_its_way")
    assert office.code(office.officer, found, "exports/3/abandonment", why) == (404, "export_not_found")
    assert office.code(office.officer, found, "exports/2/abandonment", {"why": " "}) == (422, "give_up_reason_missing")
    assert office.code(office.officer, found, "exports/2/abandonment") == (422, "request_invalid")
    assert office.officer.code(file_of(found)) == (409, "request_state")
    answers = [office.post(office.officer, found, "exports/2/abandonment", why) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    row = answers[0].json()
    assert (row["given_up_reason"], row["purge_why"], row["state"]) == (why["why"], "replaced", "waiting")
    assert [one["given_up_reason"] for one in rows(office, found)] == [None, why["why"]]
    assert office.officer.get(f"/requests/{found['id']}").json()["state"] == "prepared"
    assert office.officer.code(file_of(found)) == (200, "")
    assert [act for act, _ in acts(office)].count("export_given_up") == 1
    with site.database.reading() as session:
        (entry,) = session.query(AuditEntry).filter_by(act="export_given_up")
    assert json.loads(entry.detail)["reason"] == why["why"]


def test_a_hundred_packages_ask_no_more_questions_than_one(office, ready):
    """The custody of a request has thousands of lines; each open page asks for its packages again and again."""
    database, asked = office.site.database, []
    sa.event.listen(database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))

    def looked():
        asked.clear()
        return rows(office, ready), len(asked)

    assert office.officer.get(file_of(ready)).status_code == 200
    (first,), questions = looked()
    assert first["taken_us"] is not None
    with database.writing() as session:
        one = session.query(Export).one()
        columns = {column.key: getattr(one, column.key) for column in sa.inspect(Export).columns}
        session.add_all(
            Export(**columns | {"id": uuid4(), "number": number, "name": f"{one.name}-{number}"})
            for number in range(2, 101)
        )
    found, of_hundred = looked()
    assert [row["number"] for row in found] == list(range(1, 101))
    assert found[0] == first
    assert {str(row["items"]) for row in found} == {str(first["items"])}
    assert {row["taken_us"] for row in found[1:]} == {None}
    assert of_hundred == questions


def test_that_it_was_taken_reaches_those_who_see_requests(office, ready):
    backends = office.site.app.state.backends

    async def look():
        feed = ExportFeed(office.site.database, backends.events, backends.node_workers)
        await feed.run_once()
        before = backends.events.last
        await asyncio.to_thread(office.officer.get, file_of(ready))
        await feed.run_once()
        await feed.run_once()
        return backends.events.after(before)

    (event,) = asyncio.run(look())
    (row,) = rows(office, ready)
    assert row["taken_us"] is not None
    assert (event.data.begun_us, event.data.taken_us) == (row["begun_us"], row["taken_us"])


def test_how_far_it_is_reaches_those_who_see_requests(office, ordered, workshop):
    backends = office.site.app.state.backends
    before = backends.events.last

    async def look():
        feed = ExportFeed(office.site.database, backends.events, backends.node_workers)
        await feed.run_once()
        assert backends.events.last == before  # nobody was told anything before the first look
        with office.site.database.writing() as session:
            session.query(Export).one().done_bytes = 77
        await feed.run_once()
        await feed.run_once()
        workshop.run_once()
        await feed.run_once()

    asyncio.run(look())
    event, built = backends.events.after(before)
    assert (event.name, event.data.done_bytes, str(event.data.request_id)) == ("export", 77, ordered["id"])
    assert (event.data.state, built.data.state) == ("waiting", "ready")

    def told(person):
        return backends.event_stream._for(backends.door.caller(person.token), {}, event)

    assert told(office.guard) == ""
    assert told(office.officer) == told(office.auditor)
    assert '"done_bytes":77' in told(office.officer)
