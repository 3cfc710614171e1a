import pytest

from recorder.onvif.address import read_address
from vms.kernel.errors import VmsError


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("cam.example", "http://cam.example:80/onvif/device_service"),
        ("10.1.2.3:8080", "http://10.1.2.3:8080/onvif/device_service"),
        ("[2001:db8::1]:81", "http://[2001:db8::1]:81/onvif/device_service"),
        ("https://cam.example/device", "https://cam.example:443/device"),
        (" http://cam.example/ ", "http://cam.example:80/onvif/device_service"),
    ],
)
def test_addresses_people_type(text, service):
    assert read_address(text).device_service == service


@pytest.mark.parametrize(
    "text", ["", "ftp://cam", "http://user:secret@cam", "http://cam:99999", "rtsp://cam/live", "http://[::1"]
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(VmsError) as caught:
        read_address(text)
    assert caught.value.code == "onvif_bad_address"
    assert "secret" not in str(caught.value)


def test_a_service_never_leads_to_another_host():
    reached = read_address("203.0.113.9:8081")
    assert reached.corrected_service("http://192.168.1.20/onvif/media") == "http://203.0.113.9:8081/onvif/media"
    assert reached.corrected_service("http://203.0.113.9:8000/events?id=3") == "http://203.0.113.9:8000/events?id=3"
    assert reached.corrected_service("//evil.example/x") == "http://203.0.113.9:8081/x"


@pytest.mark.parametrize(
    ("uri", "corrected"),
    [
        ("rtsp://192.168.1.20:554/live?x=1", "rtsp://203.0.113.9:554/live?x=1"),
        ("rtsp://admin:secret@192.168.1.20/live", "rtsp://203.0.113.9/live"),
        ("http://192.168.1.20/live", None),
        ("file:///etc/passwd", None),
        ("rtsp://192.168.1.20:port/", None),
        ("rtsp://192.168.1.20/a\r\nHeader: b", None),
    ],
)
def test_stream_addresses(uri, corrected):
    assert read_address("203.0.113.9").corrected_stream(uri) == corrected
