import hashlib

import av
import numpy as np
import pytest

from vms.kernel.errors import VmsError
from vms.media.decode import decoded_frame_hashes, first_frame_decodes


@pytest.mark.parametrize("size", [(160, 120), (162, 122)])
def test_hashes_are_of_the_visible_planes_in_the_order_shown(write_mp4, tmp_path, size):
    path = write_mp4(tmp_path / "clip.mp4", width=size[0], height=size[1], bframes=2, frames=30)
    expected = []
    with av.open(str(path)) as container:
        for frame in sorted(container.decode(video=0), key=lambda frame: frame.pts):
            planes = np.ascontiguousarray(frame.to_ndarray(format="yuv420p"))
            expected.append(hashlib.md5(planes).hexdigest())
    assert decoded_frame_hashes(path) == expected
    assert len(set(expected)) == 30


def test_a_changed_picture_has_another_hash(write_mp4, tmp_path):
    one = decoded_frame_hashes(write_mp4(tmp_path / "a.mp4", frames=5))
    other = decoded_frame_hashes(write_mp4(tmp_path / "b.mp4", frames=5, options={"crf": "40"}))
    assert not set(one) & set(other)


def test_a_good_file_decodes(write_mp4, tmp_path):
    assert first_frame_decodes(write_mp4(tmp_path / "good.mp4", frames=5))


@pytest.mark.parametrize(("offset", "damage"), [(720, b"\xaa" * 60), (800, b"\xff" * 100), (800, b"\0" * 100)])
def test_a_damaged_first_picture_does_not(encode_clip, units_of, write_file, offset, damage):
    units = units_of(encode_clip(frames=10))
    assert len(units[0].data) > offset + len(damage)
    path = write_file(units)
    assert first_frame_decodes(path)
    data = bytearray(path.read_bytes())
    start = data.index(b"mdat") + 4 + offset
    data[start : start + len(damage)] = damage
    path.write_bytes(data)
    assert not first_frame_decodes(path)


@pytest.mark.parametrize("content", [b"", b"no media at all" * 100])
def test_what_is_no_media_is_told(tmp_path, content):
    path = tmp_path / "x.mp4"
    path.write_bytes(content)
    assert not first_frame_decodes(path)
    assert not first_frame_decodes(tmp_path / "absent.mp4")
    with pytest.raises(VmsError) as caught:
        decoded_frame_hashes(path)
    assert caught.value.code == "footage_undecodable"
