"""Who acts in a request, for the audit log."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from vms.audit.entry import Actor
from vms.people.acting import spoken_name
from web.callers import Caller


def actor_of(connection: HTTPConnection) -> Actor:
    """The caller in their session, with the address they call from."""
    caller = connection.state.caller
    assert isinstance(caller, Caller)
    return Actor(caller.account_id, spoken_name(caller.display_name, caller.name), caller.session_id, peer(connection))


def peer(connection: HTTPConnection) -> str:
    """Where the call comes from: the socket's peer, or whom a proxy that the settings name forwards."""
    return connection.client.host if connection.client else ""


By = Annotated[Actor, Depends(actor_of)]
