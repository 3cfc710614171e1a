"""The pages' own files: style sheet, script, mark."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import Response

from vms.kernel.errors import Kind, VmsError
from web.authorisation import Access, declares

_FOLDER = Path(__file__).parent.parent / "static"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


def add_assets(app: FastAPI) -> None:
    """Serve the files of `web/static`, read once at start: no request can name another file."""
    files = {path.name: (path.read_bytes(), _TYPES[path.suffix]) for path in _FOLDER.iterdir() if path.is_file()}

    @app.get("/static/{name}", include_in_schema=False, dependencies=[declares(Access.PUBLIC_ASSET)])
    def asset(name: str) -> Response:
        if name not in files:
            raise VmsError(Kind.NOT_FOUND, "not_found", "Nothing lives at this address. Check it.")
        content, media_type = files[name]
        return Response(content, media_type=media_type, headers={"Cache-Control": "public, max-age=300"})
