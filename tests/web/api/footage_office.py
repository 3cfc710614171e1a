"""Everybody who has a part in a request for footage, over HTTP."""

import io

import pypdfium2
import pytest

from vms.people.rules import Role

SECOND_US = 1_000_000
PDF = {"Content-Type": "application/pdf"}


@pytest.fixture(scope="session")
def scan():
    buffer = io.BytesIO()
    with pypdfium2.PdfDocument.new() as document:
        document.new_page(200, 20)  # a strip: a page without text is searched for codes for a second
        document.save(buffer)
    return buffer.getvalue()


class Office:
    """The people of a request, and the body of one."""

    def __init__(self, site, gate, shown, scan):
        self.site, self.gate, self.scan = site, gate, scan
        self.start_us = shown[0].at_us if shown else site.clock.now_us() - 11 * SECOND_US
        roles = {
            "clerk": Role.REGISTRY_CLERK, "lawyer": Role.LEGAL_REVIEWER, "officer": Role.FOOTAGE_OFFICER,
            "sef": Role.VMS_UNIT_HEAD, "auditor": Role.AUDITOR, "guard": Role.GUARD,
        }  # fmt: skip
        for name, role in roles.items():
            setattr(self, name, site.add_person(name, role))

    def letter(self, **more):
        return {
            "sender": "authority", "sender_name": "Cumhuriyet Başsavcılığı", "no": "2026/12345", "on": "2026-11-20",
            "served_us": self.site.clock.now_us(), "channel": "ebys", "subject": "Görüntü talebi", **more,
        }  # fmt: skip

    def body(self, from_s=0, until_s=10, **more):
        interval = {
            "from_us": self.start_us + from_s * SECOND_US,
            "until_us": self.start_us + until_s * SECOND_US,
        }
        claim = {"origin": "external", "authority_kind": "prosecutor"}
        return {
            "claim": claim, "letter": self.letter(), "cameras": [str(self.gate.id)], "intervals": [interval],
            "subject": "Trafik kazası", "file_no": "Sor. 2026/99", **more,
        }  # fmt: skip

    def register(self, *given, filed=True, **more):
        answer = self.clerk.request("POST", "/requests", json=self.body(*given, **more))
        assert answer.status_code == 201, answer.text
        made = answer.json()
        if filed:
            self.file(made)
        return made

    def paper(self, **more):
        """A letter of today in the register, with its file."""
        made = self.clerk.request("POST", "/letters", json=self.letter(on="2026-11-21", **more)).json()
        return self.file(made)

    def file(self, made):
        path = f"/letters/{made['letter']['id']}/file"
        answer = self.clerk.request("PUT", path, content=self.scan, headers=PDF)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, person, made, what, body=None):
        return person.request("POST", f"/requests/{made['id']}/{what}", json=self._read(made, what, body))

    def approve(self, made):
        answer = self.post(self.sef, made, "assignment", {"account_id": str(self.officer.account.id)})
        assert answer.status_code == 200, answer.text
        answer = self.post(self.lawyer, made, "approval")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def code(self, person, made, what, body=None):
        return person.code(f"/requests/{made['id']}/{what}", "POST", json=self._read(made, what, body))

    def _read(self, made, what, body):
        """Who decides has just read the case, unless they say otherwise."""
        if what not in ("approval", "return", "refusal"):
            return body or {}
        return {"seen": self.lawyer.get(f"/requests/{made['id']}").json()["version"], **(body or {})}


@pytest.fixture
def office(recorded, scan):
    site, gate, shown = recorded
    return Office(site, gate, shown, scan)
