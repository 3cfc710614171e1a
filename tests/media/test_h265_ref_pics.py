import subprocess

import pytest

from vms.media import annexb, h265
from vms.media.bits import BitReader
from vms.media.h265_ref_pics import skip_reference_picture_sets
from vms.media.h265_sps import read_sps
from vms.media.vui import Colour


def ue(value: int) -> str:
    digits = f"{value + 1:b}"
    return "0" * (len(digits) - 1) + digits


def se(value: int) -> str:
    return ue(2 * value - 1 if value > 0 else -2 * value)


def nal_of(header: bytes, digits: str) -> bytes:
    """The RBSP with its stop bit and emulation prevention."""
    digits += "1" + "0" * (-(len(digits) + 1) % 8)
    out, zeros = bytearray(header), 0
    for byte in int("1" + digits, 2).to_bytes(len(digits) // 8 + 1, "big")[1:]:
        if zeros >= 2 and byte <= 3:
            out.append(3)
            zeros = 0
        out.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return bytes(out)


REFERENCE_SETS = (
    ue(3)
    + (ue(2) + ue(1) + (ue(0) + "1") * 3)  # explicit: pictures -1, -2 and +1
    + ("1" + "1" + ue(3) + "1" + "01" + "00" + "1")  # from the one before, moved by -4: three of four stay
    + ("1" + "0" + ue(8) + "1" + "01" + "1" + "1")  # from that one, moved by +9
)


def test_sets_predicted_from_their_predecessor_are_passed_over():
    digits = REFERENCE_SETS + "101"
    bits = BitReader(nal_of(b"", digits))
    skip_reference_picture_sets(bits)
    assert bits._at == len(REFERENCE_SETS)


def sps_with_everything() -> bytes:
    profile = "00" + "0" + "00001" + "011" + "0" * 29 + "1" + "0" * 47 + f"{93:08b}"
    sub_layers = "11" + "01" + "00" * 6 + "0" * 88 + f"{60:08b}" + f"{90:08b}"  # of three
    size = ue(1) + ue(176) + ue(128) + "1" + ue(2) + ue(6) + ue(1) + ue(3)  # 4:2:0, 160x120 inside
    depths = ue(0) + ue(0) + ue(4)
    ordering = "1" + (ue(4) + ue(0) + ue(0)) + (ue(4) + ue(1) + ue(0)) + (ue(4) + ue(2) + ue(0))
    blocks = ue(0) + ue(3) + ue(0) + ue(3) + ue(1) + ue(1)
    lists = ""
    for size_id, matrices in ((0, 6), (1, 6), (2, 6), (3, 2)):
        coefficients = se(0) * min(64, 1 << (4 + 2 * size_id))
        sent = "1" + (se(8) if size_id > 1 else "") + coefficients
        lists += sent + ("0" + ue(1)) * (matrices - 1)
    pcm = "1" + "0111" + "0111" + ue(0) + ue(2) + "1"
    long_term = "1" + ue(2) + ("00001111" + "1") * 2
    vui = "1" + "1" + f"{255:08b}" + f"{4:016b}" + f"{3:016b}" + "0" + "1" + "101" + "1" + "1"
    vui += f"{9:08b}" + f"{16:08b}" + f"{9:08b}" + "0" + "0" * 3 + "0" + "0" + "0"
    tools = blocks + "11" + lists + "11" + pcm + REFERENCE_SETS + long_term + "11"
    head = "0000" + "010" + "1" + profile + sub_layers + ue(0) + size + depths + ordering
    return nal_of(b"\x42\x01", head + tools + vui + "0")


def test_an_sps_that_uses_every_tool():
    sps = read_sps(sps_with_everything())
    assert (sps.width, sps.height, sps.window) == (160, 120, (4, 12, 2, 6))
    assert (sps.sub_layers, sps.reorder_depth) == (3, 2)
    assert sps.appearance.colour == Colour(9, 16, 9, is_full_range=True)
    assert sps.appearance.sample_aspect_ratio == (4, 3)


@pytest.mark.system
def test_libav_reads_the_same_sps_the_same_way(encode_clip, tmp_path):
    nals = annexb.split(encode_clip(codec="libx265", frames=1)[0].annexb)
    replaced = [sps_with_everything() if h265.nal_type(nal) == 33 else nal for nal in nals if h265.nal_type(nal) != 39]
    raw = tmp_path / "everything.h265"
    raw.write_bytes(b"".join(annexb.START_CODE + nal for nal in replaced))
    command = [
        "ffmpeg",
        "-v",
        "info",
        "-f",
        "hevc",
        "-i",
        raw,
        "-c",
        "copy",
        "-bsf:v",
        "trace_headers",
        "-f",
        "null",
        "-",
    ]
    trace = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False).stderr
    values = {}
    for line in trace.splitlines():
        words = line.split()
        if len(words) >= 6 and words[-2] == "=":
            values.setdefault(words[4], words[-1])
    assert values["sps_max_sub_layers_minus1"] == "2"
    assert (values["matrix_coefficients"], values["transfer_characteristics"]) == ("9", "16")
    assert (values["sar_width"], values["sar_height"]) == ("4", "3")
