"""Cameras that speak RTSP over TLS (`rtsps`), against GStreamer's server."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
SERVER = Path(__file__).with_name("gst_server.py")
USER, PASSWORD = "viewer", "s3cret:word"


@pytest.fixture
def clip(tmp_path):
    path = tmp_path / "clip.mp4"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x240:r=25", "-frames:v", "200", "-g", "25",
         "-c:v", "libx264", "-bf", "0", "-preset", "ultrafast", "-pix_fmt", "yuv420p", str(path)],
        check=True, timeout=60,
    )  # fmt: skip
    return path


@pytest.fixture
def certificate(tmp_path):
    """As cameras have it: signed by itself, for another name, run out years ago."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "IPCamera")])
    made = datetime(2015, 1, 1, tzinfo=UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(made)
        .not_valid_after(made + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path / "camera.pem"
    path.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + secret)
    return path


@pytest.fixture
def serve(processes, clip):
    def start(*arguments) -> int:
        server = processes.start(
            "/usr/bin/python3", SERVER, clip, "h264", *arguments, name="gst", stdout=subprocess.PIPE
        )
        return int(server.stdout.readline())

    return start


@pytest.mark.proves("D-1.3b")
def test_an_encrypted_camera_is_recorded_frame_by_frame_with_a_warning(
    tmp_path, serve, clip, certificate, vms_once, frame_hashes
):
    port = serve(certificate, USER, PASSWORD)
    url = f"rtsps://{USER}:{PASSWORD}@127.0.0.1:{port}/clip"
    code, out, err = vms_once("record", url, "--for", "6s", "--data", tmp_path / "data", "--verbose")
    assert code == 0, err
    assert err.count("its certificate is not checked") == 1
    for secret in (PASSWORD, USER, "127.0.0.1"):
        assert secret not in out + err
    recorded, source = frame_hashes(*sorted((tmp_path / "data").rglob("*.mp4"))), frame_hashes(clip)
    assert len(recorded) >= 3 * 25
    assert recorded == source[: len(recorded)]


def test_a_wrong_password_is_named_over_tls_too(tmp_path, serve, certificate, vms_once):
    port = serve(certificate, USER, PASSWORD)
    url = f"rtsps://{USER}:wrong@127.0.0.1:{port}/clip"
    code, _, err = vms_once("record", url, "--for", "2s", "--data", tmp_path / "data", "--verbose")
    assert code == 1
    assert "does not accept the stored sign-in" in err


def test_a_camera_that_speaks_no_tls_is_told_apart(tmp_path, serve, vms_once):
    url = f"rtsps://127.0.0.1:{serve()}/clip"
    code, _, err = vms_once("record", url, "--for", "2s", "--data", tmp_path / "data", "--verbose")
    assert code == 1
    assert "No encrypted connection came about" in err
    assert "127.0.0.1" not in err
