import sqlite3

import pytest

from vms.cameras.model import Camera
from vms.cameras.queries import camera_by_number, cameras, need_camera
from vms.cameras.rules import CameraKind, Transport, check_address
from vms.cameras.service import CameraChange, NewCamera, change, register, retire
from vms.kernel.errors import VmsError

PARTS = ("viewer-name", "s3cret%20word", "s3cret word", "cam-host.example", "/live/main", "/live/sub")
MAIN = "rtsp://viewer-name:s3cret%20word@cam-host.example:8554/live/main"
SUB = "rtsp://viewer-name:s3cret%20word@cam-host.example:8554/live/sub"


def a_camera(**changes) -> NewCamera:
    return NewCamera(**({"name": "Gate", "main_address": MAIN, "sub_address": SUB} | changes))


def test_a_camera_gets_the_next_number_and_is_recorded(database, clock, box):
    with database.writing() as session:
        first, second = (register(session, a_camera(name=name), box, clock) for name in ("Gate", "Lobby"))
    assert [first.number, second.number] == [1, 2]
    assert first.must_record(())
    assert first.commissioned_us == first.created_us == clock.now_us()
    with database.reading() as session:
        assert [camera.name for camera in cameras(session)] == ["Gate", "Lobby"]


@pytest.mark.proves("C-4")
def test_nothing_of_an_address_is_readable_in_the_database(database, clock, box, tmp_path):
    with database.writing() as session:
        camera = register(session, a_camera(), box, clock)
        assert box.open(camera.sealed_main_address) == MAIN
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("nazar.db*"))
    assert b"Gate" in stored
    shown = repr(camera) + repr(a_camera()) + repr(CameraChange(main_address=MAIN))
    for part in PARTS:
        assert part.encode() not in stored
        assert part not in shown


@pytest.mark.proves("D-13.1", "edge-34")
def test_a_city_view_camera_cannot_be_recorded(database, clock, box):
    with pytest.raises(VmsError) as refusal, database.writing() as session:
        register(session, a_camera(kind=CameraKind.CITY_VIEW, is_recorded=True), box, clock)
    assert refusal.value.code == "city_view_not_recorded"
    with database.writing() as session:
        camera = register(session, a_camera(kind=CameraKind.CITY_VIEW), box, clock)
        assert not camera.is_recorded
        with pytest.raises(VmsError) as refusal:
            change(session, camera, CameraChange(is_recorded=True), box, clock)
        assert refusal.value.code == "city_view_not_recorded"
        assert not camera.is_recorded


@pytest.mark.proves("D-13.1", "edge-34")
def test_a_recorded_camera_becomes_city_view_only_with_recording_off(database, clock, box):
    with database.writing() as session:
        camera = register(session, a_camera(), box, clock)
        with pytest.raises(VmsError) as refusal:
            change(session, camera, CameraChange(kind=CameraKind.CITY_VIEW), box, clock)
        assert refusal.value.code == "city_view_not_recorded"
        change(session, camera, CameraChange(kind=CameraKind.CITY_VIEW, is_recorded=False), box, clock)
        assert not camera.must_record(())


@pytest.mark.proves("D-13.1", "edge-34")
@pytest.mark.parametrize("assignment", ["is_recorded = 1", "is_recorded = 2"])
def test_the_database_itself_refuses_to_record_a_city_view_camera(database, clock, box, tmp_path, assignment):
    with database.writing() as session:
        register(session, a_camera(kind=CameraKind.CITY_VIEW), box, clock)
    connection = sqlite3.connect(tmp_path / "nazar.db")
    with pytest.raises(sqlite3.IntegrityError, match="city_view_not_recorded"):
        connection.execute(f"UPDATE camera SET {assignment}")
    connection.close()


def test_a_number_is_taken_until_the_camera_is_retired(database, clock, box):
    with database.writing() as session:
        first = register(session, a_camera(number=7), box, clock)
        other = register(session, a_camera(number=8), box, clock)
        for attempt in (
            lambda: register(session, a_camera(number=7), box, clock),
            lambda: change(session, other, CameraChange(number=7), box, clock),
        ):
            with pytest.raises(VmsError) as refusal:
                attempt()
            assert refusal.value.code == "camera_number_taken"
        retire(session, first, clock)
        assert camera_by_number(session, 7) is None
        register(session, a_camera(number=7, name="New gate"), box, clock)
        assert need_camera(session, 7).name == "New gate"
        assert len(cameras(session, with_retired=True)) == 3
        with pytest.raises(VmsError) as refusal:
            need_camera(session, 9)
        assert refusal.value.code == "camera_not_found"


def test_the_database_itself_refuses_a_number_twice(database, clock, box):
    with database.writing() as session:
        register(session, a_camera(number=7), box, clock)
        other = register(session, a_camera(number=8), box, clock)
    with pytest.raises(VmsError) as refusal, database.writing() as session:
        session.get_one(Camera, other.id).number = 7
    assert refusal.value.code == "camera_number"


def test_a_change_touches_only_what_it_names(database, clock, box):
    with database.writing() as session:
        camera = register(session, a_camera(), box, clock)
        sealed = camera.sealed_main_address
        change(session, camera, CameraChange(name=" Back gate ", transport=Transport.UDP, sub_address=""), box, clock)
        assert (camera.name, camera.transport, camera.sealed_sub_address) == ("Back gate", "udp", None)
        assert camera.sealed_main_address == sealed
        change(session, camera, CameraChange(is_enabled=False), box, clock)
        assert not camera.must_record(())


@pytest.mark.parametrize(
    "address",
    [
        "http://viewer-name:pw@cam-host.example/x",
        "rtsp://",
        "rtsp:///path",
        "cam-host.example",
        "rtsp://viewer-name:pw@cam-host.example:99999/x",
        "rtsp://[viewer-name/x",
        "rtsp://cam-host.example/a b",
        "rtsp://cam-host.example/\r\nTEARDOWN",
        "rtsp://cam-host.example/" + "x" * 3000,
        "",
    ],
)
def test_a_bad_address_is_refused_without_repeating_it(address):
    with pytest.raises(VmsError) as refusal:
        check_address(address)
    assert refusal.value.code == "address_invalid"
    told = str(refusal.value) + repr(refusal.value.detail)
    assert "viewer-name" not in told
    assert "cam-host" not in told
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


@pytest.mark.parametrize(
    "address", [MAIN, "rtsps://cam-host.example", "RTSP://[2001:db8::7]:554/x?channel=1&subtype=0"]
)
def test_a_good_address_is_taken_as_it_is(address):
    assert check_address(address) == address


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "two\nlines", "bell\x07"])
def test_a_bad_name_is_refused(database, clock, box, name):
    with pytest.raises(VmsError) as refusal, database.writing() as session:
        register(session, a_camera(name=name), box, clock)
    assert refusal.value.code == "name_invalid"


@pytest.mark.parametrize("number", [0, -3, 1_000_000])
def test_a_number_nobody_can_type_is_refused(database, clock, box, number):
    with pytest.raises(VmsError) as refusal, database.writing() as session:
        register(session, a_camera(number=number), box, clock)
    assert refusal.value.code == "number_invalid"
