"""The manifest: what was asked, what was given, what is missing and why, and what proves it.

`manifest.json`, UTF-8, keys always in this order. Times are RFC 3339 in UTC with microseconds; hashes are SHA-256 in
hexadecimal. `format` grows when a reader would misunderstand a newer one.

    format              "nazar-export/1"
    package, institution, made_at, software, zone
    request             as the orderer put it; the verifier has words for number, letter_number, letter_date, served_at,
                        authority, authority_kind, investigation_number, ebys_number, approved_by, operator, purpose
    time_stamp          null: none was asked for; else state ("requested": over the signature of this very text, so it
                        cannot say more), authority. Whether it was obtained is told by `manifest.tsr`, which then
                        lies beside it, and by the minutes. Older packages do not have this line
    node_public_key     Ed25519, raw, hexadecimal: whose checkpoints `chain` holds
    cameras[]
      camera            id, number (of today), name, place (of the footage's time, "A → B" if it was moved), stream,
                        placements[] of start, end (null: it stands there still), number, name, place: where it stood
                        while what was asked for was recorded
      asked[]           start, end
      given[]           start, end: footage inside what was asked
      missing[]         start, end, cause (directive 10(2)), detail
      films[]           file, size_bytes, sha256, codec, width, height, start, end, duration_ms, starts_with_key_frame,
                        before_asked_ms and after_asked_ms (how much more it shows), clock_offset_us (least, most: what
                        the camera's own clock showed minus ours; null: it did not say), is_intact
        segments[]      volume, sequence, start, end, sha256 (as the archive wrote it; null: not closed yet),
                        link, mask_version, clock_offset_us, clock_error_us, lost_packets, flags, from, to (what of
                        it is in the film), fragments, state (intact, damaged, unclosed), rebuild (of a segment that is
                        in the film as a whole: previous, run, boot_id, boottime_us, first_number, first_90k; with it
                        the segment's own file can be made out of the film, and its SHA-256 compared; else null), and
                        when damaged sha256_found, damaged_from (null: behind what is given)
    damaged[]           camera, volume, sequence, file (null: not given), start, end: footage the disk changed or lost
    derived[]           copies of films with masks and watermark drawn in, encoded anew; they prove nothing: file (null:
                        no picture of the film can be decoded), size_bytes, sha256, original (file, sha256), camera,
                        start, end, duration_ms, codec, width, height, encoder, pictures, masks[] of corners [x, y] as
                        parts of width and height, watermark (empty: none), undecoded[] (start, end: where the film
                        could not be decoded, or only with damage). Each file stands in `files` too
    chain
      checkpoints[]     body, signature (of the node, over the bytes of `body`)
      proofs[]          volume, camera, stream, previous, links[] of [sequence, start_us, end_us, sha256, link],
                        checkpoint (its place in `checkpoints`; null: nothing was signed since), state (proven,
                        not_signed_yet, broken)
    files[]             file, size_bytes, sha256 of everything else in the package but the manifest and its signature

A link is SHA-256 of: link before | segment's SHA-256 | camera id (16 bytes) | stream name, 0 | sequence (u64) |
start_us (i64) | end_us (i64), numbers big-endian. A checkpoint's body names, for each stream, the link that stood last.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from vms.kernel.clock import iso
from vms.kernel.span import Span

FORMAT = "nazar-export/1"
NAME, SIGNATURE_NAME, STAMP_NAME = "manifest.json", "manifest.p7s", "manifest.tsr"
REQUESTED = "requested"  # a time stamp
_IS_SHA256 = re.compile("[0-9a-f]{64}").fullmatch


def packed(values: Mapping[str, Any]) -> bytes:
    """The manifest's bytes, which are signed; one entry a line, so that it can be read without a program."""
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()


def parsed(content: bytes) -> dict[str, Any]:
    """The manifest back; ValueError when it is none, or one of a form that this version does not know.

    Only what every reader reads alike is one: UTF-8 without a mark, no name twice in an object, no NaN.
    """
    values = json.loads(content.decode(), object_pairs_hook=_each_once, parse_constant=_no_number)
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise ValueError("no manifest of a known form")
    return values


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("a name stands twice in an object")
    return values


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def span_json(span: Span) -> dict[str, str]:
    """An interval."""
    return {"start": iso(span.start_us), "end": iso(span.end_us)}


def stamp_authority(values: Mapping[str, Any]) -> str | None:
    """Of whom a time stamp was asked for; None: of nobody. KeyError or TypeError when it is malformed."""
    asked = values.get("time_stamp")
    if asked is None:
        return None
    if not isinstance(asked["authority"], str):
        raise TypeError("an authority without a name")
    authority: str = asked["authority"]
    return authority


def listed_files(values: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Every file the manifest vouches for: the films, then the rest. KeyError or TypeError when it is malformed."""
    films: Sequence[Mapping[str, Any]] = [film for camera in values["cameras"] for film in camera["films"]]
    return [*films, *values["files"]]


def check_form(values: Mapping[str, Any]) -> None:
    """ValueError, KeyError or TypeError unless it has what whoever shows it needs.

    Each listed file stands there once, with one size and one hash; each camera tells what was asked, given, missing.
    """
    lists = [values["cameras"], values["files"], values.get("damaged", []), values.get("derived", [])]
    for camera in values["cameras"]:
        lists += [camera[part] for part in ("asked", "given", "missing", "films")]
        if not isinstance(camera["camera"], dict) or type(camera["camera"]["number"]) is not int:
            raise TypeError("a camera without a name")
    if not all(isinstance(one, list) for one in lists):
        raise TypeError("something else where a list belongs")
    if not isinstance(values["request"], dict):
        raise TypeError("no request")
    names = set()
    for one in listed_files(values):
        name, size_bytes, sha256 = one["file"], one["size_bytes"], one["sha256"]
        is_size = type(size_bytes) is int and size_bytes >= 0
        if not (isinstance(name, str) and is_size and isinstance(sha256, str) and _IS_SHA256(sha256)):
            raise ValueError("what is promised of a file is not clear")
        if name in names:
            raise ValueError("a file stands twice in the list")
        names.add(name)
