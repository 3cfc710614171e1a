"""Papers that a case stands on are not cancelled."""

import pytest

from vms.archive.deletion import delete_expired
from vms.documents.queries import need_document
from vms.documents.service import cancel
from vms.footage.delivery.purging import run_once
from vms.footage.exports.model import PurgeWhy
from vms.footage.exports.service import due_purge
from vms.footage.holds.model import Basis
from vms.footage.holds.service import sign
from vms.footage.model import FootageRequest
from vms.footage.papers.records import print_hold_record, print_unreached
from vms.footage.papers.resting import rests_upon
from vms.footage.requests.closing import answer
from vms.kernel.errors import VmsError
from vms.people.rules import Role

HOUR_US = 3600 * 1_000_000

pytestmark = pytest.mark.proves("D-0.2")


@pytest.fixture
def filmed(counter):
    counter.office.film(days=1)
    return counter


def cancelled(counter, document_id):
    """Whether it was cancelled; the refusal's code where it was not."""
    try:
        with counter.database.writing() as session:
            cancel(session, counter.clock, document_id, "yanlış", by=counter.office.by("officer"), rests=rests_upon)
    except VmsError as refusal:
        return refusal.code
    return True


def printed(counter, use_case, *given, by="officer"):
    def call(session, clock, *given, by):
        return use_case(session, clock, counter.desk, *given, by=by)

    return counter.office.act(call, *given, by=by)


def destroyed(counter, request):
    """The records of what was destroyed of a request."""
    run_once(counter.database, counter.clock, counter.exports, counter.desk, by=counter.office.by("officer"))
    return [one.destruction_id for one in counter.exports_of(request)]


@pytest.mark.proves("D-10.1d", "D-10.2a")
def test_minutes_are_cancelled_until_it_was_handed_over_by_them(filmed):
    request = filmed.office.searched(filmed.office.approved())
    filmed.packed(request)
    signed = filmed.signed(request)
    assert cancelled(filmed, signed.record_id) is True  # nobody has it yet: prepared anew
    delivered = filmed.delivered(request)
    assert cancelled(filmed, delivered.record_id) == "document_built_upon"
    (record_id,) = destroyed(filmed, request)
    assert cancelled(filmed, record_id) == "document_built_upon"
    assert cancelled(filmed, signed.record_id) == "document_state_wrong"


@pytest.mark.proves("D-10.2a")
def test_the_record_of_a_destruction_is_never_cancelled(filmed):
    request = filmed.office.searched(filmed.office.approved())
    filmed.packed(request)
    with filmed.database.writing() as session:
        due_purge(session, filmed.clock, session.get_one(FootageRequest, request.id), PurgeWhy.WITHDRAWN, 0)
    (record_id,) = destroyed(filmed, request)
    assert cancelled(filmed, record_id) == "document_built_upon"


@pytest.mark.proves("D-10.1f", "D-10.2b")
@pytest.mark.parametrize("basis", Basis)
def test_a_holds_record_is_cancelled_until_the_hold_is_signed(filmed, basis):
    hold = filmed.office.hold(basis=basis)
    first = printed(filmed, print_hold_record, hold, (), by="clerk")
    filmed.hand_in(first.id)
    assert cancelled(filmed, first.id) is True
    fresh = filmed.office.fresh(hold)
    assert filmed.office.refusal(sign, fresh, [Role.VMS_UNIT_HEAD], None, by="sef") == "hold_record_missing"
    second = printed(filmed, print_hold_record, hold, (), by="clerk")
    filmed.hand_in(second.id)
    filmed.office.act(sign, filmed.office.fresh(hold), [Role.VMS_UNIT_HEAD], None, by="sef")
    assert cancelled(filmed, second.id) == "document_built_upon"


@pytest.mark.proves("D-10.2c")
def test_what_a_request_was_answered_with_stays(filmed):
    office = filmed.office
    begin_us = office.film(days=2, until_us=office.ago(days=25))
    delete_expired(office.shelf.volume, {office.camera(): 21}, office.clock.now_us())
    request = office.searched(office.approved(intervals=[(begin_us, begin_us + 2 * HOUR_US)]))
    first = printed(filmed, print_unreached, request)
    assert cancelled(filmed, first.id) is True
    second = printed(filmed, print_unreached, request)
    filmed.hand_in(second.id)
    office.act(answer, request, "S-1", office.town.today)
    assert cancelled(filmed, second.id) == "document_built_upon"
    assert printed(filmed, print_unreached, request).id == second.id


def test_a_record_that_delivered_minutes_name_stays(filmed):
    office = filmed.office
    request = office.searched(office.approved("gate lobby"))
    unreached = printed(filmed, print_unreached, request)
    filmed.hand_in(unreached.id)
    filmed.packed(request)
    filmed.delivered(request)
    assert cancelled(filmed, unreached.id) == "document_built_upon"


def test_what_nothing_rests_upon_is_free(filmed):
    """Of a hold that came too late nobody was answered by its record."""
    hold = filmed.office.hold()
    document = printed(filmed, print_hold_record, hold, (), by="clerk")
    with filmed.database.reading() as session:
        assert not rests_upon(session, need_document(session, document.id))
