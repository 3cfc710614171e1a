"""What lies on disk after a scenario, read without the product's own readers."""

import struct
import subprocess
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import av
from nasty_clips import picture_key

from recorder.simcam.clip import Clip

_MAX_DECODE_S = 120


@dataclass(frozen=True)
class Sample:
    """One picture in a file. `unit`: which of the clip's it is, None for bytes that were never sent."""

    unit: int | None
    pts_90k: int
    dts_90k: int
    duration_90k: int
    is_sync: bool
    size_bytes: int


@dataclass
class FileEvidence:
    """One closed file: what its boxes, the ffmpeg program and its samples say."""

    path: Path
    box_faults: list[str]
    ffmpeg_says: str
    decoded_frames: int
    codec: str
    codec_tag: str
    width: int
    height: int
    samples: list[Sample] = field(default_factory=list)

    @property
    def units(self) -> list[int | None]:
        return [sample.unit for sample in self.samples]


def examine(path: Path, clip: Clip, ffmpeg_says: str, decoded_frames: int) -> FileEvidence:
    """Walk the boxes, tell whose pictures are inside."""
    with av.open(str(path)) as container:
        (stream,) = container.streams
        codec = stream.codec_context
        return FileEvidence(
            path, box_faults(path.read_bytes()), ffmpeg_says, decoded_frames, codec.name, codec.codec_tag,
            codec.width, codec.height, _samples(container, clip),
        )  # fmt: skip


def decode(paths: Sequence[Path]) -> dict[Path, tuple[str, int]]:
    """What `ffmpeg -v error` says of each file when it decodes all of it, with the number of pictures it got.

    A process costs more than a short file, so all go into one; only when that one complains is each asked alone.
    """
    if not paths:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        outputs = [Path(folder, f"{number}.crc") for number in range(len(paths))]
        reading = [word for path in paths for word in ("-threads", "1", "-i", str(path))]
        writing = [
            word
            for number, output in enumerate(outputs)
            for word in ("-map", f"{number}:v", "-fps_mode", "passthrough", "-f", "framecrc", str(output))
        ]
        done = subprocess.run(
            ["ffmpeg", "-v", "error", *reading, *writing],
            capture_output=True, text=True, timeout=_MAX_DECODE_S, check=False,
        )  # fmt: skip
        says = done.stderr.strip() or ("" if done.returncode == 0 else f"exit code {done.returncode}")
        if says and len(paths) > 1:
            return {path: answer for path in paths for answer in decode([path]).values()}
        return {path: (says, _frames_in(output)) for path, output in zip(paths, outputs, strict=True)}


def _frames_in(listing: Path) -> int:
    if not listing.exists():
        return 0
    return sum(not line.startswith("#") for line in listing.read_text().splitlines())


def decoded_pts(path: Path, count: int) -> list[int]:
    """Times of the first `count` pictures a decoder gives back; a damaged one is left out."""
    with av.open(str(path)) as container:
        frames = islice(container.decode(video=0), count)
        return [frame.pts for frame in frames if not frame.is_corrupt]


def _samples(container: av.container.InputContainer, clip: Clip) -> list[Sample]:
    numbers: dict[bytes, int] = {}
    for number, unit in enumerate(clip.units):
        numbers.setdefault(picture_key(clip.codec, unit.nals), number)
    return [
        Sample(
            numbers.get(picture_key(clip.codec, _nals(bytes(packet)))), packet.pts, packet.dts, packet.duration or 0,
            packet.is_keyframe, packet.size,
        )
        for packet in container.demux(video=0)
        if packet.size
    ]  # fmt: skip


def _nals(sample: bytes) -> list[bytes]:
    nals, at = [], 0
    while at + 4 <= len(sample):
        size = int.from_bytes(sample[at : at + 4])
        if not size or at + 4 + size > len(sample):
            return []
        nals.append(sample[at + 4 : at + 4 + size])
        at += 4 + size
    return nals if at == len(sample) else []


def box_faults(data: bytes) -> list[str]:
    """ISO 14496-12: ftyp, moov, then moof with mdat; sizes that fit; run sizes that fill the mdat; growing times."""
    faults, boxes, at = [], [], 0
    while at < len(data):
        if at + 8 > len(data):
            return [f"{len(data) - at} bytes left over"]
        size, kind = struct.unpack_from(">I4s", data, at)
        if size < 8 or at + size > len(data):
            return [f"a {kind!r} of {size} bytes at {at} of {len(data)}"]
        boxes.append((kind, at, size))
        at += size
    kinds = [kind for kind, _, _ in boxes if kind not in (b"uuid", b"free", b"styp")]
    if kinds[:2] != [b"ftyp", b"moov"] or Counter(kinds[2::2]).keys() != {b"moof"} or set(kinds[3::2]) != {b"mdat"}:
        faults.append(f"boxes {kinds[:8]}")
    moofs = [box for box in boxes if box[0] == b"moof"]
    mdats = [box for box in boxes if box[0] == b"mdat"]
    end_90k = 0
    for moof, mdat in zip(moofs, mdats, strict=False):
        end_90k = _check_fragment(data, moof, mdat, end_90k, faults)
    return faults


def _check_fragment(data, moof, mdat, expected_90k, faults):
    _, at, size = moof
    tfdt = data.index(b"tfdt", at, at + size) - 4
    trun = data.index(b"trun", at, at + size) - 4
    (start_90k,) = struct.unpack_from(">Q", data, tfdt + 12)
    flags, count, offset = struct.unpack_from(">4xIIi", data, trun + 4)
    flags &= 0xFFFFFF
    if flags != 0xF01:
        faults.append(f"trun flags {flags:06x}")
        return expected_90k
    entries = list(struct.iter_unpack(">IIIi", data[trun + 20 : trun + 20 + 16 * count]))
    if start_90k != expected_90k:
        faults.append(f"a fragment begins at {start_90k}, the one before ended at {expected_90k}")
    if at + offset != mdat[1] + 8 or sum(entry[1] for entry in entries) != mdat[2] - 8:
        faults.append("samples do not fill their mdat")
    if not all(entry[0] > 0 and entry[1] > 0 for entry in entries):
        faults.append("a sample without bytes or duration")
    return start_90k + sum(entry[0] for entry in entries)
