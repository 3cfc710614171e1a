"""What somebody may do to a package that was unpacked; two verifiers must say the same of each.

Whoever signs anew does it with a certificate of his own, which bears the institution's name: `forger`.
"""

import copy
import hashlib
import json
import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from vms.documents.seal import Seal
from vms.footage.bundle.checksums import checksums
from vms.footage.bundle.manifest import packed

SUMS = "SHA256SUMS.txt"
APPLE_DOUBLE = bytes.fromhex("00051607 00020000") + bytes(74)
DS_STORE = b"\0\0\0\1Bud1" + bytes(24)
THUMBS = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(24)


@dataclass(frozen=True, slots=True)
class Hand:
    """Changes one unpacked package."""

    folder: Path
    forger: Seal
    manifest: dict

    @property
    def film(self) -> str:
        return self.manifest["cameras"][0]["films"][0]["file"]

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def write(self, name: str, content: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def flip(self, name: str) -> None:
        content = bytearray(self.read(name))
        content[len(content) // 2] ^= 1
        self.write(name, bytes(content))

    def rename(self, name: str, other: str) -> None:
        (self.folder / name).rename(self.folder / other)

    def exchange(self, one: str, other: str) -> None:
        contents = self.read(one), self.read(other)
        self.write(one, contents[1])
        self.write(other, contents[0])

    def sign(self, content: bytes) -> None:
        """Let this be the manifest, with a signature and a list of checksums that fit it."""
        self.write("manifest.json", content)
        self.write("manifest.p7s", self.forger.over(content, datetime(2026, 11, 21, 15, 5, tzinfo=UTC)))
        self.write_sums()

    def write_sums(self) -> None:
        names = [one.relative_to(self.folder).as_posix() for one in self.folder.rglob("*") if one.is_file()]
        self.write(SUMS, checksums({name: sha256(self.read(name)) for name in names if name != SUMS}))

    def sign_changed(self, change: Callable[[dict], object]) -> None:
        values = copy.deepcopy(self.manifest)
        change(values)
        self.sign(packed(values))

    def exchange_and_sign(self, name: str, content: bytes) -> None:
        """Another file under this name, with everything that is told of it."""
        self.write(name, content)

        def tell(values: dict) -> None:
            listed = [film for camera in values["cameras"] for film in camera["films"]] + values["files"]
            (one,) = [one for one in listed if one["file"] == name]
            one["size_bytes"], one["sha256"] = len(content), sha256(content)

        self.sign_changed(tell)


# By what options OpenSSL signs, and whether that is a signature that says whose it is.
SIGNINGS = {
    "as the institution does": (("-cades",), True),
    "with PSS": (("-cades", "-keyopt", "rsa_padding_mode:pss"), True),
    "without a certificate's name": ((), False),
    "without attributes": (("-noattr",), False),
    "by the key's name": (("-cades", "-keyid"), False),
    "with another hash": (("-cades", "-md", "sha512"), False),
    "with the text inside": (("-cades", "-nodetach"), False),
}


def sign_by_openssl(hand: Hand, options: Sequence[str], folder: Path) -> None:
    """The manifest as it is, signed by a key of somebody's own."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    if not key.exists():
        how = ["-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-subj", "/CN=Deneme"]
        subprocess.run(["openssl", "req", "-x509", *how], check=True, capture_output=True)
    given = ["-in", hand.folder / "manifest.json", "-signer", certificate, "-inkey", key, *options]
    made = ["-outform", "DER", "-out", hand.folder / "manifest.p7s"]
    subprocess.run(["openssl", "cms", "-sign", "-binary", *given, *made], check=True, capture_output=True)
    hand.write_sums()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Mutation:
    """`names`: files that the verdict must name. `notes`: how many more than an untouched package has.

    `is_everywhere`: False where only `vms export verify` can see it.
    """

    name: str
    change: Callable[[Hand], object]
    is_sound: bool = False
    names: tuple[str, ...] = ()
    notes: int = 0
    is_everywhere: bool = field(default=True, kw_only=True)


def _proofs(values: dict) -> list[dict]:
    return values["chain"]["proofs"]


def _claimed_and_broken(values: dict) -> None:
    """A proof that says of itself that it is broken, and one that does not but is."""
    claimed = copy.deepcopy(_proofs(values)[0])
    claimed["links"][1][3] = "00" * 32
    claimed["state"] = "broken"
    _proofs(values)[0]["links"][1][1] += 1
    _proofs(values).insert(0, claimed)


def _claimed(values: dict) -> None:
    _proofs(values)[0]["links"][1][1] += 1
    _proofs(values)[0]["state"] = "broken"


def _not_closed(values: dict) -> None:
    """The last segment, of which a part is in the film, says that nothing vouches for it."""
    values["cameras"][0]["films"][0]["segments"][-1].update(sha256=None, link=None)


def _lost(values: dict) -> None:
    camera = values["cameras"][0]["camera"]["id"]
    start, end = (values["cameras"][0]["films"][0][name] for name in ("start", "end"))
    values["damaged"] = [{"camera": camera, "volume": "", "sequence": 0, "file": None, "start": start, "end": end}]


def _lying_copy(values: dict) -> None:
    film = values["cameras"][0]["films"][0]
    values["derived"] = [{"file": None, "original": {"file": film["file"], "sha256": "00" * 32}}]


def _twice_listed(values: dict) -> None:
    values["files"].insert(0, values["files"][0] | {"sha256": "00" * 32})


def _text(hand: Hand) -> str:
    return packed(hand.manifest).decode()


def _twice_named(hand: Hand) -> bytes:
    return _text(hand).replace('"package":', '"package": "NAZAR-1-1",\n "package":', 1).encode()


def _deep(hand: Hand) -> bytes:
    return _text(hand).replace('"zone"', f'"x": {"[" * 200_000}{"]" * 200_000}, "zone"', 1).encode()


ODD_VALUES = (None, "", "x", "00" * 32, 0, -1, 7, 1 << 70, 1.5, True, [], [None], {}, {"file": None})


def scramble(hand: Hand, random: Random) -> str:
    """Sign a manifest with one value of it exchanged or gone; where."""
    values = copy.deepcopy(hand.manifest)
    places = list(_places(values))
    inside, key = random.choice(places)
    if random.random() < 0.2:
        inside.pop(key)
        told = "gone"
    else:
        inside[key] = random.choice(ODD_VALUES)
        told = repr(inside[key])
    hand.sign(packed(values))
    return f"{key}: {told}"


def _places(values: dict | list) -> Iterator[tuple[dict | list, str | int]]:
    for key, value in list(values.items() if isinstance(values, dict) else enumerate(values)):
        yield values, key
        if isinstance(value, dict | list):
            yield from _places(value)


FILES = ("OKUBENI.txt", "README.txt", "manifest.json", "manifest.p7s", SUMS)
MUTATIONS = [
    Mutation("nothing", lambda _: None, is_sound=True),
    # bytes
    *(Mutation(f"a bit of {name}", lambda hand, name=name: hand.flip(name), names=(name,)) for name in FILES),
    Mutation("a bit of the film", lambda hand: hand.flip(hand.film), names=("video/",)),
    *(Mutation(f"{name} emptied", lambda hand, name=name: hand.write(name, b""), names=(name,)) for name in FILES),
    Mutation("the film emptied", lambda hand: hand.write(hand.film, b""), names=("video/",)),
    Mutation("a longer film", lambda hand: hand.write(hand.film, hand.read(hand.film) + b"\0"), names=("video/",)),
    Mutation("exchanged texts", lambda hand: hand.exchange("README.txt", "OKUBENI.txt"), names=("README", "OKUBENI")),
    # files taken away, renamed
    *(
        Mutation(f"{name} removed", lambda hand, name=name: (hand.folder / name).unlink(), names=(name,))
        for name in (*FILES, "dogrula.html")
    ),
    Mutation("the film removed", lambda hand: (hand.folder / hand.film).unlink(), names=("video/",)),
    Mutation("the film renamed", lambda hand: hand.rename(hand.film, "video/x.mp4"), names=("video/k", "video/x.mp4")),
    Mutation("the film at the root", lambda hand: hand.rename(hand.film, Path(hand.film).name), names=("video/kam",)),
    Mutation("another case", lambda hand: hand.rename("README.txt", "readme.txt"), names=("README.txt", "readme.txt")),
    # files added
    Mutation("a film added", lambda hand: hand.write("video/x.mp4", hand.read(hand.film)), names=("video/x.mp4",)),
    Mutation("an empty file added", lambda hand: hand.write("x", b""), names=("x",)),
    Mutation("a hidden film", lambda hand: hand.write("._video.mp4", hand.read(hand.film)), names=("._video.mp4",)),
    Mutation("a hidden folder's film", lambda hand: hand.write("sub/._kamera.mp4", b"x"), names=("sub/._kamera.mp4",)),
    Mutation("beside nothing", lambda hand: hand.write("._other", APPLE_DOUBLE), names=("._other",)),
    Mutation("a film as metadata", lambda hand: hand.write("._README.txt", b"\0\0\0\x18ftyp"), names=("._README.txt",)),
    Mutation(
        "metadata too large", lambda hand: hand.write("._README.txt", APPLE_DOUBLE.ljust(1 << 19)), names=("._README",)
    ),
    Mutation("a film as Thumbs.db", lambda hand: hand.write("Thumbs.db", hand.read(hand.film)), names=("Thumbs.db",)),
    Mutation("a film as .DS_Store", lambda hand: hand.write(".DS_Store", hand.read(hand.film)), names=(".DS_Store",)),
    Mutation("a stamp added", lambda hand: hand.write("manifest.tsr", b"0"), names=(SUMS,)),
    Mutation(
        "what systems leave",
        lambda hand: [
            hand.write(name, content)
            for name, content in {
                "._README.txt": APPLE_DOUBLE,
                "._video": APPLE_DOUBLE,
                "video/.DS_Store": DS_STORE,
                "Thumbs.db": THUMBS,
                "desktop.ini": b"\xff\xfe[\0",
            }.items()
        ],
        is_sound=True,
    ),
    # what no browser can see
    Mutation(
        "a folder linked", lambda hand: (hand.folder / "sub").symlink_to("/tmp"), names=("sub",), is_everywhere=False
    ),
    Mutation(
        "the films linked",
        lambda hand: (hand.rename("video", "../films"), (hand.folder / "video").symlink_to("../films")),
        names=("video",),
        is_everywhere=False,
    ),
    Mutation(
        "a film linked",
        lambda hand: (hand.rename(hand.film, "../film"), (hand.folder / hand.film).symlink_to("../../film")),
        names=("video/",),
        is_everywhere=False,
    ),
    Mutation("a pipe", lambda hand: os.mkfifo(hand.folder / "pipe"), names=("pipe",), is_everywhere=False),
    Mutation(
        "a pipe for a text",
        lambda hand: (hand.rename("README.txt", "x"), os.mkfifo(hand.folder / "README.txt")),
        names=("README.txt",),
        is_everywhere=False,
    ),
    Mutation(
        "a name of no letters",
        lambda hand: Path(os.fsdecode(os.fsencode(hand.folder) + b"/\xff")).touch(),
        names=("\udcff",),
        is_everywhere=False,
    ),
    # the list of checksums
    Mutation("a mark before the list", lambda hand: hand.write(SUMS, b"\xef\xbb\xbf" + hand.read(SUMS)), names=(SUMS,)),
    Mutation(
        "other ends of lines", lambda hand: hand.write(SUMS, hand.read(SUMS).replace(b"\n", b"\r\n")), names=(SUMS,)
    ),
    Mutation(
        "a list in UTF-16", lambda hand: hand.write(SUMS, hand.read(SUMS).decode().encode("utf-16")), names=(SUMS,)
    ),
    Mutation("a line added", lambda hand: hand.write(SUMS, hand.read(SUMS) + b"0" * 64 + b"  x\n"), names=(SUMS,)),
    Mutation(
        "a stamp of no form, listed",
        lambda hand: (hand.write("manifest.tsr", b"0"), hand.sign(packed(hand.manifest))),
        names=("manifest.tsr",),
    ),
    # the manifest in other words
    Mutation(
        "UTF-16, not signed",
        lambda hand: hand.write("manifest.json", _text(hand).encode("utf-16")),
        names=("manifest.json",),
    ),
    Mutation("UTF-16", lambda hand: hand.sign(_text(hand).encode("utf-16")), names=("manifest.json",)),
    Mutation("UTF-32", lambda hand: hand.sign(_text(hand).encode("utf-32-le")), names=("manifest.json",)),
    Mutation("a mark", lambda hand: hand.sign(_text(hand).encode("utf-8-sig")), names=("manifest.json",)),
    Mutation("Latin letters", lambda hand: hand.sign(_text(hand).encode("iso8859-9")), names=("manifest.json",)),
    Mutation("a name twice", lambda hand: hand.sign(_twice_named(hand)), names=("manifest.json",)),
    Mutation(
        "no number",
        lambda hand: hand.sign(_text(hand).replace('"zone"', '"x": NaN, "zone"', 1).encode()),
        names=("manifest.json",),
    ),
    Mutation(
        "a deep well",
        lambda hand: hand.sign(_deep(hand)),
        names=("manifest.json",),
    ),
    Mutation("two values", lambda hand: hand.sign(_text(hand).encode() * 2), names=("manifest.json",)),
    Mutation("in one line", lambda hand: hand.sign(json.dumps(hand.manifest).encode()), is_sound=True),
    # the manifest signed anew
    Mutation("a text signed anew", lambda hand: hand.exchange_and_sign("README.txt", b"Nothing."), is_sound=True),
    Mutation("a file twice", lambda hand: hand.sign_changed(_twice_listed), names=("manifest.json",)),
    Mutation(
        "a size in words",
        lambda hand: hand.sign_changed(lambda values: values["files"][0].update(size_bytes="1")),
        names=("manifest.json",),
    ),
    Mutation(
        "no size",
        lambda hand: hand.sign_changed(lambda values: values["files"][0].pop("size_bytes")),
        names=("manifest.json",),
    ),
    Mutation(
        "a hash of no name",
        lambda hand: hand.sign_changed(lambda values: values["files"][0].update(sha256=["0"])),
        names=("manifest.json",),
    ),
    Mutation(
        "another form",
        lambda hand: hand.sign_changed(lambda values: values.update(format="nazar-export/2")),
        names=("manifest.json",),
    ),
    Mutation(
        "nothing asked",
        lambda hand: hand.sign_changed(lambda values: values["cameras"][0].pop("asked")),
        names=("manifest.json",),
    ),
    Mutation(
        "no request", lambda hand: hand.sign_changed(lambda values: values.pop("request")), names=("manifest.json",)
    ),
    # its chain
    Mutation("a link moved", lambda hand: hand.sign_changed(lambda values: _proofs(values)[0]["links"].pop(1))),
    Mutation("said to be broken", lambda hand: hand.sign_changed(_claimed), is_sound=True, notes=1),
    Mutation("one said to be broken", lambda hand: hand.sign_changed(_claimed_and_broken)),
    Mutation(
        "not signed yet",
        lambda hand: hand.sign_changed(lambda values: _proofs(values)[0].update(checkpoint=None, state="proven")),
        is_sound=True,
        notes=1,
    ),
    Mutation("not closed", lambda hand: hand.sign_changed(_not_closed), is_sound=True, notes=1),
    Mutation("no proof", lambda hand: hand.sign_changed(lambda values: _proofs(values).clear())),
    Mutation(
        "another's proof",
        lambda hand: hand.sign_changed(lambda values: _proofs(values)[0].update(stream="sub")),
    ),
    Mutation("no chain", lambda hand: hand.sign_changed(lambda values: values.pop("chain"))),
    # what it tells besides
    Mutation("footage lost", lambda hand: hand.sign_changed(_lost), is_sound=True, notes=1),
    Mutation(
        "damage of no form",
        lambda hand: hand.sign_changed(lambda values: values.update(damaged=[1])),
        names=("manifest.json",),
    ),
    Mutation("a copy of another film", lambda hand: hand.sign_changed(_lying_copy), names=("manifest.json",)),
    # what needs the films themselves
    Mutation("an empty film, signed", lambda hand: hand.exchange_and_sign(hand.film, b""), is_everywhere=False),
    Mutation(
        "pictures behind the film, signed",
        lambda hand: hand.exchange_and_sign(hand.film, hand.read(hand.film) + bytes([0, 0, 0, 8]) + b"moof"),
        is_everywhere=False,
    ),
]
