"""Where cameras stood when: who reads it, who writes it, what a request for footage is told of it."""

from uuid import uuid4

import pytest

from vms.people.rules import Role

SECOND_US = 1_000_000


class Desk:
    """A technician at the register of one camera."""

    def __init__(self, site, camera):
        self.person, self.camera_id, self.clock = site.add_person("usta", Role.TECHNICIAN), camera.id, site.clock

    def read(self):
        return self.person.get(f"/camera-register/{self.camera_id}").json()

    def seen(self, **more):
        return {"seen": self.read()["version"], **more}

    def move(self, site="Çeşme", from_us=None, **more):
        body = self.seen(site=site, from_us=self.clock.now_us() if from_us is None else from_us) | more
        return self.person.request("POST", f"/camera-register/{self.camera_id}/placements", json=body)

    def correct(self, placement_id, **words):
        path = f"/camera-register/{self.camera_id}/placements/{placement_id}"
        return self.person.request("PUT", path, json=self.seen(**words))


@pytest.fixture
def desk(site, clock):
    camera = site.add_camera("Kapı")
    clock.advance(60)
    return Desk(site, camera)


def test_a_move_and_a_correction_stand_in_the_history(desk, clock):
    (first,) = desk.read()["placements"]
    assert (first["origin"], first["until_us"], first["site"]) == ("registered", None, "")
    moved_us = clock.now_us() - 30 * SECOND_US
    told = desk.move("Çeşme", moved_us, number=12).json()
    assert (told["number"], told["site"]) == (12, "Çeşme")
    assert [(one["site"], one["number"], one["from_us"], one["until_us"]) for one in told["placements"]] == [
        ("Çeşme", 12, moved_us, None), ("", 1, first["from_us"], moved_us),
    ]  # fmt: skip
    assert told["placements"][0]["noted_by"] == "Usta · usta"
    told = desk.correct(first["id"], site="Meydan").json()
    assert [(one["site"], one["is_corrected"]) for one in told["placements"]] == [("Çeşme", False), ("Meydan", True)]
    (row,) = desk.person.get("/camera-register").json()["cameras"]
    assert (row["number"], row["site"], [one["site"] for one in row["former"]]) == (12, "Çeşme", ["Meydan"])


def test_what_cannot_be_is_refused_with_words(desk, clock):
    path = f"/camera-register/{desk.camera_id}/placements"
    later = desk.seen(site="Çeşme", from_us=clock.now_us() + 1)
    answer = desk.person.request("POST", path, json=later, headers={"Accept-Language": "tr"})
    assert (answer.status_code, answer.json()["code"]) == (422, "placement_in_future")
    assert answer.json()["detail"] == "Kameranın şu anda durduğu yer girilir. Geçmiş bir zaman girin."
    assert desk.person.code(path, "POST", json=desk.seen(site="Çeşme", from_us=1)) == (409, "placement_overlaps")
    stale = desk.seen(site="Çeşme", from_us=clock.now_us())
    assert desk.move().status_code == 200
    assert desk.person.code(path, "POST", json=stale) == (409, "camera_changed_meanwhile")
    first = desk.read()["placements"][-1]["id"]
    assert desk.person.code(f"{path}/{first}", "PUT", json=stale | {"from_us": None})[1] == "camera_changed_meanwhile"
    assert desk.person.code(f"{path}/{uuid4()}", "PUT", json=desk.seen(site="x")) == (404, "placement_not_found")
    assert desk.person.code(f"/camera-register/{uuid4()}") == (404, "camera_not_found")


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [
        (Role.TECHNICIAN, True, True), (Role.VMS_UNIT_HEAD, True, False), (Role.SYSADMIN, True, False),
        (Role.FOOTAGE_OFFICER, False, False), (Role.GUARD, False, False), (Role.AUDITOR, False, False),
    ],
)  # fmt: skip
def test_only_technicians_write_the_register(site, desk, role, reads, writes):
    person = site.add_person("kisi", role)
    refused = (403, "action_not_allowed")
    path = f"/camera-register/{desk.camera_id}"
    placement = desk.read()["placements"][0]["id"]
    body = desk.seen(site="Çeşme")
    for one in ("/camera-register", path):
        assert person.code(one) == ((200, "") if reads else refused)
    found = (
        person.code(f"{path}/placements/{placement}", "PUT", json=body),
        person.code(f"{path}/placements", "POST", json=body | {"from_us": 1}),
    )
    assert found == ((200, ""), (409, "camera_changed_meanwhile")) if writes else found == (refused, refused)


@pytest.mark.proves("edge-18", "D-4.2")
def test_a_request_over_a_move_is_told_both_places_with_their_dates(office):
    desk = Desk(office.site, office.gate)
    (first,) = desk.read()["placements"]
    desk.correct(first["id"], site="Meydan")
    moved_us = office.start_us + 4 * SECOND_US
    assert desk.move("Çeşme", moved_us).status_code == 200
    made = office.register()
    (row,) = office.clerk.get(f"/requests/{made['id']}/availability").json()["items"]
    assert row["is_moved"]
    assert [(one["site"], one["from_us"], one["until_us"]) for one in row["placements"]] == [
        ("Meydan", first["from_us"], moved_us), ("Çeşme", moved_us, None),
    ]  # fmt: skip
    assert [cell["is_moved"] for cell in row["cells"]] == [True]
    asked = {"cameras": [str(office.gate.id)], "served_us": office.site.clock.now_us()}
    before = {"from_us": office.start_us, "until_us": moved_us}
    preview = office.clerk.request("POST", "/requests/preview", json=asked | {"intervals": [before]}).json()
    (row,) = preview["availability"]["items"]
    assert ([one["site"] for one in row["placements"]], row["is_moved"]) == (["Meydan"], False)
    held = office.clerk.request(
        "POST", "/holds/preview", json={"cameras": [str(office.gate.id)], "intervals": [before]}
    )
    assert [one["site"] for one in held.json()["items"][0]["placements"]] == ["Meydan"]


def test_a_camera_is_offered_with_its_former_places(office):
    desk = Desk(office.site, office.gate)
    assert office.clerk.get("/requests/choices").json()["cameras"][0]["former"] == []
    desk.move("Çeşme")
    (camera,) = office.clerk.get("/requests/choices").json()["cameras"]
    assert (camera["site"], [one["site"] for one in camera["former"]]) == ("Çeşme", [""])
