"""The console's own files: its page for every place in it, its scripts with fonts."""

import gzip
import re
import secrets
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from vms.kernel.errors import Kind, VmsError
from web.authorisation import Access, declares
from web.language import MAX_HEADER_CHARACTERS, Language, language_of
from web.pages.missing import answer_missing

# Places inside the console; any other address is answered as unknown (`pages/missing.py`).
PLACES = (
    "sign-in",
    "set-up",
    "live",
    "wall",
    "playback",
    "views",
    "tours",
    "grants",
    "agreements",
    "assignments",
    "shared-accounts",
    "letters",
    "requests",
    "holds",
    "applications",
    "statistics",
    "work-orders",
    "health",
    "cameras",
    "audit",
    "breaches",
    "documents",
    "admin",
    "help",
    "me",
    "my-unit",
    "account",
    "waiting",
    "training",
)
_NONCE_PLACE = b'<meta name="csp-nonce" content=""'
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PERMISSIONS = (
    "camera=(), microphone=(), geolocation=(), display-capture=(), picture-in-picture=(), "
    "fullscreen=(self), screen-wake-lock=(self), window-management=(self)"
)
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
_COMPRESSED = frozenset({".css", ".js", ".json", ".svg", ".txt", ".webmanifest"})
_FOREVER = "public, max-age=31536000, immutable"  # the name of an asset changes with its content

_MISSING: dict[Language, tuple[str, str]] = {
    "tr": (
        "Konsol henüz derlenmedi",
        "Kaynak klasöründe şunu çalıştırın, sonra sayfayı yenileyin: make web/console/dist/index.html",
    ),
    "en": (
        "The console has not been built yet",
        "Run this in the source folder, then reload the page: make web/console/dist/index.html",
    ),
}


@dataclass(slots=True)
class _Built:
    """One build of the console, read whole: no request can name another file."""

    stamp: tuple[int, int]
    page: bytes
    assets: dict[str, Path]
    brotli: dict[str, Path]  # what the build has compressed itself, by the asset's name
    compressed: dict[str, bytes] = field(default_factory=dict)


class ConsoleFiles:
    """The console in `folder`. A new build is noticed by its page; without one a plain page says how to make it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._built: _Built | None = None

    def page(self, nonce: str) -> bytes | None:
        """The page with its nonce; None while nothing is built."""
        built = self._current()
        if built is None:
            return None
        return built.page.replace(_NONCE_PLACE, _NONCE_PLACE[:-1] + nonce.encode() + b'"', 1)

    def asset(self, name: str, accepted: frozenset[str]) -> tuple[bytes, str] | None:
        """Content of an asset with its coding, one of `accepted` or empty; None when the build has none so named."""
        built = self._current()
        path = None if built is None else built.assets.get(name)
        if built is None or path is None:
            return None
        try:
            if path.suffix not in _COMPRESSED:
                return path.read_bytes(), ""
            if "br" in accepted and name in built.brotli:
                return built.brotli[name].read_bytes(), "br"
            if "gzip" not in accepted:
                return path.read_bytes(), ""
            if name not in built.compressed:
                built.compressed[name] = gzip.compress(path.read_bytes(), 9, mtime=0)
            return built.compressed[name], "gzip"
        except OSError:  # another build took its place this moment
            return None

    def _current(self) -> _Built | None:
        try:
            state = (self._folder / "index.html").stat()
            stamp = (state.st_mtime_ns, state.st_ino)
            if self._built is None or self._built.stamp != stamp:
                self._built = self._read(stamp)
        except OSError:
            self._built = None
        return self._built

    def _read(self, stamp: tuple[int, int]) -> _Built:
        page = (self._folder / "index.html").read_bytes()
        assets = self._folder / "assets"
        found = [path for path in assets.rglob("*") if path.is_file() and path.suffix in _TYPES]
        named = {str(path.relative_to(assets)): path for path in found}
        brotli = {name: path.with_name(f"{path.name}.br") for name, path in named.items()}
        return _Built(stamp, page, named, {name: path for name, path in brotli.items() if path.is_file()})


def add_console(app: FastAPI, folder: Path) -> None:
    """Serve `/`, the console's places, `/assets`; the console says itself that a place is none of its own."""
    files = ConsoleFiles(folder)

    def page(request: Request) -> Response:
        nonce = secrets.token_urlsafe(16)
        content = files.page(nonce)
        if content is None:
            return _not_built(language_of(request))
        headers = {
            "Cache-Control": "no-store",  # the nonce is for this one visit
            "Content-Security-Policy": _POLICY.format(nonce=nonce),
            "Permissions-Policy": _PERMISSIONS,
        }
        return HTMLResponse(content, headers=headers)

    for path in ("/", *(f"/{place}" for place in PLACES), *(f"/{place}/{{rest:path}}" for place in PLACES)):
        app.add_api_route(
            path, page, methods=["GET"], include_in_schema=False, dependencies=[declares(Access.PUBLIC_PAGE)]
        )

    answer_missing(app, page)

    @app.get("/assets/{name:path}", include_in_schema=False, dependencies=[declares(Access.PUBLIC_ASSET)])
    def console_asset(name: str, request: Request) -> Response:
        found = files.asset(name, _codings(request.headers.get("accept-encoding", "")))
        if found is None:
            raise VmsError(Kind.NOT_FOUND, "not_found", "Nothing lives at this address. Check it.")
        content, coding = found
        headers = {"Cache-Control": _FOREVER, "Vary": "Accept-Encoding"}
        if coding:
            headers["Content-Encoding"] = coding
        return Response(content, media_type=_TYPES[Path(name).suffix], headers=headers)


def _codings(header: str) -> frozenset[str]:
    """What a caller takes, of an Accept-Encoding (RFC 9110 §12.5.3); a coding of weight 0 is not taken."""
    items = [item.replace(" ", "").lower().partition(";") for item in header[:MAX_HEADER_CHARACTERS].split(",")]
    return frozenset(name for name, _, weight in items if not re.fullmatch(r"q=0(\.0*)?", weight))


def _not_built(language: Language) -> Response:
    title, text = (escape(words) for words in _MISSING[language])
    body = (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>Nazar</title>'
        f'<h1>{title}</h1><p>{text}</p><p><a href="/status">/status</a></p></html>'
    )
    headers = {"Cache-Control": "no-store", "Content-Language": language, "Vary": "Accept-Language"}
    return HTMLResponse(body, 503, headers=headers)
