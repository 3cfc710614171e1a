"""What must hold of an archive after its recorder was killed again and again."""

from footage_evidence import files_of, read_rows, unplayable
from kill_rounds import LOSS_LIMIT_US, Loss, losses, story


def prove(node, lives, vms_once) -> list[Loss]:
    """Check, loss, overlap, causes, playability; returns the losses."""
    volume = node.data / "volumes" / "main"
    code, out, err = vms_once("archive", "check", "--level", "full", "--data", node.data, timeout=300)
    assert code == 0, out + err
    rows = read_rows(volume / "index.sqlite")
    assert set(rows) == {str(camera_id) for camera_id in node.camera_ids()}
    found = losses(node, lives, rows)
    too_much = [loss for loss in found if loss.lost_us > LOSS_LIMIT_US]
    assert not too_much, f"{story(found)}: {too_much}"
    for stream in rows.values():
        assert stream.overlaps() == []
        holes = stream.holes()
        assert holes  # a life killed before its first fragment leaves nothing, and no hole of its own
        assert {causes[0] for causes in map(stream.causes_of, holes)} == {"recorder_down"}
    files = files_of(volume)
    assert len(files) == sum(len(stream.segments) for stream in rows.values())
    assert unplayable(files) == []
    return found
