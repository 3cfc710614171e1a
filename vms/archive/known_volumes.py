"""Which volumes this node adopted: path to UUID, in `<data>/volumes.json`."""

import json
from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from vms.archive.volume import DEFAULT_RESERVE_BYTES, Volume, read_uuid, replace_file
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError


class KnownVolumes:
    """The node's memory of its disks; an unmounted one is noticed because its path was known before.

    CORRUPT `known_volumes_damaged` when the file is unreadable: guessing would fill the system disk.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._uuids = self._load()

    def open(self, path: Path, clock: Clock, reserve_bytes: int = DEFAULT_RESERVE_BYTES) -> Volume:
        """The volume at `path`.

        Known path: must hold the same volume (`volume_missing`, `wrong_volume`). Unknown path: an existing volume is
        adopted, in an empty or missing directory one is created, anything else is `volume_not_empty`.
        """
        path = path.resolve()
        known = self.uuid_at(path)
        if known is not None:
            return Volume.open(path, known, reserve_bytes)
        try:
            found = read_uuid(path)
        except VmsError as err:
            if err.code != "volume_missing":
                raise
            volume = Volume.create(path, clock, reserve_bytes)
        else:
            self._refuse_copy(path, found)
            volume = Volume.open(path, found, reserve_bytes)
        self._remember(path, volume.uuid)
        return volume

    def open_or_wait(self, path: Path, clock: Clock, reserve_bytes: int = DEFAULT_RESERVE_BYTES) -> Volume:
        """As `open`; but one that is known and away comes detached, so that the others work and it can return."""
        known = self.uuid_at(path)
        try:
            return self.open(path, clock, reserve_bytes)
        except (VmsError, OSError):
            if known is None:
                raise
            return Volume(path.resolve(), known, reserve_bytes)

    def uuid_at(self, path: Path) -> UUID | None:
        """The volume that belongs at this path; None when the node never had one there."""
        return self._uuids.get(str(path.resolve()))

    def knows_others(self, uuids: Collection[UUID]) -> bool:
        """Whether the node had volumes that are none of these: what was recorded on them nobody sees any more."""
        return not set(self._uuids.values()) <= set(uuids)

    def forget(self, path: Path) -> None:
        """Take a volume out of service for good; its files stay as they are."""
        self._uuids.pop(str(path.resolve()), None)
        self._save()

    def _refuse_copy(self, path: Path, found: UUID) -> None:
        """A volume may move to another path, but not be in two places: one would be a copy."""
        for other in [other for other, uuid in self._uuids.items() if uuid == found]:
            try:
                is_there = read_uuid(Path(other)) == found
            except VmsError:
                is_there = False
            if is_there and not Path(other).samefile(path):
                raise VmsError(
                    Kind.CONFLICT, "wrong_volume",
                    f"{path} is a copy of the volume at {other}. Give every volume its own empty directory.",
                    path=str(path),
                )  # fmt: skip
            del self._uuids[other]

    def _remember(self, path: Path, uuid: UUID) -> None:
        self._uuids[str(path)] = uuid
        self._save()

    def _save(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        content = {path: str(uuid) for path, uuid in sorted(self._uuids.items())}
        replace_file(self._path, json.dumps(content, indent=1).encode())

    def _load(self) -> dict[str, UUID]:
        try:
            values = json.loads(self._path.read_bytes())
            return {str(path): UUID(uuid) for path, uuid in values.items()}
        except FileNotFoundError:
            return {}
        except (ValueError, AttributeError, TypeError) as err:
            raise VmsError(
                Kind.CORRUPT, "known_volumes_damaged",
                f"{self._path} is unreadable. Correct it: it says which disk belongs where.",
            ) from err  # fmt: skip
