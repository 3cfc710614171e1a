"""The exchange with EBYS over HTTP: JSON to a bridge that speaks its maker's own interface behind.

The exchange is described for whoever builds a bridge in `deploy/ebys.md`.
"""

import base64
import json
from http import HTTPStatus
from uuid import UUID

from pydantic import BaseModel, Field, ValidationError

from vms.footage.ebys.answer import Answer, Standing, answer_of, answer_wrong
from vms.footage.ebys.paper import Paper
from vms.kernel.errors import Kind, VmsError
from vms.kernel.http_line import NoAnswerError, NoTrustError, Question, ServicePlace
from vms.kernel.http_line import ask as ask_service

EXCHANGE = 1
"""The version of the exchange; a bridge says which one it speaks."""
MAX_ANSWER_BYTES = 64 * 1024
_TAKEN = frozenset({HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED})
_NOT_AS_IT_IS = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY})
_SIGN_IN = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_OUT_OF_ORDER = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})


class BridgeStatus(BaseModel):
    """What a bridge says of itself. `name`: of the EBYS behind it."""

    exchange: int
    name: str = Field("", max_length=120)


class HttpBridge:
    """`Ebys` at an address. Thread-safe; nothing is kept between calls."""

    def __init__(self, place: ServicePlace) -> None:
        self._place = place

    def tell(self, paper: Paper, content: bytes | None) -> Answer:
        """See `Ebys.tell`: `PUT papers/REFERENCE`."""
        told = paper.to_json()
        if told["file"] is not None and content is not None:
            told["file"]["content"] = base64.b64encode(content).decode()
        body = json.dumps(told, ensure_ascii=False).encode()
        status, answer = self._asked("PUT", f"/papers/{paper.reference}", body)
        if status in _NOT_AS_IT_IS:
            return _refusal(answer, paper.reference)
        if status not in _TAKEN:
            raise _unexpected(status)
        return answer_of(answer, paper.reference)

    def ask(self, reference: UUID) -> Answer:
        """See `Ebys.ask`: `GET papers/REFERENCE`."""
        status, answer = self._asked("GET", f"/papers/{reference}")
        if status == HTTPStatus.NOT_FOUND:
            return Answer(reference=reference, state=Standing.UNKNOWN)
        if status != HTTPStatus.OK:
            raise _unexpected(status)
        return answer_of(answer, reference)

    def look(self) -> BridgeStatus:
        """Whether it is there and speaks this exchange: `GET status`. VmsError as `Ebys`."""
        status, answer = self._asked("GET", "/status")
        if status != HTTPStatus.OK:
            raise _unexpected(status)
        try:
            found = BridgeStatus.model_validate_json(answer)
        except ValidationError as err:
            raise answer_wrong("answers with what is no answer of the exchange") from err
        if found.exchange != EXCHANGE:
            raise answer_wrong(f"speaks version {found.exchange} of the exchange, not {EXCHANGE}")
        return found

    def _asked(self, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        headers = {"Accept": "application/json"} | ({"Content-Type": "application/json"} if body else {})
        question = Question(method=method, path=path, headers=headers, body=body, max_answer_bytes=MAX_ANSWER_BYTES)
        try:
            status, answer = ask_service(self._place, question)
        except NoAnswerError as err:
            raise _unreachable(str(err)) from err
        except NoTrustError as err:
            raise VmsError(
                Kind.INVALID, "ebys_file_unreadable",
                "Setting ebys.ca_file: it holds no certificates that can be read. Correct it.",
            ) from err  # fmt: skip
        if len(answer) > MAX_ANSWER_BYTES:
            raise answer_wrong("answers with more than any answer has")
        return status, answer


def _refusal(content: bytes, reference: UUID) -> Answer:
    """A bridge may refuse by the status alone."""
    try:
        answer = answer_of(content, reference)
    except VmsError:
        return Answer(reference=reference, state=Standing.REFUSED)
    return answer if answer.state is Standing.REFUSED else Answer(reference=reference, state=Standing.REFUSED)


def _unreachable(what: str) -> VmsError:
    return VmsError(Kind.UNAVAILABLE, "ebys_unreachable", f"EBYS {what}.")


def _unexpected(status: int) -> VmsError:
    if status in _SIGN_IN:
        return VmsError(Kind.UNAVAILABLE, "ebys_sign_in_refused", "EBYS refuses our user or password.")
    if status in _OUT_OF_ORDER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return VmsError(Kind.UNAVAILABLE, "ebys_out_of_order", f"EBYS is out of order (status {status}).")
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return answer_wrong("sends us elsewhere, which is not followed")
    return answer_wrong(f"answers with status {status}")
