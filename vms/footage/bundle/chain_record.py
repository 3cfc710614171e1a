"""The chain of the archive in the words of the manifest, and back."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from vms.archive import chain
from vms.archive.chain_proof import ChainProof
from vms.archive.checkpoints import Checkpoint
from vms.archive.model import StreamKey
from vms.kernel.span import Span


class ProofState(StrEnum):
    """What a proof proves."""

    PROVEN = "proven"  # every link follows, up to one that the node signed
    NOT_SIGNED_YET = "not_signed_yet"  # every link follows, but nothing was signed since
    BROKEN = "broken"


class ChainRecord:
    """Collects proofs; a checkpoint that several of them end in is kept once."""

    def __init__(self, node_key: bytes) -> None:
        self._node_key = node_key
        self._checkpoints: dict[str, int] = {}
        self._checkpoint_values: list[dict[str, str]] = []
        self._proofs: list[dict[str, Any]] = []

    def add(self, volume: UUID, proofs: Iterable[ChainProof]) -> None:
        """Take the proofs of one stream on one volume."""
        for proof in proofs:
            values = {
                "volume": str(volume),
                "camera": str(proof.stream.camera_id),
                "stream": proof.stream.name,
                "previous": None if proof.previous is None else proof.previous.hex(),
                "links": [
                    [one.sequence, one.span.start_us, one.span.end_us, one.sha256.hex(), one.link.hex()]
                    for one in proof.links
                ],
                "checkpoint": None if proof.checkpoint is None else self._place(proof.checkpoint),
            }
            state = judge(values, self._checkpoint_values, self._node_key)
            self._proofs.append(values | {"state": state})

    def to_json(self) -> dict[str, Any]:
        """As the manifest has it."""
        return {"checkpoints": self._checkpoint_values, "proofs": self._proofs}

    def _place(self, checkpoint: Checkpoint) -> int:
        name = hashlib.sha256(checkpoint.body.encode()).hexdigest()
        if name not in self._checkpoints:
            self._checkpoints[name] = len(self._checkpoint_values)
            self._checkpoint_values.append({"body": checkpoint.body, "signature": checkpoint.signature.hex()})
        return self._checkpoints[name]


def judge(proof: Mapping[str, Any], checkpoints: Sequence[Mapping[str, str]], node_key: bytes) -> ProofState:
    """Follow the links of one proof, as anybody can who has the manifest and the node's public key.

    KeyError, TypeError or ValueError when it is malformed.
    """
    stream = StreamKey(UUID(proof["camera"]), proof["stream"])
    previous = None if proof["previous"] is None else bytes.fromhex(proof["previous"])
    by_sequence: dict[int, str] = {}
    expected: int | None = None
    for sequence, start_us, end_us, sha256, link in proof["links"]:
        if expected is not None and sequence != expected:
            return ProofState.BROKEN
        follows = previous is None or link == _link(previous, sha256, stream, sequence, Span(start_us, end_us))
        if not follows:
            return ProofState.BROKEN
        by_sequence[sequence] = link
        previous, expected = bytes.fromhex(link), sequence + 1
    if proof["checkpoint"] is None:
        return ProofState.NOT_SIGNED_YET
    return _signed(proof, by_sequence, checkpoints[proof["checkpoint"]], node_key)


def _link(previous: bytes, sha256: str, stream: StreamKey, sequence: int, span: Span) -> str:
    return chain.link(previous, bytes.fromhex(sha256), stream, sequence, span).hex()


def _signed(
    proof: Mapping[str, Any], links: Mapping[int, str], checkpoint: Mapping[str, str], node_key: bytes
) -> ProofState:
    statement = Checkpoint(0, checkpoint["body"], bytes.fromhex(checkpoint["signature"]))
    if statement.fault([node_key]):
        return ProofState.BROKEN
    values = statement.values()
    if values["volume"] != proof["volume"]:
        return ProofState.BROKEN
    for head in values["heads"]:
        if (head["camera"], head["stream"]) == (proof["camera"], proof["stream"]):
            is_same = links.get(head["sequence"]) == head["link"]
            return ProofState.PROVEN if is_same else ProofState.BROKEN
    return ProofState.BROKEN
