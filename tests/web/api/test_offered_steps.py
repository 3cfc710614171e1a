"""What a case's page offers is what the server takes, in each state, for everybody; each refusal was told."""

from contextlib import contextmanager

import pytest
from delivery_counter import HANDING, PDF, RECEIVER
from sqlalchemy import event

from vms.cli.acting import program
from vms.documents.model import Document
from vms.footage.model import CaseEvent
from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError
from vms.people.role_service import give_role
from vms.people.rules import Role
from web.rows.request_steps import Step

# Said twice it is answered with the first time, which a page need not offer (edge-52).
AGAIN = {
    (Step.SIGN_DELIVERY, "delivery_signed"), (Step.SIGN_DELIVERY, None), (Step.HAND_OVER, None),
    (Step.PRINT_UNREACHED, None), (Step.PRINT_ANSWER, None),
}  # fmt: skip
BEFORE_PACKAGES = {
    Step.FILE_LETTER, Step.CORRECT, Step.ASSIGN, Step.APPROVE, Step.RETURN, Step.REFUSE, Step.COMPLETE, Step.SEARCH,
    Step.WATCH, Step.ORDER_EXPORT, Step.PRINT_ANSWER, Step.WITHDRAW,
}  # fmt: skip
# Whose duty it is not is told so of every step, by the server in the words of the step.
NOT_THEIRS = {"action_not_allowed", "supervisor_signature_missing"}


@pytest.fixture
def trial(monkeypatch):
    """While it is open, what would be written of a case is refused as `undone` at its last moment."""
    writing = Database.writing

    @contextmanager
    def undone(self):
        with writing(self) as session:
            made = []
            event.listen(session, "after_flush", lambda session, _: made.extend(session.new))
            yield session
            session.flush()
            if any(isinstance(one, CaseEvent | Document) for one in made):
                raise VmsError(Kind.CONFLICT, "undone", "It would be done.")

    @contextmanager
    def opened():
        with monkeypatch.context() as patch:
            patch.setattr(Database, "writing", undone)
            yield

    return opened


class Hall:
    """Everybody who may have to do with a request, and what each step sends."""

    def __init__(self, counter, trial):
        self.counter, self.office, self.trial, self.tried = counter, counter.office, trial, set()
        office = self.office
        self.second = office.site.add_person("officer2", Role.FOOTAGE_OFFICER)
        self.all = office.site.add_person("all", Role.REGISTRY_CLERK)
        for person, roles in (
            (self.all, (Role.LEGAL_REVIEWER, Role.FOOTAGE_OFFICER, Role.VMS_UNIT_HEAD)),
            (office.clerk, (Role.LEGAL_REVIEWER, Role.FOOTAGE_OFFICER, Role.VMS_UNIT_HEAD)),
            (office.officer, (Role.VMS_UNIT_HEAD,)), (office.lawyer, (Role.REGISTRY_CLERK,)),
        ):  # fmt: skip
            with office.site.database.writing() as session:
                for role in roles:
                    give_role(session, office.site.clock, session.merge(person.account), role, by=program("jobs"))
        self.people = {
            name: getattr(office, name) for name in ("clerk", "lawyer", "officer", "sef", "auditor")
        } | {"all": self.all}  # fmt: skip
        self.letter = office.paper()["id"]

    def asks(self, made, case):
        """What each step sends: a method, a path, a body that nothing is wrong with."""
        path, on = f"/requests/{made['id']}", {"letter_no": "C-1", "letter_on": "2026-11-21"}
        item, seen = made["items"][0], {"seen": case["version"]}
        shown = {"start": item["start_us"], "end": item["end_us"]}
        return {
            Step.FILE_LETTER: ("PUT", f"/letters/{made['letter']['id']}/file", {"content": self.office.scan}),
            Step.CORRECT: ("PUT", path, {"json": {"subject": "Kavga"}}),
            Step.ASSIGN: ("POST", f"{path}/assignment", {"json": {"account_id": str(self.second.account.id)}}),
            Step.APPROVE: ("POST", f"{path}/approval", {"json": seen}),
            Step.RETURN: ("POST", f"{path}/return", {"json": seen | {"missing": ["Karar"]}}),
            Step.REFUSE: ("POST", f"{path}/refusal", {"json": seen | {"why": "Yetkisiz"}}),
            Step.COMPLETE: ("POST", f"{path}/completion", {"json": {}}),
            Step.SEARCH: ("POST", f"{path}/search", {}),
            Step.WATCH: ("GET", f"/playback/{self.office.gate.id}/timeline", {"params": shown}),
            Step.ORDER_EXPORT: ("POST", f"{path}/exports", {"json": {}}),
            Step.PREPARE_DELIVERY: ("PUT", f"{path}/delivery", {"json": HANDING}),
            Step.SIGN_DELIVERY: ("POST", f"{path}/delivery/signature", {"json": {}}),
            Step.HAND_OVER: ("POST", f"{path}/delivery/hand-over", {"json": {"receiver": RECEIVER}}),
            Step.PRINT_UNREACHED: ("POST", f"{path}/records", {"json": {"kind": "unreached"}}),
            Step.PRINT_ANSWER: ("POST", f"{path}/records", {"json": {"kind": "answer"}}),
            Step.WITHDRAW: ("POST", f"{path}/withdrawal", {"json": {"letter_id": self.letter}}),
            Step.ANSWER: ("POST", f"{path}/answer", {"json": on}),
        }

    def compare(self, made, station):
        """Every step by everybody: offered and accepted, or refused by the code that was told."""
        wrong = []
        for name, person in self.people.items():
            case = self.office.lawyer.get(f"/requests/{made['id']}").json()
            answer = person.request("GET", f"/requests/{made['id']}")
            told = {} if answer.status_code == 403 else {s["step"]: s["blocked_by"] for s in answer.json()["steps"]}
            for step, (method, path, body) in self.asks(made, case).items():
                got = self._try(person, step, method, path, body)
                offered = told.get(step, "not offered")
                self.tried.add((step, got))
                if not self._agrees(step, offered, got):
                    wrong.append(f"{station}, {name}, {step}: told {offered}, got {got}")
        return wrong

    def _try(self, person, step, method, path, body):
        headers = {"headers": PDF} if step is Step.FILE_LETTER else {}
        with self.trial():
            answer = person.request(method, path, **body, **headers)
        if answer.status_code < 400:
            return None
        code = answer.json()["code"]
        return None if code == "undone" else code

    def _agrees(self, step, offered, got):
        if offered == "not offered":
            return got is not None or (step, None) in AGAIN
        if step is Step.WATCH and offered is not None:
            return got is not None  # who may look is asked of rights, whose refusals have codes of their own
        return offered == got or (step, offered) in AGAIN or {offered, got} <= NOT_THEIRS


@pytest.mark.proves("C-7", "D-6.14")
def test_each_step_that_is_offered_is_taken_and_each_refusal_was_told(counter, trial):
    hall, office = Hall(counter, trial), counter.office
    made = office.register(3, 7, filed=False)
    wrong = hall.compare(made, "registered")
    office.file(made)
    wrong += hall.compare(made, "filed")
    assert office.post(office.lawyer, made, "return", {"missing": ["Karar"]}).status_code == 200
    wrong += hall.compare(made, "returned")
    assert office.post(office.clerk, made, "completion").status_code == 200
    other = office.register(1, 2, letter=None, letter_id=made["letter"]["id"], filed=False)
    office.approve(made)
    wrong += hall.compare(made, "approved")
    wrong += hall.compare(other, "another on the same letter")
    assert office.post(office.officer, made, "search").status_code == 200
    office.site.clock.advance(60)
    wrong += hall.compare(made, "found")
    assert office.post(office.officer, made, "exports").status_code == 201
    wrong += hall.compare(made, "ordered")
    assert wrong == [], "\n".join(wrong)
    done = {step for step, got in hall.tried if got is None}
    assert done == BEFORE_PACKAGES


@pytest.mark.proves("C-7", "D-10.1e")
def test_the_same_from_the_package_to_the_receivers_hands(counter, trial):
    hall, office = Hall(counter, trial), counter.office
    made = counter.built()
    wrong = hall.compare(made, "prepared")
    record = counter.prepare(made)["record"]["id"]
    wrong += hall.compare(made, "minutes printed")
    counter.hand_in(record)
    wrong += hall.compare(made, "minutes handed in")
    assert office.post(office.sef, made, "delivery/signature").status_code == 200
    wrong += hall.compare(made, "signed")
    counter.taken(made)
    wrong += hall.compare(made, "taken")
    assert office.post(office.officer, made, "delivery/hand-over", {"receiver": RECEIVER}).status_code == 200
    wrong += hall.compare(made, "delivered")
    counter.purge.run()
    wrong += hall.compare(made, "closed")
    assert wrong == [], "\n".join(wrong)
    assert {step for step, got in hall.tried if got is None} >= {
        Step.PREPARE_DELIVERY, Step.SIGN_DELIVERY, Step.HAND_OVER, Step.PRINT_ANSWER, Step.WATCH, Step.WITHDRAW,
    }  # fmt: skip


def test_the_same_of_what_was_refused_or_not_found(counter, trial):
    hall, office = Hall(counter, trial), counter.office
    refused, gone = office.register(), office.register(-9_000, -8_000)
    assert office.post(office.lawyer, refused, "refusal", {"why": "Yetkisiz"}).status_code == 200
    wrong = hall.compare(refused, "refused")
    office.approve(gone)
    assert office.post(office.officer, gone, "search").json()["state"] == "unavailable"
    wrong += hall.compare(gone, "unavailable")
    paper = office.post(office.officer, gone, "records", {"kind": "unreached"}).json()
    wrong += hall.compare(gone, "P-07 printed")
    counter.hand_in(paper["id"])
    wrong += hall.compare(gone, "P-07 signed")
    assert office.post(office.clerk, gone, "answer", {"letter_no": "C", "letter_on": "2026-11-21"}).status_code == 200
    wrong += hall.compare(gone, "answered")
    assert wrong == [], "\n".join(wrong)
    assert {step for step, got in hall.tried if got is None} >= {Step.ANSWER, Step.PRINT_UNREACHED, Step.PRINT_ANSWER}
