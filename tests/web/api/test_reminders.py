"""What waits for whoever is signed in."""

import pytest

from vms.audit.entry import Actor
from vms.authority.agreements.service import record_agreement
from vms.authority.grants.rules import Olur
from vms.authority.grants.service import NewGrant, Scope, enter
from vms.cli.paper_options import person_of
from vms.kernel.clock import US_PER_DAY
from vms.kernel.days import day_of
from vms.people.model import Account
from vms.people.rules import AccountKind, Role

DAY_S = US_PER_DAY / 1e6


@pytest.fixture
def camera(site):
    return site.add_camera("gate")


def waits(person):
    answer = person.get("/reminders")
    assert answer.status_code == 200, answer.text
    return [(one["kind"], one["urgency"], one["days"]) for one in answer.json()["reminders"]]


@pytest.mark.proves("D-11.5b")
def test_my_authority_that_ends_waits_for_me_and_for_nobody_else(site, camera, clock):
    ayse, bekir = site.add_person("ayse"), site.add_person("bekir")
    site.allow(ayse, camera)
    assert waits(ayse) == []
    clock.advance(170 * DAY_S)
    ayse, bekir = site.sign_in(ayse), site.sign_in(bekir)
    assert waits(ayse) == [("grant_ends", "waiting", 9)]
    assert waits(bekir) == []
    clock.advance(5 * DAY_S)
    ayse = site.sign_in(ayse)
    assert waits(ayse) == [("grant_ends", "soon", 4)]
    site.revoke(ayse)
    assert waits(ayse) == []


@pytest.mark.proves("D-11.2b", "R-12")
def test_papers_wait_for_those_whose_duty_they_are(site, camera, clock):
    viewer, clerk = site.add_person("ayse"), site.add_person("memur", Role.REGISTRY_CLERK)
    head = site.add_person("sef", Role.VMS_UNIT_HEAD)
    with site.database.writing() as session:
        account = session.get_one(Account, viewer.account.id)
        person_of(session, site.clock, account)
        scope = Scope(cameras=[camera.id], is_live=True, is_playback=False)
        olur = Olur("2026/1", day_of(clock.now_us()), "presidency")
        new = NewGrant(scope=scope, purpose="güvenlik", olur=olur, training="Eğitim")
        enter(session, site.clock, account, new, by=Actor(None, "clerk"))
    assert waits(viewer) == [("agreement_missing", "waiting", 0)]
    assert waits(clerk) == [("staff_agreement_missing", "waiting", 0)]
    assert clerk.get("/reminders").json()["reminders"][0]["name"] == "Ayse"
    assert waits(head) == []
    with site.database.writing() as session:
        person = person_of(session, site.clock, session.get_one(Account, viewer.account.id))
        record_agreement(session, site.clock, person, day_of(clock.now_us()), "2026/1", by=Actor(None, "clerk"))
    assert waits(viewer) == waits(clerk) == []
    assert waits(head) == [("approval_waits", "waiting", 0)]


@pytest.mark.proves("D-11.6")
def test_a_shared_account_that_was_never_reviewed_is_late(site, clock):
    head = site.add_person("sef", Role.VMS_UNIT_HEAD)
    with site.database.writing() as session:
        person = person_of(session, site.clock, session.get_one(Account, head.account.id))
    wall = site.add_account(
        "wall", Role.SHARED_ACCOUNT, kind=AccountKind.SHARED, responsible_person_id=person.id
    )  # fmt: skip
    assert waits(head) == [("review_due", "late", 0)]
    assert waits(site.signed_in(wall)) == []


@pytest.mark.proves("D-11.5d")
def test_what_ran_out_in_the_month_before_is_told_to_the_head_for_ten_days(site, camera, clock):
    ayse, head = site.add_person("ayse"), site.add_person("sef", Role.VMS_UNIT_HEAD)
    site.allow(ayse, camera)
    clock.advance(181 * DAY_S)
    while day_of(clock.now_us()).day != 1:
        clock.advance(DAY_S)
    head = site.sign_in(head)
    (told,) = (one for one in head.get("/reminders").json()["reminders"] if one["kind"] == "unrenewed_month")
    assert (told["count"], told["name"]) == (1, f"{day_of(clock.now_us() - US_PER_DAY):%Y-%m}")
    assert "unrenewed_month" not in [kind for kind, *_ in waits(site.sign_in(ayse))]
    clock.advance(10 * DAY_S)
    assert "unrenewed_month" not in [kind for kind, *_ in waits(site.sign_in(head))]


def test_strangers_are_told_nothing(site):
    assert site.caller.request("GET", "/api/v1/reminders").status_code == 401
