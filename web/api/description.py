"""The OpenAPI document of the API."""

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.routing import APIRoute

from web.authorisation import Access, declares
from web.problems import Problem

router = APIRouter(tags=["description"])


@router.get("/openapi.json", include_in_schema=False, dependencies=[declares(Access.PUBLIC_ASSET)])
def read_description(request: Request) -> dict[str, Any]:
    """What this very document is made from."""
    description: dict[str, Any] = request.app.openapi()
    return description


def operation_id(route: APIRoute) -> str:
    """The function's name: stable, and what a generated client calls it."""
    return route.name


def describe(app: FastAPI) -> None:
    """Let the document of `app` know what problems look like."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        document = plain()
        schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        document.setdefault("components", {}).setdefault("schemas", {})["Problem"] = schema
        return document

    app.openapi = described  # type: ignore[method-assign]
