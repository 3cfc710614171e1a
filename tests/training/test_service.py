"""Materials from the first file to the last acknowledgement."""

import pytest
from sqlalchemy import select

from vms.audit.model import AuditEntry
from vms.documents.forms.training import Topic
from vms.kernel.errors import VmsError
from vms.people.person_service import leave
from vms.people.service import disable
from vms.training.export import csv_of
from vms.training.model import Acknowledgement
from vms.training.queries import current, gaps, name_of
from vms.training.service import acknowledge, add_material, add_version, change_material, publish, withdraw


def missing(town):
    with town.database.reading() as session:
        return [(one.unit_name, name_of(one), one.current.version.number) for one in gaps(session, town.clock.now_us())]


@pytest.mark.proves("D-17.1a", "D-17.1c", "D-5.5b")
def test_everybody_is_asked_for_what_is_published_by_unit_and_name(town, publish_file, paper):
    assert missing(town) == []
    _, version = publish_file(paper)
    assert missing(town) == [
        ("", "Teknisyen", 1), ("Park Dairesi", "Gardener", 1), ("Park Dairesi", "Guard", 1),
        ("Zabıta Dairesi", "Ayse", 1), ("Zabıta Dairesi", "Bekir", 1), ("Zabıta Dairesi", "Chief", 1),
        ("Zabıta Dairesi", "Mayor", 1),
    ]  # fmt: skip
    town.act(acknowledge, town.accounts["ayse"], version)
    assert ("Zabıta Dairesi", "Ayse", 1) not in missing(town)
    assert len(missing(town)) == 6


@pytest.mark.proves("D-17.1c")
def test_another_version_is_acknowledged_anew_and_the_old_one_stays_known(town, publish_file, paper, film):
    material, first = publish_file(paper)
    for name in ("ayse", "bekir"):
        town.act(acknowledge, town.accounts[name], first)
    _, second = publish_file(film, material=material)
    assert second.number == 2
    assert ("Zabıta Dairesi", "Ayse", 2) in missing(town)
    assert town.refusal(acknowledge, town.accounts["chief"], first) == "training_superseded"
    town.act(acknowledge, town.accounts["ayse"], second)
    with town.database.reading() as session:
        assert len(list(session.scalars(select(Acknowledgement)))) == 3


def test_saying_it_again_changes_nothing(town, publish_file, paper, clock):
    _, version = publish_file(paper)
    first = town.act(acknowledge, town.accounts["ayse"], version)
    clock.advance(60)
    assert town.act(acknowledge, town.accounts["ayse"], version).at_us == first.at_us


def test_only_a_person_can_have_understood_it(town, publish_file, paper):
    _, version = publish_file(paper)
    assert town.refusal(acknowledge, town.accounts["wall"], version) == "training_account_shared"


def test_a_draft_is_asked_of_nobody(town, store, examiners, paper):
    material = town.act(add_material, " Kılavuz ", [Topic.VIEWING, Topic.SIGNING_IN])
    assert (material.title, material.topics) == ("Kılavuz", "signing_in,viewing")
    assert town.refusal(publish, material) == "training_file_missing"
    version = add_version(town.database, town.clock, store, examiners, material.id, paper, by=town.clerk)
    assert town.refusal(acknowledge, town.accounts["ayse"], version) == "training_not_found"
    assert missing(town) == []
    town.act(publish, material)
    assert town.refusal(publish, material) == "training_published"


def test_a_withdrawn_material_is_over(town, store, examiners, publish_file, paper):
    material, version = publish_file(paper)
    town.act(withdraw, material)
    assert missing(town) == []
    assert town.refusal(acknowledge, town.accounts["ayse"], version) == "training_not_found"
    for use_case, more in ((withdraw, ()), (publish, ()), (change_material, ("x", [Topic.FAULTS]))):
        assert town.refusal(use_case, material, *more) == "training_withdrawn"
    with pytest.raises(VmsError):
        add_version(town.database, town.clock, store, examiners, material.id, paper, by=town.clerk)


@pytest.mark.parametrize(("title", "topics", "code"), [
    ("", [Topic.FAULTS], "training_title_invalid"), ("x" * 121, [Topic.FAULTS], "training_title_invalid"),
    ("a\nb", [Topic.FAULTS], "training_title_invalid"), ("Kılavuz", [], "training_topics_missing"),
])  # fmt: skip
def test_what_a_material_is_called(town, title, topics, code):
    assert town.refusal(add_material, title, topics) == code


def test_who_left_or_has_a_closed_account_is_not_in_the_list(town, publish_file, paper):
    publish_file(paper)
    town.act(leave, town.people["bekir"].id)
    town.act(disable, town.accounts["guard"])
    assert {name for _, name, _ in missing(town)} == {"Ayse", "Chief", "Mayor", "Gardener", "Teknisyen"}


@pytest.mark.proves("C-1")
def test_every_act_is_in_the_log_with_who_acted(town, publish_file, paper):
    material, version = publish_file(paper)
    town.act(acknowledge, town.accounts["ayse"], version, by=town.head)
    town.act(withdraw, material)
    with town.database.reading() as session:
        told = session.scalars(
            select(AuditEntry).where(AuditEntry.act.startswith("training")).order_by(AuditEntry.sequence)
        )
        found = [(one.act, one.actor_name, one.subject_words) for one in told]
    acts = ["training_added", "training_uploaded", "training_published", "training_acknowledged", "training_withdrawn"]
    assert [act for act, *_ in found] == acts
    assert {words for *_, words in found} == {"Kamera kullanımı"}
    assert found[3][1] == "head"


def test_the_file_is_kept_under_its_hash_and_equal_files_once(town, store, publish_file, paper, film):
    _, first = publish_file(paper)
    _, second = publish_file(paper, title="Aynısı")
    publish_file(film, title="Film")
    assert first.sha256 == second.sha256
    assert store.read(first.sha256) == paper.read_bytes()
    assert len(list(store.digests())) == 2
    assert [path.name for path in (store.path(first.sha256).parent.parent).iterdir() if path.name.startswith(".")] == []


def test_the_list_opens_in_a_spreadsheet_and_reckons_nothing(town, publish_file, paper):
    publish_file(paper, title="=1+1")
    with town.database.reading() as session:
        text = csv_of(gaps(session, town.clock.now_us()))
        assert current(session)[0].material.title == "=1+1"
    lines = text.removeprefix("\ufeff").splitlines()
    assert lines[0] == "unit,person,registry_no,account,training,version"
    assert "Zabıta Dairesi,Ayse,,ayse,'=1+1,1" in lines
