"""Pieces for browsers, played by a decoder that is not ours."""

import dataclasses
import itertools

import av
import pytest

from streams.fragmenter import Fragmenter
from vms.media.decode import decoded_frame_hashes


def fragments(pictures):
    fragmenter = Fragmenter()
    return [piece for picture in pictures for piece in fragmenter.add(picture)]


def played(pieces, path):
    path.write_bytes(pieces[0].init.data + b"".join(piece.data for piece in pieces))
    return decoded_frame_hashes(path)


def test_every_picture_but_the_one_held_back_is_played(encode_clip, pictures_of, write_mp4, tmp_path):
    pieces = fragments(pictures_of(encode_clip(frames=50)))
    assert played(pieces, tmp_path / "live.mp4") == decoded_frame_hashes(write_mp4(tmp_path / "a.mp4", frames=50))[:49]


@pytest.mark.parametrize("codec", ["libx264", "libx265"])
def test_reordered_pictures_are_shown_in_their_order(encode_clip, pictures_of, tmp_path, codec):
    clip = encode_clip(codec=codec, frames=50, bframes=3)
    assert sorted(p.pts_90k for p in clip) != [p.pts_90k for p in clip], "the clip must reorder"
    pictures = pictures_of(clip)
    pieces = fragments(pictures)
    path = tmp_path / "live.mp4"
    played(pieces, path)
    with av.open(str(path)) as container:
        stamps = [frame.pts for frame in container.decode(video=0)]
    assert stamps == sorted(stamps)
    assert {b - a for a, b in itertools.pairwise(stamps)} <= {3600, 3601, 3599, 7200}
    assert len(stamps) == 49


def test_pieces_touch_each_other_whatever_the_servers_clock_does(encode_clip, pictures_of):
    pictures = pictures_of(encode_clip(frames=100), jitter_us=lambda number: 30_000 * (number * 7 % 11) - 150_000)
    pieces = fragments(pictures)
    for before, after in itertools.pairwise(pieces):
        assert after.start_90k == before.start_90k + before.duration_90k
        assert after.init is before.init
        assert 3000 < after.duration_90k <= 9000
    assert [piece.is_sync for piece in pieces].count(True) == 4
    assert abs(pieces[0].start_90k / 90_000 - pictures[0].wall_us / 1e6) < 0.001


def test_nothing_comes_before_a_key_frame(encode_clip, pictures_of):
    pictures = pictures_of(encode_clip(frames=50))
    assert fragments(pictures[3:25]) == []
    assert fragments(pictures[3:])[0].is_sync


def test_a_pause_between_pictures_is_stretched_and_one_before_a_key_frame_is_cut(encode_clip, pictures_of):
    pictures = pictures_of(encode_clip(frames=50))

    def later(start, seconds):
        return [
            dataclasses.replace(p, pts_90k=p.pts_90k + seconds * 90_000, wall_us=p.wall_us + seconds * 1_000_000)
            for p in pictures[start:]
        ]

    stretched = fragments(pictures[:10] + later(10, 3))
    inits = list(dict.fromkeys(id(piece.init) for piece in stretched))
    assert len(inits) == 1
    assert max(piece.duration_90k for piece in stretched) > 3 * 90_000
    cut = fragments(pictures[:25] + later(25, 3))
    first = next(piece for piece in cut if piece.init is not cut[0].init)
    assert first.is_sync
    assert sum(piece.duration_90k for piece in cut[: cut.index(first)]) == 25 * 3600  # the last one ended as usual
    assert first.start_90k - cut[0].start_90k == 25 * 3600 + 3 * 90_000


def test_another_size_begins_a_new_line_with_its_own_init_segment(encode_clip, pictures_of, tmp_path):
    small = pictures_of(encode_clip(frames=25))
    large = pictures_of(encode_clip(frames=50, width=320, height=240), wall_us=small[-1].wall_us + 40_000)
    pieces = fragments(small + large)
    new = [piece for piece in pieces if piece.init is not pieces[0].init]
    assert (new[0].init.width, new[0].is_sync) == (320, True)
    assert len(played(new, tmp_path / "large.mp4")) == 49
    assert len(played(pieces[: pieces.index(new[0])], tmp_path / "small.mp4")) == 25


def test_equal_parameter_sets_that_came_again_change_nothing(encode_clip, pictures_of):
    pictures = pictures_of(encode_clip(frames=50))
    again = [dataclasses.replace(p, format=dataclasses.replace(p.format)) for p in pictures]
    pieces = fragments(pictures[:25] + again[25:])
    assert len({id(piece.init) for piece in pieces}) == 1
