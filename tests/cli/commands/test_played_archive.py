import json

from vms.archive.known_volumes import KnownVolumes
from vms.cli.node.played_archive import PlayedArchive
from vms.cli.settings.node import DataPaths, load_settings
from vms.kernel.clock import SystemClock

SETTINGS = '[[volumes]]\npath = "one"\n[[volumes]]\npath = "two"\n'


def played(tmp_path):
    (tmp_path / "nazar.toml").write_text(SETTINGS)
    paths = DataPaths(tmp_path)
    return paths, PlayedArchive(load_settings(paths, {}), paths)


def adopt(paths, name):
    volume = KnownVolumes(paths.known_volumes).open(paths.root / name, SystemClock())
    volume.close()
    return volume.uuid


def test_nothing_is_made_on_a_node_that_never_recorded(tmp_path):
    _, archive = played(tmp_path)
    assert archive().volumes == []
    assert not (tmp_path / "one").exists()


def test_a_volume_joins_as_soon_as_the_recorder_took_it(tmp_path):
    paths, archive = played(tmp_path)
    archive()
    one = adopt(paths, "one")
    assert [volume.uuid for volume in archive().volumes] == [one]
    first = archive()
    assert archive() is first
    two = adopt(paths, "two")
    assert [volume.uuid for volume in archive().volumes] == [one, two]
    assert archive().volumes[0] is first.volumes[0]  # what is open stays open
    assert archive().streams() == []


def test_a_volume_that_is_away_is_told_and_comes_back(tmp_path):
    paths, archive = played(tmp_path)
    uuid = adopt(paths, "one")
    (tmp_path / "one").rename(tmp_path / "away")
    assert archive().streams() == []
    assert archive().missing == {uuid: "volume_missing"}
    (tmp_path / "away").rename(tmp_path / "one")
    archive().streams()
    assert archive().missing == {}
    assert json.loads(paths.known_volumes.read_text())
