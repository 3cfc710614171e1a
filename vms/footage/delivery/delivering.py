"""From finished packages to the right hands: minutes printed, signed by şef or müdür, handed over once.

Each use case is a transaction of its caller. Nothing is ever delivered by itself.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.documents.desk import Desk
from vms.documents.forms.delivery import Receiver
from vms.documents.model import Document
from vms.documents.queries import need_document
from vms.documents.reissue import standing
from vms.documents.service import need_signed
from vms.footage.case_events import note_event
from vms.footage.delivery.handing import Handing, receiver_required
from vms.footage.duties import Duty, check_separation, check_signer
from vms.footage.exports.model import Delivery, Export, ExportState, PurgeWhy
from vms.footage.exports.queries import ready_exports, standing_exports
from vms.footage.exports.service import delivery_signed, due_purge
from vms.footage.exports.taking import check_taken
from vms.footage.model import FootageRequest
from vms.footage.papers.delivery import delivery_form, packages_named
from vms.footage.papers.records import print_form
from vms.footage.papers.request import delivery_record_missing
from vms.footage.policy import DEFAULT, Policy
from vms.footage.queries import duties_of, is_signed
from vms.footage.requests.searching import check_officer
from vms.footage.requests.service import add_duty, add_duty_once, case_of
from vms.footage.requests.viewing import settle_viewing
from vms.footage.rules import State, check_step, wrong_state
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.rules import Role


def delivery_of(session: Session, request_id: UUID) -> Delivery | None:
    """A request's delivery: prepared, signed or done."""
    return session.scalar(select(Delivery).where(Delivery.request_id == request_id))


def prepare(
    session: Session, clock: Clock, desk: Desk, request: FootageRequest, handing: Handing, *, by: Actor,
    policy: Policy = DEFAULT,
) -> Delivery:  # fmt: skip
    """Say how it is given, print P-04; again while it is not signed: another version of the same number.

    Another version after the signature only where a package was replaced since: then it is to be signed anew.
    VmsError: CONFLICT `request_state`, `separation_of_duties`, `export_not_ready`, `delivery_signed`,
    `letterhead_missing`; FORBIDDEN `request_not_assigned`; INVALID `note_invalid`.
    """
    packages = check_may_prepare(session, request, by=by, policy=policy)
    delivery = delivery_of(session, request.id)
    handing = handing.cleaned()
    form = delivery_form(session, request, packages, handing, by)
    paper = print_form(session, clock, desk, case_of(request), form, by=by)
    delivery = _kept(session, clock, delivery, request, paper, handing, by)
    add_duty_once(session, clock, request, Duty.EXPORT, by)
    note_event(
        session, clock, case_of(request), Act.DELIVERY_PREPARED, by, record=paper.number, version=paper.version,
        medium=delivery.medium, packages=len(packages),
    )  # fmt: skip
    return delivery


def sign(
    session: Session, clock: Clock, request: FootageRequest, roles: Collection[Role], *, by: Actor,
    policy: Policy = DEFAULT,
) -> Delivery:  # fmt: skip
    """Şef or müdür of the surveillance unit, who is `by`, stands for the signed minutes (D-10.1e). Again: nothing.

    VmsError(CONFLICT): `delivery_record_missing`, `supervisor_signature_missing` (edge-48), `separation_of_duties`
    (edge-45), `document_not_signed` before the signed paper was handed in, `delivery_record_old` when a package was
    replaced since it was printed, `request_state`.
    """
    delivery, record = _need_record(session, request)
    if delivery.signed_us is not None:
        return delivery
    check_may_sign(session, request, roles, by=by, policy=policy)
    delivery.signed_us, delivery.signed_by, delivery.signed_by_name = clock.now_us(), by.person_id, by.name
    add_duty(session, clock, request, Duty.SIGN, by)
    note_event(session, clock, case_of(request), Act.DELIVERY_SIGNED, by, record=record.number)
    return delivery


def hand_over(
    session: Session, clock: Clock, request: FootageRequest, receiver: Receiver | None = None,
    delivered_us: int | None = None, *, by: Actor, policy: Policy = DEFAULT,
) -> Delivery:  # fmt: skip
    """Footage is in the receiver's hands; in the same transaction every copy here is to be destroyed (D-10.2a).

    `receiver` None: whom the minutes name. `delivered_us` None: now. Done twice it is one delivery, the second is
    answered with the first (edge-52), also to an officer whose work it is no more: an answer may be lost. VmsError:
    FORBIDDEN `request_not_assigned`; CONFLICT `delivery_record_missing`, `supervisor_signature_missing`,
    `delivery_record_old`, `export_not_taken`, `passphrase_not_shown`, `receiver_required` (edge-49),
    `receiver_differs`, `request_state`; INVALID `delivered_in_future`, `delivered_before_signed`.
    """
    done = delivery_of(session, request.id)
    if done is not None and done.delivered_us is not None:
        return done
    check_may_hand_over(session, request, by=by)
    delivery, record = _need_record(session, request)
    _put_receiver(delivery, record, receiver)
    delivery.delivered_us = _moment(clock, delivery, delivered_us)
    delivery.delivered_by, delivery.delivered_by_name = by.person_id, by.name
    request.state = State.DELIVERED.value
    add_duty(session, clock, request, Duty.DELIVER, by)
    due_purge(session, clock, request, PurgeWhy.DELIVERED, policy.purge_after_us)
    told = note_event(
        session, clock, case_of(request), Act.DELIVERED, by, record=record.number, medium=delivery.medium,
        channel=delivery.channel, delivered_us=delivery.delivered_us, institution=delivery.receiver_institution,
    )  # fmt: skip
    settle_viewing(session, clock, request, by=by, told=told, policy=policy)
    return delivery


def check_may_prepare(
    session: Session, request: FootageRequest, *, by: Actor, policy: Policy = DEFAULT
) -> list[Export]:
    """The packages that `by` may prepare to be given now. VmsError as `prepare`."""
    check_officer(request, by.person_id)
    _check_prepared(request)
    check_separation(duties_of(session, request), Duty.EXPORT, by, policy.separate)
    packages = ready_exports(session, request.id)
    if not packages or len(packages) < len(standing_exports(session, request.id)):
        raise VmsError(
            Kind.CONFLICT, "export_not_ready", "Not every package of this request is finished. Wait, or order it anew.",
            state=ExportState.READY.value,
        )  # fmt: skip
    delivery = delivery_of(session, request.id)
    if delivery is not None and is_signed(session, delivery) and _is_of(session, delivery, packages):
        raise delivery_signed()
    return packages


def check_may_sign(
    session: Session, request: FootageRequest, roles: Collection[Role], *, by: Actor, policy: Policy = DEFAULT
) -> None:
    """Refuse who may not sign this delivery, or not now. VmsError as `sign`."""
    _, record = _need_record(session, request)
    check_signer(roles)
    _check_prepared(request)
    check_separation(duties_of(session, request), Duty.SIGN, by, policy.separate)
    need_signed(record)
    _check_packages(session, request, record)


def check_may_hand_over(session: Session, request: FootageRequest, *, by: Actor) -> None:
    """Refuse who may not hand it over, or not now. VmsError as `hand_over`, the receiver apart."""
    check_officer(request, by.person_id)
    delivery, record = _need_record(session, request)
    if delivery.signed_us is None:
        check_signer(())
    check_step(State(request.state), State.DELIVERED)
    need_signed(record)
    _check_packages(session, request, record)
    check_taken(session, request, ready_exports(session, request.id))


def _check_prepared(request: FootageRequest) -> None:
    if State(request.state) is not State.PREPARED:
        raise wrong_state(State(request.state))


def _need_record(session: Session, request: FootageRequest) -> tuple[Delivery, Document]:
    """The delivery with its minutes that count."""
    delivery = delivery_of(session, request.id)
    if delivery is None:
        raise delivery_record_missing()
    record = need_document(session, delivery.record_id)
    if delivery.delivered_us is None and standing(session, record.id) is None:
        raise delivery_record_missing()
    return delivery, record


def _check_packages(session: Session, request: FootageRequest, record: Document) -> None:
    if packages_named(record) != {one.sha256 for one in ready_exports(session, request.id)}:
        raise VmsError(
            Kind.CONFLICT, "delivery_record_old",
            "A package was replaced since this record was printed. Prepare the delivery again.",
        )  # fmt: skip


def _is_of(session: Session, delivery: Delivery, packages: Collection[Export]) -> bool:
    record = standing(session, delivery.record_id)
    return record is not None and packages_named(record) == {one.sha256 for one in packages}


def _kept(
    session: Session, clock: Clock, delivery: Delivery | None, request: FootageRequest, paper: Document,
    handing: Handing, by: Actor,
) -> Delivery:  # fmt: skip
    """The row, as it was said last; a signature of a paper that does not count any more is gone."""
    if delivery is None:
        delivery = Delivery(
            id=new_id(clock), request_id=request.id, record_id=paper.id, medium=handing.medium.value,
            channel=handing.channel.value, prepared_us=clock.now_us(), prepared_by=by.person_id,
            prepared_by_name=by.name,
        )  # fmt: skip
        session.add(delivery)
    delivery.record_id, delivery.medium, delivery.channel = paper.id, handing.medium.value, handing.channel.value
    delivery.medium_serial, delivery.passphrase_route = handing.medium_serial, handing.passphrase_route
    delivery.prepared_us, delivery.prepared_by, delivery.prepared_by_name = clock.now_us(), by.person_id, by.name
    delivery.signed_us, delivery.signed_by, delivery.signed_by_name = None, None, ""
    _name_receiver(delivery, handing.receiver)
    session.flush()
    return delivery


def _put_receiver(delivery: Delivery, record: Document, receiver: Receiver | None) -> None:
    """Who takes it: whom the signed minutes name, or, where they left that to a pen, whoever is named now."""
    named = record.fields.get("receiver")
    if receiver is not None and named is not None and _who(receiver) != (named["name"], named["identity_no"]):
        raise VmsError(
            Kind.CONFLICT, "receiver_differs",
            "The signed minutes name somebody else. Hand it to whom they name, or cancel them and prepare it again.",
        )  # fmt: skip
    if receiver is not None:
        _name_receiver(delivery, receiver)
    if not (delivery.receiver_name.strip() and delivery.receiver_identity_no.strip()):
        raise receiver_required()


def _who(receiver: Receiver) -> tuple[str, str]:
    return receiver.name, receiver.identity_no


def _name_receiver(delivery: Delivery, receiver: Receiver | None) -> None:
    delivery.receiver_name = receiver.name if receiver else ""
    delivery.receiver_title = receiver.title if receiver else ""
    delivery.receiver_institution = receiver.institution if receiver else ""
    delivery.receiver_identity_no = receiver.identity_no if receiver else ""
    delivery.receiver_identity_seen = receiver.identity_seen if receiver else ""


def _moment(clock: Clock, delivery: Delivery, delivered_us: int | None) -> int:
    now_us = clock.now_us()
    if delivered_us is None:
        return now_us
    if delivered_us > now_us:
        raise VmsError(
            Kind.INVALID, "delivered_in_future", "Footage was handed over by now. Correct the time of delivery."
        )
    signed_us = delivery.signed_us or delivery.prepared_us
    if delivered_us < signed_us:
        raise VmsError(
            Kind.INVALID, "delivered_before_signed",
            "Footage is handed over after its record was signed. Correct the time of delivery.", signed_us=signed_us,
        )  # fmt: skip
    return delivered_us
