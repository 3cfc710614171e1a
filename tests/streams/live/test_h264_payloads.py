"""RTP payloads, put together again by a reader that is not ours."""

import gc

import pytest
from aiortc.codecs import h264_depayload

from streams.h264_payloads import MAX_PAYLOAD_BYTES, PayloadCache, payloads
from vms.media import annexb

SIZES = [2, 60, MAX_PAYLOAD_BYTES - 1, MAX_PAYLOAD_BYTES, MAX_PAYLOAD_BYTES + 1, 2 * MAX_PAYLOAD_BYTES - 3,
         2 * MAX_PAYLOAD_BYTES - 2, 100_000]  # fmt: skip


def nal(kind, size, fill=7):
    return bytes([0x60 | kind]) + bytes([fill]) * (size - 1)


def put_together(made):
    return annexb.split(b"".join(h264_depayload(payload) for payload in made))


@pytest.mark.parametrize("size", SIZES)
def test_one_nal_unit_of_any_size_survives(size):
    made = payloads([nal(5, size)])
    assert max(map(len, made)) <= MAX_PAYLOAD_BYTES
    assert put_together(made) == [nal(5, size)]


def test_small_units_share_a_payload_large_ones_do_not():
    units = [nal(7, 20), nal(8, 8), nal(6, 30), nal(5, 5000), nal(5, 900), nal(5, 900)]
    made = payloads(units)
    assert len(made) == 1 + 5 + 2
    assert put_together(made) == units


def test_a_pictures_payloads_are_made_once_and_not_kept_longer_than_it(encode_clip, pictures_of):
    pictures = pictures_of(encode_clip(frames=50))
    cache = PayloadCache()
    first = cache.of(pictures[0])
    assert cache.of(pictures[0]) is first
    assert put_together(first)[:2] == [pictures[0].format.sps[0], pictures[0].format.pps[0]]
    assert put_together(cache.of(pictures[1])) == list(annexb.split_length_prefixed(pictures[1].data))
    pictures.clear()
    gc.collect()
    assert len(cache._made) == 0


def test_torn_lengths_are_refused(encode_clip, pictures_of):
    import dataclasses

    picture = pictures_of(encode_clip(frames=50))[0]
    with pytest.raises(ValueError, match="longer"):
        PayloadCache().of(dataclasses.replace(picture, data=picture.data[:-1]))
