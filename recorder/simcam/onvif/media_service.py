"""The media service, version 10 (ONVIF Media specification)."""

from collections.abc import Mapping

from recorder.simcam.onvif.encoder_change import EncoderChanges, EncoderWish
from recorder.simcam.onvif.profiles import (
    VIDEO_SOURCE,
    encoder_token,
    profile_token,
    stream_of_encoder,
    stream_of_profile,
)
from recorder.simcam.onvif.service import Call, Handler
from recorder.simcam.onvif.soap import SoapFaultError, bad_argument
from recorder.simcam.onvif.source_configuration import multicast_off, ptz_configuration, source_configuration
from recorder.simcam.onvif.stream_address import StreamAddresses
from recorder.simcam.onvif.subject import OnvifStream, OnvifSubject
from recorder.simcam.onvif.xml_reader import find, number, text
from recorder.simcam.onvif.xml_writer import Element, el


def _resolution(name: str, width: int, height: int) -> Element:
    return el(name, el("tt:Width", width), el("tt:Height", height))


def _range(name: str, limits: tuple[int, int]) -> Element:
    return el(name, el("tt:Min", limits[0]), el("tt:Max", limits[1]))


def _encoder(stream: OnvifStream, name: str) -> Element:
    return el(
        name,
        el("tt:Name", stream.name),
        el("tt:UseCount", 1),
        el("tt:Encoding", "H264"),
        _resolution("tt:Resolution", stream.width, stream.height),
        el("tt:Quality", 5.0),
        el(
            "tt:RateControl",
            el("tt:FrameRateLimit", stream.fps),
            el("tt:EncodingInterval", 1),
            el("tt:BitrateLimit", stream.bitrate_kbps),
        ),
        el("tt:H264", el("tt:GovLength", round(stream.gop_s * stream.fps)), el("tt:H264Profile", "Main")),
        multicast_off("tt:Multicast"),
        el("tt:SessionTimeout", "PT60S"),
        token=encoder_token(stream),
    )


class MediaService:
    """Profiles of the H.264 streams; this version has no word for H.265, such streams are in Media2 only."""

    path = "/onvif/media_service"
    namespace = "trt"
    version = (2, 60)
    open_operations: frozenset[str] = frozenset()

    def __init__(self, subject: OnvifSubject, addresses: StreamAddresses, changes: EncoderChanges) -> None:
        self._subject = subject
        self._addresses = addresses
        self._changes = changes

    def operations(self) -> Mapping[str, Handler]:
        """See `Service.operations`."""
        return {
            "GetProfiles": self._get_profiles,
            "GetProfile": self._get_profile,
            "GetStreamUri": self._get_stream_uri,
            "GetSnapshotUri": self._get_snapshot_uri,
            "GetVideoSources": self._get_sources,
            "GetVideoEncoderConfigurations": self._get_encoders,
            "GetVideoEncoderConfiguration": self._get_encoder,
            "SetVideoEncoderConfiguration": self._set_encoder,
            "GetVideoEncoderConfigurationOptions": self._get_encoder_options,
        }

    def _streams(self) -> list[OnvifStream]:
        return [stream for stream in self._subject.streams if stream.codec == "h264"]

    def _profile(self, stream: OnvifStream, name: str) -> Element:
        return el(
            name,
            el("tt:Name", stream.name),
            source_configuration(self._subject, "tt:VideoSourceConfiguration"),
            _encoder(stream, "tt:VideoEncoderConfiguration"),
            ptz_configuration(self._subject, "tt:PTZConfiguration"),
            token=profile_token(stream),
            fixed=True,
        )

    def _get_profiles(self, _call: Call) -> Element:
        profiles = (self._profile(stream, "trt:Profiles") for stream in self._streams())
        return el("trt:GetProfilesResponse", *profiles)

    def _get_profile(self, call: Call) -> Element:
        stream = stream_of_profile(self._subject, call.argument("trt:ProfileToken"))
        return el("trt:GetProfileResponse", self._profile(stream, "trt:Profile"))

    def _get_stream_uri(self, call: Call) -> Element:
        stream = stream_of_profile(self._subject, call.argument("trt:ProfileToken"))
        if call.argument("trt:StreamSetup/tt:Stream") != "RTP-Unicast":
            raise bad_argument("ter:InvalidStreamSetup", "This camera sends to one receiver at a time.")
        return el("trt:GetStreamUriResponse", self._uri(self._addresses.stream(stream, call)))

    def _get_snapshot_uri(self, call: Call) -> Element:
        stream = stream_of_profile(self._subject, call.argument("trt:ProfileToken"))
        return el("trt:GetSnapshotUriResponse", self._uri(self._addresses.snapshot(stream, call)))

    def _uri(self, address: str) -> Element:
        return el(
            "trt:MediaUri",
            el("tt:Uri", address),
            el("tt:InvalidAfterConnect", False),
            el("tt:InvalidAfterReboot", False),
            el("tt:Timeout", "PT0S"),
        )

    def _get_sources(self, _call: Call) -> Element:
        main = self._subject.streams[0]
        return el(
            "trt:GetVideoSourcesResponse",
            el(
                "trt:VideoSources",
                el("tt:Framerate", float(main.fps)),
                _resolution("tt:Resolution", main.width, main.height),
                token=VIDEO_SOURCE,
            ),
        )

    def _get_encoders(self, _call: Call) -> Element:
        encoders = (_encoder(stream, "trt:Configurations") for stream in self._streams())
        return el("trt:GetVideoEncoderConfigurationsResponse", *encoders)

    def _get_encoder(self, call: Call) -> Element:
        stream = stream_of_encoder(self._subject, call.argument("trt:ConfigurationToken"))
        return el("trt:GetVideoEncoderConfigurationResponse", _encoder(stream, "trt:Configuration"))

    def _set_encoder(self, call: Call) -> Element:
        wanted = find(call.operation, "trt:Configuration")
        if wanted is None:
            raise bad_argument("ter:NoConfig", "The configuration is missing.")
        stream = stream_of_encoder(self._subject, wanted.get("token", ""))
        if text(wanted, "tt:Encoding") != "H264":
            raise bad_argument("ter:ConfigModify", "This service only knows H.264.")
        try:
            wish = EncoderWish(
                "h264",
                int(text(wanted, "tt:Resolution/tt:Width") or ""),
                int(text(wanted, "tt:Resolution/tt:Height") or ""),
                round(number(text(wanted, "tt:RateControl/tt:FrameRateLimit"))),
                int(text(wanted, "tt:RateControl/tt:BitrateLimit") or ""),
            )
        except ValueError as err:
            raise bad_argument("ter:ConfigModify", "The configuration is incomplete.") from err
        self._changes.request(stream, wish)
        return el("trt:SetVideoEncoderConfigurationResponse")

    def _get_encoder_options(self, call: Call) -> Element:
        token = text(call.operation, "trt:ConfigurationToken")
        profile = text(call.operation, "trt:ProfileToken")
        if token:
            stream = stream_of_encoder(self._subject, token)
        elif profile:
            stream = stream_of_profile(self._subject, profile)
        elif self._streams():
            stream = self._streams()[0]
        else:
            raise SoapFaultError("Receiver", ("ter:ActionNotSupported",), "No stream is H.264.")
        return el(
            "trt:GetVideoEncoderConfigurationOptionsResponse",
            el(
                "trt:Options",
                _range("tt:QualityRange", (1, 10)),
                el(
                    "tt:H264",
                    *(_resolution("tt:ResolutionsAvailable", *size) for size in self._changes.sizes(stream)),
                    _range("tt:GovLengthRange", (1, 300)),
                    _range("tt:FrameRateRange", self._changes.fps_range(stream)),
                    _range("tt:EncodingIntervalRange", (1, 1)),
                    el("tt:H264ProfilesSupported", "Main"),
                ),
            ),
        )
