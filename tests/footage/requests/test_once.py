"""What a client sends again because no answer came makes no twin."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from vms.footage.availability import away_of, look
from vms.footage.holds.model import Basis, Hold, HoldState
from vms.footage.holds.placing import place_and_tell
from vms.footage.holds.service import NewHold
from vms.footage.model import FootageRequest
from vms.footage.once import Once, done_before
from vms.footage.queries import wanted_of
from vms.footage.requests.service import register
from vms.footage.rules import MAX_CAMERA_DAYS
from vms.kernel.clock import US_PER_DAY
from vms.kernel.errors import VmsError
from vms.kernel.span import Span


def code(call, *given, **more):
    with pytest.raises(VmsError) as err:
        call(*given, **more)
    return err.value.code


def test_a_request_is_found_again_by_its_name(office):
    once = Once(uuid4(), b"\1" * 32)
    made = office.act(register, office.letter(), office.new(), once=once)
    with office.database.reading() as session:
        assert done_before(session, FootageRequest, None) is None
        assert done_before(session, FootageRequest, Once(uuid4(), once.sha256)) is None
        assert done_before(session, FootageRequest, once).id == made.id
        other = Once(once.key, b"\2" * 32)
        assert code(done_before, session, FootageRequest, other) == "registered_already"


def place(office, once, hours=6):
    new = NewHold(
        basis=Basis.UNWRITTEN_REQUEST, reason="Telefon", institution="Emniyet", cameras=[office.camera()],
        intervals=[(office.ago(hours=hours), office.ago(hours=3))],
    )  # fmt: skip
    return place_and_tell(office.database, office.archive, office.clock, new, by=office.by("clerk"), once=once)


def test_a_hold_that_was_placed_before_its_process_died_is_gone_on_with(office, monkeypatch):
    office.film(days=1)
    once = Once(uuid4(), b"\1" * 32)
    monkeypatch.setattr("vms.footage.holds.placing.tell", _die)
    with pytest.raises(RuntimeError):
        place(office, once)
    monkeypatch.undo()
    assert office.locked() == []
    placed = place(office, once)
    assert (placed.hold.number, len(office.locked())) == (1, 1)
    with office.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Hold)) == 1
    assert office.fresh(placed.hold).looked_us is not None
    assert placed.hold.state == HoldState.OPEN
    assert code(place, office, Once(once.key, b"\2" * 32)) == "registered_already"


def _die(*_given):
    raise RuntimeError("the process dies here")


def test_so_many_camera_days_are_looked_for_and_no_more(office):
    cameras = [office.town.cameras[name] for name in ("gate", "lobby")]
    most_us = MAX_CAMERA_DAYS * US_PER_DAY // 2
    now_us = office.clock.now_us()
    with office.database.reading() as session:
        assert len(wanted_of(session, cameras, [Span(now_us - most_us, now_us)])) == 2
        with pytest.raises(VmsError) as err:
            wanted_of(session, cameras, [Span(now_us - most_us - 1, now_us)])
    assert (err.value.code, err.value.detail) == ("camera_days_too_many", {"limit": MAX_CAMERA_DAYS})


def test_a_look_says_itself_which_disks_it_could_not_ask(office, disk):
    office.film(days=1)
    with office.database.reading() as session:
        wanted = wanted_of(session, [office.town.cameras["gate"]], [Span(office.ago(hours=6), office.ago(hours=3))])
    volume = office.shelf.volume
    volume.detach()
    volume.path.rename(disk / "gone")
    found = look(office.archive, wanted, office.clock.now_us())
    (disk / "gone").rename(volume.path)
    office.archive.streams()
    assert (away_of(found), office.archive.missing) == ({volume.uuid}, {})
    assert away_of(look(office.archive, wanted, office.clock.now_us())) == frozenset()
