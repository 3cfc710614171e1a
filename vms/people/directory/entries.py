"""What an entry of a directory says of a person."""

import contextlib
from collections.abc import Mapping, Sequence

from vms.kernel.clock import US_PER_SECOND
from vms.people.directory.port import DirectoryPerson

# Asked for beside the configured ones. Directories without them (OpenLDAP) leave them out.
ATTRIBUTES = ("userAccountControl", "accountExpires", "cn")
BINARY_IDS = frozenset({"objectguid"})
ACCOUNTDISABLE = 0x2  # MS-ADTS §2.2.16
_FILETIME_OF_1970_S = 11_644_473_600  # MS-DTYP §2.3.3: hundreds of nanoseconds since 1601
_NEVER = frozenset({0, 2**63 - 1})

Raw = Mapping[str, Sequence[bytes]]


def person_of(raw: Raw, id_name: str, name_name: str, display_name: str, *, now_us: int) -> DirectoryPerson | None:
    """The person; None for an entry without the lasting id, which nobody could be tied to."""
    values = {name.lower(): list(each) for name, each in raw.items()}
    subject = _first(values, id_name)
    if not subject:
        return None
    name = _text(_first(values, name_name))
    shown = _text(_first(values, display_name)) or _text(_first(values, "cn")) or name
    spelt = subject.hex() if id_name.lower() in BINARY_IDS else _text(subject)
    return DirectoryPerson(spelt, name, shown, is_closed=_is_closed(values, now_us))


def _is_closed(values: Mapping[str, Sequence[bytes]], now_us: int) -> bool:
    """Whether Active Directory has disabled the account, or its last day is over."""
    if _number(_first(values, "userAccountControl")) & ACCOUNTDISABLE:
        return True
    expires = _number(_first(values, "accountExpires"))
    if expires in _NEVER:
        return False
    return expires // 10_000_000 - _FILETIME_OF_1970_S <= now_us // US_PER_SECOND


def _first(values: Mapping[str, Sequence[bytes]], name: str) -> bytes:
    return next(iter(values.get(name.lower(), ())), b"")


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace").strip()


def _number(value: bytes) -> int:
    with contextlib.suppress(ValueError):
        return int(value)
    return 0
