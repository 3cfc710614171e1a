"""A town of its own whose papers are printed, and what its offices did with a case before a test looks at it."""

import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from delivery_desk import ORDER_S, READY_MS, scanned
from node_processes import ADMINISTRATOR, PLACES, Node, Person, wait_until
from playwright.sync_api import APIRequestContext, Playwright

from vms.kernel.clock import from_datetime
from vms.kernel.days import ZONE

_spec = importlib.util.spec_from_file_location(
    "certificates", Path(__file__).parents[1] / "documents" / "certificates.py"
)
assert _spec is not None
assert _spec.loader is not None
_certificates = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_certificates)

STREET = PLACES[0]
ASKED_S = 15
QUERY_URL = "https://belge.example.bel.tr"


@contextmanager
def town_hall(
    node: Node, folder: Path, people: Sequence[Person], settings: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Node]:
    """A node with the institution's name and seal, with the first of the other's simulated cameras, being recorded.

    `people` have accounts there; the administrator sees the camera's recordings. `settings`: more, as variables.
    """
    seal = _certificates.Authority().pkcs12("Deneme Belediyesi", "parola", folder / "seal.p12")
    town = Node(folder)
    town.rtsp = node.rtsp
    town.register(0, STREET)
    for person in (*people, ADMINISTRATOR):
        town.admit(person)
    town.allow(ADMINISTRATOR, (STREET.number,), playback=True)
    try:
        town.serve(
            NAZAR_INSTITUTION__NAME="Deneme Belediyesi", NAZAR_INSTITUTION__QUERY_URL=QUERY_URL,
            NAZAR_INSTITUTION__SEAL__FILE=str(seal), NAZAR_INSTITUTION__SEAL__PASSWORD="parola", **settings,
        )  # fmt: skip
        yield town
    finally:
        town.stop()


class Offices:
    """People of a town who ask its server without a page, each signed in once."""

    def __init__(self, driver: Playwright, town: Node) -> None:
        self._driver = driver
        self._town = town
        self._sessions: dict[str, APIRequestContext] = {}

    def ask(
        self, person: Person, method: str, path: str, body: object = None, kind: str = "application/json"
    ) -> tuple[int, Any]:
        """(status, JSON or bytes) of `/api/v1` + `path`; a `body` of bytes is a file of this kind."""
        if person.name not in self._sessions:
            session = self._driver.request.new_context()
            self._sessions[person.name] = session
            entered = {"name": person.name, "password": person.password}
            assert session.post(f"{self._town.address}/api/v1/session", data=entered).ok
        headers = {"Content-Type": kind} if body is not None else {}
        url = f"{self._town.address}/api/v1{path}"
        answer = self._sessions[person.name].fetch(url, method=method, data=body, headers=headers)
        is_json = "json" in answer.headers.get("content-type", "")
        return answer.status, answer.json() if is_json else answer.body()

    def done(self, person: Person, method: str, path: str, body: object = None, kind: str = "application/json") -> Any:
        """What `ask` answers to what is not refused."""
        status, answer = self.ask(person, method, path, body, kind)
        assert status < 400, f"{method} {path}: {status} {answer}"
        return answer

    def close(self) -> None:
        """Let go of the sessions."""
        for session in self._sessions.values():
            session.dispose()


def filmed(offices: Offices) -> tuple[datetime, datetime]:
    """(from, until): whole seconds of the street that were recorded."""
    (camera,) = [
        one for one in offices.done(ADMINISTRATOR, "GET", "/cameras")["cameras"] if one["number"] == STREET.number
    ]

    def started_us() -> int | None:
        now_us = offices.done(ADMINISTRATOR, "GET", "/session")["server_time_us"]
        asked = f"start={now_us - 600_000_000}&end={now_us}"
        found = offices.done(ADMINISTRATOR, "GET", f"/playback/{camera['id']}/timeline?{asked}")["recordings"]
        is_enough = found and now_us - found[0]["start_us"] > (ASKED_S + 8) * 1_000_000
        return found[0]["start_us"] if is_enough else None

    start_us = wait_until(started_us, what=f"{ASKED_S} s of footage")
    begin = datetime.fromtimestamp(start_us // 1_000_000 + 3, ZONE)
    return begin, begin + timedelta(seconds=ASKED_S)


class Case:
    """A prosecutor's request for the street, worked on by three people; each step ends when the server says so."""

    def __init__(self, offices: Offices, clerk: Person, reviewer: Person, officer: Person) -> None:
        self._offices, self._clerk, self._reviewer, self._officer = offices, clerk, reviewer, officer
        self.number = 0
        self.id = ""

    @property
    def path(self) -> str:
        """Below `/api/v1`, and in the console."""
        return f"/requests/{self.id}"

    def registered(
        self, begin: datetime, until: datetime, scan: Path, *, authority: str, letter_no: str, subject: str
    ) -> "Case":
        """By a letter with its scan, given to the officer."""
        choices = self._offices.done(self._clerk, "GET", "/requests/choices")
        letter = {
            "sender": "authority", "sender_name": authority, "no": letter_no, "on": f"{begin - timedelta(days=1):%F}",
            "served_us": from_datetime(until), "channel": "ebys", "subject": subject,
        }  # fmt: skip
        body = {
            "claim": {"origin": "external", "authority_kind": "prosecutor"}, "letter": letter, "subject": subject,
            "cameras": [one["id"] for one in choices["cameras"] if one["number"] == STREET.number],
            "intervals": [{"from_us": from_datetime(begin), "until_us": from_datetime(until)}],
        }  # fmt: skip
        made = self._offices.done(self._clerk, "POST", "/requests", body)
        self.id, self.number = made["id"], made["number"]
        self._offices.done(self._clerk, "PUT", f"/letters/{made['letter']['id']}/file", scan.read_bytes(), "image/png")
        (officer,) = [one["id"] for one in choices["officers"] if one["display_name"] == self._officer.display_name]
        self._offices.done(self._clerk, "POST", f"{self.path}/assignment", {"account_id": officer})
        return self

    def approved(self) -> "Case":
        """By the reviewer."""
        seen = self._offices.done(self._reviewer, "GET", self.path)["version"]
        self._offices.done(self._reviewer, "POST", f"{self.path}/approval", {"words": "", "seen": seen})
        return self

    def packed(self) -> "Case":
        """Looked for, its package ready: the end of the interval may still be being recorded for a while."""
        self._offices.done(self._officer, "POST", f"{self.path}/search")

        def is_ordered() -> bool:
            status, answer = self._offices.ask(self._officer, "POST", f"{self.path}/exports", {})
            assert status in {201, 503}, answer
            return status == 201

        wait_until(is_ordered, ORDER_S, "the end of the interval is recorded")

        def is_ready() -> bool:
            return all(
                one["state"] == "ready" for one in self._offices.done(self._officer, "GET", f"{self.path}/exports")
            )

        wait_until(is_ready, READY_MS / 1000, "the package is built")
        return self

    def with_minutes(self) -> "Case":
        """P-04 printed, its scan handed in: it waits for whoever heads the unit."""
        handing = {"medium": "dvd", "medium_serial": "DVD-1", "channel": "by_hand", "passphrase_route": "telefonla"}
        record = self._offices.done(self._officer, "PUT", f"{self.path}/delivery", handing)["record"]
        pdf = self._offices.done(self._officer, "GET", f"/documents/{record['id']}/paper.pdf")
        self._offices.done(
            self._officer, "PUT", f"/documents/{record['id']}/signed-file", scanned(pdf), "application/pdf"
        )
        return self
