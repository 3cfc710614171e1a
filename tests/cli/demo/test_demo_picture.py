import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from retention.forecast import MEASURED_AFTER_US, VolumeUse, forecast
from vms.archive.known_volumes import KnownVolumes
from vms.cli.app import app
from vms.cli.demo.picture import BOXES_KBPS, LEAST_KBPS, MOST_KBPS, WANTED_DAYS, picture_for, room_for_footage
from vms.cli.settings.node import DataPaths, load_settings
from vms.kernel.clock import SystemClock

GB = 10**9
CLOCK = SystemClock()


def after_ten_minutes(room_bytes, picture):
    """What the forecast says of a disk on which four cameras have begun."""
    ingest = int(4 * (picture.bitrate_kbps + BOXES_KBPS) * 1000 / 8 * 86_400)
    return forecast(
        VolumeUse(
            total_bytes=room_bytes, free_bytes=room_bytes, reserve_bytes=0, footage_bytes=0, held_bytes=0,
            kept_days=0.007, policy_days=21, ingest_bytes_per_day=ingest, measured_us=MEASURED_AFTER_US,
        )
    )  # fmt: skip


@pytest.mark.proves("D-5.18")
@given(st.integers(1, 20_000))
def test_the_demonstration_turns_red_only_where_its_smallest_picture_does_not_fit(room_gb):
    picture = picture_for(room_gb * GB, 4)
    assert LEAST_KBPS <= picture.bitrate_kbps <= MOST_KBPS
    found = after_ten_minutes(room_gb * GB, picture)
    assert not found.is_measuring
    assert picture.fits or picture.bitrate_kbps == LEAST_KBPS
    assert found.is_retention_at_risk is not picture.fits


def test_a_large_disk_gets_the_sharp_picture_and_a_small_one_says_what_it_holds():
    assert picture_for(4000 * GB, 4).options() == [
        "--size", "1280x720", "--fps", "15", "--bitrate", "2000", "--gop", "2.0",
    ]  # fmt: skip
    usual = picture_for(250 * GB, 4)
    assert (usual.size, usual.fits) == ("640x360", True)
    assert 150 < usual.bitrate_kbps < 300
    small = picture_for(50 * GB, 4)
    assert small.days < WANTED_DAYS
    assert f"this disk holds {small.days:.0f} days of footage, 20 must fit" in small.sentence()
    assert f"bu diske {small.days:.0f} günlük kayıt sığar, 20 gün gerekir" in small.sentence()


@pytest.mark.parametrize("room_gb", [1, 100, 200, 1000, 4000])
def test_the_simulated_cameras_take_every_picture(room_gb):
    done = CliRunner().invoke(app, ["simcam", *picture_for(room_gb * GB, 4).options(), "--list-faults"])
    assert done.exit_code == 0, done.output


def test_the_room_is_what_is_free_with_what_an_earlier_start_recorded(tmp_path):
    paths = DataPaths(tmp_path)
    settings = load_settings(paths, {})
    before = room_for_footage(settings, paths, CLOCK.now_us())
    (chosen,) = settings.volumes_in(paths)
    volume = KnownVolumes(paths.known_volumes).open(chosen.path, CLOCK)
    with volume.index.write() as connection:
        connection.execute(
            "INSERT INTO stream (id, camera_id, name, head_link) VALUES (1, ?, 'main', ?)",
            (str(volume.uuid), bytes(32)),
        )
        connection.execute("INSERT INTO init VALUES (1, ?, x'00', 'avc1', 160, 120)", (bytes(32),))
        connection.execute(
            "INSERT INTO segment (stream_id, start_us, end_us, sequence, run, init_id, size_bytes, duration_90k,"
            " samples, sha256, link) VALUES (1, 1, 2, 0, 0, 1, ?, 90000, 25, zeroblob(32), zeroblob(32))",
            (900 * GB,),
        )
    volume.close()
    after = room_for_footage(settings, paths, CLOCK.now_us())
    assert after - before == pytest.approx(900 * GB, abs=20 * GB)
