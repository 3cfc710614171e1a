"""A camera that was moved: papers, packages name the place where it stood when their footage was recorded."""

import pytest
from read_paper import words_of

from vms.cameras.model import Camera
from vms.cameras.placement_queries import placements_of
from vms.cameras.placements import Words, correct, move
from vms.documents.queries import need_document
from vms.footage.bundle.verify import verify
from vms.footage.exports.summary import ExportSummary
from vms.footage.papers.parts import Looked, asked_rows
from vms.footage.papers.records import print_hold_record
from vms.kernel.clock import iso
from vms.kernel.span import Span

SECOND_US = 1_000_000


@pytest.mark.proves("edge-18", "D-4.2")
def test_a_camera_that_was_moved_meanwhile_has_a_row_for_each_of_its_places(counter):
    """Footage of before shows the place of before, whatever the camera is called today."""
    office = counter.office
    office.film(days=4 / 24)
    office.gap(office.ago(hours=6), office.ago(hours=4))
    with office.database.writing() as session:
        gate = session.get_one(Camera, office.camera())
        first = placements_of(session, gate.id)[0]
        correct(session, office.clock, first, Words(site="Meydan"), office.ago(days=40), by=office.by("officer"))
        move(session, office.clock, gate, Words(site="Çeşme", number=77), office.ago(hours=5), by=office.by("officer"))
        move(session, office.clock, gate, Words(site="Depo"), office.ago(hours=1), by=office.by("officer"))
    hold = office.hold("gate")
    document = office.act(
        lambda session, clock, case, by: print_hold_record(session, clock, counter.desk, case, (), by=by), hold
    )
    words = words_of(counter.desk.store.read(document.pdf_sha256))
    rows = document.fields["items"]
    places = [(one["camera"]["place"], one["camera"]["number"]) for one in rows]
    assert places == [("Meydan", f"{first.number} (bugün 77)"), ("Çeşme", "77")]
    assert [one["interval"]["end"] for one in rows][:1] == [one["interval"]["start"] for one in rows][1:]
    assert [(one["covered"], one["missing_in_all"]) for one in rows] == [("PT0S", 1), ("PT1H", 1)]
    assert "Çeşme" in words
    assert "Depo" not in words


def test_a_paper_without_room_for_every_place_names_them_in_one_row(office):
    with office.database.writing() as session:
        gate = session.get_one(Camera, office.camera())
        correct(
            session, office.clock, placements_of(session, gate.id)[0], Words(site="Meydan"), office.ago(days=40),
            by=office.by("officer"),
        )  # fmt: skip
        move(session, office.clock, gate, Words(site="Çeşme"), office.ago(hours=5), by=office.by("officer"))
    span = Span(office.ago(hours=6), office.ago(hours=3))
    with office.database.reading() as session:
        (row,) = asked_rows(session, [Looked(office.camera(), span, 0, [], 900)])
    assert (row.camera.place, row.missing_in_all) == ("Meydan → Çeşme", 900)


@pytest.mark.proves("edge-18", "D-4.2")
def test_a_package_names_the_place_where_the_camera_stood_then(works, office):
    recorded = works.record()
    asked = Span(recorded.start_us + 1_500_000, recorded.start_us + 8 * SECOND_US)
    by = office.by("officer")
    with office.database.writing() as session:
        gate = session.get_one(Camera, office.camera())
        (first,) = placements_of(session, gate.id)
        correct(session, office.clock, first, Words(site="Meydan"), recorded.start_us - SECOND_US, by=by)
        move(session, office.clock, gate, Words(name="gate two", site="Saat Kulesi"), asked.start_us + SECOND_US, by=by)
        move(session, office.clock, gate, Words(name="depot", site="Depo"), asked.end_us + 2 * SECOND_US, by=by)
    request = works.ordered(asked)
    works.build()
    export = works.export(request)
    opened = works.opened(export)
    camera = verify(opened).manifest["cameras"][0]["camera"]
    opened.close()
    assert (camera["name"], camera["place"]) == ("gate → gate two", "Meydan → Saat Kulesi")
    assert [(one["place"], one["start"]) for one in camera["placements"]] == [
        ("Meydan", iso(recorded.start_us - SECOND_US)), ("Saat Kulesi", iso(asked.start_us + SECOND_US)),
    ]  # fmt: skip
    (film,) = ExportSummary.from_json(export.summary).films
    assert film.camera_name == "gate → gate two"


@pytest.mark.proves("edge-54")
def test_minutes_name_what_is_missing_of_a_camera_that_has_another_number_by_now(counter):
    office = counter.office
    office.film(days=1)
    request = office.searched(office.approved())
    hole = {"camera_number": 1, "camera_id": str(office.camera()), "from_us": office.ago(hours=5),
            "until_us": office.ago(hours=4), "cause": "network", "detail": ""}  # fmt: skip
    counter.packed(request, missing=[hole])
    with office.database.writing() as session:
        gate = session.get_one(Camera, office.camera())
        first = placements_of(session, gate.id)[0]
        correct(session, office.clock, first, Words(), office.ago(days=40), by=office.by("officer"))
        move(session, office.clock, gate, Words(number=77), office.ago(hours=1), by=office.by("officer"))
    delivery = counter.prepare(request)
    with office.database.reading() as session:
        (row,) = need_document(session, delivery.record_id).fields["items"]
    assert (row["covered"], len(row["missing"]), row["camera"]["number"]) == ("PT2H", 1, "1 (bugün 77)")
