"""Proving that footage is what was written, byte by byte."""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from vms.archive import chain
from vms.archive.checkpoints import read_checkpoints
from vms.archive.model import Segment, StreamKey
from vms.archive.new_index import read_away, read_begun_with
from vms.archive.problem import Problem
from vms.archive.queries import iterate_segments, known_streams
from vms.archive.rows import find_stream, last_sequence
from vms.archive.segment_name import segment_path
from vms.archive.segment_scan import Scan, read_head, scan_file
from vms.archive.volume import Volume
from vms.kernel.span import Span

Progress = Callable[[int], None]
PAGE = 500  # segments
_EVER = Span(0, (1 << 63) - 1)


def verify_volume(
    volume: Volume,
    streams: Sequence[StreamKey] | None = None,
    span: Span | None = None,
    *,
    trusted_keys: Sequence[bytes] = (),
    progress: Progress = lambda _count: None,
) -> Iterator[Problem]:
    """Yield what does not hold: hash and seals of each file, its head, the chain, the signed checkpoints.

    `trusted_keys`: raw Ed25519 public keys; without them a signature only shows that a statement was not changed.
    Reads every byte of the span once; memory stays flat.
    """
    if streams is None:
        with volume.index.read() as connection:
            streams = known_streams(connection)
    for stream in streams:
        yield from _verify_chain(volume, stream, span)
        for segment in _segments(volume, stream, span or _EVER):
            yield from verify_file(volume, segment)
            progress(1)
    yield from _verify_checkpoints(volume, trusted_keys)


def _segments(volume: Volume, stream: StreamKey, span: Span) -> Iterator[Segment]:
    """By start, a page at a time: neither a list of all that is kept, nor a view of the index that lasts for hours."""
    at_us = span.start_us
    while at_us < span.end_us:
        with volume.index.read() as connection:
            page = list(islice(iterate_segments(connection, stream, Span(at_us, span.end_us)), PAGE))
        yield from page
        if len(page) < PAGE:
            return
        at_us = page[-1].span.end_us


def verify_file(volume: Volume, segment: Segment) -> Iterator[Problem]:
    """Compare one file with its row."""

    def problem(code: str, message: str) -> Problem:
        return Problem.of(volume.uuid, segment.stream, code, segment.path, message)

    try:
        descriptor = os.open(segment.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=volume.directory)
    except FileNotFoundError:
        if _has_row(volume, segment):
            yield problem("row_without_file", "the file is gone")
        return
    except OSError as err:
        yield problem("segment_damaged", f"the file cannot be opened: {err.strerror}")
        return
    try:
        scan = scan_file(descriptor)
        if scan.size_bytes != segment.size_bytes:
            yield problem("size_differs", f"{scan.size_bytes} bytes where {segment.size_bytes} were written")
        if not scan.is_complete:
            yield problem("seal_differs", scan.problem)
        if _sha256(descriptor, scan) != segment.sha256:
            yield problem("hash_differs", "the file is not what was written")
        elif not _is_same(scan, segment):
            yield problem("head_differs", "the row says other things than the file")
    except OSError as err:
        yield problem("segment_damaged", f"the file cannot be read: {err.strerror}")
    finally:
        os.close(descriptor)


def _sha256(descriptor: int, scan: Scan) -> bytes:
    """Of the whole file; the walk knows it already when it came to the end."""
    if scan.good_bytes == scan.size_bytes:
        return scan.good_hash.digest()
    running = hashlib.sha256()
    offset = 0
    while chunk := os.pread(descriptor, 1 << 20, offset):
        running.update(chunk)
        offset += len(chunk)
    return running.digest()


def _is_same(scan: Scan, segment: Segment) -> bool:
    row, head, tail = segment, scan.head, scan.tail
    if head is None or tail is None:
        return False
    told = (head.stream, head.sequence, head.run, head.start_us, head.mask_version, head.clock_error_us)
    written = (row.stream, row.sequence, row.run, row.span.start_us, row.mask_version, row.clock_error_us)
    end = (tail.end_us, tail.flags, tail.lost_packets, tail.clock_offset_us, scan.samples, scan.duration_90k)
    written_end = (
        row.span.end_us, row.flags, row.lost_packets, row.clock_offset_us, row.samples, row.duration_90k,
    )  # fmt: skip
    return told == written and end == written_end


def _verify_chain(volume: Volume, stream: StreamKey, span: Span | None) -> Iterator[Problem]:
    """Every link follows from the one before, over deleted segments as well.

    Not over those whose deletion a lost index alone knew: behind such a hole it follows from what its file says.
    """
    with volume.index.read() as connection:
        stream_id = find_stream(connection, stream)
        begun_with = read_begun_with(connection).get(stream_id or 0, -1)
        links = connection.execute(
            "SELECT sequence, start_us, end_us, sha256, link FROM segment WHERE stream_id = :id"
            " UNION ALL SELECT sequence, start_us, end_us, sha256, link FROM deletion WHERE stream_id = :id"
            " ORDER BY sequence",
            {"id": stream_id},
        )
        previous: bytes | None = None
        before = -1
        for sequence, start_us, end_us, sha256, link in links:
            at = Span(start_us, end_us)
            if sequence == 0:
                previous = chain.FIRST
            is_broken = previous is not None and chain.link(previous, sha256, stream, sequence, at) != link
            if is_broken and before + 1 < sequence <= begun_with:
                said = _previous_link(volume, stream, start_us, sequence)
                is_broken = said is not None and chain.link(said, sha256, stream, sequence, at) != link
            if is_broken and (span is None or span.overlaps(at)):
                message = f"segment {sequence} does not follow from the one before: a row was changed or removed"
                yield Problem.of(volume.uuid, stream, "chain_broken", "", message)
            previous, before = link, sequence
        head = connection.execute("SELECT head_link FROM stream WHERE id = ?", (stream_id,)).fetchone()
        if previous is not None and head[0] != previous:
            yield Problem.of(volume.uuid, stream, "chain_broken", "", "the newest segments are missing from the index")


def _previous_link(volume: Volume, stream: StreamKey, start_us: int, sequence: int) -> bytes | None:
    """What a file says that it follows; None when it is deleted, or cannot be read and is named for that."""
    try:
        descriptor = os.open(
            segment_path(stream, start_us, sequence), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC,
            dir_fd=volume.directory,
        )  # fmt: skip
    except OSError:
        return None
    try:
        head = read_head(descriptor)
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return head.previous_link if head else None


def _verify_checkpoints(volume: Volume, trusted_keys: Sequence[bytes]) -> Iterator[Problem]:
    before = None
    for checkpoint in read_checkpoints(volume):
        fault = checkpoint.fault(trusted_keys)
        if fault:
            yield Problem(volume.uuid, "checkpoint_invalid", f"checkpoint of {checkpoint.at_us}: {fault}")
            before = None
            continue
        values = checkpoint.values()
        if before is not None and values["previous"] != before:
            yield Problem(volume.uuid, "checkpoint_invalid", f"a checkpoint before {checkpoint.at_us} is missing")
        before = hashlib.sha256(checkpoint.body.encode()).hexdigest()
        yield from _compare_heads(volume, checkpoint.at_us, values["heads"])


def _compare_heads(volume: Volume, at_us: int, heads: list[dict[str, Any]]) -> Iterator[Problem]:
    """Each signed head is the segment that the index has of this number, kept or deleted.

    One that a new index began with is not known any more: it was deleted before the index was lost, and proven then,
    or else somebody took it away, which `restart_index` judged when it began (`read_away`).
    """
    with volume.index.read() as connection:
        begun_with, away = read_begun_with(connection), read_away(connection)
        for head in heads:
            sequence = head["sequence"]
            stream_id = find_stream(connection, StreamKey(UUID(head["camera"]), head["stream"]))
            found = connection.execute(
                "SELECT link FROM segment WHERE stream_id = :id AND sequence = :sequence"
                " UNION ALL SELECT link FROM deletion WHERE stream_id = :id AND sequence = :sequence",
                {"id": stream_id, "sequence": sequence},
            ).fetchone()
            if found is not None:
                is_wrong = found[0].hex() != head["link"]
            elif stream_id is None:
                is_wrong = True
            elif sequence <= begun_with.get(stream_id, -1):
                is_wrong = sequence > away.get(stream_id, sequence)
            else:
                is_wrong = sequence > last_sequence(connection, stream_id)
            if is_wrong:
                message = f"camera {head['camera']}: segment {sequence} is not the one signed at {at_us}"
                yield Problem(volume.uuid, "checkpoint_invalid", message, "", UUID(head["camera"]), head["stream"])


def _has_row(volume: Volume, segment: Segment) -> bool:
    with volume.index.read() as connection:
        sql = "SELECT 1 FROM segment WHERE stream_id = ? AND sequence = ?"
        stream_id = find_stream(connection, segment.stream)
        return connection.execute(sql, (stream_id, segment.sequence)).fetchone() is not None
