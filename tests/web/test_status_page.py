import re
import socket
import threading
from contextlib import contextmanager
from dataclasses import replace
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import httpx
import pytest
import still_node
import uvicorn
from caller import Caller
from still_node import NOW_US, camera, recorder, status

from vms.kernel.clock import ManualClock
from vms.kernel.errors import Kind, VmsError
from web.app import create_app
from web.facts import AlarmFacts, Severity


def page(node, query="", path="/status", **options):
    app = create_app(node, ManualClock(NOW_US), ZoneInfo("Europe/Istanbul"), still_node.no_parts())
    return Caller(app).get(path + query, **options)


class _Text(HTMLParser):
    """Text of a document, with what breaks the page's own rules."""

    def __init__(self):
        super().__init__()
        self.words, self.open, self.inline = [], [], []

    def handle_starttag(self, tag, attributes):
        if tag not in {"meta", "link", "img", "rect", "path", "circle", "br"}:
            self.open.append(tag)
        self.inline += [name for name, _ in attributes if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in dict(attributes)):
            self.inline.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def text_of(html) -> str:
    parser = _Text()
    parser.feed(re.sub(r"/>", ">", html))
    assert parser.open == []
    assert parser.inline == []
    return " ".join(" ".join(parser.words).split())


@pytest.mark.proves("D-6.1", "D-5.18")
def test_turkish():
    answer = page(still_node.troubled())
    assert answer.headers["content-language"] == "tr"
    text = text_of(answer.text)
    assert '<html lang="tr">' in answer.text
    assert "Kayıt yapmayan 2 5 kameradan" in text
    assert "Meydan Parkı girişi Kayıt yapılmıyor parola yanlış" in text
    assert "3 boşluk, toplam 1 sa 50 dk" in text
    assert "04:05:30 – 04:35:30: ağ kesintisi (yanıt yok)" in text
    assert "12:45:30 – sürüyor: kamera kapalı (parola yanlış)" in text
    assert "H.265 · 2560×1440 25,0 2,31" in text
    assert "Depolamanın dolmasına 4,3 gün" in text
    assert "arsiv-2 Bağlı değil" in text
    assert "Kayıt süreci recorder-1 kayıt süreci yanıt vermiyor" in text
    assert "Her şey yolunda" not in text


@pytest.mark.parametrize("options", [{"query": "?lang=en"}, {"headers": {"Accept-Language": "en"}}])
def test_english(options):
    text = text_of(page(still_node.troubled(), **options).text)
    assert "Not recording 2 of 5 cameras" in text
    assert "Meydan Parkı girişi Not recording wrong password" in text
    assert "04:05:30 – 04:35:30: network (no answer)" in text
    assert "Storage full in 4.3 days" in text
    assert "Volume cannot be reached arsiv-2" in text
    assert not re.search(
        r"[ğışİ]", re.sub(r"Meydan Parkı girişi|Işıklar Caddesi|Boztepe seyir terası|Türkçe", "", text)
    )


def test_all_well_is_one_quiet_line():
    text = text_of(page(still_node.well()).text)
    assert "Her şey yolunda: 4 kamera kaydediliyor." in text
    assert "Alarmlar" not in text


def test_a_state_is_told_by_words_and_shape():
    html = page(still_node.troubled()).text
    for shape, words in (("stopped", "Kayıt yapılmıyor"), ("warning", "Donuk görüntü"), ("recording", "Kaydediliyor")):
        assert re.search(rf'<svg class="shape {shape}".*?</svg><span class="{shape}">{words}</span>', html), words


def test_those_who_need_a_person_come_first():
    html = page(still_node.troubled()).text
    assert re.findall(r'<td class="n number"[^>]*>(\d+)</td>', html) == ["2", "3", "4", "1", "5"]


def test_a_name_is_text_never_markup():
    node = still_node.well()
    node.camera_list = [camera(1, "<script>alert(1)</script>\"'&")]
    html = page(node).text
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&#34;&#39;&amp;" in html


def test_the_recorder_is_down_and_the_page_works():
    node = still_node.well()
    node.recorder_list = [still_node.RecorderReport("recorder-0", None, "refused")]
    text = text_of(page(node).text)
    assert "Kayıt yapmayan 4 4 kameradan" in text
    assert "Liman Kayıt yapılmıyor kayıt süreci yanıt vermiyor" in text
    assert "31.10.2026" in text


def test_nothing_can_be_read_and_the_page_works():
    node = still_node.StillNode([recorder(status(1))])
    node.broken = dict.fromkeys(
        ("cameras", "volumes", "footage", "alarms", "sweep"),
        VmsError(Kind.UNAVAILABLE, "database_unavailable", "Away."),
    )
    text = text_of(page(node).text)
    assert "Okunamayan bölümler: alarmlar, kamera listesi, arşiv, temizlik, diskler" in text
    assert "Kamera 1" in text


def test_a_new_node_says_what_to_do():
    text = text_of(page(still_node.StillNode([recorder()])).text)
    assert "Henüz kamera yok" in text
    assert "vms camera add" in text


@pytest.mark.proves("C-11")
@pytest.mark.parametrize("node", [still_node.well, still_node.troubled])
def test_nothing_comes_from_elsewhere(node):
    app = create_app(node(), ManualClock(NOW_US), ZoneInfo("UTC"), still_node.no_parts())
    for path in ("/status", "/static/status.css", "/static/status.js"):
        assert not re.search(r"(https?:)?//[a-z]", Caller(app).get(path).text.replace("// ", "")), path


def test_the_fragment_is_the_inside_of_the_page():
    node = still_node.troubled()
    fragment = page(node, "?lang=en", "/status/fragment").text
    whole = page(node, "?lang=en").text
    assert fragment.strip()
    assert fragment.strip() in whole
    assert 'data-fragment="/status/fragment?lang=en"' in whole


def test_many_gaps_are_cut():
    from vms.archive.model import Cause, Gap

    gaps = [
        Gap(NOW_US - (200 - at) * 60_000_000, NOW_US - (200 - at) * 60_000_000 + 1_000_000, Cause.NETWORK)
        for at in range(150)
    ]
    node = still_node.well()
    node.footage_map[still_node.camera_id(1)] = still_node.footage(*gaps)
    text = text_of(page(node).text)
    assert "150 boşluk, toplam 2 dk 30 sn" in text
    assert "ve 130 boşluk daha" in text
    assert text.count("ağ kesintisi") == 20


@pytest.mark.proves("D-9.1d")
def test_what_is_missing_of_the_twenty_days_is_told_with_its_cause():
    from vms.archive.model import Cause

    node = still_node.well()
    missing = {Cause.NETWORK: 7_200_000_000, Cause.UNKNOWN: 300_000_000}
    node.coverage_map = {still_node.camera_id(2): still_node.covered(missing)}
    text = text_of(page(node).text)
    assert "20 günün altında 1 zorunlu kaydı eksik kamera" in text
    assert "Eksik: 2 sa 05 dk (ağ kesintisi)" in text
    assert "Missing: 2 h 05 min (network)" in text_of(page(node, "?lang=en").text)


@pytest.mark.proves("D-5.18")
def test_a_new_installation_measures():
    node = still_node.well()
    node.volume_list = [replace(node.volume_list[0], days_until_full=None, is_measuring=True)]
    text = text_of(page(node).text)
    assert "Depolamanın dolmasına ölçülüyor" in text
    assert "Dolmasına ölçülüyor" in text
    assert text_of(page(node, "?lang=en").text).count("measuring") == 2


@pytest.mark.proves("D-6.1")
def test_three_hundred_cameras_down_are_one_line_with_what_to_do():
    node = still_node.well()
    node.alarm_list = [
        AlarmFacts("camera_offline", Severity.CRITICAL, NOW_US - 90_000_000, f"{n} · K{n}", "no_route", "Merkez")
        for n in range(300)
    ]
    answer = page(node)
    text = text_of(answer.text)
    assert "Kameradan görüntü gelmiyor Merkez: 300 kamera ağda bulunamadı Başlangıç: 14:04:00" in text
    assert "Anahtarı, kabloyu ve kameranın ağ ayarlarını denetleyin." in text
    assert text.count("Kameradan görüntü gelmiyor") == 1
    assert "ve 270 tane daha" in text
    assert text_of(page(node, "?lang=en").text).count("Merkez: 300 cameras not found on the network") == 1


@contextmanager
def serving(app):
    """A real server on a real port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)
    assert not thread.is_alive()


@pytest.mark.sockets
def test_over_a_real_socket_a_slow_disk_does_not_hold_up_the_others():
    slow = still_node.well()
    asked, go_on = threading.Event(), threading.Event()
    footage = slow.footage

    def wait(camera_ids, span):
        asked.set()
        assert go_on.wait(20)
        return footage(camera_ids, span)

    slow.footage = wait
    with serving(create_app(slow, ManualClock(NOW_US), ZoneInfo("UTC"), still_node.no_parts())) as address:
        answers = []
        viewer = threading.Thread(target=lambda: answers.append(httpx.get(f"{address}/status", timeout=30)))
        viewer.start()
        assert asked.wait(10)
        assert httpx.get(f"{address}/static/status.css", timeout=5).status_code == 200  # the loop is free
        go_on.set()
        viewer.join(20)
        assert answers[0].status_code == 200
        assert httpx.get(f"{address}/healthz", timeout=5).json() == {"status": "ok", "reasons": []}


def test_a_volume_that_is_away_shows_no_numbers():
    node = still_node.well()
    node.volume_list = [
        replace(node.volume_list[0], state="volume_missing", total_bytes=0, free_bytes=0, footage_bytes=None)
    ]
    text = text_of(page(node).text)
    assert "Bağlı değil Dolu – Boş – Görüntü kaydı –" in text


def test_a_camera_that_is_switched_off():
    node = still_node.well()
    node.camera_list = [*node.camera_list, camera(9, "Depo", must_record=False, is_enabled=False)]
    text = text_of(page(node).text)
    assert "Depo Kapalı" in text
    assert "Her şey yolunda: 4 kamera kaydediliyor." in text
