"""Packages with derived copies: built, begun anew after a kill, let go when nobody wants them."""

import os
import signal
import sys

import pytest

from vms.documents.forms.delivery import Channel, Medium
from vms.footage.bundle.verdict import Code
from vms.footage.bundle.verify import verify
from vms.footage.case_events import events_of
from vms.footage.delivery.handing import Handing
from vms.footage.exports.derived_order import checked
from vms.footage.exports.hash_register import Given, find_hash
from vms.footage.exports.model import ExportState
from vms.footage.exports.plan import asked_of
from vms.footage.exports.plan import plan as planned
from vms.footage.exports.service import order, replace
from vms.footage.exports.summary import ExportSummary
from vms.footage.papers.delivery import delivery_form

SECOND_US = 1_000_000
MASK = [[0.5, 0.0], [1.0, 0.0], [1.0, 0.5], [0.5, 0.5]]


@pytest.fixture
def ordered(works, office):
    """A request whose package has a derived copy of its one camera."""
    request = works.request(works.record())
    with office.database.reading() as session:
        asked = asked_of(session, request.id)
    wish = checked([(asked[0].camera_id, [MASK])], {asked[0].camera_id}, is_marked=True)
    plan = planned(office.archive, asked, office.clock.now_us(), derived=wish.cameras.keys())
    office.act(order, office.fresh(request), plan, works.desk, derived=wish, by="officer")
    return request


@pytest.fixture
def ticking():
    """Every picture is told of, and asks whether to stop."""
    return sys.modules["packages_of_footage"].TickingClock


def proved(works, export):
    opened = works.opened(export)
    report = verify(opened)
    opened.close()
    return report


def test_what_was_ordered_lies_beside_the_original_and_is_called_derived(works, office, ordered):
    before = works.export(ordered)
    works.build()
    export = works.export(ordered)
    assert (export.state, export.failure) == (ExportState.READY, "")
    assert export.size_bytes <= before.planned_bytes + 100_000  # manifest, texts, signature are in no plan
    report = proved(works, export)
    assert (report.problems, [note.code for note in report.notes]) == ([], [Code.DERIVED])
    (copy,) = report.manifest["derived"]
    assert copy["watermark"] == (
        f"TÜRETİLMİŞ KOPYA, KANIT DEĞİLDİR · Talep {ordered.number} · Deneme Belediyesi · "
        f"{report.manifest['request']['authority']}"
    )
    summary = ExportSummary.from_json(export.summary)
    (film,), (derived,) = summary.films, summary.derived
    assert (derived.original, derived.masks, derived.has_watermark) == (film.name, 1, True)
    assert (derived.sha256, derived.from_us, derived.until_us) == (copy["sha256"], film.from_us, film.until_us)
    assert ExportSummary.from_json(summary.to_json()) == summary
    with office.database.reading() as session:
        assert [one.what for one in find_hash(session, copy["sha256"])] == [Given.DERIVED]
        assert [one.what for one in find_hash(session, film.sha256)] == [Given.FILM]
        told = [one for one in events_of(session, ordered.id) if one.act == "export_ordered"]
    assert told[-1].detail["derived"] == {"cameras": 1, "masks": 1, "watermark": True}


def test_the_minutes_list_the_copy_beside_the_original_and_call_it_none(works, office, ordered):
    works.build()
    handing = Handing(medium=Medium.USB, channel=Channel.BY_HAND)
    with office.database.reading() as session:
        form = delivery_form(session, office.fresh(ordered), works.exports(ordered), handing, office.by("officer"))
    film, copy = form.files
    assert (film.name.split("/")[0], copy.name.split("/")[0], form.files_in_all) == ("video", "turev", 2)
    assert copy.camera.endswith("(türetilmiş kopya, kanıt değildir)")
    assert (film.interval, "türetilmiş" in film.camera) == (copy.interval, False)


def test_one_that_replaces_it_has_the_copy_too(works, office, ordered):
    works.build()
    made = office.act(replace, office.fresh(ordered), works.export(ordered), works.desk, by="officer")
    works.build()
    assert ExportSummary.from_json(works.exports(ordered)[-1].summary).derived_in_all == 1
    assert made.number == 2


@pytest.mark.proves("edge-56")
def test_killed_while_pictures_are_encoded_it_is_built_from_the_beginning(works, office, ordered, ticking):
    def work():
        works.volume.index.forget()  # connections may not cross a fork
        office.database.engine.dispose(close=False)
        asked = []

        def kill():
            asked.append(True)
            if len(asked) > 120:  # behind the originals: a picture each
                os.kill(os.getpid(), signal.SIGKILL)
            return False

        works.build(clock=ticking(office.clock.now_us()), is_stopping=kill)

    office.database.engine.dispose()
    assert is_killed_in_child(work)
    assert works.export(ordered).state == ExportState.BUILDING
    assert [name for name in works.files() if not name.endswith(".zip.part")] == []
    works.build()
    export = works.export(ordered)
    assert (export.state, export.attempts) == (ExportState.READY, 2)
    assert works.files() == [works.desk.whole(export).name]
    assert proved(works, export).is_sound


def is_killed_in_child(work) -> bool:
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(1)  # whatever happens, the tests go on in one process only
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status) == -signal.SIGKILL


@pytest.mark.proves("edge-58")
def test_withdrawn_while_pictures_are_encoded_it_is_let_go(works, office, ordered, ticking):
    asked = []

    def withdrawn():
        asked.append(works.files())
        if len(asked) == 120:
            office.take_back(office.fresh(ordered))
        return False

    works.build(clock=ticking(office.clock.now_us()), is_stopping=withdrawn)
    assert len(asked) < 130  # at the next picture, not at the film's end
    assert {name for names in asked for name in names} == {f"{works.export(ordered).name}.zip.part"}
    export = works.export(ordered)
    assert (export.state, export.failure, works.files()) == (ExportState.FAILED, "export_stopped", [])
