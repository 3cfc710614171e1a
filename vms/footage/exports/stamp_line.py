"""The way to a time stamp authority: one question over HTTP (RFC 3161, 3.4)."""

from http import HTTPStatus

from vms.kernel.errors import Kind, VmsError
from vms.kernel.http_line import NoAnswerError, NoTrustError, Question, ServicePlace
from vms.kernel.http_line import ask as ask_service

MAX_ANSWER_BYTES = 256 * 1024
"""An honest answer with its certificates has some 6 kB."""
_HEADERS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


def ask(place: ServicePlace, question: bytes) -> bytes:
    """The authority's answer, unproved. No redirect, proxy or cookie is followed.

    VmsError: UNAVAILABLE `time_stamp_unreachable` when none came, `time_stamp_refused` for another one than an answer;
    INVALID `time_stamp_file_unreadable` for a `ca_file` that holds no certificates.
    """
    asked = Question(method="POST", headers=_HEADERS, body=question, max_answer_bytes=MAX_ANSWER_BYTES)
    try:
        status, answer = ask_service(place, asked)
    except NoAnswerError as err:
        raise VmsError(Kind.UNAVAILABLE, "time_stamp_unreachable", f"The time stamp authority {err}.") from err
    except NoTrustError as err:
        raise VmsError(
            Kind.INVALID, "time_stamp_file_unreadable",
            "Setting footage.time_stamp.ca_file: it holds no certificates that can be read. Correct it.",
        ) from err  # fmt: skip
    if status != HTTPStatus.OK:
        raise _refused(_REFUSALS.get(status, f"answers with status {status}"))
    if len(answer) > MAX_ANSWER_BYTES:
        raise _refused("answers with more than any time stamp has")
    return answer


_REFUSALS = {
    401: "refuses our user or password", 403: "refuses our user or password", 404: "is not at this address",
    301: "sends us elsewhere, which is not followed", 302: "sends us elsewhere, which is not followed",
    303: "sends us elsewhere, which is not followed", 307: "sends us elsewhere, which is not followed",
    308: "sends us elsewhere, which is not followed",
}  # fmt: skip


def _refused(what: str) -> VmsError:
    return VmsError(Kind.UNAVAILABLE, "time_stamp_refused", f"The time stamp authority {what}.")
