"""A node's settings as the console asks for them and changes them."""

LETTERHEAD = {"institution.name": "Deneme Belediyesi", "institution.query_url": "https://belge.example.bel.tr"}
MAIL = {"mail.host": "mail.example.org", "mail.from": "nazar@example.org"}
MAIL_FILE = "[mail]\nhost = 'mail.example.org'\nfrom = 'a@example.org'\nuser = 'nazar'\n"


def seen(person):
    answer = person.get("/settings")
    assert answer.status_code == 200, answer.text
    return answer.json()


def rows(answer):
    return {row["key"]: row for section in answer["sections"] for row in section["settings"]}


def put(person, values, reason="", version=None):
    body = {"version": version or seen(person)["version"], "values": values, "reason": reason}
    return person.request("PUT", "/settings", json=body)


def refused(person, values, **more):
    answer = put(person, values, **more)
    assert answer.status_code in {409, 422}, answer.text
    return answer.json()["code"], answer.json().get("facts", {}).get("setting")


def entries(auditor):
    found = auditor.get("/audit", params={"act": "setting_changed"}).json()["entries"]
    return [(one["subject"]["words"], one["detail"]) for one in reversed(found)]
