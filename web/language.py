"""Which language a caller reads: Turkish unless they ask for English."""

from typing import Literal

from starlette.requests import HTTPConnection

Language = Literal["tr", "en"]
MAX_HEADER_CHARACTERS = 500


def language_of(request: HTTPConnection) -> Language:
    """`?lang=` decides, then what the signed-in person chose, then Accept-Language (RFC 9110 §12.5.4), then Turkish."""
    asked = request.query_params.get("lang", "")
    if asked == "tr":
        return "tr"
    if asked == "en":
        return "en"
    caller = getattr(request.state, "caller", None)
    if caller is not None:
        return "en" if caller.language == "en" else "tr"
    return _accepted(request.headers.get("accept-language", "")[:MAX_HEADER_CHARACTERS])


def _accepted(header: str) -> Language:
    best: Language = "tr"
    best_weight = 0.0
    for item in header.split(","):
        tag, _, parameter = item.strip().partition(";")
        weight = _weight(parameter)
        primary = tag.strip().lower().partition("-")[0]
        if weight <= best_weight:
            continue
        if primary == "tr":
            best, best_weight = "tr", weight
        elif primary == "en":
            best, best_weight = "en", weight
    return best


def _weight(parameter: str) -> float:
    """The q-value of one item: 1 when absent, 0 when unreadable."""
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        return min(1.0, max(0.0, float(value))) if name.strip() == "q" else 0.0
    except ValueError:
        return 0.0
