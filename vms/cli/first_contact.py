"""What the first contact with a camera showed, in a sentence that says what to do next."""

from collections.abc import Sequence
from pathlib import Path

from recorder.camera import OpenSource
from recorder.source import AccessUnitSink, Source, SourceError, SourceStats
from vms.cameras.config import CameraConfig
from vms.cameras.status import CameraState, CameraStatus

_CODECS = {"h264": "H.264", "h265": "H.265"}
# Where the health page speaks of a registered camera: here the address was typed a moment ago.
_ADVICE = {
    "wrong_password": "Give the right user and password: rtsp://USER:PASSWORD@HOST/PATH",
    "not_found": "Correct the path behind the host (the camera's manual names it, or: vms camera add --onvif HOST).",
    "camera_address_invalid": "An address looks like rtsp://USER:PASSWORD@HOST:PORT/PATH, without blanks.",
    "timeout": "Check the address, the camera's power and its network cable.",
    "no_key_frame": "Record for longer (--for 60s), or set a shorter key frame interval in the camera.",
    "no_pictures_yet": "Record for longer (--for 60s).",
}
_WORDS = {
    "camera_address_invalid": "this is no camera address",
    "no_key_frame": "pictures come, but none to begin with (key frame)",
    "no_pictures_yet": "the camera answers, but no picture was whole yet",
}


class LastReasons:
    """Why each camera's last attempt ended, by its number: its status forgets that as soon as the next one begins."""

    def __init__(self) -> None:
        self.by_number: dict[int, str] = {}

    def watched(self, opener: OpenSource) -> OpenSource:
        """`opener`, whose failures are remembered, those of its sources too."""

        def watching(config: CameraConfig, stream: str) -> Source:
            try:
                return _Watched(opener(config, stream), config.number, self)
            except SourceError as err:
                self.by_number[config.number] = err.detail
                raise

        return watching

    def of(self, camera: CameraStatus) -> str:
        """The code of why nothing of it is on disk, or why it stopped coming; empty while all is well."""
        if camera.state in (CameraState.RECORDING, CameraState.LIVE_ONLY):
            return ""
        if camera.detail:
            return camera.detail
        if camera.number in self.by_number:
            return self.by_number[camera.number]
        return "no_pictures_yet" if camera.packets or camera.access_units else "timeout"


class _Watched:
    """A source that tells `reasons` why it failed; see `recorder.source.Source`."""

    def __init__(self, source: Source, number: int, reasons: LastReasons) -> None:
        self._source, self._number, self._reasons = source, number, reasons

    @property
    def stats(self) -> SourceStats:
        """See `Source.stats`."""
        return self._source.stats

    @property
    def loss_is_known(self) -> bool:
        """See `Source.loss_is_known`."""
        return self._source.loss_is_known

    async def run(self, sink: AccessUnitSink) -> None:
        """See `Source.run`."""
        try:
            await self._source.run(sink)
        except SourceError as err:
            self._reasons.by_number[self._number] = err.detail
            raise

    def set_low_latency(self, wanted: bool) -> None:
        """See `Source.set_low_latency`."""
        self._source.set_low_latency(wanted)


def camera_sentences(camera: CameraStatus, reason: str, folders: Sequence[Path]) -> list[str]:
    """What came of one camera, where it lies (`folders` that hold files of it), and what to do when it is not well.

    Holds nothing of the address: safe to print as it is.
    """
    name = f"camera {camera.number}"
    said = []
    if camera.access_units and folders:
        picture = f"{_CODECS.get(camera.codec, camera.codec)}, {camera.width} x {camera.height}"
        said.append(f"{name}: {picture}; its files lie in {', '.join(map(str, folders))}")
    if reason:
        words, advice = _explained(camera, reason)
        said.append(f"{name}: {'it stopped' if said else 'nothing was recorded'}: {words}. {advice}")
    return said


def _explained(camera: CameraStatus, reason: str) -> tuple[str, str]:
    """The health page's words for `reason`, and what to do next."""
    from web.status.words import ADVICE, DETAILS, OFFLINE_ADVICE, Words  # noqa: PLC0415 - load tests need no web framework

    english = Words("en")
    if camera.state is CameraState.NO_STORAGE:
        return f"no volume takes its pictures ({english.of(DETAILS, reason)})", "Run: vms doctor"
    words = _WORDS.get(reason) or english.of(DETAILS, reason)
    advice = OFFLINE_ADVICE.get(reason, ADVICE["camera_offline"])
    return words, _ADVICE.get(reason) or english.of({reason: advice}, reason)
