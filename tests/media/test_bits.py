import pytest
from hypothesis import given
from hypothesis import strategies as st

from vms.media.bits import BitReader, unescape


def escape(rbsp: bytes) -> bytes:
    """Insert emulation prevention the way H.264 §7.4.1.1 tells an encoder to."""
    out = bytearray()
    zeros = 0
    for byte in rbsp:
        if zeros == 2 and byte <= 3:
            out.append(3)
            zeros = 0
        out.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return bytes(out)


def golomb(value: int) -> str:
    digits = f"{value + 1:b}"
    return "0" * (len(digits) - 1) + digits


def packed(digits: str) -> bytes:
    digits += "0" * (-len(digits) % 8)
    return int("1" + digits, 2).to_bytes(len(digits) // 8 + 1, "big")[1:]


@given(st.lists(st.sampled_from([0, 1, 2, 3, 4, 255]), max_size=60).map(bytes))
def test_unescape_undoes_what_an_encoder_inserts(rbsp):
    assert unescape(escape(rbsp)) == rbsp


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 2**40 - 1)), max_size=20))
def test_fixed_width_fields_come_back(fields):
    fields = [(bits, value & ((1 << bits) - 1)) for bits, value in fields]
    digits = "".join(f"{value:0{bits}b}" if bits else "" for bits, value in fields)
    reader = BitReader(escape(packed(digits)))
    assert [(bits, reader.read(bits)) for bits, _ in fields] == fields
    assert reader._at == len(digits)


@given(st.lists(st.integers(0, 2**32 - 2), min_size=1, max_size=20))
def test_unsigned_golomb_codes_come_back(values):
    reader = BitReader(escape(packed("".join(map(golomb, values)))))
    assert [reader.ue() for _ in values] == values


@pytest.mark.parametrize(("code", "value"), [(0, 0), (1, 1), (2, -1), (3, 2), (4, -2)])
def test_signed_golomb_alternates(code, value):
    assert BitReader(packed(golomb(code))).se() == value


def test_reading_past_the_end_is_an_error():
    for read in (lambda r: r.read(9), lambda r: r.skip(9), lambda r: BitReader(b"\x00" * 9).ue(), lambda r: r.ue()):
        with pytest.raises(ValueError, match=r"too early|too long"):
            read(BitReader(b"\x00"))


def test_a_value_above_its_limit_is_an_error():
    with pytest.raises(ValueError, match="at most 4"):
        BitReader(packed(golomb(5))).ue(4)


def test_seen_is_exactly_what_was_read():
    reader = BitReader(b"\xff\xff\xff")
    reader.skip(11)
    assert reader.seen() == (11, b"\xff\xe0")
    reader.skip(5)
    assert reader.seen() == (16, b"\xff\xff")
