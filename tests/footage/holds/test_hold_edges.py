"""What a hold keeps of footage that is half gone, what it must say, that its end stays where it is."""

from datetime import date, datetime

import pytest
from hold_records import printed

from vms.archive.deletion import delete_expired
from vms.footage.holds.model import Basis, Hold, HoldState
from vms.footage.holds.placing import place_and_tell
from vms.footage.holds.service import NewHold, refuse_longer, sign
from vms.footage.locks.model import LockOrder
from vms.footage.papers.records import print_hold_record
from vms.footage.rules import HOLD_DAYS
from vms.footage.upkeep import run_once
from vms.kernel.clock import US_PER_DAY, from_datetime
from vms.kernel.days import end_us, start_us
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span
from vms.people.rules import Role

HOUR_US = 3600 * 1_000_000
SEF = [Role.VMS_UNIT_HEAD]


def sweep(office, days=20):
    while delete_expired(office.shelf.volume, {office.camera(): days}, office.clock.now_us()).deleted:
        pass


def upkeep(office):
    return run_once(office.database, office.archive, office.clock, is_clock_believed=True, by=office.by("clerk"))


def rows(office, table):
    with office.database.reading() as session:
        return session.query(table).count()


def refused(call, *given, **more):
    with pytest.raises(VmsError) as err:
        call(*given, **more)
    return err.value.kind, err.value.code


@pytest.fixture
def half_gone(counter):
    """30 days of footage of which a sweep left 20; gives the first moment that is left."""
    office = counter.office
    office.film(days=30)
    sweep(office)
    return counter, min(office.shelf.ends(office.camera())) - HOUR_US


@pytest.mark.proves("edge-61", "D-10.2b")
@pytest.mark.parametrize("basis", list(Basis))
def test_a_hold_on_footage_that_is_partly_gone_keeps_the_rest_and_its_record_says_which(half_gone, basis):
    counter, left_us = half_gone
    office = counter.office
    hold = office.hold(intervals=[(left_us - 5 * HOUR_US, left_us + 2 * HOUR_US)], basis=basis)
    office.clock.advance(30 * 86_400)
    sweep(office)
    assert office.shelf.ends(office.camera()) == [left_us + HOUR_US, left_us + 2 * HOUR_US]
    record = office.act(
        lambda session, clock, hold, *, by: print_hold_record(session, clock, counter.desk, hold, (), by=by), hold
    )
    (row,) = record.fields["items"]
    (hole,) = row["missing"]
    assert (row["covered"], hole["cause"]) == ("PT2H", "retention_expired")
    gone = Span(left_us - 5 * HOUR_US, left_us)
    assert [moment_us(hole["interval"][name]) for name in ("start", "end")] == [gone.start_us, gone.end_us]


def moment_us(text):
    return from_datetime(datetime.fromisoformat(text))


@pytest.mark.proves("edge-61")
def test_a_hold_on_nothing_leaves_nothing_behind_it(half_gone):
    counter, left_us = half_gone
    office = counter.office
    intervals = [(left_us - 5 * HOUR_US, left_us)]
    assert refused(office.hold, intervals=intervals) == (Kind.CONFLICT, "nothing_to_hold")
    assert (rows(office, Hold), rows(office, LockOrder), office.locked()) == (0, 0, [])
    office.hold(intervals=[(left_us - 5 * HOUR_US, left_us + 1)])  # one microsecond of it is there
    assert len(office.locked()) == 1


BLANK = ("", " ", " \t ")


@pytest.mark.proves("edge-62", "D-10.1f")
@pytest.mark.parametrize("blank", BLANK)
@pytest.mark.parametrize(
    ("basis", "field", "code"),
    [
        (Basis.UNWRITTEN_REQUEST, "institution", "institution_required"),
        (Basis.UNWRITTEN_REQUEST, "reason", "reason_required"),
        (Basis.PRE_INVESTIGATION, "incident", "incident_required"),
        (Basis.PRE_INVESTIGATION, "reason", "reason_required"),
    ],
)
def test_a_hold_without_a_word_it_needs_is_refused_and_keeps_nothing(office, basis, field, code, blank):
    office.film(days=1)
    words = {"reason": "Telefon", "institution": "Emniyet", "incident": "Kavga"}
    new = NewHold(
        basis=basis, cameras=[office.camera()], intervals=[(office.ago(hours=6), office.ago(hours=3))],
        **{**words, field: blank},
    )  # fmt: skip
    given = office.database, office.archive, office.clock, new
    assert refused(place_and_tell, *given, by=office.by("clerk")) == (Kind.INVALID, code)
    assert (rows(office, Hold), rows(office, LockOrder), office.locked()) == (0, 0, [])


@pytest.mark.proves("edge-62", "D-10.1f", "D-10.2b")
def test_the_database_itself_keeps_no_hold_without_its_words(office):
    office.film(days=1)
    unwritten, investigation = office.hold(), office.hold(basis=Basis.PRE_INVESTIGATION, institution="")
    for hold, field, code in (
        (unwritten, "institution", "institution_required"), (unwritten, "reason", "reason_required"),
        (investigation, "incident", "incident_required"), (investigation, "reason", "reason_required"),
    ):  # fmt: skip

        def blank(session, clock, hold, *, by, field=field):
            setattr(hold, field, " ")

        assert office.refusal(blank, hold) == code


@pytest.mark.proves("edge-63", "C-2")
def test_what_goes_after_its_hold_is_logged_where_the_hold_is_named(office):
    office.film(days=1)
    span = Span(office.ago(hours=6), office.ago(hours=3))
    hold = office.hold(intervals=[(span.start_us, span.end_us)])
    office.clock.advance(50 * 86_400)
    assert upkeep(office).expired == 0
    sweep(office)
    assert of_the_log(office, span) == []
    office.clock.advance((hold.ends_us - office.clock.now_us()) / 1e6)
    upkeep(office)
    office.clock.advance(60)
    sweep(office)
    ends = [span.start_us + hours * HOUR_US for hours in (1, 2, 3)]
    held = (f"Muhafaza {hold.number}", hold.ends_us)
    assert of_the_log(office, span) == [(end_us, office.clock.now_us(), "retention", *held) for end_us in ends]


def of_the_log(office, span):
    """What a volume's log says of segments inside `span`: until when, deleted when and why, kept before by what."""
    with office.shelf.volume.index.read() as connection:
        return connection.execute(
            "SELECT deletion.end_us, decided_us, reason, reference, released_us FROM deletion"
            " JOIN lock ON lock.start_us < deletion.end_us AND lock.end_us > deletion.start_us"
            " WHERE deletion.start_us >= ? AND deletion.end_us <= ? ORDER BY deletion.end_us",
            (span.start_us, span.end_us),
        ).fetchall()


@pytest.mark.proves("edge-68", "A-12")
def test_the_end_of_a_hold_stays_whatever_is_done_with_it(office):
    office.film(days=1)
    hold = office.hold()
    ends_us, span = hold.ends_us, (hold.starts_us - 6 * HOUR_US, hold.starts_us - 3 * HOUR_US)
    for other_us in (ends_us + 1, ends_us - 1, ends_us + HOLD_DAYS * US_PER_DAY, hold.starts_us):
        assert refused(refuse_longer, hold, other_us) == (Kind.CONFLICT, "hold_end_fixed")
    refuse_longer(hold, ends_us)  # nothing is asked for
    office.clock.advance(40 * 86_400)
    office.act(sign, hold, SEF, printed(office, hold), by="sef")
    after = office.hold(intervals=[span], extends=hold.id)
    twice = office.hold(intervals=[span], extends=hold.id)
    office.register(intervals=[span])
    upkeep(office)
    assert office.fresh(hold).ends_us == ends_us
    assert [office.fresh(one).ends_us - ends_us for one in (after, twice)] == [40 * US_PER_DAY] * 2
    office.let_go(after)
    assert [office.fresh(one).ends_us - ends_us for one in (after, twice)] == [40 * US_PER_DAY] * 2


@pytest.mark.proves("edge-68", "D-10.2b")
def test_the_database_itself_keeps_no_hold_for_longer_than_to_the_end_of_its_ninetieth_day(office, at):
    at(date(2025, 7, 2))
    office.film(days=1)
    hold = office.hold()
    assert hold.ends_us == start_us(date(2025, 7, 2)) + 91 * US_PER_DAY == end_us(date(2025, 9, 30))

    def edited(session, clock, hold, *, by):
        hold.ends_us += 1

    assert office.refusal(edited, hold) == "hold_too_long"
    assert office.fresh(hold).ends_us == hold.ends_us


@pytest.mark.proves("edge-71")
def test_what_an_incident_went_on_with_has_a_second_hold_afterwards(office):
    office.film(days=1)
    begin_us, now_us = office.ago(hours=1), office.clock.now_us()
    over_us = now_us + HOUR_US
    assert refused(office.hold, intervals=[(begin_us, over_us)]) == (Kind.INVALID, "interval_in_future")
    assert (rows(office, Hold), office.locked()) == (0, [])
    first = office.hold(intervals=[(begin_us, now_us)])
    office.clock.advance(3600)
    office.film(days=1 / 24)
    second = office.hold(intervals=[(now_us, over_us)])
    assert [office.fresh(one).state for one in (first, second)] == [HoldState.OPEN] * 2
    office.clock.advance(30 * 86_400)
    sweep(office)
    assert office.shelf.ends(office.camera()) == [now_us, over_us]
