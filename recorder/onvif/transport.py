"""HTTP to a camera that may be slow, endless or hostile."""

from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError
from zeep.transports import Transport

from vms.kernel.deadline import Deadline

MAX_ANSWER_BYTES = 2 * 1024 * 1024
"""The longest honest answers (options of large cameras) are about 100 kB."""
_CHUNK = 64 * 1024


class AnswerTooLongError(requests.exceptions.RequestException):
    """The camera sends more than any honest answer has."""


class _BoundedAdapter(HTTPAdapter):
    """Reads the whole body before anybody else does, so that its size and time are bounded."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        deadline = self._deadline

        class WatchedConnection(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                deadline.watch(self.sock)

        class WatchedTlsConnection(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                deadline.watch(self.sock)

        class WatchedPool(HTTPConnectionPool):
            ConnectionCls = WatchedConnection

        class WatchedTlsPool(HTTPSConnectionPool):
            ConnectionCls = WatchedTlsConnection

        self.poolmanager.pool_classes_by_scheme = {"http": WatchedPool, "https": WatchedTlsPool}

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs["stream"] = True
        response = super().send(request, *args, **kwargs)
        body = bytearray()
        try:
            for chunk in response.raw.stream(_CHUNK, decode_content=True):
                body += chunk
                if len(body) > MAX_ANSWER_BYTES:
                    break
        except (HTTPError, OSError) as err:
            response.close()
            raise requests.exceptions.ConnectionError("the line broke") from err
        if len(body) > MAX_ANSWER_BYTES:
            response.close()
            raise AnswerTooLongError
        response._content = bytes(body)  # noqa: SLF001 (requests offers no other way to hand over a body)
        response._content_consumed = True  # noqa: SLF001
        return response


class BoundedTransport(Transport):
    """zeep's transport with bounds: size, time for each call as a whole, no redirects, no proxies, no cookies."""

    def __init__(self, timeout_s: float, auth: requests.auth.AuthBase | None) -> None:
        self._deadline = Deadline()
        self._timeout_s = timeout_s
        session = requests.Session()
        session.trust_env = False
        session.auth = auth
        adapter = _BoundedAdapter(self._deadline)
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        super().__init__(timeout=timeout_s, operation_timeout=timeout_s, session=session)  # type: ignore[no-untyped-call]

    def post(self, address: str, message: bytes, headers: dict[str, str]) -> requests.Response:
        """See zeep. requests.exceptions.Timeout when the whole call takes longer than allowed."""
        timer = self._deadline.start(self._timeout_s)
        try:
            answer = self.session.post(
                address, data=message, headers=headers, timeout=self._timeout_s, allow_redirects=False
            )
        except requests.exceptions.ConnectionError as err:
            if self._deadline.has_passed:
                raise requests.exceptions.Timeout("the call took too long") from err
            raise
        finally:
            timer.cancel()
        if self._deadline.has_passed:  # a body without length ends where the line was shut: it is half of one
            raise requests.exceptions.Timeout("the call took too long")
        return answer

    def close(self) -> None:
        """Close all lines."""
        self.session.close()
