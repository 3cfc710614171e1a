"""Turns what goes wrong with a camera into one of our errors."""

import requests
from zeep.exceptions import Fault, TransportError

from vms.kernel.errors import Kind, VmsError

_REFUSALS = ("NotAuthorized", "FailedAuthentication", "InvalidSecurityToken", "FailedCheck")


def unreachable() -> VmsError:
    """Nothing answers, or not in time."""
    return VmsError(
        Kind.UNAVAILABLE,
        "onvif_unreachable",
        "The camera does not answer over ONVIF. Check address, port, network, and that ONVIF is switched on.",
    )


def wrong_password() -> VmsError:
    """It answers, but does not let us in."""
    return VmsError(
        Kind.FORBIDDEN,
        "onvif_wrong_password",
        "The camera refuses user name or password. Many cameras need an ONVIF user of their own.",
    )


def unsupported(what: str = "an answer that is no ONVIF") -> VmsError:
    """It answers, but not so that we can use it."""
    return VmsError(
        Kind.INVALID,
        "onvif_unsupported",
        f"The camera gave {what}. Enter its stream addresses by hand instead.",
    )


def translate(err: BaseException) -> VmsError:
    """The error for what a call raised.

    The library wraps everything in its own error and keeps the original as context only. Texts of the
    originals hold addresses, so none of them is passed on.
    """
    origin: BaseException | None = err
    while origin is not None:
        if isinstance(origin, VmsError):
            return origin
        if isinstance(origin, Fault):
            return wrong_password() if _is_refusal(origin) else unsupported("an error to a usual question")
        if isinstance(origin, TransportError):
            return wrong_password() if origin.status_code in {401, 403} else unsupported()
        if isinstance(origin, requests.exceptions.Timeout | requests.exceptions.ConnectionError):
            return unreachable()
        origin = origin.__context__
    return unsupported()


def _is_refusal(fault: Fault) -> bool:
    words = [str(getattr(code, "localname", code)) for code in fault.subcodes or ()]
    words.append(str(fault.code or ""))
    return any(refusal in word for word in words for refusal in _REFUSALS)
