"""Which bytes of a file a request asks for."""

import re

from vms.kernel.errors import Kind, VmsError

_ONE_RANGE = re.compile(r"bytes=(\d{1,18})?-(\d{1,18})?", re.IGNORECASE)


def byte_range(header: str, size_bytes: int) -> tuple[int, int]:
    """Offset with length of the single range that `Range` names (RFC 9110 §14.1.2).

    VmsError(INVALID): `range_needed` for a request without one or with several (footage is read in pieces, never
    taken away whole); `range_unsatisfiable` for one outside the file.
    """
    found = _ONE_RANGE.fullmatch(header.replace(" ", ""))
    first, last = (found[1] or "", found[2] or "") if found else ("", "")
    if not first and not last:
        raise VmsError(Kind.INVALID, "range_needed", "Ask for one range of bytes at a time, as players do.")
    offset = int(first) if first else max(0, size_bytes - int(last))
    end = min(int(last) + 1, size_bytes) if first and last else size_bytes
    length = end - offset
    if length <= 0:
        raise VmsError(
            Kind.INVALID, "range_unsatisfiable", "These bytes are not in the file. Ask for the playlist again.",
            size_bytes=size_bytes,
        )  # fmt: skip
    return offset, length
