"""Whose requests there are: the directive's four kinds of authorities, with names to choose from."""

import pytest

KINDS = ("civil_administrator", "prosecutor", "law_enforcement", "court")


@pytest.mark.proves("S-1e")
def test_the_directory_names_every_kind_of_authority_and_who_wrote_before(office):
    choices = office.clerk.get("/requests/choices").json()
    assert {row["kind"] for row in choices["authorities"]} == set(KINDS)
    assert "Cumhuriyet Başsavcılığı" in [row["name"] for row in choices["authorities"] if row["kind"] == "prosecutor"]
    assert choices["senders"] == []
    for name in ("Konak İlçe Emniyet Müdürlüğü", "İzmir 3. Sulh Ceza Hâkimliği", "Konak İlçe Emniyet Müdürlüğü"):
        office.register(letter=office.letter(sender_name=name), filed=False)
    written = office.clerk.get("/requests/choices").json()["senders"]
    assert written == ["Konak İlçe Emniyet Müdürlüğü", "İzmir 3. Sulh Ceza Hâkimliği"]


@pytest.mark.proves("D-10.1a", "D-4.4")
def test_another_kind_than_those_is_no_authority(office):
    for kind in (*KINDS, "other_official"):
        claim = {"origin": "external", "authority_kind": kind, "legal_basis": "213 s. VUK m. 148"}
        assert office.clerk.request("POST", "/requests", json=office.body(claim=claim)).status_code == 201, kind
    count = len(office.clerk.get("/requests").json()["requests"])
    for kind, code in (("mukhtar", "request_invalid"), ("", "request_invalid"), (None, "not_an_authority")):
        claim = {"origin": "external", "authority_kind": kind}
        assert office.clerk.code("/requests", "POST", json=office.body(claim=claim)) == (422, code)
    assert len(office.clerk.get("/requests").json()["requests"]) == count
