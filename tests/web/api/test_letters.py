"""The register of letters over HTTP, page by page."""

import pytest

from vms.audit.model import AuditEntry
from vms.people.rules import Role

HOUR_US = 3_600_000_000
LACKING = {"all": 3, "no_file": 3, "ebys_pending": 2, "no_request": 2, "overdue": 0}


def found(person, **query):
    answer = person.get("/letters", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def numbers(page):
    return [one["number"] for one in page["letters"]]


def test_the_register_comes_in_pages_with_how_many_lack_what(office):
    for more in ({}, {"ebys_no": "E-77"}, {"sender": "other", "sender_name": "Işıl Çağlayan"}):
        assert office.clerk.request("POST", "/letters", json=office.letter(**more)).status_code == 201
    first = found(office.auditor, limit=2)
    assert (numbers(first), first["next_before"], first["counts"]) == ([3, 2], 2, LACKING)
    rest = found(office.auditor, limit=2, before=2)
    assert (numbers(rest), rest["next_before"], rest["counts"]) == ([1], None, LACKING)
    assert numbers(found(office.clerk, search="ISIL caglayan")) == [3]
    lacking = found(office.clerk, search="E-77", lacks="no_request")
    assert (numbers(lacking), lacking["counts"]["all"], lacking["counts"]["ebys_pending"]) == ([2], 1, 0)
    assert office.clerk.get("/letters", params={"lacks": "nothing"}).status_code == 422
    assert office.clerk.get("/letters", params={"before": 2**31}).status_code == 422
    assert office.guard.code("/letters") == (403, "action_not_allowed")


def test_a_letter_that_may_be_there_already_is_looked_for_before_it_is_saved(office):
    office.clerk.request("POST", "/letters", json=office.letter(sender_name="İzmir Başsavcılığı"))
    asked = {"no": " 2026/12345 ", "on": "2026-11-20", "sender_name": "İZMİR BAŞSAVCILIĞI"}
    (twin,) = office.clerk.get("/letters/twins", params=asked).json()["letters"]
    assert twin["number"] == 1
    assert office.clerk.get("/letters/twins", params={**asked, "on": "2026-11-21"}).json() == {"letters": []}


@pytest.mark.proves("edge-119")
def test_a_number_is_taken_twice_and_only_the_same_senders_same_day_is_warned_of(office):
    def register(**more):
        answer = office.clerk.request("POST", "/letters", json=office.letter(**more))
        assert answer.status_code == 201, answer.text
        return answer.json()["letter"]["number"], [one["number"] for one in answer.json()["duplicates"]]

    court, police = {"sender_name": "İzmir Başsavcılığı"}, {"sender_name": "İl Emniyet Müdürlüğü"}
    assert register(**court) == (1, [])
    assert register(**police) == (2, []), "another institution counts for itself"
    assert register(**court, on="2026-11-19") == (3, []), "another day is another letter"
    assert register(sender_name="İZMİR BAŞSAVCILIĞI ") == (4, [1]), "taken, and said"
    assert register(**police) == (5, [2])
    assert numbers(found(office.auditor)) == [5, 4, 3, 2, 1]


@pytest.mark.proves("D-6.13")
def test_who_a_letter_was_given_to_writes_its_result_and_until_then_it_gets_late(office):
    made = office.clerk.request("POST", "/letters", json=office.letter()).json()["letter"]
    technician = office.site.add_person("teknisyen", Role.TECHNICIAN)
    assert office.auditor.code("/letters/assignees") == technician.code("/letters/assignees")
    assert office.auditor.code("/letters/assignees") == (403, "action_not_allowed")
    people = {one["display_name"]: one["id"] for one in office.clerk.get("/letters/assignees").json()["people"]}
    body = {"account_id": people["Teknisyen"], "due_us": office.site.clock.now_us() + HOUR_US}
    assignment, result = f"/letters/{made['id']}/assignment", f"/letters/{made['id']}/result"
    assert technician.code(assignment, "POST", json=body) == (403, "action_not_allowed")
    assert office.clerk.request("POST", assignment, json=body).json()["is_overdue"] is False

    office.site.clock.advance(3600)
    (task,) = technician.get("/letters/tasks").json()["letters"]
    assert (task["is_overdue"], task["due_us"]) == (True, body["due_us"])
    told = [one for one in technician.get("/reminders").json()["reminders"] if one["subject_id"] == made["id"]]
    assert [(one["kind"], one["urgency"], one["number"]) for one in told] == [("letter_due", "late", 1)]
    late = found(office.clerk, lacks="overdue")
    assert (numbers(late), late["counts"]["overdue"]) == ([1], 1)

    assert office.officer.code(result, "POST", json={"result": "x"}) == (404, "letter_not_found")
    done = technician.request("POST", result, json={"result": "Kamera temizlendi"}).json()
    assert made["id"] not in technician.get("/reminders").text
    assert (done["is_overdue"], done["result"]) == (False, "Kamera temizlendi")
    assert found(office.clerk, lacks="overdue")["counts"]["overdue"] == 0


def readers(office, letter):
    with office.site.database.reading() as session:
        read = session.query(AuditEntry).filter_by(act="letter_read", subject_id=letter["id"])
        return [entry.actor_name for entry in read]


@pytest.mark.proves("D-6.13")
def test_who_a_letter_is_given_to_opens_its_file_while_it_is_theirs_and_nobody_elses(office):
    made, other = (office.clerk.request("POST", "/letters", json=office.letter()).json()["letter"] for _ in range(2))
    technician, colleague = (office.site.add_person(name, Role.TECHNICIAN) for name in ("teknisyen", "meslektas"))
    file = f"/letters/{made['id']}/file"
    for one in (made, other):
        office.file({"letter": one})
    assert technician.code(file) == (404, "letter_not_found")
    people = {one["display_name"]: one["id"] for one in office.clerk.get("/letters/assignees").json()["people"]}

    def give(name):
        body = {"account_id": people[name]}
        assert office.clerk.request("POST", f"/letters/{made['id']}/assignment", json=body).status_code == 200

    give("Teknisyen")
    (task,) = technician.get("/letters/tasks").json()["letters"]
    assert task["file"]["pages"] == 1
    answer = technician.get(file)
    assert (answer.status_code, answer.content, answer.headers["cache-control"]) == (200, office.scan, "no-store")
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert readers(office, made) == ["Teknisyen · teknisyen"]
    assert technician.code(f"/letters/{other['id']}/file") == (404, "letter_not_found")
    assert technician.code(f"/letters/{other['id']}/file/letter") == (404, "letter_not_found")
    assert technician.code(f"{file}/letter")[1] != "letter_not_found"  # it came in no package: there is none inside
    assert technician.code(f"/letters/{made['id']}") == (403, "action_not_allowed")
    assert colleague.code(file) == (404, "letter_not_found")
    give("Meslektas")
    assert technician.code(file) == (404, "letter_not_found")
    assert colleague.get(file).content == office.scan
    done = colleague.request("POST", f"/letters/{made['id']}/result", json={"result": "Kamera temizlendi"})
    assert done.status_code == 200
    assert colleague.code(file) == (404, "letter_not_found")
    assert office.auditor.get(file).status_code == 200
    assert readers(office, other) == []
