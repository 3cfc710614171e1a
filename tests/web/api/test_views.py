from uuid import uuid4

VIEW = {"name": "Ön kapılar", "layout": "2x2", "cells": [None], "is_shared": False}


def test_a_view_is_kept_for_its_owner(site):
    gate = site.add_camera("Gate")
    ayse, omer = site.add_person("ayse"), site.add_person("omer")
    made = ayse.request("POST", "/views", json=VIEW | {"cells": [str(gate.id)]})
    assert made.status_code == 201
    view = made.json()
    assert view["cells"] == [str(gate.id), None, None, None]
    assert ayse.get("/views").json()["views"] == [view]
    assert omer.get("/views").json()["views"] == []
    path = f"/views/{view['id']}"
    assert omer.code(path, "PUT", json=VIEW) == (404, "view_not_found")
    changed = ayse.request("PUT", path, json=VIEW | {"is_shared": True, "layout": "1"}).json()
    assert (changed["layout"], changed["cells"]) == ("1", [None])
    assert omer.get("/views").json()["views"] == [changed | {"is_mine": False}]
    assert omer.code(path, "DELETE") == (403, "not_yours")
    assert ayse.request("DELETE", path).status_code == 204
    assert ayse.code(path, "DELETE") == (404, "view_not_found")


def test_rules_are_told_by_their_codes(site):
    ayse = site.add_person("ayse")
    for change, code in [
        ({"layout": "9x9"}, "layout_unknown"),
        ({"cells": ["no-id"]}, "cells_invalid"),
        ({"name": " "}, "view_name_invalid"),
        ({"cells": ["x"] * 101}, "request_invalid"),
        ({"extra": 1}, "request_invalid"),
    ]:
        assert ayse.code("/views", "POST", json=VIEW | change) == (422, code)


def test_a_tour_goes_through_views_one_can_open(site):
    ayse, omer = site.add_person("ayse"), site.add_person("omer")
    view = ayse.request("POST", "/views", json=VIEW).json()["id"]
    tour = {"name": "Gece", "dwell_s": 15, "view_ids": [view]}
    assert omer.code("/tours", "POST", json=tour) == (422, "tour_views_invalid")
    made = ayse.request("POST", "/tours", json=tour).json()
    assert made == tour | {"id": made["id"], "is_mine": True}
    path = f"/tours/{made['id']}"
    assert ayse.code(path, "PUT", json=tour | {"dwell_s": 4}) == (422, "dwell_invalid")
    assert ayse.request("PUT", path, json=tour | {"dwell_s": 30}).json()["dwell_s"] == 30
    assert omer.get("/tours").json()["tours"] == []
    assert omer.code(path, "DELETE") == (404, "tour_not_found")
    assert ayse.request("DELETE", path).status_code == 204
    assert ayse.code(f"/tours/{uuid4()}", "DELETE") == (404, "tour_not_found")
