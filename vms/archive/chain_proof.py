"""What proves segments to somebody who has no archive: their links, up to a signed checkpoint."""

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vms.archive import chain
from vms.archive.checkpoints import Checkpoint
from vms.archive.model import StreamKey
from vms.archive.rows import find_stream
from vms.archive.volume import Volume
from vms.kernel.span import Span

_LINKS = (
    "SELECT sequence, start_us, end_us, sha256, link FROM {} WHERE stream_id = :stream AND sequence >= :first"
    " AND sequence <= :last"
)
_PREVIOUS = "SELECT link FROM {} WHERE stream_id = :stream AND sequence = :sequence"


@dataclass(frozen=True, slots=True)
class Link:
    """One segment of the chain, given or not: without it the next link does not follow."""

    sequence: int
    span: Span
    sha256: bytes
    link: bytes


@dataclass(frozen=True, slots=True)
class ChainProof:
    """Consecutive links of one stream on one volume.

    `previous`: the link before the first of them; None when the index lost it. `checkpoint`: the first signed one that
    names the last link or a later one of these; None when nothing was signed since.
    """

    stream: StreamKey
    previous: bytes | None
    links: Sequence[Link]
    checkpoint: Checkpoint | None


def prove(volume: Volume, stream: StreamKey, sequences: Iterable[int]) -> list[ChainProof]:
    """Proofs that cover all of `sequences`; as few as there are holes between them that no checkpoint spans.

    The signature reaches backwards: who changed any link before the signed one must have changed the signed one.
    """
    wanted = sorted(set(sequences))
    proofs = []
    with volume.index.read() as connection:
        stream_id = find_stream(connection, stream)
        if stream_id is None:
            return []
        moments = [at for (at,) in connection.execute("SELECT at_us FROM checkpoint ORDER BY at_us")]
        at = 0
        while at < len(wanted):
            last = _unbroken(wanted, at)
            signed = _first_signed(connection, moments, stream, wanted[last])
            until = wanted[last] if signed is None else signed[1]
            links = list(_links(connection, stream_id, wanted[at], until))
            checkpoint = None if signed is None else signed[0]
            proofs.append(ChainProof(stream, _previous(connection, stream_id, wanted[at]), links, checkpoint))
            at = bisect_left(wanted, until + 1, lo=last)
    return proofs


def _unbroken(wanted: Sequence[int], first: int) -> int:
    """Where consecutive numbers that begin at `first` end."""
    while first + 1 < len(wanted) and wanted[first + 1] == wanted[first] + 1:
        first += 1
    return first


def _first_signed(
    connection: sqlite3.Connection, moments: Sequence[int], stream: StreamKey, sequence: int
) -> tuple[Checkpoint, int] | None:
    """The first checkpoint whose head of the stream is `sequence` or later, with that head's number.

    Found by halving: heads only grow from checkpoint to checkpoint, whatever clocks did.
    """

    def head_at(at_us: int) -> int:
        return _head(_checkpoint(connection, at_us), stream)

    position = bisect_left(moments, sequence, key=head_at)
    if position == len(moments):
        return None
    checkpoint = _checkpoint(connection, moments[position])
    return checkpoint, _head(checkpoint, stream)


def _checkpoint(connection: sqlite3.Connection, at_us: int) -> Checkpoint:
    sql = "SELECT at_us, body, signature FROM checkpoint WHERE at_us = ?"
    return Checkpoint(*connection.execute(sql, (at_us,)).fetchone())


def _head(checkpoint: Checkpoint, stream: StreamKey) -> int:
    """The number of the stream's last segment then; -1: none, or nobody can read the statement."""
    try:
        for head in checkpoint.values()["heads"]:
            if head["camera"] == str(stream.camera_id) and head["stream"] == stream.name:
                return int(head["sequence"])
    except (ValueError, KeyError, TypeError):
        return -1
    return -1


def _links(connection: sqlite3.Connection, stream_id: int, first: int, last: int) -> Iterator[Link]:
    sql = f"{_LINKS.format('segment')} UNION ALL {_LINKS.format('deletion')} ORDER BY sequence"
    rows = connection.execute(sql, {"stream": stream_id, "first": first, "last": last})
    for sequence, start_us, end_us, sha256, link in rows:
        yield Link(sequence, Span(start_us, end_us), sha256, link)


def _previous(connection: sqlite3.Connection, stream_id: int, sequence: int) -> bytes | None:
    if sequence == 0:
        return chain.FIRST
    sql = f"{_PREVIOUS.format('segment')} UNION ALL {_PREVIOUS.format('deletion')}"
    row = connection.execute(sql, {"stream": stream_id, "sequence": sequence - 1}).fetchone()
    return row and bytes(row[0])
