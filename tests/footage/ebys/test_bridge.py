"""What a bridge may do on a real socket: it ends in time, in one sentence; only the exchange's words are believed."""

import importlib.util
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest

from vms.footage.ebys.answer import Standing, answer_of
from vms.footage.ebys.bridge import MAX_ANSWER_BYTES, HttpBridge
from vms.footage.ebys.model import PaperKind
from vms.footage.ebys.paper import Paper
from vms.kernel.errors import VmsError
from vms.kernel.http_line import ServicePlace

_SPEC = importlib.util.spec_from_file_location("real_bridge_alone", Path(__file__).with_name("real_bridge.py"))
_real = importlib.util.module_from_spec(_SPEC)
sys.modules["real_bridge_alone"] = _real
_SPEC.loader.exec_module(_real)

pytestmark = pytest.mark.sockets
OURS, OTHER = UUID(int=1), UUID(int=2)
PAPER = Paper(reference=OURS, kind=PaperKind.LETTER, facts={"kind": "letter", "party": "Işıl"})


@pytest.fixture
def bridge():
    with _real.served() as served:
        yield served


@pytest.fixture
def refused(bridge):
    """The code and sentence of both questions, in at most the time they are given."""

    def refused(behave=None, timeout_s=2.0, url=None):
        bridge.behave = behave
        line = HttpBridge(ServicePlace(url=url or bridge.url, timeout_s=timeout_s))
        said = []
        for ask in (lambda: line.tell(PAPER, None), lambda: line.ask(OURS), line.look):
            begun_s = time.monotonic()
            with pytest.raises(VmsError) as err:
                ask()
            assert time.monotonic() - begun_s < 4
            said.append((err.value.code, err.value.message))
        assert len({code for code, _ in said}) == 1, said
        return said[0]

    return refused


def test_it_is_there_and_speaks_our_exchange(bridge):
    line = HttpBridge(ServicePlace(url=bridge.url + "/"))
    assert (line.look().name, line.tell(PAPER, None).state) == ("Deneme EBYS", Standing.PENDING)
    assert line.ask(OTHER).state is Standing.UNKNOWN
    assert bridge.papers[str(OURS)]["party"] == "Işıl"
    bridge.behave = lambda handler: _real.answer(handler, {"exchange": 2})
    with pytest.raises(VmsError, match="version 2"):
        line.look()


def test_what_is_away_silent_or_slow_is_not_waited_for(bridge, refused):
    assert refused(lambda _: bridge.is_over.wait(20), timeout_s=0.3)[1] == "EBYS does not answer in time."

    def dripping(handler):
        handler.send_response(200)
        handler.end_headers()
        while not bridge.is_over.wait(0.02):
            handler.wfile.write(b" ")

    assert refused(dripping, timeout_s=0.3)[0] == "ebys_unreachable"
    assert refused(lambda handler: handler.connection.close())[0] == "ebys_unreachable"
    assert refused(lambda handler: handler.wfile.write(b"SSH-2.0-x\r\n"))[0] == "ebys_unreachable"
    bridge.go_away()
    assert refused() == ("ebys_unreachable", "EBYS refuses the connection.")


def test_what_is_out_of_order_or_refuses_us_is_called_that(refused):
    for status in (408, 429, 500, 502, 503, 504):
        assert refused(lambda handler, s=status: _real.answer(handler, {}, s))[0] == "ebys_out_of_order"
    for status in (401, 403):
        assert refused(lambda handler, s=status: _real.answer(handler, {}, s))[0] == "ebys_sign_in_refused"


def test_nobody_is_followed_elsewhere(bridge, refused):
    with _real.served() as elsewhere:
        for status in (301, 302, 303, 307, 308):
            code, said = refused(lambda handler, s=status: _real.answer(handler, {}, s, Location=elsewhere.url))
            assert (code, "elsewhere" in said, elsewhere.url in said) == ("ebys_answer_wrong", True, False)
        assert elsewhere.asked == []


def test_more_than_an_answer_has_is_not_read(refused):
    whole = b'{"reference": "%s", "state": "pending", "more": "' % str(OURS).encode()
    for length in (MAX_ANSWER_BYTES, 100 * MAX_ANSWER_BYTES):
        code, said = refused(lambda handler, n=length: _real.answer(handler, whole + b"x" * n + b'"}'))
        assert (code, "more than" in said) == ("ebys_answer_wrong", True)


@pytest.mark.parametrize(
    "told",
    [
        b"", b"<html>", b"[" * 60_000, b"null", b"[]", b'"x"', b"{}", b'{"state":"pending"}', b'\xff{"state":1}',
        {"reference": str(OTHER), "state": "pending"}, {"reference": str(OURS), "state": "numbered"},
        {"reference": str(OURS), "state": "numbered", "number": "E-1"},
        {"reference": str(OURS), "state": "numbered", "number": "  ", "date": "2025-01-02"},
        {"reference": str(OURS), "state": "numbered", "number": "x" * 61, "date": "2025-01-02"},
        {"reference": str(OURS), "state": "numbered", "number": "E\n1", "date": "2025-01-02"},
        {"reference": str(OURS), "state": "numbered", "number": 5, "date": "2025-01-02"},
        {"reference": str(OURS), "state": "numbered", "number": "E-1", "date": "02.01.2025"},
        {"reference": str(OURS), "state": "numbered", "number": "E-1", "date": 0},
        {"reference": str(OURS), "state": "pending", "number": "E-1", "date": "2025-01-02"},
        {"reference": str(OURS), "state": "done"}, {"reference": str(OURS), "state": "refused", "reason": "x" * 4001},
    ],
)  # fmt: skip
def test_what_is_no_answer_of_the_exchange_is_none(told, refused):
    assert refused(lambda handler: _real.answer(handler, told))[0] == "ebys_answer_wrong"


def test_a_bridge_may_refuse_a_paper_by_its_status(bridge):
    line = HttpBridge(ServicePlace(url=bridge.url))
    why = {"reference": str(OURS), "state": "refused", "reason": "Konu boş"}
    for status in (400, 409, 422):
        for told, said in ((why, "Konu boş"), (b"<html>", ""), ({"reference": str(OURS), "state": "pending"}, "")):
            bridge.behave = lambda handler, t=told, s=status: _real.answer(handler, t, s)
            answer = line.tell(PAPER, None)
            assert (answer.state, answer.reason_line) == (Standing.REFUSED, said)


def test_a_reason_is_one_line_fit_for_a_page():
    told = b'{"reference": "%s", "state": "refused", "reason": "a\\u202e\\n\\u0000b%s"}' % (
        str(OURS).encode(),
        b"c" * 300,
    )
    assert answer_of(told, OURS).reason_line == ("a b" + "c" * 300)[:200]
