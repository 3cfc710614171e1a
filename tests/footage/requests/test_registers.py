"""Lists of cases that come in pages: requests, holds, applications are all found, however many there are."""

import pytest

from vms.footage.holds.register import HoldFilter, count_holds, holds_page
from vms.footage.holds.register import HoldGroup as Held
from vms.footage.letters.application_model import Applicant, ApplicationChannel
from vms.footage.letters.application_register import (
    ApplicationFilter,
    applications_page,
    count_applications,
)
from vms.footage.letters.application_register import ApplicationGroup as Answered
from vms.footage.letters.applications import NewApplication, answer_application, register_application
from vms.footage.letters.correcting import LetterCorrection, correct_letter
from vms.footage.model import FootageRequest
from vms.footage.requests.assigning import assign
from vms.footage.requests.closing import answer
from vms.footage.requests.register import RequestFilter, RequestGroup, count_requests, requests_page
from vms.footage.requests.review import refuse
from vms.footage.requests.service import RequestCorrection, correct
from vms.footage.rules import State
from vms.people.rules import Role

HOUR_US = 3_600_000_000
SEF = [Role.VMS_UNIT_HEAD]


def numbers(office, **wanted):
    with office.database.reading() as session:
        return [one.number for one in requests_page(session, RequestFilter(**wanted), office.clock.now_us()).rows]


def counts(office, **wanted):
    with office.database.reading() as session:
        found = count_requests(session, RequestFilter(**wanted), office.clock.now_us())
    return {group.value: count for group, count in found.items()}


def closed(office, request):
    office.act(refuse, office.fresh(request), "yetkisiz", by="lawyer")
    office.act(answer, office.fresh(request), "S-1", office.town.today)


@pytest.fixture
def filmed(office):
    office.film(days=1)
    return office


@pytest.fixture
def three(filmed):
    """Requests 1 to 3, an hour between them; the second is closed."""
    made = []
    for _ in range(3):
        made.append(filmed.register())
        filmed.clock.advance(3600)
    closed(filmed, made[1])
    return made


def test_what_is_due_first_comes_first_and_what_is_over_behind_it_newest_first(filmed, three):
    assert numbers(filmed) == [1, 3, 2]
    for one in (three[2], three[0]):
        filmed.clock.advance(3600)
        closed(filmed, one)
    assert numbers(filmed) == [1, 3, 2]


def test_each_group_has_its_own_and_is_counted_on_whatever_page(filmed, three):
    assert counts(filmed) == {"open": 2, "overdue": 0, "today": 0, "signature": 0, "closed": 1, "all": 3}
    first = filmed.fresh(three[0])
    filmed.clock.advance((first.due_soft_us - filmed.clock.now_us()) / 1_000_000)
    assert numbers(filmed, group=RequestGroup.TODAY) == [1]
    filmed.clock.advance((first.due_hard_us - filmed.clock.now_us()) / 1_000_000)
    assert (numbers(filmed, group=RequestGroup.OVERDUE), numbers(filmed, group=RequestGroup.TODAY)) == ([1], [3])
    with filmed.database.writing() as session:
        session.get_one(FootageRequest, three[2].id).state = State.DELIVERED.value
    assert sorted(numbers(filmed, group=RequestGroup.CLOSED)) == [2, 3]
    assert counts(filmed, limit=1) == {"open": 1, "overdue": 1, "today": 0, "signature": 0, "closed": 2, "all": 3}


def test_requests_are_found_by_what_is_written_on_them_however_it_is_typed(filmed):
    letter = filmed.letter()
    filmed.act(correct_letter, letter, LetterCorrection(sender_name="Işıklı İlçe Emniyet Müdürlüğü", no="2026/77"))
    filmed.register(letter=letter)
    other = filmed.register()
    filmed.act(correct, other, RequestCorrection(subject="Çarpıp kaçma", file_no="2026/4711 Sor."))
    for typed, found in (
        ("isikli", [1]), ("IŞIKLI emniyet", [1]), ("2026/77", [1]), ("carpip KAÇMA", [2]), ("4711", [2]),
        ("çarpıp ışıklı", []), ("100%", []), ("", [1, 2]),
    ):  # fmt: skip
        assert numbers(filmed, search=typed) == found, typed
        assert counts(filmed, search=typed)["all"] == len(found)
    filmed.act(correct_letter, letter, LetterCorrection(sender_name="Konak Savcılığı"))
    assert (numbers(filmed, search="isikli"), numbers(filmed, search="konak")) == ([], [1])


def test_mine_are_mine_and_an_officers_name_finds_theirs(filmed, three):
    officer = filmed.town.accounts["officer"]
    filmed.act(assign, three[2], officer, by="sef")
    assert numbers(filmed, officer_id=officer.id) == numbers(filmed, search="OFFICER") == [3]
    assert counts(filmed, officer_id=officer.id)["all"] == 1


def test_pages_go_on_behind_the_last_row_though_others_register_and_decide_meanwhile(filmed):
    made = [filmed.register() for _ in range(5)]  # due in the same moment
    closed(filmed, made[4])
    filmed.clock.advance(1)
    seen, after = [], None
    while True:
        with filmed.database.reading() as session:
            page = requests_page(session, RequestFilter(after=after, limit=2), filmed.clock.now_us())
        seen += [one.number for one in page.rows]
        if page.next_after is None:
            break
        if after is None:
            filmed.register()
            closed(filmed, made[0])  # it was on the page that is read
        after = page.next_after
    assert seen == [1, 2, 3, 4, 6, 1, 5]
    with filmed.database.reading() as session:
        exact = requests_page(session, RequestFilter(limit=6), filmed.clock.now_us())
    assert (len(exact.rows), exact.next_after) == (6, None)


def test_holds_come_by_their_end_and_are_found_by_their_words(filmed):
    first = filmed.hold()
    filmed.clock.advance(1)
    filmed.hold(institution="Işıklar Jandarma", place="Araç yakılan yer")
    filmed.let_go(first)

    def found(**wanted):
        with filmed.database.reading() as session:
            return [one.number for one in holds_page(session, HoldFilter(**wanted)).rows]

    assert (found(), found(group=Held.IN_FORCE), found(group=Held.ENDED)) == ([2, 1], [2], [1])
    assert found(search="ISIKLAR yakilan") == found(group=Held.UNSIGNED) == [2]
    with filmed.database.reading() as session:
        page = holds_page(session, HoldFilter(limit=1))
        assert [one.number for one in holds_page(session, HoldFilter(after=page.next_after)).rows] == [1]
        told = {group.value: count for group, count in count_holds(session).items()}
        assert told == {"in_force": 1, "unsigned": 1, "ended": 1, "all": 2}
        assert count_holds(session, "işıklar")[Held.ALL] == 1


def test_applications_are_found_by_their_words_answered_ones_behind(office):
    made = [
        office.act(
            register_application,
            NewApplication(
                kind=Applicant.CITIZEN, channel=ApplicationChannel.CIMER, applicant=name, subject="Görüntü istiyorum",
                received_us=office.clock.now_us(), reference=f"C-{name[0]}",
            ),
        )
        for name in ("Ayşe Yılmaz", "Işık Demir")
    ]  # fmt: skip
    office.act(answer_application, made[0], "x", "1", office.town.today)

    def found(**wanted):
        with office.database.reading() as session:
            return [one.number for one in applications_page(session, ApplicationFilter(**wanted)).rows]

    assert (found(), found(group=Answered.OPEN), found(group=Answered.ANSWERED)) == ([2, 1], [2], [1])
    assert (found(search="yilmaz goruntu"), found(search="c-ı")) == ([1], [2])
    with office.database.reading() as session:
        told = {group.value: count for group, count in count_applications(session).items()}
    assert told == {"open": 1, "answered": 1, "all": 2}
