"""The media service, version 20 (ONVIF Media2 specification): streams of any codec."""

from collections.abc import Mapping

from recorder.simcam.onvif.encoder_change import EncoderChanges, EncoderWish
from recorder.simcam.onvif.profiles import (
    encoder_token,
    profile_token,
    require_source_configuration,
    stream_of_encoder,
    stream_of_profile,
)
from recorder.simcam.onvif.service import Call, Handler
from recorder.simcam.onvif.soap import bad_argument
from recorder.simcam.onvif.source_configuration import multicast_off, ptz_configuration, source_configuration
from recorder.simcam.onvif.stream_address import StreamAddresses
from recorder.simcam.onvif.subject import OnvifStream, OnvifSubject
from recorder.simcam.onvif.xml_reader import find, find_all, number, text
from recorder.simcam.onvif.xml_writer import Element, el
from vms.media.video_format import Codec

ENCODINGS: dict[Codec, str] = {"h264": "H264", "h265": "H265"}
_CODECS: dict[str, Codec] = {encoding: codec for codec, encoding in ENCODINGS.items()}


def _resolution(name: str, width: int, height: int) -> Element:
    return el(name, el("tt:Width", width), el("tt:Height", height))


def _encoder(stream: OnvifStream, name: str) -> Element:
    return el(
        name,
        el("tt:Name", stream.name),
        el("tt:UseCount", 1),
        el("tt:Encoding", ENCODINGS[stream.codec]),
        _resolution("tt:Resolution", stream.width, stream.height),
        el(
            "tt:RateControl",
            el("tt:FrameRateLimit", float(stream.fps)),
            el("tt:BitrateLimit", stream.bitrate_kbps),
            ConstantBitRate=False,
        ),
        multicast_off("tt:Multicast"),
        el("tt:Quality", 5.0),
        token=encoder_token(stream),
        GovLength=round(stream.gop_s * stream.fps),
        Profile="Main",
    )


class Media2Service:
    """Profiles and encoders of all streams; the masks are in `MaskOperations`."""

    path = "/onvif/media2_service"
    namespace = "tr2"
    version = (2, 60)
    open_operations = frozenset({"GetServiceCapabilities"})

    def __init__(
        self,
        subject: OnvifSubject,
        addresses: StreamAddresses,
        changes: EncoderChanges,
        mask_operations: Mapping[str, Handler],
    ) -> None:
        self._subject = subject
        self._addresses = addresses
        self._changes = changes
        self._mask_operations = mask_operations

    def operations(self) -> Mapping[str, Handler]:
        """See `Service.operations`."""
        return {
            "GetServiceCapabilities": self._get_capabilities,
            "GetProfiles": self._get_profiles,
            "GetStreamUri": self._get_stream_uri,
            "GetSnapshotUri": self._get_snapshot_uri,
            "GetVideoSourceConfigurations": self._get_source_configurations,
            "GetVideoEncoderConfigurations": self._get_encoders,
            "SetVideoEncoderConfiguration": self._set_encoder,
            "GetVideoEncoderConfigurationOptions": self._get_encoder_options,
            **self._mask_operations,
        }

    def _get_capabilities(self, _call: Call) -> Element:
        return el(
            "tr2:GetServiceCapabilitiesResponse",
            el(
                "tr2:Capabilities",
                el("tr2:ProfileCapabilities", MaximumNumberOfProfiles=len(self._subject.streams)),
                el("tr2:StreamingCapabilities", RTSPStreaming=True, RTPMulticast=False, RTP_RTSP_TCP=True),
                SnapshotUri=self._addresses.has_snapshots,
                Mask=True,
                OSD=False,
            ),
        )

    def _get_profiles(self, call: Call) -> Element:
        token = text(call.operation, "tr2:Token")
        streams = [stream_of_profile(self._subject, token)] if token else self._subject.streams
        kinds = {(kind.text or "").strip() for kind in find_all(call.operation, "tr2:Type")}
        return el("tr2:GetProfilesResponse", *(self._profile(stream, kinds) for stream in streams))

    def _profile(self, stream: OnvifStream, kinds: set[str]) -> Element:
        """A profile with the configurations asked for; without any `Type` only its name (§5.2.2)."""

        def wanted(kind: str) -> bool:
            return bool(kinds & {kind, "All"})

        configurations = el(
            "tr2:Configurations",
            source_configuration(self._subject, "tr2:VideoSource") if wanted("VideoSource") else None,
            _encoder(stream, "tr2:VideoEncoder") if wanted("VideoEncoder") else None,
            ptz_configuration(self._subject, "tr2:PTZ") if wanted("PTZ") else None,
        )
        return el(
            "tr2:Profiles",
            el("tr2:Name", stream.name),
            configurations if len(configurations) else None,
            token=profile_token(stream),
            fixed=True,
        )

    def _get_stream_uri(self, call: Call) -> Element:
        stream = stream_of_profile(self._subject, call.argument("tr2:ProfileToken"))
        if call.argument("tr2:Protocol") not in {"RtspUnicast", "RTSP"}:
            raise bad_argument("ter:InvalidStreamSetup", "This camera sends RTSP to one receiver at a time.")
        return el("tr2:GetStreamUriResponse", el("tr2:Uri", self._addresses.stream(stream, call)))

    def _get_snapshot_uri(self, call: Call) -> Element:
        stream = stream_of_profile(self._subject, call.argument("tr2:ProfileToken"))
        return el("tr2:GetSnapshotUriResponse", el("tr2:Uri", self._addresses.snapshot(stream, call)))

    def _get_source_configurations(self, call: Call) -> Element:
        token = text(call.operation, "tr2:ConfigurationToken")
        if token:
            require_source_configuration(token)
        return el("tr2:GetVideoSourceConfigurationsResponse", source_configuration(self._subject, "tr2:Configurations"))

    def _chosen(self, call: Call) -> list[OnvifStream]:
        """Streams named by `ConfigurationToken` or `ProfileToken`, else all."""
        encoder, profile = text(call.operation, "tr2:ConfigurationToken"), text(call.operation, "tr2:ProfileToken")
        if encoder:
            return [stream_of_encoder(self._subject, encoder)]
        if profile:
            return [stream_of_profile(self._subject, profile)]
        return list(self._subject.streams)

    def _get_encoders(self, call: Call) -> Element:
        encoders = (_encoder(stream, "tr2:Configurations") for stream in self._chosen(call))
        return el("tr2:GetVideoEncoderConfigurationsResponse", *encoders)

    def _set_encoder(self, call: Call) -> Element:
        wanted = find(call.operation, "tr2:Configuration")
        if wanted is None:
            raise bad_argument("ter:NoConfig", "The configuration is missing.")
        stream = stream_of_encoder(self._subject, wanted.get("token", ""))
        try:
            wish = EncoderWish(
                _CODECS[text(wanted, "tt:Encoding") or ""],
                int(text(wanted, "tt:Resolution/tt:Width") or ""),
                int(text(wanted, "tt:Resolution/tt:Height") or ""),
                round(number(text(wanted, "tt:RateControl/tt:FrameRateLimit"))),
                int(text(wanted, "tt:RateControl/tt:BitrateLimit") or ""),
            )
        except (KeyError, ValueError) as err:
            raise bad_argument("ter:ConfigModify", "The configuration is incomplete or unknown.") from err
        self._changes.request(stream, wish)
        return el("tr2:SetVideoEncoderConfigurationResponse")

    def _get_encoder_options(self, call: Call) -> Element:
        options = (self._options(stream) for stream in self._chosen(call))
        return el("tr2:GetVideoEncoderConfigurationOptionsResponse", *options)

    def _options(self, stream: OnvifStream) -> Element:
        low_kbps, high_kbps = self._changes.bitrate_range_kbps(stream)
        low_fps, high_fps = self._changes.fps_range(stream)
        return el(
            "tr2:Options",
            el("tt:Encoding", ENCODINGS[stream.codec]),
            el("tt:QualityRange", el("tt:Min", 1.0), el("tt:Max", 10.0)),
            *(_resolution("tt:ResolutionsAvailable", *size) for size in self._changes.sizes(stream)),
            el("tt:BitrateRange", el("tt:Min", low_kbps), el("tt:Max", high_kbps)),
            GovLengthRange="1 300",
            FrameRatesSupported=" ".join(str(rate) for rate in range(high_fps, low_fps - 1, -1)),
            ProfilesSupported="Main",
            ConstantBitRateSupported=False,
        )
