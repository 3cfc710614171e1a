"""Every service of the simulated device, called through onvif-zeep."""

from datetime import timedelta

import pytest

from recorder.onvif.client import MEDIA2
from recorder.onvif.describe import service_addresses
from recorder.simcam.onvif.encoder_change import EncoderWish
from vms.kernel.errors import VmsError

pytestmark = pytest.mark.sockets
POLYGON = [{"x": -0.5, "y": -0.5}, {"x": 0.0, "y": 0.5}, {"x": 0.5, "y": -0.5}]
EVENTS = "http://www.onvif.org/ver10/events/wsdl"
IMAGING = "http://www.onvif.org/ver20/imaging/wsdl"
MEDIA = "http://www.onvif.org/ver10/media/wsdl"
PTZ = "http://www.onvif.org/ver20/ptz/wsdl"
SHORT = {"ProfileToken": "profile_main"}


@pytest.fixture
def client(running):
    with running.client() as made:
        yield made


@pytest.fixture
def at(client):
    return service_addresses(client)


def code_of(call, *arguments, **more) -> str:
    with pytest.raises(VmsError) as caught:
        call(*arguments, **more)
    return caught.value.code


class TestDevice:
    def test_services_are_the_same_by_both_questions(self, client, at):
        capabilities = client.call("devicemgmt", "GetCapabilities", Category=["All"])
        assert capabilities.Media.XAddr == at[MEDIA]
        assert capabilities.PTZ.XAddr == at[PTZ]
        assert MEDIA2 in at

    def test_names_and_interfaces(self, client):
        assert client.call("devicemgmt", "GetHostname").Name == "cam0"
        scopes = [scope.ScopeItem for scope in client.call("devicemgmt", "GetScopes")]
        assert "onvif://www.onvif.org/name/Square%20north" in scopes
        (interface,) = client.call("devicemgmt", "GetNetworkInterfaces")
        assert interface.IPv4.Config.Manual[0].Address == "127.0.0.1"

    def test_time_can_be_set_and_holds_for_the_camera(self, running, client, at):
        date = {"Date": {"Year": 2031, "Month": 5, "Day": 4}, "Time": {"Hour": 3, "Minute": 2, "Second": 1}}
        client.call(
            "devicemgmt",
            "SetSystemDateAndTime",
            DateTimeType="Manual",
            DaylightSavings=False,
            UTCDateTime=date,
        )
        with running.client(user=None) as stranger:
            told = stranger.call("devicemgmt", "GetSystemDateAndTime").UTCDateTime
        assert (told.Date.Year, told.Date.Month, told.Date.Day, told.Time.Hour) == (2031, 5, 4, 3)
        assert running.camera.clock_offset_us > 0
        # The old token time is refused by the camera's new clock.
        assert code_of(client.call, "media2", "GetMasks", at[MEDIA2]) == "onvif_wrong_password"

    def test_reboot_takes_everything_away_and_brings_it_back(self, running, client, wait_until):
        seen: list[str] = []
        running.on_loop(running.camera.on_state, lambda camera: seen.append(camera.state))
        client.call("devicemgmt", "SystemReboot")
        wait_until(lambda: "gone" in seen)
        assert code_of(client.call, "devicemgmt", "GetHostname") == "onvif_unreachable"
        running.on_loop(running.camera.halt)
        running.on_loop(running.camera._enter, "up")
        wait_until(lambda: running.device._server._server is not None)
        assert client.call("devicemgmt", "GetHostname").Name == "cam0"

    def test_unknown_operations_are_refused(self, client):
        assert code_of(client.call, "devicemgmt", "GetUsers") == "onvif_unsupported"


class TestMedia:
    def test_profiles_and_sources(self, client, at):
        (profile,) = client.call("media", "GetProfiles", at[MEDIA])
        assert profile.VideoEncoderConfiguration.Resolution.Width == 640
        (source,) = client.call("media", "GetVideoSources", at[MEDIA])
        assert (source.token, source.Resolution.Width) == ("source0", 1920)
        setup = {"Stream": "RTP-Unicast", "Transport": {"Protocol": "RTSP"}}
        uri = client.call("media", "GetStreamUri", at[MEDIA], StreamSetup=setup, ProfileToken=profile.token)
        assert uri.Uri == "rtsp://127.0.0.1:8554/cam0/sub"

    def test_without_a_way_to_apply_it_nothing_can_be_changed(self, client, at):
        (encoder,) = client.call("media", "GetVideoEncoderConfigurations", at[MEDIA])
        options = client.call(
            "media", "GetVideoEncoderConfigurationOptions", at[MEDIA], ConfigurationToken=encoder.token
        )
        assert [(size.Width, size.Height) for size in options.H264.ResolutionsAvailable] == [(640, 360)]
        encoder.Resolution.Width = 1280
        change = {"Configuration": encoder, "ForcePersistence": True}
        assert code_of(client.call, "media", "SetVideoEncoderConfiguration", at[MEDIA], **change) == "onvif_unsupported"

    def test_a_change_reaches_the_encoder_and_is_read_back(self, start, camera):
        wishes: list[EncoderWish] = []

        def apply(stream, wish):
            wishes.append(wish)
            stream.width, stream.height, stream.fps = wish.width, wish.height, wish.fps

        running = start(camera, apply_encoder=apply)
        with running.client() as client:
            media = service_addresses(client)[MEDIA]
            (encoder,) = client.call("media", "GetVideoEncoderConfigurations", media)
            encoder.Resolution.Width, encoder.Resolution.Height = 320, 180
            client.call("media", "SetVideoEncoderConfiguration", media, Configuration=encoder, ForcePersistence=True)
            again = client.call("media", "GetVideoEncoderConfiguration", media, ConfigurationToken=encoder.token)
        assert wishes == [EncoderWish("h264", 320, 180, 10, 500)]
        assert (again.Resolution.Width, again.Resolution.Height) == (320, 180)

    def test_snapshots_only_where_there_are_some(self, running, client, at, start, camera):
        assert code_of(client.call, "media2", "GetSnapshotUri", at[MEDIA2], **SHORT) == "onvif_unsupported"
        other = start(camera, take_snapshot=lambda stream: b"\xff\xd8" + stream.name.encode())
        with other.client() as second:
            uri = second.call("media2", "GetSnapshotUri", service_addresses(second)[MEDIA2], **SHORT)
            answer = second._transport.session.get(uri, timeout=5)
        assert (answer.status_code, answer.content) == (200, b"\xff\xd8main")  # by HTTP Digest


class TestMedia2:
    def test_profiles_hold_what_was_asked_for(self, client, at):
        bare = client.call("media2", "GetProfiles", at[MEDIA2])
        assert [profile.Configurations for profile in bare] == [None, None]
        full = client.call("media2", "GetProfiles", at[MEDIA2], Type=["All"])
        assert [profile.Configurations.VideoEncoder.Encoding for profile in full] == ["H265", "H264"]

    def test_encoders_with_options(self, client, at):
        token = {"ConfigurationToken": "encoder_main"}
        (encoder,) = client.call("media2", "GetVideoEncoderConfigurations", at[MEDIA2], **token)
        assert (encoder.Encoding, encoder.GovLength) == ("H265", 50)
        (options,) = client.call("media2", "GetVideoEncoderConfigurationOptions", at[MEDIA2], **token)
        assert options.Encoding == "H265"

    def test_a_mask_is_kept_as_asked(self, running, client, at):
        options = client.call("media2", "GetMaskOptions", at[MEDIA2], ConfigurationToken="source_configuration0")
        assert options.MaxMasks == 8
        mask = {
            "ConfigurationToken": "source_configuration0",
            "Polygon": {"Point": POLYGON},
            "Type": "Color",
            "Color": {"X": 16, "Y": 128, "Z": 128},
            "Enabled": True,
        }
        token = client.call("media2", "CreateMask", at[MEDIA2], Mask=mask)
        (kept,) = client.call("media2", "GetMasks", at[MEDIA2])
        assert [(point.x, point.y) for point in kept.Polygon.Point] == [(-0.5, -0.5), (0.0, 0.5), (0.5, -0.5)]
        client.call("media2", "SetMask", at[MEDIA2], Mask=mask | {"token": token, "Enabled": False})
        assert [item.is_enabled for item in running.device.masks.all()] == [False]
        client.call("media2", "DeleteMask", at[MEDIA2], Token=token)
        assert client.call("media2", "GetMasks", at[MEDIA2]) in (None, [])

    def test_a_camera_may_keep_something_else_without_a_word(self, running, client, at):
        running.device.masks.adjustment = "shrunk"
        mask = {
            "ConfigurationToken": "source_configuration0",
            "Polygon": {"Point": POLYGON},
            "Type": "Blurred",
            "Enabled": True,
        }
        client.call("media2", "CreateMask", at[MEDIA2], Mask=mask)
        (kept,) = client.call("media2", "GetMasks", at[MEDIA2])
        assert min(point.x for point in kept.Polygon.Point) > -0.5  # covers less than asked: only reading back tells

    def test_impossible_masks_are_refused(self, client, at):
        wide = [{"x": -2.0, "y": 0.0}, *POLYGON[1:]]
        for polygon in (POLYGON[:2], wide):
            mask = {
                "ConfigurationToken": "source_configuration0",
                "Polygon": {"Point": polygon},
                "Type": "Blurred",
                "Enabled": True,
            }
            assert code_of(client.call, "media2", "CreateMask", at[MEDIA2], Mask=mask) == "onvif_unsupported"


class TestPtz:
    def test_a_move_stops_by_itself(self, client, at, wait_until):
        velocity = {"PanTilt": {"x": 0.5, "y": 0.0}}
        client.call(
            "ptz",
            "ContinuousMove",
            at[PTZ],
            ProfileToken="profile_main",
            Velocity=velocity,
            Timeout=timedelta(milliseconds=300),
        )

        def status():
            return client.call("ptz", "GetStatus", at[PTZ], **SHORT)

        assert status().MoveStatus.PanTilt == "MOVING"
        wait_until(lambda: status().MoveStatus.PanTilt == "IDLE")
        assert status().Position.PanTilt.x == pytest.approx(0.5 * 0.5 * 0.3)  # velocity x full speed x time

    def test_presets_bring_it_back(self, client, at, wait_until):
        (node,) = client.call("ptz", "GetNodes", at[PTZ])
        assert node.MaximumNumberOfPresets == 32
        token = client.call("ptz", "SetPreset", at[PTZ], PresetName="gate", **SHORT)
        (preset,) = client.call("ptz", "GetPresets", at[PTZ], **SHORT)
        assert (preset.Name, preset.PTZPosition.PanTilt.x) == ("gate", 0.0)
        target = {"PanTilt": {"x": 0.1, "y": -0.1}, "Zoom": {"x": 0.05}}
        client.call("ptz", "AbsoluteMove", at[PTZ], Position=target, **SHORT)
        wait_until(lambda: client.call("ptz", "GetStatus", at[PTZ], **SHORT).Position.PanTilt.x == pytest.approx(0.1))
        client.call("ptz", "GotoPreset", at[PTZ], PresetToken=token, **SHORT)
        wait_until(lambda: client.call("ptz", "GetStatus", at[PTZ], **SHORT).Position.PanTilt.x == pytest.approx(0.0))

    def test_stop_ends_a_move(self, client, at):
        velocity = {"PanTilt": {"x": -0.1, "y": 0.1}}
        client.call("ptz", "ContinuousMove", at[PTZ], Velocity=velocity, **SHORT)
        client.call("ptz", "Stop", at[PTZ], **SHORT)
        assert client.call("ptz", "GetStatus", at[PTZ], **SHORT).MoveStatus.PanTilt == "IDLE"


class TestImaging:
    def test_settings_are_kept_within_their_limits(self, client, at):
        source = {"VideoSourceToken": "source0"}
        assert client.call("imaging", "GetOptions", at[IMAGING], **source).Brightness.Max == 100
        client.call("imaging", "SetImagingSettings", at[IMAGING], ImagingSettings={"Brightness": 70.0}, **source)
        settings = client.call("imaging", "GetImagingSettings", at[IMAGING], **source)
        assert (settings.Brightness, settings.Contrast) == (70.0, 50.0)
        wrong = {"ImagingSettings": {"Contrast": 170.0}} | source
        assert code_of(client.call, "imaging", "SetImagingSettings", at[IMAGING], **wrong) == "onvif_unsupported"


class TestEvents:
    def pull(self, client, where, seconds=5):
        answer = client.call("pullpoint", "PullMessages", where, Timeout=timedelta(seconds=seconds), MessageLimit=10)
        found = []
        for message in answer.NotificationMessage:
            element = message.Message._value_1
            data = element.find(".//{*}Data/{*}SimpleItem")
            found.append((element.get("PropertyOperation"), data.get("Name"), data.get("Value")))
        return found

    def test_changes_are_pulled_once(self, running, client, at):
        topics = {str(topic.tag) for topic in client.call("events", "GetEventProperties", at[EVENTS]).TopicSet._value_1}
        assert "{http://www.onvif.org/ver10/topics}RuleEngine" in topics
        made = client.call("events", "CreatePullPointSubscription", at[EVENTS])
        where = made.SubscriptionReference.Address._value_1
        assert self.pull(client, where) == [("Initialized", "IsMotion", "false"), ("Initialized", "State", "false")]
        running.on_loop(running.device.set_motion, True)
        running.on_loop(running.device.set_motion, True)  # no change, no event
        running.on_loop(running.device.set_tamper, True)
        assert self.pull(client, where) == [("Changed", "IsMotion", "true"), ("Changed", "State", "true")]
        assert self.pull(client, where, seconds=0) == []

    def test_a_waiting_pull_is_woken(self, running, client, at):
        made = client.call("events", "CreatePullPointSubscription", at[EVENTS])
        where = made.SubscriptionReference.Address._value_1
        self.pull(client, where)
        running.loop.call_soon_threadsafe(running.loop.call_later, 0.2, running.device.set_motion, True)
        assert self.pull(client, where) == [("Changed", "IsMotion", "true")]

    def test_subscriptions_are_renewed_and_end(self, client, at):
        made = client.call("events", "CreatePullPointSubscription", at[EVENTS], InitialTerminationTime="PT10S")
        where = made.SubscriptionReference.Address._value_1
        renewed = client.call("subscription", "Renew", where, TerminationTime="PT600S")
        assert (renewed.TerminationTime - renewed.CurrentTime).total_seconds() == pytest.approx(600, abs=2)
        client.call("subscription", "Unsubscribe", where)
        with pytest.raises(VmsError):
            self.pull(client, where, seconds=0)
