import pytest

from recorder.simcam.onvif.duration import parse_duration_s, seconds_until
from recorder.simcam.onvif.soap import SoapFaultError, bad_argument, read_request, write_fault
from recorder.simcam.onvif.xml_reader import find, parse, text
from vms.kernel.clock import from_datetime, to_datetime

SOAP12 = "http://www.w3.org/2003/05/soap-envelope"


def envelope(body: str, namespace: str = SOAP12, before: str = "") -> bytes:
    return f'{before}<e:Envelope xmlns:e="{namespace}"><e:Body>{body}</e:Body></e:Envelope>'.encode()


def test_the_operation_is_taken_out():
    request = read_request(envelope('<GetHostname xmlns="http://www.onvif.org/ver10/device/wsdl"/>'))
    assert (request.name, request.namespace) == ("GetHostname", "http://www.onvif.org/ver10/device/wsdl")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff\xfe",
        b"<a>",
        b"<a/>",
        envelope(""),
        envelope("<a/><b/>"),
        envelope("<a/>", "http://schemas.xmlsoap.org/soap/envelope/"),
        envelope("<a>&x;</a>", before='<!DOCTYPE e [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        envelope("<a>&x;</a>", before='<!DOCTYPE e [<!ENTITY x "y">]>'),
        envelope("<a/>", before='<!DOCTYPE e SYSTEM "http://192.0.2.1/x.dtd">'),
        envelope("<a>" * 1000 + "</a>" * 1000),
    ],
    ids=[
        "empty",
        "binary",
        "open",
        "other",
        "no_call",
        "two_calls",
        "soap11",
        "file_entity",
        "entity",
        "dtd",
        "deep",
    ],
)
def test_everything_else_is_refused(data):
    with pytest.raises(SoapFaultError) as caught:
        read_request(data)
    assert caught.value.subcodes == ("ter:WellFormed",)


def test_a_fault_reads_as_soap_says():
    fault = find(parse(write_fault(bad_argument("ter:NoProfile", "No."))), "s:Body/s:Fault")
    assert text(fault, "s:Code/s:Value") == "s:Sender"
    assert text(fault, "s:Code/s:Subcode/s:Value") == "ter:InvalidArgVal"
    assert text(fault, "s:Code/s:Subcode/s:Subcode/s:Value") == "ter:NoProfile"
    assert fault.nsmap["ter"] == "http://www.onvif.org/ver10/error"


@pytest.mark.parametrize(("value", "seconds"), [("PT5S", 5), ("PT1M30.5S", 90.5), ("P1DT1H", 90_000), ("PT0S", 0)])
def test_durations(value, seconds):
    assert parse_duration_s(value) == seconds


@pytest.mark.parametrize("value", ["", "P", "PT", "5", "P1Y", "-PT5S", "PT" + "9" * 40 + "S", "PT5s"])
def test_no_durations(value):
    with pytest.raises(ValueError, match="duration"):
        parse_duration_s(value)


def test_a_time_is_reached_by_date_too():
    now_us = 1_750_000_000_000_000
    later = to_datetime(now_us + 60_000_000)
    assert seconds_until(later.isoformat(), from_datetime(to_datetime(now_us))) == 60
