"""An RTSP server nobody here wrote: GStreamer's."""

import subprocess
from pathlib import Path

import pytest

pytestmark = [pytest.mark.sockets, pytest.mark.system]
FRAMES = 200


def make_clip(path: Path, codec: str) -> None:
    encoder = {
        "h264": ["-c:v", "libx264", "-bf", "0"],
        "h265": ["-c:v", "libx265", "-x265-params", "bframes=0:log-level=none"],
    }
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x240:r=25", "-frames:v", str(FRAMES), "-g", "25",
         *encoder[codec], "-preset", "ultrafast", "-pix_fmt", "yuv420p", str(path)],
        check=True, timeout=60,
    )  # fmt: skip


@pytest.mark.proves("D-1.3b", "D-6.12a")
@pytest.mark.parametrize("codec", ["h264", pytest.param("h265", marks=pytest.mark.long)])
@pytest.mark.parametrize("transport", ["tcp", pytest.param("udp", marks=pytest.mark.long)])
def test_recording_equals_the_source_frame_by_frame(
    tmp_path, processes, vms_once, probe, frame_hashes, codec, transport
):
    clip = tmp_path / "clip.mp4"
    make_clip(clip, codec)
    server_script = Path(__file__).with_name("gst_server.py")
    server = processes.start("/usr/bin/python3", server_script, clip, codec, name="gst", stdout=subprocess.PIPE)
    port = int(server.stdout.readline())
    url = f"rtsp://127.0.0.1:{port}/clip"
    code, out, err = vms_once("record", url, "--for", "7s", "--data", tmp_path / "data", "--transport", transport)
    assert code == 0, err
    assert "0 packets lost" in out
    files = sorted((tmp_path / "data").rglob("*.mp4"))
    assert files
    stream = probe(files[0])["streams"][0]
    assert stream["codec_name"] == {"h264": "h264", "h265": "hevc"}[codec]
    assert (stream["width"], stream["height"]) == (320, 240)
    recorded, source = frame_hashes(*files), frame_hashes(clip)  # the minute of a new camera may turn meanwhile
    assert len(recorded) >= 5 * 25
    assert recorded == source[: len(recorded)]
