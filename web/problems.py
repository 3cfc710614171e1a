"""What the OpenAPI document says of refusals."""

from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, Field

from web.errors import MEDIA_TYPE


class Problem(BaseModel):
    """RFC 9457. Programs tell problems apart by `code`; `detail` is for people, in their language."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    instance: str
    facts: dict[str, Any] | None = Field(default=None, description="What the sentence leaves out: limits, times.")


ALWAYS = (HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SERVICE_UNAVAILABLE)


def refusals(*statuses: int, is_signed_in: bool = True) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that may also answer with `statuses`, beside what every route may."""
    always = (*ALWAYS, HTTPStatus.UNAUTHORIZED) if is_signed_in else ALWAYS
    return {int(status): _documented(HTTPStatus(status)) for status in sorted({*always, *statuses})}


def _documented(status: HTTPStatus) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": status.phrase, "content": {MEDIA_TYPE: {"schema": schema}}}
