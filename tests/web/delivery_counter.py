"""The footage office's counter over HTTP: packages built, minutes, copies taken, as `vms jobs` does it beside."""

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from handed_in import scans_of

from vms.archive.checkpoints import node_key
from vms.cli.acting import program
from vms.cli.timed.purge import PurgeJob
from vms.documents.seal import Seal
from vms.footage.exports.building import Workshop
from vms.footage.exports.desk import ExportDesk
from vms.kernel.secrets import SecretBox

PDF = {"Content-Type": "application/pdf"}
RECEIVER = {
    "name": "Çağlar Işık", "title": "Polis Memuru", "institution": "Konak İlçe Emniyet Müdürlüğü",
    "identity_no": "345 118", "identity_seen": "kurum kimlik kartı",
}  # fmt: skip
HANDING = {"medium": "dvd", "medium_serial": "SN-1", "channel": "by_hand", "passphrase_route": "telefonla"}
_SPEC = importlib.util.spec_from_file_location(
    "certificates_of_deliveries", Path(__file__).parents[1] / "documents" / "certificates.py"
)
_certificates = importlib.util.module_from_spec(_SPEC)
sys.modules["certificates_of_deliveries"] = _certificates
_SPEC.loader.exec_module(_certificates)


@pytest.fixture(scope="session")
def sealed(tmp_path_factory):
    path = tmp_path_factory.mktemp("seal") / "seal.p12"
    return Seal.at(_certificates.Authority().pkcs12("Deneme Belediyesi", "parola", path), "parola")


class Counter:
    """The footage office with what `vms jobs` does beside it, on the same files."""

    def __init__(self, office, folder, seal):
        self.office, self.site, self.folder = office, office.site, folder
        backends = self.site.app.state.backends
        press = replace(self.site.desk.press, seal=seal)
        self.exports = ExportDesk(folder / "exports", SecretBox.at(folder / "keys" / "secret.key"), press, 0)
        backends._footage = replace(self.site.footage, exports=self.exports)
        self.archive = backends.archive
        self.workshop = Workshop(
            self.site.database, self.archive, self.site.clock, self.exports, node_key(folder / "keys" / "node.key"),
            program("jobs"),
        )  # fmt: skip
        self.purge = PurgeJob(self.site.clock, self.site.database, self.archive, self.exports, self.site.desk)

    def built(self):
        """A request whose package is on the disk."""
        office, made = self.office, self.office.register(3, 7)
        office.approve(made)
        assert office.post(office.officer, made, "search").status_code == 200
        self.site.clock.advance(60)
        answer = office.post(office.officer, made, "exports")
        assert answer.status_code == 201, answer.text
        assert self.workshop.run_once()
        return made

    def prepare(self, made, **more):
        path = f"/requests/{made['id']}/delivery"
        answer = self.office.officer.request("PUT", path, json={**HANDING, **more})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def hand_in(self, document_id):
        """A scan of the issued paper."""
        path = f"/documents/{document_id}/signed-file"
        content = scans_of(self.site, document_id)
        answer = self.office.officer.request("PUT", path, content=content, headers=PDF)
        assert answer.status_code == 200, answer.text

    def signed(self, made, **more):
        self.hand_in(self.prepare(made, **more)["record"]["id"])
        answer = self.office.post(self.office.sef, made, "delivery/signature")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def taken(self, made):
        """Its package copied, its passphrase seen."""
        assert self.office.officer.get(f"/requests/{made['id']}/exports/1/file").status_code == 200
        assert self.office.post(self.office.officer, made, "exports/1/passphrase").status_code == 200

    def delivered(self, made):
        self.taken(made)
        self.signed(made)
        answer = self.office.post(self.office.officer, made, "delivery/hand-over", {"receiver": RECEIVER})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def awaits_signature(self, made):
        """As the work list of who signs says."""
        (row,) = (one for one in self.office.sef.get("/requests").json()["requests"] if one["id"] == made["id"])
        return row["awaits_signature"]

    def steps(self, person, made):
        return {row["step"]: row["blocked_by"] for row in person.get(f"/requests/{made['id']}").json()["steps"]}


@pytest.fixture
def counter(office, tmp_path, sealed):
    return Counter(office, tmp_path, sealed)
