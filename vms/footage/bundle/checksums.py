"""The list of checksums for whoever has no other tool than `sha256sum -c`; it also covers what signs the rest."""

from collections.abc import Iterator, Mapping

CHECKSUMS_NAME = "SHA256SUMS.txt"
_DIGITS = 64


def checksums(digests: Mapping[str, str]) -> bytes:
    """The list, by name."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()


def changed_files(content: bytes, digests: Mapping[str, str]) -> list[str]:
    """Files of the package (the list itself among them) that are not what the list says; empty when all are.

    A byte changed in the list shows as a digest with a letter or two changed; a changed file's is another altogether.
    """
    if content == checksums(digests):
        return []
    listed = dict(listed_digests(content))
    named = [name for name in sorted(digests) if name in listed]
    return [name for name in named if _alike(listed[name], digests[name]) < _DIGITS // 2] or [CHECKSUMS_NAME]


def listed_digests(content: bytes) -> Iterator[tuple[str, str]]:
    """Names with digests, as far as the list can be read."""
    for line in content.decode(errors="replace").split("\n"):
        digest, _, name = line.partition("  ")
        if len(digest) == _DIGITS:
            yield name, digest


def _alike(listed: str, digest: str) -> int:
    return sum(one == other for one, other in zip(listed, digest, strict=True))
