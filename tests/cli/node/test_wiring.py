"""What the composition root does when a part of the node is not as it should be."""

import json
from dataclasses import replace
from uuid import UUID

import pytest
from typer.testing import CliRunner

from vms.archive.known_volumes import KnownVolumes
from vms.cameras.config import CameraConfig
from vms.cli.app import app
from vms.cli.node.volumes import NodeVolumes
from vms.cli.settings.node import DataPaths, load_settings
from vms.cli.wiring import archive_writer, open_volumes, source_opener
from vms.kernel.clock import ManualClock
from vms.kernel.errors import VmsError

CLOCK = ManualClock()


@pytest.fixture
def paths(tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("not ours")
    return DataPaths(tmp_path)


def settings_of(paths, *names):
    paths.settings.write_text("".join(f"[[volumes]]\npath = '{name}'\n" for name in names))
    return load_settings(paths, {})


def test_a_new_volume_that_cannot_be_used_does_not_stop_the_others(paths, caplog):
    settings = settings_of(paths, "other", "good")
    (volume,) = open_volumes(settings, paths, CLOCK)
    volume.close()
    assert volume.path.name == "good"
    assert "volume_not_empty" in caplog.text
    assert list((paths.root / "other").iterdir()) == [paths.root / "other" / "letter.txt"]
    states = {facts.name: facts.state for facts in NodeVolumes(settings, paths).measure()}
    assert states == {"other": "volume_missing", "good": "ok"}


def test_without_any_volume_the_reason_is_raised(paths):
    with pytest.raises(VmsError, match="volume_not_empty"):
        open_volumes(settings_of(paths, "other"), paths, CLOCK)


def test_a_directory_that_cannot_be_made_is_a_reason_too(paths):
    (paths.root / "file").write_text("")
    (volume,) = open_volumes(settings_of(paths, "file/below", "good"), paths, CLOCK)
    volume.close()


def test_checking_an_archive_is_not_silent_about_a_volume_it_cannot_open(paths):
    for volume in open_volumes(settings_of(paths, "good"), paths, CLOCK):
        volume.close()
    settings_of(paths, "good", "other")
    result = CliRunner().invoke(app, ["archive", "check", "--data", str(paths.root), "--json"])
    assert result.exit_code == 1
    assert "segments" not in result.stdout


def test_the_memory_of_volumes_says_what_belongs_where(paths):
    (volume,) = open_volumes(settings_of(paths, "good"), paths, CLOCK)
    volume.close()
    known = KnownVolumes(paths.known_volumes)
    assert known.uuid_at(paths.root / "good") == volume.uuid
    assert known.uuid_at(paths.root / "other") is None
    assert json.loads(paths.known_volumes.read_bytes()) == {str(paths.root / "good"): str(volume.uuid)}


def test_empty_disks_in_the_place_of_all_others_are_no_first_start(paths):
    with archive_writer(settings_of(paths, "first"), paths, CLOCK) as writer:
        assert writer.is_empty()
    with archive_writer(settings_of(paths, "first", "second"), paths, CLOCK) as writer:
        assert writer.is_empty()  # nothing was recorded yet; a second disk came
    with archive_writer(settings_of(paths, "third", "fourth"), paths, CLOCK) as writer:
        assert not writer.is_empty()


def test_what_was_learnt_of_a_device_is_not_believed_of_its_successor():
    opener = source_opener(CLOCK)
    config = CameraConfig(UUID(int=1), 1, "Liman", "security", "rtsp://10.0.0.5/live", None, "auto", True, 0)
    opener(config, "main")._quirks.refuses_tcp = True
    assert opener(config, "main")._quirks.refuses_tcp
    other = replace(config, main_url="rtsp://10.0.0.6/live")
    assert not opener(other, "main")._quirks.refuses_tcp
    assert not opener(config, "main")._quirks.refuses_tcp
