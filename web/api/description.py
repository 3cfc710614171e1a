"""The OpenAPI document of the API."""

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.routing import APIRoute

from web.authorisation import Access, declares
from web.events.data import Events
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
    """Let the document of `app` know what routes do not tell: what problems look like, what events carry."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        document = plain()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        for model in (Problem, Events):
            schema = model.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
            for name, part in schema.pop("$defs", {}).items():
                schemas.setdefault(name, part)
            schemas[model.__name__] = schema
        return document

    app.openapi = described  # type: ignore[method-assign]
