"""Finished packages without footage: their rows as the builder leaves them, files of random bytes where they lie."""

import hashlib
import os
from zoneinfo import ZoneInfo

from vms.documents.desk import Desk
from vms.documents.forms.delivery import Channel, Medium
from vms.documents.letterhead import Letterhead
from vms.documents.model import SignedFile
from vms.documents.press import Press
from vms.documents.queries import need_document
from vms.documents.rules import State as PaperState
from vms.documents.store import FileStore
from vms.footage.delivery.delivering import hand_over, prepare, sign
from vms.footage.delivery.handing import Handing, receiver_of
from vms.footage.exports.desk import ExportDesk
from vms.footage.exports.folder import names_in
from vms.footage.exports.model import Export, ExportState
from vms.footage.exports.queries import exports_of, items_json, next_export_number
from vms.footage.exports.taking import note_given, show_passphrase, take
from vms.footage.model import FootageRequest
from vms.footage.papers.records import print_unreached
from vms.footage.queries import items_of
from vms.footage.requests.closing import answer
from vms.kernel.ids import new_id
from vms.kernel.secrets import SecretBox
from vms.people.rules import Role

SEF = [Role.VMS_UNIT_HEAD]
PASSPHRASE = "hk3ta-abcde-fghjk"


def receiver():
    return receiver_of("Çağlar Işık", "Polis Memuru", "Konak İlçe Emniyet Müdürlüğü", "345 118", "kurum kimlik kartı")


class Counter:
    """The footage office's counter: packages are laid down, given, destroyed."""

    def __init__(self, office):
        self.office, self.clock, self.database = office, office.clock, office.database
        head = Letterhead(institution="Deneme Belediyesi", query_url="https://belge.example.bel.tr")
        press = Press(letterhead=head, zone=ZoneInfo("Europe/Istanbul"))
        self.desk = Desk(FileStore(office.folder / "documents"), office.examiner, press)
        self.exports = ExportDesk(office.folder / "exports", SecretBox.at(office.folder / "keys" / "secret.key"))

    def packed(self, request, count=1, size_bytes=4096, missing=()):
        """The request `prepared` with so many packages, each of all of its items."""
        self.exports.kept.settle([])
        made = [self._package(request, size_bytes, missing) for _ in range(count)]
        with self.database.writing() as session:
            session.get_one(FootageRequest, request.id).state = "prepared"
        return made

    def _package(self, request, size_bytes, missing):
        content = os.urandom(size_bytes)
        with self.database.writing() as session:
            items = items_of(session, request.id)
            number = next_export_number(session, request.id)
            film = {
                "camera_number": 1, "camera_name": "gate", "name": f"video/kamera-1-{number}.mp4",
                "from_us": items[0].from_us, "until_us": items[0].until_us, "size_bytes": size_bytes,
                "duration_us": items[0].span.duration_us, "sha256": hashlib.sha256(content[:9]).hexdigest(),
            }  # fmt: skip
            clocks = [{"camera_number": 1, "least_us": -1_500_000, "most_us": 20_000}]
            export = Export(
                id=new_id(self.clock), request_id=request.id, number=number, name=f"NAZAR-{request.number}-{number}",
                state=ExportState.READY.value, items=items_json((one.id, one.span) for one in items),
                takes_what_is_there=False, ordered_us=self.clock.now_us(),
                ordered_by=self.office.by("officer").person_id,
                ordered_by_name="Officer", attempts=1, passphrase=self.exports.box.seal(PASSPHRASE),
                built_us=self.clock.now_us(), size_bytes=size_bytes, sha256=hashlib.sha256(content).hexdigest(),
                manifest_sha256=hashlib.sha256(b"manifest").hexdigest(),
                summary={"films": [film], "missing": list(missing), "clocks": clocks, "damaged": []},
            )  # fmt: skip
            session.add(export)
        self.exports.whole(export).write_bytes(content)
        return export

    def lying(self):
        """Everything that lies in the folder of packages."""
        with self.exports.kept.opened() as folder:
            return sorted(names_in(folder))

    def enlarge(self, export, size_bytes):
        """Have the row say that it is as large as no test's disk is."""
        with self.database.writing() as session:
            row = session.get_one(Export, export.id)
            films = [{**film, "size_bytes": size_bytes} for film in row.summary["films"]]
            row.size_bytes, row.summary = size_bytes, {**row.summary, "films": films}

    def prepare(self, request, by="officer", refused=False, **more):
        words = {"medium": Medium.DVD, "channel": Channel.BY_HAND, "passphrase_route": "telefonla"}
        handing = Handing(**{**words, **more})
        how = self.office.refusal if refused else self.office.act
        return self._with_desk(how, prepare, request, handing, by=by)

    def _with_desk(self, how, use_case, *given, by):
        def call(session, clock, *rest, by):
            return use_case(session, clock, self.desk, *rest, by=by)

        return how(call, *given, by=by)

    def hand_in(self, document_id):
        """The paper came back signed, as `vms.documents.signing` keeps it."""
        with self.database.writing() as session:
            document = need_document(session, document_id)
            document.take_step(PaperState.SIGNED)
            session.add(
                SignedFile(
                    document.id, document.pdf_sha256, 1, "application/pdf", "wet", "code", [], self.clock.now_us(),
                    None, "Officer",
                )
            )  # fmt: skip

    def signed(self, request, **more):
        delivery = self.prepare(request, **more)
        self.hand_in(delivery.record_id)
        return self.office.act(sign, request, SEF, by="sef")

    def taken(self, request):
        """Every package that counts copied, its passphrase seen."""
        for one in self.exports_of(request):
            if one.purge_why is None:
                self.copied(request, one)
                self.office.act(show_passphrase, self.exports, request, one, by="officer")

    def copied(self, request, export, by="officer"):
        """A download that came to its end."""
        self.office.act(take, self.exports, request, export, by=by)
        self.office.act(note_given, request, export, 0, export.size_bytes, by=by)

    def delivered(self, request, **more):
        self.taken(request)
        self.signed(request, **more)
        return self.office.act(hand_over, request, receiver(), by="officer")

    def answered(self, request, no="S-1", by="officer"):
        """What was not found: P-07 printed, handed back signed, the answer letter out."""

        def printed(session, clock, request, *, by):
            return print_unreached(session, clock, self.desk, request, by=by)

        self.hand_in(self.office.act(printed, request, by=by).id)
        return self.office.act(answer, request, no, self.office.town.today)

    def exports_of(self, request):
        with self.database.reading() as session:
            return exports_of(session, request.id)
