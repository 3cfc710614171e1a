"""Packages over HTTP: ordered and taken by the request's officer alone, gone for everybody once they have to go."""

import asyncio
import hashlib
import importlib.util
import json
import sys
from pathlib import Path
from uuid import UUID

import pytest

from vms.archive.checkpoints import node_key
from vms.audit.entry import Actor
from vms.audit.model import AuditEntry
from vms.cli.acting import program
from vms.documents.seal import Seal
from vms.footage.bundle.unpacking import PackageFile
from vms.footage.bundle.verify import verify
from vms.footage.exports.building import Workshop
from vms.footage.exports.desk import ExportDesk
from vms.footage.exports.model import Export, PurgeWhy
from vms.footage.exports.queries import need_export
from vms.footage.exports.service import due_purge
from vms.footage.exports.taking import may_be_given
from vms.footage.queries import need_request
from vms.kernel.clock import ManualClock
from vms.people.rules import Role
from web.events.export_feed import ExportFeed
from web.transfer.export_file import Leave, export_answer
from web.workers import Workers

SECOND_US = 1_000_000
_SPEC = importlib.util.spec_from_file_location(
    "certificates_of_web", Path(__file__).parents[2] / "documents" / "certificates.py"
)
_certificates = importlib.util.module_from_spec(_SPEC)
sys.modules["certificates_of_web"] = _certificates
_SPEC.loader.exec_module(_certificates)


@pytest.fixture(scope="session")
def seal(tmp_path_factory):
    path = tmp_path_factory.mktemp("seal") / "seal.p12"
    return Seal.at(_certificates.Authority().pkcs12("Deneme Belediyesi", "parola", path), "parola")


@pytest.fixture
def workshop(office, tmp_path):
    """What `vms jobs` does with the same files."""
    site = office.site
    archive = site.app.state.backends.archive
    key = node_key(tmp_path / "keys" / "node.key")
    return Workshop(site.database, archive, site.clock, site.exports, key, program("jobs"))


@pytest.fixture
def found(office):
    """A request of four of the ten seconds, approved and looked for; its footage is settled."""
    made = office.register(3, 7)
    office.approve(made)
    office.post(office.officer, made, "search")
    office.site.clock.advance(60)
    return made


@pytest.fixture
def ordered(office, found):
    answer = office.post(office.officer, found, "exports")
    assert answer.status_code == 201, answer.text
    return found


@pytest.fixture
def ready(ordered, workshop):
    assert workshop.run_once()
    return ordered


def rows(office, made, person=None):
    return (person or office.officer).get(f"/requests/{made['id']}/exports").json()


def file_of(made, number=1):
    return f"/requests/{made['id']}/exports/{number}/file"


def acts(office):
    with office.site.database.reading() as session:
        return [(entry.act, entry.actor_name) for entry in session.query(AuditEntry).order_by(AuditEntry.sequence)]


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
    assert acts(office)[-2:] == [
        ("export_taken", "Officer · officer"), ("export_passphrase_shown", "Officer · officer"),
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
    assert [act for act, _ in acts(office) if act in {"export_taken", "export_passphrase_shown"}] == []


def test_a_copy_that_broke_off_goes_on_and_each_is_written_down(office, ready):
    whole = office.officer.get(file_of(ready))
    etag, size_bytes = whole.headers["etag"], len(whole.content)
    rest = office.officer.get(file_of(ready), headers={"Range": "bytes=1000-", "If-Range": etag})
    assert (rest.status_code, rest.content) == (206, whole.content[1000:])
    assert rest.headers["content-range"] == f"bytes 1000-{size_bytes - 1}/{size_bytes}"
    end = office.officer.get(file_of(ready), headers={"Range": "bytes=-10"})
    assert (end.status_code, end.content) == (206, whole.content[-10:])
    anew = office.officer.get(file_of(ready), headers={"Range": "bytes=1000-", "If-Range": '"another"'})
    assert (anew.status_code, anew.content) == (200, whole.content)
    beyond = {"Range": f"bytes={size_bytes}-"}
    assert office.officer.code(file_of(ready), headers=beyond) == (416, "range_unsatisfiable")
    with office.site.database.reading() as session:
        taken = [json.loads(one.detail) for one in session.query(AuditEntry) if one.act == "export_taken"]
    assert [one["first_byte"] for one in taken] == [0, 1000, size_bytes - 10, 0]


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


@pytest.mark.proves("D-10.2a")
def test_a_copy_that_was_begun_ends_when_the_package_is_destroyed(tmp_path):
    path = tmp_path / "NAZAR-1-1.zip"
    path.write_bytes(bytes(3 << 20))

    async def copied_bytes():
        workers, copied = Workers("copies", 1, 4), 0
        answer = await export_answer(path, 3 << 20, '"x"', None, workers, Leave(ManualClock(), lambda: True))
        async for piece in answer.body_iterator:
            copied += len(piece)
            path.unlink(missing_ok=True)
        workers.close()
        return copied

    assert asyncio.run(copied_bytes()) == 1 << 20


@pytest.mark.proves("D-10.2a")
@pytest.mark.parametrize("why", [PurgeWhy.DELIVERED, PurgeWhy.WITHDRAWN])
def test_a_slow_copy_breaks_off_though_the_package_is_destroyed_hours_later(office, ready, tmp_path, why):
    """The reader takes a piece now and then; within a second of the act nothing more of the package comes."""
    site, path = office.site, tmp_path / "NAZAR-1-1.zip"
    path.write_bytes(bytes(4 << 20))
    request_id = UUID(ready["id"])
    with site.database.reading() as session:
        officer = Actor(need_export(session, request_id, 1).ordered_by, "Officer")

    def may_go_on():
        with site.database.reading() as session:
            return may_be_given(need_request(session, request_id), need_export(session, request_id, 1), by=officer)

    async def copied():
        workers, pieces, clock = Workers("copies", 1, 4), [], ManualClock()
        answer = await export_answer(path, 4 << 20, '"x"', None, workers, Leave(clock, may_go_on))
        async for piece in answer.body_iterator:
            pieces.append(len(piece))
            clock.advance(60)  # it was slow
            if len(pieces) == 2:
                with site.database.writing() as session:
                    due_purge(session, site.clock, need_request(session, request_id), why, 3600 * SECOND_US)
        workers.close()
        return sum(pieces)

    assert asyncio.run(copied()) == 2 << 20
    assert path.exists()


def test_a_quick_copy_asks_once_a_second(tmp_path):
    path, asked = tmp_path / "NAZAR-1-1.zip", []
    path.write_bytes(bytes(6 << 20))

    async def copy():
        workers, clock = Workers("copies", 1, 4), ManualClock()
        leave = Leave(clock, lambda: not asked.append(clock.boottime_us()))
        answer = await export_answer(path, 6 << 20, '"x"', None, workers, leave)
        pieces = [len(piece) async for piece in answer.body_iterator if clock.advance(0.4) is None]
        workers.close()
        return sum(pieces)

    assert asyncio.run(copy()) == 6 << 20
    assert len(asked) == 1


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
