"""Answers anybody who holds a paper and asks by its code."""

from vms.documents.codes import read_code
from vms.documents.queries import Verified, verify_code
from web.backends import Backends


async def ask(backends: Backends, address: str, typed: str) -> Verified | None:
    """What holds of the paper; None for nobody's code, however wrong it is. VmsError `too_many_queries`."""
    limit = backends.query_limit
    limit.admit(address)
    code = read_code(typed)

    def look() -> Verified | None:
        with backends.database.reading() as session:
            return verify_code(session, code)

    found = await backends.people_workers.run(look)
    if found is None:
        limit.missed(address)
    return found
