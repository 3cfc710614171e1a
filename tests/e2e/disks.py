"""Disks that can be filled, pulled out, broken and exchanged: loop devices with ext4, and tmpfs."""

import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest


def run(*words) -> str:
    """A program of the system; its output. CalledProcessError when it fails."""
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=60, check=False)
    if done.returncode:
        raise OSError(f"{words[0]}: {done.stderr.strip() or done.returncode}")
    return done.stdout.strip()


@dataclass
class Disk:
    """An ext4 file system on a loop device of its own."""

    device: str
    place: Path | None = None

    @property
    def name(self) -> str:
        return self.device.rpartition("/")[2]

    def plug_in(self, place: Path) -> None:
        """Mount it."""
        place.mkdir(parents=True, exist_ok=True)
        run("mount", "-t", "ext4", "-o", "errors=remount-ro", self.device, place)
        self.place = place

    def pull_out(self) -> None:
        """Take it away from its place whoever uses it, as a cable that is pulled would."""
        run("umount", "--lazy", self.place)
        self.place = None

    def is_let_go(self) -> bool:
        """Whether nobody holds anything of it any more: only then can it be repaired."""
        return not Path(f"/sys/fs/ext4/{self.name}").exists()

    def break_down(self) -> None:
        """Have the kernel find an error and turn it read-only."""
        Path(f"/sys/fs/ext4/{self.name}/trigger_fs_error").write_text("a test broke it")

    def repair(self) -> None:
        """What a technician does before mounting it again."""
        subprocess.run(["e2fsck", "-y", "-f", self.device], capture_output=True, timeout=60, check=False)


@dataclass
class DiskShelf:
    """Makes disks and takes everything apart at the end."""

    folder: Path
    disks: list[Disk] = field(default_factory=list)
    memory: list[Path] = field(default_factory=list)

    def disk(self, megabytes: int = 64) -> Disk:
        """A new, empty disk."""
        self.folder.mkdir(parents=True, exist_ok=True)
        image = self.folder / f"disk-{len(self.disks)}.img"
        with image.open("wb") as file:
            file.truncate(megabytes << 20)
        run("mkfs.ext4", "-q", "-m", "0", image)
        disk = Disk(self._or_skip("losetup", "--find", "--show", image))
        self.disks.append(disk)
        return disk

    def plugged_in(self, place: Path, megabytes: int = 64) -> Disk:
        """A new disk, mounted."""
        disk = self.disk(megabytes)
        try:
            disk.plug_in(place)
        except OSError as err:
            pytest.skip(f"mounting is not permitted here: {err}")
        return disk

    def tmpfs(self, place: Path, megabytes: int) -> None:
        """A small file system in memory."""
        place.mkdir(parents=True)
        self._or_skip("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", place)
        self.memory.append(place)

    def clear(self) -> None:
        """Unmount and free everything."""
        for place in [*self.memory, *(disk.place for disk in self.disks if disk.place)]:
            run("umount", "--lazy", place)
        for disk in self.disks:
            run("losetup", "--detach", disk.device)

    @staticmethod
    def _or_skip(*words) -> str:
        try:
            return run(*words)
        except OSError as err:
            pytest.skip(f"mounting is not permitted here: {err}")
