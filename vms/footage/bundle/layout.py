"""Whether a container is laid out as it was written: part behind part, nothing between, before or behind them.

Programs find the parts of a ZIP by its directory, or by the header before each. Where the two differ, or where bytes
belong to no part, one program shows what another does not.
"""

import os
import struct
from typing import BinaryIO

import pyzipper

_HEADER = struct.Struct("<4s5H3L2H")  # of a part
_BEHIND = struct.Struct("<4sLQQ")  # a part: sizes that were not known before it
_HEADER_SIGN, _BEHIND_SIGN, _END_SIGN = b"PK\3\4", b"PK\7\x08", b"PK\5\6"
_END_BYTES, _NO_COMMENT = 20, b"\0\0"
_ENCRYPTED, _AES = 99, 0x9901  # as the method, in the field that tells the rest
_FIELD = struct.Struct("<2H")


def check_layout(container: pyzipper.AESZipFile, file: BinaryIO) -> None:
    """BadZipFile or struct.error when it is not; OSError from the disk. Reads headers only."""
    at = 0
    for info in sorted(container.infolist(), key=lambda one: one.header_offset):
        if info.header_offset != at:
            raise pyzipper.BadZipFile("bytes that belong to no part")
        file.seek(at)
        sign, _, flags, method, *_, name_bytes, extra_bytes = _HEADER.unpack(file.read(_HEADER.size))
        name, extra = file.read(name_bytes), file.read(extra_bytes)
        told = (sign, flags, method, name.decode("ascii"), _aes_of(extra))
        if told != (_HEADER_SIGN, info.flag_bits, _ENCRYPTED, info.orig_filename, _aes_of(info.extra)):
            raise pyzipper.BadZipFile("a part is called one thing here and another there")
        file.seek(info.compress_size, os.SEEK_CUR)
        behind = _BEHIND.unpack(file.read(_BEHIND.size))
        if behind != (_BEHIND_SIGN, info.CRC, info.compress_size, info.file_size):
            raise pyzipper.BadZipFile("a part has one size here and another there")
        at = file.tell()
    file.seek(-len(_NO_COMMENT) - _END_BYTES, os.SEEK_END)
    end = file.read()
    if at != container.start_dir or not end.startswith(_END_SIGN) or not end.endswith(_NO_COMMENT):
        raise pyzipper.BadZipFile("bytes that belong to no part")


def _aes_of(extra: bytes) -> bytes:
    """How it says that the part is encrypted."""
    at = 0
    while at < len(extra):
        kind, size_bytes = _FIELD.unpack_from(extra, at)
        if kind == _AES:
            return extra[at : at + _FIELD.size + size_bytes]
        at += _FIELD.size + size_bytes
    return b""
