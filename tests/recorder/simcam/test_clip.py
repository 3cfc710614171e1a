import hashlib

import av
import pytest

from recorder.simcam.clip import Clip
from vms.kernel.errors import VmsError


@pytest.mark.parametrize("codec", ["h264", "h265"])
def test_loads_every_picture_with_times_and_rate(clips, codec):
    clip = clips[codec]
    assert (clip.codec, clip.width, clip.height, len(clip.units)) == (codec, 320, 180, 50)
    assert clip.fps == pytest.approx(25)
    assert [u.dts_90k for u in clip.units] == [n * 3600 for n in range(50)]
    assert [n for n, u in enumerate(clip.units) if u.is_sync] == [0, 10, 20, 30, 40]
    assert len(clip.parameter_sets) == (2 if codec == "h264" else 3)


def test_times_go_on_over_the_loop(clips):
    clip = clips["h264"]
    times = [clip.unit_at(n).dts_90k + clip.loop_90k(n) for n in range(120)]
    assert times == [n * 3600 for n in range(120)]
    assert [clip.next_sync(n) for n in (0, 1, 10, 41, 50, 91)] == [0, 10, 10, 50, 50, 100]


def test_digest_is_that_of_the_samples_an_archive_stores(clip_files, clips):
    """The file's own samples, without parameter sets, are length-prefixed already (ISO/IEC 14496-15)."""
    with av.open(str(clip_files["h264"])) as container:
        stored = [bytes(packet) for packet in container.demux(video=0) if packet.size]

    def picture_only(sample):
        kept, at = b"", 0
        while at < len(sample):
            end = at + 4 + int.from_bytes(sample[at : at + 4], "big")
            kept += sample[at:end] if sample[at + 4] & 0x1F not in (7, 8, 9, 12) else b""
            at = end
        return kept

    assert [hashlib.sha256(picture_only(s)).hexdigest() for s in stored] == clips["h264"].digests()


def test_refuses_what_is_no_video(tmp_path):
    path = tmp_path / "no.mp4"
    path.write_bytes(b"no video" * 100)
    with pytest.raises(VmsError) as refused:
        Clip.load(path)
    assert refused.value.code == "clip_invalid"
