"""A hold that comes after a request for the same footage is tied to it as one that came before."""

import pytest

from vms.footage.case_events import events_of
from vms.footage.queries import holds_of_request, requests_of_hold


@pytest.fixture
def filmed(office):
    office.film(days=1)
    return office


def linked(office, request):
    with office.database.reading() as session:
        return [one.id for one in holds_of_request(session, request.id)]


@pytest.mark.proves("A-14", "8.3", "edge-64")
def test_a_hold_is_linked_to_every_open_request_for_what_it_keeps(filmed):
    asked, also = filmed.register(), filmed.register()
    elsewhere = filmed.register("lobby")
    over = filmed.register()
    filmed.take_back(over)
    hold = filmed.hold()
    assert [linked(filmed, one) for one in (asked, also, elsewhere, over)] == [[hold.id], [hold.id], [], []]
    with filmed.database.reading() as session:
        told = [one.detail["request"] for one in events_of(session, hold.id) if one.act == "hold_linked"]
        assert [one.id for one in requests_of_hold(session, hold.id)] == [asked.id, also.id]
    assert sorted(told) == [f"Görüntü talebi {one.number}" for one in (asked, also)]


def test_what_the_hold_found_nothing_of_links_nothing(filmed):
    request = filmed.register("lobby")
    filmed.hold("gate lobby")  # of the lobby nothing was recorded: no lock of the hold is on it
    assert linked(filmed, request) == []
