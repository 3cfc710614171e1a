"""Derived copies over HTTP: ordered with the packages, shown as what they are, a moved camera told."""

from uuid import UUID

import pytest
from export_office import rows, seal  # noqa: F401 - the seal is this file's fixture

from vms.audit.entry import Actor
from vms.cameras.model import Camera
from vms.cameras.placements import Words, move

MASK = [[0.5, 0.0], [1.0, 0.0], [1.0, 0.5], [0.5, 0.5]]


def camera_of(office, made):
    return office.officer.get(f"/requests/{made['id']}").json()["items"][0]["camera_id"]


@pytest.mark.proves("A-47")
def test_a_derived_copy_is_ordered_with_the_package_and_shown_as_what_it_is(office, found, workshop):
    camera_id = camera_of(office, found)
    path = f"/requests/{found['id']}/exports/estimate"
    plain, estimate = (office.officer.get(path + more).json() for more in ("", f"?derived={camera_id}"))
    assert estimate["bytes"] > 1.5 * plain["bytes"]
    assert "Deneme Belediyesi" in estimate["watermark"]
    derived = {"cameras": [{"camera_id": camera_id, "masks": [MASK]}], "watermark": True}
    (row,) = office.post(office.officer, found, "exports", {"derived": derived}).json()
    assert (row["has_derived"], row["derived"]) == (True, [])
    assert workshop.run_once()
    (row,) = rows(office, found)
    assert (row["state"], row["derived_in_all"], row["films_in_all"]) == ("ready", 1, 1)
    (copy,) = row["derived"]
    assert (copy["original"], copy["masks"], copy["has_watermark"]) == (row["films"][0]["name"], 1, True)
    assert copy["name"].startswith("turev/")


def test_who_orders_masks_over_a_move_is_told_of_it(office, found):
    camera_id = camera_of(office, found)
    (item,) = office.officer.get(f"/requests/{found['id']}").json()["items"]
    at_us = (item["start_us"] + item["end_us"]) // 2
    estimate = f"/requests/{found['id']}/exports/estimate?derived={camera_id}"
    assert office.officer.get(estimate).json()["warnings"] == []
    with office.site.database.writing() as session:
        camera = session.get_one(Camera, UUID(camera_id))
        move(session, office.site.clock, camera, Words(site="Çeşme"), at_us, by=Actor(None, "clerk"))
    (warning,) = office.officer.get(estimate).json()["warnings"]
    assert (warning["code"], warning["camera_id"], warning["at_us"]) == ("camera_moved_inside", camera_id, at_us)
    derived = {"cameras": [{"camera_id": camera_id, "masks": [MASK]}], "watermark": True}
    (row,) = office.post(office.officer, found, "exports", {"derived": derived}).json()
    assert row["warnings"] == [warning]
    assert rows(office, found)[0]["warnings"] == [warning]


def test_a_derived_copy_that_cannot_be_made_is_refused_and_nothing_is_ordered(office, found):
    camera_id = camera_of(office, found)
    for code, derived in (
        ("derived_empty", {"cameras": []}),
        ("derived_empty", {"cameras": [{"camera_id": camera_id}], "watermark": False}),
        ("derived_camera", {"cameras": [{"camera_id": found["id"], "masks": [MASK]}]}),
        ("masks_too_many", {"cameras": [{"camera_id": camera_id, "masks": [MASK] * 33}]}),
        ("mask_corners", {"cameras": [{"camera_id": camera_id, "masks": [MASK[:2]]}]}),
        ("mask_outside", {"cameras": [{"camera_id": camera_id, "masks": [[*MASK, [0.5, -0.1]]]}]}),
        ("mask_without_area", {"cameras": [{"camera_id": camera_id, "masks": [[MASK[0]] * 3]}]}),
    ):
        assert office.code(office.officer, found, "exports", {"derived": derived}) == (422, code)
    assert rows(office, found) == []
