import gzip
import os
import re

import pytest
import still_node
from caller import Caller

from vms.kernel.clock import ManualClock
from web.app import ZoneInfo, create_app
from web.backends import Parts
from web.pages.console import PLACES

PAGE = (
    '<!doctype html><html><head><meta name="csp-nonce" content="" /></head>'
    '<script type="module" src="/assets/index-1.js"></script></html>'
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "dist" / "assets" / "fonts").mkdir(parents=True)
    (tmp_path / "dist" / "index.html").write_text(PAGE)
    (tmp_path / "dist" / "assets" / "index-1.js").write_text("console.log(1)" * 100)
    (tmp_path / "dist" / "assets" / "fonts" / "inter.woff2").write_bytes(b"wOF2")
    (tmp_path / "dist" / "assets" / "source.map").write_text("secret")
    (tmp_path / "dist" / "other.txt").write_text("outside of assets")
    return tmp_path / "dist"


@pytest.fixture
def caller(folder):
    parts = still_node.no_parts()
    parts = Parts(parts.database, parts.archive, parts.hub, folder)
    app = create_app(still_node.well(), ManualClock(still_node.NOW_US), ZoneInfo("UTC"), parts)
    return Caller(app, "10.1.2.3", "http://nazar.example")


@pytest.mark.parametrize("path", ["/", *(f"/{place}" for place in PLACES), "/wall/7", "/live/a/b?x=1"])
def test_every_place_of_the_console_is_its_page(caller, path):
    answer = caller.get(path)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "/assets/index-1.js" in answer.text


@pytest.mark.parametrize("path", ["/livestream", "/api", "/api/v1/none", "/assets", "/index.html", "/.git/config"])
def test_no_other_address_is(caller, path):
    assert caller.get(path).json()["code"] == "not_found"


BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize("path", ["/nosuch", "/livestream", "/index.html", "/.git/config", "/apis"])
def test_a_browser_gets_the_consoles_own_page_for_an_address_that_is_none(caller, path):
    answer = caller.get(path, headers=BROWSER)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "/assets/index-1.js" in answer.text
    assert answer.headers["vary"] == "Accept"
    assert "'nonce-" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/api", "/api/v1/none", "/assets", "/assets/none.js"])
def test_what_programs_ask_for_stays_a_problem_whoever_asks(caller, path):
    answer = caller.get(path, headers=BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json()["code"] == "not_found"


def test_only_a_page_that_is_shown_gets_a_page(caller):
    assert caller.post("/nosuch", headers=BROWSER).json()["code"] == "not_found"
    assert caller.get("/nosuch", headers={"Accept": "image/avif,image/*,*/*;q=0.8"}).json()["code"] == "not_found"


@pytest.mark.proves("C-11")
def test_only_what_the_page_of_this_visit_brought_is_run(caller):
    nonces = set()
    for _ in range(2):
        answer = caller.get("/live")
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
        nonce = re.search(r'name="csp-nonce" content="([\w-]{20,})"', answer.text)[1]
        assert policy["style-src"] == f"'self' 'nonce-{nonce}'"
        assert policy["script-src"] == policy["connect-src"] == "'self'"
        assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
        assert "unsafe" not in str(policy)
        assert "http" not in str(policy)
        nonces.add(nonce)
    assert len(nonces) == 2
    assert "display-capture=()" in answer.headers["permissions-policy"]


def test_assets_are_kept_for_good_and_sent_small(caller, folder):
    answer = caller.get("/assets/index-1.js")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text == "console.log(1)" * 100
    assert int(answer.headers["content-length"]) == len(gzip.compress(b"console.log(1)" * 100, 9))
    plain = caller.get("/assets/index-1.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    font = caller.get("/assets/fonts/inter.woff2")
    assert (font.content, font.headers["content-type"]) == (b"wOF2", "font/woff2")
    assert "content-encoding" not in font.headers


def test_what_the_build_made_smaller_still_goes_to_who_takes_it(caller, folder):
    (folder / "assets" / "index-1.js.br").write_bytes(b"small")
    answer = caller.get("/assets/index-1.js", headers={"Accept-Encoding": "gzip, deflate, br"})
    assert (answer.headers["content-encoding"], answer.headers["content-length"]) == ("br", "5")
    assert answer.headers["vary"] == "Accept-Encoding"
    for others in ("gzip", "gzip, br;q=0", "gzip, br; q=0.0", "gzip, bro"):
        answer = caller.get("/assets/index-1.js", headers={"Accept-Encoding": others})
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.text == "console.log(1)" * 100
    assert caller.get("/assets/index-1.js.br").status_code == 404


@pytest.mark.parametrize(
    "name", ["source.map", "../other.txt", "..%2fother.txt", "%2e%2e/index.html", "none.js", "fonts"]
)
def test_no_other_file_is_an_asset(caller, name):
    assert caller.get(f"/assets/{name}").status_code == 404


def test_a_new_build_is_served_without_a_restart(caller, folder):
    caller.get("/")
    (folder / "assets" / "index-2.js").write_text("2")
    (folder / "index.html").write_text(PAGE.replace("index-1", "index-2"))
    os.utime(folder / "index.html", ns=(1, 1))
    assert "index-2" in caller.get("/").text
    assert caller.get("/assets/index-2.js").text == "2"


def test_without_a_build_a_page_says_how_to_make_one(caller, folder):
    (folder / "index.html").unlink()
    for language, words in (("tr", "Konsol henüz derlenmedi"), ("en", "The console has not been built yet")):
        answer = caller.get("/live", headers={"Accept-Language": language})
        assert answer.status_code == 503
        assert words in answer.text
        assert "make web/console/dist/index.html" in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert caller.get("/assets/index-1.js").status_code == 404
