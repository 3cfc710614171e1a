"""The archive's chain is proved from the manifest alone, with the node's public key."""

import copy

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vms.archive.chain_proof import prove
from vms.archive.checkpoints import public_bytes, write_checkpoint
from vms.archive.deletion import delete_expired
from vms.footage.bundle.chain_record import ChainRecord, ProofState, judge
from vms.footage.bundle.verdict import Code
from vms.footage.bundle.verify import ChainBrokenError, look_at_chain, verify
from vms.kernel.clock import US_PER_DAY
from vms.kernel.span import Span

SECOND_US = 1_000_000


def state_of(manifest: dict) -> str:
    (proof,) = manifest["chain"]["proofs"]
    return judge(proof, manifest["chain"]["checkpoints"], bytes.fromhex(manifest["node_public_key"]))


@pytest.mark.proves("C-5")
def test_it_holds_and_every_change_breaks_it(package):
    manifest = package.manifest
    assert state_of(manifest) == ProofState.PROVEN
    assert look_at_chain(manifest) == []
    (proof,) = manifest["chain"]["proofs"]
    assert [link[0] for link in proof["links"]] == [0, 1, 2]
    assert manifest["cameras"][0]["films"][0]["segments"][0]["link"] == proof["links"][0][4]
    changes = (
        lambda proof: proof["links"].pop(1),
        lambda proof: proof["links"].pop(),
        lambda proof: proof["links"][1].__setitem__(1, proof["links"][1][1] + 1),
        lambda proof: proof["links"][1].__setitem__(3, "00" * 32),
        lambda proof: proof["links"][1].__setitem__(4, "00" * 32),
        lambda proof: proof.__setitem__("previous", "11" * 32),
        lambda proof: proof.__setitem__("stream", "sub"),
        lambda proof: proof.__setitem__("volume", "01980000-0000-7000-8000-000000000009"),
    )
    for change in changes:
        changed = copy.deepcopy(manifest)
        change(changed["chain"]["proofs"][0])
        assert state_of(changed) == ProofState.BROKEN
    for field in ("body", "signature"):
        changed = copy.deepcopy(manifest)
        (checkpoint,) = changed["chain"]["checkpoints"]
        checkpoint[field] = checkpoint[field].replace("1", "2", 1)
        assert state_of(changed) == ProofState.BROKEN
    changed = copy.deepcopy(manifest)
    changed["node_public_key"] = public_bytes(Ed25519PrivateKey.generate()).hex()
    assert state_of(changed) == ProofState.BROKEN


def test_a_segment_that_the_chain_does_not_hold_is_found(package):
    changed = copy.deepcopy(package.manifest)
    changed["cameras"][0]["films"][0]["segments"][1]["sha256"] = "22" * 32
    with pytest.raises(ChainBrokenError, match="segment 1 of video/"):
        look_at_chain(changed)


def test_what_nothing_signed_yet_says_so(camera, archive, key, when_closed, order_for, build_package, start_us):
    camera.record(3, is_new_run=True)
    when_closed(archive, key, camera.at_us)
    package = build_package(order_for(Span(start_us, camera.at_us)))
    assert state_of(package.manifest) == ProofState.NOT_SIGNED_YET
    report = verify(package.unpacked)
    assert (report.problems, [note.code for note in report.notes]) == ([], [Code.NOT_SIGNED_YET])
    assert "camera 7" in str(report.notes[0])


def test_a_later_signature_proves_across_what_was_not_given(
    camera, archive, key, when_closed, volume, clock, node, order_for, build_package, start_us
):
    for number in range(4):
        camera.record(2, is_new_run=number == 0)
    when_closed(archive, key, camera.at_us)
    for _ in range(5):
        write_checkpoint(volume, clock, node)
    package = build_package(order_for(Span(start_us, start_us + SECOND_US)))
    (proof,) = package.manifest["chain"]["proofs"]
    assert [link[0] for link in proof["links"]] == [0, 1, 2, 3]
    assert len(package.manifest["chain"]["checkpoints"]) == 1
    assert state_of(package.manifest) == ProofState.PROVEN


def test_holes_have_proofs_of_their_own_and_deleted_links_count(
    camera, archive, key, when_closed, volume, clock, node, start_us
):
    for number in range(4):
        camera.record(2, is_new_run=number == 0)
        when_closed(archive, key, camera.at_us)
        write_checkpoint(volume, clock, node)
    first, last = prove(volume, key, [0, 3])
    assert ([link.sequence for link in first.links], [link.sequence for link in last.links]) == ([0], [3])
    assert last.previous == archive.segments(key, Span(start_us, camera.at_us))[2][1].link
    delete_expired(volume, {}, start_us + 4 * SECOND_US + 20 * US_PER_DAY)
    record = ChainRecord(public_bytes(node))
    record.add(volume.uuid, prove(volume, key, [0, 3]))
    assert [proof["state"] for proof in record.to_json()["proofs"]] == [ProofState.PROVEN] * 2


def test_a_chain_that_was_broken_on_the_recorder_is_said_not_hidden(recorded, volume, order_for, build_package, key):
    with volume.index.write() as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE segment SET link = zeroblob(32) WHERE sequence = 1")
        for _, sql in triggers:
            connection.execute(sql)
    package = build_package(order_for(recorded))
    assert package.manifest["chain"]["proofs"][0]["state"] == ProofState.BROKEN
    report = verify(package.unpacked)
    assert (report.problems, [note.code for note in report.notes]) == ([], [Code.BROKEN_THEN])
