"""Opens an e-Yazışma package (EYP), in which official letters travel between institutions (Teknik Rehber 1.x, 2.x).

A ZIP of parts with fixed names (OPC). It is a stranger's: nothing of it is written to a disk or taken for a path, each
part is read up to its bound, XML has no document type and no entities.
"""

import hashlib
import io
import zipfile
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from lxml import etree  # type: ignore[import-untyped]

from vms.documents.plain_text import line
from vms.kernel.errors import Kind, VmsError

MAX_PARTS = 500
MAX_XML_BYTES = 2 * 1024 * 1024
MAX_LETTER_BYTES = 20 * 1024 * 1024
MAX_ALL_BYTES = 200 * 1024 * 1024  # of every part as it is without its compression
_PIECE_BYTES = 1024 * 1024
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1  # general purpose bit 0 (APPNOTE 4.4.4)
_DATA, _LAST_DATA = "ustveri/ustveri.xml", "nihaiustveri/nihaiustveri.xml"
_WITHHELD = ("ekler/", "paraflar/")  # what a sender takes out for one addressee, though the digests name it
_DIGESTS: Mapping[str, str] = {  # SHA-1 of the first packages proves too little today
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256", "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class EypFacts:
    """What a package says of its letter, each a line that may be empty, for a person to confirm."""

    no: str
    on: date | None
    subject: str
    sender: str

    def to_json(self) -> dict[str, str]:
        """As one process tells another."""
        day = "" if self.on is None else self.on.isoformat()
        return {"no": self.no, "on": day, "subject": self.subject, "sender": self.sender}

    @classmethod
    def from_json(cls, told: Mapping[str, str]) -> "EypFacts":
        """What `to_json` gave."""
        on = date.fromisoformat(told["on"]) if told["on"] else None
        return cls(no=told["no"], on=on, subject=told["subject"], sender=told["sender"])


def is_eyp(content: bytes) -> bool:
    """Whether the bytes begin as a package does; what it really is shows when it is opened."""
    return content.startswith(b"PK\x03\x04")


class Eyp:
    """An opened package. VmsError(INVALID), here and below: `eyp_unreadable`, `eyp_encrypted`."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as err:
            raise unreadable() from err
        self._parts = _parts_of(self._zip.infolist())
        if any(name.startswith("sifreliicerik/") for name in self._parts):
            raise VmsError(
                Kind.INVALID, "eyp_encrypted",
                "This e-Yazışma package is encrypted for somebody. Open it in EBYS, then upload the letter's PDF.",
            )  # fmt: skip
        if _DATA not in self._parts:
            raise unreadable()

    @property
    def is_of_second_generation(self) -> bool:
        """Whether number and date stand in a part of their own, which the seal covers (2.x)."""
        return _LAST_DATA in self._parts

    def letter(self) -> bytes:
        """The letter itself, a PDF. VmsError(INVALID, `eyp_letter_missing`) where it is none, or not one."""
        names = [name for name in self._parts if name.startswith("ustyazi/")]
        content = self.part(names[0], MAX_LETTER_BYTES) if len(names) == 1 else b""
        if not content.startswith(b"%PDF-"):
            raise VmsError(
                Kind.INVALID, "eyp_letter_missing",
                "This e-Yazışma package holds no letter as PDF. Open it in EBYS, then upload the letter's PDF.",
            )  # fmt: skip
        return content

    def facts(self) -> EypFacts:
        """Number, date, subject, sender."""
        data = self._xml(_DATA)
        last = self._xml(_LAST_DATA) if self.is_of_second_generation else data
        return EypFacts(
            no=_line(last, "BelgeNo", 60), on=_day(_line(last, "Tarih", 60)), subject=_line(data, "Konu", 500),
            sender=_sender(data),
        )  # fmt: skip

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return _key(name) in self._parts

    def part(self, name: str, most_bytes: int = MAX_XML_BYTES) -> bytes:
        """The bytes of a part."""
        with self._opened(name) as file:
            content = _bounded(file, most_bytes + 1)
        if len(content) > most_bytes:
            raise unreadable()
        return content

    def is_whole(self, digests: bytes) -> bool:
        """Whether every part that a list of digests (`PaketOzeti.xml`, `NihaiOzet.xml`) names is what it names.

        It has to name the letter and its data. Parts that may be withheld from an addressee may be missing.
        """
        named = set()
        for reference in _children(_root_of(digests), "Reference"):
            name = _key(reference.get("URI", ""))
            if reference.get("Type", "").endswith("#harici"):
                continue  # lies elsewhere
            if name not in self._parts:
                if name.startswith(_WITHHELD):
                    continue
                return False
            if not self._is_same(name, _digests_of(reference)):
                return False
            named.add(name)
        return _DATA in named and any(name.startswith("ustyazi/") for name in named)

    def _is_same(self, name: str, digests: Mapping[str, bytes]) -> bool:
        found = {algorithm: hashlib.new(algorithm) for algorithm in digests}
        with self._opened(name) as file:
            while piece := _bounded(file, _PIECE_BYTES):
                for one in found.values():
                    one.update(piece)
        return bool(digests) and all(found[algorithm].digest() == digest for algorithm, digest in digests.items())

    def _xml(self, name: str) -> etree._Element:
        return _root_of(self.part(name))

    def _opened(self, name: str) -> zipfile.ZipExtFile:
        found = self._parts.get(_key(name))
        if found is None:
            raise unreadable()
        try:
            return self._zip.open(found)  # type: ignore[return-value]
        except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError) as err:
            raise unreadable() from err


def unreadable() -> VmsError:
    """It is no package, or a damaged one."""
    return VmsError(
        Kind.INVALID, "eyp_unreadable",
        "This file is no e-Yazışma package that can be opened. Take it from EBYS again, or upload the letter's PDF.",
    )  # fmt: skip


def _parts_of(infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """By their names, of which the size of letters says nothing (ECMA-376-2, 6.2.2.3)."""
    files = [one for one in infos if not one.is_dir()]
    found = {_key(one.filename): one for one in files}
    is_strange = any(one.compress_type not in _METHODS or one.flag_bits & _ENCRYPTED for one in files)
    if is_strange or len(found) != len(files) or len(files) > MAX_PARTS:
        raise unreadable()
    if sum(one.file_size for one in files) > MAX_ALL_BYTES:
        raise unreadable()
    return found


def _key(name: str) -> str:
    """A part's name as it is compared: of letters beyond ASCII either spelling is met."""
    return unquote(name).lstrip("/").lower()


def _bounded(file: zipfile.ZipExtFile, most_bytes: int) -> bytes:
    try:
        return file.read(most_bytes)
    except (zipfile.BadZipFile, zipfile.zlib.error, EOFError, ValueError, OSError) as err:  # type: ignore[attr-defined]
        raise unreadable() from err


def _root_of(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as err:
        raise unreadable() from err
    if root.getroottree().docinfo.doctype:  # OPC forbids one (ISO/IEC 29500-2, M1.18)
        raise unreadable()
    return root


def _children(parent: etree._Element | None, name: str) -> list[etree._Element]:
    """By their local name: both generations spell the same words in namespaces of their own."""
    found = () if parent is None else parent
    return [one for one in found if isinstance(one.tag, str) and etree.QName(one).localname == name]


def _child(parent: etree._Element | None, *path: str) -> etree._Element | None:
    for name in path:
        parent = next(iter(_children(parent, name)), None)
    return parent


def _line(parent: etree._Element | None, name: str, most: int) -> str:
    found = _child(parent, name)
    return "" if found is None else line(found.text or "")[:most]


def _sender(data: etree._Element) -> str:
    """An institution, a legal person or a person."""
    made_by = _child(data, "Olusturan")
    for kind in ("KurumKurulus", "TuzelSahis"):
        if name := _line(_child(made_by, kind), "Adi", 200):
            return name
    person = _child(made_by, "GercekSahis", "Kisi")
    return line(f"{_line(person, 'IlkAdi', 100)} {_line(person, 'Soyadi', 100)}")


def _day(moment: str) -> date | None:
    """The day as its sender wrote it, whatever clock they have."""
    try:
        return date.fromisoformat(moment[:10])
    except ValueError:
        return None


def _digests_of(reference: etree._Element) -> dict[str, bytes]:
    """Those that prove something: of the first generation there is one, of the second two inside items of their own."""
    found = {}
    for item in (reference, *_children(reference, "DigestItem")):
        method, value = _child(item, "DigestMethod"), _child(item, "DigestValue")
        algorithm = None if method is None else _DIGESTS.get(method.get("Algorithm", ""))
        if algorithm is None or value is None:
            continue
        try:
            found[algorithm] = b64decode("".join((value.text or "").split()), validate=True)
        except (Base64Error, ValueError):
            found[algorithm] = b""
    return found
