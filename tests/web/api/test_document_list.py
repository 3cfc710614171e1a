"""The list of documents: what it is searched by, who finds what in it."""

import pytest

from vms.audit.entry import Subject
from vms.documents.rules import Kind
from vms.documents.service import NewDocument, cancel, issue_new, revise
from vms.people.rules import Role

ISIL = {"name": "Işıl Çığırtkan", "registry_no": "IZ-7"}
FIELDS = {
    Kind.AGREEMENT: {"person": ISIL, "day": "2026-11-21"},
    Kind.POSTING: {
        "letter": {"number": "E-41", "day": "2026-11-20"}, "site": "Konak", "supervisor": {"name": "Ümit Şahin"},
        "postings": [
            {"guard": ISIL, "post": "Vezne", "cameras": "12 Vezne önü", "first_day": "2026-11-21",
             "last_day": "2026-12-20"},
        ],
    },
    Kind.BREACH: {
        "day": "2026-11-20", "noticed_day": "2026-11-20", "person": ISIL, "what": "Ekran çekildi.",
        "action": "Uyarıldı.", "reporter": {"name": "Ümit Şahin"},
    },
}  # fmt: skip


@pytest.fixture
def register(site):
    """Issues a document of each kind, the list of guards last; ids by kind."""

    def issued(kind):
        new = NewDocument(kind=kind, fields=FIELDS[kind], subject=Subject("letter", f"about-{kind}"))
        with site.database.writing() as session:
            document = issue_new(session, site.clock, site.desk.press, site.desk.store, new)
        site.clock.advance(1)
        return document

    return {kind: issued(kind) for kind in (Kind.BREACH, Kind.AGREEMENT, Kind.POSTING)}


def kinds(person, **query):
    answer = person.get("/documents", params=query)
    assert answer.status_code == 200, answer.text
    return [row["kind"] for row in answer.json()["documents"]]


def test_the_register_is_searched_by_number_by_name_by_letter(site, register):
    reader = site.add_person("reader", Role.LEGAL_REVIEWER)
    assert kinds(reader) == ["P-32", "P-08", "P-29"]
    assert kinds(reader, search="isil cigirtkan") == ["P-32", "P-08", "P-29"]
    assert kinds(reader, search="ÇIĞIRTKAN iz-7", kind="P-08") == ["P-08"]
    assert kinds(reader, search="E-41") == ["P-32"]
    assert kinds(reader, search=register[Kind.BREACH].number.lower()) == ["P-29"]
    assert kinds(reader, search=register[Kind.AGREEMENT].code) == ["P-08"]
    assert kinds(reader, search="nobody") == []
    assert kinds(reader, subject_id="about-P-32") == ["P-32"]
    assert kinds(reader, year=register[Kind.BREACH].year - 1) == []
    assert reader.get("/documents", params={"search": "x" * 201}).status_code == 422


def test_pages_of_a_search_follow_each_other(site, register):
    reader = site.add_person("reader", Role.AUDITOR)
    first = reader.get("/documents", params={"search": "ışıl", "limit": 2}).json()
    rest = reader.get("/documents", params={"search": "ışıl", "limit": 2, "before": first["next_before"]}).json()
    assert [row["kind"] for row in first["documents"] + rest["documents"]] == ["P-32", "P-08", "P-29"]
    assert rest["next_before"] is None


@pytest.mark.proves("E-1")
@pytest.mark.parametrize(
    ("role", "found"),
    [
        (Role.REGISTRY_CLERK, ["P-32", "P-08", "P-29"]),
        (Role.VMS_UNIT_HEAD, ["P-32", "P-08", "P-29"]),
        (Role.FOOTAGE_OFFICER, ["P-32", "P-08"]),  # handing papers in opens no record of who broke a rule
        (Role.TECHNICIAN, ["P-32", "P-08"]),
        (Role.GUARD_SUPERVISOR, ["P-32"]),
        (Role.GUARD, []),
        (Role.SYSADMIN, []),
    ],
)
def test_the_list_has_what_one_may_read_and_nothing_else(site, register, role, found):
    person = site.add_person("somebody", role)
    assert kinds(person) == found
    assert kinds(person, search="ışıl") == found
    for kind, document in register.items():
        for path in ("", "/versions"):
            told = person.code(f"/documents/{document.id}{path}")
            assert told == ((200, "") if kind in found else (404, "document_not_found"))


@pytest.mark.proves("edge-118", "edge-117")
def test_versions_stand_beside_each_other_with_what_became_of_them(site, register):
    reader = site.add_person("reader", Role.AUDITOR)
    before = register[Kind.AGREEMENT]
    with site.database.writing() as session:
        fields = FIELDS[Kind.AGREEMENT] | {"day": "2026-11-22"}
        after = revise(session, site.clock, site.desk.press, site.desk.store, before.id, fields)
        cancel(session, site.clock, after.id, "Yanlış gün")
    for one in (before, after):
        rows = reader.get(f"/documents/{one.id}/versions").json()["documents"]
        assert [(row["version"], row["state"], row["cancel_reason"]) for row in rows] == [
            (2, "cancelled", "Yanlış gün"),
            (1, "superseded", ""),
        ]
