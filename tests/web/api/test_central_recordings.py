"""Recording a camera of another unit for a time: who orders it, who ends it, who reads why."""

from uuid import uuid4

import pytest

from vms.people.rules import Role

pytestmark = pytest.mark.proves("D-12.4b")

HOUR_US = 3600 * 1_000_000


class Desk:
    """A technician at the central recordings of one camera."""

    def __init__(self, site, camera):
        self.person, self.clock = site.add_person("usta", Role.TECHNICIAN), site.clock
        self.path = f"/camera-register/{camera.id}/central-recordings"

    def read(self):
        return self.person.get(self.path).json()["recordings"]

    def body(self, hours=4, reason="Şenlik", **more):
        return {"until_us": self.clock.now_us() + round(hours * HOUR_US), "reason": reason, **more}

    def order(self, **more):
        return self.person.request("POST", self.path, json=self.body(**more))

    def code(self, path, body):
        return self.person.code(f"{self.path}{path}", "POST", json=body)


@pytest.fixture
def desk(site):
    return Desk(site, site.add_camera("Depo"))


def test_it_is_ordered_listed_and_ended_early_with_reasons(desk, clock):
    told = desk.order().json()
    assert told["is_recorded"]  # its own switch is on as well: the two may overlap
    (row,) = told["recordings"]
    assert (row["state"], row["from_us"], row["reason"], row["ordered_by"]) == (
        "current", clock.now_us(), "Şenlik", "Usta · usta",
    )  # fmt: skip
    later = desk.order(from_us=clock.now_us() + HOUR_US, reason="Miting").json()["recordings"]
    assert [(one["reason"], one["state"]) for one in later] == [("Miting", "to_come"), ("Şenlik", "current")]
    clock.advance(60)
    assert desk.code(f"/{later[0]['id']}/end", {"why": "İptal"}) == (200, "")
    assert desk.code(f"/{row['id']}/end", {"why": "Bitti"}) == (200, "")
    off, over = desk.read()
    assert (off["state"], off["end_reason"], off["ended_by"], off["ended_us"]) == (
        "called_off", "İptal", "Usta · usta", clock.now_us(),
    )  # fmt: skip
    assert (over["state"], over["end_reason"]) == ("over", "Bitti")
    assert desk.code(f"/{row['id']}/end", {"why": "Bitti"}) == (409, "central_recording_over")


def test_one_that_ran_out_is_over(desk, clock):
    desk.order()
    clock.advance(4 * 3600)
    assert [(one["state"], one["ended_us"]) for one in desk.read()] == [("over", None)]


def test_what_cannot_be_is_refused_with_words(desk, clock):
    answer = desk.person.request("POST", desk.path, json=desk.body(reason=" "), headers={"Accept-Language": "tr"})
    assert (answer.status_code, answer.json()["code"]) == (422, "central_recording_reason_missing")
    assert answer.json()["detail"].endswith("Nedeni yazın.")
    assert desk.code("", desk.body(hours=-1))[1] == "central_recording_empty"
    assert desk.code("", desk.body(from_us=clock.now_us() - 1))[1] == "central_recording_in_past"
    assert desk.code("", desk.body(hours=367 * 24))[1] == "central_recording_too_long"
    assert desk.code(f"/{uuid4()}/end", {"why": "x"}) == (404, "central_recording_not_found")
    assert desk.person.code(f"/camera-register/{uuid4()}/central-recordings") == (404, "camera_not_found")


def test_it_is_ended_on_the_page_of_its_own_camera_only(site, desk):
    (row,) = desk.order().json()["recordings"]
    other = f"/camera-register/{site.add_camera('Kapı').id}/central-recordings/{row['id']}/end"
    assert desk.person.code(other, "POST", json={"why": "x"}) == (404, "central_recording_not_found")


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [
        (Role.TECHNICIAN, True, True), (Role.VMS_UNIT_HEAD, True, False), (Role.SYSADMIN, True, False),
        (Role.FOOTAGE_OFFICER, False, False), (Role.GUARD, False, False), (Role.AUDITOR, False, False),
    ],
)  # fmt: skip
def test_only_technicians_order_it(site, desk, role, reads, writes):
    person, refused = site.add_person("kisi", role), (403, "action_not_allowed")
    (row,) = desk.order().json()["recordings"]
    assert person.code(desk.path) == ((200, "") if reads else refused)
    expected = (200, "") if writes else refused
    assert person.code(desk.path, "POST", json=desk.body()) == expected
    assert person.code(f"{desk.path}/{row['id']}/end", "POST", json={"why": "x"}) == expected
