"""The institution's directory over LDAP (RFC 4511): Active Directory, OpenLDAP."""

import contextlib
import secrets
import ssl
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ldap3 import NONE, SIMPLE, SUBTREE, Connection, Server, Tls
from ldap3.core.exceptions import LDAPException
from ldap3.utils.conv import escape_bytes, escape_filter_chars

from vms.kernel.clock import Clock
from vms.people.directory.entries import ATTRIBUTES, BINARY_IDS, person_of
from vms.people.directory.port import DirectoryPerson, unavailable

SUCCESS = 0
# Results of a bind that mean: not with this password (RFC 4511 §4.1.9). Anything else is the directory's own trouble.
_REFUSED = frozenset({19, 32, 34, 48, 49, 53})  # constraint, no such object, DN syntax, inappropriate, wrong, unwilling
_AT_ONCE = 50  # subjects in one search


@dataclass(frozen=True, slots=True, kw_only=True)
class LdapPlace:
    """Where the directory is, how it is asked.

    `urls`: tried in order; `ldap://` always continues with StartTLS, so that no password crosses the network in clear.
    `user_filter` holds `{name}`. `bind_dn` with `bind_password`: the service's own account, which only reads.
    """

    urls: Sequence[str]
    base_dn: str
    bind_dn: str
    bind_password: str = field(repr=False)
    user_filter: str
    name_attribute: str
    display_attribute: str
    id_attribute: str
    ca_file: Path | None = None
    timeout_s: int = 5


class LdapDirectory:
    """See `Directory`. Thread-safe: each question has connections of its own, which end with it."""

    def __init__(self, place: LdapPlace, clock: Clock) -> None:
        self._place = place
        self._clock = clock

    def ask(self, name: str, password: str, *, may_prove: bool = True) -> DirectoryPerson | None:
        """See `Directory.ask`."""
        wanted = self._place.user_filter.replace("{name}", escape_filter_chars(name))
        with self._connected() as connection:
            rows = self._search(connection, wanted)
        if len(rows) > 1:
            raise unavailable("has more than one person of this name")
        dn = rows[0]["dn"] if rows and may_prove else f"cn=nobody-{secrets.token_hex(8)},{self._place.base_dn}"
        is_right = self._is_proved(dn, password)
        person = self._person(rows[0]) if rows else None
        if person is None or not may_prove or not (is_right or person.is_closed):
            return None
        return person

    def find(self, subjects: Collection[str]) -> Mapping[str, DirectoryPerson]:
        """See `Directory.find`."""
        wanted = sorted(subjects)
        found: dict[str, DirectoryPerson] = {}
        with self._connected() as connection:
            for at in range(0, len(wanted), _AT_ONCE):
                each = "".join(self._by_subject(subject) for subject in wanted[at : at + _AT_ONCE])
                people = (self._person(row) for row in self._search(connection, f"(|{each})"))
                found |= {person.subject: person for person in people if person}
        return found

    def look(self) -> None:
        """Bind as the service and read the base, for `vms doctor`. VmsError `directory_unavailable`."""
        with self._connected() as connection:
            self._search(connection, self._place.user_filter.replace("{name}", "nazar-doctor"))

    def _by_subject(self, subject: str) -> str:
        attribute = self._place.id_attribute
        is_binary = attribute.lower() in BINARY_IDS
        return f"({attribute}={escape_bytes(bytes.fromhex(subject)) if is_binary else escape_filter_chars(subject)})"

    @contextlib.contextmanager
    def _connected(self) -> Iterator[Connection]:
        """A connection bound as the service."""
        connection = self._bound(self._place.bind_dn, self._place.bind_password)
        if connection is None:
            raise unavailable("does not know our service account")
        try:
            yield connection
        except LDAPException as err:
            raise unavailable(f"did not answer ({type(err).__name__})") from err
        finally:
            _close(connection)

    def _is_proved(self, dn: str, password: str) -> bool:
        """Whether `password` is the one of `dn`. Servers would take an empty one for a call without a name."""
        connection = self._bound(dn, password) if password and "\0" not in password else None
        if connection is None:
            return False
        _close(connection)
        return True

    def _bound(self, dn: str, password: str) -> Connection | None:
        """A connection bound so, to the first server that can judge; None when it says no."""
        problem = ""
        for url in self._place.urls:
            connection = self._connection(url, dn, password)
            try:
                connection.open(read_server_info=False)
                if not connection.server.ssl:
                    connection.start_tls(read_server_info=False)
                if connection.bind():
                    return connection
                result = connection.result["result"]
                problem = f"result {result}"
            except (LDAPException, OSError) as err:
                result, problem = None, type(err).__name__
            _close(connection)
            if result in _REFUSED:
                return None
        raise unavailable(f"cannot be reached ({problem})")

    def _connection(self, url: str, dn: str, password: str) -> Connection:
        place, parts = self._place, urlsplit(url)
        is_tls = parts.scheme == "ldaps"
        server = Server(
            parts.hostname, port=parts.port or (636 if is_tls else 389), use_ssl=is_tls, get_info=NONE,
            tls=_CheckedTls(place.ca_file), connect_timeout=place.timeout_s,
        )  # fmt: skip
        return Connection(
            server, dn, password, authentication=SIMPLE, receive_timeout=place.timeout_s, auto_referrals=False,
            check_names=False, read_only=True,
        )  # fmt: skip

    def _search(self, connection: Connection, wanted: str) -> list[dict[str, Any]]:
        place = self._place
        attributes = [place.name_attribute, place.display_attribute, place.id_attribute, *ATTRIBUTES]
        connection.search(place.base_dn, wanted, SUBTREE, attributes=attributes, time_limit=place.timeout_s)
        if connection.result["result"] != SUCCESS:
            raise unavailable(f"could not look anybody up (result {connection.result['result']})")
        return [row for row in connection.response if row["type"] == "searchResEntry"]

    def _person(self, row: dict[str, Any]) -> DirectoryPerson | None:
        place = self._place
        names = (place.id_attribute, place.name_attribute, place.display_attribute)
        return person_of(row["raw_attributes"], *names, now_us=self._clock.now_us())


class _CheckedTls(Tls):  # type: ignore[misc]  # ldap3 has no types
    """TLS as Python's own context checks it: the chain, the host's name. ldap3's check is one of 2014."""

    def __init__(self, ca_file: Path | None) -> None:
        super().__init__(validate=ssl.CERT_REQUIRED)
        self._ca_file = ca_file

    def wrap_socket(self, connection: Connection, do_handshake: bool = False) -> None:  # noqa: ARG002 - ldap3's name
        """See `ldap3.Tls`."""
        context = ssl.create_default_context(cafile=None if self._ca_file is None else str(self._ca_file))
        connection.socket = context.wrap_socket(connection.socket, server_hostname=connection.server.host)


def _close(connection: Connection) -> None:
    with contextlib.suppress(LDAPException, OSError):
        connection.unbind()
