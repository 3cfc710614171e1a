"""Proving a package by nothing but itself; `dogrula.html` says the same in a browser."""

import hashlib
import struct
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from vms.footage.bundle.chain_record import ProofState, judge
from vms.footage.bundle.checksums import CHECKSUMS_NAME, changed_files, listed_digests
from vms.footage.bundle.manifest import (
    NAME,
    SIGNATURE_NAME,
    STAMP_NAME,
    check_form,
    listed_files,
    parsed,
    stamp_authority,
)  # fmt: skip
from vms.footage.bundle.rebuilt import FilmReader, NotTheFootageError, rebuild
from vms.footage.bundle.signature import SignatureBrokenError, check_signature
from vms.footage.bundle.time_stamp import check_stamp
from vms.footage.bundle.unpacking import PartUnreadableError, Unpacked, read_whole, twice
from vms.footage.bundle.verdict import Code, Finding, Report, StampState

_MANIFEST_LIMIT_BYTES = 512 << 20
_PROOF_LIMIT_BYTES = 64 << 20
_Film = tuple[Mapping[str, Any], Sequence[Mapping[str, Any]]]
_Promise = tuple[int | None, str]  # size, SHA-256
_PROOFS = {NAME, SIGNATURE_NAME, STAMP_NAME}
_MALFORMED = (
    KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError, RecursionError, struct.error,
)  # fmt: skip


def verify(package: Unpacked, *, certificate: str = "", progress: Callable[[str], None] = lambda _name: None) -> Report:
    """Everything that can be said of the package.

    `certificate`: SHA-256 of the institution's certificate as the minutes print it; without it a signature only shows
    that whoever signed holds the key it names. Reads every byte once; memory: the manifest and a megabyte.
    """
    return _Verification(package, progress).run(certificate.replace(":", "").replace(" ", "").lower())


class _Verification:
    def __init__(self, package: Unpacked, progress: Callable[[str], None]) -> None:
        self._package = package
        self._progress = progress
        self._names = set(package.names())
        self._digests: dict[str, str] = {}
        self._films: dict[str, _Film] = {}
        self._faults: dict[str, str] = {}  # of films; they count where the file itself is what was delivered
        self._report = Report()

    def run(self, certificate: str) -> Report:
        report = self._report
        for name in twice(self._package):
            report.blame(Code.CHANGED, name)
        manifest = self._read(NAME, _MANIFEST_LIMIT_BYTES)
        signature = self._read(SIGNATURE_NAME, _PROOF_LIMIT_BYTES)
        stamped = self._read(STAMP_NAME, _PROOF_LIMIT_BYTES) if STAMP_NAME in self._names else None
        sums = self._read(CHECKSUMS_NAME, _PROOF_LIMIT_BYTES, is_listed=False)
        broken = self._look_at_signature(signature, manifest, certificate)
        values = None if broken else self._values(manifest or b"")
        self._films = _films_of(values) if values else {}
        self._look_at_files(_of_manifest(values) if values else _of_checksums(sums or b""))
        if sums is not None:  # an emptied one is a changed one
            self._look_at_checksums(sums)
        if broken and report.is_sound:
            report.blame(Code.SIGNATURE, SIGNATURE_NAME, broken)
        if signature is not None and report.is_sound:
            self._look_at_stamp(stamped, signature, values)
        if values is not None and report.is_sound:
            self._look_at_chain(values)
            self._note_damage(values)
            self._note_derived(values)
        return report

    def _read(self, name: str, limit_bytes: int, *, is_listed: bool = True) -> bytes | None:
        """A part that proves others; None when it cannot be read, which is then said."""
        if name not in self._names:
            self._report.blame(Code.MISSING, name)
            return None
        try:
            content = read_whole(self._package, name, limit_bytes)
        except PartUnreadableError:
            self._report.blame(Code.CHANGED, name)
            return None
        if is_listed:
            self._digests[name] = hashlib.sha256(content).hexdigest()
        self._report.files += 1
        return content

    def _values(self, manifest: bytes) -> dict[str, Any] | None:
        try:
            values = parsed(manifest)
            check_form(values)
        except _MALFORMED:
            self._report.blame(Code.CHANGED, NAME)
            return None
        self._report.manifest = values
        return values

    def _look_at_files(self, listed: Mapping[str, _Promise]) -> None:
        """Compare everything with what is promised of it."""
        report = self._report
        for name in sorted(self._names - listed.keys() - _PROOFS - {CHECKSUMS_NAME}):
            report.blame(Code.UNKNOWN, name)
        for name, (size_bytes, sha256) in listed.items():
            self._digests[name] = sha256  # so far
            if name not in self._names:
                report.blame(Code.MISSING, name)
                continue
            self._progress(name)
            try:
                found_bytes, digest = self._read_through(name)
            except PartUnreadableError:
                report.blame(Code.CHANGED, name)
                continue
            self._digests[name] = digest
            report.files += 1
            if digest != sha256 or size_bytes not in {None, found_bytes}:
                report.blame(Code.CHANGED, name)

    def _read_through(self, name: str) -> tuple[int, str]:
        """Size and digest of a file; of a film also whether its pictures are those in the chain."""
        reader = FilmReader(self._package.chunks(name))
        film = self._films.get(name)
        fault = ""
        if film is not None:
            try:
                self._report.rebuilt += rebuild(reader, *film)
            except NotTheFootageError as err:
                fault = f"the pictures of {err} in {name} are not those the recorder wrote"
            except _MALFORMED:
                fault = f"{name} is not made of the segments it names"
        found = reader.drain()
        if fault:
            self._faults[name] = fault
        return found

    def _look_at_checksums(self, sums: bytes) -> None:
        """What is not here is said to be missing, and is no fault of the list."""
        for name, digest in listed_digests(sums):
            if name in _PROOFS and name not in self._digests:
                self._report.blame(Code.MISSING, name)
                self._digests[name] = digest
        for name in changed_files(sums, self._digests):
            self._report.blame(Code.CHANGED, name)

    def _look_at_signature(self, signature: bytes | None, manifest: bytes | None, certificate: str) -> str:
        """Why the manifest cannot be believed; empty when it can."""
        report = self._report
        if signature is None or manifest is None:
            return "one of the two is not here"
        try:
            report.signer = check_signature(signature, manifest)
        except SignatureBrokenError as broken:
            return str(broken)
        report.is_compared = report.signer.fingerprint == certificate
        if certificate and not report.is_compared:
            report.blame(Code.CERTIFICATE)
        return ""

    def _look_at_stamp(self, stamped: bytes | None, signature: bytes, values: Mapping[str, Any] | None) -> None:
        """Prove it, or tell of one that the manifest asks for and nobody has."""
        report = self._report
        if stamped is not None:
            try:
                report.stamped_at, report.stamper = check_stamp(stamped, signature)
                report.stamp = StampState.PROVEN
            except SignatureBrokenError as broken:
                report.blame(Code.STAMP, STAMP_NAME, str(broken))
        elif values is not None:
            try:
                authority = stamp_authority(values)
            except _MALFORMED:
                report.blame(Code.CHANGED, NAME)
                return
            report.stamp = StampState.NOT_ASKED if authority is None else StampState.MISSING
            if authority is not None:
                report.notes.append(Finding(Code.STAMP_MISSING, detail=authority))

    def _look_at_chain(self, values: Mapping[str, Any]) -> None:
        report = self._report
        for fault in self._faults.values():
            report.blame(Code.CHAIN, detail=fault)
        try:
            report.notes += look_at_chain(values)
        except ChainBrokenError as broken:
            report.blame(Code.CHAIN, detail=str(broken))
        except _MALFORMED:
            report.blame(Code.CHAIN, detail="it cannot be read")

    def _note_damage(self, values: Mapping[str, Any]) -> None:
        """Say what the disk changed, and what it lost."""
        try:
            for one in values.get("damaged", ()):
                file, times = one["file"], (one["start"], one["end"])
                if not all(isinstance(told, str) for told in (*times, file or "")):
                    raise TypeError("no place in the footage")
                detail = "from {} to {}".format(*times)
                if file is None:
                    finding = Finding(Code.LOST, detail=f"{_camera_named(values, one['camera'])} {detail}")
                else:
                    finding = Finding(Code.DAMAGED, file, detail)
                self._report.notes.append(finding)
        except _MALFORMED:
            self._report.blame(Code.CHANGED, NAME)

    def _note_derived(self, values: Mapping[str, Any]) -> None:
        """Say which files are no originals; the manifest that names them was signed."""
        try:
            originals = {film["file"]: film["sha256"] for one in values["cameras"] for film in one["films"]}
            copies = {one["file"]: one["sha256"] for one in values["files"]}
            for one in values.get("derived", ()):
                original = one["original"]
                name, is_made = one["file"], one["file"] is not None
                is_told_alike = originals[original["file"]] == original["sha256"]
                if not is_told_alike or (is_made and copies[name] != one["sha256"]):
                    self._report.blame(Code.CHANGED, NAME)
                elif is_made:
                    self._report.notes.append(Finding(Code.DERIVED, name, original["file"]))
        except _MALFORMED:
            self._report.blame(Code.CHANGED, NAME)


def _films_of(values: Mapping[str, Any]) -> dict[str, _Film]:
    """What each film was made of."""
    return {
        film["file"]: (one["camera"], film["segments"])
        for one in values["cameras"]
        for film in one["films"]
        if "camera" in one and "segments" in film
    }


def _of_manifest(values: Mapping[str, Any]) -> dict[str, _Promise]:
    return {one["file"]: (one["size_bytes"], one["sha256"]) for one in listed_files(values)}


def _of_checksums(sums: bytes) -> dict[str, _Promise]:
    """Where manifest or signature was changed, the list of checksums still tells which other files are right."""
    return {name: (None, digest) for name, digest in listed_digests(sums) if name not in _PROOFS}


def _camera_named(values: Mapping[str, Any], camera_id: str) -> str:
    number = next(one["camera"]["number"] for one in values["cameras"] if one["camera"]["id"] == camera_id)
    return f"camera {number}"


class ChainBrokenError(Exception):
    """The chain does not hold; `str` says where."""


def look_at_chain(values: Mapping[str, Any]) -> list[Finding]:
    """Prove the chain of a manifest by the node's key in it; what must be known of it.

    ChainBrokenError when it does not hold; KeyError, TypeError or ValueError when it is malformed.
    """
    node_key = bytes.fromhex(values["node_public_key"])
    names = {(one["camera"]["id"], one["camera"]["stream"]): str(one["camera"]["number"]) for one in values["cameras"]}
    proved: dict[tuple[str, str, str, int], tuple[str, str]] = {}
    notes: set[Finding] = set()
    for proof in values["chain"]["proofs"]:
        camera = f"camera {names[proof['camera'], proof['stream']]}"
        state = judge(proof, values["chain"]["checkpoints"], node_key)
        if state is ProofState.BROKEN and proof["state"] != ProofState.BROKEN:
            raise ChainBrokenError(f"a link of {camera} does not follow")
        if state is not ProofState.PROVEN:
            code = Code.BROKEN_THEN if state is ProofState.BROKEN else Code.NOT_SIGNED_YET
            notes.add(Finding(code, detail=camera))
        for sequence, _, _, sha256, link in proof["links"]:
            proved[proof["volume"], proof["camera"], proof["stream"], sequence] = (sha256, link)
    for one in values["cameras"]:
        for film in one["films"]:
            _look_at_segments(one["camera"], film, proved)
            if any(segment["sha256"] is None for segment in film["segments"]):  # it was not closed
                notes.add(Finding(Code.NOT_SIGNED_YET, detail=f"camera {one['camera']['number']}"))
    return sorted(notes, key=str)


def _look_at_segments(
    camera: Mapping[str, Any], film: Mapping[str, Any], proved: Mapping[tuple[str, str, str, int], tuple[str, str]]
) -> None:
    for one in film["segments"]:
        if one["sha256"] is None:
            continue
        place = (one["volume"], camera["id"], camera["stream"], one["sequence"])
        if proved.get(place) != (one["sha256"], one["link"]):
            raise ChainBrokenError(f"segment {one['sequence']} of {film['file']} is not in it")
