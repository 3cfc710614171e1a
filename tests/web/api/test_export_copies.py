"""Downloads of packages: going on where one broke off, ending when nothing may be given, whole or not."""

import asyncio
import json
import socket
from uuid import UUID

import pytest
from export_office import SECOND_US, file_of, seal  # noqa: F401 - the seal is this file's fixture

from vms.audit.entry import Actor
from vms.audit.model import AuditEntry
from vms.footage.exports.model import PurgeWhy
from vms.footage.exports.queries import need_export
from vms.footage.exports.service import due_purge
from vms.footage.exports.taking import check_taken, copied, may_be_given
from vms.footage.queries import need_request
from vms.kernel.clock import ManualClock
from vms.kernel.errors import VmsError
from web.transfer.export_file import Leave, export_answer
from web.workers import Workers


def nobody(_first_byte, _until_byte):
    """Who is told how far a copy came."""


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
        begun = [json.loads(one.detail) for one in session.query(AuditEntry) if one.act == "export_begun"]
    assert [one["first_byte"] for one in begun] == [0, 1000, size_bytes - 10, 0]


@pytest.mark.proves("D-10.2a")
def test_a_copy_that_was_begun_ends_when_the_package_is_destroyed(tmp_path):
    path = tmp_path / "NAZAR-1-1.zip"
    path.write_bytes(bytes(3 << 20))

    async def copied_bytes():
        workers, copied = Workers("copies", 1, 4), 0
        answer = await export_answer(path, 3 << 20, '"x"', None, workers, Leave(ManualClock(), lambda: True), nobody)
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
        answer = await export_answer(path, 4 << 20, '"x"', None, workers, Leave(clock, may_go_on), nobody)
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
        answer = await export_answer(path, 6 << 20, '"x"', None, workers, leave, nobody)
        pieces = [len(piece) async for piece in answer.body_iterator if clock.advance(0.4) is None]
        workers.close()
        return sum(pieces)

    assert asyncio.run(copy()) == 6 << 20
    assert len(asked) == 1


@pytest.fixture
def long_one(office, ready):
    """The package as long as no connection's buffers are."""
    site, size_bytes = office.site, 48 << 20
    (path,) = site.exports.folder.glob("*.zip")
    with path.open("r+b") as file:
        file.truncate(size_bytes)
    with site.database.writing() as session:
        need_export(session, UUID(ready["id"]), 1).size_bytes = size_bytes
    return ready, size_bytes


def downloads(office, made, *copies):
    """Raw downloads one after the other: (first byte, how much is read before the asker is gone; None: all)."""

    async def run():
        async with office.site.served() as address:
            for first_byte, wanted in copies:
                reader, writer = await asyncio.open_connection(*address.split(":"), limit=1 << 16)
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
                range_ = f"Range: bytes={first_byte}-\r\n" if first_byte else ""
                writer.write(
                    f"GET /api/v1{file_of(made)} HTTP/1.1\r\nHost: {address}\r\n{range_}"
                    f"Cookie: {office.officer.cookie['Cookie']}\r\n\r\n".encode()
                )
                head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
                length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
                left = length if wanted is None else wanted
                while left:
                    left -= len(await reader.readexactly(min(left, 1 << 15)))
                writer.transport.abort()

    asyncio.run(run())  # the server ends when every answer has


@pytest.mark.sockets
@pytest.mark.proves("D-10.2a", "8.2")
def test_a_copy_that_broke_off_is_not_taken_before_one_that_went_on_came_to_the_end(office, long_one):
    made, size_bytes = long_one
    downloads(office, made, (0, 5 << 20), (5 << 20, 3 << 20), (8 << 20, None))
    *broken, whole = parts_given(office)
    assert [(act, first) for act, first, _ in broken] == [("export_part_given", 0), ("export_part_given", 5 << 20)]
    for (_, _, until), least in zip(broken, (5 << 20, 8 << 20), strict=True):
        assert least <= until < size_bytes
    assert whole == ("export_taken", 8 << 20, size_bytes)


@pytest.mark.sockets
def test_a_copy_that_broke_off_makes_no_package_taken(office, long_one):
    made, _ = long_one
    downloads(office, made, (0, 5 << 20))
    request_id = UUID(made["id"])
    with office.site.database.reading() as session:
        export = need_export(session, request_id, 1)
        copies = copied(session, [export])[export.id]
        assert (copies.begun_us is not None, copies.taken_us) == (True, None)
        with pytest.raises(VmsError, match="export_not_taken"):
            check_taken(session, need_request(session, request_id), [need_export(session, request_id, 1)])


@pytest.mark.parametrize("leaves_at", [1, 3, None])
def test_what_a_server_holds_for_an_asker_who_left_was_not_given(tmp_path, leaves_at):
    """It takes the last piece, too, and says nothing: the last byte is not given."""
    path, told = tmp_path / "NAZAR-1-1.zip", []
    path.write_bytes(bytes(3 << 20))

    async def copy():
        workers, gone, bodies = Workers("copies", 1, 4), asyncio.Event(), []
        messages = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive():
            if not messages:
                await gone.wait()
            return messages.pop() if messages else {"type": "http.disconnect"}

        async def send(message):
            bodies.extend([message["body"]] if message.get("body") else [])
            if len(bodies) == leaves_at:
                gone.set()

        leave = Leave(ManualClock(), lambda: True)
        answer = await export_answer(path, 3 << 20, '"x"', None, workers, leave, lambda *given: told.append(given))
        await answer({"type": "http", "asgi": {"spec_version": "2.3"}}, receive, send)
        workers.close()

    asyncio.run(copy())
    ((first, until),) = told
    assert first == 0
    assert until == 3 << 20 if leaves_at is None else (leaves_at << 20) - 1 <= until < 3 << 20


def parts_given(office):
    with office.site.database.reading() as session:
        found = [one for one in session.query(AuditEntry) if one.act in {"export_part_given", "export_taken"}]
        details = [(one.act, json.loads(one.detail)) for one in sorted(found, key=lambda one: one.sequence)]
    return [(act, detail["first_byte"], detail["until_byte"]) for act, detail in details]
