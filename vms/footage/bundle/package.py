"""Building one package: cut, hash, encrypt, state, sign."""

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID

from vms.archive.archive import Archive
from vms.archive.chain_proof import prove
from vms.archive.model import StreamKey
from vms.documents.seal import Seal
from vms.footage.bundle.camera_record import CameraRecord
from vms.footage.bundle.chain_record import ChainRecord
from vms.footage.bundle.checksums import CHECKSUMS_NAME, checksums
from vms.footage.bundle.container import Container, Part, new_container
from vms.footage.bundle.cut import Cut, Place
from vms.footage.bundle.film_bytes import Judged, UnreadableError, film_bytes
from vms.footage.bundle.film_name import film_name
from vms.footage.bundle.manifest import (
    FORMAT,
    NAME,
    REQUESTED,
    SIGNATURE_NAME,
    STAMP_NAME,
    listed_files,
    packed,
)
from vms.footage.bundle.order import CameraOrder, Derived, Order
from vms.footage.bundle.passphrase import check_passphrase
from vms.footage.bundle.piece import Film
from vms.footage.bundle.read_me import read_me_files
from vms.footage.bundle.time_stamp import Stamp, StampAuthority, stamp
from vms.footage.bundle.verifier_page import VERIFIER_NAME, verifier_page
from vms.kernel.clock import iso, to_datetime
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span, union
from vms.media.copy_rate import most_bytes

log = logging.getLogger(__name__)

_STAMP_TRIES = 2  # a line that breaks once is ordinary; whoever needs the footage waits for no more
_MAX_FAILED_SEGMENTS = 1000  # a disk on which more of them fail is away, whatever it says
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Keys:
    """What a package is closed and proved with. `node_public`: raw Ed25519; `stamps` None: no time stamp is asked."""

    passphrase: str = field(repr=False)
    seal: Seal
    node_public: bytes
    stamps: StampAuthority | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """A package that lies on the disk. `sha256`: of the file; `manifest`: as parsed, for register and minutes.

    `stamped_at`: when a time stamp says that its signature existed; None when none was asked for, or obtained.
    """

    path: Path
    size_bytes: int
    sha256: str
    manifest: dict[str, Any]
    manifest_sha256: str
    stamped_at: datetime | None = None


def build(archive: Archive, order: Order, keys: Keys, path: Path, progress: Progress = lambda _bytes: None) -> Built:
    """Write the package to `path`, a name that is free; nothing is left there when it fails.

    Blocks for as long as the footage is large: call it in a worker. `progress` hears bytes written (from 0 again when
    a disk failed under it) and may raise to stop. A time stamp that is not to be had is left out; the manifest says it
    was asked for. VmsError: `still_recording`, `volume_away` (see `Cut.films`), `nothing_to_give` when no film is
    left, `passphrase_unfit`, errors of the seal; OSError when `path` cannot be written.
    """
    check_passphrase(keys.passphrase)
    without: set[tuple[StreamKey, Place]] = set()
    while True:
        try:
            return _Builder(archive, order, keys, without).build(path, progress)
        except _SegmentFailedError as failed:
            log.warning("a segment failed while a package was built; it is left out")
            without.add(failed.place)
            if len(without) > _MAX_FAILED_SEGMENTS:
                raise VmsError(
                    Kind.UNAVAILABLE, "volume_away", "A disk with this footage fails. Repair it, then try again."
                ) from failed


class _SegmentFailedError(Exception):
    """Which camera's segment could not be read to its end."""

    def __init__(self, place: tuple[StreamKey, Place]) -> None:
        super().__init__("a segment failed")
        self.place = place


class _Builder:
    """One try."""

    def __init__(self, archive: Archive, order: Order, keys: Keys, without: set[tuple[StreamKey, Place]]) -> None:
        self._archive = archive
        self._order = order
        self._keys = keys
        self._without = without
        self._chain = ChainRecord(keys.node_public)
        self._films = 0
        self._to_copy: list[tuple[CameraOrder, Derived, Film, Part]] = []
        self._derived: list[dict[str, Any]] = []
        self._rest: list[Part] = []

    def build(self, path: Path, progress: Progress) -> Built:
        order = self._order
        at = to_datetime(order.made_us)
        local = at.astimezone(order.zone)
        with new_container(path, self._keys.passphrase, local, progress) as container:
            self._rest += [container.add(name, [content]) for name, content in read_me_files(order)]
            self._rest.append(container.add(VERIFIER_NAME, [verifier_page()]))
            cameras = [self._camera(container, camera) for camera in order.cameras]
            if not self._films:
                raise VmsError(
                    Kind.NOT_FOUND, "nothing_to_give", "None of this footage exists. Answer with P-07.",
                )  # fmt: skip
            for one in self._to_copy:  # behind all films: a segment that fails in one of them wastes no encoding
                self._add_derived(container, *one)
            values = self._manifest(cameras)
            content = packed(values)
            signature = self._keys.seal.over(content, at)
            proofs = [container.add(NAME, [content]), container.add(SIGNATURE_NAME, [signature])]
            stamped = self._stamped(container, signature)
            if stamped is not None:
                proofs.append(container.add(STAMP_NAME, [stamped.answer]))
            listed = {one["file"]: one["sha256"] for one in listed_files(values)}
            container.add(CHECKSUMS_NAME, [checksums(listed | {part.name: part.sha256 for part in proofs})])
        return Built(
            path, container.size_bytes, container.sha256, values, hashlib.sha256(content).hexdigest(),
            None if stamped is None else stamped.at,
        )  # fmt: skip

    def _stamped(self, container: Container, signature: bytes) -> Stamp | None:
        """The authority's stamp; None where none was asked for, or is to be had now."""
        authority = self._keys.stamps
        if authority is None:
            return None
        for _ in range(_STAMP_TRIES):
            container.pause()
            try:
                return stamp(authority, signature)
            except VmsError as err:
                log.warning("no time stamp: %s", err)
        return None

    def _manifest(self, cameras: Sequence[CameraRecord]) -> dict[str, Any]:
        order, stamps = self._order, self._keys.stamps
        return {
            "format": FORMAT,
            "package": order.package,
            "institution": order.institution,
            "made_at": iso(order.made_us),
            "software": order.software,
            "zone": str(order.zone),
            "request": dict(order.request),
            "time_stamp": None if stamps is None else {"state": REQUESTED, "authority": stamps.name},
            "node_public_key": self._keys.node_public.hex(),
            "cameras": [camera.to_json() for camera in cameras],
            "damaged": [one for camera in cameras for one in camera.damaged_json()],
            "derived": self._derived,
            "chain": self._chain.to_json(),
            "files": [part.to_json() for part in self._rest],
        }

    def _camera(self, container: Container, camera: CameraOrder) -> CameraRecord:
        record = CameraRecord(camera)
        for asked in union(camera.spans):
            cut = self._cut(camera, asked)
            for film in cut.films(self._order.made_us):
                self._add_film(container, record, film, asked)
            record.end_interval(self._archive, asked, cut.damaged, self._order.made_us)
        for volume, sequences in record.closed_segments().items():
            self._prove(camera, volume, sequences)
        return record

    def _cut(self, camera: CameraOrder, asked: Span) -> Cut:
        without = {place for key, place in self._without if key == camera.key}
        return Cut(
            self._archive, camera.key, asked, without=without, takes_what_is_there=self._order.takes_what_is_there
        )

    def _add_film(self, container: Container, record: CameraRecord, film: Film, asked: Span) -> None:
        judged: list[Judged] = []
        name = film_name(record.camera, film, self._order.zone, record.films + 1)
        try:
            part = container.add(name, film_bytes(self._archive, record.camera.key, film, judged.append))
        except UnreadableError as err:
            raise _SegmentFailedError((record.camera.key, err.place)) from err
        record.add_film(film, part, judged, asked)
        self._films += 1
        if record.camera.derived is not None:
            self._to_copy.append((record.camera, record.camera.derived, film, part))

    def _add_derived(
        self, container: Container, camera: CameraOrder, derived: Derived, film: Film, original: Part
    ) -> None:
        """Write the film's derived copy; one of which no picture can be decoded is named without a file."""
        from vms.footage.bundle.derived import DerivedCopy, derived_name  # noqa: PLC0415 - libav, for who needs it only

        copy = DerivedCopy(camera, derived, film, original, self._order.zone)
        content = film_bytes(self._archive, camera.key, film, lambda _judged: None)
        try:
            chunks = copy.chunks(content, container.pause)
            first = next(chunks, None)
            made = None
            if first is not None:
                made = container.add(derived_name(original.name), chain([first], chunks))
                self._rest.append(made)
        except UnreadableError as err:
            raise _SegmentFailedError((camera.key, err.place)) from err
        self._derived.append(copy.to_json(made))

    def _prove(self, camera: CameraOrder, volume_id: UUID, sequences: Sequence[int]) -> None:
        volume = next(one for one in self._archive.volumes if one.uuid == volume_id)
        self._chain.add(volume_id, prove(volume, camera.key, sequences))


def planned_bytes(archive: Archive, order: Order) -> int:
    """About how large the package will be, by headers alone: what the disk must have before it is begun (edge 56).

    Errors as in `build`, but nothing to give is 0 bytes.
    """
    return sum(_planned(archive, order)) + len(verifier_page())


def _planned(archive: Archive, order: Order) -> Iterator[int]:
    for camera in order.cameras:
        for asked in union(camera.spans):
            cut = Cut(archive, camera.key, asked, takes_what_is_there=order.takes_what_is_there)
            for film in cut.films(order.made_us):
                yield film.size_bytes
                if camera.derived is not None:
                    yield most_bytes(film.size_bytes, film.duration_90k)


def remove_half_built(path: Path) -> None:
    """Take away what a killed process left at `path`: a package is whole or not there."""
    with suppress(FileNotFoundError):
        path.unlink()
