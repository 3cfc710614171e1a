"""What is cut shows, picture by picture, what the camera sent; what is missing is named with its cause."""

import os
from pathlib import Path

import numpy as np
import pytest

from vms.archive.archive import Archive
from vms.archive.model import Cause
from vms.kernel.clock import from_datetime, iso
from vms.kernel.errors import VmsError
from vms.kernel.span import Span

SECOND_US = 1_000_000
FRAME_US = 40_000


def us(text: str) -> int:
    from datetime import datetime

    return from_datetime(datetime.fromisoformat(text))


def pictures_between(camera, start_us: int, end_us: int) -> list[np.ndarray]:
    return [one.picture for one in camera.shown if start_us <= one.at_us < end_us]


def assert_shows(package, film: dict, camera, decode_stream) -> None:
    """The film decodes to the camera's own pictures, all between its two times, none else."""
    shown = decode_stream(package.content(film["file"]))
    expected = pictures_between(camera, us(film["start"]), us(film["end"]))
    assert len(shown) == len(expected) > 0
    assert all(np.array_equal(one, other) for one, other in zip(shown, expected, strict=True))


@pytest.mark.proves("D-12.2", "A-47")
def test_a_film_begins_at_the_key_frame_before_and_ends_behind_the_end(
    camera, recorded, package, decode_stream, start_us
):
    (film,) = package.films
    assert us(film["start"]) == start_us + SECOND_US
    assert us(film["end"]) == start_us + 8 * SECOND_US
    assert (film["before_asked_ms"], film["after_asked_ms"], film["duration_ms"]) == (500, 0, 7000)
    assert film["starts_with_key_frame"]
    assert film["clock_offset_us"] == {"least": 1_250_000, "most": 1_250_000}
    assert_shows(package, film, camera, decode_stream)
    (one,) = package.manifest["cameras"]
    assert one["missing"] == []
    assert one["asked"] == one["given"] == [{"start": iso(start_us + 1_500_000), "end": iso(start_us + 8 * SECOND_US)}]
    assert [segment["state"] for segment in film["segments"]] == ["intact"] * 3


def test_an_end_between_two_fragments_takes_the_one_it_touches(camera, recorded, order_for, build_package, start_us):
    package = build_package(order_for(Span(start_us, start_us + 4 * SECOND_US + 1)))
    assert package.films[0]["after_asked_ms"] == 999
    assert us(package.films[0]["end"]) == start_us + 5 * SECOND_US


@pytest.mark.proves("edge-54", "D-10.2c")
def test_a_gap_gives_two_films_and_is_listed_with_its_cause(
    camera, archive, key, when_closed, order_for, build_package, decode_stream, start_us, sign_chain
):
    camera.record(3, is_new_run=True)
    camera.stream.open_gap(camera.at_us, Cause.CAMERA_OFFLINE, "refused")
    camera.pause(20)
    camera.stream.close_gap(camera.at_us)
    camera.record(3, is_new_run=True)
    when_closed(archive, key, camera.at_us)
    sign_chain()
    package = build_package(order_for(Span(start_us - 10 * SECOND_US, start_us + 26 * SECOND_US)))
    first, second = package.films
    assert us(first["end"]) == start_us + 3 * SECOND_US
    assert us(second["start"]) == start_us + 23 * SECOND_US
    for film in (first, second):
        assert_shows(package, film, camera, decode_stream)
    (one,) = package.manifest["cameras"]
    assert one["missing"] == [
        {"start": iso(start_us - 10 * SECOND_US), "end": iso(start_us), "cause": "unknown", "detail": ""},
        {
            "start": iso(start_us + 3 * SECOND_US),
            "end": iso(start_us + 23 * SECOND_US),
            "cause": "camera_offline",
            "detail": "refused",
        },
    ]
    assert [part["start"] for part in one["given"]] == [iso(start_us), iso(start_us + 23 * SECOND_US)]


def test_other_parameters_give_another_film(
    camera, archive, key, when_closed, encode_clip, make_clip, order_for, build_package, decode_stream, start_us,
    sign_chain,
):  # fmt: skip
    camera.record(3, is_new_run=True)
    camera.clip, camera._second = make_clip(encode_clip(frames=75, gop=25, width=192, height=112)), 0
    camera.record(3, is_new_run=True)
    when_closed(archive, key, camera.at_us)
    sign_chain()
    package = build_package(order_for(Span(start_us, camera.at_us)))
    assert [(film["width"], film["height"]) for film in package.films] == [(160, 120), (192, 112)]
    assert package.manifest["cameras"][0]["missing"] == []
    for film in package.films:
        assert_shows(package, film, camera, decode_stream)


@pytest.mark.parametrize("which", ["b_frame_clip", "h265_clip", "long_gop_clip"])
def test_every_codec_and_group_length_is_given_as_it_was(
    request, which, archive, key, make_writer, volume, new_camera, when_closed, order_for, build_package, start_us,
    decode_stream, sign_chain,
):  # fmt: skip
    clip = request.getfixturevalue(which)
    camera = new_camera(make_writer(volume).stream(key), clip, start_us)
    camera.record(2, is_new_run=True)
    when_closed(archive, key, camera.at_us)
    sign_chain()
    package = build_package(order_for(Span(start_us + 200_000, start_us + 2 * SECOND_US)))
    (film,) = package.films
    shown = decode_stream(package.content(film["file"]))
    expected = pictures_between(camera, start_us, start_us + 2 * SECOND_US)
    assert len(shown) == len(expected)
    assert all(np.array_equal(one, other) for one, other in zip(shown, expected, strict=True))


@pytest.mark.proves("edge-53")
def test_a_file_still_being_written_is_waited_for_unless_the_order_says_otherwise(
    camera, archive, key, when_held, order_for, build_package, start_us, decode_stream
):
    camera.record(3, is_new_run=True)
    camera.record(3, is_left_open=True)
    when_held(archive, key, camera.at_us)
    asked = Span(start_us, camera.at_us)
    with pytest.raises(VmsError, match="still_recording"):
        build_package(order_for(asked))
    package = build_package(order_for(asked, takes_what_is_there=True))
    (film,) = package.films
    assert us(film["end"]) == camera.at_us
    assert [segment["state"] for segment in film["segments"]] == ["intact", "unclosed"]
    assert film["segments"][1]["sha256"] is None
    assert_shows(package, film, camera, decode_stream)
    camera.end()


@pytest.mark.proves("edge-53")
def test_an_end_of_this_moment_is_waited_for_though_no_file_tells_of_it(recorded, order_for, archive, start_us, key):
    from vms.footage.bundle.cut import Cut

    asked = Span(start_us, recorded.end_us)
    with pytest.raises(VmsError, match="still_recording"):
        list(Cut(archive, key, asked).films(recorded.end_us + 1))
    assert len(list(Cut(archive, key, asked).films(recorded.end_us + 60 * SECOND_US))) == 1


def segment_paths(volume) -> list[Path]:
    return sorted((volume.path / "segments").rglob("*.mp4"))


def change(path: Path, offset: int) -> None:
    with path.open("r+b") as file:
        byte = os.pread(file.fileno(), 1, offset)[0]
        os.pwrite(file.fileno(), bytes([byte ^ 1]), offset)


def test_a_changed_picture_is_given_as_it_is_and_named(recorded, volume, order_for, build_package, start_us):
    path = segment_paths(volume)[1]
    change(path, path.stat().st_size * 2 // 3)
    package = build_package(order_for(recorded))
    (film,) = package.films
    states = [segment["state"] for segment in film["segments"]]
    assert (states, film["is_intact"]) == (["intact", "damaged", "intact"], False)
    assert film["segments"][1]["sha256_found"] != film["segments"][1]["sha256"]
    assert us(film["segments"][1]["damaged_from"]) in {start_us + 4 * SECOND_US, start_us + 5 * SECOND_US}
    (damage,) = package.manifest["damaged"]
    assert (damage["file"], damage["sequence"]) == (film["file"], 1)
    assert us(film["end"]) == recorded.end_us


def test_a_torn_fragment_is_left_out_and_the_rest_is_given(
    recorded, camera, volume, archive, key, order_for, build_package, start_us, decode_stream
):
    (second,) = [one for one in archive.playables(key, recorded) if one.sequence == 1]
    change(segment_paths(volume)[1], second.gops[1][0] + 4)  # the name of its `moof`
    package = build_package(order_for(recorded))
    first, rest = package.films
    assert us(first["end"]) == start_us + 4 * SECOND_US
    assert us(rest["start"]) == start_us + 5 * SECOND_US
    for film in package.films:
        assert_shows(package, film, camera, decode_stream)
    (hole,) = package.manifest["cameras"][0]["missing"]
    assert (hole["cause"], hole["detail"]) == ("disk_failure", "segment_damaged")
    assert (us(hole["start"]), us(hole["end"])) == (start_us + 4 * SECOND_US, start_us + 5 * SECOND_US)
    assert any(one["file"] is None for one in package.manifest["damaged"])


@pytest.mark.parametrize("where", ["gone", "head", "init"])
def test_a_segment_that_cannot_be_read_at_all_is_missing_not_passed_over(
    recorded, volume, order_for, build_package, start_us, where, archive, key
):
    path = segment_paths(volume)[1]
    (second,) = [one for one in archive.playables(key, recorded) if one.sequence == 1]
    if where == "gone":
        path.unlink()
    else:
        change(path, second.init_bytes + 9 if where == "head" else 4)
    package = build_package(order_for(recorded))
    one = package.manifest["cameras"][0]
    if where == "gone":
        assert [(hole["cause"], hole["detail"]) for hole in one["missing"]] == [("disk_failure", "segment_damaged")]
        assert len(package.films) == 2
    else:  # its pictures are whole, and the film before it has the same parameters
        assert one["missing"] == []
        assert [segment["state"] for film in package.films for segment in film["segments"]].count("damaged") == 1
    assert package.manifest["damaged"]


def test_a_file_that_the_disk_refuses_is_missing_and_waited_for_by_nobody(
    recorded, volume, order_for, build_package, start_us, plain_owner
):
    segment_paths(volume)[1].chmod(0)
    with plain_owner():
        package = build_package(order_for(recorded))
    (hole,) = package.manifest["cameras"][0]["missing"]
    assert (hole["cause"], hole["detail"]) == ("disk_failure", "segment_damaged")
    assert (us(hole["start"]), us(hole["end"])) == (start_us + 3 * SECOND_US, start_us + 6 * SECOND_US)
    assert [(one["file"], one["sequence"]) for one in package.manifest["damaged"]] == [(None, 1)]
    assert len(package.films) == 2


def test_a_disk_that_goes_away_with_its_files_is_waited_for(recorded, volume, order_for, build_package, monkeypatch):
    """The mount is gone between the index and the file: no file of it is called damaged."""
    aside = volume.path.with_name("aside")
    open_footage = Archive.open_footage

    def gone(archive, *place):
        volume.path.rename(aside)
        try:
            return open_footage(archive, *place)
        finally:
            aside.rename(volume.path)

    monkeypatch.setattr(Archive, "open_footage", gone)
    with pytest.raises(VmsError, match="volume_away"):
        build_package(order_for(recorded))


def test_a_disk_that_is_away_is_waited_for_unless_the_order_says_otherwise(
    recorded, volume, archive, order_for, build_package, start_us, make_volume, key
):
    other = make_volume("other")
    both = Archive([volume, other])
    aside = other.path.with_name("aside")
    other.detach()
    other.path.rename(aside)
    asked = Span(start_us, recorded.end_us + 5 * SECOND_US)
    with pytest.raises(VmsError, match="volume_away"):
        build_package(order_for(asked), of=both)
    package = build_package(order_for(asked, takes_what_is_there=True), of=both)
    (hole,) = package.manifest["cameras"][0]["missing"]
    assert (hole["cause"], hole["detail"]) == ("disk_failure", "volume_away")
    aside.rename(other.path)


def test_long_runs_are_given_as_several_films(monkeypatch, recorded, camera, order_for, build_package, decode_stream):
    monkeypatch.setattr("vms.footage.bundle.cut.MAX_FILM_US", 7 * SECOND_US)
    package = build_package(order_for(recorded))
    assert [film["duration_ms"] for film in package.films] == [6000, 3000]
    for film in package.films:
        assert_shows(package, film, camera, decode_stream)


def test_files_are_found_across_windows_of_the_index_once(monkeypatch, recorded, camera, order_for, build_package):
    monkeypatch.setattr("vms.footage.bundle.cut._WINDOW_US", SECOND_US)
    package = build_package(order_for(recorded))
    assert [film["duration_ms"] for film in package.films] == [9000]


def test_nothing_at_all_is_refused(recorded, order_for, build_package, start_us):
    with pytest.raises(VmsError, match="nothing_to_give"):
        build_package(order_for(Span(start_us - 20 * SECOND_US, start_us - 10 * SECOND_US)))
